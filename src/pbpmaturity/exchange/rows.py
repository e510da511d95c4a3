"""Which rows of a sheet may be people: those below the headers, down to the first blank one."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pbpmaturity.errors import PbpError, UnusableInput
from pbpmaturity.exchange.sheets import Sheet, column_letter

Hidden = Literal["keep", "drop"]
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A row that says something: its number and its cells as text. It shows nothing of itself."""

    number: int
    cells: tuple[str, ...] = field(repr=False)

    def cell(self, column: int) -> str:
        """Return what stands in a column, without blanks around it."""
        return self.cells[column].strip() if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows that are read, which of them are hidden, and how many stand below the blank row that ended it."""

    read: tuple[Line, ...] = field(repr=False)
    hidden: tuple[int, ...] = ()
    blank_row: int | None = None
    below: int = 0


def lines_of(sheet: Sheet) -> Lines:
    """Return the rows of a sheet below its headers; blank ones right below the headers do not end reading."""
    read: list[Line] = []
    blank_row: int | None = None
    below, before = 0, sheet.header_row
    for number, texts in sheet.lines():
        cells = _without_end(list(texts))
        if not cells:
            continue
        if read and blank_row is None and number > before + 1:
            blank_row = before + 1
        before = number
        if blank_row is None:
            read.append(Line(number, cells))
        else:
            below += 1
    hidden = tuple(line.number for line in read if line.number in sheet.marks.hidden_rows)
    return Lines(tuple(read), hidden, blank_row, below)


def _without_end(cells: list[str]) -> tuple[str, ...]:
    """Return the cells of a row up to the last that says something."""
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def refuse_hidden(sheet: Sheet, lines: Lines, columns: Iterable[int]) -> None:
    """Refuse rows, and columns of themes, that nobody sees: the file does not say whether they are meant to count."""
    hidden = [column_letter(at) for at in columns if sheet.marks.hides_column(at)]
    if not lines.hidden and not hidden:
        return
    found = [f"hidden {named('row', [str(number) for number in lines.hidden])}"] if lines.hidden else []
    found += [f"hidden {named('column', hidden)}, which is about a theme"] if len(hidden) == 1 else []
    found += [f"hidden {named('column', hidden)}, which are about themes"] if len(hidden) > 1 else []
    raise UnusableInput(
        f"{sheet.called} hides some of its answers, by a filter or by hand, so nothing was written",
        tuple(found),
        "leave out what is hidden with --hidden drop, or count it with --hidden keep",
    )


def folded(text: str) -> str:
    """Return a text without capitals, wide forms and doubled blanks, so that what says the same is the same."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def named(what: str, names: Sequence[str]) -> str:
    """Return rows or columns as words: `row 4`, `rows 4, 6`; long lists are cut."""
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return f"{what if len(names) == 1 else f'{what}s'} {', '.join(names[:MOST_LISTED])}{more}"


def listed(found: Sequence[str]) -> tuple[str, ...]:
    """Return what was found as the lines of a message; long lists are cut."""
    more = (f"and {len(found) - MOST_LISTED} more",) if len(found) > MOST_LISTED else ()
    return (*found[:MOST_LISTED], *more)


def refused(sheet: Sheet, what: str, found: Sequence[str], hint: str) -> PbpError:
    """Return the error of a sheet, with the rows that are concerned."""
    return UnusableInput(f"{sheet.called} {what}, so nothing was written", listed(found), hint)
