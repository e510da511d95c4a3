"""Writing files so that a crash leaves the old one or the new one, never half of either."""

import errno
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pbpmaturity.errors import PbpError, UsageError
from pbpmaturity.workspace.lock import locked
from pbpmaturity.workspace.scratch import scratch

_HELD_OPEN = (5, 32, 33)  # access denied, sharing violation, lock violation
_CLOSE_IT = "close it where it is open, and run the command again"
# What a system says that cannot make sure of a folder's entries; the file itself is on the disk by then.
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM)
ELSEWHERE = "choose another place with -o"
_ENDINGS_OF_SOURCES = (".yaml", ".yml", ".j2")
_FOLDERS_OF_SOURCES = (("assessments",), ("matrices",), ("readiness",), ("delegation",), ("templates",))


def refuse_source(
    path: Path,
    root: Path | None,
    sources: Iterable[Path] = (),
    *,
    named: Path | None = None,
    hint: str = "choose a file elsewhere, ending in .html or .md",
) -> None:
    """Refuse to write a document over a file that documents are made from, also where a link leads to one.

    `sources` are such files that lie outside the workspace; `named` is what was asked for, if not the path itself.
    """
    target = resolved(path)
    is_below = root is not None and target.is_relative_to(root.resolve())
    below = target.relative_to(root.resolve()).parts[:1] if root and is_below else ()
    is_source = target.suffix in _ENDINGS_OF_SOURCES or target.name in (".gitattributes", ".gitignore")
    if is_source or below in _FOLDERS_OF_SOURCES or any(target == source.resolve() for source in sources):
        raise UsageError(
            f'"{(named or path).as_posix()}" is a place for files that reports are made from, so nothing was written',
            hint,
        )


def write_output(path: Path, text: str, *, hint: str = ELSEWHERE) -> None:
    """Write a document as UTF-8 with LF, whole or not at all; PbpError says what kept it from being written."""
    with written_file(path, hint=hint) as stream:
        stream.write(text.encode("utf-8", "backslashreplace"))


@contextmanager
def written_file(path: Path, *, hint: str = ELSEWHERE) -> Iterator[BinaryIO]:
    """Yield a stream to a file that takes the place of the old one, whole, once all is written and nothing went wrong.

    PbpError says what kept it from being written.
    """
    try:
        with _replacing(path) as stream:
            yield stream
    except OSError as error:
        raise cannot_be_written(path, error, hint=hint) from None


def cannot_be_written(path: Path, error: OSError, *, hint: str = ELSEWHERE) -> PbpError:
    """Return the error of an output whose place the disk or the system refuses; `hint` is what to do if it is there."""
    reason = error.strerror or type(error).__name__
    folder = path.parent
    missing = f'there is no folder "{folder.as_posix()}"; make it first'
    there = _CLOSE_IT if is_held_open(error) else hint
    return PbpError(f'"{path.as_posix()}" cannot be written: {reason}', there if folder.exists() else missing)


def is_held_open(error: OSError) -> bool:
    """Say whether a file was refused since another program has it open, as only Windows does."""
    return getattr(error, "winerror", None) in _HELD_OPEN


def write_new(path: Path, data: bytes, *, is_private: bool = False) -> None:
    """Write a file that must not be there yet, whole or not at all; a private one can be opened by its owner only.

    FileExistsError if it is there; OSError if it cannot be written.
    """
    with scratch(path.parent) as folder:
        new = folder / "new"
        with new.open("xb") as stream:
            stream.write(data)
            sync(stream)
        new.chmod(0o600 if is_private else 0o666 & ~umask())
        _put_new(new, path)
        try:
            sync_folder(path.parent)
        except BaseException:
            path.unlink()
            raise


def rewrite(path: Path, change: Callable[[bytes], bytes], *, sha256: str) -> None:
    """Change a file under its lock, whole or not at all; PbpError if it cannot be written or is not the one meant.

    `sha256` is that of the bytes that the change was worked out from.
    """
    try:
        with locked(path):
            before = path.read_bytes()
            if hashlib.sha256(before).hexdigest() != sha256:
                raise changed_meanwhile(path)
            replace_unchanged(path, before, change(before))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PbpError(f'"{path.as_posix()}" cannot be changed: {reason}', "nothing was written") from None


def replace_unchanged(path: Path, before: bytes | None, after: bytes) -> None:
    """Write a file whose bytes are still those from before (None: there was no file); PbpError if they are not.

    For whoever holds the file's lock; OSError if the file cannot be written.
    """
    found = path.read_bytes() if path.exists() else None
    if found == after:
        return  # an interruption came after it was written
    if found is None and before is not None:
        raise PbpError(f'"{path.as_posix()}" is not there any more', "run the command again")
    if found != before:
        raise changed_meanwhile(path)
    _replace(path, after)


def changed_meanwhile(path: Path) -> PbpError:
    """Return the error of two people changing one file where no lock could tell them of each other."""
    return PbpError(f'"{path.as_posix()}" was changed by somebody else meanwhile', "run the command again")


def _replace(path: Path, data: bytes) -> None:
    with _replacing(path) as stream:
        stream.write(data)


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:  # a pipe is written to and not replaced; a folder says what is wrong
            yield stream
        return
    target = resolved(path)  # the end of a symbolic link is what people mean by the file
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is read-only")
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~umask()
    if target.exists():
        put(target, target)  # refused on Windows if another program has it open, before there is anything to write
    with scratch(target.parent) as folder:
        new = folder / "new"
        with new.open("xb") as stream:
            yield stream
            sync(stream)
        new.chmod(mode)
        put(new, target)
        sync_folder(target.parent)


def sync(stream: BinaryIO) -> None:
    """Make sure that what was written to a file is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make sure that what was put into a folder, or taken out of it, stays so, where the system can tell."""
    if sys.platform == "win32":  # which opens no folder
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # it may be written to, and not be looked at
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def _put_new(new: Path, target: Path) -> None:
    """Put a file where none is; FileExistsError if there is one by now."""
    try:
        os.link(new, target)
    except FileExistsError:
        raise
    except OSError:  # many network drives have no second names for a file
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "the file is there already") from None
        new.rename(target)


def put(new: Path, target: Path) -> None:
    """Put a file in the place of another; on Windows wait up to two seconds until a scanner has let go of it."""
    for _ in range(20):
        try:
            new.replace(target)
            return
        except PermissionError as error:
            if not is_held_open(error):
                raise
            time.sleep(0.1)
    new.replace(target)


def resolved(path: Path) -> Path:
    """Return where a path leads; PbpError if its links lead in a circle."""
    try:
        return path.resolve()
    except RuntimeError:  # how Python 3.11 says that links lead in a circle
        raise PbpError(f'"{path.as_posix()}" cannot be written: its links lead in a circle') from None


def umask() -> int:
    """Return the permissions that new files and folders do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
