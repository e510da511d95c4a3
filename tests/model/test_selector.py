"""Which assessment `PLACE@WHEN` means."""

import pytest
from building import MakeWorkspace, Pbp, assessment_text

THREE = {
    "assessments/northam/2023-01.yaml": assessment_text("northam", "2023-01", {}),
    "assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", {}),
    "assessments/northam/2024-06.yaml": assessment_text("northam", "2024-06", {}, status="draft"),
}
MONTH_AND_DAY = {
    "assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", {}),
    "assessments/northam/2024-01-17.yaml": assessment_text("northam", "2024-01-17", {}),
}
TWO_DAYS = {
    "assessments/northam/2024-01-05.yaml": assessment_text("northam", "2024-01-05", {}),
    "assessments/northam/2024-01-17.yaml": assessment_text("northam", "2024-01-17", {}),
}


@pytest.mark.parametrize(
    ("files", "selector", "date"),
    [
        (THREE, "northam", "2024-01"),
        (THREE, "northam@latest", "2024-01"),
        (THREE, "northam@previous", "2023-01"),
        (THREE, "northam@first", "2023-01"),
        (THREE, "northam@2023", "2023-01"),
        (THREE, "northam@JAN 2023", "2023-01"),
        (THREE, "northam@2024-06", "2024-06"),
        (THREE, "assessments/northam/2024-06.yaml", "2024-06"),
        (MONTH_AND_DAY, "northam@2024-01", "2024-01"),
        (MONTH_AND_DAY, "northam@2024-01-17", "2024-01-17"),
        (TWO_DAYS, "northam@2024-01-05", "2024-01-05"),
    ],
)
def test_one_assessment_is_meant(
    workspace: MakeWorkspace, pbp: Pbp, files: dict[str, str], selector: str, date: str
) -> None:
    outcome = pbp("show", selector, "--format", "json", at=workspace(files))
    assert outcome.code == 0, outcome.err
    assert f'"date": "{date}"' in outcome.out


@pytest.mark.parametrize(
    ("files", "selector", "said"),
    [
        (THREE, "northam@2024", "Northam has several assessments in 2024: 2024-01, 2024-06 (draft)"),
        (TWO_DAYS, "northam@jan 2024", "Northam has several assessments in Jan 2024: 2024-01-05, 2024-01-17"),
        (THREE, "northam@2024-01-17", "Northam has no assessment of 17 January 2024"),
        (THREE, "northam@2025", "there are 2023-01, 2024-01, 2024-06 (draft)"),
        (THREE, "northam@soon", '"soon" is not a date that can be looked up'),
        (THREE, "nortam", 'there is no Place "nortam" here; did you mean "northam"?'),
        (THREE, "../northam", '"../northam" is not a file'),
        (THREE, "north/am", '"north/am" is not a file'),
        (THREE, "north\\am", "is not a file"),
        (
            {"assessments/northam/2024-06.yaml": THREE["assessments/northam/2024-06.yaml"]},
            "northam",
            "only drafts: 2024-06 (draft)",
        ),
        (
            {"assessments/northam/2024-01.yaml": THREE["assessments/northam/2024-01.yaml"]},
            "northam@previous",
            "only one agreed",
        ),
        ({"pbp.yaml": "places:\n  northam: {name: Northam}\n"}, "northam", "Northam has no assessment yet"),
    ],
)
def test_none_or_several_are_said(
    workspace: MakeWorkspace, pbp: Pbp, files: dict[str, str], selector: str, said: str
) -> None:
    outcome = pbp("show", selector, at=workspace(files))
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.out == ""


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("lastest", "latest"),
        ("Frist", "first"),
        ("prevous", "previous"),
        ("2024-1", "2024-01"),
        ("janury 2024", "january-2024"),
        ("17 jnuary 2024", "17-january-2024"),
        ("soon", None),
        ("?", None),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_what_cannot_be_read_is_told_with_what_there_is(
    workspace: MakeWorkspace, pbp: Pbp, word: str, near: str | None
) -> None:
    outcome = pbp("show", f"northam@{word}", at=workspace(THREE))
    assert (outcome.code, outcome.out) == (2, "")
    said, hint = outcome.err.splitlines()
    assert said.endswith(f"; did you mean {near}?" if near else "is not a date that can be looked up")
    assert hint.startswith("  Northam has 2023-01, 2024-01, 2024-06 (draft); write first, previous or latest,")


def test_the_other_end_of_a_comparison_is_told_in_the_same_way(workspace: MakeWorkspace, pbp: Pbp) -> None:
    outcome = pbp("diff", "northam", "lastest", at=workspace(THREE))
    assert outcome.code == 2
    assert "did you mean latest?" in outcome.err and "2024-06 (draft)" in outcome.err
    assert "did you mean latest?" in pbp("assess", "northam@lastest", "--no-input", at=workspace(THREE)).err
