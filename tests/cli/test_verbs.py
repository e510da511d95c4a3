"""The other verbs as people use them, and what all verbs have in common."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from building import RIVERSIDE, ROOT, MakeWorkspace, Pbp, Snapshot, assessment_text

from pbpmaturity import __version__
from pbpmaturity.cli.app import VERBS
from pbpmaturity.diagnostics.rules import RULES

GOOD = assessment_text("northam", "2024-01", {"shared-data": "emerging"})


def command(*arguments: str, at: Path = ROOT, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    environment = {**os.environ, **more.pop("env", {})}  # type: ignore[dict-item]
    return subprocess.run(
        [sys.executable, "-m", "pbpmaturity", *arguments], cwd=at, capture_output=True, env=environment, **more
    )  # type: ignore[call-overload, no-any-return]


def test_version_is_answered_by_both_doors(pbp: Pbp) -> None:
    assert command("--version").stdout.decode().split() == ["pbp", __version__]
    assert command("--version", "show").stdout.decode().split() == ["pbp", __version__]
    assert pbp("--version").code == 0


def test_version_needs_none_of_the_libraries() -> None:
    code = (
        "import sys; sys.argv = ['pbp', '--version']; from pbpmaturity.__main__ import main; main();"
        "print(sorted(sys.modules))"
    )
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not [name for name in ("typer", "pydantic", "ruamel", "rich", "jinja2", "re'") if f"'{name}" in modules]


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_examples_exit_codes_and_no_escape_codes(pbp: Pbp, expect_whole: Snapshot, verb: str) -> None:
    done = command(verb, "--help", env={"GITHUB_ACTIONS": "1", "NO_COLOR": "1", "COLUMNS": "80"})
    text = done.stdout.decode()
    assert done.returncode == 0
    assert "Examples:\n" in text and "\n    pbp " in text and "Exit codes:" in text
    assert "\x1b" not in text
    expect_whole(f"help-{verb}.txt", text)


def test_general_help(expect_whole: Snapshot) -> None:
    text = command("--help", env={"COLUMNS": "80"}).stdout.decode()
    expect_whole("help.txt", text)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["shw"], "No such command 'shw'"),
        (["show"], "Missing argument"),
        (["show", "northam", "--format", "xml"], "Invalid value for '--format'"),
        (["show", "northam", "--frmat", "json"], "No such option"),
    ],
)
def test_wrong_usage_is_exit_2(pbp: Pbp, arguments: list[str], said: str) -> None:
    outcome = pbp(*arguments, at=RIVERSIDE)
    assert outcome.code == 2
    assert said in outcome.err


def test_json_of_show(pbp: Pbp, expect_whole: Snapshot) -> None:
    text = pbp("show", "northam", "--format", "json", at=RIVERSIDE).out
    expect_whole("show-northam.json", text)
    document = json.loads(text)
    assert (document["assessed"], document["themes_total"], len(document["themes"])) == (10, 10, 10)
    assert document["overall"]["themes_to_change"] == {"up": 3, "down": 3}


def test_json_of_a_published_summary_fills_nothing_in(pbp: Pbp) -> None:
    document = json.loads(pbp("show", "oxfordshire", "--format", "json").out)
    overall = document["overall"]
    assert (overall["stage"], overall["rule"], overall["most_common"]) == ("developing", "stated", [])
    for key in ("settled", "lowest", "highest", "minimum", "themes_to_change"):
        assert overall[key] is None
    assert {theme["stage"] for theme in document["themes"]} == {"not-assessed"}
    assert document["assessed"] == 0


def test_tallies_under_five_are_withheld_everywhere(pbp: Pbp, workspace: MakeWorkspace) -> None:
    few = "    views: {emerging: 1, developing: 3}\n"
    enough = "  shared-vision:\n    stage: emerging\n    views: {emerging: 1, developing: 4}\n"
    root = workspace({"assessments/northam/2024-01.yaml": GOOD + few + enough})
    document = json.loads(pbp("show", "northam", "--format", "json", at=root).out)
    views = {theme["theme"]: theme["views"] for theme in document["themes"]}
    assert views["shared-data"] is None
    assert views["shared-vision"] == {"emerging": 1, "developing": 4, "maturing": 0, "thriving": 0}
    for format_ in ("markdown", "html"):
        report = pbp("report", "northam", "--format", format_, at=root).out
        assert "3 Developing" not in report and "4 Developing" in report


def test_matrix_json_is_the_shape_of_the_file(pbp: Pbp) -> None:
    from pbpmaturity.model.matrix import Matrix
    from pbpmaturity.workspace.source import read

    document = json.loads(pbp("matrix", "--format", "json").out)
    assert document.pop("schema") == "pbp.matrix/1"
    original = read((ROOT / "matrices" / "pbp-2023.1.yaml").read_bytes()).data
    assert document == json.loads(json.dumps(original))
    assert Matrix.model_validate(original).ref == "pbp@2023.1"
    assert sum(len(cell) for theme in document["themes"] for cell in theme["criteria"].values()) == 148


@pytest.mark.parametrize("word", ["shared-data", "Shared data and information", "10", "SHARED-DATA"])
def test_a_theme_by_id_name_or_number(pbp: Pbp, word: str) -> None:
    assert pbp("matrix", word).out.startswith("10. Shared data and information (pbp@2023.1)\n")


def test_matrix_works_without_a_workspace_and_says_what_it_does_not_know(pbp: Pbp, tmp_path: Path) -> None:
    assert pbp("matrix", at=tmp_path).code == 0
    unknown = pbp("matrix", "shared-dta", at=tmp_path)
    assert (unknown.code, unknown.out) == (2, "")
    assert 'theme "shared-dta" is not a theme of pbp@2023.1; did you mean "shared-data"?' in unknown.err
    other = pbp("matrix", "--matrix", "pbp@2022", at=tmp_path)
    assert 'matrix "pbp@2022" is not known here; did you mean "pbp@2023.1"?' in other.err


def test_matrix_in_markdown(pbp: Pbp, expect_whole: Snapshot) -> None:
    expect_whole("matrix-shared-data.md", pbp("matrix", "shared-data", "--format", "markdown").out)
    assert pbp("matrix", "--format", "markdown").out.count("\n- ") == 148 + 4


def test_init_pins_the_version_of_yaml_for_editors(pbp: Pbp, tmp_path: Path) -> None:
    pbp("init", "new", at=tmp_path)
    told = json.loads((tmp_path / "new" / ".vscode" / "settings.json").read_text("utf-8"))
    assert told["yaml.yamlVersion"] == "1.2"
    assert all((tmp_path / "new" / name).is_file() for name in told["yaml.schemas"])


def test_init_makes_a_workspace_that_validates(pbp: Pbp, tmp_path: Path) -> None:
    outcome = pbp("init", "new", at=tmp_path)
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        "wrote new/.editorconfig",
        "wrote new/.gitattributes",
        "wrote new/.github/workflows/pbp.yml",
        "wrote new/.vscode/extensions.json",
        "wrote new/.vscode/settings.json",
        "wrote new/assessments/.gitkeep",
        "wrote new/matrices/pbp-2023.1.yaml",
        "wrote new/pbp.yaml",
        "wrote new/readiness/community-services-example.yaml",
        "wrote new/.pbp/assessment.pbp-2023.1.schema.json",
        "wrote new/.pbp/delegation.schema.json",
        "wrote new/.pbp/matrix.schema.json",
        "wrote new/.pbp/readiness.schema.json",
        "wrote new/.pbp/settings.schema.json",
    ]
    assert pbp("validate", at=tmp_path / "new").code == 0
    shipped = (ROOT / "matrices" / "pbp-2023.1.yaml").read_bytes()
    assert (tmp_path / "new/matrices/pbp-2023.1.yaml").read_bytes() == shipped


def test_init_overwrites_nothing_and_says_what_it_left_alone(pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "pbp.yaml").write_text("system: Ours\n")
    (tmp_path / ".gitattributes").write_text("mine\n")
    outcome = pbp("init", at=tmp_path)
    assert outcome.code == 0
    assert "left alone pbp.yaml, which was there already" in outcome.out
    assert (tmp_path / "pbp.yaml").read_text() == "system: Ours\n"
    assert (tmp_path / ".gitattributes").read_text() == "mine\n"
    again = pbp("init", at=tmp_path)
    assert "wrote" not in again.out
    assert "Everything was there already." in again.err


def test_the_example_is_laid_down_whole_and_never_among_other_files(pbp: Pbp, tmp_path: Path) -> None:
    assert pbp("init", "w", "--example", at=tmp_path).code == 0
    for original in sorted(path for path in RIVERSIDE.rglob("*") if path.is_file()):
        assert (tmp_path / "w" / original.relative_to(RIVERSIDE)).read_bytes() == original.read_bytes()
    assert pbp("init", "w", "--example", at=tmp_path).code == 0
    (tmp_path / "ours" / "assessments").mkdir(parents=True)
    mixed = pbp("init", "ours", "--example", at=tmp_path)
    assert mixed.code == 2
    assert "the example would mix with it" in mixed.err
    assert list((tmp_path / "ours").iterdir()) == [tmp_path / "ours" / "assessments"]


def test_init_where_a_file_stands_in_the_way(pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    assert '"f" is a file, not a folder' in pbp("init", "f", at=tmp_path).err
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "matrices").write_text("x")
    blocked = pbp("init", "d", at=tmp_path)
    assert blocked.code == 2
    assert '"d/matrices/pbp-2023.1.yaml" cannot be written' in blocked.err


def test_every_example_place_is_marked_illustrative_in_every_output(pbp: Pbp) -> None:
    for place in ("northam", "southbridge", "westmere"):
        for verb in ("show", "diff", "report"):
            for format_ in ("markdown", "text" if verb != "report" else "html"):
                out = pbp(verb, place, "--format", format_, at=RIVERSIDE).out
                assert "ILLUSTRATIVE" in out and "(illustrative" in out


def test_a_bug_is_a_sentence_a_log_and_exit_3(pbp: Pbp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("pbpmaturity.cli.show.choose", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    outcome = pbp("show", "northam", at=RIVERSIDE)
    assert outcome.code == 3
    assert "Traceback" not in outcome.err and "this is a bug in pbp" in outcome.err
    (log,) = tmp_path.glob("pbp-*.log")
    assert str(log) in outcome.err and "RuntimeError: boom" in log.read_text()


def test_a_reader_that_goes_away_ends_nothing_but_the_printing() -> None:
    code = f"{sys.executable} -m pbpmaturity show northam --workspace {RIVERSIDE} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("ILLUSTRATIVE")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pbpmaturity", "show", "oxfordshire"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 2
    assert done.stderr.decode() == "pbp: the output cannot be written: No space left on device\n"


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
def test_a_pipe_gets_utf_8_whatever_the_locale(workspace: MakeWorkspace, encoding: str) -> None:
    root = workspace({"pbp.yaml": "places:\n  northam: {name: Ñorthám 中}\n", "assessments/northam/2024-01.yaml": GOOD})
    done = command("show", "northam", at=root, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "C"})
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith("Ñorthám 中: ")
    assert b"\r" not in done.stdout


def test_interrupted_is_exit_130() -> None:
    code = (
        "import sys; from pbpmaturity.cli import app, show;"
        "show.choose = lambda *a: (_ for _ in ()).throw(KeyboardInterrupt);"
        "sys.exit(app.run(['show', 'x'], version='0'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 130
    assert "Traceback" not in done.stderr


MISSING_ON_WINDOWS = """
import os, signal, sys
for name in ("fcntl", "termios", "tty", "pty", "pwd", "grp", "resource"):
    sys.modules[name] = None
