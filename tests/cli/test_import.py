"""pbp import: people's answers become tallies in a draft, and nothing else of them is written or shown."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from building import HOSTILE, UNUSABLE, MakeWorkspace, Pbp, Snapshot, assessment_text
from exchange.test_sheets import HOSTILE_FILES
from sheets import MARKS, as_csv, as_excel, as_xlsx, forms_export
from terminal import Terminal

from pbpmaturity.cli.importing.telling import result
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.settings import Privacy
from pbpmaturity.workspace.write import scalar

MATRIX = """\
id: small
version: 1
title: Small
stages:
  - {id: emerging, name: Emerging}
  - {id: developing, name: Developing}
  - {id: maturing, name: Maturing}
themes:
  - {id: vision, name: Shared vision}
  - {id: data, name: Shared data}
  - {id: trust, name: Trust}
"""
THEMES = ("Shared vision", "Shared data", "Trust")
FILES = {
    "pbp.yaml": "matrix: small@1\n",
    "matrices/small.yaml": MATRIX,
    "assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", {"vision": "emerging"}, matrix="small@1"),
}
DRAFT = "assessments/northam/2026-01.yaml"
WRITTEN = """\
# yaml-language-server: $schema=../../.pbp/assessment.small-1.schema.json
format: 1
place: northam
date: 2026-01
matrix: small@1
status: draft
provenance: self-assessment
themes:
  vision:
    views: {emerging: 4, developing: 13}
  data:
    views: {emerging: 5}
"""
RESULT = """\
Shared vision  Emerging 4, Developing 13
Shared data    Emerging 5
Trust          fewer than five: no tally
"""
SEVENTEEN = [
    ["Emerging" if one < 4 else "developing", "Emerging" if one < 5 else "Not sure", "Maturing" if one < 3 else ""]
    for one in range(17)
]
TO = ("--place", "northam", "--date", "2026-01")


class Here:
    """A workspace, a place outside it for what people sent in, and the command."""

    def __init__(self, root: Path, pbp: Pbp) -> None:
        self.root, self.out, self._pbp = root, root.parent / "sent", pbp
        self.out.mkdir()

    def sent(self, name: str, data: bytes | str) -> str:
        """Lay down a file that somebody sent in, and return its path."""
        path = self.out / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return f"../sent/{name}"

    def run(self, *arguments: str) -> tuple[int, str, str]:
        outcome = self._pbp("import", *arguments, at=self.root)
        return outcome.code, outcome.out, outcome.err

    def imported(self, *arguments: str) -> str:
        """Import what must succeed, and return what the draft then says."""
        code, _, err = self.run(*arguments, *TO, "--yes")
        assert code == 0, err
        return self.draft

    def refused(self, *arguments: str) -> str:
        """Import what must be refused, and return why; nothing is written."""
        before = sorted((path, path.read_bytes()) for path in self.root.rglob("*") if path.is_file())
        code, out, err = self.run(*arguments)
        assert (code, out) == (2, ""), err
        assert "Traceback" not in err
        assert before == sorted((path, path.read_bytes()) for path in self.root.rglob("*") if path.is_file())
        return err

    @property
    def draft(self) -> str:
        return (self.root / DRAFT).read_text("utf-8")

    def is_in_order(self) -> bool:
        return self._pbp("validate", *UNUSABLE, "--select", "PBP4", at=self.root).code == 0


@pytest.fixture
def here(workspace: MakeWorkspace, pbp: Pbp) -> Here:
    return Here(workspace(FILES), pbp)


def view(
    number: int, stages: Sequence[str | None], *, more: str = 'place: "northam"\n', matrix: str = "small@1"
) -> str:
    """Return the file that one person saved in the participants' form."""
    lines = [
        "# One person's view.",
        "# yaml-language-server: $schema=../../.pbp/assessment.small-1.schema.json",
        "format: 1",
        "kind: individual-view",
        f'id: "view{number}"',
        f'{more}matrix: "{matrix}"',
    ]
    lines += ["themes:"]
    for theme, stage in zip(("vision", "data", "trust"), stages, strict=False):
        lines += [f"  {theme}:", *([f"    stage: {stage}"] if stage else []), f'    comment: "MARK-COMMENT {number}"']
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("forms.csv", as_csv(forms_export(THEMES, SEVENTEEN, ["MARK-COMMENT"] * 3))),
        ("forms-16.csv", as_csv(forms_export(THEMES, SEVENTEEN), separator="\t", encoding="utf-16")),
        ("forms.xlsx", as_xlsx(forms_export(THEMES, SEVENTEEN, ["MARK-COMMENT"] * 3))),
        ("forms-excel.xlsx", as_excel(forms_export(THEMES, SEVENTEEN, ["MARK-COMMENT"] * 3))),
    ],
)
def test_a_forms_export_becomes_tallies_and_nothing_personal_is_written_or_shown(
    here: Here, name: str, data: bytes
) -> None:
    code, out, err = here.run(here.sent(name, data), *TO, "--yes")
    assert code == 0, err
    assert out == RESULT
    assert here.draft == WRITTEN
    assert here.is_in_order()
    for mark in (*MARKS, "MARK"):
        assert mark not in f"{out}{err}{here.draft}"
    assert len(list(here.root.rglob("*.yaml"))) == len(FILES) + 1


