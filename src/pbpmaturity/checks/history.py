"""What is wrong with a Place's assessments taken together, and with where they lie."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding
from pbpmaturity.diagnostics.suggest import did_you_mean, guess_or_list, quoted
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.selector import place_id_fault
from pbpmaturity.model.settings import Settings


def check_place(place: str, assessments: Mapping[str, Assessment]) -> Iterator[Finding]:
    """Yield, for the assessments of one Place's folder by path, names that do not match and dates given twice."""
    names = {_name_of(path) for path in assessments}
    first_of: dict[tuple[str, str], str] = {}
    # The files that are rightly named first, so that it is the other one that is found to repeat a date.
    for path in sorted(assessments, key=lambda path: (_name_of(path) != f"{assessments[path].date}.yaml", path)):
        assessment = assessments[path]
        yield from _check_names(place, path, assessment, names)
        identity = (assessment.place, assessment.date.text)
        first = first_of.setdefault(identity, path)
        if first != path:
            message = (
                f"{assessment.place} has two assessments of {assessment.date}: {first} is the other;"
                " correct the date of one, or delete it"
            )
            yield Finding(rules.SAME_DATE, path, message, ("date",))


def check_listed(path: str, settings: Settings, places: Sequence[str]) -> Iterator[Finding]:
    """Yield the Places with a folder in assessments/ that pbp.yaml, where it lists Places, does not list."""
    if settings.places is None:
        return
    for place in places:
        if place not in settings.places:
            near = did_you_mean(place, settings.places)
            guess = f" (did you mean {quoted(near)}?)" if near else ""
            name = settings.place_name(place)
            message = (
                f"Place {quoted(place)} is not listed under places in pbp.yaml{guess};"
                f" to list it, write a line such as {place}: {{name: {name}}}"
            )
            yield Finding(rules.UNKNOWN_PLACE, path, message, ("places",), "key")


def check_settings(path: str, settings: Settings, matrices: Mapping[str, Matrix]) -> Iterator[Finding]:
    """Yield a matrix for new assessments that is not known, and Places whose ids cannot be the names of folders."""
    if settings.matrix not in matrices:
        guess = guess_or_list(settings.matrix, sorted(matrices))
        message = f"matrix {quoted(settings.matrix)} is not known here; {guess}"
        yield Finding(rules.UNKNOWN_MATRIX, path, message, ("matrix",))
    for place in settings.places or {}:
        fault = place_id_fault(place)
        if fault:
            message = f"{quoted(place)} cannot be a Place; {fault}"
            yield Finding(rules.PLACE_ID, path, message, ("places", place), "key")


def _check_names(place: str, path: str, assessment: Assessment, names: set[str]) -> Iterator[Finding]:
    if assessment.place != place:
        message = (
            f"place {quoted(assessment.place)} does not match the folder {quoted(place)}; correct one, or move the file"
        )
        yield Finding(rules.FILE_NAME, path, message, ("place",))
    name = _name_of(path)
    if name != f"{assessment.date}.yaml":
        message = f"date {assessment.date} does not match the file name {quoted(name)};" + (
            " a file of that name is there, so if this is a copy delete it, else correct its date"
            if f"{assessment.date}.yaml" in names
            else f" rename it to {assessment.date}.yaml, or correct the date"
        )
        yield Finding(rules.FILE_NAME, path, message, ("date",))


def _name_of(path: str) -> str:
    return PurePosixPath(path).name
