"""One theme of an assessment as plain values: its stage then and now, and all that was said of it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pbpmaturity.analysis.criteria import criteria_support
from pbpmaturity.analysis.headline import stage_so_far
from pbpmaturity.analysis.movement import Movement, ThemeMovement
from pbpmaturity.analysis.overall import overall
from pbpmaturity.analysis.views import views_of
from pbpmaturity.diagnostics.visible import visible, visible_if_any
from pbpmaturity.model.assessment import ThemeAssessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.matrix import Matrix, Theme
from pbpmaturity.model.portfolio import FiledAssessment
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
    slip_reason: str | None
    rationale: str | None
    dissent: str | None
    criteria: str | None
    criteria_warning: str | None
    criteria_open: tuple[CriterionView, ...]
    views: str | None
    views_group: str | None
    evidence: tuple[EvidenceView, ...]
    target: str | None
    target_cell: Cell | None
    actions: tuple[ActionView, ...]


def theme_views(filed: FiledAssessment, moved: Movement | None) -> tuple[ThemeView, ...]:
    """Return the themes of the matrix, then those that only the earlier assessment's matrix has."""
    movements = {theme.theme: theme for theme in moved.themes} if moved else {}
    views = []
    individuals = {one.theme: one for one in views_of(filed) if one.tally}
    gone = [theme for theme in moved.before.matrix.themes if theme.id not in filed.matrix.theme_ids] if moved else []
    for number, theme in enumerate((*filed.matrix.themes, *gone), 1):
        said = filed.assessment.said_of(theme.id)
        change = movements.get(theme.id)
        support = criteria_support(said, theme, filed.matrix) if theme not in gone else None
        individual = individuals.get(theme.id)
        views.append(
            ThemeView(
                number=number,
                id=theme.id,
                name=visible(theme.name),
                description=visible_if_any(theme.description),
                note=visible_if_any(theme.note),
                then=theme_cell(moved.before, theme.id) if moved else None,
                now=theme_cell(filed, theme.id),
                change=_change(moved, change) if moved and change else None,
                is_slip=change is not None and change.direction == "down",
                slip_reason=visible(said.rationale or words.NO_REASON)
                if change and change.direction == "down"
                else None,
                rationale=visible_if_any(said.rationale),
                dissent=visible_if_any(said.dissent),
                criteria=visible(words.criteria(support, filed.matrix)) if support else None,
                criteria_warning=visible_if_any(words.criteria_warning(support, said.stage, filed.matrix))
                if support
                else None,
                criteria_open=_criteria_open(said, theme),
                views=visible_if_any(words.individual_views(individual, filed.matrix)) if individual else None,
                views_group=visible(words.group_and_views(filed.assessment, individual, filed.matrix))
                if individual
                else None,
                evidence=_evidence(said),
                target=_target(said, filed.matrix),
                target_cell=_cell(filed.matrix, said.target.stage) if said.target else None,
                actions=_actions(said, theme),
            )
        )
    return tuple(views)


def theme_cell(filed: FiledAssessment, theme_id: str) -> Cell:
    """Return a theme's state, saying where it was not published and where the matrix does not have it."""
    if filed.matrix.theme(theme_id) is None:
        return Cell("Not in this matrix", None)
    if filed.assessment.stated is not None:
        return Cell("Not published", None)
    return _cell(filed.matrix, filed.assessment.state(theme_id))


def overall_cell(filed: FiledAssessment) -> Cell:
    """Return the overall stage of an assessment."""
    result = overall(filed.assessment, filed.matrix)
    position = filed.matrix.position(result.stage) if result.stage else None
    return Cell(visible(stage_so_far(result, filed.matrix)), position)


def _cell(matrix: Matrix, state: str | None) -> Cell:
    position = matrix.position(state) if state in matrix.stage_ids else None
    return Cell(visible(matrix.name_of(state)), position)


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
        EvidenceView(visible(one.title), visible_if_any(one.link), web_link(one.link) is not None, _full(one.date))
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


def open_actions(filed: FiledAssessment) -> tuple[ActionView, ...]:
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


def _full(date: PartialDate | None) -> str | None:
    return date.shown() if date else None


def web_link(link: str | None) -> str | None:
    """Return a link that a page may point to: http or https, with a host; None for any other."""
    if not link:
        return None
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return None
    return visible(link.strip()) if parts.scheme in ("http", "https") and parts.netloc else None
