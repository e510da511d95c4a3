"""pbp form: what is filled in without pbp, in a browser or in a survey tool."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.analysis.movement import why_not_comparable
from pbpmaturity.checks.personal import how_told
from pbpmaturity.cli.advice import command
from pbpmaturity.cli.document import deliver, is_for_screen, refuse_to_replace
from pbpmaturity.cli.issuing import count_of, issue, refuse_place
from pbpmaturity.cli.loading import tell_of_unread
from pbpmaturity.cli.opening import (
    Chosen,
    choose,
    default_matrix,
    open_or_shipped,
    provenance_after,
)
from pbpmaturity.cli.options import OutputOption, WorkspaceOption
from pbpmaturity.cli.output import tell
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.draft import new_draft
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment, Input, Portfolio
from pbpmaturity.report.form import Occasion, facilitator_form, participant_form, privacy_notice
from pbpmaturity.report.matrix_view import view_of_matrix
from pbpmaturity.report.questions import question_list

_NO_FILE = Input("", "")


def form(
    ctx: typer.Context,
    place: Annotated[
        str | None,
        typer.Argument(metavar="PLACE[@WHEN]", help="A Place, or one of its drafts; without it, a blank form."),
    ] = None,
    participant: Annotated[
        bool, typer.Option("--participant", help="The form in which one person gives their view.")
    ] = False,
    questions: Annotated[
        bool, typer.Option("--questions", help="The questions, to set up in Microsoft Forms instead.")
    ] = False,
    codes: Annotated[
        str | None,
        typer.Option(
            metavar="N", help="With --participant: print N one-time codes, and let the page of -o ask for one."
        ),
    ] = None,
    codes_to: Annotated[
        Path | None, typer.Option("--codes-to", metavar="FILE", help="Write the codes there and print none.")
    ] = None,
    ref: Annotated[
        str | None,
        typer.Option("--matrix", metavar="ID@VERSION", help="Another matrix than the one for new assessments."),
    ] = None,
    output: OutputOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a form that needs nothing but a browser.

    It is one file that works without a network and without pbp. The facilitator's form records a workshop, shows the
    result, and saves the same file as pbp assess. With a PLACE it begins with its newest draft, if there is one, and
    shows last time's stages and what individuals said after each choice.

    With --participant one person gives their view, which pbp import counts; with --questions the same questions are
    listed for Microsoft Forms. Without a PLACE no workspace is needed.

    Anybody can fill in a participant's form any number of times. With --codes N it asks for a one-time code, and pbp
    import --codes counts each code once. A code says nothing of who has it: hand them out by chance.

    \b
    Examples:
      pbp form -o form.html
      pbp form northam -o northam.html
      pbp form northam --participant -o your-view.html
      pbp form northam --participant --codes 17 -o your-view.html
      pbp form northam --questions -o questions.txt

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    if participant and questions:
        raise UsageError("--participant and --questions are two different forms", "give one of them")
    count = count_of(codes, codes_to, output, is_participants=participant)
    _require_ending(output, ".txt" if questions else ".html")
    chosen = choose(place, workspace) if place is not None else None
    root, portfolio = (chosen.root, chosen.portfolio) if chosen else open_or_shipped(workspace)
    refuse_to_replace(output, root, chosen.file if chosen else None)
    refuse_place(codes_to, output, root)
    tell_of_unread(portfolio)
    occasion = (
        _of_place(chosen, ref, looks_back=not participant and not questions) if chosen else _blank(portfolio, ref)
    )
    if questions:
        notice = privacy_notice(portfolio.settings.privacy, by_page=False)
        deliver(question_list(occasion.matrix, occasion.place_name, notice), output)
        return
    if count is None or output or codes_to:
        occasion = replace(occasion, asks_code=count is not None)
        deliver(_page(occasion, portfolio, root, ctx.obj, is_participants=participant), output)
    else:
        tell("no page is written: with -o FILE.html there is one, which takes the codes of every run")
    if count is not None:
        issue(count, occasion.place_name, codes_to)


def _page(occasion: Occasion, portfolio: Portfolio, root: Path | None, version: str, *, is_participants: bool) -> str:
    from pbpmaturity.report.documents import render
    from pbpmaturity.workspace.shipped import shipped_scripts
    from pbpmaturity.workspace.templates import templates_for

    templates, scripts = templates_for(root), shipped_scripts()
    occasion = occasion.resting_on(templates.own)
    view = (
        participant_form(occasion, portfolio.settings.privacy, scripts)
        if is_participants
        else facilitator_form(occasion, portfolio.settings.privacy, scripts)
    )
    name = "participant.html.j2" if is_participants else "form.html.j2"
    page = render(name, templates.texts, form=view, matrix=view_of_matrix(occasion.matrix), version=version)
    if occasion.asks_code and 'name="code"' not in page:
        raise UsageError(
            f"templates/{name} has no field for a code, so nobody could save the page",
            "take over what the one that ships has where form.asks_code is true, or delete yours to use that one",
        )
    return page


def _blank(portfolio: Portfolio, ref: str | None) -> Occasion:
    matrix = default_matrix(portfolio, ref)
    return Occasion(matrix, also=_files_behind(portfolio, matrix), personal=how_told())


def _of_place(chosen: Chosen, ref: str | None, *, looks_back: bool) -> Occasion:
    """Return what a Place's form begins with; one that others fill in holds neither a draft nor last time."""
    portfolio, shelf = chosen.portfolio, chosen.shelf
    draft = _draft(chosen)
    if draft and ref is not None and ref != draft.matrix.ref:
        raise UsageError(f"the draft of {draft.assessment.date} uses {draft.matrix.ref}, not {quoted(ref)}")
    matrix = draft.matrix if draft else default_matrix(portfolio, ref)
    also = _files_behind(portfolio, matrix)
    if not looks_back:
        return Occasion(matrix, place=shelf.place, place_name=shelf.name, also=also)
    if draft:
        tell(f"the form begins with the draft of {draft.assessment.date.shown()}")
    return Occasion(
        matrix,
        draft.assessment.provenance if draft else provenance_after(shelf),
        shelf.place,
        shelf.name,
        draft,
        _last(chosen, matrix, draft),
        also,
        how_told(),
    )


