"""pbp import counts people, each once, and only those of the Place; what it is not sure of it refuses."""

import io
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from building import MakeWorkspace, Pbp, assessment_text, held_by_another_process
from cli.test_import import DRAFT, FILES, TO, Here
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sheets import Rows, as_csv, as_xlsx, with_cells
from terminal import Terminal

SETTINGS = """\
matrix: small@1
places:
  northam: {name: Northam}
  westmere: {name: Westmere Vale}
  southbridge: {}
"""
HEAD = ["ID", "Shared vision", "Shared data"]
STAGES = ("Emerging", "Developing", "Maturing")


@pytest.fixture
def here(workspace: MakeWorkspace, pbp: Pbp) -> Here:
    return Here(workspace({**FILES, "pbp.yaml": SETTINGS}), pbp)


def people(count: int, *, first: int = 1) -> list[list[object]]:
    """Return rows of people, numbered on from the first, who say what their numbers make them say."""
    return [[number, STAGES[number % 3], STAGES[number // 3 % 3]] for number in range(first, first + count)]


def book(rows: Rows, change: Callable[[Worksheet], None]) -> bytes:
    """Return rows as a workbook, once somebody has changed its sheet."""
    workbook, buffer = Workbook(), io.BytesIO()
    sheet = workbook.worksheets[0]
    sheet.title = "Answers"
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    workbook.save(buffer)
    return buffer.getvalue()


def counted(here: Here, *arguments: str) -> int:
    """Import what must be counted, write nothing, and return how many people there were."""
    code, _, err = here.run(*arguments, *TO, "--dry-run")
    assert code == 0, err
    line = next(line for line in err.splitlines() if "rated at least one theme" in line)
    return int(line.split()[0])


SUMMARIES = (
    "Median", "MODE", "mean:", "Average", "Total", "Count", "Baseline", "Agreed", "Key", "Key: 1 is the lowest",
    "Average score", "Total responses", "Median (individual views)", "Agreed at the workshop", "Baseline January 2024",
    "Count of answers", "Sum", "Grand total", "Standard deviation", "Min:", "Max (all)", "N = 4", "Consensus",
    "\N{FULLWIDTH LATIN CAPITAL LETTER M}ean", "  Mean\N{NO-BREAK SPACE}",
)  # fmt: skip


@pytest.mark.parametrize("label", SUMMARIES)
def test_a_row_that_sums_others_up_stops_the_import_and_is_named(here: Here, label: str) -> None:
    sheet = here.sent("a.csv", as_csv([HEAD, *people(4), [label, "Maturing", "Maturing"]]))
    err = here.refused(sheet, *TO, "--yes")
    assert (
        '"../sent/a.csv" has rows that are not a person\'s answers, so nothing was written\n  row 6, column A:' in err
    )


def test_each_summary_is_named_wherever_it_stands(here: Here) -> None:
    rows = [["Role", *HEAD], *(["GP", *row] for row in people(5))]
    rows += [["", "", "Median", "Maturing"], ["", "", "Mode", "Maturing"], ["Mean", "", "2", ""]]
    err = here.refused(here.sent("a.xlsx", as_xlsx(rows)), *TO, "--yes")
    assert 'sheet "Sheet" of "../sent/a.xlsx" has rows that are not' in err
    lines = [line.strip() for line in err.splitlines() if line.startswith("  row ")]
    assert lines == [
        'row 7, column C: it begins with "Median"',
        'row 8, column C: it begins with "Mode"',
        'row 9, column A: it begins with "Mean"',
    ]


@pytest.mark.parametrize("label", ["Modal stage", "Result", "Group view", "Most common", "Target", "Mittelwert"])
def test_a_word_where_rows_are_numbered_is_no_person(here: Here, label: str) -> None:
    sheet = here.sent("a.csv", as_csv([HEAD, *people(4), [label, "Maturing", "Maturing"]]))
    err = here.refused(sheet, *TO, "--yes")
    assert "  row 6, column A: a word where most rows have a number\n" in err
    assert label not in err
    assert counted(here, sheet, "--map", "A=ignore") == 5


@pytest.mark.parametrize("first", ["", "anonymous GP"])
def test_a_summary_is_found_beside_its_answers_in_any_column(here: Here, first: str) -> None:
    rows = [["Role", *HEAD[1:], "Anything else?"], *(["GP", *row[1:], ""] for row in people(4))]
    err = here.refused(here.sent("a.csv", as_csv([*rows, [first, "Maturing", "Maturing", "median:"]])), *TO, "--yes")
    assert '  row 6, column D: it says "Median"\n' in err


def test_a_person_who_writes_a_number_as_a_word_is_counted(here: Here) -> None:
    rows = [["ID", "Years in post", *HEAD[1:]], *([row[0], 3, *row[1:]] for row in people(4))]
    assert counted(here, here.sent("a.csv", as_csv([*rows, [5, "ten", "Maturing", "Maturing"]]))) == 5


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (
            "Organisation",
            ["Key Workers Trust", "Total Care Ltd", "Council", "Council", "Council", "Key-worker"],
        ),
        ("First name", ["Max", "Alex", "Sam", "Jo", "Kim", "Min"]),
        ("Do you agree to this notice?", ["Agreed"] * 6),
        ("Role", ["Overall lead", "Count's Hill surgery", "Average Street practice", "GP", "GP", "Keyholder"]),
        ("Anything else?", ["", "Total lack of money in all of it", "", "Agreed actions never happen", "", ""]),
    ],
)
def test_a_person_whose_words_begin_like_a_summary_is_counted(here: Here, header: str, words: list[str]) -> None:
    rows = [[header, *HEAD[1:]], *([word, *row[1:]] for word, row in zip(words, people(6), strict=True))]
    assert counted(here, here.sent("a.csv", as_csv(rows))) == 6


def test_a_stage_that_is_called_like_a_summary_is_an_answer(workspace: MakeWorkspace, pbp: Pbp) -> None:
    matrix = FILES["matrices/small.yaml"].replace("Emerging", "Baseline")
    here = Here(workspace({**FILES, "matrices/small.yaml": matrix}), pbp)
    rows = [HEAD[1:], ["Baseline", "Maturing"], *([["Maturing", "Baseline"]] * 5)]
    assert counted(here, here.sent("a.csv", as_csv(rows))) == 6


def test_a_comment_is_not_taken_for_a_summary(here: Here) -> None:
    rows = [["Shared vision: comment", *HEAD[1:]], ["Agreed.", "Emerging", ""], *([["", "Maturing", ""]] * 5)]
    assert counted(here, here.sent("a.csv", as_csv(rows))) == 6


def test_a_column_that_is_left_out_makes_no_row_a_summary(here: Here) -> None:
    rows = [["Name", *HEAD], *(["Key", *row] if row[0] == 2 else ["Sam", *row] for row in people(5))]
    sheet = here.sent("a.csv", as_csv(rows))
    assert "--map A=ignore" in here.refused(sheet, *TO, "--yes")
    assert counted(here, sheet, "--map", "A=ignore") == 5


def test_a_formula_where_an_answer_belongs_is_named(here: Here) -> None:
    def worked_out(sheet: Worksheet) -> None:
        sheet["B7"], sheet["D2"] = "=MEDIAN(B2:B6)", "=1+1"

    err = here.refused(here.sent("a.xlsx", book([HEAD, *people(5)], worked_out)), *TO, "--yes")
    assert 'sheet "Answers" of "../sent/a.xlsx" has rows' in err
    assert "  row 7, column B: a formula where an answer belongs\n" in err
    assert "row 2" not in err
    csv = here.sent("a.csv", as_csv([HEAD, *people(5), [6, "=MODE(B2:B6)", "Maturing"]]))
    assert "  row 7, column B: a formula where an answer belongs\n" in here.refused(csv, *TO, "--yes")


def test_reading_ends_at_the_first_blank_row_and_says_what_stands_below(here: Here) -> None:
    rows = [[], HEAD, [], *people(5), ["", " ", ""], [6, "Emerging", ""], [], ["", "the lowest stage is Emerging", ""]]
    for name, data in (("a.csv", as_csv(rows)), ("a.xlsx", as_xlsx(rows))):
        sheet = here.sent(name, data)
        assert counted(here, sheet) == 5
        err = here.run(sheet, *TO, "--dry-run")[2]
        assert "  row 9 is blank, so reading ended there; rows below it, not read: 2\n" in err


def test_a_blank_row_at_the_end_is_nothing_to_speak_of(here: Here) -> None:
    err = here.run(here.sent("a.csv", as_csv([HEAD, *people(5), [], ["", "", ""]])), *TO, "--dry-run")[2]
    assert "blank" not in err


def hides(*, rows: Sequence[int] = (), columns: str = "") -> bytes:
    """Return a workbook of eight people, some of whose rows and columns are hidden."""

    def change(sheet: Worksheet) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True
        for column in columns:
            sheet.column_dimensions[column].hidden = True

    return book([HEAD, *people(8)], change)


def test_rows_that_nobody_sees_are_asked_about(here: Here) -> None:
    sheet = here.sent("a.xlsx", hides(rows=[3, 6]))
    err = here.refused(sheet, *TO, "--yes")
    assert 'sheet "Answers" of "../sent/a.xlsx" hides some of its answers, by a filter or by hand, so nothing' in err
    assert "  hidden rows 3, 6\n" in err
    assert "--hidden drop, or count it with --hidden keep" in err
    assert (counted(here, sheet, "--hidden", "drop"), counted(here, sheet, "--hidden", "keep")) == (6, 8)
    assert "  hidden, and left out: 2 rows\n" in here.run(sheet, *TO, "--dry-run", "--hidden", "drop")[2]
    assert "  hidden, and counted: 2 rows\n" in here.run(sheet, *TO, "--dry-run", "--hidden", "keep")[2]


def test_a_column_of_a_theme_that_nobody_sees_is_asked_about_and_another_is_not(here: Here) -> None:
    sheet = here.sent("a.xlsx", hides(columns="AC"))
    assert "  hidden column C, which is about a theme\n" in here.refused(sheet, *TO, "--yes")
    code, out, err = here.run(sheet, *TO, "--dry-run", "--hidden", "drop")
    assert (code, "Shared data    fewer than five" in out) == (0, True)
    assert "  hidden, and left out: 0 rows, and column C\n" in err
    assert "Shared data    Emerging" in here.run(sheet, *TO, "--dry-run", "--hidden", "keep")[1]
    assert counted(here, here.sent("b.xlsx", hides(columns="A"))) == 8


@pytest.mark.parametrize("written", [b' hidden="1"', b" hidden='true'", b' ht="0" customHeight="1"'])
def test_however_a_program_hides_a_row_it_is_hidden(here: Here, written: bytes) -> None:
    cells = (b'<row r="%d"%b><c t="str"><v>Emerging</v></c></row>' % (at, written if at == 3 else b"") for at in (2, 3))
    assert "hidden row 3\n" in here.refused(here.sent("a.xlsx", with_cells(b"".join(cells))), *TO, "--yes")


def test_a_sheet_that_is_hidden_is_passed_over(here: Here) -> None:
    def second(sheet: Worksheet) -> None:
        other = sheet.parent.create_sheet("Old")  # type: ignore[union-attr]
        other.append([*HEAD, "Trust"])
        other.append([1, "Maturing", "Maturing", "Maturing"])
        other.sheet_state = "hidden"

    assert counted(here, here.sent("a.xlsx", book([HEAD, *people(6)], second))) == 6


def timed(count: int, *, address: str = "anonymous", place: str | None = None) -> list[list[object]]:
    """Return the rows of an export with a time of each answer, which all count from one."""
    head = ["Id", "Completion time", "Email", *HEAD[1:]]
    return [head, *([row[0], f"1/{row[0]}/26 9:0{row[0]}:30", address, *row[1:]] for row in people(count))]


@pytest.mark.parametrize("endings", list(itertools.product([".csv", ".xlsx"], repeat=2)))
def test_tuesdays_download_beside_thursdays_is_refused(here: Here, endings: tuple[str, str]) -> None:
    files = []
    for name, count, ending in zip(("tuesday", "thursday"), (4, 7), endings, strict=True):
        rows = timed(count)
        files.append(here.sent(f"{name}{ending}", as_csv(rows) if ending == ".csv" else as_xlsx(rows)))
    for order in (files, files[::-1]):
        err = here.refused(*order, *TO, "--yes", "--distinct")
        assert "have 4 rows in common, the same in every cell, as two downloads of one survey do\n" in err
        assert all(f'"{name}"' in err for name in files)
        assert "give the later one alone" in err


def test_rows_that_are_alike_by_chance_count_once_the_ids_are_left_out(here: Here) -> None:
    other = [HEAD, *([number, "Developing", "Emerging"] for number in range(1, 6))]
    files = [here.sent("a.csv", as_csv([HEAD, *people(6)])), here.sent("b.csv", as_csv(other))]
    err = here.refused(*files, *TO, "--yes", "--distinct")
    assert "have 1 row in common, the same in every cell" in err
    assert "leave out the ids, as in: --map A=ignore" in err
    assert counted(here, *files, "--map", "A=ignore") == 11


def test_a_time_is_the_same_as_a_number_of_excel_and_as_text(here: Here) -> None:
    head = ["Timestamp", "Shared vision"]
    text = as_csv([head, ["2026/01/12 9:50:24 am GMT", "Emerging"], ["2026/01/12 2:05:00 pm GMT", "Emerging"]])
    serials = as_xlsx([head, [46034.41, "Emerging"], [46034.0 + (14 * 60 + 5) / 1440, "Emerging"]])
    err = here.refused(here.sent("a.csv", text), here.sent("b.xlsx", serials), *TO, "--yes")
    assert "have 2 rows in common" in err


def test_a_row_that_was_pasted_twice_is_refused(here: Here) -> None:
    err = here.refused(here.sent("a.csv", as_csv([*timed(5), timed(3)[3], timed(4)[2]])), *TO, "--yes")
    assert '"../sent/a.csv" has 2 rows twice, so nothing was written\n' in err
    assert "  row 7 is the same as row 4 in every cell\n  row 8 is the same as row 3 in every cell\n" in err


def test_people_who_say_the_same_are_no_doubles_where_nothing_tells_them_apart(here: Here) -> None:
    same = ["Shared vision", "Organisation ID", "Date", "Role"]
    rows = [same, *([["Emerging", "A1", "12/01/2026", "GP"]] * 6)]
    assert counted(here, here.sent("a.csv", as_csv(rows))) == 6


def test_without_ids_or_times_a_file_that_begins_another_is_refused(here: Here) -> None:
    rows = [row[1:] for row in [HEAD, *people(7)]]
    early, late = here.sent("a.csv", as_csv(rows[:5])), here.sent("b.csv", as_csv(rows))
    for order in ((early, late), (late, early)):
        err = here.refused(*order, *TO, "--yes")
        assert 'the 4 rows of "../sent/a.csv" are the first of "../sent/b.csv" too, as two downloads' in err
    newest_first = [
        here.sent(name, as_csv([rows[0], *part[::-1]])) for name, part in (("d.csv", rows[1:5]), ("e.csv", rows[1:]))
    ]
    err = here.refused(*newest_first, *TO, "--yes")
    assert 'the 4 rows of "../sent/d.csv" are the last of' in err
    moved = here.sent("c.csv", as_csv([rows[0], *rows[2:5], rows[1]]))
    assert counted(here, moved, late) == 11


def test_with_times_of_their_own_people_who_answer_alike_are_not_one(here: Here) -> None:
    later = [[*row[:1], str(row[1]).replace("/26", "/27"), *row[2:]] for row in timed(4)]
    assert counted(here, here.sent("a.csv", as_csv(timed(4))), here.sent("b.csv", as_csv(later)), "--distinct") == 8


def test_an_address_that_comes_twice_is_refused_and_not_shown(here: Here) -> None:
    first, second = timed(5), timed(6)
    for number, row in enumerate([*first[1:], *second[1:]]):
        row[0], row[2] = number, f"mark{number}@example.org"
    second[3][2] = "MARK1@Example.org "
    files = [here.sent("a.csv", as_csv(first)), here.sent("b.csv", as_csv(second))]
    err = here.refused(*files, *TO, "--yes")
    assert "1 row with an e-mail address that another row has too, so nothing was written\n" in err
    assert '  row 4 of "../sent/b.csv" has the address of row 3 of "../sent/a.csv"\n' in err
    assert "--map" in err
    assert "mark1" not in err.lower()
    assert counted(here, *files, "--map", "Email=ignore") == 11
    first[2][2] = first[1][2]
    assert "row 3 of" in here.refused(here.sent("a.csv", as_csv(first)), *TO, "--yes")


def test_ids_alone_that_stand_in_both_files_are_asked_about(here: Here) -> None:
    later = [timed(1)[0], *([row[0], "3/1/27 10:00", *row[2:]] for row in timed(6)[1:])]
    files = [here.sent("a.csv", as_csv(timed(5))), here.sent("b.csv", as_csv(later))]
    err = here.refused(*files, *TO, "--yes")
    assert '5 ids stand in both "../sent/a.csv" and "../sent/b.csv"; if these are two downloads of one survey' in err
    assert "  --distinct, if they are different people" in err
    assert counted(here, *files, "--distinct") == 11


@pytest.mark.parametrize(("answer", "is_counted"), [("yes", True), ("no", False)])
def test_at_a_terminal_it_asks_whether_ids_are_of_different_people(here: Here, answer: str, is_counted: bool) -> None:
    rows = [[row[0], *row[1:]] for row in people(6)]
    other = [[number, "Emerging", "Maturing"] for number in range(1, 6)]
    files = [here.sent("a.csv", as_csv([HEAD, *rows])), here.sent("b.csv", as_csv([HEAD, *other]))]
    with Terminal(["import", *files, *TO, "--dry-run"], here.root) as terminal:
        assert "Are they different people? (yes or no)" in terminal.wait_for_prompt()
        terminal.type(answer)
        assert terminal.end() == (0 if is_counted else 2)
        assert ("11 people rated" in terminal.screen) is is_counted


def test_an_id_that_all_rows_share_tells_nobody_apart(here: Here) -> None:
    head = ["Collector ID", "Respondent ID", *HEAD[1:]]
    one = [head, *(["4711", f"a{row[0]}", *row[1:]] for row in people(5))]
    other = [head, *(["4711", f"b{row[0]}", *row[1:]] for row in people(5))]
    assert counted(here, here.sent("a.csv", as_csv(one)), here.sent("b.csv", as_csv(other))) == 10


PLACES = ("Northam", "Westmere Vale", "northam", " NORTHAM", "southbridge", "westmere")
SURVEY = [["ID", "Which Place?", *HEAD[1:]], *([row[0], PLACES[int(str(row[0])) % 6], *row[1:]] for row in people(24))]
"""A survey of all Places: 12 people of Northam, 8 of Westmere Vale and 4 of Southbridge."""


def test_a_survey_of_all_places_is_not_one_places_tally(here: Here) -> None:
    sheet = here.sent("a.csv", as_csv(SURVEY))
    err = here.refused(sheet, *TO, "--yes")
    assert '"../sent/a.csv" has rows of other Places: column B "Which Place?" names them, so nothing' in err
    assert (
        '  count those of Northam alone with --where "Which Place?=Northam", or write a draft for each Place with'
        ' --by-place "Which Place?" instead of --place; if the column does not say of which Place a view is, leave it'
        " out with --map B=ignore\n"
    ) in err
    assert counted(here, sheet, "--where", "Which Place?=Northam") == 12
    assert counted(here, sheet, "--where", "b=northam") == 12
    westmere = ("--place", "westmere", "--where", "Which Place?=Westmere Vale")
    code, _, err = here.run(sheet, *westmere, "--date", "2026-01", "--yes")
    assert (code, "8 people rated" in err, "rows of other Places, left out: 16\n" in err) == (0, True, True)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Northam Place", "Westmere Vale Place"),
        ("Northam (borough)", "Southbridge (borough)"),
        ("Northam place-based partnership", "westmere partnership"),
        ("Northam", "Eastham"),
    ],
)
def test_a_place_is_known_by_the_words_that_surveys_add_to_it(here: Here, ours: str, theirs: str) -> None:
    whose = [ours] * 5 + [theirs] * 7
    rows = [
        [HEAD[0], "Which place?", *HEAD[1:]],
        *([p[0], at, *p[1:]] for p, at in zip(people(12), whose, strict=True)),
    ]
    sheet = here.sent("a.csv", as_csv(rows))
    err = here.refused(sheet, *TO, "--yes")
    assert '--where "Which place?=Northam"' in err
    assert counted(here, sheet, "--where", "Which place?=Northam") == 5


