"""An empty sheet to fill in: a row an interview, a column a theme, and a second sheet that says how."""

import io
from typing import TYPE_CHECKING

from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.exchange.headings import all_comment_headings
from pbpmaturity.exchange.undated import DAY, write_undated
from pbpmaturity.exchange.workbook import needs_openpyxl
from pbpmaturity.model.individual_view import NOT_SURE
from pbpmaturity.model.matrix import Matrix

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ANSWERS = "Interviews"
EXPLANATION = "How to fill this in"

_ROWS = 500
_LONGEST_CELL = 32_000


def empty_sheet(matrix: Matrix, place: str | None) -> bytes:
    """Return a workbook to fill in, the same bytes each time; every text in it is text and no formula."""
    needs_openpyxl()
    from openpyxl import Workbook

    book = Workbook()
    answers = book.worksheets[0]
    explanation = book.create_sheet(EXPLANATION)
    answers.title = ANSWERS
    choices = _explain(explanation, matrix, place)
    _lay_out(answers, matrix, choices)
    book.properties.creator, book.properties.title = "pbp", one_line(matrix.title)[:200]
    book.properties.created = DAY
    buffer = io.BytesIO()
    book.save(buffer)
    undated = io.BytesIO()
    write_undated(buffer, undated)
    return undated.getvalue()


def _lay_out(sheet: "Worksheet", matrix: Matrix, choices: str) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    headings = (*(theme.name for theme in matrix.themes), *all_comment_headings(matrix))
    for column, heading in enumerate(headings, 1):
        _write(sheet, 1, column, heading, is_bold=True)
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width, dimension.number_format = (22 if column <= len(matrix.themes) else 40), "@"
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "A2"
    only = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=True)
    only.errorTitle, only.error = "Choose from the list", f"Choose a stage or {NOT_SURE}, or leave the cell empty."
    only.add(f"A2:{get_column_letter(len(matrix.themes))}{_ROWS + 1}")
    sheet.add_data_validation(only)


def _explain(sheet: "Worksheet", matrix: Matrix, place: str | None) -> str:
    """Write what to do, and the words to choose from; return where those stand, for the drop-down lists."""
    lines = _instructions(matrix, place)
    for row, line in enumerate(lines, 1):
        _write(sheet, row, 1, line, is_bold=row == 1)
    words = [*(stage.name for stage in matrix.stages), NOT_SURE]
    for row, word in enumerate(words, len(lines) + 1):
        _write(sheet, row, 1, word)
    sheet.column_dimensions["A"].width = 100
    return f"'{EXPLANATION}'!$A${len(lines) + 1}:$A${len(lines) + len(words)}"


def _instructions(matrix: Matrix, place: str | None) -> tuple[str, ...]:
    return (
        f"{matrix.title}: individual views",
        f'Fill in the sheet "{ANSWERS}": a row for each interview, a column for each theme.',
        f"In each column choose the stage that the person named; {NOT_SURE}, or nothing, where they had no view.",
        "The comment columns may stay empty. Write no names there, and nothing that tells who said it.",
        "Write nobody's name, e-mail address or organisation anywhere in this file. Keep the headers as they are.",
        "Keep the file outside the workspace. When all interviews are done, import it once, and then delete it:",
        f"pbp import FILE.xlsx --place {place or 'PLACE'} --date DATE",
        "Only how many people chose each stage is kept. A theme that fewer than five people rated gets no tally.",
        "The words to choose from:",
    )


def _write(sheet: "Worksheet", row: int, column: int, text: str, *, is_bold: bool = False) -> None:
    from openpyxl.styles import Alignment, Font

    cell = sheet.cell(row, column)
    cell.value = one_line(text)[:_LONGEST_CELL]
    cell.data_type = "s"  # also where the text begins with =, which would be a formula
    cell.number_format = "@"
    cell.font = Font(bold=is_bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
