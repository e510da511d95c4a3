"""Measure `pbp` beside what it could at best be and beside its peers, in one run, and print tables.

Runs are interleaved so that a machine whose speed drifts does so for all; medians and ratios of medians are printed.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from generate import generate
from measure import interleaved
from peers import SLOW_ONES, Commands, installed_peers, require_that_they_check, versions

HERE = Path(__file__).parent
MANY = 20_000


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


def print_start_up(programs: Path, runs: int) -> None:
    commands = {
        "python -c pass": [str(programs / "python"), "-c", "pass"],
        "pbp --version": [str(programs / "pbp"), "--version"],
        "pbp rules PBP104": [str(programs / "pbp"), "rules", "PBP104"],
        "pbp show --help": [str(programs / "pbp"), "show", "--help"],
    }
    found = interleaved(commands, HERE, runs)
    print("\n| start-up | median ms | ratio |\n|---|---|---|")
    for name, one in found.items():
        print(f"| `{name}` | {one.wall * 1000:.1f} | {one.wall / found['python -c pass'].wall:.2f} |")


def print_validate(programs: Path, peers: Commands | None, files: int, runs: int, *, all_: bool) -> None:
    """Print a table of one size: every peer on the same files."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        generate(root, files // 20, 20)
        own = {
            "pbp validate": [str(programs / "pbp"), "validate"],
            "the limit": [str(programs / "python"), str(HERE / "limit.py"), str(root)],
        }
        others = peers(root) if peers else {}
        if files >= MANY and not all_:
            others = {name: command for name, command in others.items() if name not in SLOW_ONES}
        found = interleaved({**own, **others}, root, runs)
        ours = found["pbp validate"].wall
        for name, one in sorted(found.items(), key=lambda item: item[1].wall):
            limit = one.wall / found["the limit"].wall
            print(
                f"| {files} | {name} | {one.wall * 1000:.0f} | {limit:.2f} | {one.wall / ours:.2f} | {one.peak:.0f} |"
            )


def print_broken(programs: Path, files: int, runs: int) -> None:
    """Print what a corpus costs of which a tenth is broken, beside one that is in order."""
    with tempfile.TemporaryDirectory() as folder:
        roots = {"in order": Path(folder) / "good", "a tenth broken": Path(folder) / "broken"}
        generate(roots["in order"], files // 20, 20)
        generate(roots["a tenth broken"], files // 20, 20, broken=0.1)
        command = [str(programs / "pbp"), "validate", "--workspace"]
        found = interleaved(
            {name: [*command, str(root)] for name, root in roots.items()},
            Path(folder),
            runs,
            failing=["a tenth broken"],
        )
        print("\n| files | median ms | ratio |\n|---|---|---|")
        for name, one in found.items():
            print(f"| {files}, {name} | {one.wall * 1000:.0f} | {one.wall / found['in order'].wall:.2f} |")


def checked_peers(folder: Path) -> Commands:
    """Install the peers, and make sure that each of them checks what it is said to check."""
    peers = installed_peers(folder)
    good, broken = folder / "good", folder / "broken"
    generate(good, 3, 2)
    generate(broken, 3, 2)
    path = max((broken / "assessments").glob("*/*.yaml"))
    path.write_text(path.read_text("utf-8").replace("  shared-data:", "  shared-dta:"), "utf-8")
    require_that_they_check(peers(good), good, broken, peers)
    print(f"Peers: {', '.join(versions(folder))}")
    return peers


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, nargs="*", default=[200, 2000])
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--no-peers", action="store_true", help="pbp and its limit alone")
    options.add_argument("--all", action="store_true", help="the slowest peers at 20,000 files too")
    given = options.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        programs = installed(Path(folder))
        peers = None if given.no_peers else checked_peers(Path(folder) / "peers")
        print_start_up(programs, given.runs * 3)
        print(
            "\n| files | what | median ms | to the limit | to pbp | peak MiB of the largest process |"
            "\n|---|---|---|---|---|---|"
        )
        for files in given.files:
            print_validate(programs, peers, files, given.runs, all_=given.all)
        print_broken(programs, min(given.files), given.runs)


if __name__ == "__main__":
    main()
