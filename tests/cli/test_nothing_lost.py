"""However a recording ends, no answered question is lost, and it goes on at the next one."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from building import MakeWorkspace, Pbp
from terminal import Terminal
from workshop import FILES, NEW, WORKSHOP, WRITTEN

from pbpmaturity.workspace.lock import locked

CTRL_C, CTRL_D = b"\x03", b"\x04"


# How a recording may end, and the exit code: of a process that is killed, the signal's number below zero.
ENDINGS: dict[str, tuple[Callable[[Terminal], int], int]] = {
    "Ctrl-C": (lambda terminal: terminal.interrupt(CTRL_C), 130),
    "Ctrl-D": (lambda terminal: terminal.interrupt(CTRL_D), 130),
    "TERM": (lambda terminal: terminal.kill(signal.SIGTERM), 130),
    "HUP": (lambda terminal: terminal.kill(signal.SIGHUP), 130),
    "KILL": (lambda terminal: terminal.kill(signal.SIGKILL), -signal.SIGKILL),
    "closed": (lambda terminal: terminal.close(), 130),
}


@dataclass(frozen=True)
class Moment:
    """A question of a recording that nobody interrupts: its words, the answer, and the file as it then stands."""

    question: str
    answer: str
    file: bytes | None


def _moments(root: Path) -> list[Moment]:
    """Return each question of a whole workshop; answers that lead to no other question are put into the one before."""
    found: list[Moment] = []
    with Terminal(["assess", "northam"], root) as terminal:
        shown = terminal.wait_for_prompt()
        for answer in WORKSHOP:
            file = root / NEW
            found.append(Moment(_question(shown), answer, file.read_bytes() if file.exists() else None))
            shown = terminal.answer(answer)
    (root / NEW).unlink()
    return found


def _question(shown: str) -> str:
    """Return the words of the question that stands last on the screen."""
    return shown.rstrip("> \n").split("\n\n")[-1]


@pytest.mark.parametrize("turn", [0, 3], ids=["one way", "another way"])
def test_ended_at_every_question_of_a_run(workspace: MakeWorkspace, turn: int) -> None:
    """Each question is ended in one of the ways in turn, and in another one the second time."""
    root = workspace(FILES)
    moments = _moments(root)
    for number, (moment, after) in enumerate(pairwise(moments)):
        ending = list(ENDINGS)[(number + turn) % len(ENDINGS)]
        end, code = ENDINGS[ending]
        is_new = moment.file is None
        with Terminal(["assess", "northam", *([] if is_new else ["--resume"])], root) as terminal:
            shown = terminal.wait_for_prompt()
            if "looks like the name of a person" in moment.question:  # the answer before is not taken in yet
                shown = terminal.answer("Jane Smith")
            assert _question(shown) == moment.question
            terminal.answer(moment.answer)
            assert end(terminal) == code
            if code == 130 and ending != "closed":
                assert "pbp assess northam@2026-01-15 --resume\n" in terminal.screen
        assert (root / NEW).read_bytes() == after.file
    with Terminal(["assess", "northam", "--resume"], root) as terminal:
        terminal.wait_for_prompt()
        terminal.answer(moments[-1].answer)
        assert terminal.end() == 0
    assert (root / NEW).read_text("utf-8") == WRITTEN
    assert sorted(path.name for path in (root / NEW).parent.iterdir()) == ["2025-01.yaml", "2026-01-15.yaml"]


def test_killed_at_any_moment_leaves_a_file_that_is_whole(workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    moments = _moments(root)
    whole = {moment.file for moment in moments} | {WRITTEN.encode()}
    chance = random.Random(7)
    for _ in range(12):
        with Terminal(["assess", "northam"], root) as terminal:
            terminal.wait_for_prompt()
            for answer in WORKSHOP[: chance.randrange(len(WORKSHOP))]:
                terminal.type(answer)  # without waiting for the next question
            time.sleep(chance.random() / 4)
            terminal.kill(signal.SIGKILL)
        assert ((root / NEW).read_bytes() if (root / NEW).exists() else None) in whole
        (root / NEW).unlink(missing_ok=True)


def test_the_terminal_is_left_as_it_was(workspace: MakeWorkspace) -> None:
    import termios

    for number in (signal.SIGTERM, signal.SIGHUP):
        with Terminal(["assess", "northam"], workspace(FILES)) as terminal:
            terminal.wait_for_prompt()
            terminal.kill(number)
            flags = termios.tcgetattr(terminal.descriptor)[3]
            assert flags & termios.ECHO and flags & termios.ICANON


# Sends a signal to its own process while some words are saved first: before the new file takes its place, or after.
INTERRUPTED = """\
import os, pathlib, signal, time
real, seen = pathlib.Path.replace, []
def replace(self, target):
    is_meant = not seen and self.is_file() and b"{words}" in self.read_bytes()
    seen.extend([target] * is_meant)
    if is_meant and "{moment}" == "before":
        os.kill(os.getpid(), signal.{name}); time.sleep(0.2)
    real(self, target)
    if is_meant and "{moment}" == "after":
        os.kill(os.getpid(), signal.{name}); time.sleep(0.2)
