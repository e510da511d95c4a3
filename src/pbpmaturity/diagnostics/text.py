"""Diagnostics as lines of text."""

from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.visible import one_line, path_line


def line_of(diagnostic: Diagnostic) -> str:
    """Return `path:line:column: severity CODE message`, which can forge no second line."""
    return f"{place_of(diagnostic)}: {diagnostic.rule.severity} {diagnostic.rule.code} {one_line(diagnostic.message)}"


def place_of(diagnostic: Diagnostic) -> str:
    """Return `path:line:column` as a line of its own holds it."""
    return f"{path_line(diagnostic.path)}:{diagnostic.line}:{diagnostic.column}"


def as_text(outcome: Outcome) -> str:
    """Return a line a diagnostic and a last line that sums up."""
    return "\n".join([*map(line_of, outcome.diagnostics), outcome.sentence()]) + "\n"
