"""Three slides for a board: what they say and to whom, that all of it fits, and that everybody can read it."""

import datetime
import io
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Pbp, Snapshot, filed, small_matrix
from decks import CASES, LONG_NAMES, REASON, paper, said
from forbidden_words import found_in
from pages import hostile_workspace
from papers import hard_workspaces
from pptx import Presentation
from slides import MAIN, box_of, broken_words, height_of, paragraphs_of, parts_of, said_on, slides_of, texts_of, told

from pbpmaturity.analysis.history import history
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.report.paper import LAST_TIME, Paper
from pbpmaturity.report.readiness_view import ConditionView, ReadinessTestView, ReadinessView
from pbpmaturity.report.slides import slide_deck

every_case = pytest.mark.parametrize("make", CASES.values(), ids=CASES)
Make = Callable[[], Paper]
CLOSING = "This lists what was recorded. It decides nothing; the Integrated Care Board decides."


def deck(made: Paper) -> bytes:
    return slide_deck(made, "0.0")


@cache
def deck_of(make: Make) -> bytes:
    """Return the deck of a case, made once for all that is asked of it."""
    return deck(make())


@pytest.mark.parametrize(
    ("name", "place", "at", "options"),
    [
        ("slides-northam.txt", "northam", RIVERSIDE, ["--as-of", "2025-05-10", "--test", "community-services-example"]),
        ("slides-northam-public.txt", "northam", RIVERSIDE, ["--for", "public"]),
        ("slides-northam-first.txt", "northam@first", RIVERSIDE, []),
        ("slides-oxfordshire.txt", "oxfordshire", ROOT, []),
    ],
)
def test_whole_decks(
    pbp: Pbp, expect_whole: Snapshot, tmp_path: Path, name: str, place: str, at: Path, options: list[str]
) -> None:
    file = tmp_path / "slides.pptx"
    outcome = pbp("report", place, "-o", str(file), *options, at=at)
    assert (outcome.code, outcome.out) == (0, "")
    text = told(file.read_bytes())
    expect_whole(name, text)
    people = "\n".join(one.read_text(encoding="utf-8") for one in (at / "assessments").rglob("*.yaml"))
    assert found_in(text, people) == []


@every_case
def test_there_are_three_slides_each_with_a_title_of_its_own(make: Make) -> None:
    slides = slides_of(deck_of(make))
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert len(titles) == len(set(titles)) == 3
    assert all(titles)
    for slide in slides:
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id, "a title is read first"


@every_case
def test_everything_is_inside_its_box_and_the_boxes_inside_the_slide(make: Make) -> None:
    for slide in slides_of(deck_of(make)):
        for shape in slide.shapes:
            left, top, right, bottom = box_of(shape)
            assert left >= 0 and top >= 0 and right <= 960.5 and bottom <= 540.5, shape.name
            if shape.has_table:
                rows = [row.height / 12700 for row in shape.table.rows]
                assert abs(sum(rows) - (bottom - top)) < 1
                for row, height in zip(shape.table.rows, rows, strict=True):
                    for cell, column in zip(row.cells, shape.table.columns, strict=True):
                        sides = (cell.margin_top + cell.margin_bottom) / 12700
                        room = (column.width - cell.margin_left - cell.margin_right) / 12700
                        assert height_of(cell.text_frame, room) + sides <= height + 0.5, cell.text_frame.text
            elif not shape.is_placeholder:
                frame = shape.text_frame
                room = right - left - (frame.margin_left + frame.margin_right) / 12700
                assert height_of(frame, room) <= bottom - top + 0.5, frame.text
            elif shape.placeholder_format.type.name == "TITLE":
                assert height_of(shape.text_frame, right - left) <= bottom - top + 0.5


@every_case
def test_no_box_lies_on_another(make: Make) -> None:
    for slide in slides_of(deck_of(make)):
        boxes = [(shape.name, box_of(shape)) for shape in slide.shapes]
        for at, (name, (left, top, right, bottom)) in enumerate(boxes):
            for other, (left_, top_, right_, bottom_) in boxes[at + 1 :]:
                apart = right <= left_ + 0.5 or right_ <= left + 0.5 or bottom <= top_ + 0.5 or bottom_ <= top + 0.5
                assert apart, f"{name} and {other}"


