"""Changing one thing in a file and leaving every other byte, comments too, as it is.

The parser's marks say where a value stands, so the text is changed there and nothing is written anew. The result is
read again before anybody sees it: it must say what was meant and nothing else.
"""

import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from pbpmaturity.diagnostics.finding import Route
from pbpmaturity.errors import PbpError
from pbpmaturity.workspace.guard import Unreadable, decoded
from pbpmaturity.workspace.source import read

_BOM = b"\xef\xbb\xbf"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


def with_value(data: bytes, route: Route, key: str, value: str) -> bytes:
    """Return a file with a plain word set under a key of the mapping at a route, where the key is new or has text."""
    text = decoded(data)
    mapping = _node(read(data).root, route)
    present = next(((name, node) for name, node in mapping.value if name.value == key), None)
    changed = _with_text(text, *present, value) if present else _with_new_key(text, mapping, f"{key}: {value}")
    return _checked(data, changed, _set(read(data).data, (*route, key), value))


def with_item(data: bytes, key: str, item: Mapping[str, str]) -> bytes:
    """Return a file with an item added to a list at its top level, which is begun where there is none."""
    text, source = decoded(data), read(data)
    written = "{" + ", ".join(f"{name}: {one_line_scalar(value)}" for name, value in item.items()) + "}"
    present = next(((name, node) for name, node in source.root.value if name.value == key), None)
    if present is None:
        changed = _with_new_key(text, source.root, f"{key}:", f"  - {written}")
    elif type(present[1]) is SequenceNode:
        changed = _with_new_item(text, present[1], written)
    else:
        changed = _with_text(text, *present, f"[{written}]")
    items = (*source.data.get(key, ()), dict(item))
    return _checked(data, changed, {**source.data, key: items})


def one_line_scalar(text: str) -> str:
    """Return text as a scalar on one line: a date as it is, all else in double quotes with escapes where needed."""
    if _DATE.fullmatch(text):
        return text
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character in '"\\':
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    if code < 0x20 or 0x7F <= code <= 0x9F:
        return f"\\x{code:02x}"
    if code in (0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF):
        return f"\\u{code:04x}"
    return character


def _with_text(text: str, key_node: Any, value_node: Any, value: str) -> str:
    """Replace a scalar's text; an empty one begins after the key's colon."""
    if type(value_node) is not ScalarNode:
        raise _by_hand()
    start, end = value_node.start_mark.index, value_node.end_mark.index
    if start == end:
        start = end = text.index(":", key_node.end_mark.index) + 1
        value = f" {value}"
    return text[:start] + value + text[end:]


def _with_new_key(text: str, mapping: Any, *lines: str) -> str:
    if mapping.flow_style:
        return _before_bracket(text, mapping, lines[0])
    column = mapping.value[0][0].start_mark.column
    return _after(text, mapping, [" " * column + line for line in lines])


def _with_new_item(text: str, sequence: Any, item: str) -> str:
    if sequence.flow_style:
        return _before_bracket(text, sequence, item)
    return _after(text, sequence, [" " * sequence.start_mark.column + f"- {item}"])


def _before_bracket(text: str, node: Any, addition: str) -> str:
    end = node.end_mark.index - 1
    before = text[:end].rstrip()
    comma = "" if before.endswith(("[", "{", ",")) else ","
    space = "" if before.endswith(("[", "{")) else " "
    return f"{before}{comma}{space}{addition}{text[end:]}"


def _after(text: str, node: Any, lines: list[str]) -> str:
    """Add lines below the last line of a node, with the file's own line ends."""
    newline = "\r\n" if "\r\n" in text else "\n"
    end = _last_leaf(node).end_mark.index
    if end and text[end - 1] == "\n":  # a block of text, whose mark stands at the next line
        place = end
    else:
        line_end = text.find("\n", end)
        place = len(text) if line_end < 0 else line_end + 1
    before = text[:place]
    gap = "" if before.endswith("\n") else newline
    return f"{before}{gap}{newline.join(lines)}{newline}{text[place:]}"


def _last_leaf(node: Any) -> Any:
    if type(node) is ScalarNode or node.flow_style or not node.value:
        return node
    last = node.value[-1]
    return _last_leaf(last[1] if isinstance(last, tuple) else last)


def _node(root: Any, route: Route) -> Any:
    node = root
    for step in route:
        if type(node) is MappingNode:
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    return node


def _set(data: Any, route: Route, value: Any) -> Any:
    """Return plain data with a value set at a route."""
    if not route:
        return value
    step, rest = route[0], route[1:]
    if isinstance(data, tuple) and isinstance(step, int):
        return (*data[:step], _set(data[step], rest, value), *data[step + 1 :])
    return {**data, step: _set(data.get(step, {}), rest, value)}


def _checked(data: bytes, changed: str, meant: Any) -> bytes:
    new = (_BOM if data.startswith(_BOM) else b"") + changed.encode("utf-8")
    try:
        if read(new).data == meant:
            return new
    except Unreadable:
        pass
    raise _by_hand()


def _by_hand() -> PbpError:
    return PbpError(
        "the file is written in a way that pbp cannot change safely", "change it by hand; nothing was written"
    )
