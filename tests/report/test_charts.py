"""The ladder's geometry and the palette."""

from itertools import pairwise

import pytest
from building import filed, small_matrix

from pbpmaturity.analysis.movement import movement
from pbpmaturity.report.charts import INK, PAPER, contrast, narrow_ladder, stage_colours, wide_ladder
from pbpmaturity.report.view import view_of


@pytest.mark.parametrize("count", range(2, 41))
def test_every_stage_has_text_that_can_be_read_on_it(count: int) -> None:
    colours = stage_colours(count)
    assert len(colours) == count
    for colour in colours:
        assert contrast(colour.background, colour.text) >= 4.5


def test_four_stages_have_the_tried_colours() -> None:
    assert [colour.background for colour in stage_colours(4)] == ["#e4eef8", "#8fbfe8", "#2073bc", "#12436d"]


@pytest.mark.parametrize("count", [2, 3, 4, 5, 7])
def test_colours_go_from_light_to_dark(count: int) -> None:
    lightness = [contrast(colour.background, "#000000") for colour in stage_colours(count)]
    assert all(first > second for first, second in pairwise(lightness))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast(INK, PAPER) > 19


def test_markers_stand_in_their_stages_columns() -> None:
    moved = movement(filed("eedt-x", date="2023-01"), filed("edem-d"))
    ladder = wide_ladder(view_of(moved.after, moved))
    columns = [x for x, _ in ladder.columns]
    places = [(row.then_x, row.now_x) for row in ladder.rows]
    e, d, m, t = columns
    assert places == [(None, e), (e, d), (d, e), (t, m), (None, None), (None, d)]
    assert [row.arrow[2] if row.arrow else 0 for row in ladder.rows] == [0, 1, -1, -1, 0, 0]
    assert "Theme 3: Developing to Emerging, down 1 stage" in ladder.description


@pytest.mark.parametrize("draw", [wide_ladder, narrow_ladder])
@pytest.mark.parametrize(("themes", "stages"), [(1, 2), (20, 7), (10, 4)])
def test_rows_and_labels_stay_inside_the_picture(draw: object, themes: int, stages: int) -> None:
    names = tuple(f"stage-{chr(97 + number)}" for number in range(stages))
    matrix = small_matrix(
        themes,
        stage_ids=names,
        themes=tuple(
            {"id": f"t{number}", "name": f"A theme with a rather long name {number} " * 3} for number in range(themes)
        ),
    )
    ladder = draw(view_of(filed("-" * themes, matrix=matrix)))  # type: ignore[operator]
    assert len(ladder.rows) == themes
    labels = [label for row in ladder.rows for label in (*row.name, *row.change)]
    assert all(0 <= label.y <= ladder.height for label in labels)
    assert all(row.y < later.y for row, later in pairwise(ladder.rows))
    assert max(x for x, _ in ladder.columns) < ladder.width
