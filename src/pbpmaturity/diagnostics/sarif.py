"""Diagnostics as SARIF 2.1.0 (OASIS), which code scanning tools read."""

import hashlib
import json
from typing import Any
from urllib.parse import quote

from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.rules import RULES, Rule
from pbpmaturity.diagnostics.visible import one_line

_LEVELS = {"error": "error", "warning": "warning", "note": "note"}
_POSITIONS = {rule.code: position for position, rule in enumerate(RULES)}


def as_sarif(outcome: Outcome) -> str:
    """Return one run: every rule with its help, and the findings with lines and columns from 1."""
    driver: dict[str, Any] = {"name": "pbp", "rules": [_rule(rule) for rule in RULES]}
    if outcome.version:
        driver["version"] = outcome.version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one) for one in outcome.in_repository().diagnostics],
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    where = f"See {rule.url}, or run: pbp rules {rule.code}"
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "help": {"text": f"{rule.summary} {where}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(diagnostic: Diagnostic) -> dict[str, Any]:
    path = one_line(diagnostic.path)
    return {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": _POSITIONS[diagnostic.rule.code],
        "level": _LEVELS[diagnostic.rule.severity],
        "message": {"text": one_line(diagnostic.message)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(path)},
                    "region": {"startLine": diagnostic.line, "startColumn": diagnostic.column},
                }
            }
        ],
        "partialFingerprints": {"pbpFinding/v1": hashlib.sha256(one_line(diagnostic.identity).encode()).hexdigest()},
    }


def _uri(path: str) -> str:
    """Return a path as a URI: relative where it is relative, with forward slashes, other signs encoded."""
    if path[1:3] == ":/":
        return f"file:///{path[:2]}{quote(path[2:])}"
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)
