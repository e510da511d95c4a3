"""A report in Markdown is the same document in Word, whichever way pandoc reads it."""

import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Pbp
from docx import Document
from docx.table import Table
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pages import hostile_workspace

pytestmark = pytest.mark.office

REPORTS = {
    "northam": (RIVERSIDE, ["northam"]),
    "westmere": (RIVERSIDE, ["westmere"]),
    "oxfordshire": (ROOT, ["oxfordshire"]),
    "public": (RIVERSIDE, ["northam", "--for", "public", "--as-of", "2026-01", "--test", "community-services-example"]),
    "page": (RIVERSIDE, ["northam", "--cut", "page"]),
    "cover": (RIVERSIDE, ["northam", "--cut", "cover"]),
}
Block = tuple[str, Any]


@pytest.mark.parametrize("reader", ["gfm", "markdown"])
@pytest.mark.parametrize("name", [*REPORTS, "hostile"])
def test_every_table_heading_and_text_is_whole_in_word(
    pbp: Pbp, workspace: MakeWorkspace, pandoc_docx: Callable[..., Path], name: str, reader: str
) -> None:
    markdown = hostile_reports(pbp, workspace) if name == "hostile" else report(pbp, *REPORTS[name])
    expected = list(blocks_of_markdown(markdown))
    assert {"heading 2", "text", *([] if name == "cover" else ["heading 1", "table"])} <= {kind for kind, _ in expected}
    assert list(blocks_of_word(pandoc_docx(markdown, reader))) == expected


def test_what_word_opens_can_be_printed_whole(
    pbp: Pbp, pandoc_docx: Callable[..., Path], to_pdf: Callable[[Path], Path], to_png: Callable[[Path], list[Path]]
) -> None:
    markdown = report(pbp, *REPORTS["northam"])
    document = pandoc_docx(markdown)
    text = subprocess.run(["pdftotext", to_pdf(document), "-"], capture_output=True, text=True, check=True).stdout
    printed = squeezed(text)
    for kind, said in blocks_of_markdown(markdown):
        # Cells that lie side by side are printed line by line, so their words are looked for one at a time.
        for words in [word for row in said for cell in row for word in cell.split()] if kind == "table" else [said]:
            assert squeezed(words) in printed, words
    sheets = to_png(document)
    assert len(sheets) == text.count("\f") and all(sheet.stat().st_size > 1000 for sheet in sheets)


def squeezed(text: str) -> str:
    """Return a text without what changes where a line ends."""
    return re.sub(r"[\s-]", "", plain(text))


def report(pbp: Pbp, root: Path, arguments: list[str]) -> str:
    outcome = pbp("report", *arguments, "--format", "markdown", at=root)
    assert outcome.code == 0, outcome.err
    return outcome.out


def hostile_reports(pbp: Pbp, workspace: MakeWorkspace) -> str:
    """Return the reports of workspaces that are hostile in every text, one after another."""
    return "\n".join(report(pbp, workspace(hostile_workspace(text)), ["northam"]) for text in HOSTILE)


def blocks_of_markdown(markdown: str) -> Iterator[Block]:
    """Yield headings, texts and tables in order, each with the words that a reader sees."""
    tokens = iter(MarkdownIt("commonmark").enable("table").parse(markdown))
    kind = "text"
    for token in tokens:
        if token.type == "table_open":
            yield "table", rows_of(tokens)
        elif token.type in ("heading_open", "paragraph_open"):
            kind = f"heading {token.tag[1:]}" if token.type == "heading_open" else "text"
        elif token.type == "inline":
            yield kind, words_of(token)


def rows_of(tokens: Iterator[Token]) -> list[list[str]]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(words_of(token))
    return rows


def words_of(token: Token) -> str:
    return plain("".join(child.content or " " * (child.type == "softbreak") for child in token.children or []))


def blocks_of_word(path: Path) -> Iterator[Block]:
    """Yield headings, texts and tables of a Word document in order."""
    for block in Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            yield "table", [[plain(cell.text) for cell in row.cells] for row in block.rows]
        else:
            style = (block.style.name or "") if block.style else ""
            yield style.lower() if style.startswith("Heading") else "text", plain(block.text)


def plain(text: str) -> str:
    """Return a text as it is typed: pandoc composes accents, and makes apostrophes within words curly."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
