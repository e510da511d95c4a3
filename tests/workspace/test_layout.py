"""Which files make up a workspace, and what does not belong."""

import os
from pathlib import Path

import pytest
from building import UNUSABLE, MakeWorkspace, Pbp, assessment_text

from pbpmaturity.workspace.layout import find_root, lay_out, place_id_fault

GOOD = assessment_text("northam", "2024-01", {"shared-data": "emerging"})


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("northam", None),
        ("berkshire-west", None),
        ("place2", None),
        ("North", "lower-case"),
        ("north am", "lower-case"),
        ("-north", "lower-case"),
        ("2024", "lower-case"),
        ("con", "Windows"),
        ("lpt9", "Windows"),
        ("latest", "date"),
        ("jan-2024", "date"),
    ],
)
def test_place_ids(name: str, fault: str | None) -> None:
    found = place_id_fault(name)
    assert found is None if fault is None else fault in (found or "")


def test_what_does_not_belong_is_an_error_and_dot_names_are_skipped(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(
        {
            "assessments/northam/2024-01.yaml": GOOD,
            "assessments/northam/2024-02.yml": GOOD,
            "assessments/northam/notes.txt": "x",
            "assessments/northam/.hidden": "x",
            "assessments/northam/old/2023-01.yaml": GOOD,
            "assessments/README.md": "x",
            "assessments/.gitkeep": "",
            "assessments/North Am/2024-01.yaml": GOOD,
            "matrices/README.md": "x",
            "pbp.yml": "x",
            "README.md": "anything may lie beside them",
        }
    )
    outcome = pbp("validate", *UNUSABLE, at=root)
    assert outcome.code == 1
    paths = [line.split(":")[0] for line in outcome.out.splitlines()[:-1]]
    assert paths == [
        "assessments/North Am",
        "assessments/README.md",
        "assessments/northam/2024-02.yml",
        "assessments/northam/notes.txt",
        "assessments/northam/old",
        "matrices/README.md",
        "pbp.yml",
    ]
    assert "rename it to 2024-02.yaml" in outcome.out


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_link_that_leads_outside_is_not_followed(workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(GOOD)
    root = workspace({"assessments/northam/2024-01.yaml": GOOD})
    (root / "assessments/northam/2024-02.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "assessments/northam/2024-03.yaml").symlink_to("2024-01.yaml")
    (root / "assessments/elsewhere").symlink_to(tmp_path)
    layout = lay_out(root)
    assert dict(layout.places) == {"northam": ("assessments/northam/2024-01.yaml", "assessments/northam/2024-03.yaml")}
    assert {finding.path for finding in layout.findings} == {
        "assessments/elsewhere",
        "assessments/northam/2024-02.yaml",
    }


@pytest.mark.skipif(os.name == "nt", reason="needs pipes")
def test_a_pipe_is_not_waited_for(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({"assessments/northam/2024-01.yaml": GOOD})
    os.mkfifo(root / "assessments/northam/2024-02.yaml")
    assert "not a file that can be read" in pbp("validate", at=root).out


def test_the_nearest_workspace_above_is_meant(workspace: MakeWorkspace) -> None:
    root = workspace({"pbp.yaml": "format: 1\n", "assessments/northam/2024-01.yaml": GOOD})
    assert find_root(root / "assessments" / "northam") == root
    assert find_root(root.parent) != root


def test_places_that_pbp_yaml_does_not_list(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({"pbp.yaml": "places:\n  southam: {name: Southam}\n", "assessments/northam/2024-01.yaml": GOOD})
    outcome = pbp("validate", at=root)
    assert outcome.code == 1
    assert 'PBP303 Place "northam" is not listed under places in pbp.yaml (did you mean "southam"?);' in outcome.out


def test_a_place_that_would_leave_the_folder_is_refused(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(
        {
            "pbp.yaml": 'places:\n  "../etc": {name: x}\n',
            "assessments/northam/2024-01.yaml": GOOD.replace("place: northam", "place: ../northam"),
        }
    )
    outcome = pbp("validate", at=root)
    assert outcome.code == 1
    assert "assessments/northam/2024-01.yaml:1:8: error PBP103 place:" in outcome.out
    assert "pbp.yaml:2:3: error PBP103" in outcome.out
