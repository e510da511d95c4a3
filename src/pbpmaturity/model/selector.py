"""Choosing assessments by the words that people use: `northam`, `northam@latest`, `northam@jan 2024`."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.model.date import MONTHS, PartialDate, month_number
from pbpmaturity.model.portfolio import BrokenFile, FiledAssessment, Portfolio
from pbpmaturity.model.shape import NOT_TEXT, is_id

MOST_LISTED = 12
RELATIVE = ("first", "previous", "latest")
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)
_MONTH_WORDS = tuple(name for month in MONTHS for name in (month.lower(), month[:3].lower()))
NOT_PLACES = "|".join(["|".join(sorted(_DEVICES)), "|".join(RELATIVE), f"(?:{'|'.join(_MONTH_WORDS)})-[0-9]{{4}}"])
"""A pattern of ids that no Place can have: names that Windows keeps for devices, and words that mean a date."""


@dataclass(frozen=True, slots=True)
class When:
    """A relative word, or text that begins the dates which are meant (`2024`, `2024-01`, `2024-01-17`)."""

    text: str

    @property
    def is_relative(self) -> bool:
        return self.text in RELATIVE

    def fits(self, date: str) -> bool:
        """Say whether a date is this one or begins with it."""
        return date == self.text or date.startswith(f"{self.text}-")

    def shown(self) -> str:
        """Return the words for a date: `in Jan 2024`, `in 2024`, `of 17 January 2024`."""
        if len(self.text) == 4:
            return f"in {self.text}"
        date = PartialDate(self.text)
        return f"of {date.shown()}" if date.day else f"in {date.month_shown()}"


def parse_when(text: str) -> When | None:
    """Return what the text means as a WHEN, in any case; None if it means nothing."""
    word = " ".join(text.strip().lower().split())
    if word in RELATIVE or re.fullmatch(r"[0-9]{4}", word):
        return When(word)
    named = re.fullmatch(r"(?:([0-9]{1,2}) )?([a-z]+)[ -]([0-9]{4})", word)
    month = month_number(named[2]) if named else None
    if named and month:
        word = f"{named[3]}-{month:02}" + (f"-{int(named[1]):02}" if named[1] else "")
    try:
        return When(PartialDate.parse(word).text)
    except ValueError:
        return None


def likely(text: str, dates: Sequence[str]) -> str | None:
    """Return the WHEN that a text which is none is likely meant as, such as `latest` for `lastest`; None if none is."""
    from difflib import get_close_matches

    word = " ".join(text.strip().lower().split())[:40]
    near = get_close_matches(word, [*RELATIVE, *dates], n=1, cutoff=0.6)
    if near:
        return near[0]
    letters = re.search("[a-z]+", word)
    months = get_close_matches(letters[0], _MONTH_WORDS, n=1, cutoff=0.6) if letters else []
    meant = word.replace(letters[0], months[0]) if letters and months else ""
    return meant.replace(" ", "-") if parse_when(meant) else None


class Shelf:
    """One Place's assessments in date order, broken files among them where their names say they belong."""

    def __init__(self, portfolio: Portfolio, place: str) -> None:
        self.portfolio = portfolio
        self.place = place
        self.name = portfolio.settings.place_name(place)
        self._files: dict[str, FiledAssessment | BrokenFile] = {}
        for broken in portfolio.broken:
            if broken.place == place and is_date(broken.date):
                self._files[broken.date] = broken
        for filed in portfolio.assessments:
            if filed.assessment.place == place:
                self._files[filed.assessment.date.text] = filed
        self._dates = sorted(self._files)

    def dates(self) -> list[str]:
        """Return all dates, drafts and broken files too."""
        return list(self._dates)

    def holds(self, date: str) -> bool:
        """Say whether there is an assessment of exactly that date, usable or not."""
        return date in self._files

    def agreed_dates(self) -> list[str]:
        """Return the dates that count by default: agreed assessments, and broken files since they may be agreed."""
        return [date for date in self._dates if not self.is_draft(date)]

    def is_draft(self, date: str) -> bool:
        file = self._files[date]
        return isinstance(file, FiledAssessment) and file.assessment.status == "draft"

    def drafts(self) -> list[str]:
        """Return the dates of drafts."""
        return [date for date in self._dates if self.is_draft(date)]

    def candidates(self, when: When) -> list[str]:
        """Return the dates, drafts too, that a WHEN which is not relative fits; one date if it is that exactly."""
        if when.text in self._files:
            return [when.text]
        return [date for date in self._dates if when.fits(date)]

    def agreed_before(self, date: str) -> str | None:
        """Return the last agreed date before this one, or None."""
        return max((earlier for earlier in self.agreed_dates() if earlier < date), default=None)

    def latest_by(self, day: datetime.date | None) -> str | None:
        """Return the last agreed date that has begun by a day, or the last of all; None if there is none."""
        dates = self.agreed_dates()
        return max((one for one in dates if day is None or PartialDate(one).has_begun(day)), default=None)

    def take(self, date: str) -> FiledAssessment:
        """Return the assessment of that date; UnusableInput with its findings if the file is broken."""
        file = self._files[date]
        if isinstance(file, BrokenFile):
            raise UnusableInput(
                f"{self.name}: the assessment of {date} cannot be used", file.findings, "mend it, then run again"
            )
        return file

    def listed(self, dates: list[str]) -> str:
        """Return dates as a list in words, drafts marked."""
        shown = [f"{date} (draft)" if self.is_draft(date) else date for date in dates]
        return _abridged(shown)

    def in_words(self) -> str:
        """Return what there is by month, as the end of a sentence: `there are Jan 2023, Jan 2024`."""
        if not self._dates:
            return "there is none yet"
        months = [
            PartialDate.parse(date).month_shown() + (" (draft)" if self.is_draft(date) else "") for date in self._dates
        ]
        shown = list(dict.fromkeys(months))
        return f"there {'are' if len(shown) > 1 else 'is'} {_abridged(shown)}"

    def understood(self, text: str) -> When:
        """Return what the text means as a WHEN; UsageError lists what there is, and what is likely meant."""
        when = parse_when(text)
        if when is not None:
            return when
        near = likely(text, self._dates)
        have = f"{self.name} has {self.listed(self._dates)}" if self._dates else f"{self.name} has no assessment yet"
        raise UsageError(
            f'"{text}" is not a date that can be looked up{f"; did you mean {near}?" if near else ""}',
            f"{have}; write first, previous or latest, a date (2024-01-17), a month (2024-01 or jan-2024)"
            " or a year (2024)",
        )

    def date_of(self, when: When) -> str:
        """Return the one date that is meant; UsageError with the candidates if none or several are."""
        if when.is_relative:
            return self._relative(when.text)
        found = self.candidates(when)
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                f"{self.name} has several assessments {when.shown()}: {self.listed(found)}",
                f"name one, as in {self.place}@{found[0]}",
            )
        raise UsageError(f"{self.name} has no assessment {when.shown()}", self._what_there_is())

    def _relative(self, word: str) -> str:
        agreed = self.agreed_dates()
        if not agreed:
            drafts = self.listed(self._dates)
            hint = f"name one by its date, as in {self.place}@{self._dates[-1]}" if drafts else ""
            raise UsageError(
                f"{self.name} has only drafts: {drafts}" if drafts else f"{self.name} has no assessment yet",
                hint,
            )
        if word == "previous" and len(agreed) < 2:
            raise UsageError(f"{self.name} has only one agreed assessment, {agreed[0]}, so there is no previous one")
        return {"first": agreed[0], "previous": agreed[-2:][0], "latest": agreed[-1]}[word]

    def _what_there_is(self) -> str:
        return f"there are {self.listed(self._dates)}" if self._dates else "there is none yet"


