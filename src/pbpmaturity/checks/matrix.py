"""What is wrong with a matrix by itself, and against the matrices that ship."""

from collections.abc import Iterator, Mapping

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.model.matrix import Matrix, Theme


def check_matrix(
    path: str, matrix: Matrix, shipped: Mapping[str, Matrix], empty: tuple[Route, ...] = ()
) -> Iterator[Finding]:
    """Yield ids given twice, stages that the matrix lacks, and changed text under a shipped id and version.

    `empty` are the routes to keys with nothing after them: no values, but their names must be known all the same.
    """
    yield from check_repeated(path, "stage", [(stage.id, ("stages", i, "id")) for i, stage in enumerate(matrix.stages)])
    yield from check_repeated(path, "theme", [(theme.id, ("themes", i, "id")) for i, theme in enumerate(matrix.themes)])
    for index, theme in enumerate(matrix.themes):
        yield from _check_theme(path, matrix, theme, ("themes", index))
    for route in empty:
        match route:
            case ("themes", _, "descriptions" | "criteria", str(stage)) if stage not in matrix.stage_ids:
                yield _unknown_stage(path, matrix, stage, route)
    original = shipped.get(matrix.ref)
    if original is not None and original != matrix:
        message = (
            f"{matrix.ref} is the name of a matrix that ships with pbp, but this text differs from it;"
            f' give yours a version of its own, such as "{matrix.version}-local", and keep the ids'
        )
        yield Finding(rules.SHIPPED_CHANGED, path, message, ("version",))


def _check_theme(path: str, matrix: Matrix, theme: Theme, route: Route) -> Iterator[Finding]:
    for part, cells in (("descriptions", theme.descriptions), ("criteria", theme.criteria)):
        for stage in cells:
            if stage not in matrix.stage_ids:
                yield _unknown_stage(path, matrix, stage, (*route, part, stage))
    criteria = [
        (criterion.id, (*route, "criteria", stage, i, "id"))
        for stage, cell in theme.criteria.items()
        for i, criterion in enumerate(cell)
    ]
    yield from check_repeated(path, "criterion", criteria)


def check_cells(path: str, matrix: Matrix) -> Iterator[Finding]:
    """Yield the themes that have no words for some of the stages."""
    for index, theme in enumerate(matrix.themes):
        bare = [stage for stage in matrix.stage_ids if stage not in theme.descriptions and not theme.criteria_of(stage)]
        if bare:
            message = (
                f"{theme.id} has neither a description nor criteria for {', '.join(bare[:12])}; write what a Place at"
                " such a stage looks like, or leave it so if the scale has words at its ends only"
            )
            yield Finding(rules.EMPTY_CELL, path, message, ("themes", index, "id"))


def _unknown_stage(path: str, matrix: Matrix, stage: str, route: Route) -> Finding:
    guess = guess_or_list(stage, dict.fromkeys(matrix.stage_ids))
    return Finding(rules.MATRIX_STAGE, path, f"{quoted(stage)} is not a stage of this matrix; {guess}", route, "key")


def check_repeated(path: str, kind: str, ids: list[tuple[str, Route]]) -> Iterator[Finding]:
    """Yield the ids, each with the route to it, that things of one kind have given before."""
    seen: set[str] = set()
    for name, route in ids:
        if name in seen:
            message = f"{kind} {quoted(name)} is given twice; give each {kind} an id of its own"
            yield Finding(rules.DUPLICATE_ID, path, message, route)
        seen.add(name)
