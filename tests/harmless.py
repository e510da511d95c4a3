"""How deep and how large an input is, so that none of ours would harm a program that reads it without guards.

YAML, XML, zips and templates have each ended, hung or filled the memory of programs that read them: nesting by the
thousand runs through the stack of parsers that call themselves; aliases and merge keys that each hold the one before
several times grow without bounds; so do entities and zips; numbers of thousands of digits are slow to convert; and some
parsers look again and again for the end of what is never closed. That is said here in words. The files and texts of
this repository try a guard one and five steps over its limit, or with the limit lowered, and never by such an input.
"""

import re

DEEPEST = 26
"""Five steps over the 20 levels that are allowed, and the file itself."""
MOST_ALIASES = 4
LONGEST_NUMBER = 64
"""That of a hash."""
LARGEST_FILE = 20_000

_DASHES = re.compile(r"^ *((?:[-?:] +)*)", re.MULTILINE)
_ALIAS = re.compile(r"(?:^|[\s\[{,])\*\w")
_TAG = re.compile(r"<(/?)[A-Za-z][^<>]*?(/?)>")
_POWER = re.compile(r"([0-9]+)\s*\*\*\s*([0-9]+)")
LARGEST_IN_TEMPLATE = 1_000_000
_NUMBER = re.compile(r"[0-9][0-9_]*")


def depth_of(text: str) -> int:
    """Return how deep the brackets, dashes, question marks, columns or tags of a text are nested, whichever is most."""
    dashes = max(len(found.split()) for found in _DASHES.findall(text))
    return max(_brackets(text), dashes, _columns(text), _tags(text))


def aliases_in(text: str) -> int:
    """Return how many places of a text may be aliases of YAML."""
    return len(_ALIAS.findall(text))


def longest_number(text: str) -> int:
    """Return the most figures of one number in a text."""
    return max((len(number) for number in _NUMBER.findall(text)), default=0)


def is_modest_template(text: str) -> bool:
    """Say whether no number in a template goes beyond a million, and no power much beyond the 64 that are allowed."""
    powers = [(int(base), int(exponent)) for base, exponent in _POWER.findall(text)]
    is_small = all(exponent <= 65 and (base <= 2 or base**exponent <= LARGEST_IN_TEMPLATE) for base, exponent in powers)
    return is_small and longest_number(text) <= len(str(LARGEST_IN_TEMPLATE))


def _brackets(text: str) -> int:
    deepest = depth = 0
    for sign in text:
        depth = max(0, depth + (sign in "[{(") - (sign in "]})"))
        deepest = max(deepest, depth)
    return deepest


def _columns(text: str) -> int:
    deepest, begun = 0, [-1]
    for line in filter(str.strip, text.split("\n")):
        column = len(line) - len(line.lstrip(" "))
        while begun[-1] >= column:
            begun.pop()
        begun.append(column)
        deepest = max(deepest, len(begun) - 1)
    return deepest


def _tags(text: str) -> int:
    deepest = depth = 0
    for closing, alone in _TAG.findall(text):
        depth = max(0, depth + (-1 if closing else 0 if alone else 1))
        deepest = max(deepest, depth)
    return deepest
