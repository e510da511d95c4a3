"""What is said of a readiness test's conditions, in plain UK English."""

import datetime

from pbpmaturity.analysis.readiness import Condition, Readiness, Tally
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.delegation import Delegation, Remit
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.readiness_test import Attestation

CLOSING = "This lists what was recorded. It decides nothing; the Integrated Care Board decides."
RESULTS = {"met": "Met", "not-met": "Not met", "not-known": "Not known"}
REMITS: dict[Remit, str] = {
    "delegated": "delegated to the Place",
    "majority": "mostly with the Place",
    "shared": "shared between system and Place",
    "not-delegated": "not delegated",
}


def day_in_words(day: datetime.date) -> str:
    """Return a day in full: `25 November 2026`."""
    return PartialDate(day.isoformat()).shown()


def result_of(condition: Condition) -> str:
    """Return a condition's result; one that was attested is called so, since nothing here was judged."""
    is_attested = condition.kind == "attested" and condition.result == "met"
    return "Attested" if is_attested else RESULTS[condition.result]


def name_of(condition: Condition, readiness: Readiness, matrix: Matrix) -> str:
    """Return what a condition asks for."""
    theme = _theme(condition, matrix)
    if condition.kind == "matrix":
        return f"An assessment on {readiness.test.matrix}"
    if condition.kind == "all-themes-at-least":
        return f"Every theme at {_or_above(condition, matrix)}"
    if condition.kind == "themes":
        return f"{theme} at {_or_above(condition, matrix)}"
    if condition.kind == "agreed-within-months":
        return f"An agreed assessment not older than {_months(condition.months or 0)}"
    if condition.kind == "evidence-for":
        return f"Evidence recorded for {theme}"
    return condition.attestation.condition if condition.attestation else ""


def detail_of(
    condition: Condition, readiness: Readiness, matrix: Matrix, day: datetime.date, *, is_for_public: bool = False
) -> str:
    """Return what was recorded on a condition, in sentences; why a theme does not apply only with reasons."""
    filed = readiness.filed
    if condition.attestation is not None:
        return _attested(condition, condition.attestation, day, with_role=not is_for_public)
    if filed is None:
        return f"There is no agreed assessment as of {day_in_words(day)}."
    date = filed.assessment.date.shown()
    if condition.kind == "matrix":
        return f"The assessment of {date} is on {filed.assessment.matrix}, so nothing else was judged."
    if condition.kind == "agreed-within-months" and condition.result == "not-known":
        return f"What is there of {date} is a published summary; who agreed it, and when, is not in it."
    if condition.kind == "agreed-within-months":
        is_older = "" if condition.result == "not-met" else "not "
        months = _months(condition.months or 0)
        return f"The assessment is of {date}, which is {is_older}more than {months} before {day_in_words(day)}."
    if condition.tally is not None:
        tally = _tally(condition.tally, matrix.name_of(condition.stage))
        return tally + _not_applicable(condition.tally, filed, with_reasons=not is_for_public)
    if condition.state is None:
        return "Of single themes nothing was published."
    if condition.kind == "evidence-for":
        return _evidence(condition, matrix)
    return f"Recorded: {matrix.name_of(condition.state)}."


def criteria_lines(condition: Condition, matrix: Matrix) -> list[str]:
    """Return what is recorded of the criteria behind a condition that is not met: how many, and which are open."""
    so_far = condition.criteria
    if so_far is None or not so_far.total:
        return []
    of = f"Criteria up to {matrix.name_of(condition.stage)}: {so_far.recorded} of {so_far.total} recorded"
    lines = [f"{of}, {len(so_far.open) or 'none'} of these as partly met or not met."]
    for one in so_far.open:
        state = {"partly": "partly met"}.get(one.state, "not met")
        theme = "" if condition.theme else f"{_theme_name(one.theme, matrix)}, "
        note = f" (Note: {one.criterion.note})" if one.criterion.note else ""
        lines.append(f"{theme}{one.criterion.id}, {state}: {one.criterion.statement}{note}")
    return lines


