"""Slides as LibreOffice lays them out: three pages, every word there, and no line on another."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, MakeWorkspace, Pbp
from decks import CASES
from libre_office import LibreOffice
from pages import hostile_workspace
from slides import said_on, slides_of

from pbpmaturity.report.slides import slide_deck

pytestmark = pytest.mark.office
FULLEST = (
    *("--as-of", "2026-03", "--test", "community-services-example"),
    *("--ask", "agree how the analyst's work will be replaced"),
    *("--ask", "say by July who will lead on finance"),
)
FOOT = 508.0


@dataclass(frozen=True)
class Line:
    """A line of text where a page has it, in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def lies_on(self, other: "Line") -> bool:
        """Say whether two lines share more than the gap between the lines of a paragraph."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 3


@pytest.fixture(scope="module")
def decks(libre_office: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, Path]]:
    """Return each case as the file that it is and as a PDF."""
    folder = tmp_path_factory.mktemp("decks")
    files = {name: slide_deck(make(), "0.0") for name, make in CASES.items()}
    paths = [folder / f"{name.replace(' ', '-')}.pptx" for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    return dict(zip(files, zip(files.values(), libre_office.pdfs(paths), strict=True), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_slides_are_whole_on_three_pages(decks: dict[str, tuple[bytes, Path]], name: str) -> None:
    assert_whole(*decks[name])


@pytest.mark.parametrize("place", ["northam", "northam@first", "southbridge@2025", "westmere"])
@pytest.mark.parametrize("audience", ["partners", "public"])
def test_slides_of_the_example_are_whole(
    pbp: Pbp, libre_office: LibreOffice, tmp_path: Path, place: str, audience: str
) -> None:
    file = tmp_path / "slides.pptx"
    assert pbp("report", place, *FULLEST, "--for", audience, "-o", str(file), at=RIVERSIDE).code == 0
    assert_whole(file.read_bytes(), libre_office.pdf(file))


def test_hostile_texts_neither_break_nor_leave_the_slides(
    pbp: Pbp, libre_office: LibreOffice, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    file = tmp_path / "slides.pptx"
    root = workspace(hostile_workspace(" ".join(text for text in HOSTILE if text.isascii())))
    assert pbp("report", "northam", "-o", str(file), at=root).code == 0
    assert_whole(file.read_bytes(), libre_office.pdf(file))


def assert_whole(data: bytes, pdf: Path) -> None:
    about = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Pages: +3$", about, re.MULTILINE), about
    assert re.search(r"^Page size: +960\.?\d* x 540 pts$", about, re.MULTILINE), about
    fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert {line.split()[0].partition("+")[2].partition("-")[0] for line in fonts} == {"LiberationSans"}
    for number, slide in enumerate(slides_of(data), 1):
        lines = list(lines_of(pdf, number))
        shown = "".join("".join(line.text for line in lines).split())
        for text in said_on(slide).splitlines():
            for word in text.split():
                assert len(word) > 40 or word in shown, f"slide {number}: {word}"
        for at, line in enumerate(lines):
            assert line.bottom < FOOT + 1 or line.top > FOOT - 1, f"slide {number}, in the foot: {line.text}"
            assert line.right <= 960 - 30, f"slide {number}, too far right: {line.text}"
            assert not [other.text for other in lines[at + 1 :] if line.lies_on(other)], f"slide {number}: {line.text}"


def lines_of(pdf: Path, number: int) -> Iterator[Line]:
    """Yield the lines of a page with their places."""
    command = ["pdftotext", "-bbox-layout", "-f", str(number), "-l", str(number), pdf, "-"]
    page = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for match in re.finditer(r"<line (.*?)>(.*?)</line>", page, re.DOTALL):
        places = [float(one) for one in re.findall(r'="([\d.-]+)"', match[1])]
        words = re.findall(r"<word [^>]*>(.*?)</word>", match[2])
        yield Line(" ".join(unescape(word) for word in words), *places)
