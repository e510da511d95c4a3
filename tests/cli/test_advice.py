"""Every command that pbp prints after a failure: taken from the screen as it stands, it works, and loses no word."""

import ast
import os
import re
import shlex
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from building import RIVERSIDE, ROOT, MakeWorkspace, Pbp
from cli.test_conversation import DRAFT, FILES, NEW
from workshop import MATRIX

from pbpmaturity.cli.app import VERBS
from pbpmaturity.workspace import drafting
from pbpmaturity.workspace.source import read

LAST = "assessments/northam/2025-01.yaml"
NAME = "northam@2026-01-15"
TYPED = ("--set", "data=maturing", "--rationale", 'data=It\'s shared by two, and "known".')
ASSESS = ("assess", "northam", "--no-input")
# What a person puts where the advice has a word in capitals.
PLACEHOLDERS = {"PLACE": "northam", "PLACE@2023": "northam@2023"}
WITH_DRAFT = {**FILES, NEW: DRAFT}
WITH_AGREED = {**FILES, NEW: DRAFT.replace("draft", "agreed\nagreed: {by: Board, date: 2026-02}")}
WITH_BROKEN = {**FILES, NEW: "place: [\n"}
ONE_BROKEN = {**FILES, "assessments/southam/2025-01.yaml": "place: [\n"}
NO_PLACES = {"pbp.yaml": "matrix: small@1\n", "matrices/small-1.yaml": MATRIX}
NO_ASSESSMENTS = {name: text for name, text in FILES.items() if name != LAST}
KEPT = {"kept.yaml": f"{DRAFT}summary: It's shared by two, I say.\n"}
FROM_KEPT = ("--no-input", "--from", "kept.yaml")


@dataclass(frozen=True)
class Advice:
    """A failure and what its advice leads to.

    `fragment` is how the advice stands in the code; `fails` is the exit code of what was typed, and `codes` those of
    the commands that are advised, of which the last says `says`. `more` is what is left to the person; `loses_nothing`
    looks for the words that were typed in the files afterwards.
    """

    fragment: str
    typed: tuple[str, ...]
    files: dict[str, str] = field(default_factory=lambda: FILES)
    codes: tuple[int, ...] = (0,)
    says: str = ""
    more: tuple[str, ...] = ()
    fails: int = 2
    loses_nothing: bool = False


