"""What Python programs use: the questions that the command answers, with values for answers instead of text.

Nothing here prints, asks, or reads the clock by itself: where a day matters, it is given.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pbpmaturity.analysis.comparison import Comparison, compare_places
from pbpmaturity.analysis.criteria import CriteriaSupport, criteria_support
from pbpmaturity.analysis.headline import headline as headline_of
from pbpmaturity.analysis.headline import headline_of_movement
from pbpmaturity.analysis.history import History
from pbpmaturity.analysis.history import history as history_of
from pbpmaturity.analysis.movement import Movement
from pbpmaturity.analysis.movement import movement as movement_of
from pbpmaturity.analysis.overall import Coverage, Overall, coverage, overall, weakest_themes
from pbpmaturity.analysis.readiness import Readiness, judge_readiness
from pbpmaturity.analysis.views import ThemeViews, as_shown, views_of
from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.ends import ends
from pbpmaturity.cli.instruments import tests_asked_for
from pbpmaturity.cli.loading import Places
from pbpmaturity.cli.opening import Chosen, choose_in
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.errors import PbpError, UnusableInput, UsageError
from pbpmaturity.exchange.frames import Table, tables_of
from pbpmaturity.model.portfolio import FiledAssessment, Portfolio
from pbpmaturity.model.selector import Shelf, is_path, split_selector
from pbpmaturity.workspace.layout import require_root

__all__ = [
    "Comparison",
    "Day",
    "FiledAssessment",
    "History",
    "Movement",
    "PbpError",
    "Readiness",
    "Shown",
    "Table",
    "UnusableInput",
    "UsageError",
    "Workspace",
    "compare",
    "headline",
    "history",
    "load",
    "movement",
    "readiness",
    "show",
    "tables",
]

Day = str | datetime.date
"""A day, or text as `--as-of` takes it: `2025-06-15`; `2025-06` for that month's last day; `today`."""


class Workspace:
    """A workspace with all its assessments in memory, as it was when it was read.

    `places` are the ids of its Places. `unread` is how many files could not be read: a question that needs one of those
    raises UnusableInput with what is wrong with it, and the others do without.
    """

    def __init__(self, root: Path) -> None:
        self._kept = _Kept(root)
        self.root = root
        self.places = self._kept.known
        self.unread = self._kept.unread

    def __repr__(self) -> str:
        return f"<Workspace {self.root.as_posix()}: {len(self.places)} Places>"

    def assessments(self, place: str) -> tuple[FiledAssessment, ...]:
        """Return every assessment of a Place that can be read, drafts too, in date order."""
        files = self._alone(place).shelf.portfolio.assessments
        return tuple(sorted(files, key=lambda filed: filed.assessment.date))

    def agreed(self) -> tuple[FiledAssessment, ...]:
        """Return the latest agreed assessment of each Place that has one, in the order of the Places' ids."""
        shelves = sorted(self._kept.shelves(), key=lambda shelf: shelf.place)
        return tuple(shelf.take(date) for shelf in shelves if (date := shelf.latest_by(None)))

    def _choose(self, selector: str) -> Chosen:
        return choose_in(self.root, self._kept.portfolio_of(split_selector(selector)[0]), selector)

    def _alone(self, place: str) -> Chosen:
        chosen = self._choose(place)
        if not chosen.is_by_default:
            raise UsageError(f'"{place}" names one assessment', f'name the Place alone: "{chosen.shelf.place}"')
        return chosen


@dataclass(frozen=True, slots=True)
class Shown:
    """One assessment, and what it tells: `weakest` are themes, and `criteria` what they support, by theme."""

    filed: FiledAssessment
    headline: str
    coverage: Coverage
    overall: Overall
    weakest: tuple[str, ...]
    criteria: Mapping[str, CriteriaSupport | None]
    views: tuple[ThemeViews, ...]


def load(folder: str | Path = ".") -> Workspace:
    """Return the workspace that a folder is; UsageError if it is none, UnusableInput if its pbp.yaml is broken."""
    return Workspace(require_root(Path(folder)))


