"""What has changed in a Place, as plain values: themes that moved, criteria, targets and actions."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from pbpmaturity.analysis.actions import TrackedAction, is_overdue, tracked_actions
from pbpmaturity.analysis.criteria import criteria_movement
from pbpmaturity.analysis.headline import headline_of_movement, marked_place
from pbpmaturity.analysis.movement import Direction, Movement, ThemeMovement
from pbpmaturity.analysis.targets import TargetStanding, targets_standing
from pbpmaturity.diagnostics.visible import visible, visible_if_any
from pbpmaturity.model.date import PartialDate, shown_together
from pbpmaturity.model.matrix import Criterion
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report import words
from pbpmaturity.report.theme_view import Cell, theme_cell

_SHORT = 320
_SOON = 3


@dataclass(frozen=True, slots=True)
class MovedTheme:
    """A theme that moved between two assessments; `reason` is that of a slip, None where reasons are not shown."""

    name: str
    then: Cell
    now: Cell
    reason: str | None

    @property
    def short_reason(self) -> str | None:
        """The reason if it is short, else where it stands, for a paper of one page."""
        if self.reason is None or len(self.reason) <= _SHORT:
            return self.reason
        return "The reason is in the full report."


@dataclass(frozen=True, slots=True)
class ProgressView:
    """What changed since an earlier assessment: themes up, themes down, and in sentences what became of the others."""

    since: str
    title: str
    headline: str
    summary: str
    up: tuple[MovedTheme, ...]
    down: tuple[MovedTheme, ...]
    others: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriteriaView:
    """A theme's criteria that are met now and were not, or were and are not, each as one text."""

    theme: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    first_recorded: str | None


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target against where things stand."""

    theme: str
    set_on: str
    target: Cell
    by: str | None
    now: Cell
    standing: str
    result: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class TrackedActionView:
    """An action as last recorded; `owner` is None where none is recorded or owners are not shown."""

    theme: str
    action: str
    owner: str | None
    due: str | None
    status: str
    since: str

    @property
    def in_words(self) -> str:
        """The action with its owner and due date, as they are known."""
        return self._with_details(self.action)

    @property
    def in_short(self) -> str:
        """The same for a paper of one page, where a long text ends early and says where it is whole."""
        return self._with_details(
            shorten(" ".join(self.action.split()), _SHORT, placeholder=" … (see the full report)")
        )

    def _with_details(self, action: str) -> str:
        details = [*([self.owner] if self.owner else []), *([f"due {self.due}"] if self.due else [])]
        return f"{action} ({', '.join(details)})" if details else action


@dataclass(frozen=True, slots=True)
class ActionsView:
    """Actions by what became of them; `overdue` is empty unless there is a day to judge it on.

    `unmentioned` are those that were open in an earlier assessment and that the paper's own says nothing of.
    """

    summary: str
    done: tuple[TrackedActionView, ...]
    overdue: tuple[TrackedActionView, ...]
    open: tuple[TrackedActionView, ...]
    dropped: tuple[TrackedActionView, ...]
    unmentioned: tuple[TrackedActionView, ...]

    @property
    def next(self) -> tuple[TrackedActionView, ...]:
        """The actions still to be done, the overdue ones first."""
        return (*self.overdue, *self.open)

    @property
    def soon(self) -> tuple[TrackedActionView, ...]:
        """The first of those still to be done, as many as a page has room for."""
        return self.next[:_SOON]

    @property
    def later(self) -> str | None:
        """How many more are to be done, if any."""
        more = len(self.next) - len(self.soon)
        return f"{more} more in the full report" if more else None

    @property
    def parts(self) -> tuple[tuple[str, tuple[TrackedActionView, ...]], ...]:
        """The actions by what became of them, those first that a board will ask about; no part is empty."""
        parts = (
            ("Overdue", self.overdue),
            ("Open", self.open),
            ("Open before and not mentioned now", self.unmentioned),
            ("Done", self.done),
            ("Dropped", self.dropped),
        )
        return tuple((title, actions) for title, actions in parts if actions)


def progress_view(moved: Movement, since: str, *, with_reasons: bool = True) -> ProgressView:
    """Return what changed between two assessments; `since` says what the earlier one is, as in `Since last time`."""
    then, now = shown_together(moved.before.assessment.date, moved.after.assessment.date)
    return ProgressView(
        since=since,
        title=f"{since}: {then} to {now}",
        headline=visible(headline_of_movement(moved)),
        summary=visible(headline_of_movement(moved).removeprefix(f"{marked_place(moved.before, moved.after)}: ")),
        up=tuple(_moved(one, moved, with_reasons) for one in moved.themes if one.direction == "up"),
        down=tuple(_moved(one, moved, with_reasons) for one in moved.themes if one.direction == "down"),
        others=() if moved.is_stated else tuple(visible(line) for line in _others(moved)),
        notes=tuple(visible(note) for note in moved.notes),
    )


def criteria_views(moved: Movement) -> tuple[CriteriaView, ...]:
    """Return the criteria gained and lost between two assessments, theme by theme."""
    return tuple(
        CriteriaView(
            theme=visible(one.name),
            gained=tuple(_criterion(each) for each in one.gained),
            lost=tuple(_criterion(each) for each in one.lost),
            first_recorded=_first_recorded(one.first_recorded),
        )
        for one in criteria_movement(moved.before, moved.after)
    )


def target_views(
    files: Sequence[FiledAssessment], start: PartialDate | None, day: datetime.date | None
) -> tuple[TargetView, ...]:
    """Return the targets that assessments from the start on have, against where things stand in the last one.

    Whether a date is past is said only with a day to judge it on.
    """
    after = files[-1]
    return tuple(
        TargetView(
            theme=visible(one.name),
            set_on=one.set_on.month_shown(),
            target=Cell(visible(after.matrix.name_of(one.target.stage)), after.matrix.position(one.target.stage)),
            by=one.target.by.shown() if one.target.by else None,
            now=theme_cell(after, one.theme),
            standing=_standing(one),
            result="replaced" if one.is_replaced and one.standing == "not-reached" else one.standing,
            is_past=bool(one.is_past),
        )
        for one in targets_standing(files, start, day)
    )


def actions_view(files: Sequence[FiledAssessment], start: PartialDate | None, day: datetime.date | None) -> ActionsView:
    """Return the actions that assessments from the start on have, by due date within each part."""
    tracked = sorted(tracked_actions(files, start), key=lambda one: one.action.due.text if one.action.due else "~")
    now = files[-1].assessment.date
    silent = [one for one in tracked if one.action.status == "open" and one.until < now]
    late = [one for one in tracked if day and is_overdue(one.action, day) and one not in silent]
    parts = {
        "done": [one for one in tracked if one.action.status == "done"],
        "overdue": late,
        "open": [one for one in tracked if one.action.status == "open" and one not in (*late, *silent)],
        "dropped": [one for one in tracked if one.action.status == "dropped"],
        "unmentioned": silent,
    }
    views = {part: _tracked(actions) for part, actions in parts.items()}
    return ActionsView(_summary({part: len(actions) for part, actions in parts.items()}, day), **views)


def targets_table(targets: Sequence[TargetView]) -> tuple[list[str], list[list[str]]]:
    """Return the heads and rows of the table of targets."""
    heads = ["Theme", "Set in", "Target", "By", "Stage now", "Where it stands"]
    return heads, [
        [one.theme, one.set_on, one.target.words, one.by or "No date", one.now.words, one.standing] for one in targets
    ]


def actions_table(actions: Sequence[TrackedActionView], with_owners: bool) -> tuple[list[str], list[list[str]]]:
    """Return the heads and rows of a table of actions; owners only if they are shown."""
    heads = ["Action", "Theme", *(["Owner"] if with_owners else []), "Due", "First recorded"]
    rows = [
        [
            one.action,
            one.theme,
            *([one.owner or "Not recorded"] if with_owners else []),
            one.due or "No date",
            one.since,
        ]
        for one in actions
    ]
    return heads, rows


def _moved(one: ThemeMovement, moved: Movement, with_reasons: bool) -> MovedTheme:
    matrix = moved.after.matrix
    said = moved.after.assessment.said_of(one.theme)
    return MovedTheme(
        name=visible(one.name),
        then=Cell(visible(matrix.name_of(one.from_state)), matrix.position(one.from_state)),
        now=Cell(visible(matrix.name_of(one.to_state)), matrix.position(one.to_state)),
        reason=visible(said.rationale or words.NO_REASON) if with_reasons and one.direction == "down" else None,
    )


def _others(moved: Movement) -> Iterator[str]:
    labels: tuple[tuple[Direction, str], ...] = (
        ("same", "At the same stage"),
        ("newly-assessed", "Assessed now and not then"),
        ("no-longer-assessed", "Assessed then and not now"),
        ("not-assessed", "Without a stage both times"),
    )
    for direction, label in labels:
        names = [one.name for one in moved.themes if one.direction == direction]
        if names:
            yield f"{label}: {'; '.join(names)}."


def _criterion(one: Criterion) -> str:
    return visible(f"{one.id}: {one.statement}")


def _first_recorded(count: int) -> str | None:
    if not count:
        return None
    more = "1 criterion is" if count == 1 else f"{count} criteria are"
    return f"{more} recorded as met for the first time; whether met before is not known."


def _standing(one: TargetStanding) -> str:
    words_of = {"reached": "Reached", "not-reached": "Not reached yet", "not-known": "Not known"}
    if one.standing == "not-reached" and one.is_replaced:
        return "Not reached, and replaced since"
    is_late = one.is_past and one.standing == "not-reached"
    return "Not reached, and the date is past" if is_late else words_of[one.standing]


def _summary(counts: Mapping[str, int], day: datetime.date | None) -> str:
    still_open = counts["open"] + counts["overdue"]
    said = f"{counts['done']} done, {still_open} open"
    said += f", {counts['dropped']} dropped" if counts["dropped"] else ""
    said += f", {counts['unmentioned']} open before and not mentioned now" if counts["unmentioned"] else ""
    if day is None:
        return f"{said}."
    return f"{said}; overdue on {PartialDate(day.isoformat()).shown()}: {counts['overdue'] or 'none'}."


def _tracked(actions: Sequence[TrackedAction]) -> tuple[TrackedActionView, ...]:
    return tuple(
        TrackedActionView(
            theme=visible(one.name),
            action=visible(one.action.action),
            owner=visible_if_any(one.action.owner),
            due=one.action.due.shown() if one.action.due else None,
            status=one.action.status,
            since=one.since.month_shown(),
        )
        for one in actions
    )
