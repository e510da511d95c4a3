"""What is refused before anything is built of a file: bytes, characters, markers, anchors, tags and depth.

Both parsers would take some of these, differently; what is refused here is refused on both, at the same place.
"""

import re
from typing import Any

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, MappingStartEvent, ScalarEvent

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.rules import Rule
from pbpmaturity.workspace.parser import Parser

MAX_DEPTH = 20
MAX_NODES = 20_000

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
# A block text that begins with lines of spaces, which the pure parser refuses if a line after the first of them, up to
# the first one of words, holds more spaces than it.
_SPACES_ALONE = re.compile(r"\n +\r?\n")
_SPACES_FIRST = re.compile(r"[|>][-+]?(?: [^\n]*|\r)?\n( +)\r?\n(?: *\r?\n)*?\1 ")
# A pair in [], such as ["a":b], that only the compiled parser takes for one.
_MAYBE_TIGHT_PAIR = re.compile(r"""["'] *:[^ \r\n]""")
_TIGHT_PAIR = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*') *:[^ \r\n]""", re.DOTALL)
# Each key, value, list or item comes with one of these, and none with more than four things: so few need no counting.
_SIGNS = ("\n", ",", ":", "-", "?", "[", "{")
_FEW_SIGNS = MAX_NODES // 4
_SURROGATE = re.compile("[\ud800-\udfff]")

