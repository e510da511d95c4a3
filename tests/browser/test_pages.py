"""Reports and packs in Chromium: on a phone, at 200%, in forced colours, on paper, under axe, and without a network."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Pbp, quarterly
from chromium import AXE, opened
from pages import hostile_workspace
from papers import full_assessment, hard_workspaces, own_matrix

from pbpmaturity.report.charts import PAPER, contrast

pytestmark = pytest.mark.browser

EVERYTHING = "northam --as-of 2026-03 --test community-services-example"
PAGES = {
    "northam": (RIVERSIDE, "northam"),
    "northam-with-everything": (RIVERSIDE, EVERYTHING),
    "northam-public": (RIVERSIDE, f"{EVERYTHING} --for public"),
    "northam-first": (RIVERSIDE, "northam@first"),
    "southbridge-draft": (RIVERSIDE, "southbridge@2025"),
    "westmere-partial": (RIVERSIDE, "westmere@first"),
    "westmere-with-gaps": (RIVERSIDE, "westmere"),
    "forty": (None, "northam"),
    "oxfordshire": (ROOT, "oxfordshire"),
    **{name: (name, "northam") for name in ("twenty-themes", "seven-stages", "one-theme", "long-names")},
    "many-of-all": (None, "northam"),
    "five-levels": (ROOT / "tests" / "examples" / "good" / "five-levels", None),
    "three-stages": (ROOT / "tests" / "examples" / "good" / "three-stages", None),
}
ASKS = [part for text in ("agree two targets", "name a lead", "note the rest") for part in ("--ask", text)]
CUTS = {
    "page-with-everything": (RIVERSIDE, [*EVERYTHING.split(), *ASKS]),
    "page-public": (RIVERSIDE, [*EVERYTHING.split(), "--for", "public"]),
    "page-draft": (RIVERSIDE, ["southbridge@2025"]),
    "page-first": (RIVERSIDE, ["westmere@first"]),
    "page-oxfordshire": (ROOT, ["oxfordshire"]),
    **{f"page-{name}": (name, ["northam", "--as-of", "2026-03"]) for name in hard_workspaces()},
    "cover": (RIVERSIDE, ["northam", "--cut", "cover"]),
}
CUTS_TRIED_IN_FULL = ("page-with-everything", "page-public", "page-seven-stages", "page-long-names", "cover")
MORE_THAN_A_SIDE = ("page-twenty-themes", "page-all-slipped", "page-long-names", "page-long-texts")
PACKS = {
    "northam-pack": (RIVERSIDE, ["--place", "northam"]),
    "shipped-pack": (ROOT, []),
    "one-theme-pack": (RIVERSIDE, ["shared-data", "--place", "southbridge@2025"]),
    "oxfordshire-pack": (ROOT, ["--place", "oxfordshire"]),
    "five-levels-pack": (ROOT / "tests" / "examples" / "good" / "five-levels", ["--matrix", "rungs@1"]),
    "hostile-pack": (None, ["--place", "northam@2023"]),
}
# The other pages on Northam have nothing that the one with everything does not have.
PAGES_TRIED = [name for name in PAGES if name not in ("northam", "northam-public")]
# A page of each kind, since axe takes long over large ones that have nothing new.
TRIED_BY_AXE = (
    "northam-with-everything", "northam-public", "southbridge-draft", "westmere-with-gaps", "oxfordshire",
    "five-levels", "page-with-everything", "page-public", "cover", "northam-pack", "one-theme-pack", "hostile-pack",
)  # fmt: skip
LONG_WORD = next(text for text in HOSTILE if text.startswith("xxx"))


@pytest.fixture(params=PAGES_TRIED)
def page_file(request: pytest.FixtureRequest, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    return report_file(request.param, pbp, workspace, tmp_path)


@pytest.fixture(params=PACKS)
def pack_file(request: pytest.FixtureRequest, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    return pack_of(request.param, pbp, workspace, tmp_path)


@pytest.fixture(params=CUTS)
def cut_file(request: pytest.FixtureRequest, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    return cut_of(request.param, pbp, workspace, tmp_path)


@pytest.fixture(params=[*PAGES_TRIED, *CUTS_TRIED_IN_FULL, *PACKS])
def any_file(request: pytest.FixtureRequest, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    if request.param in CUTS:
        return cut_of(request.param, pbp, workspace, tmp_path)
    if request.param in PACKS:
        return pack_of(request.param, pbp, workspace, tmp_path)
    return report_file(request.param, pbp, workspace, tmp_path)


def many_of_all() -> dict[str, str]:
    """Return a workspace of twenty themes, seven stages and eight assessments."""
    files = {"pbp.yaml": "matrix: own@1\n", "matrices/own.yaml": own_matrix(20, 7)}
    for at in range(8):
        date = f"{2016 + at}-03"
        stages = {theme: (theme + at) % 7 + 1 for theme in range(1, 21)}
        files[f"assessments/northam/{date}.yaml"] = full_assessment(date, 20, stages, text="Partners said so.")
    return files


def pack_of(name: str, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    folder, arguments = PACKS[name]
    return made_once(
        name, pbp, tmp_path, "matrix", *arguments, at=lambda: folder or workspace(hostile_workspace(LONG_WORD))
    )


def cut_of(name: str, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    folder, arguments = CUTS[name]

    def root() -> Path:
        return folder if isinstance(folder, Path) else workspace(hard_workspaces()[folder])

    return made_once(name, pbp, tmp_path, "report", "--cut", "page", *arguments, at=root)


def report_file(name: str, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    folder, selector = PAGES[name]
    if selector is None:
        selector = next((folder / "assessments").iterdir()).name

    def root() -> Path:
        if folder is None:
            return workspace(many_of_all() if name == "many-of-all" else quarterly(40))
        return folder if isinstance(folder, Path) else workspace(hard_workspaces()[folder])

    return made_once(name, pbp, tmp_path, "report", *selector.split(), at=root)


MADE: dict[str, bytes] = {}


def made_once(name: str, pbp: Pbp, tmp_path: Path, *arguments: str, at: Callable[[], Path]) -> Path:
    """Write a page into a folder of the test's own; what it holds is made once for all tests."""
    file = tmp_path / "page.html"
    if name in MADE:
        file.write_bytes(MADE[name])
        return file
    outcome = pbp(*arguments, "-o", str(file), at=at())
    assert outcome.code == 0, outcome.err
    MADE[name] = file.read_bytes()
    return file


