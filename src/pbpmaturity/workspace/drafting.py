"""The file of an assessment that is being recorded: locked, and saved whole after each answer."""

import contextlib
import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pbpmaturity.errors import PbpError
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.draft import Position
from pbpmaturity.model.shape import said
from pbpmaturity.workspace.edit import as_read, merged
from pbpmaturity.workspace.editors import schema_line, schema_name
from pbpmaturity.workspace.joining import joined, with_begun_from
from pbpmaturity.workspace.lock import locked
from pbpmaturity.workspace.read import read_file
from pbpmaturity.workspace.save import changed_meanwhile, replace_unchanged, write_new
from pbpmaturity.workspace.source import MAX_BYTES, read
from pbpmaturity.workspace.write import entry

_NOTE = re.compile(rb"^# Recorded up to here; next: ([a-z0-9/-]+)\. Go on with: [^\r\n]*(?:\r?\n|\Z)", re.MULTILINE)


class NotSaved(PbpError):
    """The file could not be written; `kept` is where all answers are instead, or None if nowhere could be written.

    `go_on` are the words of the command that puts them where they belong, and `before_that` what is to be done first.
    """

    def __init__(
        self, message: str, assessment: Assessment, data: bytes, kept: Path | None, *, before_that: str, amended: bool
    ) -> None:
        super().__init__(message)
        self.data = data
        self.kept = kept
        self.before_that = before_that
        self.go_on: tuple[str, ...] = ()
        if kept is not None:
            reason = ("--amend", assessment.amendments[-1].reason) if amended else ("--resume",)
            name = f"{assessment.place}@{assessment.date}"
            self.go_on = ("assess", name, *reason, "--from", kept.as_posix())


class DraftFile:
    """An assessment's file while it is held; `position` is the question at which its recording stopped, if it did."""

    def __init__(self, path: Path, data: bytes | None, origin: bytes | None = None) -> None:
        self.path = path
        self._bytes = data
        self._origin = origin
        self._attempt: tuple[Path, bytes] | None = None
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
        before = self._bytes if path == self.path else None
        if self._attempt and self._attempt[0] == path and _is_there(*self._attempt):
            before = self._attempt[1]  # an interruption came after it was written: it is our own
        self._attempt = path, after
        replace_unchanged(path, before, after)
        if self._bytes is not None and path != self.path:
            self.path.unlink(missing_ok=True)

    def _not_saved(self, message: str, assessment: Assessment, data: bytes) -> NotSaved:
        kept = keep_elsewhere(self.path, with_begun_from(data, self._bytes))
        before_that = "shorten it there" if len(data) > MAX_BYTES else ""
        amended = assessment.status == "agreed" and bool(assessment.amendments) and self._is_agreed()
        return NotSaved(message, assessment, data, kept, before_that=before_that, amended=amended)

    def _is_agreed(self) -> bool:
        before = read_file(self._bytes, "", Assessment).value if self._bytes is not None else None
        return before is not None and before.status == "agreed"


@contextmanager
def held(path: Path, *, sha256: str | None, origin: bytes | None = None) -> Iterator[DraftFile]:
    """Hold the file of an assessment; None for its SHA-256 if it is still to come.

    `origin` is a file from elsewhere whose words, comments too, take its place. PbpError if somebody on this computer
    holds it, or it is another file by now.
    """
    with turn_at(path):
        is_meant = sha256 is not None and path.parent.is_dir()  # else saving will say why it cannot
        data = path.read_bytes() if is_meant else None
        if data is not None and hashlib.sha256(data).hexdigest() != sha256:
            raise changed_meanwhile(path)
        yield DraftFile(path, data, origin)


@contextmanager
def turn_at(path: Path, *, patience: float = 0, waits: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the folder of an assessment's file, which is made if it is the first there; see `locked`."""
    folder = path.parent
    is_first = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        yield  # there is nothing to hold
        return
    try:
        with locked(path, patience=patience, waits=waits):
            yield
    finally:
        if is_first:
            with contextlib.suppress(OSError):  # it holds the first assessment by now
                folder.rmdir()


def sha256_of(path: Path) -> str | None:
    """Return the SHA-256 of a file; None if there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def document(assessment: Assessment, position: Position | None = None, before: bytes | None = None) -> bytes:
    """Return the file of an assessment; of one that people have written in, with all else that they wrote."""
    body, note = _without_note(before or b""), _note(assessment, position)
    if before is None or body == _written_anew(body):
        return _checked(_written(assessment), assessment) + note
    newline = b"\r\n" if b"\r\n" in body else b"\n"
    new = merged(body, said(assessment))
    gap = newline if note and not new.endswith(b"\n") else b""
    return new + gap + note.replace(b"\n", newline)


def joined_text(
    own: bytes, other: bytes, before: bytes | None, assessment: Assessment, position: Position | None
) -> bytes:
    """Return the text that an assessment, put together from two files, is to be written into; see `joined`."""
    base = _without_note(before) if before is not None else None
    text = joined(_without_note(own), _without_note(other), base, said(assessment))
    gap = b"" if text.endswith(b"\n") else b"\n"
    return text + gap + _note(assessment, position) if position else text


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


def _is_there(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def keep_elsewhere(path: Path, data: bytes, *, beside: str = "") -> Path | None:
    """Write a file where it is possible, for its owner alone, under a name that nothing has yet; None if nowhere is.

    `beside` tells it from other files that are kept of the same assessment.
    """
    name = f"pbp-{path.parent.name}-{path.stem}{beside}"
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
