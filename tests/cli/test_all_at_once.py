"""All that can be judged of a file is found in one run, and nothing that only follows from another fault."""

# ruff: noqa: E501

import re

import pytest
from building import MakeWorkspace, Pbp

FILE = "assessments/northam/2024-01-17.yaml"
HEAD = """\
place: northam
date: 2024-01-17
matrix: pbp@2023.1
status: agreed
agreed: {by: The board, date: 2024-02}
provenance: illustrative
"""
THEMES = """\
themes:
  shared-vision:
    stage: developing
    rationale: Adopted in the autumn.
    evidence:
      - {title: Vision, link: "https://example.org/vision"}
"""
GOOD = HEAD.replace("agreed\nagreed", "draft\nagreed") + THEMES
WHOLE = HEAD + THEMES
OWN = """\
id: own
version: "1"
title: Own
stages:
  - {id: a, name: A}
  - {id: b, name: B}
themes:
  - id: t1
    name: One
    descriptions: {a: x, b: y}
"""
TEST = """\
id: own
title: Own
matrix: pbp@2023.1
requires: {all-themes-at-least: developing}
attested:
  - {condition: Agreed, by-role: Board}
"""


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Return a text with parts of it replaced, each of which must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def found(out: str) -> list[str]:
    """Return `line:column code` of each finding."""
    return [f"{at} {code}" for at, code in re.findall(r":(\d+:\d+): \w+ (PBP\d{3}) ", out)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a misspelt key, a misspelt stage, a bad link and an e-mail address
            changed(GOOD, ("rationale: Ad", "rational: Ask jo@example.org, ad"), (": developing", ": devloping"), ("https", "htp")),
            ["9:12 PBP104", "10:5 PBP101", "10:15 PBP402", "12:31 PBP112"],
        ),
        (changed(GOOD, ("themes:", "thmes:"), ("stage:", "stge:"), (": developing", ": devloping")), ["7:1 PBP101", "9:5 PBP101", "9:11 PBP104"]),
        (changed(GOOD, ("place: northam", "plce: northam"), ("status", "statsu"), ("date: 2024-01", "dat: 2023-01")), ["1:1 PBP101", "2:1 PBP101", "2:6 PBP301", "4:1 PBP101"]),
        (changed(GOOD, ("shared-vision", "shared-vison"), (": developing", ": devloping")), ["8:3 PBP105", "9:12 PBP104"]),
        # an unknown matrix, and a date that there is not, keep nothing else from being judged
        (changed(GOOD, ("pbp@2023.1", "pbp@2022"), ("https", "htp")), ["3:9 PBP107", "12:31 PBP112"]),
        (changed(GOOD, ("date: 2024-01-17", "date: 2024-02-30"), ("developing", "devloping")), ["2:7 PBP109", "9:12 PBP104"]),
        (changed(GOOD, ("by: The board", "by: Dr Alex Example"), ("title: Vision, ", "")), ["5:14 PBP403", "12:9 PBP102"]),
        # what stands under a key that nobody knows is looked at for what people would regret
        (changed(GOOD, ("place", "contact: {mail: [jo@example.org]}\nplace")), ["1:1 PBP101", "1:18 PBP402"]),
        (changed(GOOD, ("Adopted in the autumn.", "[Ring 01632 960123]")), ["10:16 PBP103", "10:17 PBP402"]),
    ],
)  # fmt: skip
def test_everything_is_found_at_once(pbp: Pbp, workspace: MakeWorkspace, text: str, expected: list[str]) -> None:
    assert found(pbp("validate", at=workspace({FILE: text})).out) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHOLE, ["7:1 PBP116"]),
        # whether it is agreed is not known, so nothing is missing from it
        (changed(WHOLE, ("status: agreed", "status: final")), ["4:9 PBP103"]),
        (changed(WHOLE, ("provenance: illustrative", "provenance: mine")), ["6:13 PBP103"]),
        (changed(WHOLE, ("provenance: illustrative", "provenance: self-assessment"), ("by: The board, date: 2024-02", "board: X, date: 2024-02")), ["5:10 PBP101", "7:1 PBP116"]),
        (changed(WHOLE, ("provenance: illustrative", "provenance: self-assessment"), ("agreed: {by: The board, date: 2024-02}\n", "signed-off: {by: The board}\n")), ["5:1 PBP101", "7:1 PBP116"]),
        # the theme that is left out may be the one that is unknown
        (changed(WHOLE, ("shared-vision:", "our-purpose:")), ["8:3 PBP105"]),
        (changed(WHOLE, ("stage: developing", "level: {developing: yes}")), ["7:1 PBP116", "9:5 PBP101"]),
        # evidence and reasons that cannot be read are not missing
        (changed(WHOLE, ('evidence:\n      - {title: Vision, link: "https://example.org/vision"}', "evidence: See the minutes")), ["7:1 PBP116", "11:15 PBP103"]),
        (changed(GOOD, ("developing", "not-applicable"), ("rationale: A", "because: A")), ["10:5 PBP101"]),
        (changed(GOOD, ("developing", "not-applicable"), ("rationale: Adopted in the autumn.", "because: [a]")), ["9:12 PBP110", "10:5 PBP101"]),
        # a tally of which one count cannot be read is of nobody knows how many
        (f"{GOOD}    views: {{emerging: 1, developing: two}}\n", ["13:38 PBP103"]),
        (f"{GOOD}    views: {{emerging: 1, devloping: 2}}\n", ["13:5 PBP401", "13:26 PBP104"]),
        (f"{GOOD}    target: {{stage: emergng}}\n", ["13:21 PBP104"]),
        (f"{GOOD}    target: Maturing\n", ["13:13 PBP103"]),
        (f"{GOOD}    criteria: {{E9: met, E1: yes}}\n", ["13:16 PBP106", "13:29 PBP103"]),
        (changed(GOOD, ("    stage: developing\n", "")), []),
        (changed(GOOD, (THEMES, "themes: none\n")), ["7:9 PBP103"]),
        (changed(GOOD, (THEMES, "topics: {shared-vision: {stage: developing}}\n")), ["7:1 PBP101"]),
        (changed(GOOD, (THEMES, "topics: none\n")), ["1:1 PBP102", "7:1 PBP101"]),
        (changed(GOOD, ("place: northam", "plce:")), ["1:1 PBP101"]),
        # a colon that is missing within {}: the value stands in the key
        (changed(WHOLE, ("provenance: illustrative", "provenance: self-assessment"), ("by: The", "by The")), ["5:10 PBP101", "7:1 PBP116"]),
        (f"{GOOD}    views: {{developing 5, maturing: 1}}\n", ["13:13 PBP104"]),
        (changed(GOOD, ("    rationale", "    disent:\n    rationale")), ["10:5 PBP101"]),
    ],
)  # fmt: skip
def test_nothing_is_found_that_follows_from_another_fault(
    pbp: Pbp, workspace: MakeWorkspace, text: str, expected: list[str]
) -> None:
    assert found(pbp("validate", at=workspace({FILE: text})).out) == expected


