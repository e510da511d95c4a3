"""Where everything stands on a slide of 960 by 540 points."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pbpmaturity.report.deck import fit
from pbpmaturity.report.deck.content import Block, Deck, Slide, Table
from pbpmaturity.report.deck.fit import Column, FittedTable
from pbpmaturity.report.deck.measure import LINE, clipped, text_height, text_width, wrapped_lines

WIDTH, HEIGHT = 960.0, 540.0
MARGIN, GUTTER = 36.0, 28.0
TITLE_TOP = 18.0
FOOTER_TOP, FOOTER_HEIGHT = 508.0, 22.0
NUMBER_WIDTH = 60.0
_ACROSS = WIDTH - 2 * MARGIN
_BODY_END = 500.0
_TITLE_SIZES = (28, 26, 24, 22, 20)
_SMALL_TITLE = 22
_FRAME = 5.0
_STRIP = 110.0
_BESIDE_TABLE = 16


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def end(self) -> float:
        return self.y + self.height

    def lowered(self, by: float) -> "Area":
        """Return what is left of the area below its first so many points."""
        return Area(self.x, self.y + by, self.width, self.height - by)


@dataclass(frozen=True, slots=True)
class TextBox:
    """A block of text in its place; a framed one has a line round it, and none of its text is a heading."""

    name: str
    area: Area
    block: Block
    size: int
    is_framed: bool = False


@dataclass(frozen=True, slots=True)
class TableBox:
    """A table in its place."""

    area: Area
    fitted: FittedTable


@dataclass(frozen=True, slots=True)
class Page:
    """A slide as it is drawn; its boxes are in the order in which they are read."""

    title: str
    title_size: int
    title_height: float
    boxes: tuple[TextBox | TableBox, ...]
    marking: str
    footer: str
    notes: tuple[str, ...]


def pages_of(deck: Deck) -> tuple[Page, ...]:
    """Return the slides of a deck with everything in its place, which is the same on each."""
    titles = [_title(slide.title) for slide in deck.slides]
    size = min(size for _, size in titles)
    height = max(text_height(title, size, _ACROSS - 4, bold=True) for title, _ in titles)
    return tuple(
        _page(deck, replace(slide, title=title), size, height)
        for slide, (title, _) in zip(deck.slides, titles, strict=True)
    )


def _page(deck: Deck, slide: Slide, title_size: int, title_height: float) -> Page:
    top = TITLE_TOP + title_height + 10
    banner = _banner(deck.banner, top)
    foot = _foot(slide.foot)
    top = banner[0].area.end + 10 if banner else top
    end = foot[0].area.y - 8 if foot else _BODY_END
    body = Area(MARGIN, top, _ACROSS, end - top)
    placed = _stages(slide, slide.table, body) if slide.table and slide.has_table_left else _columns(slide, body)
    footer = _footer(deck.marking, deck.title)
    return Page(slide.title, title_size, title_height, (*banner, *placed, *foot), deck.marking, footer, slide.notes)


def _title(text: str) -> tuple[str, int]:
    """Return a title in the largest size in which it takes one line, else two; cut where it takes more in any."""
    for size in _TITLE_SIZES:
        if len(wrapped_lines(text, size, _ACROSS - 4, bold=True)) <= (1 if size > _SMALL_TITLE else 2):
            return text, size
    size = _TITLE_SIZES[-1]
    most = len(text)
    while len(wrapped_lines(clipped(text, most), size, _ACROSS - 4, bold=True)) > 2:
        most -= 5
    return clipped(text, most), size


def _footer(marking: str, text: str) -> str:
    """Return what follows the marking at the foot, cut to what there is room for on its line."""
    room = _ACROSS - NUMBER_WIDTH - 4 - text_width(f"{marking}. ", fit.SMALLEST, bold=True)
    most = len(text)
    while text_width(clipped(text, most), fit.SMALLEST) > room:
        most -= 5
    return clipped(text, most)


def _banner(text: str, top: float) -> tuple[TextBox, ...]:
    if not text:
        return ()
    height = text_height(text, fit.SMALLEST, _ACROSS - 2 * _FRAME, bold=True) + 2 * _FRAME
    area = Area(MARGIN, top, _ACROSS, height)
    return (TextBox("Banner", area, Block(text, ()), fit.SMALLEST, is_framed=True),)


def _foot(text: str) -> tuple[TextBox, ...]:
    if not text:
        return ()
    block = Block("", (_in_lines(text, 3),))
    height = text_height(block.lines[0], fit.SMALLEST, _ACROSS)
    return (TextBox("Last line", Area(MARGIN, _BODY_END - height, _ACROSS, height), block, fit.SMALLEST),)


def _in_lines(text: str, most: int) -> str:
    """Return a text that takes so many lines at most across the slide; its end is kept, and its middle is cut."""
    start, stop, end = text.partition("; matrix ")
    length = len(start)
    while length > 20 and len(wrapped_lines(f"{clipped(start, length)}{stop}{end}", fit.SMALLEST, _ACROSS)) > most:
        length -= 5
    return f"{clipped(start, length)}{stop}{end}"


def _columns(slide: Slide, body: Area) -> tuple[TextBox | TableBox, ...]:
    """Return two columns of blocks, the right one with the slide's table below, if it has one."""
    if slide.table is None:
        return _balanced(slide, body)
    left, right = _beside(body, 0.42)
    size, (at_left, at_right) = fit.fitted([_column(slide.left, left), _column(slide.right, right)])
    size = min(size, _BESIDE_TABLE)
    placed = [*_stacked(at_left, left, size)]
    above = _stacked(at_right, right, size)
    room = right.lowered(above[-1].area.end - right.y + fit.BLOCK_GAP if above else 0)
    return (*placed, *above, *_table(slide.table, room, min(size + 2, _BESIDE_TABLE)))


