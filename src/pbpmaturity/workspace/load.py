"""A workspace's files as values, and what is wrong with those that are none."""

from collections.abc import Iterator
from pathlib import Path

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.settings import Settings
from pbpmaturity.model.shape import Shape
from pbpmaturity.workspace.guard import Unreadable
from pbpmaturity.workspace.layout import Layout
from pbpmaturity.workspace.read import File, read_path
from pbpmaturity.workspace.source import MAX_BYTES, read


def read_settings(layout: Layout) -> File[Settings] | None:
    """Return pbp.yaml, or None where there is none."""
    if layout.settings is None:
        return None
    file = read_path(layout.root, layout.settings, Settings)
    if [found.rule for found in file.diagnostics] == [rules.EMPTY]:
        return File(file.input, Settings(), ())  # every value has a default, so one may delete them all
    return file


def read_matrices(layout: Layout) -> list[File[Matrix]]:
    """Return the workspace's own matrices."""
    return [read_path(layout.root, path, Matrix) for path in layout.matrices]


def read_others(layout: Layout) -> Iterator[Diagnostic]:
    """Yield what is wrong with the bytes of the files whose shapes are not modelled yet."""
    for path in layout.others:
        yield from (diagnostic for diagnostic in read_path(layout.root, path, _Anything).diagnostics)


def looks_like_matrix(path: Path) -> bool:
    """Say whether a file that lies in no workspace is a matrix: it has stages."""
    try:
        with path.open("rb") as stream:
            return "stages" in read(stream.read(MAX_BYTES + 1)).data
    except (OSError, Unreadable):
        return False


class _Anything(Shape, extra="allow"):
    """A file of which only the bytes are checked."""
