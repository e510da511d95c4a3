"""The rows of an export: what each says, that they agree with the other verbs, and that nothing is filled in."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from building import RIVERSIDE, ROOT, MakeWorkspace, Pbp, assessment_text
from exporting import FILES

from pbpmaturity.cli.loading import Places, load
from pbpmaturity.errors import UnusableInput
from pbpmaturity.exchange.columns import IN_EVERY_ROW, TABLES
from pbpmaturity.exchange.frames import tables_of
from pbpmaturity.exchange.tidy import rows_of
from pbpmaturity.model.selector import Shelf

JUNE = datetime.date(2025, 6, 30)
TYPES = {"text": str, "whole number": int, "number": float, "true or false": bool, "date": datetime.date}


def told(root: Path, day: datetime.date | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a workspace as dictionaries, by table."""
    tables = tables_of(Places(root).shelves(), day)
    return {
        name: [dict(zip(table.definition.column_names, row, strict=True)) for row in table.rows]
        for name, table in tables.items()
    }


def test_every_column_has_values_of_its_kind_and_none_only_where_it_says_so(workspace: MakeWorkspace) -> None:
    roots = [workspace(FILES), RIVERSIDE, ROOT]
    in_all = [row for root in roots for rows in told(root).values() for row in rows]
    for name, table in TABLES.items():
        of_table = [row for root in roots for day in (None, JUNE) for row in told(root, day)[name]]
        for column in table.columns:
            values = [row[column.name] for row in (in_all if column in IN_EVERY_ROW else of_table)]
            assert {type(value) for value in values if value is not None} == {TYPES[column.kind]}, (name, column.name)
            assert (None in values) == bool(column.empty), (name, column.name)


def test_every_table_begins_alike_and_no_name_is_there_twice() -> None:
    for table in TABLES.values():
        assert table.columns[: len(IN_EVERY_ROW)] == IN_EVERY_ROW
        assert len(set(table.column_names)) == len(table.columns)


def test_the_rows_agree_with_show_diff_actions_and_views(pbp: Pbp) -> None:
    rows = told(RIVERSIDE, JUNE)
    for one in rows["assessments"]:
        here = {"place": one["place"], "date": one["date"]}
        of = {name: [row for row in found if {key: row[key] for key in here} == here] for name, found in rows.items()}
        document = json.loads(pbp("show", f"{one['place']}@{one['date']}", "--format", "json", at=RIVERSIDE).out)
        overall = document["overall"]
        assert one["overall_stage"] == overall["stage"]
        assert [one["assessed"], one["themes_total"]] == [document["assessed"], document["themes_total"]]
        assert one["most_common"].split(";") == overall["most_common"]
        change = overall["themes_to_change"]
        assert [one["themes_to_change_up"], one["themes_to_change_down"]] == [change["up"], change["down"]]
        assert [one[key] for key in ("settled", "lowest", "highest", "minimum", "rule")] == [
            overall[key] for key in ("settled", "lowest", "highest", "minimum", "rule")
        ]
        assert [(row["theme"], row["stage"], row["rationale"]) for row in of["ratings"]] == [
            (theme["theme"], theme["stage"], theme["rationale"]) for theme in document["themes"]
        ]
        for row, theme in zip(of["ratings"], document["themes"], strict=True):
            support = theme["criteria"] or {"at_least": None, "at_most": None, "answered": 0}
            keys = ("criteria_at_least", "criteria_at_most", "criteria_answered")
            assert [row[key] for key in keys] == [support[key] for key in ("at_least", "at_most", "answered")]
        assert [row["title"] for row in of["evidence"]] == [
            piece["title"] for theme in document["themes"] for piece in theme["evidence"]
        ]
        views = {theme["theme"]: theme["views"] for theme in document["themes"] if theme["views"]}
        seen: dict[str, dict[str, int]] = {}
        for row in of["views"]:
            seen.setdefault(row["theme"], {})[row["stage"]] = row["people"]
        assert seen == views
        if one["previous"]:
            moved = json.loads(
                pbp("diff", f"{one['place']}@{one['previous']}", one["date"], "--format", "json", at=RIVERSIDE).out
            )
            keys = ("theme", "from_stage", "to_stage", "movement", "steps")
            assert [[row[key] for key in keys] for row in of["movements"]] == [
                [theme[key] for key in ("theme", "from", "to", "movement", "steps")] for theme in moved["themes"]
            ]
    listed = json.loads(pbp("actions", "--as-of", "2025-06", "--format", "json", at=RIVERSIDE).out)["actions"]
    keys = ("place", "date", "number", "theme", "overdue", "action", "owner", "due")
    open_ones = [row for row in rows["actions"] if row["latest"] and row["action_status"] == "open"]
    assert sorted([str(row[key]) for key in keys] for row in open_ones) == sorted(
        [str(action[key]) for key in keys] for action in listed
    )


def test_what_was_only_published_has_no_stages_of_themes() -> None:
    rows = told(ROOT)
    after = rows["assessments"][1]
    assert (after["overall_stage"], after["overall_order"], after["rule"]) == ("developing", 2, "stated")
    assert (after["settled"], after["minimum"], after["themes_to_change_up"]) == (None, None, None)
    assert (after["provenance"], after["assessed"], after["latest"]) == ("published-summary", 0, True)
    assert {(row["stage"], row["stage_order"]) for row in rows["ratings"]} == {("not-assessed", None)}
    assert {row["movement"] for row in rows["movements"]} == {"not-assessed"}


