"""Rows become ratings by theme; what cannot be one is named by its place and never by what it says."""

import random

import pytest
from building import small_matrix
from hypothesis import given
from hypothesis import strategies as st
from sheets import as_csv, as_xlsx

from pbpmaturity.analysis.tallies import tallied
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.exchange.headings import Headings
from pbpmaturity.exchange.labels import PlaceNames
from pbpmaturity.exchange.of_places import OfPlaces
from pbpmaturity.exchange.responses import Asked, NoScale, Ratings, Responses, are_answers, read_responses
from pbpmaturity.exchange.scale import Scale
from pbpmaturity.exchange.sheets import read_sheet
from pbpmaturity.model.settings import Privacy

MATRIX = small_matrix(2)
SCALE = Scale.parse("1-4", MATRIX)
NORTHAM = OfPlaces(PlaceNames({"northam": "Northam"}), "northam")
HEADERS = ["Theme 1", "Theme 2", "Theme 1: comment", "Name"]


@pytest.mark.parametrize(
    ("cell", "stage"),
    [
        ("Developing", "developing"),
        (" developing ", "developing"),
        ("DEVELOPING\u00a0", "developing"),
        ("1", "emerging"),
        ("4", "thriving"),
        ("2.0", "developing"),
        ("2,0", "developing"),
        ("\uff12", "developing"),
        *(
            (word, None)
            for word in ["", "  ", "\u00a0", "-", "?", "N/A", "n/a", "na", "Not applicable", "Not assessed"]
        ),
        *(
            (word, None)
            for word in ["Not sure", "not\u00a0sure", "NOT SURE.", "Don't know", "Don\u2019t know", "dont know"]
        ),
        *((word, None) for word in ["Do not know", "No view", "not-applicable", "not-assessed", "Unsure"]),
    ],
)
def test_a_cell_holds_a_stage_or_no_rating(cell: str, stage: str | None) -> None:
    assert Ratings(MATRIX, SCALE).stage(cell) == stage


@pytest.mark.parametrize(
    "cell", ["0", "5", "-1", "2.5", "1e0", "Develop", "Developing!", "Emerging, Developing", "x", "=", "TRUE"]
)
def test_a_cell_that_holds_anything_else_is_not_guessed_at(cell: str) -> None:
    with pytest.raises(ValueError, match="no stage"):
        Ratings(MATRIX, SCALE).stage(cell)


@pytest.mark.parametrize("cell", ["1", "2.0", "0", "99"])
def test_a_number_means_nothing_until_somebody_says_what(cell: str) -> None:
    with pytest.raises(NoScale):
        Ratings(MATRIX).stage(cell)


@pytest.mark.parametrize(
    ("scale", "numbers"),
    [("1-4", "1234"), (" 1 \N{EN DASH} 4 ", "1234"), ("0-3", "0123"), ("4-1", "4321"), ("3-0", "3210")],
)
def test_a_scale_begins_with_the_number_of_the_lowest_stage(scale: str, numbers: str) -> None:
    ratings = Ratings(MATRIX, Scale.parse(scale, MATRIX))
    assert tuple(ratings.stage(number) for number in numbers) == MATRIX.stage_ids
    beyond = str(max(map(int, numbers)) + 1)
    assert not ratings.accepts(beyond)


@pytest.mark.parametrize("scale", ["1-5", "1-3", "2-2", "1", "low-high", "1-4-1", "-1-3", "1000-1003"])
def test_a_scale_that_does_not_fit_the_stages_is_refused_with_those_that_do(scale: str) -> None:
    with pytest.raises(UsageError) as caught:
        Scale.parse(scale, MATRIX)
    assert "--scale 1-4 if 1 is Emerging and 4 is Thriving, --scale 0-3 if 0 is Emerging" in caught.value.hint


def test_a_stage_may_be_called_as_what_is_no_rating_elsewhere() -> None:
    matrix = small_matrix(1, stage_ids=("none", "some"))
    ratings = Ratings(matrix, Scale.parse("1-2", matrix))
    assert [ratings.stage(cell) for cell in ("None", "2", "-")] == ["none", "some", None]


