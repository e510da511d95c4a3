"""Places into tables, one after another; a file that cannot be used stops it, since its absence would not be seen."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pbpmaturity.cli.exporting.target import Tables
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.exchange.tidy import rows_of
from pbpmaturity.model.portfolio import BrokenFile
from pbpmaturity.model.selector import Shelf

_MOST_LISTED = 12


@dataclass(slots=True)
class Exported:
    """How much went into the tables, the Places without an assessment, and those that share theirs with nobody."""

    places: int = 0
    assessments: int = 0
    without: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)

    def add(self, shelf: Shelf) -> None:
        """Count a Place."""
        self.places += 1
        self.assessments += len(shelf.dates())
        if shelf.portfolio.settings.shared_with(shelf.place) == "private":
            self.private.append(shelf.name)

    def in_words(self) -> str:
        """Return `9 assessments of 3 Places`."""
        assessments = f"{self.assessments:,} assessment{'' if self.assessments == 1 else 's'}"
        return f"{assessments} of {self.places:,} Place{'' if self.places == 1 else 's'}"


def export_places(
    shelves: Iterable[Shelf], tables: Tables, day: datetime.date | None, misplaced: Sequence[BrokenFile]
) -> Exported:
    """Write the rows of each Place; UnusableInput, once all are looked at, if any file cannot be used."""
    exported = Exported()
    broken = {one.path: one for one in misplaced}
    for shelf in shelves:
        broken |= {one.path: one for one in shelf.portfolio.broken if one.place == shelf.place}
        if broken:
            continue  # nothing will be written any more, but all that is wrong is said at once
        if not shelf.dates():
            exported.without.append(shelf.name)
            continue
        tables.add(shelf.place, rows_of(shelf, day))
        exported.add(shelf)
    if broken:
        raise _cannot_be_used([broken[path] for path in sorted(broken)])
    if not exported.assessments:
        raise UsageError("there is no assessment to export", "record one with: pbp assess PLACE")
    tables.finish()
    return exported


def _cannot_be_used(broken: Sequence[BrokenFile]) -> UnusableInput:
    findings = [line for one in broken for line in one.findings]
    more = len(findings) - _MOST_LISTED
    shown = [*findings[:_MOST_LISTED], f"and {more:,} more"] if more > 0 else findings
    files = "1 file" if len(broken) == 1 else f"{len(broken):,} files"
    return UnusableInput(
        f"{files} cannot be used, so nothing was exported",
        tuple(shown),
        "mend what pbp validate finds, or name the Places to export, then run the command again",
    )
