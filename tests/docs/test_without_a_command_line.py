"""The walk-through in the browser: its names are those of the form, of the workflow and of a workspace."""

import re

import pytest
from building import ROOT, MakeWorkspace, Pbp, assessment_text
from ruamel.yaml import YAML

PAGE = (ROOT / "docs" / "without-a-command-line.md").read_text("utf-8")
WORKFLOW = (ROOT / "ci" / "github-workflow.yml").read_text("utf-8")
FORM = (ROOT / "docs" / "form.html").read_text("utf-8")
FILE = "assessments/northam/2026-01-14.yaml"
FAULT = re.search(rf"^{FILE}:.*$", PAGE, re.MULTILINE)


def test_the_form_saves_the_file_that_is_handed_in() -> None:
    assert "saveAs(`${data.date}.yaml`, text)" in FORM
    assert "It belongs in assessments/${data.place}/" in FORM
    assert FILE in PAGE


@pytest.mark.parametrize(
    "words", ["Save", "The result", "The file as text", "Go on with a file saved earlier", "Copy for Word", "Print"]
)
def test_the_form_has_what_is_named(words: str) -> None:
    assert f"*{words}*" in PAGE.replace("\n", " ")
    assert f">{words}<" in FORM or f">{words} <" in FORM


def test_the_steps_that_can_be_red_are_those_of_the_workflow() -> None:
    steps = YAML(typ="safe", pure=True).load(WORKFLOW)["jobs"]["check"]["steps"]
    names = {step["name"] for step in steps if "name" in step}
    told = re.findall(r"^\| ([^`|]+) \| [^|]+ \| [^|]+ \|$", PAGE.partition("## When a check is red")[2], re.MULTILINE)
    assert set(told[1:]) == names - {"Say what has changed"}


def test_the_papers_are_those_that_the_workflow_makes() -> None:
    made = re.findall(r"^ +paper ([a-z.-]+)", WORKFLOW, re.MULTILINE)
    assert re.findall(r"`northam-2026-01-14-([a-z.-]+)`", PAGE.partition("## Without GitHub")[0]) == made
    assert "name: papers" in WORKFLOW and "open *papers* under *Artifacts*" in PAGE
    assert 'say "" "## Papers"' in WORKFLOW and "- **Papers**" in PAGE


def test_the_fault_looks_as_it_is_shown(pbp: Pbp, workspace: MakeWorkspace) -> None:
    stages = {"shared-vision": "devloping"}
    root = workspace({FILE: assessment_text("northam", "2026-01-14", stages, status="draft")})
    assert FAULT is not None
    assert FAULT[0] in pbp("validate", at=root).out.splitlines()


def test_what_the_analyst_types_does_it(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({FILE: assessment_text("northam", "2026-01-14", {"shared-vision": "emerging"}, status="draft")})
    commands = re.findall(r"^\$ pbp (.*)$", PAGE, re.MULTILINE)
    assert commands and all(pbp(*command.split(), at=root).code == 0 for command in commands)
    (written,) = root.glob("*.html")
    assert written.name == "northam-2026-01-14-report.html"
