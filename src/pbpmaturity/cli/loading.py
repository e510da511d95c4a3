"""A workspace's files as assessments: all at once, or Place by Place."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pbpmaturity.cli.inspection import Inspected, Inspection, inspect
from pbpmaturity.cli.instruments import broken_under
from pbpmaturity.cli.output import shown_path, tell
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic, in_order
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.diagnostics.text import line_of
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.model.portfolio import BrokenFile, BrokenInstrument, FiledAssessment, Portfolio
from pbpmaturity.model.selector import Shelf, is_date
from pbpmaturity.workspace.layout import ASSESSMENTS, SETTINGS

_WRITTEN_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


def load(root: Path, only: str | None = None) -> Portfolio:
    """Return a workspace as far as it can be used; of one Place all is read, and only its assessments are kept."""
    return portfolio_of(_inspect_usable(root), root, only)


class Places:
    """A workspace whose Places are read one after another, so that a large one is never in memory whole.

    `shared` is what it has besides assessments, and `unread` how many files could not be read so far.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._inspection = _inspect_usable(root)
        self.shared = _shared(self._inspection, root)
        self.unread = len(self.shared.broken) + self.shared.other_unreadable

    @property
    def known(self) -> tuple[str, ...]:
        """Every Place that has a folder or stands in pbp.yaml."""
        return tuple(dict.fromkeys([*self.shared.places, *(self.shared.settings.places or {})]))

    def shelves(self, only: Collection[str] | None = None) -> Iterator[Shelf]:
        """Yield each Place that has a folder, or each of some; UnusableInput if a folder cannot be opened."""
        for place in (None, *(only or self.known)):
            require_readable(self.shared, place)
        for place, files in self._inspection.places(only):
            assessments, broken = usable_or_not(self._inspection, self._root, place, files)
            self.unread += len(broken)
            misplaced = (one for one in self.shared.broken if one.place == place)
            part = replace(self.shared, assessments=tuple(assessments), broken=(*broken, *misplaced))
            yield Shelf(part, place)

    def that_share(self, named: Sequence[str] = (), *, publicly: bool = False) -> Iterator[Shelf]:
        """Yield the Places named, or all: those that share their assessments, with the public if that is asked for.

        A Place that only pbp.yaml knows of has an empty shelf. UsageError if one that is named is private.
        """
        wanted = [known_place(self.shared, place) for place in named] or list(self.known)
        for place in named:
            if self.shared.settings.shared_with(place) == "private":
                raise UsageError(
                    f"{self.shared.settings.place_name(place)} is not compared: pbp.yaml has share: private for it",
                    "leave it out, or change its share if the Place agrees",
                )
        enough = ("public",) if publicly else ("public", "system")
        sharing = [place for place in wanted if self.shared.settings.shared_with(place) in enough]
        for place in sharing:
            require_readable(self.shared, place)
        folders = [place for place in sharing if place in self.shared.places]
        if folders:
            yield from self.shelves(folders)
        yield from (Shelf(self.shared, place) for place in sharing if place not in folders)


def known_place(portfolio: Portfolio, place: str) -> str:
    """Return a Place's id if the workspace has it; UsageError with a guess if not."""
    known = dict.fromkeys([*portfolio.places, *(portfolio.settings.places or {})])
    if place in known:
        return place
    raise UsageError(f"there is no Place {quoted(place)} here; {guess_or_list(place, known)}")


def require_readable(portfolio: Portfolio, place: str | None) -> None:
    """Refuse to say that nothing is in a folder that cannot be opened, or whose name keeps it from being read."""
    meant = (ASSESSMENTS, f"{ASSESSMENTS}/{place}".lower())
    for broken in portfolio.broken:
        if broken.path.lower() in meant:
            raise UnusableInput(f"{broken.path} cannot be used", broken.findings)


def tell_of_unread(portfolio: Portfolio) -> None:
    """Say how many files could not be read."""
    tell_unread(len(portfolio.broken) + portfolio.other_unreadable)


def tell_unread(unread: int) -> None:
    """Say how many files could not be read, if any."""
    if unread:
        tell(f"{unread} {'file' if unread == 1 else 'files'} could not be read; run pbp validate")


def lines_of(root: Path, diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Return findings as lines whose paths are as people see them."""
    shown = (replace(found, path=shown_path(root / found.path)) for found in diagnostics)
    return tuple(line_of(found) for found in in_order(shown))


def _inspect_usable(root: Path) -> Inspection:
    inspection = inspect(root)
    if inspection.settings_are_broken:
        own = [found for found in inspection.diagnostics if found.path == SETTINGS]
        raise UnusableInput(f"{SETTINGS} cannot be used", lines_of(root, own), "mend it, then run the command again")
    return inspection


def portfolio_of(inspection: Inspection, root: Path, only: str | None = None) -> Portfolio:
    """Return what was read as far as it can be used, with the assessments of all Places or of one."""
    assessments: list[FiledAssessment] = []
    broken: list[BrokenFile] = []
    for place, files in inspection.places():
        usable, unusable = usable_or_not(inspection, root, place, files)
        assessments += usable if only in (None, place) else []
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
        yield BrokenInstrument(path, ids.get(path, PurePosixPath(path).stem), lines_of(root, found))


def usable_or_not(
    inspection: Inspection, root: Path, place: str, files: Iterable[Inspected]
) -> tuple[list[FiledAssessment], list[BrokenFile]]:
    usable: list[FiledAssessment] = []
    broken: list[BrokenFile] = []
    for one in files:
        if one.is_usable and one.value is not None:
            assessment = one.value
            matrix, origin = inspection.matrices[assessment.matrix], inspection.matrix_inputs[assessment.matrix]
            name = inspection.settings.place_name(assessment.place)
            privacy = inspection.settings.privacy
            usable.append(FiledAssessment(assessment, matrix, name, one.input, origin, privacy))
        else:
            broken.append(BrokenFile(one.input.path, place, _date_meant(one), lines_of(root, one.diagnostics)))
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
            found.append(BrokenFile(one.path, place, date[0] if date else "", lines_of(root, [one])))
    return found
