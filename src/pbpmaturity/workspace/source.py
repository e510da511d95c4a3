"""From bytes to plain data and positions, or to what is wrong with the bytes.

Everything stays text here: what a value means is decided by the shapes of model/, so that `no`, `010` and
`2024-02-30` cannot turn into something else on the way. The compiled parser and the pure one give the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Route
from pbpmaturity.diagnostics.rules import Rule
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.workspace.parser import COMPILED, PURE, Parser

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
MAX_SECOND_LOOK = 1 << 17

_NULLS = frozenset({"~", "null", "Null", "NULL"})
_BAD_CHARACTER = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
_SEPARATORS = {"\t": "a tab", "\x85": "U+0085", "\u2028": "U+2028", "\u2029": "U+2029"}
# What may be an anchor, an alias, a tag or an escaped surrogate: only such files are read event by event.
_SUSPECT = re.compile(r"(?:^|[\s\[\]{},:?-])(?:[&*](?=\S)|!)|\\[uU]|[|>][-+0-9]*#", re.MULTILINE)
_SUSPECT_SIGNS = ("&", "*", "!", "\\", "#")
_BLOCK_COMMENT = re.compile(r"[|>][-+0-9]*#")
_MARKERS = ("---", "...", "%")
_CONFLICT = re.compile(r"^<<<<<<< ", re.MULTILINE)
_MARKER = re.compile(r"^(?:---|\.\.\.)(?=[ \n]|$)|^%", re.MULTILINE)
_ONLY_COMMENTS = re.compile(r"(?:[ ]*(?:#[^\n]*)?(?:\n|$))*")
# Both parsers compose this many brackets or columns of indentation without trouble; more is read event by event.
MAX_BRACKETS = 100
_DEEP = re.compile(r"\n[ ?:-]{40,}")
_SURROGATE = re.compile("[\ud800-\udfff]")

_NO_CHARACTER = "an escape such as \\ud800 stands for no character; write the character itself"
_NOT_YAML = "this cannot be read as YAML; check the indentation, and put text with special characters in quotes"
_UNCLOSED_QUOTE = "a quotation mark opens here and is never closed; close it, or put the whole text in the other kind"
_INDENTATION = "the indentation does not fit the lines above; keys of one group begin in the same column"
_BRACKET = "a [ or { is not closed, or a comma is missing in it; text that holds # or a quotation mark needs quotes"
# What the parsers say, in part, and what a person is told.
_PROBLEMS = (
    (
        "are not allowed",
        "a colon, dash or question mark with a space after it stands inside text; put the text in quotes",
    ),
    ("unexpected end of stream", _UNCLOSED_QUOTE),
    ("document separator", _UNCLOSED_QUOTE),
    ("expected <block end>", _INDENTATION),
    ("did not find expected key", _INDENTATION),
    ("did not find expected '-' indicator", _INDENTATION),
    (
        "could not find expected ':'",
        "there is no colon after the key; write key: value, or indent the line to continue text",
    ),
    ("expected ',' or", _BRACKET),
    ("expected the node content", _BRACKET),
    ("did not find expected node content", _BRACKET),
    ("cannot start any token", "text cannot begin with this character; put the text in quotes"),
    (
        "escape",
        "a backslash inside double quotes begins an escape, and this is none; use single quotes around the text",
    ),
)
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels; write it flatter"


class Unreadable(Exception):
    """The bytes are not a file of ours; line and column count from 1."""

    def __init__(self, rule: Rule, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Source:
    """A file's plain data (mappings, lists, text), the keys left out of it as they are empty, and its positions."""

    data: Any
    root: Any
    empty: tuple[Route, ...] = ()

    def locate(self, route: Route, point: str = "value") -> tuple[int, int]:
        """Return line and column of the value (or its key) at the end of a route, or of as much of it as there is."""
        return locate(self.root, route, point)


