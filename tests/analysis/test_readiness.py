"""Readiness tests, sentence by sentence of what they mean."""

import datetime
from dataclasses import replace

import pytest
from building import filed, small_matrix

from pbpmaturity.analysis.readiness import Readiness, judge_readiness
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.readiness_test import ReadinessTest

DAY = datetime.date(2024, 6, 30)
UNATTESTED = {"condition": "Agreed in law", "by-role": "Chief Delivery Officer"}
ATTESTED = {**UNATTESTED, "document": "Scheme of delegation", "date": "2024-03"}


def a_test(matrix: str = "small@1", attested: object = (ATTESTED,), **requires: object) -> ReadinessTest:
    said = {key.replace("_", "-"): value for key, value in requires.items()}
    data = {"id": "x", "title": "X", "matrix": matrix, "requires": said, "attested": attested}
    return ReadinessTest.model_validate(data)


def results(readiness: Readiness) -> dict[str, str]:
    return {condition.key: condition.result for condition in readiness.conditions}


def with_criteria(criteria: dict[str, str], evidence: int = 0, letter: str = "d") -> FiledAssessment:
    """Return an assessment of one theme with criteria E1, D1, D2, M1 and so many entries of evidence."""
    cells = {
        stage: tuple({"id": one, "statement": f"{one}."} for one in ids)
        for stage, ids in (("emerging", ("E1",)), ("developing", ("D1", "D2")), ("maturing", ("M1",)))
    }
    matrix = small_matrix(1, themes=({"id": "t1", "name": "Theme 1", "criteria": cells},))
    said = {
        "stage": {"e": "emerging", "d": "developing"}[letter],
        "criteria": criteria,
        "evidence": tuple({"title": "A paper"} for _ in range(evidence)),
    }
    return filed_with({"t1": said}, matrix)


def filed_with(themes: dict[str, object], matrix: Matrix, **more: object) -> FiledAssessment:
    from pbpmaturity.model.assessment import Assessment

    one = filed("-", matrix=matrix, **more)
    data = {**one.assessment.model_dump(by_alias=True, exclude_unset=True), "themes": themes}
    return replace(one, assessment=Assessment.model_validate(data))


@pytest.mark.parametrize(
    ("letters", "result", "counts"),
    [
        ("dddd", "met", (4, 0, 0, 0)),
        ("dmtd", "met", (4, 0, 0, 0)),
        ("dded", "not-met", (3, 1, 0, 0)),
        ("dd-d", "not-known", (3, 0, 1, 0)),
        ("----", "not-known", (0, 0, 4, 0)),
        # One theme below is enough, however many are not assessed: leaving themes out hides nothing.
        ("de--", "not-met", (1, 1, 2, 0)),
        ("ddxd", "met", (3, 0, 0, 1)),
        ("xxxx", "met", (0, 0, 0, 4)),
        ("x-dd", "not-known", (2, 0, 1, 1)),
        ("xedd", "not-met", (2, 1, 0, 1)),
    ],
)
def test_all_themes_at_least_is_one_condition(letters: str, result: str, counts: tuple[int, ...]) -> None:
    readiness = judge_readiness(a_test(all_themes_at_least="developing"), filed(letters), DAY)
    assert results(readiness) == {"all-themes-at-least": result, "attested.1": "met"}
    tally = readiness.conditions[0].tally
    assert tally is not None
    assert (tally.reached, tally.below, tally.not_assessed, len(tally.not_applicable)) == counts
    assert tally.not_applicable == tuple(f"t{at}" for at, letter in enumerate(letters, 1) if letter == "x")


@pytest.mark.parametrize(
    ("letter", "result"),
    [("e", "not-met"), ("d", "not-met"), ("m", "met"), ("t", "met"), ("-", "not-known"), ("x", "not-known")],
)
def test_a_threshold_of_one_theme(letter: str, result: str) -> None:
    readiness = judge_readiness(a_test(themes={"t1": "maturing"}), filed(letter), DAY)
    assert results(readiness) == {"themes.t1": result, "attested.1": "met"}


