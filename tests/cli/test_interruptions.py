"""However a verb that writes is ended, what it writes to is as before or as after, whole, and nothing else stays."""

import random
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from building import Pbp
from writing import failing_at, files_in, full_disk, held_open, interruption

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes and fills disks as Linux can")

CHANGE = ("--set", "shared-data=maturing", "--rationale", "shared-data=Two partners share it now.")
VERBS: dict[str, tuple[str, ...]] = {
    "assess": ("assess", "northam@2025-01-15", "--no-input", "--amend", "Look again", *CHANGE),
    "actions": ("actions", "northam@2025-01-15", "--done", "8"),
    "import": ("import", "../views.csv", "--place", "northam", "--date", "2025-06", "--yes", "--comments", "../c.txt"),
    "import --template": ("import", "--template", "../sheet.xlsx"),
    "export csv": ("export", "-o", "../out"),
    "export parquet": ("export", "--format", "parquet", "-o", "../out"),
    "export xlsx": ("export", "-o", "../out.xlsx"),
    "export json": ("export", "-o", "../out.jsonl"),
    "site": ("report", "--site", "../out"),
    "report": ("report", "northam", "-o", "../out.html"),
    "report --assets": ("report", "northam", "-o", "../out.md", "--assets", "../charts"),
    "word": ("report", "northam", "-o", "../out.docx"),
    "slides": ("report", "northam", "--cut", "slides", "-o", "../out.pptx"),
    "form": ("form", "northam", "-o", "../out.html"),
    "matrix": ("matrix", "-o", "../out.html"),
    "schema": ("schema",),
    "templates": ("templates", "copy", "report.html.j2", "report.css.j2"),
    "validate": ("validate", "--format", "junit=../out.xml"),
    "init": ("init", "../another"),
    "init --example": ("init", "../another", "--example"),
}
RATED = "Emerging,Words,Developing\n" * 5 + "Developing,Words,Developing\n" * 6
ANSWERS = f"Shared vision,Comments on shared vision,Shared data\n{RATED}"


@pytest.fixture
def root(pbp: Pbp, tmp_path: Path) -> Path:
    """The example workspace, in which a schema is half there, beside answers to be counted."""
    assert pbp("init", "w", "--example", at=tmp_path).code == 0
    (tmp_path / "views.csv").write_text(ANSWERS, "utf-8")
    half = tmp_path / "w" / ".pbp" / "assessment.pbp-2023.1.schema.json"
    half.write_bytes(half.read_bytes()[:1000])
    return tmp_path / "w"


