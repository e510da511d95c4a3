"""How much room text takes in Arial, so that it stays inside its box without a font to measure it with."""

import unicodedata
from collections.abc import Mapping

LINE = 1.2
"""The height of a line in sizes of its text."""

_REGULAR: Mapping[int, str] = {
    191: "'",
    222: "ijlłſ‘’",
    260: "|¦",
    278: " !,./:;I[\\]ft·ıŧ",
    333: "()-`r¡¨´¸“”",
    334: "{}",
    350: "•",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyzĸ",
    556: "#$0123456789?L_abdeghnopqu¢£¤¥§«»ðþđħĿŁŋ–€",
    584: "+<=>~¬×±÷",
    611: "FTZ¿ßøŦ",
    667: "&ABEKPSVXYÞ",
    722: "CDHNRUwÐĐĦŊ",
    778: "GOQØ",
    833: "Mm¼½¾",
    889: "%æ",
    944: "Wœ",
    1000: "ÆŒ—…",
    1015: "@",
}
_BOLD: Mapping[int, str] = {
    238: "'",
    278: " ,./I\\ijl·ıłſ‘’",
    280: "|¦",
    333: "!()-:;[]`ft¡¨´¸ŧ",
    350: "•",
    389: "*r{}",
    474: '"',
    500: "z“”",
    556: "#$0123456789J_aceksvxy¢£¤¥§«»ĸ–€",
    584: "+<=>^~¬×±÷",
    611: "?FLTZbdghnopqu¿ßðøþđħĿŁŋŦ",
    667: "EPSVXYÞ",
    722: "&ABCDHKNRUÐĐĦŊ",
    778: "GOQwØ",
    833: "M¼½¾",
    889: "%mæ",
    944: "Wœ",
    975: "@",
    1000: "ÆŒ—…",
}
_WIDTHS = {
    is_bold: {character: width for width, characters in table.items() for character in characters}
    for is_bold, table in ((False, _REGULAR), (True, _BOLD))
}
# Programs break lines a little earlier than the widths of letters alone would have it.
_USABLE = 0.97
_OTHER, _WIDE, _PICTURE = 800, 1050, 1400


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text on one line, in points; of writing that Arial lacks, rather too much."""
    return sum(_width(one, bold) for one in text) * size / 1000


def width_for(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a column must be for a text to stay on one line."""
    return text_width(text, size, bold=bold) / _USABLE + 1


def wrapped_lines(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Return a text in lines of at most so many points; a word that is too long by itself is broken."""
    width *= _USABLE
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if text_width(joined, size, bold=bold) <= width:
            line = joined
            continue
        lines += [line] if line else []
        *full, line = _broken(word, size, width, bold)
        lines += full
    return [*lines, line]


def text_height(text: str, size: float, width: float, *, bold: bool = False) -> float:
    """Return the height of a text in a column of so many points."""
    return len(wrapped_lines(text, size, width, bold=bold)) * size * LINE


def clipped(text: str, most: int) -> str:
    """Return a text of at most so many characters; a longer one ends after a word, with an ellipsis."""
    if len(text) <= most:
        return text
    start = text[: most - 1]
    before, _, _ = start.rpartition(" ")
    return f"{(before if len(before) > most // 2 else start).rstrip(' ,;:.')}…"


def _width(character: str, bold: bool) -> int:
    known = _WIDTHS[bold].get(character)
    if known is not None:
        return known
    base = unicodedata.normalize("NFD", character)[0]
    if base != character and base in _WIDTHS[bold]:
        # An i, j or l under its accent is as wide as the accent needs.
        return max(_WIDTHS[bold][base], 400)
    if unicodedata.combining(character):
        return 0
    if ord(character) >= 0x1F000:
        return _PICTURE
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _OTHER


def _broken(word: str, size: float, width: float, bold: bool) -> list[str]:
    parts, part = [], ""
    for character in word:
        if part and text_width(part + character, size, bold=bold) > width:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]
