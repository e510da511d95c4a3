"""pbp import: individual views into tallies that identify nobody."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.analysis.tallies import Tallies, tallied
from pbpmaturity.cli import keyboard
from pbpmaturity.cli.advice import PATIENCE, kept_if_not_saved, say_that_others_write
from pbpmaturity.cli.assessing.before import Quit, agree
from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.editing import keep_schema
from pbpmaturity.cli.importing import telling
from pbpmaturity.cli.importing.gathering import gather
from pbpmaturity.cli.importing.target import Target, find_target, period_of
from pbpmaturity.cli.opening import choose, default_matrix, open_or_shipped
from pbpmaturity.cli.options import WorkspaceOption
from pbpmaturity.cli.output import emit, shown_path, tell
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import Unanswered, UsageError
from pbpmaturity.model.assessment import Assessment, Period
from pbpmaturity.workspace.drafting import held, sha256_of, turn_at
from pbpmaturity.workspace.individual_views import already_there, lies_in, write_once
from pbpmaturity.workspace.save import refuse_source


def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="CSV, Excel or participants' files, or folders of them."),
    ] = None,
    place: Annotated[str | None, typer.Option(metavar="PLACE", help="The Place that the views are of.")] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day, or the month, of the assessment.")] = None,
    gathered: Annotated[
        str | None, typer.Option(metavar="FROM..TO", help="When the views were gathered; it is recorded.")
    ] = None,
    replace_all: Annotated[
        bool, typer.Option("--replace-all", help="Replace tallies even if that tells what a few people chose.")
    ] = False,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADER=THEME", help="What a column holds, or HEADER=ignore; repeatable."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    comments: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the comments there, shuffled, for whoever runs the workshop."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE.xlsx", help="Write an empty sheet to fill in, and stop.")
    ] = None,
    ref: Annotated[
        str | None, typer.Option("--matrix", metavar="ID@VERSION", help="With --template: the matrix of the sheet.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Count individual views into tallies that identify nobody.

    The tallies go into the draft of a Place and date, which is made if there is none. Columns are matched by their
    headers, and the matching is shown. Only how many people chose each stage of a theme is written. No name, row,
    time or comment is kept, and a theme that fewer than five people rated gets no tally. Importing again replaces
    the tallies and never adds to them: import once, when gathering is closed.

    \b
    Examples:
      pbp import responses.xlsx --place northam --date 2026-01 --dry-run
      pbp import responses.xlsx --place northam --date 2026-01 --map "What are we for?=shared-vision"
      pbp import views/ --place northam --date 2026-01 --gathered 2025-11..2026-01
      pbp import views/ --place northam --date 2026-01 --comments comments.txt --yes
      pbp import --template interviews.xlsx --place northam

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    if template is not None:
        others = {"FILE": files, "--date": date, "--gathered": gathered, "--map": maps, "--comments": comments}
        _refuse_beside_template({**others, "--dry-run": dry_run, "--replace-all": replace_all})
        _write_template(template, place, ref, workspace)
        return
    if ref is not None:
        raise UsageError("--matrix is for --template; a draft has its own, and a new one that of pbp.yaml")
    if not files or place is None or date is None:
        raise _missing(bool(files), place, date)
    today = day_of(None)
    period = period_of(gathered, today) if gathered is not None else None
    find = partial(find_target, place, date, today, workspace)
    target = find()
    if comments is not None:
        _refuse_comments(comments, target)
    voices = gather(files, target, maps or [], with_comments=comments is not None)
    tallies = tallied(voices.ratings, target.matrix)
    after = _after(target, tallies, period, replace_all=replace_all)
    emit(telling.result(tallies, target.matrix))
    if not _is_to_be_written(target, dry_run=dry_run, yes=yes):
        return
    _write(target, after, find, lambda found: _after(found, tallies, period, replace_all=replace_all))
    if comments is not None:
        _write_comments(comments, telling.comments_text(voices.comments, target.matrix))


def _missing(has_files: bool, place: str | None, date: str | None) -> Unanswered:
    wanted = [] if has_files else ["FILE, one or more, or a folder of them"]
    wanted += ["--place PLACE, the Place that the views are of"] if place is None else []
    wanted += ["--date DATE, the day or the month of the assessment"] if date is None else []
    return Unanswered("not everything that an import needs is given", tuple(wanted), "see: pbp import --help")


def _refuse_beside_template(others: dict[str, object]) -> None:
    given = [option for option, value in others.items() if value]
    if given:
        raise UsageError(f"--template writes an empty sheet and reads nothing, so {given[0]} does not go with it")


def _is_to_be_written(target: Target, *, dry_run: bool, yes: bool) -> bool:
    """Say whether to write, asking where there is somebody to ask; Unanswered if there is nobody and no --yes."""
    what = "a new draft" if target.sha256 is None else "the draft, in the place of all tallies that it holds"
    tell(f"These tallies go into {target.name}: {what}.")
    if dry_run:
        tell("Nothing was written, since this is a dry run.")
        return False
    if yes:
        return True
    if not keyboard.is_there():
        raise Unanswered("there is no terminal to ask on", ("--yes, to write it",), "nothing was written")
    with keyboard.attended():
        try:
            is_agreed = agree("Write it? (yes or no)", by_default=False)
        except Quit:
            is_agreed = False
        except keyboard.Ended:
            tell("\nNothing was written.")
            raise KeyboardInterrupt from None
    if not is_agreed:
        tell("Nothing was written.")
    return is_agreed


def _after(target: Target, tallies: Tallies, period: Period | None, *, replace_all: bool) -> Assessment:
    """Return the draft with the tallies; UsageError where both together would show what a few people chose."""
    if not replace_all:
        target.refuse_few(tallies)
    return target.with_tallies(tallies, period)


def _write(
    target: Target, after: Assessment, find: Callable[[], Target], again: Callable[[Target], Assessment]
) -> None:
    """Write the draft, once nobody else writes at that Place; what somebody wrote meanwhile stays."""
    with kept_if_not_saved(), turn_at(target.path, patience=PATIENCE, waits=say_that_others_write):
        if sha256_of(target.path) != target.sha256:
            target = find()
            after = again(target)
        with held(target.path, sha256=target.sha256) as file:
            file.save(after, file.position)
            tell(f"Saved in {shown_path(file.path)}. Delete the files with the answers once you need them no more.")
        keep_schema(target.root, target.matrix)


def _write_comments(path: Path, text: str) -> None:
    if not text:
        tell("There are no comments, so no file was written for them.")
        return
    write_once(path, text.encode("utf-8", "backslashreplace"), is_private=True)
    tell(
        f"wrote {one_line(path.as_posix())}: comments in an order that chance made. They may still tell who wrote them"
        " by what they say: read them before you show them to anybody, and delete them afterwards."
    )


def _refuse_comments(path: Path, target: Target) -> None:
    if lies_in(path, target.root):
        raise UsageError(
            f"--comments {quoted(path.as_posix())} lies in the workspace, where comments do not belong",
            "choose a place that only those who run the workshop can open",
        )
    if path.exists() or path.is_symlink():
        raise already_there(path)
    if not path.absolute().parent.is_dir():
        raise UsageError(f"--comments {quoted(path.as_posix())}: there is no such folder", "make it, or choose another")


def _write_template(path: Path, place: str | None, ref: str | None, workspace: Path | None) -> None:
    from pbpmaturity.exchange.template import empty_sheet

    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"--template {quoted(path.as_posix())} would not open in Excel", "name the file .xlsx")
    chosen = choose(place, workspace) if place is not None else None
    root, portfolio = (chosen.root, chosen.portfolio) if chosen else open_or_shipped(workspace)
    refuse_source(path, root)
    write_once(path, empty_sheet(default_matrix(portfolio, ref), chosen.shelf.place if chosen else None))
    tell(f"wrote {one_line(path.as_posix())}")
    if root is not None and lies_in(path, root):
        tell("It lies in the workspace: move it elsewhere before anybody fills it in.")
