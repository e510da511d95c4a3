"""Diagnostics as JSON, for other programs."""

import json

from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.visible import visible_json


def as_json(outcome: Outcome) -> str:
    """Return the document `pbp.validate/1` of docs/json.md."""
    document = {
        "schema": "pbp.validate/1",
        "files_checked": len(outcome.files),
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
            for diagnostic in outcome.diagnostics
        ],
        "summary": {
            "errors": outcome.count("error"),
            "warnings": outcome.count("warning"),
            "notes": outcome.count("note"),
        },
    }
    return visible_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
