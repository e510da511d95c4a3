"""Diagnostics as workflow commands, which GitHub shows beside the lines of a change.

The form is that of GitHub's page "Workflow commands for GitHub Actions".
"""

from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.text import as_text
from pbpmaturity.diagnostics.visible import one_line

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def as_github(outcome: Outcome) -> str:
    """Return the text and, after it, a command a finding: GitHub shows only ten of a kind, and the log has all."""
    return as_text(outcome) + github_commands(outcome)


def github_commands(outcome: Outcome) -> str:
    """Return a workflow command for each finding, a line each, in which no text can begin a command of its own."""
    return "".join(f"{_command(one)}\n" for one in outcome.in_repository().diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = {
        "file": diagnostic.path,
        "line": str(diagnostic.line),
        "col": str(diagnostic.column),
        "title": f"{diagnostic.rule.code} {diagnostic.rule.name}",
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.rule.severity]} {told}::{_data(diagnostic.message)}"


def _data(text: str) -> str:
    # one_line leaves no line end, but a path or message is encoded as GitHub asks all the same.
    return one_line(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
