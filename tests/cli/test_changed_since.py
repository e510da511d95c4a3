"""validate --changed-since: what a branch touches, what depends on it, and what git may say."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from building import ROOT, MakeWorkspace, Pbp, assessment_text, commit_all

from pbpmaturity.cli.checking import MANY

MATRIX = (ROOT / "tests/examples/broken/pbp205-empty-cell/matrices/neighbourhood-2024.1.yaml").read_text("utf-8")
WARNED = "gathered: {from: 2024-01, to: 2023-11}"


def draft(place: str, date: str, **more: str) -> str:
    return assessment_text(place, date, {}, status="draft", more=WARNED, **more)


@pytest.fixture
def history(workspace: MakeWorkspace) -> Path:
    """A workspace of four Places, each with a warning in every file, committed as main."""
    linked = draft("linkham", "2024-01").replace("themes: {}", "")
    linked += "themes:\n  shared-vision:\n    evidence: [{title: Paper, link: papers/plan.txt}]\n"
    root = workspace(
        {
            "pbp.yaml": "format: 1\n",
            "papers/plan.txt": "a plan",
            "matrices/own.yaml": MATRIX,
            "assessments/northam/2024-01.yaml": draft("northam", "2024-01"),
            "assessments/northam/2025-01.yaml": draft("northam", "2025-01"),
            "assessments/southam/2024-01.yaml": draft("southam", "2024-01"),
            "assessments/ownham/2024-01.yaml": draft("ownham", "2024-01", matrix="neighbourhood@2024.1"),
            "assessments/linkham/2024-01.yaml": linked,
        }
    )
    commit_all(root)
    return root


def found(out: str) -> list[str]:
    return [line.split(":")[0].removeprefix("assessments/") for line in out.splitlines()[:-1]]


@pytest.mark.parametrize(
    ("changed", "files"),
    [
        ("assessments/southam/2024-01.yaml", ["southam/2024-01.yaml"]),
        ("assessments/northam/2024-01.yaml", ["northam/2024-01.yaml", "northam/2025-01.yaml"]),
        ("matrices/own.yaml", ["ownham/2024-01.yaml", "matrices/own.yaml"]),
        ("papers/plan.txt", ["linkham/2024-01.yaml"]),
        ("README.md", []),
        (
            "pbp.yaml",
            [
                "linkham/2024-01.yaml",
                "northam/2024-01.yaml",
                "northam/2025-01.yaml",
                "ownham/2024-01.yaml",
                "southam/2024-01.yaml",
                "matrices/own.yaml",
            ],
        ),
    ],
)
@pytest.mark.parametrize("is_committed", [False, True])
def test_what_is_touched_and_what_depends_on_it(
    pbp: Pbp, history: Path, changed: str, files: list[str], is_committed: bool
) -> None:
    subprocess.run(["git", "switch", "--quiet", "--create", "work"], cwd=history, check=True)
    path = history / changed
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n# changed\n")
    if is_committed:
        commit_all(history)
    outcome = pbp("validate", "--changed-since", "main", at=history)
    assert (outcome.code, outcome.err) == (0, "")
    assert found(outcome.out) == files
    if not files:
        assert outcome.out == '0 files checked: nothing found; nothing here has changed since "main"\n'


@pytest.mark.parametrize(
    ("changed", "is_touched"),
    [
        ("readiness/own.yaml", True),
        ("matrices/own.yaml", True),
        ("delegation/own.yaml", True),
        ("assessments/northam/2024-01.yaml", False),
    ],
)
def test_a_readiness_test_depends_on_matrices_and_service_areas(
    pbp: Pbp, history: Path, changed: str, is_touched: bool
) -> None:
    (history / "readiness").mkdir()
    (history / "readiness" / "own.yaml").write_text(
        "id: own\ntitle: Own\nmatrix: pbp@2023.1\nnote: item #4\nrequires: {agreed-within-months: 12}\n"
        "attested: [{condition: Agreed, by-role: Board}]\n"
    )
    (history / "delegation").mkdir()
    (history / "delegation" / "own.yaml").write_bytes((ROOT / "delegation" / "pbp-2023.1.yaml").read_bytes())
    commit_all(history)
    path = history / changed
    path.write_bytes(path.read_bytes() + b"\n# changed\n")
    out = pbp("validate", "--changed-since", "HEAD", at=history).out
    assert ("readiness/own.yaml" in found(out)) == is_touched


def test_what_has_gone_is_a_change_too(pbp: Pbp, history: Path) -> None:
    (history / "assessments/northam/2024-01.yaml").unlink()
    (history / "papers/plan.txt").unlink()
    outcome = pbp("validate", "--changed-since", "HEAD", at=history)
    assert sorted(set(found(outcome.out))) == ["linkham/2024-01.yaml", "northam/2025-01.yaml"]
    assert re.findall(r"error (PBP\d+)", outcome.out) == ["PBP112"]


def test_what_the_other_branch_has_changed_since_is_not_ours(pbp: Pbp, history: Path) -> None:
    subprocess.run(["git", "switch", "--quiet", "--create", "work"], cwd=history, check=True)
    (history / "assessments/southam/2024-01.yaml").write_text(draft("southam", "2024-01") + "# ours\n")
    commit_all(history)
    subprocess.run(["git", "switch", "--quiet", "main"], cwd=history, check=True)
    (history / "assessments/northam/2024-01.yaml").write_text(draft("northam", "2024-01") + "# theirs\n")
    commit_all(history)
    subprocess.run(["git", "switch", "--quiet", "work"], cwd=history, check=True)
    assert found(pbp("validate", "--changed-since", "main", at=history).out) == ["southam/2024-01.yaml"]


def test_paths_and_changes_narrow_each_other(pbp: Pbp, history: Path) -> None:
    for place in ("northam", "southam"):
        path = history / "assessments" / place / "2024-01.yaml"
        path.write_text(path.read_text() + "# changed\n")
    outcome = pbp("validate", "assessments/southam", "--changed-since", "HEAD", at=history)
    assert found(outcome.out) == ["southam/2024-01.yaml"]
    elsewhere = pbp("validate", "assessments/linkham", "--changed-since", "HEAD", at=history)
    assert (elsewhere.code, found(elsewhere.out)) == (0, [])


def test_a_workspace_inside_a_repository_is_looked_at_alone(pbp: Pbp, tmp_path: Path) -> None:
    root = tmp_path / "repository" / "in a folder" / "w"
    path = root / "assessments" / "northam" / "2024-01.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(draft("northam", "2024-01"))
    (tmp_path / "repository" / "other.yaml").write_text("a: b\n")
    commit_all(tmp_path / "repository")
    (tmp_path / "repository" / "other.yaml").write_text("a: c\n")
    assert found(pbp("validate", "--changed-since", "HEAD", at=root).out) == []
    path.write_text(draft("northam", "2024-01") + "# changed\n")
    assert found(pbp("validate", "--changed-since", "HEAD", at=root).out) == ["northam/2024-01.yaml"]


AGREED = assessment_text(
    "northam",
    "2024-01",
    {"shared-vision": "emerging"},
    more="agreed: {by: The board, date: 2024-02}",
)


@pytest.mark.parametrize(
    ("after", "is_found"),
    [
        (f"# a remark\n{AGREED}\n", False),
        (AGREED.replace("agreed: {by: The board, date: 2024-02}", "agreed:\n  by: The board\n  date: 2024-02"), False),
        (AGREED.replace("emerging", "developing"), True),
        (AGREED.replace("status: agreed", "status: draft"), True),
        (AGREED.replace("emerging", "developing") + "amendments: [{date: 2024-03, reason: Misheard}]\n", False),
        (f"{AGREED}    rationale: Because.\n", True),
    ],
)
def test_an_agreed_assessment_is_changed_with_an_amendment(
    pbp: Pbp, workspace: MakeWorkspace, after: str, is_found: bool
) -> None:
    root = workspace({"assessments/northam/2024-01.yaml": AGREED})
    commit_all(root)
    (root / "assessments/northam/2024-01.yaml").write_text(after)
    out = pbp("validate", "--changed-since", "HEAD", "--select", "PBP307", at=root).out
    assert ("PBP307" in out) == is_found


def test_one_amendment_is_not_enough_for_two_changes(pbp: Pbp, workspace: MakeWorkspace) -> None:
    amended = AGREED + "amendments: [{date: 2024-03, reason: Misheard}]\n"
    root = workspace({"assessments/northam/2024-01.yaml": amended})
    commit_all(root)
    (root / "assessments/northam/2024-01.yaml").write_text(amended.replace("emerging", "developing"))
    assert "PBP307" in pbp("validate", "--changed-since", "HEAD", at=root).out


OWN = """\
id: own
version: "1"
title: Our own
note: A remark
source: {title: A paper}
stages:
  - {id: low, name: Low, summary: It begins}
  - {id: mid, name: Mid}
  - {id: high, name: High}
