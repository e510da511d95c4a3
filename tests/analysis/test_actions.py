"""What became of actions from one assessment to the next."""

import pytest
from building import filed, small_matrix

from pbpmaturity.analysis.actions import tracked_actions
from pbpmaturity.model.portfolio import FiledAssessment

MEET = {"action": "Meet", "due": "2024-06"}
WRITE = {"action": "Write"}


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ([], [], []),
        ([MEET], [], [("Meet", "open", "2024-01")]),
        ([], [MEET], [("Meet", "open", "2025-01")]),
        ([MEET], [{**MEET, "status": "done"}], [("Meet", "done", "2024-01")]),
        ([MEET], [{"action": " meet ", "status": "dropped"}], [("meet", "dropped", "2024-01")]),
        ([{**MEET, "status": "done"}], [WRITE], [("Meet", "done", "2024-01"), ("Write", "open", "2025-01")]),
        ([MEET, WRITE], [{**WRITE, "status": "done"}], [("Meet", "open", "2024-01"), ("Write", "done", "2024-01")]),
    ],
)
def test_an_action_that_both_have_is_one(
    then: list[dict[str, str]], now: list[dict[str, str]], expected: list[tuple[str, str, str]]
) -> None:
    before = filed("e", date="2024-01", said={"t1": {"actions": tuple(then)}})
    after = filed("d", date="2025-01", said={"t1": {"actions": tuple(now)}})
    found = tracked_actions((before, after))
    assert [(one.action.action.strip(), one.action.status, one.since.text) for one in found] == expected


def test_the_same_words_in_two_themes_are_two_actions_in_the_order_of_the_matrix() -> None:
    before = filed("ee", date="2024-01", said={"t2": {"actions": (MEET,)}})
    after = filed("ee", date="2025-01", said={"t1": {"actions": (MEET,)}})
    assert [(one.theme, one.since.text) for one in tracked_actions((before, after))] == [
        ("t1", "2025-01"),
        ("t2", "2024-01"),
    ]


def test_without_an_earlier_assessment_there_are_its_own() -> None:
    assert [one.name for one in tracked_actions((filed("e", said={"t1": {"actions": (MEET,)}}),))] == ["Theme 1"]


def with_actions(date: str, *actions: dict[str, str]) -> FiledAssessment:
    return filed("e", date=date, said={"t1": {"actions": actions}})


def test_the_latest_record_holds_and_the_first_one_dates_it() -> None:
    done = {**MEET, "status": "done"}
    files = [with_actions("2023-01", MEET), with_actions("2024-01", done), with_actions("2025-01", WRITE)]
    found = [(one.action.action, one.action.status, one.since.text, one.until.text) for one in tracked_actions(files)]
    assert found == [("Meet", "done", "2023-01", "2024-01"), ("Write", "open", "2025-01", "2025-01")]
    (since,) = tracked_actions(files, files[2].assessment.date)
    assert since.action.action == "Write"


def test_the_same_words_twice_in_one_assessment_are_two_actions() -> None:
    again = {**MEET, "due": "2025-06"}
    files = [with_actions("2024-01", MEET, again), with_actions("2025-01", {**MEET, "status": "done"}, again)]
    assert [one.action.status for one in tracked_actions(files)] == ["done", "open"]


def test_an_action_of_a_theme_that_the_new_matrix_lacks_is_not_lost() -> None:
    older = filed("ee", date="2024-01", said={"t2": {"actions": (MEET,)}})
    newer = filed("d", date="2025-01", matrix=small_matrix(1, version="2"), said={"t1": {"actions": (WRITE,)}})
    assert [(one.name, one.action.action) for one in tracked_actions((older, newer))] == [
        ("Theme 1", "Write"),
        ("Theme 2", "Meet"),
    ]
