"""The formats of an export, read as their readers read them: nothing changes, nothing becomes a formula."""

import csv
import datetime
import gc
import io
import json
import resource
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import polars
import pytest
from building import HOSTILE, RIVERSIDE, MakeWorkspace, Pbp
from exporting import FILES
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import UNSEEN, hostile_workspace

from pbpmaturity.cli.loading import Places
from pbpmaturity.errors import UsageError
from pbpmaturity.exchange import excel_tables
from pbpmaturity.exchange.cells import cell_text
from pbpmaturity.exchange.columns import EVIDENCE, TABLES
from pbpmaturity.exchange.csv_tables import CsvTables
from pbpmaturity.exchange.excel_tables import CUT, LONGEST, ExcelTables, refusals_of_the_disk
from pbpmaturity.exchange.frames import Table, tables_of
from pbpmaturity.exchange.json_lines import JsonLines
from pbpmaturity.exchange.parquet_tables import ParquetTables
from pbpmaturity.exchange.tidy import Rows

BASE = (
    "northam", "Northam", None, "system", True, "2024-01", datetime.date(2024, 1, 1), "month", "pbp@2023.1",
    "agreed", "self-assessment", None, 10, 10, 4, "shared-data", "Shared data",
)  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
FORMULAS = ("=1+1", "+1", "-1", "@x", " =1", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠x", "\u00a0=1")


def rows_with(*texts: str) -> Rows:
    """Return evidence whose titles are these texts, and nothing in any other table."""
    evidence = [(*BASE, place, text, None, None, None) for place, text in enumerate(texts, 1)]
    return {name: list(evidence) if name == "evidence" else [] for name in TABLES}


class Folder:
    """Keeps in memory what is written to it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def open(self, name: str) -> io.BytesIO:
        folder = self

        class File(io.BytesIO):
            def close(self) -> None:
                folder.files[name] = self.getvalue()
                super().close()

        return File()


def as_csv(rows: Rows) -> dict[str, bytes]:
    folder = Folder()
    tables = CsvTables(folder.open)
    tables.add("northam", rows)
    tables.finish()
    return folder.files


def as_parquet(rows: Rows) -> dict[str, bytes]:
    folder = Folder()
    tables = ParquetTables(folder.open)
    tables.add("northam", rows)
    tables.finish()
    return folder.files


def as_xlsx(*parts: Rows) -> bytes:
    file = io.BytesIO()
    tables = ExcelTables(file)
    for rows in parts:
        tables.add("northam", rows)
    tables.finish()
    return file.getvalue()


def titles_of_csv(data: bytes) -> list[str]:
    return [row["title"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]


def titles_of_xlsx(data: bytes) -> list[Any]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["evidence"]
    return [row[EVIDENCE.column_names.index("title")] for row in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize("text", [*HOSTILE, *FORMULAS])
def test_no_text_is_a_formula_in_a_spreadsheet(text: str) -> None:
    found = titles_of_csv(as_csv(rows_with(text))["evidence.csv"])
    data = as_xlsx(rows_with(text))
    assert found == titles_of_xlsx(data) == [cell_text(text)]
    assert not found[0].lstrip().startswith(tuple("=+-@＝＋－＠\t\r\n\0"))
    assert not UNSEEN.search(found[0])
    assert cell_text(text).startswith("'") == (text.lstrip()[0] in "=+-@＝＋－＠" or text[0] in "\t\r\n\0")
    kinds = {cell.data_type for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet for cell in row}
    assert "f" not in kinds and "e" not in kinds


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_texts_come_back_from_every_format(texts: list[str]) -> None:
    rows = rows_with(*texts)
    assert titles_of_csv(as_csv(rows)["evidence.csv"]) == [cell_text(text) for text in texts]
    lines = io.BytesIO()
    JsonLines(lines).add("northam", rows)
    documents = [json.loads(line) for line in lines.getvalue().decode().splitlines()]
    assert [document["title"] for document in documents] == texts
    parquet = as_parquet(rows)["evidence/place=northam/part-0.parquet"]
    assert polars.read_parquet(io.BytesIO(parquet), hive_partitioning=False)["title"].to_list() == texts


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "1", "2024-01", "TRUE", "_x0041_", "£12m – ‘so’ é 中"])
def test_what_looks_like_something_else_stays_text_in_excel(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows_with(text))))
    cell = book["evidence"].cell(2, EVIDENCE.column_names.index("title") + 1)
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert str(cell.value).replace("_x005F_", "_") == text  # which Excel itself undoes
    # Without its guard Excel would read _x0041_ as an A.
    assert ("_x005F_x0041_" in str(cell.value)) == (text == "_x0041_")


def test_excel_opens_the_csv_with_its_letters_whole() -> None:
    data = as_csv(rows_with("£12m – ‘so’"))["evidence.csv"]
    assert data.startswith(b"\xef\xbb\xbfplace,place_name,")
    assert b"\r" not in data
    assert "£12m – ‘so’" in data.decode("utf-8")
    assert data.decode("utf-8-sig").splitlines()[1].startswith("northam,Northam,,system,true,2024-01,2024-01-01,month,")


def test_a_figure_below_nought_is_no_formula(workspace: MakeWorkspace) -> None:
    rows: Rows = {name: [] for name in TABLES}
    rows["views"].append((*BASE, "emerging", "Emerging", 1, 3, 6, "emerging", "thriving", "emerging", -0.5, False))
    assert ",-0.5,false" in as_csv(rows)["views.csv"].decode()
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows)))["views"]
    values = [cell.value for cell in sheet[2]]
    assert values[-2:] == [-0.5, False]
    assert values[6] == datetime.datetime(2024, 1, 1)
    assert sheet.cell(2, 7).number_format == "yyyy-mm-dd"


def test_a_day_that_excel_does_not_know_is_text() -> None:
    row = (*BASE[:6], datetime.date(1848, 8, 31), *BASE[7:], 1, "An Act", None, None, None)
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx({**rows_with(), "evidence": [row]})))["evidence"]
    assert sheet.cell(2, 7).value == "1848-08-31"


def test_the_workbook_explains_every_column_and_is_laid_out_to_be_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows_with("A", "B"))))
    assert book.sheetnames == ["Columns", *TABLES]
    explained = [row[:2] for row in book["Columns"].iter_rows(min_row=2, values_only=True)]
    for table in TABLES.values():
        assert (table.name, None) in explained or (table.name, "") in explained
        assert [name for of, name in explained if of == table.name and name] == list(table.column_names)
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == list(table.column_names)
        assert (sheet.freeze_panes, sheet.cell(1, 1).font.b) == ("A2", True)
        last = openpyxl.utils.get_column_letter(len(table.columns))
        assert sheet.auto_filter.ref == f"A1:{last}{3 if table.name == 'evidence' else 1}"
    assert book["Columns"].auto_filter.ref == f"A1:E{len(explained) + 1}"


def test_a_workbook_is_the_same_each_time_and_holds_no_time_of_today() -> None:
    first = as_xlsx(rows_with("A"))
    assert first == as_xlsx(rows_with("A"))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2020, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").decode().count("2020-01-01T00:00:00Z") == 2


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ("x" * LONGEST, False),
        ("x" * (LONGEST + 1), True),
        ("\U0001f600" * 17_000, True),
        ("\U0001f600" * 16_383, False),
    ],
)
def test_a_text_that_is_too_long_for_excel_is_cut_marked_and_counted(text: str, is_cut: bool) -> None:
    file = io.BytesIO()
    tables = ExcelTables(file)
    tables.add("northam", rows_with("A", text))
    tables.finish()
    (_, found) = titles_of_xlsx(file.getvalue())
    assert tables.cut == is_cut
    assert found.endswith(CUT) == is_cut
    assert (found == text) != is_cut
    assert len(found.encode("utf-16-le")) <= LONGEST * 2
    assert text.startswith(found.removesuffix(CUT))


def test_more_rows_than_a_sheet_can_hold_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_tables, "MOST_ROWS", 4)
    assert titles_of_xlsx(as_xlsx(rows_with("A", "B"), rows_with("C"))) == ["A", "B", "C"]
    with closing(ExcelTables(io.BytesIO())) as tables:
        tables.add("northam", rows_with("A", "B"))
        with pytest.raises(UsageError, match="the table evidence has more than the 4 rows"):
            tables.add("northam", rows_with("C", "D"))


@pytest.mark.parametrize("room", [3_000, 20_000])
def test_a_disk_that_gets_full_under_a_workbook_is_told_once(room: int) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        with (
            pytest.raises(OSError, match="File too large"),
            refusals_of_the_disk(),
            closing(ExcelTables(io.BytesIO())) as tables,
        ):
            tables.finish()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    gc.collect()  # what is not ended by now would complain here, and fail the test


@pytest.fixture
def lake(pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    """The Parquet of a workspace with every kind of value, and some tables without a row."""
    assert pbp("export", "--format", "parquet", "-o", str(tmp_path / "lake"), at=workspace(FILES)).code == 0
    return tmp_path / "lake"


@pytest.mark.parametrize("name", TABLES)
def test_every_reader_gets_the_same_rows_from_parquet(lake: Path, name: str) -> None:
    table = tables_of(Places(lake.parent / "workspace").shelves())[name]
    names = table.definition.column_names
    wanted = sorted(table.rows, key=repr)
    with duckdb.connect() as base:
        source = f"read_parquet('{lake.as_posix()}/{name}/*/*.parquet', hive_partitioning = true)"
        assert sorted(base.execute(f"SELECT {', '.join(names)} FROM {source}").fetchall(), key=repr) == wanted
    frame = polars.read_parquet(lake / name, hive_partitioning=True)
    assert sorted(frame.select(names).rows(), key=repr) == wanted
    assert dict(frame.schema)["date_from"] == polars.Date and dict(frame.schema)["assessed"] == polars.Int32
    read = pandas.read_parquet(lake / name)[list(names)].astype(object)
    rows = [tuple(row) for row in read.where(read.notna(), None).itertuples(index=False)]
    assert sorted(rows, key=repr) == wanted


def test_every_place_has_every_table_with_all_its_columns(lake: Path) -> None:
    for name, table in TABLES.items():
        for place in ("eastvale", "farvale", "midvale"):
            frame = polars.read_parquet(lake / name / f"place={place}" / "part-0.parquet", hive_partitioning=False)
            assert tuple(frame.columns) == table.column_names[1:]


def test_parquet_is_the_same_bytes_each_time() -> None:
    assert as_parquet(rows_with("A")) == as_parquet(rows_with("A"))


def test_the_csv_is_read_as_it_is(pbp: Pbp, tmp_path: Path) -> None:
    assert pbp("export", "-o", str(tmp_path / "t"), at=RIVERSIDE).code == 0
    tables = tables_of(Places(RIVERSIDE).shelves())
    for name, table in tables.items():
        path = tmp_path / "t" / f"{name}.csv"
        frame = pandas.read_csv(path, dtype_backend="numpy_nullable", parse_dates=["date_from"])
        assert tuple(frame.columns) == table.definition.column_names
        assert len(frame) == len(table.rows)
        with duckdb.connect() as base:
            found = base.execute(f"SELECT count(*), min(date_from) FROM read_csv('{path.as_posix()}')").fetchone()
        assert found == (len(table.rows), min(row[6] for row in table.rows))  # type: ignore[type-var]
        assert len(polars.read_csv(path, infer_schema_length=None)) == len(table.rows)


@pytest.mark.parametrize("rows", ["some", "none"])
def test_frames_have_a_type_for_each_kind_also_without_rows(workspace: MakeWorkspace, rows: str) -> None:
    tables = tables_of(Places(workspace(FILES)).shelves()) if rows == "some" else tables_of([])
    for table in tables.values():
        kinds = {column.name: column.kind for column in table.definition.columns}
        frame, other = table.to_pandas(), table.to_polars()
        types = {"text": "string", "whole number": "Int64", "number": "Float64", "true or false": "boolean"}
        assert {name: str(type_) for name, type_ in frame.dtypes.items()} == {
            name: types.get(kind, "datetime64[s]") for name, kind in kinds.items()
        }
        assert tuple(other.columns) == table.definition.column_names
        assert list(other.rows()) == list(table.rows)
        assert polars.DataFrame(table.columns).shape == pandas.DataFrame(table.columns).shape == other.shape
        assert tuple(frame.isna().sum()) == other.null_count().row(0)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_missing_is_a_sentence(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    table = Table(EVIDENCE, ())
    with pytest.raises(UsageError) as caught:
        getattr(table, f"to_{library}")()
    assert f"pip install {library}" in caught.value.hint


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_files_reach_every_format(pbp: Pbp, workspace: MakeWorkspace, text: str) -> None:
    root = workspace(hostile_workspace(text))
    for arguments in (["-o", "../t"], ["-o", "../t.xlsx"], ["--format", "parquet", "-o", "../p"]):
        outcome = pbp("export", *arguments, at=root)
        assert (outcome.code, outcome.err.count("\n")) == (0, 1)
    printed = pbp("export", "--format", "json", at=root).out
    assert not UNSEEN.search(printed.replace("\n", ""))
    (rating,) = [row for row in map(json.loads, printed.splitlines()) if row["table"] == "ratings" and row["latest"]]
    wanted = rating["rationale"]
    assert polars.read_parquet(root.parent / "p" / "ratings")["rationale"].to_list()[-1] == wanted
    with (root.parent / "t" / "ratings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["rationale"] for row in csv.DictReader(file)][-1] == cell_text(wanted)
    book = openpyxl.load_workbook(root.parent / "t.xlsx")
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
