"""pbp actions: what was to be done, by when, and closing it."""

import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from pbpmaturity.analysis.actions import NumberedAction, actions_of, by_due_date
from pbpmaturity.cli.advice import PATIENCE, command, say_that_others_write
from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.opening import Chosen, choose, choose_each, tell_of_the_rest
from pbpmaturity.cli.options import WorkspaceOption
from pbpmaturity.cli.output import emit, is_colourful, screen_width, shown_path, tell
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import UsageError
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.draft import amended, with_said
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.shape import changed, said
from pbpmaturity.report.records import actions_record, as_json
from pbpmaturity.workspace.drafting import sha256_of
from pbpmaturity.workspace.edit import merged
from pbpmaturity.workspace.lock import locked
from pbpmaturity.workspace.save import rewrite


def actions(
    place: Annotated[
        str | None,
        typer.Argument(metavar="PLACE[@WHEN]", help="A Place, one of its dates, or a file; else all Places."),
    ] = None,
    done: Annotated[int | None, typer.Option(metavar="N", min=1, help="Close action N of PLACE@WHEN.")] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day from which overdue is judged; today without it.")
    ] = None,
    format_: Annotated[Literal["text", "json"], typer.Option("--format", help="How to print the result.")] = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """List open actions by due date, or close one.

    The overdue ones come first. Each has its number in its own assessment, counted in the order of the file. Without a
    PLACE, the latest agreed assessment of every Place counts.

    To close an action, name the assessment with its date. Everything else in the file stays as it is, comments too. In
    an agreed assessment an amendment records the change.

    \b
    Examples:
      pbp actions
      pbp actions northam --as-of 2025-06
      pbp actions northam@2025-01-15 --done 3

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    day = day_of(as_of)
    if done is not None:
        _close(place, workspace, done, day)
        return
    files = _files(place, workspace)
    found = [one for filed in files for one in actions_of(filed) if one.action.status == "open"]
    listed = by_due_date(tuple(found), day)
    if format_ == "json":
        emit(as_json(actions_record(listed, day)))
        return
    from pbpmaturity.report.terminal import actions_text

    emit(actions_text(files, listed, day, width=screen_width(), colour=is_colourful()))


def _files(place: str | None, workspace: Path | None) -> list[FiledAssessment]:
    if place is None:
        return choose_each(workspace)
    chosen = choose(place, workspace)
    filed = _taken(chosen)
    tell_of_the_rest(chosen, filed.assessment.date.text)
    return [filed]


def _taken(chosen: Chosen) -> FiledAssessment:
    return chosen.shelf.take(chosen.date_or("latest"))


def _close(place: str | None, workspace: Path | None, number: int, day: datetime.date) -> None:
    chosen = choose(place, workspace) if place else None
    if chosen is None or chosen.is_by_default:
        raise UsageError(
            "--done needs an assessment named by its date, since actions are numbered in each by itself",
            f"as in: {command('actions', _example(chosen), '--done', str(number))}",
        )
    filed = _taken(chosen)
    action = _numbered(filed, number)
    path = chosen.file or (chosen.root or Path()) / filed.path
    with locked(path, patience=PATIENCE, waits=say_that_others_write):
        if sha256_of(path) != filed.input.sha256:  # somebody wrote meanwhile, and what they wrote stays
            filed = _taken(choose(place, workspace))
            action = _same(action, _numbered(filed, number), filed.assessment)
        after = said(_with_closed(filed.assessment, action, day))
        rewrite(path, lambda data: merged(data, after), sha256=filed.input.sha256)
    tell(f"closed action {number} of {shown_path(path)}: {one_line(action.action.action)}")


def _with_closed(assessment: Assessment, closed: NumberedAction, day: datetime.date) -> Assessment:
    """Return an assessment with an action done, and an amendment that says so where it was agreed."""
    actions = list(assessment.said_of(closed.theme).actions)
    actions[closed.position] = changed(closed.action, status="done")
    after = with_said(assessment, closed.theme, actions=tuple(actions))
    if assessment.status == "agreed":
        after = amended(after, day, f"Action {closed.number} done: {closed.action.action}")
    return after


def _example(chosen: Chosen | None) -> str:
    dates = chosen.shelf.agreed_dates() or chosen.shelf.drafts() if chosen else []
    return f"{chosen.shelf.place}@{dates[-1]}" if chosen and dates else "northam@2025-01-15"


def _same(meant: NumberedAction, found: NumberedAction, assessment: Assessment) -> NumberedAction:
    """Return the action of a number in a file that changed meanwhile; UsageError if another has that number now."""
    if (meant.theme, meant.action.action) == (found.theme, found.action.action):
        return found
    raise UsageError(
        f"action {meant.number} is another one by now, so nothing was written: {one_line(found.action.action)}",
        f"find its number with: {command('actions', f'{assessment.place}@{assessment.date}')}",
    )


def _numbered(filed: FiledAssessment, number: int) -> NumberedAction:
    """Return the open action of that number; UsageError if there is none, or it is closed already."""
    found = actions_of(filed)
    if number > len(found):
        there_are = f"there are {len(found)}" if found else "there are none"
        raise UsageError(f"{filed.assessment.place}@{filed.assessment.date} has no action {number}: {there_are}")
    action = found[number - 1]
    if action.action.status != "open":
        raise UsageError(f"action {number} is {action.action.status} already: {one_line(action.action.action)}")
    return action
