"""What is wrong with one assessment against its matrix."""

from collections.abc import Iterator, Mapping

from pbpmaturity.analysis.views import FEWEST_SHOWN
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.diagnostics.suggest import did_you_mean, guess_or_list, quoted
from pbpmaturity.model.assessment import Assessment, ThemeAssessment
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED, Matrix, Theme


def check_assessment(
    path: str,
    assessment: Assessment,
    matrices: Mapping[str, Matrix],
    unreadable_matrices: tuple[str, ...] = (),
    empty: tuple[Route, ...] = (),
) -> Iterator[Finding]:
    """Yield what the assessment says that its matrix does not know, and `stated` where it does not belong.

    `empty` are the routes to keys with nothing after them: no values, but their names must be known all the same.
    """
    yield from _check_stated_alone(path, assessment)
    matrix = matrices.get(assessment.matrix)
    if matrix is None:
        yield unknown_matrix(path, assessment.matrix, matrices, unreadable_matrices)
        return
    if assessment.stated is not None:
        yield from check_stage(path, matrix, assessment.stated.overall, ("stated", "overall"))
    unsure = {route[1] for route in empty if _hides_count(matrix, route)}
    for theme_id, said in (assessment.themes or {}).items():
        theme = matrix.theme(theme_id)
        if theme is None:
            yield unknown_theme(path, matrix, theme_id, ("themes", theme_id))
            meant = theme_meant(matrix, assessment, theme_id)
            theme = matrix.theme(meant) if meant else None
        if theme is not None:
            is_counted = theme_id not in unsure
            yield from _check_theme(path, matrix, theme, said, ("themes", theme_id), is_counted=is_counted)
    for route in empty:
        yield from _check_empty(path, matrix, route)


def unknown_matrix(path: str, ref: str, matrices: Mapping[str, Matrix], unreadable: tuple[str, ...]) -> Finding:
    """Return that no matrix has that reference; `unreadable` are files that might have been it."""
    guess = guess_or_list(ref, sorted(matrices))
    note = f" ({', '.join(unreadable)} could not be read)" if unreadable else ""
    return Finding(rules.UNKNOWN_MATRIX, path, f"matrix {quoted(ref)} is not known here{note}; {guess}", ("matrix",))


def unknown_theme(path: str, matrix: Matrix, theme_id: str, route: Route, *, point_at_key: bool = True) -> Finding:
    """Return that a matrix has no theme of that id."""
    guess = guess_or_list(theme_id, matrix.theme_ids)
    message = f"theme {quoted(theme_id)} is not a theme of {matrix.ref}; {guess}"
    return Finding(rules.UNKNOWN_THEME, path, message, route, "key" if point_at_key else "value")


def theme_meant(matrix: Matrix, assessment: Assessment, theme_id: str) -> str | None:
    """Return the theme that an unknown id is taken for; None where none is near, or the assessment has that too."""
    near = did_you_mean(theme_id, matrix.theme_ids)
    return near if near not in (assessment.themes or {}) else None


def check_stage(
    path: str, matrix: Matrix, stage: str, route: Route, *also: str, point_at_key: bool = False
) -> Iterator[Finding]:
    """Yield that a stage is neither one of a matrix nor one of some further words."""
    if stage not in matrix.stage_ids:
        guess = guess_or_list(stage, (*matrix.stage_ids, *also))
        message = f"stage {quoted(stage)} is not a stage of {matrix.ref}; {guess}"
        yield Finding(rules.UNKNOWN_STAGE, path, message, route, "key" if point_at_key else "value")


def _hides_count(matrix: Matrix, route: Route) -> bool:
    """Say whether a key with nothing after it may hold a count of a tally itself, as in `{developing 5}`."""
    match route:
        case ("themes", _, "views", str(stage)):
            return stage not in matrix.stage_ids
    return False


def _check_empty(path: str, matrix: Matrix, route: Route) -> Iterator[Finding]:
    match route:
        case ("themes", str(theme_id)) if matrix.theme(theme_id) is None:
            yield unknown_theme(path, matrix, theme_id, ("themes", theme_id))
        case ("themes", str(theme_id), "criteria", str(criterion)):
            theme = matrix.theme(theme_id)
            if theme is not None and criterion not in theme.criterion_ids:
                yield _unknown_criterion(path, matrix, theme, criterion, ("themes", theme_id))
        case ("themes", _, "views", str(stage)):
            yield from check_stage(path, matrix, stage, route, point_at_key=True)


def _check_stated_alone(path: str, assessment: Assessment) -> Iterator[Finding]:
    if assessment.stated is None:
        return
    if assessment.provenance != "published-summary":
        message = (
            f'"stated" belongs to a published summary, and this file is {assessment.provenance};'
            " record themes, or write provenance: published-summary"
        )
        yield Finding(rules.STATED_AND_THEMES, path, message, ("stated",), "key")
    elif assessment.themes is not None:
        message = '"stated" stands together with "themes"; keep the themes if they were published, else only "stated"'
        yield Finding(rules.STATED_AND_THEMES, path, message, ("stated",), "key")


def _check_theme(
    path: str, matrix: Matrix, theme: Theme, said: ThemeAssessment, route: Route, *, is_counted: bool
) -> Iterator[Finding]:
    if said.stage not in (NOT_ASSESSED, NOT_APPLICABLE):
        yield from check_stage(path, matrix, said.stage, (*route, "stage"), NOT_ASSESSED, NOT_APPLICABLE)
    if said.target is not None:
        yield from check_stage(path, matrix, said.target.stage, (*route, "target", "stage"))
    for stage in said.views:
        yield from check_stage(path, matrix, stage, (*route, "views", stage), point_at_key=True)
    people = sum(said.views.values())
    if is_counted and 0 < people < FEWEST_SHOWN:
        yield _small_tally(path, route, people)
    for criterion in said.criteria:
        if criterion not in theme.criterion_ids:
            yield _unknown_criterion(path, matrix, theme, criterion, route)


def _small_tally(path: str, route: Route, people: int) -> Finding:
    counted = "1 person" if people == 1 else f"{people} people"
    message = (
        f"views counts {counted}, and a tally of fewer than five can tell what somebody said;"
        " delete this tally, also from older versions of the file that others can see"
    )
    return Finding(rules.SMALL_TALLY, path, message, (*route, "views"), "key")


def _unknown_criterion(path: str, matrix: Matrix, theme: Theme, criterion: str, route: Route) -> Finding:
    guess = guess_or_list(criterion, theme.criterion_ids, most=30)
    message = f"criterion {quoted(criterion)} is not one of {theme.id} in {matrix.ref}; {guess}"
    return Finding(rules.UNKNOWN_CRITERION, path, message, (*route, "criteria", criterion), "key")