TABLE = (
    Advice("to change it: {}", (*ASSESS, "--date", "2025-01", *TYPED), loses_nothing=True),
    Advice("to change it: {}", (*ASSESS, "--date", "2026-01-15", *TYPED), WITH_DRAFT, loses_nothing=True),
    Advice("as in: {}", ("assess", "northam@2025", "--no-input", *TYPED), loses_nothing=True),
    Advice("as in: {}", ("assess", "northam@2025", "--no-input"), codes=(2,), says="there is nothing to change"),
    Advice("as in: {}", ("assess", NAME, "--resume", *FROM_KEPT), {**WITH_AGREED, **KEPT}, loses_nothing=True),
    Advice(
        "or begin one with:",
        (*ASSESS, "--resume", *TYPED, "--set", "vision=e"),
        more=("--date", "2026-01"),
        loses_nothing=True,
    ),
    Advice("begin one with: {}", (*ASSESS, "--resume"), NO_ASSESSMENTS, codes=(2,), says="some answers are missing"),
    Advice("add --resume: {}", ("assess", NAME, *FROM_KEPT), {**WITH_DRAFT, **KEPT}, loses_nothing=True),
    Advice("put these answers into it: {}", (*ASSESS, *FROM_KEPT), {**WITH_DRAFT, **KEPT}, loses_nothing=True),
    Advice("see: pbp assess --help", (*ASSESS, "--criteria")),
    Advice("see: pbp import --help", ("import",)),
    Advice("make one with: pbp init", ("show", "northam"), {}),
    Advice("see: pbp rules", ("rules", "zzz")),
    Advice("see: pbp rules", ("validate", "--select", "zzz")),
    Advice("as in: pbp report northam, or pbp report --site site", ("report",), codes=(0, 0)),
    Advice("as in: pbp export -o tables, pbp export -o tables.xlsx", ("export",), codes=(0, 0, 0)),
    Advice("as in: pbp export --format {} -o {}", ("export", "--format", "csv")),
    Advice("name a folder, as in: pbp export --format {} -o {}", ("export", "--format", "csv", "-o", "all.csv")),
    Advice("as in: pbp templates copy report.html.j2 --force", ("templates", "--force")),
    Advice("as in: pbp templates copy report.html.j2", ("templates", "copy")),
    Advice("see: pbp templates", ("templates", "copy", "zzz")),
    Advice("to copy one: pbp templates copy {}", ("templates", "report.html.j2")),
    Advice("as in: {}", ("actions", "northam", "--done", "1")),
    Advice("as in: {}", ("actions", "--done", "8"), {"riverside": ""}),
    Advice("name the Place alone, as in: pbp history {}", ("history", "northam@2025")),
    Advice("as in: pbp diff PLACE@2023 2024", ("diff", "northam@2025", "2023"), {"riverside": ""}),
    Advice("pbp compare {} {}", ("diff", "northam@2025", "westmere"), {"riverside": ""}),
    Advice("as in: pbp readiness northam --as-of 2024-06",
           ("readiness", "northam@2025"), {"riverside": ""}, codes=(1,)),
    Advice("for its stages as JSON: pbp show {} --format json", ("matrix", "--place", "northam", "--format", "json")),
    Advice("for a new one: {}; to change this one: {}", ("form", "northam@2025"), codes=(0, 2), says="nothing"),
    Advice("see: pbp init --help", ("validate",), {"notes.txt": "Nothing yet."}),
    Advice("as in: pbp init northam", ("init", "pbp.yaml"), {"riverside": ""}),
    Advice("as in: pbp init riverside --example", ("init", ".", "--example")),
    Advice("run pbp validate", ("show", "northam"), ONE_BROKEN, codes=(1,), fails=0),
    Advice("mend what pbp validate finds, or name the Places", ("export", "-o", "tables"), WITH_BROKEN, codes=(1,)),
    Advice("is missing or out of date; run pbp schema", ("schema", "--check"), fails=1, codes=(0,) * 6),
    Advice("pbp init writes an example", ("readiness", "northam")),
    Advice("close it with pbp actions, or agree a new date", ("validate", "--as-of", "2026-01"), fails=0),
    Advice("is not a rule; see pbp rules", ("validate",), {**FILES, NEW: f"{DRAFT}# pbp: ignore PBP999\n"}, fails=0),
    Advice("record one with: pbp assess PLACE",
           ("export", "-o", "tables"), NO_ASSESSMENTS, (2,), "answers are missing"),
    Advice("record an assessment with: pbp assess PLACE",
           ("report", "--site", "site"), NO_PLACES, (2,), "make its folder"),
)  # fmt: skip
# Of these the failure is brought about below, where a colleague or a clock has a part in it.
BELOW = (
    "record each assessment with pbp assess PLACE --date DATE",
    "go on with: {}",
    "find its number with: {}",
    "check fewer files at a time, as in: pbp validate assessments/northam",
)
# Where a command stands that follows no failure: what comes next, or the text of help, a form, a document or a file.
NO_FAILURE = (
    "pbp assess {}@{} --resume", "To go on at this question: {}", "See it with: {}", "Next: {}", "Next: pbp",
    "Its criteria: ",
    "One of them explained: ", "Type each line as it stands here: ", "(why: ",
    "One of them, with the questions to ask: ",
    "To change one, lay it", "The pages in this folder", "see: pbp form --help", "Made by pbp schema",
    "as pbp actions shows it", "pbp import FILE.xlsx --place ", "and go on with that one: {}", "then check with: pbp",
    "is nothing that pbp templates does", "cannot be used as it is; run pbp validate", "count it with pbp import",
    "one-time codes tell that: ", "Codes that were made earlier stay good", "for pbp import --codes FILE",
    "a list has one code a line", "let files be written to the workspace's folder, then run: pbp schema",
    "left out, since they could not be read", "See {}, or run: pbp rules {}",
)  # fmt: skip
NAMES_OF_VERBS = ("pbp validate",)

_WORD = re.compile(r"""(?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"])+""")
_COMMAND = re.compile(rf"\bpbp (?=(?:{'|'.join(VERBS)})\b)")


def commands_in(text: str) -> list[list[str]]:
    """Return the commands of pbp that a text prints, each as a shell would take it, up to the end of its sentence."""
    found = []
    for match in _COMMAND.finditer(text):
        words: list[str] = []
        for word in _WORD.findall(text[match.start() :].split("\n")[0]):
            if word.rstrip(",") in ("finds", "writes"):
                break
            words += shlex.split(word.rstrip(",;.\\"))
            if word.endswith((",", ";", ".")):
                break
        found.append(words)
    return found