def responses(*rows: list[object], with_comments: bool = False) -> Responses:
    sheet = read_sheet(as_xlsx([HEADERS, *rows]), "a.xlsx", len)
    matching = Headings(MATRIX).matched(sheet.headers, (), "a.xlsx")
    return read_responses(sheet, matching, MATRIX, Asked(NORTHAM, SCALE, with_comments=with_comments))


def test_rows_that_rate_nothing_are_counted_and_half_empty_ones_say_where() -> None:
    found = responses(
        [], ["Emerging", 2, "", "A"], ["", "Not sure", "", "B"], ["", "Maturing", "", "C"], ["", "", "", "D"]
    )
    assert [(one.row, one.ratings, one.unrated) for one in found.rated] == [
        (3, {"t1": "emerging", "t2": "developing"}, ()),
        (5, {"t2": "maturing"}, (0,)),
    ]
    assert found.silent == 2


def test_comments_are_read_only_when_they_are_asked_for() -> None:
    row: list[object] = ["Emerging", "", "MARK", "NAME"]
    assert [one.comments for one in responses(row).given] == [{}]
    assert [one.comments for one in responses(row, with_comments=True).given] == [{"t1": "MARK"}]


def test_an_answer_is_not_in_the_words_for_a_row() -> None:
    assert "emerging" not in repr(responses(["Emerging", "", "MARK", "NAME"], with_comments=True))
    assert "MARK" not in repr(responses(["Emerging", "", "MARK", "NAME"], with_comments=True))


def test_cells_without_a_stage_are_listed_by_place_only() -> None:
    with pytest.raises(UnusableInput) as caught:
        responses(*[["MARK", "MARK"] for _ in range(15)])
    error = caught.value
    assert error.message == 'sheet "Sheet" of "a.xlsx" has 30 cells without a stage in it, so nothing was written'
    assert error.findings[:3] == ("row 2, column A", "row 2, column B", "row 3, column A")
    assert (len(error.findings), error.findings[-1]) == (21, "and 10 more")
    assert "Emerging, Developing, Maturing, Thriving, Not sure, nothing, or a number that --scale" in error.hint
    assert "MARK" not in f"{error.message}{error.findings}{error.hint}"


def test_a_first_row_of_answers_is_told_from_headers() -> None:
    assert are_answers(["x", "Developing"], MATRIX)
    assert are_answers(["3", ""], MATRIX)
    assert not are_answers(["Name", "What are we for?", ""], MATRIX)


@given(
    people=st.lists(st.lists(st.sampled_from([*MATRIX.stage_ids, "1", "4", "Not sure", ""]), min_size=3, max_size=3)),
    seed=st.randoms(use_true_random=False),
)
def test_tallies_equal_a_count_made_by_hand_whatever_the_order(people: list[list[str]], seed: random.Random) -> None:
    matrix = small_matrix(3)
    table = [["Theme 1", "Theme 2", "Theme 3"], *people]
    columns = [[row[at] for row in table] for at in range(3)] + [["Name", *("Emerging" for _ in people)]]
    seed.shuffle(columns)
    head, *rows = zip(*columns, strict=True)
    seed.shuffle(rows)
    sheet = read_sheet(as_csv([head, *rows], separator=seed.choice(",;\t")), "a.csv", Headings(matrix).count)
    asked = Asked(NORTHAM, SCALE)
    found = read_responses(sheet, Headings(matrix).matched(sheet.headers, (), ""), matrix, asked)
    numbers = {"1": "emerging", "4": "thriving"}
    expected = {}
    for at in range(3):
        said = [numbers.get(row[at], row[at]) for row in people]
        counts = {stage: said.count(stage) for stage in matrix.stage_ids if said.count(stage)}
        if sum(counts.values()) > 4:
            expected[f"t{at + 1}"] = counts
    assert tallied([one.ratings for one in found.rated], matrix, Privacy()) == expected
    assert len(found.rated) == sum(any(cell not in ("", "Not sure") for cell in row) for row in people)