def test_an_organisation_that_has_a_places_name_in_its_own_is_no_place(here: Here) -> None:
    names = ["Northam Council", "Westmere Vale Council", "Northam Hospital"] * 2
    rows = [["Organisation", *HEAD[1:]], *([name, *row[1:]] for name, row in zip(names, people(6), strict=True))]
    assert counted(here, here.sent("a.csv", as_csv(rows))) == 6


@pytest.mark.parametrize("again", ["Mailto:JO@example.org", "Somebody <jo@example.org>", "<jo@example.org>"])
def test_an_address_is_the_same_however_a_program_writes_it(here: Here, again: str) -> None:
    rows = [["Email", *HEAD[1:]], *([f"{row[0]}@example.org", *row[1:]] for row in people(5))]
    rows += [["jo@example.org", "Emerging", "Emerging"], [again, "Maturing", "Maturing"]]
    err = here.refused(here.sent("a.csv", as_csv(rows)), *TO, "--yes")
    assert 'row 8 of "../sent/a.csv" has the address of row 7' in err


def test_a_header_that_a_shell_would_change_is_named_by_its_letter(here: Here) -> None:
    rows = [["ID", 'Your "Place" ($)?', *HEAD[1:]], *SURVEY[1:]]
    assert '--where "B=Northam", or' in here.refused(here.sent("a.csv", as_csv(rows)), *TO, "--yes")


