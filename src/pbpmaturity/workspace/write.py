"""YAML as a person would write it: blocks, folded paragraphs, quotes only where a reader could misunderstand.

Every reader of YAML 1.1 or 1.2 gets back what was written, character for character.
"""

import re
from collections.abc import Mapping
from typing import Any

from pbpmaturity.model.date import PartialDate

WIDTH = 92
_FLOW = frozenset({"agreed", "criteria", "gathered", "target", "views"})
_FLOW_ITEMS = frozenset({"amendments"})

_WORDS = re.compile(r"[^\W\d_](?:[\w .,;'()/%&+@?!-]*[\w.)'%?!])?")
_FLOW_WORDS = re.compile(r"[^\W\d_](?:[\w .;'()/%&+@-]*[\w.)'%])?")
_LINK = re.compile(r"https?://[A-Za-z0-9./_?=&%+~-]*[A-Za-z0-9/_]")
# What a reader of YAML 1.1 takes for a boolean or for nothing.
_NOT_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# Some readers hand a word to their language's own parser of numbers, which knows more of them than YAML does. A key
# stays as it is: all readers keep it as text or say so, and every file has criteria such as E1.
_NUMBER_TO_SOME = re.compile(r"nan|inf|infinity|e[0-9]+", re.IGNORECASE)
_BREAK = re.compile(r"(?<=[^ ]) (?=[^ ])")


def entry(key: str, value: Any, indent: int = 0) -> list[str]:
    """Return the lines of a key with its value: text, a date, a count, a mapping or a list."""
    head = f"{' ' * indent}{scalar(key, is_key=True)}:"
    if isinstance(value, Mapping):
        return _mapping_entry(head, key, value, indent)
    if isinstance(value, tuple):
        items = [line for one in value for line in item(one, indent + 2, is_flow=key in _FLOW_ITEMS)]
        return [head, *items] if items else [f"{head} []"]
    if key == "format":
        return [f"{head} {value}"]
    one_line = f"{head} {scalar(value)}"
    is_ugly = "\\" in one_line or len(one_line) > WIDTH
    if isinstance(value, str) and is_ugly and is_foldable(value):
        return [f"{head} >-", *folded(value, indent + 2)]
    return [one_line]


def item(value: Any, indent: int, *, is_flow: bool = False) -> list[str]:
    """Return the lines of an item of a list, which begin with its dash."""
    dash = f"{' ' * indent}- "
    if not isinstance(value, Mapping):
        return [f"{dash}{scalar(value)}"]
    one_line = f"{dash}{flow(value)}"
    if not value or (is_flow and len(one_line) <= WIDTH):
        return [one_line]
    lines = [line for key, one in value.items() for line in entry(key, one, indent + 2)]
    return [dash + lines[0][indent + 2 :], *lines[1:]]


def flow(value: Any) -> str:
    """Return a value on one line, as it stands inside {} or []."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(pair(key, one) for key, one in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return scalar(value, in_flow=True)


def pair(key: str, value: Any) -> str:
    """Return a key with its value as they stand inside {}."""
    return f"{scalar(key, in_flow=True, is_key=True)}: {flow(value)}"


def scalar(value: str | int | PartialDate, *, in_flow: bool = False, is_key: bool = False) -> str:
    """Return text on one line, as it is where it is plain words, else in double quotes; dates and counts as they are.

    Text that looks like a date, a number or a yes, to whatever reader, is quoted.
    """
    if not isinstance(value, str):
        return str(value)
    is_typed = value.lower() in _NOT_TEXT or (not is_key and _NUMBER_TO_SOME.fullmatch(value))
    is_plain = (_FLOW_WORDS if in_flow else _WORDS).fullmatch(value) and not is_typed
    if (is_plain and value.isprintable()) or (not in_flow and _LINK.fullmatch(value)):
        return value
    return '"' + "".join(_escaped(character) for character in value) + '"'


def is_foldable(text: str) -> bool:
    """Say whether text can be written as folded paragraphs: it is all visible, and no line begins or ends in space."""
    shown = text.replace("\n", "").replace("\N{NO-BREAK SPACE}", "")
    lines = text.split("\n")
    return shown.isprintable() and bool(lines[0] and lines[-1]) and all(line == line.strip() for line in lines)


def folded(text: str, indent: int) -> list[str]:
    """Return foldable text as the lines below `>-`; a line break in the text is an empty line there."""
    lines: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        lines += [""] if number else []
        lines += _wrapped(paragraph, " " * indent) if paragraph else []
    return lines


def _wrapped(paragraph: str, margin: str) -> list[str]:
    lines: list[str] = []
    for piece in _BREAK.split(paragraph):
        if lines and len(lines[-1]) + 1 + len(piece) <= WIDTH:
            lines[-1] += f" {piece}"
        else:
            lines.append(margin + piece)
    return lines


def _mapping_entry(head: str, key: str, value: Mapping[str, Any], indent: int) -> list[str]:
    one_line = f"{head} {flow(value)}"
    if not value or (key in _FLOW and len(one_line) <= WIDTH):
        return [one_line]
    if key in _FLOW and all(not isinstance(one, str) or len(one) < WIDTH // 2 for one in value.values()):
        return _broken_flow(head, value, indent)
    return [head, *(line for name, one in value.items() for line in entry(name, one, indent + 2))]


def _broken_flow(head: str, value: Mapping[str, Any], indent: int) -> list[str]:
    """Return a mapping inside {} that is too long for one line."""
    lines = [f"{head} {{"]
    pieces = [pair(key, one) for key, one in value.items()]
    for number, piece in enumerate(pieces):
        piece += "," if number < len(pieces) - 1 else "}"
        space = "" if lines[-1].endswith("{") else " "
        if len(lines[-1]) + len(space) + len(piece) <= WIDTH:
            lines[-1] += space + piece
        else:
            lines.append(" " * (indent + 4) + piece)
    return lines


def _escaped(character: str) -> str:
    code = ord(character)
    if character in '"\\':
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    if character == "\t":
        return "\\t"
    if code < 0x20 or 0x7F <= code <= 0x9F:
        return f"\\x{code:02x}"
    if code in (0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF):
        return f"\\u{code:04x}"
    return character
