"""docs/export.md explains every column as the code does, and its examples work."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from building import RIVERSIDE, ROOT, Pbp, tables

from pbpmaturity.exchange.columns import IN_EVERY_ROW, TABLES, Column
from pbpmaturity.exchange.json_lines import SCHEMA

PAGE = (ROOT / "docs" / "export.md").read_text("utf-8")
JSON = (ROOT / "docs" / "json.md").read_text("utf-8")


def told(columns: tuple[Column, ...]) -> list[list[str]]:
    return [[one.name, one.kind, one.empty or "never", one.meaning] for one in columns]


def test_the_columns_in_every_row_are_explained() -> None:
    assert tables(PAGE)["In every row"] == told(IN_EVERY_ROW)


@pytest.mark.parametrize("name", TABLES)
def test_each_table_is_explained_with_what_its_rows_are(name: str) -> None:
    assert tables(PAGE)[name] == told(TABLES[name].columns[len(IN_EVERY_ROW) :])
    assert f"### {name}\n\nOne row for each: {TABLES[name].row}.\n" in PAGE


def test_no_table_is_left_out_and_none_is_there_that_is_not_written() -> None:
    assert list(tables(PAGE)) == ["In every row", *TABLES]
    assert f"`{'`, `'.join(list(TABLES)[:-1])}` or `views`" in JSON


def test_each_line_of_json_has_exactly_the_keys_of_its_table(pbp: Pbp) -> None:
    rows = [json.loads(line) for line in pbp("export", "--format", "json", at=RIVERSIDE).out.splitlines()]
    assert {row["table"] for row in rows} == set(TABLES)
    for row in rows:
        assert list(row) == ["schema", "table", *TABLES[row["table"]].column_names]
        assert row["schema"] == SCHEMA
    assert [row[0] for row in tables(JSON)[SCHEMA]][:2] == ["schema", "table"]


@pytest.fixture
def exported(pbp: Pbp, tmp_path: Path) -> Path:
    """The files that the examples read."""
    for arguments in (["-o", "tables"], ["--format", "parquet", "-o", "lake"], ["-o", "rows.jsonl"]):
        assert pbp("export", *arguments, "--workspace", str(RIVERSIDE), at=tmp_path).code == 0
    return tmp_path


def test_the_examples_in_sql_work(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(exported)
    page = "\n".join(re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL))
    found = [duckdb.sql(statement).fetchall() for statement in page.split(";") if statement.strip()]
    assert ("Northam", "Shared vision and purpose", "Maturing") in found[0]
    assert len(found[1]) > 2
    assert ("Shared vision and purpose", "Developing", "Maturing", 2) in found[2]


def test_the_examples_in_python_work(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(exported)
    snippets = [one for one in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "spark" not in one]
    assert len(snippets) == 2
    for snippet in snippets:
        names: dict[str, Any] = {}
        exec(compile(snippet, "export.md", "exec"), names)
        assert len(names["ratings"]) in (30, 90)
        assert len(names.get("from_csv", names["ratings"])) in (30, 90)
    assert "pandas" in sys.modules
