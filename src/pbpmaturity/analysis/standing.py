"""How a Place stands in a workspace before a change to its files and after it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from pbpmaturity.analysis.overall import coverage, overall
from pbpmaturity.analysis.readiness import Condition, Readiness, Result, judge_readiness
from pbpmaturity.errors import UnusableInput
from pbpmaturity.model.portfolio import FiledAssessment, Portfolio
from pbpmaturity.model.selector import Shelf
from pbpmaturity.model.settings import Share


@dataclass(frozen=True, slots=True)
class Standing:
    """A Place at one time: what pbp.yaml says of it, and the assessment that its headline is of.

    That is the latest agreed one, or the newest draft where there are only drafts; None where there is none, or it
    cannot be used (`is_broken`). `share` is None where pbp.yaml cannot be used.
    """

    name: str
    is_listed: bool
    share: Share | None
    filed: FiledAssessment | None
    is_broken: bool


@dataclass(frozen=True, slots=True)
class ChangedResult:
    """A readiness test whose result, or a condition of it, is another; None where there is no such test."""

    before: Readiness | None
    after: Readiness | None

    @property
    def conditions(self) -> tuple[tuple[str, Condition | None, Condition | None], ...]:
        """The conditions whose results differ with their keys, in the order of the test as it is, then as it was."""
        then, now = (
            {one.key: one for one in (judged.conditions if judged else ())} for judged in (self.before, self.after)
        )
        both = ((key, then.get(key), now.get(key)) for key in dict.fromkeys([*now, *then]))
        return tuple(one for one in both if _result(one[1]) != _result(one[2]))


@dataclass(frozen=True, slots=True)
class ChangedPlace:
    """A Place before and after; None where the workspace knows nothing of it.

    `restated` are its other assessments whose files say the same, and whose overall stage is another all the same.
    """

    place: str
    before: Standing | None
    after: Standing | None
    restated: tuple[tuple[FiledAssessment, FiledAssessment], ...] = ()
    results: tuple[ChangedResult, ...] = ()


def standing(portfolio: Portfolio, place: str, *, are_settings_known: bool = True) -> Standing | None:
    """Return how a Place stands; None if neither a folder nor pbp.yaml tells of it."""
    listed = portfolio.settings.places or {}
    if place not in listed and place not in portfolio.places:
        return None
    shelf = Shelf(portfolio, place)
    date = max(shelf.agreed_dates() or shelf.dates(), default=None)
    filed = _taken(shelf, date)
    return Standing(
        name=shelf.name,
        is_listed=place in listed,
        share=portfolio.settings.shared_with(place) if are_settings_known else None,
        filed=filed,
        is_broken=date is not None and filed is None,
    )


def restated(before: Portfolio, after: Portfolio, place: str) -> Iterator[tuple[FiledAssessment, FiledAssessment]]:
    """Yield a Place's assessments whose files say the same, and whose overall stage or themes assessed are others."""
    then = {one.path: one for one in before.assessments if one.assessment.place == place}
    for now in after.assessments:
        was = then.get(now.path)
        if was and was.assessment == now.assessment and _told(was) != _told(now):
            yield was, now


def _told(filed: FiledAssessment) -> tuple[object, ...]:
    stage = overall(filed.assessment, filed.matrix)
    return stage.stage, stage.settled, coverage(filed.assessment, filed.matrix)


def changed_results(before: Portfolio, after: Portfolio, place: str, day: datetime.date) -> Iterator[ChangedResult]:
    """Yield the readiness tests whose result for a Place on a day, or the result of a condition, is another now."""
    then, now = (_judged(portfolio, place, day) for portfolio in (before, after))
    for id_ in sorted({*then, *now}):
        pair = ChangedResult(then.get(id_), now.get(id_))
        if _result(pair.before) != _result(pair.after) or pair.conditions:
            yield pair


def _judged(portfolio: Portfolio, place: str, day: datetime.date) -> dict[str, Readiness]:
    if place not in portfolio.places:
        return {}
    shelf = Shelf(portfolio, place)
    date = shelf.latest_by(day)
    filed = _taken(shelf, date)
    if date and filed is None:
        return {}
    return {one.test.id: judge_readiness(one.test, filed, day) for one in portfolio.readiness_tests}


def _taken(shelf: Shelf, date: str | None) -> FiledAssessment | None:
    try:
        return shelf.take(date) if date else None
    except UnusableInput:
        return None


def _result(judged: Condition | Readiness | None) -> Result | None:
    return judged.result if judged else None