def test_what_is_shown_is_the_matching_and_what_is_missing(here: Here, expect_whole: Snapshot) -> None:
    answers = [*SEVENTEEN[:6], ["", "", ""], ["Emerging", "", "Developing"]]
    code, out, err = here.run(
        here.sent("forms.csv", as_csv(forms_export(THEMES, answers, ["x", "y", ""]))), *TO, "--dry-run"
    )
    assert code == 0
    expect_whole("import.txt", f"{out}--- and beside it\n{err}")
    assert not (here.root / DRAFT).exists()


def test_seventeen_participants_files_in_a_folder_are_counted(here: Here) -> None:
    for number in range(17):
        stages = ["emerging" if number < 4 else "developing", "emerging" if number < 5 else None]
        here.sent(f"view-{number}.yaml", view(number, stages))
    here.sent("notes.txt", "not answers")
    code, _, err = here.run("../sent", *TO, "--yes")
    assert (code, here.draft) == (0, WRITTEN)
    assert 'passed over: "../sent/notes.txt"\n' in err
    assert "17 participants' files read\n" in err
    assert "MARK" not in err


def test_views_sheets_and_folders_are_counted_together(here: Here) -> None:
    files = [here.sent(f"view-{number}.yaml", view(number, ["emerging"], more="")) for number in range(3)]
    files += [here.sent("a.csv", as_csv([["Vision", "vision"], ["x", "Emerging"], ["x", "Developing"]]))]
    assert "vision:\n    views: {emerging: 4, developing: 1}\n" in here.imported(*files, "--map", "A=ignore")


def test_a_view_that_is_given_twice_is_counted_once(here: Here) -> None:
    files = [here.sent(f"view-{number}.yaml", view(number, ["emerging"])) for number in range(5)]
    copy = here.sent("copy.yaml", view(0, ["emerging"]))
    code, out, err = here.run(*files, copy, files[1], *TO, "--yes")
    assert (code, out.splitlines()[0]) == (0, "Shared vision  Emerging 5")
    assert '"../sent/view-0.yaml" and "../sent/copy.yaml" are the same view, so it is counted once' in err
    assert '"../sent/view-1.yaml (named twice)"' in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (view(0, ["maturing"]), '"../sent/a.yaml" and "../sent/b.yaml" are two versions of one person\'s view'),
        (view(1, ["emerging"], more='place: "westmere"\n'), 'is of the Place "westmere", not of "northam"'),
        (
            view(1, ["emerging"], matrix="pbp@2023.1"),
            "was filled in for the matrix pbp@2023.1, and northam@2026-01 uses small@1",
        ),
        (view(1, ["MARK"]), '"../sent/b.yaml": what stands for vision is not a stage of small@1'),
        (
            view(1, ["emerging"]).replace("vision", "visoin"),
            '"visoin" is not a theme of small@1; did you mean "vision"?',
        ),
        (
            assessment_text("northam", "2026-01", {"vision": "emerging"}),
            "is not a file that the participants' form saved",
        ),
        ("MARK: [", "is not a file that the participants' form saved"),
    ],
)
def test_a_view_that_does_not_belong_is_refused(here: Here, text: str, said: str) -> None:
    files = [here.sent("a.yaml", view(0, ["emerging"])), here.sent("b.yaml", text)]
    err = here.refused(*files, *TO, "--yes")
    assert said in err
    assert "MARK" not in err


