"""From a Place's shelf and what was asked for to the subject of a paper."""

import datetime
from dataclasses import dataclass

from pbpmaturity.analysis.history import history
from pbpmaturity.analysis.movement import Movement, movement, why_not_comparable
from pbpmaturity.analysis.readiness import judge_readiness
from pbpmaturity.cli.instruments import tests_asked_for
from pbpmaturity.cli.judging import judged_on
from pbpmaturity.cli.opening import Chosen, another
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.model.portfolio import FiledAssessment, Input
from pbpmaturity.report.audience import Audience
from pbpmaturity.report.paper import Subject
from pbpmaturity.report.readiness_view import ReadinessView, readiness_view
from pbpmaturity.report.view import coverage_notes


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a paper is asked to hold besides the assessment itself."""

    audience: Audience = "partners"
    since: str | None = None
    day: datetime.date | None = None
    test: str | None = None
    asks: tuple[str, ...] = ()
    has_history: bool = True


def subject_of(chosen: Chosen, after: FiledAssessment, wanted: Wanted, templates: tuple[Input, ...]) -> Subject:
    """Return the subject of a paper on an assessment; `templates` are the workspace's own among its inputs."""
    _refuse_earlier_day(after, wanted.day)
    earlier, unread = _so_far(chosen, after)
    before = _before(chosen, after, wanted.since)
    obstacle = why_not_comparable(before, after) if before and wanted.since is None else None
    moved = movement(before, after) if before and not obstacle else None
    readiness, test_inputs = _readiness(chosen, wanted)
    settings = chosen.portfolio.settings_input
    return Subject(
        filed=after,
        moved=moved,
        is_last_time=moved is not None and len(earlier) > 1 and moved.before == earlier[-1],
        since_first=_since_first(earlier, before, after),
        history=history([*earlier, after]) if len(earlier) > 1 and wanted.has_history else None,
        readiness=readiness,
        notes=(*(coverage_notes(moved) if moved else _not_compared(obstacle)), *(unread if wanted.has_history else ())),
        asks=wanted.asks,
        also=(*test_inputs, *([settings] if settings else []), *templates),
        audience=wanted.audience,
        day=wanted.day,
        review_months=chosen.portfolio.settings.review_every_months,
    )


def _refuse_earlier_day(after: FiledAssessment, day: datetime.date | None) -> None:
    date = after.assessment.date
    if day is not None and not date.has_begun(day):
        raise UsageError(
            f"--as-of {day} is before the assessment of {date}", "give a later day, or name an earlier assessment"
        )


def _not_compared(obstacle: str | None) -> tuple[str, ...]:
    return (f"Not compared with the one before: {obstacle}.",) if obstacle else ()


def _so_far(chosen: Chosen, after: FiledAssessment) -> tuple[list[FiledAssessment], list[str]]:
    """Return the agreed assessments before one that can be read, and a sentence for each that cannot."""
    found, unread = [], []
    for date in chosen.shelf.agreed_dates():
        if date < after.assessment.date.text:
            try:
                found.append(chosen.shelf.take(date))
            except UnusableInput:
                unread.append(f"The assessment of {date} cannot be read, so it is not among those shown here.")
    return found, unread


def _before(chosen: Chosen, after: FiledAssessment, since: str | None) -> FiledAssessment | None:
    """Return the assessment to compare with, if there is one."""
    date = after.assessment.date
    if since is None:
        earlier = chosen.shelf.agreed_before(date.text)
        return chosen.shelf.take(earlier) if earlier else None
    before = another(chosen, since)
    if before.assessment.date >= date:
        raise UsageError(f"--since names {before.assessment.date}, which is not before {date}")
    return before


def _since_first(
    earlier: list[FiledAssessment], before: FiledAssessment | None, after: FiledAssessment
) -> Movement | None:
    """Return the movement since the first assessment, unless it is the one compared with anyway or cannot be."""
    if not earlier or before is None or earlier[0] == before or why_not_comparable(earlier[0], after):
        return None
    return movement(earlier[0], after)


def _readiness(chosen: Chosen, wanted: Wanted) -> tuple[ReadinessView | None, tuple[Input, ...]]:
    """Return the readiness test that was named, judged, and the files that this rests on."""
    if wanted.test is None:
        return None, ()
    if wanted.day is None:
        raise UsageError(
            "--test needs a day to judge by, since a report does not look at the clock",
            "add --as-of today, or --as-of DATE",
        )
    tests = tests_asked_for(chosen.portfolio, wanted.test)
    judged = judged_on(chosen, wanted.day, with_reasons=wanted.audience == "partners", is_for_paper=True)
    filed = judged.filed
    judgements = [judge_readiness(one.test, filed, wanted.day) for one in tests]
    inputs = [*(one.input for one in tests), *([filed.input, filed.matrix_input] if filed else [])]
    return readiness_view(judged, judgements), tuple(inputs)
