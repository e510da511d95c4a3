"""From bytes to plain data and positions, or to what is wrong with the bytes.

Everything stays text here: what a value means is decided by the shapes of model/, so that `no`, `010` and
`2024-02-30` cannot turn into something else on the way. The compiled parser and the pure one give the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Route
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.workspace.guard import (
    MAX_DEPTH,
    TOO_DEEP,
    Unreadable,
    decoded,
    fault_at,
    flow_colon,
    is_suspect,
    refuse_characters,
    refuse_events,
    refuse_lost,
    refuse_markers,
    syntax_fault,
)
from pbpmaturity.workspace.parser import COMPILED, PURE, Parser
from pbpmaturity.workspace.spaces import behind, has_odd_spaces, refuse_odd_spaces

LookT = TypeVar("LookT")

MAX_BYTES = 1 << 20
MAX_SECOND_LOOK = 1 << 17

_NULLS = frozenset({"~", "null", "Null", "NULL"})
# What the pure parser lets out on text that is no YAML.
_LET_OUT = (
    YAMLError,
    AssertionError,
    AttributeError,
    LookupError,
    OverflowError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file's plain data (mappings, lists, text), its text, the keys left out as they are empty, and its positions."""

    data: Any
    root: Any
    text: str = ""
    empty: tuple[Route, ...] = ()

    def locate(self, route: Route, point: str = "value") -> tuple[int, int]:
        """Return line and column of the value (or its key) at the end of a route, or of as much of it as there is."""
        return locate(self.root, route, point)


