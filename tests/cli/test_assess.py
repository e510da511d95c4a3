"""pbp assess without anybody to ask: answers as options, what is missing by name, and what the file then says."""

from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, MakeWorkspace, Pbp, Snapshot
from cli.test_conversation import DRAFT, FILES, NEW, WRITTEN
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pbpmaturity.workspace.source import read

ALL = ("assess", "northam", "--no-input", "--date", "2026-01-15")
BOTH = ("--set", "vision=developing", "--set", "data=not-assessed", "--rationale", "vision=A vision is agreed.")
SHORT = """\
# yaml-language-server: $schema=../../.pbp/assessment.small-1.schema.json
format: 1
place: northam
date: 2026-01-15
matrix: small@1
status: draft
provenance: self-assessment
themes:
  vision:
    stage: developing
    rationale: A vision is agreed.
  data:
    stage: not-assessed
"""


def test_answers_given_as_options_make_the_file(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(FILES)
    outcome = pbp(*ALL, *BOTH, at=root)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.startswith(
        f"Saved in {NEW}. Northam (draft): Developing so far overall, Jan 2026 (1 of 2 themes assessed)\n"
    )
    assert (root / NEW).read_text("utf-8") == SHORT
    assert pbp("validate", at=root).code == 0


def test_a_dry_run_prints_the_file_and_writes_none(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(FILES)
    outcome = pbp(*ALL, *BOTH, "--method", "desk review", "--dry-run", at=root)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == SHORT.replace("provenance", "method: desk-review\nprovenance")
    assert not (root / NEW).exists()


@pytest.mark.parametrize("options", [["--no-input"], []])
def test_what_is_missing_is_named(workspace: MakeWorkspace, pbp: Pbp, options: list[str]) -> None:
    root = workspace(FILES)
    outcome = pbp("assess", "northam", *options, "--set", "vision=m", at=root)
    assert (outcome.code, outcome.out) == (2, "")
    start = "some answers" if options else "there is no terminal to ask on, and some answers"
    assert outcome.err == (
        f"pbp: {start} are missing\n"
        "  --date DATE, the day or the month of the workshop\n"
        "  --set data=STAGE (or data=not-assessed)\n"
        "  --rationale vision=TEXT: why it changed since last time\n"
        "  give them as options, and run it again\n"
    )
    assert not (root / NEW).exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "vison=e"], '--set: "vison" is no theme. Did you mean vision?'),
        (["--set", "vision"], '--set "vision" says nothing of a theme'),
        (["--set", "vision="], '--set "vision=" says nothing of a theme'),
        (["--set", "vision=best"], '--set: "best" is none of Emerging'),
        (["--set", "1=e", "--set", "vision=d"], "--set names vision twice; keep one"),
        (["--rationale", "vision=\udcff"], "holds characters that cannot be read as text"),
        (["--date", "soon"], '--date: "soon" is not a date'),
        (["--date", "2999-01"], "--date: 2999-01 has not come yet"),
        (["--date", "2025-01"], "the assessment of 2025-01 is agreed already"),
        (["--method", "guess"], '--method: "guess" is none of workshop'),
        (["--from", "nowhere.yaml"], '--from "nowhere.yaml" is not a file'),
        (["--amend", "why"], "--amend is for an assessment that is agreed"),
        (["--resume"], "Northam has no draft"),
        (["--resume", "--date", "2025-12"], "Northam has no draft of 2025-12"),
        (["--theme", "data", "--date", "2025-12"], "Northam has no draft of 2025-12"),
        (["--criteria"], "--criteria is for a run with questions"),
        (["--show-last"], "--show-last is for a run with questions"),
    ],
)
def test_options_that_mean_nothing_are_named(
    workspace: MakeWorkspace, pbp: Pbp, arguments: list[str], said: str
) -> None:
    root = workspace(FILES)
    outcome = pbp("assess", "northam", "--no-input", *arguments, at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert sorted(path.name for path in (root / NEW).parent.iterdir()) == ["2025-01.yaml"]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("northan", 'there is no Place "northan" here; did you mean "northam"?'),
        ("North Am", '"North Am" cannot be a Place: use lower-case words joined by hyphens'),
        ("assessments/northam", "is a path"),
        ("northam@2020", "Northam has no assessment in 2020"),
        ("northam@2025", "northam@2025-01 is agreed, so it is changed only with a reason"),
    ],
)
def test_places_that_cannot_be_assessed(workspace: MakeWorkspace, pbp: Pbp, place: str, said: str) -> None:
    outcome = pbp("assess", place, "--no-input", at=workspace(FILES))
    assert outcome.code == 2
    assert said in outcome.err


