"""Targets held against where things stand."""

import datetime
from dataclasses import dataclass
from typing import Literal

from pbpmaturity.model.assessment import Target
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.portfolio import FiledAssessment

Standing = Literal["reached", "not-reached", "not-known"]


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A theme's target, when it was set, and where the theme stands; not known where it has no stage now.

    `is_past` says whether the day aimed for is past; None without a day to judge it on, or where none is aimed for.
    """

    theme: str
    name: str
    target: Target
    set_on: PartialDate
    state: str
    standing: Standing
    is_past: bool | None


def targets_standing(
    before: FiledAssessment | None, after: FiledAssessment, day: datetime.date | None = None
) -> tuple[TargetStanding, ...]:
    """Return the targets of two comparable assessments, in matrix order, against the stages of the later one.

    One that both of them have was set in the earlier one.
    """
    found = []
    for theme in after.matrix.themes:
        then = before.assessment.said_of(theme.id).target if before else None
        now = after.assessment.said_of(theme.id).target
        for filed, target in ((before, then), (after, None if now == then else now)):
            if filed and target:
                found.append(_standing(theme.id, theme.name, target, filed.assessment.date, after, day))
    return tuple(found)


def _standing(
    theme: str, name: str, target: Target, set_on: PartialDate, after: FiledAssessment, day: datetime.date | None
) -> TargetStanding:
    matrix, state = after.matrix, after.assessment.state(theme)
    standing: Standing = "not-known"
    if state in matrix.stage_ids:
        standing = "reached" if matrix.position(state) >= matrix.position(target.stage) else "not-reached"
    is_past = target.by.is_past(day) if target.by and day else None
    return TargetStanding(theme, name, target, set_on, state, standing, is_past)
