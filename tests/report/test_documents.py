"""Reports as documents: whole outputs, hostile text, other matrices, broken templates."""

import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, UNUSABLE, MakeWorkspace, Pbp, Snapshot, assessment_text
from pages import UNSEEN, Page, hostile_workspace

from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.workspace.scaffold import lay_down
from pbpmaturity.workspace.source import read


@pytest.mark.parametrize(("format_", "ending"), [("markdown", "md"), ("html", "html")])
@pytest.mark.parametrize("selector", ["northam", "northam@first", "southbridge@2025", "westmere@first"])
def test_whole_report_on_a_fictional_place(
    pbp: Pbp, expect_whole: Snapshot, selector: str, format_: str, ending: str
) -> None:
    outcome = pbp("report", selector, "--format", format_, at=RIVERSIDE)
    assert outcome.code == 0, outcome.err
    expect_whole(f"report-{selector.replace('@', '-')}.{ending}", outcome.out)


@pytest.mark.parametrize(("format_", "ending"), [("markdown", "md"), ("html", "html")])
def test_whole_report_on_a_published_summary(pbp: Pbp, expect_whole: Snapshot, format_: str, ending: str) -> None:
    outcome = pbp("report", "oxfordshire", "--format", format_, at=ROOT)
    expect_whole(f"report-oxfordshire.{ending}", outcome.out)
    for theme in ("Shared vision", "Shared data", "Weakest", "Slips"):
        assert theme not in outcome.out


def test_the_same_files_make_the_same_bytes_anywhere(pbp: Pbp, tmp_path: Path) -> None:
    for name in ("one", "two"):
        lay_down(tmp_path / name, example=True)
        assert pbp("report", "northam", "-o", "r.html", at=tmp_path / name).code == 0
    assert (tmp_path / "one/r.html").read_bytes() == (tmp_path / "two/r.html").read_bytes()
    assert b"\r" not in (tmp_path / "one/r.html").read_bytes()


@pytest.fixture
def page(pbp: Pbp) -> Page:
    return Page(pbp("report", "northam", "--format", "html", at=RIVERSIDE).out)


def test_the_page_is_self_contained(page: Page) -> None:
    assert not page.all("script") and not page.all("link") and not page.all("img")
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv"))
    assert policy is not None and policy.startswith("default-src 'none'")


