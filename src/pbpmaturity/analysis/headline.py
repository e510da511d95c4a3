"""The one sentence that a board is told."""

from pbpmaturity.analysis.movement import Counts, Movement
from pbpmaturity.analysis.overall import Overall, coverage, overall
from pbpmaturity.model.date import shown_together
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment

AS_PUBLISHED = "as published; theme stages not published"


def headline(filed: FiledAssessment) -> str:
    """Return `Northam: Developing overall, Jan 2024 (10 of 10 themes assessed)`."""
    covered = coverage(filed.assessment, filed.matrix)
    tally = f"{covered.assessed} of {covered.themes_total} themes assessed"
    if filed.assessment.stated is not None:
        tally = AS_PUBLISHED
    stage = stage_so_far(overall(filed.assessment, filed.matrix), filed.matrix)
    return f"{marked_place(filed)}: {stage} overall, {filed.assessment.date.month_shown()} ({tally})"


def headline_of_movement(moved: Movement) -> str:
    """Return `Northam: Emerging to Developing overall, Jan 2023 to Jan 2024 (8 of 10 themes up)`."""
    before, after = moved.before, moved.after
    then, now = overall(before.assessment, before.matrix), overall(after.assessment, after.matrix)
    first, second = shown_together(before.assessment.date, after.assessment.date)
    tally = AS_PUBLISHED if moved.is_stated else tally_of(moved.counts)
    place = marked_place(before, after)
    if then.stage == now.stage:
        so_far = then if then.settled is False else now
        return f"{place}: {stage_so_far(so_far, after.matrix)} overall, {first} and {second} (no change; {tally})"
    stages = f"{stage_so_far(then, before.matrix)} to {stage_so_far(now, after.matrix)}"
    return f"{place}: {stages} overall, {first} to {second} ({tally})"


def tally_of(counts: Counts) -> str:
    """Return how many themes moved, in words: `6 of 10 themes up, 1 down, 2 newly assessed`."""
    rated = counts.rated_both_times
    if rated == 0:
        moves = "no theme assessed both times"
    elif counts.up == counts.down == 0:
        moves = "no theme moved"
    elif counts.up == 0:
        moves = f"{counts.down} of {rated} themes down"
    else:
        moves = f"{counts.up} of {rated} themes up"
        moves += f", {counts.down} down" if counts.down else ""
    moves += f", {counts.newly_assessed} newly assessed" if counts.newly_assessed else ""
    moves += f", {counts.no_longer_assessed} no longer assessed" if counts.no_longer_assessed else ""
    return moves


def stage_so_far(result: Overall, matrix: Matrix) -> str:
    """Return the overall stage's name, with `so far` where themes still to be assessed could change it."""
    name = matrix.name_of(result.stage)
    return f"{name} so far" if result.settled is False else name


def marked_place(*files: FiledAssessment) -> str:
    """Return the Place's name, marked where any of its assessments is illustrative or a draft."""
    marks = []
    if any(filed.assessment.provenance == "illustrative" for filed in files):
        marks.append("illustrative")
    if any(filed.assessment.status == "draft" for filed in files):
        marks.append("draft")
    return f"{files[0].place_name} ({', '.join(marks)})" if marks else files[0].place_name