def _folder(files: dict[str, str], make: MakeWorkspace, tmp_path: Path) -> Path:
    if files == {"riverside": ""}:
        return Path(shutil.copytree(RIVERSIDE, tmp_path / "riverside"))
    return make(files) if files else tmp_path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "a home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.mark.parametrize("advice", TABLE, ids=lambda one: " ".join(one.typed)[:60])
def test_what_is_advised_works_and_loses_no_word(
    advice: Advice, workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path
) -> None:
    root = _folder(advice.files, workspace, tmp_path)
    failed = pbp(*advice.typed, at=root)
    assert failed.code == advice.fails, failed
    printed = failed.err.partition("\n")[2] if advice.fails == 2 else failed.err + failed.out
    advised = commands_in(printed)
    assert len(advised) == len(advice.codes), printed
    outcome = failed
    for words, code in zip(advised, advice.codes, strict=True):
        outcome = pbp(*(PLACEHOLDERS.get(word, word) for word in words[1:]), *advice.more, at=root)
        assert outcome.code == code, (words, outcome.err)
    assert advice.says in outcome.err
    if advice.loses_nothing:
        files = [path.read_text("utf-8") for path in (root / "assessments").rglob("*.yaml")]
        assert any("It's shared by two" in text for text in files), files


def test_the_command_names_the_workspace_that_was_given(workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path) -> None:
    root = workspace(WITH_DRAFT)
    elsewhere = tmp_path / "else where"
    root.rename(elsewhere)
    typed = (*ASSESS, "--date", "2026-01-15", *TYPED, "--workspace", str(elsewhere))
    (words,) = commands_in(pbp(*typed, at=tmp_path).err)
    assert pbp(*words[1:], at=tmp_path).code == 0
    assert "shared by two" in (elsewhere / NEW).read_text("utf-8")


SAID = ("--set", "vision=maturing", "--rationale", "vision=Mine, said.")
THEIRS = DRAFT.replace("# nothing more", "rationale: Theirs.")
# What is typed, which file a colleague changes meanwhile, and what it then says: nothing if they took it away.
MEANWHILE = {
    "changed": (("assess", NAME, *SAID), NEW, THEIRS),
    "gone": (("assess", NAME, *SAID), NEW, None),
    "begun": (("assess", "northam", "--date", "2026-01-15", *SAID, "--set", "data=d"), NEW,
              THEIRS.partition("  vision:")[0]),
    "agreed": (
        ("assess", "northam@2025", *SAID, "--amend", "It's \"due\"; now"),
        LAST,
        FILES[LAST].replace("stage: developing", "stage: developing\n    rationale: Theirs."),
    ),
}  # fmt: skip


def _let_a_colleague_write(monkeypatch: pytest.MonkeyPatch, path: Path, text: str | None) -> None:
    """Let somebody on another computer change a file, or take it away, just before it is written."""
    real, done = drafting.replace_unchanged, []

    def replace(target: Path, before: bytes | None, after: bytes) -> None:
        if not done:
            done.append(target)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, "utf-8")
        real(target, before, after)

    monkeypatch.setattr(drafting, "replace_unchanged", replace)


@pytest.mark.parametrize("name", MEANWHILE)
def test_the_way_back_after_somebody_elses_change_keeps_the_words_of_both(
    workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch, home: Path, name: str
) -> None:
    typed, path, theirs = MEANWHILE[name]
    root = workspace(FILES if name == "begun" else WITH_DRAFT)
    with monkeypatch.context() as meanwhile:
        _let_a_colleague_write(meanwhile, root / path, theirs)
        failed = pbp(*typed, "--no-input", at=root)
    assert failed.code == 2, failed
    assert ((root / path).read_text("utf-8") if theirs else None) == theirs
    (words,) = commands_in(failed.err)
    decided = ("--take", "data=theirs") if name == "begun" else ()
    assert not decided or pbp(*words[1:], at=root).code == 2, "both said something of a theme"
    outcome = pbp(*words[1:], *decided, at=root)
    assert outcome.code == 0, (words, outcome.err)
    text = (root / path).read_text("utf-8")
    assert text.count("Mine, said.") == 1
    assert "Theirs." in text or theirs is None
    amendments = read(text.encode()).data.get("amendments", ())
    assert [one["reason"] for one in amendments] == (['It\'s "due"; now'] if name == "agreed" else [])
    (kept,) = home.iterdir()
    assert "Mine, said." in kept.read_text("utf-8")


