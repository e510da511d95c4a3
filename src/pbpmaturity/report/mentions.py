"""Names of Places in a page's words: what people wrote may name a Place that is not to be named."""

import html
import re
from collections.abc import Iterable

from pbpmaturity.diagnostics.visible import visible

_HIDDEN = re.compile(r"<style\b.*?</style>|<(?!a href=\"http)[^>]*>", re.DOTALL)


def mentions_in(page: str, names: Iterable[str], shown: Iterable[str]) -> tuple[str, ...]:
    """Return which names stand in a page's words or the addresses of its web links; `shown` are names that may.

    Whatever the case; and not where a name is part of one that may stand there.
    """
    words = html.unescape(_HIDDEN.sub(" ", page))
    found = _found_in(words, names)
    if not found:
        return ()
    for name in sorted(shown, key=len, reverse=True):
        words = _pattern(name).sub(" ", words)
    return _found_in(words, found)


def _found_in(words: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if _pattern(name).search(words))


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in visible(name).split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
