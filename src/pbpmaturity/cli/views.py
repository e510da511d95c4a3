"""pbp views: what individuals said before the group chose."""

from typing import Annotated

import typer

from pbpmaturity.cli.opening import choose, tell_of_the_rest
from pbpmaturity.cli.options import FormatOption, WorkspaceOption
from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.report.records import as_json, views_record
from pbpmaturity.report.views_view import individual_views


def views(
    place: Annotated[str, typer.Argument(metavar="PLACE[@WHEN]", help="A Place, one of its dates, or a file.")],
    format_: FormatOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Show what individuals said of each theme, as tallies that identify nobody.

    For each theme there is how many people chose each stage, the range, and the middle view; the themes on which people
    differ most come first. A theme that fewer than five people answered is withheld. Right after pbp import the
    assessment is a draft, which is named by its date.

    \b
    Examples:
      pbp views northam@2026-01
      pbp views northam
      pbp views northam@2026-01 --format markdown

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    chosen = choose(place, workspace)
    filed = chosen.shelf.take(chosen.date_or("latest"))
    tell_of_the_rest(chosen, filed.assessment.date.text)
    if format_ == "json":
        emit(as_json(views_record(filed)))
    elif format_ == "markdown":
        from pbpmaturity.report.documents import render
        from pbpmaturity.workspace.templates import templates_for

        emit(render("views.md.j2", templates_for(chosen.root).texts, views=individual_views(filed)))
    else:
        from pbpmaturity.report.terminal import views_text

        emit(views_text(individual_views(filed), width=screen_width(), colour=is_colourful()))
