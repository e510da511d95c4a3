"""SARIF reports against the schema of SARIF 2.1.0, as npm's @microsoft/jest-sarif carries it."""

import json
from pathlib import Path

import jsonschema
import pytest
from broken_examples import BROKEN, code_of, found_in
from building import HOSTILE, ROOT, MakeWorkspace, Pbp
from pages import in_yaml

pytestmark = pytest.mark.node

SCHEMA = ROOT / "tests/node/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"


def check(out: str) -> int:
    """Hold a report against the schema, and return how many results it has."""
    document = json.loads(out)
    checker = jsonschema.Draft7Validator.FORMAT_CHECKER
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text("utf-8")), format_checker=checker).validate(document)
    return len(document["runs"][0]["results"])


@pytest.mark.parametrize("folder", BROKEN, ids=lambda path: path.name)
def test_a_report_of_each_rule_is_sarif(folder: Path, pbp: Pbp, tmp_path: Path) -> None:
    out = found_in(folder, pbp, tmp_path, "--format", "sarif").out
    assert check(out) >= 1
    assert code_of(folder) in {result["ruleId"] for result in json.loads(out)["runs"][0]["results"]}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_sarif(pbp: Pbp, workspace: MakeWorkspace, text: str) -> None:
    quoted = in_yaml(text)
    name = "".join(char for char in text if char not in "/\0")[:80].strip(". ") or "x"
    root = workspace({f"assessments/northam/{name}.yaml": f"{quoted}: 1\n{quoted}: 2\n"})
    assert check(pbp("validate", "--format", "sarif", at=root).out) >= 1
