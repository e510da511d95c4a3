"""What systems and editors leave in folders, lost files, spaces that are none, and paths that lead nowhere."""

import shutil
import unicodedata
from pathlib import Path

import pytest
from building import ROOT, MakeWorkspace, Pbp, assessment_text, commit_all

from pbpmaturity.workspace.litter import is_passed_over, originals

FILE = "assessments/northam/2024-01.yaml"
GOOD = assessment_text("northam", "2024-01", {"shared-data": "emerging"}, status="draft")
MATRIX = (ROOT / "tests/examples/broken/pbp205-empty-cell/matrices/neighbourhood-2024.1.yaml").read_text("utf-8")
LITTER = ("desktop.ini", "Thumbs.db", "ehthumbs.db", "Icon\r", "~$2024-01.yaml", "~$notes.docx", ".DS_Store")
PLAIN = "1 file checked: nothing found\n"


@pytest.mark.parametrize("name", LITTER)
@pytest.mark.parametrize("folder", ["assessments", "assessments/northam", "matrices", "readiness", "delegation"])
def test_what_systems_leave_is_passed_over(pbp: Pbp, workspace: MakeWorkspace, folder: str, name: str) -> None:
    root = workspace({FILE: GOOD, f"{folder}/{name}": "x"})
    assert pbp("validate", at=root).out == PLAIN
    assert pbp("export", "-o", "out", at=root).code == 0


def test_it_is_passed_over_among_templates_and_answers_too(pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    root = workspace({FILE: GOOD, **{f"templates/{name}": "x" for name in LITTER}})
    assert pbp("templates", at=root).out == pbp("templates", at=workspace({FILE: GOOD})).out
    answers = tmp_path / "answers"
    answers.mkdir()
    for name in LITTER:
        (answers / name).write_text("x")
    outcome = pbp("import", str(answers), "--place", "northam", "--date", "2024-01", at=root)
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "holds no .yaml, .csv or .xlsx files" in outcome.err


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("2024-01.yaml~", "2024-01.yaml"),
        ("2024-01.yaml.~12~", "2024-01.yaml"),
        ("2024-01.yaml.bak", "2024-01.yaml"),
        ("2024-01.yaml.BAK2", "2024-01.yaml"),
        ("2024-01.yaml.orig", "2024-01.yaml"),
        ("2024-01.yaml.swp", "2024-01.yaml"),
        ("2024-01.bak", "2024-01.yaml"),
        ("#2024-01.yaml#", "2024-01.yaml"),
        ("2024-01 (1).yaml", None),
        ("2024-01.yaml.txt", None),
        ("2024-01.yml", None),
        ("notes.txt", None),
        ("~", None),
        ("##", None),
    ],
)
def test_how_editors_call_their_copies(name: str, original: str | None) -> None:
    assert next(originals(name, ".yaml"), None) == original
    assert not is_passed_over(name)


COPIES = ("2024-01.yaml~", "2024-01.yaml.bak", "2024-01.yaml.orig", "#2024-01.yaml#", "2024-01.yaml.swp")


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_beside_a_sound_file_is_a_note_and_stops_nothing(pbp: Pbp, workspace: MakeWorkspace, name: str) -> None:
    copy = f"assessments/northam/{name}"
    root = workspace({FILE: GOOD, copy: GOOD})
    outcome = pbp("validate", "--fail-on", "warning", at=root)
    note = outcome.out.splitlines()[0]
    assert (outcome.code, note.partition(": ")[2][:12]) == (0, "note PBP019 ")
    assert "2024-01.yaml is there too" in note and outcome.out.endswith("1 file checked: 1 note\n")
    for command in (("show", "northam@2024"), ("export", "-o", "out")):
        done = pbp(*command, at=root)
        assert (done.code, "could not be read" in done.err) == (0, False)


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize("beside", [None, "", GOOD.replace("emerging", "emergng")])
def test_a_copy_that_may_be_all_there_is_stops_what_needs_it(
    pbp: Pbp, workspace: MakeWorkspace, name: str, beside: str | None
) -> None:
    files = {
        f"assessments/northam/{name}": GOOD,
        "assessments/northam/2023-01.yaml": GOOD.replace("2024-01", "2023-01"),
    }
    root = workspace(files if beside is None else {**files, FILE: beside})
    outcome = pbp("validate", at=root)
    assert outcome.code == 1
    assert f"{name}:1:1: error PBP016" in outcome.out
    assert pbp("export", "-o", "out", at=root).code == 2


