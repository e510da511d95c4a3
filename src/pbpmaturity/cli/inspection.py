"""A workspace read and checked: where files, checks and diagnostics meet."""

import gc
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path, PurePosixPath

from pbpmaturity.checks.assessment import check_assessment
from pbpmaturity.checks.history import check_listed, check_place, check_settings
from pbpmaturity.checks.matrix import check_matrix
from pbpmaturity.cli.instruments import Against, Instruments, inspect_instrument_alone, inspect_instruments
from pbpmaturity.cli.judged import holding, is_cut_short, located, sound_part
from pbpmaturity.cli.thoroughness import Thoroughness
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic, Finding
from pbpmaturity.diagnostics.ignores import Ignore
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import Input
from pbpmaturity.model.settings import Settings
from pbpmaturity.workspace.individual_views import individual_view_found, is_individual_view
from pbpmaturity.workspace.layout import ASSESSMENTS, Layout, lay_out, stray_backup
from pbpmaturity.workspace.load import (
    read_alone,
    read_matrices,
    read_settings,
)
from pbpmaturity.workspace.partial import Partial
from pbpmaturity.workspace.read import File, read_path
from pbpmaturity.workspace.shapes import MOST_FINDINGS
from pbpmaturity.workspace.shipped import shipped_matrices


@dataclass(slots=True)
class Inspected:
    """An assessment file, what it says (None if that cannot be read), and all that is wrong with it.

    `partial` is what validate can judge of a file that is at fault, and no result rests on it.
    """

    input: Input
    value: Assessment | None
    diagnostics: list[Diagnostic]
    ignores: tuple[Ignore, ...] = ()
    partial: Partial[Assessment] | None = None
    has_usable_neighbours: bool = True

    @property
    def judged(self) -> Assessment | None:
        """What the rules are held against: the value, or as much of it as there is."""
        return self.partial.value if self.partial else self.value

    def is_comparable(self, matrices: Mapping[str, Matrix]) -> bool:
        """Say whether it can be held against the other assessments of its Place, be it in part."""
        if self.is_usable:
            return True
        partial = self.partial
        if partial is None or partial.value.matrix not in matrices:
            return False
        return not any((key,) in partial.refused for key in ("place", "date", "matrix", "status", "themes"))

    @property
    def is_usable(self) -> bool:
        return self.value is not None and not any(found.rule.unusable for found in self.diagnostics)


@dataclass(slots=True)
class Inspection:
    """What a workspace's files are read against, and what is wrong with all but its assessments.

    `concerns` are the folders that findings of pbp.yaml are about.
    """

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
    concerns: dict[Diagnostic, str] = field(default_factory=dict)

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
    settings_file = read_settings(layout)
    settings = _settings_of(settings_file, thoroughness)
    files = read_matrices(layout)
    own, found = inspect_matrices(files, root, thoroughness)
    known = {**shipped_matrices(), **own}
    inspection = Inspection(
        layout,
        settings,
        _models(known),
        _inputs(known),
        [_at_top(finding.rule, finding.path, finding.message) for finding in layout.findings],
        unreadable_matrices=tuple(file.path for file in files if file.value is None or file.value.ref not in own),
        settings_are_broken=settings_file is not None and settings_file.value is None,
        settings_input=settings_file.input if settings_file else None,
        thoroughness=thoroughness,
    )
    if settings_file:
        inspection.diagnostics += settings_file.diagnostics
    inspection.diagnostics += found
    if thoroughness:
        inspection.ignores += thoroughness.ignores_of(settings_file) if settings_file else ()
        inspection.ignores += (one for file in files for one in thoroughness.ignores_of(file))
    _check_settings(inspection, layout, settings_file)
    _add_instruments(inspection, layout)
    inspection.diagnostics += _backups(inspection, layout, [one for _, one in own.values()])
    return inspection


def _check_settings(inspection: Inspection, layout: Layout, file: File[Settings] | None) -> None:
    """Add what is wrong with the settings, as far as they can be read."""
    thoroughness = inspection.thoroughness
    if file is None or not (file.value or (thoroughness and file.partial)):
        return
    findings = check_settings(file.path, inspection.settings, inspection.matrices)
    inspection.diagnostics += located(file, findings)
    if thoroughness:
        inspection.diagnostics += thoroughness.found_in_settings(file, inspection.settings)
    inspection.concerns = _unlisted(file, inspection.settings, layout)
    inspection.diagnostics += inspection.concerns


def _add_instruments(inspection: Inspection, layout: Layout) -> None:
    """Add the readiness tests and what might sit where, and what is wrong with them."""
    unreadable = inspection.unreadable_matrices
    against = Against(inspection.matrices, unreadable, inspection.settings, inspection.thoroughness)
    inspection.instruments = inspect_instruments(layout, against)
    inspection.diagnostics += inspection.instruments.diagnostics
    inspection.ignores += inspection.instruments.ignores


