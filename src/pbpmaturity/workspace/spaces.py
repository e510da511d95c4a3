"""Spaces that look like ordinary ones, or like nothing, where YAML has structure: before keys, after colons and dashes.

Teams, Outlook, Word and web pages bring them along. In the middle of a text they are as good as any other character.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from pbpmaturity.diagnostics import rules
from pbpmaturity.workspace.guard import Unreadable

_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u180e\u200b-\u200f\u2060-\u2064"
_ODD = re.compile(f"[{_WIDE}{_UNSEEN}]")
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
# The beginning of a line up to where its text can begin.
_BEGINNING = re.compile(rf"[\s{_UNSEEN}-]*(?:[A-Za-z0-9_-]+[\s{_UNSEEN}]*:[\s{_UNSEEN}]*)?")
# A text that was meant to be a key with its value, or an item of a list.
_MEANT = re.compile(f"-[{_WIDE}{_UNSEEN}]|[a-z][a-z0-9_-]*:[{_WIDE}{_UNSEEN}]")
_ONLY_DASHES = re.compile(r"[ -]*")
_MOST_TRIED = 20
_MOST_TEXT = 1 << 17


def has_odd_spaces(text: str) -> bool:
    """Say whether a text holds any such character, in whatever place."""
    return not text.isascii() and _ODD.search(text) is not None


def refuse_odd_spaces(root: Any, text: str) -> None:
    """Refuse such a character in a key, or where a text was meant to be a key and its value."""
    lines = text.split("\n")
    for node, is_key in _scalars(root):
        mark = node.start_mark
        is_meant = is_key or (
            _MEANT.match(node.value) and _ONLY_DASHES.fullmatch(lines[mark.line], 0, mark.column) is not None
        )
        found = _ODD.search(lines[mark.line], mark.column) if is_meant and not node.style else None
        if found and _ODD.search(node.value):
            raise _odd_space(lines, mark.line, mark.column)


def behind(fault: Unreadable, text: str, read: Callable[[str], Any]) -> Unreadable:
    """Return the fault of such a character where it is the cause of another: without it, that is gone."""
    lines = text.split("\n")
    if len(text) > _MOST_TEXT:
        return fault
    whole = [_ODD.sub(" ", line) if _is_in_structure(line) else line for line in lines]
    if _is_mended(whole, fault, read):
        number = next(place for place, line in enumerate(lines) if whole[place] != line)
        return _odd_space(lines, number)
    numbers = [number for number in range(min(fault.line + 1, len(lines))) if _ODD.search(lines[number])]
    for number in reversed(numbers[-_MOST_TRIED:]):
        for mended in (_ODD.sub(" ", lines[number]), _ODD.sub(" ", _INVISIBLE.sub("", lines[number]))):
            if _is_mended([*lines[:number], mended, *lines[number + 1 :]], fault, read):
                return _odd_space(lines, number)
    return fault


def _is_mended(lines: list[str], fault: Unreadable, read: Callable[[str], Any]) -> bool:
    """Say whether a fault is gone from lines, or the first one lies further down."""
    try:
        read("\n".join(lines))
    except Unreadable as other:
        return other.line > fault.line
    return True


def _odd_space(lines: list[str], number: int, start: int = 0) -> Unreadable:
    """Return the fault of the first such character in a line, from a column on."""
    found = _ODD.search(lines[number], start)
    character, column = (found[0], found.start()) if found else (" ", start)
    others = sum(_is_in_structure(line) for place, line in enumerate(lines) if place != number)
    more = f", as in {others} more {'line' if others == 1 else 'lines'}" if others else ""
    name = unicodedata.name(character, "character that is not seen").lower()
    return Unreadable(
        rules.TAB,
        f"a {name} (U+{ord(character):04X}) stands here{more}, where YAML needs an ordinary space or none; delete it"
        " and type ordinary spaces (text from Teams, Outlook or Word brings such characters)",
        number + 1,
        column + 1,
    )


def _is_in_structure(line: str) -> bool:
    beginning = _BEGINNING.match(line)
    return beginning is not None and _ODD.search(beginning[0]) is not None


def _scalars(node: Any) -> Iterator[tuple[Any, bool]]:
    """Yield each scalar below a node, and whether it is a key."""
    if type(node) is MappingNode:
        for key, value in node.value:
            yield key, True
            yield from _scalars(value)
    elif type(node) is SequenceNode:
        for item in node.value:
            yield from _scalars(item)
    elif type(node) is ScalarNode:
        yield node, False
