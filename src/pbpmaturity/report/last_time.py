"""What a Place looks back at beside a matrix: each theme's stage last time, why, and its open actions."""

from dataclasses import dataclass

from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment, Input
from pbpmaturity.report import words
from pbpmaturity.report.theme_view import ActionView, Cell, ThemeView, theme_views


@dataclass(frozen=True, slots=True)
class LookBack:
    """A Place, its assessment of last time (None: no agreed one yet), and the files that a result rests on besides."""

    place_name: str
    filed: FiledAssessment | None
    also: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True)
class LastTime:
    """Which assessment is looked back at, and what a reader must know of it."""

    place: str
    date: str | None
    banners: tuple[str, ...]
    about: str
    notes: tuple[str, ...]
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class LastStage:
    """One theme last time; `line` says its stage and date in one line."""

    line: str
    stage: Cell
    rationale: str | None
    actions: tuple[ActionView, ...]


def last_time(matrix: Matrix, back: LookBack) -> LastTime:
    """Return which assessment is looked back at, and how its matrix differs from the one shown."""
    place, filed = visible(back.place_name), back.filed
    if filed is None:
        return LastTime(place, None, (), f"{place} has no agreed assessment yet.", (), _inputs(back))
    date = filed.assessment.date.shown()
    return LastTime(
        place=place,
        date=date,
        banners=words.banners(filed.assessment),
        about=f"Last time means {place}, {date}.",
        notes=_notes(matrix, filed.matrix),
        inputs=_inputs(back),
    )


def last_stages(matrix: Matrix, back: LookBack) -> dict[str, LastStage]:
    """Return what is said of last time for each theme of the matrix, by its id."""
    filed = back.filed
    if filed is None:
        return dict.fromkeys(matrix.theme_ids, _without(None, "No agreed assessment yet"))
    obstacle = _obstacle(matrix, filed.matrix)
    if obstacle:
        return dict.fromkeys(matrix.theme_ids, _without(filed, f"Not comparable: {obstacle}"))
    then = {theme.id: _stage(filed, theme) for theme in theme_views(filed, None)}
    absent = _without(filed, f"Not in {filed.matrix.ref}")
    return {theme: then.get(theme, absent) for theme in matrix.theme_ids}


def _stage(filed: FiledAssessment, theme: ThemeView) -> LastStage:
    open_actions = tuple(action for action in theme.actions if action.status == "open")
    return LastStage(_line(filed, theme.now.words), theme.now, theme.rationale, open_actions)


def _without(filed: FiledAssessment | None, said: str) -> LastStage:
    """Return that there is no stage to look back at, and why."""
    return LastStage(_line(filed, said), Cell(said, None), None, ())


def _line(filed: FiledAssessment | None, said: str) -> str:
    if filed is None:
        return f"Last time: {said}"
    draft = ", draft" if filed.assessment.status == "draft" else ""
    return f"Last time ({filed.assessment.date.month_shown()}{draft}): {said}"


def _obstacle(matrix: Matrix, then: Matrix) -> str | None:
    """Return why stages of then cannot be set beside the matrix shown; None if they can."""
    if then.id != matrix.id:
        return f"{then.ref} is another matrix"
    if then.stage_ids != matrix.stage_ids:
        return f"{then.ref} has other stages"
    return None


def _notes(matrix: Matrix, then: Matrix) -> tuple[str, ...]:
    if then.ref == matrix.ref:
        return ()
    obstacle = _obstacle(matrix, then)
    because = f" {obstacle}, so its stages are not shown." if obstacle else " Stages are shown theme by theme."
    return (f"Last time was judged with {then.ref}; this is {matrix.ref}.{because}",)


def _inputs(back: LookBack) -> tuple[Input, ...]:
    """Return the files that looking back rests on, each once."""
    own = (back.filed.input, back.filed.matrix_input) if back.filed else ()
    return tuple(Input(visible(file.path), file.sha256) for file in dict.fromkeys([*own, *back.also]))
