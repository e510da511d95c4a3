"""Findings on a terminal: each with the line of its file, and a caret below the place."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.rules import INDIVIDUAL_VIEW, SMALL_TALLY, UNSEEN_CELL
from pbpmaturity.diagnostics.text import place_of
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.report.screen import Screen

SEVERITY_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
_WIDEST = 140
# Of these the line itself says what somebody thinks.
_WITHHELD = (SMALL_TALLY, INDIVIDUAL_VIEW, UNSEEN_CELL)


def findings_text(outcome: Outcome, lines: Mapping[str, Sequence[str]], *, width: int, colour: bool) -> str:
    """Return the findings, a paragraph each, and a last line that sums up; `lines` are those of the files by path."""
    screen = Screen(width, colour, 0, widest=_WIDEST)
    for diagnostic in outcome.diagnostics:
        screen.print(_head(diagnostic))
        of_file = lines.get(diagnostic.path, ())
        if diagnostic.line <= len(of_file) and diagnostic.rule not in _WITHHELD:
            line = of_file[diagnostic.line - 1].rstrip("\r")
            screen.print(_excerpt(diagnostic, line, screen.width))
        screen.print(Text())
    screen.print(Text(one_line(outcome.sentence()), style="bold"))
    return screen.text()


def _head(diagnostic: Diagnostic) -> Text:
    rule = diagnostic.rule
    return Text.assemble(
        (f"{place_of(diagnostic)}: ", "bold"),
        (f"{rule.severity} {rule.code}", SEVERITY_STYLES[rule.severity]),
        f" {one_line(diagnostic.message)}",
    )


def _excerpt(diagnostic: Diagnostic, line: str, width: int) -> Text:
    """Return the line, as much of it as fits around the place, with its number, and the caret below."""
    number = f"{diagnostic.line:>5} | "
    room = width - len(number) - 1
    before, after = one_line(line[: diagnostic.column - 1]), one_line(line[diagnostic.column - 1 :][:room])
    if cell_len(before) > room * 2 // 3:
        before = f"…{_last_cells(before, room // 3)}"
    shown = before + after
    if cell_len(shown) > room:
        shown = set_cell_size(shown, room - 1) + "…"
    caret = " " * cell_len(before)
    return Text.assemble(
        (number, "dim"), shown, "\n", (f"{'':>5} | ", "dim"), caret, ("^", SEVERITY_STYLES[diagnostic.rule.severity])
    )


def _last_cells(text: str, cells: int) -> str:
    """Return the end of a text that is so many cells wide or a little less."""
    end = text[-cells:]
    while cell_len(end) > cells:
        end = end[1:]
    return end
