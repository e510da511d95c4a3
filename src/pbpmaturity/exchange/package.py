"""What a workbook is made of, as hostile as it may be: refused, or cut down to the cells and little else.

The parts are inflated here, under a limit, so that what openpyxl is given can neither grow nor name anything outside.
"""

import io
import re
import struct
import zipfile
import zlib
from typing import Any
from xml.parsers import expat

from pbpmaturity.errors import PbpError, UnusableInput
from pbpmaturity.exchange.sheets import too_large

AGAIN = "open it in Excel and save it again as an Excel workbook (.xlsx), or as CSV UTF-8"
UNCOMPUTED = "="
"""What stands for a formula whose result is not stored in the workbook; nobody's answer reads so."""

_MOST_INFLATED = 16 << 20
_MOST_DECLARED = 64 << 20
_MOST_PARTS = 2_000
_MOST_TAGS = 400_000
_MOST_SHEETS = 100
_MOST_TEXTS = 30_000
# What Excel writes is some ten deep.
_DEEPEST = 32

_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError, LookupError)
# Styles, drawings, properties and the like hold no answers, and each is one more thing that could be hostile.
_READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/[^/]+\.rels|xl/(?!styles)[^/]+\.xml|xl/worksheets/[^/]+\.xml"
)
_ENCODING = re.compile(rb"\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([^\"']*)")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PREFIX = rb"(?:[^\s<>/:\"']+:)?"
_SHEET = re.compile(rb"<" + _PREFIX + rb"sheet[\s/>]")
_TEXT = re.compile(rb"<" + _PREFIX + rb"si[\s/>]")
_END_OF_CELLS = re.compile(rb"</(" + _PREFIX + rb")sheetData\s*>")
_NAMES = re.compile(rb"<" + _PREFIX + rb"definedNames[\s>]")
_END_OF_NAMES = re.compile(rb"</" + _PREFIX + rb"definedNames\s*>")
_NO_RESULT = re.compile(
    rb"<(" + _PREFIX + rb")c((?:\s[^<>]*)?)>\s*<\1f(?:\s[^<>]*)?(?:/>|>[^<]*</\1f\s*>)\s*"
    rb"(?:<\1v\s*/>|<\1v\s*>\s*</\1v\s*>)?\s*</\1c\s*>"
)
_KIND = re.compile(rb"\st\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def cut_down(data: bytes, name: str) -> bytes:
    """Return a workbook with what cells are read from, and nothing else; UnusableInput says why it is refused."""
    try:
        parts = _inflated(data, name)
    except _FAULTS:
        raise UnusableInput(f'"{name}" is not a whole Excel workbook: it is cut off, or damaged', hint=AGAIN) from None
    if sum(part.count(b"<") for part in parts.values()) > _MOST_TAGS:
        raise too_large(name, "it has too many cells")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, part in parts.items():
            archive.writestr(path, _plain(part, name))
    return buffer.getvalue()


def _inflated(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts that are read, by path, once every part of XML has been looked over."""
    if data.count(b"PK\x01\x02") > _MOST_PARTS:
        raise too_large(name, "it has too many parts")
    read: dict[str, bytes] = {}
    left = _MOST_INFLATED
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        _refuse_by_listing(entries, name)
        for entry in entries:
            if not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            with archive.open(entry) as stream:
                part = stream.read(left + 1)
            left -= len(part)
            if left < 0:
                raise _bomb(name)
            _refuse_declarations(part, name)
            if _READ.fullmatch(entry.filename):
                read[entry.filename] = part
    return read


def _refuse_by_listing(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse what the directory of a zip tells already: macros, encryption, unusual packing, and a bomb."""
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries) or name.lower().endswith(".xlsm"):
        raise UnusableInput(
            f'"{name}" holds macros, which no answers need, so it was not read',
            hint="save it in Excel as an Excel workbook without macros (.xlsx), or as CSV UTF-8",
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnusableInput(f'"{name}" is protected by a password, so it cannot be read', hint=AGAIN)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UnusableInput(f'"{name}" is packed in a way that Excel does not use', hint=AGAIN)
    if sum(entry.file_size for entry in entries) > _MOST_DECLARED:
        raise _bomb(name)


def _refuse_declarations(part: bytes, name: str) -> None:
    """Refuse a part that could define entities, which can grow without end or name files; also in UTF-16."""
    if _DECLARATION.search(part.replace(b"\0", b"")):
        raise UnusableInput(
            f'"{name}" holds XML declarations that no Excel workbook has, so it was not read', hint=AGAIN
        )


def _plain(part: bytes, name: str) -> bytes:
    """Return a part without what is of no use for cells, if it is UTF-8 as Excel writes it."""
    body = part.removeprefix(b"\xef\xbb\xbf")
    encoding = _ENCODING.match(body)
    if not _is_utf8(body) or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        raise UnusableInput(
            f'"{name}" holds XML that is not UTF-8, as that of Excel is, so it was not read', hint=AGAIN
        )
    if len(_SHEET.findall(body)) > _MOST_SHEETS:
        raise too_large(name, f"it has more than {_MOST_SHEETS} sheets")
    if len(_TEXT.findall(body)) > _MOST_TEXTS:
        raise too_large(name, f"it holds more than {_MOST_TEXTS:,} texts")
    _refuse_depth(body, name)
    return _NO_RESULT.sub(_marked, _cells_alone(_without_names(body)))


def _refuse_depth(body: bytes, name: str) -> None:
    """Refuse a part whose elements are nested deeper than those of any workbook, before it is built into a tree."""
    depth = 0

    def enter(*_: Any) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise UnusableInput(
                f'"{name}" holds XML that is nested deeper than that of Excel, so it was not read', hint=AGAIN
            )

    def leave(_: Any) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        return  # no XML, which is told when it is read


def _is_utf8(body: bytes) -> bool:
    try:
        return b"\0" not in body and (body.isascii() or bool(body.decode("utf-8")))
    except UnicodeDecodeError:
        return False


def _without_names(body: bytes) -> bytes:
    """Return a workbook's list of sheets without the names that it gives to ranges."""
    start = _NAMES.search(body)
    end = _END_OF_NAMES.search(body, start.end()) if start else None
    return body[: start.start()] + body[end.end() :] if start and end else body


def _cells_alone(body: bytes) -> bytes:
    """Return a sheet without what follows its cells: merged ranges, drop-down lists, links and so on."""
    prefixes = _END_OF_CELLS.search(body)
    if prefixes is None:
        return body
    return body[: prefixes.end()] + b"</" + prefixes[1] + b"worksheet>"


def _marked(cell: re.Match[bytes]) -> bytes:
    """Return a cell whose formula has no stored result as one that says so; a result of no text is an empty cell."""
    kind = _KIND.search(cell[2])
    if kind and b"str" in (kind[1], kind[2]):
        return cell[0]
    prefix, attributes, value = cell[1], _KIND.sub(b"", cell[2]), UNCOMPUTED.encode()
    return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (prefix, attributes, prefix, value, prefix, prefix)


def _bomb(name: str) -> PbpError:
    return too_large(name, f"it would unfold to more than {_MOST_INFLATED >> 20} MiB")
