"""pbp form on the command line: which form, for whom, from which files, and what it refuses."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Pbp, Snapshot, assessment_text
from pages import UNSEEN, Page, hostile_workspace


def config_of(page: str) -> Any:
    """Return what the page's script is told."""
    found = re.search(r'<script type="application/json" id="config">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_shipped_blank_form_is_current(pbp: Pbp) -> None:
    made = pbp("form").out.replace("Made by pbp 0.0", "Made by pbp")
    shipped = (ROOT / "docs" / "form.html").read_text("utf-8")
    assert re.sub(r"Made by pbp [^ ;]+", "Made by pbp", shipped) == made, "run: make form"


def test_a_form_is_the_same_each_time(pbp: Pbp) -> None:
    assert pbp("form", "northam", at=RIVERSIDE).out == pbp("form", "northam", at=RIVERSIDE).out


def test_a_blank_form_needs_no_workspace(pbp: Pbp, tmp_path: Path) -> None:
    outcome = pbp("form", at=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    config = config_of(outcome.out)
    assert config["place"] is None and config["matrix"]["ref"] == "pbp@2023.1" and config["last"] is None


def test_a_places_form_looks_back_at_its_last_agreed_assessment(pbp: Pbp) -> None:
    config = config_of(pbp("form", "northam", at=RIVERSIDE).out)
    assert (config["place"], config["last"]["date"], config["base"]) == ("northam", "2025-01-15", None)
    assert config["provenance"] == "illustrative"
    assert config["last"]["states"]["shared-vision"] == "maturing"


def test_a_form_goes_on_with_the_newest_draft_or_the_one_that_is_named(pbp: Pbp, workspace: MakeWorkspace) -> None:
    files = {
        f"assessments/northam/{date}.yaml": assessment_text("northam", date, {"shared-data": stage}, status=status)
        for date, stage, status in (
            ("2024-01", "emerging", "agreed"),
            ("2025-01", "developing", "draft"),
            ("2025-06", "maturing", "agreed"),
            ("2026-01", "thriving", "draft"),
        )
    }
    root = workspace(files)
    newest = pbp("form", "northam", at=root)
    assert newest.err == "the form begins with the draft of January 2026\n"
    config = config_of(newest.out)
    assert config["base"]["themes"] == {"shared-data": {"stage": "thriving"}}
    assert config["last"]["date"] == "2025-06"
    named = config_of(pbp("form", "northam@2025-01", at=root).out)
    assert (named["base"]["date"], named["last"]["date"]) == ("2025-01", "2024-01")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["northam@2024"], "northam@2024-01-17 is agreed, and a form goes on with a draft or begins anew"),
        (["northan"], 'there is no Place "northan" here; did you mean "northam"?'),
        (["--matrix", "pbp@2022"], 'matrix "pbp@2022" is not known here'),
        (["--participant", "--questions"], "--participant and --questions are two different forms"),
        (["-o", "form.yaml"], "form.yaml"),
        (["-o", "form.pdf"], '"form.pdf" would not open as what it is'),
        (["--questions", "-o", "questions.html"], '"questions.html" would not open as what it is'),
    ],
)
def test_what_is_refused(pbp: Pbp, arguments: list[str], said: str) -> None:
    outcome = pbp("form", *arguments, at=RIVERSIDE)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert not (RIVERSIDE / arguments[-1]).exists()


def test_a_broken_last_assessment_stops_the_form(pbp: Pbp, workspace: MakeWorkspace) -> None:
    outcome = pbp("form", "northam", at=workspace({"assessments/northam/2024-01.yaml": "place: northam\n"}))
    assert outcome.code == 2 and "the assessment of 2024-01 cannot be used" in outcome.err


def test_a_last_time_with_another_matrix_is_left_out_and_that_is_said(pbp: Pbp, workspace: MakeWorkspace) -> None:
    five = (ROOT / "tests" / "examples" / "good" / "five-levels" / "matrices").iterdir()
    files: dict[str, str | bytes] = {f"matrices/{path.name}": path.read_bytes() for path in five}
    files["pbp.yaml"] = "matrix: rungs@1\n"
    files["assessments/northam/2024-01.yaml"] = assessment_text("northam", "2024-01", {"shared-data": "emerging"})
    outcome = pbp("form", "northam", at=workspace(files))
    assert outcome.err == "last time's stages are left out: 2024-01 uses pbp@2023.1, and this is rungs@1\n"
    assert config_of(outcome.out)["last"] is None


