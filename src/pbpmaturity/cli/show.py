"""pbp show: one assessment."""

from typing import Annotated

import typer

from pbpmaturity.cli.opening import choose, tell_of_the_rest
from pbpmaturity.cli.options import FormatOption, WorkspaceOption
from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.report.records import as_json, show_record
from pbpmaturity.report.view import view_of


def show(
    place: Annotated[str, typer.Argument(metavar="PLACE[@WHEN]", help="A Place, one of its dates, or a file.")],
    format_: FormatOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Show one assessment, theme by theme.

    It shows the stage of each theme, the overall stage and how sturdy it is, targets and open actions. WHEN is first,
    previous, latest (the default), a date, a month or a year. Only agreed assessments count, unless a draft is named
    by its date.

    \b
    Examples:
      pbp show northam
      pbp show northam@2024
      pbp show "northam@jan 2024" --format markdown

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    chosen = choose(place, workspace)
    filed = chosen.shelf.take(chosen.date_or("latest"))
    tell_of_the_rest(chosen, filed.assessment.date.text)
    if format_ == "json":
        emit(as_json(show_record(filed)))
    elif format_ == "markdown":
        from pbpmaturity.report.documents import render
        from pbpmaturity.workspace.templates import templates_for

        emit(render("show.md.j2", templates_for(chosen.root).texts, view=view_of(filed)))
    else:
        from pbpmaturity.report.terminal import show_text

        emit(show_text(view_of(filed), width=screen_width(), colour=is_colourful()))