def test_a_column_in_which_all_name_the_place_is_no_question(here: Here) -> None:
    rows = [SURVEY[0], *([row[0], "Northam", *row[2:]] for row in SURVEY[1:])]
    assert counted(here, here.sent("a.csv", as_csv(rows))) == 24
    rows[4][1] = ""
    assert "has rows of other Places" in here.refused(here.sent("a.csv", as_csv(rows)), *TO, "--yes")
    assert counted(here, "../sent/a.csv", "--map", "B=ignore") == 24


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--where", "Which Place?=Westmere Vale"), '"Westmere Vale" is not "Northam", the Place of --place'),
        (("--where", "Role=GP"), "views are taken apart by Place and by nothing else"),
        (("--where", "Northam"), '--where "Northam" names no column'),
        (("--where", "Which Plaice?=Northam"), 'has no column called "Which Plaice?"; did you mean "Which Place?"?'),
        (("--by-place", "B"), "--by-place writes a draft for each Place, so --place does not go with it"),
    ],
)
def test_what_is_asked_of_places_must_make_sense(here: Here, arguments: tuple[str, ...], said: str) -> None:
    assert said in here.refused(here.sent("a.csv", as_csv(SURVEY)), *TO, *arguments, "--yes")


BY_PLACE = ("--by-place", "Which Place?", "--date", "2026-01")


