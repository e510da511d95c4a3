"""pbp diff: what changed between two baselines of a Place."""

from typing import Annotated

import typer

from pbpmaturity.analysis.claim import Claim, Verdict, claimed_stages, judge, parse_claim
from pbpmaturity.analysis.movement import Movement, movement
from pbpmaturity.cli.changes import print_changes
from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.ends import agreed_before, ends, in_order
from pbpmaturity.cli.opening import Chosen, choose, default_matrix, tell_of_the_rest
from pbpmaturity.cli.options import FormatOption, TextFormat, WorkspaceOption
from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.errors import UsageError
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report.records import as_json, diff_record
from pbpmaturity.report.view import coverage_notes, view_of, visible_verdict


def diff(
    place: Annotated[
        str | None,
        typer.Argument(metavar="PLACE[@WHEN]", help="A Place, the assessment to compare from, or a file."),
    ] = None,
    to: Annotated[
        str | None, typer.Argument(metavar="TO", help="The assessment to compare with: a WHEN or a file.")
    ] = None,
    expect: Annotated[
        list[str] | None,
        typer.Option(metavar="CLAIM", help='A claim to check: "STAGE to STAGE" or "STAGE to STAGE, WHEN".'),
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option(metavar="REV", help="Instead: what a git branch changes, Place by Place, since it left REV."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="With --changed-since: also the readiness results that differ on a day."),
    ] = None,
    format_: FormatOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Show what changed between two assessments of a Place.

    By default they are the previous and the latest agreed ones. With --expect, also say whether the files bear a claim
    out; the stages claimed are overall stages. With --changed-since, say instead what a git branch does to the record
    of each Place that it touches: assessments that are new, changed or gone, and where a matrix, pbp.yaml or a
    readiness test has changed, each Place's headline before and after and with whom it shares. --as-of (a date, or
    today) adds the results of readiness tests that are others now.

    \b
    Examples:
      pbp diff northam
      pbp diff northam@2023 2025
      pbp diff --changed-since origin/main --format markdown
      pbp diff --changed-since main --as-of today
      pbp diff oxfordshire --expect "emerging to developing, Jan 2024"

    Exit codes: 0 fine, whatever changed; 1 a claim that the files do not bear out; 2 wrong usage, or input missing or
    unusable; 3 a bug; 130 interrupted.
    """
    if changed_since is not None:
        if place is not None or to is not None or expect:
            raise UsageError("--changed-since tells of every Place that changes, so nothing else can be named with it")
        print_changes(changed_since, workspace, format_, day_of(as_of) if as_of is not None else None)
        return
    if as_of is not None:
        raise UsageError(
            "--as-of belongs to --changed-since, whose readiness tests are judged on a day",
            "leave it out, or add --changed-since REV",
        )
    claim = _claim_of(expect or [], to)
    chosen = choose(place, workspace)
    if claim is None:
        _print(chosen, movement(*ends(chosen, to)), None, format_)
        return
    moved, verdict = _judged(chosen, claim, to)
    _print(chosen, moved, verdict, format_)
    if not verdict.holds:
        raise typer.Exit(1)


def _claim_of(expect: list[str], to: str | None) -> Claim | None:
    """Return the one claim that is to be checked, if there is one."""
    if len(expect) > 1:
        raise UsageError("--expect is given more than once", "check one claim at a time")
    claim = parse_claim(expect[0]) if expect else None
    if claim and claim.when and to is not None:
        raise UsageError("a date in --expect and the argument TO both choose the later assessment", "give one of them")
    return claim


def _judged(chosen: Chosen, claim: Claim, to: str | None) -> tuple[Movement | None, Verdict]:
    """Return the movement that a claim is about, if there is one, and whether the files bear the claim out."""
    reason = _what_is_missing(chosen, claim, to)
    if reason:
        claimed_stages(claim, _matrix_of(chosen))
        return None, Verdict(claim.text, holds=False, reason=reason)
    moved = movement(*_claimed_ends(chosen, claim, to))
    return moved, judge(claim, moved)


def _claimed_ends(chosen: Chosen, claim: Claim, to: str | None) -> tuple[FiledAssessment, FiledAssessment]:
    """Return the assessments that a claim is about: its WHEN is the later one, the agreed one before it the earlier."""
    if claim.when is None:
        return ends(chosen, to)
    shelf = chosen.shelf
    date = shelf.date_of(claim.when)
    named = not chosen.is_by_default
    before = chosen.date_or("latest") if named else agreed_before(chosen, date)
    return in_order(shelf.take(before), shelf.take(date))


def _what_is_missing(chosen: Chosen, claim: Claim, to: str | None) -> str:
    """Return why there is nothing to judge a claim by, or nothing if there is."""
    shelf = chosen.shelf
    dates = shelf.agreed_dates()
    if claim.when is not None and not shelf.candidates(claim.when):
        return f"no assessment {claim.when.shown()}; {shelf.in_words()}"
    if not chosen.is_by_default or to is not None:
        return ""
    date = shelf.date_of(claim.when) if claim.when else max(dates, default="")
    if shelf.agreed_before(date) is None:
        return f"there is no agreed assessment to compare with; {shelf.in_words()}"
    return ""


def _matrix_of(chosen: Chosen) -> Matrix:
    """Return the matrix whose stages a claim may name: that of the Place's last assessment, else of new ones."""
    matrices = [filed.matrix for filed in chosen.portfolio.assessments if filed.assessment.place == chosen.shelf.place]
    return matrices[-1] if matrices else default_matrix(chosen.portfolio)


def _print(chosen: Chosen, moved: Movement | None, verdict: Verdict | None, format_: TextFormat) -> None:
    tell_of_the_rest(chosen, moved.after.assessment.date.text if moved else None)
    if format_ == "json":
        emit(as_json(diff_record(moved, verdict)))
        return
    view = view_of(moved.after, moved, notes=coverage_notes(moved)) if moved else None
    verdict = visible_verdict(verdict) if verdict else None
    if format_ == "markdown":
        from pbpmaturity.report.documents import render
        from pbpmaturity.workspace.templates import templates_for

        emit(render("diff.md.j2", templates_for(chosen.root).texts, view=view, verdict=verdict))
    else:
        from pbpmaturity.report.terminal import diff_text

        emit(diff_text(view, verdict, width=screen_width(), colour=is_colourful()))
