"""Comments that leave a finding out: `# pbp: ignore PBP114 the criteria are being rewritten`."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.diagnostics.rules import RULES, Needs, Rule
from pbpmaturity.diagnostics.suggest import quoted

_PARTS = re.compile(r"ignore\b[\s:,]*([A-Za-z]*[0-9]*)[\s:,-]*(.*)", re.IGNORECASE)
_CODE = re.compile(r"PBP[0-9]{3}\b", re.IGNORECASE)
_BY_CODE = {rule.code: rule for rule in RULES}
_EXAMPLE = "# pbp: ignore PBP114 the criteria are being rewritten"


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment, where it stands, the line whose finding it is to leave out, and what it says after `pbp:`."""

    path: str
    line: int
    column: int
    target: int
    text: str


def without_ignored(
    found: Iterable[Diagnostic], ignores: Collection[Ignore], tried: Collection[Needs], *, every_rule: bool = True
) -> list[Diagnostic]:
    """Return the findings of files that no comment leaves out, and what is wrong with the comments.

    `tried` are the options given that some rules need. Where not every rule could be tried, as in a file that cannot be
    used, no comment is unused.
    """
    left = list(found)
    if not ignores:
        return left
    unusable = {one.path for one in left if one.rule.unusable}
    for ignore in ignores:
        rule, fault = _understood(ignore)
        if fault or rule is None:
            left.append(Diagnostic(rules.BAD_IGNORE, ignore.path, ignore.line, ignore.column, fault))
            continue
        kept = [one for one in left if (one.path, one.rule, one.line) != (ignore.path, rule, ignore.target)]
        could_be_found = every_rule and ignore.path not in unusable and (rule.needs is None or rule.needs in tried)
        if len(kept) == len(left) and could_be_found:
            message = f"there is no {rule.code} in line {ignore.target} to leave out; delete this comment"
            kept.append(Diagnostic(rules.UNUSED_IGNORE, ignore.path, ignore.line, ignore.column, message))
        left = kept
    return left


def chosen(found: Iterable[Diagnostic], select: Collection[str], ignore: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the findings whose code begins with one of `select` (any, if empty) and none of `ignore`.

    Findings of reading stay whatever is chosen: nothing else was tried on such a file.
    """
    for one in found:
        code = one.rule.code
        is_wanted = not select or code.startswith(tuple(select))
        if one.rule.is_of_reading or (is_wanted and not code.startswith(tuple(ignore) or ("-",))):
            yield one


def _understood(ignore: Ignore) -> tuple[Rule | None, str]:
    """Return the rule that a comment leaves out, or why it leaves out nothing."""
    match = _PARTS.match(ignore.text)
    if not match or not match[1]:
        return None, f"this comment has no effect; name the rule and a reason, as in {_EXAMPLE}"
    code, reason = match[1].upper(), match[2].strip()
    rule = _BY_CODE.get(code)
    if rule is None:
        return None, f"this comment has no effect: {quoted(match[1])} is not a rule; see pbp rules"
    if rule in (rules.SMALL_TALLY, rules.INDIVIDUAL_VIEW, rules.UNSEEN_CELL):
        return None, f"this comment has no effect: {code} is about what people said and cannot be left out; mend it"
    if rule.is_of_reading:
        return (
            None,
            f"this comment has no effect: {code} is about reading the file and cannot be left out; mend what it finds",
        )
    if rule in (rules.UNUSED_IGNORE, rules.BAD_IGNORE):
        return None, f"this comment has no effect: {code} is about such comments; delete the one concerned"
    if not reason:
        return None, f"this comment has no effect without a reason; write it after {code}, as in {_EXAMPLE}"
    if _CODE.match(reason):
        return None, f"this comment has no effect: it names two rules; write a comment for each, as in {_EXAMPLE}"
    return rule, ""
