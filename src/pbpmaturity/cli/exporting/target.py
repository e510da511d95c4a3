"""Where an export goes, and in which format: what the options say, and what is refused before anything is read."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from pbpmaturity.cli.document import is_for_screen
from pbpmaturity.cli.output import emit
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.exchange.columns import TABLES
from pbpmaturity.exchange.csv_tables import CsvTables, csv_name
from pbpmaturity.exchange.excel_tables import ExcelTables, refusals_of_the_disk
from pbpmaturity.exchange.json_lines import JsonLines
from pbpmaturity.exchange.parquet_tables import ParquetTables, parquet_name
from pbpmaturity.exchange.tidy import Rows
from pbpmaturity.workspace.outgoing import written_folder
from pbpmaturity.workspace.save import refuse_source, written_file

Format = Literal["csv", "xlsx", "json", "parquet"]

_ENDINGS: dict[str, Format] = {".xlsx": "xlsx", ".json": "json", ".jsonl": "json", ".ndjson": "json"}
_OF_FILES = (*_ENDINGS, ".csv", ".tsv", ".xls", ".xlsm", ".txt", ".zip")
_CHUNK = 1 << 20


class Tables(Protocol):
    """What writes the rows of one Place after another, in some format."""

    def add(self, place: str, rows: Rows) -> None:
        """Write a Place's rows."""

    def finish(self) -> None:
        """Write what is left to write."""


@dataclass(frozen=True, slots=True)
class Target:
    """A format, and the file or folder that it goes to; none for the screen."""

    format: Format
    path: Path | None

    @property
    def is_folder(self) -> bool:
        return self.format in ("csv", "parquet")

    def refuse_sources(self, root: Path) -> None:
        """Refuse to write over a workspace's own files, or among them."""
        hint = "choose a place elsewhere with -o"
        for path in self._paths():
            refuse_source(path, root, named=self.path, hint=hint)

    @contextmanager
    def opened(self) -> Iterator[Tables]:
        """Yield what writes the tables; they are there, whole, once nothing went wrong, and else what was there is."""
        if self.path is None:
            with tempfile.TemporaryFile() as kept:
                yield JsonLines(kept)
                kept.seek(0)
                _print(kept)
        elif self.is_folder:
            with written_folder(self.path, self._ours_in) as open_file:
                yield CsvTables(open_file) if self.format == "csv" else ParquetTables(open_file)
        elif self.format == "xlsx":
            with written_file(self.path) as file, refusals_of_the_disk(), closing(ExcelTables(file)) as tables:
                yield tables
        else:
            with written_file(self.path) as file:
                yield JsonLines(file)

    def _ours_in(self, folder: Path) -> list[str]:
        """Return an earlier export's parts: Places that are not in this one must not stay among those of Parquet."""
        patterns = [parquet_name(table, "*") for table in TABLES] if self.format == "parquet" else []
        return [path.relative_to(folder).as_posix() for pattern in patterns for path in folder.glob(pattern)]

    def _paths(self) -> list[Path]:
        if self.path is None:
            return []
        if self.format == "csv":
            return [self.path / csv_name(table) for table in TABLES]
        if self.format == "parquet":
            return [self.path / parquet_name(table, "x") for table in TABLES]
        return [self.path]


def target_of(format_: Format | None, output: Path | None) -> Target:
    """Return where an export goes; UsageError if the options do not say it, or contradict each other."""
    path = None if is_for_screen(output) else output
    chosen = format_ or _format_of(path)
    target = Target(chosen, path)
    if path is None:
        if chosen != "json":
            raise UsageError(
                f"{chosen} cannot be printed: say where it goes with -o",
                f"as in: pbp export --format {chosen} -o {'tables.xlsx' if chosen == 'xlsx' else 'tables'}",
            )
        return target
    ending = path.suffix.lower()
    if target.is_folder and ending in _OF_FILES and not path.is_dir():
        raise UsageError(
            f"{quoted(path.name)} is named as a file, and {chosen} is a folder with a file for each table",
            f"name a folder, as in: pbp export --format {chosen} -o {path.stem or 'tables'}",
        )
    if chosen == "xlsx" and ending != ".xlsx":
        raise UsageError(f"{quoted(path.name)} would not open in Excel", "name the file .xlsx")
    if not target.is_folder and path.is_dir():
        raise UsageError(f"{quoted(path.as_posix())} is a folder, and {chosen} is one file", "name a file with -o")
    return target


def _format_of(path: Path | None) -> Format:
    if path is None:
        raise UsageError(
            "an export is several tables: say where they go, or print them as JSON",
            "as in: pbp export -o tables, pbp export -o tables.xlsx, or pbp export --format json",
        )
    ending = path.suffix.lower()
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if not ending or ending == ".csv" or path.is_dir():
        return "csv"
    raise UsageError(
        f"the ending of {quoted(path.name)} does not tell the format",
        "name a folder for CSV, a file .xlsx or .json, or give --format",
    )


def _print(file: BinaryIO) -> None:
    while lines := file.readlines(_CHUNK):
        emit(b"".join(lines).decode())
