"""Every assessment of a Place in the order of time, theme by theme."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pbpmaturity.analysis.movement import Direction, Movement, movement, why_not_comparable
from pbpmaturity.model.portfolio import FiledAssessment


@dataclass(frozen=True, slots=True)
class Entry:
    """An assessment, and the movement since the one before it.

    `since` is None for the first one and where the two cannot be compared; `obstacle` then says why they cannot.
    """

    filed: FiledAssessment
    since: Movement | None = None
    obstacle: str | None = None


@dataclass(frozen=True, slots=True)
class ThemeHistory:
    """A theme's state and movement in each assessment; a state is None where the matrix of that one lacks the theme.

    A movement is None for the first assessment, and where there is nothing to compare with.
    """

    theme: str
    name: str
    states: tuple[str | None, ...]
    movements: tuple[Direction | None, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A Place's assessments in date order, and each theme through them, those of the latest matrix first."""

    entries: tuple[Entry, ...]
    themes: tuple[ThemeHistory, ...]

    @property
    def files(self) -> tuple[FiledAssessment, ...]:
        return tuple(entry.filed for entry in self.entries)

    def stretches(self) -> tuple[range, ...]:
        """Return the assessments, as positions, in runs in which each can be compared with the one before."""
        starts = [at for at, entry in enumerate(self.entries) if at == 0 or entry.obstacle]
        return tuple(range(start, end) for start, end in pairwise([*starts, len(self.entries)]))


def history(files: Sequence[FiledAssessment]) -> History:
    """Return the history that assessments of one Place tell, whatever order they are given in."""
    ordered = sorted(files, key=lambda filed: filed.assessment.date)
    entries = tuple(_entry(before, after) for before, after in zip([None, *ordered], ordered, strict=False))
    names: dict[str, str] = {}
    for filed in reversed(ordered):
        for theme in filed.matrix.themes:
            names.setdefault(theme.id, theme.name)
    return History(entries, tuple(_theme_history(theme, name, entries) for theme, name in names.items()))


def _entry(before: FiledAssessment | None, after: FiledAssessment) -> Entry:
    if before is None:
        return Entry(after)
    obstacle = why_not_comparable(before, after)
    return Entry(after, obstacle=obstacle) if obstacle else Entry(after, movement(before, after))


def _theme_history(theme: str, name: str, entries: Sequence[Entry]) -> ThemeHistory:
    states = tuple(
        entry.filed.assessment.state(theme) if theme in entry.filed.matrix.theme_ids else None for entry in entries
    )
    return ThemeHistory(theme, name, states, tuple(_movement_of(theme, entry) for entry in entries))


def _movement_of(theme: str, entry: Entry) -> Direction | None:
    moved = entry.since.themes if entry.since else ()
    return next((one.direction for one in moved if one.theme == theme), None)
