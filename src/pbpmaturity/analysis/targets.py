"""Targets held against where things stand."""

import datetime
from dataclasses import dataclass
from typing import Literal

from pbpmaturity.model.assessment import Target
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.matrix import Theme
from pbpmaturity.model.portfolio import FiledAssessment

Standing = Literal["reached", "not-reached", "not-known"]


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A theme's target, when it was set, and where the theme stands; not known where it has no stage now.

    `is_replaced` says whether the later assessment has another target for the theme. `is_past` says whether the day
    aimed for is past; None without a day to judge it on, or where none is aimed for.
    """

    theme: str
    name: str
    target: Target
    set_on: PartialDate
    state: str
    standing: Standing
    is_replaced: bool
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
        is_new = now is not None and now != then
        if before and then:
            found.append(_standing(theme, then, before.assessment.date, after, day, is_replaced=is_new))
        if now and is_new:
            found.append(_standing(theme, now, after.assessment.date, after, day, is_replaced=False))
    return tuple(found)


def _standing(
    theme: Theme,
    target: Target,
    set_on: PartialDate,
    after: FiledAssessment,
    day: datetime.date | None,
    *,
    is_replaced: bool,
) -> TargetStanding:
    matrix, state = after.matrix, after.assessment.state(theme.id)
    standing: Standing = "not-known"
    if state in matrix.stage_ids:
        standing = "reached" if matrix.position(state) >= matrix.position(target.stage) else "not-reached"
    is_past = target.by.is_past(day) if target.by and day else None
    return TargetStanding(theme.id, theme.name, target, set_on, state, standing, is_replaced, is_past)
