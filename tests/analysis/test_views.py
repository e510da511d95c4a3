"""What individuals said: tally, range, middle and agreement, and nothing of fewer than five people."""

import pytest
from building import filed, small_matrix
from hypothesis import given
from hypothesis import strategies as st

from pbpmaturity.analysis.views import ThemeViews, agreement, most_contested_first, views_of
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.shape import changed


def with_views(*tallies: dict[str, int], stages: int = 4) -> FiledAssessment:
    ids = ("emerging", "developing", "maturing", "thriving")[:stages]
    one = filed("d" * len(tallies), matrix=small_matrix(len(tallies), stage_ids=ids))
    themes = {
        theme: changed(said, views=tally)
        for (theme, said), tally in zip((one.assessment.themes or {}).items(), tallies, strict=True)
    }
    assessment = changed(one.assessment, themes=themes)
    return FiledAssessment(assessment, one.matrix, one.place_name, one.input, one.matrix_input)


def views(*tallies: dict[str, int], stages: int = 4) -> tuple[ThemeViews, ...]:
    one = with_views(*tallies, stages=stages)
    return views_of(one.assessment, one.matrix)


@pytest.mark.parametrize(
    ("tally", "lowest", "highest", "middle"),
    [
        ({"emerging": 4, "developing": 13}, "emerging", "developing", "developing"),
        ({"emerging": 3, "developing": 3}, "emerging", "developing", "emerging"),  # the lower of the two in the middle
        ({"developing": 5}, "developing", "developing", "developing"),
        ({"thriving": 2, "emerging": 2, "maturing": 1}, "emerging", "thriving", "maturing"),
        ({"emerging": 0, "maturing": 5, "thriving": 0}, "maturing", "maturing", "maturing"),
    ],
)
def test_range_and_middle(tally: dict[str, int], lowest: str, highest: str, middle: str) -> None:
    (one,) = views(tally)
    assert (one.ratings, one.lowest, one.highest, one.middle) == (sum(tally.values()), lowest, highest, middle)


@pytest.mark.parametrize("tally", [{}, {"emerging": 4}, {"emerging": 2, "thriving": 2}])
def test_of_fewer_than_five_nothing_is_told_but_how_many(tally: dict[str, int]) -> None:
    assert views(tally) == (ThemeViews("t1", sum(tally.values())),)


def test_themes_on_which_people_differ_most_come_first() -> None:
    found = views(
        {"developing": 6},  # all alike
        {},  # none
        {"emerging": 3, "thriving": 3},  # half at each end
        {"emerging": 4},  # too few
        {"emerging": 2, "developing": 2, "maturing": 2, "thriving": 2},  # uniform
        {"maturing": 9},  # all alike, after the first
    )
    assert [one.theme for one in most_contested_first(found)] == ["t3", "t5", "t1", "t6", "t2", "t4"]


def test_two_stages_have_no_agreement_and_keep_their_order() -> None:
    found = views({"emerging": 9}, {"emerging": 5, "developing": 5}, stages=2)
    assert [one.agreement for one in found] == [None, None]
    assert most_contested_first(found) == found


PUBLISHED = [
    # The worked example of van der Eijk 2001, page 331; the R package agrmt documents the same value.
    ((30, 40, 210, 130, 530, 50, 10), 0.6113333, 1e-7),
    # Patterns of two filled categories of seven, from the tests of an implementation in JavaScript.
    ((1, 1, 0, 0, 0, 0, 0), 0.83, 0.005),
    ((1, 0, 1, 0, 0, 0, 0), 0.47, 0.005),
    ((1, 0, 0, 1, 0, 0, 0), 0.10, 0.005),
    ((1, 0, 0, 0, 1, 0, 0), -0.26, 0.01),
    ((1, 0, 0, 0, 0, 1, 0), -0.63, 0.005),
    ((1, 0, 0, 0, 0, 0, 1), -1.0, 0),
    # The vignette of agrmt.
    ((2, 0, 1, 1), 0.08, 0.005),
    # By definition.
    ((0, 7, 0), 1.0, 0),
    ((5, 5, 5, 5), 0.0, 0),
    ((6, 0, 0, 6), -1.0, 0),
]


@pytest.mark.parametrize(("counts", "value", "error"), PUBLISHED)
def test_agreement_has_its_published_values(counts: tuple[int, ...], value: float, error: float) -> None:
    assert agreement(counts) == pytest.approx(value, abs=error)


@pytest.mark.parametrize("counts", [(3, 4), (5,), (), (0, 0, 0)])
def test_agreement_is_not_defined_for_fewer_than_three_stages_or_nobody(counts: tuple[int, ...]) -> None:
    assert agreement(counts) is None


@given(st.lists(st.integers(0, 50), min_size=3, max_size=8).filter(any), st.integers(2, 9))
def test_agreement_lies_between_its_ends_and_knows_neither_direction_nor_scale(counts: list[int], times: int) -> None:
    value = agreement(counts)
    assert value is not None and -1 <= value <= 1
    assert agreement(counts[::-1]) == value
    assert agreement([count * times for count in counts]) == value
