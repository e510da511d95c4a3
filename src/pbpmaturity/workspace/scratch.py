"""Hidden folders in which what is to be written is made, and which nothing that stops a process leaves for long.

Each is known by its name, `.pbp-` with the computer's sign and chance, and locked as long as its process lives.
"""

import os
import re
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pbpmaturity.workspace.interruption import uninterrupted
from pbpmaturity.workspace.lock import lock_file

JOURNAL = "journal.json"
"""The file in a scratch folder that says what is under way; while it is there, the folder is needed."""

_LOCK = "lock"
_NAME = re.compile(r"\.pbp-(?:([0-9a-f]{8})-)?[a-z0-9_]{8}")
_A_DAY = 24 * 60 * 60

_held: dict[Path, int] = {}
_notes: list[str] = []


@contextmanager
def scratch(*folders: Path) -> Iterator[Path]:
    """Yield a new hidden folder in the first of these folders that takes one; it is gone afterwards.

    What an interrupted run left in any of them is removed first.
    """
    for folder in folders:
        _sweep(folder)
    path = _made(folders)
    try:
        yield path
    finally:
        _remove(path)


def clean_up() -> list[str]:
    """Remove what this process has left of its scratch folders, and return what is to be said of earlier ones."""
    for path in list(_held):
        _remove(path)
    said = list(_notes)
    _notes.clear()
    return said


def note(text: str) -> None:
    """Keep a sentence on what an earlier run had left, for whoever ends this one."""
    _notes.append(text)


def abandoned(folder: Path) -> Iterator[Path]:
    """Yield the scratch folders in a folder whose processes have ended, each while this one has its lock.

    One that is empty then is removed, and that is noted unless something else was noted of it.
    """
    try:
        with os.scandir(folder) as entries:
            found = sorted(
                one.name for one in entries if _NAME.fullmatch(one.name) and one.is_dir(follow_symlinks=False)
            )
    except OSError:
        return
    for path in (folder / name for name in found):
        notes = len(_notes)
        with _taken(path) as is_abandoned:
            if is_abandoned:
                yield path
        if is_abandoned and not path.exists() and len(_notes) == notes:
            note(f"removed what an interrupted run had left: {path.as_posix()}")


def empty(path: Path) -> None:
    """Remove all that is in a scratch folder but its lock."""
    entries: list[Path] = []
    with suppress(OSError):
        entries = list(path.iterdir())
    for entry in entries:
        with suppress(OSError):  # what somebody has open, or may not be removed, is tried again by the next run
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name != _LOCK:
                entry.unlink()


def _sweep(folder: Path) -> None:
    for path in abandoned(folder):
        if not (path / JOURNAL).exists():
            empty(path)


def _made(folders: tuple[Path, ...]) -> Path:
    for folder in folders[:-1]:
        with suppress(OSError):
            return _made_in(folder)
    return _made_in(folders[-1])


def _made_in(folder: Path) -> Path:
    while True:
        with uninterrupted():
            path = Path(tempfile.mkdtemp(dir=folder, prefix=f".pbp-{_this_computer()}-"))
            try:
                descriptor = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            except FileNotFoundError:
                continue  # another run took it for an abandoned one before it was locked
            except BaseException:
                shutil.rmtree(path, ignore_errors=True)
                raise
            if lock_file(descriptor) is not False and (path / _LOCK).exists():
                _held[path] = descriptor
                return path
            os.close(descriptor)


def _remove(path: Path) -> None:
    """Remove a scratch folder of this process, unless it has what the next run needs to end what is under way."""
    with uninterrupted():
        descriptor = _held.pop(path, None)
        if descriptor is None:
            return
        if not (path / JOURNAL).exists():
            empty(path)
        _let_go(path, descriptor)


def _let_go(path: Path, descriptor: int) -> None:
    """Give up a scratch folder's lock, and the folder if nothing else is in it."""
    if sys.platform == "win32":  # which removes no file that is open
        os.close(descriptor)
    with suppress(OSError):
        if all(entry.name == _LOCK for entry in path.iterdir()):
            (path / _LOCK).unlink()
            path.rmdir()
    if sys.platform != "win32":
        os.close(descriptor)


@contextmanager
def _taken(path: Path) -> Iterator[bool]:
    """Say whether a scratch folder's process has ended, as far as that can be told, and keep others off meanwhile."""
    try:
        age = time.time() - path.stat().st_mtime
        descriptor = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:  # somebody else's, or gone by now
        yield False
        return
    is_abandoned = False
    try:
        is_free = lock_file(descriptor)
        match = _NAME.fullmatch(path.name)
        # A lock may not reach as far as another computer, nor is there one on every drive.
        can_tell = is_free is not None and match is not None and match[1] == _this_computer()
        is_abandoned = is_free is not False and (can_tell or age > _A_DAY)
        yield is_abandoned
    finally:
        if is_abandoned:
            _let_go(path, descriptor)
        else:
            os.close(descriptor)


def _this_computer() -> str:
    name = os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename
    return f"{zlib.crc32(name.encode('utf-8', 'surrogatepass')):08x}"
