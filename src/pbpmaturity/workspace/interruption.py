"""What asks a process to end: which signals do, and the steps that they wait for."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # each system has its own

Handler = Callable[[int, FrameType | None], object]


@contextmanager
def handled_by(handler: Handler) -> Iterator[None]:
    """Let a function have the signals that ask a process to end; one that is ignored, as by nohup, stays ignored."""
    before: dict[signal.Signals, object] = {}
    try:
        if threading.current_thread() is threading.main_thread():  # no other gets signals, or may say who does
            for number in _ending():
                before[number] = signal.signal(number, handler)
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, was)  # type: ignore[arg-type]


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let a request to end wait until a short step is done that must not stop half-way."""
    came: list[int] = []
    try:
        with handled_by(lambda number, frame: came.append(number)):
            yield
    finally:
        for number in came[:1]:
            signal.raise_signal(number)


def _ending() -> list[signal.Signals]:
    found = [signal.Signals[name] for name in _NAMES if name in signal.Signals.__members__]
    return [number for number in found if signal.getsignal(number) not in (signal.SIG_IGN, None)]
