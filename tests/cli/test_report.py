"""pbp report: cuts, audiences, what is added, and what goes where."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Pbp, Snapshot, assessment_text
from pages import Page, hostile_workspace

EVERYTHING = ("northam", "--as-of", "2026-03", "--test", "community-services-example")
WRITTEN = (
    ("full", "markdown"),
    ("full", "html"),
    ("page", "markdown"),
    ("page", "html"),
    ("cover", "markdown"),
    ("cover", "html"),
)
PRIVATE = {
    "rationale": "Because the sentinel of reasons",
    "dissent": "Some held the sentinel of dissent",
    "owner": "Sentinel Owner",
    "who attests": "The Sentinel Role",
    "views": "7 Emerging",
    "the group and the views": "which is the middle view",
    "a file of the workspace": "(assessments/northam",
    "reason not applicable": "It does not apply for a sentinel reason",
}
SECRETS = f"""\
place: northam
date: 2025-01
matrix: pbp@2023.1
status: agreed
provenance: self-assessment
summary: What all may read.
themes:
  shared-vision:
    stage: emerging
    rationale: {PRIVATE["rationale"]}.
    dissent: {PRIVATE["dissent"]}.
    views: {{emerging: 7, developing: 4}}
    actions:
      - {{action: What all may know of, owner: {PRIVATE["owner"]}, due: 2025-02}}
      - {{action: What was given up, owner: {PRIVATE["owner"]}, status: dropped}}
      - {{action: What is done, owner: {PRIVATE["owner"]}, status: done}}
    evidence: [{{title: A note, link: assessments/northam/2023-01.yaml}}]
  systems-mindset:
    stage: not-applicable
    rationale: {PRIVATE["reason not applicable"]}.
"""
EARLIER = SECRETS.replace("2025-01", "2024-01").replace("stage: emerging", "stage: developing")
FILES = {
    "assessments/northam/2023-01.yaml": SECRETS.replace("2025-01", "2023-01").replace(
        "stage: emerging", "stage: maturing"
    ),
    "assessments/northam/2024-01.yaml": EARLIER,
    "assessments/northam/2025-01.yaml": SECRETS,
    "readiness/all.yaml": """\
id: all
title: All themes
matrix: pbp@2023.1
requires: {all-themes-at-least: emerging}
attested:
  - {condition: Terms agreed, by-role: The Sentinel Role}
  - {condition: Money agreed, by-role: The Sentinel Role, document: What all may ask for, date: 2024-12}
  - {condition: Staff agreed, by-role: The Sentinel Role, document: A later paper, date: 2031-12}
