"""The stage that the criteria recorded for a theme support, and which of them came to be met or ceased to be."""

from collections.abc import Callable
from dataclasses import dataclass

from pbpmaturity.model.assessment import ThemeAssessment
from pbpmaturity.model.matrix import Criterion, Matrix, Theme
from pbpmaturity.model.portfolio import FiledAssessment


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


@dataclass(frozen=True, slots=True)
class CriteriaMovement:
    """A theme's criteria that were recorded both times and are met only now, or were met only then.

    `first_recorded` counts those met now of which nothing was recorded before: whether they were met is not known.
    """

    theme: str
    name: str
    gained: tuple[Criterion, ...]
    lost: tuple[Criterion, ...]
    first_recorded: int


def criteria_movement(before: FiledAssessment, after: FiledAssessment) -> tuple[CriteriaMovement, ...]:
    """Return the themes with criteria gained, lost or recorded for the first time, in matrix order.

    A criterion whose wording differs between the two matrices is another one.
    """
    found = (_criteria_of(theme, before, after) for theme in after.matrix.themes)
    return tuple(one for one in found if one.gained or one.lost or one.first_recorded)


def _criteria_of(theme: Theme, before: FiledAssessment, after: FiledAssessment) -> CriteriaMovement:
    earlier = before.matrix.theme(theme.id)
    wording = {one.id: one.statement for one in _in_order(earlier)} if earlier else {}
    same = [one for one in _in_order(theme) if wording.get(one.id) == one.statement]
    then, now = (filed.assessment.said_of(theme.id).criteria for filed in (before, after))
    both = [one for one in same if one.id in then and one.id in now]
    return CriteriaMovement(
        theme=theme.id,
        name=theme.name,
        gained=tuple(one for one in both if then[one.id] != "met" and now[one.id] == "met"),
        lost=tuple(one for one in both if then[one.id] == "met" and now[one.id] != "met"),
        first_recorded=sum(one.id not in then and now.get(one.id) == "met" for one in same),
    )


def _in_order(theme: Theme) -> tuple[Criterion, ...]:
    return tuple(one for cell in theme.criteria.values() for one in cell)
