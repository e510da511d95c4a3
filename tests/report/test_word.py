"""Papers as Word documents: whole texts, structure, audiences, hostile text, the same bytes."""

import datetime
import re
import sys
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Pbp, Snapshot, assessment_text
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from forbidden_words import found_in
from pages import hostile_workspace
from papers import Files, hard_workspaces
from word_files import WordFile

from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.report.charts import contrast, stage_colours
from pbpmaturity.report.theme_view import Cell
from pbpmaturity.report.word.nodes import run
from pbpmaturity.report.word.tables import Words, stage_words
from pbpmaturity.workspace.scaffold import lay_down

FULLEST = (
    *("--as-of", "2026-03-31", "--test", "community-services-example"),
    *("--ask", "agree the two targets", "--ask", "say who leads on money", "--ask", "note the readiness test"),
)
Made = Callable[..., WordFile]


@pytest.fixture
def made(pbp: Pbp, tmp_path: Path) -> Made:
    """Make a Word document of a paper and read it back."""

    def make(*arguments: str, at: Path = RIVERSIDE) -> WordFile:
        path = tmp_path / "paper.docx"
        outcome = pbp("report", *arguments, "-o", str(path), "--force", at=at)
        assert outcome.code == 0, outcome.err
        return WordFile(path.read_bytes())

    return make


@pytest.mark.parametrize("cut", ["full", "page", "cover"])
@pytest.mark.parametrize("audience", ["partners", "public"])
def test_whole_text(made: Made, expect_whole: Snapshot, cut: str, audience: str) -> None:
    paper = made("northam", "--cut", cut, "--for", audience, *FULLEST)
    expect_whole(f"word-northam-{cut}-{audience}.txt", paper.text)


@pytest.mark.parametrize("cut", ["full", "page"])
def test_whole_text_of_a_published_summary(made: Made, expect_whole: Snapshot, cut: str) -> None:
    paper = made("oxfordshire", "--cut", cut, at=ROOT)
    expect_whole(f"word-oxfordshire-{cut}.txt", paper.text)
    for theme in ("Shared vision", "Shared data", "weakest", "slipped"):
        assert theme not in paper.text


@pytest.mark.parametrize("cut", ["full", "page", "cover"])
def test_the_document_says_what_it_is_and_names_nobody(made: Made, cut: str) -> None:
    paper = made("northam", "--cut", cut)
    about = paper.document.core_properties
    assert about.title == "Northam: maturity self-assessment, 15 January 2025"
    assert about.subject == "Maturity self-assessment of a place-based partnership"
    assert about.language == "en-GB"
    assert about.category == "Not for publication"
    assert (about.author, about.last_modified_by, about.comments, about.keywords) == ("", "", "", "")
    assert about.created is not None and about.created == about.modified
    assert about.created.date() == datetime.date(2025, 1, 15)
    assert 'w:lang w:val="en-GB"' in paper.parts["word/styles.xml"].decode()
    assert "python" not in paper.everything.lower() and "en-US" not in paper.everything


@pytest.mark.parametrize(
    ("date", "day"), [("2024-02", "2024-02-29"), ("1979-12-31", "1979-12-31"), ("0001-01", "0001-01-31")]
)
def test_the_document_says_it_was_made_on_the_last_day_of_the_assessment_however_long_ago(
    made: Made, workspace: MakeWorkspace, date: str, day: str
) -> None:
    root = workspace({f"assessments/northam/{date}.yaml": assessment_text("northam", date, {})})
    about = made(f"northam@{date}", at=root).document.core_properties
    assert about.created is not None and about.created == about.modified
    assert about.created.date() == datetime.date.fromisoformat(day)


def test_the_document_holds_nothing_of_another_template(made: Made) -> None:
    parts = made("northam").parts
    assert sorted(parts) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml",
        "word/footer1.xml", "word/footer2.xml", "word/header1.xml", "word/header2.xml", "word/numbering.xml",
        "word/settings.xml", "word/styles.xml",
    ]  # fmt: skip


@pytest.mark.parametrize(("cut", "side"), [("full", 2.0), ("page", 1.27), ("cover", 2.0)])
def test_pages_are_a4_with_the_marking_above_and_numbers_below(made: Made, cut: str, side: float) -> None:
    paper = made("northam", "--cut", cut)
    section = paper.document.sections[0]
    assert (section.page_width, section.page_height) == (Twips(11906), Twips(16838))
    assert section.left_margin == section.right_margin == Twips(round(side / 2.54 * 1440))
    if cut == "page":
        assert section.first_page_header.paragraphs[0].text == "\tNot for publication"
    else:
        assert paper.text.startswith("Not for publication\n")
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text.split("\t") == [
        "Northam: maturity self-assessment, 15 January 2025", "Not for publication",
    ]  # fmt: skip
    for footer in (section.footer, section.first_page_footer):
        codes = [field.get(qn("w:instr")).strip() for field in footer._element.iter(qn("w:fldSimple"))]
        assert codes == ["PAGE", "NUMPAGES"]


