"""One file: bytes in, a value of a shape out, or what is wrong with it and where."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic, Finding, Route
from pbpmaturity.model.portfolio import Input
from pbpmaturity.workspace.guard import Unreadable
from pbpmaturity.workspace.shapes import shaped, unknown_empty_keys
from pbpmaturity.workspace.source import MAX_BYTES, Source, read

ShapeT = TypeVar("ShapeT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class File(Generic[ShapeT]):
    """A file as read; `value` is None if it has none, and the diagnostics say why."""

    input: Input
    value: ShapeT | None
    diagnostics: tuple[Diagnostic, ...]
    source: Source | None = None

    @property
    def path(self) -> str:
        return self.input.path

    @property
    def empty(self) -> tuple[Route, ...]:
        """The keys that have nothing after them, by route."""
        return self.source.empty if self.source else ()

    def locate(self, findings: Iterable[Finding]) -> list[Diagnostic]:
        """Return findings of this file with their lines and columns; at its top where a route leads nowhere."""
        return [_located(finding, self.source) for finding in findings]


def read_file(data: bytes, path: str, shape: type[ShapeT]) -> File[ShapeT]:
    """Return what the bytes of a file say as a value of the shape."""
    return read_as(data, path, lambda _: shape)


def read_as(data: bytes, path: str, shape_of: Callable[[Any], type[ShapeT]]) -> File[ShapeT]:
    """Return what the bytes of a file say, as a value of the shape that its plain data calls for."""
    origin = Input(path, hashlib.sha256(data).hexdigest())
    try:
        source = read(data)
    except Unreadable as fault:
        return File(origin, None, (Diagnostic(fault.rule, path, fault.line, fault.column, fault.message),))
    shape = shape_of(source.data)
    value = shaped(shape, source.data, path)
    findings = unknown_empty_keys(shape, source.empty, path)
    if isinstance(value, list):
        findings = value + findings
    diagnostics = tuple(_located(finding, source) for finding in findings)
    return File(origin, None if isinstance(value, list) else value, diagnostics, source)


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
    return read_as(data, path, shape_of)


def _located(finding: Finding, source: Source | None) -> Diagnostic:
    line, column = source.locate(finding.route, finding.point) if source else (1, 1)
    return Diagnostic(finding.rule, finding.path, line, column, finding.message)
