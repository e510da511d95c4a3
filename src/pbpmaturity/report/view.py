"""Results as plain values for templates and terminals.

Text that people wrote is made visible here, once; each template or terminal then escapes it for where it goes.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pbpmaturity.analysis.claim import Verdict
from pbpmaturity.analysis.criteria import criteria_support
from pbpmaturity.analysis.headline import headline, headline_of_movement, stage_so_far
from pbpmaturity.analysis.movement import Movement, ThemeMovement
from pbpmaturity.analysis.overall import coverage, overall, weakest_themes
from pbpmaturity.analysis.views import shown_tally
from pbpmaturity.diagnostics.visible import visible, visible_if_any
from pbpmaturity.model.assessment import ThemeAssessment
from pbpmaturity.model.date import PartialDate, shown_together
from pbpmaturity.model.matrix import Matrix, Theme
from pbpmaturity.model.portfolio import FiledAssessment, Input
from pbpmaturity.report import words


@dataclass(frozen=True, slots=True)
class Cell:
    """A theme's state: its words and, for a stage, its place in the order from 0."""

    words: str
    position: int | None


@dataclass(frozen=True, slots=True)
class EvidenceView:
    title: str
    link: str | None
    is_web_link: bool
    date: str | None


@dataclass(frozen=True, slots=True)
class ActionView:
    theme: str
    action: str
    owner: str | None
    due: str | None
    status: str


@dataclass(frozen=True, slots=True)
class CriterionView:
    id: str
    statement: str
    state: str
    note: str | None


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One theme as it is shown; `then` is None where there is nothing to compare with."""

    number: int
    id: str
    name: str
    description: str | None
    note: str | None
    then: Cell | None
    now: Cell
    change: str | None
    is_slip: bool
    rationale: str | None
    dissent: str | None
    criteria: str | None
    criteria_warning: str | None
    criteria_open: tuple[CriterionView, ...]
    views: str | None
    evidence: tuple[EvidenceView, ...]
    target: str | None
    target_cell: Cell | None
    actions: tuple[ActionView, ...]


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """One assessment as it is shown, with the movement since an earlier one where there is one."""

    place: str
    date: str
    then_date: str | None
    now_date: str
    banners: tuple[str, ...]
    headline: str
    is_stated: bool
    stated_note: str | None
    stated_source: str | None
    stated_link: str | None
    overall_then: Cell | None
    overall_now: Cell
    overall_change: str | None
    overall_lines: tuple[str, ...]
    agreement: str
    how_made: str
    summary: str | None
    notes: tuple[str, ...]
    weakest: tuple[str, ...]
    slips: tuple[ThemeView, ...]
    no_slips: str
    themes: tuple[ThemeView, ...]
    open_actions: tuple[ActionView, ...]
    participants: tuple[tuple[str, str], ...]
    amendments: tuple[tuple[str, str], ...]
    stages: tuple[str, ...]
    matrix_ref: str
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
    themes = _themes(filed, moved)
    stated = assessment.stated
    dates = shown_together(before.assessment.date, assessment.date) if before else None
    return AssessmentView(
        place=visible(filed.place_name),
        date=assessment.date.shown(),
        then_date=dates[0] if dates else None,
        now_date=dates[1] if dates else assessment.date.month_shown(),
        banners=words.banners(assessment, *([before.assessment] if before else [])),
        headline=visible(headline_of_movement(moved) if moved else headline(filed)),
        is_stated=stated is not None,
        stated_note=visible_if_any(stated.note if stated else None),
        stated_source=visible(words.source(stated.source)) if stated else None,
        stated_link=_web_link(stated.source.link) if stated else None,
        overall_then=_overall_cell(before) if before else None,
        overall_now=_overall_cell(filed),
        overall_change=_overall_change(matrix, result_then.stage, result.stage) if result_then else None,
        overall_lines=_overall_lines(filed),
        agreement=visible(words.agreement(assessment)),
        how_made=visible(words.how_made(assessment)),
        summary=visible_if_any(assessment.summary),
        notes=tuple(visible(note) for note in (*notes, *(moved.notes if moved else ()))),
        weakest=tuple(visible(theme.name) for theme in weakest_themes(assessment, matrix)),
        slips=tuple(theme for theme in themes if theme.is_slip),
        no_slips=_no_slips(moved),
        themes=themes,
        open_actions=_open_actions(filed),
        participants=tuple(
            (visible(one.organisation), visible(one.role or "Not recorded")) for one in assessment.participants
        ),
        amendments=tuple((one.date.shown(), visible(one.reason)) for one in assessment.amendments),
        stages=tuple(visible(stage.name) for stage in matrix.stages),
        matrix_ref=matrix.ref,
        matrix_title=visible(matrix.title),
        matrix_source=visible(words.source(matrix.source)) if matrix.source else None,
        matrix_note=visible_if_any(matrix.note),
        rule=result.rule,
        inputs=_inputs(filed, before, also),
    )


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


def unsettled_notes(moved: Movement) -> tuple[str, ...]:
    """Return, for each of two assessments whose overall stage is not settled, between which stages it lies."""
    notes = []
    for filed in (moved.before, moved.after):
        result, covered = overall(filed.assessment, filed.matrix), coverage(filed.assessment, filed.matrix)
        said = words.settledness(result, covered, filed.matrix)
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


def _stage_row(name: str, then: Cell | None, now: Cell) -> tuple[str, str | None, str]:
    return name, then.words if then else None, now.words


def _themes(filed: FiledAssessment, moved: Movement | None) -> tuple[ThemeView, ...]:
    """Return the themes of the matrix, then those that only the earlier assessment's matrix has."""
    movements = {theme.theme: theme for theme in moved.themes} if moved else {}
    views = []
    gone = [theme for theme in moved.before.matrix.themes if theme.id not in filed.matrix.theme_ids] if moved else []
    for number, theme in enumerate((*filed.matrix.themes, *gone), 1):
        said = filed.assessment.said_of(theme.id)
        change = movements.get(theme.id)
        support = criteria_support(said, theme, filed.matrix) if theme not in gone else None
        tally = shown_tally(said.views, filed.matrix)
        views.append(
            ThemeView(
                number=number,
                id=theme.id,
                name=visible(theme.name),
                description=visible_if_any(theme.description),
                note=visible_if_any(theme.note),
                then=_theme_cell(moved.before, theme.id) if moved else None,
                now=_theme_cell(filed, theme.id),
                change=_change(moved, change) if moved and change else None,
                is_slip=change is not None and change.direction == "down",
                rationale=visible_if_any(said.rationale),
                dissent=visible_if_any(said.dissent),
                criteria=visible(words.criteria(support, filed.matrix)) if support else None,
                criteria_warning=visible_if_any(words.criteria_warning(support, said.stage, filed.matrix))
                if support
                else None,
                criteria_open=_criteria_open(said, theme),
                views=visible(words.tally(tally, filed.matrix)) if tally else None,
                evidence=_evidence(said),
                target=_target(said, filed.matrix),
                target_cell=_cell(filed.matrix, said.target.stage) if said.target else None,
                actions=_actions(said, theme),
            )
        )
    return tuple(views)


