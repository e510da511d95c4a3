"""diff --changed-since: what a change of a matrix, pbp.yaml or a readiness test does to each Place."""

import json
from pathlib import Path
from typing import Any

import pytest
from building import MakeWorkspace, Pbp, assessment_text, commit_all

from pbpmaturity.workspace.shipped import shipped, shipped_matrices

SHIPPED_MATRIX = Path(str(shipped() / "matrices" / "pbp-2023.1.yaml"))

OWN = """\
id: own
version: "1"
title: Our own
stages: [{id: low, name: Low}, {id: mid, name: Mid}, {id: high, name: High}]
themes: [{id: trust, name: Trust}, {id: data, name: Data}, {id: vision, name: Vision}]
"""
TEST = """\
id: ready
title: Are we ready
matrix: own@1
requires: {all-themes-at-least: low, themes: {trust: mid}}
attested: [{condition: Agreed, by-role: Board, document: Minutes, date: 2024-01}]
"""
SETTINGS = "places:\n  northam: {name: Northam, share: public}\n  southam: {name: Southam}\n"


def agreed(place: str, date: str, stage: str = "high") -> str:
    stages = {"trust": "low", "data": stage, "vision": stage}
    return assessment_text(place, date, stages, matrix="own@1")


@pytest.fixture
def root(workspace: MakeWorkspace) -> Path:
    """Two Places on a matrix of their own, with a readiness test, committed."""
    made = workspace(
        {
            "assessments/northam/2023-01.yaml": agreed("northam", "2023-01", "mid"),
            "assessments/northam/2024-01.yaml": agreed("northam", "2024-01"),
            "assessments/southam/2024-01.yaml": agreed("southam", "2024-01", "low"),
            "matrices/own.yaml": OWN,
            "readiness/ready.yaml": TEST,
            "pbp.yaml": SETTINGS,
        }
    )
    commit_all(made)
    return made


def told(pbp: Pbp, root: Path, *options: str) -> dict[str, Any]:
    outcome = pbp("diff", "--changed-since", "HEAD", "--format", "json", *options, at=root)
    assert outcome.code == 0, outcome.err
    found = json.loads(outcome.out)
    found["by_place"] = {one["place"]: one for one in found["places"]}
    return dict(found)


def in_words(pbp: Pbp, root: Path, *options: str) -> str:
    """Return what is said on a terminal, without the breaks of its lines, having held Markdown to saying the same."""
    text = " ".join(pbp("diff", "--changed-since", "HEAD", *options, at=root).out.split())
    marked = pbp("diff", "--changed-since", "HEAD", "--format", "markdown", *options, at=root).out.replace("\\", "")
    for line in (one.removeprefix("- ") for one in marked.splitlines() if one.startswith("- ")):
        assert " ".join(line.split()) in text
    return text


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def test_another_rule_of_the_matrix_gives_other_headlines(pbp: Pbp, root: Path) -> None:
    edit(root, "matrices/own.yaml", "stages:", "overall: minimum\nstages:")
    northam, southam = (told(pbp, root)["by_place"][place] for place in ("northam", "southam"))
    ends = [northam[end]["headline"] for end in ("before", "after")]
    assert ends == [f"Northam: {stage} overall, Jan 2024 (3 of 3 themes assessed)" for stage in ("High", "Low")]
    assert [one["path"] for one in northam["restated"]] == [
        "assessments/northam/2023-01.yaml",
        "assessments/northam/2024-01.yaml",
    ]
    assert southam["before"] == southam["after"] and southam["restated"] == []
    text = in_words(pbp, root)
    assert all(f"Headline {word}: {end}" in text for word, end in zip(("before", "now"), ends, strict=True))
    assert "January 2023: Mid overall before, Low overall now" in text
    assert "The headline is the same before and after: Southam." in text
    assert "matrices/own.yaml: Our own (own@1), changed overall" in text


def test_the_before_of_a_changed_assessment_is_worked_out_by_the_matrix_of_then(pbp: Pbp, root: Path) -> None:
    edit(root, "matrices/own.yaml", "stages:", "overall: minimum\nstages:")
    edit(root, "assessments/northam/2024-01.yaml", "status: agreed", "status: agreed\nreviewed: peer")
    (one,) = told(pbp, root)["assessments"]
    assert [one[end]["overall"]["stage"] for end in ("before", "after")] == ["high", "low"]


def test_an_assessment_that_could_not_be_used_before_is_no_trouble(pbp: Pbp, root: Path) -> None:
    edit(root, "assessments/northam/2024-01.yaml", "stage: low", "stage: lowest")
    commit_all(root)
    edit(root, "assessments/northam/2024-01.yaml", "stage: lowest", "stage: mid")
    edit(root, "pbp.yaml", "{name: Southam}", "{name: Southam, share: private}")
    found = told(pbp, root)
    assert found["assessments"][0]["before"] is None and found["assessments"][0]["change"] == "changed"
    assert found["by_place"]["northam"]["before"]["unusable"] is True
    assert "January 2024: could not be used before, and is agreed now" in in_words(pbp, root)
    assert "Headline before: none, since the assessment cannot be used" in in_words(pbp, root)


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("{name: Southam}", "{name: Southam, share: public}", "Southam",
         "Was shared within the system (share: system), and is public (share: public) now"),
        ("{name: Southam}", "{name: Southam, share: private}", "Southam",
         "Was shared within the system (share: system), and is kept to itself (share: private) now"),
        ("share: public", "share: private", "Northam",
         "Was public (share: public), and is kept to itself (share: private) now"),
        (", share: public", "", "Northam", "Was public (share: public), and is shared within the system"),
        ("  northam: {name: Northam, share: public}\n", "", "Northam",
         "Not listed in pbp.yaml any more; it was public (share: public); what is not listed counts as shared within"),
        ("  southam: {name: Southam}\n", "", "Southam", "Not listed in pbp.yaml any more; it was shared within the"),
        ("places:\n", "places:\n  westham: {name: Westham, share: public}\n", "Westham",
         "Listed in pbp.yaml now: public (share: public)"),
        ("name: Southam", "name: South Ham", "South Ham", "Called Southam before, and South Ham now"),
    ],
)  # fmt: skip
def test_what_pbp_yaml_says_of_a_place_is_told_by_its_name(
    pbp: Pbp, root: Path, old: str, new: str, place: str, says: str
) -> None:
    edit(root, "pbp.yaml", old, new)
    text = in_words(pbp, root)
    assert f"{place} Before and now - {says}" in text and text.count("Before and now") == 1
    assert "pbp.yaml: changed places" in text


