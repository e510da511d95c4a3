"""pbp views: what individuals said, the most contested first, and nothing of fewer than five people."""

import json
import re
from dataclasses import replace

import pytest
from building import HOSTILE, RIVERSIDE, MakeWorkspace, Pbp, Snapshot, assessment_text, filed, small_matrix
from pages import UNSEEN, hostile_workspace

from pbpmaturity.analysis.tallies import with_tallies
from pbpmaturity.cli.opening import choose
from pbpmaturity.report.terminal import views_text
from pbpmaturity.report.views_view import individual_views

DRAFT = (
    assessment_text("northam", "2026-01", None, status="draft", more="gathered: {from: 2025-11, to: 2026-01}")
    + """\
themes:
  shared-vision: {views: {developing: 17}}
  shared-data: {stage: maturing, views: {emerging: 9, thriving: 8}}
  systems-mindset: {stage: emerging, views: {emerging: 1, developing: 3}}
  collective-leadership: {stage: not-applicable, rationale: So., views: {developing: 5, maturing: 2}}
"""
)
FILES = {"assessments/northam/2026-01.yaml": DRAFT}


@pytest.mark.parametrize(("format_", "ending"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_whole_outputs(pbp: Pbp, workspace: MakeWorkspace, expect_whole: Snapshot, format_: str, ending: str) -> None:
    outcome = pbp("views", "northam@2026-01", "--format", format_, at=workspace(FILES))
    assert (outcome.code, outcome.err) == (0, "")
    expect_whole(f"views.{ending}", outcome.out)


@pytest.mark.parametrize("width", [40, 80, 110])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    northam = choose("northam", RIVERSIDE).shelf.take("2025-01-15")
    text = views_text(individual_views(northam), width=width)
    assert max(len(line) for line in text.splitlines()) <= width


def test_a_draft_is_named_by_its_date(pbp: Pbp, workspace: MakeWorkspace) -> None:
    outcome = pbp("views", "northam", at=workspace(FILES))
    assert (outcome.code, outcome.out) == (2, "")
    assert "northam@2026-01" in outcome.err


def test_no_order_is_claimed_where_a_matrix_has_too_few_stages_for_one() -> None:
    matrix = small_matrix(2, stage_ids=("emerging", "developing"))
    tallies = {"t1": {"developing": 6}, "t2": {"emerging": 5, "developing": 4}}
    one = filed("dd", matrix=matrix)
    one = replace(one, assessment=with_tallies(one.assessment, tallies, matrix))
    text = views_text(individual_views(one))
    assert "come first" not in text
    assert text.index("Theme 1") < text.index("Theme 2")


def test_where_nothing_was_gathered_that_is_said(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace(
        {"assessments/northam/2026-01.yaml": assessment_text("northam", "2026-01", {"shared-data": "emerging"})}
    )
    outcome = pbp("views", "northam", at=root)
    assert outcome.code == 0
    assert "There is no tally of individual views that can be shown." in outcome.out
    assert "Without a tally" not in outcome.out


@pytest.mark.parametrize("verb", ["views", "show", "report"])
def test_a_tally_of_fewer_than_five_is_shown_nowhere(pbp: Pbp, workspace: MakeWorkspace, verb: str) -> None:
    files = {"assessments/northam/2026-01.yaml": assessment_text("northam", "2026-01", {"shared-data": "emerging"})
             + "    views: {emerging: 1, developing: 3}\n"}  # fmt: skip
    root = workspace(files)
    for format_ in ("text", "markdown", "json", "html"):
        outcome = pbp(verb, "northam", "--format", format_, at=root)
        for shown in ("1 Emerging", "3 Developing", "4 people", '"developing": 3', "| 1 | 3 |"):
            assert shown not in outcome.out


def test_the_group_and_the_middle_view_are_set_beside_each_other_in_show_and_report(
    pbp: Pbp, workspace: MakeWorkspace
) -> None:
    root = workspace(FILES)
    said = "9 Emerging, 8 Thriving (17 people), from Emerging to Thriving; middle view Emerging"
    for arguments in (["show"], ["show", "--format", "markdown"], ["report"], ["report", "--format", "html"]):
        out = " ".join(pbp(arguments[0], "northam@2026-01", *arguments[1:], at=root).out.replace("\\", "").split())
        assert f"{said}. The group chose Maturing, 2 stages above the middle view." in out
        assert out.count("From individual views to the group") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_shown(pbp: Pbp, workspace: MakeWorkspace, text: str) -> None:
    root = workspace(hostile_workspace(text))
    for format_ in ("text", "markdown", "json"):
        outcome = pbp("views", "northam", "--format", format_, at=root)
        assert outcome.code == 0, outcome.err
        assert not UNSEEN.search(outcome.out)
        if format_ == "json":
            assert json.loads(outcome.out)["themes"][0]["tally"] == {"a": 3, "b": 4}
        if format_ == "markdown":
            assert not re.search(r"(?<!\\)<", outcome.out) and len(outcome.out.splitlines()) < 14


@pytest.mark.parametrize(
    ("tally", "counted"),
    [
        ("{}", None),
        ("{emerging: 0}", None),
        ("{emerging: 1}", "1 person"),
        ("{emerging: 3, developing: 1}", "4 people"),
        ("{emerging: 3, developing: 2}", None),
    ],
)
def test_only_a_tally_of_one_to_four_people_is_an_error(
    pbp: Pbp, workspace: MakeWorkspace, tally: str, counted: str | None
) -> None:
    text = assessment_text("northam", "2026-01", {"shared-data": "emerging"}) + f"    views: {tally}\n"
    outcome = pbp("validate", "--select", "PBP4", at=workspace({"assessments/northam/2026-01.yaml": text}))
    found = [line for line in outcome.out.splitlines() if "PBP401" in line]
    assert [line.partition("views counts ")[2].partition(",")[0] for line in found] == ([counted] if counted else [])
    assert outcome.code == (1 if counted else 0)


def test_a_tally_typed_by_hand_is_found_where_it_stands(pbp: Pbp, workspace: MakeWorkspace) -> None:
    outcome = pbp("validate", at=workspace(FILES))
    found = [line for line in outcome.out.splitlines() if "PBP401" in line]
    assert [line.partition(" error")[0] for line in found] == ["assessments/northam/2026-01.yaml:10:38:"]
    assert "views counts 4 people" in found[0]
