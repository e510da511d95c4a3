"""All that validate finds in a workspace, one Place at a time, in two processes if there are many files."""

import os
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pbpmaturity.cli.inspection import Inspected, Inspection, inspect, inspect_alone
from pbpmaturity.cli.matrix_changes import found_in_changed_matrices
from pbpmaturity.cli.scope import Scope
from pbpmaturity.cli.thoroughness import Thoroughness
from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.diagnostics.ignores import without_ignored
from pbpmaturity.errors import PbpError

if TYPE_CHECKING:
    from rich.progress import Progress

MANY = 200
"""From so many files on, a second process saves time (docs/performance.md)."""
_FEWEST_CHUNKS = 16
_CHUNK = 200
"""About so many files are checked between two looks at whether somebody has interrupted."""
_LONG = 1_000
"""From so many files on, people want to see that something happens."""


def _by_matrix() -> dict[str, list[str]]:
    return defaultdict(list)


@dataclass(slots=True)
class Found:
    """Findings by the workspace's own paths, the files checked, and how many assessments the workspace has.

    `unusable` are the files of which comments leave out what keeps them from being used, and `resting`, since a
    revision, the agreed assessments that rest on each matrix.
    """

    diagnostics: list[Diagnostic] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    assessments: int = 0
    unusable: set[str] = field(default_factory=set)
    resting: dict[str, list[str]] = field(default_factory=_by_matrix)

    def add(self, other: "Found") -> None:
        self.diagnostics += other.diagnostics
        self.files += other.files
        self.assessments += other.assessments
        self.unusable |= other.unusable
        for matrix, paths in other.resting.items():
            self.resting[matrix] += paths


def check_alone(path: Path, thoroughness: Thoroughness) -> list[Diagnostic]:
    """Return what is found in a file that lies in no workspace."""
    inspection = inspect_alone(path, thoroughness)
    found = [*inspection.diagnostics, *(one for alone in inspection.alone for one in alone.diagnostics)]
    ignores = [*inspection.ignores, *(one for alone in inspection.alone for one in alone.ignores)]
    return without_ignored(found, ignores, thoroughness.tried, every_rule=False)


def check_workspace(root: Path, thoroughness: Thoroughness, scope: Scope, *, progress: bool) -> Found:
    """Return what is found in the files of a workspace that the scope wants; `progress` shows a bar on stderr."""
    inspection = inspect(root, thoroughness)
    assert inspection.layout is not None
    found = Found()
    layout = inspection.layout
    found.diagnostics += (one for one in thoroughness.found_gone(layout.files) if scope.wants(one.path))
    own = (*((layout.settings,) if layout.settings else ()), *layout.matrices, *layout.readiness, *layout.delegation)
    found.files += [path for path in own if scope.wants(path)]
    places = [place for place, _ in layout.places]
    count = sum(len(paths) for _, paths in layout.places)
    # Closed, so that an interruption ends the other processes at once.
    with (
        _bar(count if progress and count >= _LONG else 0) as advance,
        closing(_parts(inspection, scope, places, count)) as parts,
    ):
        for part in parts:
            found.add(part)
            advance(part.assessments)
    _add_shared(root, inspection, scope, found)
    return found


def _add_shared(root: Path, inspection: Inspection, scope: Scope, found: Found) -> None:
    """Add what is found in all but assessments, when it is known which matrices those rest on."""
    thoroughness = inspection.thoroughness
    assert thoroughness is not None
    diagnostics = list(inspection.diagnostics)
    if thoroughness.revision:
        diagnostics += found_in_changed_matrices(root, inspection, thoroughness.revision, found.resting)
    shared = without_ignored(diagnostics, inspection.ignores, thoroughness.tried)
    concerns = inspection.concerns
    found.diagnostics += [one for one in shared if scope.wants(one.path) or _wants(scope, concerns.get(one))]
    found.unusable |= _unusable(diagnostics) - _unusable(shared)


def _wants(scope: Scope, folder: str | None) -> bool:
    return folder is not None and scope.wants(folder)


def _parts(inspection: Inspection, scope: Scope, places: list[str], count: int) -> Generator[Found, None, None]:
    """Yield what is found in parts of the Places; in order of their names, or as two processes come to them."""
    size = max(1, len(places) // max(_FEWEST_CHUNKS, count // _CHUNK))
    chunks = [places[start : start + size] for start in range(0, len(places), size)]
    if count < MANY or len(chunks) < 2 or not _has_second_core():
        yield from (_check_places(inspection, scope, chunk) for chunk in chunks)
        return
    _shared.append((inspection, scope))
    try:
        yield from _in_two_processes(chunks)
    finally:
        _shared.clear()


def _in_two_processes(chunks: list[list[str]]) -> Generator[Found, None, None]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork"), initializer=_just_end)
    try:
        for part in as_completed([pool.submit(_check_shared, chunk) for chunk in chunks]):
            yield part.result()
    except BrokenProcessPool:
        raise PbpError(
            "a process was ended from outside while it was checking, perhaps for lack of memory",
            "check fewer files at a time, as in: pbp validate assessments/northam",
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _just_end() -> None:
    """Leave it to the first process to tell of an interruption, and end with it or when the system asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)


# What a forked process finds in its copy of memory, so that it need not be sent to it.
_shared: list[tuple[Inspection, Scope]] = []


def _check_shared(places: Sequence[str]) -> Found:
    return _check_places(*_shared[-1], places)


def _check_places(inspection: Inspection, scope: Scope, places: Sequence[str]) -> Found:
    found = Found()
    for _, files in inspection.places(frozenset(places)):
        found.assessments += len(files)
        for one in files:
            matrix = inspection.thoroughness and inspection.thoroughness.rests_on(one.input.path, one.value)
            if matrix:
                found.resting[matrix].append(one.input.path)
            if scope.wants(one.input.path, one.value):
                left = _left(inspection, one)
                found.files.append(one.input.path)
                found.diagnostics += left
                if one.ignores:
                    found.unusable |= _unusable(one.diagnostics) - _unusable(left)
    return found


def _left(inspection: Inspection, one: Inspected) -> list[Diagnostic]:
    if not one.ignores or inspection.thoroughness is None:
        return one.diagnostics
    tried = inspection.thoroughness.tried
    return without_ignored(one.diagnostics, one.ignores, tried, every_rule=one.has_usable_neighbours)


def _unusable(diagnostics: list[Diagnostic]) -> set[str]:
    return {one.path for one in diagnostics if one.rule.unusable}


def _has_second_core() -> bool:
    """Say whether a second process can be forked and has a core of its own; elsewhere than on Linux it is not tried."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """Show how many of so many files are checked, on stderr and gone at the end; nothing for none."""
    if not total:
        yield lambda _: None
        return
    with _progress() as progress:
        task = progress.add_task("checking", total=total)

        def advance(count: int) -> None:
            progress.advance(task, count)
            progress.refresh()

        yield advance


def _progress() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    # Without a thread of its own, since a process with threads must not fork.
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("files"))
    return Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
