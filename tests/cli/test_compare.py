"""pbp compare as people use it."""

import json

import pytest
from building import RIVERSIDE, MakeWorkspace, Pbp, Snapshot, assessment_text

from pbpmaturity.analysis.comparison import compare_places
from pbpmaturity.cli.loading import Places
from pbpmaturity.report.comparison_view import comparison_view
from pbpmaturity.report.terminal import comparison_text


@pytest.mark.parametrize(("format_", "ending"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_whole_outputs(pbp: Pbp, expect_whole: Snapshot, format_: str, ending: str) -> None:
    expect_whole(f"compare.{ending}", pbp("compare", "--format", format_, at=RIVERSIDE).out)
    arguments = ("compare", "westmere", "northam", "--pairs", "--as-of", "2026-06", "--format", format_)
    expect_whole(f"compare-pairs.{ending}", pbp(*arguments, at=RIVERSIDE).out)


@pytest.mark.parametrize("width", [40, 80, 110])
def test_any_terminal_has_room_for_it(expect_whole: Snapshot, width: int) -> None:
    view = comparison_view(compare_places(Places(RIVERSIDE).shelves()), with_pairs=True)
    text = comparison_text(view, width=width)
    expect_whole(f"compare-{width}.txt", text)
    assert max(len(line) for line in text.splitlines()) <= width


def places(count: int) -> dict[str, str]:
    return {
        f"assessments/place-{number:03}/2024-01.yaml": assessment_text(
            f"place-{number:03}", "2024-01", {"shared-data": "emerging" if number % 2 else "thriving"}
        )
        for number in range(count)
    }


def test_all_of_england_fits(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace(places(175))
    outcome = pbp("compare", at=root)
    assert outcome.code == 0
    assert max(len(line) for line in outcome.out.splitlines()) <= 80
    assert "Place 174" in outcome.out
    document = json.loads(pbp("compare", "--format", "json", at=root).out)
    assert (len(document["places"]), len(document["pairs"])) == (175, 175 * 174 // 2)


SOME = {
    "assessments/alder/2023-01.yaml": assessment_text("alder", "2023-01", {"shared-data": "emerging"}),
    "assessments/alder/2024-01.yaml": assessment_text("alder", "2024-01", {"shared-data": "developing"}),
    "assessments/birch/2024-01.yaml": assessment_text("birch", "2024-01", {"shared-data": "thriving"}),
    "assessments/cedar/2024-01.yaml": assessment_text("cedar", "2024-01", {}, status="draft"),
}


@pytest.mark.parametrize(
    ("as_of", "dates", "stale"),
    [
        ("2024-01", ["2024-01", "2024-01"], [False, False]),
        ("2023-12-31", ["2023-01"], [False]),
        ("2025-01-31", ["2024-01", "2024-01"], [False, False]),
        ("2025-02-01", ["2024-01", "2024-01"], [True, True]),
    ],
)
def test_as_of_a_day(pbp: Pbp, workspace: MakeWorkspace, as_of: str, dates: list[str], stale: list[bool]) -> None:
    root = workspace(SOME)
    document = json.loads(pbp("compare", "--as-of", as_of, "--format", "json", at=root).out)
    assert [place["date"] for place in document["places"]] == dates
    assert [place["stale"] for place in document["places"]] == stale
    assert pbp("compare", "--as-of", as_of, at=root).out.count("Stale: older than 12 months") == sum(stale)


def test_without_a_day_nothing_is_stale(pbp: Pbp, workspace: MakeWorkspace) -> None:
    document = json.loads(pbp("compare", "--format", "json", at=workspace(SOME)).out)
    assert (document["as_of"], [place["stale"] for place in document["places"]]) == (None, [None, None])


def test_those_left_out_are_said_with_the_reason(pbp: Pbp, workspace: MakeWorkspace) -> None:
    settings = "places: {alder: {}, birch: {name: The Birches}, cedar: {}, dogwood: {}}\n"
    out = pbp("compare", at=workspace({**SOME, "pbp.yaml": settings})).out
    assert "Left out\n  - Cedar: it has only drafts.\n  - Dogwood: it has no assessment yet.\n" in out


def test_a_private_place_never_appears_and_cannot_be_named(pbp: Pbp, workspace: MakeWorkspace) -> None:
    settings = "places: {alder: {share: private}, birch: {}, cedar: {share: private}}\n"
    root = workspace({**SOME, "pbp.yaml": settings})
    for format_ in ("text", "markdown", "json"):
        outcome = pbp("compare", "--pairs", "--format", format_, at=root)
        assert outcome.code == 0
        assert "alder" not in outcome.out.lower() and "cedar" not in outcome.out.lower()
    outcome = pbp("compare", "alder", "birch", at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert "Alder is not compared: pbp.yaml has share: private for it" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["aldre"], 'did you mean "alder"?'),
        (["alder@2024"], "there is no Place"),
        (["cedar"], "no Place has an agreed assessment to set side by side\n  Cedar: it has only drafts"),
        (["--as-of", "2020"], '--as-of "2020" is not a date'),
        (["--as-of", "2020-01"], "no Place has an agreed assessment"),
    ],
)
def test_wrong_usage(pbp: Pbp, workspace: MakeWorkspace, arguments: list[str], said: str) -> None:
    outcome = pbp("compare", *arguments, at=workspace(SOME))
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_a_broken_latest_assessment_stops_it_unless_it_is_not_wanted(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({**SOME, "assessments/birch/2024-06.yaml": "place: birch\n"})
    outcome = pbp("compare", at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert "assessments/birch/2024-06.yaml:1:1: error PBP102" in outcome.err
    for arguments in (["--as-of", "2024-05"], ["alder"]):
        assert pbp("compare", *arguments, at=root).code == 0
    assert "1 file could not be read" in pbp("compare", "--as-of", "2024-05", at=root).err


def test_a_place_named_twice_stands_there_once(pbp: Pbp, workspace: MakeWorkspace) -> None:
    document = json.loads(pbp("compare", "birch", "alder", "birch", "--format", "json", at=workspace(SOME)).out)
    assert [place["place"] for place in document["places"]] == ["alder", "birch"]


def test_diff_of_two_places_names_compare(pbp: Pbp) -> None:
    outcome = pbp("diff", "northam", "westmere", at=RIVERSIDE)
    assert outcome.code == 2
    assert "pbp compare northam westmere" in outcome.err


def test_banners_say_which_place_is_meant(pbp: Pbp, workspace: MakeWorkspace) -> None:
    files = {
        f"assessments/{place}/2024-01.yaml": assessment_text(place, "2024-01", {}, provenance=provenance)
        for place, provenance in (("alder", "self-assessment"), ("birch", "illustrative"))
    }
    out = pbp("compare", at=workspace(files)).out
    assert out.startswith("ILLUSTRATIVE (birch@2024-01): a made-up example that describes no real Place.\n")


def test_a_long_list_of_places_to_learn_from_is_cut(pbp: Pbp, workspace: MakeWorkspace) -> None:
    learner = assessment_text("alder", "2024-01", {"shared-data": "emerging"}) + "    target: {stage: developing}\n"
    files = {"assessments/alder/2024-01.yaml": learner}
    for number in range(15):
        place = f"place-{number:02}"
        text = assessment_text(place, "2024-01", {"shared-data": "thriving"}) + "    evidence: [{title: A paper}]\n"
        files[f"assessments/{place}/2024-01.yaml"] = text
    out = " ".join(pbp("compare", at=workspace(files)).out.split())
    assert "Place 11 (Thriving) and 3 more." in out


def test_one_shared_theme_is_said_as_one(pbp: Pbp, workspace: MakeWorkspace) -> None:
    out = " ".join(pbp("compare", "--pairs", at=workspace(SOME)).out.split())
    assert "Alder and Birch: on 1 shared theme, Birch records a later stage." in out


def test_one_place_alone_is_said_to_be_alone(pbp: Pbp) -> None:
    said = "Only one Place can be shown, so there is nothing to set beside it."
    assert said in pbp("compare", "northam", at=RIVERSIDE).out
    assert said not in pbp("compare", "northam", "westmere", at=RIVERSIDE).out
