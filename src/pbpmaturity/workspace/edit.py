"""Changing what a file says and leaving every other byte, comments too, as it is.

The parser's marks say where a value stands, so the text is changed there and nothing else is written anew. Changes are
made one at a time; after each the file is read again, and it must say what was meant and hold each comment still.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from pbpmaturity.diagnostics.finding import Route
from pbpmaturity.errors import PbpError
from pbpmaturity.model.date import PartialDate
from pbpmaturity.workspace.guard import Unreadable, decoded
from pbpmaturity.workspace.source import read
from pbpmaturity.workspace.write import entry, flow, item, pair, scalar

_BOM = b"\xef\xbb\xbf"
_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\n]*", re.MULTILINE)
_MOST_CHANGES = 2000


def merged(data: bytes, meant: Mapping[str, Any]) -> bytes:
    """Return a file changed so that it says what is meant; PbpError if it is written so that this is not safe.

    `meant` holds text, dates, counts, mappings and tuples in the order in which new keys are to stand.
    """
    text, goal = decoded(data), as_read(meant)
    for _ in range(_MOST_CHANGES):
        source = read(text.encode())
        if source.data == goal:
            bom = _BOM if data.startswith(_BOM) else b""
            return bom + text.encode("utf-8")
        text = _one_step(text, source.root, source.data, meant, goal)
    raise _by_hand()


def as_read(value: Any) -> Any:
    """Return a value as it is read from a file: dates and counts as text."""
    if isinstance(value, Mapping):
        return {key: as_read(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(as_read(one) for one in value)
    return value if isinstance(value, str) else str(value)


def comments_in(data: bytes) -> list[str]:
    """Return the comments of a file, in its order; Unreadable if it is no YAML that pbp reads."""
    text = decoded(data)
    return _comments(text, read(text.encode()).root)


@dataclass(frozen=True, slots=True)
class _Step:
    """A change of the text, and the data that the file must then hold."""

    change: Callable[[str], str]
    then: Any


def _one_step(text: str, root: Any, data: Any, meant: Mapping[str, Any], goal: Any) -> str:
    """Make the first change that is needed, as small as it can safely be."""
    route = _first_difference(data, goal)
    while True:
        for step in _steps(root, data, meant, route):
            changed = _with_comments(text, step.change(text), root, route)
            if changed is not None and _says(changed, step.then):
                return changed
        if not route:
            raise _by_hand()
        route = route[:-1]  # write what holds it anew instead


def _first_difference(data: Any, goal: Any) -> Route:
    """Return the route to the innermost value that differs, or to one that is on one side only."""
    if isinstance(data, dict) and isinstance(goal, dict):
        for key in (*(key for key in data if key not in goal), *goal):
            if key not in data or key not in goal:
                return (key,)
            if data[key] != goal[key]:
                return (key, *_first_difference(data[key], goal[key]))
    if isinstance(data, tuple) and isinstance(goal, tuple):
        pairs = enumerate(zip(data, goal, strict=False))
        position = next((index for index, (old, new) in pairs if old != new), min(len(data), len(goal)))
        if len(data) == len(goal):
            return (position, *_first_difference(data[position], goal[position]))
        return (position,)
    return ()


def _steps(root: Any, data: Any, meant: Mapping[str, Any], route: Route) -> Iterator[_Step]:
    """Yield the ways to bring one value to what is meant, the smallest first."""
    if not route:
        return
    parent, key = _node(root, route[:-1]), route[-1]
    old, new = _value(data, route[:-1]), _value(meant, route[:-1])
    if type(parent) is SequenceNode:
        yield from _steps_in_list(parent, old, new, data, route)
        return
    present = next(((name, node) for name, node in parent.value if name.value == key), None)
    then = _set(data, route, as_read(new[key])) if key in new else _without(data, route)
    if key not in new:
        yield _Step(lambda text: _cut(text, *_lines_of(text, *present)) if present else text, then)
    elif present is None:
        if parent.value:  # else it is {}, which is better written anew
            yield _Step(lambda text: _with_new_key(text, parent, str(key), new), then)
    else:
        name, node = present
        yield _Step(lambda text: _with_scalar(text, name, node, new[key], parent.flow_style), then)
        yield _Step(lambda text: _with_entry(text, name, node, entry(str(key), new[key], _column(name))), then)


def _steps_in_list(parent: Any, old: Any, new: Any, data: Any, route: Route) -> Iterator[_Step]:
    position = int(route[-1])
    if position == len(old):
        then = _set(data, route[:-1], (*old, as_read(new[position])))
        yield _Step(lambda text: _with_new_item(text, parent, new[position]), then)
    elif len(new) < len(old):
        then = _set(data, route[:-1], (*old[:position], *old[position + 1 :]))
        yield _Step(lambda text: _cut(text, *_lines_of_item(text, parent.value[position])), then)
    elif len(new) == len(old):
        then = _set(data, route, as_read(new[position]))
        lines = item(new[position], parent.start_mark.column)
        yield _Step(lambda text: _swapped(text, _lines_of_item(text, parent.value[position]), lines), then)


def _with_scalar(text: str, key_node: Any, value_node: Any, value: Any, in_flow: bool | None) -> str:
    """Replace a value that stands on one line by another that does, so that a comment after it stays in its place."""
    is_short = isinstance(value, str | int | PartialDate)
    new = scalar(value, in_flow=bool(in_flow)) if is_short else flow(value) if in_flow else None
    if new is None or (not in_flow and len(entry("k", value)) > 1):
        return text
    start, end = value_node.start_mark.index, value_node.end_mark.index
    if start == end:  # a key with nothing after it
        start = end = text.index(":", key_node.end_mark.index) + 1
        new = f" {new}"
    elif "\n" in text[start:end]:
        return text
    return text[:start] + new + text[end:]


def _with_entry(text: str, key_node: Any, value_node: Any, lines: list[str]) -> str:
    """Write a key and its value anew; where the key follows a dash, the dash stays."""
    start, end = _lines_of(text, key_node, value_node)
    begin = key_node.start_mark.index
    return _swapped(text, (start, end), [text[start:begin] + lines[0].lstrip(" "), *lines[1:]])


def _with_new_key(text: str, mapping: Any, key: str, new: Mapping[str, Any]) -> str:
    """Add a key below the one that comes before it in the order that is meant; above all others if none does."""
    if mapping.flow_style:
        return _before_bracket(text, mapping, pair(key, new[key]))
    column = _column(mapping.value[0][0])
    lines = entry(key, new[key], column)
    present = {name.value: (name, node) for name, node in mapping.value}
    order = list(new)
    before = [name for name in order[: order.index(key)] if name in present]
    if before:
        return _inserted(text, _lines_of(text, *present[before[-1]])[1], lines)
    first = mapping.value[0][0].start_mark.index
    above = _newline(text).join([lines[0].lstrip(" "), *lines[1:], " " * column])
    return text[:first] + above + text[first:]


def _with_new_item(text: str, sequence: Any, value: Any) -> str:
    if sequence.flow_style:
        return _before_bracket(text, sequence, flow(value))
    is_flow = bool(sequence.value) and all(getattr(node, "flow_style", False) for node in sequence.value)
    lines = item(value, sequence.start_mark.column, is_flow=is_flow)
    return _inserted(text, _end_of_lines(text, sequence), lines)


def _before_bracket(text: str, node: Any, addition: str) -> str:
    end = node.end_mark.index - 1
    before = text[:end].rstrip()
    comma = "" if before.endswith(("[", "{", ",")) else ","
    space = "" if before.endswith(("[", "{")) else " "
    return f"{before}{comma}{space}{addition}{text[end:]}"


def _lines_of(text: str, key_node: Any, value_node: Any) -> tuple[int, int]:
    """Return where the lines of a key and its value begin and end."""
    start = text.rfind("\n", 0, key_node.start_mark.index) + 1
    return start, max(_end_of_lines(text, value_node), _end_of_line(text, key_node.end_mark.index))


def _lines_of_item(text: str, node: Any) -> tuple[int, int]:
    dash = text.rfind("-", 0, node.start_mark.index)
    return text.rfind("\n", 0, dash) + 1, _end_of_lines(text, node)


def _end_of_lines(text: str, node: Any) -> int:
    end: int = _last_leaf(node).end_mark.index
    if end and text[end - 1] == "\n":  # a block of text, whose mark stands at the next line
        return end
    return _end_of_line(text, end)


def _end_of_line(text: str, index: int) -> int:
    line_end = text.find("\n", index)
    return len(text) if line_end < 0 else line_end + 1


def _last_leaf(node: Any) -> Any:
    if type(node) is ScalarNode or node.flow_style or not node.value:
        return node
    last = node.value[-1]
    return _last_leaf(last[1] if isinstance(last, tuple) else last)


def _cut(text: str, start: int, end: int) -> str:
    return text[:start] + text[end:]


def _swapped(text: str, span: tuple[int, int], lines: list[str]) -> str:
    return _inserted(_cut(text, *span), span[0], lines)


def _inserted(text: str, place: int, lines: list[str]) -> str:
    """Add whole lines at a place, with the file's own line ends."""
    newline = _newline(text)
    gap = "" if not place or text[:place].endswith("\n") else newline
    return text[:place] + gap + newline.join(lines) + newline + text[place:]


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _with_comments(before: str, after: str, root: Any, route: Route) -> str | None:
    """Return a changed text with the comments that the change swept away, each on a line above it; None if unread."""
    try:
        kept = Counter(_comments(after, read(after.encode()).root))
    except Unreadable:
        return None
    lost = list((Counter(_comments(before, root)) - kept).elements())
    if not lost:
        return after
    pairs = enumerate(zip(before, after, strict=False))
    common = next((index for index, (old, new) in pairs if old != new), min(len(before), len(after)))
    place = after.rfind("\n", 0, common) + 1
    margin = " " * _column_at(root, route)
    return _inserted(after, place, [margin + comment for comment in lost])


