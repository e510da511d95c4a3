"""The questions about an assessment as a whole: what each takes, and what is recorded of it."""

from collections.abc import Callable
from typing import Any

from pbpmaturity.cli.advice import command
from pbpmaturity.cli.assessing.question import Taken
from pbpmaturity.cli.assessing.reading import NotUnderstood, date_of, one_of, yes_or_no
from pbpmaturity.cli.assessing.recording import Recording
from pbpmaturity.model.assessment import Agreed, Assessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.draft import Position
from pbpmaturity.model.shape import changed

METHODS = ("workshop", "interviews", "survey", "desk-review")


def take_date(recording: Recording, position: Position, text: str) -> Taken:
    date = date_of(text)
    if date.text > recording.today.isoformat():
        raise NotUnderstood(f"{date.shown()} has not come yet; write the day, or the month, of the workshop.")
    path = recording.file.path.with_name(f"{date}.yaml")
    is_own = date == recording.assessment.date and recording.file.is_saved
    if path.exists() and not is_own:
        raise NotUnderstood(
            f"There is an assessment of {date.shown()} already. Write another date; or quit, and go on with that one:"
            f" {command('assess', f'{recording.assessment.place}@{date}')}"
        )
    return Taken(changed(recording.assessment, date=date), f"Of {date.shown()}.")


def date_offered(recording: Recording, position: Position) -> str | None:
    """Return the date that Enter stands for; None if there is an assessment of it already."""
    date = recording.assessment.date
    is_free = recording.file.is_saved or not recording.file.path.with_name(f"{date}.yaml").exists()
    return date.shown() if is_free else None


def take_method(recording: Recording, position: Position, text: str) -> Taken:
    method = one_of(text, {method: method.replace("-", " ") for method in METHODS})
    return Taken(changed(recording.assessment, method=method))


def method_now(recording: Recording, position: Position) -> str | None:
    method = recording.assessment.method
    return method.replace("-", " ") if method else None


def take_summary(recording: Recording, position: Position, text: str) -> Taken:
    return Taken(changed(recording.assessment, summary=text))


def take_status(recording: Recording, position: Position, text: str) -> Taken:
    if yes_or_no(text):
        return Taken(recording.assessment)
    return Taken(changed(recording.assessment, agreed=None), is_last=True)


def with_agreed(recording: Recording, **fields: Any) -> Assessment:
    agreed = changed(recording.assessment.agreed or Agreed(), **fields)
    return changed(recording.assessment, agreed=agreed if agreed.model_fields_set else None)


def when_agreed(assessment: Assessment) -> Assessment:
    """Return the assessment as agreed, once it is known by whom and when; else as the draft that it is."""
    agreed = assessment.agreed
    is_whole = agreed is not None and agreed.by is not None and agreed.date is not None
    return changed(assessment, status="agreed") if is_whole else assessment


def take_agreed_date(recording: Recording, position: Position, text: str) -> Taken:
    date, own = date_of(text), recording.assessment.date
    if date.text > recording.today.isoformat():
        raise NotUnderstood(f"{date.shown()} has not come yet; write when it was agreed.")
    if date.text < own.text[: len(date.text)]:
        raise NotUnderstood(f"{date.shown()} is before the assessment itself, {own.shown()}; write when it was agreed.")
    return Taken(with_agreed(recording, date=date), f"{date.shown()}.")


def agreed_now(field: str) -> Callable[[Recording, Position], str | None]:
    def now(recording: Recording, position: Position) -> str | None:
        value = getattr(recording.assessment.agreed, field, None)
        return value.shown() if isinstance(value, PartialDate) else value

    return now
