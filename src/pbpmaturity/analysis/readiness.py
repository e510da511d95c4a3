"""What a Place's record says on the conditions of a readiness test; it decides nothing."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED, Criterion, Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.readiness_test import Attestation, ReadinessTest

Result = Literal["met", "not-met", "not-known"]
Kind = Literal["matrix", "all-themes-at-least", "themes", "agreed-within-months", "evidence-for", "attested"]


@dataclass(frozen=True, slots=True)
class OpenCriterion:
    """A criterion of a theme that is recorded as partly or not met."""

    theme: str
    criterion: Criterion
    state: str


@dataclass(frozen=True, slots=True)
class CriteriaSoFar:
    """How many criteria up to a stage there are and are recorded, and those recorded as partly or not met."""

    total: int
    recorded: int
    open: tuple[OpenCriterion, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many themes are at a stage or above, below it, and not assessed; and which are not applicable."""

    reached: int
    below: int
    not_assessed: int
    not_applicable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition with its result; of the rest only what its kind has: theme and stage asked for, state recorded.

    `tally` belongs to all-themes-at-least. `criteria`, and `without_evidence` (themes), are told of a condition that is
    not met. `entries` counts evidence, and `number` attested conditions from 1.
    """

    kind: Kind
    result: Result
    theme: str | None = None
    stage: str | None = None
    state: str | None = None
    months: int | None = None
    tally: Tally | None = None
    attestation: Attestation | None = None
    number: int | None = None
    entries: int = 0
    criteria: CriteriaSoFar | None = None
    without_evidence: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from the other conditions of its test: `themes.shared-governance`, `attested.1`."""
        of = self.theme or (str(self.number) if self.number else "")
        return f"{self.kind}.{of}" if of else self.kind


@dataclass(frozen=True, slots=True)
class Readiness:
    """A readiness test as judged: the assessment it was judged on, if any, and its conditions in the test's order."""

    test: ReadinessTest
    filed: FiledAssessment | None
    conditions: tuple[Condition, ...]

    @property
    def result(self) -> Result:
        """Not met if any condition is, else not known if any is, else met."""
        results = {condition.result for condition in self.conditions}
        return next((one for one in _WORST_FIRST if one in results), "met")


def judge_readiness(test: ReadinessTest, filed: FiledAssessment | None, day: datetime.date) -> Readiness:
    """Return what the record says on each condition of a test on a day; of another matrix only that it is another."""
    if filed is not None and filed.assessment.matrix != test.matrix:
        return Readiness(test, filed, (Condition("matrix", "not-met"),))
    return Readiness(test, filed, (*_required(test, filed, day), *_attested(test.attested, day)))


_WORST_FIRST: tuple[Result, ...] = ("not-met", "not-known")


def _required(test: ReadinessTest, filed: FiledAssessment | None, day: datetime.date) -> Iterator[Condition]:
    requires = test.requires
    if requires.all_themes_at_least:
        yield _all_themes(requires.all_themes_at_least, filed)
    for theme, stage in requires.themes.items():
        yield _theme(theme, stage, filed)
    if requires.agreed_within_months is not None:
        yield _recent(requires.agreed_within_months, filed, day)
    for theme in requires.evidence_for:
        yield _evidence(theme, filed)


def _all_themes(stage: str, filed: FiledAssessment | None) -> Condition:
    """Return the one condition on all themes; it names no theme by its stage, so that none is singled out to move."""
    if filed is None or filed.assessment.stated is not None:
        return Condition("all-themes-at-least", "not-known", stage=stage)
    assessment, matrix = filed.assessment, filed.matrix
    states = [assessment.state(theme) for theme in matrix.theme_ids]
    tally = Tally(
        reached=sum(_is_reached(matrix, state, stage) for state in states),
        below=sum(state in matrix.stage_ids and not _is_reached(matrix, state, stage) for state in states),
        not_assessed=states.count(NOT_ASSESSED),
        not_applicable=tuple(one for one in matrix.theme_ids if assessment.state(one) == NOT_APPLICABLE),
    )
    if tally.below:
        rated = [theme for theme in matrix.theme_ids if assessment.state(theme) in matrix.stage_ids]
        return Condition(
            "all-themes-at-least",
            "not-met",
            stage=stage,
            tally=tally,
            criteria=_criteria(assessment, matrix, rated, stage),
            without_evidence=_without_evidence(assessment, rated),
        )
    return Condition("all-themes-at-least", "not-known" if tally.not_assessed else "met", stage=stage, tally=tally)


def _theme(theme: str, stage: str, filed: FiledAssessment | None) -> Condition:
    state = _state(theme, filed)
    if filed is None or state not in filed.matrix.stage_ids:
        return Condition("themes", "not-known", theme=theme, stage=stage, state=state)
    if _is_reached(filed.matrix, state, stage):
        return Condition("themes", "met", theme=theme, stage=stage, state=state)
    return Condition(
        "themes",
        "not-met",
        theme=theme,
        stage=stage,
        state=state,
        criteria=_criteria(filed.assessment, filed.matrix, [theme], stage),
        without_evidence=_without_evidence(filed.assessment, [theme]),
    )


def _recent(months: int, filed: FiledAssessment | None, day: datetime.date) -> Condition:
    if filed is None or filed.assessment.stated is not None:
        return Condition("agreed-within-months", "not-known", months=months)
    is_older = filed.assessment.date.is_older_than(months, day)
    return Condition("agreed-within-months", "not-met" if is_older else "met", months=months)


def _evidence(theme: str, filed: FiledAssessment | None) -> Condition:
    state = _state(theme, filed)
    if filed is None or state not in filed.matrix.stage_ids:
        return Condition("evidence-for", "not-known", theme=theme, state=state)
    absent = _without_evidence(filed.assessment, [theme])
    return Condition(
        "evidence-for",
        "not-met" if absent else "met",
        theme=theme,
        state=state,
        entries=len(filed.assessment.said_of(theme).evidence),
        without_evidence=absent,
    )


def _attested(attested: Sequence[Attestation], day: datetime.date) -> Iterator[Condition]:
    for number, one in enumerate(attested, 1):
        is_attested = one.document is not None and one.date is not None and one.date.has_begun(day)
        yield Condition("attested", "met" if is_attested else "not-known", attestation=one, number=number)


def _state(theme: str, filed: FiledAssessment | None) -> str | None:
    """Return the state recorded of a theme; None where no assessment, or only an overall stage, was recorded."""
    return None if filed is None or filed.assessment.stated is not None else filed.assessment.state(theme)


def _is_reached(matrix: Matrix, state: str, stage: str) -> bool:
    return state in matrix.stage_ids and matrix.position(state) >= matrix.position(stage)


def _criteria(assessment: Assessment, matrix: Matrix, themes: Sequence[str], stage: str) -> CriteriaSoFar:
    """Return what is recorded of the criteria up to a stage, in the order of the matrix."""
    stages = matrix.stage_ids[: matrix.position(stage) + 1]
    asked = [
        (theme.id, criterion, assessment.said_of(theme.id).criteria.get(criterion.id))
        for theme in matrix.themes
        if theme.id in themes
        for one in stages
        for criterion in theme.criteria_of(one)
    ]
    recorded = [(theme, criterion, state) for theme, criterion, state in asked if state is not None]
    still_open = tuple(OpenCriterion(*one) for one in recorded if one[2] != "met")
    return CriteriaSoFar(len(asked), len(recorded), still_open)


def _without_evidence(assessment: Assessment, themes: Sequence[str]) -> tuple[str, ...]:
    return tuple(theme for theme in themes if not assessment.said_of(theme).evidence)
