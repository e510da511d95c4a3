"""What the command was asked to do, as it was typed, and which assessment it means if that is there."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pbpmaturity.cli.advice import command
from pbpmaturity.cli.assessing.before import Quit, agree
from pbpmaturity.cli.assessing.given import Given
from pbpmaturity.cli.assessing.reading import past_date
from pbpmaturity.cli.output import shown_path
from pbpmaturity.diagnostics.suggest import did_you_mean, quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.matrix import NOT_ASSESSED
from pbpmaturity.model.portfolio import FiledAssessment, Portfolio
from pbpmaturity.model.selector import Shelf, is_path, place_id_fault, split_selector
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
    take: Sequence[str] = ()

    @property
    def date_given(self) -> PartialDate | None:
        """The date of `--date`; UsageError if it is none, or has not come yet."""
        return past_date("--date", self.date, self.today) if self.date is not None else None

    def again(self, name: str, *more: str) -> str:
        """Return the command for an assessment with all that was typed, and what else it takes."""
        given = {"--method": self.method, "--theme": self.theme, "--from": self.from_ and self.from_.as_posix()}
        words = [word for option, value in given.items() if value for word in (option, value)]
        several = {"--set": self.given.stages, "--rationale": self.given.rationales, "--take": self.take}
        words += [word for option, values in several.items() for value in values for word in (option, value)]
        return command("assess", name, *(["--no-input"] if self.is_alone else []), *more, *words)


def place_asked(asked: Asked, portfolio: Portfolio) -> tuple[str, str | None]:
    """Return the Place that is asked for, and its WHEN as it was written; UsageError if it is none that can be."""
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


def existing_asked(shelf: Shelf, when: str | None, asked: Asked) -> FiledAssessment | None:
    """Return the assessment that is to go on or to be changed; None if a new one is to be begun."""
    if when is not None:
        if asked.date is not None:
            raise UsageError("--date is for a new assessment, and PLACE@WHEN names one that is there")
        understood = shelf.understood(when)
        is_gone = asked.from_ is not None and not understood.is_relative and not shelf.candidates(understood)
        return None if is_gone else shelf.take(shelf.date_of(understood))
    date, drafts = asked.date_given, shelf.drafts()
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
