"""What pbp offers to CI is run as CI would: the workflow of init, the action, the GitLab component, the hook."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from building import RIVERSIDE, ROOT, Pbp, commit_all, riverside_with_a_new_assessment
from ruamel.yaml import YAML

PROGRAMS = Path(sys.executable).parent


def parsed(path: Path) -> list[Any]:
    return list(YAML(typ="safe", pure=True).load_all(path.read_text("utf-8")))


def run(script: str, at: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run a script as CI does, with pbp and Python on the path and variables set."""
    surroundings = {"PATH": f"{PROGRAMS}:{os.environ['PATH']}", "HOME": str(at), **variables}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=at, env=surroundings, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def riverside(tmp_path: Path) -> Path:
    """The example workspace with a history whose last commit has a new assessment."""
    root = riverside_with_a_new_assessment(tmp_path / "riverside")
    commit_all(root)
    return root


def spoil(root: Path) -> None:
    path = root / "assessments" / "westmere" / "2024-03-14.yaml"
    path.write_text(path.read_text("utf-8").replace("stage: developing", "stage: devloping", 1), "utf-8")


# The workflow that init writes


def all_steps() -> list[dict[str, Any]]:
    (workflow,) = parsed(ROOT / "ci" / "github-workflow.yml")
    assert workflow["permissions"] == {"contents": "read"}
    return list(workflow["jobs"]["check"]["steps"])


@pytest.fixture(scope="module")
def steps() -> dict[str, dict[str, Any]]:
    return {step["name"]: step for step in all_steps() if "name" in step}


def test_init_writes_the_workflow(pbp: Pbp, tmp_path: Path) -> None:
    assert pbp("init", "w", at=tmp_path).code == 0
    written = (tmp_path / "w" / ".github" / "workflows" / "pbp.yml").read_bytes()
    assert written == (ROOT / "ci" / "github-workflow.yml").read_bytes()


def test_no_script_of_the_workflow_holds_what_github_fills_in(steps: dict[str, dict[str, Any]]) -> None:
    assert not any("${{" in step.get("run", "") for step in steps.values())


def test_the_workflow_checks_every_file(steps: dict[str, dict[str, Any]], riverside: Path) -> None:
    script = steps["Check every file"]["run"]
    assert run(script, riverside).returncode == 0
    spoil(riverside)
    assert run(script, riverside, GITHUB_ACTIONS="true").stdout.count("::error file=assessments/westmere/") == 1
    assert run(script, riverside).returncode == 1


def test_the_workflow_says_what_has_become_stale(steps: dict[str, dict[str, Any]], riverside: Path) -> None:
    done = run(steps["Say what has become stale or overdue"]["run"], riverside)
    assert done.returncode == 1
    assert set(re.findall(r"PBP\d+", done.stdout)) == {"PBP306", "PBP119", "PBP120"}


def test_the_workflow_says_what_has_changed(steps: dict[str, dict[str, Any]], riverside: Path) -> None:
    summary = riverside.parent / "summary.md"
    spoilt = riverside / "assessments" / "northam" / "2025-01-15.yaml"
    spoilt.write_text(
        spoilt.read_text("utf-8").replace("gathered: {from: 2024-11", "gathered: {from: 2025-11"), "utf-8"
    )
    variables = {"BASE": "HEAD~1", "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_ACTIONS": "true"}
    done = run(steps["Say what has changed"]["run"], riverside, **variables)
    assert done.returncode == 0, done.stderr
    told = summary.read_text("utf-8")
    assert "### Northam\n\n**15 January 2025: new, agreed**" in told
    assert "3 of 10 themes up, 1 down" in told and "### Westmere" not in told
    assert re.search(r"\n    assessments/northam/2025-01-15\.yaml:\d+:\d+: warning PBP121 ", told)
    assert "::" not in told + done.stdout


NOTHING_BEFORE = "0" * 40