def _comments(text: str, root: Any) -> list[str]:
    """Return the comments of a text: what begins with # outside its words."""
    found: list[str] = []
    end = 0
    for node in sorted(_leaves(root), key=lambda leaf: int(leaf.start_mark.index)):
        found += _COMMENT.findall(text[end : node.start_mark.index])
        end = node.end_mark.index
        if node.style in ("|", ">"):
            found += _COMMENT.findall(text[node.start_mark.index : text.find("\n", node.start_mark.index)])
    return [comment.rstrip() for comment in (*found, *_COMMENT.findall(text[end:]))]


def _leaves(node: Any) -> Iterator[Any]:
    if type(node) is ScalarNode:
        yield node
        return
    for one in node.value:
        for part in one if isinstance(one, tuple) else (one,):
            yield from _leaves(part)


def _column_at(root: Any, route: Route) -> int:
    """Return the column of the keys or dashes among which the end of a route stands."""
    parent = _node(root, route[:-1])
    return _column(parent.value[0][0]) if type(parent) is MappingNode and parent.value else _column(parent)


def _column(node: Any) -> int:
    column: int = node.start_mark.column
    return column


def _node(root: Any, route: Route) -> Any:
    node = root
    for step in route:
        if type(node) is MappingNode:
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    return node


def _value(data: Any, route: Route) -> Any:
    for step in route:
        data = data[step]
    return data


def _set(data: Any, route: Route, value: Any) -> Any:
    """Return plain data with a value set at a route."""
    if not route:
        return value
    step, rest = route[0], route[1:]
    if isinstance(data, tuple) and isinstance(step, int):
        return (*data[:step], _set(data[step], rest, value), *data[step + 1 :])
    return {**data, step: _set(data.get(step, {}), rest, value)}


def _without(data: Any, route: Route) -> Any:
    parent = _value(data, route[:-1])
    return _set(data, route[:-1], {key: value for key, value in parent.items() if key != route[-1]})


def _says(text: str, meant: Any) -> bool:
    try:
        return bool(read(text.encode()).data == meant)
    except Unreadable:
        return False


def _by_hand() -> PbpError:
    return PbpError(
        "the file is written in a way that pbp cannot change safely", "change it by hand; nothing was written"
    )
