"""Neighbouring stages whose people are counted together, where too few chose one of them: `emerging or developing`."""

from collections.abc import Sequence

from pbpmaturity.model.matrix import Matrix

_OR = " or "


def cell_of(stages: Sequence[str]) -> str:
    """Return what a cell of a tally is called in files, tables and JSON: a stage's id, or those counted together."""
    return _OR.join(stages)


def stages_in(cell: str) -> tuple[str, ...]:
    """Return the ids of the stages that are counted in a cell; one, unless some are counted together."""
    return tuple(cell.split(_OR))


def cell_name(cell: str | None, matrix: Matrix) -> str:
    """Return a cell in words: `Emerging`, or `Emerging or Developing`; of None, what stands for no stage."""
    return _OR.join(matrix.name_of(stage) for stage in stages_in(cell)) if cell else matrix.name_of(cell)


def are_neighbours(stages: Sequence[str], matrix: Matrix) -> bool:
    """Say whether stages follow one another in the order of the matrix."""
    if not all(stage in matrix.stage_ids for stage in stages):
        return False
    first = matrix.position(stages[0])
    return tuple(stages) == matrix.stage_ids[first : first + len(stages)]
