"""What one assessment leaves open, and where what it says does not go together."""

from collections.abc import Iterator, Mapping

from pbpmaturity.analysis.criteria import criteria_support
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.model.assessment import Assessment, ThemeAssessment
from pbpmaturity.model.matrix import NOT_APPLICABLE, Matrix, Theme

_MOST_NAMED = 12


def check_judgement(path: str, assessment: Assessment, matrix: Matrix) -> Iterator[Finding]:
    """Yield what is not explained, who has not agreed, what is missing, and judgements that contradict one another."""
    yield from _check_agreed(path, assessment)
    yield from _check_period(path, assessment)
    is_whole = is_complete(assessment)
    if is_whole:
        yield from _check_themes(path, assessment, matrix)
    for theme in matrix.themes:
        said = assessment.said_of(theme.id)
        yield from _check_theme(path, matrix, theme, said)
        if is_whole and not said.evidence and _position(matrix, said.stage) > 0:
            message = (
                f"{theme.id} is agreed to be {matrix.name_of(said.stage)} without any evidence; list under evidence"
                " what readers can look up"
            )
            yield Finding(rules.NO_EVIDENCE, path, message, ("themes", theme.id, "stage"))


def is_complete(assessment: Assessment) -> bool:
    """Say whether an assessment is meant to be complete: agreed, and not just what was published of one."""
    return assessment.status == "agreed" and assessment.provenance != "published-summary"


def _check_agreed(path: str, assessment: Assessment) -> Iterator[Finding]:
    if assessment.status != "agreed" or assessment.provenance != "self-assessment":
        return
    agreed = assessment.agreed
    missing = [word for word, said in (("by", agreed and agreed.by), ("date", agreed and agreed.date)) if not said]
    if missing:
        message = (
            f"the assessment is agreed, but agreed does not say {' and '.join(missing)};"
            " write agreed: {by: the body that agreed it, date: 2024-02-06}, or status: draft"
        )
        route: Route = ("agreed",) if agreed else ("status",)
        yield Finding(rules.NOT_SAID_WHO_AGREED, path, message, route, "key" if agreed else "value")


def _check_period(path: str, assessment: Assessment) -> Iterator[Finding]:
    period = assessment.gathered
    # By their text, a month comes before its own days; a period may end with the month in which it begins.
    if period and period.to and period.to < period.from_ and not period.from_.text.startswith(period.to.text):
        message = (
            f"gathered is from {period.from_} to {period.to}, which is earlier; put the earlier date first,"
            " or correct one"
        )
        yield Finding(rules.REVERSED, path, message, ("gathered", "to"))


def _check_themes(path: str, assessment: Assessment, matrix: Matrix) -> Iterator[Finding]:
    if assessment.themes is None:
        return
    missing = [theme for theme in matrix.theme_ids if not assessment.is_judged(theme)]
    if missing:
        named = ", ".join(missing[:_MOST_NAMED]) + (" and others" if len(missing) > _MOST_NAMED else "")
        is_, it, each = ("is", "it", "it") if len(missing) == 1 else ("are", "them", "each")
        message = (
            f"agreed, but {len(missing)} of {len(matrix.themes)} themes {is_} left out: {named};"
            f" assess {it}, or write stage: not-assessed under {each}"
        )
        yield Finding(rules.THEMES_MISSING, path, message, ("themes",), "key")


def _check_theme(path: str, matrix: Matrix, theme: Theme, said: ThemeAssessment) -> Iterator[Finding]:
    route: Route = ("themes", theme.id)
    if said.stage == NOT_APPLICABLE and not said.rationale:
        message = f"{theme.id} is not-applicable, and nothing says why; give the reason under rationale"
        yield Finding(rules.UNEXPLAINED, path, message, (*route, "stage"))
    stage = _position(matrix, said.stage)
    if said.target is not None and _position(matrix, said.target.stage) < stage:
        message = (
            f"the target {quoted(said.target.stage)} is below the stage reached, {quoted(said.stage)};"
            " aim at a later stage, or correct one of them"
        )
        yield Finding(rules.TARGET_BELOW, path, message, (*route, "target", "stage"))
    if said.criteria:
        yield from _check_criteria(path, matrix, theme, said)


def _check_criteria(path: str, matrix: Matrix, theme: Theme, said: ThemeAssessment) -> Iterator[Finding]:
    route: Route = ("themes", theme.id)
    places = matrix.criterion_positions[theme.id]
    support = criteria_support(said, theme, matrix) if _is_above(matrix, said, places) else None
    if support is not None and support.judged_above:
        supported = (
            f"support at most {matrix.name_of(support.at_most)}"
            if support.at_most
            else f"do not support even {matrix.stages[0].name}"
        )
        message = (
            f"{theme.id} is judged {matrix.name_of(said.stage)}, but its criteria {supported};"
            " look at both again, and let rationale say why if the judgement stands"
        )
        yield Finding(rules.ABOVE_CRITERIA, path, message, (*route, "stage"))
    met = max(((places[one], one) for one, state in said.criteria.items() if state == "met"), default=(-1, ""))
    unmet = min(((places[one], one) for one, state in said.criteria.items() if state == "not-met"), default=met)
    if unmet[0] < met[0]:
        message = (
            f"criterion {unmet[1]} of {matrix.stages[unmet[0]].name} is not met, though {met[1]} of"
            f" {matrix.stages[met[0]].name} is; if both are right, leave them so"
        )
        yield Finding(rules.CRITERIA_OUT_OF_ORDER, path, message, (*route, "criteria", unmet[1]))


def _is_above(matrix: Matrix, said: ThemeAssessment, places: Mapping[str, int]) -> bool:
    """Say quickly whether a stage can be above what its criteria support: one up to it is recorded and not met."""
    stage = _position(matrix, said.stage)
    return any(state != "met" and places[one] <= stage for one, state in said.criteria.items())


def _position(matrix: Matrix, stage: str) -> int:
    """Return where a stage comes in the order; -1 for what is no stage of the matrix."""
    return matrix.stage_ids.index(stage) if stage in matrix.stage_ids else -1