def _abridged(words: list[str]) -> str:
    """Return a list as text, with its middle left out where it is long."""
    return ", ".join(words if len(words) <= MOST_LISTED else [*words[:2], "...", *words[-MOST_LISTED:]])


def is_date(text: str) -> bool:
    """Say whether the text is written as a date."""
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


def is_device(name: str) -> bool:
    """Say whether Windows keeps this name for a device, so that no file can have it."""
    return name in _DEVICES


def place_id_fault(name: str) -> str | None:
    """Return why a name cannot be a Place's id, or None if it can."""
    if name in NOT_TEXT:
        return "other programs take this word for a value of its own; choose another"
    if not is_id(name):
        return "use lower-case words joined by hyphens, such as berkshire-west"
    if is_device(name):
        return "Windows keeps this name for a device; choose another"
    if parse_when(name) is not None:
        return "it reads as a date; choose another"
    return None


def split_selector(text: str) -> tuple[str, str | None]:
    """Return the Place and what is written for the WHEN of `PLACE` or `PLACE@WHEN`, split at the last @."""
    place, at, when = text.rpartition("@")
    return (place, when) if at else (text, None)


def is_path(text: str) -> bool:
    """Say whether an argument is a path and not the name of a Place."""
    return "/" in text or "\\" in text or text.endswith(".yaml")
