"""One-time codes: by one of them a participant's file shows that it comes from somebody who was asked."""

import re
from collections.abc import Sequence

# Of characters that are mistaken for each other, in print or by hand, there is one at the most; and without vowels no
# code is a word. Their number is a prime, so that the check notices every wrong one and every two that changed places.
SYMBOLS = "2346789CDFHJKMPRTWX"
LENGTH = 9
_GROUP = 3
_APART = re.compile(r"[\s\u00ad\u200b-\u200d\u2010-\u2015\u2060\u2212\ufeff-]")


def code_of(chosen: Sequence[str]) -> str:
    """Return the code that begins with all the chosen symbols but its last, which is the check."""
    rest = sum(place * SYMBOLS.index(symbol) for place, symbol in enumerate(chosen, 1)) % len(SYMBOLS)
    check = -rest * pow(LENGTH, -1, len(SYMBOLS)) % len(SYMBOLS)
    return _grouped("".join(chosen) + SYMBOLS[check])


def read_code(text: str) -> str | None:
    """Return the code that a text is, whatever its capitals, spaces and hyphens; None if it is none, or mistyped."""
    bare = _APART.sub("", text).upper()
    if len(bare) != LENGTH or not set(bare) <= set(SYMBOLS):
        return None
    code = _grouped(bare)
    return code if code == code_of(bare[:-1]) else None


def _grouped(bare: str) -> str:
    return "-".join(bare[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))