def read(data: bytes) -> Source:
    """Return what a file's bytes say; Unreadable for anything that is not plain YAML of the size and depth allowed."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            rules.TOO_LARGE, "the file is over 1 MiB; an assessment is some 10 KB, so this is something else"
        )
    text = _decoded(data)
    _refuse_characters(text)
    _refuse_markers(text)
    if COMPILED is None:
        return _built(_composed(text, PURE))
    try:
        root = _composed(text, COMPILED)
    except Unreadable:
        # The two parsers see some faults at different places: the pure one decides, so that all users are told the
        # same. It is slow, so a large file is told what the compiled one saw.
        if len(text) <= MAX_SECOND_LOOK:
            return _built(_composed(text, PURE))
        raise
    return _built(root)


def _composed(text: str, parser: Parser) -> Any:
    """Return the root node of a text; Unreadable if the parser refuses it, or we do what the parser lets through."""
    try:
        if _is_suspect(text):
            _refuse_events(text, parser)
        return parser.compose(text)
    except MarkedYAMLError as error:
        raise _syntax(error) from None
    except (YAMLError, ValueError, IndexError, AssertionError, AttributeError, RecursionError, TypeError):
        # The pure parser lets these out on text that is no YAML.
        raise Unreadable(rules.SYNTAX, "the file is not YAML that can be read") from None


def _built(root: Any) -> Source:
    """Return a node as plain data; Unreadable if it says nothing, holds no keys, or holds a key twice."""
    if root is None or (type(root) is ScalarNode and root.value in ("", *_NULLS) and not root.style):
        raise Unreadable(
            rules.EMPTY,
            "the file says nothing: it is empty, or holds only comments; fill it in, or delete it",
        )
    if type(root) is not MappingNode:
        raise _at(root.start_mark, rules.WRONG_TYPE, "the file must hold keys and values, such as place: northam")
    empty: list[Any] = []
    data = _build(root, empty)
    return Source(data, root, tuple(_routes_to(root, {id(key) for key in empty})) if empty else ())


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


def _step(node: Any, step: str | int) -> tuple[Any, Any] | None:
    """Return the key (None in a list) and the value that a step leads to."""
    if type(node) is MappingNode:
        return next(((key, value) for key, value in node.value if key.value == str(step)), None)
    if type(node) is SequenceNode and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or 0 in data[:2]:
        raise Unreadable(rules.ENCODING, 'the file is UTF-16; save it as UTF-8 (in Notepad: Save as, Encoding "UTF-8")')
    body = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8")
        line, column = _position(before, len(before))
        raise Unreadable(
            rules.ENCODING,
            f"byte {body[error.start]:#04x} is not UTF-8; save the file as UTF-8"
            ' (in Notepad: Save as, Encoding "UTF-8")',
            line,
            column,
        ) from None


def _refuse_characters(text: str) -> None:
    if text.replace("\n", "").isprintable():
        return  # which is so for nearly every file, and five times faster to find out
    match = _BAD_CHARACTER.search(text)
    if not match:
        return
    line, column = _position(text, match.start())
    character = match[0]
    if character in _SEPARATORS:
        instead = "spaces" if character == "\t" else "an ordinary line break"
        raise Unreadable(rules.TAB, f"{_SEPARATORS[character]} is not allowed in a file; use {instead}", line, column)
    if character == "\r":
        message = "a carriage return stands alone; save the file with ordinary line ends (LF, or CR LF)"
        raise Unreadable(rules.CONTROL_CHARACTER, message, line, column)
    raise Unreadable(
        rules.CONTROL_CHARACTER,
        f"control character U+{ord(character):04X} is not allowed in a file; delete it",
        line,
        column,
    )


def _refuse_markers(text: str) -> None:
    """Refuse directives and every document marker but one at the start and one at the end."""
    if "<<<<<<< " in text and (conflict := _CONFLICT.search(text)):
        line, column = _position(text, conflict.start())
        raise Unreadable(
            rules.SYNTAX,
            "a merge conflict is not settled; keep one side, and delete the lines of <<<<<<<, ======= and >>>>>>>",
            line,
            column,
        )
    if not (text.startswith(_MARKERS) or any(f"\n{marker}" in text for marker in _MARKERS)):
        return
    match = _ONLY_COMMENTS.match(text)
    content = match.end() if match else 0
    for match in _MARKER.finditer(text):
        fault = _marker_fault(text, match, is_before_content=match.start() <= content)
        if fault:
            rule, message = fault
            raise Unreadable(rule, message, *_position(text, match.start()))
        if match[0] == "---":
            content = -1  # one marker may stand before the content, and no directive after it


def _marker_fault(text: str, match: re.Match[str], *, is_before_content: bool) -> tuple[Rule, str] | None:
    marker = match[0]
    if marker == "%":
        directive = "a directive (%) is not allowed; delete the line"
        return (rules.DIRECTIVE, directive) if is_before_content else None
    if marker == "---" and is_before_content:
        return None
    if marker == "..." and _ONLY_COMMENTS.fullmatch(text, match.end()):
        return None
    return (
        rules.SEVERAL_DOCUMENTS,
        f'a second document begins at "{marker}"; put it into a file of its own, or delete this line',
    )


def _is_suspect(text: str) -> bool:
    """Say whether the text may hold an anchor, an alias, a tag, an escaped surrogate or deep nesting."""
    return (
        (any(sign in text for sign in _SUSPECT_SIGNS) and _SUSPECT.search(text) is not None)
        or text.count("[") + text.count("{") > MAX_BRACKETS
        or _DEEP.search(f"\n{text}") is not None
    )


def _refuse_events(text: str, parser: Parser) -> None:
    """Refuse anchors, aliases, tags and depth, event by event and so before anything is built."""
    depth = 0
    for event in parser.events(text):
        _refuse_event(event, text)
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _at(event.start_mark, rules.NESTING, _TOO_DEEP)


def _refuse_event(event: Any, text: str) -> None:
    if isinstance(event, AliasEvent):
        raise _at(
            event.start_mark,
            rules.ANCHOR,
            "an alias (*) is not allowed; write the value out, or put text that begins with * in quotes",
        )
    if getattr(event, "anchor", None) is not None:
        raise _at(
            event.start_mark,
            rules.ANCHOR,
            "an anchor (&) is not allowed; write each value out, or put text that begins with & in quotes",
        )
    if getattr(event, "tag", None) is not None:
        raise _at(event.start_mark, rules.TAG, "a tag (!) is not allowed; put text that begins with ! in quotes")
    if not isinstance(event, ScalarEvent):
        return
    if _SURROGATE.search(event.value):
        raise _at(event.start_mark, rules.SYNTAX, _NO_CHARACTER)
    if event.style in ("|", ">") and _BLOCK_COMMENT.match(text, event.start_mark.index):
        # The compiled parser takes it for a comment, which it is not.
        raise _at(event.start_mark, rules.SYNTAX, f"write a space between {event.style} and #")


def _build(node: Any, empty: list[Any], depth: int = 1, in_flow: bool = False) -> Any:
    """Return a node as plain data; keys with nothing after them are left out and collected in `empty`."""
    if type(node) is ScalarNode:
        return _scalar(node, in_flow)
    if depth > MAX_DEPTH:
        raise _at(node.start_mark, rules.NESTING, _TOO_DEEP)
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
        raise _at(node.start_mark, rules.KEY_NOT_TEXT, "a key must be a word, not a list or a mapping")
    key: str = node.value
    if not node.style:
        if in_flow and ":" in key:
            raise _flow_colon(node.start_mark.line + 1, node.start_mark.column + 1)
        if not key:
            raise _at(node.start_mark, rules.SYNTAX, "there is no key before the colon")
    return key


def _scalar(node: Any, in_flow: bool) -> str | None:
    """Return a scalar's text; None for one that is empty."""
    text: str = node.value
    if not node.style:
        if in_flow and ":" in text:
            raise _flow_colon(node.start_mark.line + 1, node.start_mark.column + 1)
        if text in _NULLS:
            return None
    return text if text and not text.isspace() else None