@contextmanager
def no_room() -> Iterator[None]:
    """Let no file grow, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("verb", VERBS)
def test_a_full_disk_is_a_sentence_and_changes_nothing(
    pbp: Pbp, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    before = files_in(tmp_path)
    home = tmp_path.parent / f"{tmp_path.name}-home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    with no_room():
        outcome = pbp(*VERBS[verb], at=root)
    assert outcome.code == 2, outcome.err
    assert "File too large" in outcome.err and "Delete the files" not in outcome.err
    assert files_in(tmp_path) == before and list(home.iterdir()) == []


@pytest.mark.parametrize("failure", [full_disk, interruption])
@pytest.mark.parametrize("verb", ["export csv", "report --assets", "schema", "init", "import", "templates", "site"])
def test_a_step_that_fails_leaves_the_old_or_the_new(
    pbp: Pbp, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, failure: Callable[[], None]
) -> None:
    """The steps in the midst of each: the first, and some that chance chooses."""
    home = tmp_path.parent / f"{tmp_path.name}-home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    before = files_in(tmp_path)
    steps = ("replace", "rename", "link", "fsync")
    for number in sorted({1, 2, *random.Random(3).sample(range(3, 30), 3)}):
        with failing_at(number, failure, *steps) as tried:
            outcome = pbp(*VERBS[verb], at=root)
        if len(tried) < number:
            break
        assert outcome.code in (0, 2, 130), outcome.err
        found = files_in(tmp_path)
        assert not list(tmp_path.rglob(".pbp-*"))
        if found != before:  # what was done by then is whole, and is said
            assert verb == "import" or outcome.code == 0
            break


@pytest.mark.parametrize("verb", ["assess", "actions", "import", "export csv", "site", "schema", "init"])
def test_a_signal_at_any_moment_leaves_the_old_or_the_new(pbp: Pbp, root: Path, tmp_path: Path, verb: str) -> None:
    before, chance = files_in(tmp_path), random.Random(VERBS[verb][0])
    command = [sys.executable, "-m", "pbpmaturity", *VERBS[verb]]
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        process = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        _wait_until_it_writes(process, tmp_path, time.monotonic() + 0.3 + chance.random())
        process.send_signal(number)
        said = process.communicate()[1]
        assert process.returncode in (0, 130, -number), said
        assert "pbpmaturity/cli" not in said
        found = files_in(tmp_path)
        assert not list(tmp_path.rglob(".pbp-*"))
        if found == before:
            continue
        whole = pbp(*VERBS[verb], at=root)
        assert whole.code == 0 or verb in ("assess", "actions", "import"), whole.err
        changed = {path: text for path, text in files_in(tmp_path).items() if path in found}
        assert changed == found or verb == "import"
        break


def _wait_until_it_writes(process: "subprocess.Popen[str]", around: Path, end: float) -> None:
    """Wait until a scratch folder is there, or for a moment that chance chose."""
    while process.poll() is None and time.monotonic() < end and not any(around.rglob(".pbp-*")):
        time.sleep(0.002)


def test_the_exit_code_of_an_interruption_is_one_and_no_traceback_is_shown(root: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        code = f"import os; os.kill(os.getpid(), {int(number)})"
        program = (
            "import sys\nfrom pbpmaturity.cli import app, export\nfrom pbpmaturity.cli.exporting import places\n"
            f"def rows_of(*_):\n    {code}\n"
            "places.rows_of = rows_of\nsys.exit(app.run(['export', '-o', '../out'], version='0'))"
        )
        done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True)
        assert (done.returncode, done.stderr, done.stdout) == (130, "", "")
        assert sorted(path.name for path in root.parent.iterdir()) == ["views.csv", "w"]


@pytest.mark.parametrize("verb", ["export csv", "export xlsx", "site", "report --assets", "report"])
def test_what_a_killed_run_left_is_removed_and_told(pbp: Pbp, root: Path, tmp_path: Path, verb: str) -> None:
    program = (
        "import os, sys\nfrom pbpmaturity.cli import app\nos.fsync = lambda _: os.kill(os.getpid(), 9)\n"
        f"app.run({list(VERBS[verb])!r}, version='0')"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True).returncode == -9
    left = list(tmp_path.glob(".pbp-*"))
    assert left
    outcome = pbp(*VERBS[verb], at=root)
    assert outcome.code == 0
    assert all(f"removed what an interrupted run had left: {path}\n" in outcome.err for path in left)
    assert not list(tmp_path.rglob(".pbp-*"))
    assert "interrupted" not in pbp(*VERBS[verb], *(["--force"] if "report" in verb else []), at=root).err


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_a_table_held_open_is_named_and_the_old_export_stays(
    pbp: Pbp, root: Path, tmp_path: Path, format_: str
) -> None:
    arguments = ("export", "--format", format_, "-o", "../out")
    assert pbp(*arguments, at=root).code == 0
    before = files_in(tmp_path / "out")
    text = (root / "assessments" / "northam" / "2025-01-15.yaml").read_text("utf-8")
    (root / "assessments" / "northam" / "2025-06.yaml").write_text(text.replace("date: 2025-01-15", "date: 2025-06", 1))
    names = sorted(before)
    for name in (names[0], names[len(names) // 2], names[-1]):
        with held_open(tmp_path / "out" / name):
            outcome = pbp(*arguments, at=root)
        assert (outcome.code, files_in(tmp_path / "out")) == (2, before)
        assert f'"../out/{name}" cannot be written' in outcome.err
        assert "close it where it is open, and run the command again" in outcome.err
    with held_open(tmp_path / "out" / names[0], tries=5):
        assert pbp(*arguments, at=root).code == 0
    assert set(files_in(tmp_path / "out")) == set(before) and files_in(tmp_path / "out") != before


@pytest.mark.parametrize("name", ["index.html", "places/westmere.html", "pbp-site.txt"])
def test_a_page_held_open_is_named_and_the_old_pages_stay(pbp: Pbp, root: Path, tmp_path: Path, name: str) -> None:
    assert pbp("report", "--site", "../out", at=root).code == 0
    before = files_in(tmp_path / "out")
    with held_open(tmp_path / "out" / name):
        outcome = pbp("report", "--site", "../out", "--for", "public", at=root)
    assert (outcome.code, files_in(tmp_path / "out")) == (2, before)
    assert f'"../out/{name}" cannot be written' in outcome.err


@pytest.mark.parametrize("name", ["out.md", "charts/northam-2025-01-15-ladder.svg"])
def test_a_paper_and_its_charts_are_of_one_run(pbp: Pbp, root: Path, tmp_path: Path, name: str) -> None:
    assert pbp(*VERBS["report --assets"], at=root).code == 0
    before = files_in(tmp_path)
    held = tmp_path / name if (tmp_path / name).exists() else next((tmp_path / "charts").iterdir())
    with held_open(held):
        outcome = pbp(*VERBS["report --assets"], "--for", "public", at=root)
    assert (outcome.code, files_in(tmp_path)) == (2, before)
    assert held.name in outcome.err


def test_files_with_answers_are_not_to_be_deleted_before_the_comments_are_written(
    pbp: Pbp, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pbpmaturity.workspace.individual_views.write_new", refuse)
        outcome = pbp(*VERBS["import"], at=root)
    assert outcome.code == 2
    assert "Saved in" in outcome.err and "Delete the files" not in outcome.err
    outcome = pbp(*VERBS["import"], at=root)
    assert outcome.code == 0 and stat.S_IMODE((tmp_path / "c.txt").stat().st_mode) == 0o600
    assert outcome.err.index("wrote ../c.txt") < outcome.err.index("Delete the files with the answers")


@pytest.mark.parametrize("verb", ["assess", "import"])
def test_half_a_schema_is_mended_and_a_whole_one_is_left_alone(pbp: Pbp, root: Path, verb: str) -> None:
    schema = root / ".pbp" / "assessment.pbp-2023.1.schema.json"
    assert pbp(*VERBS[verb], at=root).code == 0
    assert pbp("schema", "--check", at=root).code == 0
    schema.write_text('{"title": "another"}')
    assert pbp("actions", "northam@2025-01-15", "--done", "11", at=root).code == 0
    assert schema.read_text() == '{"title": "another"}'


def test_init_takes_away_what_it_laid_and_nothing_else(pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "w" / "matrices").mkdir(parents=True)
    (tmp_path / "w" / "pbp.yaml").write_text("format: 1\n")
    with failing_at(9, interruption, "fsync"):
        assert pbp("init", "w", at=tmp_path).code == 130
    assert files_in(tmp_path) == {"w/pbp.yaml": b"format: 1\n"}
    assert [path.name for path in (tmp_path / "w").iterdir() if path.is_dir()] == ["matrices"]


def test_sixteen_exports_at_once(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pbpmaturity", "export", "-o", "../out"]
    runs = [subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE) for _ in range(16)]
    said = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0] * 16, said
    assert len(files_in(tmp_path / "out")) == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "views.csv", "w"]
