"""pbp readiness: what is recorded on a test's conditions, said for what it is, and nothing decided."""

import json
import re
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Pbp, Snapshot, assessment_text, filed, small_matrix
from pages import UNSEEN, hostile_workspace, in_yaml

from pbpmaturity.analysis.readiness import judge_readiness
from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.opening import choose
from pbpmaturity.model.readiness_test import ReadinessTest
from pbpmaturity.report.instruments_text import readiness_text
from pbpmaturity.report.readiness_view import Judged, readiness_view

CLOSING = "This lists what was recorded. It decides nothing; the Integrated Care Board decides."
TEST = """\
id: simple
title: Simple
matrix: pbp@2023.1
requires:
  themes: {shared-data: developing}
attested:
  - {condition: Agreed in law, by-role: Board, document: A paper, date: 2024-01}
"""
NORTHAM = "assessments/northam/2024-01.yaml"
READY = assessment_text("northam", "2024-01", {"shared-data": "developing"})
FILES = {NORTHAM: READY, "readiness/simple.yaml": TEST}


def conditions(out: str) -> dict[str, str]:
    document = json.loads(out)
    return {one["condition"]: one["result"] for test in document["tests"] for one in test["conditions"]}


def view_of_riverside(place: str) -> tuple[Judged, list]:  # type: ignore[type-arg]
    chosen = choose(place, RIVERSIDE)
    portfolio, day = chosen.portfolio, day_of("2025-06")
    one = chosen.shelf.take(chosen.shelf.agreed_dates()[-1])
    judged = Judged(place, chosen.shelf.name, day, one, portfolio.matrices, None, "", 12)
    return judged, [judge_readiness(test.test, one, day) for test in portfolio.readiness_tests]


