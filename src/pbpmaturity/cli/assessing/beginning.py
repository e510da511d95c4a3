"""From what was typed to the assessment that is to be recorded: one that there is, or a new one."""

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from pbpmaturity.analysis.views import views_of
from pbpmaturity.cli.assessing.before import Quit, agree
from pbpmaturity.cli.assessing.given import Given, with_given, with_last
from pbpmaturity.cli.assessing.reading import NotUnderstood, date_of, one_of, theme_of
from pbpmaturity.cli.assessing.recording import last_before
from pbpmaturity.cli.assessing.whole import METHODS
from pbpmaturity.cli.inspection import inspect_given
from pbpmaturity.cli.loading import load, tell_of_unread
from pbpmaturity.cli.opening import default_matrix, open_root, provenance_after
from pbpmaturity.cli.output import shown_path
from pbpmaturity.diagnostics.suggest import did_you_mean, quoted
from pbpmaturity.diagnostics.text import line_of
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.draft import new_draft, with_said
from pbpmaturity.model.matrix import NOT_ASSESSED, Matrix
from pbpmaturity.model.portfolio import FiledAssessment, Input, Portfolio
from pbpmaturity.model.selector import Shelf, is_path, place_id_fault, split_selector
from pbpmaturity.model.shape import changed
from pbpmaturity.workspace.given import leads_nowhere
from pbpmaturity.workspace.layout import ASSESSMENTS

_OFFER = (
    "Individual views have been gathered. Take the themes first on which people differ most?"
    " (Enter: yes; no takes them in the order of the matrix)"
)


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
    """What is to be recorded, and where.

    `sha256` is that of its file, if it has one already; else `origin` is the file from elsewhere that it begins with,
    if there is one. `is_dated` says whether its date is known, `is_based` whether more is known of it than single
    answers. `existing` is what its file says.
    """

    root: Path
    shelf: Shelf
    matrix: Matrix
    assessment: Assessment
    path: Path
    is_dated: bool
    is_based: bool
    theme: str | None = None
    sha256: str | None = None
    existing: Assessment | None = None
    origin: bytes | None = None

    @property
    def has_answers(self) -> bool:
        """Say whether there are answers that its file does not hold yet."""
        return self.origin is not None or (self.existing is not None and self.existing != self.assessment)

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
    _require_readable_last(begun)
    return _with_options(begun, asked)


def _place(asked: Asked, portfolio: Portfolio) -> tuple[str, str | None]:
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
    question = f"There is no Place {quoted(place)} here yet. {f'Did you mean {quoted(near)}? ' if near else ''}"
    if listed is not None:
        raise UsageError(f"there is no Place {quoted(place)} here{guess}", "a new Place is added to pbp.yaml first")
    if when or asked.is_alone:
        raise UsageError(
            f"there is no Place {quoted(place)} here{guess}", f"for a new Place make its folder: {ASSESSMENTS}/{place}"
        )
    if not agree(f"{question}Begin a new Place called {quoted(place)}? (yes or no)", by_default=False):
        raise Quit
    return place, None


def _existing(shelf: Shelf, when: str | None, asked: Asked) -> FiledAssessment | None:
    """Return the assessment that is to go on or to be changed; None if a new one is to be begun."""
    if when is not None:
        if asked.date is not None:
            raise UsageError("--date is for a new assessment, and PLACE@WHEN names one that is there")
        return shelf.take(shelf.date_of(shelf.understood(when)))
    date, drafts = _date(asked), shelf.drafts()
    if date is not None and shelf.holds(date.text):
        return _of_that_date(shelf, date, asked)
    goes_on = asked.resume or asked.theme
    if goes_on and (not drafts or date is not None):
        raise UsageError(
            f"{shelf.name} has no draft{f' of {date}' if date else ''}",
            f"begin one with: pbp assess {shelf.place}; or name an assessment by its date, as in {shelf.place}@2025",
        )
    if goes_on:
        return shelf.take(drafts[-1])
    if date is not None or asked.from_ or not drafts or asked.is_alone:
        return None
    return _offered(shelf.take(drafts[-1]))