def test_a_file_of_answers_is_taken_as_it_is(workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path) -> None:
    root, form = workspace(FILES), tmp_path / "form.yaml"
    for text in (WRITTEN, f"# Typed up in the evening.\n{WRITTEN}"):
        (root / NEW).unlink(missing_ok=True)
        form.write_text(text, "utf-8")
        assert pbp("assess", "northam", "--no-input", "--from", str(form), at=root).code == 0
        assert (root / NEW).read_text("utf-8") == text
    refused = pbp("assess", "northam", "--no-input", "--from", str(form), at=root)
    assert refused.code == 2 and "there is an assessment of 2026-01-15 already" in refused.err


def test_a_file_of_answers_under_another_date_is_agreed_by_nobody(
    workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path
) -> None:
    root, form = workspace(FILES), tmp_path / "form.yaml"
    form.write_text(WRITTEN, "utf-8")
    assert pbp("assess", "northam", "--no-input", "--from", str(form), "--date", "Feb 2026", at=root).code == 0
    data = read((root / "assessments/northam/2026-02.yaml").read_bytes()).data
    assert (data["date"], data["status"], "agreed" in data) == ("2026-02", "draft", False)
    form.write_text(WRITTEN.replace("2026-01-15", "2999-01"), "utf-8")
    assert "2999-01 has not come yet" in pbp("assess", "northam", "--no-input", "--from", str(form), at=root).err


def test_answers_that_were_kept_elsewhere_go_back_into_their_draft(
    workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path
) -> None:
    root, kept = workspace({**FILES, NEW: DRAFT}), tmp_path / "kept.yaml"
    kept.write_text(DRAFT.replace("We know why.", "We know why now."), "utf-8")
    arguments = ("assess", "northam@2026-01-15", "--no-input", "--from", str(kept))
    refused = pbp(*arguments, at=root)
    assert refused.code == 2 and "add --resume" in refused.err
    asked = pbp(*arguments, "--resume", at=root)
    assert asked.code == 2 and "--take vision=mine or --take vision=theirs: Shared vision" in asked.err
    assert pbp(*arguments, "--resume", "--take", "vision=mine", at=root).code == 0
    assert (root / NEW).read_text("utf-8") == kept.read_text("utf-8")


def test_a_file_of_answers_that_cannot_be_used_says_why(workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path) -> None:
    root = workspace(FILES)
    form = tmp_path / "form.yaml"
    form.write_text(WRITTEN.replace("stage: developing", "stage: devloping"), "utf-8")
    outcome = pbp("assess", "northam", "--no-input", "--from", str(form), at=root)
    assert outcome.code == 2
    assert 'form.yaml:16:12: error PBP104 stage "devloping" is not a stage of small@1' in outcome.err
    form.write_text(WRITTEN.replace("place: northam", "place: southam"), "utf-8")
    assert "is of southam, not of northam" in pbp("assess", "northam", "--no-input", "--from", str(form), at=root).err


def test_what_still_holds_is_copied_and_what_was_said_in_the_room_is_not(workspace: MakeWorkspace, pbp: Pbp) -> None:
    outcome = pbp(
        *ALL, "--copy-last", "--set", "data=m", "--rationale", "data=All share it.", "--dry-run", at=workspace(FILES)
    )
    assert outcome.code == 0
    assert read(outcome.out.encode()).data["themes"] == {
        "vision": {
            "stage": "emerging",
            "actions": ({"action": "Draft a vision", "owner": "Place Director", "due": "2025-06", "status": "open"},),
        },
        "data": {"stage": "maturing", "rationale": "All share it."},
    }