@pytest.mark.parametrize(("format_", "ending"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_whole_outputs(pbp: Pbp, expect_whole: Snapshot, format_: str, ending: str) -> None:
    outcome = pbp("readiness", "northam", "--as-of", "2025-06", "--format", format_, at=RIVERSIDE)
    assert (outcome.code, outcome.err) == (1, "")
    expect_whole(f"readiness-northam.{ending}", outcome.out)


def test_what_was_only_published_says_so(pbp: Pbp, expect_whole: Snapshot) -> None:
    outcome = pbp("readiness", "oxfordshire", "--as-of", "2024-06", "--test", "community-services-example", at=ROOT)
    assert (outcome.code, outcome.err) == (1, "")
    expect_whole("readiness-oxfordshire.txt", outcome.out)


@pytest.mark.parametrize("width", [40, 80, 110])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    text = readiness_text(readiness_view(*view_of_riverside("northam")), width=width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert " ".join(text.split()).endswith(CLOSING)


def test_colour_is_for_terminals() -> None:
    view = readiness_view(*view_of_riverside("northam"))
    assert "\x1b" in readiness_text(view, colour=True)
    assert "\x1b" not in readiness_text(view)


@pytest.mark.parametrize("format_", ["text", "markdown"])
@pytest.mark.parametrize("place", ["northam", "southbridge", "westmere"])
def test_every_text_ends_by_saying_that_it_decides_nothing(pbp: Pbp, place: str, format_: str) -> None:
    out = pbp("readiness", place, "--as-of", "2025-06", "--format", format_, at=RIVERSIDE).out
    assert " ".join(out.split()).endswith(CLOSING)
    assert out.count("decides nothing") == 1


def test_a_template_of_one_s_own_cannot_leave_that_out(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, "templates/readiness.md.j2": "{{ readiness.headline }} is ready."})
    out = pbp("readiness", "northam", "--as-of", "2024-06", "--format", "markdown", at=root).out
    assert out == f"Northam: readiness tests as of 30 June 2024 is ready.\n\n{CLOSING}\n"


@pytest.mark.parametrize(
    ("stage", "said", "code"),
    [("developing", "Simple: met", 0), ("emerging", "Simple: not met", 1), ("not-assessed", "Simple: not known", 1)],
)
def test_the_exit_code_says_whether_all_is_met(
    pbp: Pbp, workspace: MakeWorkspace, stage: str, said: str, code: int
) -> None:
    root = workspace({**FILES, NORTHAM: READY.replace("stage: developing", f"stage: {stage}")})
    outcome = pbp("readiness", "northam", "--as-of", "2024-06", at=root)
    assert (outcome.code, outcome.err) == (code, "")
    assert said in outcome.out.splitlines()


def test_a_banner_changes_no_exit_code(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, NORTHAM: READY.replace("self-assessment", "illustrative")})
    outcome = pbp("readiness", "northam", "--as-of", "2026-06", at=root)
    assert outcome.code == 0
    assert outcome.out.startswith(
        "ILLUSTRATIVE: a made-up example that describes no real Place.\n"
        "STALE: the assessment is more than 12 months old on 30 June 2026.\n"
    )


def test_one_test_or_all_of_them(pbp: Pbp, workspace: MakeWorkspace) -> None:
    other = TEST.replace("id: simple", "id: harder").replace("developing", "maturing")
    root = workspace({**FILES, "readiness/a.yaml": other})
    every = pbp("readiness", "northam", "--as-of", "2024-06", "--format", "json", at=root)
    assert [one["id"] for one in json.loads(every.out)["tests"]] == ["harder", "simple"]
    assert every.code == 1
    one = pbp("readiness", "northam", "--as-of", "2024-06", "--test", "simple", "--format", "json", at=root)
    assert ([one["id"] for one in json.loads(one.out)["tests"]], one.code) == (["simple"], 0)
    unknown = pbp("readiness", "northam", "--test", "simpel", at=root)
    assert (unknown.code, unknown.out) == (2, "")
    assert 'there is no readiness test "simpel" here; did you mean "simple"?' in unknown.err


def test_without_a_readiness_test_there_is_nothing_to_say(pbp: Pbp, workspace: MakeWorkspace) -> None:
    outcome = pbp("readiness", "northam", at=workspace({NORTHAM: READY}))
    assert (outcome.code, outcome.out) == (2, "")
    assert "there is no readiness test in this workspace" in outcome.err


@pytest.mark.parametrize("word", ["northam@2024", "northam@latest", NORTHAM, "2024-01.yaml"])
def test_it_is_asked_of_a_place_and_not_of_one_assessment(pbp: Pbp, workspace: MakeWorkspace, word: str) -> None:
    outcome = pbp("readiness", word, at=workspace(FILES))
    assert (outcome.code, outcome.out) == (2, "")
    assert "--as-of" in outcome.err


@pytest.mark.parametrize(
    ("as_of", "date"),
    [("2022-12", None), ("2023-01", "2023-01"), ("2023-12-31", "2023-01"), ("2024-01-01", "2024-01"), ("2030", None)],
)
def test_the_latest_agreed_assessment_that_has_begun_counts(
    pbp: Pbp, workspace: MakeWorkspace, as_of: str, date: str | None
) -> None:
    earlier = assessment_text("northam", "2023-01", {"shared-data": "emerging"})
    draft = assessment_text("northam", "2024-05", {"shared-data": "thriving"}, status="draft")
    files = {"assessments/northam/2023-01.yaml": earlier, "assessments/northam/2024-05.yaml": draft}
    outcome = pbp("readiness", "northam", "--as-of", as_of, "--format", "json", at=workspace({**FILES, **files}))
    if as_of == "2030":
        assert (outcome.code, outcome.out) == (2, "")
        return
    assessment = json.loads(outcome.out)["assessment"]
    assert (assessment and assessment["date"]) == date
    assert "there is a newer draft: northam@2024-05" in outcome.err


def test_without_an_assessment_by_then_that_is_said(pbp: Pbp, workspace: MakeWorkspace) -> None:
    outcome = pbp("readiness", "northam", "--as-of", "2023-06", at=workspace(FILES))
    assert outcome.code == 1
    assert "Northam has no agreed assessment as of 30 June 2023; there is Jan 2024." in outcome.out
    assert "There is no agreed assessment as of 30 June 2023." in outcome.out


def test_a_place_with_drafts_only_is_not_judged_on_them(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, NORTHAM: READY.replace("agreed", "draft")})
    outcome = pbp("readiness", "northam", "--as-of", "2024-06", at=root)
    assert outcome.code == 1
    assert "no agreed assessment as of 30 June 2024; there is Jan 2024 (draft)." in outcome.out
    assert "Recorded:" not in outcome.out


