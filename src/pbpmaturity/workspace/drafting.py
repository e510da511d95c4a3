"""The file of an assessment that is being recorded: locked, and saved whole after each answer."""

import contextlib
import hashlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pbpmaturity.errors import PbpError
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.draft import Position
from pbpmaturity.model.shape import said
from pbpmaturity.workspace.edit import as_read, merged
from pbpmaturity.workspace.editors import schema_line, schema_name
from pbpmaturity.workspace.lock import locked
from pbpmaturity.workspace.read import read_file
from pbpmaturity.workspace.save import changed_meanwhile, replace_unchanged, write_new
from pbpmaturity.workspace.source import MAX_BYTES, read
from pbpmaturity.workspace.write import entry

_NOTE = re.compile(rb"^# Recorded up to here; next: ([a-z0-9/-]+)\. Go on with: [^\r\n]*(?:\r?\n|\Z)", re.MULTILINE)


_GO_ON = {"draft": "--resume", "agreed": "--amend"}


class NotSaved(PbpError):
    """The file could not be written; `kept` is where all answers are instead, or None if nowhere could be written."""

    def __init__(self, message: str, assessment: Assessment, data: bytes, kept: Path | None, *, is_new: bool) -> None:
        again = assessment.place if is_new else f"{assessment.place}@{assessment.date} {_GO_ON[assessment.status]}"
        where = f'all answers are kept in "{kept.as_posix()}"' if kept else "the answers follow; copy them"
        go_on = f"; when that is mended, go on with: pbp assess {again} --from {kept.as_posix()}" if kept else ""
        super().__init__(message, where + go_on)
        self.data = data
        self.kept = kept


class DraftFile:
    """An assessment's file while it is held; `position` is the question at which its recording stopped, if it did."""

    def __init__(self, path: Path, data: bytes | None, origin: bytes | None = None) -> None:
        self.path = path
        self._bytes = data
        self._origin = origin
        self.position = position_in(origin or data or b"")

    @property
    def is_saved(self) -> bool:
        return self._bytes is not None

    def save(self, assessment: Assessment, position: Position | None = None) -> None:
        """Write the assessment, and where its recording goes on; NotSaved says where the answers are kept instead.

        The file is called after the assessment's date, and is given another name when that changes.
        """
        path, after = self.path.with_name(f"{assessment.date}.yaml"), _written(assessment)
        try:
            after = document(assessment, position, self._origin or self._bytes)
            self._put(path, after)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise self._not_saved(f'"{path.as_posix()}" cannot be written: {reason}', assessment, after) from None
        except PbpError as error:
            raise self._not_saved(error.message, assessment, after) from None
        self.path, self._bytes, self._origin, self.position = path, after, None, position

    def _put(self, path: Path, after: bytes) -> None:
        if len(after) > MAX_BYTES:
            raise PbpError("the assessment would be over 1 MiB, which no verb reads")
        if self._bytes is None or path == self.path:
            replace_unchanged(path, self._bytes, after)
        else:
            replace_unchanged(path, None, after)
            self.path.unlink()

    def _not_saved(self, message: str, assessment: Assessment, data: bytes) -> NotSaved:
        return NotSaved(message, assessment, data, _keep_elsewhere(self.path, data), is_new=self._bytes is None)


@contextmanager
def held(path: Path, *, sha256: str | None, origin: bytes | None = None) -> Iterator[DraftFile]:
    """Hold the file of an assessment; None for its SHA-256 if it is still to come.

    `origin` is a file from elsewhere whose words, comments too, take its place. PbpError if somebody on this computer
    holds it, or it is another file by now.
    """
    folder = path.parent
    is_first = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        yield DraftFile(path, None, origin)  # saving will say why it cannot, and keep the answers elsewhere
        return
    try:
        with locked(path):
            data = path.read_bytes() if sha256 is not None else None
            if data is not None and hashlib.sha256(data).hexdigest() != sha256:
                raise changed_meanwhile(path)
            yield DraftFile(path, data, origin)
    finally:
        if is_first:
            with contextlib.suppress(OSError):  # it holds the first assessment by now
                folder.rmdir()


def document(assessment: Assessment, position: Position | None = None, before: bytes | None = None) -> bytes:
    """Return the file of an assessment; of one that people have written in, with all else that they wrote."""
    body, note = _without_note(before or b""), _note(assessment, position)
    if before is None or body == _written_anew(body):
        return _checked(_written(assessment), assessment) + note
    newline = b"\r\n" if b"\r\n" in body else b"\n"
    new = merged(body, said(assessment))
    gap = newline if note and not new.endswith(b"\n") else b""
    return new + gap + note.replace(b"\n", newline)


def position_in(data: bytes) -> Position | None:
    """Return the question at which the recording of a file stopped; None where it came to its end."""
    match = _NOTE.search(data)
    return Position.parse(match[1].decode()) if match else None


def _written(assessment: Assessment) -> bytes:
    head = schema_line(schema_name(assessment.matrix), depth=2)
    lines = (line for key, value in said(assessment).items() for line in entry(key, value))
    return "".join(f"{line}\n" for line in (head, *lines)).encode()


def _checked(data: bytes, assessment: Assessment) -> bytes:
    """Return a file that was written anew, once it has been read again and says what was meant."""
    if len(data) <= MAX_BYTES and read(data).data != as_read(said(assessment)):
        raise PbpError("what was written does not read as what was meant")
    return data


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
    for folder in _other_folders():
        for number in range(1, 100):
            kept = folder / f"{name}{f'-{number}' if number > 1 else ''}.yaml"
            try:
                write_new(kept, data, is_private=True)
                return kept
            except FileExistsError:
                continue
            except OSError:
                break
    return None


def _other_folders() -> Iterator[Path]:
    """Yield the folders that a person can usually write in; each is looked up only when it is needed."""
    for find in (Path.home, lambda: Path(tempfile.gettempdir()), Path.cwd):
        with contextlib.suppress(OSError, RuntimeError):
            yield find()
