"""What would be found only because part of a file could not be read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.diagnostics.rules import Rule


@dataclass(frozen=True, slots=True)
class _Rests:
    """What a finding rests on: keys at the top of the file, and keys of the entry that it stands in.

    `beside` says of each what kind of value it takes: one of that kind under a key that nobody knows might be it. `up`
    is how many steps of the finding's route lead from the entry to its end.
    """

    top: tuple[str, ...] = ()
    beside: tuple[tuple[str, type | tuple[type, ...]], ...] = ()
    up: int = 1


_RESTS: Mapping[Rule, tuple[_Rests, ...]] = {
    rules.NOT_SAID_WHO_AGREED: (_Rests(("status", "provenance"), (("agreed", dict),)),),
    rules.NO_EVIDENCE: (_Rests(("status", "provenance"), (("evidence", tuple),)),),
    rules.UNEXPLAINED: (_Rests(beside=(("rationale", str),)),),
    rules.UNEXPLAINED_CHANGE: (_Rests(("status", "date", "matrix"), (("rationale", str), ("stage", ()))),),
    rules.TARGET_PAST: (_Rests(beside=(("stage", ()),)), _Rests(beside=(("stage", ()),), up=2)),
    rules.OVERDUE: (_Rests(beside=(("status", str),)),),
    rules.REVERSED: (_Rests(beside=(("from", ()),)),),
    rules.SMALL_TALLY: (_Rests(beside=(("views", dict),)),),
    rules.STALE: (_Rests(("date", "status")),),
    rules.SAME_DATE: (_Rests(("place", "date")),),
    rules.MATRIX_STAGE: (_Rests(("stages",)),),
    rules.EMPTY_CELL: (_Rests(("stages",), (("descriptions", dict), ("criteria", dict))),),
}
_REST_ON_ALL = frozenset({rules.AGREED_CHANGED, rules.SHIPPED_CHANGED})


def sound(findings: Iterable[Finding], refused: Mapping[Route, Any], unknown: Mapping[Route, Any]) -> Iterator[Finding]:
    """Yield the findings that hold whatever was meant by what was refused, and by what stands under unknown keys."""
    for finding in findings:
        if not _follows(finding, refused, unknown):
            yield finding


def _follows(finding: Finding, refused: Mapping[Route, Any], unknown: Mapping[Route, Any]) -> bool:
    route = finding.route
    if finding.rule is rules.PERSONAL_DATA:
        return False  # it is in the file, whatever it was meant to be
    if finding.rule in _REST_ON_ALL or any(_is_at_or_below(route, one) for one in refused):
        return True
    if finding.rule is rules.THEMES_MISSING:
        return _is_theme_unsure(refused, unknown)
    return any(_is_unsure(rests, route, refused, unknown) for rests in _RESTS.get(finding.rule, ()))


def _is_unsure(rests: _Rests, route: Route, refused: Mapping[Route, Any], unknown: Mapping[Route, Any]) -> bool:
    """Say whether something that a finding rests on could not be read, or may stand under another name."""
    if any(_is_named_by(one, key) for key in rests.top for one in (*refused, *unknown)):
        return True
    entry = route[: len(route) - rests.up] if rests.up <= len(route) else ()
    for key, kind in rests.beside:
        if any(_is_at_or_below(one, (*entry, key)) for one in (*refused, *unknown)):
            return True
        if any(one[:-1] == entry and _may_be(value, kind) for one, value in unknown.items()):
            return True
    return False


def _is_theme_unsure(refused: Mapping[Route, Any], unknown: Mapping[Route, Any]) -> bool:
    """Say whether a theme may be there though it seems to be left out: under another name, or with its stage so."""
    if any(one in refused for one in (("status",), ("provenance",), ("themes",))):
        return True
    of_themes = [(route, value) for route, value in unknown.items() if route[0] == "themes"]
    return any(len(route) == 2 or (len(route) == 3 and _may_be(value, str)) for route, value in of_themes)


def _may_be(value: Any, kind: type | tuple[type, ...]) -> bool:
    """Say whether a value under an unknown key may be of a kind; one that is empty may stand in the key itself."""
    return isinstance(value, kind) or (value is None and kind != ())


def _is_named_by(route: Route, key: str) -> bool:
    """Say whether a route leads to what stands under a key at the top, or to an item of it, or to the item's id."""
    return route[0] == key and (len(route) <= 2 or route[-1] == "id")


def _is_at_or_below(route: Route, other: Route) -> bool:
    return route[: len(other)] == other