@pytest.mark.parametrize(
    ("date", "day", "result"),
    [
        ("2024-01", datetime.date(2025, 1, 31), "met"),
        ("2024-01", datetime.date(2025, 2, 1), "not-met"),
        ("2024-01-17", datetime.date(2025, 1, 17), "met"),
        ("2024-01-17", datetime.date(2025, 1, 18), "not-met"),
    ],
)
def test_an_old_assessment_fails_that_one_condition_and_the_others_are_judged(
    date: str, day: datetime.date, result: str
) -> None:
    test = a_test(agreed_within_months="12", themes={"t1": "developing", "t2": "developing"})
    assert results(judge_readiness(test, filed("de", date=date), day)) == {
        "themes.t1": "met",
        "themes.t2": "not-met",
        "agreed-within-months": result,
        "attested.1": "met",
    }


@pytest.mark.parametrize(
    ("stage", "entries", "result"),
    [
        ("developing", 1, "met"),
        ("emerging", 2, "met"),
        ("developing", 0, "not-met"),
        ("not-assessed", 0, "not-known"),
        ("not-assessed", 1, "not-known"),
        ("not-applicable", 0, "not-known"),
        ("not-applicable", 1, "not-known"),
    ],
)
def test_evidence_for_a_theme_is_one_entry_or_more(stage: str, entries: int, result: str) -> None:
    said = {"stage": stage, "rationale": "So.", "evidence": ({"title": "A paper"},) * entries}
    one = filed_with({"t1": said}, small_matrix(1))
    assert results(judge_readiness(a_test(evidence_for=("t1",)), one, DAY))["evidence-for.t1"] == result


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ({"document": "A paper", "date": "2024-03"}, "met"),
        ({"document": "A paper", "date": "2024-06-30"}, "met"),
        # A month has begun on its first day.
        ({"document": "A paper", "date": "2024-06"}, "met"),
        ({"document": "A paper", "date": "2024-07"}, "not-known"),
        ({"document": "A paper", "date": "2024-07-01"}, "not-known"),
        ({"document": "A paper"}, "not-known"),
        ({"date": "2024-03"}, "not-known"),
        ({}, "not-known"),
    ],
)
def test_what_no_stage_can_show_is_attested_with_document_and_date(said: dict[str, str], result: str) -> None:
    test = a_test(attested=({**UNATTESTED, **said},), themes={"t1": "emerging"})
    assert results(judge_readiness(test, filed("d"), DAY)) == {"themes.t1": "met", "attested.1": result}
    # It does not rest on an assessment.
    assert results(judge_readiness(test, None, DAY))["attested.1"] == result


EVERYTHING = a_test(
    all_themes_at_least="emerging",
    themes={"t1": "emerging"},
    agreed_within_months="12",
    evidence_for=("t1",),
    attested=(ATTESTED, UNATTESTED),
)


def test_of_what_was_only_published_the_date_is_known_and_no_theme() -> None:
    assert results(judge_readiness(EVERYTHING, filed(None, stated="thriving"), DAY)) == {
        "all-themes-at-least": "not-known",
        "themes.t1": "not-known",
        "agreed-within-months": "not-known",
        "evidence-for.t1": "not-known",
        "attested.1": "met",
        "attested.2": "not-known",
    }


def test_without_an_assessment_nothing_that_rests_on_one_is_known() -> None:
    readiness = judge_readiness(EVERYTHING, None, DAY)
    assert [condition.result for condition in readiness.conditions] == ["not-known"] * 4 + ["met", "not-known"]
    assert readiness.result == "not-known"


@pytest.mark.parametrize("matrix", ["small@2", "other@1", "small@1-local"])
def test_on_another_matrix_or_version_that_is_all_that_is_judged(matrix: str) -> None:
    readiness = judge_readiness(a_test(matrix=matrix, themes={"t1": "emerging"}), filed("d"), DAY)
    assert (results(readiness), readiness.result) == ({"matrix": "not-met"}, "not-met")


