"""Whose rows of a survey are whose: a column that names Places, and the rows of one of them or of each."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pbpmaturity.diagnostics.suggest import did_you_mean, quoted
from pbpmaturity.errors import PbpError, UsageError
from pbpmaturity.exchange.headings import columns_called, is_showable
from pbpmaturity.exchange.labels import PlaceNames
from pbpmaturity.exchange.rows import Line, named, refused
from pbpmaturity.exchange.sheets import Sheet, column_letter

_PLACE = re.compile(r"(?i)\b(?:places?|locality|borough)\b")
_PLAIN = re.compile(r"[\w ,.:;?/()&'-]+")


@dataclass(frozen=True, slots=True)
class OfPlaces:
    """Which rows are wanted: those of one Place, or of each if there is none; and the column that says it, if given."""

    names: PlaceNames
    place: str | None
    column: str | None = None

    @property
    def option(self) -> str:
        """The option that names the column."""
        return "--by-place" if self.place is None else "--where"


def where(text: str, place: str, names: PlaceNames) -> OfPlaces:
    """Return what `--where COLUMN=VALUE` asks for; UsageError unless the value is the Place whose draft it is."""
    column, equals, value = text.rpartition("=")
    if not equals or not column.strip():
        raise UsageError(f"--where {quoted(text)} names no column", f'write --where "COLUMN={names.name(place)}"')
    meant = names.place(value.strip())
    if meant != place:
        raise UsageError(
            f"--where: {quoted(value)} is not {quoted(names.name(place))}, the Place of --place; views are taken apart"
            " by Place and by nothing else",
            "write the Place's name or id, as pbp.yaml has it, there and in the sheet's cells",
        )
    return OfPlaces(names, place, column)


def rows_by_place(
    sheet: Sheet, lines: Sequence[Line], others: Collection[int], wanted: OfPlaces
) -> list[tuple[Line, str | None]]:
    """Return the rows that are wanted, each with its Place; `others` are the columns that are about no theme."""
    if wanted.column is None:
        _refuse_other_places(sheet, lines, others, wanted)
        return [(line, wanted.place) for line in lines]
    column = _column(sheet, wanted.column, wanted.option)
    placed = [(line, wanted.names.place(line.cell(column))) for line in lines]
    if wanted.place is not None:
        return [(line, place) for line, place in placed if place == wanted.place]
    unknown = [str(line.number) for line, place in placed if place is None]
    if unknown:
        raise refused(
            sheet,
            f"has rows whose Place is not known, since column {column_letter(column)} names none of the workspace",
            [named("row", unknown)],
            "write the Place's name or id there, as pbp.yaml has it, or take these rows out in a copy of the file",
        )
    return list(placed)


def place_columns(
    lines: Sequence[Line], columns: Collection[int], names: PlaceNames, headers: Sequence[str]
) -> list[int]:
    """Return the columns in which at least half of what is said names a Place of the workspace.

    Where the header asks for the Place one is enough: a survey of the system may have Places that are not here.
    """
    found = []
    for at in sorted(columns):
        said = [cell for line in lines if (cell := line.cell(at))]
        number = sum(names.place(cell) is not None for cell in said)
        if number and (2 * number >= len(said) or _asks_for_place(headers, at)):
            found.append(at)
    return found


def _asks_for_place(headers: Sequence[str], at: int) -> bool:
    return at < len(headers) and _PLACE.search(headers[at]) is not None


def _refuse_other_places(sheet: Sheet, lines: Sequence[Line], others: Collection[int], wanted: OfPlaces) -> None:
    """Refuse a survey of several Places, of which one would be counted with everybody's views."""
    for at in place_columns(lines, others, wanted.names, sheet.headers):
        if wanted.place is not None and any(wanted.names.place(line.cell(at)) != wanted.place for line in lines):
            raise _of_other_places(sheet, at, wanted.place, wanted.names)


def _of_other_places(sheet: Sheet, at: int, place: str, names: PlaceNames) -> PbpError:
    header, letter = sheet.headers[at].strip(), column_letter(at)
    can_be_copied = is_showable(header) and _PLAIN.fullmatch(header) is not None
    column, name = header if can_be_copied else letter, names.name(place)
    value = name if _PLAIN.fullmatch(name) else place
    shown = f" {quoted(header)}" if is_showable(header) else ""
    return UsageError(
        f"{sheet.called} has rows of other Places: column {letter}{shown} names them, so nothing was written",
        f'count those of {value} alone with --where "{column}={value}", or write a draft for each Place with'
        f' --by-place "{column}" instead of --place; if the column does not say of which Place a view is, leave it out'
        f" with --map {letter}=ignore",
    )


def _column(sheet: Sheet, wanted: str, option: str) -> int:
    found = columns_called(wanted, sheet.headers)
    if len(found) == 1:
        return found[0]
    if found:
        letters = ", ".join(column_letter(at) for at in found)
        raise UsageError(
            f"{option}: {sheet.called} has several columns called {quoted(wanted)}", f"name one: {letters}"
        )
    near = did_you_mean(wanted, [header for header in sheet.headers if is_showable(header)])
    advice = f"did you mean {quoted(near)}?" if near else "name it by its header, or by its letter, as in C"
    raise UsageError(f"{option}: {sheet.called} has no column called {quoted(wanted)}; {advice}")
