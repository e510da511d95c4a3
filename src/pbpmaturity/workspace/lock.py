"""One writer at a time: the system's own lock, which a process that is killed cannot leave behind."""

import errno
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pbpmaturity.errors import PbpError

_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file's folder while the file is changed; PbpError if somebody here holds it already.

    Where there is no such lock (between computers, on some network drives) a writer can only compare before replacing.
    """
    descriptor = _opened(path.resolve().parent)
    try:
        _take(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _opened(folder: Path) -> int:
    """Open what is locked: the folder, so that nothing is left in it; on Windows, which opens none, a file for it."""
    if sys.platform != "win32":
        return os.open(folder, os.O_RDONLY)
    name = hashlib.sha256(str(folder).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return os.open(Path(tempfile.gettempdir()) / f"pbp-{name}.lock", os.O_RDWR | os.O_CREAT)


def _take(descriptor: int, path: Path) -> None:
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in _HELD:
            raise PbpError(
                f'"{path.as_posix()}" or a file beside it is being changed by somebody else on this computer',
                "wait until they have finished",
            ) from None


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
