"""The facilitator's guide: its transcript is what happens, and its criteria are those of the matrix."""

import os
import re
import shlex
import shutil
from pathlib import Path

from building import RIVERSIDE, ROOT
from terminal import Terminal

from pbpmaturity.workspace.shipped import shipped_matrices

PAGE = ROOT / "docs" / "workshop.md"
_TRANSCRIPT = re.compile(r"(<!-- recorded -->\n```console\n)(.*?)(^```\n)", re.DOTALL | re.MULTILINE)


def test_the_transcript_is_what_happens(tmp_path: Path) -> None:
    shutil.copytree(RIVERSIDE, tmp_path / "riverside")
    page = PAGE.read_text("utf-8")
    match = _TRANSCRIPT.search(page)
    assert match is not None
    recorded = _recorded(match[2], tmp_path / "riverside")
    if os.environ.get("PBP_UPDATE_SNAPSHOTS"):
        PAGE.write_text(page[: match.start(2)] + recorded + page[match.end(2) :], "utf-8")
        return
    assert match[2] == recorded


def _recorded(transcript: str, root: Path) -> str:
    """Type a transcript's commands and answers again, and return what is then on the screen."""
    shown = ""
    for session in re.split(r"^(?=\$ )", transcript, flags=re.MULTILINE)[1:]:
        command = session.split("\n", 1)[0].removeprefix("$ ")
        answers = re.findall(r"^> ?(.*)$", session, re.MULTILINE)
        with Terminal(shlex.split(command)[1:], root) as terminal:
            terminal.wait_for_prompt()
            terminal.answer(*answers)
            assert terminal.end() == 0
            lines = (line.rstrip() for line in terminal.screen.split("\n"))
            shown += f"$ {command}\n" + "\n".join(lines).strip("\n") + "\n"
    return shown


def test_the_criteria_that_are_named_are_those_of_the_matrix() -> None:
    matrix, _ = shipped_matrices()["pbp@2023.1"]
    named = re.findall(r"`([a-z-]+) ([EDMT][0-9]+)`", PAGE.read_text("utf-8"))
    assert {theme for theme, _ in named} == set(matrix.theme_ids)
    for theme, criterion in named:
        found = matrix.theme(theme)
        assert found is not None and criterion in found.criterion_ids, (theme, criterion)
