"""What is wrong with one assessment against its matrix."""

from collections import Counter
from collections.abc import Iterator, Mapping

from pbpmaturity.analysis.views import Tally, shown_tally
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.diagnostics.suggest import did_you_mean, guess_or_list, quoted
from pbpmaturity.model.assessment import Assessment, ThemeAssessment
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED, Matrix, Theme
from pbpmaturity.model.settings import FEWEST, Privacy
from pbpmaturity.model.together import are_neighbours, stages_in


def check_assessment(
    path: str,
    assessment: Assessment,
    matrices: Mapping[str, Matrix],
    privacy: Privacy,
    unreadable_matrices: tuple[str, ...] = (),
    empty: tuple[Route, ...] = (),
) -> Iterator[Finding]:
    """Yield what the assessment says that its matrix does not know or nobody may see, and `stated` where it is amiss.

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
            route: Route = ("themes", theme_id)
            yield from _check_theme(path, matrix, theme, said, route)
            yield from _check_views(path, matrix, said.views, privacy, route, is_counted=theme_id not in unsure)
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
            return not all(one in matrix.stage_ids for one in stages_in(stage))
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
            yield from _check_cell(path, matrix, stage, route)


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


def _check_theme(path: str, matrix: Matrix, theme: Theme, said: ThemeAssessment, route: Route) -> Iterator[Finding]:
    if said.stage not in (NOT_ASSESSED, NOT_APPLICABLE):
        yield from check_stage(path, matrix, said.stage, (*route, "stage"), NOT_ASSESSED, NOT_APPLICABLE)
    if said.target is not None:
        yield from check_stage(path, matrix, said.target.stage, (*route, "target", "stage"))
    for criterion in said.criteria:
        if criterion not in theme.criterion_ids:
            yield _unknown_criterion(path, matrix, theme, criterion, route)


def _check_views(
    path: str, matrix: Matrix, views: Mapping[str, int], privacy: Privacy, of_theme: Route, *, is_counted: bool
) -> Iterator[Finding]:
    """Yield what is wrong with a tally: its stages, or that the file holds what nobody may see."""
    route: Route = (*of_theme, "views")
    faults = [fault for cell in views for fault in _check_cell(path, matrix, cell, (*route, cell))]
    counted = Counter(stage for cell in views for stage in stages_in(cell))
    faults += [
        Finding(rules.DUPLICATE_KEY, path, f"views counts {quoted(stage)} in {times} numbers; write one", route, "key")
        for stage, times in counted.items()
        if times > 1
    ]
    yield from faults
    people = sum(views.values())
    if not people or not is_counted:
        return
    fewest = privacy.fewest_seen
    if people < fewest:
        yield Finding(rules.SMALL_TALLY, path, _few(people, fewest), route, "key")
        return
    if faults:
        return
    shown = shown_tally(views, matrix, privacy)
    if shown != tuple((cell, views.get(cell, 0)) for cell in _cells(views, matrix)):
        yield Finding(rules.UNSEEN_CELL, path, _unseen(shown), route, "key")


def _check_cell(path: str, matrix: Matrix, cell: str, route: Route) -> Iterator[Finding]:
    """Yield that what a number counts is neither a stage nor some that may be counted together."""
    stages = stages_in(cell)
    for stage in stages:
        yield from check_stage(path, matrix, stage, route, point_at_key=True)
    if all(stage in matrix.stage_ids for stage in stages) and not are_neighbours(stages, matrix):
        order = ", ".join(matrix.stage_ids)
        message = f"stages counted together are neighbours in their order, and {quoted(cell)} are not; it is {order}"
        yield Finding(rules.UNKNOWN_STAGE, path, message, route, "key")


def _cells(views: Mapping[str, int], matrix: Matrix) -> Iterator[str]:
    """Yield what a tally counts apart, in the order of the matrix."""
    cell_with = {stage: cell for cell in views for stage in stages_in(cell)}
    yield from dict.fromkeys(cell_with.get(stage, stage) for stage in matrix.stage_ids)


def _few(people: int, fewest: int) -> str:
    counted = "1 person" if people == 1 else f"{people} people"
    few = "five" if fewest == FEWEST else f"{fewest}"
    return (
        f"views counts {counted}, and a tally of fewer than {few} can tell what somebody said;"
        " delete this tally, also from older versions of the file that others can see"
    )


def _unseen(shown: Tally | None) -> str:
    """Return how to write a tally so that the file holds no more than may be seen."""
    if shown is None:
        wanted = "delete this tally"
    else:
        wanted = f"write views: {{{', '.join(f'{cell}: {count}' for cell, count in shown if count)}}}"
    return (
        f"views tells more than the settings under privacy in pbp.yaml let anybody see; {wanted}, and remove what it"
        " says now from older versions of the file that others can see"
    )


def _unknown_criterion(path: str, matrix: Matrix, theme: Theme, criterion: str, route: Route) -> Finding:
    guess = guess_or_list(criterion, theme.criterion_ids, most=30)
    message = f"criterion {quoted(criterion)} is not one of {theme.id} in {matrix.ref}; {guess}"
    return Finding(rules.UNKNOWN_CRITERION, path, message, (*route, "criteria", criterion), "key")
