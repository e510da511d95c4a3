"""Sheets as people send them in, made for the tests."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"

PERSONAL = ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time")
MARKS = ("MARK-ID", "2026-01-13 09:", "2026-01-13 10:", "@example.org", "MARK NAME", "MARK-MODIFIED")
"""What each row of an export has of a person: these, and the row's number in them."""


def as_csv(rows: Rows, *, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Return rows as a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(*sheets: Rows) -> bytes:
    """Return sheets of rows as an Excel workbook."""
    book = Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes], more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a workbook with its parts changed, and more parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return buffer.getvalue()


def as_excel(rows: Rows, strings: bytes = b"") -> bytes:
    """Return rows as Excel itself writes them, with their texts in a part of their own; `strings` are more of those."""
    texts = list(dict.fromkeys(str(value) for row in rows for value in row))
    cells = "".join(
        f'<row r="{row}">{"".join(f"""<c t="s"><v>{texts.index(str(value))}</v></c>""" for value in values)}</row>'
        for row, values in enumerate(rows, 1)
    )
    table = b"".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>'.encode() for text in texts) + strings
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'.encode()
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_STRINGS}"/></Types>'.encode()

    def change(name: str, old: bytes) -> bytes:
        return sheet if name == "xl/worksheets/sheet1.xml" else old.replace(b"</Types>", part)

    more = {"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">'.encode() + table + b"</sst>"}
    return repacked(as_xlsx([["x"]]), change, more)


def with_cells(xml: bytes) -> bytes:
    """Return a workbook whose first sheet holds this between its sheetData tags, after a row of headers."""
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="str"><v>vision</v></c><c r="B1" t="str"><v>data</v></c></row>'
        + xml
        + b"</sheetData></worksheet>"
    )
    return repacked(as_xlsx([["x"]]), lambda name, part: sheet if name == "xl/worksheets/sheet1.xml" else part)


def forms_export(themes: Sequence[str], answers: Rows, comments: Sequence[str] = ()) -> list[list[object]]:
    """Return the rows of a Microsoft Forms export: personal columns first, questions with non-breaking spaces."""
    asked = [f"{number}.\u00a0{theme}\u00a0" for number, theme in enumerate(themes, 1)]
    header = [*PERSONAL, *asked, *(f"{theme}: comment" for theme in themes if comments)]
    return [header, *([*_personal(number), *row, *comments] for number, row in enumerate(answers, 1))]


def _personal(number: int) -> list[str]:
    marked, start, end, address, name, modified = MARKS
    return [f"{marked}-{number}", f"{start}{number:02}", f"{end}{number:02}", f"mark{number}{address}", name, modified]
