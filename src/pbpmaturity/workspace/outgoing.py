"""A folder of files that people take elsewhere: it stays as it is until all of the new ones are written."""

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pbpmaturity.errors import PbpError
from pbpmaturity.workspace.save import cannot_be_written, put, resolved, umask

OpenFile = Callable[[str], BinaryIO]
"""Opens a new file by its path below the folder."""


@contextmanager
def written_folder(
    folder: Path,
    ours: Collection[str] = (),
    *,
    what: str = "tables",
    hint: str = "choose another place with -o",
) -> Iterator[OpenFile]:
    """Yield how to open the new files of a folder, which come to stand there once nothing went wrong.

    What else is in the folder stays, but for files that fit the patterns of `ours` and are not written anew. `what` is
    what the files are, for people to read. PbpError says what kept it from being written, and `hint` what to do.
    """
    target = resolved(folder)
    if target.exists() and not target.is_dir():
        raise PbpError(f'"{folder.as_posix()}" is a file, and the {what} go into a folder', "choose another folder")
    try:
        with _scratch(target) as scratch:
            files = _NewFiles(scratch)
            try:
                yield files.open
            finally:
                files.close()
            _take_over(files, target, ours, what)
    except OSError as error:
        raise cannot_be_written(folder, error, hint=hint) from None


class _NewFiles:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: list[str] = []
        self._opened: list[BinaryIO] = []

    def open(self, name: str) -> BinaryIO:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._opened = [file for file in self._opened if not file.closed]
        self._opened.append(path.open("xb"))
        self.names.append(name)
        return self._opened[-1]

    def close(self) -> None:
        for file in self._opened:
            file.close()


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """Yield a hidden folder on the disk of the target, which is gone afterwards."""
    path = Path(tempfile.mkdtemp(dir=target if target.is_dir() else target.parent, prefix=".pbp-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _take_over(files: _NewFiles, target: Path, ours: Collection[str], what: str) -> None:
    if not target.is_dir():
        files.folder.chmod(0o777 & ~umask())
        files.folder.rename(target)
        return
    _refuse_obstacles(files.names, target, what)
    new = {target / name for name in files.names}
    # What is not made any more goes first: if this is stopped half-way, a file too few is better than one too many.
    for old in sorted(path for pattern in ours for path in target.glob(pattern)):
        if old not in new and old.is_file():
            old.unlink()
            _remove_if_empty(old.parent)
    for name in files.names:
        path = resolved(target / name)
        path.parent.mkdir(parents=True, exist_ok=True)
        put(files.folder / name, path)


def _refuse_obstacles(names: Collection[str], target: Path, what: str) -> None:
    """Refuse, before any file is replaced, to put files where a folder is, or below what is no folder."""
    for name in names:
        path = target / name
        between = [parent for parent in path.parents if parent != target and parent.is_relative_to(target)]
        in_the_way = next((one for one in between if one.exists() and not one.is_dir()), None)
        if path.is_dir():
            in_the_way = path
        if in_the_way is not None:
            kind = "folder" if in_the_way.is_dir() else "file"
            raise PbpError(
                f'"{in_the_way.as_posix()}" is a {kind} and in the way of the new {what}, so nothing was written',
                "move it elsewhere, or choose another folder",
            )


def _remove_if_empty(folder: Path) -> None:
    with os.scandir(folder) as entries:
        is_empty = next(entries, None) is None
    if is_empty:
        folder.rmdir()
