"""What a branch changes, Place by Place: pbp diff --changed-since."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pbpmaturity.analysis.changes import Change, ChangedAssessment, Changes, compared
from pbpmaturity.analysis.standing import ChangedPlace, changed_results, restated, standing
from pbpmaturity.cli.as_it_was import AsItWas, as_it_was
from pbpmaturity.cli.changed_files import changed_files, is_of_workspace
from pbpmaturity.cli.loading import load
from pbpmaturity.cli.opening import open_root
from pbpmaturity.cli.options import TextFormat
from pbpmaturity.cli.output import emit, is_colourful, screen_width, tell
from pbpmaturity.errors import UnusableInput
from pbpmaturity.model.portfolio import FiledAssessment, Portfolio
from pbpmaturity.model.selector import Shelf
from pbpmaturity.report.changes_view import changes_view
from pbpmaturity.report.records import as_json
from pbpmaturity.report.records_of_changes import changes_record
from pbpmaturity.workspace.layout import ASSESSMENTS, DELEGATION, SETTINGS
from pbpmaturity.workspace.revision import Revision, since


def print_changes(name: str, workspace: Path | None, format_: TextFormat, day: datetime.date | None) -> None:
    """Print what has changed in a workspace since a revision; with a day, in results of readiness tests too."""
    root = open_root(workspace)
    revision = since(root, name)
    now = load(root)
    files = sorted(path for path in revision.changed if is_of_workspace(path))
    decides_for_all = any(not path.startswith(f"{DELEGATION}/") for path in files)
    then = as_it_was(revision, now.settings, with_all=decides_for_all or day is not None)
    if not then.are_settings_known:
        tell(f"{SETTINGS} could not be used at {revision.name}, so what it said of Places then is not known")
    assessments = tuple(sorted(_assessments(now, then, revision), key=_in_order))
    places = tuple(_places(now, then, day, every=decides_for_all)) if decides_for_all or day else ()
    told = Changes(assessments, places, changed_files(root, files, revision, then, now), day)
    if format_ == "json":
        emit(as_json(changes_record(name, told, now.settings)))
        return
    _print_view(revision.name, told, root, format_)


def _print_view(since: str, told: Changes, root: Path, format_: TextFormat) -> None:
    view = changes_view(since, told)
    if format_ == "markdown":
        from pbpmaturity.report.documents import render
        from pbpmaturity.workspace.templates import templates_for

        text = render("changes.md.j2", templates_for(root).texts, changes=view)
        # Outside the template, so that a workspace's own cannot leave it out.
        emit(f"{text}\n{view.closing}\n" if view.closing else text)
    else:
        from pbpmaturity.report.terminal import changes_text

        emit(changes_text(view, width=screen_width(), colour=is_colourful()))


def _in_order(one: ChangedAssessment) -> tuple[str, ...]:
    return one.place_name, one.place, one.date, one.path


def _assessments(now: Portfolio, then: AsItWas, revision: Revision) -> Iterator[ChangedAssessment]:
    filed = {one.path: one for one in now.assessments}
    broken = {one.path: one for one in now.broken}
    change: Change
    for path in sorted(revision.changed):
        parts = PurePosixPath(path).parts
        if len(parts) != 3 or parts[0] != ASSESSMENTS or not path.endswith(".yaml"):
            continue
        before = then.filed(path)
        if path in filed:
            after = filed[path]
            change = "changed" if path in revision.then else "new"
            yield replace(compared(path, before, after, _last(now, after)), change=change)
        elif path in broken or path in revision.then:
            name = now.settings.place_name(parts[1])
            change = "unusable" if path in broken else "removed"
            yield ChangedAssessment(path, parts[1], name, PurePosixPath(path).stem, change, before)


def _last(portfolio: Portfolio, filed: FiledAssessment) -> FiledAssessment | None:
    """Return the Place's agreed assessment before one; None if there is none, or it cannot be used."""
    shelf = Shelf(portfolio, filed.assessment.place)
    date = shelf.agreed_before(filed.assessment.date.text)
    try:
        return shelf.take(date) if date else None
    except UnusableInput:
        return None


def _places(now: Portfolio, then: AsItWas, day: datetime.date | None, *, every: bool) -> Iterator[ChangedPlace]:
    """Yield each Place before and after, or those of which a readiness test has another result."""
    before = then.portfolio
    for place in _known(before, now):
        results = tuple(changed_results(before, now, place, day)) if day else ()
        if every or results:
            yield ChangedPlace(
                place,
                standing(before, place, are_settings_known=then.are_settings_known),
                standing(now, place),
                tuple(restated(before, now, place)),
                results,
            )


def _known(*portfolios: Portfolio) -> Sequence[str]:
    """Return the Places that any of the workspaces knows, by name."""
    names = {
        place: portfolio.settings.place_name(place)
        for portfolio in portfolios
        for place in (*portfolio.places, *(portfolio.settings.places or {}))
    }
    return sorted(names, key=lambda place: (names[place], place))
