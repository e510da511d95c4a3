"""The actions of assessments: numbered, which of them are overdue, and what became of earlier ones."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pbpmaturity.analysis.movement import themes_of
from pbpmaturity.model.assessment import Action
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.portfolio import FiledAssessment


@dataclass(frozen=True, slots=True)
class NumberedAction:
    """An action with its number in its assessment, from 1 in the order of the file, and where it stands there."""

    filed: FiledAssessment
    number: int
    theme: str
    position: int
    action: Action

    def is_overdue(self, day: datetime.date) -> bool:
        return is_overdue(self.action, day)


def is_overdue(action: Action, day: datetime.date) -> bool:
    """Say whether an action is open and its due date, to its last day, is past."""
    return action.status == "open" and action.due is not None and action.due.is_past(day)


def actions_of(filed: FiledAssessment) -> tuple[NumberedAction, ...]:
    """Return all actions of an assessment in the order of the file."""
    found: list[NumberedAction] = []
    for theme, said in (filed.assessment.themes or {}).items():
        for position, action in enumerate(said.actions):
            found.append(NumberedAction(filed, len(found) + 1, theme, position, action))
    return tuple(found)


def by_due_date(actions: tuple[NumberedAction, ...], day: datetime.date) -> tuple[NumberedAction, ...]:
    """Return actions with the overdue ones first, each part by due date, those without one last."""

    def key(one: NumberedAction) -> tuple[bool, bool, str, str, int]:
        due = one.action.due
        text = due.text if due else ""
        return not one.is_overdue(day), due is None, text, one.filed.assessment.place, one.number

    return tuple(sorted(actions, key=key))


@dataclass(frozen=True, slots=True)
class TrackedAction:
    """An action as last recorded, with the name of its theme, and the first and the last assessment that has it."""

    theme: str
    name: str
    action: Action
    since: PartialDate
    until: PartialDate


def tracked_actions(files: Sequence[FiledAssessment], start: PartialDate | None = None) -> tuple[TrackedAction, ...]:
    """Return the actions of assessments in date order, in the order of the last one's matrix and of the files.

    One that several have, by its theme and its words, is one action: its latest record holds. Those that no assessment
    from the start on has are left out; without a start all are there.
    """
    themes = themes_of(files)
    found: dict[tuple[str, str, int], TrackedAction] = {}
    for filed in files:
        times: Counter[tuple[str, str]] = Counter()  # the same words twice in one file are two actions
        for theme in themes:
            for action in filed.assessment.said_of(theme.id).actions:
                words = (theme.id, " ".join(action.action.casefold().split()))
                times[words] += 1
                key = (*words, times[words])
                date = filed.assessment.date
                since = found[key].since if key in found else date
                found[key] = TrackedAction(theme.id, theme.name, action, since, date)
    order = [theme.id for theme in themes]
    told = [one for one in found.values() if start is None or one.until >= start]
    return tuple(sorted(told, key=lambda one: order.index(one.theme)))
