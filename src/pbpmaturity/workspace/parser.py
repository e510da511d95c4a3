"""The only lines that name the YAML library's parsers: the compiled one where it is installed, and the pure one."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import StringMark
from ruamel.yaml.nodes import MappingNode
from ruamel.yaml.tag import Tag

try:
    if os.environ.get("PBP_PURE_YAML"):
        raise ImportError
    from _ruamel_yaml import CParser
except ImportError:
    CParser = None

_TEXT = Tag(suffix="tag:yaml.org,2002:str")
# What may stand between a key and its colon, which need not be on the key's line.
_TO_COLON = re.compile(r"(?:\s|#[^\n]*\n)*:")


@dataclass(frozen=True, slots=True)
class Parser:
    """`compose` gives the root node of a text's one document, or None; `events` build nothing and do not recurse.

    Both let the library's errors through.
    """

    compose: Callable[[str], Any]
    events: Callable[[str], Iterator[Any]]


def _pure_events(text: str) -> Iterator[Any]:
    yield from YAML(typ="base", pure=True).parse(text)


def _pure_root(text: str) -> Any:
    root = YAML(typ="base", pure=True).compose(text)
    _settle_empty_values(root, text)
    return root


def _settle_empty_values(root: Any, text: str) -> None:
    """Put the values of keys with nothing after them behind the colon, where the compiled parser has them.

    The pure one has them at the next key, and so below the comments between.
    """
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if not isinstance(getattr(node, "value", None), list):
            continue
        is_block = type(node) is MappingNode and not node.flow_style
        for child in node.value:
            key, value = child if isinstance(child, tuple) else (None, child)
            waiting += [value] if key is None else [key, value]
            if is_block and value.value == "" and not value.style:
                _settle(key, value, text)


def _settle(key: Any, value: Any, text: str) -> None:
    colon = _TO_COLON.match(text, key.end_mark.index)
    if colon:
        end = colon.end()
        line, column = text.count("\n", 0, end), end - text.rfind("\n", 0, end) - 1
        value.start_mark = value.end_mark = StringMark(key.end_mark.name, end, line, column, None, end)


PURE = Parser(compose=_pure_root, events=_pure_events)
COMPILED: Parser | None = None

if CParser is not None:

    class _Composer(CParser):  # type: ignore[misc]
        """Composes nodes whose scalars all stay text; the hooks are C callables that do nothing, for speed."""

        descend_resolver: Any = {}.get
        ascend_resolver: Any = int

        def resolve(self, kind: Any, value: Any, implicit: Any, _text: Tag = _TEXT) -> Tag:
            return _text

    def _compiled_events(text: str) -> Iterator[Any]:
        parser = CParser(text)
        while (event := parser.get_event()) is not None:
            yield event

    COMPILED = Parser(compose=lambda text: _Composer(text).get_single_node(), events=_compiled_events)
