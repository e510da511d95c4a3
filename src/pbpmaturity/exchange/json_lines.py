"""A JSON object a row: the lines of `pbp.export/1`, which docs/json.md describes."""

import json
from typing import BinaryIO

from pbpmaturity.diagnostics.visible import visible_json
from pbpmaturity.exchange.columns import TABLES
from pbpmaturity.exchange.tidy import Rows

SCHEMA = "pbp.export/1"


class JsonLines:
    """Writes rows as they come, each with its table; unseen characters are escaped, so a terminal shows them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._encode = json.JSONEncoder(ensure_ascii=False, default=str).encode

    def add(self, place: str, rows: Rows) -> None:
        """Write a Place's rows, one table after another."""
        for name, found in rows.items():
            keys = ("schema", "table", *TABLES[name].column_names)
            lines = (self._encode(dict(zip(keys, (SCHEMA, name, *row), strict=True))) for row in found)
            self._file.write(visible_json("".join(f"{line}\n" for line in lines)).encode())

    def finish(self) -> None:
        """Leave the stream to whoever opened it."""
