"""Targets held against where things stand."""

import datetime

import pytest
from building import filed

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
    assert [in_short(one) for one in targets_standing(before, after, day)] == expected


def test_a_first_assessment_has_its_own_targets_only() -> None:
    (one,) = targets_standing(None, with_target("d", TO_M, "2024-01"))
    assert in_short(one) == ("2024-01", "maturing", "not-reached", False, None)


@pytest.mark.parametrize(("day", "is_past"), [("2025-03-31", False), ("2025-04-01", True)])
def test_a_month_is_past_after_its_last_day(day: str, is_past: bool) -> None:
    (one,) = targets_standing(None, with_target("d", TO_M, "2024-01"), datetime.date.fromisoformat(day))
    assert one.is_past is is_past
