"""From what was typed to the assessment that is to be recorded: one that there is, or a new one."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pbpmaturity.analysis.views import views_of
from pbpmaturity.cli.advice import command
from pbpmaturity.cli.assessing.before import Quit, agree
from pbpmaturity.cli.assessing.given import Given, with_given, with_last
from pbpmaturity.cli.assessing.joining import Together, from_file, put_together
from pbpmaturity.cli.assessing.reading import NotUnderstood, date_of, one_of, theme_of
from pbpmaturity.cli.assessing.recording import last_before
from pbpmaturity.cli.assessing.whole import METHODS
from pbpmaturity.cli.loading import load, tell_of_unread
from pbpmaturity.cli.opening import default_matrix, open_root, provenance_after
from pbpmaturity.cli.output import shown_path
from pbpmaturity.diagnostics.suggest import did_you_mean, quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.draft import new_draft
from pbpmaturity.model.matrix import NOT_ASSESSED, Matrix
from pbpmaturity.model.portfolio import FiledAssessment, Input, Portfolio
from pbpmaturity.model.selector import Shelf, is_path, place_id_fault, split_selector
from pbpmaturity.model.shape import changed
from pbpmaturity.workspace.joining import begun_from
from pbpmaturity.workspace.layout import ASSESSMENTS
from pbpmaturity.workspace.save import changed_meanwhile

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
    take: Sequence[str] = ()

    def again(self, name: str, *more: str) -> str:
        """Return the command for an assessment with all that was typed, and what else it takes."""
        given = {"--method": self.method, "--theme": self.theme, "--from": self.from_ and self.from_.as_posix()}
        words = [word for option, value in given.items() if value for word in (option, value)]
        several = {"--set": self.given.stages, "--rationale": self.given.rationales, "--take": self.take}
        words += [word for option, values in several.items() for value in values for word in (option, value)]
        return command("assess", name, *(["--no-input"] if self.is_alone else []), *more, *words)


@dataclass(frozen=True)
class Begun:
    """What is to be recorded, and where.

    `sha256` is that of its file, if it has one already; else `origin` is the file from elsewhere that it begins with,
    if there is one. `is_dated` says whether its date is known, `is_based` whether more is known of it than single
    answers. `existing` is what its file says, and `replaced` the file itself if some of its words are given up.
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
    replaced: bytes | None = None

    @property
    def has_answers(self) -> bool:
        """Say whether there are answers that its file does not hold yet."""
        return self.origin is not None or (self.existing is not None and self.existing != self.assessment)

    @property
    def filed(self) -> FiledAssessment:
        no_file, privacy = Input("", ""), self.shelf.portfolio.settings.privacy
        return FiledAssessment(self.assessment, self.matrix, self.shelf.name, no_file, no_file, privacy)


def begin(asked: Asked, workspace: Path | None) -> Begun:
    """Return what is to be recorded, with the answers that options gave; UsageError if it cannot be."""
    root = open_root(workspace)
    portfolio = load(root)
    tell_of_unread(portfolio)
    place, when = _place(asked, portfolio)
    shelf = Shelf(portfolio, place)
    if asked.take and not asked.from_:
        raise UsageError("--take is for --from FILE: it says which of two files is right")
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
    if when and asked.from_:
        return place, when  # its folder may have gone: whether FILE is of this Place is seen when it is read
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
        understood = shelf.understood(when)
        is_gone = asked.from_ is not None and not understood.is_relative and not shelf.candidates(understood)
        return None if is_gone else shelf.take(shelf.date_of(understood))
    date, drafts = _date(asked), shelf.drafts()
    if date is not None and shelf.holds(date.text):
        return _of_that_date(shelf, date, asked)
    goes_on = asked.resume or asked.theme
    if goes_on and (not drafts or date is not None):
        raise UsageError(
            f"{shelf.name} has no draft{f' of {date}' if date else ''}",
            f"name an assessment by its date, as in {shelf.place}@{shelf.dates()[-1]}; or begin one with:"
            f" {asked.again(shelf.place, *(('--date', date.text) if date else ()))}"
            if shelf.dates()
            else f"begin one with: {asked.again(shelf.place)}",
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
            f"the assessment of {date} is agreed already", f"to change it: {asked.again(name, '--amend', 'REASON')}"
        )
    if asked.is_alone and not asked.resume:
        raise UsageError(f"there is a draft of {date} already", f"to change it: {asked.again(name, '--resume')}")
    if asked.from_ and not asked.resume:
        question = f"There is a draft of {date.shown()} already. Put the answers of {shown_path(asked.from_)} into it?"
        if not agree(f"{question} (yes or no)", by_default=False):
            raise Quit
    return filed


