"""Which files of a workspace validate speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.marked import links
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.workspace.layout import ASSESSMENTS, DELEGATION, MATRICES, READINESS, SETTINGS
from pbpmaturity.workspace.read import read_file, read_path
from pbpmaturity.workspace.revision import Revision


class Scope(Protocol):
    """Says whether a file, with the assessment that it holds if any, is one to speak of."""

    def wants(self, path: str, assessment: Assessment | None = None) -> bool: ...


@dataclass(frozen=True, slots=True)
class Paths:
    """Files, and folders with all below them, as paths of the workspace; everything if there are none."""

    prefixes: tuple[str, ...] = ()

    def wants(self, path: str, assessment: Assessment | None = None) -> bool:
        """Say whether the file is one of those, or lies below one."""
        return not self.prefixes or any(_is_at_or_below(path, prefix) for prefix in self.prefixes)


@dataclass(frozen=True, slots=True)
class Touched:
    """What has changed since a revision, and what depends on it.

    An assessment depends on its matrix, on the others of its Place and on the files that it links, a readiness test on
    matrices and on the service areas of delegation/; all on pbp.yaml.
    """

    within: Paths
    changed: frozenset[str]
    places: frozenset[str]
    matrices: frozenset[str]

    def wants(self, path: str, assessment: Assessment | None = None) -> bool:
        """Say whether the file, or something that it depends on, has changed."""
        if not self.within.wants(path):
            return False
        if SETTINGS in self.changed or path in self.changed:
            return True
        if path.startswith(f"{READINESS}/") and (
            self.matrices or any(one.startswith(f"{DELEGATION}/") for one in self.changed)
        ):
            return True
        if not path.startswith(f"{ASSESSMENTS}/"):
            return any(_is_at_or_below(one, path) for one in self.changed)
        if path.split("/")[1] in self.places:
            return True
        if assessment is None:
            return bool(self.matrices)
        return assessment.matrix in self.matrices or any(link in self.changed for _, link in links(assessment))


def touched(revision: Revision, within: Paths) -> Touched:
    """Return what a revision's changes touch."""
    changed = revision.changed
    places = {path.split("/")[1] for path in changed if path.startswith(f"{ASSESSMENTS}/") and path.count("/") > 1}
    return Touched(within, changed, frozenset(places), frozenset(_matrices(revision)))


def paths_in(root: Path, paths: Sequence[Path]) -> Paths:
    """Return paths as they are called in the workspace."""
    inside = tuple(path.resolve().relative_to(root.resolve()).as_posix() for path in paths)
    return Paths() if "." in inside else Paths(inside)


def _matrices(revision: Revision) -> set[str]:
    """Return the references of the matrices whose files have changed, as they were and as they are."""
    found: set[str] = set()
    for path in revision.changed:
        if path.startswith(f"{MATRICES}/"):
            before = revision.read(path)
            files = [read_path(revision.root, path, Matrix)]
            files += [read_file(before, path, Matrix)] if before is not None else []
            found |= {file.value.ref for file in files if file.value is not None}
    return found


def _is_at_or_below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")