@pytest.mark.parametrize("folder", ["matrices", "readiness", "delegation"])
def test_copies_are_known_in_every_folder(pbp: Pbp, workspace: MakeWorkspace, folder: str) -> None:
    source = {"matrices": MATRIX}.get(folder) or next((ROOT / folder).glob("*.yaml")).read_text("utf-8")
    root = workspace({FILE: GOOD, f"{folder}/own.yaml": source, f"{folder}/own.yaml~": source})
    outcome = pbp("validate", "--select", "PBP01", at=root)
    assert (outcome.code, outcome.out.splitlines()[0].partition(": ")[0]) == (0, f"{folder}/own.yaml~:1:1")
    (root / folder / "own.yaml").write_text("a: [")
    assert "error PBP016" in pbp("validate", "--select", "PBP01", at=root).out


# Files that were lost


@pytest.mark.parametrize("data", [b"", b"\0", b"\0" * 5000])
def test_a_file_without_content_is_called_lost(pbp: Pbp, workspace: MakeWorkspace, data: bytes) -> None:
    root = workspace({FILE: data})
    out = pbp("validate", at=root).out
    assert out.startswith(f"{FILE}:1:1: error PBP011 the file ")
    assert "what it said is lost" in out and "OneDrive" in out and "git" not in out
    (root / FILE).write_text(GOOD)
    commit_all(root)
    (root / FILE).write_bytes(data)
    out = pbp("validate", at=root).out
    assert f"git checkout HEAD -- {FILE}" in out and "OneDrive" not in out
    commit_all(root)
    assert "git" not in pbp("validate", at=root).out  # what was committed is as empty


def test_git_s_command_brings_a_lost_file_back(pbp: Pbp, workspace: MakeWorkspace) -> None:
    import shlex
    import subprocess

    root = workspace({FILE: GOOD})
    commit_all(root)
    (root / FILE).write_bytes(b"")
    command = pbp("validate", at=root).out.splitlines()[0].partition("with: ")[2]
    subprocess.run(shlex.split(command), cwd=root, check=True, capture_output=True)
    assert (root / FILE).read_text() == GOOD


@pytest.mark.parametrize(("text", "code"), [("", 2), ("\0\0", 2), ("# nothing yet\n", 0)])
def test_settings_that_were_lost_are_not_taken_for_none(
    pbp: Pbp, workspace: MakeWorkspace, text: str, code: int
) -> None:
    root = workspace({FILE: GOOD, "pbp.yaml": text})
    assert pbp("show", "northam@2024", at=root).code == code
    assert pbp("validate", at=root).code == int(code > 0)


# Spaces that are no ordinary ones


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ("    stage: emerging", "\u00a0\u00a0\u00a0\u00a0stage: emerging", 8, 1),
        ("    stage: emerging", "  \u00a0\u00a0stage: emerging", 8, 3),
        ("stage: emerging", "stage:\u00a0emerging", 8, 11),
        ("stage: emerging", "stage\u00a0: emerging", 8, 10),
        ("stage: emerging", "\u200bstage: emerging", 8, 5),
        ("status: draft", "status:\u00a0draft", 4, 8),
        ("status: draft", "\u2003status: draft", 4, 1),
        ("themes:", "participants:\n  -\u00a0organisation: A\n    role: B\nthemes:", 7, 4),
        ("themes:", "participants:\n  -\u00a0organisation: A\nthemes:", 7, 4),
        ("stage: emerging", "criteria: {E1:\u00a0met}", 8, 19),
    ],
)
def test_a_space_that_is_none_is_named_at_its_place(
    pbp: Pbp, workspace: MakeWorkspace, old: str, new: str, line: int, column: int
) -> None:
    assert old in GOOD
    out = pbp("validate", at=workspace({FILE: GOOD.replace(old, new)})).out
    assert out.startswith(f"{FILE}:{line}:{column}: error PBP003 ")
    assert "(U+" in out


