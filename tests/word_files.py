"""Word documents read back: their text line by line, their tables, and every byte of their parts."""

import io
import zipfile
from collections.abc import Iterator
from itertools import pairwise

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

_MARKS = {"Title": "", "Heading 1": "# ", "Heading 2": "## ", "Heading 3": "### ", "List Bullet": "- "}


class WordFile:
    """A docx file as its reader has it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.document = Document(io.BytesIO(data))

    @property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @property
    def everything(self) -> str:
        """Every part as text, so that nothing can be hidden in one."""
        return "\n".join(part.decode() for part in self.parts.values())

    @property
    def blocks(self) -> list[Paragraph | Table]:
        return list(self.document.iter_inner_content())

    @property
    def text(self) -> str:
        """What is written from the first line to the last, headings and bullets marked, tables as lines."""
        return "".join(f"{line}\n" for block in self.blocks for line in _lines(block))

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [
            (int(block.style.name[-1]), block.text)
            for block in self.blocks
            if isinstance(block, Paragraph) and block.style and (block.style.name or "").startswith("Heading")
        ]

    @property
    def captioned(self) -> list[tuple[Paragraph, Table]]:
        """The tables, each with what stands right above it."""
        found = []
        for above, block in pairwise(self.blocks):
            if isinstance(block, Table):
                assert isinstance(above, Paragraph)
                found.append((above, block))
        return found

    @property
    def links(self) -> list[tuple[str, str]]:
        """The text of each hyperlink and where it leads."""
        part = self.document.part
        return [
            ("".join(text.text or "" for text in link.iter(qn("w:t"))), part.rels[link.get(qn("r:id"))].target_ref)
            for link in self.document.element.body.iter(qn("w:hyperlink"))
        ]

    def section(self, heading: str) -> str:
        """Return the text below a heading of the first level."""
        return next(part for part in self.text.split("\n# ") if part.partition("\n")[0] == heading)


def _lines(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        mark = _MARKS.get((block.style.name if block.style else None) or "", "")
        yield ("\n" if mark.startswith("#") else "") + mark + block.text
        return
    for row in block._tbl.tr_lst:
        yield "| " + " | ".join("".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.tc_lst) + " |"
