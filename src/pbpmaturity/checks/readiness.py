"""What is wrong with a readiness test, against its matrix and against the other tests."""

import datetime
from collections.abc import Collection, Iterator, Mapping

from pbpmaturity.checks.assessment import check_stage, unknown_matrix, unknown_theme
from pbpmaturity.checks.dates import check_begun
from pbpmaturity.checks.privacy import check_roles
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.readiness_test import ReadinessTest


def check_readiness_test(
    path: str,
    test: ReadinessTest,
    matrices: Mapping[str, Matrix],
    unreadable_matrices: tuple[str, ...] = (),
    areas: Collection[str] = (),
    empty: tuple[Route, ...] = (),
) -> Iterator[Finding]:
    """Yield what a readiness test asks of its matrix, or of the service areas if they are known, that is not there.

    `empty` are the routes to keys with nothing after them: no values, but their names must be known all the same.
    """
    if areas and test.service_area is not None and test.service_area not in areas:
        message = f"service area {quoted(test.service_area)} is not known; {guess_or_list(test.service_area, areas)}"
        yield Finding(rules.UNKNOWN_AREA, path, message, ("service-area",))
    matrix = matrices.get(test.matrix)
    if matrix is None:
        yield unknown_matrix(path, test.matrix, matrices, unreadable_matrices)
        return
    requires = test.requires
    if requires.all_themes_at_least is not None:
        yield from check_stage(path, matrix, requires.all_themes_at_least, ("requires", "all-themes-at-least"))
    for theme, stage in requires.themes.items():
        yield from _check_theme(path, matrix, theme, ("requires", "themes", theme), point_at_key=True)
        yield from check_stage(path, matrix, stage, ("requires", "themes", theme))
    for index, theme in enumerate(requires.evidence_for):
        yield from _check_theme(path, matrix, theme, ("requires", "evidence-for", index))
    for route in empty:
        match route:
            case ("requires", "themes", str(theme)):
                yield from _check_theme(path, matrix, theme, route, point_at_key=True)


def check_attested(
    path: str, test: ReadinessTest, known: tuple[str, ...], day: datetime.date | None
) -> Iterator[Finding]:
    """Yield people where roles belong, and with a day the documents that are dated after it."""
    roles = [(("attested", index, "by-role"), one.by_role) for index, one in enumerate(test.attested)]
    yield from check_roles(path, roles, known)
    if day is not None:
        dates = [(("attested", index, "date"), one.date) for index, one in enumerate(test.attested) if one.date]
        yield from check_begun(path, dates, day)


def _check_theme(
    path: str, matrix: Matrix, theme: str, route: Route, *, point_at_key: bool = False
) -> Iterator[Finding]:
    if matrix.theme(theme) is None:
        yield unknown_theme(path, matrix, theme, route, point_at_key=point_at_key)
