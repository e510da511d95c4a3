"""From what was typed to the assessments that are meant."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pbpmaturity.cli.inspection import Inspected, Inspection, inspect, inspect_alone
from pbpmaturity.cli.instruments import broken_under
from pbpmaturity.cli.output import shown_path, tell
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic, in_order
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.diagnostics.text import line_of
from pbpmaturity.diagnostics.visible import path_line
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import BrokenFile, BrokenInstrument, FiledAssessment, Portfolio
from pbpmaturity.model.selector import Shelf, When, is_date, is_path, require_when, split_selector
from pbpmaturity.model.settings import Settings
from pbpmaturity.workspace.layout import ASSESSMENTS, SETTINGS, find_root, require_root
from pbpmaturity.workspace.shipped import shipped_matrices

_WRITTEN_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
HINT_NO_WORKSPACE = (
    "go to a folder that holds pbp.yaml or assessments/, give --workspace DIR, or make one with: pbp init"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A Place's shelf, the WHEN or the date that was named, if any, and the workspace's folder, if any."""

    root: Path | None
    portfolio: Portfolio
    shelf: Shelf
    when: When | None = None
    date: str | None = None
    file: Path | None = None

    @property
    def is_by_default(self) -> bool:
        """Say whether nothing but the Place was named."""
        return self.when is None and self.date is None

    def date_or(self, word: str) -> str:
        """Return the date named; without one, that of `latest`, `previous` or `first`."""
        return self.date or self.shelf.date_of(self.when or When(word))


def open_root(workspace: Path | None) -> Path:
    """Return the workspace's folder: the one given, else the nearest at or above the current folder."""
    if workspace is not None:
        return require_root(workspace)
    root = find_root(Path.cwd())
    if root is None:
        raise UsageError("there is no workspace here", HINT_NO_WORKSPACE)
    return root


def open_or_shipped(workspace: Path | None) -> tuple[Path | None, Portfolio]:
    """Return the workspace if there is one; without any, the matrices that ship."""
    root = require_root(workspace) if workspace else find_root(Path.cwd())
    if root is not None:
        return root, load(root)
    shipped = shipped_matrices()
    matrices = {ref: matrix for ref, (matrix, _) in shipped.items()}
    inputs = {ref: origin for ref, (_, origin) in shipped.items()}
    return None, Portfolio(Settings(), matrices, (), (), (), matrix_inputs=inputs)


def choose(argument: str | None, workspace: Path | None) -> Chosen:
    """Return the Place, and the assessment if one is named, that `PLACE`, `PLACE@WHEN` or a path means.

    Without an argument, the only Place of the workspace.
    """
    if argument is not None and is_path(argument):
        return _choose_path(Path(argument), workspace)
    root = open_root(workspace)
    portfolio = load(root)
    place, when = split_selector(argument) if argument is not None else (None, None)
    _require_readable(portfolio, place)
    known = _only_place(portfolio) if place is None else _known_place(portfolio, place)
    _require_readable(portfolio, known)
    return Chosen(root, portfolio, Shelf(portfolio, known), when)


def choose_each(workspace: Path | None) -> list[FiledAssessment]:
    """Return the latest agreed assessment of every Place that has one, in the order of their names."""
    root = open_root(workspace)
    portfolio = load(root)
    for place in (None, *portfolio.places, *(portfolio.settings.places or {})):
        _require_readable(portfolio, place)
    tell_of_unread(portfolio)
    shelves = sorted((Shelf(portfolio, place) for place in portfolio.places), key=lambda shelf: shelf.name)
    return [shelf.take(shelf.agreed_dates()[-1]) for shelf in shelves if shelf.agreed_dates()]


def another(chosen: Chosen, text: str) -> FiledAssessment:
    """Return the assessment that a WHEN or a path means, of the Place already chosen."""
    place, at, when = text.rpartition("@")
    if is_path(text):
        other = _choose_path(Path(text), chosen.root)
        _require_same_place(chosen, other.shelf.place, text)
        return other.shelf.take(other.date_or("latest"))
    if at or text in chosen.portfolio.places:
        _require_same_place(chosen, place if at else text, text)
    return chosen.shelf.take(chosen.shelf.date_of(require_when(when)))


def _require_same_place(chosen: Chosen, place: str, text: str) -> None:
    if place != chosen.shelf.place:
        raise UsageError(
            f"{quoted(text)} is not an assessment of {chosen.shelf.name}",
            "an assessment is set against earlier ones of its own Place; pbp does not compare Places here",
        )


def load(root: Path) -> Portfolio:
    """Return a workspace as far as it can be used."""
    return _portfolio(_inspect_usable(root), root)


