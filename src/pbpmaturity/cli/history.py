"""pbp history: every assessment of a Place."""

from typing import Annotated

import typer

from pbpmaturity.analysis.history import History
from pbpmaturity.analysis.history import history as history_of
from pbpmaturity.cli.opening import Chosen, choose, tell_of_the_rest
from pbpmaturity.cli.options import FormatOption, WorkspaceOption
from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.errors import UsageError
from pbpmaturity.report.history_view import history_view
from pbpmaturity.report.records import as_json, history_record


def history(
    place: Annotated[
        str | None, typer.Argument(metavar="PLACE", help="A Place; without it, the only one of the workspace.")
    ] = None,
    format_: FormatOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Show every agreed assessment of a Place, theme by theme.

    Each assessment is a column, with how it was judged and on which version of the matrix. Below are the themes that
    slipped, those without a stage, and what changed in between. What cannot be compared stands in a table of its own.

    \b
    Examples:
      pbp history northam
      pbp history northam --format markdown

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    chosen = choose(place, workspace)
    told = _history(chosen)
    tell_of_the_rest(chosen, told.files[-1].assessment.date.text)
    if format_ == "json":
        emit(as_json(history_record(told)))
    elif format_ == "markdown":
        from pbpmaturity.report.documents import render
        from pbpmaturity.workspace.templates import templates_for

        emit(render("history.md.j2", templates_for(chosen.root).texts, history=history_view(told)))
    else:
        from pbpmaturity.report.terminal import history_text

        emit(history_text(history_view(told), width=screen_width(), colour=is_colourful()))


def _history(chosen: Chosen) -> History:
    """Return what a Place's agreed assessments tell; one that cannot be read stops it."""
    shelf = chosen.shelf
    if not chosen.is_by_default:
        raise UsageError(
            "a history shows every agreed assessment, so no date and no file can be chosen",
            f"name the Place alone, as in: pbp history {shelf.place}",
        )
    chosen.date_or("latest")
    return history_of([shelf.take(date) for date in shelf.agreed_dates()])
