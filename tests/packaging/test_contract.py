"""The import contract fails where it should."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from building import ROOT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("analysis/overall.py", "from pbpmaturity import __version__"),
        ("cli/show.py", "import pbpmaturity"),
        ("analysis/overall.py", "import typer"),
        ("model/date.py", "from pbpmaturity.diagnostics import rules"),
        ("report/words.py", "from pbpmaturity.workspace import load"),
        ("checks/matrix.py", "import ruamel.yaml"),
        ("workspace/load.py", "import rich"),
        ("cli/show.py", "import openpyxl"),
        ("analysis/views.py", "import pandas"),
        ("workspace/save.py", "import pyarrow"),
        ("exchange/sheets.py", "from pbpmaturity.workspace import load"),
        ("utils.py", "x = 1"),
    ],
)
def test_an_import_that_points_up_breaks_it(tmp_path: Path, module: str, line: str) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / "src" / "pbpmaturity" / module
    path.write_text(f"{line}\n{path.read_text('utf-8') if path.exists() else ''}", "utf-8")
    assert lint(tmp_path) == 1


def test_as_it_stands_it_holds(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert lint(tmp_path) == 0


def lint(folder: Path) -> int:
    """Run import-linter over the package in a folder, and return its exit code."""
    code = (
        "import sys; sys.path.insert(0, 'src');"
        "from importlinter.cli import lint_imports_command; lint_imports_command()"
    )
    return subprocess.run([sys.executable, "-c", code, "--no-cache"], cwd=folder, capture_output=True).returncode