def test_drafts_are_there_and_nothing_is_compared_with_one(workspace: MakeWorkspace) -> None:
    files = {
        f"assessments/northam/{date}.yaml": assessment_text("northam", date, {"shared-data": stage}, status=status)
        for date, stage, status in (
            ("2024-01", "emerging", "agreed"),
            ("2024-02", "thriving", "draft"),
            ("2024-03-05", "developing", "agreed"),
            ("2024-04", "maturing", "draft"),
        )
    }
    rows = told(workspace(files))
    keys = ("date", "date_from", "date_precision", "status", "latest", "previous")
    assert [tuple(row[key] for key in keys) for row in rows["assessments"]] == [
        ("2024-01", datetime.date(2024, 1, 1), "month", "agreed", False, None),
        ("2024-02", datetime.date(2024, 2, 1), "month", "draft", False, "2024-01"),
        ("2024-03-05", datetime.date(2024, 3, 5), "day", "agreed", True, "2024-01"),
        ("2024-04", datetime.date(2024, 4, 1), "month", "draft", False, "2024-03-05"),
    ]
    moved = [row for row in rows["movements"] if row["theme"] == "shared-data"]
    keys = ("date", "from_date", "from_order", "to_order", "movement", "steps")
    assert [tuple(row[key] for key in keys) for row in moved] == [
        ("2024-02", "2024-01", 1, 4, "up", 3),
        ("2024-03-05", "2024-01", 1, 2, "up", 1),
        ("2024-04", "2024-03-05", 2, 3, "up", 1),
    ]


def test_what_cannot_be_compared_has_no_movements_and_says_why(workspace: MakeWorkspace) -> None:
    rows = told(workspace(FILES))
    last = next(row for row in rows["assessments"] if row["place"] == "eastvale" and row["latest"])
    assert last["previous"] == "2024-01-17"
    assert "different matrices cannot be compared" in last["not_comparable_because"]
    assert not [row for row in rows["movements"] if row["date"] == last["date"]]


def test_only_recorded_criteria_have_a_row(workspace: MakeWorkspace) -> None:
    rows = told(workspace(FILES))
    keys = ("place", "criterion", "criterion_id", "stage", "stage_order", "state", "statement")
    assert [tuple(row[key] for key in keys) for row in rows["criteria"] if row["place"] == "eastvale"] == [
        ("eastvale", "t1/A", "A", "s1", 1, "met", "Begin"),
        ("eastvale", "t1/B", "B", "s2", 2, "partly", "Go on"),
    ]
    rating = next(row for row in rows["ratings"] if row["date"] == "2024-01-17")
    assert (rating["criteria_answered"], rating["criteria_total"], rating["judged_above_criteria"]) == (2, 2, True)
    assert (rating["criteria_at_least"], rating["criteria_at_most"]) == ("s1", "s1")
    (unjudged,) = [row for row in rows["ratings"] if row["place"] == "midvale" and row["theme"] == "shared-data"]
    assert (unjudged["criteria_answered"], unjudged["criteria_at_most"]) == (1, None)
    assert (unjudged["stage_order"], unjudged["judged_above_criteria"]) == (None, None)


def test_a_tally_under_five_tells_no_figure_in_any_table(workspace: MakeWorkspace) -> None:
    rows = told(workspace(FILES))
    few = [row for row in rows["views"] if row["theme"] == "t2"]
    assert [row["withheld"] for row in few] == [True]
    assert {value for key, value in few[0].items() if key in TABLES["views"].column_names[17:-1]} == {None}
    enough = [row for row in rows["views"] if row["theme"] == "t1"]
    assert [row["people"] for row in enough] == [2, 0, 0, 0, 0, 0, 3]
    assert {(row["ratings"], row["lowest"], row["highest"], row["middle"]) for row in enough} == {(5, "s1", "s7", "s7")}


def test_what_depends_on_a_day_is_empty_without_one(workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    without, with_day = told(root), told(root, datetime.date(2025, 2, 1))
    assert {row["stale"] for row in without["assessments"]} == {None}
    assert {row["overdue"] for row in without["actions"]} == {None}
    stale = {(row["place"], row["date"]): row["stale"] for row in with_day["assessments"]}
    assert stale["farvale", "2024-01"] and stale["eastvale", "2024-01-17"]
    assert not stale["eastvale", "2024-03"]
    assert [(row["action"], row["overdue"]) for row in with_day["actions"]] == [("Meet", True), ("Rest", False)]


def test_organisations_are_named_once_and_roles_never(workspace: MakeWorkspace) -> None:
    rows = told(workspace(FILES))
    assert [row["organisations"] for row in rows["assessments"] if row["organisations"]] == ["Council; Trust"]
    assert "Chair" not in json.dumps(rows["assessments"], default=str)


def test_a_broken_file_leaves_no_table_behind(workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, "assessments/midvale/2025-01.yaml": "place: ["})
    with pytest.raises(UnusableInput, match="Midvale has files that cannot be used"):
        tables_of(Places(root).shelves())
    portfolio = load(root)
    assert rows_of(Shelf(portfolio, "farvale"))["assessments"]
