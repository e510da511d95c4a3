"""Individual views, as tallies that identify nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import Matrix

FEWEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ThemeViews:
    """What individuals said of a theme; all but `ratings` is None where there is no tally, or one of fewer than five.

    `ratings` is how many people gave a stage, `middle` the lower median of their stages, and `agreement` van der Eijk's
    A, which is for ordering themes and for other programs.
    """

    theme: str
    ratings: int
    tally: tuple[tuple[str, int], ...] | None = None
    lowest: str | None = None
    highest: str | None = None
    middle: str | None = None
    agreement: float | None = None


def shown_tally(views: Mapping[str, int], matrix: Matrix) -> tuple[tuple[str, int], ...] | None:
    """Return the tally by stage in matrix order; None if there is none or it counts fewer than five people."""
    if sum(views.values()) < FEWEST_SHOWN:
        return None
    return tuple((stage, views.get(stage, 0)) for stage in matrix.stage_ids)


def views_of(assessment: Assessment, matrix: Matrix) -> tuple[ThemeViews, ...]:
    """Return what individuals said of each theme, in the order of the matrix."""
    return tuple(_theme_views(theme, assessment.said_of(theme).views, matrix) for theme in matrix.theme_ids)


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


def _theme_views(theme: str, views: Mapping[str, int], matrix: Matrix) -> ThemeViews:
    tally = shown_tally(views, matrix)
    if tally is None:
        return ThemeViews(theme, sum(views.values()))
    stages = [stage for stage, count in tally for _ in range(count)]
    return ThemeViews(
        theme=theme,
        ratings=len(stages),
        tally=tally,
        lowest=stages[0],
        highest=stages[-1],
        middle=stages[(len(stages) - 1) // 2],
        agreement=agreement([count for _, count in tally]),
    )


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
