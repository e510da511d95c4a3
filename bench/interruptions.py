"""Sixty runs of the verbs that write, each ended at a moment that chance chooses: is what they write old or new, whole?

    python bench/interruptions.py [COUNT [SEED]]

A run that is not ended shows the new state; the one before it is the old. After each run that was ended the files must
be the one or the other, byte for byte; the next run must end well, leave the new state, and leave nothing else behind.
Needs Linux or macOS, and the extra for Excel.
"""

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENDINGS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
CHANGE = ("--set", "shared-data=maturing", "--rationale", "shared-data=Two partners share it now.")
ANSWERS = "Shared vision,Shared data\n" + "Emerging,Developing\n" * 5 + "Developing,Developing\n" * 6

State = dict[str, str]


@dataclass(frozen=True)
class Verb:
    """A command that writes, what it writes to below the folder of all, and whether it says that it is done already."""

    arguments: tuple[str, ...]
    target: str
    is_repeatable: bool = True


VERBS = {
    "assess": Verb(
        ("assess", "northam@2025-01-15", "--no-input", "--amend", "Look again", *CHANGE),
        "w/assessments/northam",
        is_repeatable=False,
    ),
    "actions": Verb(("actions", "northam@2025-01-15", "--done", "8"), "w/assessments/northam", is_repeatable=False),
    "export": Verb(("export", "-o", "../tables"), "tables"),
    "export.xlsx": Verb(("export", "-o", "../tables.xlsx"), "tables.xlsx"),
    "site": Verb(("report", "--site", "../site"), "site"),
    "import": Verb(
        ("import", "../views.csv", "--place", "northam", "--date", "2025-06", "--yes"),
        "w/assessments/northam",
        is_repeatable=False,
    ),
}


def main(count: int = 60, seed: int = 1) -> int:
    """End so many runs, print the figure, and return 1 if one left something that is neither old nor new."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="interruptions-") as folder:
        cases = {name: Case(Path(folder) / name, verb) for name, verb in VERBS.items()}
        whole = 0
        for number in range(count):
            name, ending = list(cases)[number % len(cases)], ENDINGS[number // len(cases) % len(ENDINGS)]
            faults = list(cases[name].end(ending, chance))
            whole += not faults
            for fault in faults:
                print(f"{name}, {ending.name}: {fault}")
    print(f"{whole} of {count} whole")
    return int(whole < count)


class Case:
    """A verb in a folder of its own, with what it finds there and what it leaves when nobody ends it."""

    def __init__(self, folder: Path, verb: Verb) -> None:
        self._folder, self._verb = folder, verb
        self._origin = folder / "origin"
        self._origin.mkdir(parents=True)
        run(["init", "w", "--example"], self._origin)
        (self._origin / "views.csv").write_text(ANSWERS, "utf-8")
        if verb.is_repeatable:  # the old state is that before a change of the assessments
            self._run(self._origin)
            path = self._origin / "w" / "assessments" / "northam" / "2025-01-15.yaml"
            text = path.read_text("utf-8").replace("date: 2025-01-15\n", "date: 2025-06\n", 1)
            path.with_name("2025-06.yaml").write_text(text, "utf-8")
        self._old = state(self._origin / verb.target)
        new = self._copy()
        self._new, self._all = self._after_a_run(new)
        if self._old == self._new:
            raise SystemExit(f"{verb.arguments} changes nothing, so nothing is tried")

    def end(self, ending: signal.Signals, chance: random.Random) -> Iterator[str]:
        """End a run at some moment, and yield what is wrong afterwards."""
        folder = self._copy()
        process = subprocess.Popen(
            pbp(self._verb.arguments), cwd=folder / "w", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        time.sleep(chance.uniform(0.3, 1.1) * self._took)  # before that Python itself is only starting
        process.send_signal(ending)
        said = "".join(process.communicate())
        if "pbpmaturity/cli" in said or process.returncode not in (0, 130, -ending):
            yield f"exit code {process.returncode}: {said}"
        found = state(folder / self._verb.target)
        if found not in (self._old, self._new):
            yield f"neither the old nor the new state: {sorted(found)}"
        litter = list(folder.rglob(".pbp-*"))
        if litter and process.returncode != -ending:
            yield f"left behind: {litter}"
        if found == self._old or self._verb.is_repeatable:
            after, everything = self._after_a_run(folder)
            if after != self._new or set(everything) != set(self._all):
                yield f"after the next run: {sorted(set(everything) ^ set(self._all))}"

    def _after_a_run(self, folder: Path) -> tuple[State, State]:
        self._run(folder)
        return state(folder / self._verb.target), state(folder)

    def _run(self, folder: Path) -> None:
        start = time.perf_counter()
        run(self._verb.arguments, folder / "w")
        self._took = time.perf_counter() - start

    def _copy(self) -> Path:
        folder = self._folder / "copy"
        shutil.rmtree(folder, ignore_errors=True)
        return Path(shutil.copytree(self._origin, folder))


def state(path: Path) -> State:
    """Return the hash of each file at or below a path, but for scratch folders."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    seen = [one for one in files if not any(part.startswith(".pbp-") for part in one.parts)]
    return {one.relative_to(path).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest() for one in seen}


def run(arguments: "list[str] | tuple[str, ...]", folder: Path) -> None:
    """Run the command to its end."""
    subprocess.run(pbp(arguments), cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def pbp(arguments: "list[str] | tuple[str, ...]") -> list[str]:
    return [sys.executable, "-m", "pbpmaturity", *arguments]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
