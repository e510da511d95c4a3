"""What the slides say, as plain values: blocks of text and a table each, and what is said aloud."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pbpmaturity.report.deck.measure import clipped
from pbpmaturity.report.theme_view import Cell

MORE = "in the full report"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with lines below it; `shorter` are lines to say instead where there is no room, the longest first.

    Without any of these a block gets shorter by saying less of each line, and then fewer lines; one that comes first
    does so only when all others have.
    """

    heading: str
    lines: tuple[str, ...]
    is_list: bool = False
    shorter: tuple[tuple[str, ...], ...] = ()
    comes_first: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a cell with a position is shaded as that stage of so many.

    `rest` is what rows left out are called, and `bold` a row that stands out.
    """

    name: str
    description: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rest: str
    stages: int = 0
    bold: str | None = None


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: a title, blocks at the left and right, and a table below those on its side."""

    title: str
    left: tuple[Block, ...]
    right: tuple[Block, ...]
    notes: tuple[str, ...]
    table: Table | None = None
    has_table_left: bool = False
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """Three slides, and what stands on each: the banner, and at the foot the marking and the title."""

    title: str
    subject: str
    banner: str
    marking: str
    slides: tuple[Slide, ...]


def blocks(*found: Block) -> tuple[Block, ...]:
    """Return those blocks that say anything, each line as one paragraph."""
    flat = (replace(one, lines=_flat(one.lines), shorter=tuple(_flat(lines) for lines in one.shorter)) for one in found)
    return tuple(one for one in flat if one.lines)


def flat_line(text: str) -> str:
    """Return a text without line breaks."""
    return " ".join(text.split())


def forms(block: Block) -> Iterator[Block]:
    """Yield a block as it is, and then ever shorter."""
    yield block
    shorter = block.shorter or _cut_down(block.lines)
    yield from (replace(block, lines=lines) for lines in shorter if lines != block.lines)


def and_more(count: int, what: str = "") -> str:
    """Return what is said of lines or rows that are left out: `and 3 more themes in the full report`."""
    return f"and {count} more {what} {MORE}" if what else f"and {count} more {MORE}"


def counted(count: int, what: str) -> str:
    """Return `1 theme` or `3 themes`."""
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def _flat(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(flat_line(line) for line in lines if line.strip())


def _cut_down(lines: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    if not lines:
        return
    for most in (360, 240, 160):
        yield tuple(clipped(line, most) for line in lines)
    for kept in range(len(lines) - 1, 0, -1):
        yield (*(clipped(line, 160) for line in lines[:kept]), and_more(len(lines) - kept))
    more = (and_more(len(lines) - 1),) if len(lines) > 1 else ()
    yield (clipped(lines[0], 80), *more)
