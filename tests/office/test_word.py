"""Word documents as LibreOffice lays them out: one side of A4, no text cut off."""

import re
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Pbp
from libre_office import LibreOffice
from pages import hostile_workspace
from papers import hard_workspaces
from word_files import WordFile

pytestmark = pytest.mark.office

FULLEST = (
    *("--as-of", "2026-03", "--test", "community-services-example"),
    *("--ask", "agree the two targets for shared data and for the use of resources"),
    *("--ask", "say by July who will lead on finance"),
    *("--ask", "note what the readiness test lists"),
)
LEFT_TO_RIGHT = [text for text in HOSTILE if text.isascii()]
WHERE = {"northam": RIVERSIDE, "oxfordshire": ROOT}


@pytest.fixture
def paper_of(pbp: Pbp, tmp_path: Path) -> Callable[..., Path]:
    """Make a Word document of a Place's paper."""

    def make(place: str, *arguments: str, at: Path | None = None) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.docx"
        outcome = pbp("report", place, *arguments, "-o", str(path), at=at or WHERE[place])
        assert outcome.code == 0, outcome.err
        return path

    return make


def test_the_page_is_one_side_of_a4(paper_of: Callable[..., Path], libre_office: LibreOffice) -> None:
    papers = [
        paper_of("northam", "--cut", "page", *FULLEST),
        paper_of("northam", "--cut", "page", "--for", "public", *FULLEST),
        paper_of("northam", "--cut", "page", *FULLEST[:4]),
        paper_of("oxfordshire", "--cut", "page"),
    ]
    for pdf in libre_office.pdfs(papers):
        about = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
        assert re.search(r"^Pages: +1$", about, re.MULTILINE), about
        assert re.search(r"^Page size: +595\.\d+ x 841\.\d+ pts \(A4\)$", about, re.MULTILINE), about
        assert re.search(r"^Title: +\w+: maturity self-assessment", about, re.MULTILINE), about


@pytest.mark.parametrize("name", ["northam", "hostile", *hard_workspaces()])
def test_no_text_is_cut_off(
    paper_of: Callable[..., Path], libre_office: LibreOffice, workspace: MakeWorkspace, name: str
) -> None:
    files = hostile_workspace("\n\n".join(LEFT_TO_RIGHT)) if name == "hostile" else hard_workspaces().get(name)
    root = workspace(files) if files else RIVERSIDE
    papers = [paper_of("northam", "--cut", cut, at=root) for cut in ("full", "page", "cover")]
    for paper, pdf in zip(papers, libre_office.pdfs(papers), strict=True):
        word = WordFile(paper.read_bytes())
        printed = squeezed(body_of(pdf, word))
        for line in word.text.splitlines():
            for words in line.strip("|#- ").split(" | "):
                missing = [part for part in parts_of(words) if squeezed(part) not in printed]
                assert len(missing) <= (len(words) > LONG_CELL and line.startswith("|")), missing


LONG_CELL = 1200
"""A row with so much in it runs over a page's end, where its other cells stand between its two halves."""


def parts_of(words: str) -> list[str]:
    return words.split(". ") if len(words) > LONG_CELL else [words]


def body_of(pdf: Path, word: WordFile) -> str:
    """Return the text of a PDF without what stands above and below each page."""
    above = squeezed(word.document.sections[0].header.paragraphs[0].text)
    pages = [squeezed(re.sub(r"Page \d+ of \d+\s*$", "", page)) for page in text_of(pdf).split("\f")]
    assert all(page.startswith(above) for page in pages[1:] if page), above
    return "".join(page.removeprefix(above) for page in pages)


@pytest.mark.parametrize(
    ("name", "most"), [("twenty-themes", 2), ("all-slipped", 2), ("seven-stages", 1), ("draft", 1)]
)
def test_a_paper_of_many_themes_or_stages_is_two_sides_at_most(
    paper_of: Callable[..., Path], libre_office: LibreOffice, workspace: MakeWorkspace, name: str, most: int
) -> None:
    root = workspace(hard_workspaces()[name])
    assert text_of(libre_office.pdf(paper_of("northam", "--cut", "page", at=root))).count("\f") <= most


def text_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout


def squeezed(text: str) -> str:
    """Return a text without what changes where a line or a page ends, or when a font joins letters."""
    return re.sub(r"[\s\-\u00ad]", "", unicodedata.normalize("NFKC", text))
