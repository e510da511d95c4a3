"""The new files of a folder in the place of the old ones: all of them, or none if one is refused.

The old ones are moved out before the first new one comes in, so that there never is one beside the other. What is
under way stands in a journal: if a process is killed meanwhile, the next one that writes there finishes it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pbpmaturity.errors import PbpError
from pbpmaturity.workspace.interruption import uninterrupted
from pbpmaturity.workspace.save import cannot_be_written, put, resolved, sync, sync_folder
from pbpmaturity.workspace.scratch import JOURNAL, abandoned, empty, note

NEW = "new"
"""The folder in a scratch folder that holds the new files."""
_OLD = "old"


@dataclass(frozen=True, slots=True)
class Swap:
    """New files in a scratch folder, the folder that they are for, and those in it that go.

    `names` and `gone` are paths below the folder; `shown` is the folder as people named it.
    """

    scratch: Path
    folder: Path
    shown: Path
    names: tuple[str, ...]
    gone: tuple[str, ...]

    def make(self, hint: str) -> None:
        """Move the old files out and the new ones in; PbpError names the one that is refused, and all is as it was."""
        going = [(name, self.folder / name) for name in self.gone]
        going += [(name, self._at(name)) for name in reversed(self.names) if self._at(name).exists()]
        for name, path in going:
            with self._naming(name, hint):
                put(path, path)  # refused on Windows if another program has it open, before any is moved
        coming = [(name, self.scratch / NEW / name, self._at(name)) for name in self.names]
        moves = _Moves()
        with uninterrupted():
            try:
                self._begin()
                for name, source, target in [(name, path, self.scratch / _OLD / name) for name, path in going] + coming:
                    with self._naming(name, hint):
                        moves.make(source, target)
                self._end()
            except BaseException:
                self._undo(moves)
                raise

    def finish(self) -> None:
        """End what a process that was killed had begun; OSError if a file is refused."""
        for name in self.gone:
            (self.folder / name).unlink(missing_ok=True)
        for name in self.names:
            if (self.scratch / NEW / name).exists():
                self._at(name).parent.mkdir(parents=True, exist_ok=True)
                put(self.scratch / NEW / name, self._at(name))
        self._end()

    def _at(self, name: str) -> Path:
        return resolved(self.folder / name)

    @contextmanager
    def _naming(self, name: str, hint: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise cannot_be_written(self.shown / name, error, hint=hint) from None

    def _begin(self) -> None:
        said = {"folder": self.folder.name if self.scratch.parent == self.folder.parent else "."}
        draft = self.scratch / "draft"
        with draft.open("xb") as stream:
            stream.write(json.dumps({**said, "names": self.names, "gone": self.gone}).encode())
            sync(stream)
        sync_folder(self.scratch)
        draft.replace(self.scratch / JOURNAL)
        sync_folder(self.scratch)

    def _undo(self, moves: "_Moves") -> None:
        try:
            moves.undo()
            (self.scratch / JOURNAL).unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise PbpError(
                f'"{self.shown.as_posix()}" could not be put back as it was: {reason}',
                "nothing is lost: run the command again, which finishes what was begun",
            ) from None

    def _end(self) -> None:
        folders = {self._at(name).parent for name in (*self.names, *self.gone)} | {self.folder}
        for folder in folders:
            if folder.is_dir():
                sync_folder(folder)
        (self.scratch / JOURNAL).unlink()
        for name in self.gone:
            with suppress(OSError):
                _remove_if_empty((self.folder / name).parent)


def finish_interrupted(folder: Path) -> None:
    """Finish what killed processes had begun to put into a folder, from beside it or inside it.

    PbpError if that cannot be done; what is needed for it stays.
    """
    for around in (folder.parent, folder):
        for scratch in abandoned(around):
            if not (scratch / JOURNAL).exists():
                continue
            swap = _begun(scratch)
            if swap is None:
                note(f"left as it is, since nobody can tell what it was for: {scratch.as_posix()}")
                continue
            if swap.folder != folder:
                continue
            if folder.is_dir():  # else somebody has taken it away since, and wants nothing of it
                try:
                    swap.finish()
                except OSError as error:
                    raise cannot_be_written(folder, error, hint="see that nobody has its files open") from None
                note(f"finished what an interrupted run had begun to write: {folder.as_posix()}")
            empty(scratch)


def _begun(scratch: Path) -> Swap | None:
    """Return what a journal says, if it is one that only moves files below the folder."""
    try:
        said = json.loads((scratch / JOURNAL).read_bytes())
        folder = scratch.parent / said["folder"] if said["folder"] != "." else scratch.parent
        names, gone = tuple(map(str, said["names"])), tuple(map(str, said["gone"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None
    is_ours = folder.parent in (scratch.parent, scratch.parent.parent) and all(map(_is_below, (*names, *gone)))
    return Swap(scratch, folder, folder, names, gone) if is_ours else None


def _is_below(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name


class _Moves:
    """Files that were moved, so that each can be moved back."""

    def __init__(self) -> None:
        self._made: list[tuple[Path, Path]] = []
        self._folders: list[Path] = []

    def make(self, source: Path, target: Path) -> None:
        for folder in reversed([one for one in target.parents if not one.exists()]):
            folder.mkdir()
            self._folders.append(folder)
        put(source, target)
        self._made.append((source, target))

    def undo(self) -> None:
        """Move all back, the last one first; OSError if one is refused, once the others are back."""
        refused: OSError | None = None
        for source, target in reversed(self._made):
            try:
                put(target, source)
            except OSError as error:
                refused = error
        if refused is not None:
            raise refused
        for folder in reversed(self._folders):
            _remove_if_empty(folder)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
