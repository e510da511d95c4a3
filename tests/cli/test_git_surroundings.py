"""--changed-since in hooks, linked worktrees, submodules and clones: what git sets, and what it refuses."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from building import Pbp, assessment_text, commit_all

PBP = Path(sys.executable).parent / "pbp"
FILE = "assessments/northam/2024-01.yaml"
AGREED = assessment_text(
    "northam", "2024-01", {"shared-vision": "emerging"}, more="agreed: {by: The board, date: 2024-02}"
)
CHANGED = AGREED.replace("emerging", "developing")
ODD = "Grün & 'café' data"
"""A folder with spaces, quotes, and signs that git writes as numbers unless it is told not to."""


def git(at: Path, *arguments: str, **variables: str) -> str:
    """Run git with a name for commits, whatever this computer's own settings."""
    settings = ("user.name=Test", "user.email=test@example.org", "protocol.file.allow=always", "commit.gpgsign=false")
    command = ["git", *(part for one in settings for part in ("-c", one)), *arguments]
    surroundings = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, **variables}
    done = subprocess.run(command, cwd=at, env=surroundings, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def workspace_at(root: Path) -> Path:
    """Make a workspace with an agreed assessment, and two files that never change."""
    for name, text in {FILE: AGREED, "pbp.yaml": "format: 1\n", "assessments/southam/2024-01.yaml": ""}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text or AGREED.replace("northam", "southam"))
    return root


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that holds a workspace in a folder with an odd name."""
    workspace_at(tmp_path / "r" / ODD)
    commit_all(tmp_path / "r")
    return tmp_path / "r"


def hook(folder: Path, root: str, at: str = ".") -> Path:
    """Have commits of a repository run pbp from a folder on a workspace; return the file that gets what it prints."""
    said = folder.parent / "said.txt"
    # The name is put between double quotes, which its own signs do not break.
    command = f'"{PBP}" validate --workspace "{root}" --changed-since HEAD --select PBP307'
    script = f'#!/bin/sh\ncd "{at}"\n{command} > "{said}" 2>&1\nexit 0\n'
    (folder / "hooks").mkdir(exist_ok=True)
    (folder / "hooks" / "pre-commit").write_text(script)
    (folder / "hooks" / "pre-commit").chmod(0o755)
    return said


def assert_told(said: Path) -> None:
    """Only the changed file, and its change, must have been found."""
    text = said.read_text("utf-8")
    assert text.count(" PBP307 ") == 1 and text.endswith("1 file checked: 1 warning\n"), text


@pytest.mark.parametrize(("root", "at"), [(ODD, "."), (".", ODD), (f"../{ODD}", ODD)])
@pytest.mark.parametrize("how", ["all", "staged", "only"])
@pytest.mark.parametrize("is_linked", [False, True])
def test_a_hook_finds_what_the_same_command_finds_by_hand(
    repository: Path, root: str, at: str, how: str, is_linked: bool
) -> None:
    said = hook(repository / ".git", root, at)
    tree = repository
    if is_linked:
        tree = repository.parent / "linked tree"
        git(repository, "worktree", "add", "--quiet", "-b", "other", str(tree))
    (tree / ODD / FILE).write_text(CHANGED)
    if how == "staged":
        git(tree, "add", "--all")
    given = {"all": ["--all"], "staged": [], "only": ["--only", f"{ODD}/{FILE}"]}[how]
    git(tree / ODD if how == "all" else tree, "commit", "--quiet", "--message", "Two", *given)
    assert_told(said)


def test_a_hook_of_a_repository_whose_files_and_history_lie_apart(tmp_path: Path) -> None:
    root = workspace_at(tmp_path / "tree" / ODD)
    git(tmp_path, "init", "--quiet", "--separate-git-dir", str(tmp_path / "history"), str(tmp_path / "tree"))
    git(tmp_path / "tree", "add", "--all")
    git(tmp_path / "tree", "commit", "--quiet", "--message", "One")
    said = hook(tmp_path / "history", ODD)
    (root / FILE).write_text(CHANGED)
    git(tmp_path / "tree", "commit", "--quiet", "--all", "--message", "Two")
    assert_told(said)


@pytest.mark.parametrize("has_variable", [True, False])
def test_a_work_tree_that_only_the_variables_or_the_settings_know(tmp_path: Path, has_variable: bool) -> None:
    root = workspace_at(tmp_path / "home" / ODD)
    git(tmp_path, "init", "--quiet", "--bare", "history")
    if not has_variable:
        git(tmp_path / "history", "config", "core.bare", "false")
        git(tmp_path / "history", "config", "core.worktree", "../home")
    where = ["--git-dir=../history", *(["--work-tree=."] if has_variable else [])]
    git(tmp_path / "home", *where, "add", ODD)
    git(tmp_path / "home", *where, "commit", "--quiet", "--message", "One")
    said = hook(tmp_path / "history", ODD)
    (root / FILE).write_text(CHANGED)
    git(tmp_path / "home", *where, "commit", "--quiet", "--all", "--message", "Two")
    assert_told(said)


@pytest.mark.parametrize("is_above", [False, True])
def test_a_workspace_in_a_submodule(tmp_path: Path, repository: Path, is_above: bool) -> None:
    above = tmp_path / "above"
    git(tmp_path, "init", "--quiet", str(above))
    git(above, "submodule", "--quiet", "add", str(repository), "sub")
    git(above, "commit", "--quiet", "--message", "One")
    folder = above / ".git" if is_above else above / ".git" / "modules" / "sub"
    said = hook(folder, f"sub/{ODD}" if is_above else ODD)
    (above / "sub" / ODD / FILE).write_text(CHANGED)
    if is_above:
        (above / "note.txt").write_text("a note")
        git(above, "add", "note.txt")
        git(above, "commit", "--quiet", "--message", "Two")
    else:
        git(above / "sub", "commit", "--quiet", "--all", "--message", "Two")
    assert_told(said)


@pytest.mark.parametrize(
    "variables",
    [
        {"GIT_DIR": ".git"},
        {"GIT_DIR": "/nowhere"},
        {"GIT_DIR": "{other}/.git"},
        {"GIT_DIR": "{other}/.git", "GIT_WORK_TREE": "{other}"},
        {"GIT_WORK_TREE": "{other}"},
        {"GIT_INDEX_FILE": ".git/index"},
        {"GIT_INDEX_FILE": "/nowhere/index"},
        {"GIT_PREFIX": "data/"},
        {"GIT_COMMON_DIR": "{other}/.git"},
        {"GIT_OBJECT_DIRECTORY": "{other}/.git/objects"},
        {"GIT_NAMESPACE": "other"},
        {"GIT_EXTERNAL_DIFF": "/bin/false"},
        {"GIT_LITERAL_PATHSPECS": "1"},
        {"GIT_TRACE": "1"},
        {"GIT_PAGER": "/bin/false"},
        {"LANGUAGE": "de", "LC_ALL": "de_DE.UTF-8"},
    ],
    ids=str,
)
@pytest.mark.parametrize("at", ["r", "other"])
def test_no_variable_leads_to_another_repository(
    pbp: Pbp, repository: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], at: str
) -> None:
    other = workspace_at(repository.parent / "other")
    commit_all(other)
    (repository / ODD / FILE).write_text(CHANGED)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(other=other))
    options = ("validate", "--workspace", str(repository / ODD), "--changed-since", "HEAD", "--select", "PBP307")
    outcome = pbp(*options, at=repository.parent / at)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.count(" PBP307 ") == 1 and outcome.out.endswith("1 file checked: 1 warning\n")


def test_a_repository_of_somebody_else_is_refused_with_the_command_that_mends_it(
    pbp: Pbp, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(repository.parent / "settings"))
    for verb in ("validate", "diff"):
        outcome = pbp(verb, "--changed-since", "HEAD", at=repository / ODD)
        assert (outcome.code, outcome.out) == (2, "")
        assert "belongs to another user of this computer" in outcome.err
    advised = re.search(r"run: (git config --global --add safe\.directory .+)", outcome.err)
    assert advised
    subprocess.run(advised[1], shell=True, check=True)
    assert pbp("validate", "--changed-since", "HEAD", at=repository / ODD).code == 0
    # A setting that comes by the environment is heard too.
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name, value in {"COUNT": "1", "KEY_0": "safe.directory", "VALUE_0": "*"}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    assert pbp("validate", "--changed-since", "HEAD", at=repository / ODD).code == 0


def test_a_bare_repository_is_a_sentence(pbp: Pbp, repository: Path) -> None:
    bare = repository.parent / "bare"
    git(repository, "clone", "--quiet", "--bare", ".", str(bare))
    workspace_at(bare / "data")
    outcome = pbp("validate", "--changed-since", "HEAD", at=bare / "data")
    assert (outcome.code, outcome.out) == (2, "")
    assert "a git repository without files (a bare one)" in outcome.err and "git worktree add" in outcome.err


@pytest.mark.parametrize("revision", ["HEAD~1", "origin/other"])
def test_a_shallow_clone_says_that_it_is_one(pbp: Pbp, repository: Path, revision: str) -> None:
    git(repository, "branch", "other")
    (repository / ODD / FILE).write_text(CHANGED)
    commit_all(repository)
    shallow = repository.parent / "shallow"
    git(repository.parent, "clone", "--quiet", "--depth=1", "--no-single-branch", repository.as_uri(), str(shallow))
    outcome = pbp("validate", "--changed-since", revision, at=shallow / ODD)
    assert (outcome.code, outcome.out) == (2, "")
    assert "only the last commits were fetched" in outcome.err
    git(shallow, "fetch", "--quiet", "--unshallow")
    assert " PBP307 " in pbp("validate", "--changed-since", revision, at=shallow / ODD).out


@pytest.mark.parametrize("left_out", ["blob:none", "tree:0"])
def test_what_a_partial_clone_has_left_out_is_fetched_or_said_to_be_missing(
    pbp: Pbp, repository: Path, left_out: str
) -> None:
    (repository / ODD / FILE).write_text(CHANGED)
    commit_all(repository)
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
    partial = repository.parent / "partial"
    git(repository.parent, "clone", "--quiet", f"--filter={left_out}", repository.as_uri(), str(partial))
    repository.rename(repository.parent / "gone")
    for verb in ("validate", "diff"):
        outcome = pbp(verb, "--changed-since", "HEAD~1", at=partial / ODD)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("pbp: git can") and "Traceback" not in outcome.err
    (repository.parent / "gone").rename(repository)
    assert " PBP307 " in pbp("validate", "--changed-since", "HEAD~1", at=partial / ODD).out


def test_a_file_that_was_too_large_is_not_read(pbp: Pbp, repository: Path) -> None:
    root = repository / ODD
    (root / FILE).write_text(f"{AGREED}#{'x' * 1024 * 1024}\n")
    commit_all(repository)
    (root / FILE).write_text(CHANGED)
    outcome = pbp("validate", "--changed-since", "HEAD", "--select", "PBP307", at=root)
    assert (outcome.code, outcome.out) == (0, "1 file checked: nothing found\n")


def test_what_a_sparse_checkout_leaves_out_has_not_gone(pbp: Pbp, repository: Path) -> None:
    git(repository, "sparse-checkout", "set", "--no-cone", "/*", "!southam")
    root = repository / ODD
    assert not (root / "assessments" / "southam").exists()
    outcome = pbp("validate", "--changed-since", "HEAD", at=root)
    assert outcome.out == '0 files checked: nothing found; nothing here has changed since "HEAD"\n'
    (root / "pbp.yaml").write_text("format: 1\nreview-every-months: 6\n")
    outcome = pbp("diff", "--changed-since", "HEAD", at=root)
    assert (outcome.code, outcome.err) == (0, "") and "Southam" not in outcome.out
