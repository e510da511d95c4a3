"""A Place's assessments as rows: one for each observation, with what it rests on in every row."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from pbpmaturity.analysis.actions import actions_of
from pbpmaturity.analysis.criteria import criteria_support
from pbpmaturity.analysis.movement import movement, why_not_comparable
from pbpmaturity.analysis.overall import coverage, overall
from pbpmaturity.analysis.views import ThemeViews, views_of
from pbpmaturity.errors import UnusableInput
from pbpmaturity.exchange.columns import TABLES
from pbpmaturity.model.assessment import ThemeAssessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED, Matrix, Theme
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.selector import Shelf
from pbpmaturity.model.settings import Settings
from pbpmaturity.model.together import cell_name, stages_in

Value = str | int | float | bool | datetime.date | None
Row = tuple[Value, ...]
Rows = dict[str, list[Row]]
"""The rows of each table, by its name; the values of a row are in the order of its columns."""


def rows_of(shelf: Shelf, day: datetime.date | None = None) -> Rows:
    """Return a Place's rows of every table, by date; UnusableInput if one of its files is broken.

    What is stale or overdue is judged on the day; without one it is left empty.
    """
    findings = tuple(line for one in shelf.portfolio.broken if one.place == shelf.place for line in one.findings)
    if findings:
        raise UnusableInput(f"{shelf.name} has files that cannot be used", findings)
    rows: Rows = {name: [] for name in TABLES}
    known: dict[str, _Known] = {}
    latest = max(shelf.agreed_dates(), default=None)
    before: FiledAssessment | None = None
    for date in shelf.dates():
        filed = shelf.take(date)
        ref = filed.matrix.ref
        known[ref] = known.get(ref) or _known(filed.matrix)
        one = _One(filed, before, known[ref], shelf.portfolio.settings, is_latest=date == latest, day=day)
        rows["assessments"].append(_assessment(one))
        rows["ratings"] += _ratings(one)
        rows["movements"] += _movements(one)
        rows["criteria"] += _criteria(one)
        rows["evidence"] += _evidence(one)
        rows["actions"] += _actions(one)
        rows["views"] += _views(one)
        before = filed if filed.assessment.status == "agreed" else before
    return rows


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows need of a matrix, looked up once."""

    order: dict[str, int]
    words: dict[str, str]
    names: dict[str, str]
    criteria: dict[str, tuple[Row, ...]]


def _known(matrix: Matrix) -> _Known:
    order = {stage: place for place, stage in enumerate(matrix.stage_ids, 1)}
    words = {state: matrix.name_of(state) for state in (*matrix.stage_ids, NOT_ASSESSED, NOT_APPLICABLE)}
    names = {theme.id: theme.name for theme in matrix.themes}
    return _Known(order, words, names, {theme.id: _criteria_of(theme, order) for theme in matrix.themes})


def _criteria_of(theme: Theme, order: dict[str, int]) -> tuple[Row, ...]:
    return tuple((one.id, stage, order[stage], one.statement) for stage in order for one in theme.criteria_of(stage))


class _One:
    """An assessment with the agreed one before it, and the values that each of its rows begins with."""

    __slots__ = ("base", "before", "day", "filed", "known", "settings")

    def __init__(
        self,
        filed: FiledAssessment,
        before: FiledAssessment | None,
        known: _Known,
        settings: Settings,
        *,
        is_latest: bool,
        day: datetime.date | None,
    ) -> None:
        self.filed, self.before, self.known, self.settings, self.day = filed, before, known, settings, day
        assessment, covered = filed.assessment, coverage(filed.assessment, filed.matrix)
        self.base: Row = (
            assessment.place,
            filed.place_name,
            settings.system,
            settings.shared_with(assessment.place),
            is_latest,
            assessment.date.text,
            assessment.date.first_day,
            _precision(assessment.date),
            assessment.matrix,
            assessment.status,
            assessment.provenance,
            assessment.method,
            covered.assessed,
            covered.themes_total,
            len(filed.matrix.stages),
        )

    def themes_said(self) -> Iterator[tuple[Row, str, ThemeAssessment]]:
        """Yield each theme of the matrix with the beginning of its rows, its id, and what is said of it."""
        for theme, name in self.known.names.items():
            yield (*self.base, theme, name), theme, self.filed.assessment.said_of(theme)


