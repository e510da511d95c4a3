"""Text boxes, tables and the foot of a slide, as python-pptx writes them and as readers of screens need them."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.util import Pt

from pbpmaturity.report.charts import INK, stage_colours
from pbpmaturity.report.deck.fit import CELL_SIDE, INDENT, LINE_GAP, SMALLEST, FittedTable
from pbpmaturity.report.deck.layout import TableBox, TextBox
from pbpmaturity.report.deck.measure import clipped
from pbpmaturity.report.theme_view import Cell

if TYPE_CHECKING:
    from pptx.slide import Slide
    from pptx.table import _Cell
    from pptx.text.text import TextFrame, _Paragraph

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_HEAD_GREY, _LINE_GREY = "#e6e6e6", "#595959"
_SIDES = ("lnL", "lnR", "lnT", "lnB")


def add_text(slide: "Slide", box: TextBox) -> None:
    """Add a block of text: its heading in bold, then its lines."""
    area, block = box.area, box.block
    shape = slide.shapes.add_textbox(Pt(area.x), Pt(area.y), Pt(area.width), Pt(area.height))
    shape.name = clipped(box.name, 80)
    frame = shape.text_frame
    _prepare(frame)
    if box.is_framed:
        shape.line.color.rgb, shape.line.width = _colour(INK), Pt(1)
        frame.margin_left = frame.margin_right = Pt(5)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    texts = [(block.heading, True)] if block.heading else []
    texts += [(line, False) for line in block.lines]
    for at, (text, is_heading) in enumerate(texts):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        if block.heading and not box.is_framed:
            paragraph.space_after = Pt(LINE_GAP)
        if block.is_list and not is_heading:
            _bullet(paragraph)
        write(paragraph, text, box.size, bold=is_heading)


def add_table(slide: "Slide", box: TableBox) -> None:
    """Add a table whose first row and column are heads, with a text that says what it is."""
    fitted, area = box.fitted, box.area
    table_of, rows = fitted.table, fitted.table.rows
    frame: Any = slide.shapes.add_table(
        len(rows) + 1, len(table_of.heads), Pt(area.x), Pt(area.y), Pt(area.width), Pt(area.height)
    )
    frame.name = table_of.name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", table_of.description)
    table = frame.table
    table.first_row, table.first_col, table.horz_banding = True, True, False
    table._tbl.tblPr.find(f"{{{_A}}}tableStyleId").text = _NO_STYLE
    for column, width in zip(table.columns, fitted.widths, strict=True):
        column.width = Pt(width)
    for row, height in zip(table.rows, fitted.heights, strict=True):
        row.height = Pt(height)
    for column, head in enumerate(table_of.heads):
        _fill(table.cell(0, column), Cell(head, None), fitted, background=_HEAD_GREY, bold=True)
    for at, row in enumerate(rows, 1):
        _add_row([table.cell(at, column) for column in range(len(row))], row, fitted)


def add_foot(slide: "Slide", marking: str, footer: str, number: int) -> None:
    """Add the line at a slide's foot and its number, in the placeholders that the layout has for them."""
    field = '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr lang="en-GB" sz="1200"/>'
    parts = (
        ("ftr", 11, "Footer", '<a:endParaRPr lang="en-GB" sz="1200"/>'),
        ("sldNum", 12, "Slide number", f"{field}<a:t>{number}</a:t></a:fld>"),
    )
    for kind, index, name, run in parts:
        identifier = max(shape.shape_id for shape in slide.shapes) + 1
        shape: Any = parse_xml(
            f'<p:sp xmlns:p="{_P}" xmlns:a="{_A}"><p:nvSpPr><p:cNvPr id="{identifier}" name="{name}"/>'
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/>'
            f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{run}</a:p></p:txBody></p:sp>"
        )
        slide.shapes._spTree.append(shape)
    foot: Any = next(one for one in slide.placeholders if one.name == "Footer")
    write(foot.text_frame.paragraphs[0], f"{marking}. ", SMALLEST, bold=True)
    write(foot.text_frame.paragraphs[0], footer, SMALLEST)


def write(paragraph: "_Paragraph", text: str, size: float | None = None, *, bold: bool = False, ink: str = INK) -> None:
    """Write a text into a paragraph as one run of British English."""
    run = paragraph.add_run()
    run.text = re.sub(r"\s+", " ", text)
    run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
    if size is not None:
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = _colour(ink)


def _prepare(frame: "TextFrame") -> None:
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)


def _bullet(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Pt(INDENT)))
    properties.set("indent", str(-Pt(INDENT)))
    properties.append(parse_xml(f'<a:buFont xmlns:a="{_A}" typeface="Arial"/>'))
    properties.append(parse_xml(f'<a:buChar xmlns:a="{_A}" char="•"/>'))


def _add_row(cells: "Sequence[_Cell]", row: Sequence[Cell], fitted: FittedTable) -> None:
    colours = stage_colours(fitted.table.stages)
    is_bold = row[0].words == fitted.table.bold
    for cell, said in zip(cells, row, strict=True):
        shade = colours[said.position] if said.position is not None else None
        background, ink = (shade.background, shade.text) if shade else ("#ffffff", INK)
        _fill(cell, said, fitted, background=background, ink=ink, bold=is_bold)


def _fill(cell: Any, said: Cell, fitted: FittedTable, *, background: str, ink: str = INK, bold: bool = False) -> None:
    cell.margin_left = cell.margin_right = Pt(CELL_SIDE)
    cell.margin_top = cell.margin_bottom = Pt(fitted.cell_top)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = _colour(background)
    properties = cell._tc.get_or_add_tcPr()
    for at, side in enumerate(_SIDES):
        line = f'<a:solidFill><a:srgbClr val="{_LINE_GREY[1:]}"/></a:solidFill>'
        properties.insert(at, parse_xml(f'<a:{side} xmlns:a="{_A}" w="9525">{line}</a:{side}>'))
    write(cell.text_frame.paragraphs[0], said.words, fitted.size, bold=bold, ink=ink)


def _colour(value: str) -> Any:
    colour: Any = RGBColor
    return colour.from_string(value[1:].upper())
