"""Dates as people know them: a day, or only a month."""

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import BeforeValidator, PlainSerializer
from pydantic_core import PydanticCustomError

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A day (`2024-01-17`) or a month (`2024-01`), in the order of its text."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the date that the text is; ValueError if it is not written so or no such day exists."""
        match = _WRITTEN.fullmatch(text)
        if not match:
            raise ValueError(f'"{text}" is not a date; write 2024-01-17, or 2024-01 when only the month is known')
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
        try:
            datetime.date(year, month, day)
        except ValueError:
            raise ValueError(
                f'"{text}" is not a date: there is no such {"day" if match[3] else "month"}; correct it'
            ) from None
        return cls(text)

    @property
    def year(self) -> int:
        return int(self.text[:4])

    @property
    def month(self) -> int:
        return int(self.text[5:7])

    @property
    def day(self) -> int | None:
        """The day of the month, or None when only the month is known."""
        return int(self.text[8:]) if len(self.text) > 7 else None

    @property
    def first_day(self) -> datetime.date:
        """The day on which the date has begun."""
        return datetime.date(self.year, self.month, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The day after which the date is past."""
        day = self.day or calendar.monthrange(self.year, self.month)[1]
        return datetime.date(self.year, self.month, day)

    def has_begun(self, day: datetime.date) -> bool:
        """Say whether the date's first day has come by a day."""
        return self.first_day <= day

    def is_past(self, day: datetime.date) -> bool:
        """Say whether the date's last day is over on a day."""
        return self.last_day < day

    def is_older_than(self, months: int, day: datetime.date) -> bool:
        """Say whether a day comes after the date's last day and so many months, capped at a month's end."""
        last = self.last_day
        count = last.year * 12 + last.month - 1 + months
        year, month = count // 12, count % 12 + 1
        if year > datetime.MAXYEAR:
            return False
        return day > datetime.date(year, month, min(last.day, calendar.monthrange(year, month)[1]))

    def month_shown(self) -> str:
        """Return `Jan 2024`, in English whatever the locale."""
        return f"{MONTHS[self.month - 1][:3]} {self.year:04}"

    def shown(self) -> str:
        """Return the date in full: `17 January 2024`, or `January 2024`."""
        month = f"{MONTHS[self.month - 1]} {self.year:04}"
        return f"{self.day} {month}" if self.day else month

    def __str__(self) -> str:
        return self.text


def shown_together(first: PartialDate, second: PartialDate) -> tuple[str, str]:
    """Return two dates as shown side by side: by month, with days only where the month does not tell them apart."""
    if first.month_shown() == second.month_shown() and first.day and second.day:
        return f"{first.day} {first.month_shown()}", f"{second.day} {second.month_shown()}"
    return first.month_shown(), second.month_shown()


def month_number(word: str) -> int | None:
    """Return 1 to 12 for an English month's name or its first three letters, in any case; None for any other word."""
    for number, name in enumerate(MONTHS, 1):
        if word.lower() in (name.lower(), name[:3].lower()):
            return number
    return None


def _from_file(value: object) -> PartialDate:
    if not isinstance(value, str):
        raise PydanticCustomError("text_expected", "a date as text")
    try:
        return PartialDate.parse(value)
    except ValueError as error:
        raise PydanticCustomError("no_such_date", "{reason}", {"reason": str(error)}) from None


FileDate = Annotated[PartialDate, BeforeValidator(_from_file), PlainSerializer(str)]
"""A date as it stands in a file: text, checked by PartialDate.parse."""
