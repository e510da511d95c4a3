"""Diagnostics as lines of text."""

from collections.abc import Sequence

from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.diagnostics.summary import Summary
from pbpmaturity.diagnostics.visible import one_line


def line_of(diagnostic: Diagnostic) -> str:
    """Return `path:line:column: severity CODE message`, which can forge no second line."""
    place = f"{one_line(diagnostic.path)}:{diagnostic.line}:{diagnostic.column}"
    return f"{place}: {diagnostic.rule.severity} {diagnostic.rule.code} {one_line(diagnostic.message)}"


def as_text(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """Return a line a diagnostic and a last line that sums up."""
    lines = [line_of(diagnostic) for diagnostic in diagnostics]
    return "\n".join([*lines, summary.sentence()]) + "\n"
