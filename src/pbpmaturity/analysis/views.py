"""Individual views, as tallies that identify nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.settings import Privacy
from pbpmaturity.model.together import cell_of, stages_in

Tally = tuple[tuple[str, int], ...]
"""How many people chose each stage, in the order of the matrix; stages counted together are one cell."""


@dataclass(frozen=True, slots=True)
class ThemeViews:
    """What individuals said of a theme; all but `ratings` is None where there is no tally that may be seen.

    `ratings` is how many people gave a stage, and 0 if nobody is counted. Of a tally that is withheld it is None too,
    unless being of too few people is all that can be the reason: where everybody is known to be many and nothing is
    shown, they would be known to be alike.
    `middle` is the lower median of their stages, and `agreement` van der Eijk's A, which is for ordering themes and for
    other programs. All is worked out of the tally as it is shown, so that nothing tells more than it does.
    """

    theme: str
    ratings: int | None
    tally: Tally | None = None
    lowest: str | None = None
    highest: str | None = None
    middle: str | None = None
    agreement: float | None = None

    @property
    def is_withheld(self) -> bool:
        """Say whether there is a tally, of which nothing may be seen."""
        return self.tally is None and self.ratings != 0


def shown_tally(views: Mapping[str, int], matrix: Matrix, privacy: Privacy) -> Tally | None:
    """Return what may be seen of a tally, by stage in matrix order; None if nothing may, or there is none.

    Cells with fewer people than the smallest that may be seen are counted together with their neighbours.
    """
    people = sum(views.values())
    if people < privacy.fewest_seen:
        return None
    cells = _merged(_cells(views, matrix), privacy.smallest_cell)
    is_one_cell = len(cells) == 1  # which says nothing of any stage
    is_alike = any(count == people for _, count in cells)
    if is_one_cell or (is_alike and privacy.all_alike == "withhold"):
        return None
    return tuple((cell_of(stages), count) for stages, count in cells)


def views_of(filed: FiledAssessment) -> tuple[ThemeViews, ...]:
    """Return what may be seen of what individuals said of each theme, in the order of the matrix."""
    return tuple(_theme_views(theme, filed) for theme in filed.matrix.theme_ids)


def as_shown(filed: FiledAssessment) -> FiledAssessment:
    """Return an assessment whose tallies are as they may be seen, and of the others only which themes they are of."""
    themes, withheld = dict(filed.assessment.themes or {}), dict(filed.withheld)
    for theme, said in themes.items():
        if not said.views:
            continue
        tally = shown_tally(said.views, filed.matrix, filed.privacy)
        withheld |= {} if tally else {theme: _ratings_withheld(said.views, filed.privacy)}
        shown = {cell: count for cell, count in tally or () if count}
        if shown != said.views:
            themes[theme] = said.model_copy(update={"views": shown})
    if filed.assessment.themes is None:
        return filed
    assessment = filed.assessment.model_copy(update={"themes": themes})
    return replace(filed, assessment=assessment, withheld=withheld)


def most_contested_first(views: Sequence[ThemeViews]) -> tuple[ThemeViews, ...]:
    """Return themes by their agreement, lowest first; those without one last, and otherwise in the order given."""
    return tuple(sorted(views, key=lambda one: (one.agreement is None, one.agreement or 0.0)))


def agreement(counts: Sequence[int]) -> float | None:
    """Return van der Eijk's agreement A of a tally, from -1 (half at each end) to 1 (all alike); uniform is 0.

    None on fewer than three categories, where it is not defined, and where nobody is counted. The counts are taken
    apart into layers: in each the same number of people are in every category that is left. A layer of S of K
    categories has A = U (1 - (S - 1) / (K - 1)), where U = ((K - 2) TU - (K - 1) TDU) / ((K - 2) (TU + TDU)): of all
    triples of categories in order, TU are those in which an empty one lies beside two filled ones, and TDU those in
    which it lies between them; U is 1 if there are neither. A is the mean over the layers, weighted by their people.

    C. van der Eijk, Measuring agreement in ordered rating scales, Quality & Quantity 35 (2001), 325-341.
    """
    total = sum(counts)
    if len(counts) < 3 or not total:
        return None
    left, weighted = list(counts), Fraction(0)
    while any(left):
        pattern = [count > 0 for count in left]
        height = min(count for count in left if count)
        weighted += height * sum(pattern) * _layer_agreement(pattern)
        left = [count - height if count else 0 for count in left]
    return float(weighted / total)


def _theme_views(theme: str, filed: FiledAssessment) -> ThemeViews:
    views = filed.assessment.said_of(theme).views
    tally = shown_tally(views, filed.matrix, filed.privacy)
    if tally is None:
        return ThemeViews(theme, filed.withheld.get(theme, _ratings_withheld(views, filed.privacy)))
    chosen = [cell for cell, count in tally for _ in range(count)]
    return ThemeViews(
        theme=theme,
        ratings=len(chosen),
        tally=tally,
        lowest=chosen[0],
        highest=chosen[-1],
        middle=chosen[(len(chosen) - 1) // 2],
        agreement=agreement([count for _, count in tally]),
    )


def _ratings_withheld(views: Mapping[str, int], privacy: Privacy) -> int | None:
    people = sum(views.values())
    is_only_of_few = privacy.smallest_cell == 1 and privacy.all_alike == "show"
    return people if is_only_of_few or not people else None


_Cell = tuple[tuple[str, ...], int]


def _cells(views: Mapping[str, int], matrix: Matrix) -> list[_Cell]:
    """Return a tally's cells in the order of the matrix; each of its stages is in one of them."""
    cell_with = {stage: cell for cell in views for stage in stages_in(cell)}
    cells = dict.fromkeys(cell_with.get(stage, stage) for stage in matrix.stage_ids)
    return [(stages_in(cell), views.get(cell, 0)) for cell in cells]


def _merged(cells: list[_Cell], smallest: int) -> list[_Cell]:
    """Return cells none of which counts one person or more but fewer than the smallest, unless it is the only one.

    From the highest stage down, each that does is counted with the next lower one; the lowest, with the next higher.
    """
    while len(cells) > 1:
        few = [at for at, (_, count) in enumerate(cells) if 0 < count < smallest]
        if not few:
            break
        lower = max(few[-1] - 1, 0)
        (below, fewer), (above, more) = cells[lower : lower + 2]
        cells = [*cells[:lower], ((*below, *above), fewer + more), *cells[lower + 2 :]]
    return cells


def _layer_agreement(pattern: Sequence[bool]) -> Fraction:
    categories, filled = len(pattern), sum(pattern)
    triples = list(combinations(pattern, 3))
    unimodal = sum(triple in ((True, True, False), (False, True, True)) for triple in triples)
    deviating = triples.count((True, False, True))
    shape = Fraction(1)
    if unimodal or deviating:
        shape = Fraction(
            (categories - 2) * unimodal - (categories - 1) * deviating, (categories - 2) * (unimodal + deviating)
        )
    return shape * (1 - Fraction(filled - 1, categories - 1))
