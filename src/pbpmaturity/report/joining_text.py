"""What two files of one assessment say differently, set beside each other."""

from collections.abc import Mapping, Sequence
from typing import Any

from pbpmaturity.analysis.merging import Difference
from pbpmaturity.diagnostics.visible import one_line, visible
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.report.screen import Screen

_NAMES = {
    "dissent": "What some held instead",
    "criteria": "Criterion",
    "evidence": "Evidence",
    "target": "Target",
    "actions": "Action",
    "participants": "Who took part",
    "summary": "Summary",
    "method": "How it was judged",
    "agreed": "Who agreed it",
    "reviewed": "Review",
    "provenance": "What kind of record it is",
}


def part_name(part: str, matrix: Matrix) -> str:
    """Return what people call a part of an assessment: a theme's name, or that of what is said of the whole."""
    theme = matrix.theme(part)
    return one_line(theme.name) if theme else _NAMES.get(part, part)


def both_text(part: str, differences: Sequence[Difference], matrix: Matrix, *, width: int, colour: bool) -> str:
    """Return what both files say of a part."""
    screen = Screen(width, colour, len(matrix.stages))
    lines = []
    for one in differences:
        name = _name(one.route)
        lines += [f"{name}, mine: {_shown(one.mine, matrix)}", f"{name}, theirs: {_shown(one.theirs, matrix)}"]
    screen.listed(part_name(part, matrix), lines)
    return screen.text()


def _name(route: tuple[str, ...]) -> str:
    if not route:
        return "Stage and why"
    first, *rest = route
    words = [_NAMES.get(first, first), *([f'"{one_line(rest[0])}"'] if rest else []), *rest[1:]]
    return " ".join(words)


def _shown(value: Any, matrix: Matrix) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {_shown(_named(key, one, matrix), matrix)}" for key, one in value.items())
    if isinstance(value, tuple):
        return " / ".join(_shown(one, matrix) for one in value)
    return one_line(visible(str(value)))


def _named(key: str, value: Any, matrix: Matrix) -> Any:
    return matrix.name_of(value) if key == "stage" else value