def _offered(draft: FiledAssessment) -> FiledAssessment | None:
    """Return a draft if somebody wants to go on with it."""
    judged = sum(said.stage != NOT_ASSESSED for said in (draft.assessment.themes or {}).values())
    question = (
        f"There is a draft of {draft.assessment.date.shown()} with {judged} of {len(draft.matrix.themes)} themes"
        " judged. Go on with it? (Enter: yes; no begins another)"
    )
    return draft if agree(question, by_default=True) else None


def _of_that_date(shelf: Shelf, date: PartialDate, asked: Asked) -> FiledAssessment:
    """Return the draft of a date that `--date` names; UsageError if it is agreed, or not meant to go on."""
    filed = shelf.take(date.text)
    name = f"{shelf.place}@{date}"
    if filed.assessment.status == "agreed":
        raise UsageError(
            f"the assessment of {date} is agreed already", f"to change it: pbp assess {name} --amend REASON"
        )
    if asked.is_alone and not asked.resume:
        raise UsageError(
            f"there is a draft of {date} already", f"to change it name it: pbp assess {name} --set THEME=STAGE"
        )
    if asked.from_ and not asked.resume:
        question = (
            f"There is a draft of {date.shown()} already. Put the answers of {shown_path(asked.from_)} in its place?"
        )
        if not agree(f"{question} (yes or no)", by_default=False):
            raise Quit
    return filed


def _again(existing: FiledAssessment, root: Path, shelf: Shelf, asked: Asked) -> Begun:
    assessment = existing.assessment
    name = f"{assessment.place}@{assessment.date}"
    _refuse_to_change(existing, name, asked)
    origin = None
    if asked.from_:
        if not asked.resume and asked.amend is None and asked.date is None:
            raise UsageError(f"{name} is there already", "to put other answers in its place, add --resume")
        assessment, origin = _from_file(asked.from_, root, shelf)
        if assessment.date != existing.assessment.date or assessment.matrix != existing.assessment.matrix:
            raise UsageError(f"{shown_path(asked.from_)} is not of {name} and its matrix")
        # Whether it is agreed, by whom, and what was amended since, is what the workspace's own file says.
        own = existing.assessment
        assessment = changed(assessment, status=own.status, agreed=own.agreed, amendments=own.amendments)
        assessment = _with_views_of(own, assessment, existing.matrix)
    return Begun(
        root,
        shelf,
        existing.matrix,
        assessment,
        root / existing.path,
        is_dated=True,
        is_based=True,
        theme=_theme(asked.theme, existing.matrix),
        sha256=existing.input.sha256,
        existing=existing.assessment,
        origin=origin,
    )


def _with_views_of(own: Assessment, other: Assessment, matrix: Matrix) -> Assessment:
    """Return another assessment with the tallies of its own file where it has none: they cannot be counted again."""
    for theme, told in (own.themes or {}).items():
        if told.views and not other.said_of(theme).views:
            other = with_said(other, theme, matrix.theme_ids, views=told.views)
    return other if other.gathered or not own.gathered else changed(other, gathered=own.gathered)


def takes_contested_first(begun: Begun, chosen: bool | None) -> bool:
    """Return whether the themes come first on which people differ most; without an option, ask where that can be."""
    themes = begun.matrix.theme_ids
    is_whole = begun.theme is None and begun.assessment.status == "draft"
    is_to_come = any(begun.assessment.state(theme) == NOT_ASSESSED for theme in themes)
    is_ordered = any(one.agreement is not None for one in views_of(begun.assessment, begun.matrix))
    if chosen is not None or not (is_whole and is_to_come and is_ordered):
        return bool(chosen)
    return agree(_OFFER, by_default=True)


def _refuse_to_change(existing: FiledAssessment, name: str, asked: Asked) -> None:
    """Raise UsageError if an assessment is not one to be changed, or not in this way."""
    assessment = existing.assessment
    if asked.copy_last:
        raise UsageError(f"--copy-last is for an assessment that is begun, and {name} is there already")
    if assessment.stated is not None:
        raise UsageError(f"{name} records what was published, without theme stages, so there is nothing to go through")
    if assessment.status == "agreed" and asked.amend is None:
        raise UsageError(
            f"{name} is agreed, so it is changed only with a reason, which is recorded in it",
            f"as in: pbp assess {name} --theme {existing.matrix.theme_ids[0]} --amend REASON",
        )
    if assessment.status == "draft" and asked.amend is not None:
        raise UsageError(f"{name} is a draft, so it is changed without --amend")


