"""Results as plain values for templates and terminals.

Text that people wrote is made visible here, once; each template or terminal then escapes it for where it goes.
"""

from dataclasses import dataclass

from pbpmaturity.analysis.claim import Verdict
from pbpmaturity.analysis.headline import headline, headline_of_movement
from pbpmaturity.analysis.movement import Movement
from pbpmaturity.analysis.overall import coverage, overall, weakest_themes
from pbpmaturity.diagnostics.visible import visible, visible_if_any
from pbpmaturity.model.date import shown_together
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment, Input
from pbpmaturity.report import words
from pbpmaturity.report.theme_view import ActionView, Cell, ThemeView, open_actions, overall_cell, theme_views, web_link

_MANY_ROWS = 7


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """One assessment as it is shown, with the movement since an earlier one where there is one."""

    place: str
    date: str
    then_date: str | None
    now_date: str
    banners: tuple[str, ...]
    headline: str
    covered: str
    is_stated: bool
    stated_note: str | None
    stated_source: str | None
    stated_link: str | None
    overall_then: Cell | None
    overall_now: Cell
    overall_change: str | None
    overall_lines: tuple[str, ...]
    overall_rules: tuple[str, ...]
    agreement: str
    how_made: str
    summary: str | None
    notes: tuple[str, ...]
    weakest: tuple[str, ...]
    no_weakest: str
    slips: tuple[ThemeView, ...]
    no_slips: str
    themes: tuple[ThemeView, ...]
    open_actions: tuple[ActionView, ...]
    about_views: str
    participants: tuple[tuple[str, str], ...]
    amendments: tuple[tuple[str, str], ...]
    stages: tuple[str, ...]
    matrix_ref: str
    matrix_version: str
    matrix_title: str
    matrix_source: str | None
    matrix_note: str | None
    rule: str
    inputs: tuple[Input, ...]


def view_of(
    filed: FiledAssessment, moved: Movement | None = None, *, notes: tuple[str, ...] = (), also: tuple[Input, ...] = ()
) -> AssessmentView:
    """Return an assessment as it is shown; with a movement, compared with the earlier one.

    `notes` are said beside it, and `also` are further files that what is shown rests on.
    """
    assessment, matrix = filed.assessment, filed.matrix
    result = overall(assessment, matrix)
    before = moved.before if moved else None
    result_then = overall(before.assessment, before.matrix) if before else None
    themes = theme_views(filed, moved)
    stated = assessment.stated
    dates = shown_together(before.assessment.date, assessment.date) if before else None
    return AssessmentView(
        place=visible(filed.place_name),
        date=assessment.date.shown(),
        then_date=dates[0] if dates else None,
        now_date=dates[1] if dates else assessment.date.month_shown(),
        banners=words.banners(assessment, *([before.assessment] if before else [])),
        headline=visible(headline_of_movement(moved) if moved else headline(filed)),
        covered=words.covered(filed),
        is_stated=stated is not None,
        stated_note=visible_if_any(stated.note if stated else None),
        stated_source=visible(words.source(stated.source)) if stated else None,
        stated_link=web_link(stated.source.link) if stated else None,
        overall_then=overall_cell(before) if before else None,
        overall_now=overall_cell(filed),
        overall_change=_overall_change(matrix, result_then.stage, result.stage) if result_then else None,
        overall_lines=_overall_lines(filed),
        overall_rules=words.overall_rules([before, filed] if before else [filed]),
        agreement=visible(words.agreement(assessment)),
        how_made=visible(words.how_made(assessment)),
        summary=visible_if_any(assessment.summary),
        notes=tuple(visible(note) for note in (*notes, *(moved.notes if moved else ()))),
        weakest=tuple(visible(theme.name) for theme in weakest_themes(assessment, matrix)),
        no_weakest=words.no_weakest(filed),
        slips=tuple(theme for theme in themes if theme.is_slip),
        no_slips=_no_slips(moved),
        themes=themes,
        open_actions=open_actions(filed),
        about_views=words.about_views(filed.privacy),
        participants=_participants(filed),
        amendments=tuple((one.date.shown(), visible(one.reason)) for one in assessment.amendments),
        stages=tuple(visible(stage.name) for stage in matrix.stages),
        matrix_ref=matrix.ref,
        matrix_version=matrix.version,
        matrix_title=visible(matrix.title),
        matrix_source=visible(words.source(matrix.source)) if matrix.source else None,
        matrix_note=visible_if_any(matrix.note),
        rule=result.rule,
        inputs=_inputs(filed, before, also),
    )