@every_case
def test_no_text_is_smaller_than_12_points(make: Make) -> None:
    for slide in slides_of(deck_of(make)):
        for shape in slide.shapes:
            frames = [cell.text_frame for row in shape.table.rows for cell in row.cells] if shape.has_table else []
            for frame in frames or [shape.text_frame]:
                is_number = shape.is_placeholder and shape.placeholder_format.type.name == "SLIDE_NUMBER"
                assert is_number or all(one.size >= 12 for one in paragraphs_of(frame)), shape.name
    for part in parts_of(deck_of(make)).values():
        assert all(int(run.get("sz", 1200)) >= 1200 for run in part.iter(f"{MAIN}rPr"))


@every_case
def test_each_run_is_in_british_english(make: Make) -> None:
    for name, part in parts_of(deck_of(make)).items():
        for kind in ("rPr", "endParaRPr", "defRPr"):
            languages = {one.get("lang", "en-GB") for one in part.iter(f"{MAIN}{kind}")}
            assert languages <= {"en-GB"}, name
        if name.startswith(("ppt/slides/slide", "ppt/notesSlides/")):
            for run in part.iter(f"{MAIN}r"):
                properties = run.find(f"{MAIN}rPr")
                assert properties is not None and properties.get("lang") == "en-GB", name


@every_case
def test_tables_can_be_read_aloud(make: Make) -> None:
    for slide in slides_of(deck_of(make)):
        names = [shape.name for shape in slide.shapes]
        assert len(names) == len(set(names))
        for shape in (one for one in slide.shapes if one.has_table):
            assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
            assert shape.table.first_row and shape.table.first_col and not shape.table.horz_banding
            cells = [cell for row in shape.table.rows for cell in row.cells]
            assert not any(cell.is_merge_origin or cell.is_spanned for cell in cells)
            assert all(cell.text_frame.text.strip() for cell in cells)


@every_case
def test_no_table_breaks_a_word_that_a_column_can_hold(make: Make) -> None:
    broken = [word for slide in slides_of(deck_of(make)) for word in broken_words(slide)]
    assert [word for word in broken if len(word) < 40] == []


