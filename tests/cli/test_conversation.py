"""pbp assess at a terminal: what is asked, what is taken, and where every word leads."""

import datetime
import time
from pathlib import Path

import pytest
from building import MakeWorkspace, Pbp, Snapshot
from terminal import Terminal
from workshop import FILES, NEW, WORKSHOP, WRITTEN

from pbpmaturity.workspace.source import read


def begun(root: Path, *arguments: str, size: tuple[int, int] = (80, 24)) -> Terminal:
    terminal = Terminal(["assess", "northam", *arguments], root, size=size)
    terminal.wait_for_prompt()
    return terminal


def test_a_whole_workshop(workspace: MakeWorkspace, pbp: Pbp, expect_whole: Snapshot) -> None:
    root = workspace(FILES)
    with begun(root) as terminal:
        terminal.answer(*WORKSHOP)
        assert terminal.end() == 0
        today = terminal.screen.split("(Enter: ", 1)[1].split(";", 1)[0]
        expect_whole("assess-workshop.txt", terminal.screen.replace(today, "TODAY"))
    assert (root / NEW).read_text("utf-8") == WRITTEN
    assert pbp("validate", at=root).code == 0
    assert sorted(path.name for path in (root / NEW).parent.iterdir()) == ["2025-01.yaml", "2026-01-15.yaml"]


def test_the_cells_stand_side_by_side_where_there_is_room(workspace: MakeWorkspace) -> None:
    with begun(workspace(FILES), "--date", "2026-01", "--method", "survey", size=(100, 40)) as terminal:
        heads = next(line for line in terminal.screen.split("\n") if "Emerging" in line)
    assert heads.split() == ["Emerging", "Developing", "Maturing"]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["nonsense"], '"nonsense" is not a date; write a day, as in 17 Jan 2024'),
        (["2024-02-30"], '"2024-02-30" is not a date'),
        (["2999-01"], "January 2999 has not come yet"),
        (["2025-01"], "There is an assessment of January 2025 already."),
        (["jump 2"], "The date comes first: the file is called after it."),
        (["2026-01", "x"], '"x" is none of workshop, interviews, survey or desk review.'),
        (["2026-01", "9"], '"9" is not one of the numbers 1 to 4.'),
        (["2026-01", "", "7"], '"7" is not one of the numbers 1 to 3.'),
        (["2026-01", "", "not"], '"not" could be not assessed or not applicable; write more of it.'),
        (["2026-01", "", "develping"], "Did you mean Developing?"),
        (["2026-01", "", ""], "Write a stage, or: not assessed, not applicable."),
        (["2026-01", "", "jump 9"], '"9" is not one of the numbers 1 to 2.'),
        (["2026-01", "", "e", "", "", "Plan", "nowhere.pdf"], '"nowhere.pdf" is neither a web address'),
        (["2026-01", "", "e", "", "", "Plan", "/etc/passwd"], '"/etc/passwd" is neither a web address'),
        (["2026-01", "", "e", "", "", "", "", "7"], '"7" is not the number of an action from last time'),
        (["2026-01", "", "e", "", "", "", "", "Do", "a.b@example.org"], "looks like an e-mail address"),
        (["2026-01", "", "d", ""], "A change since last time, up or down, asks for its reason."),
        (["2026-01", "", "not app", ""], "A theme that does not apply needs its reason."),
    ],
)
def test_a_bad_answer_is_asked_again_with_what_would_be_accepted(
    workspace: MakeWorkspace, answers: list[str], said: str
) -> None:
    with begun(workspace(FILES)) as terminal:
        shown = terminal.answer(*answers)
    assert said in " ".join(shown.split())


AT_RATIONALE = ("15/01/2026", "", "d")


