"""A matrix as plain values for templates and terminals."""

from dataclasses import dataclass

from pbpmaturity.diagnostics.visible import visible, visible_if_any
from pbpmaturity.model.matrix import Matrix, Theme
from pbpmaturity.report import words
from pbpmaturity.report.last_time import LastStage, LastTime, LookBack, last_stages, last_time


@dataclass(frozen=True, slots=True)
class StageView:
    name: str
    summary: str | None


@dataclass(frozen=True, slots=True)
class CriterionText:
    id: str
    statement: str
    note: str | None


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of the matrix: the stage's name, and what the matrix says of it there."""

    stage: str
    description: str | None
    criteria: tuple[CriterionText, ...]


@dataclass(frozen=True, slots=True)
class ThemeText:
    number: int
    id: str
    name: str
    description: str | None
    prompt: str | None
    note: str | None
    cells: tuple[CellView, ...]
    last: LastStage | None


@dataclass(frozen=True, slots=True)
class MatrixView:
    ref: str
    title: str
    source: str | None
    note: str | None
    stages: tuple[StageView, ...]
    themes: tuple[ThemeText, ...]
    last: LastTime | None


def view_of_matrix(matrix: Matrix, back: LookBack | None = None) -> MatrixView:
    """Return a matrix as it is shown; with what a Place looks back at, last time beside each theme."""
    stages = last_stages(matrix, back) if back else {}
    return MatrixView(
        ref=matrix.ref,
        title=visible(matrix.title),
        source=visible(words.source(matrix.source)) if matrix.source else None,
        note=visible_if_any(matrix.note),
        stages=tuple(StageView(visible(stage.name), visible_if_any(stage.summary)) for stage in matrix.stages),
        themes=tuple(
            _theme(matrix, theme, number, stages.get(theme.id)) for number, theme in enumerate(matrix.themes, 1)
        ),
        last=last_time(matrix, back) if back else None,
    )


def _theme(matrix: Matrix, theme: Theme, number: int, last: LastStage | None) -> ThemeText:
    cells = tuple(
        CellView(
            visible(stage.name),
            visible_if_any(theme.descriptions.get(stage.id)),
            tuple(
                CriterionText(one.id, visible(one.statement), visible_if_any(one.note))
                for one in theme.criteria_of(stage.id)
            ),
        )
        for stage in matrix.stages
    )
    return ThemeText(
        number,
        theme.id,
        visible(theme.name),
        visible_if_any(theme.description),
        visible_if_any(theme.prompt),
        visible_if_any(theme.note),
        cells,
        last,
    )
