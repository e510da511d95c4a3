"""An assessment that is being recorded: what is said so far, and what it is held against."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from pbpmaturity.analysis.criteria import CriteriaSupport, criteria_support
from pbpmaturity.analysis.movement import why_not_comparable
from pbpmaturity.analysis.views import ThemeViews, most_contested_first, views_of
from pbpmaturity.errors import UnusableInput
from pbpmaturity.model.assessment import Assessment, ThemeAssessment
from pbpmaturity.model.draft import Position, amended, with_said
from pbpmaturity.model.matrix import NOT_ASSESSED, Matrix, Theme
from pbpmaturity.model.portfolio import FiledAssessment, Input
from pbpmaturity.model.selector import Shelf
from pbpmaturity.workspace.drafting import DraftFile

_NO_FILE = Input("", "")


@dataclass
class Recording:
    """What is recorded so far, and how the person at the keyboard wants to be asked.

    `before` is what the file said when the recording began, if it is there; `amendment` the reason for which it is
    changed, if it was agreed. `passed_over` are the themes that have had their turn or are left for later, `rejudged`
    those whose reason is that of another stage; `is_reopened` says that it goes on after it had come to its end.
    `contested_first` says that the themes come first on which individual views differ most.
    """

    assessment: Assessment
    matrix: Matrix
    place_name: str
    root: Path
    today: datetime.date
    file: DraftFile
    shelf: Shelf
    only_theme: str | None = None
    amendment: str | None = None
    shows_last_first: bool = False
    wants_criteria: set[str] = field(default_factory=set)
    passed_over: set[str] = field(default_factory=set)
    before: Assessment | None = None
    rejudged: set[str] = field(default_factory=set)
    is_reopened: bool = False
    shows_views_first: bool = False
    contested_first: bool = False
    _is_unsaved: bool = False

    def take(self, assessment: Assessment) -> None:
        """Take an answer in."""
        self._is_unsaved = self._is_unsaved or assessment != self.assessment
        self.assessment = assessment

    def save(self, next_: Position | None) -> None:
        """Write the file, and in it at which question the recording goes on, unless only a change is made."""
        self.file.save(self._with_amendment(), self.file.position if self.is_change else next_)
        self._is_unsaved = False

    def settle(self) -> None:
        """Write an answer that an interruption kept from being written."""
        if self._is_unsaved:
            self.file.save(self._with_amendment(), self.file.position)

    def _with_amendment(self) -> Assessment:
        """Return the assessment with its amendment, if it was agreed before and says something else by now."""
        if self.amendment is None or self.assessment == self.before:
            return self.assessment
        return amended(self.assessment, self.today, self.amendment)

    @property
    def is_change(self) -> bool:
        """Say whether a change is made to what is there, and not a draft recorded to its end."""
        return self.only_theme is not None or self.amendment is not None

    @property
    def filed(self) -> FiledAssessment:
        privacy = self.shelf.portfolio.settings.privacy
        return FiledAssessment(self.assessment, self.matrix, self.place_name, _NO_FILE, _NO_FILE, privacy)

    @property
    def last(self) -> FiledAssessment | None:
        """Return the agreed assessment before this one; None where there is none that it can be held against."""
        return last_before(self.shelf, self.filed)

    @property
    def order(self) -> tuple[str, ...]:
        """Return the themes in the order in which they are asked about."""
        if not self.contested_first:
            return self.matrix.theme_ids
        return tuple(one.theme for one in most_contested_first(views_of(self.filed)))

    def views(self, position: Position) -> ThemeViews:
        """Return what individuals said of a question's theme."""
        return next(one for one in views_of(self.filed) if one.theme == position.theme)

    def theme(self, position: Position) -> Theme:
        """Return the theme of a question about one."""
        return next(theme for theme in self.matrix.themes if theme.id == position.theme)

    def said(self, position: Position) -> ThemeAssessment:
        """Return what is said so far of a question's theme."""
        return self.assessment.said_of(position.theme)

    def with_said(self, position: Position, **fields: object) -> Assessment:
        """Return the assessment with something else said of a question's theme."""
        return with_said(self.assessment, position.theme, self.matrix.theme_ids, **fields)

    def is_recorded(self, theme_id: str) -> bool:
        """Say whether somebody has said the theme's stage, or that it was not assessed."""
        return self.assessment.is_judged(theme_id)

    def is_to_come(self, theme_id: str) -> bool:
        """Say whether a theme is still to be judged; in one that was recorded to its end, also if it was put off."""
        was_put_off = self.is_reopened and self.assessment.state(theme_id) == NOT_ASSESSED
        return theme_id not in self.passed_over and (was_put_off or not self.is_recorded(theme_id))

    def is_rated(self, position: Position) -> bool:
        return self.said(position).stage in self.matrix.stage_ids

    def said_last(self, position: Position) -> ThemeAssessment | None:
        """Return what was said of the theme last time; None where that is not known."""
        last = self.last
        if last is None or last.assessment.stated or last.matrix.theme(position.theme) is None:
            return None
        return last.assessment.said_of(position.theme)

    def steps(self, position: Position) -> int:
        """Return by how many stages the theme has moved since last time; 0 where it was not rated both times."""
        before = self.said_last(position)
        if before is None or before.stage not in self.matrix.stage_ids or not self.is_rated(position):
            return 0
        return self.matrix.position(self.said(position).stage) - self.matrix.position(before.stage)

    def support(self, position: Position) -> CriteriaSupport | None:
        """Return what the criteria recorded for a question's theme support."""
        return criteria_support(self.said(position), self.theme(position), self.matrix)


def last_before(shelf: Shelf, filed: FiledAssessment) -> FiledAssessment | None:
    """Return the agreed assessment before another; None if there is none, it cannot be read, or not be compared."""
    date = shelf.agreed_before(filed.assessment.date.text)
    try:
        before = shelf.take(date) if date else None
    except UnusableInput:
        return None
    return None if before is None or why_not_comparable(before, filed) else before