@pytest.mark.parametrize(
    ("answers", "meant"),
    [
        # back goes to the question before, and what was recorded is kept by Enter.
        (["back", "e", "It slipped."], {"vision": {"stage": "emerging", "rationale": "It slipped."}}),
        (["So.", "back", ""], {"vision": {"stage": "developing", "rationale": "So."}}),
        (["So.", "back", "-"], {"vision": {"stage": "developing"}}),
        (["skip", "Other."], {"vision": {"stage": "developing", "dissent": "Other."}}),
        (["jump 2", "e"], {"vision": {"stage": "developing"}, "data": {"stage": "emerging"}}),
        (["jump shared data", "1"], {"vision": {"stage": "developing"}, "data": {"stage": "emerging"}}),
        (["jump", "2", "e"], {"vision": {"stage": "developing"}, "data": {"stage": "emerging"}}),
        (["help", "progress", "So."], {"vision": {"stage": "developing", "rationale": "So."}}),
        (["jump for joy", "\\jump for joy"], {"vision": {"stage": "developing", "rationale": "jump for joy"}}),
        (["jump", "nowhere", "help", "2", "e"], {"vision": {"stage": "developing"}, "data": {"stage": "emerging"}}),
        (["-", "\\-"], {"vision": {"stage": "developing", "rationale": "-"}}),
        # What is taken out is not asked about again on the way back.
        (
            ["x", "", "Plan", "", "", *["back"] * 3, "-", *["back"] * 2, "y"],
            {"vision": {"stage": "developing", "rationale": "x", "dissent": "y"}},
        ),
        # What is recorded of a theme that does not apply after all can be taken out.
        (
            ["x", "", "", "m", "", "jump 1", "not app", "y", "-"],
            {"vision": {"stage": "not-applicable", "rationale": "y"}},
        ),
        (["\\back"], {"vision": {"stage": "developing", "rationale": "back"}}),
        (["\\\\back"], {"vision": {"stage": "developing", "rationale": "\\back"}}),
        (["BACK", "e", ""], {"vision": {"stage": "emerging"}}),
        (["criteria", "met"], {"vision": {"stage": "developing", "criteria": {"E1": "met"}}}),
        (["x", "", "Plan", "", "", "", "", "", "d"], None),
        (["x", "", "Plan", "back", "-"], {"vision": {"stage": "developing", "rationale": "x"}}),
        (
            ["café \u2013 \u201cno\u201d \U0001f600"],
            {"vision": {"stage": "developing", "rationale": "café \u2013 \u201cno\u201d \U0001f600"}},
        ),
    ],
)
def test_each_word_leads_where_it_says(workspace: MakeWorkspace, answers: list[str], meant: object) -> None:
    root = workspace(FILES)
    with begun(root) as terminal:
        terminal.answer(*AT_RATIONALE, *answers)
    if meant is not None:
        assert read((root / NEW).read_bytes()).data["themes"] == meant