def _assessment(one: _One) -> Row:
    assessment, result = one.filed.assessment, overall(one.filed.assessment, one.filed.matrix)
    change, agreed, gathered = result.themes_to_change, assessment.agreed, assessment.gathered
    months = one.settings.review_every_months
    return (
        *one.base,
        result.stage,
        one.known.order[result.stage] if result.stage else None,
        result.rule,
        result.settled,
        result.lowest,
        result.highest,
        result.minimum,
        ";".join(result.most_common) or None,
        change.up if change else None,
        change.down if change else None,
        one.before.assessment.date.text if one.before else None,
        why_not_comparable(one.before, one.filed) if one.before else None,
        agreed.by if agreed else None,
        _text(agreed.date) if agreed else None,
        agreed.minute if agreed else None,
        assessment.reviewed,
        gathered.from_.text if gathered else None,
        _text(gathered.to) if gathered else None,
        "; ".join(dict.fromkeys(part.organisation for part in assessment.participants)) or None,
        assessment.summary,
        *_stated(one.filed),
        assessment.date.is_older_than(months, one.day) if one.day else None,
        one.filed.path,
        one.filed.input.sha256,
    )


def _stated(filed: FiledAssessment) -> Row:
    stated = filed.assessment.stated
    if stated is None:
        return (None,) * 6
    source = stated.source
    return stated.note, source.title, source.publisher, _text(source.date), source.locator, source.link


def _ratings(one: _One) -> Iterator[Row]:
    order, matrix = one.known.order, one.filed.matrix
    themes = zip(one.themes_said(), matrix.themes, strict=True)
    for position, ((begun, theme, said), of_matrix) in enumerate(themes, 1):
        support = criteria_support(said, of_matrix, matrix)
        yield (
            *begun,
            position,
            said.stage,
            one.known.words[said.stage],
            order.get(said.stage),
            said.rationale,
            said.dissent,
            support.at_least if support else None,
            support.at_most if support else None,
            support.answered if support else 0,
            len(one.known.criteria[theme]),
            support.judged_above if support and said.stage in order else None,
            said.target.stage if said.target else None,
            order[said.target.stage] if said.target else None,
            _text(said.target.by) if said.target else None,
        )


def _movements(one: _One) -> Iterator[Row]:
    if one.before is None or why_not_comparable(one.before, one.filed):
        return
    order, date = one.known.order, one.before.assessment.date.text
    for moved in movement(one.before, one.filed).themes:
        then, now = moved.from_state, moved.to_state
        stages = (then, order.get(then), now, order.get(now))
        yield (*one.base, moved.theme, moved.name, date, *stages, moved.direction, moved.steps)


def _criteria(one: _One) -> Iterator[Row]:
    for begun, theme, said in one.themes_said():
        if said.criteria:
            for criterion, stage, order, statement in one.known.criteria[theme]:
                state = said.criteria.get(str(criterion))
                if state is not None:
                    yield (*begun, f"{theme}/{criterion}", criterion, stage, order, state, statement)


def _evidence(one: _One) -> Iterator[Row]:
    for begun, _, said in one.themes_said():
        for position, piece in enumerate(said.evidence, 1):
            date = piece.date
            yield (*begun, position, piece.title, piece.link, _text(date), _precision(date) if date else None)


def _actions(one: _One) -> Iterator[Row]:
    for found in actions_of(one.filed):
        action, name = found.action, one.known.names[found.theme]
        is_overdue = found.is_overdue(one.day) if one.day else None
        told = (found.number, action.action, action.owner, _text(action.due), action.status, is_overdue)
        yield (*one.base, found.theme, name, *told)


def _views(one: _One) -> Iterator[Row]:
    for views in views_of(one.filed):
        begun = (*one.base, views.theme, one.known.names[views.theme])
        if views.tally is not None:
            yield from _tally(one, begun, views)
        elif views.is_withheld:
            yield (*begun, *(None,) * 9, True)


def _tally(one: _One, begun: Row, views: ThemeViews) -> Iterator[Row]:
    alike = (views.ratings, views.lowest, views.highest, views.middle, views.agreement, False)
    for cell, people in views.tally or ():
        yield (*begun, cell, cell_name(cell, one.filed.matrix), one.known.order[stages_in(cell)[0]], people, *alike)


def _precision(date: PartialDate) -> str:
    return "day" if date.day else "month"


def _text(date: PartialDate | None) -> str | None:
    return date.text if date else None
