"""One writer at a time: the system's own lock, which a process that is killed cannot leave behind."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pbpmaturity.errors import PbpError


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock on a file while it is changed; PbpError if somebody else on this computer holds it.

    The lock lies in the system's folder for temporary files, so that nothing is left beside the assessments. Across
    computers there is no lock that could be relied on: there a writer compares before replacing.
    """
    name = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    descriptor = os.open(Path(tempfile.gettempdir()) / f"pbp-{name}.lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _take(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        _lock(descriptor)
    except OSError:
        raise PbpError(
            f'"{path.as_posix()}" is being changed by somebody else on this computer', "wait until they have finished"
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
