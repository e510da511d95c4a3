"""What Places say of themselves, side by side: who could learn from whom, and never who is further.

Profiles of stages are only partly ordered: one is at or above another on every theme they share, or they cannot be
compared. No figure puts more than that into an order, so Places stand in the order of their names.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeVar

from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.selector import Shelf

KeyT = TypeVar("KeyT", str, tuple[str, ...])
Relation = Literal["same", "a-at-or-above", "b-at-or-above", "not-comparable"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A Place that is not among those compared, and why."""

    place: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ThemeComparison:
    """A theme's state in each Place, by the Place's id; None where that Place's version of the matrix lacks it."""

    theme: str
    name: str
    states: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class LearningPair:
    """A Place with a target in a theme, and one that is there and has evidence of it."""

    theme: str
    learner: str
    source: str


@dataclass(frozen=True, slots=True)
class Pair:
    """How two profiles lie to one another on the themes that both Places rated; `shared` counts those."""

    a: str
    b: str
    relation: Relation
    shared: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One assessment a Place, in the order of the Places' names, and what they tell beside each other."""

    files: tuple[FiledAssessment, ...]
    left_out: tuple[LeftOut, ...]
    themes: tuple[ThemeComparison, ...]
    learning: tuple[LearningPair, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Each two Places; their number grows with the square of that of the Places, so they wait to be asked for."""
        positions = [(filed.assessment.place, _positions(filed)) for filed in self.files]
        return tuple(_pair(a, b, of_a, of_b) for (a, of_a), (b, of_b) in combinations(positions, 2))


def compare_places(shelves: Iterable[Shelf], day: datetime.date | None = None) -> Comparison:
    """Return what Places say of themselves, each in its latest agreed assessment, by a day if one is given.

    A Place whose assessments are private does not appear; one without an agreed assessment is left out.
    """
    files: list[FiledAssessment] = []
    left_out: list[LeftOut] = []
    for shelf in shelves:
        if shelf.portfolio.settings.shared_with(shelf.place) == "private":
            continue
        date = shelf.latest_by(day)
        if date is not None:
            files.append(shelf.take(date))
        else:
            left_out.append(LeftOut(shelf.place, shelf.name, _why_without(shelf)))
    return compare(files, left_out)


def _why_without(shelf: Shelf) -> str:
    if shelf.agreed_dates():
        return f"its first agreed assessment is of {PartialDate(shelf.agreed_dates()[0]).shown()}"
    return "it has only drafts" if shelf.drafts() else "it has no assessment yet"


def compare(files: Sequence[FiledAssessment], left_out: Iterable[LeftOut] = ()) -> Comparison:
    """Return one assessment a Place side by side.

    Places whose matrix is not that of the most Places, or whose version has other stages than the most, are left out
    too. A tie goes to the first by id.
    """
    kept, others = _of_one_matrix(files)
    named = sorted(kept, key=lambda filed: (filed.place_name.casefold(), filed.assessment.place))
    out = sorted([*left_out, *others], key=lambda one: (one.name.casefold(), one.place))
    themes = _themes(named)
    by_id = sorted(named, key=lambda filed: filed.assessment.place)
    positions = {filed.assessment.place: _positions(filed) for filed in named}
    return Comparison(
        files=tuple(named),
        left_out=tuple(out),
        themes=themes,
        learning=tuple(_learning(by_id, themes, positions)),
    )


def _of_one_matrix(files: Sequence[FiledAssessment]) -> tuple[list[FiledAssessment], list[LeftOut]]:
    """Return the files that can stand side by side, and the Places of the others with the reason."""
    id_ = _most_common(filed.matrix.id for filed in files)
    alike = [filed for filed in files if filed.matrix.id == id_]
    stages = _most_common(filed.matrix.stage_ids for filed in alike)
    others = []
    for filed in files:
        ref = filed.matrix.ref
        if filed.matrix.id != id_:
            reason = f"it uses the matrix {ref}, and the most Places here use {id_}"
        elif filed.matrix.stage_ids != stages:
            reason = f"the stages of {ref} are not those that the most Places here use"
        else:
            continue
        others.append(LeftOut(filed.assessment.place, filed.place_name, reason))
    return [filed for filed in alike if filed.matrix.stage_ids == stages], others


def _most_common(keys: Iterable[KeyT]) -> KeyT | None:
    counts = Counter(keys)
    return min(counts, key=lambda key: (-counts[key], key), default=None)


def _themes(files: Sequence[FiledAssessment]) -> tuple[ThemeComparison, ...]:
    """Return the themes in the order of the version that the most Places use, then those that only others have."""
    names: dict[str, str] = {}
    for matrix in matrices_of(files):
        for theme in matrix.themes:
            names.setdefault(theme.id, theme.name)
    return tuple(
        ThemeComparison(
            theme,
            name,
            {
                filed.assessment.place: filed.assessment.state(theme) if theme in filed.matrix.theme_ids else None
                for filed in files
            },
        )
        for theme, name in names.items()
    )


def matrices_of(files: Sequence[FiledAssessment]) -> list[Matrix]:
    """Return the versions of a matrix that assessments use: first that of the most, a tie by reference."""
    counts = Counter(filed.matrix.ref for filed in files)
    matrices = {filed.matrix.ref: filed.matrix for filed in files}
    return [matrices[ref] for ref in sorted(matrices, key=lambda ref: (-counts[ref], ref))]


def _positions(filed: FiledAssessment) -> dict[str, int]:
    """Return where each rated theme's stage comes in the order, from 0."""
    order = {stage: at for at, stage in enumerate(filed.matrix.stage_ids)}
    states = {theme: filed.assessment.state(theme) for theme in filed.matrix.theme_ids}
    return {theme: order[state] for theme, state in states.items() if state in order}


def _learning(
    files: Sequence[FiledAssessment], themes: Sequence[ThemeComparison], positions: dict[str, dict[str, int]]
) -> Iterable[LearningPair]:
    for theme in (theme.theme for theme in themes):
        sources = [filed for filed in files if filed.assessment.said_of(theme).evidence]
        for learner in files:
            target, own = learner.assessment.said_of(theme).target, positions[learner.assessment.place].get(theme)
            if target is None or own is None or target.stage not in learner.matrix.stage_ids:
                continue
            least = max(learner.matrix.position(target.stage), own + 1)
            for source in sources:
                if positions[source.assessment.place].get(theme, -1) >= least:
                    yield LearningPair(theme, learner.assessment.place, source.assessment.place)


def _pair(a: str, b: str, of_a: dict[str, int], of_b: dict[str, int]) -> Pair:
    shared = [theme for theme in of_a if theme in of_b]
    a_above = any(of_a[theme] > of_b[theme] for theme in shared)
    b_above = any(of_b[theme] > of_a[theme] for theme in shared)
    relation: Relation = "not-comparable"
    if shared and not (a_above and b_above):
        relation = "a-at-or-above" if a_above else "b-at-or-above" if b_above else "same"
    return Pair(a, b, relation, len(shared))
