"""The wheel, the wheel made from the sdist, and an editable install, each in a clean virtual environment."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from building import ROOT

pytestmark = pytest.mark.slow
FOLDERS = ("matrices", "readiness", "delegation", "templates", "examples")


def run(*command: str | Path, at: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run([str(part) for part in command], cwd=at, capture_output=True, text=True, env=kept)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def clean_environment(folder: Path) -> Path:
    """Make a virtual environment, which needs no pip of its own, and return the folder of its programs."""
    venv.create(folder)
    return folder / ("Scripts" if os.name == "nt" else "bin")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the sdist, a wheel from the tree, and a wheel from the sdist."""
    built = tmp_path_factory.mktemp("built")
    build = (sys.executable, "-m", "build", "--no-isolation")
    run(*build, "--sdist", "--outdir", built / "sdist", at=ROOT)
    run(*build, "--wheel", "--outdir", built / "tree", at=ROOT)
    (sdist,) = (built / "sdist").glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(built / "unpacked", filter="data")
    (unpacked,) = (built / "unpacked").iterdir()
    run(*build, "--wheel", "--outdir", built / "from-sdist", at=unpacked)
    (wheel,) = (built / "tree").glob("*.whl")
    (second,) = (built / "from-sdist").glob("*.whl")
    return {"sdist": sdist, "wheel": wheel, "wheel from sdist": second}


def shipped_files() -> dict[str, bytes]:
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    found = [path for path in found if ".pbp" not in path.parts]  # which init writes itself
    found += [ROOT / "docs" / "rules.md", ROOT / "ci" / "github-workflow.yml"]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("kind", ["wheel", "wheel from sdist"])
def test_a_wheel_carries_what_ships_once_and_nothing_else(packages: dict[str, Path], kind: str) -> None:
    with zipfile.ZipFile(packages[kind]) as archive:
        names = archive.namelist()
        prefix = "pbpmaturity/shipped/"
        carried = {name.removeprefix(prefix): archive.read(name) for name in names if name.startswith(prefix)}
        licence = [name for name in names if name.endswith("licenses/LICENSE")]
    assert carried == shipped_files()
    assert len(licence) == 1
    assert {name.split("/")[0] for name in names} == {
        "pbpmaturity",
        packages[kind].name.split("-py3")[0] + ".dist-info",
    }


def test_both_wheels_are_the_same(packages: dict[str, Path]) -> None:
    contents = []
    for kind in ("wheel", "wheel from sdist"):
        with zipfile.ZipFile(packages[kind]) as archive:
            contents.append({name: archive.read(name) for name in archive.namelist()})
    assert contents[0] == contents[1]


@pytest.mark.parametrize("kind", ["wheel", "editable"])
def test_an_installed_pbp_does_the_main_job_in_an_empty_folder(
    packages: dict[str, Path], kind: str, tmp_path: Path
) -> None:
    programs = clean_environment(tmp_path / "env")
    what = ["--editable", ROOT] if kind == "editable" else [packages[kind]]
    run(sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet", *what, at=tmp_path)
    here = tmp_path / "empty"
    here.mkdir()
    pbp = programs / "pbp"
    run(pbp, "init", "w", "--example", at=here)
    assert "nothing found" in run(pbp, "validate", at=here / "w")
    run(pbp, "report", "northam", "-o", "r.html", at=here / "w")
    assert (here / "w" / "r.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "Developing" in run(programs / "pbpmaturity", "show", "northam", at=here / "w")
    assert run(programs / "python", "-m", "pbpmaturity", "--version", at=here).startswith("pbp ")
    location = run(programs / "python", "-c", "import pbpmaturity; print(pbpmaturity.__file__)", at=here)
    assert (str(ROOT) in location) == (kind == "editable")
