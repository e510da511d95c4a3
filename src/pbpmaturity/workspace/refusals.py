"""What a shape refuses, in plain words."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.workspace.fields import keys_of, shape_at

UPDATE = "update pbp, and leave the file as it is"
_KINDS = {
    "string_type": "text",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "tuple_type": "a list, each item on a line that begins with a dash",
    "text_expected": "a date, such as 2024-01-17",
}

# Dashes, characters that are not seen, spaces and digits of other scripts.
_LOOK_ALIKE = ("Pd", "Cf", "Zs", "Nd")


def refusal(shape: type[BaseModel], detail: ErrorDetails, path: str) -> Finding:
    """Return what a shape refuses of data, but for a key that it does not know."""
    route: Route = tuple(detail["loc"])
    kind = detail["type"]
    if is_of_key(detail):
        return Finding(rules.WRONG_TYPE, path, _wrong_value(detail, route[:-2]), route[:-1], "key")
    if kind == "missing":
        message = f'key "{route[-1]}" is missing or empty{_where(route[:-1])}; add it'
        return Finding(rules.MISSING_KEY, path, message, route[:-1], "key")
    if kind == "nothing_assessed":
        message = 'key "themes" is missing or empty; add it (or, in a published summary, "stated")'
        return Finding(rules.MISSING_KEY, path, message)
    if kind == "nothing_required":
        message = f"requires says nothing; write one of {', '.join(keys_of(shape_at(shape, route)))} under it"
        return Finding(rules.MISSING_KEY, path, message, route, "key")
    if kind == "no_such_date":
        message = f"{_named(route)}{detail['ctx']['reason']}{_look_alike(detail['input'])}"
        return Finding(rules.NO_SUCH_DATE, path, message, route)
    return Finding(rules.WRONG_TYPE, path, _wrong_value(detail, route), route)


def is_of_key(detail: ErrorDetails) -> bool:
    """Say whether a key is refused that its shape takes for an id, and not what stands after it."""
    return detail["type"] != "extra_forbidden" and detail["loc"][-1:] == ("[key]",)


def unknown_key(shape: type[BaseModel], route: Route, path: str, meant: str | None) -> Finding:
    """Return that a key is not known where it stands; `meant` is the key that it is taken for."""
    name, known = str(route[-1]), keys_of(shape_at(shape, route[:-1]))
    guess = guess_or_list(name, (meant,) if meant else known, most=30)
    return Finding(rules.UNKNOWN_KEY, path, f"key {quoted(name)} is not known here; {guess}", route, "key")


def key_of_later(route: Route, path: str) -> Finding:
    """Return that a key, or what stands after it, is known to a later version only."""
    message = f"the file is written for a later pbp, which knows what is under {quoted(str(route[-1]))}; {UPDATE}"
    return Finding(rules.LATER, path, message, route, "key")


def file_of_later(written: str, path: str) -> Finding:
    """Return that a file is in a format that a later version knows."""
    message = f"the file is written for a later pbp: it is in format {quoted(written)}, and this one reads 1; {UPDATE}"
    return Finding(rules.LATER, path, message, ("format",))


def _wrong_value(detail: ErrorDetails, route: Route) -> str:
    kind, found = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "literal_error":
        if not isinstance(found, str):
            return f"{_named(route)}found {_described(found)}, expected a word"
        choices = re.findall(r"'([^']*)'", context["expected"])
        return f"{_named(route)}{quoted(found)} is not known; {guess_or_list(found, choices)}"
    if kind == "badly_written":
        return f"{_named(route)}found {_described(found)}, expected {context['expected']}{_look_alike(found)}"
    if kind == "too_short":
        return f"{_named(route)}found {context['actual_length']}, expected {context['min_length']} or more"
    return f"{_named(route)}found {_described(found)}, expected {_KINDS.get(kind, 'another value')}"


def _look_alike(found: Any) -> str:
    """Return, as the end of a sentence, which dash, space or digit is another than it looks; nothing if none is."""
    odd = (char for char in str(found) if not char.isascii() and unicodedata.category(char) in _LOOK_ALIKE)
    char = next(odd, None)
    if char is None:
        return ""
    name = unicodedata.name(char, "character that is not seen").lower()
    return f"; it holds a {name} (U+{ord(char):04X}), so type it anew (Word, Outlook and Teams bring such characters)"


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
