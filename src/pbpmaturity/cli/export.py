"""pbp export: everything as tidy tables, for spreadsheets and for other programs."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.exporting.places import Exported, export_places
from pbpmaturity.cli.exporting.target import Format, Target, target_of
from pbpmaturity.cli.loading import Places, known_place, tell_of_unread
from pbpmaturity.cli.opening import open_root
from pbpmaturity.cli.options import WorkspaceOption
from pbpmaturity.cli.output import tell
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.exchange.excel_tables import ExcelTables


def export(
    places: Annotated[
        list[str] | None, typer.Argument(metavar="PLACE", help="The Places; without any, all of them.")
    ] = None,
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="The format; without it, what the ending of -o tells, and csv for a folder."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR or FILE", help="A folder for csv and parquet; a file for xlsx and json."
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day, or today, on which stale and overdue are judged; else empty."),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write every assessment, drafts too, as tidy tables.

    There are seven: assessments, ratings, movements, criteria, evidence, actions and views. Each row is one
    observation, and says of which Place and date it is, with its status, where it comes from, how it was judged, and
    how many themes were assessed. docs/export.md explains every column; so does the first sheet of the workbook.

    CSV is a folder with a file a table, for Excel too. Parquet is a folder a table, with a file a Place. JSON is one
    object a row, and is printed where no file is named. What was in those files is replaced once all is written.

    \b
    Examples:
      pbp export -o tables
      pbp export -o tables.xlsx
      pbp export northam --format json
      pbp export --format parquet -o tables --as-of today

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    target = target_of(format_, output)
    day = day_of(as_of) if as_of is not None else None
    root = open_root(workspace)
    target.refuse_sources(root)
    opened = Places(root)
    wanted = [known_place(opened.shared, place) for place in places or ()]
    shared, shelves = opened.shared, opened.shelves(wanted or None)
    elsewhere = tuple(one for one in shared.broken if one.place not in places) if places else ()
    with target.opened() as tables:
        exported = export_places(shelves, tables, day, () if places else shared.broken)
    tell_of_unread(replace(shared, broken=elsewhere))
    _tell(target, exported, cut=tables.cut if isinstance(tables, ExcelTables) else 0)


def _tell(target: Target, exported: Exported, cut: int) -> None:
    if exported.without:
        tell(f"without any assessment: {one_line(', '.join(exported.without))}")
    if cut:
        cells = "1 cell was" if cut == 1 else f"{cut:,} cells were"
        tell(f"{cells} too long for Excel and cut off; CSV, JSON and Parquet have them whole")
    if exported.private:
        names = one_line(", ".join(exported.private))
        tell(f"shared with nobody (share: private), so take care whom you give this to: {names}")
    if target.path is not None:
        tell(f"wrote {one_line(target.path.as_posix())}{'/' * target.is_folder}: {exported.in_words()}")
