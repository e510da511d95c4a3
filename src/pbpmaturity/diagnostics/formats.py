"""The formats in which findings can be had."""

from collections.abc import Callable

from pbpmaturity.diagnostics.github import as_github
from pbpmaturity.diagnostics.gitlab import as_gitlab
from pbpmaturity.diagnostics.json_format import as_json
from pbpmaturity.diagnostics.junit import as_junit
from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.sarif import as_sarif
from pbpmaturity.diagnostics.text import as_text

FORMATS: dict[str, Callable[[Outcome], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
    "junit": as_junit,
}
