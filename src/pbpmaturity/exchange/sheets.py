"""Tables that people send in: bytes into cells of text, with rows and columns named as people see them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.errors import PbpError, UnusableInput
from pbpmaturity.exchange.marks import NO_MARKS, Marks

MAX_BYTES = 8 << 20
MOST_ROWS = 10_000
MOST_COLUMNS = 1_000
DEEPEST_HEADER = 100

Row = tuple[int, Sequence[object]]
"""A row's number, as people see it, and its cells as they came."""

Score = Callable[[Sequence[str]], int]
"""How many of a row of headers are of use; the table with the most is the one that is meant."""

_OLE = b"\xd0\xcf\x11\xe0"
_ENDINGS_OF_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb")
_AS_XLSX = "open it in Excel and save it as an Excel workbook (.xlsx), without a password, or as CSV UTF-8"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headers by column, and what its rows hold below them.

    `title` is the sheet's own name where a file has several.
    """

    name: str
    header_row: int
    headers: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    notes: tuple[str, ...] = ()
    title: str = ""
    marks: Marks = NO_MARKS

    @property
    def called(self) -> str:
        """How a message names it: by its file, and by its own name where it has one."""
        return f'sheet {quoted(self.title)} of "{self.name}"' if self.title else f'"{self.name}"'

    def lines(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the number and the cells, as text, of each row that is there, in the columns that have a header."""
        last: Sequence[object] | None = None
        for number, row in self.rows():
            if row is last or number <= self.header_row:  # the same again: a gap, which may be a million rows long
                continue
            last = row
            if all(value is None for value in row):
                continue
            if number > MOST_ROWS:
                raise too_large(self.name, f"it has more than {MOST_ROWS:,} rows")
            yield number, tuple(text_of(value) for value in row[: len(self.headers)])


def read_sheet(data: bytes, name: str, score: Score) -> Sheet:
    """Return the table that a file of CSV or Excel holds, told apart by its bytes; UnusableInput says what is wrong."""
    if len(data) > MAX_BYTES:
        raise too_large(name, f"it is over {MAX_BYTES >> 20} MiB")
    if not data.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise UnusableInput(f'"{name}" is empty', hint="give a file with a row of headers and a row for each person")
    if data.startswith(_OLE):
        raise _old_or_locked(data, name)
    if data.startswith(b"PK"):
        from pbpmaturity.exchange.workbook import read_workbook

        return read_workbook(data, name, score)
    if PurePath(name).suffix.lower() in _ENDINGS_OF_WORKBOOKS:
        raise UnusableInput(f'"{name}" is not an Excel workbook, whatever its name says', hint=_AS_XLSX)
    from pbpmaturity.exchange.delimited import read_delimited

    return read_delimited(data, name, score)


def header_among(rows: Iterator[Row]) -> tuple[int, tuple[str, ...]] | None:
    """Return the number and the texts of the first row that says anything; None if none near the top does."""
    for number, row in rows:
        if number > DEEPEST_HEADER:
            break
        texts = tuple(text_of(value) for value in row[:MOST_COLUMNS])
        if any(text.strip() for text in texts):
            return number, texts
    return None


def text_of(value: object) -> str:
    """Return a cell as the text that people see in it: nothing for an empty one, 2 for 2.0."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def column_letter(column: int) -> str:
    """Return how people name a column, which counts from 0: A, B, ... Z, AA."""
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(ord("A") + rest) + letters
        column -= 1
    return letters


def too_large(name: str, why: str) -> PbpError:
    """Return the error of a file that is larger than any gathering of views."""
    return UnusableInput(f'"{name}" is too large: {why}', hint="give the sheet with the answers alone")


def no_headers(name: str) -> PbpError:
    """Return the error of a file whose rows have no names for their columns."""
    return UnusableInput(f'"{name}" has no row of headers', hint="put the names of the themes into its first row")


def _old_or_locked(data: bytes, name: str) -> PbpError:
    is_locked = "EncryptedPackage".encode("utf-16-le") in data
    what = "is protected by a password" if is_locked else "is an old Excel file (.xls), or protected by a password"
    return UnusableInput(f'"{name}" {what}, so it cannot be read', hint=_AS_XLSX)