def test_two_copies_of_one_export_are_refused(here: Here) -> None:
    rows = [["vision"], ["Emerging"], ["Developing"]]
    err = here.refused(here.sent("a.csv", as_csv(rows)), here.sent("b.xlsx", as_xlsx(rows)), *TO, "--yes")
    assert '"../sent/a.csv" and sheet "Sheet" of "../sent/b.xlsx" say the same, row for row' in err


FIVE = [["vision", "trust"], *([["Emerging", "Developing"]] * 5)]


def test_gathered_is_recorded_and_stays_when_it_is_not_said_again(here: Here) -> None:
    sheet = here.sent("a.csv", as_csv(FIVE))
    gathered = "gathered: {from: 2025-11, to: 2026-01-15}\n"
    assert gathered in here.imported(sheet, "--gathered", "Nov 2025..15/01/2026")
    assert gathered in here.imported(sheet)


def test_importing_again_replaces_the_tallies_and_never_adds(here: Here) -> None:
    here.imported(here.sent("a.csv", as_csv(FIVE)))
    after = here.imported(here.sent("b.csv", as_csv([["vision"], *([["Developing"]] * 6)])), "--replace-all")
    assert after.endswith("themes:\n  vision:\n    views: {developing: 6}\n")
    assert here.imported("../sent/b.csv") == after


def test_a_change_by_a_few_people_is_refused_without_replace_all(here: Here) -> None:
    before = here.imported(here.sent("a.csv", as_csv(FIVE)))
    sheet = here.sent("b.csv", as_csv([*FIVE, ["Emerging", ""]]))
    err = here.refused(sheet, *TO, "--yes")
    assert "northam@2026-01 has tallies already, from which these differ by fewer than five people" in err
    assert "both together would show what those few chose: Shared vision\n" in err
    assert "--replace-all" in err
    assert here.imported(sheet, "--replace-all") == before.replace("emerging: 5", "emerging: 6")


def test_a_change_by_a_few_is_refused_by_way_of_another_date_too(here: Here) -> None:
    here.imported(here.sent("a.csv", as_csv(FIVE)))
    sheet = here.sent("b.csv", as_csv([*FIVE, ["Emerging", ""]]))
    err = here.refused(sheet, "--place", "northam", "--date", "2026-01-05", "--yes")
    assert "northam@2026-01 has tallies already" in err
    assert not (here.root / "assessments/northam/2026-01-05.yaml").exists()


def test_a_change_by_a_few_is_refused_by_way_of_taking_tallies_away_too(here: Here) -> None:
    before = here.imported(here.sent("a.csv", as_csv(FIVE)))
    err = here.refused(here.sent("few.csv", as_csv([*FIVE[:4]])), *TO, "--yes")
    assert "of some themes none would be left: Shared vision, Trust" in err
    assert (here.root / DRAFT).read_text("utf-8") == before


def test_answers_recorded_in_between_stay_as_they_are(here: Here, pbp: Pbp) -> None:
    here.imported(here.sent("a.csv", as_csv(FIVE)))
    answers = (
        "--set",
        "vision=maturing",
        "--rationale",
        "vision=Agreed.",
        "--set",
        "data=1",
        "--set",
        "trust=not-assessed",
    )
    assert pbp("assess", "northam@2026-01", "--no-input", *answers, at=here.root).code == 0
    with (here.root / DRAFT).open("a", encoding="utf-8") as file:
        file.write("# A comment of ours\n")
    after = here.imported(here.sent("b.csv", as_csv([["data"], *([["Maturing"]] * 7)])), "--replace-all")
    assert "stage: maturing\n    rationale: Agreed.\n" in after
    assert after.count("views:") == 1
    assert "views: {maturing: 7}" in after
    assert after.endswith("# A comment of ours\n")
    assert here.is_in_order()


