"""pbp history as people use it."""

import json

import pytest
from building import RIVERSIDE, MakeWorkspace, Pbp, Snapshot, assessment_text, quarterly

from pbpmaturity.analysis.history import history
from pbpmaturity.cli.opening import choose
from pbpmaturity.report.history_chart import history_charts
from pbpmaturity.report.history_view import history_view
from pbpmaturity.report.terminal import history_text

THREE = """
id: three
version: "1"
title: Three
stages: [{id: low, name: Low}, {id: middle, name: Middle}, {id: high, name: High}]
themes: [{id: shared-data, name: Shared data}, {id: trust, name: Trust}]
"""


@pytest.mark.parametrize("place", ["northam", "westmere"])
@pytest.mark.parametrize(("format_", "ending"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_whole_outputs(pbp: Pbp, expect_whole: Snapshot, place: str, format_: str, ending: str) -> None:
    expect_whole(f"history-{place}.{ending}", pbp("history", place, "--format", format_, at=RIVERSIDE).out)


def test_what_was_only_published_is_shown_for_what_it_is(pbp: Pbp, expect_whole: Snapshot) -> None:
    expect_whole("history-oxfordshire.txt", pbp("history").out)
    expect_whole("history-oxfordshire.md", pbp("history", "--format", "markdown").out)


@pytest.mark.parametrize("width", [40, 80, 110])
def test_any_terminal_has_room_for_it(expect_whole: Snapshot, width: int) -> None:
    shelf = choose("westmere", RIVERSIDE).shelf
    view = history_view(history([shelf.take(date) for date in shelf.agreed_dates()]))
    text = history_text(view, width=width)
    expect_whole(f"history-westmere-{width}.txt", text)
    assert max(len(line) for line in text.splitlines()) <= width


def test_forty_assessments_fit(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace(quarterly(40))
    outcome = pbp("history", "northam", at=root)
    assert outcome.code == 0
    assert max(len(line) for line in outcome.out.splitlines()) <= 80
    assert outcome.out.count("(slip)") == 10
    for at in range(40):
        assert f"{['Jan', 'Apr', 'Jul', 'Oct'][at % 4]} {2015 + at // 4}" in outcome.out
    document = json.loads(pbp("history", "northam", "--format", "json", at=root).out)
    assert [len(theme["stages"]) for theme in document["themes"]] == [40] * 10


def test_two_assessments_of_one_month_have_their_days(pbp: Pbp, workspace: MakeWorkspace) -> None:
    dates = ("2024-01-05", "2024-01-17", "2024-02-01")
    files = {
        f"assessments/northam/{date}.yaml": assessment_text("northam", date, {"shared-data": "emerging"})
        for date in dates
    }
    out = pbp("history", at=workspace(files)).out
    assert "5 Jan 2024" in out and "17 Jan 2024" in out and "Feb 2024" in out and "1 Feb 2024" not in out


def test_another_matrix_begins_a_table_of_its_own(pbp: Pbp, workspace: MakeWorkspace, expect_whole: Snapshot) -> None:
    later = {
        "2023-01": ({"shared-data": "low", "trust": "high"}, ""),
        "2024-01": ({"shared-data": "middle"}, "method: survey"),
    }
    files = {
        f"assessments/northam/{date}.yaml": assessment_text("northam", date, stages, matrix="three@1", more=more)
        for date, (stages, more) in later.items()
    }
    first = assessment_text("northam", "2022-01", {"shared-data": "thriving"})
    root = workspace({"matrices/three.yaml": THREE, "assessments/northam/2022-01.yaml": first, **files})
    outcome = pbp("history", at=root)
    expect_whole("history-two-matrices.txt", outcome.out)
    document = json.loads(pbp("history", "--format", "json", at=root).out)
    stages = {theme["theme"]: theme["stages"] for theme in document["themes"]}
    assert stages["trust"] == [None, "high", "not-assessed"]
    assert stages["shared-vision"] == ["not-assessed", None, None]
    assert "different matrices cannot be compared" in document["assessments"][1]["not_compared_because"]


def test_a_draft_is_told_of_and_left_out(pbp: Pbp) -> None:
    outcome = pbp("history", "southbridge", at=RIVERSIDE)
    assert "2025" not in outcome.out
    assert "there is a newer draft: southbridge@2025-02-06" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nortam"], 'did you mean "northam"?'),
        (["northam@2024"], "no date and no file can be chosen"),
        (["assessments/northam/2024-01-17.yaml"], "no date and no file can be chosen"),
        ([], "name a Place"),
    ],
)
def test_wrong_usage(pbp: Pbp, arguments: list[str], said: str) -> None:
    outcome = pbp("history", *arguments, at=RIVERSIDE)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_only_drafts_are_no_history(pbp: Pbp, workspace: MakeWorkspace) -> None:
    text = assessment_text("northam", "2024-01", {"shared-data": "emerging"}, status="draft")
    outcome = pbp("history", at=workspace({"assessments/northam/2024-01.yaml": text}))
    assert (outcome.code, outcome.out) == (2, "")
    assert "only drafts" in outcome.err


def test_a_broken_file_of_the_place_stops_it_and_one_of_another_does_not(pbp: Pbp, workspace: MakeWorkspace) -> None:
    good = assessment_text("northam", "2024-01", {"shared-data": "emerging"})
    root = workspace({"assessments/northam/2024-01.yaml": good, "assessments/other/2024-01.yaml": "place: other\n"})
    outcome = pbp("history", "northam", at=root)
    assert outcome.code == 0
    assert "1 file could not be read; run pbp validate" in outcome.err
    outcome = pbp("history", "other", at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert "assessments/other/2024-01.yaml:1:1: error PBP102" in outcome.err


@pytest.mark.parametrize(
    ("between", "said"),
    [
        (
            {"shared-vision": "maturing"},
            "Shared data and information: Developing to Emerging, without a stage in between.",
        ),
        (None, "Shared data and information: Developing to Emerging, without a stage in between."),
        ({"shared-data": "developing"}, "Developing to Emerging. No reason is recorded."),
    ],
)
def test_a_theme_that_is_lower_after_a_gap_is_said(
    pbp: Pbp, workspace: MakeWorkspace, between: dict[str, str] | None, said: str
) -> None:
    stated = "stated: {overall: developing, source: {title: A paper}}"
    published = assessment_text("northam", "2024-01", provenance="published-summary", more=stated)
    files = {
        "2023-01": assessment_text("northam", "2023-01", {"shared-data": "developing", "shared-vision": "maturing"}),
        "2024-01": assessment_text("northam", "2024-01", between) if between else published,
        "2025-01": assessment_text("northam", "2025-01", {"shared-data": "emerging", "shared-vision": "maturing"}),
    }
    root = workspace({f"assessments/northam/{date}.yaml": text for date, text in files.items()})
    for arguments in (["history"], ["history", "--format", "markdown"], ["report", "northam", "--format", "html"]):
        out = " ".join(pbp(*arguments, at=root).out.replace("\\", "").split())
        assert said in out
        assert "No theme slipped. " not in out


def test_a_gap_without_a_fall_is_not_called_a_clean_record(pbp: Pbp) -> None:
    assert "No theme slipped from one assessment to the next that assessed it too." in pbp(
        "history", "westmere", at=RIVERSIDE
    ).out.replace("\n", " ")
    assert "No theme slipped" not in pbp("history", "northam", at=RIVERSIDE).out


def test_two_rules_are_told_apart(pbp: Pbp, workspace: MakeWorkspace) -> None:
    lowest = THREE.replace('version: "1"', 'version: "2"\noverall: minimum')
    stages = {"shared-data": "low", "trust": "high"}
    files = {
        "matrices/three-1.yaml": THREE,
        "matrices/three-2.yaml": lowest,
        "assessments/ash/2023-01.yaml": assessment_text("ash", "2023-01", stages, matrix="three@1"),
        "assessments/ash/2024-01.yaml": assessment_text("ash", "2024-01", stages, matrix="three@2"),
        "assessments/beech/2024-01.yaml": assessment_text("beech", "2024-01", stages, matrix="three@1"),
    }
    root = workspace(files)
    for arguments in (["history", "ash"], ["compare"]):
        out = " ".join(pbp(*arguments, at=root).out.split())
        assert "Rule for overall" in out and "More than half" in out and "Lowest theme" in out
    assert "Rule for overall" not in pbp("compare", at=RIVERSIDE).out


def test_no_line_is_a_command_to_a_log(pbp: Pbp, workspace: MakeWorkspace) -> None:
    settings = 'places: {northam: {name: "::error::x ##[error]y ##vso[task]z"}}\n'
    text = assessment_text("northam", "2024-01", {"shared-data": "emerging"})
    root = workspace({"pbp.yaml": settings, "assessments/northam/2024-01.yaml": text})
    for arguments in (["history"], ["compare"], ["show", "northam"]):
        out = pbp(*arguments, at=root).out
        assert not [line for line in out.splitlines() if line.lstrip().startswith("::")]
        assert "##[" not in out and "##vso" not in out and "error" in out


def test_no_chart_is_promised_where_none_can_be_drawn(pbp: Pbp, workspace: MakeWorkspace) -> None:
    files = {f"matrices/m{year}.yaml": THREE.replace("id: three", f"id: m{year}", 1) for year in (2022, 2023, 2024)}
    for year in (2022, 2023, 2024):
        text = assessment_text("northam", f"{year}-01", {"trust": "low"}, matrix=f"m{year}@1")
        files[f"assessments/northam/{year}-01.yaml"] = text
    page = pbp("report", "northam", "--format", "html", at=workspace(files)).out
    assert "All assessments so far" in page
    assert "Figure 2" not in page and "Each dot" not in page


def test_the_overall_stage_has_no_arrow_of_a_slip() -> None:
    shelf = choose("northam", RIVERSIDE).shelf
    told = history([shelf.take(date) for date in shelf.agreed_dates()])
    overall, *themes = history_charts(history_view(told), "wide")[0].panels
    assert overall.drops == ()
    assert sum(len(panel.drops) for panel in themes) == 1


def test_dates_that_begin_on_one_day_share_a_label(workspace: MakeWorkspace) -> None:
    files = {
        f"assessments/northam/{date}.yaml": assessment_text("northam", date, {"shared-data": "emerging"})
        for date in ("2023-01", "2023-01-01")
    }
    shelf = choose("northam", workspace(files)).shelf
    chart = history_charts(history_view(history([shelf.take(date) for date in shelf.agreed_dates()])), "wide")[0]
    assert [label.text for _, label in chart.panels[0].dates] == ["Jan 2023, 1 Jan 2023"]


def test_three_assessments_fit_side_by_side_on_a_terminal_of_80_columns(pbp: Pbp) -> None:
    out = pbp("history", "westmere", at=RIVERSIDE).out
    assert [line.split()[1:] for line in out.splitlines() if line.startswith("Theme ")] == [
        ["Mar", "2023", "Mar", "2024", "Mar", "2025"]
    ]
