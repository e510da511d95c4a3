"""Excel workbooks, which are zips of XML: looked over and cut down first, and only then read by openpyxl."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.errors import PbpError, UnusableInput, UsageError
from pbpmaturity.exchange.marks import Marks, marks_of
from pbpmaturity.exchange.package import AGAIN, cut_down
from pbpmaturity.exchange.sheets import MOST_COLUMNS, Row, Score, Sheet, header_among, no_headers, too_large

if TYPE_CHECKING:
    from openpyxl import Workbook

_LAST_ROW = 1 << 20


def read_workbook(data: bytes, name: str, score: Score) -> Sheet:
    """Return the sheet of a workbook with the most headers that are of use, the first of them if several have."""
    needs_openpyxl()
    package = cut_down(data, name)
    book = _opened(package, name)
    shown = [place for place, sheet in enumerate(book.worksheets) if sheet.sheet_state == "visible"]
    tables = {place: table for place in shown if (table := _table(book, place, name)) is not None}
    if not tables:
        raise no_headers(name)
    best = max(tables, key=lambda place: score(tables[place].headers))
    title = book.worksheets[best].title
    notes = _notes([book.worksheets[place].title for place in shown], title)
    return replace(tables[best], notes=notes, title=title, marks=_marks(package, book, best, name))


def needs_openpyxl(otherwise: str = "save the sheet as CSV UTF-8") -> ModuleType:
    """Return openpyxl; UsageError with the command that installs it, and what to do otherwise, where it is missing."""
    try:
        import openpyxl
    except ImportError:
        raise UsageError(
            "Excel workbooks need a part of pbp that is not installed",
            'install it with: pip install "pbpmaturity[excel]" (on Windows: py -m pip install "pbpmaturity[excel]");'
            f" or {otherwise}",
        ) from None
    return openpyxl


def _opened(package: bytes, name: str) -> "Workbook":
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what was cut off, which holds no answers
            return load_workbook(io.BytesIO(package), read_only=True, data_only=True, keep_links=False)
    except Exception:  # a damaged workbook makes openpyxl raise anything, and its words may hold what a cell says
        raise _damaged(name) from None


def _table(book: "Workbook", place: int, name: str) -> Sheet | None:
    """Return a sheet as a table; None if nothing is in it."""
    found = header_among(_records(book, place, name))
    return Sheet(name, *found, lambda: _records(book, place, name)) if found else None


def _marks(package: bytes, book: "Workbook", place: int, name: str) -> Marks:
    """Return what is hidden and worked out in a sheet, which openpyxl does not tell where it only reads."""
    path = getattr(book.worksheets[place], "_worksheet_path")  # noqa: B009  the stubs do not know it
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            return marks_of(archive.read(path))
    except ValueError:
        raise _damaged(name) from None


def _records(book: "Workbook", place: int, name: str) -> Iterator[Row]:
    sheet = book.worksheets[place]
    sheet.reset_dimensions()  # what a sheet says of its own size may be a lie
    try:
        for number, row in enumerate(sheet.iter_rows(min_row=1, max_col=MOST_COLUMNS, values_only=True), 1):
            if number > _LAST_ROW:
                raise too_large(name, "its rows go on beyond the last that Excel has")
            yield number, row
    except PbpError:
        raise
    except Exception:  # as above
        raise _damaged(name) from None


def _notes(titles: list[str], read: str) -> tuple[str, ...]:
    others = [quoted(title) for title in titles if title != read]
    if not others:
        return ()
    more = f" and {len(others) - 5} more" if len(others) > 5 else ""
    return (f"of its sheets {quoted(read)} was read, and not {', '.join(others[:5])}{more}",)


def _damaged(name: str) -> PbpError:
    return UnusableInput(f'"{name}" cannot be read as an Excel workbook: it is damaged, or of another kind', hint=AGAIN)
