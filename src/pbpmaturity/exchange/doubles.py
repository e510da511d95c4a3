"""The same person twice: in two downloads of one survey, in two rows of a sheet, by one e-mail address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pbpmaturity.errors import PbpError, UnusableInput, UsageError
from pbpmaturity.exchange.responses import Responses
from pbpmaturity.exchange.rows import listed, refused
from pbpmaturity.exchange.sheets import Sheet

Read = tuple[Sheet, Responses]
"""A sheet with what it holds."""


@dataclass(frozen=True, slots=True)
class SharedIds:
    """How many ids stand in both of two sheets: two downloads of one survey, or two surveys that count from 1."""

    first: str
    second: str
    number: int


def refuse_doubles(read: Sequence[Read]) -> None:
    """Refuse sheets that would count somebody twice; nothing of anybody is said but where their rows are."""
    for sheet, responses in read:
        _refuse_repeated_rows(sheet, responses)
    for (first, one), (second, other) in combinations(read, 2):
        _refuse_common_rows(first, one, second, other)
        if not (one.tells_apart and other.tells_apart):
            _refuse_beginning(first, one, second, other)
    _refuse_addresses(read)


def shared_ids(read: Sequence[Read]) -> Iterator[SharedIds]:
    """Yield the pairs of sheets that have ids in common; they alone do not say that people are the same."""
    for (first, one), (second, other) in combinations(read, 2):
        if number := len(_ids(one) & _ids(other)):
            yield SharedIds(first.called, second.called, number)


def _refuse_repeated_rows(sheet: Sheet, responses: Responses) -> None:
    seen: dict[bytes, int] = {}
    again: list[str] = []
    for one in responses.rated:
        first = seen.setdefault(one.person.whole, one.row) if one.person.whole is not None else one.row
        again += [f"row {one.row} is the same as row {first} in every cell"] if first != one.row else []
    if again:
        hint = "delete the copies, so that each person counts once"
        raise refused(sheet, f"has {_rows(len(again))} twice", again, hint)


def _refuse_common_rows(first: Sheet, one: Responses, second: Sheet, other: Responses) -> None:
    known = {response.person.whole for response in one.rated} - {None}
    number = sum(response.person.whole in known for response in other.rated)
    if number:
        raise _two_downloads(
            f"{first.called} and {second.called} have {_rows(number)} in common, the same in every cell",
            "if these are different people, whose ids happen to be alike, leave out the ids, as in: --map A=ignore",
        )


def _refuse_beginning(first: Sheet, one: Responses, second: Sheet, other: Responses) -> None:
    """Refuse two sheets of which one begins or ends as the other does: all to go by where nothing tells rows apart.

    Some survey tools list the newest answers first, so that an earlier download is the end of a later one.
    """
    (short, said), (long, more) = sorted(((first, _said(one)), (second, _said(other))), key=lambda it: len(it[1]))
    begins = more[: len(said)] == said
    if not said or not (begins or more[-len(said) :] == said):
        return
    if len(said) == len(more):
        what = f"{first.called} and {second.called} say the same, row for row"
    else:
        what = f"the {_rows(len(said))} of {short.called} are the {'first' if begins else 'last'} of {long.called} too"
    raise _two_downloads(what, "if they are of different people, put all rows into one file")


def _refuse_addresses(read: Sequence[Read]) -> None:
    seen: dict[tuple[str | None, bytes], tuple[Sheet, int]] = {}
    again: list[str] = []
    for sheet, responses in read:
        for one in responses.rated:
            for address in sorted(one.person.addresses):
                first, row = seen.setdefault((one.place, address), (sheet, one.row))
                if (first, row) != (sheet, one.row):
                    again.append(f"row {one.row} of {sheet.called} has the address of row {row} of {first.called}")
    if again:
        raise UnusableInput(
            f"{_rows(len(again))} with an e-mail address that another row has too, so nothing was written",
            listed(again),
            "keep one row of each person; if the addresses are not those of the people who answered, leave out their"
            " column, as in: --map D=ignore",
        )


def _two_downloads(what: str, otherwise: str) -> PbpError:
    return UsageError(f"{what}, as two downloads of one survey do", f"give the later one alone; {otherwise}")


def _rows(number: int) -> str:
    return f"{number} {'row' if number == 1 else 'rows'}"


def _said(responses: Responses) -> list[tuple[str | None, dict[str, str]]]:
    return [(one.place, dict(one.ratings)) for one in responses.rated]


def _ids(responses: Responses) -> set[tuple[str, bytes]]:
    return {pair for one in responses.rated for pair in one.person.ids.items()}
