"""Git, asked about the folder of a workspace, whatever repository a hook or a shell has set its variables for."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import UsageError

_NOT_NEEDED = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-optional-locks")
_OF_ONE_REPOSITORY = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE",
    "GIT_IMPLICIT_WORK_TREE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_CONFIG",
)  # fmt: skip
"""What git sets for hooks and aliases (`git rev-parse --local-env-vars`), but settings given with -c.

Git counts them from the folder that the hook begins in, so elsewhere they lead to other files, or to none.
"""


class NoGit(UsageError):
    """Git is not installed."""


class Refused(Exception):
    """Git did not do what it was asked; the text is its own first word on it, `remedy` the command that it advises."""

    def __init__(self, text: str, remedy: str = "") -> None:
        super().__init__(text)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository as it is seen from a folder of its work tree, which begins at `top`."""

    folder: Path
    top: Path
    surroundings: Mapping[str, str]

    def run(self, *arguments: str, given: bytes = b"", seconds: float | None = None) -> bytes:
        """Return what a command of git prints; Refused if it fails, or takes longer than it may."""
        return _run(self.folder, self.surroundings, arguments, given, seconds)

    def without_fetching(self) -> "Repository":
        """Return the same, in which contents that are only elsewhere are missing and not waited for."""
        return replace(self, surroundings={**self.surroundings, "GIT_NO_LAZY_FETCH": "1"})


def repository_of(folder: Path) -> Repository:
    """Return the repository whose files a folder holds; UsageError if there is none, or git refuses to read it.

    It is the one that lies there. Only where none does, it is the one that the variables tell of, whose work tree can
    be anywhere.
    """
    own = {name: value for name, value in _surroundings().items() if name not in _OF_ONE_REPOSITORY}
    try:
        return Repository(folder, _top(folder, own), own)
    except Refused as refused:
        elsewhere = _told_of(folder, own) if "GIT_DIR" in os.environ else None
        if elsewhere:
            return elsewhere
        raise _no_repository(folder, refused) from None


def top_of(folder: Path) -> Path | None:
    """Return where the work tree begins that a folder lies in, without git as far as that can be; None if in none."""
    try:
        return repository_of(folder).top
    except UsageError:
        here = folder.resolve()
        return next((one for one in (here, *here.parents) if (one / ".git").exists()), None)


def _told_of(folder: Path, own: Mapping[str, str]) -> Repository | None:
    """Return the repository that the variables tell of, if its work tree holds the folder."""
    here = Path.cwd()
    try:
        top = _top(here, _surroundings())
    except Refused:
        return None
    if not folder.resolve().is_relative_to(top.resolve()):
        return None
    found = {**own, "GIT_DIR": str(here / os.environ["GIT_DIR"]), "GIT_WORK_TREE": str(top)}
    return Repository(folder, top, found)


def _no_repository(folder: Path, refused: Refused) -> UsageError:
    shown = quoted(folder.as_posix())
    if refused.remedy:
        return UsageError(
            f"git does not read the repository of {shown}, because it belongs to another user of this computer",
            f"if you trust what it holds, run: {refused.remedy}",
        )
    if "must be run in a work tree" in str(refused):
        return UsageError(
            f"{shown} is in a git repository without files (a bare one), so there is nothing to compare",
            "run pbp in a checkout of it; see: git worktree add",
        )
    return UsageError(
        f"{shown} is not in a git repository that can be read: {refused}",
        "--changed-since needs the history that git keeps",
    )


def _top(folder: Path, surroundings: Mapping[str, str]) -> Path:
    printed = os.fsdecode(_run(folder, surroundings, ("rev-parse", "--show-toplevel"))).removesuffix("\n")
    return Path(printed)


def _surroundings() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}


def _run(
    folder: Path,
    surroundings: Mapping[str, str],
    arguments: tuple[str, ...],
    given: bytes = b"",
    seconds: float | None = None,
) -> bytes:
    import subprocess

    command = ["git", *_NOT_NEEDED, *arguments]
    try:
        done = subprocess.run(command, cwd=folder, env=surroundings, input=given, capture_output=True, timeout=seconds)
    except FileNotFoundError:
        raise NoGit("--changed-since needs git, which is not installed here") from None
    except subprocess.TimeoutExpired:
        raise Refused("git took too long") from None
    except ValueError as error:  # such as a NUL in a name
        raise Refused(str(error)) from None
    if done.returncode:
        raise _refusal(done.stderr.decode("utf-8", "replace").splitlines(), done.returncode)
    return done.stdout


def _refusal(lines: list[str], code: int) -> Refused:
    said = [line.strip() for line in lines if line.strip()]
    # Before what is fatal there may be warnings, and what GIT_TRACE shows.
    first = next((line for line in said if line.startswith(("fatal:", "error:"))), said[0] if said else "")
    remedy = next((line for line in said if line.startswith("git config ") and "safe.directory" in line), "")
    return Refused(one_line(first) if first else f"exit code {code}", remedy)
