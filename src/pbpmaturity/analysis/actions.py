"""The actions of assessments: numbered, which of them are overdue, and what became of earlier ones."""

import datetime
from dataclasses import dataclass

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
    """An action as last recorded, with the name of its theme and the date of the assessment that first has it."""

    theme: str
    name: str
    action: Action
    since: PartialDate


def tracked_actions(before: FiledAssessment | None, after: FiledAssessment) -> tuple[TrackedAction, ...]:
    """Return the actions of an assessment and of the one before it, in matrix order and that of the files.

    One that both have, by its theme and its words, is one action: the later record of it holds.
    """
    found: dict[tuple[str, str], TrackedAction] = {}
    for filed in (one for one in (before, after) if one):
        for theme in after.matrix.themes:
            for action in filed.assessment.said_of(theme.id).actions:
                key = theme.id, " ".join(action.action.casefold().split())
                since = found[key].since if key in found else filed.assessment.date
                found[key] = TrackedAction(theme.id, theme.name, action, since)
    order = after.matrix.theme_ids
    return tuple(sorted(found.values(), key=lambda one: order.index(one.theme)))