@pytest.mark.parametrize("name", hard_workspaces())
def test_no_table_of_a_hard_workspace_breaks_a_word_that_a_column_can_hold(
    workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "slides.pptx"
    assert pbp("report", "northam", "-o", str(file), at=workspace(hard_workspaces()[name])).code == 0
    broken = [word for slide in slides_of(file.read_bytes()) for word in broken_words(slide)]
    assert [word for word in broken if len(word) < 40] == []


def test_stages_are_in_words_and_in_shades_that_can_be_read() -> None:
    from pbpmaturity.report.charts import contrast

    (stages, *_) = slides_of(deck(CASES["seven stages"]()))
    (table,) = [shape.table for shape in stages.shapes if shape.has_table]
    shades = set()
    for row in list(table.rows)[1:]:
        for cell in list(row.cells)[1:3]:
            background = f"#{cell.fill.fore_color.rgb}"
            ink = f"#{cell.text_frame.paragraphs[0].runs[0].font.color.rgb}"
            assert contrast(background, ink) >= 4.5
            shades.add((cell.text_frame.text, background))
    assert len(shades) == 7, "a shade for each word"


def test_marking_banners_and_numbers_are_on_every_slide(pbp: Pbp, tmp_path: Path) -> None:
    for audience, marking in (("partners", "Not for publication."), ("public", "For publication.")):
        file = tmp_path / f"{audience}.pptx"
        assert pbp("report", "northam", "-o", str(file), "--for", audience, at=RIVERSIDE).code == 0
        for number, slide in enumerate(slides_of(file.read_bytes()), 1):
            banner, *_, footer, shown = [one for one in slide.shapes if one.shape_id != slide.shapes.title.shape_id]
            assert banner.text_frame.text.startswith("ILLUSTRATIVE: a made-up example")
            assert footer.text_frame.text.startswith(marking)
            assert shown._element.find(f".//{MAIN}fld").get("type") == "slidenum"
            assert shown._element.find(f".//{MAIN}t").text == str(number)


def private_paper(audience: str) -> Paper:
    """Return a paper that knows what is not for the public, in each place where it could come out."""
    action = ({"action": "Do it", "owner": "SECRET-OWNER", "due": "2025-03-01"},)
    said_of_all = {
        "rationale": "SECRET-REASON",
        "dissent": "SECRET-DISSENT",
        "views": {"maturing": "7", "emerging": "31"},
    }
    files = [
        said(one, date=f"202{at}-01-17", actions=action, **said_of_all) for at, one in enumerate(("tt", "me", "de"))
    ]
    return paper(
        files[2],
        files[1],
        audience=audience,  # type: ignore[arg-type]
        history=history(files),
        since=LAST_TIME,
        day=datetime.date(2025, 6, 1),
    )


def test_the_public_gets_no_reasons_dissent_owners_or_views_in_any_part() -> None:
    secrets = ("SECRET-REASON", "SECRET-OWNER", "SECRET-DISSENT", "38 people", "31 Emerging")
    with zipfile.ZipFile(io.BytesIO(deck(private_paper("public")))) as package:
        everything = "\n".join(package.read(name).decode() for name in package.namelist())
    assert not [secret for secret in secrets if secret in everything]
    assert "This version is for the public. It leaves out the reasons" in everything
    assert "Theme 1: Maturing to Developing" in everything and "Do it" in everything
    with zipfile.ZipFile(io.BytesIO(deck(private_paper("partners")))) as package:
        everything = "\n".join(package.read(name).decode() for name in package.namelist())
    assert "SECRET-REASON" in everything and "SECRET-OWNER" in everything


def test_of_forty_slips_each_is_named_if_not_in_full() -> None:
    shown = said_on(slides_of(deck(CASES["forty slips"]()))[1])
    assert not [at for at in range(1, 41) if f"Number {at}: The" not in shown]


@pytest.mark.parametrize("name", ["only slips", "too much", "forty assessments", "long reasons", "twenty long names"])
def test_no_slip_is_ever_left_out(name: str) -> None:
    made = CASES[name]()
    slips = [one.name for one in made.progress[0].down]
    assert slips
    shown = said_on(slides_of(deck(made))[1])
    assert not [slip for slip in slips if slip not in shown]


def test_reasons_that_do_not_fit_say_where_they_are_and_are_in_the_notes() -> None:
    _, changes, _ = slides_of(deck(CASES["long reasons"]()))
    assert "The reasons as they are recorded are in the full report." in said_on(changes)
    assert (REASON * 12).strip() in changes.notes_slide.notes_text_frame.text
    _, changes, _ = slides_of(deck(CASES["too much"]()))
    assert "The reasons are in the full report." in said_on(changes)


def test_rows_that_do_not_fit_are_counted() -> None:
    stages, _, following = slides_of(deck(CASES["too much"]()))
    (actions,) = [shape.table for shape in following.shapes if shape.has_table]
    left_out = 160 - (len(actions.rows) - 1)
    assert f"and {left_out} more actions in the full report" in said_on(following)
    tables = [shape.table for shape in stages.shapes if shape.has_table]
    assert [len(table.columns) for table in tables] == [3, 3]
    assert sum(len(table.rows) - 1 for table in tables) == 21, "twenty themes fit, in two tables"
    stages, _, _ = slides_of(deck(CASES["forty themes"]()))
    shown = sum(len(shape.table.rows) - 1 for shape in stages.shapes if shape.has_table)
    assert f"and {41 - shown} more themes in the full report" in said_on(stages)


def test_overdue_actions_come_first_and_say_so() -> None:
    actions = (
        {"action": "Later", "due": "2025-09-30"},
        {"action": "Late", "due": "2025-03-31"},
        {"action": "Some day"},
    )
    made = paper(said("d", actions=actions), day=datetime.date(2025, 6, 1))
    (table,) = [shape for shape in slides_of(deck(made))[2].shapes if shape.has_table]
    assert texts_of(table) == [
        *("Next action", "Due"),
        *("Late", "31 March 2025 (overdue)"),
        *("Later", "30 September 2025"),
        *("Some day", "No date"),
    ]


def test_targets_still_to_be_reached_are_said_with_those_past_first() -> None:
    soon = {"target": {"stage": "maturing", "by": "2026-01"}}
    past = {"target": {"stage": "developing", "by": "2024-12"}}
    now = filed("eeed", date="2025-01-15", said={"t1": soon, "t2": soon})
    before = filed("eeee", said={"t2": past, "t3": past, "t4": past})
    shown = said_on(slides_of(deck(paper(now, before, day=datetime.date(2025, 6, 1))))[2])
    assert (
        "Targets: 1 reached, 3 still to be reached\n"
        "Theme 3: Developing by December 2024 (now Emerging, and the date is past)\n"
        "Theme 1: Maturing by January 2026\n"
        "Theme 2: Maturing by January 2026\n"
    ) in shown
    reached = paper(filed("dd", date="2025-01-15", said={"t1": past}))
    shown = said_on(slides_of(deck(reached))[2])
    assert "Targets\n1 reached, none still to be reached.\n" in shown
    assert shown.count("still to be reached") == 1


def test_of_a_published_summary_it_is_said_that_actions_and_targets_were_not_published() -> None:
    _, changes, following = slides_of(deck(CASES["stated"]()))
    assert "Actions and targets\nThey were not published.\n" in said_on(following)
    aloud = following.notes_slide.notes_text_frame.text
    assert aloud.startswith("Actions and targets were not published.\n")
    assert "No action is recorded" not in said_on(following) + aloud
    assert said_on(changes).count("theme") == 1, "that no theme's stage was published is said once"
    _, _, following = slides_of(deck(CASES["first"]()))
    assert "Actions\nNo action is recorded.\n" in said_on(following)


def test_a_readiness_test_keeps_its_closing_sentence_whatever_else_there_is() -> None:
    conditions = tuple(ConditionView("Not met", f"Condition {at} " * 20, REASON, ()) for at in range(20))
    tested = ReadinessTestView("x", "Ours", "Not met", "", "The thresholds are examples. " * 40, conditions)
    readiness = ReadinessView("", (), "", (), (tested,), CLOSING)
    asks = tuple(f"agree, as number {at}, that {REASON * 3}" for at in range(12))
    made = paper(said("d"), readiness=readiness, asks=asks, day=datetime.date(2025, 6, 1))
    _, _, following = slides_of(deck(made))
    assert CLOSING in said_on(following)
    assert "Not met. Conditions: Not met 20." in said_on(following)


def test_the_last_line_says_what_the_slides_were_made_of() -> None:
    made = CASES["nothing moved"]()
    *_, last = slides_of(deck(made))
    line = "Made by pbp 0.0 from a.yaml, m.yaml; matrix small@1; rule for the overall stage: median"
    assert [shape.text_frame.text for shape in last.shapes if shape.name == "Last line"] == [
        f"{line}; hashes in the notes."
    ]
    assert f"a.yaml (SHA-256 {'0' * 64})" in last.notes_slide.notes_text_frame.text


def test_the_same_paper_makes_the_same_bytes_with_nothing_of_today_or_anybody_in_them() -> None:
    data = deck(CASES["first"]())
    assert data == deck(CASES["first"]())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2020, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if not name.endswith((".xml", ".rels"))]
        assert "Calibri" not in "".join(package.read(name).decode() for name in package.namelist())
    about = Presentation(io.BytesIO(data)).core_properties
    assert (about.author, about.last_modified_by) == ("", "")
    assert about.title == "Northam: maturity self-assessment, 17 January 2024"
    assert about.subject == "Maturity self-assessment of Northam, 17 January 2024. Not for publication."
    assert about.language == "en-GB"
    assert {str(day) for day in (about.created, about.modified)} == {"2024-01-17 00:00:00"}
    assert about.last_printed is None


