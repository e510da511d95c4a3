"""pbp compare: what Places say of themselves, side by side."""

from typing import Annotated

import typer

from pbpmaturity.analysis.comparison import compare_places
from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.loading import Places, tell_unread
from pbpmaturity.cli.opening import open_root
from pbpmaturity.cli.options import FormatOption, WorkspaceOption
from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.errors import UnusableInput
from pbpmaturity.report.comparison_view import comparison_view
from pbpmaturity.report.records import as_json, comparison_record


def compare(
    places: Annotated[
        list[str] | None, typer.Argument(metavar="[PLACE]...", help="The Places; without any, all that share.")
    ] = None,
    pairs: Annotated[bool, typer.Option("--pairs", help="Also say how each two Places lie to one another.")] = False,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only what was there on this day (or today); also says what is stale."),
    ] = None,
    format_: FormatOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Show what Places say of themselves, side by side, and who could learn from whom.

    Places stand in alphabetical order, each with its latest agreed assessment. There is no ranking: a self-assessment
    is for learning. A Place could learn from another on a theme if it has a target there, and the other is at or above
    that stage, above its own, and has evidence. Places with share: private in pbp.yaml never appear.

    \b
    Examples:
      pbp compare
      pbp compare northam westmere --pairs
      pbp compare --as-of 2024-12 --format markdown

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    day = day_of(as_of) if as_of is not None else None
    root = open_root(workspace)
    opened = Places(root)
    told = compare_places(opened.that_share(places or []), day)
    tell_unread(opened.unread)
    if not told.files:
        reasons = tuple(f"{one.name}: {one.reason}" for one in told.left_out)
        raise UnusableInput("no Place has an agreed assessment to set side by side", reasons)
    months = opened.shared.settings.review_every_months
    if format_ == "json":
        emit(as_json(comparison_record(told, day, months)))
        return
    view = comparison_view(told, day=day, review_months=months, with_pairs=pairs)
    if format_ == "markdown":
        from pbpmaturity.report.documents import render
        from pbpmaturity.workspace.templates import templates_for

        emit(render("compare.md.j2", templates_for(root).texts, comparison=view))
    else:
        from pbpmaturity.report.terminal import comparison_text

        emit(comparison_text(view, width=screen_width(), colour=is_colourful()))