@pytest.fixture
def pushed_first(tmp_path: Path) -> Path:
    """A workspace in the first commit of its repository, with an agreed assessment and a draft of a public Place."""
    root = tmp_path / "riverside"
    shutil.copytree(RIVERSIDE, root, ignore=shutil.ignore_patterns("westmere", "southbridge", "2023*", "2024*"))
    agreed = root / "assessments" / "northam" / "2025-01-15.yaml"
    draft = agreed.read_text("utf-8").replace("date: 2025-01-15", "date: 2026-01-14", 1)
    draft = draft.replace("status: agreed", "status: draft", 1)
    agreed.with_name("2026-01-14.yaml").write_text(draft, "utf-8")
    commit_all(root)
    return root


@pytest.mark.parametrize("base", [NOTHING_BEFORE, ""])
def test_on_the_first_push_all_that_it_holds_has_changed(
    steps: dict[str, dict[str, Any]], pushed_first: Path, base: str
) -> None:
    summary = pushed_first.parent / "summary.md"
    done = run(steps["Say what has changed"]["run"], pushed_first, BASE=base, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    told = summary.read_text("utf-8")
    assert told.startswith("Changed since **the beginning**\n\n### Northam\n\n**15 January 2025: new, agreed**")
    assert "**14 January 2026: new, a draft**" in told and "\n- pbp\\.yaml\n" in told
    assert "\n    4 files checked" in told


def test_the_first_push_has_its_papers_and_a_draft_has_none_for_the_public(
    steps: dict[str, dict[str, Any]], pushed_first: Path
) -> None:
    code, made, said = papers(steps, pushed_first, base=NOTHING_BEFORE)
    agreed = {f"northam-2025-01-15-{kind}" for kind in (*PAPERS, *PUBLIC)}
    assert (code, made) == (0, agreed | {f"northam-2026-01-14-{kind}" for kind in PAPERS})
    assert all(f"\n- {name}\n" in said for name in made)


PAPERS = ("report.html", "report.docx", "page.html", "page.docx", "slides.pptx")
PUBLIC = ("public-report.html", "public-page.html")


def papers(steps: dict[str, dict[str, Any]], riverside: Path, base: str = "HEAD~1") -> tuple[int, set[str], str]:
    """Write the papers, and return the exit code, their names, and what the run's summary says."""
    summary = riverside.parent / "summary.md"
    script = steps["Write the papers of the assessments that have changed"]["run"]
    done = run(script, riverside, BASE=base, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, {path.name for path in (riverside / "papers").iterdir()}, summary.read_text("utf-8")


def test_the_workflow_installs_what_word_and_powerpoint_need(steps: dict[str, dict[str, Any]]) -> None:
    (workflow,) = parsed(ROOT / "ci" / "github-workflow.yml")
    assert steps["Install pbp"]["run"] == 'python -m pip install "$PBP"'
    name, extras = workflow["jobs"]["check"]["env"]["PBP"].removesuffix("]").split("[")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert name == project["name"] and set(extras.split(",")) == {"word", "slides"} <= {
        *project["optional-dependencies"]
    }


def test_the_workflow_keeps_the_papers_of_what_has_changed(steps: dict[str, dict[str, Any]], riverside: Path) -> None:
    code, made, said = papers(steps, riverside)
    assert (code, made) == (0, {f"northam-2025-01-15-{kind}" for kind in (*PAPERS, *PUBLIC)})
    assert all(f"\n- {name}\n" in said for name in made)
    assert (riverside / "papers" / "northam-2025-01-15-report.docx").read_bytes().startswith(b"PK")
    (upload,) = [step for step in all_steps() if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert upload["with"]["path"] == upload["with"]["name"] == "papers" and "always()" in upload["if"]


def test_where_nothing_has_changed_the_workflow_says_so(steps: dict[str, dict[str, Any]], riverside: Path) -> None:
    code, made, said = papers(steps, riverside, base="HEAD")
    assert (code, made) == (0, set())
    assert "No assessment has changed, so there is none." in said


def test_no_public_paper_is_made_of_a_place_that_is_not(steps: dict[str, dict[str, Any]], riverside: Path) -> None:
    settings = riverside / "pbp.yaml"
    settings.write_text(settings.read_text("utf-8").replace("share: public", "share: system"), "utf-8")
    code, made, said = papers(steps, riverside)
    assert (code, made) == (0, {f"northam-2025-01-15-{kind}" for kind in PAPERS})
    assert "public" not in said


def test_a_paper_that_fails_keeps_no_other_from_being_made(steps: dict[str, dict[str, Any]], riverside: Path) -> None:
    spoil(riverside)
    latest = riverside / "assessments" / "westmere" / "2025-03-12.yaml"
    latest.write_text(latest.read_text("utf-8") + "# Looked at again\n", "utf-8")
    commit_all(riverside)
    code, made, said = papers(steps, riverside, base="HEAD~2")
    assert code == 1
    assert made == {f"northam-2025-01-15-{kind}" for kind in (*PAPERS, *PUBLIC)}
    first, *others = (f"- **westmere-2025-03-12-{kind} could not be made" for kind in PAPERS)
    assert f"{first}.**\n\n      " in said and said.count("assessments/westmere/2024-03-14.yaml:40:12: error") == 1
    assert all(f"{other}, for the same reason.**\n" in said for other in others)
    assert "no paper of a file with a fault" in said
    assert '\n      "assessments/westmere/2024-03-14.yaml"' in said


def test_a_hostile_file_name_does_nothing(steps: dict[str, dict[str, Any]], riverside: Path) -> None:
    text = (riverside / "assessments" / "northam" / "2025-01-15.yaml").read_text("utf-8")
    names = ("$(touch forged)", "`touch forged`", "; touch forged;", "--help", "- x", "\n::error::forged", "a\tb  c")
    for name in names:
        (riverside / "assessments" / "northam" / f"{name}.yaml").write_text(text, "utf-8")
        other = riverside / "assessments" / name / f"{name}.yaml"
        other.parent.mkdir()
        other.write_text(text, "utf-8")
    commit_all(riverside)
    code, made, said = papers(steps, riverside, base="HEAD~2")
    assert (code, made) == (1, {f"northam-2025-01-15-{kind}" for kind in (*PAPERS, *PUBLIC)})
    assert not list(riverside.rglob("forged"))
    assert "\n::" not in said


# The action


def test_the_action_takes_every_input_through_the_environment() -> None:
    (action,) = parsed(ROOT / "action.yml")
    assert action["runs"]["using"] == "composite"
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    text = (ROOT / "action.yml").read_text("utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(action["inputs"])


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        ({}, 0, "11 files checked"),
        ({"PBP_FAIL_ON": "warning", "PBP_AS_OF": "2026-11"}, 1, "::warning file=assessments/northam/"),
        ({"PBP_CHANGED_SINCE": "HEAD~1"}, 0, "3 files checked"),
        ({"PBP_SARIF_FILE": "a b.sarif"}, 0, "11 files checked"),
        ({"PBP_FAIL_ON": 'never"; touch forged; "'}, 2, ""),
        ({"PBP_AS_OF": "$(touch forged)"}, 2, ""),
        ({"PBP_SARIF_FILE": "x$(touch forged).sarif"}, 0, "11 files checked"),
        ({"PBP_CHANGED_SINCE": "HEAD~1; touch forged"}, 2, ""),
        ({"PBP_CHANGED_SINCE": "--help"}, 2, ""),
        ({"PBP_FAIL_ON": "--help"}, 2, ""),
        ({"PBP_WORKSPACE": "a b"}, 0, "11 files checked"),
        ({"PBP_WORKSPACE": "*"}, 2, ""),
        ({"PBP_PATHS": "assessments/northam"}, 0, "3 files checked"),
        ({"PBP_PATHS": "a b"}, 0, "11 files checked"),
        ({"PBP_PATHS": "assessments/northam\n\n  assessments/westmere\n"}, 2, ""),
        ({"PBP_PATHS": "assessments/northam\nassessments/westmere\n"}, 0, "6 files checked"),
        ({"PBP_PATHS": "assessments/*"}, 2, ""),
        ({"PBP_PATHS": "--help"}, 2, ""),
        ({"PBP_PATHS": "$(touch forged)`touch forged`; touch forged"}, 2, ""),
    ],
)
def test_the_action_checks(riverside: Path, given: dict[str, str], code: int, says: str) -> None:
    (action,) = parsed(ROOT / "action.yml")
    script = action["runs"]["steps"][-1]["run"]
    inputs = {
        "PBP_WORKSPACE": ".", "PBP_PATHS": "", "PBP_FAIL_ON": "error", "PBP_AS_OF": "", "PBP_CHANGED_SINCE": "",
        "PBP_SARIF_FILE": "",
    }  # fmt: skip
    assert set(action["runs"]["steps"][-1]["env"]) == set(inputs)
    # The same workspace once more by a name with a space in it, beside files with the names of its words.
    (riverside / "a b").symlink_to(riverside, target_is_directory=True)
    for name in ("a", "b"):
        (riverside / name).write_text("")
    done = run(script, riverside, **{**inputs, **given})
    assert (done.returncode, says in done.stdout) == (code, True), done.stderr
    assert not list(riverside.glob("forged"))
    if given.get("PBP_SARIF_FILE"):
        assert json.loads((riverside / given["PBP_SARIF_FILE"]).read_text("utf-8"))["version"] == "2.1.0"


# The GitLab component


def gitlab_job(**inputs: str) -> dict[str, Any]:
    """Return the component's job with its inputs filled in."""
    text = (ROOT / "ci" / "gitlab.yml").read_text("utf-8")
    spec, _ = parsed(ROOT / "ci" / "gitlab.yml")
    known = {name: told["default"] for name, told in spec["spec"]["inputs"].items()}
    assert set(inputs) <= set(known)
    filled = re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda match: json.dumps({**known, **inputs}[match[1]]), text)
    (job,) = list(YAML(typ="safe", pure=True).load_all(filled))[1].values()
    return dict(job)


@pytest.mark.parametrize(
    ("inputs", "is_spoilt", "code"),
    [
        ({}, False, 0),
        ({}, True, 1),
        ({"fail-on": "never"}, True, 0),
        ({"fail-on": "warning", "as-of": "2026"}, False, 2),
    ],
)
def test_the_gitlab_component_checks_and_keeps_both_reports(
    riverside: Path, inputs: dict[str, str], is_spoilt: bool, code: int
) -> None:
    if is_spoilt:
        spoil(riverside)
    job = gitlab_job(**inputs)
    install, papers, check, failed = job["script"]
    assert install == 'python -m pip install --quiet "$PBP_PACKAGE"'
    assert [run(script, riverside, **job["variables"]).returncode for script in (papers, failed)] == [0, 0]
    done = run(check, riverside, **job["variables"])
    assert done.returncode == code, done.stderr
    reports = job["artifacts"]["reports"]
    assert job["artifacts"]["when"] == "always"
    if code != 2:
        assert len(json.loads((riverside / reports["codequality"]).read_text("utf-8"))) == int(is_spoilt)
        assert "<testsuites" in (riverside / reports["junit"]).read_text("utf-8")


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"workspace": "a b"}, 0),
        ({"workspace": "$(touch forged)"}, 2),
        ({"fail-on": "--help"}, 2),
        ({"as-of": "2026 ; touch forged"}, 2),
        ({"as-of": "*"}, 2),
    ],
)
def test_an_input_of_the_gitlab_component_is_one_word(
    tmp_path: Path, riverside: Path, inputs: dict[str, str], code: int
) -> None:
    (tmp_path / "at").mkdir()
    riverside.rename(tmp_path / "at" / "a b")
    job = gitlab_job(**({"workspace": "a b"} | inputs))
    done = run(job["script"][2], tmp_path / "at", **job["variables"])
    assert done.returncode == code, done.stderr
    assert not list(tmp_path.rglob("forged"))


