"""From what was typed to the assessment that is to be recorded: one that there is, or a new one."""

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from pbpmaturity.cli.assessing.conversation import Quit, agree
from pbpmaturity.cli.assessing.given import Given, with_given, with_last
from pbpmaturity.cli.assessing.reading import NotUnderstood, date_of, one_of, theme_of
from pbpmaturity.cli.assessing.recording import last_before
from pbpmaturity.cli.assessing.whole import METHODS
from pbpmaturity.cli.inspection import inspect_given
from pbpmaturity.cli.opening import default_matrix, load, open_root, tell_of_unread
from pbpmaturity.cli.output import shown_path
from pbpmaturity.diagnostics.suggest import did_you_mean, quoted
from pbpmaturity.diagnostics.text import line_of
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.draft import Position, new_draft
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment, Input, Portfolio
from pbpmaturity.model.selector import Shelf, When, is_path, place_id_fault, split_selector
from pbpmaturity.model.shape import changed
from pbpmaturity.workspace.drafting import position_in
from pbpmaturity.workspace.layout import ASSESSMENTS


@dataclass(frozen=True)
class Asked:
    """What the command was asked to do, as it was typed; `is_alone` if there is nobody to ask more."""

    place: str
    date: str | None
    method: str | None
    theme: str | None
    resume: bool
    given: Given
    from_: Path | None
    copy_last: bool
    amend: str | None
    is_alone: bool
    today: datetime.date


@dataclass(frozen=True)
class Begun:
    """What is to be recorded, the SHA-256 of its file if it has one already, and else at which question it begins.

    `is_dated` says whether its date is known; `is_based` whether more is known of it than single answers.
    """

    root: Path
    shelf: Shelf
    matrix: Matrix
    assessment: Assessment
    path: Path
    sha256: str | None
    is_dated: bool
    is_based: bool
    theme: str | None
    position: Position | None = None

    @property
    def filed(self) -> FiledAssessment:
        return FiledAssessment(self.assessment, self.matrix, self.shelf.name, Input("", ""), Input("", ""))


def begin(asked: Asked, workspace: Path | None) -> Begun:
    """Return what is to be recorded, with the answers that options gave; UsageError if it cannot be."""
    root = open_root(workspace)
    portfolio = load(root)
    tell_of_unread(portfolio)
    place, when = _place(asked, portfolio)
    shelf = Shelf(portfolio, place)
    existing = _existing(shelf, when, asked)
    begun = _again(existing, root, shelf, asked) if existing else _anew(root, portfolio, shelf, asked)
    return _with_options(begun, asked)


def _place(asked: Asked, portfolio: Portfolio) -> tuple[str, When | None]:
    if is_path(asked.place):
        raise UsageError(
            f"{quoted(asked.place)} is a path", "name a Place, as in northam, or one of its assessments, northam@2025"
        )
    place, when = split_selector(asked.place)
    if fault := place_id_fault(place):
        raise UsageError(f"{quoted(place)} cannot be a Place: {fault}")
    listed = portfolio.settings.places
    known = [*portfolio.places, *(listed or {})]
    if place in known:
        return place, when
    near = did_you_mean(place, known)
    guess = f'; did you mean "{near}"?' if near else ""
    if listed is not None:
        raise UsageError(f"there is no Place {quoted(place)} here{guess}", "a new Place is added to pbp.yaml first")
    if when or asked.is_alone:
        raise UsageError(
            f"there is no Place {quoted(place)} here{guess}", f"for a new Place make its folder: {ASSESSMENTS}/{place}"
        )
    if not agree(f"There is no Place {quoted(place)} here yet{guess or '.'} Begin it? (yes or no)", by_default=False):
        raise Quit
    return place, None


def _existing(shelf: Shelf, when: When | None, asked: Asked) -> FiledAssessment | None:
    """Return the assessment that is to go on or to be changed; None if a new one is to be begun."""
    if when is not None:
        return shelf.take(shelf.date_of(when))
    date, drafts = _date(asked), shelf.drafts()
    if date is not None and shelf.holds(date.text):
        return _of_that_date(shelf, date, asked)
    if date is not None or asked.from_:
        return None
    if (asked.resume or asked.theme) and not drafts:
        raise UsageError(
            f"{shelf.name} has no draft", f"begin one with: pbp assess {shelf.place}; or name an assessment by its date"
        )
    if asked.resume or asked.theme:
        return shelf.take(drafts[-1])
    return _offered(shelf, drafts, asked)


def _offered(shelf: Shelf, drafts: list[str], asked: Asked) -> FiledAssessment | None:
    """Return the latest draft if somebody wants to go on with it."""
    if not drafts or asked.is_alone:
        return None
    draft = shelf.take(drafts[-1])
    recorded = len(draft.assessment.themes or {})
    question = (
        f"There is a draft of {draft.assessment.date.shown()} with {recorded} of {len(draft.matrix.themes)} themes"
        " recorded. Go on with it? (Enter: yes; no begins another)"
    )
    return draft if agree(question, by_default=True) else None