def test_where_a_recording_goes_on_stays_in_the_file(here: Here) -> None:
    here.imported(here.sent("a.csv", as_csv(FIVE)))
    note = "# Recorded up to here; next: data/stage. Go on with: pbp assess northam@2026-01 --resume\n"
    (here.root / DRAFT).write_text(here.draft + note, "utf-8")
    assert here.imported(here.sent("b.csv", as_csv([["vision"], *([["Maturing"]] * 7)])), "--replace-all").endswith(
        note
    )


def test_with_nobody_to_ask_yes_is_needed(here: Here) -> None:
    code, out, err = here.run(here.sent("a.csv", as_csv(FIVE)), *TO)
    assert code == 2
    assert out.startswith("Shared vision  Emerging 5\n")
    assert "there is no terminal to ask on\n  --yes, to write it\n" in err
    assert not (here.root / DRAFT).exists()


@pytest.mark.parametrize(("answer", "is_written"), [("yes", True), ("no", False), ("", False), ("quit", False)])
def test_at_a_terminal_it_asks_once_all_is_shown(here: Here, answer: str, is_written: bool) -> None:
    with Terminal(["import", here.sent("a.csv", as_csv(FIVE)), *TO], here.root) as terminal:
        shown = terminal.wait_for_prompt()
        assert shown.index("is Shared vision") < shown.index("Emerging 5") < shown.index("Write it? (yes or no)")
        terminal.type(answer)
        assert terminal.end() == 0
        assert ("Saved in" if is_written else "Nothing was written.") in terminal.screen
    assert (here.root / DRAFT).exists() is is_written


@pytest.mark.parametrize("key", [b"\x03", b"\x04"])
def test_an_interruption_at_the_question_writes_nothing(here: Here, key: bytes) -> None:
    with Terminal(["import", here.sent("a.csv", as_csv(FIVE)), *TO], here.root) as terminal:
        terminal.wait_for_prompt()
        assert terminal.interrupt(key) == 130
    assert not (here.root / DRAFT).exists()


