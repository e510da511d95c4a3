"""What an assessment does not say yet."""

from dataclasses import dataclass

from pbpmaturity.analysis.criteria import criteria_support
from pbpmaturity.analysis.movement import movement
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED
from pbpmaturity.model.portfolio import FiledAssessment


@dataclass(frozen=True, slots=True)
class Gaps:
    """Themes, by id in matrix order, of which something is not said; and which parts of the whole are missing."""

    not_assessed: tuple[str, ...]
    change_without_reason: tuple[str, ...]
    not_applicable_without_reason: tuple[str, ...]
    above_criteria: tuple[str, ...]
    without_evidence: tuple[str, ...]
    parts: tuple[str, ...]


def gaps(filed: FiledAssessment, before: FiledAssessment | None = None) -> Gaps:
    """Return what is missing; with an earlier assessment, also the changes since then that have no reason.

    Evidence is looked for above the first stage only.
    """
    assessment, matrix = filed.assessment, filed.matrix
    moved = {one.theme for one in movement(before, filed).themes if one.steps} if before else set()
    said = {theme.id: assessment.said_of(theme.id) for theme in matrix.themes}
    rated = {theme: one for theme, one in said.items() if one.stage in matrix.stage_ids}
    supports = {
        theme.id: support
        for theme in matrix.themes
        if (support := criteria_support(said[theme.id], theme, matrix)) and theme.id in rated
    }
    parts = {"method": assessment.method, "participants": assessment.participants, "summary": assessment.summary}
    return Gaps(
        not_assessed=tuple(theme for theme, one in said.items() if one.stage == NOT_ASSESSED),
        change_without_reason=tuple(theme for theme, one in rated.items() if theme in moved and not one.rationale),
        not_applicable_without_reason=tuple(
            theme for theme, one in said.items() if one.stage == NOT_APPLICABLE and not one.rationale
        ),
        above_criteria=tuple(theme for theme, support in supports.items() if support.judged_above),
        without_evidence=tuple(
            theme for theme, one in rated.items() if matrix.position(one.stage) > 0 and not one.evidence
        ),
        parts=tuple(part for part, value in parts.items() if not value),
    )