def test_styles_are_arial_dark_and_at_least_12_points_but_for_small_print(made: Made) -> None:
    for cut in ("full", "page"):
        paper = made("northam", "--cut", cut)
        styles = paper.parts["word/styles.xml"].decode()
        assert set(re.findall(r'w:ascii="([^"]+)"', styles)) == {"Arial"} and "Theme" not in styles
        for colour in re.findall(r'<w:color w:val="(\w+)"', styles):
            assert contrast(f"#{colour.lower()}", "#ffffff") >= 7
        small = {
            style.name
            for style in paper.document.styles
            if style.type == WD_STYLE_TYPE.PARAGRAPH and style.font.size and style.font.size < Pt(12)
        }
        assert small == {"Small Print", "Header", "Footer"}
        used = {block.style.name for block in paper.document.paragraphs if block.style}
        assert "Small Print" in used and paper.text.count("Made by pbp") == 1
        assert paper.document.paragraphs[-1].style is not None
        assert paper.document.paragraphs[-1].style.name == "Small Print"


@pytest.mark.parametrize("name", ["northam", *hard_workspaces()])
@pytest.mark.parametrize("cut", ["full", "page", "cover"])
def test_headings_go_down_a_level_at_a_time_and_none_is_empty(
    made: Made, workspace: MakeWorkspace, name: str, cut: str
) -> None:
    paper = made("northam", "--cut", cut, at=RIVERSIDE if name == "northam" else workspace(hard_workspaces()[name]))
    assert [block.style.name for block in paper.document.paragraphs if block.style].count("Title") == 1
    levels = [0, *(level for level, _ in paper.headings)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    for block, after in pairwise(paper.blocks):
        style = getattr(block.style, "name", "") or ""
        if style.startswith(("Heading", "Title", "Caption", "Banner", "List")):
            assert getattr(block, "text", "").strip(), style
        if style.startswith("Heading"):
            below = getattr(after.style, "name", "") or ""
            assert not (below.startswith("Heading") and below <= style), f"nothing below {block.text}"
            assert block.style.paragraph_format.keep_with_next


@pytest.mark.parametrize("name", ["northam", *hard_workspaces()])
@pytest.mark.parametrize("cut", ["full", "page"])
def test_tables_can_be_read_by_ear_and_over_pages(made: Made, workspace: MakeWorkspace, name: str, cut: str) -> None:
    at = RIVERSIDE if name == "northam" else workspace(hard_workspaces()[name])
    paper = made("northam", "--cut", cut, at=at)
    assert paper.captioned
    room = paper.document.sections[0]
    width = 21.0 / 2.54 * 1440 - 2 * int(room.left_margin or 0) / 635
    for above, table in paper.captioned:
        assert above.style and above.style.name == "Caption" and above.style.paragraph_format.keep_with_next
        properties = table._tbl.tblPr
        assert value_of(properties, "w:tblCaption") == above.text
        assert len(value_of(properties, "w:tblDescription")) > 20
        assert properties.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        columns = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert all(column > 500 for column in columns) and abs(sum(columns) - width) < 10
        assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge"), qn("w:hMerge")))
        for number, row in enumerate(table._tbl.tr_lst):
            assert [int(cell.find(f".//{qn('w:tcW')}").get(qn("w:w"))) for cell in row.tc_lst] == columns
            assert (row.find(f".//{qn('w:tblHeader')}") is not None) == (number == 0)
            text = ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.tc_lst]
            assert all(text), "a cell without words"
            assert (row.find(f".//{qn('w:cantSplit')}") is not None) == (sum(map(len, text)) < 1200)


def value_of(properties: object, tag: str) -> str:
    found = properties.find(qn(tag))  # type: ignore[attr-defined]
    return found.get(qn("w:val")) or ""


