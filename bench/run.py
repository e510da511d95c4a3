"""Measure `pbp validate` and `pbp --version` beside what they could at best be, in one run, and print tables.

Runs are interleaved so that a machine whose speed drifts does so for all; medians and ratios of medians are printed.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generate import generate

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Measured:
    """A whole process: wall seconds and peak memory in MiB."""

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


def interleaved(commands: dict[str, Sequence[str]], cwd: Path, runs: int) -> dict[str, Measured]:
    """Return the median of several runs of each command, taken in turn after one that does not count."""
    taken: dict[str, list[Measured]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            measured = measure(command, cwd)
            if run:
                taken[name].append(measured)
    return {
        name: Measured(statistics.median(one.wall for one in all_), max(one.peak for one in all_))
        for name, all_ in taken.items()
    }


def installed(folder: Path) -> Path:
    """Install the wheel into a clean environment with a current pip, and return the folder of its programs."""
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder / "wheel")]
    subprocess.run(build, cwd=HERE.parent, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = (folder / "wheel").glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    pip = [str(folder / "env" / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--upgrade", "pip"], check=True)
    subprocess.run([*pip, str(wheel)], check=True)
    return folder / "env" / "bin"


def print_version(programs: Path, runs: int) -> None:
    commands = {
        "python -c pass": [str(programs / "python"), "-c", "pass"],
        "pbp --version": [str(programs / "pbp"), "--version"],
        "pbp show --help": [str(programs / "pbp"), "show", "--help"],
    }
    found = interleaved(commands, HERE, runs)
    print("\n| start-up | median ms | ratio |\n|---|---|---|")
    for name, one in found.items():
        print(f"| `{name}` | {one.wall * 1000:.1f} | {one.wall / found['python -c pass'].wall:.2f} |")


def print_validate(programs: Path, files: int, broken: float, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        faults = generate(root, files // 20, 20, broken=broken)
        commands = {"pbp validate": [str(programs / "pbp"), "validate"]}
        if not broken:
            commands["the limit"] = [str(programs / "python"), str(HERE / "limit.py"), str(root)]
        found = interleaved(commands, root, runs)
        for name, one in found.items():
            ratio = f"{one.wall / found['the limit'].wall:.2f}" if not broken else ""
            print(f"| {files} | {faults} | {name} | {one.wall * 1000:.0f} | {one.peak:.0f} | {ratio} |")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, nargs="*", default=[200, 2000])
    options.add_argument("--runs", type=int, default=7)
    given = options.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        programs = installed(Path(folder))
        print_version(programs, given.runs * 3)
        print("\n| files | broken | what | median ms | peak MiB | ratio to the limit |\n|---|---|---|---|---|---|")
        for files in given.files:
            print_validate(programs, files, 0.0, given.runs)
            print_validate(programs, files, 0.1, given.runs)


if __name__ == "__main__":
    main()
