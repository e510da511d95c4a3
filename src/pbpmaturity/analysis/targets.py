"""Targets held against where things stand."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pbpmaturity.analysis.movement import themes_of
from pbpmaturity.model.assessment import Target
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.matrix import Theme
from pbpmaturity.model.portfolio import FiledAssessment

Standing = Literal["reached", "not-reached", "not-known"]


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A theme's target, when it was set, and where the theme stands; not known where it has no stage now.

    `is_replaced` says whether a later assessment has another target for the theme. `is_past` says whether the day
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
    files: Sequence[FiledAssessment], start: PartialDate | None = None, day: datetime.date | None = None
) -> tuple[TargetStanding, ...]:
    """Return the targets of comparable assessments in date order, against the stages of the last one, in matrix order.

    A theme that the last one's matrix does not have comes after the others. A target that one assessment after another
    has was set in the first of them. Those that no assessment from the start on has are left out; without a start all
    are there.
    """
    if not files:
        return ()
    after = files[-1]
    found = []
    for theme in themes_of(files):
        runs = _runs(theme, files)
        for at, (target, set_on, last) in enumerate(runs):
            if start is None or last >= start:
                found.append(_standing(theme, target, set_on, after, day, is_replaced=at < len(runs) - 1))
    return tuple(found)


def _runs(theme: Theme, files: Sequence[FiledAssessment]) -> list[tuple[Target, PartialDate, PartialDate]]:
    """Return a theme's targets, each with the first and the last assessment in a row that has it."""
    runs: list[tuple[Target, PartialDate, PartialDate]] = []
    before: Target | None = None
    for filed in files:
        target, date = filed.assessment.said_of(theme.id).target, filed.assessment.date
        if target and target == before:
            runs[-1] = (target, runs[-1][1], date)
        elif target:
            runs.append((target, date, date))
        before = target
    return runs


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
