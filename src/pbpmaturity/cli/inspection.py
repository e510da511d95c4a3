"""A workspace read and checked: where files, checks and diagnostics meet."""

import gc
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from pbpmaturity.checks.assessment import check_assessment
from pbpmaturity.checks.history import check_listed, check_place, check_settings
from pbpmaturity.checks.matrix import check_matrix
from pbpmaturity.cli.instruments import Against, Instruments, inspect_instrument_alone, inspect_instruments
from pbpmaturity.cli.thoroughness import Thoroughness
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic, Finding
from pbpmaturity.diagnostics.ignores import Ignore
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import Input
from pbpmaturity.model.settings import Settings
from pbpmaturity.workspace.individual_views import individual_view_found, is_individual_view
from pbpmaturity.workspace.layout import Layout, lay_out
from pbpmaturity.workspace.load import (
    read_alone,
    read_matrices,
    read_settings,
)
from pbpmaturity.workspace.read import File, read_path
from pbpmaturity.workspace.shapes import MOST_FINDINGS
from pbpmaturity.workspace.shipped import shipped_matrices


@dataclass(slots=True)
class Inspected:
    """An assessment file, what it says (None if that cannot be read), and all that is wrong with it."""

    input: Input
    value: Assessment | None
    diagnostics: list[Diagnostic]
    ignores: tuple[Ignore, ...] = ()
    has_usable_neighbours: bool = True

    @property
    def is_usable(self) -> bool:
        return self.value is not None and not any(found.rule.unusable for found in self.diagnostics)


@dataclass(slots=True)
class Inspection:
    """What a workspace's files are read against, and what is wrong with all but its assessments."""

    layout: Layout | None
    settings: Settings
    matrices: Mapping[str, Matrix]
    matrix_inputs: Mapping[str, Input]
    diagnostics: list[Diagnostic]
    unreadable_matrices: tuple[str, ...] = ()
    settings_are_broken: bool = False
    settings_input: Input | None = None
    alone: list[Inspected] = field(default_factory=list)
    thoroughness: Thoroughness | None = None
    ignores: list[Ignore] = field(default_factory=list)
    instruments: Instruments = field(default_factory=Instruments)

    def places(self, only: Collection[str] | None = None) -> Iterator[tuple[str, list[Inspected]]]:
        """Yield each Place, or each of some, with its assessments, read and checked as they are asked for."""
        if self.layout is None:
            yield from (("", [inspected]) for inspected in self.alone)
            return
        with _no_garbage_collection():
            for place, paths in self.layout.places:
                if only is None or place in only:
                    yield place, _inspect_place(self, self.layout.root, place, paths)


def inspect(root: Path, thoroughness: Thoroughness | None = None) -> Inspection:
    """Read and check a workspace's settings and matrices; its assessments follow Place by Place.

    Without a thoroughness, only what can keep a file from being used is looked for.
    """
    layout = lay_out(root)
    diagnostics = [_at_top(finding.rule, finding.path, finding.message) for finding in layout.findings]
    settings_file = read_settings(layout)
    settings = settings_file.value if settings_file and settings_file.value else Settings()
    if settings_file:
        diagnostics += settings_file.diagnostics
    files = read_matrices(layout)
    own, found = inspect_matrices(files, root, thoroughness)
    diagnostics += found
    ignores: list[Ignore] = []
    if thoroughness:
        ignores += thoroughness.ignores_of(settings_file) if settings_file else ()
        ignores += (one for file in files for one in thoroughness.ignores_of(file))
    unreadable = tuple(file.path for file in files if file.value is None or file.value.ref not in own)
    known = {**shipped_matrices(), **own}
    if settings_file and settings_file.value:
        diagnostics += settings_file.locate(check_settings(settings_file.path, settings, _models(known)))
        if thoroughness:
            diagnostics += thoroughness.found_in_settings(settings_file, settings_file.value)
    listed = check_listed(settings, [place for place, _ in layout.places])
    diagnostics += [_at_top(finding.rule, finding.path, finding.message) for finding in listed]
    against = Against(_models(known), unreadable, settings, thoroughness)
    instruments = inspect_instruments(layout, against)
    diagnostics += instruments.diagnostics
    ignores += instruments.ignores
    is_broken = settings_file is not None and settings_file.value is None
    return Inspection(
        layout,
        settings,
        _models(known),
        _inputs(known),
        diagnostics,
        unreadable,
        settings_are_broken=is_broken,
        settings_input=settings_file.input if settings_file else None,
        thoroughness=thoroughness,
        ignores=ignores,
        instruments=instruments,
    )


