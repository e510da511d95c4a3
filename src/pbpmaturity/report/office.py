"""What Word files and slides have in common: a part of pbp that may be missing, and a day of their own."""

import io
import re
import zipfile
from importlib import import_module

from pbpmaturity.errors import UsageError

_ZIP_DAY = (2020, 1, 1, 0, 0, 0)
"""The day of every part; it is no day of an assessment, since a zip file knows none before 1980."""
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


def dated(data: bytes, day: str) -> bytes:
    """Return a docx or pptx file that says it was made on a day (`2025-01-15`), with its parts in one order."""
    made_on = rf"\g<1>{day}T00:00:00Z".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _DATES.sub(made_on, part)
            new.writestr(entry, part)
    return buffer.getvalue()