def test_answers_too_long_for_a_file_go_on_once_they_are_shorter(
    workspace: MakeWorkspace, pbp: Pbp, home: Path
) -> None:
    root = workspace(FILES)
    both = ("--set", "vision=e", "--set", "data=d", "--rationale", f"vision={'word ' * 250_000}")
    failed = pbp(*ASSESS, "--date", "2026-01-15", *both, at=root)
    assert failed.code == 2 and "shorten it there, then go on with: " in failed.err
    (kept,) = home.iterdir()
    kept.write_text(re.sub(r"rationale: >-(?:\s+word)+", "rationale: word", kept.read_text("utf-8")), "utf-8")
    (words,) = commands_in(failed.err)
    outcome = pbp(*words[1:], at=root)
    assert outcome.code == 0, outcome.err
    assert "stage: emerging" in (root / NEW).read_text("utf-8")


def test_an_action_whose_number_is_anothers_by_now_is_not_closed(
    workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(FILES)
    theirs = FILES[LAST].replace("    actions:\n", "    actions:\n      - {action: Theirs first, status: open}\n")
    real = "pbpmaturity.cli.actions.sha256_of"

    def looked_at(path: Path) -> str:
        (root / LAST).write_text(theirs, "utf-8")
        return "another"

    monkeypatch.setattr(real, looked_at)
    failed = pbp("actions", "northam@2025-01", "--done", "1", at=root)
    assert failed.code == 2 and "is another one by now" in failed.err
    assert (root / LAST).read_text("utf-8") == theirs
    (words,) = commands_in(failed.err)
    listed = pbp(*words[1:], at=root)
    assert listed.code == 0 and "2: Draft a vision" in " ".join(listed.out.split())


def test_a_check_that_was_ended_from_outside_goes_on_with_fewer_files(
    workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = _folder({"riverside": ""}, workspace, tmp_path)
    with monkeypatch.context() as killed:
        killed.setattr("pbpmaturity.cli.checking.MANY", 1)
        killed.setattr("pbpmaturity.cli.checking._check_places", lambda *_: os._exit(9))
        killed.setattr("pbpmaturity.cli.checking._has_second_core", lambda: True)
        failed = pbp("validate", at=root)
    assert failed.code == 2 and "a process was ended from outside" in failed.err, failed
    (words,) = commands_in(failed.err)
    assert pbp(*words[1:], at=root).code == 0


def test_a_sheet_of_past_assessments_is_recorded_as_it_is_told(
    pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    root, sheet = workspace(FILES), tmp_path / "past.csv"
    stages = ("emerging", "developing", "maturing", "emerging", "developing")
    rows = "".join(f"202{year}-03,{stage}\n" for year, stage in enumerate(stages))
    sheet.write_text(f"Date,Shared vision\n{rows}", "utf-8")
    failed = pbp("import", str(sheet), "--place", "northam", "--date", "2026-01", "--yes", at=root)
    assert failed.code == 2, failed
    (words,) = commands_in(failed.err)
    typed = ["northam" if word == "PLACE" else "2020-03" if word == "DATE" else word for word in words[1:5]]
    recorded = pbp(*typed, "--no-input", "--set", "vision=emerging", "--set", "data=not-assessed", at=root)
    assert recorded.code == 0, recorded


def _documentation(tree: ast.AST) -> set[ast.AST]:
    kinds = ast.Module | ast.FunctionDef | ast.ClassDef
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, kinds) and node.body]
    return {body[0].value for body in bodies if isinstance(body[0], ast.Expr)}


def _printed() -> list[tuple[str, str]]:
    """Return the texts in the code that hold a command of pbp, or are given one, each with its file."""
    found = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        parts = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        passed_over = parts | _documentation(tree)
        for node in ast.walk(tree):
            if node in passed_over:
                continue
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
            else:
                continue
            is_given = isinstance(node, ast.JoinedStr) and re.search(
                r"\b(?:again|(?:pbp_)?command)\(", ast.unparse(node)
            )
            if is_given or _COMMAND.search(text):
                found.append((path.relative_to(ROOT).as_posix(), text))
    return found


def test_every_printed_command_is_in_the_table() -> None:
    known = (*(advice.fragment for advice in TABLE), *BELOW, *NO_FAILURE)
    printed = [(path, text) for path, text in _printed() if text not in NAMES_OF_VERBS]
    assert len(printed) > 50
    assert [one for one in printed if not any(fragment in one[1] for fragment in known)] == []
    # A sentence that is not printed any more is no longer tested: its row says something else.
    texts = [text for _, text in printed]
    assert [fragment for fragment in known if not any(fragment in text for text in texts)] == []