@pytest.mark.parametrize("papers", ["*", "--help", "-o northam", "$(touch forged)", "nor?ham"])
def test_a_place_that_is_none_has_no_papers(riverside: Path, papers: str) -> None:
    job = gitlab_job(papers=papers)
    _, script, _, failed = job["script"]
    assert run(script, riverside, **job["variables"]).returncode == 0
    made = {path.name.partition("-")[0] for path in (riverside / "papers").iterdir()}
    assert made == ({"northam"} if "northam" in papers.split() else set())
    assert run(failed, riverside, **job["variables"]).returncode == 1
    assert not list(riverside.rglob("forged"))


def test_the_gitlab_component_keeps_the_papers_of_the_places_that_are_named(riverside: Path) -> None:
    spoil(riverside)
    job = gitlab_job(papers="westmere northam $(touch forged)")
    _, papers, _, failed = job["script"]
    done = run(papers, riverside, **job["variables"])
    assert done.returncode == 0 and "2024-03-14.yaml" in done.stderr
    (kept,) = job["artifacts"]["paths"]
    assert {path.name for path in (riverside / kept).iterdir()} == {f"northam-{kind}" for kind in PAPERS}
    assert run(failed, riverside, **job["variables"]).returncode == 1
    assert not list(riverside.rglob("forged"))


