"""A file held against rules, as far as it can be read: what is found in it, and what is left to be judged."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from pbpmaturity.checks.assessment import theme_meant
from pbpmaturity.checks.gaps import sound
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic, Finding, Route
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.workspace.read import File, ShapeT
from pbpmaturity.workspace.shapes import MOST_FINDINGS

_NOT_OF_THE_MATRIX = frozenset({rules.UNKNOWN_STAGE, rules.UNKNOWN_CRITERION})


def located(file: File[ShapeT], findings: Iterable[Finding]) -> list[Diagnostic]:
    """Return findings with their lines and columns, at most 100, without those that follow from what is not read."""
    return file.locate(islice(holding(file, findings), MOST_FINDINGS))


def holding(file: File[Any], findings: Iterable[Finding]) -> Iterable[Finding]:
    """Return the findings that hold whatever was meant by what could not be read of a file."""
    partial = file.partial
    return sound(findings, partial.refused, partial.unknown) if partial else findings


def is_cut_short(findings: Sequence[Finding]) -> bool:
    """Say whether more may be wrong with a file than is found: what is left of it is not known to be sound then."""
    return len(findings) >= MOST_FINDINGS


def sound_part(file: File[Assessment], found: Sequence[Finding], matrix: Matrix | None) -> File[Assessment]:
    """Return an assessment to be judged further: without what its matrix does not know, a misspelt theme as meant."""
    value = file.judged
    said = (value.themes if value else None) or {}
    refused = [one.route for one in found if one.rule in _NOT_OF_THE_MATRIX]
    themes = [one.route for one in found if one.rule is rules.UNKNOWN_THEME and one.route[-1] in said]
    if value is None or matrix is None or not (refused or themes):
        return file
    meant: dict[Route, str] = {}
    for route in themes:
        near = theme_meant(matrix, value, str(route[-1]))
        if near is not None and near not in meant.values():
            meant[route] = near
    return file.without(refused, [route for route in themes if route not in meant], meant)
