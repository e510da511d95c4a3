"""Plain data into the shapes of model/, or into findings in plain words and what can be judged all the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.diagnostics.suggest import did_you_mean
from pbpmaturity.model.later import is_later_key, is_later_value
from pbpmaturity.workspace.fields import field_of, fits, keys_of, model_in, shape_at
from pbpmaturity.workspace.partial import Partial, at, in_file, padded, with_key, with_value, without
from pbpmaturity.workspace.refusals import is_of_key, key_of_later, refusal, unknown_key

ShapeT = TypeVar("ShapeT", bound=BaseModel)

# More findings than this in one file help nobody, and a hostile file could ask for a million.
MOST_FINDINGS = 100
# Each look at what is left finds what the one before it hid: as many levels as misspelt keys can lie in one another.
_MOST_LOOKS = 12
# What the shapes say of themselves as a whole, the keys of which they want one, and what stands in for it.
_WANTS_ONE: Mapping[str, tuple[tuple[str, ...], str, Any]] = {
    "nothing_assessed": (("themes", "stated"), "themes", {}),
    "nothing_required": (
        ("all-themes-at-least", "themes", "agreed-within-months", "evidence-for"), "agreed-within-months", "1",
    ),
}  # fmt: skip


def shaped(shape: type[ShapeT], data: Any, path: str) -> ShapeT | list[Finding]:
    """Return the data as a value of the shape, or what keeps it from being one, at most 100 findings."""
    try:
        return shape.model_validate(data)
    except ValidationError:
        return judged(shape, data, path)[0]


def judged(
    shape: type[ShapeT], data: Any, path: str, empty: Iterable[Route] = ()
) -> tuple[list[Finding], Partial[ShapeT] | None]:
    """Return all that keeps data from being a value of the shape, and as much of it as can be judged, if any."""
    look = _Look(shape, path, data)
    for route in islice(empty, MOST_FINDINGS):
        look.note_empty(route)
    for _ in range(_MOST_LOOKS):
        try:
            value = shape.model_validate(look.data)
        except ValidationError as error:
            details = error.errors(include_url=False)
            look.take(details[:MOST_FINDINGS])
            if len(details) > MOST_FINDINGS or len(look.findings) > MOST_FINDINGS:
                break
        else:
            return look.findings, Partial(value, look.data, look.renamed, look.refused, look.unknown)
    return look.findings[:MOST_FINDINGS], None


def unknown_empty_keys(shape: type[BaseModel], empty: Iterable[Route], path: str) -> list[Finding]:
    """Return the keys that are empty, and so not in the data, but not known to the shape either."""
    look = _Look(shape, path, {})
    for route in islice(empty, MOST_FINDINGS):
        look.note_empty(route)
    return look.findings


@dataclass(slots=True)
class _Look(Generic[ShapeT]):
    """The data of a file as far as it has been mended, and all that was found on the way."""

    shape: type[ShapeT]
    path: str
    data: Any
    findings: list[Finding] = field(default_factory=list)
    renamed: dict[Route, str] = field(default_factory=dict)
    refused: dict[Route, Any] = field(default_factory=dict)
    unknown: dict[Route, Any] = field(default_factory=dict)
    guessed: set[Route] = field(default_factory=set)

    def note_empty(self, route: Route) -> None:
        """Note a key with nothing after it, if the shape does not know it."""
        parent = shape_at(self.shape, route[:-1])
        if model_in(parent) is not None and route[-1] not in keys_of(parent):
            self._take_unknown(route, is_empty=True)

    def take(self, details: list[ErrorDetails]) -> None:
        """Take in what the shape refuses: the keys that it does not know first, since they may hide others."""
        unknown = [detail for detail in details if detail["type"] == "extra_forbidden"]
        renamed = [self._take_unknown(detail["loc"]) for detail in unknown]
        if any(renamed):
            return  # what else was refused may have followed from a key that now has its right name
        for detail in details:
            if detail["type"] != "extra_forbidden" and not _is_echo(detail, details):
                self._refuse(detail)

    def _take_unknown(self, route: Route, *, is_empty: bool = False) -> bool:
        """Take a key for the one that is meant, and say whether that could be done; else leave it out."""
        parent, name = shape_at(self.shape, route[:-1]), str(route[-1])
        if is_later_key(model_in(parent), name):
            self._find(key_of_later(route, self.path))
            self._leave_out(route, self.refused)
            return False
        there = at(self.data, route[:-1])
        absent = [key for key in keys_of(parent) if key not in (there or ())]
        meant = did_you_mean(name, absent)
        self._find(unknown_key(self.shape, route, self.path, meant))
        if meant is not None and not is_empty and self._fits(parent, meant, at(self.data, route)):
            self.data = with_key(self.data, route, meant)
            self.renamed[(*route[:-1], meant)] = name
            return True
        if meant is not None:
            self.guessed.add((*route[:-1], meant))
        if meant is not None and is_empty:
            self.refused[(*route[:-1], meant)] = None
        else:
            self._leave_out(route, self.unknown)
        return False

    def _fits(self, parent: Any, key: str, value: Any) -> bool:
        described = field_of(parent, key)
        return described is not None and fits(described.annotation, value)

    def _leave_out(self, route: Route, kept: dict[Route, Any]) -> None:
        kept[route] = at(self.data, route)
        self.data = without(self.data, route, self.shape)

    def _refuse(self, detail: ErrorDetails) -> None:
        route, kind = tuple(detail["loc"]), detail["type"]
        if kind in _WANTS_ONE:
            self._want_one(detail)
        elif kind == "missing" and route in self.guessed:
            self._leave_out(route, self.refused)  # it is there, under a name that is found already
        elif kind == "too_short" and isinstance(at(self.data, route), tuple) and self._is_needed(route):
            self._find(refusal(self.shape, detail, self.path))
            self.data, filled = padded(self.data, route, self.shape, detail["ctx"]["min_length"])
            self.refused.update(dict.fromkeys(filled))
        else:
            route = route[:-1] if is_of_key(detail) else route
            is_later = is_later_value(model_in(shape_at(self.shape, route[:-1])), str(route[-1]), at(self.data, route))
            self._find(key_of_later(route, self.path) if is_later else refusal(self.shape, detail, self.path))
            self._leave_out(route, self.refused)

    def _is_needed(self, route: Route) -> bool:
        described = field_of(shape_at(self.shape, route[:-1]), route[-1])
        return described is not None and described.is_required()

    def _want_one(self, detail: ErrorDetails) -> None:
        """Say that one of some keys is wanted, unless one of them was refused or is there under an unknown name."""
        keys, stand_in, value = _WANTS_ONE[detail["type"]]
        route = tuple(detail["loc"])
        parent = shape_at(self.shape, route)
        routes = {(*route, key) for key in keys}
        could_be = (
            any(fits(described.annotation, given) for key in keys if (described := field_of(parent, key)))
            for unknown, given in self.unknown.items()
            if unknown[:-1] == route
        )
        if not (routes & (self.refused.keys() | self.guessed) or any(could_be)):
            self._find(refusal(self.shape, detail, self.path))
        self.refused[(*route, stand_in)] = None
        self.data = with_value(self.data, (*route, stand_in), value)

    def _find(self, finding: Finding) -> None:
        route = in_file(finding.route, self.renamed)
        self.findings.append(Finding(finding.rule, finding.path, finding.message, route, finding.point))


def _is_echo(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Say whether a list is called too short only because items of it are faulty, which is said of them already."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in details
    )
