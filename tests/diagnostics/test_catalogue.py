"""The catalogue of rules, their page docs/rules.md and the examples in tests/examples say the same."""

import errno
import re
from pathlib import Path
from typing import Any

import pytest
from broken_examples import BROKEN, code_of, found_in
from building import ROOT, MakeWorkspace, Pbp

from pbpmaturity.diagnostics.rules import DOCUMENT, RULES, Rule
from pbpmaturity.workspace.source import MAX_BYTES

EXAMPLES = ROOT / "tests" / "examples"
GOOD = sorted((EXAMPLES / "good").iterdir())

MADE_ON_THE_FLY = {"PBP010", "PBP013"}
"""Too large, and unreadable: no file of a checkout can be either."""

COMES_WITH = {"PBP302": {"PBP301"}}
"""A file is named after its date, so of two with one date at least one has the wrong name."""

UNSEEN = {"→": "\t", "␋": "\x0b"}
"""What docs/rules.md shows in place of characters that nobody would see."""

FINDING = re.compile(r"(.+?:\d+:\d+: (?:error|warning|note) (PBP\d{3})) .+")
SECTION = re.compile(r"^## (.+)\n((?:(?!^## ).*\n)*)", re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

DRAFT = """\
place: northam
date: 2024-01-17
matrix: pbp@2023.1
status: draft
provenance: illustrative
themes:
  shared-vision: {stage: developing}
"""


def _sections() -> dict[str, str]:
    text = (ROOT / DOCUMENT).read_text("utf-8")
    found = SECTION.findall(text)
    assert len(found) == text.count("\n## ")
    sections = dict(found)
    assert len(sections) == len(found), "a rule has two sections"
    return sections


def _folder(rule: Rule) -> str:
    return f"{rule.code.lower()}-{rule.name}"


def _blocks(section: str, language: str) -> list[str]:
    """Return the fenced blocks of a section's example."""
    example = section[section.index("**Example.**") : section.index("**How to mend it.**")]
    return [text for found, text in BLOCK.findall(example) if found == language]


def _texts(folder: Path) -> list[str]:
    """Return the files of an example as their authors saw them."""
    files = [path.read_bytes() for path in folder.rglob("*.yaml")]
    return [data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8") for data in files]


def test_each_rule_has_a_code_and_a_name_of_its_own() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)
    assert all(re.fullmatch(r"PBP\d{3}", rule.code) and re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name) for rule in RULES)


