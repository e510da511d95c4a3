"""From what was typed to the assessments that are meant."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pbpmaturity.cli.inspection import inspect_alone
from pbpmaturity.cli.loading import (
    Places,
    known_place,
    lines_of,
    load,
    portfolio_of,
    require_readable,
    tell_of_unread,
    tell_unread,
)
from pbpmaturity.cli.output import tell
from pbpmaturity.diagnostics.finding import in_order
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.diagnostics.visible import path_line
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment, Portfolio
from pbpmaturity.model.selector import Shelf, When, is_path, split_selector
from pbpmaturity.model.settings import Settings
from pbpmaturity.workspace.given import leads_nowhere
from pbpmaturity.workspace.layout import find_root, require_root
from pbpmaturity.workspace.shipped import shipped_matrices

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
    return choose_in(root, load(root, split_selector(argument)[0] if argument is not None else None), argument)


def choose_in(root: Path, portfolio: Portfolio, argument: str | None) -> Chosen:
    """Return what `PLACE` or `PLACE@WHEN` means in a workspace that is read already."""
    place, word = split_selector(argument) if argument is not None else (None, None)
    require_readable(portfolio, place)
    known = _only_place(portfolio) if place is None else known_place(portfolio, place)
    require_readable(portfolio, known)
    shelf = Shelf(portfolio, known)
    return Chosen(root, portfolio, shelf, shelf.understood(word) if word is not None else None)


def choose_each(workspace: Path | None) -> list[FiledAssessment]:
    """Return the latest agreed assessment of every Place that has one, in the order of their names."""
    places = Places(open_root(workspace))
    found = [shelf.take(shelf.agreed_dates()[-1]) for shelf in places.shelves() if shelf.agreed_dates()]
    tell_unread(places.unread)
    return sorted(found, key=lambda filed: (filed.place_name.casefold(), filed.assessment.place))


def another(chosen: Chosen, text: str) -> FiledAssessment:
    """Return the assessment that a WHEN or a path means, of the Place already chosen."""
    place, at, when = text.rpartition("@")
    if is_path(text):
        other = _choose_path(Path(text), chosen.root)
        _require_same_place(chosen, other.shelf.place, text)
        return other.shelf.take(other.date_or("latest"))
    if at or text in chosen.portfolio.places:
        _require_same_place(chosen, place if at else text, text)
    return chosen.shelf.take(chosen.shelf.date_of(chosen.shelf.understood(when)))


def _require_same_place(chosen: Chosen, place: str, text: str) -> None:
    if place != chosen.shelf.place:
        side_by_side = f"pbp compare {chosen.shelf.place} {place}"
        raise UsageError(
            f"{quoted(text)} is not an assessment of {chosen.shelf.name}",
            f"an assessment is set against earlier ones of its own Place; for Places side by side: {side_by_side}",
        )


def tell_of_the_rest(chosen: Chosen, date: str | None = None) -> None:
    """Say what a result leaves out: files that could not be read, and a draft that is newer than its date."""
    tell_of_unread(chosen.portfolio)
    newer = [draft for draft in chosen.shelf.drafts() if date is not None and draft > date]
    if newer:
        tell(f"there is a newer draft: {chosen.shelf.place}@{newer[-1]}")


def _choose_path(path: Path, workspace: Path | None) -> Chosen:
    if not path.is_file():
        raise leads_nowhere(
            path,
            f"{quoted(path.as_posix())} is not a file",
            "name a Place as its folder below assessments/ is named, without slashes, as in northam or northam@2024",
        )
    root = require_root(workspace) if workspace else find_root(path.parent)
    if root is None:
        return _choose_alone(path)
    inside = _below(path, root)
    portfolio = load(root, PurePosixPath(inside).parent.name or None)
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
    portfolio = portfolio_of(inspection, path.parent)
    faults = in_order([*inspection.diagnostics, *(found for one in inspection.alone for found in one.diagnostics)])
    if not portfolio.assessments:
        raise UnusableInput(f"{quoted(path.as_posix())} cannot be used as an assessment", lines_of(path.parent, faults))
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


def _only_place(portfolio: Portfolio) -> str:
    if len(portfolio.places) == 1:
        return portfolio.places[0]
    if not portfolio.places and portfolio.broken:
        findings = tuple(line for broken in portfolio.broken for line in broken.findings)
        raise UnusableInput("no Place can be read", findings)
    if not portfolio.places:
        raise UsageError("the workspace has no assessments yet")
    raise UsageError("name a Place: the workspace has several", f"they are {', '.join(portfolio.places)}")


def _below(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.as_posix()
