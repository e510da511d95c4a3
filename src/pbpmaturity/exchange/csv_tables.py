"""A CSV file a table, as Excel opens it: UTF-8 with a byte order mark, and no text that becomes a formula."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Callable
from typing import BinaryIO

from pbpmaturity.exchange.cells import cell_text
from pbpmaturity.exchange.columns import TABLES
from pbpmaturity.exchange.tidy import Row, Rows, Value


class CsvTables:
    """Writes rows as they come; `open_file` opens a new file of a name."""

    def __init__(self, open_file: Callable[[str], BinaryIO]) -> None:
        self._files = {name: open_file(csv_name(name)) for name in TABLES}
        for name, file in self._files.items():
            file.write(BOM_UTF8 + _lines([TABLES[name].column_names]))

    def add(self, place: str, rows: Rows) -> None:
        """Write a Place's rows."""
        for name, found in rows.items():
            self._files[name].write(_lines(found))

    def finish(self) -> None:
        """End the files."""
        for file in self._files.values():
            file.close()


def csv_name(table: str) -> str:
    """Return the name of a table's file."""
    return f"{table}.csv"


def _lines(rows: list[Row] | list[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: Value) -> Value:
    if isinstance(value, str):
        return cell_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
