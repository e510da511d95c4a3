"""pbp actions: listing by due date, and closing one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from building import RIVERSIDE, UNUSABLE, MakeWorkspace, Pbp, Snapshot, assessment_text, held_by_another_process

from pbpmaturity.workspace import edit

ACTIONS = """\
    actions:
      - {action: Late, due: 2024-05, owner: Place Director}
      - {action: On time, due: 2024-06}  # keep me
      - {action: Some day}
      - {action: Finished, due: 2023-01, status: done}
"""
FILE = "assessments/northam/2024-01.yaml"
FILES = {FILE: assessment_text("northam", "2024-01", {"shared-data": "emerging"}) + ACTIONS}


def test_whole_list(pbp: Pbp, expect_whole: Snapshot) -> None:
    expect_whole("actions.txt", pbp("actions", "--as-of", "2025-06", at=RIVERSIDE).out)
    expect_whole("actions-northam.txt", pbp("actions", "northam@2024", "--as-of", "2024-06-15", at=RIVERSIDE).out)
    expect_whole(
        "actions-northam.json", pbp("actions", "northam", "--as-of", "2025-06", "--format", "json", at=RIVERSIDE).out
    )


@pytest.mark.parametrize(
    ("as_of", "overdue"),
    [
        ("2024-05-31", []),
        ("2024-05", []),
        ("2024-06-01", ["Late"]),
        ("2024-06", ["Late"]),
        ("2024-07-01", ["Late", "On time"]),
    ],
)
def test_an_action_is_overdue_after_the_last_day_of_its_due_date(
    workspace: MakeWorkspace, pbp: Pbp, as_of: str, overdue: list[str]
) -> None:
    document = json.loads(pbp("actions", "--as-of", as_of, "--format", "json", at=workspace(FILES)).out)
    assert [one["action"] for one in document["actions"] if one["overdue"]] == overdue
    assert [one["action"] for one in document["actions"]] == ["Late", "On time", "Some day"]
    assert [one["number"] for one in document["actions"]] == [1, 2, 3]


def test_without_a_date_today_counts_and_is_said(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(FILES)
    assert pbp("actions", at=root).out == pbp("actions", "--as-of", "today", at=root).out
    assert "Open actions as of " in pbp("actions", at=root).out


def test_closing_one_changes_its_word_and_records_an_amendment(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(FILES)
    before = (root / FILE).read_text("utf-8")
    outcome = pbp("actions", "northam@2024", "--done", "2", "--as-of", "2024-07-01", at=root)
    assert outcome.code == 0
    assert f"closed action 2 of {FILE}: On time" in outcome.err
    old, new = "{action: On time, due: 2024-06}", "{action: On time, due: 2024-06, status: done}"
    amendment = 'amendments:\n  - {date: 2024-07-01, reason: "Action 2 done: On time"}\n'
    assert (root / FILE).read_text("utf-8") == before.replace(old, new) + amendment
    assert pbp("validate", *UNUSABLE, at=root).code == 0
    again = pbp("actions", "northam@2024", "--done", "2", at=root)
    assert again.code == 2
    assert "action 2 is done already: On time" in again.err


def test_closing_one_of_a_draft_or_of_a_loose_file_records_no_amendment(
    workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path
) -> None:
    draft = FILES[FILE].replace("status: agreed", "status: draft")
    root = workspace({FILE: draft})
    assert pbp("actions", "northam@2024-01", "--done", "3", at=root).code == 0
    assert (root / FILE).read_text("utf-8") == draft.replace("{action: Some day}", "{action: Some day, status: done}")
    loose = tmp_path / "loose.yaml"
    loose.write_text(draft)
    assert pbp("actions", "loose.yaml", "--done", "3", at=tmp_path).code == 0
    assert "{action: Some day, status: done}" in loose.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--done", "1"], "--done needs an assessment named by its date"),
        (["northam", "--done", "1"], "--done needs an assessment named by its date"),
        (["northam@2024", "--done", "9"], "northam@2024-01 has no action 9: there are 4"),
        (["northam@2024", "--done", "4"], "action 4 is done already: Finished"),
        (["northam@2024", "--done", "0"], "Invalid value for '--done'"),
        (["--as-of", "2024-02-30"], '--as-of "2024-02-30" is not a date: there is no such day'),
        (["southam"], 'there is no Place "southam"'),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    workspace: MakeWorkspace, pbp: Pbp, arguments: list[str], said: str
) -> None:
    root = workspace(FILES)
    outcome = pbp("actions", *arguments, at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert (root / FILE).read_text("utf-8") == FILES[FILE]


def test_two_writers_at_once_are_told_so(workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch) -> None:
    root = workspace(FILES)
    monkeypatch.setattr("pbpmaturity.cli.actions.PATIENCE", 0.2)
    with held_by_another_process((root / FILE).parent):
        outcome = pbp("actions", "northam@2024", "--done", "1", at=root)
    assert outcome.code == 2
    assert "is being changed by somebody else on this computer" in outcome.err
    assert (root / FILE).read_text("utf-8") == FILES[FILE]
    assert pbp("actions", "northam@2024", "--done", "1", at=root).code == 0
    assert [path.name for path in (root / FILE).parent.iterdir()] == ["2024-01.yaml"]


def test_where_a_drive_has_no_lock_comparing_has_to_do(
    workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("pbpmaturity.workspace.lock._lock", none)
    assert pbp("actions", "northam@2024", "--done", "1", at=workspace(FILES)).code == 0


def test_what_could_not_be_read_is_told_of(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({**FILES, "assessments/northam/2022-01.yaml": "place: ["})
    for arguments in (["actions"], ["actions", "northam"], ["matrix"]):
        assert pbp(*arguments, at=root).err == "1 file could not be read; run pbp validate\n"
    (root / "pbp.yaml").write_text("places:\n  northam: {}\n  southam: {}\n")
    (root / "assessments" / "Southam").mkdir()
    outcome = pbp("actions", at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert "assessments/Southam:1:1: error PBP304" in outcome.err


def test_a_banner_names_each_assessment_that_it_is_about(workspace: MakeWorkspace, pbp: Pbp) -> None:
    others = {
        f"assessments/{place}/2024-01.yaml": assessment_text(place, "2024-01", {}, provenance="illustrative")
        for place in ("eastham", "westham")
    }
    text = pbp("actions", at=workspace({**FILES, **others})).out
    assert text.startswith("ILLUSTRATIVE (eastham@2024-01, westham@2024-01): ")


def test_a_change_by_somebody_else_meanwhile_is_not_lost(
    workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(FILES)
    real = edit.merged

    def meanwhile(data: bytes, meant: Mapping[str, Any]) -> bytes:
        (root / FILE).write_bytes(data + b"# theirs\n")
        return real(data, meant)

    monkeypatch.setattr("pbpmaturity.cli.actions.merged", meanwhile)
    outcome = pbp("actions", "northam@2024", "--done", "1", at=root)
    assert outcome.code == 2
    assert "was changed by somebody else meanwhile" in outcome.err
    assert (root / FILE).read_text("utf-8") == FILES[FILE] + "# theirs\n"


def test_a_place_without_open_actions(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({FILE: assessment_text("northam", "2024-01", {})})
    assert pbp("actions", at=root).out.endswith("There are none.\n")