def _no_slips(moved: Movement | None) -> str:
    """Return what is said where no theme slipped."""
    compared = moved is not None and moved.counts.rated_both_times
    return "No theme slipped." if compared else "No theme was assessed both times."


def _change(moved: Movement, change: ThemeMovement) -> str:
    return "Not comparable" if moved.is_stated else words.change(change)


def _criteria_open(said: ThemeAssessment, theme: Theme) -> tuple[CriterionView, ...]:
    """Return the criteria recorded as partly or not met, in matrix order."""
    return tuple(
        CriterionView(
            one.id, visible(one.statement), words.CRITERION_STATES[said.criteria[one.id]], visible_if_any(one.note)
        )
        for cell in theme.criteria.values()
        for one in cell
        if said.criteria.get(one.id, "met") != "met"
    )


def _evidence(said: ThemeAssessment) -> tuple[EvidenceView, ...]:
    return tuple(
        EvidenceView(visible(one.title), visible_if_any(one.link), _web_link(one.link) is not None, _full(one.date))
        for one in said.evidence
    )


def _target(said: ThemeAssessment, matrix: Matrix) -> str | None:
    if said.target is None:
        return None
    by = f" by {said.target.by.shown()}" if said.target.by else ""
    return visible(f"{matrix.name_of(said.target.stage)}{by}")


def _actions(said: ThemeAssessment, theme: Theme) -> tuple[ActionView, ...]:
    return tuple(
        ActionView(visible(theme.name), visible(one.action), visible_if_any(one.owner), _full(one.due), one.status)
        for one in said.actions
    )


def _open_actions(filed: FiledAssessment) -> tuple[ActionView, ...]:
    """Return the actions not done or dropped, in order of due date, those without one last."""
    found = [
        (action.due.text if action.due else "~", view)
        for theme in filed.matrix.themes
        for action, view in zip(
            filed.assessment.said_of(theme.id).actions,
            _actions(filed.assessment.said_of(theme.id), theme),
            strict=True,
        )
        if action.status == "open"
    ]
    return tuple(view for _, view in sorted(found, key=lambda pair: pair[0]))


def _overall_cell(filed: FiledAssessment) -> Cell:
    result = overall(filed.assessment, filed.matrix)
    position = filed.matrix.position(result.stage) if result.stage else None
    return Cell(visible(stage_so_far(result, filed.matrix)), position)


def _theme_cell(filed: FiledAssessment, theme_id: str) -> Cell:
    """Return a theme's state, saying where it was not published and where the matrix does not have it."""
    if filed.matrix.theme(theme_id) is None:
        return Cell("Not in this matrix", None)
    if filed.assessment.stated is not None:
        return Cell("Not published", None)
    return _cell(filed.matrix, filed.assessment.state(theme_id))


def _cell(matrix: Matrix, state: str | None) -> Cell:
    position = matrix.position(state) if state in matrix.stage_ids else None
    return Cell(visible(matrix.name_of(state)), position)


def _overall_change(matrix: Matrix, then: str | None, now: str | None) -> str:
    if then is None or now is None:
        return "No change" if then == now else "Newly assessed" if then is None else "No longer assessed"
    difference = matrix.position(now) - matrix.position(then)
    if not difference:
        return "No change"
    stages = "1 stage" if abs(difference) == 1 else f"{abs(difference)} stages"
    return f"{'Up' if difference > 0 else 'Down'} {stages}"


def _inputs(filed: FiledAssessment, before: FiledAssessment | None, also: tuple[Input, ...]) -> tuple[Input, ...]:
    """Return the files that the view rests on, each once."""
    files = [
        *([before.input] if before else []),
        filed.input,
        *([before.matrix_input] if before else []),
        filed.matrix_input,
    ]
    return tuple(Input(visible(file.path), file.sha256) for file in dict.fromkeys([*files, *also]))


def _full(date: PartialDate | None) -> str | None:
    return date.shown() if date else None


def _web_link(link: str | None) -> str | None:
    """Return a link that a page may point to: http or https, with a host; None for any other."""
    if not link:
        return None
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return None
    return visible(link.strip()) if parts.scheme in ("http", "https") and parts.netloc else None