def _draft(chosen: Chosen) -> FiledAssessment | None:
    """Return the draft that is named, else the newest; UsageError if what is named is agreed."""
    shelf = chosen.shelf
    if chosen.is_by_default:
        return shelf.take(shelf.drafts()[-1]) if shelf.drafts() else None
    filed = shelf.take(chosen.date_or("latest"))
    if filed.assessment.status == "agreed":
        raise UsageError(
            f"{shelf.place}@{filed.assessment.date} is agreed, and a form goes on with a draft or begins anew",
            f"for a new one: {command('form', shelf.place)}; to change this one:"
            f" {command('assess', f'{shelf.place}@{filed.assessment.date}', '--amend', 'REASON')}",
        )
    return filed


def _last(chosen: Chosen, matrix: Matrix, draft: FiledAssessment | None) -> FiledAssessment | None:
    """Return the agreed assessment that is looked back at; None, once that is said, if it cannot be compared."""
    shelf = chosen.shelf
    dates = shelf.agreed_dates()
    date = shelf.agreed_before(draft.assessment.date.text) if draft else (dates[-1] if dates else None)
    if date is None:
        return None
    last = shelf.take(date)
    new = draft or FiledAssessment(
        new_draft(shelf.place, last.assessment.date, matrix.ref), matrix, shelf.name, _NO_FILE, _NO_FILE, last.privacy
    )
    obstacle = why_not_comparable(last, new)
    if obstacle:
        tell(
            f"last time's stages are left out: {last.assessment.date} uses {last.matrix.ref}, and this is {matrix.ref}"
        )
        return None
    return last


def _files_behind(portfolio: Portfolio, matrix: Matrix) -> tuple[Input, ...]:
    files = (portfolio.matrix_inputs.get(matrix.ref), portfolio.settings_input)
    return tuple(file for file in files if file is not None)


def _require_ending(output: Path | None, ending: str) -> None:
    """Refuse a file whose ending says that it is something else, and that would not open where it is needed."""
    endings = (ending, ".htm") if ending == ".html" else (ending, ".md")
    if output is not None and not is_for_screen(output) and output.suffix.lower() not in endings:
        raise UsageError(f"{quoted(output.name)} would not open as what it is", f"name the file {ending}")
