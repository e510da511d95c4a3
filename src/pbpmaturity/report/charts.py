"""The stage ladder's geometry, and the colours of any number of stages.

The profile is ordinal: a row a theme, its stage then and now. There is no radar, since the order of its axes changes
its shape and its area claims distances that stages do not have.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from pbpmaturity.report.theme_view import Cell
from pbpmaturity.report.view import AssessmentView

INK, PAPER = "#0b0c0c", "#ffffff"
_RAMP = ("#e4eef8", "#8fbfe8", "#2073bc", "#12436d")
_LEAST_CONTRAST = 4.5
_MANY = 12


@dataclass(frozen=True, slots=True)
class Colour:
    """A stage's background and the text colour that can be read on it."""

    background: str
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A theme's row: the lines of its name, the change in words, and where the markers stand (None: no marker)."""

    y: float
    name: tuple[Label, ...]
    change: tuple[Label, ...]
    then_x: float | None
    now_x: float | None
    arrow: tuple[float, float, int] | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """Everything that ladder.svg.j2 draws; lengths are SVG units."""

    id: str
    width: int
    height: int
    title: str
    description: str
    columns: tuple[tuple[float, tuple[Label, ...]], ...]
    rows: tuple[Row, ...]
    then_label: Label | None
    now_label: Label
    is_narrow: bool


@dataclass(frozen=True, slots=True)
class LadderRow:
    """What a row shows, before it has a place."""

    name: str
    then: Cell | None
    now: Cell
    change: str | None


def stage_colours(count: int) -> tuple[Colour, ...]:
    """Return a colour for each stage, from light to dark, whose text has a contrast of at least 4.5 to 1."""
    return tuple(_readable(_on_ramp(index / (count - 1) if count > 1 else 0.0)) for index in range(count))


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2.2 defines it, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rows_of(view: AssessmentView) -> tuple[LadderRow, ...]:
    """Return the rows of an assessment's ladder; a published summary has only its overall stage."""
    if view.is_stated:
        return (LadderRow("Overall, as published", view.overall_then, view.overall_now, view.overall_change),)
    return tuple(LadderRow(theme.name, theme.then, theme.now, theme.change) for theme in view.themes)


def wide_ladder(view: AssessmentView) -> Ladder:
    """Return the ladder for a page or a screen: names at the left, a column a stage, the change at the right."""
    gaps = max(1, len(view.stages) - 1)
    spacing = max(306 / gaps, min(92.0, 820 / gaps))
    start = 300.0
    xs = [start + index * spacing for index in range(len(view.stages))]
    headings = [wrapped(name, int((spacing - 4) / 7.6)) for name in view.stages]
    top = 12.0 + 17 * max(len(lines) for lines in headings)
    columns = tuple((x, _stack(x, 22, lines)) for x, lines in zip(xs, headings, strict=True))
    rows, y = [], top + 14
    shown = rows_of(view)
    for row in shown:
        # Of many themes the names are cut to two lines, for the ladder to fit a printed page; the table has them whole.
        lines = wrapped(row.name, 33, 2 if len(shown) > _MANY else 6)
        change = wrapped(row.change or (row.now.words if row.now.position is None else ""), 15)
        height = 14 + 17 * max(len(lines), len(change))
        middle = y + height / 2
        name = _stack(0, middle + 5 - 8.5 * (len(lines) - 1), lines)
        said = _stack(xs[-1] + 45, middle + 5 - 8.5 * (len(change) - 1), change)
        rows.append(_row(row, middle, name, said, xs))
        y += height
    return _ladder(view, "wide", int(xs[-1] + 165), int(y + 40), columns, rows)


def narrow_ladder(view: AssessmentView) -> Ladder:
    """Return the ladder for a phone: each row's words above its steps."""
    spacing = 300 / max(1, len(view.stages) - 1)
    xs = [24 + index * spacing for index in range(len(view.stages))]
    rows, y = [], 8.0
    for row in rows_of(view):
        lines = wrapped(row.name, 44)
        said = wrapped(_said(row), 48)
        name = _stack(0, y + 16, lines)
        change = _stack(0, y + 16 + 17 * len(lines), said)
        rows.append(_row(row, y + 20 + 17 * (len(lines) + len(said)), name, change, xs))
        y += 48 + 17 * (len(lines) + len(said))
    return _ladder(view, "narrow", 348, int(y + 36), tuple((x, ()) for x in xs), rows)


def _ladder(
    view: AssessmentView,
    kind: str,
    width: int,
    height: int,
    columns: tuple[tuple[float, tuple[Label, ...]], ...],
    rows: list[Row],
) -> Ladder:
    dates = f"in {view.then_date} and {view.now_date}" if view.then_date else f"in {view.now_date}"
    subject = "overall stage" if view.is_stated else "stage of each theme"
    now_x = 24.0 if view.then_date is None else 154.0
    return Ladder(
        id=f"ladder-{kind}",
        width=width,
        height=height,
        title=f"{view.place}: {subject} {dates}",
        description="; ".join(f"{row.name}: {_said(row)}" for row in rows_of(view)) + ".",
        columns=columns,
        rows=tuple(rows),
        then_label=Label(24, height - 8, view.then_date) if view.then_date else None,
        now_label=Label(now_x, height - 8, view.now_date),
        is_narrow=kind == "narrow",
    )


def _row(row: LadderRow, y: float, name: tuple[Label, ...], change: tuple[Label, ...], xs: Sequence[float]) -> Row:
    then_x = xs[row.then.position] if row.then and row.then.position is not None else None
    now_x = xs[row.now.position] if row.now.position is not None else None
    arrow = None
    if then_x is not None and now_x is not None and then_x != now_x:
        sign = 1 if now_x > then_x else -1
        arrow = (then_x + 9 * sign, now_x - 9 * sign, sign)
    # A stage kept is one filled marker; the hollow one would only hide behind it.
    return Row(y, name, change, None if then_x == now_x else then_x, now_x, arrow)


def _said(row: LadderRow) -> str:
    if row.then is None:
        return row.now.words
    if row.then.words == row.now.words:
        return f"{row.now.words}, {(row.change or '').lower()}" if row.now.position is not None else row.now.words
    return f"{row.then.words} to {row.now.words}, {(row.change or '').lower()}"


def _stack(x: float, y: float, lines: Sequence[str]) -> tuple[Label, ...]:
    return tuple(Label(x, y + 17 * index, line) for index, line in enumerate(lines))


def wrapped(text: str, width: int, lines: int = 6) -> list[str]:
    """Return a text in at most so many lines of so many characters."""
    return textwrap.wrap(text, width, max_lines=lines, placeholder=" …") or [""]


def _on_ramp(place: float) -> tuple[float, float, float]:
    scaled = place * (len(_RAMP) - 1)
    index = min(int(scaled), len(_RAMP) - 2)
    low, high = _parts(_RAMP[index]), _parts(_RAMP[index + 1])
    share = scaled - index
    return tuple(a + (b - a) * share for a, b in zip(low, high, strict=True))  # type: ignore[return-value]


def _readable(parts: tuple[float, float, float]) -> Colour:
    """Return the colour with readable text, darkened a little where neither ink nor paper can be read on it."""
    while True:
        background = "#" + "".join(f"{round(part):02x}" for part in parts)
        best = max((INK, PAPER), key=lambda text: contrast(background, text))
        if contrast(background, best) >= _LEAST_CONTRAST:
            return Colour(background, best)
        parts = (parts[0] * 0.98, parts[1] * 0.98, parts[2] * 0.98)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    channels = [part / 255 for part in _parts(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
