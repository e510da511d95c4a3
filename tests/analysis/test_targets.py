"""Targets held against where things stand."""

import datetime

import pytest
from building import filed, small_matrix

from pbpmaturity.analysis.targets import TargetStanding, targets_standing
from pbpmaturity.model.portfolio import FiledAssessment

DAY = datetime.date(2025, 6, 30)
TO_M = {"stage": "maturing", "by": "2025-03"}
TO_T = {"stage": "thriving", "by": "2026-03"}
NO_DATE = {"stage": "maturing"}


def with_target(letter: str, target: dict[str, str] | None, date: str) -> FiledAssessment:
    return filed(letter, date=date, said={"t1": {"target": target}} if target else None)


def in_short(one: TargetStanding) -> tuple[str, str, str, bool, bool | None]:
    return one.set_on.text, one.target.stage, one.standing, one.is_replaced, one.is_past


@pytest.mark.parametrize(
    ("then", "now", "letter", "day", "expected"),
    [
        (None, None, "d", DAY, []),
        (TO_M, None, "d", DAY, [("2024-01", "maturing", "not-reached", False, True)]),
        (TO_M, None, "d", None, [("2024-01", "maturing", "not-reached", False, None)]),
        (TO_M, None, "m", DAY, [("2024-01", "maturing", "reached", False, True)]),
        (TO_M, None, "t", DAY, [("2024-01", "maturing", "reached", False, True)]),
        (TO_M, None, "-", DAY, [("2024-01", "maturing", "not-known", False, True)]),
        (TO_M, None, "x", DAY, [("2024-01", "maturing", "not-known", False, True)]),
        (TO_M, TO_M, "d", DAY, [("2024-01", "maturing", "not-reached", False, True)]),
        (None, TO_T, "d", DAY, [("2025-01", "thriving", "not-reached", False, False)]),
        (NO_DATE, None, "d", DAY, [("2024-01", "maturing", "not-reached", False, None)]),
        (
            TO_M,
            TO_T,
            "m",
            DAY,
            [("2024-01", "maturing", "reached", True, True), ("2025-01", "thriving", "not-reached", False, False)],
        ),
    ],
)
def test_targets_against_where_things_stand(
    then: dict[str, str] | None,
    now: dict[str, str] | None,
    letter: str,
    day: datetime.date | None,
    expected: list[object],
) -> None:
    before, after = with_target("e", then, "2024-01"), with_target(letter, now, "2025-01")
    assert [in_short(one) for one in targets_standing((before, after), None, day)] == expected


def test_a_first_assessment_has_its_own_targets_only() -> None:
    (one,) = targets_standing((with_target("d", TO_M, "2024-01"),))
    assert in_short(one) == ("2024-01", "maturing", "not-reached", False, None)


@pytest.mark.parametrize(("day", "is_past"), [("2025-03-31", False), ("2025-04-01", True)])
def test_a_month_is_past_after_its_last_day(day: str, is_past: bool) -> None:
    (one,) = targets_standing((with_target("d", TO_M, "2024-01"),), None, datetime.date.fromisoformat(day))
    assert one.is_past is is_past


def test_a_target_was_set_where_it_first_stood_in_a_row() -> None:
    targets = (TO_M, TO_M, None, TO_M, TO_M)
    files = [with_target("d", target, f"202{at}-01") for at, target in enumerate(targets)]
    found = targets_standing(files)
    assert [(one.set_on.text, one.is_replaced) for one in found] == [("2020-01", True), ("2023-01", False)]
    assert [one.set_on.text for one in targets_standing(files, files[3].assessment.date)] == ["2023-01"]


def test_a_theme_that_the_new_matrix_lacks_keeps_its_target_and_is_not_known() -> None:
    older = filed("ee", date="2024-01", said={"t2": {"target": {"stage": "maturing"}}})
    newer = filed("d", date="2025-01", matrix=small_matrix(1, version="2"))
    (one,) = targets_standing((older, newer))
    assert (one.theme, one.standing) == ("t2", "not-known")