@pytest.mark.parametrize("name", TRIED_BY_AXE)
def test_axe_finds_nothing(browser: object, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path, name: str) -> None:
    make = cut_of if name in CUTS else pack_of if name in PACKS else report_file
    page = opened(
        browser, make(name, pbp, workspace, tmp_path), viewport={"width": 1280, "height": 900}, bypass_csp=True
    )
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    results = axe.Axe().run(page, options=AXE)
    assert results.violations_count == 0, results.generate_report()


def test_nothing_is_asked_of_the_network(browser: object, any_file: Path) -> None:
    page = opened(browser, any_file)
    assert page.asked == [any_file.as_uri()]  # type: ignore[attr-defined]


def test_no_page_is_wider_than_its_window(browser: object, any_file: Path) -> None:
    page = opened(browser, any_file)
    for width in (320, 360, 640, 1280):  # 320 is also a window of 640 at 200%
        page.set_viewport_size({"width": width, "height": 800})  # type: ignore[attr-defined]
        assert page.evaluate("document.documentElement.scrollWidth") <= width  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "kind"), [(320, "narrow"), (1280, "wide")])
def test_the_charts_that_are_shown_can_be_read(browser: object, page_file: Path, width: int, kind: str) -> None:
    page = opened(browser, page_file, viewport={"width": width, "height": 800})
    found = page.evaluate(  # type: ignore[attr-defined]
        """() => [...document.querySelectorAll('svg')].filter(svg => svg.getBoundingClientRect().width).map(svg => {
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        const sizes = [...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize));
        return [svg.classList[0], scale * Math.min(...sizes)] })"""
    )
    names = [name for name, _ in found]
    assert names[0] == f"ladder-{kind}" and set(names[1:]) <= {f"history-{kind}"}
    assert min(size for _, size in found) >= 10.5, "the smallest text of the pictures, in pixels"