def _again(existing: FiledAssessment, root: Path, shelf: Shelf, asked: Asked) -> Begun:
    assessment = existing.assessment
    name = f"{assessment.place}@{assessment.date}"
    _refuse_to_change(existing, name, asked)
    if asked.from_ and not asked.resume and asked.amend is None and asked.date is None:
        raise UsageError(
            f"{name} is there already", f"to put other answers into it, add --resume: {asked.again(name, '--resume')}"
        )
    together = _with_those_of(asked.from_, existing, root, shelf, asked) if asked.from_ else None
    return Begun(
        root,
        shelf,
        existing.matrix,
        together.assessment if together else assessment,
        root / existing.path,
        is_dated=True,
        is_based=True,
        theme=_theme(asked.theme, existing.matrix),
        sha256=existing.input.sha256,
        existing=existing.assessment,
        origin=together.text if together else None,
        replaced=together.replaced if together else None,
    )


def _with_those_of(from_: Path, existing: FiledAssessment, root: Path, shelf: Shelf, asked: Asked) -> Together:
    """Return an assessment that is there together with the answers of a file from elsewhere."""
    mine, whole = from_file(from_, root, shelf)
    own = existing.assessment
    if mine.date != own.date or mine.matrix != own.matrix:
        raise UsageError(f"{shown_path(from_)} is not of {own.place}@{own.date} and its matrix")
    path = root / existing.path
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != existing.input.sha256:
        raise changed_meanwhile(path)
    return put_together(existing, data, (from_, mine, whole), asked.take, is_alone=asked.is_alone)


def takes_contested_first(begun: Begun, chosen: bool | None) -> bool:
    """Return whether the themes come first on which people differ most; without an option, ask where that can be."""
    themes = begun.matrix.theme_ids
    is_whole = begun.theme is None and begun.assessment.status == "draft"
    is_to_come = any(begun.assessment.state(theme) == NOT_ASSESSED for theme in themes)
    is_ordered = any(one.agreement is not None for one in views_of(begun.filed))
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
        by_now = " by now" if asked.from_ else ""
        only = (
            () if asked.theme or asked.from_ or not asked.given.is_empty else ("--theme", existing.matrix.theme_ids[0])
        )
        raise UsageError(
            f"{name} is agreed{by_now}, so it is changed only with a reason, which is recorded in it",
            f"as in: {asked.again(name, '--amend', 'REASON', *only)}",
        )
    if assessment.status == "draft" and asked.amend is not None:
        raise UsageError(f"{name} is a draft, so it is changed without --amend")


def _anew(root: Path, portfolio: Portfolio, shelf: Shelf, asked: Asked) -> Begun:
    agreed = shelf.agreed_dates()
    if asked.amend is not None and not asked.from_:
        known = f"name it, as in {shelf.place}@{agreed[-1]}" if agreed else "there is none yet"
        raise UsageError("--amend is for an assessment that is agreed", known)
    date, origin = _date(asked), None
    if asked.from_:
        assessment, whole = from_file(asked.from_, root, shelf)
        origin = begun_from(whole)[0]
        _require_named(assessment, asked, shelf)
        assessment = _redated(assessment, date) if date else assessment
        _refuse_what_has_not_come(assessment.date, asked, shown_path(asked.from_))
        if shelf.holds(assessment.date.text):
            raise UsageError(
                f"there is an assessment of {assessment.date} already",
                "give another with --date; or put these answers into it:"
                f" {asked.again(f'{shelf.place}@{assessment.date}', '--resume')}",
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


def _require_named(assessment: Assessment, asked: Asked, shelf: Shelf) -> None:
    """Refuse to write a file anew that is not the one which was named."""
    written = split_selector(asked.place)[1]
    when = shelf.understood(written) if written is not None else None
    if when is not None and not when.fits(assessment.date.text):
        raise UsageError(
            f"there is no assessment {when.shown()}, and {shown_path(asked.from_ or Path())} is of {assessment.date}"
        )


def _redated(assessment: Assessment, date: PartialDate) -> Assessment:
    """Return an assessment under another date, at which nobody can have agreed or reviewed it yet."""
    if date == assessment.date:
        return assessment
    return changed(assessment, date=date, status="draft", agreed=None, reviewed=None, amendments=())


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