def test_without_a_day_it_is_today_s_and_says_so(
    pbp: Pbp, workspace: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime

    monkeypatch.setattr("pbpmaturity.cli.readiness.day_of", lambda as_of: datetime.date(2024, 3, 2))
    outcome = pbp("readiness", "northam", at=workspace(FILES))
    assert "Northam: readiness tests as of 2 March 2024" in outcome.out.splitlines()


def test_on_another_matrix_nothing_else_is_judged(pbp: Pbp, workspace: MakeWorkspace) -> None:
    matrix = (ROOT / "matrices" / "pbp-2023.1.yaml").read_text("utf-8").replace('"2023.1"', '"2023.1-own"')
    files = {"matrices/own.yaml": matrix, NORTHAM: READY.replace("pbp@2023.1", "pbp@2023.1-own")}
    root = workspace({**FILES, **files})
    outcome = pbp("readiness", "northam", "--as-of", "2024-06", "--format", "json", at=root)
    assert (outcome.code, conditions(outcome.out)) == (1, {"matrix": "not-met"})
    text = pbp("readiness", "northam", "--as-of", "2024-06", at=root).out
    assert "The assessment of January 2024 is on pbp@2023.1-own, so nothing else was\n    judged." in text


BROKEN = "readiness/broken.yaml"


@pytest.mark.parametrize(
    ("name", "text", "arguments", "code"),
    [
        (BROKEN, "id: [", (), 2),
        (BROKEN, "id: [", ("--test", "simple"), 0),
        (BROKEN, "id: [", ("--test", "broken"), 2),
        (BROKEN, TEST.replace("id: simple", "id: other").replace("shared-data", "shared-dta"), (), 2),
        (BROKEN, TEST.replace("id: simple", "id: other").replace("shared-data", "shared-dta"), ("--test", "other"), 2),
        (BROKEN, TEST.replace("id: simple", "id: other").replace("shared-data", "shared-dta"), ("--test", "simple"), 0),
        # One id in two files: which of them is meant is not guessed.
        ("readiness/twice.yaml", TEST, ("--test", "simple"), 2),
        ("readiness/other.yml", TEST.replace("id: simple", "id: other"), ("--test", "simple"), 0),
        ("readiness/other.yml", TEST.replace("id: simple", "id: other"), ("--test", "other"), 2),
        ("readiness/other.yml", TEST.replace("id: simple", "id: other"), (), 2),
        ("readiness/notes.txt", "x", (), 0),
        ("assessments/southam/2024-01.yaml", "place: [", (), 0),
        ("assessments/northam/2023-01.yaml", "place: [", (), 0),
        ("assessments/northam/2024-02.yaml", "place: [", (), 2),
        ("delegation/own.yaml", "id: [", (), 0),
    ],
)
def test_a_broken_file_stops_it_only_if_it_would_be_used(
    pbp: Pbp, workspace: MakeWorkspace, name: str, text: str, arguments: tuple[str, ...], code: int
) -> None:
    outcome = pbp("readiness", "northam", "--as-of", "2024-06", *arguments, at=workspace({**FILES, name: text}))
    assert outcome.code == code, outcome.err
    if code == 2:
        assert f"{name}:" in outcome.err
        assert outcome.out == ""
    elif not name.endswith((".txt", ".yml")):
        assert outcome.err == "1 file could not be read; run pbp validate\n"


def test_a_service_area_s_name_is_not_needed(pbp: Pbp, workspace: MakeWorkspace) -> None:
    test = f"{TEST}service-area: community-services\n"
    root = workspace({**FILES, "readiness/simple.yaml": test})
    assert (
        "Service area: Community Services; the example remit is read as delegated to the"
        in pbp("readiness", "northam", at=root).out
    )
    (root / "readiness" / "simple.yaml").write_text(test.replace("community-services", "comunity"))
    unknown = pbp("readiness", "northam", "--as-of", "2024-06", at=root)
    said = 'Service area: "comunity", which is none of pbp-delegation@2023.1; did you mean "community-services"?'
    assert (unknown.code, unknown.err, said in " ".join(unknown.out.split())) == (0, "", True)
    (root / "readiness" / "simple.yaml").write_text(test)
    (root / "delegation").mkdir()
    (root / "delegation" / "own.yaml").write_text("id: [")
    assert "Service area: community-services." in pbp("readiness", "northam", at=root).out


def test_nothing_is_asked_of_a_theme_that_the_record_does_not_say(pbp: Pbp, workspace: MakeWorkspace) -> None:
    test = TEST.replace("{shared-data: developing}", "{shared-data: thriving}\n  all-themes-at-least: maturing")
    stages = {"shared-data": "developing", "shared-vision": "emerging", "systems-mindset": "maturing"}
    root = workspace({"readiness/simple.yaml": test, NORTHAM: assessment_text("northam", "2024-01", stages)})
    out = pbp("readiness", "northam", "--as-of", "2024-06", at=root).out
    assert "1 of 10 themes at Maturing or above, 2 below, 7 not assessed." in out
    assert "Not met: Shared data and information at Thriving\n" in out
    # All themes are one condition: none is named for its stage.
    every = out[out.index("Every theme at") : out.index("Not met: Shared data")]
    assert "No evidence is recorded for: Shared vision and purpose; Systems mindset and" in every
    assert not re.search(r"below: |below are", every)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_shown(pbp: Pbp, workspace: MakeWorkspace, text: str) -> None:
    quoted = in_yaml(text)
    test = f"""\
id: own
title: {quoted}
note: {quoted}
matrix: own@1
requires: {{all-themes-at-least: b, themes: {{t1: b}}, evidence-for: [t1]}}
attested:
  - {{condition: {quoted}, by-role: {quoted}, document: {quoted}, date: 2024-01}}
"""
    root = workspace({**hostile_workspace(text), "readiness/own.yaml": test})
    for place in ("2024-01-17", "2023-01"):
        for format_ in ("text", "markdown", "json"):
            outcome = pbp("readiness", "northam", "--as-of", place, "--format", format_, at=root)
            assert outcome.code in (0, 1), outcome.err
            assert not UNSEEN.search(outcome.out)
            if format_ == "json":
                assert json.loads(outcome.out)["tests"][0]["title"] == text
            else:
                assert " ".join(outcome.out.split()).endswith(CLOSING)
            if format_ == "markdown":
                assert not re.search(r"(?<!\\)<", outcome.out)


@pytest.mark.parametrize("count", [2, 7])
def test_a_matrix_of_any_size(count: int) -> None:
    matrix = small_matrix(1, stage_ids=tuple(f"s{number}" for number in range(count)))
    data = {
        "id": "x", "title": "X", "matrix": "small@1", "requires": {"all-themes-at-least": f"s{count - 1}"},
        "attested": ({"condition": "Agreed", "by-role": "Board"},),
    }  # fmt: skip
    test = ReadinessTest.model_validate(data)
    one = filed("-", matrix=matrix)
    judged = Judged("northam", "Northam", day_of("2024-06"), one, {"small@1": matrix}, None, "", 12)
    text = readiness_text(readiness_view(judged, [judge_readiness(test, one, judged.day)]), width=40)
    assert f"Not known: Every theme at S{count - 1}\n" in text


def test_a_private_place_has_readiness_of_its_own(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, "pbp.yaml": "places: {northam: {share: private}}\n"})
    assert pbp("readiness", "northam", "--as-of", "2024-06", at=root).code == 0