for owner, name in ((os, "fork"), (os, "fchmod"), (signal, "SIGHUP"), (os, "mkfifo"), (os, "getuid")):
    if hasattr(owner, name):
        delattr(owner, name)
from pathlib import Path
from pbpmaturity.cli.app import run
head = "Shared data and information,Shared data and information: comment"
rows = [head, *["Emerging,So"] * 4, *["Developing,No"] * 3]
Path("views.csv").write_text("\\n".join(rows), "utf-8")
for arguments in (["init", "w", "--example"], ["validate", "--workspace", "w"],
                  ["validate", "--workspace", "w", "--as-of", "2025-06", "--format", "junit=j.xml"],
                  ["schema", "--check", "--workspace", "w"], ["rules"], ["rules", "PBP104"],
                  ["show", "northam", "--workspace", "w"],
                  ["diff", "northam", "--workspace", "w"], ["report", "northam", "--workspace", "w", "-o", "r.html"],
                  ["templates"], ["templates", "copy", "show.md.j2", "--workspace", "w"],
                  ["delegation"], ["delegation", "cancer", "--workspace", "w", "--format", "markdown"],
                  ["actions", "--workspace", "w"], ["actions", "northam@2025", "--done", "2", "--workspace", "w"],
                  ["assess", "northam", "--no-input", "--date", "2026-01", "--copy-last", "--workspace", "w"],
                  ["form", "northam", "-o", "form.html", "--workspace", "w"],
                  ["form", "--participant", "-o", "view.html"], ["form", "--questions", "-o", "questions.txt"],
                  ["import", "views.csv", "--place", "northam", "--date", "2026-01", "--yes", "--workspace", "w",
                   "--comments", "comments.txt"],
                  ["views", "northam@2026-01", "--workspace", "w"],
                  ["import", "--template", "sheet.xlsx", "--workspace", "w"],
                  ["export", "-o", "t", "--workspace", "w"], ["export", "-o", "t", "--workspace", "w"],
                  ["export", "-o", "t.xlsx", "--workspace", "w"], ["export", "--format", "json", "--workspace", "w"],
                  ["assess", "northam@2026", "--set", "3=t", "--rationale", "3=So", "--workspace", "w"],
                  ["assess", "northam@2025", "--amend", "So", "--rationale", "3=So", "--workspace", "w"]):
    code = run(arguments, version="0")
    assert code == 0, (arguments, code)
