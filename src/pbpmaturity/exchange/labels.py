"""What a cell may say of its row: a Place of the workspace, and a date without a time of day."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pbpmaturity.exchange.rows import folded
from pbpmaturity.model.date import PartialDate, month_number
from pbpmaturity.model.selector import parse_when

_SLASHED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_MIDNIGHT = re.compile(r"[ t]00:00(?::00)?(?:\.0+)?$")
_SHORT_MONTH = re.compile(r"([a-z]{3,9})[-' ]+([0-9]{2})")
_PART_OF_A_YEAR = re.compile(
    r"(?:(?:q[1-4]|spring|summer|autumn|winter) )?[0-9]{4}(?:[/-][0-9]{2}(?:[0-9]{2})?)?(?: q[1-4])?"
)
_ROUND = re.compile(r"(?:round|wave|assessment) [0-9]{1,2}")
# What surveys add to a Place's name; never a kind of organisation, which is not its Place.
_KINDS_OF_PLACE = ("place", "locality", "borough", "district", "area", "icp", "partnership", "place-based partnership")
_SERIAL = re.compile(r"[0-9]{5}")
_FIRST_SERIAL = datetime.date(1899, 12, 30)
_LONGEST = 100


class PlaceNames:
    """The Places of a workspace, by what people call them."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)
        self._ids = {_plain(place): place for place in names}
        self._ids |= {_plain(place.replace("-", " ")): place for place in names}
        self._ids |= {_plain(name): place for place, name in names.items()}

    def name(self, place: str) -> str:
        """Return what a Place is called."""
        return self._names.get(place, place)

    def place(self, text: str) -> str | None:
        """Return the Place that a text names, saying no more than that it is a Place; None if it does not."""
        return self._ids.get(_plain(text)) or self._ids.get(_without_kind(text)) if text else None


@dataclass(frozen=True, slots=True)
class Label:
    """What a cell says of its row; `day` only where the date is one, and not a month or a year."""

    place: str | None = None
    date: str | None = None
    day: datetime.date | None = None


def label_of(text: str, names: PlaceNames, *, may_be_serial: bool) -> Label | None:
    """Return the Place, the date or both that a cell holds; None if it holds anything else.

    Excel stores a date as a number of days, which is taken for one only where it may be, as is the number of a round.
    """
    if len(text) > _LONGEST:
        return None
    if place := names.place(text):
        return Label(place)
    if dated := _dated(text, may_be_serial=may_be_serial):
        return dated
    words = [word for word in re.split(r"[\s,;:@()\[\]]+|\s-\s", text) if word]
    for cut in range(1, len(words)):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        for one, other in ((head, tail), (tail, head)):
            place, dated = names.place(one), _dated(other, may_be_serial=False)
            if place and dated:
                return Label(place, dated.date, dated.day)
    return None


def _dated(text: str, *, may_be_serial: bool) -> Label | None:
    word = _MIDNIGHT.sub("", _plain(text))
    if may_be_serial and _ROUND.fullmatch(word):
        return Label(date=word)
    if may_be_serial and _SERIAL.fullmatch(word):
        day = _FIRST_SERIAL + datetime.timedelta(days=int(word))
        return Label(date=day.isoformat(), day=day) if 1990 < day.year < 2100 else None
    if slashed := _SLASHED.fullmatch(word):
        word = f"{slashed[3]}-{int(slashed[2]):02}-{int(slashed[1]):02}"
    elif (short := _SHORT_MONTH.fullmatch(word)) and (month := month_number(short[1])):
        word = f"20{short[2]}-{month:02}"
    when = parse_when(word)
    if when is not None and not when.is_relative and len(when.text) > 4:
        found = PartialDate(when.text)
        return Label(date=found.text, day=found.first_day if found.day else None)
    return Label(date=word) if _PART_OF_A_YEAR.fullmatch(word) and _is_of_this_age(word) else None


def _is_of_this_age(word: str) -> bool:
    return any(1990 < int(year) < 2100 for year in re.findall("[0-9]{4}", word))


def _without_kind(text: str) -> str:
    """Return a text without the kind of Place behind its name, also in brackets, as in Northam (borough)."""
    words = _plain(text).replace("(", "").replace(")", "")
    kind = max((kind for kind in _KINDS_OF_PLACE if words.endswith(f" {kind}")), key=len, default="")
    return words.removesuffix(kind).rstrip()


def _plain(text: str) -> str:
    return folded(text).rstrip(";. ")