def test_quit_keeps_all_and_says_how_to_go_on(workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    with begun(root) as terminal:
        terminal.answer(*AT_RATIONALE, "quit")
        assert terminal.end() == 0
        assert f"All answers so far are in {NEW}." in terminal.screen
        assert "pbp assess northam@2026-01-15 --resume" in terminal.screen
    with begun(root) as terminal:
        assert "There is a draft of 15 January 2026 with 1 of 2 themes" in terminal.screen
        assert "Up 1 stage since last time: what has changed?" in terminal.answer("")
    with Terminal(["assess", "northam", "--resume"], root) as terminal:
        assert "Up 1 stage since last time: what has changed?" in terminal.wait_for_prompt()


def test_a_jump_to_the_theme_on_the_screen_shows_it_again(workspace: MakeWorkspace) -> None:
    with begun(workspace(FILES), "--date", "2026-01", "--method", "survey") as terminal:
        assert "E1: Partners have met." in terminal.answer("jump 1")


def test_quit_before_any_answer_leaves_nothing_behind(workspace: MakeWorkspace) -> None:
    files = {**FILES, "pbp.yaml": "matrix: small@1\nplaces: {northam: {}, southam: {}}\n"}
    root = workspace(files)
    with Terminal(["assess", "southam"], root) as terminal:
        terminal.wait_for_prompt()
        terminal.answer("quit")
        assert terminal.end() == 0
        assert "Nothing was recorded yet." in terminal.screen
    assert [path.name for path in (root / "assessments").iterdir()] == ["northam"]


def test_last_time_is_shown_after_the_choice_unless_it_is_asked_for(workspace: MakeWorkspace) -> None:
    root, options = workspace(FILES), ("--date", "2026-01", "--method", "survey")
    with begun(root, *options) as terminal:
        assert "Last time" not in terminal.screen
        shown = terminal.answer("d")
        assert "Last time (Jan 2025): Emerging. Up 1 stage since then." in shown
        assert "We had only just met." in shown
        assert "Draft a vision (Place Director; due June 2025)" in shown
    with begun(root, *options, "--show-last") as terminal:
        assert "Last time (Jan 2025): Emerging." in terminal.screen


def test_a_date_that_is_mended_gives_the_file_its_name(workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    with begun(root) as terminal:
        terminal.answer("2026-01-14", "back", "2026-01-15", "")
    folder = root / "assessments" / "northam"
    assert sorted(path.name for path in folder.iterdir()) == ["2025-01.yaml", "2026-01-15.yaml"]


def test_a_new_place_is_begun_only_when_that_is_meant(workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, "pbp.yaml": "matrix: small@1\n"})
    with Terminal(["assess", "northan"], root) as terminal:
        assert 'Did you mean "northam"? Begin a new Place called "northan"? (yes or no)' in " ".join(
            terminal.wait_for_prompt().split()
        )
        terminal.answer("")
        assert terminal.end() == 0
    assert not (root / "assessments" / "northan").exists()
    with Terminal(["assess", "southam"], root) as terminal:
        terminal.wait_for_prompt()
        terminal.answer("yes", "2026-01")
    assert (root / "assessments" / "southam" / "2026-01.yaml").exists()


DRAFT = """\
# Typed up by the facilitator.
place: northam
date: 2026-01-15
matrix: small@1
status: draft
provenance: self-assessment
themes:
  data:  # the hard one
    stage: emerging  # after a long talk
    # nothing more
  vision:
    rationale: 'We know why.'
    stage: developing
"""


def test_one_theme_of_a_draft_is_changed_and_all_else_stays(workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, NEW: DRAFT})
    with begun(root, "--theme", "Shared data") as terminal:
        assert "Recorded: Emerging" in terminal.screen
        terminal.answer("d", "Two partners share it now.", "", "", "", "")
        assert terminal.end() == 0
    expected = DRAFT.replace("stage: emerging  #", "stage: developing  #").replace(
        "long talk\n", "long talk\n    rationale: Two partners share it now.\n"
    )
    assert (root / NEW).read_text("utf-8") == expected


