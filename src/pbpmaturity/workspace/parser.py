"""The only lines that name the YAML library's parsers: the compiled one where it is installed, and the pure one."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.tag import Tag

try:
    if os.environ.get("PBP_PURE_YAML"):
        raise ImportError
    from _ruamel_yaml import CParser
except ImportError:
    CParser = None

_TEXT = Tag(suffix="tag:yaml.org,2002:str")


@dataclass(frozen=True, slots=True)
class Parser:
    """`compose` gives the root node of a text's one document, or None; `events` build nothing and do not recurse.

    Both let the library's errors through.
    """

    compose: Callable[[str], Any]
    events: Callable[[str], Iterator[Any]]


def _pure_events(text: str) -> Iterator[Any]:
    yield from YAML(typ="base", pure=True).parse(text)


PURE = Parser(compose=lambda text: YAML(typ="base", pure=True).compose(text), events=_pure_events)
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