def _twice(key_node: Any, first_mark: Any) -> Unreadable:
    column = f", column {first_mark.column + 1}" if first_mark.line == key_node.start_mark.line else ""
    return _at(
        key_node.start_mark,
        rules.DUPLICATE_KEY,
        f"key {quoted(key_node.value)} is given twice, first in line {first_mark.line + 1}{column}; keep one",
    )


def _flow_colon(line: int, column: int) -> Unreadable:
    return Unreadable(
        rules.FLOW_COLON,
        "a plain word inside {} or [] holds a colon; write a space after the colon, or put the text in quotes",
        line,
        column,
    )


def _at(mark: Any, rule: Rule, message: str) -> Unreadable:
    return Unreadable(rule, message, mark.line + 1, mark.column + 1)


def _syntax(error: MarkedYAMLError) -> Unreadable:
    problem = str(error.problem or "")
    if "found unexpected ':'" in problem:
        return _flow_colon(error.context_mark.line + 1, error.context_mark.column + 1)
    words = next((words for part, words in _PROBLEMS if part in problem), _NOT_YAML)
    # Where a quotation mark is not closed, the place to look is where it opens, not the end of the file.
    mark = (error.context_mark if words is _UNCLOSED_QUOTE else None) or error.problem_mark or error.context_mark
    return _at(mark, rules.SYNTAX, words)


def _position(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, start) + 1, offset - start + 1
