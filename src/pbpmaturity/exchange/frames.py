"""The tables of an export in memory, and as frames of pandas or polars for those who have them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pbpmaturity.errors import UsageError
from pbpmaturity.exchange.columns import TABLES, Column, Kind, TableDefinition
from pbpmaturity.exchange.tidy import Row, Value, rows_of
from pbpmaturity.model.selector import Shelf

if TYPE_CHECKING:
    import pandas
    import polars

_PANDAS: dict[Kind, str] = {
    "text": "string",
    "whole number": "Int64",
    "number": "Float64",
    "true or false": "boolean",
    "date": "datetime64[s]",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an export: what it is, and its rows, whose values are in the order of its columns."""

    definition: TableDefinition
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def columns(self) -> dict[str, list[Value]]:
        """Return the values of each column by its name, as pandas.DataFrame and polars.DataFrame take them."""
        return {name: [row[place] for row in self.rows] for place, name in enumerate(self.definition.column_names)}

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a pandas frame in which what is not known is missing; UsageError where pandas is not installed."""
        try:
            import pandas
        except ImportError:
            raise _missing("pandas") from None

        return pandas.DataFrame(
            {column.name: pandas.Series(values, dtype=_PANDAS[column.kind]) for column, values in self._told()}
        )

    def to_polars(self) -> "polars.DataFrame":
        """Return a polars frame in which what is not known is null; UsageError where polars is not installed."""
        try:
            import polars
        except ImportError:
            raise _missing("polars") from None

        types: dict[Kind, type[polars.DataType]] = {
            "text": polars.String,
            "whole number": polars.Int64,
            "number": polars.Float64,
            "true or false": polars.Boolean,
            "date": polars.Date,
        }
        return polars.DataFrame(self.columns, schema={one.name: types[one.kind] for one in self.definition.columns})

    def _told(self) -> Iterable[tuple[Column, list[Value]]]:
        return zip(self.definition.columns, self.columns.values(), strict=True)


def tables_of(shelves: Iterable[Shelf], day: datetime.date | None = None) -> dict[str, Table]:
    """Return the tables of Places by name; stale and overdue are judged on a day, and empty without one."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for shelf in shelves:
        for name, found in rows_of(shelf, day).items():
            rows[name] += found
    return {name: Table(definition, tuple(rows[name])) for name, definition in TABLES.items()}


def _missing(library: str) -> UsageError:
    return UsageError(
        f"frames of {library} need {library}, which is not installed",
        f"install it with: pip install {library}; or take the columns of the table as they are",
    )
