"""An Excel workbook: a sheet that explains every column, and a sheet a table, written row by row."""

import datetime
import errno
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from pbpmaturity.errors import UsageError
from pbpmaturity.exchange.cells import cell_text
from pbpmaturity.exchange.columns import STAGES_ARE_AN_ORDER, TABLES, Column, Kind, TableDefinition
from pbpmaturity.exchange.tidy import Rows, Value
from pbpmaturity.exchange.undated import DAY, write_undated
from pbpmaturity.exchange.workbook import needs_openpyxl

if TYPE_CHECKING:
    from openpyxl.cell import Cell

    Sheet = Any  # openpyxl's types leave out what its write-only sheets share with others

EXPLANATION = "Columns"
MOST_ROWS = 1_048_576
"""The rows of a sheet, its header among them."""
LONGEST = 32_767
"""The longest text of a cell, in the units of UTF-16."""
CUT = " [cut off here: too long for Excel]"

_HEADINGS = ("table", "column", "kind", "meaning", "empty when")
_WIDTHS: dict[Kind, int] = {"text": 18, "whole number": 12, "number": 12, "true or false": 12, "date": 12}
_WIDE = ("summary", "rationale", "dissent", "statement", "title", "action", "organisations", "not_comparable_because")
_FIRST_EXCEL_DAY = datetime.date(1900, 3, 1)  # before it Excel counts a day that there never was
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class ExcelTables:
    """Writes rows as they come, and the workbook when all have; `cut` counts the cells that were too long for Excel."""

    def __init__(self, file: BinaryIO) -> None:
        needs_openpyxl("export CSV, which needs none")
        from openpyxl import Workbook

        self.cut = 0
        self._file = file
        self._book = Workbook(write_only=True)
        self._book.properties.creator, self._book.properties.title = "pbp", "Maturity assessments"
        self._book.properties.created = DAY
        self._count = dict.fromkeys(TABLES, 1)
        try:
            self._explain()
            self._sheets = {name: self._sheet(table) for name, table in TABLES.items()}
        except BaseException:
            self.close()
            raise

    def add(self, place: str, rows: Rows) -> None:
        """Write a Place's rows; UsageError if a table has more than a sheet can hold."""
        for name, found in rows.items():
            self._count[name] += len(found)
            if self._count[name] > MOST_ROWS:
                raise UsageError(
                    f"the table {name} has more than the {MOST_ROWS:,} rows that a sheet of Excel can hold",
                    "name the Places to export, or use --format csv or parquet",
                )
            sheet = self._sheets[name]
            for row in found:
                sheet.append([self._cell(sheet, value) for value in row])

    def finish(self) -> None:
        """Write the workbook, the same bytes for the same rows."""
        for name, sheet in self._sheets.items():
            sheet.auto_filter.ref = f"A1:{_letter(len(TABLES[name].columns))}{self._count[name]}"
        with tempfile.TemporaryFile() as dated:
            self._book.save(dated)
            dated.seek(0)
            write_undated(dated, self._file)

    def close(self) -> None:
        """End the sheets of a workbook that nothing comes of; Python would complain of them when it ends."""
        for sheet in self._book.worksheets:
            with suppress(Exception):  # one that was interrupted within a row cannot be ended, and need not be
                if not sheet.closed:
                    sheet.close()
            for stream in (getattr(sheet, "_rows", None), getattr(getattr(sheet, "_writer", None), "xf", None)):
                with suppress(Exception):  # on a full disk they fail once more, which Python would tell of later
                    if stream is not None:
                        stream.close()

    def _explain(self) -> None:
        sheet = self._new_sheet(EXPLANATION, (16, 26, 14, 90, 50))
        self._append_bold(sheet, _HEADINGS)
        self._append_text(sheet, ("every table", "", "", STAGES_ARE_AN_ORDER, ""))
        for table in TABLES.values():
            self._append_text(sheet, (table.name, "", "", f"One row for each: {table.row}.", ""))
            for one in table.columns:
                self._append_text(sheet, (table.name, one.name, one.kind, one.meaning, one.empty or "never"))
        sheet.auto_filter.ref = f"A1:{_letter(len(_HEADINGS))}{_explained_rows()}"

    def _sheet(self, table: TableDefinition) -> "Sheet":
        sheet = self._new_sheet(table.name, [_width(one) for one in table.columns])
        self._append_bold(sheet, table.column_names)
        return sheet

    def _new_sheet(self, title: str, widths: Iterable[int]) -> "Sheet":
        sheet: Sheet = self._book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, width in enumerate(widths, 1):
            sheet.column_dimensions[_letter(place)].width = width
        return sheet

    def _append_bold(self, sheet: "Sheet", texts: Iterable[str]) -> None:
        from openpyxl.styles import Font

        cells = [self._text(sheet, text) for text in texts]
        for cell in cells:
            cell.font = Font(bold=True)
        sheet.append(cells)

    def _append_text(self, sheet: "Sheet", texts: Iterable[str]) -> None:
        from openpyxl.styles import Alignment

        cells = [self._text(sheet, text) for text in texts]
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(cells)

    def _cell(self, sheet: "Sheet", value: Value) -> "Cell | Value":
        if isinstance(value, str):
            return self._text(sheet, value)
        if isinstance(value, datetime.date):
            return self._date(sheet, value)
        return value

    def _text(self, sheet: "Sheet", text: str) -> "Cell":
        """Return a cell that is text whatever it holds, also when somebody edits it."""
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(sheet)
        cell.value = self._fitting(_ESCAPE.sub("_x005F_", cell_text(text)))
        cell.data_type = "s"
        cell.number_format = "@"
        return cell

    def _date(self, sheet: "Sheet", day: datetime.date) -> "Cell":
        from openpyxl.cell import WriteOnlyCell

        if day < _FIRST_EXCEL_DAY:
            return self._text(sheet, day.isoformat())
        cell = WriteOnlyCell(sheet, datetime.datetime(day.year, day.month, day.day))
        cell.number_format = "yyyy-mm-dd"
        return cell

    def _fitting(self, text: str) -> str:
        """Return a text that Excel's cells have room for, its end cut off and marked where it is too long."""
        if len(text) <= LONGEST // 2 or len(text.encode("utf-16-le")) <= LONGEST * 2:
            return text
        self.cut += 1
        room = (LONGEST - len(CUT)) * 2
        return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


@contextmanager
def refusals_of_the_disk() -> Iterator[None]:
    """Let what lxml, where openpyxl uses it, says of a full disk be the system's error that it is."""
    try:
        yield
    except Exception as error:
        if type(error).__name__ != "SerialisationError":
            raise
        number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
        raise OSError(number, os.strerror(number)) from None


def _width(column: Column) -> int:
    return 60 if column.name in _WIDE else max(_WIDTHS[column.kind], len(column.name) + 4)


def _explained_rows() -> int:
    return 2 + sum(1 + len(table.columns) for table in TABLES.values())


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place))
