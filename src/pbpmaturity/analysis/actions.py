"""The actions of an assessment, numbered, and which of them are overdue."""

import datetime
from dataclasses import dataclass

from pbpmaturity.model.assessment import Action
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
        """Say whether the action is open and its due date, to its last day, is past."""
        due = self.action.due
        return self.action.status == "open" and due is not None and due.is_past(day)


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