@pytest.mark.parametrize(
    ("files", "options", "expected"),
    [
        # an action is overdue only if it is known to be open, and a target past only if its stage is known
        ({FILE: f"{WHOLE}    actions: [{{action: Meet, due: 2024-03, status: closed}}]\n"}, ("PBP120", "PBP103"), ["13:52 PBP103"]),
        ({FILE: f"{WHOLE}    actions: [{{action: Meet, due: 2024-03, stauts: open}}]\n"}, ("PBP120", "PBP101"), ["13:35 PBP120", "13:44 PBP101"]),
        ({FILE: f"{WHOLE}    target: {{stage: devloping, by: 2024-03}}\n"}, ("PBP119", "PBP104"), ["13:21 PBP104"]),
        ({FILE: changed(WHOLE, ("date: 2024-01-17", "date: 2019-13"))}, ("PBP306", "PBP109", "PBP301"), ["2:7 PBP109"]),
        # how old an assessment may be cannot be read
        ({FILE: WHOLE, "pbp.yaml": "review-every-months: often\nmatrix: pbp@2022\n"}, ("PBP306", "PBP103", "PBP107"), ["1:22 PBP103", "2:9 PBP107"]),
    ],
)  # fmt: skip
def test_what_depends_on_the_day_is_judged_as_far_as_it_is_known(
    pbp: Pbp, workspace: MakeWorkspace, files: dict[str, str], options: tuple[str, ...], expected: list[str]
) -> None:
    outcome = pbp("validate", "--as-of", "2025-06", "--select", ",".join(options), at=workspace(files))
    assert found(outcome.out) == expected


def test_a_change_is_held_against_a_file_that_is_at_fault_elsewhere(pbp: Pbp, workspace: MakeWorkspace) -> None:
    before = changed(WHOLE, ("date: 2024-01-17", "date: 2023-01"))
    after = changed(
        WHOLE, ("developing", "maturing"), ("    rationale: Adopted in the autumn.\n", ""), ("status", "statsu")
    )
    files = {"assessments/northam/2023-01.yaml": before, FILE: after}
    assert found(pbp("validate", FILE, "--select", "PBP101,PBP305", at=workspace(files)).out) == [
        "4:1 PBP101",
        "9:12 PBP305",
    ]
    files[FILE] = changed(after, ("    stage", "    why: x\n    stage"))
    assert found(pbp("validate", FILE, "--select", "PBP101,PBP305", at=workspace(files)).out) == [
        "4:1 PBP101",
        "9:5 PBP101",
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("matrices/own.yaml", changed(OWN, ("title", "tilte"), ("b: y", "c: jo@example.org")), ["3:1 PBP101", "10:26 PBP202", "10:29 PBP402"]),
        ("matrices/own.yaml", changed(OWN, ("{id: b,", "{id: B b,")), ["6:10 PBP103"]),
        ("matrices/own.yaml", changed(OWN, ("  - {id: b, name: B}\n", ""), ("name: One", "nmae: One")), ["5:3 PBP103", "8:5 PBP101"]),
        ("readiness/own.yaml", changed(TEST, ("all-themes-at-least: developing", "all-theme-at-least: devloping"), ("Board", "Alex Example")), ["4:12 PBP101", "4:32 PBP104", "6:34 PBP403"]),
        ("readiness/own.yaml", changed(TEST, ("requires: {all-themes-at-least: developing}", "requires: {minimum: developing}")), ["4:12 PBP101"]),
        ("pbp.yaml", "matrx: pbp@2022\nsystem: [x]\nplaces:\n  northam: {share: all}\n  con: {name: jo@example.org}\n", ["1:1 PBP101", "1:8 PBP107", "2:9 PBP103", "4:20 PBP103", "5:3 PBP304", "5:15 PBP402"]),
    ],
)  # fmt: skip
def test_it_is_so_in_every_kind_of_file(
    pbp: Pbp, workspace: MakeWorkspace, path: str, text: str, expected: list[str]
) -> None:
    out = pbp("validate", at=workspace({path: text, FILE: GOOD})).out
    assert found(out) == expected
    assert out.splitlines()[-1].startswith("2 files checked: ")