def _anew(root: Path, portfolio: Portfolio, shelf: Shelf, asked: Asked) -> Begun:
    if asked.amend is not None:
        raise UsageError("--amend is for an assessment that is agreed", f"name it, as in {shelf.place}@2025-01-15")
    date, origin = _date(asked), None
    if asked.from_:
        assessment, origin = _from_file(asked.from_, root, shelf)
        assessment = _redated(assessment, date) if date else assessment
        _refuse_what_has_not_come(assessment.date, asked, shown_path(asked.from_))
        if shelf.holds(assessment.date.text):
            raise UsageError(
                f"there is an assessment of {assessment.date} already",
                f"give another with --date; or put these answers in its place: pbp assess {shelf.place}@"
                f"{assessment.date} --resume --from {asked.from_.as_posix()}",
            )
    else:
        today = PartialDate(asked.today.isoformat())
        matrix = default_matrix(portfolio)
        assessment = new_draft(shelf.place, date or today, matrix.ref, provenance_after(shelf))
    return Begun(
        root,
        shelf,
        default_matrix(portfolio, assessment.matrix),
        assessment,
        root / ASSESSMENTS / shelf.place / f"{assessment.date}.yaml",
        is_dated=date is not None or asked.from_ is not None,
        is_based=asked.from_ is not None,
        origin=origin,
    )


def _redated(assessment: Assessment, date: PartialDate) -> Assessment:
    """Return an assessment under another date, at which nobody can have agreed or reviewed it yet."""
    if date == assessment.date:
        return assessment
    return changed(assessment, date=date, status="draft", agreed=None, reviewed=None, amendments=())


def _from_file(path: Path, root: Path, shelf: Shelf) -> tuple[Assessment, bytes]:
    """Return the assessment that a file from anywhere holds, and its bytes; UnusableInput if it holds none."""
    if not path.is_file():
        raise leads_nowhere(path, f"--from {quoted(path.as_posix())} is not a file")
    inspected = inspect_given(root, path)
    if not inspected.is_usable or inspected.value is None:
        lines = tuple(line_of(found) for found in inspected.diagnostics)
        raise UnusableInput(f"{shown_path(path)} cannot be used", lines, "mend it, then run the command again")
    if inspected.value.place != shelf.place:
        raise UsageError(f"{shown_path(path)} is of {inspected.value.place}, not of {shelf.place}")
    if inspected.value.stated is not None:
        raise UsageError(f"{shown_path(path)} holds what was published, without theme stages")
    return inspected.value, path.read_bytes()


def _require_readable_last(begun: Begun) -> None:
    """Refuse to go on as if nothing had been said last time, where that cannot be read."""
    date = begun.shelf.agreed_before(begun.assessment.date.text)
    if date is not None:
        begun.shelf.take(date)


def _with_options(begun: Begun, asked: Asked) -> Begun:
    assessment = begun.assessment
    if asked.method is not None:
        methods = {method: method.replace("-", " ") for method in METHODS}
        try:
            assessment = changed(assessment, method=one_of(asked.method, methods, is_numbered=False))
        except NotUnderstood as error:
            raise UsageError(f"--method: {error}") from None
    if asked.copy_last:
        assessment = with_last(assessment, last_before(begun.shelf, begun.filed), begun.matrix)
    assessment = with_given(assessment, asked.given, begun.matrix, begun.theme)
    return replace(begun, assessment=assessment, is_based=begun.is_based or asked.copy_last)


def _date(asked: Asked) -> PartialDate | None:
    if asked.date is None:
        return None
    try:
        date = date_of(asked.date)
    except NotUnderstood as error:
        raise UsageError(f"--date: {error}") from None
    _refuse_what_has_not_come(date, asked, "--date")
    return date


def _refuse_what_has_not_come(date: PartialDate, asked: Asked, where: str) -> None:
    if date.text > asked.today.isoformat():
        raise UsageError(f"{where}: {date} has not come yet")


def _theme(name: str | None, matrix: Matrix) -> str | None:
    try:
        return theme_of(name, matrix) if name is not None else None
    except NotUnderstood as error:
        raise UsageError(f"--theme: {error}") from None