def test_the_page_has_a_section_for_each_rule_in_order_and_no_other() -> None:
    assert list(_sections()) == [rule.code for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_section_says_what_the_rule_is_and_what_it_prints(rule: Rule) -> None:
    section = _sections()[rule.code]
    assert f"**{rule.name}: {rule.summary}**" in section
    headings = re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", section, re.MULTILINE)
    assert headings == ["What", "Why", "Example", "How to mend it"]
    printed = [FINDING.fullmatch(line) for line in _blocks(section, "text")[-1].splitlines()]
    assert rule.code in {found[2] for found in printed if found}
    assert any(found and f": {rule.severity} {rule.code}" in found[1] for found in printed)


def test_the_page_shows_a_finding_before_the_first_section() -> None:
    introduction = (ROOT / DOCUMENT).read_text("utf-8").partition("\n## ")[0]
    line = BLOCK.findall(introduction)[0][1]
    assert line in _sections()["PBP104"]


def test_each_rule_but_two_has_a_broken_example_and_each_example_a_rule() -> None:
    wanted = {_folder(rule) for rule in RULES if rule.code not in MADE_ON_THE_FLY}
    assert {folder.name for folder in BROKEN} == wanted


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_broken_example_gives_exactly_the_findings_expected(folder: Path, pbp: Pbp, tmp_path: Path) -> None:
    outcome = found_in(folder, pbp, tmp_path)
    *lines, _ = outcome.out.splitlines()
    found = [match for match in map(FINDING.fullmatch, lines) if match]
    assert len(found) == len(lines)
    assert [match[1] for match in found] == (folder / "expected.txt").read_text("utf-8").splitlines()
    code = code_of(folder)
    is_error = any(rule.severity == "error" for rule in RULES if rule.code == code)
    assert (outcome.code, outcome.err) == (int(is_error), "")
    assert [match[2] for match in found].count(code) == 1
    assert {match[2] for match in found} == {code} | COMES_WITH.get(code, set())


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_the_page_shows_the_example_and_what_is_printed_for_it(folder: Path, pbp: Pbp, tmp_path: Path) -> None:
    section = _sections()[code_of(folder)]
    *lines, _ = found_in(folder, pbp, tmp_path).out.splitlines()
    assert _blocks(section, "text")[-1].splitlines() == lines
    for excerpt in _blocks(section, "yaml"):
        for shown, meant in UNSEEN.items():
            excerpt = excerpt.replace(shown, meant)
        assert any(f"\n{excerpt}" in f"\n{text}" for text in _texts(folder)), excerpt


@pytest.mark.parametrize("folder", GOOD, ids=lambda folder: folder.name)
def test_nothing_is_found_in_a_good_example(folder: Path, pbp: Pbp) -> None:
    outcome = pbp("validate", "--fail-on", "warning", at=folder)
    # A scale with words at its ends only is as good as any other; notes say what it lacks.
    found = "7 notes" if folder.name == "five-levels" else "nothing found"
    assert re.fullmatch(rf"\d+ files? checked: {found}(; no assessments yet)?\n", outcome.out.splitlines(True)[-1])
    assert (outcome.code, outcome.err) == (0, "")
    assert ("no assessments yet" in outcome.out) == (folder.name == "new")


def test_the_good_examples_are_those_that_people_look_for() -> None:
    wanted = {"three-stages", "five-levels", "minimum-rule", "full", "bom-and-crlf", "odd-words", "new"}
    assert wanted <= {folder.name for folder in GOOD}


def test_examples_keep_the_bytes_that_they_are_about() -> None:
    text = "assessments/northam/2024-01-17.yaml"
    notepad = (EXAMPLES / "good" / "bom-and-crlf" / text).read_bytes()
    assert notepad.startswith(b"\xef\xbb\xbf")
    assert notepad.count(b"\n") == notepad.count(b"\r\n") > 0
    assert (EXAMPLES / "broken" / "pbp002-encoding" / text).read_bytes().startswith(b"\xff\xfe")
    assert b"\t" in (EXAMPLES / "broken" / "pbp003-tab-or-separator" / text).read_bytes()
    assert b"\x0b" in (EXAMPLES / "broken" / "pbp004-control-character" / text).read_bytes()


def test_a_file_just_over_the_limit_is_too_large(workspace: MakeWorkspace, pbp: Pbp) -> None:
    text = DRAFT.encode()
    padding = b"#" * (MAX_BYTES - len(text) - 1) + b"\n"
    assert MAX_BYTES == len(text + padding) == 1024 * 1024
    root = workspace({"assessments/northam/2024-01-17.yaml": text + padding})
    assert pbp("validate", at=root).out == "1 file checked: nothing found\n"

    root = workspace({"assessments/northam/2024-01-17.yaml": text + b"#" + padding})
    outcome = pbp("validate", at=root)
    assert outcome.code == 1
    assert outcome.out.splitlines() == [_blocks(_sections()["PBP010"], "text")[-1].rstrip(), "1 file checked: 1 error"]


def test_a_file_that_cannot_be_opened_is_a_finding_among_others(
    workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = "assessments/northam/2024-01-17.yaml"
    root = workspace({closed: DRAFT, "assessments/northam/2025-01-15.yaml": DRAFT.replace("2024-01-17", "2025-01")})
    opened = Path.open

    def refuse(self: Path, *arguments: Any, **options: Any) -> Any:
        if self.as_posix().endswith(closed):
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(self, *arguments, **options)

    monkeypatch.setattr("pbpmaturity.workspace.read.Path.open", refuse)
    outcome = pbp("validate", at=root)
    assert outcome.code == 1
    unreadable, misnamed, summary = outcome.out.splitlines()
    assert unreadable == _blocks(_sections()["PBP013"], "text")[-1].rstrip()
    assert misnamed.startswith("assessments/northam/2025-01-15.yaml:2:7: error PBP301 ")
    assert summary == "2 files checked: 2 errors"
