"""Text that people wrote, made safe to show: what cannot be seen is spelled out."""

import json
import re
from collections.abc import Callable

# Control characters (newline apart), line and paragraph separators, the controls of writing direction, characters
# without a width, tags, lone surrogates and non-characters: each can hide text, forge a line or move a terminal's
# cursor.
_UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_EMOJI = r"\u2194-\u21aa\u231a-\u23ff\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55\U0001f000-\U0001faff"
# Where such a character is part of what is seen: joiners in the scripts that are written with them and between
# pictures, the choice of a picture's or a letter's form, and the flags of England, Scotland and Wales.
_PART_OF_A_SIGN = re.compile(
    r"(?<=[\u0600-\u061b\u061d-\u07ff\u0840-\u0dff\u0f00-\u109f\u1780-\u17b3\u17b6-\u180a\u1810-\u18af])[\u200c\u200d]"
    rf"|(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])"
    rf"|(?<=[\xa9\xae\u203c\u2049\u2122\u2139\u3030\u303d\u3297\u3299{_EMOJI}])[\ufe0e\ufe0f]"
    r"|(?<=[#*0-9])\ufe0f(?=\u20e3)"
    r"|(?<=[\u1820-\u18aa])[\u180b-\u180d\u180f]"
    r"|(?<=[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_FLAGS = re.compile(
    "\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f"
)


def visible(text: str) -> str:
    """Return the text with every unseen character spelled out (`\\x1b`); newlines stay.

    Those that are part of a sign stay too, such as a joiner between two Persian letters.
    """
    return _spelled_out(text, spelled)


def _spelled_out(text: str, spell: Callable[[str], str]) -> str:
    if not _UNSEEN.search(text):
        return text
    pieces: list[str] = []
    at = 0
    for flag in _FLAGS.finditer(text):
        pieces += [_without_flags(text[at : flag.start()], spell), flag[0]]
        at = flag.end()
    return "".join([*pieces, _without_flags(text[at:], spell)])


def _without_flags(text: str, spell: Callable[[str], str]) -> str:
    return _UNSEEN.sub(lambda found: found[0] if _PART_OF_A_SIGN.match(text, found.start()) else spell(found[0]), text)


def visible_if_any(text: str | None) -> str | None:
    """Return a text that may be absent, made visible."""
    return visible(text) if text is not None else None


def one_line(text: str) -> str:
    """Return the text safe to show on a line of its own: unseen characters and newlines spelled out.

    What a CI's log takes for a command wherever in a line it stands (`##[error]`, `##vso[...]`) is broken up.
    """
    return visible(text).replace("\n", "\\n").replace("##", "#\\x23")


def path_line(path: str) -> str:
    """Return a path safe to begin a line with: one that a CI's log could take for a command begins with `./`."""
    shown = one_line(path)
    return f"./{shown}" if shown[:1] in (":", "#", " ") else shown


def visible_json(document: str) -> str:
    """Return a JSON document with its unseen characters as JSON escapes, so that its meaning stays the same."""
    return _spelled_out(document, _as_json).replace("##", "#\\u0023")


def spelled(character: str) -> str:
    """Return a character as its escape: `\\x1b`, `\\u200b`, `\\U000e0041`."""
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _as_json(character: str) -> str:
    return json.dumps(character)[1:-1]
