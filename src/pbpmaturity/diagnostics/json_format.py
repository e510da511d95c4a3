"""Diagnostics as JSON, for other programs."""

import json
from collections.abc import Sequence

from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.diagnostics.summary import Summary
from pbpmaturity.diagnostics.visible import visible_json


def as_json(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
    """Return the document `pbp.validate/1` of docs/json.md."""
    document = {
        "schema": "pbp.validate/1",
        "files_checked": summary.files_checked,
        "diagnostics": [
            {
                "code": diagnostic.rule.code,
                "severity": diagnostic.rule.severity,
                "path": diagnostic.path,
                "line": diagnostic.line,
                "column": diagnostic.column,
                "message": diagnostic.message,
                "url": diagnostic.rule.url,
            }
            for diagnostic in diagnostics
        ],
        "summary": {"errors": summary.errors, "warnings": summary.warnings, "notes": summary.notes},
    }
    return visible_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
