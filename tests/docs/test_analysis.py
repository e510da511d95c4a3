"""Every block of docs/analysis.md runs, and all ways to ask a question give the answer that is printed."""

import datetime
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest
from building import RIVERSIDE, ROOT, MakeWorkspace, Pbp, assessment_text

import pbpmaturity
from pbpmaturity import api

PAGE = (ROOT / "docs" / "analysis.md").read_text("utf-8")
PIECE = re.compile(r"```(sql|python)\n(.*?)```|((?:^\|[^\n]*\n)+)", re.DOTALL | re.MULTILINE)
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))
QUESTIONS = [title for title in SECTIONS if re.match(r"\d\. ", title)]


@pytest.fixture
def exported(tmp_path: Path, pbp: Pbp, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example workspace with its tables, as the page sets it up, as the current folder."""
    root = tmp_path / "riverside"
    shutil.copytree(RIVERSIDE, root)
    command = re.search(r"^\$ pbp (export .*)$", PAGE, re.MULTILINE)
    assert command and pbp(*command[1].split(), at=root).code == 0
    monkeypatch.chdir(root)
    return root


def cell(value: object) -> str:
    """Return a value as the page prints it; what each library has for nothing is nothing."""
    if pandas.isna(value):  # type: ignore[call-overload]
        return "none"
    return str(value).lower() if isinstance(value, bool) or type(value).__name__ == "bool" else str(value)


def rows(answer: Any) -> list[list[str]]:
    """Return an answer as rows of text, whatever kind of table it is."""
    if hasattr(answer, "itertuples"):
        answer = answer.itertuples(index=False)
    elif hasattr(answer, "iter_rows"):
        answer = answer.iter_rows()
    return [[cell(value) for value in row] for row in answer]


def table(text: str) -> list[list[str]]:
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.strip().splitlines()]
    return lines[2:]


def answers(body: str, names: dict[str, Any]) -> Iterable[tuple[str, list[list[str]], list[list[str]]]]:
    """Run the blocks of a section, and yield each answer with the table that follows."""
    waiting: list[tuple[str, list[list[str]]]] = []
    for kind, code, printed in PIECE.findall(body):
        if kind == "sql":
            waiting.append((code, [[cell(value) for value in row] for row in duckdb.sql(code).fetchall()]))
        elif kind == "python":
            exec(compile(code, "analysis.md", "exec"), names)
            waiting.append((code, rows(names["answer"])))
        elif waiting:
            yield from ((code, found, table(printed)) for code, found in waiting)
            waiting = []
    assert not waiting


@pytest.fixture
def names(exported: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    (_, code, _), *more = PIECE.findall(SECTIONS["Set up"])
    assert not more
    exec(compile(code, "analysis.md", "exec"), found)
    return found


def test_there_are_five_questions() -> None:
    assert [title[:2] for title in QUESTIONS] == ["1.", "2.", "3.", "4.", "5."]


@pytest.mark.parametrize("title", QUESTIONS)
def test_three_ways_give_one_answer(names: dict[str, Any], title: str) -> None:
    found = list(answers(SECTIONS[title], names))
    assert len(found) == 3
    for code, answer, printed in found:
        assert answer == printed, code


def test_three_ways_give_one_answer_over_files_that_are_not_tidy(
    workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch
) -> None:
    stated = "stated: {overall: emerging, source: {title: A paper}}"
    slip = assessment_text("alder", "2025-01", {"shared-data": "emerging", "shared-vision": "not-applicable"})
    root = workspace(
        {
            "pbp.yaml": "places: {alder: {}, birch: {}, cedar: {}, dogwood: {}}\n",
            "assessments/alder/2023-01.yaml": assessment_text(
                "alder", "2023-01", provenance="published-summary", more=stated
            ),
            "assessments/alder/2024-01.yaml": assessment_text("alder", "2024-01", {"shared-data": "developing"}),
            "assessments/alder/2025-01.yaml": slip,
            "assessments/birch/2024-01.yaml": assessment_text(
                "birch", "2024-01", provenance="published-summary", more=stated
            ),
            "assessments/cedar/2024-01.yaml": assessment_text("cedar", "2024-01", {}, status="draft"),
        }
    )
    assert pbp("export", "--format", "parquet", "-o", "tables", "--as-of", "2025-06", at=root).code == 0
    monkeypatch.chdir(root)
    found: dict[str, Any] = {}
    exec(compile(PIECE.findall(SECTIONS["Set up"])[0][1], "analysis.md", "exec"), found)
    for title in QUESTIONS:
        sql, with_pandas, with_python = (answer for _, answer, _ in answers(SECTIONS[title], found))
        assert sql == with_pandas == with_python, title


def test_a_question_about_one_place_takes_no_date_and_a_movement_no_path(names: dict[str, Any]) -> None:
    loaded = names["workspace"]
    with pytest.raises(pbpmaturity.UsageError, match="names one assessment"):
        loaded.assessments("northam@2024")
    with pytest.raises(pbpmaturity.UsageError, match="is a path"):
        pbpmaturity.movement(loaded, "northam", to="assessments/northam/2025-01-15.yaml")
    noon = datetime.datetime(2024, 6, 1, 12, 0)
    assert pbpmaturity.compare(loaded, as_of=noon).files == pbpmaturity.compare(loaded, as_of="2024-06-01").files


def test_tables_are_whole_or_not_there(workspace: MakeWorkspace) -> None:
    good = assessment_text("northam", "2023-01", {"shared-data": "emerging"})
    for broken in ("assessments/northam/2024-01.yaml", "assessments/2024-01.yaml"):
        root = workspace({"assessments/northam/2023-01.yaml": good, broken: "place: northam\n"})
        with pytest.raises(pbpmaturity.UnusableInput, match="so there are no tables"):
            pbpmaturity.tables(pbpmaturity.load(root))


def test_the_other_blocks_give_what_is_printed(names: dict[str, Any]) -> None:
    found = list(answers(SECTIONS["The Python interface"], names))
    assert len(found) == 4
    for code, answer, printed in found:
        assert answer == printed, code


def test_the_page_names_all_of_the_interface() -> None:
    told = set(re.findall(r"`pbp\.(\w+)", SECTIONS["The Python interface"]))
    functions = {name for name in api.__all__ if callable(getattr(api, name)) and name[0].islower()}
    assert functions <= told
    assert set(pbpmaturity.__all__) <= set(api.__all__)


def test_importing_it_imports_nothing() -> None:
    code = "import sys, pbpmaturity; print([n for n in ('pydantic', 'typer', 'ruamel', 'typing') if n in sys.modules])"
    printed = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, cwd=ROOT / "src")
    assert printed.stdout == "[]\n", printed.stderr


def test_using_it_imports_nothing_that_prints() -> None:
    code = (
        "import sys, pbpmaturity as pbp; w = pbp.load('.'); pbp.show(w, 'northam'); pbp.compare(w); pbp.tables(w);"
        "print([n for n in ('typer', 'rich', 'jinja2', 'pandas', 'polars', 'pyarrow', 'openpyxl') if n in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=RIVERSIDE)
    assert (printed.stdout, printed.stderr) == ("[]\n", "")


def test_what_is_not_there_raises_what_the_page_says(workspace: MakeWorkspace) -> None:
    good = assessment_text("northam", "2023-01", {"shared-data": "emerging"})
    root = workspace({"assessments/northam/2023-01.yaml": good, "assessments/northam/2024-01.yaml": "place: northam\n"})
    loaded = pbpmaturity.load(root)
    assert (loaded.places, loaded.unread) == (("northam",), 1)
    assert [filed.assessment.date.text for filed in loaded.assessments("northam")] == ["2023-01"]
    assert pbpmaturity.show(loaded, "northam@first").overall.stage == "emerging"
    for question in (pbpmaturity.show, pbpmaturity.history, pbpmaturity.movement, pbpmaturity.compare):
        with pytest.raises(pbpmaturity.UnusableInput) as stopped:
            question(loaded, "northam")  # type: ignore[operator]
        assert "PBP102" in stopped.value.findings[0]
    with pytest.raises(pbpmaturity.UsageError, match='did you mean "northam"'):
        pbpmaturity.show(loaded, "nortam")
    with pytest.raises(pbpmaturity.UsageError, match="names one assessment"):
        pbpmaturity.history(loaded, "northam@2023")
    with pytest.raises(pbpmaturity.UsageError, match="is not a workspace"):
        pbpmaturity.load(root / "assessments" / "northam")
    with pytest.raises(AttributeError):
        _ = pbpmaturity.nothing  # type: ignore[attr-defined]


def test_days_are_given_as_dates_or_as_text(workspace: MakeWorkspace) -> None:
    files = {
        f"assessments/northam/{date}.yaml": assessment_text("northam", date, {"shared-data": "emerging"})
        for date in ("2023-01", "2024-06")
    }
    loaded = pbpmaturity.load(workspace(files))
    for day in ("2024-05", datetime.date(2024, 5, 31)):
        (filed,) = pbpmaturity.compare(loaded, as_of=day).files
        assert filed.assessment.date.text == "2023-01"
    assert pbpmaturity.tables(loaded, as_of="2025-01")["assessments"].columns["stale"] == [True, False]
    assert pbpmaturity.tables(loaded)["assessments"].columns["stale"] == [None, None]
