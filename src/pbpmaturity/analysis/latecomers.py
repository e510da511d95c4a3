"""What tallies tell of a few people when they are laid side by side: one came late, one has left, one has changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pbpmaturity.analysis.tallies import Tallies
from pbpmaturity.model.settings import Privacy
from pbpmaturity.model.together import stages_in

Tally = Mapping[str, int]

MOST_TALLIES = 60
"""Of more tallies of a theme than this, the first alone are combined two at a time with a new one."""


@dataclass(frozen=True, slots=True)
class Known:
    """Tallies that somebody can read: where, of which assessment, and from when to when they were gathered.

    A time that is not said is None: it may have been any.
    """

    where: str
    of: str
    tallies: Tallies
    since: str | None = None
    until: str | None = None

    def is_apart_from(self, other: "Known") -> bool:
        """Say whether the two were surely gathered at different times, one after the other."""
        return _is_before(self, other) or _is_before(other, self)


@dataclass(frozen=True, slots=True)
class Told:
    """Themes of which new tallies would tell what a few people chose, beside the known ones named."""

    beside: tuple[str, ...]
    themes: tuple[str, ...]


def told_of_few(new: Known, known: Sequence[Known], privacy: Privacy) -> tuple[Told, ...]:
    """Return where new tallies would tell what fewer people chose than may be seen.

    A new tally tells it if it differs from a known one by so few people, or from what two of them make together or
    leave; or if one holds all that the other does, and what it holds besides is no tally that may be seen. What was
    gathered at another time is other answers, and so may be as alike as chance will have it: it tells something only
    if all its themes differ from the new ones by a few people who are there too, or are missing.
    """
    found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    beside = [one for one in known if not one.is_apart_from(new)]
    for theme, tally in new.tallies.items():
        for names in _beside(tally, _distinct(theme, beside), privacy):
            found[names][theme] = None
    for other in known:
        if other not in beside and (themes := _all_but_few(new, other, privacy.fewest_seen)):
            found[(other.where,)].update(dict.fromkeys(themes))
    return tuple(Told(names, tuple(themes)) for names, themes in found.items())


def _beside(tally: Tally, known: Sequence[tuple[str, Tally]], privacy: Privacy) -> Iterator[tuple[str, ...]]:
    """Yield the names of the known tallies, one or two, beside which a new one tells what a few people chose."""
    if any(_same(tally, one) for _, one in known):
        return  # it is there already, so it tells nothing new
    alone = [name for name, one in known if _tells(tally, one, privacy)]
    yield from ((name,) for name in alone)
    others = [(name, one) for name, one in known if name not in alone][:MOST_TALLIES]
    for (name, one), (second, other) in combinations(others, 2):
        sides: tuple[tuple[list[Tally], list[Tally]], ...] = (
            ([tally], [one, other]),
            ([tally, one], [other]),
            ([tally, other], [one]),
        )
        if any(_is_of_few(_changes(left, right), privacy) for left, right in sides):
            yield name, second


def _tells(tally: Tally, known: Tally, privacy: Privacy) -> bool:
    """Say whether two tallies differ by a few people, or by how few chose what only one of them sets apart."""
    changes = _changes([tally], [known])
    return _is_of_few(changes, privacy) if changes else _sets_apart(tally, known)


def _is_of_few(changes: Sequence[int], privacy: Privacy) -> bool:
    """Say whether the people between two sides are few, or are a tally of their own that may not be seen."""
    added, taken = _added_and_taken(changes)
    if added and taken:  # people have come and gone, or changed their view: what is between is no tally
        return max(added, taken) < privacy.fewest_seen
    is_of_few = 0 < added + taken < privacy.fewest_seen or any(abs(n) < privacy.smallest_cell for n in changes)
    return is_of_few or (len(changes) == 1 and privacy.all_alike == "withhold")


def _sets_apart(tally: Tally, known: Tally) -> bool:
    """Say whether the first shows a stage by itself that the second counts together with another."""
    together = {stage: cell for cell in known for stage in stages_in(cell)}
    return any(
        len(stages_in(cell)) < len(stages_in(together.get(stage, stage))) for cell in tally for stage in stages_in(cell)
    )


def _all_but_few(new: Known, other: Known, fewest: int) -> tuple[str, ...]:
    """Return the themes that differ, if in every theme of both a few people are there too, or in every one missing."""
    both = [theme for theme in new.tallies if theme in other.tallies]
    changes = {theme: _added_and_taken(_changes([new.tallies[theme]], [other.tallies[theme]])) for theme in both}
    is_added = all(taken == 0 and added < fewest for added, taken in changes.values())
    is_taken = all(added == 0 and taken < fewest for added, taken in changes.values())
    return tuple(theme for theme, change in changes.items() if any(change)) if is_added or is_taken else ()


def _distinct(theme: str, known: Iterable[Known]) -> list[tuple[str, Tally]]:
    """Return the tallies of a theme that differ, each with the first place where it stands.

    Two assessments may have the same tally of different people.
    """
    found: dict[tuple[str, frozenset[tuple[str, int]]], tuple[str, Tally]] = {}
    for one in known:
        if tally := one.tallies.get(theme):
            found.setdefault((one.of, _written(tally)), (one.where, tally))
    return list(found.values())


def _same(one: Tally, other: Tally) -> bool:
    return _written(one) == _written(other)


def _written(tally: Tally) -> frozenset[tuple[str, int]]:
    return frozenset((cell, count) for cell, count in tally.items() if count)


def _changes(left: Sequence[Tally], right: Sequence[Tally]) -> list[int]:
    """Return by how many people the left counts more than the right, or fewer, at each stage where they differ.

    Stages that any of the tallies counts together are together in all.
    """
    together = _together([*left, *right])
    balance: dict[str, int] = defaultdict(int)
    for sign, side in ((1, left), (-1, right)):
        for tally in side:
            for cell, count in tally.items():
                balance[together[stages_in(cell)[0]]] += sign * count
    return [people for people in balance.values() if people]


def _added_and_taken(changes: Sequence[int]) -> tuple[int, int]:
    return sum(n for n in changes if n > 0), -sum(n for n in changes if n < 0)


def _together(tallies: Iterable[Tally]) -> dict[str, str]:
    """Return for each stage one that stands for all that it is counted together with in any of the tallies."""
    stands_for: dict[str, str] = {}
    for tally in tallies:
        for cell in tally:
            stages = stages_in(cell)
            joined = {stands_for.setdefault(stage, stage) for stage in stages}
            stands_for = {stage: stages[0] if one in joined else one for stage, one in stands_for.items()}
    return stands_for


def _is_before(one: Known, other: Known) -> bool:
    """Say whether one ended before the other began; a month and a day in it are no different times."""
    end, start = one.until, other.since
    return end is not None and start is not None and end < start and not start.startswith(end)