@pytest.mark.parametrize(
    ("letters", "attested", "result"),
    [
        ("dd", ATTESTED, "met"),
        ("dd", UNATTESTED, "not-known"),
        ("d-", ATTESTED, "not-known"),
        ("de", ATTESTED, "not-met"),
        ("e-", UNATTESTED, "not-met"),
    ],
)
def test_a_test_is_not_met_if_any_condition_is_else_not_known_if_any_is(
    letters: str, attested: dict[str, str], result: str
) -> None:
    test = a_test(themes={"t1": "developing", "t2": "developing"}, attested=(attested,))
    assert judge_readiness(test, filed(letters), DAY).result == result


def test_of_a_condition_not_met_the_criteria_up_to_its_stage_are_told_and_the_evidence_absent() -> None:
    criteria = {"E1": "met", "D1": "partly", "D2": "not-met", "M1": "not-met"}
    (condition, _) = judge_readiness(
        a_test(themes={"t1": "developing"}), with_criteria(criteria, letter="e"), DAY
    ).conditions
    so_far = condition.criteria
    assert so_far is not None
    assert (so_far.total, so_far.recorded) == (3, 3)
    assert [(one.theme, one.criterion.id, one.state) for one in so_far.open] == [
        ("t1", "D1", "partly"),
        ("t1", "D2", "not-met"),
    ]
    assert condition.without_evidence == ("t1",)


def test_a_criterion_that_is_not_recorded_is_not_called_open() -> None:
    (condition, _) = judge_readiness(
        a_test(themes={"t1": "maturing"}), with_criteria({"E1": "met"}, evidence=1), DAY
    ).conditions
    so_far = condition.criteria
    assert so_far is not None
    assert (so_far.total, so_far.recorded, so_far.open, condition.without_evidence) == (4, 1, (), ())


@pytest.mark.parametrize("letter", ["d", "e"])
def test_behind_all_themes_stand_criteria_and_evidence_of_themes_whatever_their_stage(letter: str) -> None:
    cells = {"emerging": ({"id": "E1", "statement": "Yes."},)}
    matrix = small_matrix(2, themes=tuple({"id": f"t{n}", "name": f"T{n}", "criteria": cells} for n in (1, 2)))
    stages = {"e": "emerging", "d": "developing"}
    themes = {
        "t1": {"stage": "emerging", "evidence": ({"title": "A paper"},)},
        "t2": {"stage": stages[letter], "criteria": {"E1": "partly"}},
    }
    (condition, _) = judge_readiness(
        a_test(all_themes_at_least="developing"), filed_with(themes, matrix), DAY
    ).conditions
    assert condition.criteria is not None
    # Theme 1 is below and not named; theme 2 is named for what is recorded of it, at either stage.
    assert [one.theme for one in condition.criteria.open] == ["t2"]
    assert condition.without_evidence == ("t2",)


def test_of_a_condition_met_or_not_known_no_criteria_are_told() -> None:
    criteria = {"E1": "met", "D1": "partly"}
    test = a_test(all_themes_at_least="developing", themes={"t1": "developing"})
    for condition in judge_readiness(test, with_criteria(criteria), DAY).conditions:
        assert (condition.result, condition.criteria, condition.without_evidence) == ("met", None, ())


@pytest.mark.parametrize("count", [2, 7])
def test_any_number_of_stages(count: int) -> None:
    matrix = small_matrix(1, stage_ids=tuple(f"s{number}" for number in range(count)))
    test = a_test(all_themes_at_least=f"s{count - 1}", themes={"t1": "s0"})
    one = filed_with({"t1": {"stage": "s0"}}, matrix)
    assert results(judge_readiness(test, one, DAY)) == {
        "all-themes-at-least": "not-met",
        "themes.t1": "met",
        "attested.1": "met",
    }
