"""Sheets whose rows are no people: past assessments by date or Place, or a table with the themes down its side."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pbpmaturity.errors import PbpError, UsageError
from pbpmaturity.exchange.headings import Headings, plain
from pbpmaturity.exchange.labels import Label, PlaceNames, label_of
from pbpmaturity.exchange.persons import PersonColumns
from pbpmaturity.exchange.rows import Line
from pbpmaturity.exchange.sheets import Sheet, column_letter

if TYPE_CHECKING:
    from datetime import date

_CLOSEST = 28  # days between two assessments of a Place; interviews are closer together
_OF_DATES = frozenset(
    ("date", "when", "month", "year", "period", "round", "wave", "quarter", "assessment", "assessed", "baseline",
     "assessment date", "date of assessment", "date assessed", "date agreed")
)  # fmt: skip
_LONG = frozenset(("theme", "stage"))
_INSTEAD = "record each assessment with pbp assess PLACE --date DATE, which asks theme by theme"


def refuse_record(
    sheet: Sheet, lines: Sequence[Line], others: Collection[int], names: PlaceNames, *, is_taken_apart: bool
) -> None:
    """Refuse a sheet with a row for each date or Place, which is a record of assessments; `others` hold no theme.

    If the rows are taken apart by Place, a column that names Places alone does not make them a record.
    """
    columns = PersonColumns(sheet.headers, lines, others)
    if not lines or columns.times or columns.has_addresses:
        return
    labelled = {at: labels for at in sorted({*others} - columns.ids) if (labels := _labels(sheet, lines, at, names))}
    dated = [at for at, labels in labelled.items() if all(label.date for label in labels)]
    placed = [at for at, labels in labelled.items() if all(label.place for label in labels)]
    if dated and _are_apart(labelled[dated[0]], labelled[placed[0]] if placed else None):
        raise _record(sheet, dated[0])
    if placed and not dated and not is_taken_apart and not columns.ids:
        places = [label.place for label in labelled[placed[0]]]
        if 1 < len(places) == len(set(places)):
            raise _record(sheet, placed[0])


def refuse_themes_down(sheet: Sheet, lines: Sequence[Line], headings: Headings) -> None:
    """Refuse a sheet without a column for any theme whose rows are themes: a record, or a table of counts."""
    is_long = {plain(header) for header in sheet.headers} >= _LONG
    for at in range(len(sheet.headers)):
        said = [cell for line in lines if (cell := line.cell(at))]
        are_themes = [one for one in map(headings.meaning, said) if one is not None and not one.is_comment]
        if len(are_themes) > 1 and 2 * len(are_themes) >= len(said):
            is_long = True
    if is_long:
        raise UsageError(
            f"{sheet.called} has a row for each theme and none for each person, so it is a record and not views",
            f"views need a column for each theme and a row for each person; {_INSTEAD}",
        )


def _labels(sheet: Sheet, lines: Sequence[Line], column: int, names: PlaceNames) -> list[Label]:
    """Return what each row of a column is called by; nothing if one is called by something else."""
    header = plain(sheet.headers[column])
    may_be_date = header in _OF_DATES or (column == 0 and not header)
    found = list(_found(lines, column, names, may_be_date))
    return found if len(found) == len(lines) else []


def _found(lines: Sequence[Line], column: int, names: PlaceNames, may_be_serial: bool) -> Iterator[Label]:
    for line in lines:
        label = label_of(line.cell(column), names, may_be_serial=may_be_serial)
        if label is None:
            return
        yield label


def _are_apart(dates: Sequence[Label], places: Sequence[Label] | None) -> bool:
    """Say whether rows are as far apart as assessments: no two of one Place and date, nor within a month."""
    of = [label.place for label in places] if places else [None] * len(dates)
    keys = list(zip(of, [label.date for label in dates], strict=True))
    if len(set(keys)) < len(keys):
        return False
    days: dict[str | None, list[date]] = {}
    for place, label in zip(of, dates, strict=True):
        days.setdefault(place, []).extend([label.day] if label.day else [])
    is_close = any(
        (later - earlier).days < _CLOSEST for some in days.values() for earlier, later in pairwise(sorted(some))
    )
    # One day alone may be that of one interview.
    return not is_close and (len(keys) > 1 or places is not None or dates[0].day is None)


def _record(sheet: Sheet, column: int) -> PbpError:
    letter = column_letter(column)
    return UsageError(
        f"{sheet.called} is a sheet of past assessments, with a date or a Place for each row in column {letter}, so it"
        " is a record and not people's views",
        f"{_INSTEAD}; if each row is a person all the same, leave the column out with --map {letter}=ignore",
    )