def test_the_page_is_accessible_in_what_html_can_say(page: Page) -> None:
    assert page.all("html") == [{"lang": "en-GB"}]
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == len(page.all("header")) == len(page.all("footer")) == 1
    assert page.all("a")[0] == {"class": "skip", "href": "#main"}
    assert all(head.get("scope") in ("col", "row") for head in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table")) == 7
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for _, attributes in page.tags:
        for target in (attributes.get("aria-labelledby") or "").split():
            assert target in ids


def test_the_last_line_names_the_inputs_with_their_hashes(page: Page) -> None:
    end = page.text[page.text.rindex("Made by pbp") :]
    paths = re.findall(r"(\S+\.yaml) \(SHA-256 ([0-9a-f]{64}) \)", end)
    assert [path for path, _ in paths] == [
        "assessments/northam/2024-01-17.yaml",
        "assessments/northam/2025-01-15.yaml",
        "matrices/pbp-2023.1.yaml",
        "assessments/northam/2023-01-19.yaml",
        "pbp.yaml",
    ]
    for path, digest in paths[:2]:
        assert hashlib.sha256((RIVERSIDE / path).read_bytes()).hexdigest() == digest
    assert "rule for the overall stage: median" in end


def test_charts_are_pictures_by_themselves(pbp: Pbp) -> None:
    text = pbp("report", "northam", "--format", "html", at=RIVERSIDE).out
    pictures = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(pictures) == 4
    for picture in pictures:
        root = ElementTree.fromstring(picture)
        space = "{http://www.w3.org/2000/svg}"
        assert root.find(f"{space}title") is not None and root.find(f"{space}desc") is not None
        for circle in root.iter(f"{space}circle"):
            assert circle.get("fill") and circle.get("stroke"), "styled by the page only, it turns black when saved"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_text(workspace: MakeWorkspace, pbp: Pbp, text: str) -> None:
    root = workspace(hostile_workspace(text))
    assert pbp("validate", *UNUSABLE, at=root).code == 0, pbp("validate", at=root).out
    shown = " ".join(visible(text).split())

    html = pbp("report", "northam", "--format", "html", at=root).out
    page = Page(html)
    assert shown in page.text
    assert f"3{shown},4B(7people)".replace(" ", "") in page.text.replace(" ", "")
    assert not page.all("script") and not page.all("img")
    assert all((link["href"] or "").startswith(("#", "https://x.example/")) for link in page.all("a"))
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert not UNSEEN.search(html)

    for verb in (
        ["show", "northam"], ["diff", "northam"], ["history", "northam"], ["compare"], ["matrix", "t1"], ["matrix"],
    ):  # fmt: skip
        terminal = pbp(*verb, at=root).out
        assert not UNSEEN.search(terminal), verb
        assert not [line for line in terminal.splitlines() if line.lstrip().startswith("::")], "a log's command"
        said = re.sub(r"\s+", "", terminal.replace("\\x3a:", "::"))
        assert "".join(shown.split()) in said or verb[0] != "matrix"
        for format_ in ("markdown", "json"):
            assert not UNSEEN.search(pbp(*verb, "--format", format_, at=root).out)
    assert not UNSEEN.search(pbp("report", "northam", at=root).out)


def test_another_matrix_brings_its_own_words(pbp: Pbp) -> None:
    for name, stages in (("three-stages", 3), ("five-levels", 5)):
        folder = ROOT / "tests" / "examples" / "good" / name
        (place,) = [path.name for path in (folder / "assessments").iterdir()]
        document = json.loads(pbp("matrix", "--format", "json", *_matrix_of(folder), at=folder).out)
        names = [stage["name"] for stage in document["stages"]]
        assert len(names) == stages
        page = pbp("report", place, "--format", "html", at=folder).out
        screen = pbp("show", place, at=folder).out
        assert all(name in page for name in names)
        ours = {"Emerging", "Developing", "Maturing", "Thriving"} - set(names)
        assert not [word for word in ours if word in page or word in screen]


def _matrix_of(folder: Path) -> list[str]:
    (file,) = (folder / "matrices").iterdir()
    data = read(file.read_bytes()).data
    return ["--matrix", f"{data['id']}@{data['version']}"]


def test_a_workspaces_own_template_wins(workspace: MakeWorkspace, pbp: Pbp) -> None:
    files = {
        "assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", {"shared-data": "emerging"}),
        "templates/report.md.j2": "# {{ view.place }} says {{ view.overall_now.words }}\n",
    }
    assert pbp("report", "northam", at=workspace(files)).out == "# Northam says Emerging so far\n"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("one\n{% if %}\n", "templates/report.md.j2:2: the template cannot be used: Expected an expression"),
        ("one\n\n{{ view.nothing }}", 'report.md.j2:3: the template cannot be used: there is no value "nothing" here'),
        (
            "{{ view.place.__class__.__mro__ }}",
            "templates/report.md.j2:1: the template cannot be used: access to attribute",
        ),
        ("\n{{ 1 // 0 }}", "templates/report.md.j2:2: the template cannot be used:"),
        (
            "{% include 'other.j2' %}",
            'templates/report.md.j2:1: the template cannot be used: there is no template "other.j2"',
        ),
        (
            "{% for x in range(100001) %}{% endfor %}",
            "templates/report.md.j2:1: the template cannot be used: Range too big",
        ),
        ("{{ 'x' * 2 }}", "is for small numbers only"),
        (b"\xff", "templates/report.md.j2 cannot be read: it is not UTF-8"),
    ],
)
def test_a_broken_template_is_named_with_its_line(
    workspace: MakeWorkspace, pbp: Pbp, template: str | bytes, said: str
) -> None:
    files = {
        "assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", {"shared-data": "emerging"}),
        "templates/report.md.j2": template,
    }
    outcome = pbp("report", "northam", at=workspace(files))
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_a_file_that_is_written_whole_or_not_at_all(pbp: Pbp, tmp_path: Path) -> None:
    outcome = pbp("report", "northam", "-o", str(tmp_path / "no" / "such.html"), at=RIVERSIDE)
    assert outcome.code == 2
    assert "cannot be written: No such file or directory" in outcome.err
    assert pbp("report", "northam", "-o", str(tmp_path), "--format", "html", at=RIVERSIDE).code == 2
    unknown = pbp("report", "northam", "-o", str(tmp_path / "r.odt"), at=RIVERSIDE)
    assert unknown.code == 2
    assert 'the ending of "r.odt" does not tell the format' in unknown.err
    assert list(tmp_path.iterdir()) == []


def test_since_names_the_assessment_to_compare_with(pbp: Pbp) -> None:
    text = pbp("report", "northam", "--since", "first", at=RIVERSIDE).out
    assert "Emerging to Developing overall, Jan 2023 to Jan 2025" in text
    outcome = pbp("report", "northam@2024", "--since", "2025", at=RIVERSIDE)
    assert outcome.code == 2
    assert "--since names 2025-01-15, which is not before 2024-01-17" in outcome.err
