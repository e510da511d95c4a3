"""The pages of a system in Chromium: on a phone, at 200%, in forced colours, on paper, under axe, without a network."""

import shutil
import subprocess
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, MakeWorkspace, Pbp, assessment_text
from chromium import opened
from pages import hostile_workspace

pytestmark = pytest.mark.browser

LONG_WORD = next(text for text in HOSTILE if text.startswith("xxx"))
THIRTEEN = {
    f"assessments/{place}/2024-01.yaml": assessment_text(place, "2024-01", {"shared-data": "thriving"})
    for place in (f"buckinghamshire-{number:02}" for number in range(13))
}
PAGES = {
    "overview": ("riverside", "index.html"),
    "place": ("riverside", "places/northam.html"),
    "theme": ("riverside", "themes/shared-data.html"),
    "methods": ("riverside", "methods.html"),
    "overview-of-one": ("public", "index.html"),
    "overview-of-thirteen": ("thirteen", "index.html"),
    "theme-of-thirteen": ("thirteen", "themes/shared-data.html"),
    "hostile-overview": ("hostile", "index.html"),
    "hostile-theme": ("hostile", "themes/t1.html"),
    "hostile-methods": ("hostile", "methods.html"),
}


@pytest.fixture(params=PAGES)
def page_file(request: pytest.FixtureRequest, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    system, name = PAGES[request.param]
    if system not in MADE:
        MADE[system] = pages_of(system, pbp, workspace, tmp_path / "made")
    file = tmp_path / "page.html"
    file.write_bytes(MADE[system][name])
    return file


MADE: dict[str, dict[str, bytes]] = {}
"""The pages of each system by their names, made once for all tests."""


def pages_of(system: str, pbp: Pbp, workspace: MakeWorkspace, folder: Path) -> dict[str, bytes]:
    files = {"thirteen": THIRTEEN, "hostile": hostile_workspace(LONG_WORD)}
    root = RIVERSIDE if system in ("riverside", "public") else workspace(files[system])
    audience = "public" if system == "public" else "partners"
    outcome = pbp("report", "--site", str(folder), "--as-of", "2026-06", "--for", audience, at=root)
    assert outcome.code == 0, outcome.err
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}


def test_axe_finds_nothing(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_nothing_is_asked_of_the_network_and_the_first_tab_stop_leads_to_the_content(
    browser: object, page_file: Path
) -> None:
    page = opened(browser, page_file, viewport={"width": 360, "height": 800})
    assert page.asked == [page_file.as_uri()]  # type: ignore[attr-defined]
    page.keyboard.press("Tab")  # type: ignore[attr-defined]
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"  # type: ignore[attr-defined]


def test_no_page_is_wider_than_its_window(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file)
    for width in (320, 360, 641, 700, 900, 1280):  # 320 is also a window of 640 at 200%
        page.set_viewport_size({"width": width, "height": 800})  # type: ignore[attr-defined]
        assert page.evaluate("document.documentElement.scrollWidth") <= width  # type: ignore[attr-defined]


def test_no_word_of_usual_length_is_broken_where_places_are_set_in_columns(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file)
    for width in (320, 360, 641, 700, 800, 900, 1280):
        page.set_viewport_size({"width": width, "height": 800})  # type: ignore[attr-defined]
        broken = page.evaluate(  # type: ignore[attr-defined]
            """limit => { const found = [];
            for (const cell of document.querySelectorAll('.places :is(th, td), .beside :is(th, td)')) {
              const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
              for (let text = texts.nextNode(); text; text = texts.nextNode())
                for (const word of text.data.matchAll(/[^\\s\\/-]+/g)) {
                  if (word[0].length > limit) continue;
                  const range = document.createRange();
                  range.setStart(text, word.index);
                  range.setEnd(text, word.index + word[0].length);
                  const tops = [...range.getClientRects()].map(one => Math.round(one.top));
                  if (new Set(tops).size > 1) found.push(word[0]) } }
            return found }""",
            15 if width > 800 else 12,
        )
        assert broken == [], width


def test_links_lead_from_page_to_page(browser: object, pbp: Pbp, tmp_path: Path) -> None:
    assert pbp("report", "--site", str(tmp_path / "site"), at=RIVERSIDE).code == 0
    page = opened(browser, tmp_path / "site" / "index.html")
    seen = []
    for words in ("Northam", "Shared data and information", "Westmere", "Methods", "Overview"):
        page.get_by_role("link", name=words, exact=True).first.click()  # type: ignore[attr-defined]
        seen.append(page.locator("h1").inner_text())  # type: ignore[attr-defined]
    assert seen == [
        "Northam: maturity self-assessment, 15 January 2025",
        "Theme 10: Shared data and information",
        "Westmere: maturity self-assessment, 12 March 2025",
        "How to read these pages",
        "Riverside Integrated Care System: maturity self-assessments",
    ]


def test_forced_colours_leave_each_cell_a_border(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file, forced_colors="active", viewport={"width": 1280, "height": 900})
    unseen = page.evaluate(  # type: ignore[attr-defined]
        """() => { const paper = getComputedStyle(document.body).backgroundColor;
        return [...document.querySelectorAll('td, th, .chip, .cell')].filter(one => {
          const style = getComputedStyle(one);
          return style.borderLeftColor === paper || style.borderLeftWidth === '0px' }).length }"""
    )
    assert unseen == 0


def test_on_a4_nothing_is_cut_and_the_ways_to_other_pages_are_left_out(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file)
    pdf = page_file.with_suffix(".pdf")
    page.pdf(path=str(pdf), prefer_css_page_size=True, tagged=True)  # type: ignore[attr-defined]
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    text = subprocess.run([pdftotext, pdf, "-"], capture_output=True, text=True, check=True).stdout
    sheets = [[line.strip() for line in sheet.splitlines() if line.strip()] for sheet in text.split("\f")[:-1]]
    heads = page.evaluate(  # type: ignore[attr-defined]
        "[...document.querySelectorAll('h2, h3, h4, caption, figcaption')].map(one => one.innerText)"
    )
    assert heads and all(lines[-1] not in heads for lines in sheets)
    printed = text.split()
    cells = page.evaluate("[...document.querySelectorAll('main th')].map(one => one.innerText)")  # type: ignore[attr-defined]
    words = {word for cell in cells for word in cell.split() if len(word) < 20}
    assert words - set(printed) == set(), "broken or cut off"
    assert "Overview" not in text and "../" not in text and ".html" not in text
    page.emulate_media(media="print")  # type: ignore[attr-defined]
    page.set_viewport_size({"width": 680, "height": 900})  # type: ignore[attr-defined]
    assert page.evaluate("document.documentElement.scrollWidth") <= 680  # type: ignore[attr-defined]