def test_by_place_writes_a_draft_for_each_place_with_a_tally(here: Here) -> None:
    sheet = here.sent("a.csv", as_csv(SURVEY))
    code, out, err = here.run(sheet, *BY_PLACE, "--dry-run")
    assert code == 0, err
    assert out.startswith("Northam\nShared vision  Emerging 8, Maturing 4\n")
    assert "\n\nWestmere Vale\nShared vision  " in out
    assert "Southbridge, each theme: fewer than five: no tally, so no draft is made\n" in err
    assert not (here.root / "assessments/westmere").exists()
    code, _, err = here.run(sheet, *BY_PLACE, "--yes")
    assert code == 0, err
    assert "vision:\n    views: {emerging: 8, maturing: 4}\n" in here.draft
    assert (here.root / "assessments/westmere/2026-01.yaml").exists()
    assert not (here.root / "assessments/southbridge").exists()
    assert err.endswith("Delete the files with the answers once you need them no more.\n")
    assert here.is_in_order()


def test_by_place_writes_nothing_if_one_place_is_refused(here: Here) -> None:
    agreed = assessment_text("westmere", "2026-01", {"vision": "emerging"}, matrix="small@1")
    (here.root / "assessments/westmere").mkdir()
    (here.root / "assessments/westmere/2026-01.yaml").write_text(agreed, "utf-8")
    code, _, err = here.run(here.sent("a.csv", as_csv(SURVEY)), *BY_PLACE, "--yes")
    assert (code, "westmere@2026-01 is agreed" in err) == (2, True)
    assert not (here.root / "assessments/northam/2026-01.yaml").exists()


