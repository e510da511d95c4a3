"""A workspace as it was at a revision, as far as it could be used then: read from git, with nothing put on the disk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from pbpmaturity.checks.history import check_place
from pbpmaturity.cli.inspection import Inspected, Inspection, inspect_assessment, inspect_matrices
from pbpmaturity.cli.instruments import Against, inspect_instrument_alone
from pbpmaturity.cli.loading import usable_or_not
from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import BrokenFile, FiledAssessment, FiledTest, Portfolio
from pbpmaturity.model.readiness_test import ReadinessTest
from pbpmaturity.model.selector import place_id_fault
from pbpmaturity.model.settings import Settings
from pbpmaturity.workspace.layout import ASSESSMENTS, MATRICES, READINESS, SETTINGS
from pbpmaturity.workspace.load import settings_of
from pbpmaturity.workspace.read import read_file
from pbpmaturity.workspace.revision import Revision
from pbpmaturity.workspace.shapes import MOST_FINDINGS
from pbpmaturity.workspace.shipped import shipped_matrices


@dataclass(frozen=True, slots=True)
class AsItWas:
    """A workspace of then; where pbp.yaml could not be used, nobody knows with whom Places shared."""

    portfolio: Portfolio
    are_settings_known: bool

    def filed(self, path: str) -> FiledAssessment | None:
        """Return an assessment as it was; None if it was not there, or could not be used."""
        return next((one for one in self.portfolio.assessments if one.path == path), None)


def as_it_was(revision: Revision, now: Settings, *, with_all: bool) -> AsItWas:
    """Return a workspace at a revision; of its assessments all, or those that differ since.

    Where pbp.yaml could not be used, Places go by the names that they have now.
    """
    here = [path for path in revision.then if path in revision.changed or (revision.root / path).exists()]
    files = dict(revision.read_all(path for path in here if _is_shared(path)))
    wanted = (path for path in here if _place_of(path) and (with_all or path in revision.changed))
    assessments = dict(revision.read_all(wanted))
    settings = settings_of(SETTINGS, files[SETTINGS]) if SETTINGS in files else None
    inspection = _inspection(files, (settings.value or now) if settings else Settings())
    usable: list[FiledAssessment] = []
    broken: list[BrokenFile] = []
    for place, inspected in _places(inspection, assessments):
        some, others = usable_or_not(inspection, revision.root, place, inspected)
        usable += some
        broken += others
    portfolio = Portfolio(
        settings=inspection.settings,
        matrices=inspection.matrices,
        matrix_inputs=inspection.matrix_inputs,
        places=tuple(sorted({_place_of(path) for path in here} - {""})),
        assessments=tuple(usable),
        broken=tuple(broken),
        settings_input=settings.input if settings and settings.value else None,
        readiness_tests=tuple(_tests(inspection, files)),
    )
    return AsItWas(portfolio, are_settings_known=settings is None or settings.value is not None)


def _inspection(files: Mapping[str, bytes], settings: Settings) -> Inspection:
    matrices = [read_file(data, path, Matrix) for path, data in _below(MATRICES, files)]
    own, _ = inspect_matrices(matrices, None, None)
    known = {**shipped_matrices(), **own}
    return Inspection(
        layout=None,
        settings=settings,
        matrices={ref: matrix for ref, (matrix, _) in known.items()},
        matrix_inputs={ref: origin for ref, (_, origin) in known.items()},
        diagnostics=[],
    )


def _places(inspection: Inspection, files: Mapping[str, bytes]) -> Iterator[tuple[str, list[Inspected]]]:
    """Yield each Place with its assessments, checked as far as it keeps them from being used."""
    by_place: dict[str, list[str]] = defaultdict(list)
    for path in sorted(files):
        by_place[_place_of(path)].append(path)
    for place, paths in by_place.items():
        read = (read_file(files[path], path, Assessment) for path in paths)
        inspected = {one.path: inspect_assessment(inspection, Path(), one) for one in read}
        readable = {path: one.value for path, one in inspected.items() if one.value is not None}
        for found in islice(check_place(place, readable), MOST_FINDINGS):
            inspected[found.path].diagnostics.append(Diagnostic(found.rule, found.path, 1, 1, found.message))
        yield place, list(inspected.values())


def _tests(inspection: Inspection, files: Mapping[str, bytes]) -> Iterator[FiledTest]:
    """Yield the readiness tests that could be used, by id; of two with one id the first by name."""
    against = Against(inspection.matrices, (), inspection.settings, None)
    found: dict[str, FiledTest] = {}
    for path, data in _below(READINESS, files):
        file = read_file(data, path, ReadinessTest)
        if file.value is None or any(one.rule.unusable for one in inspect_instrument_alone(file, against).diagnostics):
            continue
        found.setdefault(file.value.id, FiledTest(file.value, file.input))
    yield from (found[id_] for id_ in sorted(found))


def _below(folder: str, files: Mapping[str, bytes]) -> Iterable[tuple[str, bytes]]:
    return ((path, files[path]) for path in sorted(files) if path.startswith(f"{folder}/"))


def _is_shared(path: str) -> bool:
    """Say whether a file is pbp.yaml, a matrix or a readiness test."""
    folder, _, name = path.partition("/")
    return path == SETTINGS or (folder in (MATRICES, READINESS) and "/" not in name and _is_read(name))


def _place_of(path: str) -> str:
    """Return the Place whose assessment a file was; nothing if it was none that is read."""
    parts = PurePosixPath(path).parts
    is_one = len(parts) == 3 and parts[0] == ASSESSMENTS and _is_read(parts[2]) and place_id_fault(parts[1]) is None
    return parts[1] if is_one else ""


def _is_read(name: str) -> bool:
    return name.endswith(".yaml") and not name.startswith(".")