pathlib.Path.replace = replace
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_signal_while_saving_is_no_colleagues_change(
    workspace: MakeWorkspace, home: Path, tmp_path: Path, name: str, moment: str
) -> None:
    root, code = workspace(FILES), tmp_path / "code"
    code.mkdir()
    (code / "sitecustomize.py").write_text(
        INTERRUPTED.format(name=name, moment=moment, words="saw it otherwise"), "utf-8"
    )
    env = {"HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": str(code)}
    with Terminal(["assess", "northam"], root, env=env) as terminal:
        terminal.wait_for_prompt()
        terminal.answer("2026-01-15", "", "d", "We met often.")
        terminal.type("Some saw it otherwise.")
        assert terminal.end() == 130, terminal.screen
        assert "pbp assess northam@2026-01-15 --resume" in terminal.screen
        assert "somebody else" not in terminal.screen
    text = (root / NEW).read_text("utf-8")
    assert "We met often." in text and "Some saw it otherwise." in text
    assert list(home.iterdir()) == []
    assert sorted(path.name for path in (root / NEW).parent.iterdir()) == ["2025-01.yaml", "2026-01-15.yaml"]


def test_a_signal_while_a_file_gets_its_new_date_leaves_one_file(
    workspace: MakeWorkspace, home: Path, tmp_path: Path
) -> None:
    root, code = workspace(FILES), tmp_path / "code"
    code.mkdir()
    (code / "sitecustomize.py").write_text(
        INTERRUPTED.format(name="SIGTERM", moment="after", words="date: 2026-01-16"), "utf-8"
    )
    env = {"HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": str(code)}
    with Terminal(["assess", "northam"], root, env=env) as terminal:
        terminal.wait_for_prompt()
        terminal.answer("2026-01-15", "", "back", "back")
        terminal.type("2026-01-16")
        assert terminal.end() == 130, terminal.screen
    assert list(home.iterdir()) == []
    assert sorted(path.name for path in (root / NEW).parent.iterdir()) == ["2025-01.yaml", "2026-01-16.yaml"]