def evidence_line(condition: Condition, matrix: Matrix) -> str:
    """Return for which themes behind a threshold that is not met no evidence is recorded; nothing if for all."""
    if not condition.without_evidence or condition.kind == "evidence-for":
        return ""
    if condition.theme:
        return "No evidence is recorded for it."
    names = "; ".join(_theme_name(theme, matrix) for theme in condition.without_evidence)
    return f"No evidence is recorded for: {names}."


def service_area(area_id: str | None, delegation: Delegation | None, *, with_command: bool = True) -> str:
    """Return which service area a test is about, and its example remit if that is known; nothing if about none.

    `with_command` adds the command that tells why the remit is read so.
    """
    if area_id is None:
        return ""
    if delegation is None:
        return f"Service area: {area_id}."
    area = delegation.area(area_id)
    if area is None:
        guess = guess_or_list(area_id, [one.id for one in delegation.service_areas])
        return f"Service area: {quoted(area_id)}, which is none of {delegation.id}@{delegation.version}; {guess}."
    remit = REMITS[area.place_remit]
    why = f" (why: pbp delegation {area.id})" if with_command else ""
    return f"Service area: {area.name}; the example remit is read as {remit}{why}."


def was_agreed_by(assessment: Assessment, day: datetime.date) -> bool:
    """Say whether an assessment had been agreed on a day, as far as its file says when that was."""
    date = assessment.agreed.date if assessment.agreed else None
    return date is None or date.has_begun(day)


def is_stale(filed: FiledAssessment, months: int, day: datetime.date) -> str:
    """Return the banner of an assessment that is older than so many months on a day; nothing if it is not."""
    if not filed.assessment.date.is_older_than(months, day):
        return ""
    return f"STALE: the assessment is more than {_months(months)} old on {day_in_words(day)}."


def _tally(tally: Tally, stage: str) -> str:
    counts = [(tally.below, "below"), (tally.not_assessed, "not assessed")]
    rest = "".join(f", {count} {words}" for count, words in counts if count)
    asked = tally.reached + tally.below + tally.not_assessed
    return f"{tally.reached} of {asked} themes at {stage} or above{rest}."


def _not_applicable(tally: Tally, filed: FiledAssessment, *, with_reasons: bool) -> str:
    """Return which themes do not apply, with the reason recorded, since a theme that does not apply is not judged."""
    said = ""
    for theme in tally.not_applicable:
        said += f" Not applicable, and so not judged: {_theme_name(theme, filed.matrix)}."
        if with_reasons:
            said += f" Reason: {filed.assessment.said_of(theme).rationale or 'none is recorded.'}"
    return said


def _evidence(condition: Condition, matrix: Matrix) -> str:
    if condition.result == "not-known":
        return f"The theme's stage is recorded as: {matrix.name_of(condition.state)}."
    if not condition.entries:
        return "None is recorded."
    return "1 entry is recorded." if condition.entries == 1 else f"{condition.entries} entries are recorded."


def _attested(condition: Condition, said: Attestation, day: datetime.date, *, with_role: bool) -> str:
    date = said.date.shown() if said.date else None
    parts = [("By role", said.by_role if with_role else None), ("Document", said.document), ("Date", date)]
    recorded = " ".join(f"{label}: {value}." for label, value in parts if value)
    missing = [word for word, value in (("document", said.document), ("date", date)) if value is None]
    if missing:
        return f"Not attested: no {' and no '.join(missing)} recorded. {recorded}".strip()
    if condition.result == "not-known":
        return f"Not attested yet: the date has not come on {day_in_words(day)}. {recorded}"
    return f"{recorded} It stands in the test itself, and so for every Place that the test is asked of."


def _or_above(condition: Condition, matrix: Matrix) -> str:
    is_last = condition.stage == matrix.stage_ids[-1]
    return matrix.name_of(condition.stage) if is_last else f"{matrix.name_of(condition.stage)} or above"


def _theme(condition: Condition, matrix: Matrix) -> str:
    return _theme_name(condition.theme, matrix) if condition.theme else ""


def _theme_name(theme_id: str, matrix: Matrix) -> str:
    theme = matrix.theme(theme_id)
    return theme.name if theme else theme_id


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"