def test_no_label_of_a_chart_is_cut_or_overlaps_another(browser: object, page_file: Path) -> None:
    for width in (1280, 360):
        page = opened(browser, page_file, viewport={"width": width, "height": 800})
        assert overlaps(page) == []


def test_the_words_of_charts_stand_out_from_the_paper(browser: object, page_file: Path) -> None:
    fills = opened(browser, page_file).evaluate(  # type: ignore[attr-defined]
        "[...new Set([...document.querySelectorAll('svg text')].map(one => getComputedStyle(one).fill))]"
    )
    assert fills
    for fill in fills:
        red, green, blue = (int(part) for part in re.findall(r"\d+", fill))
        assert contrast(f"#{red:02x}{green:02x}{blue:02x}", PAPER) >= 4.5


def test_no_line_of_a_chart_goes_through_a_label_and_no_label_has_a_halo(browser: object, page_file: Path) -> None:
    for width in (1280, 360):
        page = opened(browser, page_file, viewport={"width": width, "height": 800})
        faults = page.evaluate(  # type: ignore[attr-defined]
            """() => { const found = [];
            for (const svg of document.querySelectorAll('svg')) {
            if (!svg.getBoundingClientRect().width) continue;
            const lines = [...svg.querySelectorAll('line')].map(one => one.getBBox());
            for (const text of svg.querySelectorAll('text')) {
              if (getComputedStyle(text).stroke !== 'none') found.push('halo: ' + text.textContent);
              const b = text.getBBox();
              for (const l of lines)
                if (l.x < b.x + b.width && b.x < l.x + l.width + 1
                    && l.y < b.y + b.height - 3 && b.y + 3 < l.y + l.height + 1)
                  found.push('line through: ' + text.textContent); }
            }
            return found }"""
        )
        assert faults == []


@pytest.mark.parametrize("make", ["page", "report"])
def test_no_stage_is_broken_inside_its_word(
    browser: object, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path, make: str
) -> None:
    made = cut_of if make == "page" else report_file
    page = opened(browser, made(f"{make if make == 'page' else 'northam'}-with-everything", pbp, workspace, tmp_path))
    for width in (320, 360, 641, 700, 800, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})  # type: ignore[attr-defined]
        broken = page.evaluate(  # type: ignore[attr-defined]
            """() => [...document.querySelectorAll('td[class^="s"]')].filter(one => {
            const range = document.createRange();
            range.selectNodeContents(one);
            return !one.innerText.trim().includes(' ') && range.getClientRects().length > 1
            }).map(one => one.innerText)"""
        )
        assert broken == [], width


@pytest.fixture
def charts(pbp: Pbp, tmp_path: Path) -> list[Path]:
    """The charts of a paper as files of their own."""
    folder = tmp_path / "charts"
    assert pbp("report", "northam", "--assets", str(folder), at=RIVERSIDE).code == 0
    return sorted(folder.iterdir())


def test_a_chart_s_words_are_in_a_pdf_once(browser: object, charts: list[Path]) -> None:
    assert len(charts) == 2
    for chart in charts:
        page = opened(browser, chart)
        labels = page.evaluate("[...document.querySelectorAll('text')].map(one => one.textContent)")  # type: ignore[attr-defined]
        pdf = chart.with_suffix(".pdf")
        page.pdf(path=str(pdf))  # type: ignore[attr-defined]
        text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
        words = " ".join(text.split())
        assert labels
        for label in set(labels):
            expected = sum(len(re.findall(rf"(?<!\w){re.escape(label)}(?!\w)", other)) for other in labels)
            assert len(re.findall(rf"(?<!\w){re.escape(label)}(?!\w)", words)) == expected, label


