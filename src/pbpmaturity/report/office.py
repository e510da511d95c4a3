"""What Word files and slides have in common: a part of pbp that may be missing, and no time of today in them."""

import io
import re
import zipfile
from datetime import UTC, datetime
from importlib import import_module

from pbpmaturity.errors import UsageError

DAY = datetime(2020, 1, 1, tzinfo=UTC)
"""The day that every file says it was made on, so that the same content has the same bytes."""

_ZIP_DAY = (2020, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def needs(library: str, files: str, extra: str, otherwise: str) -> None:
    """Make sure that a library is there; UsageError with the command that installs it, and what to do otherwise."""
    try:
        import_module(library)
    except ImportError:
        raise UsageError(
            f"{files} need a part of pbp that is not installed",
            f'install it with: pip install "pbpmaturity[{extra}]" (on Windows: py -m pip install'
            f' "pbpmaturity[{extra}]"); or {otherwise}',
        ) from None


def undated(data: bytes) -> bytes:
    """Return a docx or pptx file without the time at which it was made, its parts in one order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _DATES.sub(rb"\g<1>2020-01-01T00:00:00Z", part)
            new.writestr(entry, part)
    return buffer.getvalue()