def test_the_examples_that_ship_say_that_they_are_examples(pbp: Pbp) -> None:
    paths = [*(ROOT / "readiness").glob("*.yaml"), *(RIVERSIDE / "readiness").glob("*.yaml")]
    assert len(paths) > 2
    for path in paths:
        text = path.read_text("utf-8")
        assert re.search(r"^title: .*\(example thresholds\)$", text, re.MULTILINE)
        assert "examples and no standard" in text
    out = pbp("readiness", "northam", "--as-of", "2025-06", at=RIVERSIDE).out
    assert "The thresholds of this test are examples and no standard." in out


def test_init_adds_the_example_unless_there_are_tests_already(pbp: Pbp, tmp_path: Path) -> None:
    root = tmp_path / "new"
    assert pbp("init", "new", at=tmp_path).code == 0
    (root / "readiness" / "community-services-example.yaml").rename(root / "readiness" / "own.yaml")
    assert "readiness" not in pbp("init", "new", at=tmp_path).out.replace("readiness.schema", "")
    (root / "readiness" / "own.yaml").unlink()
    assert "wrote new/readiness/community-services-example.yaml" in pbp("init", "new", at=tmp_path).out
    assert "left alone new/readiness/community-services-example.yaml" in pbp("init", "new", at=tmp_path).out


