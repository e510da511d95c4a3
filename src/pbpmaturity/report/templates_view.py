"""Which templates there are and whose each is, as plain values for terminals and as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pbpmaturity.diagnostics.suggest import did_you_mean
from pbpmaturity.report.template_faults import TemplateSet
from pbpmaturity.report.template_values import described_templates

State = Literal["shipped", "own", "same", "unusable", "unused"]


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file in a workspace's templates folder: its text, or why it cannot be read or is none that is read."""

    name: str
    text: str | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template: what makes what with it, the values that it is given, what uses it, and whose it is.

    `line` and `cause` say why it cannot be used; `meant` is the template that one which nothing uses may be meant for.
    """

    name: str
    state: State
    purpose: str | None
    given: tuple[str, ...]
    used_by: tuple[str, ...]
    is_empty: bool = False
    line: int | None = None
    cause: str | None = None
    meant: str | None = None


def template_rows(shipped: Mapping[str, str], own: Sequence[OwnFile], others: Iterable[str]) -> list[TemplateRow]:
    """Return a row for each template by name; `others` are files beside a workspace's own that are not read."""
    read = {one.name: one.text for one in own if one.text is not None}
    together = TemplateSet({**shipped, **read}, shipped)
    files = {one.name: one for one in own}
    rows = [_row(name, files.get(name), shipped, together) for name in {*shipped, *files}]
    rows += [_stray(name, meant) for name in others if (meant := _meant(name, shipped))]
    return sorted(rows, key=lambda row: row.name)


def templates_record(rows: Sequence[TemplateRow]) -> dict[str, Any]:
    """Return the document `pbp.templates/1`."""
    return {"schema": "pbp.templates/1", "templates": [_record(row) for row in rows]}


def _row(name: str, own: OwnFile | None, shipped: Mapping[str, str], together: TemplateSet) -> TemplateRow:
    said = described_templates({name: shipped[name]}).get(name) if name in shipped else None
    purpose, given = (said.purpose, said.given) if said else (None, ())
    users = together.users_of(name)
    if own is None:
        return TemplateRow(name, "shipped", purpose, given, users)
    if own.text is None:
        return TemplateRow(name, "unusable", purpose, given, users, cause=own.fault)
    if own.text == shipped.get(name):
        return TemplateRow(name, "same", purpose, given, users)
    fault = together.first_fault(name)
    if fault is not None:
        return TemplateRow(name, "unusable", purpose, given, users, line=fault.line, cause=fault.cause)
    if name not in shipped and not users:
        return _stray(name, did_you_mean(name, shipped))
    return TemplateRow(name, "own", purpose, given, users, is_empty=not own.text.strip())


def _stray(name: str, meant: str | None) -> TemplateRow:
    return TemplateRow(name, "unused", None, (), (), meant=meant)


def _meant(name: str, shipped: Mapping[str, str]) -> str | None:
    """Return the template that a file of another ending was meant for; None if it looks like none."""
    lower = name.lower()
    looks_so = ".j2" in lower or ".jinja" in lower or f"{lower}.j2" in shipped
    return did_you_mean(name, shipped) if looks_so else None


def _record(row: TemplateRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "state": row.state,
        "purpose": row.purpose,
        "given": list(row.given),
        "used_by": list(row.used_by),
        "line": row.line,
        "cause": row.cause,
        "did_you_mean": row.meant,
    }