def show(workspace: Workspace, selector: str) -> Shown:
    """Return the assessment that `PLACE` (the latest agreed one) or `PLACE@WHEN` means; UsageError if none is meant."""
    chosen = workspace._choose(selector)
    filed = chosen.shelf.take(chosen.date_or("latest"))
    assessment, matrix = filed.assessment, filed.matrix
    return Shown(
        filed=filed,
        headline=headline_of(filed),
        coverage=coverage(assessment, matrix),
        overall=overall(assessment, matrix),
        weakest=tuple(theme.id for theme in weakest_themes(assessment, matrix)),
        criteria={theme.id: criteria_support(assessment.said_of(theme.id), theme, matrix) for theme in matrix.themes},
        views=views_of(filed),
    )


def movement(workspace: Workspace, selector: str, to: str | None = None) -> Movement:
    """Return what changed between two assessments of a Place, chosen as `pbp diff` chooses them; `to` is a WHEN."""
    if to is not None and is_path(to):
        raise UsageError(f"{quoted(to)} is a path, and to is a date of the same Place", 'write it as in to="2024"')
    return movement_of(*ends(workspace._choose(selector), to))


def headline(told: FiledAssessment | Movement) -> str:
    """Return the one sentence that a board is told of an assessment or a movement."""
    return headline_of_movement(told) if isinstance(told, Movement) else headline_of(told)


def history(workspace: Workspace, place: str) -> History:
    """Return every agreed assessment of a Place, theme by theme; UsageError if there is none."""
    chosen = workspace._alone(place)
    chosen.date_or("latest")
    return history_of([chosen.shelf.take(date) for date in chosen.shelf.agreed_dates()])


def compare(workspace: Workspace, *places: str, as_of: Day | None = None) -> Comparison:
    """Return what Places say of themselves, side by side in alphabetical order: those named, or all that share.

    Without a day each is there with its latest agreed assessment, else with the latest by then. Nothing is ranked.
    """
    return compare_places(workspace._kept.that_share(places), _day(as_of) if as_of is not None else None)


def readiness(workspace: Workspace, place: str, *, as_of: Day, test: str | None = None) -> tuple[Readiness, ...]:
    """Return what a Place's record says on readiness tests, or on one, as of a day; it decides nothing.

    UsageError if there is no such test. Without an agreed assessment by then, `filed` is None and nothing is known.
    """
    chosen, day = workspace._alone(place), _day(as_of)
    tests, date = tests_asked_for(chosen.portfolio, test), chosen.shelf.latest_by(day)
    filed = chosen.shelf.take(date) if date else None
    return tuple(judge_readiness(one.test, filed, day) for one in tests)


def tables(workspace: Workspace, *, as_of: Day | None = None) -> Mapping[str, Table]:
    """Return everything as the tidy tables of `pbp export`, by name, each with columns, to_pandas and to_polars.

    What is stale and overdue is judged on the day, and missing without one. UnusableInput if any assessment cannot be
    read, since a table does not show what is missing.
    """
    broken = workspace._kept.broken
    if broken:
        findings = tuple(line for one in broken for line in one.findings)
        raise UnusableInput(f"{len(broken)} of the assessments cannot be used, so there are no tables", findings)
    return tables_of(workspace._kept.shelves(), _day(as_of) if as_of is not None else None)


def _day(as_of: Day) -> datetime.date:
    if isinstance(as_of, str):
        return day_of(as_of)
    return as_of.date() if isinstance(as_of, datetime.datetime) else as_of


class _Kept(Places):
    """Places that are read once and kept; of tallies of individual views, only what may be seen."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._shelves = {shelf.place: _as_shown(shelf) for shelf in super().shelves()}
        found = {one.path: one for one in self.shared.broken}
        found |= {one.path: one for shelf in self._shelves.values() for one in shelf.portfolio.broken}
        self.broken = tuple(found[path] for path in sorted(found))

    def shelves(self, only: Collection[str] | None = None) -> Iterator[Shelf]:
        yield from (self._shelves[place] for place in (only or self._shelves))

    def portfolio_of(self, place: str) -> Portfolio:
        """Return what there is of a Place; of one that has no folder, what all share."""
        return self._shelves[place].portfolio if place in self._shelves else self.shared


def _as_shown(shelf: Shelf) -> Shelf:
    assessments = tuple(as_shown(filed) for filed in shelf.portfolio.assessments)
    return Shelf(replace(shelf.portfolio, assessments=assessments), shelf.place)
