"""Reports in Chromium: on a phone, at 200%, in forced colours, on paper, under axe, and without a network."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import RIVERSIDE, ROOT, Pbp

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip
PAGES = {
    "northam": (RIVERSIDE, "northam"),
    "northam-first": (RIVERSIDE, "northam@first"),
    "southbridge-draft": (RIVERSIDE, "southbridge@2025"),
    "westmere-partial": (RIVERSIDE, "westmere@first"),
    "oxfordshire": (ROOT, "oxfordshire"),
    "five-levels": (ROOT / "tests" / "examples" / "good" / "five-levels", None),
    "three-stages": (ROOT / "tests" / "examples" / "good" / "three-stages", None),
}


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=PAGES)
def page_file(request: pytest.FixtureRequest, pbp: Pbp, tmp_path: Path) -> Path:
    folder, selector = PAGES[request.param]
    if selector is None:
        selector = next((folder / "assessments").iterdir()).name
    file = tmp_path / "page.html"
    outcome = pbp("report", selector, "-o", str(file), at=folder)
    assert outcome.code == 0, outcome.err
    return file


def opened(browser: object, file: Path, **options: object) -> object:
    """Open a page in a context of its own, and collect what it asks of the network."""
    page = browser.new_page(**options)  # type: ignore[attr-defined]
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(file.as_uri())
    return page


def test_axe_finds_nothing(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_nothing_is_asked_of_the_network(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file)
    assert page.asked == [page_file.as_uri()]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (360, 1), (640, 2), (1280, 1)])
def test_no_page_is_wider_than_its_window(browser: object, page_file: Path, width: int, zoom: int) -> None:
    page = opened(browser, page_file, viewport={"width": width // zoom, "height": 800})
    needed = page.evaluate("document.documentElement.scrollWidth")  # type: ignore[attr-defined]
    assert needed <= width // zoom


@pytest.mark.parametrize(("width", "shown"), [(320, "ladder-narrow"), (1280, "ladder-wide")])
def test_the_ladder_that_is_shown_can_be_read(browser: object, page_file: Path, width: int, shown: str) -> None:
    page = opened(browser, page_file, viewport={"width": width, "height": 800})
    visible = page.evaluate(
        "[...document.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width).map(s => s.classList[0])"
    )  # type: ignore[attr-defined]
    assert visible == [shown]
    size = page.evaluate(  # type: ignore[attr-defined]
        """name => { const svg = document.querySelector('.' + name);
        return 13 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width }""",
        shown,
    )
    assert size >= 10.5, "the smallest text of the picture, in pixels"


def test_no_label_of_a_ladder_is_cut_or_overlaps_another(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file, viewport={"width": 1280, "height": 800})
    faults = page.evaluate(  # type: ignore[attr-defined]
        """() => { const svg = document.querySelector('.ladder-wide'), box = svg.viewBox.baseVal, found = [];
        const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBBox()]);
        texts.forEach(([words, b], i) => {
          if (b.x < -1 || b.x + b.width > box.width + 1 || b.y + b.height > box.height + 1) found.push('cut: ' + words);
          for (const [other, o] of texts.slice(i + 1))
            if (b.x < o.x + o.width && o.x < b.x + b.width && b.y + 3 < o.y + o.height && o.y + 3 < b.y + b.height)
              found.push(words + ' / ' + other); });
        return found }"""
    )
    assert faults == []


def test_forced_colours_keep_hollow_and_filled_apart(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file, forced_colors="active", viewport={"width": 1280, "height": 800})
    fills = page.evaluate(  # type: ignore[attr-defined]
        """() => Object.fromEntries(['then', 'now'].map(kind => {
        const one = document.querySelector('.ladder-wide .' + kind);
        return [kind, one ? [getComputedStyle(one).fill, getComputedStyle(one).stroke] : null] }))"""
    )
    assert fills["now"][0] == fills["now"][1]
    if fills["then"] is not None:
        assert fills["then"][0] != fills["now"][0] and fills["then"][1] == fills["now"][1]


def test_the_first_tab_stop_is_the_way_to_the_content(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file, viewport={"width": 360, "height": 800})
    page.keyboard.press("Tab")  # type: ignore[attr-defined]
    focused = page.evaluate(
        "[document.activeElement.textContent, document.activeElement.getBoundingClientRect().left >= 0]"
    )  # type: ignore[attr-defined]
    assert focused == ["Skip to main content", True]


def test_on_a4_no_caption_stands_apart_and_nothing_is_cut(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file)
    pdf = page_file.with_suffix(".pdf")
    page.pdf(path=str(pdf), format="A4", tagged=True)  # type: ignore[attr-defined]
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    text = subprocess.run([pdftotext, "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    for sheet in text.split("\f"):
        lines = [line.strip() for line in sheet.splitlines() if line.strip()]
        assert not lines or not lines[-1].startswith(("Table ", "Figure ")), lines[-1]
    assert "Made by pbp" in text
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in info and "A4" in info
