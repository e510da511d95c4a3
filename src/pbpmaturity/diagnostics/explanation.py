"""What the page of rules says of one rule."""

import re
from dataclasses import dataclass

from pbpmaturity.diagnostics.rules import Rule

_SECTION = re.compile(r"^## (PBP[0-9]{3})\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_PART = re.compile(r"^\*\*([A-Z][a-z ]+)\.\*\*[ \n](.*?)(?=^\*\*[A-Z][a-z ]+\.\*\*|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule's section as Markdown, without its heading, and each of its parts."""

    text: str
    what: str
    why: str
    example: str
    how: str


def explanation_of(rule: Rule, page: str) -> Explanation:
    """Return what docs/rules.md says of a rule; KeyError if it says nothing."""
    section = dict(_SECTION.findall(page))[rule.code]
    parts = {name: text.strip() for name, text in _PART.findall(section)}
    body = section[section.index("**What.**") :].strip()
    return Explanation(body, parts["What"], parts["Why"], parts["Example"], parts["How to mend it"])