def test_tallies_that_cannot_be_written_are_kept_elsewhere(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pbpmaturity.workspace.drafting.replace_unchanged", full)
    monkeypatch.setattr(Path, "home", lambda: here.out)
    code, _, err = here.run(here.sent("a.csv", as_csv(FIVE)), *TO, "--yes", "--comments", "../sent/c.txt")
    assert code == 2
    assert "cannot be written: No space left on device" in err
    assert "views: {emerging: 5}" in (here.out / "pbp-northam-2026-01.yaml").read_text("utf-8")
    assert not (here.out / "c.txt").exists()


def test_a_draft_that_somebody_else_writes_meanwhile_is_not_written_over(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meddle(*_: object, **__: object) -> bool:
        (here.root / DRAFT).write_text("theirs", "utf-8")
        return True

    monkeypatch.setattr("pbpmaturity.cli.import_._is_to_be_written", meddle)
    monkeypatch.setattr(Path, "home", lambda: here.out)
    code, _, err = here.run(here.sent("a.csv", as_csv(FIVE)), *TO)
    assert (code, here.draft) == (2, "theirs")
    assert "mend it, or move it out of the workspace, then run the command again" in err


def test_tallies_go_into_what_somebody_else_writes_meanwhile(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def meddle(*_: object, **__: object) -> bool:
        (here.root / DRAFT).parent.mkdir(exist_ok=True)
        (here.root / DRAFT).write_text(
            "place: northam\ndate: 2026-01\nmatrix: small@1\nstatus: draft\nprovenance: self-assessment\n"
            "summary: Theirs.  # as they said\nthemes: {}\n",
            "utf-8",
        )
        return True

    monkeypatch.setattr("pbpmaturity.cli.import_._is_to_be_written", meddle)
    code, _, err = here.run(here.sent("a.csv", as_csv(FIVE)), *TO)
    assert code == 0, err
    assert "summary: Theirs.  # as they said" in here.draft and "views:" in here.draft


COMMENTED = as_csv(
    [["vision", "vision: comment", "Name"], *([["Emerging", f"MARK {one}\n=trust", "NAME"] for one in range(9)])]
)


def test_comments_are_written_shuffled_outside_the_workspace_and_shown_nowhere(here: Here) -> None:
    sheet = here.sent("a.csv", COMMENTED)
    code, out, err = here.run(sheet, *TO, "--yes", "--comments", "../sent/c.txt")
    assert code == 0
    text = (here.out / "c.txt").read_text("utf-8")
    assert text.startswith("Shared vision\n=============\n\n- MARK ")
    assert sorted(line for line in text.splitlines() if "MARK" in line) == [f"- MARK {one}" for one in range(9)]
    assert text.count("\n  =trust\n") == 9
    assert "MARK" not in f"{out}{err}{here.draft}"
    assert "NAME" not in f"{text}{out}{err}{here.draft}"
    assert "They may still tell who wrote them" in err


def test_the_order_of_comments_is_not_that_of_the_rows(here: Here) -> None:
    rows = [["vision", "vision: comment"], *(["Emerging", f"{one:02}"] for one in range(40))]
    sheet = here.sent("a.csv", as_csv(rows))
    here.imported(sheet, "--comments", "../sent/c.txt")
    order = [line[2:] for line in (here.out / "c.txt").read_text("utf-8").splitlines() if line.startswith("- ")]
    assert sorted(order) == [f"{one:02}" for one in range(40)] != order


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_comment_is_safe_to_read_and_forges_no_heading(here: Here, hostile: str) -> None:
    comment = f"comment: {scalar(hostile)}"
    files = [here.sent("a.yaml", view(0, ["emerging"]).replace('comment: "MARK-COMMENT 0"', comment))]
    files += [here.sent(f"{number}.yaml", view(number, ["emerging"])) for number in range(1, 5)]
    here.imported(*files, "--comments", "../sent/c.txt")
    written = (here.out / "c.txt").read_text("utf-8")
    assert all(character.isprintable() or character == "\n" for character in written)
    assert all(line[:2] in ("- ", "  ", "", "Sh", "==") for line in written.split("\n")), written


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("c.txt", "lies in the workspace, where comments do not belong"),
        ("../workspace/assessments/c.txt", "lies in the workspace"),
        ("../sent/a.csv", "is there already, and is not written over"),
        ("../none/c.txt", "there is no such folder"),
    ],
)
def test_comments_go_outside_the_workspace_and_over_nothing(here: Here, path: str, said: str) -> None:
    assert said in here.refused(here.sent("a.csv", COMMENTED), *TO, "--yes", "--comments", path)


def test_a_dry_run_writes_no_comments(here: Here) -> None:
    assert here.run(here.sent("a.csv", COMMENTED), *TO, "--dry-run", "--comments", "../sent/c.txt")[0] == 0
    assert not (here.out / "c.txt").exists()


@pytest.mark.parametrize("kind", HOSTILE_FILES)
def test_a_hostile_file_is_a_sentence_and_writes_nothing(here: Here, kind: str) -> None:
    name = (kind if "." in kind else f"{kind}.csv").replace(" ", "-")
    err = here.refused(here.sent(name, HOSTILE_FILES[kind][0]), *TO, "--yes") if HOSTILE_FILES[kind][1] else ""
    assert not err or name in err


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["vision", "data"], ["", "Not sure"]], "nobody has rated any theme in the files given"),
        ([["vision", "data"]], "nobody has rated any theme in the files given"),
        ([["Name", "What?"], ["x", "y"]], 'no column of "../sent/a.csv" is called as a theme of small@1 is'),
        ([["MARK", "Emerging"], ["MARK", "Maturing"]], "has answers in its first row"),
        (
            [["vision", "Vision"], ["Emerging", "Maturing"]],
            'has 2 columns for "Shared vision": A ("vision") and B ("Vision")',
        ),
        ([["vision"], ["MARK"]], "has 1 cell without a stage in it, so nothing was written\n  row 2, column A\n"),
    ],
)
def test_a_sheet_that_says_nothing_of_use_is_refused(here: Here, rows: list[list[str]], said: str) -> None:
    err = here.refused(here.sent("a.csv", as_csv(rows)), *TO, "--yes")
    assert said in err
    assert "MARK" not in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["../sent/a.csv"], "--place PLACE, the Place that the views are of\n  --date DATE, the day or the month"),
        (list(TO), "FILE, one or more, or a folder of them"),
        (["../sent/a.csv", "--place", "nortam", "--date", "2026"], '--date: "2026" is not a date'),
        (
            ["../sent/a.csv", "--place", "nortam", "--date", "2026-01"],
            'no Place "nortam" here; did you mean "northam"?',
        ),
        (["../sent/a.csv", "--place", "northam@2026-01", "--date", "2026-01"], "is not the name of a Place"),
        (["../sent/a.csv", "--place", "northam", "--date", "2999-01"], "--date: 2999-01 has not come yet"),
        (
            ["../sent/a.csv", "--place", "northam", "--date", "2024-01"],
            "northam@2024-01 is agreed, so no views are imported",
        ),
        (["../sent/a.csv", *TO, "--gathered", "2025"], '--gathered "2025" is not a time'),
        (["../sent/a.csv", *TO, "--gathered", "2025-02..2025-01"], "--gathered: 2025-02 comes after 2025-01"),
        (["../sent/a.csv", *TO, "--gathered", "2025-02..2999-01"], "2999-01 has not come yet"),
        (["../sent/a.csv", *TO, "--map", "visoin=data"], '--map: no column is called "visoin"; did you mean "vision"?'),
        (["../sent/a.csv", *TO, "--map", "vision=dta"], '--map: "dta" is no theme of small@1'),
        (["../sent/a.csv", *TO, "--matrix", "small@1"], "--matrix is for --template"),
        (["../sent/none.csv", *TO], "is not a file or a folder"),
        (["matrices/small.yaml", *TO], "lies in the workspace, where individual answers do not belong"),
        (["matrices", *TO], "lies in the workspace"),
        (["../sent/a.csv", "--template", "../sent/t.xlsx"], "so FILE does not go with it"),
        (["--template", "../sent/t.csv"], "name the file .xlsx"),
        (["--template", "../sent/a.xlsx"], "is there already, and is not written over"),
        (["--template", "assessments/t.xlsx"], "nothing was written"),
        (["--template", "../sent/t.xlsx", "--place", "nowhere"], 'no Place "nowhere" here'),
        (["--template", "../sent/t.xlsx", "--matrix", "big@1"], 'matrix "big@1" is not known here'),
    ],
)
def test_what_makes_no_sense_is_named(here: Here, arguments: list[str], said: str) -> None:
    here.sent("a.csv", as_csv(FIVE))
    here.sent("a.xlsx", as_xlsx(FIVE))
    assert said in here.refused(*arguments)


