"""Workbooks without the time at which they were made, so that the same content has the same bytes."""

import re
import shutil
import zipfile
from datetime import datetime
from typing import BinaryIO

DAY = datetime(2020, 1, 1)
"""The day that a workbook says it was made on."""

_ZIP_DAY = (2020, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def write_undated(book: BinaryIO, file: BinaryIO) -> None:
    """Copy a workbook, a part at a time, without any time of today in it."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            if name == "docProps/core.xml":
                new.writestr(entry, _MODIFIED.sub(rb"\g<1>2020-01-01T00:00:00Z", old.read(name)))
                continue
            entry.file_size = old.getinfo(name).file_size  # so that a part of many gigabytes has room for its size
            with old.open(name) as source, new.open(entry, "w") as target:
                shutil.copyfileobj(source, target)