@pytest.mark.parametrize("cut", ["full", "page"])
def test_stages_are_words_on_colours_that_they_can_be_read_on(made: Made, cut: str) -> None:
    paper = made("northam", "--cut", cut)
    seen = {}
    for cell in paper.document.element.body.iter(qn("w:tc")):
        shading, ink = cell.find(f".//{qn('w:shd')}"), cell.find(f".//{qn('w:rPr')}/{qn('w:color')}")
        if ink is not None:
            background, colour = (one.lower() for one in (shading.get(qn("w:fill")), ink.get(qn("w:val"))))
            assert contrast(f"#{background}", f"#{colour}") >= 4.5
            word = "".join(t.text for t in cell.iter(qn("w:t"))).removesuffix(" (slip)")
            assert seen.setdefault(word, background) == background
    assert {"Emerging", "Developing", "Maturing"} <= set(seen) <= {"Emerging", "Developing", "Maturing", "Thriving"}
    assert len(set(seen.values())) == len(seen)


def test_a_stage_that_the_matrix_of_today_does_not_have_is_words_without_a_colour() -> None:
    colours = stage_colours(3)
    assert stage_words(Cell("Third", 2), colours).colour == colours[2]
    assert stage_words(Cell("Fourth", 3), colours) == stage_words(Cell("Fourth", None), colours) == Words("Fourth")


def test_evidence_with_a_web_address_is_a_link_and_no_other_is(made: Made, workspace: MakeWorkspace) -> None:
    links = made("northam").links
    assert ("Objectives with leads and dates", "https://example.org/northam/objectives") in links
    paper = made("northam", at=workspace(with_links()))
    assert paper.links == [
        ("Spaces", "https://x.example/a%20b?q=%C3%A9&c=%25#d"),
        ("Escaped", "https://x.example/%41%20"),
        ("Port", "https://x.example:8080/"),
    ]
    for plain in ("Not a port", "Two marks", "Script", "Empty host"):
        assert plain in paper.text


def with_links() -> Files:
    """Return a workspace with web addresses that Word takes, and some for which it would call the file damaged."""
    addresses = {
        "Spaces": "https://x.example/a b?q=é&c=%#d",
        "Escaped": "https://x.example/%41%20",
        "Port": "https://x.example:8080/",
        "Not a port": "https://x.example:port/",
        "Two marks": "https://x.example/#a#b",
        "Script": "javascript:alert(1)",
        "Empty host": "https://:80/",
    }
    evidence = "".join(f"      - {{title: {title}, link: '{link}'}}\n" for title, link in addresses.items())
    files = hard_workspaces()["one-theme"]
    path = "assessments/northam/2025-01.yaml"
    text = re.sub(r"    evidence: .*\n", lambda _: f"    evidence:\n{evidence}", str(files[path]))
    return {**files, path: text}


def with_secrets() -> Files:
    """Return a workspace in which what is not for the public has words of its own; its one theme slips twice."""
    files = hard_workspaces()["one-theme"]
    template = str(files.pop("assessments/northam/2025-01.yaml"))
    for date, stage in (("2023-01", "s3"), ("2024-01", "s2"), ("2025-01", "s1")):
        text = re.sub(
            r"(?<=\n    )stage: s\d\n    rationale: .*", f"stage: {stage}\n    rationale: A wombat reason", template
        )
        text = re.sub(r"dissent: .*", "dissent: A wombat dissent\n    views: {s1: 31, s2: 9}", text)
        text = text.replace("date: 2025-01\n", f"date: {date}\n").replace("A director", "A wombat owner")
        files[f"assessments/northam/{date}.yaml"] = text
    return files


@pytest.mark.parametrize("cut", ["full", "page", "cover"])
def test_what_is_not_for_the_public_is_in_no_part_of_the_file(made: Made, workspace: MakeWorkspace, cut: str) -> None:
    root = workspace(with_secrets())
    public = made("northam", "--cut", cut, "--for", "public", at=root)
    assert "wombat" not in public.everything.lower() and "31 Established" not in public.everything
    assert "Owner" not in public.everything and "Not for publication" not in public.everything
    assert "This version is for the public. It leaves out the reasons" in public.text


def test_partners_are_told_all_of_it(made: Made, workspace: MakeWorkspace) -> None:
    partners = made("northam", at=workspace(with_secrets()))
    for secret in ("wombat reason", "wombat dissent", "wombat owner", "31 Established 1"):
        assert secret in partners.text
    assert "leaves out" not in partners.text


