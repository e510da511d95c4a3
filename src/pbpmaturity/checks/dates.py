"""What a date tells on a given day: what has not come yet, is past, overdue or stale."""

import datetime
from collections.abc import Iterable, Iterator

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.matrix import Matrix


def check_future(path: str, assessment: Assessment, day: datetime.date) -> Iterator[Finding]:
    """Yield the dates of what has been done that have not come by the day."""
    yield from check_begun(path, _done(assessment), day)


def check_begun(path: str, dates: Iterable[tuple[Route, PartialDate]], day: datetime.date) -> Iterator[Finding]:
    """Yield the dates, each with the route to it, that have not come by the day."""
    for route, date in dates:
        if not date.has_begun(day):
            message = f"{date} is in the future, seen from {day}; correct the date"
            yield Finding(rules.IN_FUTURE, path, message, route)


def check_pending(path: str, assessment: Assessment, matrix: Matrix, day: datetime.date) -> Iterator[Finding]:
    """Yield what a Place's latest assessment wanted to reach or do by a date that is past."""
    for theme, said in (assessment.themes or {}).items():
        target = said.target
        if target and target.by and target.by.is_past(day) and not _is_reached(matrix, said.stage, target.stage):
            message = (
                f"the target was to be reached by {target.by}, which is past on {day}; assess the theme again,"
                " or agree a new date"
            )
            yield Finding(rules.TARGET_PAST, path, message, ("themes", theme, "target", "by"))
        for index, action in enumerate(said.actions):
            if action.status == "open" and action.due and action.due.is_past(day):
                message = (
                    f"the action was due by {action.due}, which is past on {day}, and is open;"
                    " close it with pbp actions, or agree a new date"
                )
                yield Finding(rules.OVERDUE, path, message, ("themes", theme, "actions", index, "due"))


def check_stale(path: str, assessment: Assessment, months: int, day: datetime.date) -> Iterator[Finding]:
    """Yield that a Place's latest assessment is older than pbp.yaml allows."""
    if assessment.date.is_older_than(months, day):
        message = (
            f"the latest assessment of {assessment.place} is of {assessment.date}, more than"
            f" {months} {'month' if months == 1 else 'months'} before {day}; plan the next one,"
            " or change review-every-months in pbp.yaml"
        )
        yield Finding(rules.STALE, path, message, ("date",))


def _done(assessment: Assessment) -> Iterator[tuple[Route, PartialDate]]:
    yield ("date",), assessment.date
    if assessment.agreed and assessment.agreed.date:
        yield ("agreed", "date"), assessment.agreed.date
    if assessment.gathered:
        yield ("gathered", "from"), assessment.gathered.from_
        if assessment.gathered.to:
            yield ("gathered", "to"), assessment.gathered.to
    for index, amendment in enumerate(assessment.amendments):
        yield ("amendments", index, "date"), amendment.date


def _is_reached(matrix: Matrix, stage: str, target: str) -> bool:
    known = matrix.stage_ids
    return stage in known and target in known and known.index(stage) >= known.index(target)
