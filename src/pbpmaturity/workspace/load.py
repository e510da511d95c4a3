"""A workspace's files as values, and what is wrong with those that are none."""

from pathlib import Path
from typing import Any

from pbpmaturity.diagnostics import rules
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.delegation import Delegation
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.readiness_test import ReadinessTest
from pbpmaturity.model.settings import Settings
from pbpmaturity.model.shape import Shape
from pbpmaturity.workspace.layout import Layout
from pbpmaturity.workspace.read import File, read_file, read_path, read_path_as


def read_settings(layout: Layout) -> File[Settings] | None:
    """Return pbp.yaml, or None where there is none."""
    if layout.settings is None:
        return None
    return _with_defaults(read_path(layout.root, layout.settings, Settings))


def settings_of(path: str, data: bytes) -> File[Settings]:
    """Return what the bytes of a pbp.yaml say."""
    return _with_defaults(read_file(data, path, Settings))


def _with_defaults(file: File[Settings]) -> File[Settings]:
    if [found.rule for found in file.diagnostics] == [rules.EMPTY] and not file.is_lost:
        return File(file.input, Settings(), ())  # every value has a default, so one may delete them all
    return file


def read_matrices(layout: Layout) -> list[File[Matrix]]:
    """Return the workspace's own matrices."""
    return [read_path(layout.root, path, Matrix) for path in layout.matrices]


def read_readiness_tests(layout: Layout) -> list[File[ReadinessTest]]:
    """Return the workspace's readiness tests."""
    return [read_path(layout.root, path, ReadinessTest) for path in layout.readiness]


def read_delegation(layout: Layout) -> list[File[Delegation]]:
    """Return the workspace's own instruments on what might sit where; one is all that is used."""
    return [read_path(layout.root, path, Delegation) for path in layout.delegation]


def read_alone(path: Path) -> tuple[type[Shape], File[Any]]:
    """Return a file that lies in no workspace, as what its keys say that it is, else as an assessment."""
    file: File[Any] = read_path_as(path.parent, path.name, _shape_of)
    return (_shape_of(file.source.data) if file.source else Assessment), file


def _shape_of(data: Any) -> type[Shape]:
    for shape, keys in _TOLD_BY.items():
        if any(key in data for key in keys):
            return shape
    return Assessment


_TOLD_BY: dict[type[Shape], tuple[str, ...]] = {
    Matrix: ("stages",),
    ReadinessTest: ("requires", "attested"),
    Delegation: ("aspects", "service_areas"),
}
