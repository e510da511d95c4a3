"""Readiness tests as plain values for templates and terminals, and as JSON."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pbpmaturity.analysis.headline import headline
from pbpmaturity.analysis.overall import coverage, overall
from pbpmaturity.analysis.readiness import Condition, Readiness
from pbpmaturity.diagnostics.visible import visible, visible_if_any
from pbpmaturity.model.delegation import Delegation
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report import readiness_words, words
from pbpmaturity.report.records import Record, assessment_record

_AGREED_LATER = (
    "On that day it had not been agreed yet: what counts is the date of the assessment, not of the agreement."
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What readiness tests of a Place were judged on: the day, the assessment if any, and what explains its words.

    `others` says which assessments there are where none counts, `months` after how many one is stale, `is_for_public`
    leaves out why a theme does not apply and which role attests a condition, and `is_for_paper` names no command.
    """

    place: str
    place_name: str
    day: datetime.date
    filed: FiledAssessment | None
    matrices: Mapping[str, Matrix]
    delegation: Delegation | None
    others: str
    months: int
    is_for_public: bool = False
    is_for_paper: bool = False


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition: its result, what it asks, what is recorded, and what is still open of one that is not met."""

    result: str
    name: str
    detail: str
    still_open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadinessTestView:
    """A readiness test with its conditions."""

    id: str
    title: str
    result: str
    area: str
    note: str | None
    conditions: tuple[ConditionView, ...]

    @property
    def in_short(self) -> str:
        """The result in a line, with how many conditions have which."""
        counts = Counter(one.result.lower() for one in self.conditions)
        return f"{self.title}: {self.result.lower()} ({', '.join(f'{count} {word}' for word, count in counts.items())})"


@dataclass(frozen=True, slots=True)
class ReadinessView:
    """A Place's readiness tests on a day, and sentences on the assessment that they were judged on."""

    headline: str
    banners: tuple[str, ...]
    judged_on: str
    about: tuple[str, ...]
    tests: tuple[ReadinessTestView, ...]
    closing: str


def readiness_view(judged: Judged, tests: Sequence[Readiness]) -> ReadinessView:
    """Return readiness tests as they are shown."""
    day = readiness_words.day_in_words(judged.day)
    return ReadinessView(
        headline=visible(f"{judged.place_name}: readiness tests as of {day}"),
        banners=_banners(judged),
        judged_on=visible(_judged_on(judged)),
        about=tuple(visible(line) for line in _about(judged)),
        tests=tuple(_test(one, judged) for one in tests),
        closing=readiness_words.CLOSING,
    )


def readiness_record(judged: Judged, tests: Sequence[Readiness]) -> Record:
    """Return the document `pbp.readiness/1`."""
    filed = judged.filed
    return {
        "schema": "pbp.readiness/1",
        "as_of": judged.day.isoformat(),
        "place": judged.place,
        "assessment": {**assessment_record(filed), "method": filed.assessment.method} if filed else None,
        "stale": filed.assessment.date.is_older_than(judged.months, judged.day) if filed else None,
        "tests": [
            {
                "id": one.test.id,
                "title": one.test.title,
                "matrix": one.test.matrix,
                "service_area": one.test.service_area,
                "result": one.result,
                "conditions": [_condition_record(condition, one, judged) for condition in one.conditions],
            }
            for one in tests
        ],
    }


def _condition_record(condition: Condition, readiness: Readiness, judged: Judged) -> Record:
    matrix = judged.matrices[readiness.test.matrix]
    so_far = condition.criteria
    return {
        "condition": condition.key,
        "result": condition.result,
        "name": readiness_words.name_of(condition, readiness, matrix),
        "detail": readiness_words.detail_of(condition, readiness, matrix, judged.day),
        "criteria": [
            {"theme": one.theme, "criterion": one.criterion.id, "state": one.state}
            for one in (so_far.open if so_far else ())
        ],
        "without_evidence": list(condition.without_evidence),
    }


def _banners(judged: Judged) -> tuple[str, ...]:
    if judged.filed is None:
        return ()
    stale = readiness_words.is_stale(judged.filed, judged.months, judged.day)
    return (*words.banners(judged.filed.assessment), *([stale] if stale else []))


def _judged_on(judged: Judged) -> str:
    """Return which assessment counts, or that there is none."""
    if judged.filed is None:
        day = readiness_words.day_in_words(judged.day)
        return f"{judged.place_name} has no agreed assessment as of {day}; {judged.others}."
    return f"Judged on the assessment of {judged.filed.assessment.date.shown()}."


def _about(judged: Judged) -> list[str]:
    """Return sentences on the assessment that counts: overall stage and its rule, coverage, agreement and method."""
    filed = judged.filed
    if filed is None:
        return [_judged_on(judged)]
    assessment, matrix = filed.assessment, filed.matrix
    result, covered = overall(assessment, matrix), coverage(assessment, matrix)
    settled = words.settledness(result, covered, matrix)
    return [
        f"{_judged_on(judged)} {headline(filed)}.",
        " ".join(line for line in (words.how_derived(result, covered), settled) if line),
        f"{words.agreement(assessment)} {words.how_made(assessment)}",
        *([] if readiness_words.was_agreed_by(assessment, judged.day) else [_AGREED_LATER]),
    ]


def _test(readiness: Readiness, judged: Judged) -> ReadinessTestView:
    test = readiness.test
    matrix = judged.matrices[test.matrix]
    return ReadinessTestView(
        id=test.id,
        title=visible(test.title),
        result=readiness_words.RESULTS[readiness.result],
        area=visible(
            readiness_words.service_area(test.service_area, judged.delegation, with_command=not judged.is_for_paper)
        ),
        note=visible_if_any(test.note),
        conditions=tuple(_condition(one, readiness, matrix, judged) for one in readiness.conditions),
    )


def _condition(condition: Condition, readiness: Readiness, matrix: Matrix, judged: Judged) -> ConditionView:
    evidence = readiness_words.evidence_line(condition, matrix)
    still_open = [*readiness_words.criteria_lines(condition, matrix), *([evidence] if evidence else [])]
    return ConditionView(
        result=readiness_words.result_of(condition),
        name=visible(readiness_words.name_of(condition, readiness, matrix)),
        detail=visible(
            readiness_words.detail_of(condition, readiness, matrix, judged.day, is_for_public=judged.is_for_public)
        ),
        still_open=tuple(visible(line) for line in still_open),
    )


def conditions_table(test: ReadinessTestView) -> tuple[list[str], list[list[str]]]:
    """Return the heads and rows of the table of a test's conditions: result, what it asks, what is recorded."""
    return ["Result", "Condition", "Recorded"], [[one.result, one.name, one.detail] for one in test.conditions]
