"""The empty sheet: what it holds, that it is the same each time, and that what is filled in can be imported."""

import io
import zipfile

import pytest
from building import HOSTILE, small_matrix
from openpyxl import load_workbook

from pbpmaturity.exchange.headings import Headings
from pbpmaturity.exchange.labels import PlaceNames
from pbpmaturity.exchange.of_places import OfPlaces
from pbpmaturity.exchange.responses import Asked, read_responses
from pbpmaturity.exchange.sheets import read_sheet
from pbpmaturity.exchange.template import ANSWERS, EXPLANATION, empty_sheet

MATRIX = small_matrix(3)


def test_it_has_a_column_for_each_theme_lists_to_choose_from_and_an_explanation() -> None:
    book = load_workbook(io.BytesIO(empty_sheet(MATRIX, "northam")))
    assert book.sheetnames == [ANSWERS, EXPLANATION]
    answers, explanation = book[ANSWERS], book[EXPLANATION]
    names = ["Theme 1", "Theme 2", "Theme 3"]
    assert [cell.value for cell in answers[1]] == [*names, *(f"{name}: comment" for name in names)]
    assert (answers.freeze_panes, answers.max_row) == ("A2", 1)
    assert {answers.column_dimensions[letter].width for letter in "ABC"} == {22}
    (only,) = answers.data_validations.dataValidation
    assert (str(only.sqref), only.type) == ("A2:C501", "list")
    cells = explanation[only.formula1.rpartition("!")[2].replace("$", "")]
    words = [cell.value for (cell,) in cells]
    assert words == ["Emerging", "Developing", "Maturing", "Thriving", "Not sure"]
    said = " ".join(str(cell.value) for (cell,) in explanation["A1:A9"])
    assert "Write nobody's name" in said
    assert "pbp import FILE.xlsx --place northam --date DATE" in said


def test_it_is_the_same_each_time_and_holds_no_date_of_today() -> None:
    first = empty_sheet(MATRIX, None)
    assert first == empty_sheet(MATRIX, None)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2020, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2020-01-01T00:00:00Z") == 2


def test_what_is_filled_in_is_read_again() -> None:
    book = load_workbook(io.BytesIO(empty_sheet(MATRIX, None)))
    for row in range(2, 8):
        book[ANSWERS].cell(row, 2).value = "Developing"
    filled = io.BytesIO()
    book.save(filled)
    headings = Headings(MATRIX)
    sheet = read_sheet(filled.getvalue(), "t.xlsx", headings.count)
    matching = headings.matched(sheet.headers, (), "t.xlsx")
    assert (matching.themes, matching.comments) == ({0: "t1", 1: "t2", 2: "t3"}, {3: "t1", 4: "t2", 5: "t3"})
    found = read_responses(sheet, matching, MATRIX, Asked(OfPlaces(PlaceNames({}), "northam")))
    assert [one.ratings for one in found.rated] == [{"t2": "developing"}] * 6


@pytest.mark.parametrize("hostile", [*HOSTILE, "=1+1", "+1", "@x", "-1"])
def test_no_text_becomes_a_formula_and_its_column_is_found_again(hostile: str) -> None:
    theme = MATRIX.themes[0].model_copy(update={"name": hostile})
    stage = MATRIX.stages[0].model_copy(update={"name": hostile})
    matrix = MATRIX.model_copy(update={"themes": (theme,), "stages": (stage, *MATRIX.stages[1:]), "title": hostile})
    data = empty_sheet(matrix, None)
    kinds = {cell.data_type for sheet in load_workbook(io.BytesIO(data)) for row in sheet for cell in row}
    assert kinds == {"s"}
    headings = Headings(matrix)
    sheet = read_sheet(data, "t.xlsx", headings.count)
    assert headings.matched(sheet.headers, (), "t.xlsx").themes == {0: "t1"}
