"""What was found: a rule, a file and a route into it; and the same with its line and column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pbpmaturity.diagnostics.rules import Rule

_POSITION = re.compile(r"\b(line|column) [0-9]+")

Route = tuple[str | int, ...]
"""The keys and list positions that lead from the top of a file to a value."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule broken at the end of a route; `point` says whether its key or its value is at fault."""

    rule: Rule
    path: str
    message: str
    route: Route = ()
    point: Literal["value", "key"] = "value"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its place: line and column count from 1, columns in characters."""

    rule: Rule
    path: str
    line: int
    column: int
    message: str

    @property
    def identity(self) -> str:
        """What makes it the same finding in the next run: not its line, nor the day or revision it was judged from."""
        told = "" if self.rule.needs else _POSITION.sub(r"\1", self.message)
        return f"{self.rule.code}\n{self.path}\n{told}"

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        return self.path, self.line, self.column, self.rule.code, self.message


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics by path, line, column and code, each once."""
    return sorted(set(diagnostics), key=lambda diagnostic: diagnostic.sort_key)
