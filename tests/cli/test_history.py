"""pbp history as people use it."""

import json

import pytest
from building import RIVERSIDE, MakeWorkspace, Pbp, Snapshot, assessment_text

from pbpmaturity.analysis.history import history
from pbpmaturity.cli.opening import choose
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


def many(count: int) -> dict[str, str]:
    """Return so many quarterly assessments, of which every fourth slips and every seventh has a theme less."""
    files = {}
    for at in range(count):
        date = f"{2015 + at // 4}-{at % 4 * 3 + 1:02}"
        stages = {"shared-data": "emerging" if at % 4 == 3 else "developing"}
        stages |= {} if at % 7 == 6 else {"shared-vision": "maturing"}
        files[f"assessments/northam/{date}.yaml"] = assessment_text("northam", date, stages)
    return files


def test_forty_assessments_fit(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace(many(40))
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