# What validate says of a readiness test


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("", ""),
        ("note: item #4\n", "PBP122"),
        ("note: ask jo@example.org\n", "PBP402"),
        ("note: item #4 # pbp: ignore PBP122 meant so\n", ""),
    ],
)
def test_free_text_is_looked_at_and_comments_leave_findings_out(
    pbp: Pbp, workspace: MakeWorkspace, more: str, code: str
) -> None:
    out = pbp("validate", at=workspace({**FILES, "readiness/simple.yaml": TEST + more})).out
    found = re.findall(r"^readiness/simple\.yaml:8:\d+: warning (PBP\d+)", out, re.MULTILINE)
    assert found == ([code] if code else [])


def test_a_role_is_no_person_and_a_place_s_name_no_person_s(pbp: Pbp, workspace: MakeWorkspace) -> None:
    named = TEST.replace("by-role: Board", "by-role: Alex Example")
    root = workspace({**FILES, "readiness/simple.yaml": named})
    assert re.search(r"^readiness/simple.yaml:7:\d+: warning PBP403", pbp("validate", at=root).out, re.MULTILINE)
    (root / "pbp.yaml").write_text("places: {northam: {name: Alex Example}}\n")
    assert "PBP403" not in pbp("validate", at=root).out


def test_a_readiness_test_alone_is_read_as_one(pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "test.yaml").write_text(TEST.replace("shared-data", "shared-dta"))
    outcome = pbp("validate", "test.yaml", at=tmp_path)
    assert outcome.out.startswith("test.yaml:5:12: error PBP105 ")
    (tmp_path / "test.yaml").write_text(f"{TEST}service-area: maternty\n")
    assert (
        'PBP123 service area "maternty" is not known; did you mean "maternity"?'
        in pbp("validate", "test.yaml", at=tmp_path).out
    )


def test_a_second_test_is_not_dropped_in_silence(pbp: Pbp) -> None:
    arguments = ("--test", "community-services-example", "--test", "community-services-example")
    outcome = pbp("readiness", "northam", "--as-of", "2025-06", *arguments, at=RIVERSIDE)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--test is given more than once" in outcome.err


def test_an_attestation_says_that_it_is_not_of_this_place_alone(pbp: Pbp) -> None:
    for place in ("northam", "westmere"):
        out = " ".join(pbp("readiness", place, "--as-of", "2025-06", at=RIVERSIDE).out.split())
        assert out.count("It stands in the test itself, and so for every Place that the test is asked of.") == 1


def test_a_theme_that_is_not_applicable_is_named_with_its_reason(pbp: Pbp) -> None:
    out = " ".join(pbp("readiness", "southbridge", "--as-of", "2024-06", at=RIVERSIDE).out.split())
    assert "Not applicable, and so not judged: Aligning and coordinating use of resources. Reason: " in out


@pytest.mark.parametrize(("day", "is_said"), [("2024-02-01", True), ("2024-02-06", False)])
def test_what_was_agreed_only_later_is_said(pbp: Pbp, day: str, is_said: bool) -> None:
    out = " ".join(pbp("readiness", "northam", "--as-of", day, at=RIVERSIDE).out.split())
    assert "Judged on the assessment of 17 January 2024." in out
    assert ("On that day it had not been agreed yet" in out) == is_said