_NO_CHARACTER = "an escape such as \\ud800 stands for no character; write the character itself"
_NOT_YAML = "this cannot be read as YAML; check the indentation, and put text with special characters in quotes"
_UNCLOSED_QUOTE = "a quotation mark opens here and is never closed; close it, or put the whole text in the other kind"
_INDENTATION = "the indentation does not fit the lines above; keys of one group begin in the same column"
_SPACES = "a block of text (| or >) begins with a line of spaces alone; delete the spaces, or the line"
_BRACKET = "a [ or { is not closed, or a comma is missing in it; text that holds # or a quotation mark needs quotes"
# What the parsers say, in part, and what a person is told.
_PROBLEMS = (
    (
        "are not allowed",
        "a colon, dash or question mark with a space after it stands inside text; put the text in quotes",
    ),
    ("unexpected end of stream", _UNCLOSED_QUOTE),
    ("document separator", _UNCLOSED_QUOTE),
    ("more indented follow up line", _SPACES),
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
ELSEWHERE = (
    "from the version history of OneDrive or SharePoint or a backup of the folder; if it never said anything, delete it"
)
TOO_MANY = f"the file holds over {MAX_NODES:,} keys and values; an assessment holds some 500, so move what this is away"
TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels; write it flatter"


class Unreadable(Exception):
    """The bytes are not a file of ours; line and column count from 1."""

    def __init__(self, rule: Rule, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.line = line
        self.column = column


class Lost(Unreadable):
    """The bytes are no longer a file of ours: what it said is gone."""


def refuse_lost(data: bytes) -> None:
    """Refuse a file that holds nothing, or NULs alone, as a crash, a full disk or a broken sync leaves it."""
    if data and (data[0] != 0 or data.strip(b"\0")):
        return
    found = f"holds nothing but {len(data):,} NUL {'byte' if len(data) == 1 else 'bytes'}" if data else "is empty"
    message = (
        f"the file {found}, so what it said is lost, as after a crash or a broken sync; get an earlier version back,"
        f" {ELSEWHERE}"
    )
    raise Lost(rules.EMPTY, message)


def decoded(data: bytes) -> str:
    """Return UTF-8 bytes, with or without a byte order mark, as text."""
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


def refuse_characters(text: str) -> None:
    """Refuse tabs, unusual line separators and control characters, wherever they stand."""
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


def refuse_markers(text: str) -> None:
    """Refuse unsettled merge conflicts, directives, and document markers but one at the start and one at the end."""
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


def is_suspect(text: str) -> bool:
    """Say whether the text may hold what is refused event by event: an anchor, a tag, deep nesting and so on."""
    return (
        (any(sign in text for sign in _SUSPECT_SIGNS) and _SUSPECT.search(text) is not None)
        or (len(text) > _FEW_SIGNS and sum(map(text.count, _SIGNS)) > _FEW_SIGNS)
        or text.count("[") + text.count("{") > MAX_BRACKETS
        or _DEEP.search(f"\n{text}") is not None
        or _SPACES_ALONE.search(text) is not None
        or ("[" in text and _MAYBE_TIGHT_PAIR.search(text) is not None)
    )


def refuse_events(text: str, parser: Parser) -> None:
    """Refuse anchors, aliases, tags, depth and sheer number, event by event and so before anything is built."""
    depth = nodes = 0
    for event in parser.events(text):
        _refuse_event(event, text)
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        nodes += isinstance(event, CollectionStartEvent | ScalarEvent)
        if nodes > MAX_NODES:
            raise fault_at(event.start_mark, rules.TOO_LARGE, TOO_MANY)
        if depth > MAX_DEPTH:
            raise fault_at(event.start_mark, rules.NESTING, TOO_DEEP)


def _refuse_event(event: Any, text: str) -> None:
    if isinstance(event, AliasEvent):
        raise fault_at(
            event.start_mark,
            rules.ANCHOR,
            "an alias (*) is not allowed; write the value out, or put text that begins with * in quotes",
        )
    if getattr(event, "anchor", None) is not None:
        raise fault_at(
            event.start_mark,
            rules.ANCHOR,
            "an anchor (&) is not allowed; write each value out, or put text that begins with & in quotes",
        )
    if getattr(event, "tag", None) is not None:
        raise fault_at(event.start_mark, rules.TAG, "a tag (!) is not allowed; put text that begins with ! in quotes")
    if isinstance(event, MappingStartEvent) and _TIGHT_PAIR.match(text, event.start_mark.index):
        raise fault_at(event.start_mark, rules.SYNTAX, _BRACKET)
    if not isinstance(event, ScalarEvent):
        return
    if _SURROGATE.search(event.value):
        raise fault_at(event.start_mark, rules.SYNTAX, _NO_CHARACTER)
    if event.style in ("|", ">") and _BLOCK_COMMENT.match(text, event.start_mark.index):
        # The compiled parser takes it for a comment, which it is not.
        raise fault_at(event.start_mark, rules.SYNTAX, f"write a space between {event.style} and #")
    if event.style in ("|", ">") and _SPACES_FIRST.match(text, event.start_mark.index):
        raise fault_at(event.start_mark, rules.SYNTAX, _SPACES)


def syntax_fault(error: MarkedYAMLError) -> Unreadable:
    """Return what a parser says in words for a person, at the place to look."""
    problem = str(error.problem or error.context or "")
    if "found unexpected ':'" in problem:
        return flow_colon(error.context_mark.line + 1, error.context_mark.column + 1)
    words = next((words for part, words in _PROBLEMS if part in problem), _NOT_YAML)
    # Where a quotation mark is not closed, the place to look is where it opens, not the end of the file.
    mark = (error.context_mark if words is _UNCLOSED_QUOTE else None) or error.problem_mark or error.context_mark
    return fault_at(mark, rules.SYNTAX, words)


def flow_colon(line: int, column: int) -> Unreadable:
    """Return the fault of a colon in a plain word inside {} or []."""
    return Unreadable(
        rules.FLOW_COLON,
        "a plain word inside {} or [] holds a colon; write a space after the colon, or put the text in quotes",
        line,
        column,
    )


def fault_at(mark: Any, rule: Rule, message: str) -> Unreadable:
    """Return a fault at a mark of the parser, which counts from 0."""
    return Unreadable(rule, message, mark.line + 1, mark.column + 1)


def _position(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, start) + 1, offset - start + 1