def _balanced(slide: Slide, body: Area) -> tuple[TextBox | TableBox, ...]:
    """Return two columns of blocks in their order, divided where most of them fit, or else as the slide has them."""
    everything = (*slide.left, *slide.right)
    places = [len(slide.left) or 1, *range(1, len(everything))]
    tries = []
    for share in (0.56, 0.5):
        areas = _beside(body, share)
        for at in places:
            parts = (everything[:at], everything[at:])
            tries.append(([_column(part, area) for part, area in zip(parts, areas, strict=True)], areas))
    columns, areas = max(tries, key=lambda one: (fit.largest_size(one[0]) or 0, min(0, -fit.overflow(one[0]))))
    size, shown = fit.fitted(columns)
    return tuple(box for column, area in zip(shown, areas, strict=True) for box in _stacked(column, area, size))


def _beside(body: Area, share: float) -> tuple[Area, Area]:
    """Return two areas beside each other, the left one with so much of the width."""
    width = (body.width - GUTTER) * share
    return replace(body, width=width), replace(body, x=body.x + width + GUTTER, width=body.width - GUTTER - width)


def _column(found: tuple[Block, ...], area: Area) -> Column:
    return Column(found, area.width, area.height)


def _stacked(column: Column, area: Area, size: int) -> list[TextBox | TableBox]:
    boxes: list[TextBox | TableBox] = []
    y = area.y
    for block in column.blocks:
        height = fit.block_height(block, size, area.width)
        boxes.append(TextBox(block.heading, Area(area.x, y, area.width, height), block, size))
        y += height + fit.BLOCK_GAP
    return boxes


def _table(table: Table, room: Area, largest: int) -> Iterator[TextBox | TableBox]:
    yield from _placed(fit.table_that_fits(table, room.width, room.height, largest), room)


def _placed(fitted: FittedTable, room: Area) -> Iterator[TextBox | TableBox]:
    area = Area(room.x, room.y, sum(fitted.widths), fitted.height)
    yield TableBox(area, fitted)
    line = fit.more_line(fitted)
    if line:
        height = text_height(line, fitted.size, room.width)
        below = Area(room.x, area.end + 2 * fit.LINE_GAP, room.width, height)
        yield TextBox(f"{fitted.table.name}: more", below, Block("", (line,)), fitted.size)


def _stages(slide: Slide, table: Table, body: Area) -> tuple[TextBox | TableBox, ...]:
    """Return the table of stages with what is said of them beside it; below two tables where one is too long."""
    left, right = _beside(body, 0.64)
    found = fit.whole_tables([table], left.width, left.height, _BESIDE_TABLE)
    if not found or found[0].cell_top < fit.CELL_TOP:
        return _in_halves(slide, table, body)
    (whole,) = found
    below = left.lowered(whole.height + fit.BLOCK_GAP)
    size, (at_left, at_right) = fit.fitted([_column(slide.left, below), _column(slide.right, right)])
    table_box = TableBox(replace(left, height=whole.height), whole)
    size = min(size, _BESIDE_TABLE)
    return (table_box, *_stacked(at_left, below, size), *_stacked(at_right, right, size))


def _in_halves(slide: Slide, table: Table, body: Area) -> tuple[TextBox | TableBox, ...]:
    """Return two tables side by side without the change in words, and below them a strip of what is said."""
    count = len(slide.right)
    width = (body.width - GUTTER * (count - 1)) / count
    _, columns = fit.fitted([Column((block,), width, _STRIP) for block in slide.right])
    strip = max(fit.blocks_height(column.blocks, fit.SMALLEST, width) for column in columns)
    room = Area(body.x, body.y, (body.width - GUTTER) / 2, body.height - strip - fit.BLOCK_GAP)
    boxes = _halves(table, room)
    for at, column in enumerate(columns):
        x = body.x + at * (width + GUTTER)
        boxes += _stacked(column, Area(x, body.end - strip, width, strip), fit.SMALLEST)
    return tuple(boxes)


def _halves(table: Table, room: Area) -> list[TextBox | TableBox]:
    """Return a table in two, with as many of its rows as both have room for."""
    heads = min(len(table.heads), 3)
    narrow = replace(table, heads=table.heads[:heads], rows=tuple(row[:heads] for row in table.rows))
    second = replace(room, x=room.x + room.width + GUTTER)
    for count in range(len(table.rows), 1, -1):
        left_out = len(table.rows) - count
        height = room.height - (fit.SMALLEST * LINE + 2 * fit.LINE_GAP if left_out else 0)
        if found := fit.whole_tables(_split(narrow, count), room.width, height, 14):
            first, last = found
            return [*_placed(first, room), *_placed(replace(last, left_out=left_out), second)]
    return [*_table(narrow, room, fit.SMALLEST)]


def _split(table: Table, count: int) -> tuple[Table, Table]:
    middle = (count + 1) // 2
    return (
        replace(table, name=f"{table.name}, first part", rows=table.rows[:middle]),
        replace(table, name=f"{table.name}, second part", rows=table.rows[middle:count]),
    )