def load_each(root: Path) -> Iterator[Shelf]:
    """Yield each Place with its assessments, one after another, so that a large workspace is never in memory whole."""
    inspection = _inspect_usable(root)
    shared = _shared(inspection, root)
    for place, files in inspection.places():
        assessments, broken = _usable_or_not(inspection, root, place, files)
        misplaced = (one for one in shared.broken if one.place == place)
        part = replace(shared, assessments=tuple(assessments), broken=(*broken, *misplaced))
        yield Shelf(part, place)


def tell_of_the_rest(chosen: Chosen, date: str | None = None) -> None:
    """Say what a result leaves out: files that could not be read, and a draft that is newer than its date."""
    tell_of_unread(chosen.portfolio)
    newer = [draft for draft in chosen.shelf.drafts() if date is not None and draft > date]
    if newer:
        tell(f"there is a newer draft: {chosen.shelf.place}@{newer[-1]}")


def tell_of_unread(portfolio: Portfolio) -> None:
    """Say how many files could not be read."""
    unread = len(portfolio.broken) + portfolio.other_unreadable
    if unread:
        tell(f"{unread} {'file' if unread == 1 else 'files'} could not be read; run pbp validate")


def _choose_path(path: Path, workspace: Path | None) -> Chosen:
    if not path.is_file():
        raise UsageError(
            f"{quoted(path.as_posix())} is not a file",
            "name a Place as its folder below assessments/ is named, without slashes, as in northam or northam@2024",
        )
    root = require_root(workspace) if workspace else find_root(path.parent)
    if root is None:
        return _choose_alone(path)
    portfolio = load(root)
    inside = _below(path, root)
    for filed in portfolio.assessments:
        if filed.path == inside:
            shelf = Shelf(portfolio, filed.assessment.place)
            return Chosen(root, portfolio, shelf, date=filed.assessment.date.text)
    for broken in portfolio.broken:
        if broken.path == inside or inside.startswith(f"{broken.path}/"):
            raise UnusableInput(f"{broken.path} cannot be used", broken.findings, "mend it, then run the command again")
    raise UsageError(
        f"{quoted(path.as_posix())} is not an assessment of the workspace {root.as_posix()}",
        "assessments lie in assessments/PLACE/DATE.yaml",
    )


def _choose_alone(path: Path) -> Chosen:
    inspection = inspect_alone(path)
    portfolio = _portfolio(inspection, path.parent)
    faults = in_order([*inspection.diagnostics, *(found for one in inspection.alone for found in one.diagnostics)])
    if not portfolio.assessments:
        raise UnusableInput(f"{quoted(path.as_posix())} cannot be used as an assessment", _lines(path.parent, faults))
    tell_alone(path)
    filed = portfolio.assessments[0]
    shelf = Shelf(portfolio, filed.assessment.place)
    return Chosen(None, portfolio, shelf, date=filed.assessment.date.text, file=path)


def default_matrix(portfolio: Portfolio, ref: str | None = None) -> Matrix:
    """Return the matrix of that reference, else the one for new assessments; UsageError if it is not known."""
    wanted = ref or portfolio.settings.matrix
    if wanted in portfolio.matrices:
        return portfolio.matrices[wanted]
    raise UsageError(f"matrix {quoted(wanted)} is not known here; {guess_or_list(wanted, sorted(portfolio.matrices))}")


def provenance_after(shelf: Shelf) -> str:
    """Return what a new assessment is: made up if the ones before it are, so that an example stays one."""
    dates = shelf.agreed_dates()
    try:
        last = shelf.take(dates[-1]) if dates else None
    except UnusableInput:
        return "self-assessment"
    is_example = last is not None and last.assessment.provenance == "illustrative"
    return "illustrative" if is_example else "self-assessment"


def tell_alone(path: Path) -> None:
    """Say that a file is read by itself."""
    tell(f"{path_line(path.as_posix())} lies in no workspace: read by itself, with the matrices that ship with pbp")