def inspect_alone(path: Path, thoroughness: Thoroughness | None = None) -> Inspection:
    """Read and check a file that lies in no workspace, with the matrices that ship."""
    shipped = _models(shipped_matrices())
    inspection = Inspection(None, Settings(), shipped, _inputs(shipped_matrices()), [], thoroughness=thoroughness)
    with _no_garbage_collection():
        shape, file = read_alone(path)
        if shape is Matrix:
            inspection.diagnostics += inspect_matrices([file], None, thoroughness)[1]
            inspection.ignores += thoroughness.ignores_of(file) if thoroughness else ()
        elif shape is Assessment:
            inspection.alone.append(inspect_assessment(inspection, path.parent, file))
        else:
            found = inspect_instrument_alone(file, Against(shipped, (), Settings(), thoroughness))
            inspection.diagnostics += found.diagnostics
            inspection.ignores += found.ignores
    return inspection


def inspect_given(root: Path, path: Path) -> Inspected:
    """Read and check an assessment from anywhere against a workspace's matrices."""
    return _inspect_file(inspect(root), path.parent, path.name)


def inspect_matrices(
    files: list[File[Matrix]], root: Path | None, thoroughness: Thoroughness | None
) -> tuple[dict[str, tuple[Matrix, Input]], list[Diagnostic]]:
    """Return the usable matrices by reference, and what is wrong with any."""
    shipped = _models(shipped_matrices())
    own: dict[str, tuple[Matrix, Input]] = {}
    diagnostics: list[Diagnostic] = []
    for file in files:
        found = list(file.diagnostics)
        if file.value is not None:
            found += file.locate(islice(check_matrix(file.path, file.value, shipped, file.empty), MOST_FINDINGS))
            if file.value.ref in own:
                first = own[file.value.ref][1].path
                message = f"{file.value.ref} stands in {first} too; keep one, or give this one a version of its own"
                found.append(_at_top(rules.MATRIX_TWICE, file.path, message))
            elif not any(diagnostic.rule.unusable for diagnostic in found):
                own[file.value.ref] = (file.value, file.input)
                if thoroughness:
                    found += thoroughness.found_in_matrix(root, file, file.value)
        elif is_individual_view(file):
            found = file.locate([individual_view_found(file.path)])
        diagnostics += found
    return own, diagnostics


def _inspect_place(inspection: Inspection, root: Path, place: str, paths: Sequence[str]) -> list[Inspected]:
    inspected = {path: _inspect_file(inspection, root, path) for path in paths}
    readable = {path: one.value for path, one in inspected.items() if one.value is not None}
    findings = list(check_place(place, readable))
    if inspection.thoroughness:
        usable = {path: one.value for path, one in inspected.items() if one.is_usable and one.value is not None}
        broken = tuple(PurePosixPath(path).stem for path in paths if path not in usable)
        findings += inspection.thoroughness.found_in_place(usable, broken, inspection.matrices, inspection.settings)
        for one in inspected.values():
            one.has_usable_neighbours = not broken
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_path[finding.path].append(finding)
    for path, found in by_path.items():
        # The file's positions were let go; the files with such findings are read again for them.
        inspected[path].diagnostics += read_path(root, path, Assessment).locate(found)
    return list(inspected.values())


def _inspect_file(inspection: Inspection, root: Path, path: str) -> Inspected:
    return inspect_assessment(inspection, root, read_path(root, path, Assessment))


def inspect_assessment(inspection: Inspection, root: Path, file: File[Assessment]) -> Inspected:
    path = file.path
    found = list(file.diagnostics)
    if file.value is not None:
        unreadable = inspection.unreadable_matrices
        findings = check_assessment(
            path, file.value, inspection.matrices, inspection.settings.privacy, unreadable, file.empty
        )
        found += file.locate(islice(findings, MOST_FINDINGS))
    elif is_individual_view(file):
        found = file.locate([individual_view_found(path)])
    if inspection.thoroughness is None:
        return Inspected(file.input, file.value, found)
    if file.value is not None and not any(one.rule.unusable for one in found):
        base = root if inspection.layout else None
        found += inspection.thoroughness.found_in_assessment(base, file, inspection.matrices, inspection.settings)
    return Inspected(file.input, file.value, found, inspection.thoroughness.ignores_of(file))


def _models(matrices: Mapping[str, tuple[Matrix, Input]]) -> dict[str, Matrix]:
    return {ref: matrix for ref, (matrix, _) in matrices.items()}


def _inputs(matrices: Mapping[str, tuple[Matrix, Input]]) -> dict[str, Input]:
    return {ref: origin for ref, (_, origin) in matrices.items()}


def _at_top(rule: rules.Rule, path: str, message: str) -> Diagnostic:
    return Diagnostic(rule, path, 1, 1, message)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Leave the collector off while many small values are made: a fifth of the time of a large run."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