def read(data: bytes) -> Source:
    """Return what a file's bytes say; Unreadable for anything that is not plain YAML of the size and depth allowed."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            rules.TOO_LARGE,
            "the file is over 1 MiB; an assessment is some 10 KB, so move what this is out of the workspace",
        )
    refuse_lost(data)
    text = decoded(data)
    refuse_characters(text)
    refuse_markers(text)
    if not has_odd_spaces(text):
        return _read(text)
    try:
        source = _read(text)
    except Unreadable as fault:
        raise behind(fault, text, _read) from None
    refuse_odd_spaces(source.root, text)
    return source


def _read(text: str) -> Source:
    return _looked_at(text, lambda text, parser: _built(_composed(text, parser), text))


def composed(text: str) -> Any:
    """Return the root node of a text that holds no character and no marker that is refused."""
    return _looked_at(text, _composed)


def _looked_at(text: str, look: Callable[[str, Parser], LookT]) -> LookT:
    """Return what is made of a text with the compiled parser, and with the pure one if that refuses or is missing."""
    if COMPILED is None:
        return look(text, PURE)
    try:
        return look(text, COMPILED)
    except Unreadable:
        # The two parsers see some faults at different places: the pure one decides, so that all users are told the
        # same. It is slow, so a large file is told what the compiled one saw.
        if len(text) <= MAX_SECOND_LOOK:
            return look(text, PURE)
        raise


def _composed(text: str, parser: Parser) -> Any:
    """Return the root node of a text; Unreadable if the parser refuses it, or we do what the parser lets through."""
    try:
        if is_suspect(text):
            refuse_events(text, parser)
        return parser.compose(text)
    except MarkedYAMLError as error:
        raise syntax_fault(error) from None
    except _LET_OUT:
        raise Unreadable(rules.SYNTAX, "the file is not YAML that can be read") from None


def _built(root: Any, text: str) -> Source:
    """Return a node as plain data; Unreadable if it says nothing, holds no keys, or holds a key twice."""
    if root is None or (type(root) is ScalarNode and root.value in ("", *_NULLS) and not root.style):
        raise Unreadable(
            rules.EMPTY,
            "the file says nothing: it is empty, or holds only comments; fill it in, or delete it",
        )
    if type(root) is not MappingNode:
        raise fault_at(
            root.start_mark,
            rules.WRONG_TYPE,
            "found a list or plain text, expected keys and values, such as place: northam",
        )
    empty: list[Any] = []
    data = _build(root, empty)
    return Source(data, root, text, tuple(_routes_to(root, {id(key) for key in empty})) if empty else ())


def _routes_to(node: Any, keys: set[int], route: Route = ()) -> Iterator[Route]:
    """Yield the routes to the keys with these identities."""
    if type(node) is MappingNode:
        for key, value in node.value:
            if id(key) in keys:
                yield (*route, key.value)
            yield from _routes_to(value, keys, (*route, key.value))
    elif type(node) is SequenceNode:
        for index, item in enumerate(node.value):
            yield from _routes_to(item, keys, (*route, index))


def locate(root: Any, route: Route, point: str = "value") -> tuple[int, int]:
    """Return line and column, from 1, of the end of a route below a node; the top of the file for an empty route."""
    if not route:
        return 1, 1
    node, key = root, None
    for step in route:
        found = _step(node, step)
        if found is None:
            break
        key, node = found
    mark = (key if point == "key" and key is not None else node).start_mark
    return mark.line + 1, mark.column + 1


def node_at(root: Any, route: Route) -> Any:
    """Return the node at the end of a route; None if the route leads nowhere."""
    node = root
    for step in route:
        found = _step(node, step)
        if found is None:
            return None
        node = found[1]
    return node


def _step(node: Any, step: str | int) -> tuple[Any, Any] | None:
    """Return the key (None in a list) and the value that a step leads to."""
    if type(node) is MappingNode:
        return next(((key, value) for key, value in node.value if key.value == str(step)), None)
    if type(node) is SequenceNode and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _build(node: Any, empty: list[Any], depth: int = 1, in_flow: bool = False) -> Any:
    """Return a node as plain data; keys with nothing after them are left out and collected in `empty`."""
    if type(node) is ScalarNode:
        return _scalar(node, in_flow)
    if depth > MAX_DEPTH:
        raise fault_at(node.start_mark, rules.NESTING, TOO_DEEP)
    flow = in_flow or bool(node.flow_style)
    if type(node) is SequenceNode:
        return tuple([_build(item, empty, depth + 1, flow) for item in node.value])
    return _build_mapping(node, empty, depth, flow)


def _build_mapping(node: Any, empty: list[Any], depth: int, flow: bool) -> dict[str, Any]:
    first_marks: dict[str, Any] = {}
    built: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = _key(key_node, flow)
        if key in first_marks:
            raise _twice(key_node, first_marks[key])
        first_marks[key] = key_node.start_mark
        if type(value_node) is ScalarNode:
            value: Any = _scalar(value_node, flow)
        else:
            value = _build(value_node, empty, depth + 1, flow)
        if value is None:
            empty.append(key_node)
        else:
            built[key] = value
    return built


def _key(node: Any, in_flow: bool) -> str:
    if type(node) is not ScalarNode:
        raise fault_at(
            node.start_mark,
            rules.KEY_NOT_TEXT,
            "a key must be a word, not a list or keys and values; write a line for each",
        )
    key: str = node.value
    if not node.style:
        if in_flow and ":" in key:
            raise flow_colon(node.start_mark.line + 1, node.start_mark.column + 1)
        if not key:
            raise fault_at(
                node.start_mark, rules.SYNTAX, "there is no key before the colon; write one, or put the text in quotes"
            )
    return key


def _scalar(node: Any, in_flow: bool) -> str | None:
    """Return a scalar's text; None for one that is empty."""
    text: str = node.value
    if not node.style:
        if in_flow and ":" in text:
            raise flow_colon(node.start_mark.line + 1, node.start_mark.column + 1)
        if text in _NULLS:
            return None
    return text if text and not text.isspace() else None


def _twice(key_node: Any, first_mark: Any) -> Unreadable:
    column = f", column {first_mark.column + 1}" if first_mark.line == key_node.start_mark.line else ""
    return fault_at(
        key_node.start_mark,
        rules.DUPLICATE_KEY,
        f"key {quoted(key_node.value)} is given twice, first in line {first_mark.line + 1}{column}; keep one",
    )
