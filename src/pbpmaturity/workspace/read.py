"""One file: bytes in, a value of a shape out, or what is wrong with it and where."""

import hashlib
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic, Finding, Route
from pbpmaturity.model.later import is_later_format
from pbpmaturity.model.portfolio import Input
from pbpmaturity.workspace.guard import ELSEWHERE, Lost, Unreadable
from pbpmaturity.workspace.partial import Partial
from pbpmaturity.workspace.refusals import file_of_later
from pbpmaturity.workspace.revision import last_committed
from pbpmaturity.workspace.shapes import judged, unknown_empty_keys
from pbpmaturity.workspace.source import MAX_BYTES, Source, read

ShapeT = TypeVar("ShapeT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class File(Generic[ShapeT]):
    """A file as read; `value` is None if it has none, and the diagnostics say why.

    Then `partial` is what can be judged of it all the same, for validate alone; no result rests on it. A file that is
    lost holds nothing at all, or nothing but NULs.
    """

    input: Input
    value: ShapeT | None
    diagnostics: tuple[Diagnostic, ...]
    source: Source | None = None
    partial: Partial[ShapeT] | None = None
    is_lost: bool = False

    @property
    def path(self) -> str:
        return self.input.path

    @property
    def empty(self) -> tuple[Route, ...]:
        """The keys that have nothing after them, by route."""
        return self.source.empty if self.source else ()

    @property
    def judged(self) -> ShapeT | None:
        """What the rules are held against: the value, or as much of it as there is."""
        return self.partial.value if self.partial else self.value

    @property
    def is_of_later_format(self) -> bool:
        return self.source is not None and is_later_format(self.source.data.get("format"))

    def locate(self, findings: Iterable[Finding]) -> list[Diagnostic]:
        """Return findings of this file with their lines and columns; at its top where a route leads nowhere."""
        partial = self.partial
        return [_located(partial.in_file(one) if partial else one, self.source) for one in findings]

    def without(
        self, refused: Iterable[Route] = (), unknown: Iterable[Route] = (), meant: Mapping[Route, str] | None = None
    ) -> "File[ShapeT]":
        """Return the file to be judged without what other rules have found: see Partial.without."""
        if self.source is None or self.judged is None:
            return self
        partial = self.partial or Partial(self.judged, self.source.data)
        return replace(self, partial=partial.without(refused, unknown, meant) or partial)


def read_file(data: bytes, path: str, shape: type[ShapeT]) -> File[ShapeT]:
    """Return what the bytes of a file say as a value of the shape."""
    return read_as(data, path, lambda _: shape)


def read_as(data: bytes, path: str, shape_of: Callable[[Any], type[ShapeT]]) -> File[ShapeT]:
    """Return what the bytes of a file say, as a value of the shape that its plain data calls for."""
    origin = Input(path, hashlib.sha256(data).hexdigest())
    try:
        source = read(data)
    except Unreadable as fault:
        found = Diagnostic(fault.rule, path, fault.line, fault.column, fault.message)
        return File(origin, None, (found,), is_lost=isinstance(fault, Lost))
    shape = shape_of(source.data)
    try:
        value = shape.model_validate(source.data)
    except ValidationError:
        return _in_part(origin, source, shape)
    if source.empty and unknown_empty_keys(shape, source.empty, path):
        return replace(_in_part(origin, source, shape), value=value)
    return File(origin, value, (), source)


def _in_part(origin: Input, source: Source, shape: type[ShapeT]) -> File[ShapeT]:
    """Return a file that is no value of its shape: what is wrong with it, and what can be judged of the rest."""
    written = source.data.get("format")
    if is_later_format(written):
        later = _located(file_of_later(written, origin.path), source)
        return File(origin, None, (later,), source)
    findings, partial = judged(shape, source.data, origin.path, source.empty)
    return File(origin, None, tuple(_located(finding, source) for finding in findings), source, partial)


def read_path(root: Path, path: str, shape: type[ShapeT]) -> File[ShapeT]:
    """Return what a file on disk says; one that cannot be opened is a finding among others."""
    return read_path_as(root, path, lambda _: shape)


def read_path_as(root: Path, path: str, shape_of: Callable[[Any], type[ShapeT]]) -> File[ShapeT]:
    """Return what a file on disk says, as a value of the shape that its plain data calls for."""
    try:
        with (root / path).open("rb") as stream:
            # One byte more than is allowed, so that a huge file is refused without being read whole.
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"the file cannot be opened ({reason}); check that it exists and that you may read it"
        return File(Input(path, ""), None, (Diagnostic(rules.UNREADABLE, path, 1, 1, message),))
    file = read_as(data, path, shape_of)
    return replace(file, diagnostics=(_with_way_back(file.diagnostics[0], root),)) if file.is_lost else file


def _with_way_back(lost: Diagnostic, root: Path) -> Diagnostic:
    """Return the finding of a lost file with git's command for it, if git has what it said."""
    before = last_committed(root, lost.path)
    if before is None or not before.strip(b"\0 \r\n"):
        return lost
    command = f"git checkout HEAD -- {shlex.quote(lost.path)}"
    return replace(lost, message=lost.message.replace(ELSEWHERE, f"in the workspace's folder with: {command}"))


def _located(finding: Finding, source: Source | None) -> Diagnostic:
    line, column = source.locate(finding.route, finding.point) if source else (1, 1)
    return Diagnostic(finding.rule, finding.path, line, column, finding.message)
