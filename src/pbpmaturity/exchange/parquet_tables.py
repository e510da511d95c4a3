"""Parquet, a folder a table and in it a folder a Place, as DuckDB, pandas, polars and Spark read them."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, BinaryIO

from pbpmaturity.errors import UsageError
from pbpmaturity.exchange.columns import TABLES, TableDefinition
from pbpmaturity.exchange.tidy import Row, Rows

PARTITION = "place"
"""The column that stands in the path only; readers put it back."""


class ParquetTables:
    """Writes a file a Place and table, also where there are no rows, so that every folder tells its columns."""

    def __init__(self, open_file: Callable[[str], BinaryIO]) -> None:
        arrow = needs_pyarrow()
        self._open = open_file
        self._schemas = {name: _schema(arrow, table) for name, table in TABLES.items()}

    def add(self, place: str, rows: Rows) -> None:
        """Write a Place's rows."""
        from pyarrow import parquet

        for name, found in rows.items():
            table = _table(self._schemas[name], TABLES[name], found)
            with self._open(parquet_name(name, place)) as file:
                parquet.write_table(table, file)

    def finish(self) -> None:
        """Nothing is left to write."""


def parquet_name(table: str, place: str) -> str:
    """Return the path of a Place's part of a table; for the Place `*`, a pattern of all of them."""
    return f"{table}/{PARTITION}={place}/part-0.parquet"


def needs_pyarrow() -> ModuleType:
    """Return pyarrow; UsageError with the command that installs it where it is missing."""
    try:
        import pyarrow
    except ImportError:
        raise UsageError(
            "Parquet needs a part of pbp that is not installed",
            'install it with: pip install "pbpmaturity[parquet]" (on Windows: py -m pip install'
            ' "pbpmaturity[parquet]"); or export CSV, which needs none',
        ) from None
    module: ModuleType = pyarrow
    return module


def _schema(arrow: ModuleType, table: TableDefinition) -> Any:
    types = {
        "text": arrow.string(),
        "whole number": arrow.int32(),
        "number": arrow.float64(),
        "true or false": arrow.bool_(),
        "date": arrow.date32(),
    }
    return arrow.schema([(one.name, types[one.kind]) for one in table.columns if one.name != PARTITION])


def _table(schema: Any, definition: TableDefinition, rows: Sequence[Row]) -> Any:
    import pyarrow

    columns = zip(*rows, strict=True) if rows else ((),) * len(definition.columns)
    named = zip(definition.column_names, columns, strict=True)
    arrays = [pyarrow.array(values, schema.field(name).type) for name, values in named if name != PARTITION]
    return pyarrow.Table.from_arrays(arrays, schema=schema)
