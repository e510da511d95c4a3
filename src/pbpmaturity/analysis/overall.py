"""The overall stage of an assessment, and how firmly it stands.

Stages are an order and not numbers, so nothing here is averaged: the overall stage is the highest one that more than
half of the rated themes have reached (the lower median), unless the matrix says `overall: minimum`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED, Matrix, Theme

Rule = Literal["median", "minimum", "stated"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many themes are rated, of those that are not not-applicable."""

    assessed: int
    themes_total: int


@dataclass(frozen=True, slots=True)
class ThemesToChange:
    """The fewest rated themes that would have to change for a higher or a lower overall stage; None: no such stage."""

    up: int | None
    down: int | None

    @property
    def is_close(self) -> bool:
        """Say whether one theme alone could change the overall stage."""
        return 1 in (self.up, self.down)


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall stage; all but `rule` and `distribution` are empty where no theme is rated, or only stated."""

    stage: str | None
    rule: Rule
    distribution: tuple[tuple[str, int], ...]
    settled: bool | None = None
    lowest: str | None = None
    highest: str | None = None
    minimum: str | None = None
    most_common: tuple[str, ...] = ()
    themes_to_change: ThemesToChange | None = None


def coverage(assessment: Assessment, matrix: Matrix) -> Coverage:
    """Return n of m: themes with a stage, of the themes of the matrix that are not not-applicable."""
    states = _states(assessment, matrix)
    return Coverage(len(_rated(states)), sum(state != NOT_APPLICABLE for state in states))


def overall(assessment: Assessment, matrix: Matrix) -> Overall:
    """Return the overall stage with what it rests on."""
    states = _states(assessment, matrix)
    positions = sorted(matrix.position(state) for state in _rated(states))
    counts = tuple((stage, positions.count(index)) for index, stage in enumerate(matrix.stage_ids))
    if assessment.stated is not None:
        return Overall(assessment.stated.overall, "stated", counts)
    if not positions:
        return Overall(None, matrix.overall, counts)
    unknown = states.count(NOT_ASSESSED)
    stages, last = matrix.stage_ids, len(matrix.stage_ids) - 1
    lowest = _reached(sorted([0] * unknown + positions), matrix)
    highest = _reached(sorted(positions + [last] * unknown), matrix)
    most = max(count for _, count in counts)
    return Overall(
        stage=stages[_reached(positions, matrix)],
        rule=matrix.overall,
        distribution=counts,
        settled=lowest == highest,
        lowest=stages[lowest],
        highest=stages[highest],
        minimum=stages[positions[0]],
        most_common=tuple(stage for stage, count in counts if count == most),
        themes_to_change=_themes_to_change(positions, matrix),
    )


def weakest_themes(assessment: Assessment, matrix: Matrix) -> tuple[Theme, ...]:
    """Return the themes at the lowest stage rated, in matrix order; none if all rated themes are alike."""
    rated = [theme for theme in matrix.themes if assessment.state(theme.id) in matrix.stage_ids]
    positions = {theme.id: matrix.position(assessment.state(theme.id)) for theme in rated}
    if len(set(positions.values())) < 2:
        return ()
    lowest = min(positions.values())
    return tuple(theme for theme in rated if positions[theme.id] == lowest)


def _states(assessment: Assessment, matrix: Matrix) -> list[str]:
    return [assessment.state(theme.id) for theme in matrix.themes]


def _rated(states: Sequence[str]) -> list[str]:
    return [state for state in states if state not in (NOT_ASSESSED, NOT_APPLICABLE)]


def _reached(positions: Sequence[int], matrix: Matrix) -> int:
    """Return the overall position of sorted positions: the lowest of all, or the lower median."""
    return positions[0] if matrix.overall == "minimum" else positions[(len(positions) - 1) // 2]


def _themes_to_change(positions: Sequence[int], matrix: Matrix) -> ThemesToChange:
    now = _reached(positions, matrix)
    is_last, is_first = now == len(matrix.stage_ids) - 1, now == 0
    if matrix.overall == "minimum":
        return ThemesToChange(None if is_last else positions.count(now), None if is_first else 1)
    need = len(positions) // 2 + 1
    at_or_above = sum(position >= now for position in positions)
    above = sum(position > now for position in positions)
    return ThemesToChange(None if is_last else need - above, None if is_first else at_or_above - need + 1)