def test_by_place_compares_each_places_tallies_with_those_before(here: Here) -> None:
    sheet = here.sent("a.csv", as_csv(SURVEY))
    assert here.run(sheet, *BY_PLACE, "--yes")[0] == 0
    more = here.sent("b.csv", as_csv([*SURVEY, [25, "westmere", "Emerging", "Emerging"]]))
    before = here.draft
    assert "westmere@2026-01 has tallies already" in here.run(more, *BY_PLACE, "--yes")[2]
    assert here.draft == before


@pytest.mark.parametrize(
    ("cell", "arguments", "said"),
    [
        ("", BY_PLACE, "has rows whose Place is not known, since column B names none of the workspace"),
        ("MARK", BY_PLACE, "  row 26\n"),
        ("Northam", (*BY_PLACE, "--place", "northam"), "so --place does not go with it"),
        ("Northam", (*BY_PLACE, "--comments", "../sent/c.txt"), "so --comments does not go with it"),
    ],
)
def test_by_place_guesses_at_no_place(here: Here, cell: str, arguments: tuple[str, ...], said: str) -> None:
    sheet = here.sent("a.csv", as_csv([*SURVEY, [25, cell, "Emerging", ""]]))
    err = here.refused(sheet, *arguments, "--yes")
    assert said in err
    assert "MARK" not in err


