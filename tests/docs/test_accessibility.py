"""The accessibility statement names the test of each thing that it says is tested."""

import re

import pytest
from building import ROOT

PAGE = (ROOT / "docs" / "accessibility.md").read_text("utf-8")
ROWS = re.findall(r"^\| (.+?) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)[2:]


@pytest.mark.parametrize(("what", "how", "told"), ROWS, ids=[what for what, _, _ in ROWS])
def test_what_is_said_to_be_tested_has_its_test(what: str, how: str, told: str) -> None:
    cited = re.findall(r"((?:`\w+`(?:, )?)+) in \[(\w+\.py)\]\(\.\./([\w/]+\.py)\)", told)
    assert cited, "no test is named"
    for names, name, path in cited:
        file = ROOT / path
        assert file.name == name
        for test in re.findall(r"`(\w+)`", names):
            assert re.search(rf"^def {test}\(", file.read_text("utf-8"), re.MULTILINE), test
    assert re.sub(r"`\w+`|\[\w+\.py\]\([^)]*\)| in |, ", "", told) == "", "each test is named with its file"


def test_the_statement_has_many_rows() -> None:
    assert len(ROWS) >= 15
