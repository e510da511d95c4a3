"""Individual views counted: how many chose each stage, and never who."""

from collections.abc import Iterable, Mapping

from pbpmaturity.analysis.views import shown_tally
from pbpmaturity.model.assessment import Assessment, ThemeAssessment
from pbpmaturity.model.draft import with_said
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.settings import FEWEST, Privacy
from pbpmaturity.model.shape import changed

Tallies = Mapping[str, Mapping[str, int]]
"""How many people chose each stage, by theme id and cell, in the order of the matrix; a cell is a stage's id, or those
of stages counted together."""


def tallied(ratings: Iterable[Mapping[str, str]], matrix: Matrix, privacy: Privacy) -> Tallies:
    """Return what may be seen of each theme's tally, for those of which anything may; a rating is one person's.

    This is what a file holds, since a file is what everybody sees who has its history.
    """
    counts = {theme: dict.fromkeys(matrix.stage_ids, 0) for theme in matrix.theme_ids}
    for one in ratings:
        for theme, stage in one.items():
            counts[theme][stage] += 1
    shown = {theme: shown_tally(tally, matrix, privacy) for theme, tally in counts.items()}
    return {theme: {cell: number for cell, number in tally if number} for theme, tally in shown.items() if tally}


def taken_away(before: Assessment, after: Tallies) -> tuple[str, ...]:
    """Return the themes with a tally that may be shown which would have none any more."""
    return tuple(
        theme
        for theme, said in (before.themes or {}).items()
        if theme not in after and sum(said.views.values()) >= FEWEST
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