def _of_that_date(shelf: Shelf, date: PartialDate, asked: Asked) -> FiledAssessment:
    filed = shelf.take(date.text)
    name = f"{shelf.place}@{date}"
    if filed.assessment.status == "agreed":
        raise UsageError(
            f"the assessment of {date} is agreed already", f"to change it: pbp assess {name} --amend REASON"
        )
    if asked.from_ or not (asked.resume or not asked.is_alone):
        raise UsageError(f"there is a draft of {date} already", f"to go on with it: pbp assess {name} --resume")
    return filed


def _again(existing: FiledAssessment, root: Path, shelf: Shelf, asked: Asked) -> Begun:
    assessment = existing.assessment
    name = f"{assessment.place}@{assessment.date}"
    if asked.from_ or asked.copy_last:
        option = "--from" if asked.from_ else "--copy-last"
        raise UsageError(f"{option} is for an assessment that is begun, and {name} is there already")
    if assessment.stated is not None:
        raise UsageError(f"{name} records what was published, without theme stages, so there is nothing to go through")
    path = root / existing.path
    if assessment.status == "agreed" and asked.amend is None:
        raise UsageError(
            f"{name} is agreed, so it is changed only with a reason, which is recorded in it",
            f"as in: pbp assess {name} --theme {existing.matrix.theme_ids[0]} --amend REASON",
        )
    if assessment.status == "draft" and asked.amend is not None:
        raise UsageError(f"{name} is a draft, so it is changed without --amend")
    theme = _theme(asked.theme, existing.matrix)
    sha256 = existing.input.sha256
    return Begun(root, shelf, existing.matrix, assessment, path, sha256, is_dated=True, is_based=True, theme=theme)


def _anew(root: Path, portfolio: Portfolio, shelf: Shelf, asked: Asked) -> Begun:
    if asked.amend is not None:
        raise UsageError(
            "--amend is for an assessment that is agreed", f"name it by its date, as in {shelf.place}@2025"
        )
    date = _date(asked)
    if asked.from_:
        assessment = _from_file(asked.from_, root, shelf)
        assessment = changed(assessment, date=date) if date else assessment
        if shelf.holds(assessment.date.text):
            raise UsageError(f"there is an assessment of {assessment.date} already", "give another with --date")
    else:
        today = PartialDate(asked.today.isoformat())
        matrix = default_matrix(portfolio)
        assessment = new_draft(shelf.place, date or today, matrix.ref, _provenance(shelf))
    matrix = default_matrix(portfolio, assessment.matrix)
    path = root / ASSESSMENTS / shelf.place / f"{assessment.date}.yaml"
    return Begun(
        root,
        shelf,
        matrix,
        assessment,
        path,
        None,
        is_dated=date is not None or asked.from_ is not None,
        is_based=asked.from_ is not None,
        theme=None,
        position=position_in(asked.from_.read_bytes()) if asked.from_ else None,
    )


def _from_file(path: Path, root: Path, shelf: Shelf) -> Assessment:
    """Return the assessment that a file from anywhere holds; UnusableInput with what is wrong with it."""
    if not path.is_file():
        raise UsageError(f"--from {quoted(path.as_posix())} is not a file")
    inspected = inspect_given(root, path)
    if not inspected.is_usable or inspected.value is None:
        lines = tuple(line_of(found) for found in inspected.diagnostics)
        raise UnusableInput(f"{shown_path(path)} cannot be used", lines, "mend it, then run the command again")
    if inspected.value.place != shelf.place:
        raise UsageError(f"{shown_path(path)} is of {inspected.value.place}, not of {shelf.place}")
    return inspected.value


def _provenance(shelf: Shelf) -> str:
    """Return what a new assessment is: made up if the ones before it are, so that an example stays one."""
    dates = shelf.agreed_dates()
    try:
        last = shelf.take(dates[-1]) if dates else None
    except UnusableInput:
        return "self-assessment"
    is_example = last is not None and last.assessment.provenance == "illustrative"
    return "illustrative" if is_example else "self-assessment"


def _with_options(begun: Begun, asked: Asked) -> Begun:
    assessment = begun.assessment
    if asked.method is not None:
        methods = {method: method.replace("-", " ") for method in METHODS}
        try:
            assessment = changed(assessment, method=one_of(asked.method, methods, is_numbered=False))
        except NotUnderstood as error:
            raise UsageError(f"--method: {error}") from None
    is_based = begun.is_based or asked.copy_last
    if asked.copy_last:
        assessment = with_last(assessment, last_before(begun.shelf, begun.filed), begun.matrix)
    assessment = with_given(assessment, asked.given, begun.matrix, begun.theme)
    return replace(begun, assessment=assessment, is_based=is_based)


def _date(asked: Asked) -> PartialDate | None:
    if asked.date is None:
        return None
    try:
        date = date_of(asked.date)
    except NotUnderstood as error:
        raise UsageError(f"--date: {error}") from None
    if date.text > asked.today.isoformat():
        raise UsageError(f"--date {date} has not come yet")
    return date


def _theme(name: str | None, matrix: Matrix) -> str | None:
    try:
        return theme_of(name, matrix) if name is not None else None
    except NotUnderstood as error:
        raise UsageError(f"--theme: {error}") from None