@pytest.mark.parametrize("cut", ["full", "page", "cover"])
def test_the_same_files_make_the_same_bytes_anywhere(pbp: Pbp, tmp_path: Path, cut: str) -> None:
    for name in ("one", "two"):
        lay_down(tmp_path / name, example=True)
        assert pbp("report", "northam", "--cut", cut, "-o", "r.docx", at=tmp_path / name).code == 0
    assert (tmp_path / "one/r.docx").read_bytes() == (tmp_path / "two/r.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one/r.docx") as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(2020, 1, 1, 0, 0, 0)}
    names = [entry.filename for entry in entries]
    assert names[0] == "[Content_Types].xml" and names[1:] == sorted(names[1:])


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("cut", ["full", "page", "cover"])
def test_hostile_text_comes_out_as_text(made: Made, workspace: MakeWorkspace, cut: str, text: str) -> None:
    paper = made("northam", "--cut", cut, "--ask", text, at=workspace(hostile_workspace(text)))
    shown = "".join(visible(text).split())
    squeezed = "".join(paper.text.split())
    assert squeezed.count(shown) >= {"full": 15, "page": 5, "cover": 4}[cut]
    assert all(target.startswith(("https://x.example/", "http://x")) for _, target in paper.links)


def test_what_no_xml_may_hold_is_spelled_out_wherever_it_comes_from(made: Made) -> None:
    paper = made("northam", "--cut", "page", "--ask", "a\x01b\x0b\ud800\ufffe\uffff\U0001f600")
    assert "a\\x01b\\x0b\\ud800\\ufffe\\uffff\U0001f600" in paper.text


def test_no_character_breaks_the_file_even_where_nothing_made_it_visible_before() -> None:
    assert run("a\x00b\x1f\ud800\ufffe\n\n c")[-1].text == "a\\x00b\\x1f\\ud800\\ufffe c"


def test_the_page_names_every_slip_and_says_how_many_gains_there_are(made: Made, workspace: MakeWorkspace) -> None:
    slipped = made("northam", "--cut", "page", at=workspace(hard_workspaces()["all-slipped"]))
    for number in range(1, 21):
        assert f"- Slip: Theme {number} with a name of usual length, Established 2 to Established 1." in slipped.text
    risen = made("northam@2024", "--cut", "page").section("Since the baseline: Jan 2023 to Jan 2024")
    assert risen.count("- Higher stage: ") == 3 and "- 5 more at a higher stage\n" in risen
    assert "- No theme slipped.\n" in risen


def test_the_page_gives_three_actions_and_says_how_many_more_there_are(made: Made, workspace: MakeWorkspace) -> None:
    told = made("northam", "--cut", "page", at=workspace(hard_workspaces()["seven-stages"])).section("Next actions")
    assert told.count("- Partners said so. (A director, due 30 June 2025)\n") == 3
    assert "\n- 17 more in the full report\n" in told
    few = made("northam", "--cut", "page", at=workspace(hard_workspaces()["one-theme"])).section("Next actions")
    assert "Write a plan 1" in few and "more in the full report" not in few


def test_the_page_gives_a_short_reason_and_says_where_a_long_one_is(made: Made, workspace: MakeWorkspace) -> None:
    files = hard_workspaces()
    short = made("northam", "--cut", "page", at=workspace(files["seven-stages"]))
    assert "Established 2 to Established 1. Partners said so.\n" in short.text
    long = made("northam", "--cut", "page", at=workspace(files["long-texts"]))
    assert "Established 2 to Established 1. The reason is in the full report.\n" in long.text
    assert "Sentence 30" not in long.text


def test_nothing_is_said_of_change_where_there_is_nothing_before(made: Made, workspace: MakeWorkspace) -> None:
    for cut in ("full", "page"):
        paper = made("northam", "--cut", cut, at=workspace(hard_workspaces()["not-assessed"]))
        assert "Since" not in paper.text and "| Change |" not in paper.text
        assert "- Not assessed: Shared vision and purpose;" in paper.text
    assert not {"What has changed", "Actions"} & {text for _, text in made("northam", at=workspace({})).headings}
    assert "There is no earlier assessment to compare with." in paper.section("What has changed")
    assert "- No open action is recorded." in paper.section("Next actions")


def test_without_its_library_it_says_how_to_install_it(
    pbp: Pbp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    outcome = pbp("report", "northam", "-o", str(tmp_path / "p.docx"), at=RIVERSIDE)
    assert outcome.code == 2 and not list(tmp_path.iterdir())
    assert outcome.err.startswith("pbp: Word documents need a part of pbp that is not installed")
    assert 'pip install "pbpmaturity[word]"' in outcome.err and "--format html" in outcome.err


@pytest.mark.parametrize("name", ["twenty-themes", "all-slipped", "draft"])
def test_no_paper_calls_anybody_ahead_or_behind(made: Made, workspace: MakeWorkspace, name: str) -> None:
    assert found_in(made("northam", at=workspace(hard_workspaces()[name])).text) == []
