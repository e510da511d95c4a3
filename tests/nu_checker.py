"""The Nu HTML checker, which also reads the CSS in pages and drawings that stand alone."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from building import ROOT

JAR = ROOT / "tests" / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@dataclass(frozen=True)
class Complaint:
    """What the checker says of one line of a file, and the text that it is about."""

    file: str
    line: int
    message: str
    extract: str


def complaints(files: Iterable[Path]) -> list[Complaint]:
    """Return all that the checker says of some files, warnings and remarks too; it starts once for all of them."""
    if shutil.which("java") is None or not JAR.exists():
        pytest.skip("Java 17 or the Nu HTML checker is not installed; run: make test-node")
    # What language a text is in it guesses, and takes made-up words for Maltese.
    options = ["--format", "json", "--stdout", "--also-check-svg", "--no-langdetect"]
    command = ["java", "-Xss1m", "-jar", str(JAR), *options, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr
    return [
        Complaint(Path(one["url"]).name, one.get("lastLine", 0), one["message"], one.get("extract", ""))
        for one in json.loads(done.stdout)["messages"]
    ]
