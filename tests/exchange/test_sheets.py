"""What people send in becomes cells of text, or a sentence: never a traceback, a long wait or a full memory."""

import csv
import io
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from building import ROOT, without_hanging
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import as_csv, as_excel, as_xlsx, repacked, with_cells

from pbpmaturity.errors import PbpError
from pbpmaturity.exchange import delimited, package, workbook
from pbpmaturity.exchange.sheets import MAX_BYTES, MOST_ROWS, Sheet, column_letter, read_sheet

HEADERS = ["vision", "data"]
ROWS = [HEADERS, ["Emerging", "2"], ["", "Not sure"]]
CELLS = [(2, {0: "Emerging", 1: "2"}), (3, {0: "", 1: "Not sure"})]
WORKBOOK = as_xlsx(ROWS)
EXCEL = as_excel(ROWS)


def score(headers: Sequence[str]) -> int:
    return len({header.strip().lower() for header in headers} & {"vision", "data"})


def sheet_of(data: bytes, name: str = "a.csv") -> Sheet:
    return read_sheet(data, name, score)


def cells_of(data: bytes, name: str = "a.csv") -> list[tuple[int, dict[int, str]]]:
    lines = sheet_of(data, name).lines()
    return [(number, {at: line[at] if at < len(line) else "" for at in (0, 1)}) for number, line in lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_whatever_its_separator_and_encoding(separator: str, encoding: str) -> None:
    rows = [*ROWS, ["caf\xe9", f'a{separator}b\n"c"']]
    data = as_csv(rows, separator=separator, encoding=encoding)
    assert sheet_of(data).headers == tuple(HEADERS)
    assert cells_of(data) == [*CELLS, (4, {0: "caf\xe9", 1: f'a{separator}b\n"c"'})]


def test_a_guess_at_the_characters_is_said() -> None:
    assert sheet_of(as_csv(ROWS, encoding="utf-8")).notes == ()
    (note,) = sheet_of(as_csv([*ROWS, ["caf\xe9"]], encoding="cp1252")).notes
    assert "Windows-1252" in note


def test_the_separator_that_gives_the_most_headers_wins_over_one_that_comes_more_often() -> None:
    assert cells_of(b"vision;data;a,b,c,d,e,f\nEmerging;2;x\n;Not sure;y\n") == CELLS
    assert cells_of(b"sep=;\r\nvision;data\r\nEmerging;2\r\n;Not sure\r\n") == CELLS


def test_a_workbook_is_read_by_its_bytes_and_numbers_are_shown_as_people_see_them() -> None:
    rows = [HEADERS, ["Emerging", 2.0], [None, "Not sure"]]
    assert cells_of(as_excel(ROWS), "a.xlsx") == CELLS
    assert cells_of(as_xlsx(rows), "a.xlsx") == cells_of(as_xlsx(rows), "a.csv") == CELLS


def test_blank_rows_keep_their_numbers() -> None:
    assert cells_of(b"\n\nvision,data\n\nEmerging,2\n") == [(5, {0: "Emerging", 1: "2"})]
    assert cells_of(as_xlsx([[], [], HEADERS, [], ["Emerging", 2]]), "a.xlsx") == [(5, {0: "Emerging", 1: "2"})]


def test_of_several_sheets_the_one_about_the_themes_is_read_and_the_others_are_named() -> None:
    sheet = sheet_of(as_xlsx([["how to"], ["x"]], ROWS), "a.xlsx")
    assert [line[:2] for _, line in sheet.lines()] == [("Emerging", "2"), ("", "Not sure")]
    assert sheet.notes == ('of its sheets "Sheet1" was read, and not "Sheet"',)


def test_a_formula_without_a_stored_result_is_no_empty_cell_and_one_of_no_text_is() -> None:
    cells = (
        b'<row r="2"><c r="A2"><f>1+1</f><v/></c><c r="B2"><f>1+1</f></c></row>'
        b'<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3" t="str"><f>IF(1,"")</f><v></v></c></row>'
    )
    assert cells_of(with_cells(cells), "a.xlsx") == [(2, {0: "=", 1: "="}), (3, {0: "2", 1: ""})]


def test_columns_without_a_header_are_not_in_the_result() -> None:
    assert list(sheet_of(as_csv([["vision"], ["Emerging", "MARK"]])).lines()) == [(2, ("Emerging",))]


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_people_name_them(column: int, letters: str) -> None:
    assert column_letter(column) == letters


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def swapped(path: str, change: bytes) -> bytes:
    return repacked(WORKBOOK, lambda name, part: change if name == path else part)


# The bounds are lowered for these, so that what is just over them is small.
LOWERED = {
    "unfolds.xlsx": (package, "_MOST_INFLATED", 1 << 16),
    "says that it unfolds.xlsx": (package, "_MOST_DECLARED", 1 << 16),
    "says that it unfolds less.xlsx": (package, "_MOST_INFLATED", 1 << 16),
    "many tags.xlsx": (package, "_MOST_TAGS", 400),
    "many strings.xlsx": (package, "_MOST_TEXTS", 30),
    "many parts.xlsx": (package, "_MOST_PARTS", 20),
    "as deep as is allowed.xlsx": (package, "_DEEPEST", 10),
    "one too deep.xlsx": (package, "_DEEPEST", 10),
    "five too deep.xlsx": (package, "_DEEPEST", 10),
    "row beyond.xlsx": (workbook, "_LAST_ROW", 100),
    "many cells": (delimited, "_MOST_CELLS", 500),
    "many lines": (delimited, "_MOST_LINES", 100),
}
UNFOLDS = zipped({"xl/worksheets/sheet1.xml": b" " * 65_537})
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><sst>&d;</sst>'
NUMBERED = b"".join(b'<row r="%d"><c t="str"><v>x</v></c></row>' % row for row in range(2, MOST_ROWS + 9))


def nested(inside: bytes) -> bytes:
    """Return a workbook with elements inside a cell that is itself the fifth of its sheet, one inside the other."""
    return with_cells(b'<row r="2"><c t="inlineStr"><is>' + inside + b"</is></c></row>")


HOSTILE_FILES = {
    "empty": (b"", "is empty"),
    "only a mark": (b"\xef\xbb\xbf\r\n ", "is empty"),
    "only commas": (b",,,\n,,,\n", "has no row of headers"),
    "huge": (b"a" * (MAX_BYTES + 1), "is too large: it is over 8 MiB"),
    "many cells": (b"vision,data\n" + b"," * 501, "too large: it has too many cells"),
    "many rows": (b"vision,data\n" + b"a,b\n" * (MOST_ROWS + 1), "too large: it has more than 10,000 rows"),
    "many lines": (b"vision,data\n" + b"\n" * 100, "too large: it has more than 100 lines"),
    "many columns": (b"," * 2_000, "has no row of headers"),
    "long cell": (b"vision,data\n" + b"a" * (csv.field_size_limit() + 1), "a cell is too long"),
    "open quote": (b'vision,data\n"Emerging,2\nMaturing,3\n', "a quotation mark is not closed"),
    "nul": (b"vision,data\nEmer\0ging,2\n", "holds NUL bytes"),
    "utf-16 without a mark": ("vision,data\n".encode("utf-16-le"), "holds NUL bytes"),
    "half of utf-16": (b"\xff\xfev\0i", None),
    "odd utf-16": (b"\xff\xfev\0i\0s", "is cut off, or damaged"),
    "old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "an old Excel file (.xls), or protected"),
    "password": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    "truncated.xlsx": (WORKBOOK[: len(WORKBOOK) // 2], "is cut off, or damaged"),
    "cut.xlsx": (WORKBOOK[:-1], "is cut off, or damaged"),
    "flipped.xlsx": (WORKBOOK[:900] + bytes(200) + WORKBOOK[1100:], None),
    "not a zip.xlsx": (b"hello", "is not an Excel workbook, whatever its name says"),
    "other zip.xlsx": (zipped({"word/document.xml": b"<a/>"}), "cannot be read as an Excel workbook"),
    "empty zip.xlsx": (zipped({}), "cannot be read as an Excel workbook"),
    "macro.xlsm": (WORKBOOK, "holds macros"),
    "macro.xlsx": (repacked(WORKBOOK, lambda _, part: part, {"xl/vbaProject.bin": b"x"}), "holds macros"),
    "unfolds.xlsx": (UNFOLDS, "would unfold to more than"),
    "says that it unfolds.xlsx": (zipped({"a.bin": b" " * 65_537}), "would unfold to more than"),
    "says that it unfolds less.xlsx": (
        UNFOLDS.replace((65_537).to_bytes(4, "little"), (400).to_bytes(4, "little")),
        "is cut off, or damaged",
    ),
    "entities.xlsx": (swapped("xl/worksheets/sheet1.xml", ENTITIES), "XML declarations that no Excel workbook has"),
    "elsewhere.xlsx": (swapped("docProps/core.xml", ENTITIES), "XML declarations that no Excel workbook has"),
    "utf-16.xlsx": (swapped("docProps/app.xml", ENTITIES.decode().encode("utf-16")), "XML declarations"),
    "other encoding.xlsx": (
        swapped("xl/workbook.xml", b'<?xml version="1.0" encoding="cp037"?><a/>'),
        "holds XML that is not UTF-8",
    ),
    "wide xml.xlsx": (swapped("xl/workbook.xml", "<?xml version='1.0'?><a/>".encode("utf-16")), "is not UTF-8"),
    "not xml.xlsx": (swapped("xl/workbook.xml", b"<a><b></a>"), "cannot be read as an Excel workbook"),
    "bzip2.xlsx": (zipped({"xl/workbook.xml": b"<a/>"}, zipfile.ZIP_BZIP2), "in a way that Excel does not use"),
    "many parts.xlsx": (zipped({f"{number}.xml": b"" for number in range(21)}), "has too many parts"),
    "many sheets.xlsx": (
        swapped("xl/workbook.xml", b"<workbook>" + b'<sheet name="a"/>' * 101 + b"</workbook>"),
        "has more than 100 sheets",
    ),
    "many tags.xlsx": (with_cells(b"<a/>" * 401), "too large: it has too many cells"),
    "rows.xlsx": (with_cells(NUMBERED), "has more than 10,000 rows"),
    "last row.xlsx": (with_cells(b'<row r="10001"><c t="str"><v>x</v></c></row>'), "has more than 10,000 rows"),
    "row beyond.xlsx": (with_cells(b'<row r="101"><c><v>1</v></c></row>'), "beyond the last that Excel has"),
    "odd height.xlsx": (with_cells(b'<row r="2" ht="x"><c t="str"><v>x</v></c></row>'), "cannot be read"),
    "last column.xlsx": (with_cells(b'<row r="2"><c r="XFD2"><v>1</v></c></row>' * 9), None),
    "wild references.xlsx": (with_cells(b'<row r="x"><c r="?"><v>1</v></c></row>'), "cannot be read"),
    "no such string.xlsx": (with_cells(b'<row r="2"><c t="s"><v>99</v></c></row>'), "cannot be read"),
    "infinite.xlsx": (with_cells(b'<row r="2"><c><v>1e999</v></c><c><v>1e300</v></c></row>'), None),
    "many strings.xlsx": (
        as_excel(ROWS, b"".join(b"<si><t>%060d</t></si>" % one for one in range(30))),
        "more than 30 texts",
    ),
    "strings.xlsx": (as_excel(ROWS, b"".join(b"<si><t>%060d</t></si>" % one for one in range(29_000))), None),
    "long strings.xlsx": (as_excel(ROWS, b"<si><t>" + b"x" * 100_000 + b"</t></si>"), None),
    "as deep as is allowed.xlsx": (nested(b"<r>" * 5 + b"</r>" * 5), None),
    "one too deep.xlsx": (nested(b"<r>" * 6 + b"</r>" * 6), "nested deeper than that of Excel"),
    "five too deep.xlsx": (nested(b"<r>" * 10 + b"</r>" * 10), "nested deeper than that of Excel"),
}
"""What each is, and a part of the sentence that it gets; None where it may be read as far as it goes."""


@pytest.mark.parametrize("kind", HOSTILE_FILES)
def test_a_hostile_file_gets_a_sentence_at_once(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind in LOWERED:
        monkeypatch.setattr(*LOWERED[kind])
    data, said = HOSTILE_FILES[kind]
    name = kind if "." in kind else f"{kind}.csv"
    try:
        with without_hanging():
            list(sheet_of(data, name).lines())
        found = None
    except PbpError as error:
        found = error.message
        assert error.hint or "openpyxl" in error.message
        assert name in found
    assert said is None or (found is not None and said in found), found


@pytest.mark.parametrize("lie", [b"A1:XFD1048576", b"A1:A1", b"A1:B2", b"C9:D9"])
def test_a_sheet_that_lies_about_its_size_is_read_by_what_it_holds(lie: bytes) -> None:
    def lying(name: str, part: bytes) -> bytes:
        assert not name.startswith("xl/worksheets/") or b'ref="A1:B3"' in part
        return part.replace(b'ref="A1:B3"', b'ref="%b"' % lie)

    assert cells_of(repacked(WORKBOOK, lying), "a.xlsx") == CELLS


def test_what_follows_the_cells_is_not_read_at_all() -> None:
    many = b'<mergeCells><mergeCell ref="what openpyxl would refuse"/></mergeCells>' + b"x" * 100_000

    def more(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", b"</sheetData>" + many) if name.startswith("xl/worksheets/") else part

    assert cells_of(repacked(WORKBOOK, more), "a.xlsx") == CELLS


def test_names_that_a_workbook_gives_to_ranges_are_not_read_at_all() -> None:
    names = b'<definedNames><definedName name="a" another="openpyxl refuses this"/></definedNames>'

    def named(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheets>", b"</sheets>" + names) if name == "xl/workbook.xml" else part

    assert cells_of(repacked(WORKBOOK, named), "a.xlsx") == CELLS


def test_a_gap_of_many_rows_is_passed_over() -> None:
    data = with_cells(b'<row r="2"><c t="str"><v>Emerging</v></c></row><row r="12000"><c/></row>')
    with without_hanging():
        assert cells_of(data, "a.xlsx") == [(2, {0: "Emerging", 1: ""})]


@pytest.mark.parametrize("kind", ["huge", "many rows", "rows.xlsx", "strings.xlsx"])
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell a process's peak memory")
def test_a_hostile_file_does_not_fill_the_memory(kind: str) -> None:
    code = (
        "import sys; from pathlib import Path; from pbpmaturity.errors import PbpError;"
        "from pbpmaturity.exchange.sheets import read_sheet\n"
        "try: list(read_sheet(sys.stdin.buffer.read(), sys.argv[1], len).lines())\n"
        "except PbpError: pass\n"
        "lines = Path('/proc/self/status').read_text().splitlines()\n"
        "print(next(line.split()[1] for line in lines if line.startswith('VmHWM')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, kind if "." in kind else "a.csv"],
        input=HOSTILE_FILES[kind][0], capture_output=True, cwd=ROOT, timeout=20,
    )  # fmt: skip
    # Not ru_maxrss, which begins with what the parent held when the process was made.
    assert int(done.stdout) < 200 << 10, done.stderr.decode()


def hold_to_a_table_or_a_sentence(data: bytes, name: str) -> None:
    try:
        cells = cells_of(data, name)
    except PbpError as error:
        told = str(error)
        assert name in told and told.isprintable()
    else:
        assert [number for number, _ in cells] == sorted({number for number, _ in cells})


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_a_table_or_a_sentence(data: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        hold_to_a_table_or_a_sentence(data, name)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_a_table_or_a_sentence(draw: st.DataObject) -> None:
    source = draw.draw(st.sampled_from([WORKBOOK, EXCEL]))

    def damaged(part: bytes) -> bytes:
        at = draw.draw(st.integers(0, len(part)))
        return part[:at] + draw.draw(st.binary(max_size=4)) + part[at + draw.draw(st.integers(0, 20)) :]

    name = draw.draw(st.sampled_from(["zip", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"]))
    data = (
        damaged(source) if name == "zip" else repacked(source, lambda path, old: damaged(old) if path == name else old)
    )
    hold_to_a_table_or_a_sentence(data, "a.xlsx")


def test_without_openpyxl_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(PbpError) as caught:
        sheet_of(WORKBOOK, "a.xlsx")
    assert 'pip install "pbpmaturity[excel]"' in caught.value.hint
    assert "py -m pip" in caught.value.hint
    assert cells_of(as_csv(ROWS)) == CELLS
