"""Movement and headline between two assessments."""

import pytest
from building import filed, small_matrix

from pbpmaturity.analysis.headline import headline, headline_of_movement
from pbpmaturity.analysis.movement import movement
from pbpmaturity.errors import UsageError


def moved(then: str, now: str, **more: object) -> str:
    dates = {"first": "2023-01", "second": "2024-01", **{k: v for k, v in more.items() if k in ("first", "second")}}
    return headline_of_movement(movement(filed(then, date=dates["first"]), filed(now, date=dates["second"])))


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ("e" * 10, "d" * 10, "Emerging to Developing overall, Jan 2023 to Jan 2024 (10 of 10 themes up)"),
        ("ddddd", "dmmde", "Developing overall, Jan 2023 and Jan 2024 (no change; 2 of 5 themes up, 1 down)"),
        ("ddd", "ddd", "Developing overall, Jan 2023 and Jan 2024 (no change; no theme moved)"),
        ("ddd", "dde", "Developing overall, Jan 2023 and Jan 2024 (no change; 1 of 3 themes down)"),
        ("ddd", "eee", "Developing to Emerging overall, Jan 2023 to Jan 2024 (3 of 3 themes down)"),
        ("d", "m", "Developing to Maturing overall, Jan 2023 to Jan 2024 (1 of 1 themes up)"),
        (
            "--",
            "dd",
            "Not assessed to Developing overall, Jan 2023 to Jan 2024 (no theme assessed both times, 2 newly assessed)",
        ),
        ("--", "xx", "Not assessed overall, Jan 2023 and Jan 2024 (no change; no theme assessed both times)"),
        ("ee-", "ddm", "Emerging to Developing overall, Jan 2023 to Jan 2024 (2 of 2 themes up, 1 newly assessed)"),
        (
            "eee-",
            "dd--",
            "Emerging to Developing so far overall, Jan 2023 to Jan 2024 (2 of 2 themes up, 1 no longer assessed)",
        ),
        (
            "d---",
            "ddd-",
            "Developing so far overall, Jan 2023 and Jan 2024 (no change; no theme moved, 2 newly assessed)",
        ),
    ],
)
def test_headline_of_two(then: str, now: str, said: str) -> None:
    assert moved(then, now) == f"Northam: {said}"


def test_days_are_shown_only_where_the_month_does_not_tell_the_dates_apart() -> None:
    assert ", 5 Jan 2024 to 17 Jan 2024 (" in moved("e", "d", first="2024-01-05", second="2024-01-17")
    assert ", Jan 2024 to Jan 2024 (" in moved("e", "d", first="2024-01", second="2024-01-17")
    assert ", Jan 2023 to Jan 2024 (" in moved("e", "d", first="2023-01-05", second="2024-01-17")


def test_a_stated_file_has_no_tally() -> None:
    matrix = small_matrix(10)
    then = filed(None, date="2023-01", stated="emerging", matrix=matrix)
    now = filed(None, date="2024-01", stated="developing", matrix=matrix)
    said = "Northam: Emerging to Developing overall, Jan 2023 to Jan 2024 (as published; theme stages not published)"
    assert headline_of_movement(movement(then, now)) == said
    assert headline(now) == "Northam: Developing overall, Jan 2024 (as published; theme stages not published)"


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ("dddddddddd", "Northam: Developing overall, Jan 2024 (10 of 10 themes assessed)"),
        ("d---------", "Northam: Developing so far overall, Jan 2024 (1 of 10 themes assessed)"),
        ("dx", "Northam: Developing overall, Jan 2024 (1 of 1 themes assessed)"),
        ("-", "Northam: Not assessed overall, Jan 2024 (0 of 1 themes assessed)"),
    ],
)
def test_headline_of_one(letters: str, said: str) -> None:
    assert headline(filed(letters)) == said


def test_banners_stand_behind_the_name() -> None:
    made_up = filed("d", date="2023-01", provenance="illustrative")
    draft = filed("d", date="2024-01", status="draft")
    assert headline(draft).startswith("Northam (draft): ")
    assert headline_of_movement(movement(made_up, draft)).startswith("Northam (illustrative, draft): ")


@pytest.mark.parametrize(
    ("then", "now", "direction", "steps"),
    [
        ("e", "t", "up", 3),
        ("d", "d", "same", 0),
        ("t", "d", "down", 2),
        ("-", "d", "newly-assessed", None),
        ("x", "d", "newly-assessed", None),
        ("d", "x", "no-longer-assessed", None),
        ("-", "x", "not-assessed", None),
    ],
)
def test_movement_of_a_theme(then: str, now: str, direction: str, steps: int | None) -> None:
    (theme,) = movement(filed(then, date="2023-01"), filed(now)).themes
    assert (theme.direction, theme.steps) == (direction, steps)


def test_versions_of_a_matrix_compare_by_theme() -> None:
    old = small_matrix(2)
    new = small_matrix(2, version="2", themes=({"id": "t3", "name": "New"}, {"id": "t1", "name": "Theme 1"}))
    result = movement(filed("ee", date="2023-01", matrix=old), filed("d-d", matrix=new))
    assert [(one.theme, one.direction) for one in result.themes] == [
        ("t3", "newly-assessed"),
        ("t1", "up"),
        ("t2", "no-longer-assessed"),
    ]
    assert "The matrix changed from small@1 to small@2." in result.notes
    assert "Only in small@1: Theme 2." in result.notes
    assert "Only in small@2: New." in result.notes


def test_other_stages_or_another_matrix_cannot_be_compared() -> None:
    other_stages = small_matrix(1, version="2", stage_ids=("developing", "emerging"))
    with pytest.raises(UsageError, match="same stages in the same order"):
        movement(filed("e", date="2023-01"), filed("e", matrix=other_stages))
    with pytest.raises(UsageError, match="different matrices cannot be compared"):
        movement(filed("e", date="2023-01"), filed("e", matrix=small_matrix(1, id="other")))


def test_a_change_of_method_and_of_themes_is_said() -> None:
    result = movement(filed("ee-", date="2023-01", method="interviews"), filed("-dd", method="desk-review"))
    assert result.notes == (
        "The method changed from interviews to desk review.",
        "The themes assessed differ: 2 then, 2 now, 1 both times.",
    )
