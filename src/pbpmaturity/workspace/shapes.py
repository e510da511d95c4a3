"""Plain data into the shapes of model/, or into findings in plain words."""

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted

ShapeT = TypeVar("ShapeT", bound=BaseModel)

_KINDS = {
    "string_type": "text",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "tuple_type": "a list, each item on a line that begins with a dash",
    "text_expected": "a date, such as 2024-01-17",
}


# More findings than this in one file help nobody, and a hostile file could ask for a million.
MOST_FINDINGS = 100


def shaped(shape: type[ShapeT], data: Any, path: str) -> ShapeT | list[Finding]:
    """Return the data as a value of the shape, or what keeps it from being one, at most 100 findings."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        shown = [detail for detail in details[:MOST_FINDINGS] if not _is_echo(detail, details[:MOST_FINDINGS])]
        return [_finding(shape, detail, path) for detail in shown]


def unknown_empty_keys(shape: type[BaseModel], empty: Iterable[Route], path: str) -> list[Finding]:
    """Return the keys that are empty, and so not in the data, but not known to the shape either."""
    found = []
    for route in islice(empty, MOST_FINDINGS):
        parent = _shape_at(shape, route[:-1])
        if _model_in(parent) is not None and route[-1] not in _keys_of(parent):
            found.append(_unknown_key(shape, route, path))
    return found


def _is_echo(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Say whether a list is called too short only because items of it are faulty, which is said of them already."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in details
    )


def _finding(shape: type[BaseModel], detail: ErrorDetails, path: str) -> Finding:
    route: Route = tuple(detail["loc"])
    kind = detail["type"]
    if route and route[-1] == "[key]" and kind != "extra_forbidden":
        return Finding(rules.WRONG_TYPE, path, _wrong_value(detail, route[:-2]), route[:-1], "key")
    if kind == "extra_forbidden":
        return _unknown_key(shape, route, path)
    if kind == "missing":
        message = f'key "{route[-1]}" is missing or empty{_where(route[:-1])}; add it'
        return Finding(rules.MISSING_KEY, path, message, route[:-1], "key")
    if kind == "nothing_assessed":
        message = 'key "themes" is missing or empty; add it (or, in a published summary, "stated")'
        return Finding(rules.MISSING_KEY, path, message)
    if kind == "nothing_required":
        message = f"requires says nothing; write one of {', '.join(_keys_of(_shape_at(shape, route)))} under it"
        return Finding(rules.MISSING_KEY, path, message, route, "key")
    if kind == "no_such_date":
        return Finding(rules.NO_SUCH_DATE, path, _named(route) + detail["ctx"]["reason"], route)
    return Finding(rules.WRONG_TYPE, path, _wrong_value(detail, route), route)


def _unknown_key(shape: type[BaseModel], route: Route, path: str) -> Finding:
    known = _keys_of(_shape_at(shape, route[:-1]))
    message = f"key {quoted(str(route[-1]))} is not known here; {guess_or_list(str(route[-1]), known, most=30)}"
    return Finding(rules.UNKNOWN_KEY, path, message, route, "key")


def _wrong_value(detail: ErrorDetails, route: Route) -> str:
    kind, found = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "literal_error":
        if not isinstance(found, str):
            return f"{_named(route)}found {_described(found)}, expected a word"
        choices = re.findall(r"'([^']*)'", context["expected"])
        return f"{_named(route)}{quoted(found)} is not known; {guess_or_list(found, choices)}"
    if kind == "badly_written":
        return f"{_named(route)}found {_described(found)}, expected {context['expected']}"
    if kind == "too_short":
        return f"{_named(route)}found {context['actual_length']}, expected {context['min_length']} or more"
    return f"{_named(route)}found {_described(found)}, expected {_KINDS.get(kind, 'another value')}"


def _described(found: Any) -> str:
    if found is None:
        return "an empty item"
    if isinstance(found, str):
        return quoted(found)
    return "keys and values" if isinstance(found, Mapping) else "a list"


def _named(route: Route) -> str:
    """Return the key that a message is about, and a list item's number, as the beginning of a sentence."""
    if not route:
        return ""
    if isinstance(route[-1], int):
        key = next((step for step in reversed(route) if isinstance(step, str)), "list")
        return f"{key}, item {route[-1] + 1}: "
    return f"{quoted(route[-1])[1:-1]}: "


def _where(route: Route) -> str:
    if not route:
        return ""
    if isinstance(route[-1], int):
        return f" in item {route[-1] + 1} of {route[-2]}" if len(route) > 1 else ""
    return f" in {quoted(route[-1])[1:-1]}"


def _shape_at(shape: Any, route: Route) -> Any:
    """Return the annotation at the end of a route below a shape; None where it knows none."""
    for step in route:
        shape = _inside(shape, step)
    return shape


def _keys_of(annotation: Any) -> tuple[str, ...]:
    model = _model_in(annotation)
    return tuple(field.alias or name for name, field in model.model_fields.items()) if model else ()


def _inside(annotation: Any, step: str | int) -> Any:
    model = _model_in(annotation)
    if model is not None:
        fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
        return fields.get(str(step))
    container = next((part for part in _alternatives(annotation) if get_origin(part) in (dict, tuple)), None)
    if container is None:
        return None
    return get_args(container)[1 if get_origin(container) is dict else 0]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    found = (part for part in _alternatives(annotation) if isinstance(part, type) and issubclass(part, BaseModel))
    return next(found, None)


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
