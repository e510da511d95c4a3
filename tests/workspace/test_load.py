"""One broken file is a finding among others and never stops the rest."""

import json
from pathlib import Path

import pytest
from building import UNUSABLE, MakeWorkspace, Pbp, assessment_text

GOOD = assessment_text("northam", "2024-01", {"shared-data": "emerging"})
MISSPELT = assessment_text("northam", "2024-01", {"shared-data": "emergin"}, status="draft")
EARLIER = assessment_text("northam", "2023-01", {"shared-data": "emerging"})
BROKEN = "place: [northam"


def test_validate_reports_the_broken_file_among_the_others(workspace: MakeWorkspace, pbp: Pbp) -> None:
    files = {
        "assessments/northam/2023-01.yaml": BROKEN,
        "assessments/northam/2024-01.yaml": MISSPELT,
        "matrices/mine.yaml": b"\xff\xfe",
        "readiness/test.yaml": "a: 1\na: 2\n",
    }
    outcome = pbp("validate", "--format", "json", at=workspace(files))
    document = json.loads(outcome.out)
    found = [(one["path"], one["line"], one["column"], one["code"]) for one in document["diagnostics"]]
    assert found == [
        ("assessments/northam/2023-01.yaml", 1, 16, "PBP001"),
        ("assessments/northam/2024-01.yaml", 8, 12, "PBP104"),
        ("matrices/mine.yaml", 1, 1, "PBP002"),
        ("readiness/test.yaml", 2, 1, "PBP005"),
    ]
    assert (outcome.code, document["files_checked"]) == (1, 4)
    assert document["summary"] == {"errors": 4, "warnings": 0, "notes": 0}


def test_a_broken_file_that_is_not_needed_is_a_line_on_stderr(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({"assessments/northam/2023-01.yaml": BROKEN, "assessments/northam/2024-01.yaml": GOOD})
    outcome = pbp("show", "northam", at=root)
    assert outcome.code == 0
    assert outcome.err == "1 file could not be read; run pbp validate\n"
    assert outcome.out.startswith("Northam: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "northam"],
        ["show", "northam@2025"],
        ["diff", "northam"],
        ["report", "northam"],
        ["show", "assessments/northam/2025-01.yaml"],
    ],
)
def test_a_broken_file_that_is_needed_stops_the_verb_with_its_finding(
    workspace: MakeWorkspace, pbp: Pbp, arguments: list[str]
) -> None:
    files = {
        "assessments/northam/2023-01.yaml": EARLIER,
        "assessments/northam/2024-01.yaml": GOOD,
        "assessments/northam/2025-01.yaml": BROKEN,
    }
    outcome = pbp(*arguments, at=workspace(files))
    assert (outcome.code, outcome.out) == (2, "")
    assert "assessments/northam/2025-01.yaml:1:16: error PBP001" in outcome.err


def test_a_broken_pbp_yaml_stops_every_verb_but_validate(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({"pbp.yaml": "sytem: x\n", "assessments/northam/2024-01.yaml": GOOD})
    outcome = pbp("show", "northam", at=root)
    assert outcome.code == 2
    assert 'pbp.yaml:1:1: error PBP101 key "sytem" is not known here; did you mean "system"?' in outcome.err
    assert pbp("validate", at=root).code == 1


def test_an_unreadable_matrix_is_named_where_it_is_missed(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(
        {"matrices/own.yaml": "id: [", "assessments/northam/2024-01.yaml": GOOD.replace("pbp@2023.1", "own@1")}
    )
    outcome = pbp("validate", at=root)
    assert 'matrix "own@1" is not known here (matrices/own.yaml could not be read)' in outcome.out


def test_a_file_without_a_workspace_is_checked_by_itself(
    workspace: MakeWorkspace, pbp: Pbp, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("downloads")
    (folder / "form (1).yaml").write_text(MISSPELT)
    outcome = pbp("validate", "form (1).yaml", at=folder)
    assert outcome.code == 1
    assert outcome.out.startswith("form (1).yaml:8:12: error PBP104")
    assert "form (1).yaml lies in no workspace" in outcome.err
    (folder / "form (1).yaml").write_text(GOOD)
    assert pbp("validate", *UNUSABLE, "form (1).yaml", at=folder).code == 0
    assert pbp("show", "./form (1).yaml", at=folder).out.startswith("Northam: Emerging so far overall")


def test_a_matrix_without_a_workspace_is_checked_as_one(pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "id: m\nversion: '1'\ntitle: M\nstages: [{id: a, name: A}]\nthemes: [{id: t, name: T}]\n"
    )
    outcome = pbp("validate", "m.yaml", at=tmp_path)
    assert "m.yaml:4:9: error PBP103 stages: found 1, expected 2 or more" in outcome.out


def test_two_workspaces_in_one_run_are_refused(pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    first = workspace({"assessments/northam/2024-01.yaml": GOOD})
    (tmp_path / "other" / "assessments").mkdir(parents=True)
    outcome = pbp("validate", str(first), str(tmp_path / "other"), at=tmp_path)
    assert outcome.code == 2
    assert "different workspaces" in outcome.err


def test_a_path_limits_what_is_printed_and_counted(pbp: Pbp, workspace: MakeWorkspace) -> None:
    files = {
        "assessments/northam/2024-01.yaml": MISSPELT,
        "assessments/southam/2024-01.yaml": GOOD,
    }
    root = workspace(files)
    northam = pbp("validate", "assessments/northam", at=root)
    assert northam.out.count("PBP") == 1
    assert northam.out.endswith("1 file checked: 1 error\n")
    file = pbp("validate", "2024-01.yaml", at=root / "assessments" / "southam")
    assert file.out.startswith("2024-01.yaml:1:8: error PBP301")
    elsewhere = pbp("validate", str(root / "assessments" / "southam"), at=root.parent.parent)
    assert f"{root.name}/assessments/southam/2024-01.yaml:1:8" in elsewhere.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "there is no file or folder"),
        (["README.md"], "there is no file to check"),
        (["--workspace", "nowhere"], '"nowhere" is not a folder'),
        (["--workspace", "docs"], "is not a workspace"),
    ],
)
def test_no_file_to_check_is_wrong_usage(pbp: Pbp, workspace: MakeWorkspace, arguments: list[str], said: str) -> None:
    root = workspace({"assessments/northam/2024-01.yaml": GOOD, "README.md": "x", "docs/x": ""})
    outcome = pbp("validate", *arguments, at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_without_a_workspace_there_is_nothing_to_do(pbp: Pbp, tmp_path: Path) -> None:
    outcome = pbp("validate", at=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "there is no workspace here" in outcome.err


def test_an_empty_workspace_is_wrong_usage_and_a_new_one_fine(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({})
    assert pbp("validate", at=root).code == 2
    (root / "pbp.yaml").write_text("format: 1\n")
    outcome = pbp("validate", at=root)
    assert (outcome.code, outcome.out) == (0, "1 file checked: nothing found; no assessments yet\n")
    document = json.loads(pbp("validate", "--format", "json", at=root).out)
    assert (document["files_checked"], document["diagnostics"]) == (1, [])
