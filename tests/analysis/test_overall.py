"""The overall stage: the tables of what it is, how settled and how sturdy."""

import pytest
from building import STAGES, filed, small_matrix

from pbpmaturity.analysis.overall import ThemesToChange, coverage, overall, weakest_themes


@pytest.mark.parametrize(
    ("letters", "stage", "up", "down", "minimum", "common"),
    [
        ("d" * 10, "d", 6, 5, "d", "d"),
        ("eeeeeddddd", "e", 1, None, "e", "ed"),
        ("eeeedddddd", "d", 6, 1, "e", "d"),
        ("ed", "e", 1, None, "e", "ed"),
        ("eeedddmmm", "d", 2, 2, "e", "edm"),
        ("t", "t", None, 1, "t", "t"),
        ("tte", "t", None, 1, "e", "t"),
    ],
)
def test_the_highest_stage_that_more_than_half_have_reached(
    letters: str, stage: str, up: int | None, down: int | None, minimum: str, common: str
) -> None:
    one = filed(letters)
    result = overall(one.assessment, one.matrix)
    assert result.stage == STAGES[stage]
    assert result.themes_to_change == ThemesToChange(up, down)
    assert result.minimum == STAGES[minimum]
    assert result.most_common == tuple(STAGES[letter] for letter in common)
    assert result.settled is True
    assert result.rule == "median"


@pytest.mark.parametrize(
    ("letters", "stage", "up", "down"),
    [("ddm", "d", 2, 1), ("edm", "e", 1, None), ("ttt", "t", None, 1), ("mtt", "m", 1, 1)],
)
def test_a_matrix_may_ask_for_the_lowest_stage(letters: str, stage: str, up: int | None, down: int | None) -> None:
    one = filed(letters, matrix=small_matrix(3, overall="minimum"))
    result = overall(one.assessment, one.matrix)
    assert (result.stage, result.rule) == (STAGES[stage], "minimum")
    assert result.themes_to_change == ThemesToChange(up, down)


@pytest.mark.parametrize(
    ("letters", "lowest", "highest"),
    [
        ("ddddddd---", "d", "d"),
        ("dddddd----", "d", "d"),
        ("ddddd-----", "e", "d"),
        ("dddeeem---", "e", "d"),
        ("mmm-------", "e", "t"),
        ("dd-", "d", "d"),
        ("d-", "e", "d"),
        ("ddx", "d", "d"),
    ],
)
def test_settled_means_that_unassessed_themes_could_not_change_it(letters: str, lowest: str, highest: str) -> None:
    one = filed(letters)
    result = overall(one.assessment, one.matrix)
    assert (result.lowest, result.highest) == (STAGES[lowest], STAGES[highest])
    assert result.settled == (lowest == highest)


def test_a_partial_assessment_is_worked_out_over_what_is_rated() -> None:
    one = filed("ddddddd---")
    result, covered = overall(one.assessment, one.matrix), coverage(one.assessment, one.matrix)
    assert (covered.assessed, covered.themes_total) == (7, 10)
    # All three at the last stage: positions d x 7, t x 3; more than half have reached d only.
    assert (result.stage, result.lowest, result.highest, result.settled) == ("developing",) * 3 + (True,)


def test_a_theme_that_does_not_apply_is_not_among_those_to_assess() -> None:
    one = filed("ddx-")
    covered = coverage(one.assessment, one.matrix)
    assert (covered.assessed, covered.themes_total) == (2, 3)


def test_without_a_rated_theme_there_is_no_overall_stage() -> None:
    one = filed("--x")
    result = overall(one.assessment, one.matrix)
    assert (result.stage, result.settled, result.lowest, result.highest, result.minimum) == (None,) * 5
    assert result.themes_to_change is None
    assert result.most_common == ()


def test_what_was_stated_is_taken_as_it_is() -> None:
    one = filed(None, stated="developing", matrix=small_matrix(10))
    result = overall(one.assessment, one.matrix)
    assert (result.stage, result.rule) == ("developing", "stated")
    assert (result.settled, result.lowest, result.highest, result.minimum, result.themes_to_change) == (None,) * 5
    assert result.most_common == ()


@pytest.mark.parametrize(
    ("letters", "weakest"), [("eded", "13"), ("dddd", ""), ("----", ""), ("e---", ""), ("-dm-", "2")]
)
def test_weakest_themes_are_those_at_the_lowest_stage_unless_all_are_alike(letters: str, weakest: str) -> None:
    one = filed(letters)
    found = weakest_themes(one.assessment, one.matrix)
    assert [theme.id for theme in found] == [f"t{number}" for number in weakest]
