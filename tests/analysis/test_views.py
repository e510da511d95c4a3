"""What individuals said: tally, range, middle and agreement, and nothing of fewer than five people."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from building import filed, small_matrix
from hypothesis import given
from hypothesis import strategies as st

from pbpmaturity.analysis.views import Tally, ThemeViews, agreement, as_shown, most_contested_first, views_of
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.settings import Privacy
from pbpmaturity.model.shape import changed
from pbpmaturity.model.together import stages_in

IDS = ("emerging", "developing", "maturing", "thriving")


def privacy(fewest: int = 5, smallest: int = 1, alike: str = "show") -> Privacy:
    return Privacy.model_validate({"fewest": str(fewest), "smallest-cell": str(smallest), "all-alike": alike})


def with_views(*tallies: dict[str, int], stages: int = 4, seen: Privacy | None = None) -> FiledAssessment:
    one = filed("d" * len(tallies), matrix=small_matrix(len(tallies), stage_ids=IDS[:stages]), privacy=seen)
    themes = {
        theme: changed(said, views=tally)
        for (theme, said), tally in zip((one.assessment.themes or {}).items(), tallies, strict=True)
    }
    assessment = changed(one.assessment, themes=themes)
    return replace(one, assessment=assessment)


def views(*tallies: dict[str, int], stages: int = 4, seen: Privacy | None = None) -> tuple[ThemeViews, ...]:
    return views_of(with_views(*tallies, stages=stages, seen=seen))


def by_stage(counts: Sequence[int]) -> dict[str, int]:
    return dict(zip(IDS, counts, strict=False))


def in_short(tally: Tally | None) -> str:
    """Return a tally as `ed4 m13 t0`."""
    return " ".join(f"{''.join(stage[0] for stage in stages_in(cell))}{count}" for cell, count in tally or ())


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


@pytest.mark.parametrize(
    ("counts", "smallest", "shown"),
    [
        ((4, 13, 0, 0), 3, "e4 d13 m0 t0"),
        ((1, 3, 13, 0), 3, "ed4 m13 t0"),  # the lowest is counted with the next higher
        ((3, 1, 13, 0), 3, "ed4 m13 t0"),
        ((5, 2, 2, 8), 3, "e5 dm4 t8"),  # from the highest down, so that few are counted together
        ((0, 2, 13, 0), 3, "edm15 t0"),
        ((4, 0, 9, 2), 3, "e4 d0 mt11"),
        ((9, 0, 0, 1), 3, ""),  # all in one cell, which says nothing
        ((2, 2, 2, 2), 3, "ed4 mt4"),
        ((2, 2, 2, 2), 5, ""),
        ((5, 5, 5, 4), 5, "e5 d5 mt9"),
        ((3, 3, 0, 0), 8, ""),  # all of them are fewer than the smallest cell
    ],
)
def test_cells_under_the_smallest_are_counted_with_their_neighbours(
    counts: tuple[int, ...], smallest: int, shown: str
) -> None:
    (one,) = views(by_stage(counts), seen=privacy(smallest=smallest))
    assert in_short(one.tally) == shown
    assert one.is_withheld is not bool(shown)


def test_everything_is_worked_out_of_what_is_shown() -> None:
    (one,) = views(by_stage((1, 3, 0, 13)), seen=privacy(smallest=3))
    assert (one.lowest, one.highest, one.middle) == ("emerging or developing", "thriving", "thriving")
    assert one.agreement == agreement((4, 0, 13)) != agreement((1, 3, 0, 13))
    first, second = views(by_stage((1, 3, 0, 13)), by_stage((3, 1, 0, 13)), seen=privacy(smallest=3))
    assert replace(first, theme="t2") == second


@pytest.mark.parametrize(
    ("counts", "is_shown"), [((0, 17, 0, 0), False), ((1, 16, 0, 0), True), ((0, 0, 0, 0), False), ((5, 0, 0, 5), True)]
)
def test_a_tally_of_people_who_are_all_alike_can_be_withheld(counts: tuple[int, ...], is_shown: bool) -> None:
    (one,) = views(by_stage(counts), seen=privacy(alike="withhold"))
    assert bool(one.tally) is is_shown
    assert one.is_withheld is (not is_shown and any(counts))


def test_with_settings_that_withhold_for_several_reasons_nothing_tells_which_it_was() -> None:
    for seen in (privacy(alike="withhold"), privacy(smallest=3, alike="withhold")):
        few, alike, none = views(by_stage((2, 1)), by_stage((17,)), {}, seen=seen)
        assert replace(few, theme="t2") == alike
        assert alike.ratings is None and none.ratings == 0


def test_fewest_may_be_raised() -> None:
    seven, eight = views(by_stage((7,)), by_stage((4, 4)), seen=privacy(fewest=8))
    assert seven.tally is None and eight.tally is not None


TALLIES = st.lists(st.integers(0, 9), min_size=4, max_size=4).map(tuple)
SMALLEST = st.sampled_from((1, 3, 4, 5, 6, 8))
SETTINGS = st.builds(privacy, st.integers(5, 9), SMALLEST, st.sampled_from(("show", "withhold")))


@given(TALLIES, SETTINGS)
def test_no_cell_that_is_shown_counts_fewer_than_the_smallest(counts: tuple[int, ...], seen: Privacy) -> None:
    (one,) = views(by_stage(counts), seen=seen)
    for _, count in one.tally or ():
        assert not 0 < count < seen.smallest_cell
    if one.tally:
        assert sum(count for _, count in one.tally) == sum(counts) >= seen.fewest
        assert [stage for cell, _ in one.tally for stage in stages_in(cell)] == list(IDS)


@given(TALLIES, SETTINGS)
def test_what_is_shown_is_shown_alike_when_a_file_holds_nothing_else(counts: tuple[int, ...], seen: Privacy) -> None:
    one = with_views(by_stage(counts), seen=seen)
    assert views_of(as_shown(one)) == views_of(one)
    assert as_shown(as_shown(one)) == as_shown(one)
    held = as_shown(one).assessment.said_of("t1").views
    assert held == {cell: count for cell, count in views_of(one)[0].tally or () if count}


@pytest.mark.parametrize("smallest", [3, 4, 5])
@pytest.mark.parametrize("people", range(5, 13))
def test_who_knows_how_cells_are_counted_together_still_cannot_work_a_small_one_out(people: int, smallest: int) -> None:
    behind: dict[ThemeViews, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(people + 1), repeat=4):
        if sum(counts) == people:
            behind[views(by_stage(counts), seen=privacy(smallest=smallest, alike="withhold"))[0]].append(counts)
    for possible in behind.values():
        for at_one_stage in zip(*possible, strict=True):
            assert len(set(at_one_stage)) > 1 or not 0 < at_one_stage[0] < smallest


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