def test_how_many_more_there_are_is_said_at_once(pbp: Pbp, workspace: MakeWorkspace) -> None:
    pasted = GOOD.replace(": ", ":\u00a0")
    assert "as in 5 more lines" in pbp("validate", at=workspace({FILE: pasted})).out


@pytest.mark.parametrize(
    "value",
    [
        "Objectif\u00a0partagé",
        "Note:\u00a0agreed",
        "\u00a0agreed",
        "a\u200bb",
        ">-\n      \u00a0agreed\n      to:\u00a0all",
        '"\u00a0x"',
    ],
)
def test_within_a_text_such_a_space_is_as_good_as_any(pbp: Pbp, workspace: MakeWorkspace, value: str) -> None:
    text = f"{GOOD}    rationale: {value}\n"
    assert pbp("validate", at=workspace({FILE: text})).out == PLAIN
    out = pbp("validate", at=workspace({FILE: f"{text}    dissent: a: b\n"})).out
    assert "PBP001" in out  # which is where it was, and not the space's fault


# Accents, and wildcards


def test_accents_stored_apart_are_said_to_be_the_only_difference(pbp: Pbp, workspace: MakeWorkspace) -> None:
    name = "docs/réunion/procès.pdf"
    apart = unicodedata.normalize("NFD", name)
    assert apart != name
    for stored, written in ((apart, name), (name, apart)):
        text = f"{GOOD}    evidence: [{{title: x, link: {written}}}]\n"
        root = workspace({FILE: text, stored: "x"})
        out = pbp("validate", at=root).out
        shutil.rmtree(root / "docs")
        assert "PBP112" in out and "the only difference is how the accents of its name are stored" in out
    other = f"{GOOD}    evidence: [{{title: x, link: docs/reunion/proces.pdf}}]\n"
    assert "accents" not in pbp("validate", at=workspace({FILE: other, name: "x"})).out


def test_a_folder_is_found_but_for_its_accents(pbp: Pbp, tmp_path: Path) -> None:
    stored = tmp_path / unicodedata.normalize("NFD", "Régine") / "assessments"
    stored.mkdir(parents=True)
    for command in (("validate", "Régine"), ("show", "northam", "--workspace", "Régine"), ("show", "Régine/x.yaml")):
        outcome = pbp(*command, at=tmp_path)
        assert outcome.code == 2
        assert ("accents" in outcome.err) == (command[-1] == "Régine")


@pytest.mark.parametrize(
    ("command", "advice"),
    [
        (("validate", "assessments/northam/2024*.yaml"), "name the folder instead: assessments/northam"),
        (("validate", "assessments/*/2025*.yaml"), "name the folder instead: assessments"),
        (("validate", "nowhere/*.yaml"), "name the folder instead: ."),
        (("import", "../*.csv", "--place", "northam", "--date", "2024-01"), "name the folder instead: .."),
        (("show", "assessments/northam/202?-01.yaml"), "name one of the files in assessments/northam"),
        (("diff", "northam", "assessments/northam/*.yaml"), "name one of the files in assessments/northam"),
        (("report", "assessments/*/*.yaml"), "name one of the files in assessments"),
        (("show", "northam", "--workspace", "../*"), "name the folder instead: .."),
    ],
)
def test_a_wildcard_that_the_shell_handed_on_is_told(
    pbp: Pbp, workspace: MakeWorkspace, command: tuple[str, ...], advice: str
) -> None:
    outcome = pbp(*command, at=workspace({FILE: GOOD}))
    assert (outcome.code, outcome.out) == (2, "")
    assert "the shell has handed its wildcard on as it is" in outcome.err
    assert outcome.err.endswith(f"  {advice}\n")
