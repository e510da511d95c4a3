"""Diagnostics as a code quality report, which GitLab shows in a merge request.

The form is that of GitLab's page "Code Quality", section "Code Quality report format".
"""

import hashlib
import json
from collections import Counter

from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.visible import one_line

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def as_gitlab(outcome: Outcome) -> str:
    """Return the report; a finding keeps its fingerprint when lines are added above it."""
    seen: Counter[str] = Counter()
    entries = []
    for diagnostic in outcome.in_repository().diagnostics:
        identity = one_line(diagnostic.identity)
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