def test_no_other_command_uses_what_is_read_in_part(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({FILE: changed(GOOD, ("status", "statsu"))})
    for command in (("show", "northam@2024"), ("export", "-o", "out"), ("report", "northam@2024")):
        outcome = pbp(*command, at=root)
        assert (outcome.code, outcome.out) == (2, ""), command
        assert "PBP101" in outcome.err
    settings = workspace({FILE: GOOD, "pbp.yaml": "places: {northam: {shrae: private}}\n"})
    assert pbp("compare", at=settings).code == 2


def test_a_syntax_error_still_ends_it(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({FILE: changed(GOOD, ("status", "statsu")) + "    rationale: [x\n"})
    assert [one.split()[1] for one in found(pbp("validate", at=root).out)] == ["PBP001"]


# Places that are not listed


def test_a_place_is_missed_where_it_would_be_listed(pbp: Pbp, workspace: MakeWorkspace) -> None:
    listed = "system: x\nplaces:\n  southam: {name: Southam}\n"
    root = workspace(
        {FILE: GOOD, "pbp.yaml": listed, "assessments/southam/2024-01-17.yaml": changed(GOOD, ("northam", "southam"))}
    )
    assert pbp("validate", at=root).out.startswith('pbp.yaml:2:1: error PBP303 Place "northam" is not listed')
    # whoever asks about the folder alone is told too
    assert found(pbp("validate", "assessments/northam", at=root).out) == ["2:1 PBP303"]
    assert found(pbp("validate", "assessments/southam", at=root).out) == []
    (root / "pbp.yaml").write_text(changed(listed, ("places", "# pbp: ignore PBP303 to be listed on Friday\nplaces")))
    assert found(pbp("validate", at=root).out) == []
    # one whose entry is at fault is listed all the same
    (root / "pbp.yaml").write_text(f"{listed}  northam: yes\n")
    assert found(pbp("validate", at=root).out) == ["4:12 PBP103"]


# Files of later versions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"format: 2\n{changed(GOOD, ('themes', 'lenses'))}", ["1:9 PBP018"]),
        (f'format: "1.1"\nlens: x # pbp: ignore PBP999 known later\n{GOOD}', ["1:9 PBP018"]),
        (f"format: 10\n{GOOD}", ["1:9 PBP018"]),
        (f"format: one\n{GOOD}", ["1:9 PBP103"]),
        (f"format: 0\n{GOOD}", ["1:9 PBP103"]),
        (f"format: 1.0\n{GOOD}", ["1:9 PBP103"]),
        (f"asks: [Agree it]\n{changed(GOOD, (': developing', ': devloping'))}", ["1:1 PBP018", "10:12 PBP104"]),
        (f"{GOOD}    actions: [{{id: a1, action: Meet, onwer: Alex Example}}]\n", ["13:16 PBP018", "13:38 PBP101", "13:45 PBP403"]),
        (f"ask: [Agree it]\n{GOOD}", ["1:1 PBP101"]),
        (f"groups: []\n{GOOD}", ["1:1 PBP101"]),  # a matrix has them, and an assessment has not
    ],
)  # fmt: skip
def test_a_file_of_a_later_version_is_told_as_such(
    pbp: Pbp, workspace: MakeWorkspace, text: str, expected: list[str]
) -> None:
    root = workspace({FILE: text})
    outcome = pbp("validate", at=root)
    assert (outcome.code, found(outcome.out)) == (1, expected)
    assert ("update pbp" in outcome.out) == ("PBP018" in outcome.out)
    assert pbp("show", "northam@2024", at=root).code == 2


def test_a_matrix_without_an_overall_stage_is_a_later_one_s(pbp: Pbp, workspace: MakeWorkspace) -> None:
    out = pbp("validate", at=workspace({"matrices/own.yaml": f"{OWN}overall: none\n"})).out
    assert found(out) == ["11:1 PBP018"]
