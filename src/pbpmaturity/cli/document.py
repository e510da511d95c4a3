"""Where a document goes: to the screen, or into a file whose ending tells the format."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from pbpmaturity.cli.output import emit, tell
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import UsageError

_STDOUT = ("-", "/dev/stdout")  # by name, since replacing what stdout leads to would lose what is there
_SELDOM = (".markdown", ".htm")
_Format = TypeVar("_Format", bound=str)


def is_for_screen(output: Path | None) -> bool:
    """Say whether a document is printed: no file is named, or stdout is."""
    return output is None or output.as_posix() in _STDOUT


def format_of(output: Path | None, endings: Mapping[str, _Format], printed: _Format) -> _Format:
    """Return the format that a file's ending tells, or the one to print in; UsageError if it tells none."""
    if output is None or is_for_screen(output):
        return printed
    _require_name(output)
    ending = output.suffix.lower()
    if ending in endings:
        return endings[ending]
    raise UsageError(
        f"the ending of {quoted(output.name)} does not tell the format",
        f"name the file {_or(sorted({one for one in endings if one not in _SELDOM}))}, or give --format",
    )


def _or(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def refuse_to_replace(output: Path | None, root: Path | None, source: Path | None) -> None:
    """Refuse to write over a file that documents are made from: one of a workspace, or one that was named."""
    from pbpmaturity.workspace.save import refuse_source

    if output is not None and not is_for_screen(output):
        _require_name(output)
        refuse_source(output, root, [source] if source else [])


def _require_name(output: Path) -> None:
    """Refuse what is empty, or the folder that people are in."""
    if not output.name:
        raise UsageError("-o names no file", "as in: -o northam.html; without -o, it is printed")


def deliver(text: str, output: Path | None) -> None:
    """Print a document, or write it to its file and say so."""
    with delivering(output) as take:
        take(text)


@contextmanager
def delivering(output: Path | None) -> Iterator[Callable[[str | bytes], None]]:
    """Yield what takes a document, and prints it, or has it stand in its file at the end and says so."""
    from pbpmaturity.workspace.save import written_file

    if output is None or is_for_screen(output):
        yield _print
        return
    with written_file(output) as stream:
        yield lambda document: _put_into(stream, document)
    tell(f"wrote {one_line(output.as_posix())}")


def _print(document: str | bytes) -> None:
    assert isinstance(document, str), "what is no text goes into a file"
    emit(document)


def _put_into(stream: BinaryIO, document: str | bytes) -> None:
    stream.write(document if isinstance(document, bytes) else document.encode("utf-8", "backslashreplace"))
    stream.flush()
