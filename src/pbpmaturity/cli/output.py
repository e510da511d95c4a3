"""What reaches the screen: results on stdout, everything else on stderr."""

import errno
import os
import shutil
import sys
from contextvars import ContextVar
from pathlib import Path
from typing import TextIO

from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import PbpError

named_workspace: ContextVar[Path | None] = ContextVar("named_workspace", default=None)
"""The folder that `--workspace` gave to this run, which each command to be typed after it has to give too."""


def prepare_streams() -> None:
    """Make output the same everywhere: UTF-8 and LF unless it goes to a terminal, which gets what it can show."""
    # A closed stream is None; what would go there has nowhere to go.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def emit(text: str) -> None:
    """Print a result; a reader that has gone away (`| head`) ends the printing and nothing else."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """Print a note on stderr."""
    _write(sys.stderr, f"{text}\n")


def is_colourful() -> bool:
    """Say whether stdout shows colour: a terminal that is not dumb, and no NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def tells_progress() -> bool:
    """Say whether stderr shows what a long run is doing: a terminal that is not dumb."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def screen_width() -> int:
    """Return the terminal's width; 80 where there is none, so that output depends on its input alone."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80


def shown_path(path: Path) -> str:
    """Return a path as people see it: relative where it lies below the current folder, with forward slashes."""
    full = Path(os.path.abspath(path))
    here = Path.cwd()
    return (full.relative_to(here) if full.is_relative_to(here) else full).as_posix()


def explain(error: PbpError) -> str:
    """Return an error as the lines that a person reads."""
    lines = [f"pbp: {one_line(error.message)}"]
    lines += [f"  {one_line(finding)}" for finding in getattr(error, "findings", ())]
    if error.hint:
        lines.append(f"  {one_line(error.hint)}")
    return "\n".join(lines)


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # What is still in the buffer must have somewhere to go when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except OSError as error:
        if error.errno == errno.EINVAL and os.name == "nt":  # how Windows spells a broken pipe
            return
        if stream is sys.stderr:
            return
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise PbpError(f"the output cannot be written: {error.strerror or type(error).__name__}") from None