def test_a_chart_by_itself_has_its_own_colours(browser: object, charts: list[Path]) -> None:
    for chart in charts:
        page = opened(browser, chart)
        fills = page.evaluate(  # type: ignore[attr-defined]
            """() => Object.fromEntries(['then', 'now', 'head', 'move', 'grid'].map(kind => [kind,
            [...new Set([...document.querySelectorAll('.' + kind)].map(one => { const style = getComputedStyle(one);
            return style.fill + ' ' + style.stroke }))] ]))"""
        )
        navy, grey = "rgb(18, 67, 109)", "rgb(107, 114, 128)"
        assert set(fills["now"]) == {f"{navy} {navy}"}
        assert set(fills["then"]) <= {f"rgb(255, 255, 255) {navy}"}
        assert {look.split(") ")[1] for look in fills["grid"]} == {grey}
        assert all(look.startswith(navy) for look in fills["head"])
        assert all(look.endswith(navy) for look in fills["move"])


def overlaps(page: object) -> list[str]:
    """Return what is cut or overlaps in the charts that are shown."""
    faults: list[str] = page.evaluate(  # type: ignore[attr-defined]
        """() => { const found = [];
        for (const svg of document.querySelectorAll('svg')) {
        if (!svg.getBoundingClientRect().width) continue;
        const box = svg.viewBox.baseVal;
        const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBBox()]);
        texts.forEach(([words, b], i) => {
          if (b.x < -1 || b.x + b.width > box.width + 1 || b.y + b.height > box.height + 1) found.push('cut: ' + words);
          for (const [other, o] of texts.slice(i + 1))
            if (b.x < o.x + o.width && o.x < b.x + b.width && b.y + 3 < o.y + o.height && o.y + 3 < b.y + b.height)
              found.push(words + ' / ' + other); });
        }
        return found }"""
    )
    return faults


def test_forced_colours_keep_hollow_and_filled_apart(browser: object, page_file: Path) -> None:
    page = opened(browser, page_file, forced_colors="active", viewport={"width": 1280, "height": 800})
    fills = page.evaluate(  # type: ignore[attr-defined]
        """() => Object.fromEntries(['then', 'now'].map(kind => {
        const all = [...document.querySelectorAll('.ladder-wide .' + kind + ', .history-wide .' + kind)];
        return [kind, all.map(one => [getComputedStyle(one).fill, getComputedStyle(one).stroke])] }))"""
    )
    assert fills["now"] and all(fill == stroke == fills["now"][0][0] for fill, stroke in fills["now"])
    assert all(fill != fills["now"][0][0] and stroke == fills["now"][0][0] for fill, stroke in fills["then"])


def test_the_first_tab_stop_is_the_way_to_the_content(browser: object, any_file: Path) -> None:
    page = opened(browser, any_file, viewport={"width": 360, "height": 800})
    page.keyboard.press("Tab")  # type: ignore[attr-defined]
    focused = page.evaluate(
        "[document.activeElement.textContent, document.activeElement.getBoundingClientRect().left >= 0]"
    )  # type: ignore[attr-defined]
    assert focused == ["Skip to main content", True]


def test_on_a4_no_caption_stands_apart_and_nothing_is_cut(browser: object, page_file: Path) -> None:
    sheets = sheets_of(browser, page_file)
    captions = opened(browser, page_file).evaluate(  # type: ignore[attr-defined]
        "[...document.querySelectorAll('caption, figcaption')].map(one => one.innerText)"
    )
    assert captions
    for lines in sheets:
        assert lines[-1] not in captions, lines[-1]
    assert any("Made by pbp" in line for lines in sheets for line in lines)