def test_by_place_takes_no_participants_files(here: Here) -> None:
    here.sent("view.yaml", "kind: individual-view\n")
    here.sent("a.csv", as_csv(SURVEY))
    assert "which has no column for --by-place" in here.refused("../sent", *BY_PLACE, "--yes")


def test_somebody_who_answers_for_two_places_counts_in_each(here: Here) -> None:
    rows = [[*SURVEY[0], "Email"], *([*row, f"mark{row[0]}@example.org"] for row in SURVEY[1:])]
    rows[6][1], rows[7][1] = "northam", "westmere"
    rows[7][-1] = rows[6][-1]
    sheet = here.sent("a.csv", as_csv(rows))
    assert here.run(sheet, *BY_PLACE, "--dry-run")[0] == 0
    rows[7][1] = "northam"
    assert "e-mail address" in here.refused(here.sent("a.csv", as_csv(rows)), *BY_PLACE, "--yes")


RECORDS = {
    "months": [["Date", *HEAD[1:]], *([label, "Emerging", "Maturing"] for label in ("Jan 2023", "2024-01", "Jan-25"))],
    "days": [["", *HEAD[1:]], *([label, "Emerging", "Maturing"] for label in ("17/01/2023", "17 Jan 2024"))],
    "years": [["Year", *HEAD[1:]], *([label, "Emerging", ""] for label in (2021, 2022, 2023, 2024, 2025, 2026))],
    "financial years": [["Round", *HEAD[1:]], *([label, "Emerging", ""] for label in ("2022/23", "2023/24"))],
    "quarters": [["When", *HEAD[1:]], *([label, "Emerging", ""] for label in ("Q1 2025", "Q2 2025"))],
    "rounds": [["", *HEAD[1:]], *([f"Round {number}", "Emerging", ""] for number in range(1, 7))],
    "Places": [["Place", *HEAD[1:]], *([name, "Emerging", ""] for name in ("Northam", "Westmere Vale", "Southbridge"))],
    "both": [
        ["Place", "Date", *HEAD[1:]],
        *([name, date, "Emerging", ""] for name in ("Northam", "westmere") for date in ("Jan 2024", "Jan 2025")),
    ],
    "in one": [
        ["Assessment", *HEAD[1:]],
        *([label, "Emerging", ""] for label in ("Northam 2024", "Westmere, 2025")),
    ],
    "one round": [["Date", *HEAD[1:]], ["2024-01", "Emerging", "Maturing"]],
    "numbers of Excel": [["Date", *HEAD[1:]], *([day, "Emerging", ""] for day in (44927, 45292, 45658))],
}


