"""What docs/editors-and-ci.md says of CI is what the workflow and the component do."""

import re
from typing import Any

from building import ROOT, tables
from ruamel.yaml import YAML

PAGE = (ROOT / "docs" / "editors-and-ci.md").read_text("utf-8")
WORKFLOW = (ROOT / "ci" / "github-workflow.yml").read_text("utf-8")


def parsed(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def test_the_papers_and_their_commands_are_those_of_the_workflow() -> None:
    made = dict(re.findall(r"^ +paper ([a-z-]+\.[a-z]+)(.*)$", WORKFLOW, re.MULTILINE))
    told = {
        name.removeprefix("northam-2025-01-15-"): command.strip("` ").removeprefix("pbp report")
        for names, command in tables(PAGE)["GitHub"]
        for name in re.findall(r"[\w.-]+", names)
    }
    assert told == made


def test_what_to_install_instead_stands_where_the_workflow_has_it() -> None:
    lines = re.findall(r"^      (PBP: .*)$", PAGE, re.MULTILINE)
    is_there = parsed(WORKFLOW)["jobs"]["check"]["env"]["PBP"]
    extras = is_there[is_there.index("[") :]
    assert f"\n      PBP: {is_there}\n" in WORKFLOW and f"`{is_there}`" in PAGE
    assert len(lines) == 2 and all(extras in parsed(line)["PBP"] for line in lines)


def test_the_inputs_of_the_component_are_named() -> None:
    (spec, _) = YAML(typ="safe", pure=True).load_all((ROOT / "ci" / "gitlab.yml").read_text("utf-8"))
    (sentence,) = re.findall(r"Its inputs are ([^.]+ and `stage`)\.", PAGE)
    assert set(re.findall(r"`([\w-]+)`", sentence)) == set(spec["spec"]["inputs"])
