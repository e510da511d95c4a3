"""Asking somebody at a keyboard, one line at a time; questions go to stderr."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from pbpmaturity.cli.output import tell

_PROMPT = "> "
_LOST = (
    "That holds characters which this terminal's character set does not have, so it was not taken in; write it again."
)
_PASTED = "Several lines came at once; go on, and end with an empty line."


class Ended(Exception):
    """There is nobody to ask any more: Ctrl-D, or the terminal is gone."""


class Stopped(KeyboardInterrupt):
    """The system asks the process to end."""


def is_there() -> bool:
    """Say whether there is somebody to ask: a terminal to read from and one to write questions to."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def width() -> int:
    """Return the width of the terminal that questions go to."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return shutil.get_terminal_size((80, 24)).columns


def is_colourful() -> bool:
    """Say whether the terminal that questions go to shows colour."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def attended() -> Iterator[None]:
    """Let a request to end the process, or a closed terminal, end the asking in good order."""
    before: dict[signal.Signals, object] = {}
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)  # each system has its own
        if number is not None:
            before[number] = signal.signal(number, _stop)
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="surrogateescape")  # what cannot be read is asked for again instead of being a crash
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]


def ask(*, is_prose: bool = False) -> str:
    """Return the next line that is typed, or a text of several lines that is pasted where prose is asked for.

    Ended if there is nobody left to answer.
    """
    while True:
        text = _typed(is_prose).strip()
        if not any("\ud800" <= character <= "\udfff" for character in text):
            return text
        tell(_LOST)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _typed(is_prose: bool) -> str:
    read, keeps_pastes = _reader()
    lines = [read(_PROMPT)]
    if keeps_pastes or not is_prose or not lines[0].strip():
        return lines[0]
    if _more_waits():
        tell(_PASTED)
        while (line := read("")).strip() or _more_waits():
            lines.append(line)
    return "\n".join(lines)


def _reader() -> tuple[Callable[[str], str], bool]:
    """Return what reads a line, and whether it gives a pasted text of several lines as one."""
    if sys.stdout.isatty():
        try:
            import readline
        except ImportError:
            return _plain_line, False
        is_gnu = "libedit" not in (readline.__doc__ or "")
        if is_gnu:
            readline.parse_and_bind("set enable-bracketed-paste on")
        return _edited_line, is_gnu
    return _plain_line, False


def _edited_line(prompt: str) -> str:
    """Return a line read with the keys for editing; Python prints its prompt to the same terminal."""
    try:
        return input(prompt)
    except (EOFError, OSError):
        raise Ended from None


def _plain_line(prompt: str) -> str:
    try:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
    except OSError:
        raise Ended from None
    if not line:
        raise Ended
    return line.rstrip("\r\n")


def _more_waits() -> bool:
    """Say whether more lines have come than were read, as a paste brings them."""
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.kbhit()
    import select

    return bool(select.select([sys.stdin], [], [], 0.05)[0])
