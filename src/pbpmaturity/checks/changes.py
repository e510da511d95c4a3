"""What has changed: a stage since the last assessment, and an agreed file since an earlier version of itself."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pbpmaturity.checks.judgement import is_complete
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.shape import said


def check_changes(
    assessments: Mapping[str, Assessment], matrices: Mapping[str, Matrix], broken: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """Yield, for the agreed assessments of one Place by path, changes of stage that nothing explains.

    `broken` are the dates of files that cannot be used; over one of them nothing is compared.
    """
    in_order = sorted(
        (item for item in assessments.items() if item[1].status == "agreed" and item[1].matrix in matrices),
        key=lambda item: item[1].date,
    )
    for (_, before), (path, after) in pairwise(in_order):
        then, now = matrices[before.matrix], matrices[after.matrix]
        if any(before.date.text < date < after.date.text for date in broken):
            continue
        if is_complete(after) and then.id == now.id and then.stage_ids == now.stage_ids:
            yield from _check_change(path, before, after, now)


def check_amended(path: str, before: Assessment, after: Assessment, revision: str) -> Iterator[Finding]:
    """Yield that an assessment that was agreed says something else now, and that no new amendment tells why."""
    if before.status != "agreed" or said(before) == said(after):
        return
    kept = list(before.amendments)
    if list(after.amendments[: len(kept)]) == kept and len(after.amendments) > len(kept):
        return
    message = (
        f"the assessment was agreed at {revision} and says something else now, without a new amendment;"
        " add one under amendments with its date and reason, or undo the change"
    )
    yield Finding(rules.AGREED_CHANGED, path, message, ("status",))


def agreed_deleted(path: str, revision: str) -> Finding:
    """Return that a file with an agreed assessment is gone."""
    message = (
        f"the assessment was agreed at {revision}, and its file is gone; put it back,"
        " or say elsewhere why the record was withdrawn"
    )
    return Finding(rules.AGREED_CHANGED, path, message)


def matrix_changed(path: str, ref: str, differing: Sequence[str], resting: Sequence[str], revision: str) -> Finding:
    """Return that a matrix on which agreed assessments rest has other text than it had at a revision."""
    message = (
        f"{ref} has other text than at {revision} ({_some(differing)}), and {_resting(resting)};"
        " undo the change, or put the new text into a file of its own under a new version"
    )
    return Finding(rules.AGREED_MATRIX_CHANGED, path, message, ("version",))


def matrix_gone(path: str, ref: str, resting: Sequence[str], revision: str) -> Finding:
    """Return that a matrix on which agreed assessments rest is no longer there."""
    message = f"{ref} was here at {revision} and is gone, and {_resting(resting)}; put it back under its id and version"
    return Finding(rules.AGREED_MATRIX_CHANGED, path, message, ("version",))


def _resting(paths: Sequence[str]) -> str:
    first, *others = sorted(paths)
    return f"{len(paths)} agreed assessments rest on it, such as {first}" if others else f"{first} rests on it"


def _some(words: Sequence[str]) -> str:
    return ", ".join([*words[:3], *([f"{len(words) - 3} more"] if len(words) > 3 else [])])


def _check_change(path: str, before: Assessment, after: Assessment, matrix: Matrix) -> Iterator[Finding]:
    for theme in matrix.theme_ids:
        told = after.said_of(theme)
        then, now = before.state(theme), told.stage
        if then != now and then in matrix.stage_ids and now in matrix.stage_ids and not told.rationale:
            message = (
                f"{theme} was {matrix.name_of(then)} in {before.date} and is {matrix.name_of(now)} now, and nothing"
                " says why; give the reason under rationale"
            )
            yield Finding(rules.UNEXPLAINED_CHANGE, path, message, ("themes", theme, "stage"))
