"""Values in quotes, {} or [] that go on too far left, which readers of YAML do not agree on."""

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.workspace.source import Source

# Between brackets a comment may stand anywhere, and all readers but the strictest take a closing bracket below its key.
_NOTHING = re.compile(r"[\]}, \r]*(?:#.*)?")


def too_far_left(source: Source, path: str) -> Iterator[Finding]:
    """Yield the values that go on in a line which begins no further right than their key or dash."""
    lines = source.text.split("\n")
    for route, node, margin in _values(source.root, ()):
        number = _line_too_far_left(node, margin, lines)
        if number is not None:
            message = (
                f"the value goes on in line {number + 1}, which begins no further right than what it belongs to, and"
                " other programs refuse that; indent the line"
            )
            yield Finding(rules.TOO_FAR_LEFT, path, message, route)


def _values(node: Any, route: Route) -> Iterator[tuple[Route, Any, int]]:
    """Yield the values that stand in quotes or braces, with their route and the column that they must stay right of."""
    if type(node) is ScalarNode or node.flow_style:
        return
    for step, value in _parts(node):
        here = (*route, step)
        if not (value.style in ("'", '"') if type(value) is ScalarNode else value.flow_style):
            yield from _values(value, here)
        elif value.end_mark.line > value.start_mark.line:
            yield here, value, node.start_mark.column


def _parts(node: Any) -> Iterator[tuple[str | int, Any]]:
    if type(node) is MappingNode:
        yield from ((key.value, value) for key, value in node.value)
    elif type(node) is SequenceNode:
        yield from enumerate(node.value)


def _line_too_far_left(node: Any, margin: int, lines: list[str]) -> int | None:
    """Return the first line, from 0, of a value's further ones that has words at a margin or left of it."""
    is_text = type(node) is ScalarNode
    for number in range(node.start_mark.line + 1, node.end_mark.line + 1):
        words = lines[number].lstrip(" ")
        is_nothing = not words.strip() if is_text else _NOTHING.fullmatch(words)
        if not is_nothing and len(lines[number]) - len(words) <= margin:
            return number
    return None
