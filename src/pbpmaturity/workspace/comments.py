"""What `#` begins: comments that leave a finding out, and comments that were meant to be text."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.diagnostics.ignores import Ignore
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.workspace.guard import Unreadable
from pbpmaturity.workspace.source import Source, composed, node_at

_MENTION = "pbp:"
_COMMENT = re.compile(r"(?<!\S)#[ ]*(pbp):", re.IGNORECASE)
_IGNORES = re.compile(r"ignore\b", re.IGNORECASE)
_NAMES_RULE = re.compile(r"\bPBP[0-9]{3}\b", re.IGNORECASE)
_OWN_LINE = re.compile(r"\s*#")
_CUT = re.compile(r"[ ]+#([^\s#].{0,40})")
# Stands in a copy of the text where a comment may be, so that it is seen whether it is part of a value.
_SIGN = "\ue000"
_SIGNED = re.compile(f"{_SIGN}([0-9]+){_SIGN}")
_MOST = 200


def ignores_in(source: Source, path: str) -> tuple[Ignore, ...]:
    """Return the comments of a file that are to leave a finding out; at most 200 are looked at."""
    if _MENTION not in source.text.lower():
        return ()
    lines = source.text.split("\n")
    mentions = list(
        islice(((number, match) for number, line in enumerate(lines) for match in _COMMENT.finditer(line)), _MOST)
    )
    in_values = _in_values(lines, mentions) if mentions else set()
    comments: dict[int, re.Match[str]] = {}
    for index, (number, match) in enumerate(mentions):
        if index not in in_values:
            comments.setdefault(number, match)
    told = {number: lines[number][match.end() :].strip() for number, match in comments.items()}
    meant = {number for number, text in told.items() if _IGNORES.match(text) or _NAMES_RULE.search(text)}
    alone = {number for number in meant if _OWN_LINE.match(lines[number])}
    return tuple(
        Ignore(path, number + 1, comments[number].start() + 1, _target(number, alone) + 1, told[number])
        for number in sorted(meant)
    )


def cut_off(source: Source, routes: Iterable[Route], path: str) -> Iterator[Finding]:
    """Yield the texts at the ends of routes that go on, in the eyes of who wrote them, after a `#`."""
    if " #" not in source.text:
        return
    lines = source.text.split("\n")
    for route in routes:
        node = node_at(source.root, route)
        if type(node) is not ScalarNode or node.style:
            continue
        match = _CUT.match(lines[node.end_mark.line], node.end_mark.column)
        if match and not match[1].lower().startswith(_MENTION):
            message = (
                f"the text ends before {quoted('#' + match[1])}, since # after a blank begins a comment;"
                " put the whole text in quotes, or write a blank after # if it is one"
            )
            yield Finding(rules.CUT_OFF, path, message, route)


def _target(number: int, alone: set[int]) -> int:
    """Return the line that a comment is about: its own, or the next that is no such comment if it stands alone."""
    while number in alone:
        number += 1
    return number


def _in_values(lines: list[str], found: list[tuple[int, re.Match[str]]]) -> set[int]:
    """Return which of the finds are part of a key or value, such as a quoted text about such comments."""
    signed = list(lines)
    for index, (number, match) in reversed(list(enumerate(found))):  # so that what comes before stays in its place
        line = signed[number]
        signed[number] = f"{line[: match.end(1)]}{_SIGN}{index}{_SIGN}{line[match.end(1) :]}"
    try:
        root = composed("\n".join(signed))
    except Unreadable:
        return set(range(len(found)))
    return {int(index) for text in _scalars(root) for index in _SIGNED.findall(text)}


def _scalars(node: Any) -> Iterator[str]:
    if type(node) is ScalarNode:
        yield node.value
    elif type(node) is MappingNode:
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)
    elif type(node) is SequenceNode:
        for item in node.value:
            yield from _scalars(item)
