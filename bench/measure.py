"""Whole processes, timed in turn: wall seconds, the memory of the largest process, and how it ended."""

import statistics
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ALONE = Path(__file__).parent / "alone.py"
SLOW = 20.0
"""A command whose first run takes more seconds than this is run no more."""


@dataclass(frozen=True)
class Measured:
    """Wall seconds, peak memory in MiB (that of the largest process, if there are several) and the exit code."""

    wall: float
    peak: float
    code: int


def measure(command: Sequence[str], cwd: Path) -> Measured:
    """Run a command once, its output thrown away; a peak of less than some 10 MiB cannot be told."""
    alone = [sys.executable, "-I", "-S", str(ALONE), *command]
    wall, peak, code = subprocess.run(alone, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return Measured(float(wall), float(peak), int(code))


def interleaved(
    commands: Mapping[str, Sequence[str]], cwd: Path, runs: int, *, failing: Collection[str] = ()
) -> dict[str, Measured]:
    """Return the median of several runs of each command, taken in turn after one that counts only if it is slow."""

    def once(name: str) -> Measured:
        one = measure(commands[name], cwd)
        if one.code != (1 if name in failing else 0):
            raise SystemExit(f"{name} ended with exit code {one.code}, so its time says nothing")
        return one

    first = {name: once(name) for name in commands}
    taken: dict[str, list[Measured]] = {name: [one] if one.wall > SLOW else [] for name, one in first.items()}
    for _ in range(runs):
        for name in commands:
            if first[name].wall <= SLOW:
                taken[name].append(once(name))
    return {
        name: Measured(statistics.median(one.wall for one in all_), max(one.peak for one in all_), all_[0].code)
        for name, all_ in taken.items()
    }
