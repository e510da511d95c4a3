"""The step chart's geometry: a small panel a theme, its stage held from one assessment to the next.

Time runs to the right in proportion. Where a theme has no stage the line breaks: nothing is drawn through what is not
known.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pbpmaturity.model.date import PartialDate
from pbpmaturity.report.charts import Label, wrapped
from pbpmaturity.report.grid import GridRow
from pbpmaturity.report.history_view import HistoryView, Stretch

_LANE, _LINE, _AXIS, _BELOW = 18, 17, 22, 16
_LABEL_SPACE = 82
_MANY = 20
_PAGE = 880.0
"""The height that a printed page has room for, beside the heading and the words around the chart."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A stage's height in a panel, with its name."""

    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """An assessment in a panel; `is_stage` is false where the theme has no stage in it."""

    x: float
    y: float
    is_stage: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A theme's history: `path` is the line of its steps, and `drops` are the points that it falls to."""

    name: tuple[Label, ...]
    lanes: tuple[Lane, ...]
    lane_x: float
    start: float
    end: float
    path: str
    drops: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]
    dates: tuple[tuple[str, Label], ...]


@dataclass(frozen=True, slots=True)
class HistoryChart:
    """Everything that history.svg.j2 draws; lengths are SVG units."""

    id: str
    kind: str
    width: int
    height: int
    title: str
    description: str
    radius: float
    panels: tuple[Panel, ...]


def history_charts(history: HistoryView, kind: str) -> tuple[HistoryChart, ...]:
    """Return a chart for each stretch of two assessments or more: wide, for a page, or narrow, for a phone.

    A wide one that would be higher than a printed page comes in parts.
    """
    drawn = [
        (stretch, part, f", part {at} of {len(parts)}" if len(parts) > 1 else "")
        for stretch in history.stretches
        if len(stretch.dates) > 1
        for parts in [_parts(stretch, kind)]
        for at, part in enumerate(parts, 1)
    ]
    return tuple(
        _chart(stretch, part, f"history-{at}", kind, which) for at, (stretch, part, which) in enumerate(drawn, 1)
    )


def _columns(kind: str) -> tuple[int, float]:
    return (2, 360.0) if kind == "wide" else (1, 348.0)


def _parts(stretch: Stretch, kind: str) -> list[list[GridRow]]:
    """Return the rows of a stretch, in parts that a page has room for."""
    columns, _ = _columns(kind)
    rows = [row for row in stretch.grid.rows if not row.is_fact]
    parts: list[list[GridRow]] = [[]]
    y = 0.0
    for start in range(0, len(rows), columns):
        beside = rows[start : start + columns]
        height = _height(beside, stretch)
        if kind == "wide" and parts[-1] and y + height > _PAGE:
            parts, y = [*parts, []], 0.0
        parts[-1] += beside
        y += height
    return parts


def _height(beside: Sequence[GridRow], stretch: Stretch) -> float:
    lines = max(len(_name(row)) for row in beside)
    return lines * _LINE + _lane_count(beside, stretch) * _LANE + _AXIS + _BELOW


def _chart(stretch: Stretch, rows: Sequence[GridRow], name: str, kind: str, which: str) -> HistoryChart:
    columns, panel_width = _columns(kind)
    panels: list[Panel] = []
    y = 0.0
    for start in range(0, len(rows), columns):
        beside = rows[start : start + columns]
        lines = max(len(_name(row)) for row in beside)
        for column, row in enumerate(beside):
            # An overall stage does not slip; only themes do.
            is_theme = row is not stretch.grid.rows[0]
            panel = _panel(row, stretch, (column * (panel_width + 24), y), panel_width, lines)
            panels.append(panel if is_theme else replace(panel, drops=()))
        y += _height(beside, stretch)
    heads = stretch.grid.heads
    return HistoryChart(
        id=f"{name}-{kind}",
        kind=kind,
        width=int(columns * panel_width + (columns - 1) * 24),
        height=int(y),
        title=f"Stages from {heads[0]} to {heads[-1]}, a panel a theme{which}",
        description=" ".join(_said(row, heads) for row in rows),
        radius=3.0 if len(heads) > _MANY else 4.5,
        panels=tuple(panels),
    )


def _panel(row: GridRow, stretch: Stretch, corner: tuple[float, float], width: float, lines: int) -> Panel:
    left, top = corner
    names = [*reversed(stretch.stages), *(["No stage"] if _has_gaps(row) else [])]
    label_width = min(136.0, 7.1 * max(len(name) for name in [*names, "No stage"]) + 10)
    longest = int(label_width / 6.9)
    first = top + lines * _LINE + _LANE / 2
    lanes = tuple(Lane(first + at * _LANE, wrapped(name, longest)[0]) for at, name in enumerate(names))
    start, end = round(left + label_width + 8, 1), round(left + width - 8, 1)
    xs = _places(stretch.dates, start, end)
    last = len(stretch.stages) - 1
    marks = tuple(
        Mark(x, lanes[last - cell.position if cell.position is not None else -1].y, cell.position is not None)
        for x, cell in zip(xs, row.cells, strict=True)
    )
    name = tuple(Label(left, top + 13 + at * _LINE, line) for at, line in enumerate(_name(row)))
    steps = [(one, two) for one, two in pairwise(marks) if one.is_stage and two.is_stage]
    return Panel(
        name=name,
        lanes=lanes,
        lane_x=left,
        start=start,
        end=end,
        path="".join(f"M{one.x:g} {one.y:g}H{two.x:g}V{two.y:g}" for one, two in steps),
        drops=tuple((two.x, two.y) for one, two in steps if two.y > one.y),
        marks=marks,
        dates=_dates(stretch.grid.heads, xs, lanes[-1].y + _LANE + 4),
    )


def _name(row: GridRow) -> list[str]:
    return wrapped(row.name, 46)


def _has_gaps(row: GridRow) -> bool:
    return any(cell.position is None for cell in row.cells)


def _lane_count(rows: Sequence[GridRow], stretch: Stretch) -> int:
    return len(stretch.stages) + any(_has_gaps(row) for row in rows)


def _places(dates: Sequence[PartialDate], start: float, end: float) -> list[float]:
    """Return where dates stand between two points, in proportion to time."""
    days = [datetime.date(date.year, date.month, date.day or 1).toordinal() for date in dates]
    span = max(1, days[-1] - days[0])
    return [round(start + (day - days[0]) / span * (end - start), 1) for day in days]


def _dates(heads: Sequence[str], xs: Sequence[float], y: float) -> tuple[tuple[str, Label], ...]:
    """Return the first date, the last one, and those between for which there is room; each with its anchor."""
    if xs[0] == xs[-1]:
        return (("start", Label(xs[0], y, f"{heads[0]}, {heads[-1]}")),)
    shown = [("start", Label(xs[0], y, heads[0]))]
    edge = xs[0] + _LABEL_SPACE
    for x, head in zip(xs[1:-1], heads[1:-1], strict=True):
        if x - _LABEL_SPACE / 2 >= edge and x + _LABEL_SPACE / 2 <= xs[-1] - _LABEL_SPACE:
            shown.append(("middle", Label(x, y, head)))
            edge = x + _LABEL_SPACE / 2
    return (*shown, ("end", Label(xs[-1], y, heads[-1])))


def _said(row: GridRow, heads: Sequence[str]) -> str:
    return f"{row.name}: {'; '.join(f'{head} {cell.words}' for head, cell in zip(heads, row.cells, strict=True))}."
