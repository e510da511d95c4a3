"""The file of an assessment that is being recorded: locked, and saved whole after each answer."""

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pbpmaturity.errors import PbpError
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.draft import Position
from pbpmaturity.model.shape import said
from pbpmaturity.workspace.edit import merged
from pbpmaturity.workspace.lock import locked
from pbpmaturity.workspace.read import read_file
from pbpmaturity.workspace.save import replace_unchanged
from pbpmaturity.workspace.write import entry

_NOTE = re.compile(rb"^# Recorded up to here; next: ([a-z0-9/-]+)\. Go on with: [^\r\n]*(?:\r?\n|\Z)", re.MULTILINE)


class NotSaved(PbpError):
    """The file could not be written; `kept` is where all answers are instead, or None if nowhere could be written."""

    def __init__(self, message: str, place: str, data: bytes, kept: Path | None) -> None:
        where = f'all answers are kept in "{kept.as_posix()}"' if kept else "the answers follow; copy them"
        go_on = f"; when that is mended, go on with: pbp assess {place} --from {kept.as_posix()}" if kept else ""
        super().__init__(message, where + go_on)
        self.data = data
        self.kept = kept


class DraftFile:
    """An assessment's file while it is held; `position` is the question at which its recording stopped, if it did."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._bytes = path.read_bytes() if path.exists() else None
        self.position = position_in(self._bytes or b"")

    @property
    def exists(self) -> bool:
        return self._bytes is not None

    def save(self, assessment: Assessment, position: Position | None = None) -> None:
        """Write the assessment, and where its recording goes on; NotSaved says where the answers are kept instead."""
        after = document(assessment, position, self._bytes)
        if after == self._bytes:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            replace_unchanged(self.path, self._bytes, after)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = f'"{self.path.as_posix()}" cannot be written: {reason}'
            raise NotSaved(message, assessment.place, after, _keep_elsewhere(self.path, after)) from None
        except PbpError as error:
            raise NotSaved(error.message, assessment.place, after, _keep_elsewhere(self.path, after)) from None
        self._bytes = after
        self.position = position


@contextmanager
def held(path: Path) -> Iterator[DraftFile]:
    """Hold the file of an assessment, which need not exist yet; PbpError if somebody on this computer holds it."""
    folder = path.parent
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with locked(path):
            yield DraftFile(path)
    finally:
        if is_new:
            with contextlib.suppress(OSError):  # it holds the first assessment by now
                folder.rmdir()


def document(assessment: Assessment, position: Position | None = None, before: bytes | None = None) -> bytes:
    """Return the file of an assessment; of one that people have written in, with all else that they wrote."""
    body, note = _without_note(before or b""), _note(assessment, position)
    if before is None or body == _written_anew(body):
        return _written(assessment) + note
    newline = b"\r\n" if b"\r\n" in body else b"\n"
    new = merged(body, said(assessment))
    gap = newline if note and not new.endswith(b"\n") else b""
    return new + gap + note.replace(b"\n", newline)


def position_in(data: bytes) -> Position | None:
    """Return the question at which the recording of a file stopped; None where it came to its end."""
    match = _NOTE.search(data)
    return Position.parse(match[1].decode()) if match else None


def _written(assessment: Assessment) -> bytes:
    lines = (line for key, value in said(assessment).items() for line in entry(key, value))
    return "".join(f"{line}\n" for line in lines).encode()


def _written_anew(data: bytes) -> bytes | None:
    """Return what a file would be if it were written anew."""
    value = read_file(data, "", Assessment).value
    return _written(value) if value else None


def _note(assessment: Assessment, position: Position | None) -> bytes:
    if position is None:
        return b""
    command = f"pbp assess {assessment.place}@{assessment.date} --resume"
    return f"# Recorded up to here; next: {position}. Go on with: {command}\n".encode()


def _without_note(data: bytes) -> bytes:
    return _NOTE.sub(b"", data)


def _keep_elsewhere(path: Path, data: bytes) -> Path | None:
    """Write answers where it is possible, under a name that nothing has yet."""
    name = f"pbp-{path.parent.name}-{path.stem}"
    for folder in (_home(), Path(tempfile.gettempdir()), Path.cwd()):
        for number in range(1, 100):
            kept = folder / f"{name}{f'-{number}' if number > 1 else ''}.yaml" if folder else None
            try:
                if kept is not None:
                    _write_new(kept, data)
                    return kept
            except FileExistsError:
                continue
            except OSError:
                break
    return None


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:
        return None


def _write_new(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        try:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            stream.close()
            path.unlink(missing_ok=True)
            raise
