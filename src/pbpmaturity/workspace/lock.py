"""One writer at a time: the system's own lock, which a process that is killed cannot leave behind."""

import errno
import hashlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pbpmaturity.errors import PbpError

_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
# The folders that this process holds: what is done while one is held may ask for it again.
_ours: set[Path] = set()
_WORTH_A_WORD = 1.0


@contextmanager
def locked(path: Path, *, patience: float = 0, waits: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of a file's folder while the file is changed; PbpError if somebody here holds it already.

    `patience` is for how many seconds to wait for it; after the first of them `waits` is called, once. Where there is
    no such lock (between computers, on some network drives) a writer can only compare before replacing.
    """
    folder = path.resolve().parent
    if folder in _ours:
        yield
        return
    descriptor = _opened(folder)
    try:
        _take(descriptor, path, patience, waits)
        _ours.add(folder)
        yield
    finally:
        _ours.discard(folder)
        os.close(descriptor)


def _opened(folder: Path) -> int:
    """Open what is locked: the folder, so that nothing is left in it; on Windows, which opens none, a file for it."""
    if sys.platform != "win32":
        return os.open(folder, os.O_RDONLY)
    name = hashlib.sha256(str(folder).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return os.open(Path(tempfile.gettempdir()) / f"pbp-{name}.lock", os.O_RDWR | os.O_CREAT)


def _take(descriptor: int, path: Path, patience: float, waits: Callable[[], None]) -> None:
    start, is_said = time.monotonic(), False
    while not _is_locked(descriptor):
        waited = time.monotonic() - start
        if waited >= patience:
            raise PbpError(
                f'"{path.as_posix()}" or a file beside it is being changed by somebody else on this computer',
                "wait until they have finished, then run the command again",
            )
        if waited >= _WORTH_A_WORD and not is_said:
            is_said = True
            waits()
        time.sleep(random.uniform(0.01, 0.05))  # not all who wait at the same moments


def _is_locked(descriptor: int) -> bool:
    """Take the lock if nobody holds it; where the system has none for such a folder, nobody can."""
    return lock_file(descriptor) is not False


def _lock(descriptor: int) -> None:
    """Take the system's lock without waiting; OSError if it is held. A system that has neither kind has no lock."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        return
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock_file(descriptor: int) -> bool | None:
    """Take the lock of an open file without waiting; False if somebody has it, None where there is no such lock."""
    try:
        _lock(descriptor)
    except OSError as error:
        return False if error.errno in _HELD else None
    return True