def test_an_agreed_assessment_is_changed_only_with_a_reason(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({**FILES, NEW: DRAFT.replace("draft", "agreed\nagreed: {by: Board, date: 2026-02}")})
    before = (root / NEW).read_bytes()
    with Terminal(["assess", "northam@2026-01-15", "--theme", "data"], root) as terminal:
        assert terminal.end() == 2
        assert "is agreed, so it is changed only with a reason" in terminal.screen
    assert (root / NEW).read_bytes() == before
    with Terminal(["assess", "northam@2026-01-15", "--amend", "--theme", "data"], root) as terminal:
        assert "Why is northam@2026-01-15 changed?" in terminal.wait_for_prompt()
        terminal.answer("", "A link was missing", "", "It slipped.", "", "Plan", "", "", "", "", "")
        assert terminal.end() == 0
    data = read((root / NEW).read_bytes()).data
    assert data["themes"]["data"]["evidence"] == ({"title": "Plan"},)
    assert [one["reason"] for one in data["amendments"]] == ["A link was missing"]
    assert data["status"] == "agreed"
    assert (root / NEW).read_text("utf-8").count("#") == 4


AGREED = DRAFT.replace("draft", "agreed\nagreed: {by: Board, date: 2026-02}")


@pytest.mark.parametrize(
    ("options", "answers", "amendments"),
    [
        (["--set", "data=d", "--rationale", "data=So."], [b"\x03"], 1),  # options alone change it
        (["--theme", "data", "--set", "data=d", "--rationale", "data=So."], ["", "", "", "", "", ""], 1),
        (["--theme", "data"], ["d", "So.", "Other.", "quit"], 1),
        (["--theme", "data"], ["d", "back", "e", "quit"], 0),  # as it was before
        (["--theme", "data"], ["quit"], 0),
    ],
)
def test_an_agreed_assessment_has_one_amendment_if_it_says_something_else(
    workspace: MakeWorkspace, options: list[str], answers: list[str | bytes], amendments: int
) -> None:
    root = workspace({**FILES, NEW: AGREED})
    with Terminal(["assess", "northam@2026-01-15", "--amend=Misheard", *options], root) as terminal:
        terminal.wait_for_prompt()
        for answer in answers:
            terminal.interrupt(answer) if isinstance(answer, bytes) else terminal.answer(answer)
        terminal.end()
    data = read((root / NEW).read_bytes()).data
    today = datetime.date.today().isoformat()
    assert list(data.get("amendments", ())) == [{"date": today, "reason": "Misheard"}] * amendments
    assert "Recorded up to here" not in (root / NEW).read_text("utf-8")
    assert ((root / NEW).read_text("utf-8") == AGREED) is (amendments == 0)


def test_a_date_that_was_agreed_is_not_gone_back_to(workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, NEW: AGREED})
    with Terminal(["assess", "northam@2026-01-15", "--amend=Misheard"], root) as terminal:
        terminal.wait_for_prompt()
        shown = [terminal.answer("back") for _ in range(20)]
    assert "This is the first question." in shown[-1]
    assert not any("When was it?" in one for one in shown)


def test_options_are_kept_though_nothing_is_answered(workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, NEW: DRAFT})
    with begun(root, "--resume", "--set", "vision=m") as terminal:
        terminal.answer("quit")
        assert f"All answers so far are in {NEW}." in terminal.screen
    assert read((root / NEW).read_bytes()).data["themes"]["vision"]["stage"] == "maturing"


