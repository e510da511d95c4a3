"""Small matrices, assessments and files for the tests."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment, Input
from pbpmaturity.model.settings import Privacy
from pbpmaturity.workspace.shapes import shaped
from pbpmaturity.workspace.source import read

ROOT = Path(__file__).parents[1]
RIVERSIDE = ROOT / "examples" / "riverside"
STAGES = {"e": "emerging", "d": "developing", "m": "maturing", "t": "thriving", "-": None, "x": "not-applicable"}


@dataclass(frozen=True)
class Outcome:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


UNUSABLE = ("--select", "PBP10,PBP20,PBP30")
"""What keeps a file from being used, as options of validate: PBP0xx are always among what is found."""

Pbp = Callable[..., Outcome]
Snapshot = Callable[[str, str], None]
MakeWorkspace = Callable[[Mapping[str, str | bytes]], Path]


def commit_all(root: Path, message: str = "As it is") -> None:
    """Commit all files of a folder, made a git repository if it is none, whatever this computer's own settings."""
    settings = ("user.name=Test", "user.email=test@example.org", "commit.gpgsign=false", "core.autocrlf=false")
    git = ["git", *(part for one in settings for part in ("-c", one))]
    if not (root / ".git").exists():
        subprocess.run([*git, "init", "--quiet", "--initial-branch", "main"], cwd=root, check=True)
    subprocess.run([*git, "add", "--all"], cwd=root, check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", message], cwd=root, check=True)


def riverside_with_a_new_assessment(root: Path) -> Path:
    """Copy the example workspace, with a history in which Northam's latest assessment is new and not committed yet."""
    shutil.copytree(RIVERSIDE, root)
    newest = root / "assessments" / "northam" / "2025-01-15.yaml"
    text = newest.read_bytes()
    newest.unlink()
    commit_all(root)
    newest.write_bytes(text)
    return root


@contextmanager
def held_by_another_process(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder as another process would."""
    fcntl = pytest.importorskip("fcntl")
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def without_hanging() -> Iterator[None]:
    """Fail where something that is done at once on any machine takes half a minute."""

    def stop(*_: object) -> None:
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(30)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def assessment_text(
    place: str,
    date: str,
    stages: Mapping[str, str] | None = None,
    *,
    status: str = "agreed",
    provenance: str = "self-assessment",
    matrix: str = "pbp@2023.1",
    more: str = "",
) -> str:
    """Return an assessment file; `more` is further lines at the top level."""
    lines = [f"place: {place}", f"date: {date}", f"matrix: {matrix}", f"status: {status}", f"provenance: {provenance}"]
    lines += [more] if more else []
    if stages is not None:
        lines += ["themes:" if stages else "themes: {}"]
        for theme, stage in stages.items():
            lines += [f"  {theme}:", f"    stage: {stage}"]
            lines += ["    rationale: It does not apply here."] if stage == "not-applicable" else []
    return "\n".join(lines) + "\n"


def quarterly(count: int) -> dict[str, str]:
    """Return so many quarterly assessments, of which every fourth slips and every seventh has a theme less."""
    files = {}
    for at in range(count):
        date = f"{2015 + at // 4}-{at % 4 * 3 + 1:02}"
        stages = {"shared-data": "emerging" if at % 4 == 3 else "developing"}
        stages |= {} if at % 7 == 6 else {"shared-vision": "maturing"}
        files[f"assessments/northam/{date}.yaml"] = assessment_text("northam", date, stages)
    return files


def small_matrix(
    count: int, *, stage_ids: tuple[str, ...] = ("emerging", "developing", "maturing", "thriving"), **more: object
) -> Matrix:
    """Return a matrix of themes t1, t2, ... without words in its cells."""
    data = {
        "id": "small",
        "version": "1",
        "title": "Small",
        "stages": tuple({"id": stage, "name": stage.capitalize()} for stage in stage_ids),
        "themes": tuple({"id": f"t{number}", "name": f"Theme {number}"} for number in range(1, count + 1)),
        **more,
    }
    return Matrix.model_validate(data)


def filed(
    letters: str | None,
    *,
    date: str = "2024-01",
    matrix: Matrix | None = None,
    stated: str | None = None,
    status: str = "agreed",
    provenance: str = "self-assessment",
    said: Mapping[str, Mapping[str, object]] | None = None,
    privacy: Privacy | None = None,
    **more: object,
) -> FiledAssessment:
    """Return an assessment of themes t1, t2, ... at stages e d m t; - stands for not assessed, x for not applicable.

    `said` is what else it says of themes.
    """
    matrix = matrix or small_matrix(len(letters or "-"))
    data: dict[str, object] = {
        "place": "northam",
        "date": date,
        "matrix": matrix.ref,
        "status": status,
        "provenance": "published-summary" if stated else provenance,
        **more,
    }
    if stated:
        data["stated"] = {"overall": stated, "source": {"title": "A paper"}}
    else:
        states = {f"t{number}": STAGES[letter] for number, letter in enumerate(letters or "", 1)}
        themes: dict[str, dict[str, object]] = {theme: {"stage": state} for theme, state in states.items() if state}
        for theme, further in (said or {}).items():
            themes.setdefault(theme, {}).update(further)
        data["themes"] = themes
    assessment = Assessment.model_validate(data)
    files = Input("a.yaml", "0" * 64), Input("m.yaml", "1" * 64)
    return FiledAssessment(assessment, matrix, "Northam", *files, privacy or Privacy())


def matrix_of(text: str) -> Matrix:
    """Return the matrix that a YAML text is."""
    value = shaped(Matrix, read(text.encode()).data, "matrix.yaml")
    assert isinstance(value, Matrix), value
    return value


def tables(page: str) -> dict[str, list[list[str]]]:
    """Return the rows of the page's tables by the heading above them, without the marks of code."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for line in re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL).splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.startswith("|"):
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            found.setdefault(heading, []).append([cell.strip(" `") for cell in cells])
    return {heading: rows[2:] for heading, rows in found.items()}


HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[bold]loud[/bold] [/x] [link=file:///etc/passwd]x[/link]",
    "| pipe | `code` | **bold** | _it_ | ~~gone~~ |",
    "# heading",
    "- item",
    "1. item",
    "![x](http://x.example/y.png) [x](javascript:alert(1))",
    "\x1b[31mred\x1b]0;title\x07",
    "\u202egnirts\u202c \u2066x\u2069 \x85 \u2028 \x9b31m",
    "{{ 7 * 7 }} {% for x in y %} {# c #}",
    "two\n\nparagraphs\n- and a list\n# and a heading",
    "a\tb\rc\x00d\x7f",
    "ze\u200bro\u2060 so\xadft \ufeffmark \u200ejoi\u200dned \U000e0041\U000e0042tags\U000e007f \u2064",
    "&amp; &lt; &#x3c; <!-- --> ]]>",
    '=HYPERLINK("http://x") @SUM +1 -1',
    "%0A::error::forged",
    "\n::error::forged",
    "e\u0301 \U0001f600 \u4e2d\u6587 \u05e9\u05dc\u05d5\u05dd",
    "x" * 300,
    "\\ \\n \\x1b $x$ $$y$$ ~sub~ ^sup^ :smile: @someone #1 \"quotes\" 'single' -- --- ...",
)
"""Text that each sink must show as text."""