def test_a_draft_goes_on_only_if_that_is_meant(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({**FILES, NEW: DRAFT})
    refused = pbp(*ALL, "--set", "data=d", at=root)
    assert refused.code == 2 and "there is a draft of 2026-01-15 already" in refused.err
    assert pbp(*ALL, "--resume", "--rationale", "data=Shared.", "--set", "data=d", at=root).code == 0
    assert (root / NEW).read_text("utf-8") == DRAFT.replace("stage: emerging  #", "stage: developing  #").replace(
        "long talk\n", "long talk\n    rationale: Shared.\n"
    )


def test_an_agreed_assessment_takes_a_change_and_its_reason(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(FILES)
    file = root / "assessments/northam/2025-01.yaml"
    outcome = pbp(
        *("assess", "northam@2025", "--no-input", "--theme", "data", "--amend", "Misheard"),
        *("--set", "data=emerging", "--rationale", "data=None is shared."),
        at=root,
    )
    assert outcome.code == 0
    data = read(file.read_bytes()).data
    assert data["themes"]["data"] == {"stage": "emerging", "rationale": "None is shared."}
    assert [one["reason"] for one in data["amendments"]] == ["Misheard"]
    before = file.read_bytes()
    for arguments, said in (
        (["--amend", "", "--set", "data=m"], "--amend REASON, why it is changed"),
        (["--amend", "x"], "there is nothing to change"),
        (["--amend", "x", "--theme", "data", "--set", "vision=m"], "only data is to be changed"),
        (["--amend", "x", "--copy-last"], "--copy-last is for an assessment that is begun"),
    ):
        refused = pbp("assess", "northam@2025", "--no-input", *arguments, at=root)
        assert refused.code == 2 and said in refused.err
    assert file.read_bytes() == before


def test_an_example_stays_an_example(pbp: Pbp) -> None:
    outcome = pbp(*("assess", "northam", "--no-input", "--date", "2026-01", "--copy-last", "--dry-run"), at=RIVERSIDE)
    assert "provenance: illustrative" in outcome.out


@pytest.mark.parametrize("text", [*HOSTILE, "no", "2024-01", "x" * 5000])
def test_hostile_text_is_kept_as_it_was_typed(workspace: MakeWorkspace, pbp: Pbp, text: str) -> None:
    assert _kept(workspace(FILES), pbp, text) == text.strip()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip))
def test_any_text_is_kept_as_it_was_typed(workspace: MakeWorkspace, pbp: Pbp, text: str) -> None:
    assert _kept(workspace(FILES), pbp, text) == text.strip()


def _kept(root: Path, pbp: Pbp, text: str) -> object:
    (root / NEW).unlink(missing_ok=True)
    outcome = pbp(*ALL, *BOTH[:4], "--rationale", f"vision={text}", at=root)
    assert outcome.code == 0, outcome.err
    assert pbp("show", "northam@2026-01-15", at=root).code == 0
    return read((root / NEW).read_bytes()).data["themes"]["vision"]["rationale"]


def test_help_is_whole(pbp: Pbp, expect_whole: Snapshot) -> None:
    expect_whole("help-assess.txt", pbp("assess", "--help").out)


def test_what_was_said_last_time_must_be_readable(workspace: MakeWorkspace, pbp: Pbp) -> None:
    outcome = pbp(*ALL, *BOTH, at=workspace({**FILES, "assessments/northam/2025-01.yaml": "place: ["}))
    assert outcome.code == 2
    assert "assessments/northam/2025-01.yaml:1:" in outcome.err


def test_a_stage_that_is_changed_needs_a_reason_of_its_own(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({**FILES, NEW: DRAFT})
    arguments = ("assess", "northam@2026-01-15", "--no-input", "--set", "vision=m")
    refused = pbp(*arguments, at=root)
    assert refused.code == 2
    assert "--rationale vision=TEXT: why it is another stage than was recorded" in refused.err
    assert pbp(*arguments, "--rationale", "vision=More is agreed.", at=root).code == 0


def test_the_same_again_is_no_amendment(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(FILES)
    before = (root / "assessments/northam/2025-01.yaml").read_bytes()
    again = pbp("assess", "northam@2025", "--no-input", "--amend", "So", "--set", "data=developing", at=root)
    assert again.code == 2 and "there is nothing to change" in again.err
    assert (root / "assessments/northam/2025-01.yaml").read_bytes() == before


def test_answers_for_an_agreed_assessment_take_back_neither_agreement_nor_amendments(
    workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path
) -> None:
    root, kept = workspace(FILES), tmp_path / "kept.yaml"
    first = ("--amend", "First", "--set", "data=m", "--rationale", "data=So.")
    assert pbp("assess", "northam@2025", "--no-input", *first, at=root).code == 0
    kept.write_text(FILES["assessments/northam/2025-01.yaml"].replace("status: agreed", "status: draft"), "utf-8")
    arguments = ("assess", "northam@2025", "--no-input", "--amend", "Second", "--from", str(kept), "--take", "mine")
    assert pbp(*arguments, at=root).code == 0
    data = read((root / "assessments/northam/2025-01.yaml").read_bytes()).data
    assert (data["status"], data["agreed"]) == ("agreed", {"by": "Board", "date": "2025-02"})
    assert [one["reason"] for one in data["amendments"]] == ["First", "Second"]
    assert data["themes"]["data"] == {"stage": "developing"}
