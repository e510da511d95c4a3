"""pbp import: individual views into tallies that identify nobody."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.importing import telling
from pbpmaturity.cli.importing.asking import confirmed, is_somebody_there
from pbpmaturity.cli.importing.codes import read_lists
from pbpmaturity.cli.importing.drafts import Draft, draft_of, drafts_by_place, write
from pbpmaturity.cli.importing.gathering import Options, gather
from pbpmaturity.cli.importing.target import Target, find_target, period_of
from pbpmaturity.cli.opening import choose, default_matrix, open_or_shipped
from pbpmaturity.cli.options import WorkspaceOption
from pbpmaturity.cli.output import emit, tell
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import Unanswered, UsageError
from pbpmaturity.model.assessment import Period
from pbpmaturity.workspace.individual_views import already_there, lies_in, write_once
from pbpmaturity.workspace.save import refuse_source

_DELETE = "Delete the files with the answers once you need them no more."


class HiddenRows(StrEnum):
    """What is to be done with rows and columns that nobody sees."""

    KEEP = "keep"
    DROP = "drop"


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
    codes: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="The list of one-time codes that were handed out: participants' files count with one of them, each"
            " once; repeatable.",
        ),
    ] = None,
    replace_all: Annotated[
        bool, typer.Option("--replace-all", help="Replace the draft's tallies though that tells what a few chose.")
    ] = False,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADER=THEME", help="What a column holds, or HEADER=ignore; repeatable."),
    ] = None,
    scale: Annotated[
        str | None,
        typer.Option(metavar="FIRST-LAST", help="The numbers of the lowest and the highest stage: 1-4, 0-3 or 4-1."),
    ] = None,
    where: Annotated[
        str | None,
        typer.Option(metavar="COLUMN=VALUE", help="Count only the rows of PLACE, which a column names."),
    ] = None,
    by_place: Annotated[
        str | None,
        typer.Option("--by-place", metavar="COLUMN", help="Write a draft for each Place that a column names."),
    ] = None,
    hidden: Annotated[
        HiddenRows | None, typer.Option(help="Count rows and columns that are hidden, or leave them out.")
    ] = None,
    distinct: Annotated[
        bool, typer.Option("--distinct", help="Ids that stand in two files are of different people.")
    ] = False,
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

    A row counts if it is a person's, once, and of the Place. Averages and counts below the answers, rows that a
    filter hides, people who stand in two files and rows of other Places are refused by their place in the sheet.
    Reading ends at the first blank row. A number is a stage only if --scale says which.

    \b
    Examples:
      pbp import responses.xlsx --place northam --date 2026-01 --dry-run
      pbp import responses.xlsx --place northam --date 2026-01 --map "What are we for?=shared-vision"
      pbp import responses.csv --place northam --date 2026-01 --scale 1-4
      pbp import responses.xlsx --place northam --date 2026-01 --where "Which Place?=Northam"
      pbp import responses.xlsx --by-place "Which Place?" --date 2026-01 --dry-run
      pbp import filtered.xlsx --place northam --date 2026-01 --hidden drop
      pbp import council.xlsx nhs.xlsx --place northam --date 2026-01 --distinct
      pbp import views/ --place northam --date 2026-01 --gathered 2025-11..2026-01
      pbp import views/ --place northam --date 2026-01 --codes codes.txt
      pbp import views/ --place northam --date 2026-01 --comments comments.txt --yes
      pbp import --template interviews.xlsx --place northam

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    if template is not None:
        others = {"FILE": files, "--date": date, "--gathered": gathered, "--map": maps, "--comments": comments}
        others |= {"--codes": codes, "--scale": scale, "--where": where, "--by-place": by_place, "--hidden": hidden}
        _refuse_beside_template({**others, "--distinct": distinct, "--dry-run": dry_run, "--replace-all": replace_all})
        _write_template(template, place, ref, workspace)
        return
    if ref is not None:
        raise UsageError("--matrix is for --template; a draft has its own, and a new one that of pbp.yaml")
    if by_place is not None:
        _refuse_beside_by_place({"--place": place, "--where": where, "--comments": comments, "--codes": codes})
    if not files or date is None or (place is None and by_place is None):
        raise _missing(bool(files), place or by_place, date)
    today = day_of(None)
    period = period_of(gathered, today) if gathered is not None else None
    options = Options(
        maps or [], scale, hidden.value if hidden else None, where, distinct,
        with_comments=comments is not None, is_asked_nothing=yes,
    )  # fmt: skip
    said = ""
    if by_place is not None:
        drafts = drafts_by_place(files, by_place, date, today, workspace, options, period, replace_all=replace_all)
        _show_each(drafts)
    else:
        find = partial(find_target, place or "", date, today, workspace)
        draft, said = _of_one_place(files, find, options, period, codes or [], comments, replace_all=replace_all)
        drafts = [draft]
    if not _is_to_be_written([draft.target for draft in drafts], dry_run=dry_run, yes=yes):
        return
    write(drafts)
    if comments is not None:
        _write_comments(comments, said)
    tell(_DELETE)


def _of_one_place(
    files: list[Path],
    find: Callable[[], Target],
    options: Options,
    period: Period | None,
    codes: list[Path],
    comments: Path | None,
    *,
    replace_all: bool,
) -> tuple[Draft, str]:
    """Return the draft of one Place with its tallies, which are shown, and the comments in an order of chance."""
    target = find()
    if comments is not None:
        _refuse_comments(comments, target)
    voices = gather(files, target, options, codes=read_lists(codes, target.root))
    draft = draft_of(target, voices, period, find, replace_all=replace_all)
    emit(telling.result(draft.tallies, target.matrix, target.privacy))
    return draft, telling.comments_text(voices.comments, target.matrix)


def _show_each(drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        tallies = telling.result(draft.tallies, draft.target.matrix, draft.target.privacy)
        emit(f"{one_line(draft.target.shelf.name)}\n{tallies}\n")


def _refuse_beside_by_place(others: dict[str, object]) -> None:
    given = [option for option, value in others.items() if value is not None]
    if given:
        raise UsageError(
            f"--by-place writes a draft for each Place, so {given[0]} does not go with it",
            "for one Place, give --place and --where",
        )


def _missing(has_files: bool, place: str | None, date: str | None) -> Unanswered:
    wanted = [] if has_files else ["FILE, one or more, or a folder of them"]
    wanted += ["--place PLACE, the Place that the views are of"] if place is None else []
    wanted += ["--date DATE, the day or the month of the assessment"] if date is None else []
    return Unanswered("not everything that an import needs is given", tuple(wanted), "see: pbp import --help")


def _refuse_beside_template(others: dict[str, object]) -> None:
    given = [option for option, value in others.items() if value]
    if given:
        raise UsageError(f"--template writes an empty sheet and reads nothing, so {given[0]} does not go with it")


def _is_to_be_written(targets: Sequence[Target], *, dry_run: bool, yes: bool) -> bool:
    """Say whether to write, asking where there is somebody to ask; Unanswered if there is nobody and no --yes."""
    for target in targets:
        what = "a new draft" if target.sha256 is None else "the draft, in the place of all tallies that it holds"
        tell(f"These tallies go into {target.name}: {what}.")
    if dry_run or not targets:
        tell("Nothing was written, since this is a dry run." if dry_run else "Nothing was written.")
        return False
    if yes:
        return True
    if not is_somebody_there():
        raise Unanswered("there is no terminal to ask on", ("--yes, to write it",), "nothing was written")
    is_agreed = confirmed("Write it? (yes or no)" if len(targets) == 1 else "Write them? (yes or no)")
    if not is_agreed:
        tell("Nothing was written.")
    return is_agreed


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