@pytest.mark.parametrize("kind", RECORDS)
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_sheet_of_past_assessments_is_a_record_and_no_people(here: Here, kind: str, ending: str) -> None:
    rows = RECORDS[kind]
    sheet = here.sent(f"a{ending}", as_csv(rows) if ending == ".csv" else as_xlsx(rows))
    err = here.refused(sheet, *TO, "--yes")
    assert "is a sheet of past assessments, with a date or a Place for each row in column" in err
    assert "so it is a record and not people's views\n" in err
    assert "pbp assess PLACE --date DATE" in err


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Theme", "Jan 2024", "Jan 2025"],
            ["Shared vision", "Emerging", "Maturing"],
            ["Trust", "Emerging", "Emerging"],
        ],
        [["Place", "Date", "Theme", "Stage"], ["Northam", "2024-01", "vision", "Emerging"]],
        [["", "Emerging", "Maturing"], ["Shared vision", "4", "2"], ["Shared data", "3", "3"]],
    ],
)
def test_a_sheet_with_the_themes_down_its_side_is_a_record_too(here: Here, rows: Rows) -> None:
    err = here.refused(here.sent("a.csv", as_csv(rows)), *TO, "--yes")
    assert "has a row for each theme and none for each person, so it is a record and not views" in err


@pytest.mark.parametrize(
    "dates",
    [
        [f"{day}/01/2026" for day in (12, 12, 13, 14, 14, 15)],
        [f"2026-01-{day}" for day in range(12, 18)],
        ["Jan 2026"] * 6,
        ["", "Jan 2025", "Jan 2024", "Jan 2023", "Jan 2022", "Jan 2021"],
    ],
)
def test_the_days_of_interviews_make_no_record(here: Here, dates: list[str]) -> None:
    rows = [["Date", *HEAD[1:]], *([date, *row[1:]] for date, row in zip(dates, people(6), strict=True))]
    assert counted(here, here.sent("a.csv", as_csv(rows))) == 6


