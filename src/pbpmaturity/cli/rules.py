"""pbp rules: the catalogue of rules, or one of them explained."""

import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import typer

from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.diagnostics.explanation import explanation_of
from pbpmaturity.diagnostics.rules import RULES, Rule
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.workspace.shipped import shipped_rules


def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="A rule's code, such as PBP104, its beginning, or its name.")
    ] = None,
    format_: Annotated[
        Literal["text", "json", "markdown"], typer.Option("--format", help="How to print the result.")
    ] = "text",
) -> None:
    """List the rules of pbp validate, or explain one.

    \b
    Examples:
      pbp rules
      pbp rules PBP3
      pbp rules PBP104
      pbp rules unknown-stage --format markdown

    Exit codes: 0 fine; 2 wrong usage, such as a rule that there is not; 3 a bug; 130 interrupted.
    """
    group = [rule for rule in RULES if rule.code.startswith((code or "").strip().upper())]
    if code is None or (len(group) > 1 and len(code.strip()) == len("PBP1")):
        emit(_catalogue(group, format_))
    else:
        emit(_explained(_known(code), format_))


def _known(code: str) -> Rule:
    """Return the rule of a code or a name."""
    wanted = code.strip().lower()
    for rule in RULES:
        if wanted in (rule.code.lower(), rule.name):
            return rule
    choices = [name for rule in RULES for name in (rule.code, rule.name)]
    near = guess_or_list(code, choices, most=0) if len(code) > 2 else ""
    hint = near if near.startswith("did you mean") else "see: pbp rules"
    raise UsageError(f"there is no rule {quoted(code)}", hint)


def _catalogue(chosen: Sequence[Rule], format_: str) -> str:
    if format_ == "json":
        return _as_json({"schema": "pbp.rules/1", "rules": [_record(rule) for rule in chosen]})
    if format_ == "markdown":
        rows = (f"| {rule.code} | {rule.name} | {rule.severity} | {_when(rule)} |\n" for rule in chosen)
        return "| code | rule | severity | what it says |\n|---|---|---|---|\n" + "".join(rows)
    from pbpmaturity.report.rules_text import catalogue_text

    return catalogue_text([(rule, _when(rule)) for rule in chosen], width=screen_width(), colour=is_colourful())


def _explained(rule: Rule, format_: str) -> str:
    told = explanation_of(rule, shipped_rules())
    if format_ == "json":
        parts = {"what": told.what, "why": told.why, "example": told.example, "how_to_mend": told.how}
        return _as_json({"schema": "pbp.rule/1", **_record(rule), **parts})
    if format_ == "markdown":
        return f"## {rule.code}\n\n**{rule.name}: {rule.summary}**\n\n{told.text}\n"
    from pbpmaturity.report.rules_text import rule_text

    return rule_text(rule, told, width=screen_width(), colour=is_colourful())


def _when(rule: Rule) -> str:
    """Return what a rule says, and the option that it needs."""
    return f"{rule.summary} Needs --{rule.needs}." if rule.needs else rule.summary


def _record(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "summary": rule.summary,
        "needs": rule.needs,
        "in_schema": rule.in_schema,
        "keeps_file_from_use": rule.unusable,
        "url": rule.url,
    }


def _as_json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
