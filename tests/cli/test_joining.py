"""Answers that were kept elsewhere and a file that somebody changed meanwhile: put together, and no word lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from building import MakeWorkspace, Pbp
from cli.test_conversation import FILES, NEW
from terminal import Terminal

from pbpmaturity.workspace.joining import begun_from, with_begun_from
from pbpmaturity.workspace.source import read

BASE = """\
place: northam
date: 2026-01-15
matrix: small@1
status: draft
provenance: self-assessment
summary: As it was.
themes:
  vision:
    stage: emerging
    rationale: We had only met.
    evidence:
      - {title: The plan, link: "https://example.org/plan"}
    actions:
      - {action: Meet, status: open}
  data:
    stage: developing
"""
NAME = "northam@2026-01-15"


def _changed(*pairs: tuple[str, str]) -> str:
    text = BASE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


MINE = _changed(
    ("stage: emerging\n    rationale: We had only met.", "stage: developing\n    rationale: My reason."),
    ("  - {action: Meet, status: open}", "  - {action: Meet, status: open}\n      - {action: Print it, status: open}"),
)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept copy.yaml"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


def _begun(kept: Path, mine: str, before: str | None = BASE) -> None:
    kept.write_bytes(with_begun_from(mine.encode(), before.encode() if before is not None else None))


# What the colleague changed, and what the file must hold afterwards besides all that they wrote.
APART = {
    "another theme": (("stage: developing", "stage: maturing\n    rationale: Their reason."),),
    "the summary": (("As it was.", "Their summary."),),
    "evidence of the same theme": (('plan"}', 'plan"}\n      - {title: Theirs}'),),
    "an action of the same theme": (("Meet, status: open", "Meet, owner: Their council, status: open"),),
    "a comment": (("themes:\n", "# Their comment.\nthemes:\n"),),
    "what some held": (("    evidence:", "    dissent: Their dissent.\n    evidence:"),),
}


@pytest.mark.parametrize("name", APART)
def test_what_only_one_of_them_changed_is_taken(workspace: MakeWorkspace, pbp: Pbp, kept: Path, name: str) -> None:
    theirs = _changed(*APART[name])
    root = workspace({**FILES, NEW: theirs})
    _begun(kept, MINE)
    outcome = pbp("assess", NAME, "--no-input", "--resume", "--from", str(kept), at=root)
    assert outcome.code == 0, outcome.err
    text = (root / NEW).read_text("utf-8")
    data = read(text.encode()).data
    assert data["themes"]["vision"]["rationale"] == "My reason."
    assert [one["action"] for one in data["themes"]["vision"]["actions"]] == ["Meet", "Print it"]
    for _, new in APART[name]:
        assert all(word in text for word in ("Their", "Theirs") if word in new.split()), text
    assert ("maturing" in text) == (name == "another theme")
    assert "#|" not in text and kept.exists()
    again = pbp("assess", NAME, "--no-input", "--resume", "--from", str(kept), at=root)
    assert again.code == 0 and (root / NEW).read_text("utf-8") == text


BOTH = (
    (
        ("rationale: We had only met.", "rationale: Their reason."),
        ("As it was.", "Their summary."),
        ("stage: developing", "stage: maturing"),
    ),
    (("As it was.", "My summary."),),
)


def test_what_both_changed_is_shown_and_decided_theme_by_theme(
    workspace: MakeWorkspace, pbp: Pbp, kept: Path, home: Path
) -> None:
    theirs = _changed(*BOTH[0])
    root = workspace({**FILES, NEW: theirs})
    mine = MINE.replace("As it was.", "My summary.")
    _begun(kept, mine)
    arguments = ("assess", NAME, "--no-input", "--resume", "--from", str(kept))
    refused = pbp(*arguments, at=root)
    assert refused.code == 2
    for words in ("My reason.", "Their reason.", "My summary.", "Their summary.", "Shared vision", "Summary"):
        assert words in refused.err
    assert "--take vision=mine or --take vision=theirs" in refused.err
    assert "--take summary=mine or --take summary=theirs" in refused.err
    assert "data" not in refused.err.replace("Shared data", "") and (root / NEW).read_text("utf-8") == theirs
    assert pbp(*arguments, "--take", "vision=mine", at=root).code == 2
    assert (root / NEW).read_text("utf-8") == theirs
    outcome = pbp(*arguments, "--take", "vision=mine", "--take", "summary=theirs", at=root)
    assert outcome.code == 0, outcome.err
    data = read((root / NEW).read_bytes()).data
    assert data["summary"] == "Their summary."
    assert (data["themes"]["vision"]["stage"], data["themes"]["vision"]["rationale"]) == ("developing", "My reason.")
    assert data["themes"]["data"]["stage"] == "maturing"
    # Their reason is given up, so their file is kept; my summary is in the copy that it came from.
    assert (home / "pbp-northam-2026-01-15-theirs.yaml").read_text("utf-8") == theirs
    assert "pbp-northam-2026-01-15-theirs.yaml" in outcome.err
    assert "My summary." in kept.read_text("utf-8")


def test_what_both_changed_is_asked_at_a_terminal(workspace: MakeWorkspace, kept: Path) -> None:
    root = workspace({**FILES, NEW: _changed(*BOTH[0])})
    _begun(kept, MINE.replace("As it was.", "My summary."))
    with Terminal(["assess", NAME, "--resume", "--from", str(kept)], root, env={"HOME": str(kept.parent)}) as terminal:
        shown = terminal.wait_for_prompt()
        assert "My reason." in shown and "Their reason." in shown and "My summary." not in shown
        assert "mine, theirs" in terminal.answer("ours")
        assert "Their summary." in terminal.answer("theirs")
        terminal.answer("mine")
        terminal.type("quit")
        assert terminal.end() == 0
    data = read((root / NEW).read_bytes()).data
    assert (data["summary"], data["themes"]["vision"]["rationale"]) == ("My summary.", "Their reason.")


def test_a_file_that_has_gone_is_written_anew(workspace: MakeWorkspace, pbp: Pbp, kept: Path) -> None:
    root = workspace({"pbp.yaml": "matrix: small@1\n", "matrices/small-1.yaml": FILES["matrices/small-1.yaml"]})
    _begun(kept, MINE)
    outcome = pbp("assess", NAME, "--no-input", "--resume", "--from", str(kept), at=root)
    assert outcome.code == 0, outcome.err
    assert read((root / NEW).read_bytes()).data == read(MINE.encode()).data


def test_a_file_that_was_agreed_meanwhile_is_said_to_be(workspace: MakeWorkspace, pbp: Pbp, kept: Path) -> None:
    theirs = _changed(("status: draft", "status: agreed\nagreed: {by: Board, date: 2026-02}"))
    root = workspace({**FILES, NEW: theirs})
    _begun(kept, MINE)
    arguments = ("assess", NAME, "--no-input", "--from", str(kept))
    refused = pbp(*arguments, "--resume", at=root)
    assert refused.code == 2 and "is agreed by now" in refused.err and "--amend REASON --from" in refused.err
    assert pbp(*arguments, "--amend", "Kept answers", at=root).code == 0
    data = read((root / NEW).read_bytes()).data
    assert (data["status"], data["agreed"]["by"]) == ("agreed", "Board")
    assert (data["themes"]["vision"]["rationale"], data["amendments"][0]["reason"]) == ("My reason.", "Kept answers")


def test_an_agreement_does_not_cover_what_a_colleague_wrote(workspace: MakeWorkspace, pbp: Pbp, kept: Path) -> None:
    agreed = ("status: draft", "status: agreed\nagreed: {by: Board, date: 2026-02}")
    _begun(kept, MINE.replace(*agreed))
    root = workspace({**FILES, NEW: BASE})
    assert pbp("assess", NAME, "--no-input", "--resume", "--from", str(kept), at=root).code == 0
    assert read((root / NEW).read_bytes()).data["status"] == "agreed"
    (root / NEW).write_text(_changed(("As it was.", "Their summary.")), "utf-8")
    outcome = pbp("assess", NAME, "--no-input", "--resume", "--from", str(kept), at=root)
    assert outcome.code == 0 and "It stays a draft" in outcome.err
    data = read((root / NEW).read_bytes()).data
    assert (data["status"], data["agreed"]["by"], data["summary"]) == ("draft", "Board", "Their summary.")


def test_tallies_are_never_mixed(workspace: MakeWorkspace, pbp: Pbp, kept: Path) -> None:
    def with_views(text: str, count: int) -> str:
        return text.replace("    stage: developing\n", f"    stage: developing\n    views: {{emerging: {count}}}\n")

    root = workspace({**FILES, NEW: with_views(_changed(("As it was.", "Their summary.")), 6)})
    _begun(kept, with_views(BASE, 7))
    assert pbp("assess", NAME, "--no-input", "--resume", "--from", str(kept), at=root).code == 0
    assert read((root / NEW).read_bytes()).data["themes"]["data"]["views"] == {"emerging": "6"}
    (root / NEW).write_text(_changed(("As it was.", "Their summary.")), "utf-8")
    assert pbp("assess", NAME, "--no-input", "--resume", "--from", str(kept), at=root).code == 0
    assert read((root / NEW).read_bytes()).data["themes"]["data"]["views"] == {"emerging": "7"}


@pytest.mark.parametrize(
    ("take", "said"),
    [("ours", "is no choice"), ("vison=mine", 'did you mean "vision"'), ("vision=ours", "is no choice")],
)
def test_choices_that_are_none(workspace: MakeWorkspace, pbp: Pbp, kept: Path, take: str, said: str) -> None:
    root = workspace({**FILES, NEW: BASE})
    _begun(kept, MINE)
    outcome = pbp("assess", NAME, "--no-input", "--resume", "--from", str(kept), "--take", take, at=root)
    assert outcome.code == 2 and said in outcome.err
    alone = pbp("assess", NAME, "--no-input", "--take", "mine", at=root)
    assert alone.code == 2 and "--take is for --from" in alone.err


@pytest.mark.parametrize("before", [BASE, "", "a: b", BASE.replace("\n", "\r\n"), "\ufeff" + BASE])
def test_what_was_begun_from_comes_back_from_its_comments(before: str) -> None:
    data, found = begun_from(with_begun_from(MINE.encode(), before.encode()))
    assert (data.decode(), found) == (MINE, before.removeprefix("\ufeff").encode())
    assert read(with_begun_from(MINE.encode(), before.encode())).data == read(MINE.encode()).data


def test_what_an_editor_changed_in_those_comments_is_not_believed() -> None:
    whole = with_begun_from(MINE.encode(), BASE.encode())
    assert begun_from(whole.replace(b"#|  data:", b"#|  date:"))[1] is None
    large = b"#" * ((1 << 20) - len(MINE))
    assert with_begun_from(MINE.encode(), large) == MINE.encode(), "more than a file may hold"


def test_parallel_runs_all_land(workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, NEW: BASE})
    pbp = [sys.executable, "-m", "pbpmaturity", "assess", NAME, "--no-input"]
    answers = ("vision=Reason one.", "data=Reason two.") * 3
    runs = [
        subprocess.Popen([*pbp, "--rationale", one], cwd=root, env=dict(os.environ), stderr=subprocess.PIPE)
        for one in answers
    ]
    told = [(run.communicate()[1].decode(), run.returncode) for run in runs]
    # A run that finds its words there already has nothing to change, and says so.
    assert all(code == 0 or "there is nothing to change" in said for said, code in told), told
    themes = read((root / NEW).read_bytes()).data["themes"]
    assert (themes["vision"]["rationale"], themes["data"]["rationale"]) == ("Reason one.", "Reason two.")
