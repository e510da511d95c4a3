"""Tables of stages, in the colours of their order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pbpmaturity.report.charts import Colour, LadderRow, rows_of, stage_colours
from pbpmaturity.report.grid import blocks
from pbpmaturity.report.history_view import Stretch
from pbpmaturity.report.view import AssessmentView
from pbpmaturity.report.word.tables import Sheet, Words, stage_words

_ON_A_PAGE = 4
"""So many assessments fit beside the names of the themes in 12 points."""


def stage_sheet(view: AssessmentView, width: float) -> Sheet:
    """Return the table of an assessment: overall, then each theme; then, now and the change."""
    colours = stage_colours(len(view.stages))
    overall = LadderRow("Overall", view.overall_then, view.overall_now, view.overall_change)
    rows = rows_of(view) if view.is_stated else (overall, *rows_of(view))
    dates = f"{view.then_date} and {view.now_date}" if view.then_date else view.now_date
    return Sheet(
        caption=f"{'Overall stage' if view.is_stated else 'Stage of each theme'} in {dates}",
        description=f"{view.headline}. A row for the overall stage, then one for each theme; stages are in words.",
        heads=["Theme", view.then_date, view.now_date, "Change"] if view.then_date else ["Theme", view.now_date],
        rows=[_row(row, colours, is_first=row is rows[0]) for row in rows],
        widths=_widths(width, rows, has_then=view.then_date is not None),
    )


def strip_sheet(view: AssessmentView, width: float) -> Sheet:
    """Return the same table without the changes, which then and now tell, for a page that has room for little."""
    sheet = stage_sheet(view, width)
    if view.then_date is None:
        return sheet
    names, *stages, change = sheet.widths
    return replace(
        sheet,
        heads=sheet.heads[:-1],
        rows=[row[:-1] for row in sheet.rows],
        widths=(names + change, *stages),
    )


def history_sheets(stretch: Stretch, width: float) -> Iterator[Sheet]:
    """Yield tables of assessments that can be compared with one another, each as wide as a page has room for."""
    colours = stage_colours(len(stretch.stages))
    for part in blocks(stretch.grid, _ON_A_PAGE):
        dates = f"from {part.heads[0]} to {part.heads[-1]}" if len(part.heads) > 1 else f"in {part.heads[0]}"
        yield Sheet(
            caption=f"Stages {dates}",
            description="A column for each assessment; a row for the overall stage, then one for each theme, in words."
            " The last rows say how each assessment was made.",
            heads=[part.corner, *part.heads],
            rows=[
                [Words(row.name, is_bold=row is part.rows[0]), *(stage_words(cell, colours) for cell in row.cells)]
                for row in part.rows
            ],
            widths=_beside_names(width, len(part.heads)),
        )


def _widths(width: float, rows: Sequence[LadderRow], *, has_then: bool) -> tuple[float, ...]:
    """Return the widths of names, stages and changes, in cm; stages take what their words need, within limits."""
    cells = [cell.words for row in rows for cell in (row.then, row.now) if cell]
    stage = min(3.4, max(2.6, 0.5 + 0.21 * max(len(words) for words in cells)))
    change = 3.1 if has_then else 0
    count = 2 if has_then else 1
    names = width - count * stage - change
    return (names, *[stage] * count, *([change] if has_then else []))


def _beside_names(width: float, count: int) -> tuple[float, ...]:
    """Return the width of the column of names, then of so many columns of stages, in cm."""
    each = min(3.4, (width - 4.3) / count)
    return (width - each * count, *[each] * count)


def _row(row: LadderRow, colours: Sequence[Colour], *, is_first: bool) -> list[Words]:
    then = [stage_words(row.then, colours)] if row.then else []
    change = [Words(row.change)] if row.then and row.change is not None else []
    return [Words(row.name, is_bold=is_first), *then, stage_words(row.now, colours), *change]