def test_a_file_in_a_folder_that_leads_into_the_workspace_is_refused(here: Here) -> None:
    here.sent("a.csv", as_csv(FIVE))
    (here.out / "b.csv").symlink_to(here.root / "pbp.yaml")
    assert '"../sent/b.csv" lies in the workspace' in here.refused("../sent", *TO, "--yes")


def test_a_place_that_is_listed_needs_no_folder(workspace: MakeWorkspace, pbp: Pbp) -> None:
    here = Here(workspace({**FILES, "pbp.yaml": "matrix: small@1\nplaces:\n  northam: {}\n  westmere: {}\n"}), pbp)
    sheet = here.sent("a.csv", as_csv(FIVE))
    assert here.run(sheet, "--place", "westmere", "--date", "2026-01", "--yes")[0] == 0
    assert (here.root / "assessments/westmere/2026-01.yaml").exists()


def test_what_follows_illustrative_assessments_is_illustrative(workspace: MakeWorkspace, pbp: Pbp) -> None:
    made_up = assessment_text("northam", "2024-01", {"vision": "emerging"}, matrix="small@1", provenance="illustrative")
    here = Here(workspace({**FILES, "assessments/northam/2024-01.yaml": made_up}), pbp)
    assert "provenance: illustrative\n" in here.imported(here.sent("a.csv", as_csv(FIVE)))


