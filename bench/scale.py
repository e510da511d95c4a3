"""Measure what all of England would take: 175 Places with quarterly rounds for ten years, and ten times as much.

Each verb runs as a process of its own, in turn with the limit of `limit.py` and with `by_hand.py`, on the same files.
"""

import argparse
import os
import platform
import subprocess
import tempfile
from pathlib import Path

from generate import generate
from measure import Measured, interleaved
from run import installed

HERE = Path(__file__).parent
ROUNDS = 40
MOST_IN_A_SHEET = 10_000
"""With more files than this the criteria of the synthetic ones are more rows than a sheet of Excel holds."""


def commands(programs: Path, root: Path, output: Path, files: int) -> dict[str, list[str]]:
    """Return each verb on a workspace, the limit, and the peer."""
    pbp, python = str(programs / "pbp"), str(programs / "python")
    own = ["--workspace", str(root)]
    export = [pbp, "export", *own, "-o"]
    excel = {"pbp export, xlsx": [*export, str(output / "tables.xlsx")]} if files <= MOST_IN_A_SHEET else {}
    return {
        "the limit": [python, str(HERE / "limit.py"), str(root)],
        "by hand, one table": [python, str(HERE / "by_hand.py"), str(root), str(output / "by-hand.csv")],
        "pbp validate": [pbp, "validate", *own],
        "pbp history place-0001": [pbp, "history", "place-0001", *own],
        "pbp compare": [pbp, "compare", *own, "--format", "json"],
        "pbp compare, six Places": [pbp, "compare", *(f"place-{number:04}" for number in range(1, 7)), *own],
        "pbp export, csv": [*export, str(output / "csv")],
        "pbp export, json": [*export, str(output / "tables.jsonl")],
        "pbp export, parquet": [*export, str(output / "parquet"), "--format", "parquet"],
        **excel,
    }


def print_size(programs: Path, places: int, runs: int) -> None:
    """Print a table of one size."""
    files = places * ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        root, output = Path(folder) / "workspace", Path(folder) / "output"
        output.mkdir()
        generate(root, places, ROUNDS)
        found = interleaved(commands(programs, root, output, files), root, runs)
        for name, one in found.items():
            print(_line(files, name, one, found["the limit"], found["by hand, one table"]))
        for name in ("csv", "tables.jsonl", "parquet", "tables.xlsx"):
            if (output / name).exists():
                print(f"  {name}: {_size(output / name) / 2**20:.0f} MiB")


def _line(files: int, name: str, one: Measured, limit: Measured, peer: Measured) -> str:
    ratios = f"{one.wall / limit.wall:.2f} | {one.wall / peer.wall:.2f}"
    return f"| {files:,} | {name} | {one.wall:.1f} | {ratios} | {one.wall / files * 1000:.2f} | {one.peak:.0f} |"


def _size(path: Path) -> int:
    return sum(one.stat().st_size for one in ([path] if path.is_file() else path.rglob("*")) if one.is_file())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--places", type=int, nargs="*", default=[175])
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        programs = installed(Path(folder))
        libraries = ["openpyxl", "pyarrow", "pyyaml"]
        subprocess.run([str(programs / "python"), "-m", "pip", "install", "--quiet", *libraries], check=True)
        print("| files | what | seconds | to the limit | to by hand | ms a file | peak MiB |")
        print("|---|---|---|---|---|---|---|")
        for places in given.places:
            print_size(programs, places, given.runs)


if __name__ == "__main__":
    main()
