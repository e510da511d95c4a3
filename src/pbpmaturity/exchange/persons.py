"""What tells one person's row from another's: ids, times and addresses, kept as hashes with a key of this run alone."""

import hashlib
import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pbpmaturity.exchange.rows import Line, folded

_KEY = os.urandom(32)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|#")
_ID_WORDS = frozenset(("id", "ids", "uuid", "guid", "instanceid", "responseid", "respondentid", "token", "#"))
_ID_HEADERS = frozenset(
    ("no", "nr", "number", "row", "respondent", "response", "response no", "response number", "unique response number",
     "user no", "entry")
)  # fmt: skip
# Of what many rows share: their ids tell no person from another.
_OF_MANY = frozenset(
    ("collector", "survey", "form", "campaign", "project", "organisation", "organization", "org", "practice", "site",
     "team", "place")
)  # fmt: skip
_MOST_WORDS_OF_AN_ID = 4
# As it is, as a link, or as Outlook writes it: a name, and the address in angle brackets.
_ADDRESS = re.compile(r"(?i)(?:mailto:|[^<>@]*<)?([^@\s<>]+@[^@\s<>]+\.[^@\s.<>]{2,})>?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})(?![0-9])")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?\s*([ap]\.?m)?")
_SERIAL = re.compile(r"[0-9]{5}\.[0-9]+")
_FIRST_SERIAL = datetime(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Person:
    """What tells a row from others; hashes, so that nothing of it can be shown or kept.

    `whole` is of all cells, and only where the sheet has ids or times; `ids` are by the header of their column.
    """

    whole: bytes | None = field(default=None, repr=False)
    ids: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    addresses: frozenset[bytes] = field(default=frozenset(), repr=False)


class PersonColumns:
    """Which columns of a sheet tell people apart: those of ids, by their headers, and those of times of day."""

    def __init__(self, headers: Sequence[str], lines: Sequence[Line], columns: Collection[int]) -> None:
        self._headers = headers
        self._others = frozenset(columns)
        self._columns = {at: [cell for line in lines if (cell := line.cell(at))] for at in sorted(self._others)}
        self.times = {at for at, cells in self._columns.items() if cells and all(map(instant, cells))}
        self.ids = {at for at, cells in self._columns.items() if at not in self.times and self._are_ids(at, cells)}
        self.has_addresses = any(_ADDRESS.fullmatch(cell) for cells in self._columns.values() for cell in cells)

    @property
    def tell_apart(self) -> bool:
        """Whether there is a column of ids or times, so that two people's rows cannot be the same in every cell."""
        return bool(self.times or self.ids)

    def person(self, line: Line, left_out: Collection[int] = ()) -> Person:
        """Return what tells a row from others, without the columns that are left out."""
        cells = [(self._name(at), self._said(line, at)) for at in range(len(line.cells)) if at not in left_out]
        told = [f"{name}\0{said}" for name, said in cells if said]
        ids = {self._name(at): _hashed(folded(line.cell(at))) for at in sorted(self.ids) if line.cell(at)}
        addresses = (_ADDRESS.fullmatch(line.cell(at)) for at in self._others)
        return Person(
            _hashed("\1".join(sorted(told))) if self.tell_apart else None,
            ids,
            frozenset(_hashed(one[1].casefold()) for one in addresses if one),
        )

    def _are_ids(self, column: int, cells: Sequence[str]) -> bool:
        """Say whether a column is called as ids are, and has not the same few for all."""
        words = [word.lower() for word in _WORDS.findall(self._headers[column])]
        is_called_so = " ".join(words) in _ID_HEADERS or (
            len(words) <= _MOST_WORDS_OF_AN_ID and bool(_ID_WORDS & set(words)) and not _OF_MANY & set(words)
        )
        return is_called_so and bool(cells) and 2 * len(set(cells)) >= len(cells)

    def _name(self, column: int) -> str:
        return folded(self._headers[column]) or f"\2{column}"

    def _said(self, line: Line, column: int) -> str:
        cell = line.cell(column)
        return (instant(cell) or "") if column in self.times else folded(cell)


def instant(text: str) -> str | None:
    """Return a date and time of day the same however a file writes it, to the minute; None for anything else.

    03/01 and 01/03 are taken for one: it is looked at only where all else in two rows is the same.
    """
    if _SERIAL.fullmatch(text):
        moment = _FIRST_SERIAL + timedelta(days=float(text), seconds=0.5)
        return _written(moment.year, moment.month, moment.day, moment.hour, moment.minute)
    clock = _CLOCK.search(text)
    if clock is None:
        return None
    hour = int(clock[1]) % 12 + (12 if clock[3][0] == "p" else 0) if clock[3] else int(clock[1])
    if found := _YEAR_FIRST.search(text):
        return _written(int(found[1]), int(found[2]), int(found[3]), hour, int(clock[2]))
    if found := _YEAR_LAST.search(text):
        return _written(int(found[3]) % 100 + 2000, int(found[1]), int(found[2]), hour, int(clock[2]))
    return None


def _written(year: int, one: int, other: int, hour: int, minute: int) -> str:
    return f"{year}-{min(one, other):02}-{max(one, other):02} {hour:02}:{minute:02}"


def _hashed(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=_KEY).digest()
