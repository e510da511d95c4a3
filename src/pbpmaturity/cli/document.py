"""Where a document goes: to the screen, or into a file whose ending tells the format."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

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
    from pbpmaturity.workspace.save import write_output

    if output is None or is_for_screen(output):
        emit(text)
        return
    write_output(output, text)
    _tell_written(output)


def deliver_file(data: bytes, output: Path) -> None:
    """Write a document that is no text to its file and say so."""
    from pbpmaturity.workspace.save import written_file

    with written_file(output) as stream:
        stream.write(data)
    _tell_written(output)


def _tell_written(output: Path) -> None:
    tell(f"wrote {one_line(output.as_posix())}")
