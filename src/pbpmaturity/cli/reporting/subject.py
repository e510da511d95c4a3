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
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.portfolio import FiledAssessment, Input
from pbpmaturity.report.audience import Audience
from pbpmaturity.report.paper import BASELINE, LAST_TIME, Subject
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
        since=_since(chosen, before, after) if before else BASELINE,
        not_compared=_not_compared(obstacle),
        since_first=_since_first(chosen, earlier, before, after),
        earlier=_to_follow(earlier, moved, wanted),
        history=history([*earlier, after]) if len(earlier) > 1 and wanted.has_history else None,
        readiness=readiness,
        notes=(*_notes(moved, obstacle), *unread, *_later(chosen, after)),
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


def _not_compared(obstacle: str | None) -> str | None:
    return f"Not compared with the one before: {obstacle}." if obstacle else None


def _notes(moved: Movement | None, obstacle: str | None) -> tuple[str, ...]:
    said = _not_compared(obstacle)
    return coverage_notes(moved) if moved else (said,) if said else ()


def _later(chosen: Chosen, after: FiledAssessment) -> tuple[str, ...]:
    """Return that an assessment has been agreed since, where a paper is on an older one."""
    later = [date for date in chosen.shelf.agreed_dates() if date > after.assessment.date.text]
    return (f"This is not the latest assessment: there is one of {PartialDate(later[-1]).shown()}.",) if later else ()


def _since(chosen: Chosen, before: FiledAssessment, after: FiledAssessment) -> str:
    """Return what the assessment compared with is: the baseline, that of last time, or one of a date."""
    date, agreed = before.assessment.date.text, chosen.shelf.agreed_dates()
    if before.assessment.status == "agreed" and date == agreed[0]:
        return BASELINE
    is_last = date == chosen.shelf.agreed_before(after.assessment.date.text)
    return LAST_TIME if is_last else f"Since {before.assessment.date.month_shown()}"


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
    chosen: Chosen, earlier: list[FiledAssessment], before: FiledAssessment | None, after: FiledAssessment
) -> Movement | None:
    """Return the movement since the first assessment, unless it is the one compared with anyway or cannot be."""
    first = next((one for one in earlier if one.assessment.date.text == chosen.shelf.agreed_dates()[0]), None)
    if first is None or before is None or first == before or why_not_comparable(first, after):
        return None
    return movement(first, after)


def _to_follow(earlier: list[FiledAssessment], moved: Movement | None, wanted: Wanted) -> tuple[FiledAssessment, ...]:
    """Return the assessments before in which actions and targets are followed.

    A paper with the history looks through all; any other only through those since the one compared with.
    """
    if moved is None:
        return ()
    start = moved.before.assessment.date
    comparable = [one for one in earlier if not why_not_comparable(one, moved.after)]
    return tuple(one for one in comparable if wanted.has_history or one.assessment.date >= start)


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
    judged = judged_on(chosen, wanted.day, is_for_public=wanted.audience == "public", is_for_paper=True)
    filed = judged.filed
    judgements = [judge_readiness(one.test, filed, wanted.day) for one in tests]
    inputs = [*(one.input for one in tests), *([filed.input, filed.matrix_input] if filed else [])]
    return readiness_view(judged, judgements), tuple(inputs)