themes:
  - id: trust
    name: Trust
    description: How people
      trust each other
    prompt: Do they?
    note: Look at minutes
    descriptions: {low: Little, high: Much}
    criteria: {mid: [{id: E1, statement: They meet, note: Weekly}, {id: E2, statement: They talk}]}
  - {id: data, name: Data}
"""
BY_OWN = AGREED.replace("pbp@2023.1", "own@1").replace("shared-vision", "trust").replace("emerging", "low")


def own_matrix(pbp: Pbp, root: Path) -> list[str]:
    """Return what is found of the text of matrices: files and messages."""
    outcome = pbp("validate", "--changed-since", "HEAD", "--select", "PBP206", at=root)
    assert (outcome.code, outcome.err) == (int(" error " in outcome.out), "")
    return [line.replace(" error PBP206", "") for line in outcome.out.splitlines() if " PBP206 " in line]


@pytest.mark.parametrize(
    ("old", "new", "differing"),
    [
        ("note: A remark", "note: Another", None),
        ("note: A remark\n", "", None),
        ("source: {title: A paper}", "source: {title: A book}", None),
        ("note: Look at minutes", "note: Ask", None),
        ("note: Weekly", "note: Monthly", None),
        ("version:", "# a comment\nversion:", None),
        ("version:", "format: 1\nversion:", None),
        ("stages:", "overall: median\nstages:", None),
        ("people\n      trust", "people trust", None),
        ("{low: Little, high: Much}", "{high: Much, low: Little}", None),
        ("{id: data, name: Data}", "{id: data, name: Data, criteria: {low: []}, descriptions: {}}", None),
        ("Our own", "Theirs", "title"),
        ("stages:", "overall: minimum\nstages:", "overall"),
        ("name: Low,", "name: Lowest,", "stage low"),
        ("It begins", "It ends", "stage low"),
        ("{id: high, name: High}", "{id: high, name: High}\n  - {id: top, name: Top}",
         "the stages and their order, stage top"),
        ("{id: mid, name: Mid}\n  - {id: high, name: High}", "{id: high, name: High}\n  - {id: mid, name: Mid}",
         "the stages and their order"),
        ("name: Trust", "name: Distrust", "name of trust"),
        ("each other", "themselves", "description of trust"),
        ("    prompt: Do they?\n", "", "prompt of trust"),
        ("low: Little", "low: None", "trust at low"),
        ("{low: Little, high: Much}", "{low: Little, mid: Some, high: Much}", "trust at mid"),
        ("They meet", "They dance", "criteria of trust at mid"),
        ("id: E1", "id: E0", "criteria of trust at mid"),
        ("{id: data, name: Data}", "{id: facts, name: Facts}", "the themes and their order, theme facts, theme data"),
        ("{id: data, name: Data}", "{id: data, name: Data}\n  - {id: more, name: More, prompt: Is it?}",
         "the themes and their order, theme more"),
    ],
)  # fmt: skip
def test_the_text_of_a_matrix_that_agreed_assessments_rest_on_stays(
    pbp: Pbp, workspace: MakeWorkspace, old: str, new: str, differing: str | None
) -> None:
    root = workspace({"assessments/northam/2024-01.yaml": BY_OWN, "matrices/own.yaml": OWN})
    commit_all(root)
    assert old in OWN
    text = OWN.replace(old, new, 1)
    (root / "matrices/own.yaml").write_text(text)
    line = next(number for number, one in enumerate(text.splitlines(), 1) if one.startswith("version:"))
    expected = (
        f"matrices/own.yaml:{line}:10: own@1 has other text than at HEAD ({differing}),"
        " and assessments/northam/2024-01.yaml rests on it;"
        " undo the change, or put the new text into a file of its own under a new version"
    )
    assert own_matrix(pbp, root) == ([expected] if differing else [])


CHANGED_OWN = OWN.replace("They meet", "They dance")
EXCUSED_OWN = CHANGED_OWN.replace('"1"', '"1" # pbp: ignore PBP206 a slip of the pen')
AMENDED_BY_OWN = f"{BY_OWN}amendments: [{{date: 2024-03, reason: Misheard}}]\n"
DRAFT_BY_OWN = BY_OWN.replace("status: agreed", "status: draft").replace("agreed: {by: The board, date: 2024-02}\n", "")


@pytest.mark.parametrize(
    ("before", "after", "found_in"),
    [
        # What rests on it now and did then, agreed.
        ({"a": BY_OWN}, {"a": BY_OWN}, "matrices/own.yaml:2:10"),
        ({"a": DRAFT_BY_OWN}, {"a": DRAFT_BY_OWN}, None),
        ({"a": DRAFT_BY_OWN}, {"a": BY_OWN}, None),
        ({}, {"a": BY_OWN}, None),
        ({"a": BY_OWN}, {"a": DRAFT_BY_OWN}, "matrices/own.yaml:2:10"),
        ({"a": BY_OWN}, {"a": AMENDED_BY_OWN}, "matrices/own.yaml:2:10"),
        ({"a": BY_OWN}, {"a": "a: [b"}, "matrices/own.yaml:2:10"),
        ({"a": BY_OWN}, {"a": BY_OWN.replace("own@1", "pbp@2023.1")}, None),
        ({"a": BY_OWN}, {}, None),
        # The file of the matrix.
        ({"a": BY_OWN, "m": OWN}, {"a": BY_OWN}, "matrices/own.yaml:1:1"),
        ({"a": DRAFT_BY_OWN, "m": OWN}, {"a": DRAFT_BY_OWN}, None),
        ({"a": BY_OWN, "m": OWN}, {"a": BY_OWN, "n": OWN}, None),
        ({"a": BY_OWN, "m": OWN}, {"a": BY_OWN, "n": CHANGED_OWN}, "matrices/new.yaml:2:10"),
        ({"a": BY_OWN, "m": OWN}, {"a": BY_OWN, "m": OWN.replace('"1"', '"2"')}, "matrices/own.yaml:2:10"),
        ({"a": BY_OWN, "m": OWN}, {"a": BY_OWN, "m": OWN, "n": CHANGED_OWN.replace('"1"', '"2"')}, None),
        ({"a": BY_OWN, "m": OWN}, {"a": BY_OWN, "m": "a: [b"}, None),
        ({"a": BY_OWN, "m": OWN.replace("id: E2", "id: E1")}, {"a": BY_OWN, "m": OWN}, None),
        ({"a": BY_OWN, "m": OWN}, {"a": BY_OWN, "m": EXCUSED_OWN}, None),
    ],
)  # fmt: skip
def test_a_matrix_is_free_unless_agreed_assessments_rest_on_it(
    pbp: Pbp, workspace: MakeWorkspace, before: dict[str, str], after: dict[str, str], found_in: str | None
) -> None:
    names = {"a": "assessments/northam/2024-01.yaml", "m": "matrices/own.yaml", "n": "matrices/new.yaml"}
    is_about_files = "m" in before
    root = workspace(
        {"pbp.yaml": "format: 1\n"}
        | {names[key]: text for key, text in ({} if is_about_files else {"m": OWN} | before).items()}
        | {names[key]: text for key, text in before.items()}
    )
    commit_all(root)
    for key in {"m": OWN} | before:
        (root / names[key]).unlink()
    for key, text in ({} if is_about_files else {"m": CHANGED_OWN}).items() | after.items():
        (root / names[key]).parent.mkdir(exist_ok=True)
        (root / names[key]).write_text(text)
    assert [line.partition(": ")[0] for line in own_matrix(pbp, root)] == ([found_in] if found_in else [])


def test_however_many_rest_on_it_all_are_counted(pbp: Pbp, workspace: MakeWorkspace) -> None:
    files = {
        f"assessments/northam{number}/2024-01.yaml": BY_OWN.replace("northam", f"northam{number}")
        for number in range(MANY + 1)
    }
    root = workspace({**files, "matrices/own.yaml": OWN})
    commit_all(root)
    (root / "matrices/own.yaml").write_text(CHANGED_OWN)
    (told,) = own_matrix(pbp, root)
    assert f"and {MANY + 1} agreed assessments rest on it, such as assessments/northam0/2024-01.yaml;" in told


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", 'git knows no revision "nowhere"'),
        ("--output=x", 'git knows no revision "--output=x"'),
        ("a\nb", 'git knows no revision "a\\nb"'),
        ("", 'git knows no revision ""'),
    ],
)
def test_an_unknown_revision_is_a_sentence(pbp: Pbp, history: Path, revision: str, said: str) -> None:
    for verb in ("validate", "diff"):
        outcome = pbp(verb, f"--changed-since={revision}", at=history)
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err
    assert not (history / "x").exists()


@pytest.mark.parametrize("names", ["sha1", "sha256"])
def test_since_the_empty_tree_everything_has_changed(pbp: Pbp, workspace: MakeWorkspace, names: str) -> None:
    root = workspace({"assessments/northam/2024-01.yaml": AGREED, "pbp.yaml": "format: 1\n"})
    subprocess.run(["git", "init", "--quiet", f"--object-format={names}"], cwd=root, check=True)
    asked = ["git", "hash-object", "-t", "tree", "/dev/null"]
    empty = subprocess.run(asked, cwd=root, check=True, capture_output=True, text=True).stdout.strip()
    for is_committed in (False, True):
        if is_committed:
            commit_all(root)
        outcome = pbp("diff", "--changed-since", empty, "--format", "json", at=root)
        told = json.loads(outcome.out)
        assert (outcome.code, told["since"], told["files"]) == (0, empty, ["pbp.yaml"])
        assert [(one["path"], one["change"]) for one in told["assessments"]] == [
            ("assessments/northam/2024-01.yaml", "new")
        ]
        assert "2 files checked" in pbp("validate", "--changed-since", empty, "--select", "PBP307", at=root).out
    assert pbp("diff", "--changed-since", empty, at=root).out.startswith("Changed since the beginning\n")


def test_a_tree_that_is_no_commit_is_no_revision(pbp: Pbp, history: Path) -> None:
    outcome = pbp("diff", "--changed-since", "HEAD^{tree}", at=history)
    assert outcome.code == 2 and 'git knows no revision "HEAD^{tree}"' in outcome.err


def test_histories_without_a_common_commit_are_told_of(pbp: Pbp, history: Path) -> None:
    subprocess.run(["git", "switch", "--quiet", "--orphan", "other"], cwd=history, check=True)
    (history / "assessments").mkdir(exist_ok=True)
    (history / "pbp.yaml").write_text("format: 1\n")
    commit_all(history)
    outcome = pbp("validate", "--changed-since", "main", at=history)
    assert outcome.code == 2
    assert "have no commit in common here" in outcome.err and "fetch-depth: 0" in outcome.err


def test_without_git_a_sentence(pbp: Pbp, history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    outcome = pbp("validate", "--changed-since", "main", at=history)
    assert (outcome.code, outcome.out) == (2, "")
    assert "needs git, which is not installed here" in outcome.err


def test_a_file_outside_any_workspace_has_no_history(pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(draft("northam", "2024-01"))
    outcome = pbp("validate", "a.yaml", "--changed-since", "main", at=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--changed-since is for the files of a workspace" in outcome.err