def test_a_stage_judged_again_asks_for_its_reason_again(workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    with begun(root) as terminal:
        shown = terminal.answer(*AT_RATIONALE, "We have a vision.", "jump 1", "mat")
        assert "it is that of another stage" in shown
        assert "Write it anew, or type skip to keep it." in " ".join(terminal.answer("").split())
        terminal.answer("Everybody knows it.")
    assert read((root / NEW).read_bytes()).data["themes"]["vision"]["rationale"] == "Everybody knows it."


def test_what_is_recorded_can_be_taken_out_wherever_it_says_so(workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    with begun(root) as terminal:
        terminal.answer("15/01/2026", "1", "back", "-", "e")
        assert "can be changed, but not taken out" in " ".join(terminal.answer("back", "-").split())
        terminal.answer("", "So.", "", "", "mat", "2027", "jan 2027", "back", "-")
    data = read((root / NEW).read_bytes()).data
    assert "method" not in data
    assert data["themes"]["vision"]["target"] == {"stage": "maturing"}


@pytest.mark.parametrize("note", ["nosuch/stage", "vision/criterion/99", "vision/nosuch", "vision/action/7", "date/3"])
def test_a_place_to_go_on_that_is_none_is_passed_over(workspace: MakeWorkspace, note: str) -> None:
    draft = f"{DRAFT}# Recorded up to here; next: {note}. Go on with: x\n"
    with begun(workspace({**FILES, NEW: draft}), "--resume") as terminal:
        assert "Who took part?" in terminal.screen


def test_a_name_may_stand_if_that_is_meant(workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    with begun(root) as terminal:
        terminal.answer("15/01/2026", "", "e", "", "", "", "", "Do it", "Bodley Radcliffe", "yes")
    actions = read((root / NEW).read_bytes()).data["themes"]["vision"]["actions"]
    assert actions == ({"action": "Do it", "owner": "Bodley Radcliffe", "status": "open"},)


PARAGRAPH = "All that we heard; 'quoted', \u201ctoo\u201d: and # more. " * 130


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        (PARAGRAPH, PARAGRAPH.strip()),
        ("One line.\nAnd another.", "One line.\nAnd another."),
        ("One paragraph.\n\nAnother paragraph.\n", "One paragraph.\n\nAnother paragraph."),
        ("back\nto back", "back\nto back"),
    ],
)
def test_a_pasted_text_is_one_answer(workspace: MakeWorkspace, pasted: str, kept: str) -> None:
    root = workspace(FILES)
    with Terminal(["assess", "northam"], root, env={"TERM": "xterm"}) as terminal:
        terminal.wait_for_prompt()
        terminal.answer(*AT_RATIONALE, f"\x1b[200~{pasted}\x1b[201~", "Other.")
    vision = read((root / NEW).read_bytes()).data["themes"]["vision"]
    assert vision == {"stage": "developing", "rationale": kept, "dissent": "Other."}


def test_a_pasted_text_is_one_answer_without_readline_too(workspace: MakeWorkspace, tmp_path: Path) -> None:
    (tmp_path / "readline.py").write_text("raise ImportError\n")
    root = workspace(FILES)
    with Terminal(["assess", "northam"], root, env={"PYTHONPATH": str(tmp_path)}) as terminal:
        terminal.wait_for_prompt()
        terminal.answer(*AT_RATIONALE)
        time.sleep(0.4)  # as people do before they paste
        terminal.type("One line.\nAnd another.\nUnfinished")
        terminal.wait_for("Several lines came at once; go on, and end with an empty line.")
        terminal.press("\r")
        terminal.wait_for_prompt()
        terminal.answer("Other.")
    vision = read((root / NEW).read_bytes()).data["themes"]["vision"]
    assert vision["rationale"].split("\n") == ["One line.", "And another.", "Unfinished"]
    assert vision["dissent"] == "Other."


def test_a_terminal_of_another_character_set(workspace: MakeWorkspace, tmp_path: Path) -> None:
    (tmp_path / "readline.py").write_text("raise ImportError\n")  # it follows the system's locale
    root = workspace(FILES)
    env = {"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    with Terminal(["assess", "northam"], root, env=env) as terminal:
        terminal.wait_for_prompt()
        terminal.answer(*AT_RATIONALE)
        terminal.press(b"caf\x81\r")
        assert "was not taken in; write it again" in " ".join(terminal.wait_for_prompt().split())
        terminal.press("café \u2013 so \u00a35".encode("cp1252") + b"\r")
        terminal.wait_for_prompt()
    vision = read((root / NEW).read_bytes()).data["themes"]["vision"]
    assert vision["rationale"] == "café \u2013 so \u00a35"


def test_questions_go_to_stderr_and_nothing_to_stdout(workspace: MakeWorkspace, tmp_path: Path) -> None:
    root, results = workspace(FILES), tmp_path / "results"
    with results.open("wb") as stdout, Terminal(["assess", "northam"], root, stdout=stdout.fileno()) as terminal:
        terminal.wait_for_prompt()
        terminal.answer(*AT_RATIONALE, "So.", "quit")
        assert terminal.end() == 0
    assert results.read_bytes() == b""
    assert read((root / NEW).read_bytes()).data["themes"]["vision"]["rationale"] == "So."


def test_a_paste_without_its_marks_is_one_answer_too(workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    with begun(root) as terminal:
        terminal.answer(*AT_RATIONALE)
        time.sleep(0.4)
        terminal.type("One line.\n\nAnd another.\nUnfinished")
        terminal.wait_for("Several lines came at once; go on, and end with an empty line.")
        terminal.press("\r")
        terminal.wait_for_prompt()
        terminal.answer("Other.")
    vision = read((root / NEW).read_bytes()).data["themes"]["vision"]
    assert vision == {
        "stage": "developing",
        "rationale": "One line.\n\nAnd another.\nUnfinished",
        "dissent": "Other.",
    }


def test_answers_that_a_script_types_ahead_are_not_taken_for_a_paste(workspace: MakeWorkspace) -> None:
    root = workspace(FILES)
    with begun(root) as terminal:
        for answer in WORKSHOP:
            terminal.type(answer)
        assert terminal.end() == 0
    assert (root / NEW).read_text("utf-8") == WRITTEN


def test_a_line_that_the_terminal_cuts_is_asked_for_again(workspace: MakeWorkspace, tmp_path: Path) -> None:
    (tmp_path / "readline.py").write_text("raise ImportError\n")
    with Terminal(["assess", "northam"], workspace(FILES), env={"PYTHONPATH": str(tmp_path)}) as terminal:
        terminal.wait_for_prompt()
        terminal.answer(*AT_RATIONALE)
        terminal.type("x" * 5000)
        assert "was cut: it was not taken in." in " ".join(terminal.wait_for_prompt().split())


def test_what_was_put_off_is_asked_about_when_the_draft_is_taken_up_again(workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, NEW: DRAFT.replace("stage: emerging  # after", "stage: not-assessed  # after")})
    with begun(root, "--resume") as terminal:
        assert "2 of 2: Shared data" in terminal.screen
        assert "Who took part?" in terminal.answer("not assessed", "No time.")


def test_an_agreement_cannot_be_before_the_assessment_or_still_to_come(workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, NEW: DRAFT})
    with begun(root, "--resume") as terminal:
        assert "Every theme has its answer" in " ".join(terminal.screen.split())
        terminal.answer("", "", "yes", "Board")
        assert "is before the assessment itself, 15 January 2026" in terminal.answer("2025-12")
        assert "has not come yet" in terminal.answer("2999-01")
        terminal.answer("2026-01", *["back"] * 3, "no")
        assert terminal.end() == 0
    assert (root / NEW).read_text("utf-8") == DRAFT


VIEWS = """\
# Counted on Friday.
place: northam
date: 2026-01-15
matrix: small@1
status: draft
gathered: {from: 2025-11, to: 2026-01}
provenance: self-assessment
themes:
  vision:
    views: {developing: 17}   # all alike
  data:
    views: {emerging: 9, maturing: 8}
    evidence:
      - title: Prepared beforehand
"""
WITH_VIEWS = {**FILES, NEW: VIEWS}
DIFFER_FIRST = (
    "",  # go on with the draft
    "",  # most contested first
    "2",  # method
    "m",  # data, which comes first
    "All is shared now.",
    "",  # dissent
    "",  # the evidence that was prepared, kept
    "",
    "",
    "",  # no more evidence
    "",  # target
    "",  # action
    "d",  # vision
)


def test_a_workshop_after_individual_views(workspace: MakeWorkspace, pbp: Pbp, expect_whole: Snapshot) -> None:
    root = workspace(WITH_VIEWS)
    with begun(root) as terminal:
        terminal.answer(*DIFFER_FIRST)
        terminal.answer("quit")
        assert terminal.end() == 0
        expect_whole("assess-views.txt", terminal.screen)
    text = (root / NEW).read_text("utf-8")
    assert text.startswith("# Counted on Friday.\n") and "# all alike" in text
    data = read(text.encode()).data
    assert data["gathered"] == {"from": "2025-11", "to": "2026-01"} and data["method"] == "interviews"
    assert data["themes"] == {
        "vision": {"views": {"developing": "17"}, "stage": "developing"},
        "data": {
            "views": {"emerging": "9", "maturing": "8"},
            "evidence": ({"title": "Prepared beforehand"},),
            "stage": "maturing",
            "rationale": "All is shared now.",
        },
    }
    assert pbp("validate", at=root).code == 0


@pytest.mark.parametrize(
    ("arguments", "answers", "first"),
    [
        ([], ["", "", ""], "Shared data"),
        ([], ["", "no", ""], "Shared vision"),
        (["--contested-first"], ["", ""], "Shared data"),
        (["--matrix-order"], ["", ""], "Shared vision"),
        (["--resume", "--contested-first"], [""], "Shared data"),
        (["--resume"], ["", ""], "Shared data"),
    ],
)
def test_the_order_is_chosen_once(
    workspace: MakeWorkspace, arguments: list[str], answers: list[str], first: str
) -> None:
    with begun(workspace(WITH_VIEWS), *arguments) as terminal:
        shown = terminal.answer(*answers)
    assert f"of 2: {first}" in shown


def test_no_order_is_offered_where_there_is_none_to_choose(workspace: MakeWorkspace) -> None:
    few = VIEWS.replace("developing: 17", "developing: 2").replace("emerging: 9, maturing: 8", "emerging: 4")
    with begun(workspace({**FILES, NEW: few}), "--resume") as terminal:
        terminal.answer("", "e", "So.")
        assert "differ most" not in terminal.screen
        assert "What individuals said" not in terminal.screen and "4 Emerging" not in terminal.screen


def test_individual_views_can_be_shown_before_the_choice(workspace: MakeWorkspace) -> None:
    with begun(workspace(WITH_VIEWS), "--resume", "--show-views", "--contested-first") as terminal:
        shown = " ".join(terminal.answer("").split())
        assert "What individuals said: 9 Emerging, 8 Maturing (17 people), from Emerging to Maturing" in shown
        assert "The group" not in shown
        shown = " ".join(terminal.answer("m").split())
        assert "The group chose Maturing, 2 stages above the middle view." in shown


def test_a_theme_with_views_alone_is_still_to_come_after_each_interruption(workspace: MakeWorkspace) -> None:
    root = workspace(WITH_VIEWS)
    for arguments, answers, next_ in (
        (["--resume", "--matrix-order"], ["", "d", "So."], "What did some hold instead?"),
        (["--resume", "--matrix-order"], ["", "", "", ""], "Which stage?"),
        (["--resume", "--matrix-order"], ["e"], "Down 1 stage since last time"),
    ):
        with begun(root, *arguments) as terminal:
            shown = terminal.answer(*answers)
            assert next_ in " ".join(shown.split()), shown
            assert "Recorded: Not assessed" not in terminal.screen
            terminal.answer("quit")
            assert terminal.end() == 0


def test_answers_from_a_form_keep_the_tallies_of_the_draft(workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path) -> None:
    root = workspace(WITH_VIEWS)
    answers = tmp_path / "form.yaml"
    answers.write_text(
        "place: northam\ndate: 2026-01-15\nmatrix: small@1\nstatus: draft\nprovenance: self-assessment\n"
        "themes:\n  vision: {stage: maturing, rationale: So.}\n",
        "utf-8",
    )
    outcome = pbp("assess", "northam@2026-01-15", "--resume", "--from", str(answers), "--no-input", at=root)
    assert outcome.code == 0, outcome.err
    data = read((root / NEW).read_bytes()).data
    assert data["themes"]["vision"] == {"stage": "maturing", "rationale": "So.", "views": {"developing": "17"}}
    assert data["themes"]["data"]["views"] == {"emerging": "9", "maturing": "8"}
    assert data["gathered"] == {"from": "2025-11", "to": "2026-01"}


@pytest.mark.parametrize("option", ["--show-views", "--contested-first", "--matrix-order"])
def test_what_is_for_questions_is_refused_without_them(workspace: MakeWorkspace, pbp: Pbp, option: str) -> None:
    outcome = pbp("assess", "northam", "--no-input", option, at=workspace(WITH_VIEWS))
    assert (outcome.code, outcome.err.splitlines()[0]) == (2, f"pbp: {option} is for a run with questions")
