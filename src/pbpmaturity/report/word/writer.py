"""Writes a Word document from its beginning to its end: headings, paragraphs, bullets and numbered tables."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote, urlsplit

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from pbpmaturity.report.word import nodes
from pbpmaturity.report.word.nodes import Line, Piece, node
from pbpmaturity.report.word.tables import Sheet, table_of
from pbpmaturity.report.words import blocks_of

_ROOM = {("table", "Normal"): 8, ("table", "ListBullet"): 8, ("ListBullet", "Normal"): 4}
"""How many points lie between two things that would otherwise be too close."""
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Writer:
    """Adds to the end of a document; `width` is how wide its lines are, in cm."""

    def __init__(self, document: Document, width: float) -> None:
        self.width = width
        self._document = document
        self._body = document.element.body
        self._tables = 0
        self._last = ""

    def title(self, text: str) -> None:
        self.paragraph(text, "Title")

    def heading(self, level: int, text: str) -> None:
        self.paragraph(text, f"Heading{level}")

    def paragraph(self, line: Line, style: str = "Normal", *, keep: bool = False) -> None:
        """Add a paragraph; `keep` holds it on one page with what follows."""
        pieces = (line,) if isinstance(line, str) else line
        room = _ROOM.get((self._last, style))
        self._add(nodes.paragraph(style, *self._runs(pieces), keep=keep, above=room))
        self._last = style

    def text(self, text: str) -> None:
        """Add what people wrote, as the paragraphs that it has."""
        for block in blocks_of(text):
            self.paragraph(block)

    def bullets(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self.paragraph(line, "ListBullet")

    def table(self, sheet: Sheet) -> None:
        """Add a table below its number and caption."""
        self._tables += 1
        self.bare_table(replace(sheet, caption=f"Table {self._tables}: {sheet.caption}"))

    def bare_table(self, sheet: Sheet) -> None:
        """Add a table below its caption, without a number."""
        self.paragraph(sheet.caption, "Caption")
        self._add(table_of(sheet, nodes.on_one_line(sheet.caption)))
        self._last = "table"

    def _add(self, element: BaseOxmlElement) -> None:
        """Add an element before the section's own properties, which end the body."""
        self._body.insert(len(self._body) - 1, element)

    def _runs(self, pieces: Iterable[str | Piece]) -> Iterator[BaseOxmlElement]:
        for piece in pieces:
            if isinstance(piece, str):
                yield nodes.run(piece)
            elif piece.link is not None and (target := _address(piece.link)):
                yield self._link(piece.text, target)
            else:
                yield nodes.run(piece.text, *([node("b")] if piece.is_bold else []))

    def _link(self, text: str, target: str) -> BaseOxmlElement:
        id_ = self._document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = node("hyperlink", nodes.run(text, node("rStyle", val="Hyperlink")), history=1)
        link.set(qn("r:id"), id_)
        return link


def _address(link: str) -> str | None:
    """Return a web address as Word takes it; None for one that would make Word call the file damaged."""
    address = quote(_NO_ESCAPE.sub("%25", link), safe="%:/?#[]@!$&'()*+,;=~")
    try:
        parts = urlsplit(address)
        is_sound = bool(parts.hostname) and (parts.port or 0) >= 0 and "%" not in parts.netloc
    except ValueError:
        return None
    return address if is_sound and address.count("#") < 2 else None
