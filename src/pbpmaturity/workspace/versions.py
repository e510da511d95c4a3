"""Everything that can be read of a folder's files besides the files themselves: in git's history, and in copies."""

import os
import re
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pbpmaturity.errors import UsageError
from pbpmaturity.workspace.git import NoGit, Refused, repository_of
from pbpmaturity.workspace.source import MAX_BYTES

MOST_VERSIONS = 1000
MOST_BYTES = 64 * 1024 * 1024
MOST_SECONDS = 20.0
_SHOWN_OF_A_COMMIT = 9

_CHANGED = re.compile(r"^:[0-9]{6} (100[0-9]{3}|000000) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) [A-Z]\t(.*)$")
_STAGED = re.compile(r"^100[0-9]{3} ([0-9a-f]{40,64}) [0-9]\t(.*)$")


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it was, and where it still is: ` in commit 3f2a1b9`, or nothing where it lies in the folder."""

    path: str
    where: str
    data: bytes


@dataclass(slots=True)
class Versions:
    """The versions that were found, and in sentences what was not looked at."""

    found: list[Version] = field(default_factory=list)
    not_looked_at: list[str] = field(default_factory=list)


def versions_of(root: Path, folder: str, known: Collection[str]) -> Versions:
    """Return what git has of a folder's files, in any branch or staged, and what lies in it that is none of the known.

    A large history is looked at as far as bounds of number, size and time allow.
    """
    versions = Versions()
    _read_copies(root, folder, known, versions)
    try:
        _read_history(_Git(root), folder, versions)
    except _Unknown as why:
        versions.not_looked_at.append(f"earlier versions: {why}")
    return versions


class _Unknown(Exception):
    """Git could not be asked, or gave no answer; the text says why."""


class _Git:
    """Git in a folder, for as long as there is time."""

    def __init__(self, root: Path) -> None:
        self._end = time.monotonic() + MOST_SECONDS
        try:
            # Looking back must not wait for a network.
            self._repository = repository_of(root).without_fetching()
        except NoGit:
            raise _Unknown("git is not installed here") from None
        except UsageError:
            raise _Unknown("there is no git repository here that can be read") from None

    def __call__(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what git says; _Unknown if it refuses or takes too long."""
        left = self._end - time.monotonic()
        try:
            return self._repository.run(*arguments, given=given, seconds=max(0.1, left))
        except Refused as refused:
            raise _Unknown(str(refused)) from None


def _read_history(git: _Git, folder: str, versions: Versions) -> None:
    if git("rev-parse", "--is-shallow-repository").strip() == b"true":
        versions.not_looked_at.append("earlier versions: only the last commits were fetched (git fetch --unshallow)")
    where = _blobs(git, folder)
    sizes = _sizes(git, where, versions)
    if len(sizes) > MOST_VERSIONS or sum(sizes.values()) > MOST_BYTES:
        versions.not_looked_at.append(f"earlier versions: the newest alone, of {len(sizes)} in git")
    wanted, total = [], 0
    for blob, size in list(sizes.items())[:MOST_VERSIONS]:
        total += size
        if total > MOST_BYTES:
            break
        wanted.append(blob)
    contents = git("cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode()) if wanted else b""
    versions.found += [Version(*where[blob], data) for blob, data in _batch(contents)]


def _blobs(git: _Git, folder: str) -> dict[str, tuple[str, str]]:
    """Return the contents that a folder's files have had, by name, each with the newest place where it stands."""
    found: dict[str, tuple[str, str]] = {}
    commit = ""
    shape = ("--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "-m", "--relative", "--format=commit %H")
    for line in _lines(git("log", "--all", *shape, "--", folder)):
        if line.startswith("commit "):
            commit = line.removeprefix("commit ")[:_SHOWN_OF_A_COMMIT]
        elif (match := _CHANGED.match(line)) and set(match[3]) != {"0"}:
            found.setdefault(match[3], (match[4], f" in commit {commit}"))
        elif match and set(match[2]) != {"0"}:
            found.setdefault(match[2], (match[4], f" before commit {commit}"))
    for line in _lines(git("ls-files", "--stage", "--", folder)):
        if match := _STAGED.match(line):
            found.setdefault(match[1], (match[2], " as git has it staged"))
    return found


def _sizes(git: _Git, blobs: Iterable[str], versions: Versions) -> dict[str, int]:
    """Return how large contents are, without those that no reader takes or that are elsewhere."""
    asked = "".join(f"{blob}\n" for blob in blobs).encode()
    answers = [line.split(" ") for line in _lines(git("cat-file", "--batch-check", given=asked))] if asked else []
    missing = sum(answer[-1] == "missing" for answer in answers)
    if missing:
        versions.not_looked_at.append(f"earlier versions: {missing} that git has only elsewhere")
    blobs_there = [answer for answer in answers if len(answer) == 3 and answer[1] == "blob"]
    return {name: int(size) for name, _, size in blobs_there if int(size) <= MAX_BYTES}


def _batch(contents: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and data of what `git cat-file --batch` wrote."""
    at = 0
    while at < len(contents):
        end = contents.index(b"\n", at)
        name, _, size = contents[at:end].decode().split(" ")
        yield name, contents[end + 1 : end + 1 + int(size)]
        at = end + 1 + int(size) + 1


def _lines(answer: bytes) -> list[str]:
    return answer.decode("utf-8", "surrogateescape").splitlines()


def _read_copies(root: Path, folder: str, known: Collection[str], versions: Versions) -> None:
    """Add what lies in the folder besides its files, such as an editor's backups."""
    try:
        with os.scandir(root / folder) as entries:
            names = sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    except OSError:
        return
    for name in names:
        path = f"{folder}/{name}"
        if path in known or not re.search(r"ya?ml", name, re.IGNORECASE):
            continue
        try:
            with (root / path).open("rb") as stream:
                versions.found.append(Version(path, "", stream.read(MAX_BYTES + 1)))
        except OSError as error:
            versions.not_looked_at.append(f"{path}: {error.strerror or type(error).__name__}")
