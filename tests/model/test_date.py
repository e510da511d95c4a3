"""Dates of files, and the words that choose among them."""

import datetime

import pytest

from pbpmaturity.model.date import PartialDate, month_number
from pbpmaturity.model.selector import parse_when


def test_the_order_is_that_of_the_text() -> None:
    dates = [PartialDate.parse(text) for text in ("2023-12-31", "2024-01", "2024-01-05", "2024-02")]
    assert sorted(dates, key=lambda date: date, reverse=True) == dates[::-1]


@pytest.mark.parametrize("text", ["2024-01-17", "2024-01", "2024-02-29", "0001-01"])
def test_a_day_and_a_month_are_dates(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["20240117", "2024-W03", "2024", "2024-1-17", "2024-02-30", "2024-13", "2023-02-29", "0000-01", "17 January 2024",
     "2024-01-17T00:00", " 2024-01", "2024-01\n", "２０２４-01", ""],
)  # fmt: skip
def test_nothing_else_is_a_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "last", "month", "full"),
    [
        ("2024-01", (2024, 1, 31), "Jan 2024", "January 2024"),
        ("2024-02", (2024, 2, 29), "Feb 2024", "February 2024"),
        ("2024-09-05", (2024, 9, 5), "Sep 2024", "5 September 2024"),
    ],
)
def test_days_and_words(text: str, last: tuple[int, int, int], month: str, full: str) -> None:
    date = PartialDate.parse(text)
    assert date.last_day == datetime.date(*last)
    assert (date.month_shown(), date.shown()) == (month, full)


@pytest.mark.parametrize(
    ("word", "number"), [("jan", 1), ("January", 1), ("SEPT", None), ("sep", 9), ("may", 5), ("x", None)]
)
def test_months_by_name(word: str, number: int | None) -> None:
    assert month_number(word) == number


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("first", "first"),
        ("Previous", "previous"),
        ("LATEST", "latest"),
        ("2024-01-17", "2024-01-17"),
        ("2024-01", "2024-01"),
        ("2024", "2024"),
        ("jan 2024", "2024-01"),
        ("Jan-2024", "2024-01"),
        ("january 2024", "2024-01"),
        ("  Jan   2024 ", "2024-01"),
        ("17 January 2024", "2024-01-17"),
        ("5 jan 2024", "2024-01-05"),
        ("31 feb 2024", None),
        ("soon", None),
        ("2024-02-30", None),
        ("janury 2024", None),
        ("24", None),
        ("", None),
    ],
)
def test_when(text: str, meaning: str | None) -> None:
    when = parse_when(text)
    assert (when.text if when else None) == meaning
