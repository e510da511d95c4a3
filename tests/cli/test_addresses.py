"""What files are called in reports that are read away from the folder in which the command ran."""

import json
import os
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from building import Pbp, assessment_text, commit_all

ODD = "Grün & 'café' data"
FILE = "assessments/northam/2024-01.yaml"
BROKEN = assessment_text("northam", "2024-01", {"shared-vision": "emergng"})


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with a workspace in a folder, in which there is one fault."""
    workspace_at(tmp_path / "w" / "r" / ODD)
    commit_all(tmp_path / "w" / "r")
    return tmp_path / "w" / "r"


def workspace_at(root: Path) -> Path:
    (root / FILE).parent.mkdir(parents=True)
    (root / FILE).write_text(BROKEN)
    return root


def told(pbp: Pbp, at: Path, *arguments: str) -> dict[str, set[str]]:
    """Return what each format calls the file with the fault."""
    files = [f"--format={name}={at.parent / name}.out" for name in ("gitlab", "sarif", "junit", "json", "text")]
    outcome = pbp("validate", *arguments, "--format", "github", *files, at=at)
    assert outcome.code == 1, outcome.err
    text = {
        name: (at.parent / f"{name}.out").read_text("utf-8") for name in ("gitlab", "sarif", "junit", "json", "text")
    }
    results = json.loads(text["sarif"])["runs"][0]["results"]
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}
    assert outcome.out.startswith(text["text"])
    return {
        "github": {unquote(name) for name in re.findall(r"^::error file=(.+?),line=", outcome.out, re.MULTILINE)},
        "gitlab": {one["location"]["path"] for one in json.loads(text["gitlab"])},
        "sarif": {unquote(uri).removeprefix("file://") for uri in uris},
        "junit": {suite.get("name", "") for suite in ElementTree.fromstring(text["junit"])},
        "json": {one["path"] for one in json.loads(text["json"])["diagnostics"]},
        "text": set(re.findall(r"^(.+?):\d+:\d+: error", text["text"], re.MULTILINE)),
    }


BY_REPOSITORY = ("github", "gitlab", "sarif", "junit")


def assert_called(found: dict[str, set[str]], address: str, shown: str) -> None:
    assert found == {name: {address if name in BY_REPOSITORY else shown} for name in found}


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", None])
@pytest.mark.parametrize("is_repository", [True, False])
@pytest.mark.parametrize("at", [".", ODD, f"{ODD}/assessments", ".."])
def test_reports_for_a_repository_name_files_as_it_does_from_any_folder(
    pbp: Pbp, checkout: Path, monkeypatch: pytest.MonkeyPatch, variable: str | None, is_repository: bool, at: str
) -> None:
    if not is_repository:
        (checkout / ".git").rename(checkout.parent / "history")
    if variable:
        monkeypatch.setenv(variable, str(checkout))
    here = Path(os.path.abspath(checkout / at))
    path = checkout / ODD / FILE
    shown = path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
    known = variable or is_repository
    found = told(pbp, here, "--workspace", str(checkout / ODD))
    assert_called(found, f"{ODD}/{FILE}" if known else shown, shown)


def test_the_github_format_that_nobody_asked_for_names_them_so_too(
    pbp: Pbp, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    out = pbp("validate", at=checkout / ODD).out
    assert f"\n::error file={ODD}/{FILE},line=" in out and out.startswith(f"{FILE}:")


@pytest.mark.parametrize("folder", [".", "r"])
def test_the_nearer_of_the_repository_and_the_folder_that_ci_made_counts(
    pbp: Pbp, checkout: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(checkout.parent))
    if folder == ".":  # the repository is above the folder that CI made, and not what it checks
        (checkout / ".git").rename(checkout.parent.parent / ".git")
    address = f"r/{ODD}/{FILE}" if folder == "." else f"{ODD}/{FILE}"
    assert_called(told(pbp, checkout / ODD), address, FILE)


def test_a_variable_that_names_no_folder_here_is_passed_over(
    pbp: Pbp, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", "/home/runner/work/elsewhere")
    monkeypatch.setenv("CI_PROJECT_DIR", "")
    assert_called(told(pbp, checkout / ODD), f"{ODD}/{FILE}", FILE)


@pytest.mark.parametrize("is_repository", [True, False])
def test_what_lies_outside_the_checkout_is_named_whole(
    pbp: Pbp, checkout: Path, monkeypatch: pytest.MonkeyPatch, is_repository: bool
) -> None:
    other = workspace_at(checkout.parent / "other")
    if is_repository:
        commit_all(other)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(checkout))
    assert_called(told(pbp, other), (other / FILE).as_posix(), FILE)


def test_files_that_lie_in_no_workspace(pbp: Pbp, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, outside = checkout / "a b" / "x.yaml", checkout.parent / "x.yaml"
    inside.parent.mkdir()
    for path in (inside, outside):
        path.write_text(BROKEN)
    found = told(pbp, inside.parent, "x.yaml", "../../x.yaml")
    assert found["gitlab"] == found["junit"] == {"a b/x.yaml", outside.as_posix()}
    assert found["json"] == found["text"] == {"x.yaml", outside.as_posix()}
    monkeypatch.setenv("GITHUB_WORKSPACE", str(checkout))
    assert told(pbp, outside.parent, "x.yaml")["sarif"] == {outside.as_posix()}


def test_a_link_on_the_way_there_changes_nothing(pbp: Pbp, checkout: Path) -> None:
    link = checkout.parent / "link"
    link.symlink_to(checkout, target_is_directory=True)
    found = told(pbp, checkout.parent, "--workspace", f"link/{ODD}")
    assert_called(found, f"{ODD}/{FILE}", f"link/{ODD}/{FILE}")


def test_without_git_or_where_git_refuses_the_repository_is_found_all_the_same(
    pbp: Pbp, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert_called(told(pbp, checkout / ODD), f"{ODD}/{FILE}", FILE)
    monkeypatch.setenv("PATH", "")
    assert_called(told(pbp, checkout / ODD), f"{ODD}/{FILE}", FILE)


def test_a_linked_worktree_is_counted_from_its_own_top(pbp: Pbp, checkout: Path) -> None:
    tree = checkout.parent / "linked"
    subprocess.run(["git", "worktree", "add", "--quiet", "-b", "other", str(tree)], cwd=checkout, check=True)
    assert_called(told(pbp, tree / ODD), f"{ODD}/{FILE}", FILE)


def test_a_fingerprint_is_the_same_from_every_folder(pbp: Pbp, checkout: Path) -> None:
    found = set()
    for at in (checkout, checkout / ODD):
        pbp("validate", "--workspace", str(checkout / ODD), "--format=gitlab=q.json", "--format=sarif=s.json", at=at)
        entries = json.loads((at / "q.json").read_text("utf-8"))
        results = json.loads((at / "s.json").read_text("utf-8"))["runs"][0]["results"]
        assert len(entries) == len(results) > 0
        prints = [result["partialFingerprints"]["pbpFinding/v1"] for result in results]
        found.add((*(entry["fingerprint"] for entry in entries), *prints))
    assert len(found) == 1