def test_a_setting_that_changes_nothing_of_a_place_says_so(pbp: Pbp, root: Path) -> None:
    edit(root, "pbp.yaml", "places:", "review-every-months: 6\nplaces:")
    text = in_words(pbp, root)
    assert "The headline is the same before and after: Northam, Southam." in text and "Before and now" not in text
    assert "pbp.yaml: changed review-every-months" in text


def test_where_pbp_yaml_could_not_be_used_nothing_is_made_up_of_then(pbp: Pbp, root: Path) -> None:
    (root / "pbp.yaml").write_text("places: [")
    commit_all(root)
    (root / "pbp.yaml").write_text(SETTINGS)
    outcome = pbp("diff", "--changed-since", "HEAD", at=root)
    assert "pbp.yaml could not be used at HEAD" in outcome.err and "Before and now" not in outcome.out
    assert told(pbp, root)["by_place"]["northam"]["before"]["share"] is None


def test_a_matrix_that_has_gone_takes_the_headlines_with_it(pbp: Pbp, root: Path) -> None:
    (root / "matrices/own.yaml").unlink()
    text = in_words(pbp, root)
    assert text.count("Headline now: none, since the assessment cannot be used; run pbp validate") == 2
    assert "matrices/own.yaml: Our own (own@1), removed" in text


def test_a_file_at_fault_is_not_said_to_say_the_same(pbp: Pbp, root: Path) -> None:
    (shipped, _), *_ = shipped_matrices().values()
    text = SHIPPED_MATRIX.read_text("utf-8")
    (root / "matrices" / SHIPPED_MATRIX.name).write_text(text, "utf-8")
    commit_all(root)
    edit(root, f"matrices/{SHIPPED_MATRIX.name}", f"title: {shipped.title}", "title: Another")
    edit(root, "matrices/own.yaml", "title: Our own", "title: Our own\nunknown: key")
    said = "cannot be used as it is; run pbp validate"
    found = in_words(pbp, root)
    assert f"{SHIPPED_MATRIX.name}: {shipped.title} ({shipped.ref}), {said}" in found
    assert f"own.yaml: Our own (own@1), {said}" in found
    commit_all(root)
    (root / "matrices" / SHIPPED_MATRIX.name).write_text(text, "utf-8")
    edit(root, "matrices/own.yaml", "unknown: key", "")
    found = in_words(pbp, root)
    assert f"{SHIPPED_MATRIX.name}: {shipped.title} ({shipped.ref}), could not be used before" in found
    assert "own.yaml: Our own (own@1), could not be used before" in found


def test_a_readiness_test_is_named_and_with_a_day_its_results_are(pbp: Pbp, root: Path) -> None:
    edit(root, "readiness/ready.yaml", "trust: mid", "trust: low")
    text = in_words(pbp, root)
    assert "readiness/ready.yaml: Are we ready (ready), changed requires.themes" in text
    assert "not met" not in text and "It decides nothing" not in text
    found = told(pbp, root, "--as-of", "2024-06")
    assert found["as_of"] == "2024-06-30"
    assert found["by_place"]["northam"]["readiness"] == [
        {
            "test": "ready", "before": "not-met", "after": "met",
            "conditions": [{"condition": "themes.trust", "before": "not-met", "after": "met"}],
        }
    ]  # fmt: skip
    text = in_words(pbp, root, "--as-of", "2024-06")
    assert "Readiness test Are we ready (ready): not met before, met now (Trust at Low or above:" in text
    assert text.endswith("It decides nothing; the Integrated Care Board decides.")
    assert told(pbp, root, "--as-of", "2022-01")["by_place"]["northam"]["readiness"] == []


def test_a_result_that_an_assessment_changed_is_told_too(pbp: Pbp, root: Path) -> None:
    edit(root, "assessments/southam/2024-01.yaml", "trust:\n    stage: low", "trust:\n    stage: high")
    found = told(pbp, root, "--as-of", "2024-06")
    assert [(one["place"], one["readiness"][0]["after"]) for one in found["places"]] == [("southam", "met")]
    assert told(pbp, root)["places"] == []


def test_a_day_alone_is_not_for_diff(pbp: Pbp, root: Path) -> None:
    outcome = pbp("diff", "northam", "--as-of", "today", at=root)
    assert (outcome.code, outcome.out) == (2, "") and "--as-of belongs to --changed-since" in outcome.err
