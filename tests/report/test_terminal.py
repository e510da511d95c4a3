"""What a terminal shows, at several widths, with and without colour."""

import re

import pytest
from building import RIVERSIDE, ROOT, Snapshot, filed, small_matrix
from rich.cells import cell_len

from pbpmaturity.analysis.movement import movement
from pbpmaturity.cli.opening import Chosen, choose
from pbpmaturity.report.matrix_view import view_of_matrix
from pbpmaturity.report.terminal import diff_text, matrix_text, show_text, theme_text
from pbpmaturity.report.view import AssessmentView, view_of


def northam(selector: str = "northam") -> AssessmentView:
    chosen: Chosen = choose(selector, RIVERSIDE)
    after = chosen.shelf.take(chosen.date_or("latest"))
    before = chosen.shelf.agreed_before(after.assessment.date.text)
    return view_of(after, movement(chosen.shelf.take(before), after) if before else None)


@pytest.mark.parametrize("width", [80, 40, 110])
def test_whole_screens(expect_whole: Snapshot, width: int) -> None:
    expect_whole(f"show-northam-{width}.txt", show_text(northam(), width=width))
    expect_whole(f"diff-northam-{width}.txt", diff_text(northam(), None, width=width))


@pytest.mark.parametrize("selector", ["southbridge@2025", "westmere@first", "southbridge"])
def test_drafts_partial_and_not_applicable(expect_whole: Snapshot, selector: str) -> None:
    expect_whole(f"show-{selector.replace('@', '-')}.txt", show_text(northam(selector)))


@pytest.mark.parametrize("width", [20, 24, 40, 60, 80, 132])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    view = northam()
    matrix = view_of_matrix(choose("northam", RIVERSIDE).portfolio.matrices["pbp@2023.1"])
    screens = (
        show_text(view, width=width),
        diff_text(view, None, width=width),
        matrix_text(matrix, width=width),
        theme_text(matrix, matrix.themes[0], width=width),
    )
    for screen in screens:
        assert max(cell_len(line) for line in screen.splitlines()) <= width


def test_colour_adds_nothing_but_colour() -> None:
    view = northam()
    coloured = show_text(view, colour=True)
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == show_text(view).splitlines()


def test_each_theme_stands_under_its_stage() -> None:
    lines = show_text(northam()).splitlines()
    heads = next(line for line in lines if line.startswith("Theme "))
    row = next(line for line in lines if line.startswith("Shared data"))
    assert heads.index("Emerging") == row.index("Emerging")


def test_stage_names_too_long_for_columns_are_listed_instead() -> None:
    names = [{"id": f"s{number}", "name": f"Stage with a very long name {number}"} for number in range(7)]
    matrix = small_matrix(2, stages=tuple(names))
    one = filed("--", matrix=matrix)
    screen = show_text(view_of(one))
    assert "Theme 1: Not assessed" in screen


def test_a_matrix_with_wide_characters_lines_up() -> None:
    names = ({"id": "emerging", "name": "始まり"}, {"id": "developing", "name": "成熟"})
    one = filed("d", matrix=small_matrix(1, stages=names))
    heads, row = [line for line in show_text(view_of(one)).splitlines() if line.startswith("Theme ")]
    assert cell_len(heads[: heads.index("成熟")]) == cell_len(row[: row.index("成熟")])


def test_the_matrix_in_short_and_one_theme(expect_whole: Snapshot) -> None:
    matrix = view_of_matrix(choose("oxfordshire", ROOT).portfolio.matrices["pbp@2023.1"])
    expect_whole("matrix.txt", matrix_text(matrix))
    expect_whole("matrix-shared-data.txt", theme_text(matrix, matrix.themes[9]))
