"""A workspace as it was at a revision of its git repository: what has changed since, and the bytes of then."""

import os
from dataclasses import dataclass
from pathlib import Path

from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import UsageError

_NOT_NEEDED = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-optional-locks")


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision as people read it, the commit at which the branch parted from it, and the paths that differ since.

    Before the first commit there is the empty tree, which then stands in place of the commit.
    """

    root: Path
    name: str
    commit: str
    changed: frozenset[str]

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes as they were; None if it was not there."""
        try:
            return _git(self.root, "cat-file", "blob", f"{self.commit}:./{path}")
        except _Refused:
            return None


def since(root: Path, name: str) -> Revision:
    """Return what has changed in a workspace, committed or not, since the branch left a revision.

    Since the empty tree, which git's name for it stands for, everything has. UsageError if there is no git, no
    repository, or no such revision.
    """
    is_everything = name == _empty_tree(root)
    commit = name if is_everything else _parting(root, name)
    try:
        against = ("--name-only", "--no-renames", "--no-ext-diff", "--ignore-submodules", "--relative", "-z", commit)
        tracked = _git(root, "diff", *against, "--", ".")
        others = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    except _Refused as refused:
        raise UsageError(f"git cannot say what has changed: {refused}") from None
    paths = frozenset(os.fsdecode(path) for path in (tracked + others).split(b"\0") if path)
    return Revision(root, "the beginning" if is_everything else name, commit, paths)


def last_committed(root: Path, path: str) -> bytes | None:
    """Return a file's bytes as they were last committed; None where there is no git, no repository or no such file."""
    try:
        return _git(root, "cat-file", "blob", f"HEAD:./{path}")
    except (_Refused, UsageError):
        return None


class _Refused(Exception):
    """Git did not do what it was asked; the text is its own first line."""


def _empty_tree(root: Path) -> str:
    """Return git's name for a folder without files, which depends on how the repository names things."""
    try:
        _git(root, "rev-parse", "--git-dir")
        return _git(root, "hash-object", "-t", "tree", "--stdin").decode().strip()
    except _Refused as refused:
        raise UsageError(
            f"{quoted(root.as_posix())} is not in a git repository that can be read: {refused}",
            "--changed-since needs the history that git keeps",
        ) from None


def _parting(root: Path, name: str) -> str:
    """Return the commit at which the current branch and a revision parted."""
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except _Refused:
        raise UsageError(
            f"git knows no revision {quoted(name)}",
            "name a branch, a tag or a commit, such as origin/main or HEAD~1; fetch it first if it is elsewhere",
        ) from None
    try:
        return _git(root, "merge-base", commit.decode().strip(), "HEAD").decode().split()[0]
    except _Refused:
        raise UsageError(
            f"{quoted(name)} and the current branch have no commit in common here",
            "if only the last commits were fetched, fetch the whole history (in a GitHub workflow: fetch-depth: 0)",
        ) from None


def _git(root: Path, *arguments: str) -> bytes:
    import subprocess

    surroundings = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", *_NOT_NEEDED, *arguments]
    try:
        done = subprocess.run(command, cwd=root, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True)
    except FileNotFoundError:
        raise UsageError("--changed-since needs git, which is not installed here") from None
    except ValueError as error:  # such as a NUL in a name
        raise _Refused(str(error)) from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _Refused(one_line(lines[0]) if lines else f"exit code {done.returncode}")
    return done.stdout