assert run(["readiness", "northam", "--workspace", "w", "--as-of", "2025-06"], version="0") == 1
# And with somebody at the keyboard, whose answers come from a console without readline.
import io
from pbpmaturity.cli import keyboard
sys.modules["readline"] = None
sys.platform = "win32"
sys.modules["msvcrt"] = type("msvcrt", (), {"kbhit": lambda: False, "locking": lambda *_: None, "LK_NBLCK": 1})
keyboard.is_there = lambda: True
sys.stdin = io.StringIO("2026-02\\n\\nd\\nBecause.\\nquit\\n")
code = run(["assess", "westmere", "--workspace", "w"], version="0")
assert code == 0, code
"""


def test_nothing_needs_what_windows_lacks(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", MISSING_ON_WINDOWS], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "r.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "rationale: Because." in (tmp_path / "w/assessments/westmere/2026-02.yaml").read_text("utf-8")


def test_every_rule_is_explained_on_a_narrow_screen(pbp: Pbp) -> None:
    for rule in RULES:
        told = pbp("rules", rule.name)
        assert told.code == 0
        assert told.out.startswith(f"{rule.code} {rule.name}")
        assert max(map(len, told.out.splitlines())) <= 80
        assert "](" not in told.out and ".md" not in told.out.partition("How to mend it")[2]
        assert told == pbp("rules", rule.code.lower())


@pytest.mark.parametrize(
    ("arguments", "name"),
    [(("rules",), "rules.txt"), (("rules", "PBP3"), "rules-PBP3.txt"), (("rules", "PBP114"), "rule-PBP114.txt")],
)
def test_the_catalogue_on_a_screen(pbp: Pbp, expect_whole: Snapshot, arguments: tuple[str, ...], name: str) -> None:
    expect_whole(name, pbp(*arguments).out)


@pytest.mark.parametrize(
    ("code", "hint"),
    [("PBP999", "did you mean"), ("unknwn-stage", 'did you mean "unknown-stage"?'), ("x", "see: pbp rules")],
)
def test_a_rule_that_there_is_not(pbp: Pbp, code: str, hint: str) -> None:
    outcome = pbp("rules", code)
    assert (outcome.code, outcome.out) == (2, "")
    assert f'there is no rule "{code}"' in outcome.err and hint in outcome.err
