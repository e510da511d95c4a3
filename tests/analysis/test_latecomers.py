"""Tallies side by side: what they tell of a few people, one pair or one third at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbpmaturity.analysis.latecomers import Known, Told, told_of_few
from pbpmaturity.model.settings import Privacy
from pbpmaturity.model.together import stages_in


def tally(text: str) -> dict[str, int]:
    """Return `e5 d3` as a tally; `ed4` counts two stages together."""
    ids = {"e": "emerging", "d": "developing", "m": "maturing", "t": "thriving"}
    cells = (part.rstrip("0123456789") for part in text.split())
    return {
        " or ".join(ids[letter] for letter in cell): int(part[len(cell) :])
        for cell, part in zip(cells, text.split(), strict=True)
    }


def found(new: str, *known: str, **settings: str) -> list[tuple[str, ...]]:
    privacy = Privacy.model_validate({name.replace("_", "-"): value for name, value in settings.items()})
    told = told_of_few(
        Known("new", "new", {"t": tally(new)}), [Known(one, one, {"t": tally(one)}) for one in known], privacy
    )
    return [one.beside for one in told]


@pytest.mark.parametrize(
    ("known", "new", "tells"),
    [
        ("e5", "e5", False),
        ("e5", "e6", True),  # one came late
        ("e5", "e9", True),
        ("e5", "e10", False),
        ("e10", "e6", True),  # four have left, or were not counted
        ("e10", "e5", False),
        ("e5 m4", "e4 m5", True),  # one has changed
        ("e5 m5", "e10", False),
        ("e9", "e5 m5", False),
        ("e9", "e5 m4", True),
        ("e4", "e5", True),  # a tally typed by hand can be read too
        ("ed6 m5", "e3 d4 m5", True),
        ("ed6 m5", "e3 d3 m5", True),  # the same people, of whom only the new one shows who is where
        ("e3 d3 m5", "ed6 m5", False),
        ("e3 d3 m5", "ed11 m5", False),
        ("ed6 mt7", "e6 dm7", True),
        ("ed6 mt7", "ed6 mt7", False),
    ],
)
def test_a_difference_of_one_to_four_people_is_found(known: str, new: str, tells: bool) -> None:
    assert found(new, known) == ([(known,)] if tells else [])


@pytest.mark.parametrize(
    ("known", "new", "beside"),
    [
        (["e8", "d7"], "e9 d8", ["e8", "d7"]),  # two parts, and the whole with two more
        (["e8", "d7"], "e8 d7", []),
        (["e17 d8", "e9"], "e7 d8", ["e17 d8", "e9"]),  # the whole, one part, and the other without one
        (["e17 d8", "e9"], "e8 d8", []),
        (["e6", "e20"], "e7", ["e6"]),  # two steps, the second by way of a third
        (["e10", "e30"], "e20", []),
        (["e10", "e31"], "e20", ["e10", "e31"]),
    ],
)
def test_what_a_third_tally_lets_anybody_work_out_is_found(known: list[str], new: str, beside: list[str]) -> None:
    assert found(new, *known) == ([tuple(beside)] if beside else [])


def test_with_a_higher_fewest_more_are_few() -> None:
    assert found("e12", "e5") == []
    assert found("e12", "e5", fewest="8") == [("e5",)]


@pytest.mark.parametrize(
    ("known", "new", "settings", "tells"),
    [
        ("e10 d10", "e11 d17", {}, False),
        ("e10 d10", "e11 d17", {"smallest_cell": "8"}, True),  # eight came late, one of them at Emerging
        ("e11 d17", "e10 d10", {"smallest_cell": "8"}, True),
        ("e10 d10", "e18 d18", {"smallest_cell": "8"}, False),
        ("e10 d10", "e10 d18", {"smallest_cell": "8"}, False),
        ("e10 d10", "e12 d16", {"smallest_cell": "3"}, True),
        ("e10 d10", "e13 d14", {"smallest_cell": "3"}, False),
        ("e10 d10", "e8 d19", {"smallest_cell": "3"}, False),  # some have left: nobody can say where the others are
        ("ed20 m10", "e12 d16 m10", {"smallest_cell": "3"}, False),
        ("ed20 m10", "e12 d16 m12", {"smallest_cell": "3"}, True),
        ("e10 d10", "e10 d16", {}, False),
        ("e10 d10", "e10 d16", {"all_alike": "withhold"}, True),  # all six who came late chose the same
        ("e10 d16", "e10 d10", {"all_alike": "withhold"}, True),
        ("e10 d10", "e11 d15", {"all_alike": "withhold"}, False),
    ],
)
def test_what_one_tally_holds_besides_another_must_be_one_that_may_be_seen(
    known: str, new: str, settings: dict[str, str], tells: bool
) -> None:
    assert found(new, known, **settings) == ([(known,)] if tells else [])


def test_two_parts_leave_no_small_cell_either() -> None:
    assert found("e18 d19", "e9 d8", "e7 d6") == []
    assert found("e18 d19", "e9 d8", "e7 d6", smallest_cell="3") == [("e9 d8", "e7 d6")]


def test_what_is_there_already_tells_nothing_new() -> None:
    assert found("e6", "e5", "e6") == []


def known(where: str, since: str | None, until: str | None, **themes: str) -> Known:
    return Known(where, where, {theme: tally(text) for theme, text in themes.items()}, since, until)


@pytest.mark.parametrize(
    ("since", "until", "is_apart"),
    [
        ("2026-03", "2026-04", True),
        ("2026-02", "2026-02", True),
        ("2026-01-20", None, False),  # January began before the 20th, and may have ended after it
        ("2026-01", "2026-04", False),
        (None, "2026-04", False),
        (None, None, False),
        (None, "2025-10", True),
        ("2025-01", "2025-10-31", True),
    ],
)
def test_only_what_was_gathered_surely_at_another_time_may_be_alike(
    since: str | None, until: str | None, is_apart: bool
) -> None:
    last = known("last", "2025-11", "2026-01", a="e5 d9", b="e9 d5")
    new = known("new", since, until, a="e4 d10", b="e10 d4")
    assert told_of_few(new, [last], Privacy()) == (() if is_apart else (Told(("last",), ("a", "b")),))


@pytest.mark.parametrize(
    ("themes", "told"),
    [
        ({"a": "e6 d9", "b": "e9 d6"}, ("a", "b")),
        ({"a": "e5 d9", "b": "e9 d6"}, ("b",)),
        ({"a": "e4 d9", "b": "e9 d4"}, ("a", "b")),  # one is missing
        ({"a": "e5 d9", "b": "e9 d5"}, ()),
        ({"a": "e6 d9", "b": "e9 d4"}, ()),
        ({"a": "e15 d9", "b": "e9 d6"}, ()),
    ],
)
def test_the_same_people_and_a_few_more_are_found_whatever_is_said_of_the_time(
    themes: dict[str, str], told: tuple[str, ...]
) -> None:
    last = known("last", "2025-11", "2026-01", a="e5 d9", b="e9 d5")
    new = known("new", "2026-02", "2026-03", **themes)
    assert told_of_few(new, [last], Privacy()) == ((Told(("last",), told),) if told else ())


PEOPLE = st.lists(st.sampled_from(["emerging", "developing", "maturing"]), min_size=5, max_size=20)


def counted(people: list[str]) -> dict[str, int]:
    return {stage: people.count(stage) for stage in set(people)}


@given(PEOPLE, st.lists(st.sampled_from(["emerging", "maturing"]), min_size=1, max_size=4))
def test_no_latecomers_are_ever_passed_over(people: list[str], late: list[str]) -> None:
    before, after = Known("a", "a", {"t": counted(people)}), Known("b", "b", {"t": counted([*people, *late])})
    assert told_of_few(after, [before], Privacy()) and told_of_few(before, [after], Privacy())


@given(PEOPLE, PEOPLE, st.lists(st.sampled_from(["emerging", "maturing"]), min_size=1, max_size=4))
def test_no_latecomers_to_two_parts_are_ever_passed_over(one: list[str], two: list[str], late: list[str]) -> None:
    parts = [Known("a", "a", {"t": counted(one)}), Known("b", "b", {"t": counted(two)})]
    whole = Known("c", "c", {"t": counted([*one, *two, *late])})
    assert told_of_few(whole, parts, Privacy())
    assert told_of_few(parts[0], [parts[1], whole], Privacy()) or counted(one) == counted(two)


def test_cells_are_read_as_the_stages_that_they_count() -> None:
    assert [stages_in(cell) for cell in tally("e4 dm5")] == [("emerging",), ("developing", "maturing")]
