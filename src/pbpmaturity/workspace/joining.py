"""Two files of one assessment: what the answers of one were begun from, and the text that both are joined in."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pbpmaturity.errors import PbpError
from pbpmaturity.workspace.edit import comments_in, merged
from pbpmaturity.workspace.guard import Unreadable
from pbpmaturity.workspace.source import MAX_BYTES

_BOM = b"\xef\xbb\xbf"
_HEAD = b"# Begun from the file that follows, by which pbp can tell who changed what; SHA-256 "
_BLOCK = re.compile(rb"^" + re.escape(_HEAD) + rb"([0-9a-f]{64})\n((?:#\|[^\n]*(?:\n|\Z))*)", re.MULTILINE)
_MARGIN = b"#|"
_FOR_EDITORS = "# yaml-language-server:"


def with_begun_from(data: bytes, before: bytes | None) -> bytes:
    """Return a file with the one that its answers were begun from, as comments at its end.

    It is left out where there is none, or where both are more than a file may hold.
    """
    if before is None:
        return data
    text = before.removeprefix(_BOM)
    lines = b"".join(_MARGIN + line + b"\n" for line in text.split(b"\n"))
    gap = b"" if data.endswith(b"\n") else b"\n"
    head = _HEAD + hashlib.sha256(text).hexdigest().encode() + b"\n"
    whole = data + gap + head + lines
    return whole if len(whole) <= MAX_BYTES else data


def begun_from(data: bytes) -> tuple[bytes, bytes | None]:
    """Return a file without the one that its answers were begun from, and that one if it is known and whole.

    An editor may have changed the comments that hold it.
    """
    found = _BLOCK.search(data)
    if found is None:
        return data, None
    lines = found[2].split(b"\n")[:-1]
    before = b"\n".join(line.removeprefix(_MARGIN) for line in lines)
    is_whole = hashlib.sha256(before).hexdigest().encode() == found[1]
    return data[: found.start()] + data[found.end() :], before if is_whole else None


def is_same(one: bytes, other: bytes) -> bool:
    """Say whether two files are the same but for a byte order mark."""
    return one.removeprefix(_BOM) == other.removeprefix(_BOM)


def joined(own: bytes, other: bytes, before: bytes | None, meant: Mapping[str, Any]) -> bytes:
    """Return the text, with the comments of both files, that what is meant can be written into.

    `before` is what both were begun from, if that is known: what one of them took out since does not come back. Where
    the own file was not changed since, the other's text is taken; else its own, if that can be changed safely.
    """
    gone = Counter(comments_in(before)) if before is not None else Counter[str]()
    is_own_changed = before is not None and not is_same(own, before)
    if not is_own_changed and not _missing(own, other, Counter()):
        return other
    try:
        merged(own, meant)
    except (PbpError, Unreadable):
        return _with_comments(other, _missing(own, other, Counter()))
    return _with_comments(own, _missing(other, own, gone))


def _missing(of: bytes, in_: bytes, gone: Counter[str]) -> list[str]:
    """Return the comments of a file that another does not hold."""
    return list((Counter(comments_in(of)) - Counter(comments_in(in_)) - gone).elements())


def _with_comments(data: bytes, comments: list[str]) -> bytes:
    comments = [comment for comment in comments if not comment.startswith(_FOR_EDITORS)]
    if not comments:
        return data
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    gap = b"" if data.endswith(b"\n") else newline
    return data + gap + b"".join(comment.encode() + newline for comment in comments)
