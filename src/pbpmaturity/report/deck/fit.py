"""Blocks of text and tables made to fit: first smaller, then shorter, and never outside their place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pbpmaturity.report.deck.content import Block, Table, and_more, forms
from pbpmaturity.report.deck.measure import LINE, clipped, text_height, text_width, width_for
from pbpmaturity.report.theme_view import Cell

SIZES = (18, 16, 15, 14, 13, 12)
"""The sizes that text is tried in, in points; the last is the smallest there is."""
SMALLEST = SIZES[-1]
INDENT = 14.0
CELL_SIDE, CELL_TOP = 5.0, 3.0
_CLOSE = 1.0
LINE_GAP, BLOCK_GAP = 3.0, 12.0
_SHARE, _MOST_SHARE = 0.54, 0.6


@dataclass(frozen=True, slots=True)
class FittedTable:
    """A table in a size, with its widths and heights in points (the heads' first) and how many rows it leaves out."""

    table: Table
    size: int
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cell_top: float = CELL_TOP
    breaks_words: bool = False
    left_out: int = 0

    @property
    def height(self) -> float:
        return sum(self.heights)


def block_height(block: Block, size: int, width: float) -> float:
    """Return the height of a block in a column."""
    room = width - INDENT if block.is_list else width
    lines = sum(text_height(line, size, room) + LINE_GAP for line in block.lines)
    return text_height(block.heading, size, width, bold=True) + LINE_GAP + lines


def blocks_height(blocks: Sequence[Block], size: int, width: float) -> float:
    """Return the height of blocks below one another, with the gaps between them."""
    return sum(block_height(block, size, width) for block in blocks) + BLOCK_GAP * max(0, len(blocks) - 1)


@dataclass(frozen=True, slots=True)
class Column:
    """Blocks below one another, and the room that there is for them."""

    blocks: tuple[Block, ...]
    width: float
    height: float

    def fits(self, size: int) -> bool:
        return not self.blocks or blocks_height(self.blocks, size, self.width) <= self.height


def largest_size(columns: Sequence[Column]) -> int | None:
    """Return the largest size in which all columns fit as they are; None if there is none."""
    return next((size for size in SIZES if all(one.fits(size) for one in columns)), None)


def overflow(columns: Sequence[Column]) -> float:
    """Return how much of the columns there is too much, in the smallest size; below nothing if there is room."""
    return max(blocks_height(one.blocks, SMALLEST, one.width) - one.height for one in columns)


def fitted(columns: Sequence[Column]) -> tuple[int, list[Column]]:
    """Return columns in the largest size that all fit in; where none is small enough, with blocks made shorter."""
    shown = [replace(one, blocks=_shortened(one)) for one in columns]
    return largest_size(shown) or SMALLEST, shown


def _shortened(column: Column) -> tuple[Block, ...]:
    """Return blocks shortened until they fit: each time the tallest says less, those that come first at the end."""
    blocks, size, width, height = column.blocks, SMALLEST, column.width, column.height
    shown = list(blocks)
    shorter = [forms(block) for block in blocks]
    for each in shorter:
        next(each)
    open_ = set(range(len(shown)))
    while open_ and blocks_height(shown, size, width) > height:
        tallest = max(sorted(open_), key=lambda at: (not shown[at].comes_first, block_height(shown[at], size, width)))
        following = next(shorter[tallest], None)
        if following is None:
            open_.remove(tallest)
        else:
            shown[tallest] = following
    return tuple(shown)


def whole_tables(tables: Sequence[Table], width: float, height: float, largest: int) -> list[FittedTable]:
    """Return tables with all of their rows in the largest size that all fit in, then set closer; none if none does.

    A size in which no word is broken comes before a larger one in which words are.
    """
    broken: list[FittedTable] = []
    for size, cell_top in (*((size, CELL_TOP) for size in SIZES if size <= largest), (SMALLEST, _CLOSE)):
        found = [_laid_out(table, width, size, cell_top) for table in tables]
        if all(one.height <= height for one in found):
            if not any(one.breaks_words for one in found):
                return found
            broken = broken or found
    return broken


def table_that_fits(table: Table, width: float, height: float, largest: int) -> FittedTable:
    """Return a table that fits; where its rows do not, their text is cut and then there are fewer of them."""
    if whole := whole_tables([table], width, height, largest):
        return whole[0]
    for most in (240, 160, 100):
        cut = _laid_out(_clipped(table, most), width, SMALLEST)
        if cut.height <= height:
            return cut
    cut_down = _clipped(table, 100)
    rows = list(cut_down.rows)
    while len(rows) > 1:
        rows.pop()
        left_out = len(table.rows) - len(rows)
        fewer = replace(_laid_out(replace(cut_down, rows=tuple(rows)), width, SMALLEST), left_out=left_out)
        if fewer.height + more_height(fewer, width) <= height:
            return fewer
    return _laid_out(replace(_clipped(table, 40), rows=tuple(rows)), width, SMALLEST)


def more_line(fitted: FittedTable) -> str:
    """Return what is said below a table of the rows that it leaves out; nothing if of none."""
    return and_more(fitted.left_out, fitted.table.rest) if fitted.left_out else ""


def more_height(fitted: FittedTable, width: float) -> float:
    """Return the height of the line below a table, with the gap before it."""
    line = more_line(fitted)
    return text_height(line, fitted.size, width) + 2 * LINE_GAP if line else 0


def _laid_out(table: Table, width: float, size: int, cell_top: float = CELL_TOP) -> FittedTable:
    widths = _widths(table, width, size)
    heads = [Cell(head, None) for head in table.heads]
    lines = [_row_height(heads, widths, size, bold=True)]
    lines += [_row_height(row, widths, size, bold=row[0].words == table.bold) for row in table.rows]
    heights = tuple(height + 2 * cell_top for height in lines)
    breaks = any(need > width for need, width in zip(_needs(table, _longest_word, size), widths, strict=True))
    return FittedTable(table, size, widths, heights, cell_top, breaks)


def _widths(table: Table, width: float, size: int) -> tuple[float, ...]:
    """Return the columns' widths: what the later ones need, up to a share of all, and the rest for the first.

    Each is as wide as its longest word, unless these are too long for the table together.
    """
    least = _needs(table, _longest_word, size)
    if sum(least) > width:
        least = [min(width / len(least), each) for each in least]
    first, *needed = _needs(table, str, size)
    if sum(needed) > max(width * _MOST_SHARE, width - first):
        share = width * _SHARE / len(needed)
        needed = [max(word, min(share, each)) for word, each in zip(least[1:], needed, strict=True)]
    too_much, spare = sum(needed) - (width - least[0]), sum(needed) - sum(least[1:])
    if too_much > 0 and spare > 0:
        needed = [each - (each - word) * too_much / spare for word, each in zip(least[1:], needed, strict=True)]
    return (width - sum(needed), *needed)


def _needs(table: Table, part: Callable[[str], str], size: int) -> list[float]:
    """Return how wide each column must be for a part of each of its texts to stay on one line."""
    rows = (table.heads, *([cell.words for cell in row] for row in table.rows))
    return [
        max(width_for(part(row[at]), size, bold=True) for row in rows) + 2 * CELL_SIDE for at in range(len(table.heads))
    ]


@lru_cache(maxsize=4096)
def _longest_word(text: str) -> str:
    return max(text.split(), key=lambda word: text_width(word, 1, bold=True), default="")


def _row_height(row: Sequence[Cell], widths: Sequence[float], size: int, *, bold: bool) -> float:
    heights = (
        text_height(cell.words, size, width - 2 * CELL_SIDE, bold=bold) for cell, width in zip(row, widths, strict=True)
    )
    return max(*heights, size * LINE)


def _clipped(table: Table, most: int) -> Table:
    heads = tuple(clipped(head, most) for head in table.heads)
    rows = tuple(tuple(Cell(clipped(cell.words, most), cell.position) for cell in row) for row in table.rows)
    return replace(table, heads=heads, rows=rows)
