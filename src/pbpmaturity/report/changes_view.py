"""What a change to the files does, as plain values for templates and terminals."""

from collections.abc import Sequence
from dataclasses import dataclass

from pbpmaturity.analysis.changes import ChangedAssessment, Changes
from pbpmaturity.analysis.headline import headline, headline_of_movement
from pbpmaturity.analysis.movement import ThemeMovement
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report import words
from pbpmaturity.report.change_words import UNUSABLE, file_line, place_lines, same_headlines
from pbpmaturity.report.readiness_words import CLOSING
from pbpmaturity.report.view import coverage_notes


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One assessment: what became of it, banners, a headline, and lines on what moved and what else differs.

    `notes` belong beside the headline: what makes it less than fully comparable, and how the overall stage came about.
    """

    became: str
    banners: tuple[str, ...]
    headline: str
    notes: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceChanges:
    """A Place's changed assessments by date, and sentences on what else is said of it otherwise now."""

    name: str
    assessments: tuple[ChangeView, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Each Place of which something is said otherwise, and the other files of the workspace that changed.

    `same` says of which Places the headline is the same before and after. `closing` stands last where results of
    readiness tests are told; the command prints it itself.
    """

    since: str
    places: tuple[PlaceChanges, ...]
    same: str
    files: tuple[str, ...]
    nothing: str
    closing: str


def changes_view(since: str, changes: Changes) -> ChangesView:
    """Return the changes since a revision by Place, in the order of their names, each Place's by date."""
    lines = {one.place: tuple(place_lines(one)) for one in changes.places}
    names = {one.place: (one.after or one.before) for one in changes.places}
    shown = {(standing.name, place) for place, standing in names.items() if standing and lines[place]}
    shown |= {(one.place_name, one.place) for one in changes.assessments}
    is_nothing = not (changes.assessments or changes.files or shown)
    return ChangesView(
        since=visible(since),
        places=tuple(_place(name, place, changes, lines.get(place, ())) for name, place in sorted(shown)),
        same=visible(same_headlines(changes.places)),
        files=tuple(visible(file_line(one)) for one in changes.files),
        nothing="No assessment, matrix or setting has changed." if is_nothing else "",
        closing=CLOSING if any(one.results for one in changes.places) else "",
    )


def _place(name: str, place: str, changes: Changes, lines: Sequence[str]) -> PlaceChanges:
    assessments = tuple(_view(one) for one in changes.assessments if one.place == place)
    return PlaceChanges(visible(name), assessments, tuple(visible(line) for line in lines))


def _view(one: ChangedAssessment) -> ChangeView:
    shown = _shown(one)
    return ChangeView(
        became=visible(f"{_date(one.date)}: {_became(one)}"),
        banners=words.banners(*(filed.assessment for filed in shown)) if shown else (),
        headline=visible(_headline(one)),
        notes=tuple(visible(note) for note in (*_notes(one), *words.overall_rules(shown))),
        lines=tuple(visible(line) for line in _lines(one)),
    )


def _shown(one: ChangedAssessment) -> tuple[FiledAssessment, ...]:
    """Return the assessments that the headline is about: none where the change leaves nothing to use."""
    if one.since_last:
        return one.since_last.before, one.since_last.after
    return (one.after,) if one.after else ()


def _notes(one: ChangedAssessment) -> tuple[str, ...]:
    return (*coverage_notes(one.since_last), *one.since_last.notes) if one.since_last else ()


def _became(one: ChangedAssessment) -> str:
    if one.change == "removed":
        was = one.before.assessment.status if one.before else "unknown"
        return {"agreed": "removed; it was agreed", "draft": "removed; it was a draft"}.get(was, "removed")
    if one.change == "unusable" or one.after is None:
        return UNUSABLE
    if one.change == "new":
        return "new, agreed" if one.after.assessment.status == "agreed" else "new, a draft"
    if one.before is None:
        status = {"agreed": "is agreed", "draft": "is a draft"}[one.after.assessment.status]
        return f"could not be used before, and {status} now"
    if one.is_newly_agreed:
        return "was a draft, and is agreed now"
    if one.before and one.before.assessment.status == "agreed" and one.after.assessment.status == "draft":
        return "was agreed, and is a draft now"
    return f"changed ({one.after.assessment.status})"


def _headline(one: ChangedAssessment) -> str:
    if one.since_last:
        return headline_of_movement(one.since_last)
    return headline(one.after) if one.after else ""


def _lines(one: ChangedAssessment) -> list[str]:
    lines: list[str] = []
    if one.since_last and one.after:
        last = one.since_last.before.assessment.date.month_shown()
        moved = [theme for theme in one.since_last.themes if theme.from_state != theme.to_state]
        lines += [f"{_moved(theme, one.after.matrix)} since {last}" for theme in moved]
    if one.restated and one.after and not one.since_last:
        lines += [_restated(theme, one.after.matrix) for theme in one.restated]
    if one.other:
        lines.append(f"Changed in the file: {', '.join(one.other)}")
    if one.other_by_theme and one.after:
        names = {theme.id: theme.name for theme in one.after.matrix.themes}
        lines += [f"{names.get(theme, theme)}: changed {', '.join(keys)}" for theme, keys in one.other_by_theme]
    lines += [f"Amended {amendment.date.shown()}: {amendment.reason}" for amendment in one.amendments]
    if one.change == "changed" and one.before and not lines:
        lines.append("It says the same; only its layout or its comments differ.")
    return lines


def _moved(theme: ThemeMovement, matrix: Matrix) -> str:
    then, now = matrix.name_of(theme.from_state), matrix.name_of(theme.to_state)
    if theme.direction == "not-assessed":
        return f"{theme.name}: {then} to {now}"
    return f"{theme.name}: {then} to {now} ({words.change(theme).lower()})"


def _restated(theme: ThemeMovement, matrix: Matrix) -> str:
    then, now = matrix.name_of(theme.from_state), matrix.name_of(theme.to_state)
    return f"{theme.name}: the file said {then}, and says {now} now"


def _date(text: str) -> str:
    try:
        return PartialDate.parse(text).shown()
    except ValueError:
        return text
