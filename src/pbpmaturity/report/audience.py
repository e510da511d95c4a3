"""Whom a paper is for, and what the public version leaves out."""

from dataclasses import replace
from typing import Literal

from pbpmaturity.report.history_view import HistoryView
from pbpmaturity.report.progress_view import ActionsView, ProgressView, TrackedActionView
from pbpmaturity.report.theme_view import ActionView, ThemeView
from pbpmaturity.report.view import AssessmentView

Audience = Literal["partners", "public"]

MARKINGS: dict[Audience, str] = {"partners": "Not for publication", "public": "For publication"}
LEFT_OUT = (
    "This version is for the public. It leaves out the reasons given for each stage, what some held instead, who owns"
    " each action or attests a condition, and the views of individuals."
)


def marking(audience: Audience, *, is_draft: bool) -> str:
    """Return how a paper is marked; one that is not agreed yet is never marked for publication."""
    if is_draft and audience == "public":
        return "A draft, not for publication yet"
    return MARKINGS[audience]


def view_for_public(view: AssessmentView) -> AssessmentView:
    """Return an assessment without rationale, dissent, owners and individual views.

    Evidence keeps its title and loses the path of a file in the workspace, which the public cannot open.
    """
    return replace(
        view,
        themes=tuple(_theme(theme) for theme in view.themes),
        slips=tuple(_theme(theme) for theme in view.slips),
        open_actions=tuple(_without_owner(one) for one in view.open_actions),
    )


def history_for_public(history: HistoryView) -> HistoryView:
    """Return a history without the reasons for slips."""
    return replace(history, slips=tuple(replace(slip, reason=None) for slip in history.slips))


def progress_for_public(progress: ProgressView) -> ProgressView:
    """Return a movement without the reasons for slips."""
    return replace(progress, down=tuple(replace(one, reason=None) for one in progress.down))


def actions_for_public(actions: ActionsView) -> ActionsView:
    """Return actions without their owners."""

    def without_owners(found: tuple[TrackedActionView, ...]) -> tuple[TrackedActionView, ...]:
        return tuple(replace(one, owner=None) for one in found)

    return replace(
        actions,
        done=without_owners(actions.done),
        overdue=without_owners(actions.overdue),
        open=without_owners(actions.open),
        dropped=without_owners(actions.dropped),
        unmentioned=without_owners(actions.unmentioned),
    )


def _theme(theme: ThemeView) -> ThemeView:
    return replace(
        theme,
        rationale=None,
        slip_reason=None,
        dissent=None,
        views=None,
        views_group=None,
        evidence=tuple(one if one.is_web_link else replace(one, link=None) for one in theme.evidence),
        actions=tuple(_without_owner(one) for one in theme.actions),
    )


def _without_owner(action: ActionView) -> ActionView:
    return replace(action, owner=None)
