"""Columns are matched to themes by what their headers say, and by nothing else."""

import pytest
from building import HOSTILE, matrix_of, without_hanging

from pbpmaturity.errors import UsageError
from pbpmaturity.exchange.headings import Headings, Meaning, is_showable, refuse_unused

MATRIX = matrix_of("""\
id: small
version: 1
title: Small
stages: [{id: e, name: Emerging}, {id: d, name: Developing}]
themes:
  - {id: shared-vision, name: Shared vision and purpose}
  - {id: shared-data, name: "Shared data: what we know"}
  - {id: five-years, name: 5 year plan}
""")
HEADINGS = Headings(MATRIX)
VISION, DATA, YEARS = "shared-vision", "shared-data", "five-years"


@pytest.mark.parametrize(
    ("header", "theme"),
    [
        ("Shared vision and purpose", VISION),
        ("shared-vision", VISION),
        ("Shared Vision", VISION),
        ("  SHARED\u00a0vision   and\npurpose ", VISION),
        ("\ufeffShared vision and purpose\u200b", VISION),
        ("1. Shared vision and purpose", VISION),
        ("1.\u00a0Shared vision and purpose", VISION),
        ("Q1. Shared vision and purpose", VISION),
        ("Question 12: Shared vision and purpose", VISION),
        ("1) Shared vision and purpose", VISION),
        ("Shared vision and purpose:", VISION),
        ("Shared vision and purpose?", VISION),
        ("Shared vision and purpose *", VISION),
        ("\uff33hared vision and purpose", VISION),
        ("Shared data: what we know", DATA),
        ("2. Shared data: what we know?", DATA),
        ("5 year plan", YEARS),
        ("3. 5 Year Plan", YEARS),
        ("Shared vision", VISION),
        ("vision", None),
        ("Shared vision and purposes", None),
        ("Vision, shared", None),
        ("Name", None),
        ("ID", None),
        ("1.", None),
        ("", None),
    ],
)
def test_a_header_is_a_themes_name_or_id_however_it_is_written(header: str, theme: str | None) -> None:
    assert HEADINGS.meaning(header) == (Meaning(theme) if theme else None)


@pytest.mark.parametrize(
    "header",
    [
        "Shared vision and purpose: comment",
        "Shared vision and purpose: comments",
        "4.\u00a0Shared vision and purpose: comment ",
        "Shared vision and purpose - why?",
        "Shared vision and purpose (reasons)",
        "shared-vision comment",
        "Comments on shared vision and purpose",
        "Why: Shared vision and purpose?",
    ],
)
def test_a_comment_column_says_of_which_theme_it_is(header: str) -> None:
    assert HEADINGS.meaning(header) == Meaning(VISION, is_comment=True)


@pytest.mark.parametrize("header", ["Comment", "Why?", "Comments on lunch", "comment: "])
def test_a_comment_on_nothing_of_ours_is_no_comment_column(header: str) -> None:
    assert HEADINGS.meaning(header) is None


def test_names_that_differ_only_by_their_numbers_are_told_apart_by_them() -> None:
    twins = Headings(
        matrix_of(
            "{id: a, version: 1, title: A, stages: [{id: x, name: X}, {id: y, name: Y}],"
            " themes: [{id: one, name: 1. Trust}, {id: two, name: 2. Trust}]}"
        )
    )
    assert twins.meaning("2.  trust") == Meaning("two")
    assert twins.meaning("Trust") is None


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_is_found_again_as_it_is_and_as_it_is_shown(hostile: str) -> None:
    theme = MATRIX.themes[0].model_copy(update={"name": hostile})
    headings = Headings(MATRIX.model_copy(update={"themes": (theme,)}))
    assert headings.meaning(hostile) == Meaning(VISION)


HEADERS = ("Name", "What are we for?", "Shared vision and purpose", "Data")


def matched(*maps: str, headers: tuple[str, ...] = HEADERS) -> tuple[dict[int, str], tuple[int, ...], tuple[int, ...]]:
    matching = HEADINGS.matched(headers, HEADINGS.corrections(maps), "a.csv")
    return dict(matching.themes), matching.left_out, matching.unmatched


def test_what_is_not_matched_is_named_and_a_map_corrects_it() -> None:
    assert matched() == ({2: VISION}, (), (0, 1, 3))
    assert matched("Data=Shared data: what we know") == ({2: VISION, 3: DATA}, (), (0, 1))
    assert matched("data=shared-data") == ({2: VISION, 3: DATA}, (), (0, 1))
    assert matched("D=shared-data") == ({2: VISION, 3: DATA}, (), (0, 1))
    assert matched("what are we for=shared-vision", "c=ignore") == ({1: VISION}, (2,), (0, 3))
    assert matched("B=shared-vision", "Shared vision and purpose=") == ({1: VISION}, (2,), (0, 3))


def test_a_header_that_looks_like_a_letter_is_a_header_first() -> None:
    assert matched("B=shared-data", headers=("b", "x")) == ({0: DATA}, (), (1,))


def test_a_map_can_name_a_comment_column() -> None:
    matching = HEADINGS.matched(HEADERS, HEADINGS.corrections(["B=Shared vision and purpose: comment"]), "a.csv")
    assert matching.comments == {1: VISION}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Data", "names no column"),
        ("=shared-data", "names no column"),
        ("Data=shared-dta", '"shared-dta" is no theme of small@1; did you mean'),
        ("Data=lunch", '"lunch" is no theme of small@1; expected one of'),
    ],
)
def test_a_map_that_means_nothing_is_named(value: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        HEADINGS.corrections([value])
    assert said in caught.value.message


def test_a_map_that_says_two_things_of_a_column_is_refused() -> None:
    with pytest.raises(UsageError, match="--map says two things of column D"):
        matched("Data=shared-data", "d=ignore")
    assert matched("Data=shared-data", "d=shared-data") == ({2: VISION, 3: DATA}, (), (0, 1))


def test_a_map_that_fits_no_column_is_named_with_the_nearest_header() -> None:
    corrections = HEADINGS.corrections(["What are we four?=shared-data"])
    with pytest.raises(UsageError) as caught:
        refuse_unused(corrections, [HEADINGS.matched(HEADERS, corrections, "a.csv")])
    assert 'did you mean "What are we for?"?' in caught.value.message


@pytest.mark.parametrize(
    "header", ["-" * 3_000, " ()" * 1_000, "comment on " * 300, "1." * 1_500, "vision" + ":" * 3_000]
)
def test_a_very_long_header_takes_no_time(header: str) -> None:
    with without_hanging():
        assert HEADINGS.meaning(header) is None
        corrections = HEADINGS.corrections([f"{header}=shared-data", "x=ignore"])
        with pytest.raises(UsageError):
            refuse_unused(corrections, [HEADINGS.matched((f"{header}x",) * 9, corrections, "a.csv")])


def test_two_columns_for_one_theme_are_refused() -> None:
    with pytest.raises(UsageError) as caught:
        matched(headers=("Shared vision and purpose", "1. Shared vision and purpose"))
    assert caught.value.message == (
        '"a.csv" has 2 columns for "Shared vision and purpose": A ("Shared vision and purpose") and'
        ' B ("1. Shared vision and purpose")'
    )
    assert "--map B=ignore" in caught.value.hint


@pytest.mark.parametrize(("header", "is_shown"), [("Name", True), ("mark@example.org", False), ("07700 900123", False)])
def test_a_header_that_may_be_somebodys_answer_is_not_shown(header: str, is_shown: bool) -> None:
    assert is_showable(header) is is_shown
