"""Asking somebody at a keyboard, one line at a time; questions go to stderr."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pbpmaturity.cli.output import tell

_PROMPT = "> "
_LOST = "That holds characters which this terminal's character set does not have: it was not taken in; write it again."
_CUT = "That line is longer than this terminal takes, and was cut: it was not taken in. Write less of it at once."
_PASTED = "Several lines came at once; go on, and end with an empty line."
# What a terminal passes on of one line where nothing edits it, in bytes; a Windows console has its own editor.
_LONGEST_LINE = {"darwin": 1023, "win32": sys.maxsize}.get(sys.platform, 4095)
# A paste comes after somebody has looked at the question; answers that a script types wait for it already.
_LOOKED_AT = 0.2


class Ended(Exception):
    """There is nobody to ask any more: Ctrl-D, or the terminal is gone."""


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
    """Ask at the terminal: no result goes to stdout meanwhile.

    Where it leads elsewhere the terminal takes its place, for lines to be edited.
    """
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="surrogateescape")  # what cannot be read is asked for again instead of being a crash
    elsewhere = None if sys.stdout.isatty() else _stdout_to_terminal()
    try:
        yield
    finally:
        if elsewhere is not None:
            os.dup2(elsewhere, 1)


def ask(*, is_prose: bool = False) -> str:
    """Return the next line that is typed, or a text of several lines that is pasted where prose is asked for.

    Ended if there is nobody left to answer.
    """
    while True:
        text = _recovered(_typed(is_prose))
        if text is not None:
            return text.strip() if is_prose else " ".join(text.split("\n")).strip()


def _recovered(text: str) -> str | None:
    """Return a text as it was meant; None, once that is said, if it cannot be read.

    A terminal may speak UTF-8 where the system's settings say otherwise.
    """
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    try:
        return text.encode(sys.stdin.encoding or "utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        tell(_LOST)
        return None


def _stdout_to_terminal() -> int | None:
    """Let stdout lead to the terminal that questions go to, and return what leads where it led; None if it cannot."""
    try:
        if sys.stdout.fileno() != 1:
            return None
        sys.stdout.flush()
        elsewhere = os.dup(1)
        os.dup2(sys.stderr.fileno(), 1)
    except (OSError, ValueError):
        return None
    return elsewhere


def _typed(is_prose: bool) -> str:
    read = _reader()
    start = time.monotonic()
    lines = [read(_PROMPT)]
    was_looked_at = time.monotonic() - start > _LOOKED_AT
    if is_prose and was_looked_at and lines[0].strip() and _more_waits():
        tell(_PASTED)
        while (line := read("")).strip() or _more_waits():
            lines.append(line)
    return "\n".join(lines)


def _reader() -> Callable[[str], str]:
    """Return what reads a line: with the keys for editing, where the system has them, which also keeps pastes whole."""
    if not sys.stdout.isatty():
        return _plain_line
    try:
        import readline
    except ImportError:
        return _plain_line
    if "libedit" not in (readline.__doc__ or ""):
        readline.parse_and_bind("set enable-bracketed-paste on")
    return _edited_line


def _edited_line(prompt: str) -> str:
    """Return a line read with the keys for editing; Python prints its prompt to the same terminal."""
    try:
        return input(prompt)
    except (EOFError, OSError):
        raise Ended from None


def _plain_line(prompt: str) -> str:
    while True:
        try:
            sys.stderr.write(prompt)
            sys.stderr.flush()
            line = sys.stdin.readline()
        except OSError:
            raise Ended from None
        if not line:
            raise Ended
        text = line.rstrip("\r\n")
        if len(text.encode(sys.stdin.encoding or "utf-8", "surrogateescape")) < _LONGEST_LINE:
            return text
        tell(_CUT)


def _more_waits() -> bool:
    """Say whether more has come than was read, as a paste brings it: also a last line that is not ended yet."""
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.kbhit()
    import select
    import termios

    settings = termios.tcgetattr(sys.stdin)
    unbuffered = [*settings[:3], settings[3] & ~termios.ICANON, *settings[4:]]
    termios.tcsetattr(sys.stdin, termios.TCSANOW, unbuffered)
    try:
        return bool(select.select([sys.stdin], [], [], 0.05)[0])
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, settings)
