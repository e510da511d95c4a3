"""Whole processes, timed in turn: wall seconds and the memory of the largest process."""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SLOW = 20.0
"""A command whose first run takes more seconds than this is run no more."""


@dataclass(frozen=True)
class Measured:
    """Wall seconds and peak memory in MiB: that of the largest process, if a command starts several."""

    wall: float
    peak: float


def measure(command: Sequence[str], cwd: Path) -> Measured:
    """Run a command once, its output thrown away."""
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = 0
    return Measured(wall, usage.ru_maxrss / 1024)


def interleaved(commands: Mapping[str, Sequence[str]], cwd: Path, runs: int) -> dict[str, Measured]:
    """Return the median of several runs of each command, taken in turn after one that counts only if it is slow."""
    first = {name: measure(command, cwd) for name, command in commands.items()}
    taken: dict[str, list[Measured]] = {name: [one] if one.wall > SLOW else [] for name, one in first.items()}
    for _ in range(runs):
        for name, command in commands.items():
            if first[name].wall <= SLOW:
                taken[name].append(measure(command, cwd))
    return {
        name: Measured(statistics.median(one.wall for one in all_), max(one.peak for one in all_))
        for name, all_ in taken.items()
    }
