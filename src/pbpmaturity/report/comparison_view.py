"""Places side by side as plain values for templates and terminals."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pbpmaturity.analysis.comparison import Comparison, Pair
from pbpmaturity.analysis.headline import AS_PUBLISHED, marked_place, stage_so_far
from pbpmaturity.analysis.overall import coverage, overall
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report import words
from pbpmaturity.report.grid import Grid, GridRow, words_of_rules
from pbpmaturity.report.theme_view import overall_cell, theme_cell

_PURPOSE = (
    "Each Place judged itself, with its own people and in its own way. Places stand in alphabetical order: this is for"
    " learning from one another and no ranking."
)
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Places as they are shown side by side; `pairs` is empty unless pairs are asked for."""

    heading: str
    banners: tuple[str, ...]
    places: tuple[str, ...]
    grid: Grid
    stages: tuple[str, ...]
    left_out: tuple[str, ...]
    learning: tuple[str, ...]
    no_learning: str
    pairs: tuple[str, ...]
    notes: tuple[str, ...]
    rules: tuple[str, ...]
    purpose: str


def comparison_view(
    told: Comparison, *, day: datetime.date | None = None, review_months: int = 12, with_pairs: bool = False
) -> ComparisonView:
    """Return a comparison of at least one Place as it is shown; with a day, also which assessments are stale then."""
    names = {filed.assessment.place: filed.place_name for filed in told.files}
    is_published = all(filed.assessment.stated for filed in told.files)
    themes = () if is_published else told.themes
    rows = (
        GridRow("Overall", tuple(overall_cell(filed) for filed in told.files)),
        *(GridRow(visible(one.name), tuple(theme_cell(filed, one.theme) for filed in told.files)) for one in themes),
        *words_of_rules(told.files, told.files),
    )
    as_of = f", as of {PartialDate(day.isoformat()).shown()}" if day else ""
    return ComparisonView(
        heading=f"{len(told.files)} {'Place' if len(told.files) == 1 else 'Places'} side by side{as_of}",
        banners=words.banners(*(filed.assessment for filed in told.files)),
        places=tuple(_place(filed, day, review_months) for filed in told.files),
        grid=Grid("Theme", tuple(visible(filed.place_name) for filed in told.files), rows),
        stages=tuple(visible(stage.name) for stage in told.files[0].matrix.stages),
        left_out=tuple(visible(f"{one.name}: {one.reason}.") for one in told.left_out),
        learning=tuple(f"{theme}: {line}" for theme, line in _learning(told, names)),
        no_learning="No Place has a target that another has reached with evidence.",
        pairs=tuple(visible(_pair(pair, names)) for pair in told.pairs) if with_pairs else (),
        notes=tuple(visible(note) for note in _notes(told.files)),
        rules=words.overall_rules(told.files),
        purpose=_PURPOSE,
    )


def _place(filed: FiledAssessment, day: datetime.date | None, review_months: int) -> str:
    """Return what is set side by side of a Place: date, overall stage, coverage, method."""
    assessment = filed.assessment
    stage = stage_so_far(overall(assessment, filed.matrix), filed.matrix)
    stale = said_of_age(filed, day, review_months)
    said = f"{marked_place(filed)}, {assessment.date.shown()}: {stage} overall ({themes_covered(filed)})."
    return visible(f"{said} {words.judged(assessment)}{f' {stale}' if stale else ''}")


def themes_covered(filed: FiledAssessment) -> str:
    """Return how many themes have a stage, or that only the overall stage was published."""
    covered = coverage(filed.assessment, filed.matrix)
    return AS_PUBLISHED if filed.assessment.stated else f"{covered.assessed} of {covered.themes_total} themes assessed"


def said_of_age(filed: FiledAssessment, day: datetime.date | None, review_months: int) -> str | None:
    """Return a sentence on an assessment that is stale on a day; None without a day, or if it is not."""
    is_stale = day is not None and filed.assessment.date.is_older_than(review_months, day)
    return f"Stale: older than {review_months} months." if is_stale else None


def learning_on(told: Comparison, theme: str) -> tuple[str, ...]:
    """Return who could learn from whom on one theme, a sentence for each Place with a target."""
    names = {filed.assessment.place: filed.place_name for filed in told.files}
    found = replace(told, learning=tuple(one for one in told.learning if one.theme == theme))
    return tuple(line for _, line in _learning(found, names))


def _learning(told: Comparison, names: dict[str, str]) -> list[tuple[str, str]]:
    """Return for each theme and Place with a target the Places that are there, in the order of their names."""
    stages = {(one.theme, place): state for one in told.themes for place, state in one.states.items()}
    themes = {one.theme: one for one in told.themes}
    files = {filed.assessment.place: filed for filed in told.files}
    lines = []
    order = {one.theme: at for at, one in enumerate(told.themes)}
    by_name = sorted(told.learning, key=lambda one: (order[one.theme], names[one.learner].casefold(), one.learner))
    for (theme, learner), pairs in groupby(by_name, key=lambda one: (one.theme, one.learner)):
        matrix, target = files[learner].matrix, files[learner].assessment.said_of(theme).target
        sources = sorted(pairs, key=lambda one: (names[one.source].casefold(), one.source))
        there = [f"{names[one.source]} ({matrix.name_of(stages[theme, one.source])})" for one in sources]
        aim = matrix.name_of(target.stage) if target else ""
        now = matrix.name_of(stages[theme, learner])
        said = f"{names[learner]} ({now}, aiming for {aim}) could learn from {_listed(there)}."
        lines.append((visible(themes[theme].name), visible(said)))
    return lines


def _listed(names: Sequence[str]) -> str:
    """Return names as a list in words, cut where it is long."""
    more = len(names) - _MOST_NAMED
    return f"{', '.join(names[:_MOST_NAMED])} and {more} more" if more > 0 else ", ".join(names)


def _pair(pair: Pair, names: dict[str, str]) -> str:
    a, b = names[pair.a], names[pair.b]
    if not pair.shared:
        return f"{a} and {b}: not comparable, on no shared themes."
    on = f"on {pair.shared} shared {'theme' if pair.shared == 1 else 'themes'}"
    later = "records a later stage" if pair.shared == 1 else "records the same stage or a later one on every theme"
    said = {
        "same": f"the same {'stage' if pair.shared == 1 else 'stages'} {on}",
        "a-at-or-above": f"{on}, {a} {later}",
        "b-at-or-above": f"{on}, {b} {later}",
        "not-comparable": f"not comparable, {on}: each records a later stage than the other on some theme",
    }
    return f"{a} and {b}: {said[pair.relation]}."


def _notes(files: Sequence[FiledAssessment]) -> list[str]:
    """Return what makes the Places less than fully comparable."""
    notes = [] if len(files) > 1 else ["Only one Place can be shown, so there is nothing to set beside it."]
    refs = sorted({filed.matrix.ref for filed in files})
    if len(refs) > 1:
        notes.append(f"The Places use different versions of the matrix: {', '.join(refs)}.")
    methods = {filed.assessment.method for filed in files}
    if len(methods) > 1:
        notes.append("The Places did not all judge in the same way; the method of each is given with it.")
    return notes
