"""CSV as Excel, Forms and people save it: comma, semicolon or tab, UTF-8, UTF-16 or Windows-1252."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from pbpmaturity.errors import PbpError, UnusableInput
from pbpmaturity.exchange.sheets import Row, Score, Sheet, header_among, no_headers, too_large

_SEPARATORS = ",;\t"
_MOST_CELLS = 500_000
_MOST_LINES = 100_000  # empty ones too, which are passed over
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own first line, which it does not show
_AS_UTF8 = 'open it in Excel and save it as "CSV UTF-8 (comma delimited)"'


def read_delimited(data: bytes, name: str, score: Score) -> Sheet:
    """Return the table of a CSV file; its separator is the one that gives the most headers that are of use."""
    text, notes = _decoded(data, name)
    separators: Sequence[str] = _SEPARATORS
    if named := _NAMED.match(text):
        text, separators = text[named.end() :], named[1]
    if any(text.count(separator) > _MOST_CELLS for separator in separators):
        raise too_large(name, "it has too many cells")
    separator = max(separators, key=lambda one: _score(text, one, name, score))
    found = header_among(_records(text, separator, name))
    if found is None:
        raise no_headers(name)
    return Sheet(name, *found, lambda: _records(text, separator, name), notes)


def _score(text: str, separator: str, name: str, score: Score) -> int:
    """Return how many headers of use a separator gives; less than none if the text cannot be read with it."""
    try:
        found = header_among(_records(text, separator, name))
    except PbpError:
        return -1
    return score(found[1]) if found else 0


def _records(text: str, separator: str, name: str) -> Iterator[Row]:
    try:
        # Strict: without it a quotation mark that is never closed swallows all the rows that follow.
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, row in enumerate(reader, 1):
            if number > _MOST_LINES:
                raise too_large(name, f"it has more than {_MOST_LINES:,} lines")
            yield number, row
    except (csv.Error, TypeError, ValueError):
        raise UnusableInput(
            f'"{name}" cannot be read as CSV: a cell is too long, or a quotation mark is not closed', hint=_AS_UTF8
        ) from None


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text, and a note where its characters had to be guessed."""
    notes: tuple[str, ...] = ()
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnusableInput(f'"{name}" cannot be read: it is cut off, or damaged', hint=_AS_UTF8) from None
        text = data.decode("cp1252", "replace")
        notes = ("it is not UTF-8, so it was read as Windows-1252; look at letters with accents",)
    if "\0" in text:
        raise UnusableInput(f'"{name}" is not CSV: it holds NUL bytes', hint=_AS_UTF8)
    return text, notes
