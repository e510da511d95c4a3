"""A pptx file read back as tests need it: its shapes in reading order, their texts, and where they are."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from pptx import Presentation
from pptx.util import Pt

from pbpmaturity.report.deck.measure import LINE, wrapped_lines

MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True)
class Said:
    """A paragraph: its text, size in points, whether it is bold, how far in it is and the gap after it."""

    text: str
    size: float
    bold: bool
    indent: float
    after: float


def slides_of(data: bytes) -> list[Any]:
    """Return the slides of a file."""
    return list(Presentation(io.BytesIO(data)).slides)


def parts_of(data: bytes) -> dict[str, ElementTree.Element]:
    """Return every part of the file, as the XML that it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}


def paragraphs_of(frame: Any) -> Iterator[Said]:
    """Yield the paragraphs of a text frame; a size of 0 is one that is not given."""
    for paragraph in frame.paragraphs:
        sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
        properties = paragraph._p.find(f"{MAIN}pPr")
        indent = Pt(0) + int(properties.get("marL", 0)) if properties is not None else 0
        yield Said(
            paragraph.text,
            min(sizes, default=0),
            any(run.font.bold for run in paragraph.runs),
            indent / Pt(1),
            paragraph.space_after.pt if paragraph.space_after else 0,
        )


def height_of(frame: Any, width: float) -> float:
    """Return how high the text of a frame is in a column of so many points."""
    return sum(
        len(wrapped_lines(one.text, one.size, width - one.indent, bold=one.bold)) * one.size * LINE + one.after
        for one in paragraphs_of(frame)
    )


def broken_words(slide: Any) -> list[str]:
    """Return the words of a slide's tables that are broken, since they are wider than their columns."""
    return [
        word
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell, column in zip(row.cells, shape.table.columns, strict=True)
        for said in paragraphs_of(cell.text_frame)
        for word in said.text.split()
        if len(wrapped_lines(word, said.size, _room(cell, column), bold=said.bold)) > 1
    ]


def _room(cell: Any, column: Any) -> float:
    return (column.width - cell.margin_left - cell.margin_right) / Pt(1)


def box_of(shape: Any) -> tuple[float, float, float, float]:
    """Return where a shape begins and ends, in points: left, top, right, bottom."""
    left, top, width, height = (one / Pt(1) for one in (shape.left, shape.top, shape.width, shape.height))
    return left, top, left + width, top + height


def texts_of(shape: Any) -> list[str]:
    """Return what a shape says, a table cell by cell."""
    if shape.has_table:
        return [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return [one.text for one in paragraphs_of(shape.text_frame)] if shape.has_text_frame else []


def said_on(slide: Any) -> str:
    """Return all that a slide says."""
    return "\n".join(text for shape in slide.shapes for text in texts_of(shape))


def told(data: bytes) -> str:
    """Return a whole file as a text to compare: each slide's shapes in reading order, then what is said aloud."""
    lines = []
    for number, slide in enumerate(slides_of(data), 1):
        for shape in slide.shapes:
            lines += [f"[slide {number}, {shape.name}]"]
            if shape.has_table:
                described = shape._element.nvGraphicFramePr.cNvPr.get("descr")
                rows = [" | ".join(cell.text_frame.text for cell in row.cells) for row in shape.table.rows]
                lines += [f"({described})", *rows]
            else:
                lines += [f"{'- ' if one.indent else ''}{one.text}" for one in paragraphs_of(shape.text_frame)]
            lines += [""]
        lines += [f"[slide {number}, notes]", slide.notes_slide.notes_text_frame.text, ""]
    return "\n".join(lines)
