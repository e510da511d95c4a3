"""What was typed, as what was meant."""

import pytest
from building import small_matrix

from pbpmaturity.cli.assessing.reading import NotUnderstood, date_of, one_of, stage_of, theme_of, yes_or_no

NAMED = {"all-in": "All in", "all": "All", "none-yet": "None yet", "zwölf": "Zwölf"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        *((text, "2024-01-17") for text in ("2024-01-17", "17/01/2024", "17.1.2024", "17 Jan 2024", "17 january 2024")),
        *((text, "2024-01") for text in ("2024-01", "Jan 2024", "january  2024", "jan-2024", "01/2024", "1/2024")),
        ("29 feb 2024", "2024-02-29"),
    ],
)
def test_dates_as_people_write_them(text: str, date: str) -> None:
    assert date_of(text).text == date


@pytest.mark.parametrize("text", ["2024", "latest", "30/02/2024", "13/13/2024", "17/01/24", "January", "", "2024-1-7"])
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    with pytest.raises(NotUnderstood, match="is not a date; write a day, as in 17 Jan 2024"):
        date_of(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *(("2", "all"), ("all", "all"), ("ALL IN", "all-in"), ("all-in", "all-in"), ("all i", "all-in")),
        *(("n", "none-yet"), ("none  yet", "none-yet"), ("ZWÖ", "zwölf")),
    ],
)
def test_a_choice_by_number_name_id_or_first_letters(text: str, key: str) -> None:
    assert one_of(text, NAMED) == key


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("al", '"al" could be All in or All; write more of it.'),
        ("0", '"0" is not one of the numbers 1 to 4.'),
        ("None yett", '"None yett" is none of All in, All, None yet or Zwölf. Did you mean None yet?'),
        ("", '"" is none of'),
        ("²", '"²" is none of'),
        ("\x1b[31m", '"\\x1b[31m" is none of'),
    ],
)
def test_what_is_no_choice_says_what_would_be(text: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as raised:
        one_of(text, NAMED)
    assert str(raised.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        *(("1", "emerging"), ("4", "thriving"), ("d", "developing"), ("Matur", "maturing")),
        *(("not assessed", "not-assessed"), ("not-ap", "not-applicable"), ("NOT APPLICABLE", "not-applicable")),
    ],
)
def test_a_stage_or_that_there_is_none(text: str, state: str) -> None:
    assert stage_of(text, small_matrix(1)) == state


@pytest.mark.parametrize("text", ["5", "0", "not", "x", "-1"])
def test_what_is_no_stage(text: str) -> None:
    with pytest.raises(NotUnderstood):
        stage_of(text, small_matrix(1))


def test_a_theme_by_number_comes_before_one_by_name() -> None:
    matrix = small_matrix(12)
    assert [theme_of(text, matrix) for text in ("2", "t2", "Theme 2", "theme 12")] == ["t2", "t2", "t2", "t12"]


@pytest.mark.parametrize(("text", "meant"), [("y", True), ("YES", True), ("n", False), ("no", False)])
def test_yes_or_no(text: str, meant: bool) -> None:
    assert yes_or_no(text) is meant
