"""Individual views counted: how many chose each stage, and never who."""

from collections.abc import Iterable, Mapping

from pbpmaturity.analysis.views import FEWEST_SHOWN
from pbpmaturity.model.assessment import Assessment, ThemeAssessment
from pbpmaturity.model.draft import with_said
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.shape import changed

Tallies = Mapping[str, Mapping[str, int]]
"""How many people chose each stage, by theme id and stage id, in the order of the matrix."""


def tallied(ratings: Iterable[Mapping[str, str]], matrix: Matrix) -> Tallies:
    """Return the tally of each theme that five people or more rated; each of the ratings is one person's."""
    counts = {theme: dict.fromkeys(matrix.stage_ids, 0) for theme in matrix.theme_ids}
    for one in ratings:
        for theme, stage in one.items():
            counts[theme][stage] += 1
    return {
        theme: {stage: number for stage, number in tally.items() if number}
        for theme, tally in counts.items()
        if sum(tally.values()) >= FEWEST_SHOWN
    }


def changed_by_few(before: Assessment, after: Tallies) -> tuple[str, ...]:
    """Return the themes whose tally would change by fewer than five people, added or taken away.

    Whoever holds both tallies could tell what those few chose. A tally under five is shown nowhere, and tells nothing.
    """
    return tuple(
        theme
        for theme, tally in after.items()
        if sum(before.said_of(theme).views.values()) >= FEWEST_SHOWN
        and 0 < _people_changed(before.said_of(theme).views, tally) < FEWEST_SHOWN
    )


def taken_away(before: Assessment, after: Tallies) -> tuple[str, ...]:
    """Return the themes with a tally that may be shown which would have none any more."""
    return tuple(
        theme
        for theme, said in (before.themes or {}).items()
        if theme not in after and sum(said.views.values()) >= FEWEST_SHOWN
    )


def with_tallies(assessment: Assessment, tallies: Tallies, matrix: Matrix) -> Assessment:
    """Return an assessment with these tallies in the place of all that it held; nothing else that it says changes."""
    for theme in (*matrix.theme_ids, *(assessment.themes or {})):
        views = tallies.get(theme, {})
        if views or assessment.said_of(theme).views:
            assessment = with_said(assessment, theme, matrix.theme_ids, views=dict(views))
    told = {theme: said for theme, said in (assessment.themes or {}).items() if not _says_nothing(said)}
    # An assessment has its themes even if there is nothing to say of any.
    return changed(assessment, themes=told) if told else assessment.model_copy(update={"themes": {}})


def _says_nothing(said: ThemeAssessment) -> bool:
    return not said.model_fields_set


def _people_changed(before: Mapping[str, int], after: Mapping[str, int]) -> int:
    stages = {*before, *after}
    added = sum(max(0, after.get(stage, 0) - before.get(stage, 0)) for stage in stages)
    taken = sum(max(0, before.get(stage, 0) - after.get(stage, 0)) for stage in stages)
    return max(added, taken)
