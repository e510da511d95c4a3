"""Matrices whose text has changed since a revision, though agreed assessments rest on them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pbpmaturity.analysis.wording import differences
from pbpmaturity.checks.changes import matrix_changed, matrix_gone
from pbpmaturity.checks.matrix import check_matrix
from pbpmaturity.cli.inspection import Inspection
from pbpmaturity.diagnostics.finding import Diagnostic, Finding
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.workspace.layout import MATRICES
from pbpmaturity.workspace.read import read_file, read_path
from pbpmaturity.workspace.revision import Revision
from pbpmaturity.workspace.shipped import shipped_matrices


def found_in_changed_matrices(
    root: Path, inspection: Inspection, revision: Revision, resting: Mapping[str, Sequence[str]]
) -> Iterator[Diagnostic]:
    """Yield the matrices with other text than at a revision; `resting` are the agreed assessments on each by path."""
    for path, before in _matrices_before(revision):
        finding = _found(path, before, inspection, revision, resting.get(before.ref, ()))
        if finding:
            yield from read_path(root, finding.path, Matrix).locate([finding])


def _found(
    path: str, before: Matrix, inspection: Inspection, revision: Revision, on_it: Sequence[str]
) -> Finding | None:
    if not on_it:
        return None
    after = inspection.matrices.get(before.ref)
    if after is None:
        # Of a file that cannot be used nobody knows what it is meant to say.
        is_gone = path not in inspection.unreadable_matrices
        return matrix_gone(path, before.ref, on_it, revision.name) if is_gone else None
    differing = differences(before, after)
    now = inspection.matrix_inputs[before.ref].path
    return matrix_changed(now, before.ref, differing, on_it, revision.name) if differing else None


def _matrices_before(revision: Revision) -> Iterator[tuple[str, Matrix]]:
    """Yield the workspace's own matrices that could be used at a revision and whose files differ since."""
    shipped = {ref: matrix for ref, (matrix, _) in shipped_matrices().items()}
    paths = sorted(path for path in revision.changed if path.endswith(".yaml") and path.startswith(f"{MATRICES}/"))
    for path, data in revision.read_all(paths):
        before = read_file(data, path, Matrix).value
        if before is None or before.ref in shipped:
            continue
        if not any(one.rule.unusable for one in check_matrix(path, before, shipped)):
            yield path, before
