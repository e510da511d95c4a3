"""The catalogue of rules, and one of them explained, on a terminal."""

import re
from collections.abc import Sequence

from rich.markdown import Markdown
from rich.text import Text

from pbpmaturity.diagnostics.explanation import Explanation
from pbpmaturity.diagnostics.rules import Rule
from pbpmaturity.report.findings import SEVERITY_STYLES
from pbpmaturity.report.screen import Screen

# Leads to another part of the page or another page, which a terminal does not have.
_PAGE_LINK = re.compile(r"\[([^\]]+)\]\((?:#|[\w-]+\.md)[^)]*\)")
_GROUPS = {
    "PBP0": "Reading a file",
    "PBP1": "What one file says",
    "PBP2": "A matrix",
    "PBP3": "Files together",
    "PBP4": "What people would regret",
    "PBP5": "Comments that leave a finding out",
}


def catalogue_text(rules: Sequence[tuple[Rule, str]], *, width: int, colour: bool) -> str:
    """Return every rule with its severity and what it says, in groups."""
    screen = Screen(width, colour, 0)
    group = ""
    for rule, says in rules:
        if not rule.code.startswith(group) or not group:
            group = rule.code[:4]
            screen.print(Text())
            screen.print(Text(_GROUPS[group], style="bold"))
        screen.hanging(
            Text.assemble(f"{rule.code} ", (f"{rule.severity:<8}", SEVERITY_STYLES[rule.severity])), Text(says)
        )
    screen.print(Text())
    screen.print(Text("One of them explained: pbp rules PBP104"))
    return screen.text()


def rule_text(rule: Rule, told: Explanation, *, width: int, colour: bool) -> str:
    """Return what a rule is, why, an example, and how to mend what it finds."""
    screen = Screen(width, colour, 0)
    screen.print(
        Text.assemble((f"{rule.code} {rule.name}", "bold"), "  ", (rule.severity, SEVERITY_STYLES[rule.severity]))
    )
    screen.print(Text(rule.summary))
    screen.print(Text())
    for title, part in (
        ("What", told.what),
        ("Why", told.why),
        ("Example", told.example),
        ("How to mend it", told.how),
    ):
        screen.print(Text(title, style="bold"))
        screen.print(Markdown(_PAGE_LINK.sub(r"\1", part), code_theme="ansi_light", hyperlinks=False))
        screen.print(Text())
    return re.sub(r"\n{3,}", "\n\n", screen.text())
