"""pbp readiness: what a Place's record says on the conditions of readiness tests."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.analysis.readiness import Readiness, judge_readiness
from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.instruments import delegation_known
from pbpmaturity.cli.opening import Chosen, choose, tell_of_the_rest
from pbpmaturity.cli.options import FormatOption, TextFormat, WorkspaceOption
from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.portfolio import BrokenInstrument, FiledAssessment, FiledTest, Portfolio
from pbpmaturity.model.selector import is_path
from pbpmaturity.report.readiness_view import Judged, readiness_record, readiness_view
from pbpmaturity.report.records import as_json
from pbpmaturity.workspace.layout import READINESS


def readiness(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A Place.")],
    test: Annotated[str | None, typer.Option(metavar="ID", help="One readiness test; without it, all of them.")] = None,
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
    day = day_of(as_of)
    _refuse_one_assessment(place)
    chosen = choose(place, workspace)
    tests = _tests(chosen.portfolio, test)
    filed = _latest(chosen, day)
    tell_of_the_rest(chosen, filed.assessment.date.text if filed else "")
    judged = Judged(
        place=chosen.shelf.place,
        place_name=chosen.shelf.name,
        day=day,
        filed=filed,
        matrices=chosen.portfolio.matrices,
        delegation=delegation_known(chosen.portfolio),
        others=chosen.shelf.in_words(),
        months=chosen.portfolio.settings.review_every_months,
    )
    found = [judge_readiness(one.test, filed, day) for one in tests]
    _print(judged, found, chosen.root, format_)
    if any(one.result != "met" for one in found):
        raise typer.Exit(1)


def _refuse_one_assessment(place: str) -> None:
    if is_path(place) or "@" in place:
        raise UsageError(
            f"{quoted(place)} names one assessment, and readiness is judged on the latest agreed one of a Place",
            "name the Place, and an earlier day if you like, as in: pbp readiness northam --as-of 2024-06",
        )


def _tests(portfolio: Portfolio, test_id: str | None) -> list[FiledTest]:
    """Return the tests asked for; UnusableInput if a file that would be used cannot be, UsageError if there is none."""
    broken = [one for one in portfolio.broken_instruments if one.path.split("/")[0] == READINESS]
    if test_id is None:
        _refuse_broken(broken)
        if not portfolio.readiness_tests:
            raise UsageError(
                "there is no readiness test in this workspace", "write one into readiness/; pbp init writes an example"
            )
        return list(portfolio.readiness_tests)
    # A file that holds it a second time is broken, and which of the two is meant is not guessed.
    _refuse_broken([one for one in broken if one.id == test_id])
    found = [one for one in portfolio.readiness_tests if one.test.id == test_id]
    if not found:
        _refuse_broken([one for one in broken if one.path == READINESS])
        known = [one.test.id for one in portfolio.readiness_tests]
        raise UsageError(f"there is no readiness test {quoted(test_id)} here; {guess_or_list(test_id, known)}")
    return found


def _refuse_broken(broken: list[BrokenInstrument]) -> None:
    if broken:
        findings = tuple(line for one in broken for line in one.findings)
        which = broken[0].path if len(broken) == 1 else f"{len(broken)} readiness tests"
        raise UnusableInput(f"{which} cannot be used", findings, "mend it, or name another with --test ID")


def _latest(chosen: Chosen, day: datetime.date) -> FiledAssessment | None:
    """Return the latest agreed assessment that has begun by the day; None if there is none."""
    shelf = chosen.shelf
    counting = [date for date in shelf.agreed_dates() if PartialDate.parse(date).has_begun(day)]
    return shelf.take(counting[-1]) if counting else None


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
