"""Diagnostics as a code quality report, which GitLab shows in a merge request.

The form is that of GitLab's page "Code Quality", section "Code Quality report format".
"""

import hashlib
import json
import re
from collections import Counter

from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.visible import one_line

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}
_POSITION = re.compile(r"\b(line|column) [0-9]+")


def as_gitlab(outcome: Outcome) -> str:
    """Return the report; a finding keeps its fingerprint when lines are added above it."""
    seen: Counter[str] = Counter()
    entries = []
    for diagnostic in outcome.diagnostics:
        identity = _identity(diagnostic)
        seen[identity] += 1
        entries.append(
            {
                "description": f"{diagnostic.rule.code} {one_line(diagnostic.message)}",
                "check_name": f"{diagnostic.rule.code} {diagnostic.rule.name}",
                "fingerprint": hashlib.sha256(f"{identity}\n{seen[identity]}".encode()).hexdigest(),
                "severity": _SEVERITIES[diagnostic.rule.severity],
                "location": {"path": one_line(diagnostic.path), "lines": {"begin": diagnostic.line}},
            }
        )
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _identity(diagnostic: Diagnostic) -> str:
    """Return what makes a finding the same one wherever in its file it stands."""
    return "\n".join(
        [diagnostic.rule.code, one_line(diagnostic.path), _POSITION.sub(r"\1", one_line(diagnostic.message))]
    )
