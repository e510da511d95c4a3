"""Lists of one-time codes, as `pbp form` wrote them and people have kept them: one a line, `#` begins a comment."""

import codecs

from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import UnusableInput
from pbpmaturity.model.one_time_code import read_code

MAX_BYTES = 1024 * 1024
_MOST_LISTED = 20
_NO_LIST = "a list has one code a line, as pbp form printed it, and nothing that says who has it; # begins a comment"


def codes_in(data: bytes, name: str) -> frozenset[str]:
    """Return the codes of a list; UnusableInput names the lines that are none, and repeats nothing of them."""
    if len(data) > MAX_BYTES:
        raise UnusableInput(f'"{name}" is too large for a list of codes', hint=_NO_LIST)
    codes: set[str] = set()
    wrong: list[str] = []
    for number, line in enumerate(_text(data).splitlines(), 1):
        written = line.partition("#")[0].strip()
        code = read_code(written)
        if code:
            codes.add(code)
        elif written:
            column = line.index(written) + 1
            wrong.append(f"{one_line(name)}:{number}:{column}: this is no code, or there is a mistake in it")
    if wrong:
        more = [f"and {len(wrong) - _MOST_LISTED} more lines"] if len(wrong) > _MOST_LISTED else []
        raise UnusableInput(f'"{name}" is not a list of codes', (*wrong[:_MOST_LISTED], *more), _NO_LIST)
    if not codes:
        raise UnusableInput(f'"{name}" holds no codes', hint=_NO_LIST)
    return frozenset(codes)


def _text(data: bytes) -> str:
    # What Windows PowerShell writes with > is UTF-16; codes are ASCII, so what else is not UTF-8 is in a comment.
    is_utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if is_utf_16 else "utf-8-sig", "replace")
