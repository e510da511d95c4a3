"""Playing what goes wrong while files are written: a step that fails, a process that is killed, a file held open."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

STEPS = ("replace", "rename", "link", "fsync", "mkdir", "unlink")
"""The calls of the system by which something is put somewhere, or taken away."""

Failure = Callable[[], None]


@contextmanager
def failing_at(number: int, failure: Failure, *names: str) -> Iterator[list[str]]:
    """Let the step of that number fail, once, and yield the names of all that were tried."""
    tried: list[str] = []

    def patched(name: str) -> Callable[..., object]:
        real = getattr(os, name)

        def call(*arguments: object, **more: object) -> object:
            tried.append(name)
            if len(tried) == number:
                failure()
            return real(*arguments, **more)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in names or STEPS:
            patch.setattr(os, name, patched(name))
        yield tried


def full_disk() -> None:
    """Fail as a full disk does."""
    raise OSError(28, "No space left on device")


def interruption() -> None:
    """Fail as Ctrl-C does."""
    raise KeyboardInterrupt


def killed_at(number: int, work: Callable[[], object], *names: str) -> bool:
    """Do some work in a process that is killed at the step of that number; say whether it came so far."""
    child = os.fork()
    if child == 0:
        try:
            with failing_at(number, lambda: os._exit(9), *names):
                work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9)
    return code == 9


@contextmanager
def held_open(path: Path, *, tries: int = 10**6) -> Iterator[None]:
    """Refuse, as Windows does, to move a file that a program has open, to put one in its place, or to move its folder.

    After so many tries the program has let go of it.
    """
    left = [tries]

    def patched(name: str) -> Callable[..., object]:
        real = getattr(os, name)

        def call(source: "str | Path", target: "str | Path") -> object:
            ends = [Path(source), Path(target)]
            if left[0] and any(path == one or path.is_relative_to(one) for one in ends if one.exists()):
                left[0] -= 1
                error = PermissionError(13, "The process cannot access the file", str(source), None, str(target))
                error.winerror = 32  # type: ignore[attr-defined]
                raise error
            return real(source, target)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.sleep", lambda _: None)
        for name in ("replace", "rename"):
            patch.setattr(os, name, patched(name))
        yield


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, hidden ones too."""
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