""",
}


@pytest.mark.parametrize("audience", ["partners", "public"])
@pytest.mark.parametrize(
    ("cut", "ending"), [("full", "md"), ("page", "html"), ("page", "md"), ("cover", "html"), ("cover", "md")]
)
def test_whole_papers(pbp: Pbp, expect_whole: Snapshot, cut: str, ending: str, audience: str) -> None:
    format_ = {"md": "markdown", "html": "html"}[ending]
    asked = ("--ask", "agree how the analyst's work will be replaced", "--ask", "name a lead on finance")
    outcome = pbp("report", *EVERYTHING, *asked, "--cut", cut, "--for", audience, "--format", format_, at=RIVERSIDE)
    assert outcome.code == 0, outcome.err
    expect_whole(f"paper-{cut}-{audience}.{ending}", outcome.out)


@pytest.mark.parametrize(("cut", "format_"), WRITTEN)
def test_the_public_version_holds_nothing_that_is_not_for_the_public(
    pbp: Pbp, workspace: MakeWorkspace, cut: str, format_: str
) -> None:
    root = workspace(FILES)
    asked = ("report", "northam", "--as-of", "2026-01", "--test", "all", "--cut", cut, "--format", format_)
    partners, public = (pbp(*asked, "--for", audience, at=root) for audience in ("partners", "public"))
    assert partners.code == public.code == 0, partners.err + public.err
    read = public.out.replace("\\", "")
    assert [what for what, words in PRIVATE.items() if words in read] == []
    assert "Not for publication" in partners.out and "Not for publication" not in public.out
    assert "leaves out the reasons given for each stage" in public.out
    assert "leaves out" not in partners.out
    assert "What all may know of" in public.out
    if cut == "full":
        told = partners.out.replace("\\", "")
        assert [what for what, words in PRIVATE.items() if words not in told] == []


@pytest.mark.parametrize(("cut", "ending"), [("full", "docx"), ("page", "docx"), ("cover", "docx"), ("slides", "pptx")])
def test_the_public_version_for_office_holds_nothing_that_is_not_for_the_public(
    pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path, cut: str, ending: str
) -> None:
    root = workspace(FILES)
    told = {}
    for audience in ("partners", "public"):
        file = tmp_path / f"{audience}.{ending}"
        asked = ("report", "northam", "--as-of", "2026-01", "--test", "all", "--cut", cut, "-o", str(file))
        outcome = pbp(*asked, "--for", audience, at=root)
        assert outcome.code == 0, outcome.err
        with ZipFile(file) as parts:
            told[audience] = "".join(
                re.sub("<[^>]*>", "", parts.read(name).decode("utf-8", "replace")) for name in parts.namelist()
            )
    assert [what for what, words in PRIVATE.items() if words in told["public"]] == []
    if cut == "full":
        assert {"rationale", "dissent", "owner", "who attests"} <= {
            what for what, words in PRIVATE.items() if words in told["partners"]
        }
        assert "What all may ask for" in told["public"]


def test_a_template_of_one_s_own_cannot_show_what_is_not_for_the_public(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, "templates/report.md.j2": "{{ paper }} {{ view }} {{ history }}"})
    shown = pbp("report", "northam", "--as-of", "2026-01", "--test", "all", "--for", "public", at=root).out
    assert "What all may know of" in shown
    assert [what for what, words in PRIVATE.items() if words in shown.replace("\\", "")] == []


@pytest.mark.parametrize("share", ["private", "system", "public"])
def test_a_public_paper_of_a_place_that_does_not_share_publicly_says_so(
    pbp: Pbp, workspace: MakeWorkspace, share: str
) -> None:
    root = workspace({**FILES, "pbp.yaml": f"places: {{northam: {{share: {share}}}}}\n"})
    outcome = pbp("report", "northam", "--for", "public", at=root)
    assert outcome.code == 0
    assert ("ask before you publish" in outcome.err) is (share != "public")
    assert "ask before" not in pbp("report", "northam", at=root).err


def test_a_slip_is_told_once_and_earlier_ones_by_themselves(pbp: Pbp, workspace: MakeWorkspace) -> None:
    out = pbp("report", "northam", at=workspace(FILES)).out
    slips, earlier = out.split("## All assessments so far")
    assert slips.count("Developing to Emerging") == 1
    assert "### Earlier slips\n\n- Jan 2023 to Jan 2024, Shared vision and purpose: Maturing to Developing." in earlier
    assert "Jan 2024 to Jan 2025, Shared vision" not in earlier


@pytest.mark.parametrize(
    ("arguments", "titles"),
    [
        (("northam",), ["Since last time: Jan 2024 to Jan 2025", "Since the baseline: Jan 2023 to Jan 2025"]),
        (("northam", "--since", "first"), ["Since the baseline: Jan 2023 to Jan 2025"]),
        (("northam@2024",), ["Since the baseline: Jan 2023 to Jan 2024"]),
        (("northam@2023",), []),
    ],
)
def test_progress_since_last_time_and_since_the_baseline(
    pbp: Pbp, workspace: MakeWorkspace, arguments: tuple[str, ...], titles: list[str]
) -> None:
    out = pbp("report", *arguments, at=workspace(FILES)).out
    assert re.findall(r"^### (Since .*)$", out, re.MULTILINE) == titles


@pytest.mark.parametrize(("day", "said"), [(None, []), ("2025-02-28", []), ("2025-03-01", ["overdue"])])
def test_what_is_overdue_is_said_only_of_a_day(
    pbp: Pbp, workspace: MakeWorkspace, day: str | None, said: list[str]
) -> None:
    out = pbp("report", "northam", *(("--as-of", day) if day else ()), at=workspace(FILES)).out
    found = re.findall(r"^\*\*(Overdue|Open)\*\*$", out, re.MULTILINE)
    assert found == (["Overdue"] if said else ["Open"])
    assert ("overdue on" in out) is (day is not None)


def test_the_words_of_who_orders_the_paper_take_the_place_of_the_usual_ones(pbp: Pbp, workspace: MakeWorkspace) -> None:
    out = pbp("report", "northam", "--ask", "agree | this", "--ask", "and <that>", at=workspace(FILES)).out
    asked = out.partition("## The board is asked to\n\n")[2].partition("\n\n")[0]
    assert asked == "- agree \\| this\n- and \\<that\\>"
    usual = pbp("report", "northam", at=workspace(FILES)).out
    assert "- discuss what would help with the theme that has slipped, Shared vision and purpose\n" in usual
    assert "agree | this" not in usual


def test_of_a_published_summary_nobody_is_asked_anything(pbp: Pbp) -> None:
    for cut in ("full", "page", "cover"):
        out = pbp("report", "oxfordshire", "--cut", cut, at=ROOT).out
        assert "asked" not in out
        assert "asked to" in pbp("report", "oxfordshire", "--cut", cut, "--ask", "read it", at=ROOT).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name a Place"),
        (("northam", "--test", "all"), "--test needs a day to judge by"),
        (
            ("northam", "--test", "al", "--as-of", "2026-01"),
            'there is no readiness test "al" here; did you mean "all"?',
        ),
        (("northam", "--as-of", "2024-12"), "--as-of 2024-12-31 is before the assessment of 2025-01"),
        (("northam", "--as-of", "soon"), "--as-of"),
        (("northam", "--ask", " "), "--ask is empty"),
        (("northam", "--cut", "slides", "--format", "html"), "--cut slides cannot be written as html"),
        (("northam", "--cut", "page", "-o", "x.pptx"), "--cut page cannot be written as pptx"),
        (("northam", "--format", "docx"), "a docx file cannot be printed"),
        (("northam", "--cut", "slides"), "a pptx file cannot be printed"),
        (("northam", "--format", "docx", "-o", "-"), "a docx file cannot be printed"),
        (("northam", "-o", "x.odt"), "name the file .docx, .html, .md or .pptx, or give --format"),
        (("northam", "--assets", "note.txt"), '"note.txt" is a file, and the charts go into a folder'),
        (("northam", "--assets", "assessments"), "is a place for files that reports are made from"),
    ],
)
def test_wrong_usage_is_said_in_a_sentence(
    pbp: Pbp, workspace: MakeWorkspace, arguments: tuple[str, ...], said: str
) -> None:
    root = workspace({**FILES, "pbp.yaml": "format: 1\n", "note.txt": "A note."})
    before = sorted(path for path in root.rglob("*"))
    outcome = pbp("report", *arguments, at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert sorted(path for path in root.rglob("*")) == before


@pytest.mark.parametrize(
    ("output", "shown"),
    [(None, "charts/northam-2025-01-stages.svg"), ("papers/n.md", "../charts/northam-2025-01-stages.svg")],
)
def test_charts_as_files_that_markdown_shows(
    pbp: Pbp, workspace: MakeWorkspace, output: str | None, shown: str
) -> None:
    root = workspace(FILES)
    (root / "papers").mkdir()
    outcome = pbp("report", "northam", "--assets", "charts", *(("-o", output) if output else ()), at=root)
    assert outcome.code == 0, outcome.err
    text = (root / output).read_text("utf-8") if output else outcome.out
    images = re.findall(r"(?:\n\n|^)!\[([^\]]+)\]\(([^)]+)\)\n\n", text)
    assert [where for _, where in images] == [shown, shown.replace("stages", "history")]
    assert images[0][0].replace("\\", "") == "Northam: stage of each theme in Jan 2024 and Jan 2025"
    for _, where in images:
        picture = ElementTree.parse((root / output).parent / where if output else root / where).getroot()
        assert picture.tag == "{http://www.w3.org/2000/svg}svg"
        for shape in picture.iter():
            if shape.tag.endswith(("circle", "path")):
                assert shape.get("fill"), "styled by a page only, it turns black by itself"
            if shape.tag.endswith("}line"):
                assert shape.get("stroke")
    assert "wrote charts/: 2 charts" in outcome.err


def test_a_chart_s_path_with_signs_is_an_address(pbp: Pbp, workspace: MakeWorkspace) -> None:
    out = pbp("report", "northam@2023", "--assets", "my charts (new)", at=workspace(FILES)).out
    assert "](my%20charts%20%28new%29/northam-2023-01-stages.svg)" in out


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("cut", ["full", "page", "cover"])
def test_hostile_text_comes_out_as_text_in_each_cut(pbp: Pbp, workspace: MakeWorkspace, cut: str, text: str) -> None:
    root = workspace(hostile_workspace(text))
    asked = ("--ask", text.replace("\x00", "?")) if text.strip() else ()
    page = Page(pbp("report", "northam", "--cut", cut, "--format", "html", *asked, at=root).out)
    assert not page.all("script") and not page.all("img")
    assert all((link["href"] or "").startswith(("#", "https://x.example/")) for link in page.all("a"))
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert pbp("report", "northam", "--cut", cut, *asked, at=root).code == 0


def test_a_page_says_where_a_long_reason_and_a_long_action_are(pbp: Pbp, workspace: MakeWorkspace) -> None:
    long = "A reason as long as people give. " * 20
    text = assessment_text("northam", "2025-01", {"shared-vision": "emerging"})
    said = f"    rationale: {json.dumps(long)}\n    actions: [{{action: {json.dumps(long)}}}]\n"
    earlier = assessment_text("northam", "2024-01", {"shared-vision": "developing"})
    root = workspace({"assessments/northam/2024-01.yaml": earlier, "assessments/northam/2025-01.yaml": text + said})
    out = pbp("report", "northam", "--cut", "page", at=root).out
    assert "Developing to Emerging. The reason is in the full report." in out
    assert re.search(r"- A reason as long as people give\..{200,300} … \\?\(see the full report\\?\)\n", out)
    assert long.strip() in pbp("report", "northam", at=root).out


def actions(date: str, *lines: str) -> str:
    return (
        assessment_text("northam", date, {"shared-vision": "emerging"})
        + "    actions:\n"
        + "".join(f"      - {line}\n" for line in lines)
    )


def test_actions_are_followed_through_all_assessments(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace(
        {
            "assessments/northam/2023-01.yaml": actions("2023-01", "{action: Begin}", "{action: Write}"),
            "assessments/northam/2024-01.yaml": actions(
                "2024-01", "{action: Begin, status: done}", "{action: Write}", "{action: Ask}"
            ),
            "assessments/northam/2025-01.yaml": actions("2025-01", "{action: Write, due: 2025-03}"),
        }
    )
    out = pbp("report", "northam", "--as-of", "2025-06", at=root).out
    assert "1 done, 1 open, 1 open before and not mentioned now; overdue on 30 June 2025: 1." in out
    assert "| Write | Shared vision and purpose | Not recorded | March 2025 | Jan 2023 |" in out
    assert "- support the action still open\n" in out
    since = pbp("report", "northam", "--since", "first", "--cut", "page", at=root).out
    assert "- Write (due March 2025)\n" in since and "Begin" not in since and "Ask" not in since


@pytest.mark.parametrize(
    ("arguments", "titles"),
    [
        (("northam",), ["Since last time: Jan 2024 to Jan 2025"]),
        (("northam", "--cut", "page"), ["Since last time: Jan 2024 to Jan 2025"]),
        (("northam", "--since", "2022-06"), ["Since Jun 2022: Jun 2022 to Jan 2025"]),
    ],
)
def test_what_is_no_baseline_is_not_called_one(
    pbp: Pbp, workspace: MakeWorkspace, arguments: tuple[str, ...], titles: list[str]
) -> None:
    draft = assessment_text("northam", "2022-06", {"shared-vision": "developing"}, status="draft")
    broken = FILES["assessments/northam/2023-01.yaml"].replace("stage: maturing", "stage: maturin")
    root = workspace({**FILES, "assessments/northam/2023-01.yaml": broken, "assessments/northam/2022-06.yaml": draft})
    out = pbp("report", *arguments, at=root).out
    assert re.findall(r"^###? (Since .*)$", out, re.MULTILINE) == titles
    assert "The assessment of 2023-01 cannot be read" in out


def test_a_paper_on_an_older_assessment_says_that_there_is_a_later_one(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    for cut in ("full", "page", "cover"):
        said = "This is not the latest assessment: there is one of January 2025."
        assert said in pbp("report", "northam@2024", "--cut", cut, at=root).out
        assert "not the latest" not in pbp("report", "northam", "--cut", cut, at=root).out


def test_a_made_up_baseline_is_marked_in_each_cut(pbp: Pbp, workspace: MakeWorkspace) -> None:
    first = FILES["assessments/northam/2023-01.yaml"].replace("provenance: self-assessment", "provenance: illustrative")
    root = workspace({**FILES, "assessments/northam/2023-01.yaml": first})
    for cut in ("full", "page", "cover"):
        assert "ILLUSTRATIVE (January 2023):" in pbp("report", "northam", "--cut", cut, at=root).out


def test_what_cannot_be_compared_says_why_on_a_page(pbp: Pbp, workspace: MakeWorkspace) -> None:
    own = (
        "id: own\nversion: '1'\ntitle: Own\nstages: [{id: a, name: A}, {id: b, name: B}]\nthemes: [{id: t1, name: T}]\n"
    )
    older = assessment_text("northam", "2022-01", {"t1": "a"}, matrix="own@1")
    root = workspace({"matrices/own.yaml": own, "assessments/northam/2022-01.yaml": older, **FILES})
    out = pbp("report", "northam@2023", "--cut", "page", "--as-of", "2026-01", at=root).out
    assert "## What has changed\n\nNot compared with the one before: 2022-01 uses own" in out
    alone = pbp("report", "northam@2022", "--cut", "page", "--as-of", "2026-01", at=root).out
    assert "## What has changed\n\nThere is no earlier assessment to compare with." in alone


@pytest.mark.parametrize("format_", ["markdown", "html"])
@pytest.mark.parametrize("name", ["board.docx", "board.PPTX"])
def test_a_document_that_somebody_works_on_is_never_overwritten_by_another_format(
    pbp: Pbp, workspace: MakeWorkspace, name: str, format_: str
) -> None:
    root = workspace(FILES)
    (root / name).write_bytes(b"precious")
    outcome = pbp("report", "northam", "--format", format_, "-o", name, at=root)
    assert outcome.code == 2 and "is there already" in outcome.err
    assert (root / name).read_bytes() == b"precious"


def test_a_link_to_nowhere_is_not_written_through(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    (root / "board.docx").symlink_to(root / "elsewhere.docx")
    assert pbp("report", "northam", "-o", "board.docx", at=root).code == 2
    assert not (root / "elsewhere.docx").exists()


def test_the_workspace_s_own_folder_is_a_place_for_charts_and_not_for_a_document(
    pbp: Pbp, workspace: MakeWorkspace
) -> None:
    root = workspace(FILES)
    assert pbp("report", "northam@2023", "--assets", ".", at=root).code == 0
    assert (root / "northam-2023-01-stages.svg").exists()
    outcome = pbp("report", "northam", "--format", "html", "-o", ".", at=root)
    assert outcome.code == 2 and "-o names no file" in outcome.err


def test_a_draft_is_never_marked_for_publication(pbp: Pbp, workspace: MakeWorkspace) -> None:
    draft = FILES["assessments/northam/2025-01.yaml"].replace("status: agreed", "status: draft")
    root = workspace({**FILES, "assessments/northam/2025-01.yaml": draft})
    for cut in ("full", "page", "cover"):
        out = pbp("report", "northam@2025", "--for", "public", "--cut", cut, at=root).out
        assert "A draft, not for publication yet" in out and "For publication" not in out


def test_of_a_published_summary_the_readiness_test_and_what_is_not_known_are_told_too(
    pbp: Pbp, workspace: MakeWorkspace
) -> None:
    stated = assessment_text(
        "northam", "2025-06", provenance="published-summary", more="stated: {overall: developing, source: {title: A}}"
    )
    root = workspace({**FILES, "assessments/northam/2025-06.yaml": stated})
    for format_ in ("markdown", "html"):
        out = pbp("report", "northam", "--as-of", "2025-07", "--test", "all", "--format", format_, at=root).out
        assert "The stage of each theme was not published." in out
        assert "readiness tests as of" in out and "It decides nothing" in out
