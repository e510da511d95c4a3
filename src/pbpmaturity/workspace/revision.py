"""A workspace as it was at a revision of its git repository: what has changed since, and the bytes of then."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.workspace.git import Refused, Repository, repository_of
from pbpmaturity.workspace.source import MAX_BYTES

_AT_ONCE = 500
_TOO_MUCH = b"#" * (MAX_BYTES + 1)
"""What stands in place of a file that is larger than any that is read."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision as people read it, the paths that differ since the branch parted from it, and the files of then.

    Before the first commit there is the empty tree, which then stands in place of a commit. `then` has git's name for
    the content of each file, by its path in the workspace.
    """

    root: Path
    name: str
    repository: Repository
    changed: frozenset[str]
    then: Mapping[str, str]

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes as they were; None if it was not there."""
        return next((data for _, data in self.read_all([path])), None)

    def read_all(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield files with their bytes as they were, without those that were not there.

        UsageError if git knows of a file and cannot give it, as in a clone that has left contents out.
        """
        wanted = [path for path in paths if path in self.then]
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            try:
                yield from zip(some, _contents(self.repository, [self.then[path] for path in some]), strict=True)
            except Refused as refused:
                raise UsageError(
                    f"git cannot give {quoted(some[0])} as it was at {quoted(self.name)}: {refused}",
                    "if this clone leaves contents out (git clone --filter), it needs the repository that it was made"
                    " from; clone it whole if that cannot be reached",
                ) from None


def since(root: Path, name: str) -> Revision:
    """Return what has changed in a workspace, committed or not, since the branch left a revision.

    Since the empty tree, which git's name for it stands for, everything has. UsageError if there is no git, no
    repository, or no such revision.
    """
    repository = repository_of(root)
    is_everything = name == _empty_tree(repository)
    commit = name if is_everything else _parting(repository, name)
    try:
        against = ("--name-only", "--no-renames", "--no-ext-diff", "--ignore-submodules", "--relative", "-z", commit)
        tracked = repository.run("diff", *against, "--", ".")
        others = repository.run("ls-files", "--others", "--exclude-standard", "-z", "--", ".")
        then = _files(repository.run("ls-tree", "-r", "-z", commit))
    except Refused as refused:
        raise UsageError(f"git cannot say what has changed: {refused}") from None
    paths = frozenset(os.fsdecode(path) for path in (tracked + others).split(b"\0") if path)
    return Revision(root, "the beginning" if is_everything else name, repository, paths, then)


def last_committed(root: Path, path: str) -> bytes | None:
    """Return a file's bytes as they were last committed; None where there is no git, no repository or no such file."""
    try:
        return repository_of(root).run("cat-file", "blob", f"HEAD:./{path}")
    except (Refused, UsageError):
        return None


def _empty_tree(repository: Repository) -> str:
    """Return git's name for a folder without files, which depends on how the repository names things."""
    return repository.run("hash-object", "-t", "tree", "--stdin").decode().strip()


def _parting(repository: Repository, name: str) -> str:
    """Return the commit at which the current branch and a revision parted."""
    try:
        commit = repository.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except Refused:
        raise UsageError(
            f"git knows no revision {quoted(name)}",
            _deepen(repository)
            if _is_shallow(repository)
            else "name a branch, a tag or a commit, such as origin/main or HEAD~1; fetch it first if it is elsewhere",
        ) from None
    try:
        return repository.run("merge-base", commit.decode().strip(), "HEAD").decode().split()[0]
    except Refused:
        raise UsageError(
            f"{quoted(name)} and the current branch have no commit in common here",
            _deepen(repository),
        ) from None


def _deepen(repository: Repository) -> str:
    """Return how to get commits that may be missing here."""
    known = "" if _is_shallow(repository) else "if "
    return (
        f"{known}only the last commits were fetched here; fetch the whole history: git fetch --unshallow"
        " (in a GitHub workflow: fetch-depth: 0, in GitLab: GIT_DEPTH: 0)"
    )


def _is_shallow(repository: Repository) -> bool:
    try:
        return repository.run("rev-parse", "--is-shallow-repository").strip() == b"true"
    except Refused:
        return False


def _files(listed: bytes) -> dict[str, str]:
    """Return git's names for contents by path, of a list whose entries are `MODE TYPE NAME<tab>PATH`."""
    found = {}
    for entry in listed.split(b"\0"):
        told, _, path = entry.partition(b"\t")
        if b" blob " in told:
            found[os.fsdecode(path)] = told.split(b" ")[2].decode()
    return found


def _contents(repository: Repository, names: list[str]) -> Iterator[bytes]:
    """Yield the contents that go by git's names; of one that is too large to be read, something as large."""
    checked = repository.run("cat-file", "--batch-check", given=_lines(names)).decode().splitlines()
    is_small = [told.split(" ")[-1].isdecimal() and int(told.split(" ")[-1]) <= MAX_BYTES for told in checked]
    missing = next((told for told in checked if told.endswith(" missing")), None)
    if missing:
        raise Refused(missing)
    small = [name for name, fits in zip(names, is_small, strict=True) if fits]
    printed = repository.run("cat-file", "--batch", given=_lines(small))
    start = 0
    for fits in is_small:
        if not fits:
            yield _TOO_MUCH
            continue
        begin = printed.index(b"\n", start) + 1
        size = int(printed[start:begin].split(b" ")[2])
        yield printed[begin : begin + size]
        start = begin + size + 1


def _lines(names: list[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()
