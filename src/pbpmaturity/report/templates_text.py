"""The list of templates on a terminal."""

from collections.abc import Sequence

from rich.text import Text

from pbpmaturity.diagnostics.visible import one_line, path_line
from pbpmaturity.report.screen import Screen
from pbpmaturity.report.templates_view import TemplateRow

_NARROW = 60
_STYLES = {"unusable": "bold red", "unused": "yellow"}


def templates_text(rows: Sequence[TemplateRow], *, width: int, colour: bool = False) -> str:
    """Return every template with what it is for; those of the workspace come last, with what is wrong with them."""
    screen = Screen(width, colour, 0)
    shipped = [row for row in rows if row.state == "shipped"]
    own = [row for row in rows if row.state != "shipped"]
    longest = max(len(one_line(row.name)) for row in rows if row.state != "unused" or row in own)
    for heading, listed in (("Shipped", shipped), ("Yours, in templates/", own)):
        if listed:
            screen.print(Text(heading, style="bold"))
        for row in listed:
            _print(screen, row, min(longest, 30))
        if listed:
            screen.print(Text())
    screen.print(Text("To change one, lay it into your workspace: pbp templates copy report.html.j2"))
    return screen.text()


def whose(row: TemplateRow) -> str:
    """Return whose a template is, in words, and what is wrong with it."""
    if row.state == "unusable":
        where = f"templates/{one_line(row.name)}{f':{row.line}' if row.line else ''}"
        return f"yours, cannot be used: {where}: {one_line(row.cause or '')}"
    if row.state == "unused":
        guess = f"; did you mean {row.meant}?" if row.meant else ""
        return f"yours, used by nothing{guess}"
    return {
        "shipped": "shipped",
        "same": "yours, the same as the shipped one",
        "own": "yours, and empty" if row.is_empty else "yours",
    }[row.state]


def _print(screen: Screen, row: TemplateRow, longest: int) -> None:
    lines = [line for line in (_what(row), whose(row) if row.state != "shipped" else "") if line]
    texts = [Text(line) for line in lines]
    if row.state in _STYLES:
        texts[-1].stylize(_STYLES[row.state])
    name = path_line(row.name)
    if screen.width < _NARROW or len(name) > longest:
        screen.print(Text(name))
        for text in texts:
            screen.hanging(Text(" "), text)
        return
    screen.hanging(Text(f"{name:<{longest}} "), Text("\n").join(texts))


def _what(row: TemplateRow) -> str:
    users = f"used by {_and(row.used_by)}" if row.used_by else ""
    return "; ".join(part for part in (row.purpose or "", users) if part)


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
