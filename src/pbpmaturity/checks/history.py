"""What is wrong with a Place's assessments taken together, and with where they lie."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.settings import Settings


def check_place(place: str, assessments: Mapping[str, Assessment]) -> Iterator[Finding]:
    """Yield, for the assessments of one Place's folder by path, names that do not match and dates given twice."""
    first_of: dict[tuple[str, str], str] = {}
    for path, assessment in assessments.items():
        yield from _check_names(place, path, assessment)
        identity = (assessment.place, assessment.date.text)
        first = first_of.setdefault(identity, path)
        if first != path:
            message = (
                f"{assessment.place} has two assessments of {assessment.date}: {first} is the other;"
                " correct the date of one, or delete it"
            )
            yield Finding(rules.SAME_DATE, path, message, ("date",))


def check_listed(settings: Settings, places: Sequence[str]) -> Iterator[Finding]:
    """Yield the folders of assessments/ that pbp.yaml, where it lists Places, does not list."""
    if settings.places is None:
        return
    for place in places:
        if place not in settings.places:
            guess = guess_or_list(place, settings.places)
            message = f"Place {quoted(place)} is not listed under places in pbp.yaml; {guess}"
            yield Finding(rules.UNKNOWN_PLACE, f"assessments/{place}", message)


def _check_names(place: str, path: str, assessment: Assessment) -> Iterator[Finding]:
    if assessment.place != place:
        message = (
            f"place {quoted(assessment.place)} does not match the folder {quoted(place)}; correct one, or move the file"
        )
        yield Finding(rules.FILE_NAME, path, message, ("place",))
    name = PurePosixPath(path).name
    if name != f"{assessment.date}.yaml":
        message = (
            f"date {assessment.date} does not match the file name {quoted(name)};"
            f" rename it to {assessment.date}.yaml, or correct the date"
        )
        yield Finding(rules.FILE_NAME, path, message, ("date",))
