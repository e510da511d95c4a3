"""pbp report: a progress report for a board."""

from typing import Annotated, Literal

import typer

from pbpmaturity.analysis.history import history
from pbpmaturity.analysis.movement import movement, why_not_comparable
from pbpmaturity.cli.document import deliver, format_of, refuse_to_replace
from pbpmaturity.cli.opening import Chosen, another, choose, tell_of_the_rest
from pbpmaturity.cli.options import OutputOption, WorkspaceOption
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report.history_view import history_view
from pbpmaturity.report.view import coverage_notes, view_of

ReportFormat = Literal["markdown", "html"]
_ENDINGS: dict[str, ReportFormat] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
_TEMPLATES = {"markdown": "report.md.j2", "html": "report.html.j2"}


def report(
    ctx: typer.Context,
    place: Annotated[str, typer.Argument(metavar="PLACE[@WHEN]", help="A Place, one of its dates, or a file.")],
    output: OutputOption = None,
    format_: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="markdown or html; without it, by FILE's ending, else markdown."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Compare with this assessment; without it, the agreed one before."),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a report on one assessment, for a board.

    It has the headline, the stage ladder, all assessments so far, the weakest themes, slips, and each theme with its
    evidence and actions. It rests on the files alone and is the same, byte for byte, whenever it is made. Its last line
    names the files.

    \b
    Examples:
      pbp report northam -o northam.html
      pbp report northam@2024 --format markdown
      pbp report northam --since first -o since-the-baseline.html

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    from pbpmaturity.report.documents import render
    from pbpmaturity.workspace.templates import templates_for

    chosen_format = format_ or format_of(output, _ENDINGS, "markdown")
    chosen = choose(place, workspace)
    refuse_to_replace(output, chosen.root, chosen.file)
    after = chosen.shelf.take(chosen.date_or("latest"))
    tell_of_the_rest(chosen, after.assessment.date.text)
    before = _before(chosen, after, since)
    obstacle = why_not_comparable(before, after) if before and since is None else None
    moved = movement(before, after) if before and not obstacle else None
    templates = templates_for(chosen.root)
    settings = chosen.portfolio.settings_input
    earlier, unread = _so_far(chosen, after)
    notes = (*(coverage_notes(moved) if moved else _not_compared(obstacle)), *unread)
    told = history([*earlier, after]) if len(earlier) > 1 else None
    others = [one for filed in earlier for one in (filed.input, filed.matrix_input)] if told else []
    view = view_of(after, moved, notes=notes, also=(*others, *([settings] if settings else []), *templates.own))
    values = {"view": view, "history": history_view(told) if told else None, "version": ctx.obj}
    deliver(render(_TEMPLATES[chosen_format], templates.texts, **values), output)


def _not_compared(obstacle: str | None) -> tuple[str, ...]:
    return (f"Not compared with the one before: {obstacle}.",) if obstacle else ()


def _so_far(chosen: Chosen, after: FiledAssessment) -> tuple[list[FiledAssessment], list[str]]:
    """Return the agreed assessments before one that can be read, and a sentence for each that cannot."""
    found, unread = [], []
    for date in chosen.shelf.agreed_dates():
        if date < after.assessment.date.text:
            try:
                found.append(chosen.shelf.take(date))
            except UnusableInput:
                unread.append(f"The assessment of {date} cannot be read, so it is not among those shown here.")
    return found, unread


def _before(chosen: Chosen, after: FiledAssessment, since: str | None) -> FiledAssessment | None:
    """Return the assessment to compare with, if there is one."""
    date = after.assessment.date
    if since is None:
        earlier = chosen.shelf.agreed_before(date.text)
        return chosen.shelf.take(earlier) if earlier else None
    before = another(chosen, since)
    if before.assessment.date >= date:
        raise UsageError(f"--since names {before.assessment.date}, which is not before {date}")
    return before