def test_numbers_are_read_only_where_somebody_says_what_they_mean(here: Here) -> None:
    rows = [HEAD, *([row[0], int(str(row[0])) % 3, "Maturing"] for row in people(9))]
    sheet = here.sent("a.csv", as_csv(rows))
    err = here.refused(sheet, *TO, "--yes")
    assert '"../sent/a.csv" has 9 cells with a number, and nothing says what the numbers mean, so nothing was' in err
    assert (
        "  say it with --scale 1-3 if 1 is Emerging and 3 is Maturing, --scale 0-2 if 0 is Emerging, or --scale 3-1"
        " if 3 is Emerging\n"
    ) in err
    code, out, err = here.run(sheet, *TO, "--dry-run", "--scale", "0-2")
    assert (code, out.splitlines()[:2]) == (
        0,
        ["Shared vision  Emerging 3, Developing 3, Maturing 3", "Shared data    Maturing 9"],
    )
    assert err.startswith("numbers: 0 is Emerging, 1 is Developing, 2 is Maturing\n")
    assert "has 3 cells without a stage in it" in here.refused(sheet, *TO, "--yes", "--scale", "1-3")
    assert "--scale 1-4 has 4 numbers, and small@1 has 3 stages" in here.refused(sheet, *TO, "--yes", "--scale", "1-4")


def test_what_is_neither_a_number_nor_a_stage_is_named_beside_the_numbers(here: Here) -> None:
    err = here.refused(here.sent("a.csv", as_csv([HEAD, [1, 2, "MARK"], [2, 3, ""]])), *TO, "--yes")
    assert "has 2 cells with a number" in err
    assert "1 cell with no stage in it besides\n  row 2, column C\n  row 2, column B\n" in err
    assert "MARK" not in err


def test_ids_times_and_addresses_stand_in_no_output_log_or_file(here: Here, tmp_path: Path) -> None:
    marks = ("QQMARK", "11:47", "zz@mark.example", "MARK STREET")
    head = ["Response ID", "Start time", "Email", "Address", *HEAD[1:], "Shared vision: comment"]
    rows: list[list[object]] = [head]
    for number, *answers in people(6):
        rows += [[f"QQMARK{number}", f"{number}/1/26 11:47:05", f"{number}zz@mark.example", marks[3], *answers, "x"]]
    again = [head, [*rows[1][:4], "Maturing", "Maturing", "x"]]
    sheets = [here.sent("a.csv", as_csv(rows)), here.sent("b.csv", as_csv(again))]
    said = []
    for arguments in (
        (sheets[0], "--dry-run"),
        (sheets[0], "--yes", "--comments", "../sent/c.txt"),
        (*sheets, "--yes"),
        (sheets[0], sheets[0], "--yes"),
        (here.sent("d.csv", as_csv([*rows, rows[1]])), "--yes"),
        (*sheets, "--yes", "--map", "Email=ignore"),
        (here.sent("e.csv", as_csv([*rows, ["Mean", *rows[1][1:]]])), "--yes"),
        (here.sent("f.csv", as_csv([*rows, [*rows[1][:4], "5", "no stage", "x"]])), "--yes"),
    ):
        outcome = here.run(*arguments, *TO)
        said += [outcome[1], outcome[2]]
    kept = [path for path in (*here.root.rglob("*"), *tmp_path.rglob("*")) if path.is_file() and path.suffix != ".csv"]
    assert (here.out / "c.txt") in kept
    assert here.root / "assessments/northam/2026-01.yaml" in kept
    said += [path.read_bytes().decode("utf-8", "replace") for path in kept]
    for mark in marks:
        assert not [text for text in said if mark.casefold() in text.casefold()], mark


def test_a_draft_of_several_that_cannot_be_written_is_named_with_those_after_it(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced: list[Path] = []

    def full_at_the_second(path: Path, before: bytes | None, after: bytes) -> None:
        if replaced:
            raise OSError(28, "No space left on device")
        replaced.append(path)

    monkeypatch.setattr("pbpmaturity.workspace.drafting.replace_unchanged", full_at_the_second)
    monkeypatch.setattr(Path, "home", lambda: here.out)
    rows = [*SURVEY, *([[number, "southbridge", "Emerging", "Emerging"] for number in range(25, 28)])]
    code, _, err = here.run(here.sent("a.csv", as_csv(rows)), *BY_PLACE, "--yes")
    assert code == 2
    assert "Saved in assessments/northam/2026-01.yaml.\nnot written: westmere@2026-01\n" in err
    assert "cannot be written: No space left on device" in err
    assert "Delete the files" not in err
    assert (here.out / "pbp-southbridge-2026-01.yaml").exists()


def test_no_draft_of_several_is_written_while_one_is_held(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = here.sent("a.csv", as_csv(SURVEY))
    (here.root / "assessments/westmere").mkdir()
    monkeypatch.setattr("pbpmaturity.cli.importing.drafts.PATIENCE", 0)
    with held_by_another_process(here.root / "assessments/westmere"):
        assert here.run(sheet, *BY_PLACE, "--yes")[0] == 2
    assert not (here.root / DRAFT).exists()