def _lines(root: Path, diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Return findings as lines whose paths are as people see them."""
    shown = (replace(found, path=shown_path(root / found.path)) for found in diagnostics)
    return tuple(line_of(found) for found in in_order(shown))


def _inspect_usable(root: Path) -> Inspection:
    inspection = inspect(root)
    if inspection.settings_are_broken:
        own = [found for found in inspection.diagnostics if found.path == SETTINGS]
        raise UnusableInput(f"{SETTINGS} cannot be used", _lines(root, own), "mend it, then run the command again")
    return inspection


def _portfolio(inspection: Inspection, root: Path) -> Portfolio:
    assessments: list[FiledAssessment] = []
    broken: list[BrokenFile] = []
    for place, files in inspection.places():
        usable, unusable = _usable_or_not(inspection, root, place, files)
        assessments += usable
        broken += unusable
    shared = _shared(inspection, root)
    return replace(shared, assessments=tuple(assessments), broken=(*broken, *shared.broken))


def _shared(inspection: Inspection, root: Path) -> Portfolio:
    """Return what a workspace has besides the files of its Places, and what lies among those but is not read."""
    folders = tuple(place for place, _ in inspection.layout.places) if inspection.layout else ()
    unreadable = {
        found.path
        for found in inspection.diagnostics
        if found.rule.unusable and not found.path.startswith((SETTINGS, ASSESSMENTS))
    }
    return Portfolio(
        settings=inspection.settings,
        settings_input=inspection.settings_input,
        matrices=inspection.matrices,
        matrix_inputs=inspection.matrix_inputs,
        places=folders,
        assessments=(),
        broken=tuple(_misplaced(inspection, root)),
        other_unreadable=len(unreadable),
        readiness_tests=tuple(inspection.instruments.tests),
        delegation=inspection.instruments.delegation,
        broken_instruments=tuple(_broken_instruments(inspection, root)),
    )


def _broken_instruments(inspection: Inspection, root: Path) -> Iterator[BrokenInstrument]:
    ids = inspection.instruments.ids
    for path, found in broken_under(inspection.diagnostics).items():
        yield BrokenInstrument(path, ids.get(path, PurePosixPath(path).stem), _lines(root, found))


def _usable_or_not(
    inspection: Inspection, root: Path, place: str, files: Iterable[Inspected]
) -> tuple[list[FiledAssessment], list[BrokenFile]]:
    usable: list[FiledAssessment] = []
    broken: list[BrokenFile] = []
    for one in files:
        if one.is_usable and one.value is not None:
            assessment = one.value
            matrix, origin = inspection.matrices[assessment.matrix], inspection.matrix_inputs[assessment.matrix]
            name = inspection.settings.place_name(assessment.place)
            usable.append(FiledAssessment(assessment, matrix, name, one.input, origin))
        else:
            broken.append(BrokenFile(one.input.path, place, _date_meant(one), _lines(root, one.diagnostics)))
    return usable, broken


def _date_meant(one: Inspected) -> str:
    """Return the date of an assessment that cannot be used: what its name says, else what it says itself."""
    name = PurePosixPath(one.input.path).stem
    return name if one.value is None or is_date(name) else one.value.date.text


def _misplaced(inspection: Inspection, root: Path) -> list[BrokenFile]:
    """Return what lies below assessments/ but is not read, unless it is plainly something else, such as notes.

    Its name may say which assessment it was meant to be.
    """
    found = []
    for one in inspection.diagnostics:
        parts = PurePosixPath(one.path).parts
        place, name = (parts[1] if len(parts) > 2 else ""), parts[-1].lower()
        is_meant = "yaml" in name or "yml" in name or _WRITTEN_DATE.fullmatch(name)
        if parts[0] == ASSESSMENTS and (
            one.rule in (rules.UNREADABLE, rules.PLACE_ID) or (one.rule is rules.STRAY_FILE and is_meant)
        ):
            date = _WRITTEN_DATE.search(name)
            found.append(BrokenFile(one.path, place, date[0] if date else "", _lines(root, [one])))
    return found


def _require_readable(portfolio: Portfolio, place: str | None) -> None:
    """Refuse to say that nothing is in a folder that cannot be opened, or whose name keeps it from being read."""
    meant = (ASSESSMENTS, f"{ASSESSMENTS}/{place}".lower())
    for broken in portfolio.broken:
        if broken.path.lower() in meant:
            raise UnusableInput(f"{broken.path} cannot be used", broken.findings)


def _only_place(portfolio: Portfolio) -> str:
    if len(portfolio.places) == 1:
        return portfolio.places[0]
    if not portfolio.places and portfolio.broken:
        findings = tuple(line for broken in portfolio.broken for line in broken.findings)
        raise UnusableInput("no Place can be read", findings)
    if not portfolio.places:
        raise UsageError("the workspace has no assessments yet")
    raise UsageError("name a Place: the workspace has several", f"they are {', '.join(portfolio.places)}")


def _known_place(portfolio: Portfolio, place: str) -> str:
    known = dict.fromkeys([*portfolio.places, *(portfolio.settings.places or {})])
    if place in known:
        return place
    raise UsageError(f"there is no Place {quoted(place)} here; {guess_or_list(place, known)}")


def _below(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.as_posix()
