"""What a branch changes, Place by Place: pbp diff --changed-since."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pbpmaturity.analysis.changes import Change, ChangedAssessment, compared
from pbpmaturity.cli.loading import load
from pbpmaturity.cli.opening import open_root
from pbpmaturity.cli.options import TextFormat
from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.errors import UnusableInput
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.portfolio import FiledAssessment, Portfolio
from pbpmaturity.model.selector import Shelf
from pbpmaturity.report.changes_view import changes_view
from pbpmaturity.report.records import as_json, changes_record
from pbpmaturity.workspace.layout import ASSESSMENTS, FLAT_FOLDERS, SETTINGS
from pbpmaturity.workspace.read import read_file
from pbpmaturity.workspace.revision import Revision, since


def print_changes(name: str, workspace: Path | None, format_: TextFormat) -> None:
    """Print what has changed in a workspace since a revision."""
    root = open_root(workspace)
    revision = since(root, name)
    portfolio = load(root)
    changes = sorted(_changes(portfolio, revision), key=lambda one: (one.place_name, one.place, one.date, one.path))
    files = sorted(path for path in revision.changed if _is_of_workspace(path))
    if format_ == "json":
        emit(as_json(changes_record(name, changes, files, portfolio.settings)))
        return
    view = changes_view(revision.name, changes, files)
    if format_ == "markdown":
        from pbpmaturity.report.documents import render
        from pbpmaturity.workspace.templates import templates_for

        emit(render("changes.md.j2", templates_for(root).texts, changes=view))
    else:
        from pbpmaturity.report.terminal import changes_text

        emit(changes_text(view, width=screen_width(), colour=is_colourful()))


def _changes(portfolio: Portfolio, revision: Revision) -> Iterator[ChangedAssessment]:
    filed = {one.path: one for one in portfolio.assessments}
    broken = {one.path: one for one in portfolio.broken}
    for path in sorted(revision.changed):
        parts = PurePosixPath(path).parts
        if len(parts) != 3 or parts[0] != ASSESSMENTS or not path.endswith(".yaml"):
            continue
        before = _before(portfolio, revision, path)
        if path in filed:
            after = filed[path]
            yield compared(path, before, after, _last(portfolio, after))
        elif path in broken or before is not None or revision.read(path) is not None:
            name = portfolio.settings.place_name(parts[1])
            change: Change = "unusable" if path in broken else "removed"
            yield ChangedAssessment(path, parts[1], name, PurePosixPath(path).stem, change, before)


def _before(portfolio: Portfolio, revision: Revision, path: str) -> FiledAssessment | None:
    """Return an assessment as it was; None if it was not there, or could not be used."""
    data = revision.read(path)
    file = read_file(data, path, Assessment) if data is not None else None
    if file is None or file.value is None or file.value.matrix not in portfolio.matrices:
        return None
    matrix, origin = portfolio.matrices[file.value.matrix], portfolio.matrix_inputs[file.value.matrix]
    name, privacy = portfolio.settings.place_name(file.value.place), portfolio.settings.privacy
    return FiledAssessment(file.value, matrix, name, file.input, origin, privacy)


def _last(portfolio: Portfolio, filed: FiledAssessment) -> FiledAssessment | None:
    """Return the Place's agreed assessment before one; None if there is none, or it cannot be used."""
    shelf = Shelf(portfolio, filed.assessment.place)
    date = shelf.agreed_before(filed.assessment.date.text)
    try:
        return shelf.take(date) if date else None
    except UnusableInput:
        return None


def _is_of_workspace(path: str) -> bool:
    """Say whether a file is one that results rest on, other than an assessment."""
    return path == SETTINGS or path.startswith(tuple(f"{folder}/" for folder in FLAT_FOLDERS))