def test_a_participants_form_holds_nothing_of_what_the_place_recorded(pbp: Pbp) -> None:
    page = pbp("form", "southbridge", "--participant", at=RIVERSIDE).out
    config = config_of(page)
    assert set(config) == {"key", "place", "placeName", "matrix"}
    assert "resident panel" not in page and "views" not in json.dumps(config)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("", "Who is responsible for your answers is not written here"),
        ("privacy: {controller: Northam Council}\n", "Northam Council is responsible for your answers."),
        ("privacy: {keep-until: They go in March.}\n", "They go in March."),
    ],
)
@pytest.mark.parametrize("kind", ["--participant", "--questions"])
def test_the_privacy_notice_says_what_is_known(
    pbp: Pbp, workspace: MakeWorkspace, settings: str, said: str, kind: str
) -> None:
    text = pbp("form", kind, at=workspace({"pbp.yaml": f"format: 1\n{settings}"})).out
    assert said in html.unescape(text)


def test_the_questions_are_those_whose_answers_import_finds(
    pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path, expect_whole: Snapshot
) -> None:
    text = pbp("form", "northam", "--questions", at=RIVERSIDE).out
    expect_whole("form-questions.txt", text)
    titles = re.findall(r"^QUESTION .*\n  (.*)$", text, re.MULTILINE)
    options = re.findall(r"  Options:\n((?:    .*\n)+)", text)
    assert len(titles) == 20 and len(options) == 10
    words = [line.strip() for line in options[0].splitlines()]
    rows = [[words[index % len(words)] if number % 2 == 0 else "" for number in range(20)] for index in range(20)]
    sheet = tmp_path / "export.csv"
    sheet.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in [titles, *rows]), "utf-8")
    root = workspace({"assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", {})})
    outcome = pbp("import", str(sheet), "--place", "northam", "--date", "2025-01", "--yes", at=root)
    assert outcome.code == 0, outcome.err
    shown = json.loads(pbp("show", "northam@2025-01", "--format", "json", at=root).out)
    tally = {"emerging": 4, "developing": 4, "maturing": 4, "thriving": 4}
    assert [theme["views"] for theme in shown["themes"]] == [tally] * 10


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", [[], ["northam"], ["northam", "--participant"]])
def test_hostile_text_adds_nothing_to_a_form(pbp: Pbp, workspace: MakeWorkspace, text: str, kind: list[str]) -> None:
    outcome = pbp("form", *kind, at=workspace(hostile_workspace(text)))
    assert outcome.code == 0, outcome.err
    page, plain = Page(outcome.out), Page(pbp("form", *kind, at=workspace(hostile_workspace("Plain."))).out)
    wanted = [name for name, _ in plain.tags if name != "p"]
    assert [name for name, _ in page.tags if name != "p"] == wanted
    assert not UNSEEN.search(outcome.out)
    assert [dict(attributes) for name, attributes in page.tags if name == "script"] == [
        {"type": "application/json", "id": "config"},
        {},
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_forges_no_line_of_the_questions(pbp: Pbp, workspace: MakeWorkspace, text: str) -> None:
    outcome = pbp("form", "northam", "--questions", at=workspace(hostile_workspace(text)))
    assert not UNSEEN.search(outcome.out)
    assert len(re.findall(r"^QUESTION", outcome.out, re.MULTILINE)) == 2


def test_a_script_is_the_one_that_its_hash_allows(pbp: Pbp) -> None:
    import base64
    import hashlib

    for arguments in ([], ["--participant"]):
        page = pbp("form", *arguments).out
        policy = re.search(r"script-src &#39;sha256-(.*?)&#39;|script-src 'sha256-(.*?)'", page)
        script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        assert policy and len(script) == 1
        digest = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
        assert html.unescape(policy[1] or policy[2]) == digest