def test_two_people_at_one_place_are_told_of_each_other(workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    with locked(root / NEW), Terminal(["assess", "northam"], root) as terminal:
        assert terminal.end() == 2
        assert "is being changed by somebody else on this computer" in " ".join(terminal.screen.split())
    assert not (root / NEW).exists()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def _kept(terminal: Terminal, home: Path, said: str) -> str:
    """Return the answers that were kept in the home folder when the file could not be written."""
    assert terminal.end() == 2
    shown = terminal.screen
    assert said in shown
    assert f'all answers are kept in "{home}/pbp-northam-2026-01-15.yaml"' in shown
    command = f"pbp assess northam@2026-01-15 --resume --from {home}/pbp-northam-2026-01-15.yaml"
    assert command in shown
    kept = home / "pbp-northam-2026-01-15.yaml"
    assert kept.stat().st_mode & 0o777 == 0o600
    return kept.read_text("utf-8")


def test_a_file_that_somebody_changes_meanwhile_is_kept_and_so_are_the_answers(
    workspace: MakeWorkspace, home: Path
) -> None:
    root = workspace(FILES)
    with Terminal(["assess", "northam"], root, env={"HOME": str(home)}) as terminal:
        terminal.wait_for_prompt()
        terminal.answer("2026-01-15", "", "d")
        theirs = (root / NEW).read_bytes() + b"# theirs\n"
        (root / NEW).write_bytes(theirs)
        terminal.type("We met often.")
        kept = _kept(terminal, home, "was changed by somebody else meanwhile")
    assert "We met often." in kept
    assert (root / NEW).read_bytes() == theirs
    kept_file = f"{home}/pbp-northam-2026-01-15.yaml"
    with Terminal(["assess", "northam@2026-01-15", "--resume", "--from", kept_file], root) as terminal:
        assert "What did some hold instead?" in terminal.wait_for_prompt()
        terminal.answer("Other.")
    text = (root / NEW).read_text("utf-8")
    assert "We met often." in text and "# theirs" in text and "#|" not in text


def test_a_folder_that_is_gone_or_full_ends_with_where_the_answers_are(workspace: MakeWorkspace, home: Path) -> None:
    root = workspace(FILES)
    with Terminal(["assess", "northam"], root, env={"HOME": str(home)}) as terminal:
        terminal.wait_for_prompt()
        terminal.answer("2026-01-15", "", "d")
        folder = (root / NEW).parent
        folder.rename(folder.with_name("moved"))
        folder.write_bytes(b"a file where the folder was")
        terminal.type("We met often.")
        assert "We met often." in _kept(terminal, home, "is not there any more")


@pytest.mark.skipif(sys.platform != "linux", reason="limits a process from outside")
def test_nowhere_to_write_shows_the_answers(workspace: MakeWorkspace, tmp_path: Path) -> None:
    root = workspace(FILES)
    nowhere = str(tmp_path / "nowhere")
    with Terminal(["assess", "northam"], root, env={"HOME": nowhere, "TMPDIR": nowhere}) as terminal:
        terminal.wait_for_prompt()
        terminal.answer("2026-01-15", "", "d")
        terminal.limit_file_size(0)
        terminal.type("We met often.")
        assert terminal.end() == 2
        assert "cannot be written: File too large" in terminal.screen
        assert "rationale: We met often." in terminal.screen
        assert "the answers follow; copy them" not in terminal.screen.split("format: 1")[0]


def test_a_file_that_cannot_be_changed_safely_is_kept_and_so_are_the_answers(
    workspace: MakeWorkspace, home: Path
) -> None:
    draft = "? place\n: northam\n? date\n: 2026-01-15\n? matrix\n: small@1\n? status\n: draft\n"
    draft += "? method\n: workshop\n? provenance\n: self-assessment\n? themes\n: {}\n"
    root = workspace({**FILES, NEW: draft})
    with Terminal(["assess", "northam", "--resume"], root, env={"HOME": str(home)}) as terminal:
        terminal.wait_for_prompt()
        terminal.type("mat")
        assert "stage: maturing" in _kept(terminal, home, "cannot change safely")
    assert (root / NEW).read_text("utf-8") == draft


def test_an_answer_too_long_for_a_file_is_kept_elsewhere(
    workspace: MakeWorkspace, pbp: Pbp, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(FILES)
    monkeypatch.setenv("HOME", str(home))
    arguments = ("assess", "northam", "--no-input", "--date", "2026-01-15", "--set", "vision=e", "--set", "data=d")
    outcome = pbp(*arguments, "--rationale", f"vision={'word ' * 250_000}", at=root)
    assert outcome.code == 2
    assert "would be over 1 MiB" in outcome.err
    assert not (root / NEW).exists()
    assert len((home / "pbp-northam-2026-01-15.yaml").read_bytes()) > 1 << 20


def test_a_place_whose_folder_cannot_be_made_keeps_the_answers(
    workspace: MakeWorkspace, pbp: Pbp, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace({**FILES, "pbp.yaml": "matrix: small@1\nplaces: {northam: {}, southam: {}}\n"})
    monkeypatch.setenv("HOME", str(home))

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    arguments = ("assess", "southam", "--no-input", "--date", "2026-01", "--set", "vision=e", "--set", "data=d")
    outcome = pbp(*arguments, at=root)
    assert outcome.code == 2
    assert f'all answers are kept in "{home}/pbp-southam-2026-01.yaml"' in outcome.err
    assert "stage: emerging" in (home / "pbp-southam-2026-01.yaml").read_text("utf-8")


def test_each_answer_is_on_the_disk_before_the_next_question(
    workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, synced = os.fsync, []
    monkeypatch.setattr("os.fsync", lambda descriptor: (synced.append(descriptor), real(descriptor)))
    arguments = ("assess", "northam", "--no-input", "--date", "2026-01-15", "--set", "vision=e", "--set", "data=d")
    assert pbp(*arguments, at=workspace(FILES)).code == 0
    assert synced
