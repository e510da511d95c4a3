"""pbp readiness: what a Place's record says on the conditions of readiness tests."""

from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.analysis.readiness import Readiness, judge_readiness
from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.instruments import tests_asked_for
from pbpmaturity.cli.judging import judged_on
from pbpmaturity.cli.opening import choose, tell_of_the_rest
from pbpmaturity.cli.options import FormatOption, TextFormat, WorkspaceOption
from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.selector import is_path
from pbpmaturity.report.readiness_view import Judged, readiness_record, readiness_view
from pbpmaturity.report.records import as_json


def readiness(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A Place.")],
    test: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="One readiness test; without it, all of them.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which to judge; today without it.")
    ] = None,
    format_: FormatOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Show what a Place's record says on readiness tests.

    Each condition is met, not met or not known. They are judged on the latest agreed assessment as of the day; what no
    stage can show is attested by a role with a document. For each condition that is not met there are the criteria
    recorded as partly or not met, and the evidence that is absent. The tests lie in readiness/; it decides nothing.

    \b
    Examples:
      pbp readiness northam
      pbp readiness northam --test community-services-example
      pbp readiness northam --as-of 2025-06 --format markdown

    Exit codes: 0 every condition of every test asked for is met; 1 one is not met or not known; 2 wrong usage, input
    missing or unusable, or no readiness test; 3 a bug; 130 interrupted.
    """
    if test and len(test) > 1:
        raise UsageError("--test is given more than once", "name one test, or leave it out for all of them")
    day = day_of(as_of)
    _refuse_one_assessment(place)
    chosen = choose(place, workspace)
    tests = tests_asked_for(chosen.portfolio, test[0] if test else None)
    judged = judged_on(chosen, day)
    tell_of_the_rest(chosen, judged.filed.assessment.date.text if judged.filed else "")
    found = [judge_readiness(one.test, judged.filed, day) for one in tests]
    _print(judged, found, chosen.root, format_)
    if any(one.result != "met" for one in found):
        raise typer.Exit(1)


def _refuse_one_assessment(place: str) -> None:
    if is_path(place) or "@" in place:
        raise UsageError(
            f"{quoted(place)} names one assessment, and readiness is judged on the latest agreed one of a Place",
            "name the Place, and an earlier day if you like, as in: pbp readiness northam --as-of 2024-06",
        )


def _print(judged: Judged, found: list[Readiness], root: Path | None, format_: TextFormat) -> None:
    if format_ == "json":
        emit(as_json(readiness_record(judged, found)))
        return
    view = readiness_view(judged, found)
    if format_ == "markdown":
        from pbpmaturity.report.documents import render
        from pbpmaturity.workspace.templates import templates_for

        # The last sentence stands outside the template, so that a workspace's own cannot leave it out.
        text = render("readiness.md.j2", templates_for(root).texts, readiness=view)
        emit(f"{text}\n{view.closing}\n")
    else:
        from pbpmaturity.report.instruments_text import readiness_text

        emit(readiness_text(view, width=screen_width(), colour=is_colourful()))
