"""What individuals said, theme by theme, as plain values for templates and terminals."""

from collections.abc import Iterator
from dataclasses import dataclass

from pbpmaturity.analysis.views import ThemeViews, most_contested_first, views_of
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.together import cell_name, stages_in
from pbpmaturity.report import words


@dataclass(frozen=True, slots=True)
class ThemeTally:
    """A theme with what individuals said of it: in words, and as how many chose each stage; and the group's stage.

    `counts` are texts, one for each stage: a number, which says so where it is that of several stages together.
    """

    name: str
    said: str
    counts: tuple[str, ...]
    people: int
    span: str
    middle: str
    group: str


@dataclass(frozen=True, slots=True)
class IndividualViews:
    """All that may be shown of what individuals said; `withheld` are themes of whose tally nothing may."""

    headline: str
    banners: tuple[str, ...]
    how_made: str
    order: str
    stages: tuple[str, ...]
    themes: tuple[ThemeTally, ...]
    withheld: tuple[str, ...]
    without: tuple[str, ...]
    withheld_because: str


def individual_views(filed: FiledAssessment) -> IndividualViews:
    """Return what individuals said of each theme, those first on which they differ most."""
    assessment, matrix = filed.assessment, filed.matrix
    found = views_of(filed)
    names = {theme.id: visible(theme.name) for theme in matrix.themes}
    tallies = tuple(_tally(filed, one, names) for one in most_contested_first(found) if one.tally)
    is_ordered = sum(one.agreement is not None for one in found) > 1
    return IndividualViews(
        headline=visible(f"{filed.place_name}: what individuals said, {assessment.date.month_shown()}"),
        banners=words.banners(assessment),
        how_made=visible(words.how_made(assessment)),
        order="The themes on which people differ most come first." if is_ordered else "",
        stages=tuple(visible(stage.name) for stage in matrix.stages),
        themes=tallies,
        withheld=tuple(names[one.theme] for one in found if one.is_withheld),
        without=tuple(names[one.theme] for one in found if one.ratings == 0),
        withheld_because=words.withheld(filed.privacy),
    )


def _tally(filed: FiledAssessment, one: ThemeViews, names: dict[str, str]) -> ThemeTally:
    matrix, tally = filed.matrix, one.tally or ()
    lowest, highest = (visible(cell_name(cell, matrix)) for cell in (one.lowest, one.highest))
    return ThemeTally(
        name=names[one.theme],
        said=visible(words.individual_views(one, matrix) or ""),
        counts=tuple(visible(text) for cell, count in tally for text in _counts(cell, count, matrix)),
        people=one.ratings or 0,
        span=lowest if lowest == highest else f"{lowest} to {highest}",
        middle=visible(cell_name(one.middle, matrix)),
        group=visible(words.group_and_views(filed.assessment, one, matrix)),
    )


def _counts(cell: str, count: int, matrix: Matrix) -> Iterator[str]:
    """Yield what stands at each stage of a cell: its number at the first, and with which it is counted at each."""
    stages = stages_in(cell)
    for stage in stages:
        others = ", ".join(matrix.name_of(other) for other in stages if other != stage)
        number = str(count) if stage == stages[0] else ""
        yield f"{number} with {others}".strip() if others else number


def views_table(views: IndividualViews) -> tuple[list[str], list[list[str]]]:
    """Return the heads and rows of the table of tallies: how many chose each stage, range, middle, the group."""
    heads = ["Theme", *views.stages, "Range", "Middle view", "The group"]
    rows = [[one.name, *one.counts, one.span, one.middle, one.group] for one in views.themes]
    return heads, rows
