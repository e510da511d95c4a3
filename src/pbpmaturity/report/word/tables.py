"""Tables in a Word document: fixed widths, a header row on every page, words in every cell, no merged cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement

from pbpmaturity.report.charts import Colour
from pbpmaturity.report.theme_view import Cell
from pbpmaturity.report.word.nodes import node, paragraph, run
from pbpmaturity.report.word.styles import twips_of_cm

_TOO_LONG_TO_HOLD = 1200
"""A row of so many characters may run on to the next page, since it might not fit on one."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a cell says; a stage has the colours of its place in the order, too."""

    text: str
    colour: Colour | None = None
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: what it is called, what it shows (for those who cannot see it), and how wide each column is in cm."""

    caption: str
    description: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Words | str]]
    widths: Sequence[float]


def stage_words(cell: Cell, colours: Sequence[Colour]) -> Words:
    """Return what a cell says of a theme's stage, in the stage's colours."""
    has_colour = cell.position is not None and cell.position < len(colours)
    return Words(cell.words, colours[cell.position] if has_colour and cell.position is not None else None)


def shares(total: float, parts: Sequence[float]) -> tuple[float, ...]:
    """Return the widths of columns, in cm, that share a total in these proportions."""
    return tuple(total * part / sum(parts) for part in parts)


def table_of(sheet: Sheet, title: str) -> BaseOxmlElement:
    """Return a table; its title and description are what a screen reader says of it."""
    widths = [twips_of_cm(width) for width in sheet.widths]
    properties = node(
        "tblPr",
        node("tblStyle", val="TableGrid"),
        node("tblW", w=sum(widths), type="dxa"),
        node("tblLayout", type="fixed"),
        node("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1),
        node("tblCaption", val=title),
        node("tblDescription", val=sheet.description),
    )
    grid = node("tblGrid", *(node("gridCol", w=width) for width in widths))
    heads = [Words(head, is_bold=True) for head in sheet.heads]
    body = [[Words(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows]
    rows = [_row(row, widths) for row in body]
    return node("tbl", properties, grid, _row(heads, widths, is_head=True), *rows)


def _row(cells: Sequence[Words], widths: Sequence[int], *, is_head: bool = False) -> BaseOxmlElement:
    holds = sum(len(cell.text) for cell in cells) < _TOO_LONG_TO_HOLD
    properties = [*([node("cantSplit")] if holds else []), *([node("tblHeader")] if is_head else [])]
    made = (_cell(cell, width, is_head=is_head) for cell, width in zip(cells, widths, strict=True))
    return node("tr", *([node("trPr", *properties)] if properties else []), *made)


def _cell(cell: Words, width: int, *, is_head: bool) -> BaseOxmlElement:
    colour = cell.colour
    fill = "EEF0F2" if is_head else colour.background.lstrip("#").upper() if colour else None
    shading = [node("shd", val="clear", color="auto", fill=fill)] if fill else []
    ink = [node("color", val=colour.text.lstrip("#").upper())] if colour else []
    style = "TableHeading" if is_head or cell.is_bold else "TableText"
    # The header row stays with the first row below it.
    words = paragraph(style, run(cell.text, *ink), keep=is_head)
    return node("tc", node("tcPr", node("tcW", w=width, type="dxa"), *shading, node("vAlign", val="center")), words)