# The hook for pre-commit


@pytest.fixture(scope="module")
def hook() -> dict[str, Any]:
    ((hook,),) = parsed(ROOT / ".pre-commit-hooks.yaml")
    return dict(hook)


@pytest.mark.parametrize(
    ("path", "is_ours"),
    [
        ("pbp.yaml", True),
        ("pbp.yml", True),
        ("sub/folder/pbp.yaml", True),
        ("assessments/northam/2024-01.yaml", True),
        ("assessments/northam/notes.txt", True),
        ("sub/assessments/northam/2024-01.yaml", True),
        ("matrices/own.yaml", True),
        ("readiness/community.yaml", True),
        ("delegation/pbp.yaml", True),
        ("README.md", False),
        ("my-assessments/x.yaml", False),
        ("notpbp.yaml", False),
        ("pbp.yaml.bak", False),
    ],
)
def test_which_files_the_hook_looks_at(hook: dict[str, Any], path: str, is_ours: bool) -> None:
    assert bool(re.search(hook["files"], path)) == is_ours


def test_the_hook_checks_the_whole_workspace_at_once(hook: dict[str, Any]) -> None:
    assert (hook["pass_filenames"], hook["require_serial"], hook["language"]) == (False, True, "python")


@pytest.mark.slow
def test_a_commit_with_a_fault_is_refused(riverside: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, project / name)
    commit_all(project)
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, capture_output=True, check=True, text=True)
    (riverside / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {project.as_uri()}\n    rev: {revision.stdout.strip()}\n    hooks: [{{id: pbp-validate}}]\n"
    )
    commit_all(riverside)
    command = f"{sys.executable} -m pre_commit run --all-files"
    variables = {"PRE_COMMIT_HOME": str(tmp_path / "home"), "PRE_COMMIT_COLOR": "never"}
    variables |= {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_"))}
    clean = run(command, riverside, **variables)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert re.search(r"pbp validate\.+Passed", clean.stdout)
    spoil(riverside)
    commit_all(riverside)
    refused = run(command, riverside, **variables)
    assert refused.returncode == 1
    assert "assessments/westmere/2024-03-14.yaml" in refused.stdout and "error PBP104" in refused.stdout
