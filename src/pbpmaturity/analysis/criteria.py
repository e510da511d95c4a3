"""The stage that the criteria recorded for a theme support."""

from collections.abc import Callable
from dataclasses import dataclass

from pbpmaturity.model.assessment import ThemeAssessment
from pbpmaturity.model.matrix import Matrix, Theme


@dataclass(frozen=True, slots=True)
class CriteriaSupport:
    """The highest stage supported if what is unknown is not met, and if it is met; None: not even the first."""

    at_least: str | None
    at_most: str | None
    answered: int
    criteria_total: int
    judged_above: bool


def criteria_support(said: ThemeAssessment, theme: Theme, matrix: Matrix) -> CriteriaSupport | None:
    """Return what the criteria support; None where none is recorded. Unknown is never taken for not met.

    `judged_above` holds if the theme's stage is above even `at_most`.
    """
    if not said.criteria:
        return None
    at_least = _highest(theme, matrix, lambda criterion: said.criteria.get(criterion) == "met")
    at_most = _highest(theme, matrix, lambda criterion: said.criteria.get(criterion, "met") == "met")
    judged = matrix.position(said.stage) if said.stage in matrix.stage_ids else -1
    return CriteriaSupport(
        at_least=None if at_least < 0 else matrix.stage_ids[at_least],
        at_most=None if at_most < 0 else matrix.stage_ids[at_most],
        answered=len(said.criteria),
        criteria_total=len(theme.criterion_ids),
        judged_above=judged > at_most,
    )


def _highest(theme: Theme, matrix: Matrix, is_met: Callable[[str], bool]) -> int:
    """Return the position of the highest stage with all criteria met up to it; -1 if not even the first."""
    for position, stage in enumerate(matrix.stage_ids):
        if not all(is_met(criterion.id) for criterion in theme.criteria_of(stage)):
            return position - 1
    return len(matrix.stage_ids) - 1