def _participants(filed: FiledAssessment) -> tuple[tuple[str, str], ...]:
    people = filed.assessment.participants
    return tuple((visible(one.organisation), visible(one.role or "Not recorded")) for one in people)


def _overall_lines(filed: FiledAssessment) -> tuple[str, ...]:
    """Return what the overall stage rests on, in sentences."""
    matrix, covered = filed.matrix, coverage(filed.assessment, filed.matrix)
    result = overall(filed.assessment, matrix)
    lines = (
        words.settledness(result, covered, matrix),
        words.how_derived(result, covered),
        words.sturdiness(result),
        words.spread(result, matrix),
    )
    return tuple(visible(line) for line in lines if line)


def visible_verdict(verdict: Verdict) -> Verdict:
    """Return a verdict as it is shown."""
    return Verdict(visible(verdict.claim), verdict.holds, visible(verdict.reason))


def coverage_notes(moved: Movement) -> tuple[str, ...]:
    """Return, for each of two assessments that leaves themes out, how many it has, and what the others could change.

    What was published without theme stages leaves none out: its headline says that they were not published.
    """
    notes = []
    for filed in (moved.before, moved.after):
        result, covered = overall(filed.assessment, filed.matrix), coverage(filed.assessment, filed.matrix)
        said = words.settledness(result, covered, filed.matrix)
        if said is None and result.rule != "stated" and covered.assessed < covered.themes_total:
            said = f"{covered.assessed} of {covered.themes_total} themes assessed."
        notes += [f"{filed.assessment.date.month_shown()}: {said}"] if said else []
    return tuple(notes)


def stage_table(view: AssessmentView) -> tuple[list[str], list[list[str]]]:
    """Return the heads and rows of the table of stages: overall, then each theme; then, now and the change."""
    overall_row = (
        "Overall, as published" if view.is_stated else "Overall",
        view.overall_then,
        view.overall_now,
    )
    rows = [[*_stage_row(*overall_row), view.overall_change]]
    if not view.is_stated:
        rows += [[*_stage_row(theme.name, theme.then, theme.now), theme.change] for theme in view.themes]
    heads = ["Theme", view.then_date, view.now_date, "Change" if view.then_date else None]
    return [head for head in heads if head], [[cell for cell in row if cell is not None] for row in rows]


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row of the stages on a page: the overall stage or a theme, then and now."""

    name: str
    then: Cell | None
    now: Cell
    is_overall: bool = False


def page_rows(view: AssessmentView) -> tuple[tuple[PageRow, ...], ...]:
    """Return the overall stage and the themes as rows of one table, or of two side by side where there are many."""
    rows = [
        PageRow(
            "Overall, as published" if view.is_stated else "Overall",
            view.overall_then,
            view.overall_now,
            is_overall=True,
        ),
        *(PageRow(theme.name, theme.then, theme.now) for theme in view.themes if not view.is_stated),
    ]
    half = -(-len(rows) // 2)
    return (tuple(rows),) if len(rows) < _MANY_ROWS else (tuple(rows[:half]), tuple(rows[half:]))


def _stage_row(name: str, then: Cell | None, now: Cell) -> tuple[str, str | None, str]:
    return name, then.words if then else None, now.words


def _no_slips(moved: Movement | None) -> str:
    """Return what is said where no theme slipped."""
    compared = moved is not None and moved.counts.rated_both_times
    return "No theme slipped." if compared else "No theme was assessed both times."


def _overall_change(matrix: Matrix, then: str | None, now: str | None) -> str:
    if then is None or now is None:
        return "No change" if then == now else "Newly assessed" if then is None else "No longer assessed"
    return words.steps(matrix.position(now) - matrix.position(then))


def _inputs(filed: FiledAssessment, before: FiledAssessment | None, also: tuple[Input, ...]) -> tuple[Input, ...]:
    """Return the files that the view rests on, each once."""
    files = [
        *([before.input] if before else []),
        filed.input,
        *([before.matrix_input] if before else []),
        filed.matrix_input,
    ]
    return tuple(Input(visible(file.path), file.sha256) for file in dict.fromkeys([*files, *also]))