def test_the_file_says_it_was_made_on_the_last_day_of_the_assessment_however_long_ago() -> None:
    for date, day in (("2024-02", "2024-02-29"), ("1979-12-31", "1979-12-31"), ("0001-01", "0001-01-31")):
        about = Presentation(io.BytesIO(deck(paper(said("d", date=date))))).core_properties
        assert {str(one) for one in (about.created, about.modified)} == {f"{day} 00:00:00"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_text(workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path, text: str) -> None:
    root = workspace(hostile_workspace(text))
    outcome = pbp("report", "northam", "-o", str(tmp_path / "slides.pptx"), at=root)
    assert outcome.code == 0, outcome.err
    data = (tmp_path / "slides.pptx").read_bytes()
    assert parts_of(data)
    everything = "".join(said_on(slide) + slide.notes_slide.notes_text_frame.text for slide in slides_of(data))
    assert "".join(visible(text).split()) in "".join(everything.split())
    assert "_x00" not in everything, "what python-pptx makes of characters that it cannot write"


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\ufffe", "\x0b", "\U0001fffe"])
def test_what_xml_cannot_hold_never_breaks_the_file(text: str) -> None:
    matrix = small_matrix(2, themes=({"id": "t1", "name": f"a{text}b"}, {"id": "t2", "name": "c"}))
    made = paper(said("ed", matrix, rationale=text or "-"), filed("de", matrix=matrix), place=f"N{text}m")
    data = deck(made)
    assert parts_of(data)
    assert visible(f"a{text}b") in said_on(slides_of(data)[0])


def test_without_python_pptx_the_command_that_installs_it_is_named(
    pbp: Pbp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    outcome = pbp("report", "northam", "-o", str(tmp_path / "slides.pptx"), at=RIVERSIDE)
    assert outcome.code == 2
    assert outcome.err.startswith("pbp: Slides need a part of pbp that is not installed\n")
    assert 'pip install "pbpmaturity[slides]"' in outcome.err
    assert not (tmp_path / "slides.pptx").exists()


def test_slides_that_are_there_already_are_replaced_only_by_force(pbp: Pbp, tmp_path: Path) -> None:
    file = tmp_path / "slides.pptx"
    file.write_bytes(b"edited by somebody")
    outcome = pbp("report", "northam", "-o", str(file), at=RIVERSIDE)
    assert (outcome.code, file.read_bytes()) == (2, b"edited by somebody")
    assert "is there already, and somebody may have edited it" in outcome.err and "--force" in outcome.err
    assert pbp("report", "northam", "-o", str(file), "--force", at=RIVERSIDE).code == 0
    assert len(slides_of(file.read_bytes())) == 3


@pytest.mark.parametrize(
    "arguments", [["--cut", "slides"], ["--cut", "slides", "-o", "x.html"], ["--cut", "page", "-o", "x.pptx"]]
)
def test_slides_go_into_a_pptx_file_only(pbp: Pbp, arguments: list[str]) -> None:
    outcome = pbp("report", "northam", *arguments, at=RIVERSIDE)
    assert (outcome.code, outcome.out) == (2, "")
    assert "-o slides.pptx" in outcome.err or "-o paper.pptx" in outcome.err


def test_where_no_earlier_one_can_be_compared_the_slide_says_why() -> None:
    _, changes, _ = slides_of(deck(paper(said("d"), notes=("Not compared with the one before: another matrix.",))))
    assert "Not compared with the one before: another matrix." in said_on(changes)
    _, changes, _ = slides_of(deck(paper(said("d"))))
    assert "There is no earlier assessment to compare with." in said_on(changes)


def test_themes_with_long_names_keep_their_whole_names() -> None:
    stages, _, _ = slides_of(deck(CASES["twenty long names"]()))
    shown = said_on(stages)
    assert not [theme["name"] for theme in LONG_NAMES["themes"] if str(theme["name"]) not in shown]  # type: ignore[index]
