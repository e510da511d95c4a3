"""pbp assess: recording an assessment after a workshop, or changing one."""

from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.analysis.gaps import gaps
from pbpmaturity.analysis.headline import headline
from pbpmaturity.cli import keyboard
from pbpmaturity.cli.advice import PATIENCE, kept_if_not_saved, say_that_others_write
from pbpmaturity.cli.assessing.asked import Asked
from pbpmaturity.cli.assessing.before import Quit, reason_for
from pbpmaturity.cli.assessing.beginning import Begun, begin, takes_contested_first
from pbpmaturity.cli.assessing.conversation import first_question, hold, how_to_go_on
from pbpmaturity.cli.assessing.given import Given, missing
from pbpmaturity.cli.assessing.joining import keep_replaced
from pbpmaturity.cli.assessing.recording import Recording, last_before
from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.editing import keep_schema
from pbpmaturity.cli.options import WorkspaceOption
from pbpmaturity.cli.output import emit, shown_path, tell
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.errors import Unanswered, UsageError
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.draft import amended
from pbpmaturity.report import workshop
from pbpmaturity.workspace.drafting import document, held, sha256_of, turn_at
from pbpmaturity.workspace.interruption import uninterrupted

_Texts = list[str] | None


def assess(
    place: Annotated[
        str, typer.Argument(metavar="PLACE[@WHEN]", help="A Place; with WHEN, an assessment that is there already.")
    ],
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day, or the month, of the workshop.")] = None,
    method: Annotated[
        str | None, typer.Option(metavar="METHOD", help="workshop, interviews, survey or desk-review.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the draft, at the next question.")] = False,
    criteria: Annotated[bool, typer.Option("--criteria", help="Go through the criteria of every theme.")] = False,
    show_last: Annotated[
        bool, typer.Option("--show-last", help="Show last time's stage before the choice, not after it.")
    ] = False,
    show_views: Annotated[
        bool, typer.Option("--show-views", help="Show what individuals said before the choice, not only after it.")
    ] = False,
    contested_first: Annotated[
        bool | None,
        typer.Option(
            "--contested-first/--matrix-order", help="Which themes come first, where there are individual views."
        ),
    ] = None,
    theme: Annotated[str | None, typer.Option(metavar="THEME", help="Change this theme only.")] = None,
    amend: Annotated[
        str | None, typer.Option(metavar="REASON", help="Change an agreed assessment; the reason is recorded.")
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing: all answers are options.")] = False,
    set_: Annotated[
        _Texts, typer.Option("--set", metavar="THEME=STAGE", help="A theme's stage; may be given several times.")
    ] = None,
    rationale: Annotated[
        _Texts, typer.Option(metavar="THEME=TEXT", help="Why it is that; may be given several times.")
    ] = None,
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Begin with the answers of an assessment file.")
    ] = None,
    take: Annotated[
        _Texts,
        typer.Option(
            metavar="[THEME=]SIDE", help="With --from, where both files differ: mine (FILE's) or theirs; repeatable."
        ),
    ] = None,
    copy_last: Annotated[
        bool,
        typer.Option(
            "--copy-last", help="Begin with last time's stages, criteria, evidence, targets and open actions."
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the file instead of writing it.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Record an assessment after a workshop, theme by theme.

    Each answer is saved at once: stop whenever you like, and go on at the next question later. At every question you
    can type back, skip, jump, progress, help or quit. Last time's stage is shown after the choice, so that a group
    judges before it is anchored; so is what individuals said, where that was gathered.

    Without a terminal, or with --no-input, nothing is asked: the answers are options, and what is missing is named.

    With --from, the answers of a file are put together with a draft that is there, theme by theme: what only one of
    them changed is taken, and where both say something else you are asked, or say it with --take.

    \b
    Examples:
      pbp assess northam
      pbp assess northam --resume
      pbp assess northam@2025-01-15 --theme shared-data
      pbp assess northam@2024 --theme shared-data --amend "Evidence link mended"
      pbp assess northam --no-input --date 2025-01 --copy-last --set shared-data=maturing \\
        --rationale shared-data="Two partners now share it"
      pbp assess northam --from form.yaml --no-input --dry-run
      pbp assess northam@2025-01-15 --resume --from kept.yaml --take shared-data=mine

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    is_alone = no_input or not keyboard.is_there()
    asked = Asked(
        place=place,
        date=date,
        method=method,
        theme=theme,
        resume=resume,
        given=Given(set_ or (), rationale or ()),
        from_=from_,
        copy_last=copy_last,
        amend=amend,
        is_alone=is_alone,
        today=day_of(None),
        take=take or (),
    )
    _refuse_what_does_nothing(is_alone, {"--dry-run": dry_run, "--copy-last": copy_last}, "a run without questions")
    order = "--contested-first" if contested_first else "--matrix-order"
    asking = {"--criteria": criteria, "--show-last": show_last, "--show-views": show_views}
    _refuse_what_does_nothing(not is_alone, {**asking, order: contested_first is not None}, "a run with questions")
    with kept_if_not_saved():
        if is_alone:
            _write(asked, workspace, is_dry=dry_run, is_chosen=no_input)
        else:
            _converse(
                asked, workspace, contested_first, criteria=criteria, last_first=show_last, views_first=show_views
            )


def _refuse_what_does_nothing(does: bool, options: dict[str, bool], meant_for: str) -> None:
    for option, is_given in options.items():
        if is_given and not does:
            raise UsageError(f"{option} is for {meant_for}", "see: pbp assess --help")


def _converse(
    asked: Asked,
    workspace: Path | None,
    contested_first: bool | None,
    *,
    criteria: bool,
    last_first: bool,
    views_first: bool,
) -> None:
    recording: Recording | None = None
    with keyboard.attended():
        try:
            begun = begin(asked, workspace)
            is_amended = asked.amend is not None and begun.existing is not None
            amendment = ((asked.amend or "").strip() or reason_for(begun.assessment)) if is_amended else None
            contested_first = takes_contested_first(begun, contested_first)
            with held(begun.path, sha256=begun.sha256, origin=begun.origin) as file:
                recording = Recording(
                    assessment=begun.assessment,
                    matrix=begun.matrix,
                    place_name=begun.shelf.name,
                    root=begun.root,
                    today=asked.today,
                    file=file,
                    shelf=begun.shelf,
                    only_theme=begun.theme,
                    amendment=amendment,
                    before=begun.existing,
                    contested_first=contested_first,
                    shows_last_first=last_first,
                    shows_views_first=views_first,
                    wants_criteria=set(begun.matrix.theme_ids) if criteria else set(),
                )
                keep_replaced(begun.path, begun.replaced)
                has_answers = begun.is_dated and (begun.has_answers or not asked.given.is_empty)
                hold(recording, first_question(recording, is_dated=begun.is_dated), has_answers=has_answers)
        except Quit:
            tell(how_to_go_on(recording))
        except (keyboard.Ended, KeyboardInterrupt):
            if recording is not None:
                with uninterrupted():
                    recording.settle()
            tell(f"\n{how_to_go_on(recording)}")
            raise KeyboardInterrupt from None
        finally:
            if recording is not None and recording.file.is_saved:
                keep_schema(recording.root, recording.matrix)


def _write(asked: Asked, workspace: Path | None, *, is_dry: bool, is_chosen: bool) -> None:
    """Write what the options say, once nobody else writes at that Place; Unanswered names what they leave out."""
    begun = begin(asked, workspace)
    if is_dry:
        before = begun.path.read_bytes() if begun.sha256 else None
        assessment = _answered(begun, asked, is_chosen=is_chosen)
        emit(document(assessment, before=begun.origin or before).decode())
        return
    with turn_at(begun.path, patience=PATIENCE, waits=say_that_others_write):
        if sha256_of(begun.path) != begun.sha256:  # somebody wrote meanwhile, and what they wrote stays
            begun = begin(asked, workspace)
        if begun.origin is not None and begun.assessment == begun.existing:
            tell(f"{shown_path(begun.path)} says all of that already.")
            return
        assessment = _answered(begun, asked, is_chosen=is_chosen)
        with held(begun.path, sha256=begun.sha256, origin=begun.origin) as file:
            keep_replaced(begun.path, begun.replaced)
            file.save(assessment, file.position)
            tell(f"Saved in {shown_path(file.path)}. {visible(headline(begun.filed))}")
    keep_schema(begun.root, begun.matrix)
    last = last_before(begun.shelf, begun.filed)
    tell(workshop.missing(begun.matrix, gaps(begun.filed, last), width=80, colour=False).rstrip())


def _answered(begun: Begun, asked: Asked, *, is_chosen: bool) -> Assessment:
    """Return the assessment as the options make it; Unanswered names what they leave out."""
    last = last_before(begun.shelf, begun.filed)
    wanted = [] if begun.is_dated else ["--date DATE, the day or the month of the workshop"]
    wanted += missing(begun.filed, last, begun.existing, asked.given, is_begun=begun.is_based)
    if asked.amend is not None and not asked.amend.strip():
        wanted.append("--amend REASON, why it is changed")
    if wanted:
        why = "" if is_chosen else "there is no terminal to ask on, and "
        raise Unanswered(f"{why}some answers are missing", tuple(wanted), "give them as options, and run it again")
    if begun.assessment == begun.existing and begun.origin is None:
        raise UsageError("there is nothing to change", "give --set THEME=STAGE or --rationale THEME=TEXT")
    if asked.amend is None or begun.existing is None:
        return begun.assessment
    return amended(begun.assessment, asked.today, asked.amend.strip())
