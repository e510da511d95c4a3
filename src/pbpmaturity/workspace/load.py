"""A workspace's files as values, and what is wrong with those that are none."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.settings import Settings
from pbpmaturity.model.shape import Shape
from pbpmaturity.workspace.individual_views import individual_view_found, is_individual_view
from pbpmaturity.workspace.layout import Layout
from pbpmaturity.workspace.read import File, read_path, read_path_as


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
        file = read_path(layout.root, path, _Anything)
        yield from file.diagnostics
        if is_individual_view(file):
            yield from file.locate([individual_view_found(path)])


def read_alone(path: Path) -> tuple[File[Matrix] | None, File[Assessment] | None]:
    """Return a file that lies in no workspace: as a matrix if it has stages, else as an assessment."""
    file: File[Any] = read_path_as(path.parent, path.name, lambda data: Matrix if _has_stages(data) else Assessment)
    is_matrix = file.source is not None and _has_stages(file.source.data)
    return (file, None) if is_matrix else (None, file)


def _has_stages(data: Any) -> bool:
    return "stages" in data


class _Anything(Shape, extra="allow"):
    """A file of which only the bytes are checked."""
