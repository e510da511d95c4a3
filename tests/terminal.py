"""A person at a real terminal: a process in a pseudo-terminal, typed to and read from."""

import fcntl
import os
import pty
import resource
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

PROMPT = "\n> "


class Terminal:
    """A command in a terminal of its own; `screen` is all that has been shown so far, without the terminal's codes."""

    def __init__(
        self,
        arguments: Sequence[str],
        at: Path,
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        stdout: int | None = None,
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        surroundings = {**os.environ, "TERM": "dumb", "INPUTRC": os.devnull, **(env or {})}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pbpmaturity", *arguments],
            cwd=at,
            stdin=slave,
            stdout=slave if stdout is None else stdout,
            stderr=slave,
            env=surroundings,
            start_new_session=True,
            preexec_fn=_take_the_terminal,
        )
        os.close(slave)
        self._bytes = b""
        self._read_to = 0

    @property
    def screen(self) -> str:
        return (
            self._bytes.decode("utf-8", "replace")
            .replace("\r\n", "\n")
            .replace("\x1b[?2004h", "")
            .replace("\x1b[?2004l\r", "")
        )

    @property
    def descriptor(self) -> int:
        """The side of the terminal that a person sits at."""
        return self._master

    def limit_file_size(self, size: int) -> None:
        """Let the process write no file longer than this from now on, as on a full disk."""
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (size, size))

    def wait_for(self, text: str) -> None:
        """Wait until a text has been shown."""
        end = time.monotonic() + 20
        while text not in self.screen:
            assert time.monotonic() < end, self.screen
            self._take(0.05)

    def wait_for_prompt(self, seconds: float = 20) -> str:
        """Return what was shown since the last prompt, once the next question is put; an empty text at the end."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            new = self.screen[self._read_to :]
            if new.endswith(PROMPT) or new == PROMPT.lstrip():
                self._read_to = len(self.screen)
                return new
            if not self._take(0.05) and self._process.poll() is not None:
                return ""
        raise AssertionError(f"no prompt within {seconds} s; the screen shows:\n{self.screen}")

    def type(self, text: str) -> None:
        """Type a line and press Enter."""
        self.press(f"{text}\r")

    def press(self, keys: str | bytes) -> None:
        os.write(self._master, keys if isinstance(keys, bytes) else keys.encode())

    def answer(self, *answers: str) -> str:
        """Type answers, each once its question is put; return what is shown up to the next question, or to the end."""
        for text in answers:
            self.type(text)
            shown = self.wait_for_prompt()
        return shown

    def kill(self, number: signal.Signals) -> int:
        """Send a signal to the process, once it waits for a line, and return its exit code."""
        self._wait_until_it_waits()
        self._process.send_signal(number)
        return self.end()

    def interrupt(self, key: bytes) -> int:
        """Press a key that ends the process, once it waits for a line, and return its exit code."""
        self._wait_until_it_waits()
        self.press(key)
        return self.end()

    def _wait_until_it_waits(self) -> None:
        """Wait until the process sleeps: what comes between its prompt and that is seen only after the next key."""
        asleep = 0
        for _ in range(400):
            state = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            asleep = asleep + 1 if state == "S" else 0
            if asleep == 5:
                return
            time.sleep(0.02)
        raise AssertionError(f"the process does not wait; the screen shows:\n{self.screen}")

    def close(self) -> int:
        """Close the terminal's window and return the exit code of the process."""
        self._wait_until_it_waits()
        os.close(self._master)
        self._master = -1
        return self._process.wait(20)

    def end(self) -> int:
        """Wait for the process to end, and return its exit code."""
        self._has_ended(20)
        while self._take(0):
            pass
        return self._process.wait(1)

    def _has_ended(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while self._process.poll() is None and time.monotonic() < end:
            self._take(0.05)
        return self._process.poll() is not None

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(5)
        if self._master >= 0:
            os.close(self._master)

    def _take(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            new = os.read(self._master, 65536)
        except OSError:  # how Linux says that nobody has the terminal open any more
            return False
        self._bytes += new
        return bool(new)


def _take_the_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