def _backups(inspection: Inspection, layout: Layout, matrices: Collection[Input]) -> Iterator[Diagnostic]:
    """Yield the copies that editors have left: notes, or errors where the file that one is of cannot be used."""
    tests = (one.input for one in inspection.instruments.tests)
    delegation = inspection.instruments.delegation
    sound = {one.path for one in (*matrices, *tests, *((delegation.input,) if delegation else ()))}
    for path, original in layout.backups:
        is_sound = original in sound
        if original.startswith(f"{ASSESSMENTS}/"):
            is_sound = _inspect_file(inspection, layout.root, original).is_usable
        if is_sound:
            name = PurePosixPath(original).name
            beside = f"{name} is there too, so if this is a copy delete it"
            message = f"this is named as editors' copies are, and not read; {beside}"
            yield _at_top(rules.BACKUP, path, message)
        else:
            found = stray_backup(path, original)
            yield _at_top(found.rule, path, found.message)


def _settings_of(file: File[Settings] | None, thoroughness: Thoroughness | None) -> Settings:
    """Return what pbp.yaml says, to be judged by as far as it can be read; its defaults where there is none."""
    said = (file.judged if thoroughness else file.value) if file else None
    return said or Settings()


def _unlisted(file: File[Settings], settings: Settings, layout: Layout) -> dict[Diagnostic, str]:
    """Return that Places are not listed in pbp.yaml, each with the folder that it is about."""
    refused = file.partial.refused if file.partial else {}
    places = [place for place, _ in layout.places if ("places", place) not in refused]
    listed = ((finding, place) for place in places for finding in check_listed(file.path, settings, [place]))
    return {file.locate([finding])[0]: f"{ASSESSMENTS}/{place}" for finding, place in listed}


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
        matrix = file.judged if thoroughness else file.value
        if file.value is None and is_individual_view(file):
            found = file.locate([individual_view_found(file.path)])
        elif matrix is not None:
            findings = list(islice(holding(file, check_matrix(file.path, matrix, shipped, file.empty)), MOST_FINDINGS))
            found += file.locate(findings)
            if matrix.ref in own:
                first = own[matrix.ref][1].path
                message = f"{matrix.ref} stands in {first} too; keep one, or give this one a version of its own"
                found.append(_at_top(rules.MATRIX_TWICE, file.path, message))
            elif file.value is not None and not any(diagnostic.rule.unusable for diagnostic in found):
                own[file.value.ref] = (file.value, file.input)
            if thoroughness:
                found += thoroughness.found_in_matrix(root, _without_faults(file, findings), matrix)
        diagnostics += found
    return own, diagnostics


def _without_faults(file: File[Matrix], found: Sequence[Finding]) -> File[Matrix]:
    """Return a matrix to be judged further: without ids given twice, and with cells of no stage taken for any."""
    twice = [one.route for one in found if one.rule is rules.DUPLICATE_ID]
    unsure = [one.route for one in found if one.rule is rules.MATRIX_STAGE]
    return file.without(twice, unsure) if twice or unsure else file


def _inspect_place(inspection: Inspection, root: Path, place: str, paths: Sequence[str]) -> list[Inspected]:
    inspected = {path: _inspect_file(inspection, root, path) for path in paths}
    readable = {path: value for path, one in inspected.items() if (value := one.judged) is not None}
    findings = list(check_place(place, readable))
    if inspection.thoroughness:
        judged = {path: value for path, value in readable.items() if inspected[path].is_comparable(inspection.matrices)}
        broken = tuple(PurePosixPath(path).stem for path in paths if path not in judged)
        findings += inspection.thoroughness.found_in_place(judged, broken, inspection.matrices, inspection.settings)
        is_whole = all(one.is_usable for one in inspected.values())
        for one in inspected.values():
            one.has_usable_neighbours = is_whole
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_path[finding.path].append(finding)
    for path, found in by_path.items():
        # The file's positions were let go; the files with such findings are read again for them.
        file = replace(read_path(root, path, Assessment), partial=inspected[path].partial)
        inspected[path].diagnostics += located(file, found)
    return list(inspected.values())


def _inspect_file(inspection: Inspection, root: Path, path: str) -> Inspected:
    return inspect_assessment(inspection, root, read_path(root, path, Assessment))


def inspect_assessment(inspection: Inspection, root: Path, file: File[Assessment]) -> Inspected:
    path, thoroughness = file.path, inspection.thoroughness
    if file.value is None and is_individual_view(file):
        found = file.locate([individual_view_found(path)])
        return Inspected(file.input, None, found, thoroughness.ignores_of(file) if thoroughness else ())
    found = list(file.diagnostics)
    value = file.judged if thoroughness else file.value
    findings: list[Finding] = []
    if value is not None:
        unreadable = inspection.unreadable_matrices
        checked = check_assessment(
            path, value, inspection.matrices, inspection.settings.privacy, unreadable, file.empty
        )
        findings = list(islice(holding(file, checked), MOST_FINDINGS))
        found += file.locate(findings)
    if thoroughness is None:
        return Inspected(file.input, file.value, found)
    if value is not None:
        matrices = {} if is_cut_short(findings) else inspection.matrices
        file = sound_part(file, findings, matrices.get(value.matrix)) if findings else file
        base = root if inspection.layout else None
        found += thoroughness.found_in_assessment(base, file, matrices, inspection.settings)
    partial = None if is_cut_short(findings) else file.partial
    return Inspected(file.input, file.value, found, thoroughness.ignores_of(file), partial)


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
