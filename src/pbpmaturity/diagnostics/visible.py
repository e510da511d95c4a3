"""Text that people wrote, made safe to show: what cannot be seen is spelled out."""

import re

# Control characters (newline apart), line and paragraph separators, the controls of writing direction, lone
# surrogates and non-characters: each can hide text, forge a line or move a terminal's cursor.
_UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """Return the text with every unseen character spelled out (`\\x1b`); newlines stay."""
    return _UNSEEN.sub(lambda match: spelled(match[0]), text)


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
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", document).replace("##", "#\\u0023")


def spelled(character: str) -> str:
    """Return a character as its escape: `\\x1b`, `\\u200b`."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
