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
    "overview-of-thirteen": ("thirteen", "index.html"),
    "theme-of-thirteen": ("thirteen", "themes/shared-data.html"),
    "hostile-overview": ("hostile", "index.html"),
    "hostile-theme": ("hostile", "themes/t1.html"),
    "hostile-methods": ("hostile", "methods.html"),
}


@pytest.fixture(params=PAGES)
def page_file(request: pytest.FixtureRequest, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    system, name = PAGES[request.param]
    files = {"thirteen": THIRTEEN, "hostile": hostile_workspace(LONG_WORD)}
    root = RIVERSIDE if system == "riverside" else workspace(files[system])
    outcome = pbp("report", "--site", str(tmp_path / "site"), "--as-of", "2026-06", at=root)
    assert outcome.code == 0, outcome.err
    return tmp_path / "site" / name


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


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (360, 1), (640, 2), (1280, 1)])
def test_no_page_is_wider_than_its_window(browser: object, page_file: Path, width: int, zoom: int) -> None:
    page = opened(browser, page_file, viewport={"width": width // zoom, "height": 800})
    needed = page.evaluate("document.documentElement.scrollWidth")  # type: ignore[attr-defined]
    assert needed <= width // zoom


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