def test_a_draft_of_the_same_month_is_pointed_out(here: Here) -> None:
    (here.root / "assessments/northam/2026-01-15.yaml").write_text(
        assessment_text("northam", "2026-01-15", {}, status="draft", matrix="small@1"), "utf-8"
    )
    assert "there is a draft of 2026-01-15 too" in here.run(here.sent("a.csv", as_csv(FIVE)), *TO, "--dry-run")[2]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_header_is_shown_as_text(here: Here, hostile: str) -> None:
    code, out, err = here.run(
        here.sent("a.csv", as_csv([["vision", hostile.replace("\0", "")], *([["Emerging", "x"]] * 5)])), *TO, "--yes"
    )
    assert code == 0, err
    assert all(character.isprintable() or character == "\n" for character in f"{out}{err}")
    assert "\n::error" not in err


@pytest.mark.parametrize("hostile", [name for name in HOSTILE if not {"/", "\0"} & set(name) and len(name) < 200])
def test_a_hostile_file_name_is_shown_as_text(here: Here, hostile: str) -> None:
    here.sent(f"{hostile}.csv", as_csv(FIVE))
    here.sent(f"{hostile}.txt", "")
    code, out, err = here.run("../sent", *TO, "--yes")
    assert code == 0, err
    assert all(character.isprintable() or character == "\n" for character in f"{out}{err}")
    assert "\n::error" not in err


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_theme_is_a_line_of_the_result(hostile: str) -> None:
    stages = ({"id": "x", "name": hostile}, {"id": "y", "name": "Y"})
    data = {"id": "a", "version": "1", "title": "A", "stages": stages, "themes": ({"id": "t", "name": hostile},)}
    shown = result({"t": {"x": 5}}, Matrix.model_validate(data), Privacy())
    assert shown.count("\n") == 1
    assert all(character.isprintable() for character in shown[:-1])


def test_a_header_that_may_be_somebodys_answer_is_named_by_its_letter(here: Here) -> None:
    rows = [["vision", "mark@example.org", "07700 900123", "Sector"], *([["Emerging", "x", "y", "z"]] * 5)]
    _, _, err = here.run(here.sent("a.csv", as_csv(rows)), *TO, "--dry-run")
    assert '  no theme, so not counted: column B, column C, column D "Sector"\n' in err


def test_a_template_is_filled_in_and_imported(here: Here) -> None:
    code, out, err = here.run("--template", "../sent/t.xlsx", "--place", "northam")
    assert (code, out, err) == (0, "", "wrote ../sent/t.xlsx\n")
    assert "nobody has rated any theme" in here.refused("../sent/t.xlsx", *TO, "--yes")
    code, _, err = here.run("--template", "t.xlsx")
    assert err == "wrote t.xlsx\nIt lies in the workspace: move it elsewhere before anybody fills it in.\n"


def test_a_template_needs_no_workspace(tmp_path: Path, pbp: Pbp) -> None:
    assert pbp("import", "--template", "t.xlsx", at=tmp_path).code == 0
    assert pbp("import", "--template", "u.xlsx", at=tmp_path).code == 0
    assert (tmp_path / "t.xlsx").read_bytes() == (tmp_path / "u.xlsx").read_bytes()


def test_help_has_examples_and_exit_codes(pbp: Pbp) -> None:
    shown = pbp("import", "--help").out
    assert "pbp import responses.xlsx --place northam --date 2026-01 --dry-run" in shown
    assert "Exit codes: 0 fine; 2 wrong usage" in shown
