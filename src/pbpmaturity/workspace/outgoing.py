"""A folder of files that people take elsewhere: it stays as it is until all of the new ones are written."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from pbpmaturity.errors import PbpError
from pbpmaturity.workspace.interruption import uninterrupted
from pbpmaturity.workspace.lock import locked
from pbpmaturity.workspace.save import ELSEWHERE, cannot_be_written, resolved, sync, sync_folder, umask
from pbpmaturity.workspace.scratch import scratch
from pbpmaturity.workspace.swap import NEW, Swap, finish_interrupted

OpenFile = Callable[[str], BinaryIO]
"""Opens a new file by its path below the folder."""

OursIn = Callable[[Path], Iterable[str]]
"""Returns the files of an earlier run in a folder, by their paths below it."""

_MOST_AT_ONCE = 16
_TURNS = 100


@contextmanager
def written_folder(
    folder: Path,
    ours: OursIn = lambda folder: (),
    *,
    what: str = "tables",
    hint: str = ELSEWHERE,
) -> Iterator[OpenFile]:
    """Yield how to open the new files of a folder, which come to stand there once nothing went wrong.

    What else is in the folder stays, but for those of `ours` that are not written anew. `what` is what the files are,
    for people to read. PbpError says what kept it from being written, and `hint` what to do.
    """
    target = resolved(folder)
    if target.exists() and not target.is_dir():
        advice = "choose another folder" if hint == ELSEWHERE else "move it elsewhere, and try again"
        raise PbpError(f'"{folder.as_posix()}" is a file, and the {what} go into a folder', advice)
    try:
        mend(folder, hint)
        with scratch(*_places_for(target)) as path:
            (path / NEW).mkdir()
            files = _NewFiles(path / NEW)
            try:
                yield files.open
            finally:
                files.close()
            files.sync()
            _take_over(files, target, folder, ours, what, hint)
    except OSError as error:
        raise cannot_be_written(folder, error, hint=hint) from None


def mend(folder: Path, hint: str) -> None:
    """Finish what a process that was killed had begun to put into a folder; PbpError if that cannot be done."""
    try:
        target = resolved(folder)
        with _in_turn(target if target.is_dir() else target.parent):
            finish_interrupted(target)
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
        with ExitStack() as each:  # the others too where one is refused, as on a full disk
            for file in self._opened:
                each.callback(file.close)

    def sync(self) -> None:
        """Make sure that all are on the disk, several at once, since each is waited for."""
        paths = [self.folder / name for name in self.names]
        if len(paths) < _MOST_AT_ONCE:
            for path in paths:
                _sync(path)
        else:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(_MOST_AT_ONCE) as pool:
                list(pool.map(_sync, paths))
        for folder in {path.parent for path in paths}:
            sync_folder(folder)


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        sync(stream)


def _places_for(target: Path) -> list[Path]:
    """Return where the new files may be made: beside the folder, so that it never holds what is not for its readers.

    Inside it where it alone may be written to, or is on another disk than what is around it.
    """
    if not target.is_dir():
        return [target.parent]
    is_one_disk = target.stat().st_dev == target.parent.stat().st_dev
    return [target.parent, target] if is_one_disk else [target]


def _take_over(files: _NewFiles, target: Path, shown: Path, ours: OursIn, what: str, hint: str) -> None:
    if not target.is_dir():
        with _in_turn(target.parent):
            if not target.is_dir():
                _put_whole(files.folder, target)
                return
    with _in_turn(target):
        _refuse_obstacles(files.names, target, what)
        new = {target / name for name in files.names}
        gone = [name for name in sorted(ours(target)) if target / name not in new and (target / name).is_file()]
        Swap(files.folder.parent, target, shown, tuple(files.names), tuple(gone)).make(hint)


def _put_whole(new: Path, target: Path) -> None:
    with uninterrupted():
        new.chmod(0o777 & ~umask())
        new.rename(target)
        try:
            sync_folder(target.parent)
        except BaseException:
            target.rename(new)
            raise


@contextmanager
def _in_turn(folder: Path) -> Iterator[None]:
    """Have a folder for oneself for the moment that a change of its files takes; PbpError if others do not end."""
    with ExitStack() as held:
        for turn in range(_TURNS):
            try:
                held.enter_context(locked(folder / "any"))
                break
            except PbpError:
                if turn == _TURNS - 1:
                    message = f'"{folder.as_posix()}" is being changed by another run on this computer'
                    raise PbpError(message, "wait until it has finished") from None
                time.sleep(0.1)
        yield


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