def test_a_page_is_one_side_of_a4(browser: object, cut_file: Path, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["cut_file"]
    sheets = sheets_of(browser, cut_file)
    assert len(sheets) <= (2 if name in MORE_THAN_A_SIDE or name == "cover" else 1)
    heads = opened(browser, cut_file).evaluate(  # type: ignore[attr-defined]
        "[...document.querySelectorAll('h1, h2, caption, thead th')].map(one => one.innerText)"
    )
    for lines in sheets:
        assert lines and lines[-1] not in heads, lines[-1]


def test_the_columns_of_a_page_are_side_by_side_on_paper_and_not_on_a_phone(
    browser: object, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    file = cut_of("page-with-everything", pbp, workspace, tmp_path)
    tops = "[...document.querySelectorAll('.strip table')].map(one => Math.round(one.getBoundingClientRect().top))"
    for width, is_beside in ((360, False), (1280, True)):
        first, second = opened(browser, file, viewport={"width": width, "height": 800}).evaluate(tops)  # type: ignore[attr-defined]
        assert (first == second) is is_beside


def sheets_of(browser: object, file: Path) -> list[list[str]]:
    """Print a page on A4 and return the lines of each sheet; the PDF must be tagged."""
    page = opened(browser, file)
    pdf = file.with_suffix(".pdf")
    page.pdf(path=str(pdf), prefer_css_page_size=True, tagged=True)  # type: ignore[attr-defined]
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    text = subprocess.run([pdftotext, "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in info and "A4" in info
    sheets = text.split("\f")[:-1]
    return [[line.strip() for line in sheet.splitlines() if line.strip()] for sheet in sheets]


def test_on_a4_each_theme_begins_a_sheet_and_heads_stay_with_what_they_head(browser: object, pack_file: Path) -> None:
    sheets = sheets_of(browser, pack_file)
    starts = [index for index, lines in enumerate(sheets) if re.match(r"[0-9]+ of [0-9]+:", lines[0])]
    page = opened(browser, pack_file)
    themes = page.evaluate("document.querySelectorAll('article').length")  # type: ignore[attr-defined]
    is_whole = page.evaluate("document.querySelectorAll('.cover').length")  # type: ignore[attr-defined]
    assert len(starts) == (themes if is_whole else 0)
    heads = page.evaluate(  # type: ignore[attr-defined]
        "[...document.querySelectorAll('h1, h2, h3, h4, caption, .stage th')].map(h => h.innerText)"
    )
    for lines in sheets:
        assert lines and lines[-1] not in heads, lines[-1]
    printed = re.sub(r"\s+", "", "".join(line for lines in sheets for line in lines))
    said = page.evaluate("[...document.querySelectorAll('td.words, .last p')].map(one => one.innerText)")  # type: ignore[attr-defined]
    assert [words for words in said if re.sub(r"\s+", "", words) not in printed] == []
    assert any("Made by pbp" in line for line in sheets[-1])


def test_on_a4_the_shipped_themes_take_a_sheet_of_two_sides(browser: object, pbp: Pbp, tmp_path: Path) -> None:
    file = tmp_path / "pack.html"
    assert pbp("matrix", "--place", "northam", "-o", str(file), at=RIVERSIDE).code == 0
    sides = sheets_of(browser, file)
    assert len(sides) == 1 + 2 * 10
    assert [lines[0].partition(" ")[0] for lines in sides[1::2]] == [str(number) for number in range(1, 11)]


def test_on_paper_boxes_and_lines_are_black_on_white(browser: object, pack_file: Path) -> None:
    page = opened(browser, pack_file)
    page.emulate_media(media="print")  # type: ignore[attr-defined]
    looks = page.evaluate(  # type: ignore[attr-defined]
        """() => [...document.querySelectorAll('.box, .line')].map(one => { const style = getComputedStyle(one);
        return [style.borderBottomColor, style.borderBottomWidth !== '0px', style.backgroundColor] })"""
    )
    assert {tuple(look) for look in looks} <= {
        ("rgb(0, 0, 0)", True, "rgb(255, 255, 255)"),
        ("rgb(0, 0, 0)", True, "rgba(0, 0, 0, 0)"),
    }
    height = page.evaluate("document.querySelector('div.line').getBoundingClientRect().height")  # type: ignore[attr-defined]
    assert height * 25.4 / 96 >= 7, "millimetres from line to line"


def test_forced_colours_keep_boxes_and_lines(browser: object, pack_file: Path) -> None:
    page = opened(browser, pack_file, forced_colors="active", viewport={"width": 1280, "height": 900})
    unseen = page.evaluate(  # type: ignore[attr-defined]
        """() => { const paper = getComputedStyle(document.body).backgroundColor;
        return [...document.querySelectorAll('.box, .line, .chip')].filter(one => {
          const style = getComputedStyle(one);
          return style.borderBottomColor === paper || style.borderBottomWidth === '0px' }).length }"""
    )
    assert unseen == 0
