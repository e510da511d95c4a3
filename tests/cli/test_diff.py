"""pbp diff and the claims that it checks."""

import json

import pytest
from building import RIVERSIDE, ROOT, MakeWorkspace, Pbp, Snapshot, assessment_text

ONLY_SOURCE = "as published; the file's only source is this statement, so this is no independent check"
ALL = (
    "shared-vision",
    "systems-mindset",
    "shifting-power",
    "trusted-relationships",
    "coordinated-delivery",
    "shared-governance",
    "use-of-resources",
    "collective-leadership",
    "evaluation-and-learning",
    "shared-data",
)


@pytest.mark.parametrize(
    ("claim", "code", "reason"),
    [
        ("emerging to developing, Jan 2024", 0, ONLY_SOURCE),
        ("Emerging to Developing", 0, ONLY_SOURCE),
        ("EMERGING  TO  developing, 2024", 0, ONLY_SOURCE),
        ("emerging to developing, 2024-01", 0, ONLY_SOURCE),
        ("emerging to maturing, Jan 2024", 1, "the files show Emerging to Developing"),
        ("developing to emerging, Jan 2024", 1, "the files show Emerging to Developing"),
        ("emerging to developing, Jan 2025", 1, "no assessment in Jan 2025; there are Jan 2023, Jan 2024"),
        ("emerging to developing, Jan 2023", 1, "there is no agreed assessment to compare with"),
    ],
)
def test_claims_about_oxfordshire(pbp: Pbp, claim: str, code: int, reason: str) -> None:
    outcome = pbp("diff", "--expect", claim, "--format", "json")
    expect = json.loads(outcome.out)["expect"]
    assert outcome.code == code
    assert (expect["claim"], expect["holds"]) == (claim, code == 0)
    assert reason in expect["reason"]


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("up, Jan 2024", "is not a claim that can be checked"),
        ("emerging to developing, soon", "is not a claim that can be checked"),
        ("emerging to developing, latest", "is not a claim that can be checked"),
        ("", "is not a claim that can be checked"),
        ("emerging to devloping", 'did you mean "Developing"?'),
        ("emerging to devloping, Jan 2025", 'did you mean "Developing"?'),
        ("to", "is not a stage"),
    ],
)
def test_what_is_no_claim(pbp: Pbp, claim: str, said: str) -> None:
    outcome = pbp("diff", "--expect", claim)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def whole(stage: str, themes: tuple[str, ...] = ALL) -> dict[str, str]:
    return dict.fromkeys(themes, stage)


FILES = {
    "assessments/northam/2023-01.yaml": assessment_text("northam", "2023-01", whole("emerging")),
    "assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", whole("developing")),
    "assessments/northam/2025-01.yaml": assessment_text("northam", "2025-01", whole("maturing", ALL[:3])),
    "assessments/northam/2026-01.yaml": assessment_text("northam", "2026-01", whole("thriving"), status="draft"),
}


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["northam", "--expect", "emerging to developing, 2024"], 0, "the files show Emerging to Developing"),
        (["northam@2023", "2024", "--expect", "emerging to developing"], 0, "the files show Emerging to Developing"),
        (["northam", "--expect", "developing to maturing"], 1, "not settled: Maturing so far, with 3 of 10 themes"),
        (["northam@2024", "--expect", "developing to thriving, 2026"], 1, "is a draft, and a draft bears no claim out"),
        (["northam@2023", "--expect", "emerging to maturing, 2025"], 1, "not settled"),
    ],
)
def test_claims_about_theme_stages(
    workspace: MakeWorkspace, pbp: Pbp, arguments: list[str], code: int, reason: str
) -> None:
    outcome = pbp("diff", *arguments, "--format", "json", at=workspace(FILES))
    assert outcome.code == code, outcome.err
    assert reason in json.loads(outcome.out)["expect"]["reason"]


@pytest.mark.parametrize(
    ("arguments", "dates"),
    [
        (["northam"], ("2024-01", "2025-01")),
        ([], ("2024-01", "2025-01")),
        (["northam@2023"], ("2023-01", "2025-01")),
        (["northam@first", "previous"], ("2023-01", "2024-01")),
        (["northam", "2024"], ("2023-01", "2024-01")),
        (["northam@2023", "northam@2024"], ("2023-01", "2024-01")),
        (["northam@2025", "2026-01"], ("2025-01", "2026-01")),
        (["assessments/northam/2023-01.yaml", "assessments/northam/2024-01.yaml"], ("2023-01", "2024-01")),
        (["northam@2023", "assessments/northam/2026-01.yaml"], ("2023-01", "2026-01")),
    ],
)
def test_which_two_are_compared(
    workspace: MakeWorkspace, pbp: Pbp, arguments: list[str], dates: tuple[str, str]
) -> None:
    outcome = pbp("diff", *arguments, "--format", "json", at=workspace(FILES))
    assert outcome.code == 0, outcome.err
    document = json.loads(outcome.out)
    assert (document["from"]["date"], document["to"]["date"]) == dates


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["northam@2024", "2023"], "the assessment to compare from (2024-01) must be before the other (2023-01)"),
        (["northam@2024", "2024"], "there is only the assessment of 2024-01 to look at"),
        (["northam", "2024", "--expect", "emerging to developing, 2024"], "both choose the later assessment"),
        (["northam", "2023"], "no agreed assessment before 2023-01"),
        (["northam@2024", "assessments/southam/2024-01.yaml"], "for Places side by side: pbp compare"),
        (["northam", "southam"], "for Places side by side: pbp compare"),
        (["northam", "southam@2024"], "for Places side by side: pbp compare"),
        (["southam"], "only one agreed assessment"),
        ([], "name a Place: the workspace has several"),
    ],
)
def test_what_cannot_be_compared(workspace: MakeWorkspace, pbp: Pbp, arguments: list[str], said: str) -> None:
    other = {"assessments/southam/2024-01.yaml": assessment_text("southam", "2024-01", whole("emerging"))}
    outcome = pbp("diff", *arguments, at=workspace({**FILES, **other}))
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_with_a_claim_one_assessment_alone_is_exit_1(workspace: MakeWorkspace, pbp: Pbp) -> None:
    one = {"assessments/southam/2024-01.yaml": assessment_text("southam", "2024-01", whole("emerging"))}
    outcome = pbp("diff", "--expect", "emerging to developing", at=workspace(one))
    assert outcome.code == 1
    assert "not borne out; there is no agreed assessment to compare with; there is Jan 2024" in outcome.out.replace(
        "\n", " "
    )


def test_several_assessments_at_the_claimed_date_are_wrong_usage(workspace: MakeWorkspace, pbp: Pbp) -> None:
    draft = {
        "assessments/northam/2024-06.yaml": assessment_text("northam", "2024-06", whole("thriving"), status="draft")
    }
    outcome = pbp("diff", "northam", "--expect", "emerging to developing, 2024", at=workspace({**FILES, **draft}))
    assert outcome.code == 2
    assert "2024-01, 2024-06 (draft)" in outcome.err


def test_without_a_claim_nothing_is_said_of_one(pbp: Pbp) -> None:
    document = json.loads(pbp("diff", "--format", "json").out)
    assert document["expect"] is None
    assert document["counts"]["not_assessed"] == 10
    assert {theme["movement"] for theme in document["themes"]} == {"not-assessed"}


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_whole_output(pbp: Pbp, expect_whole: Snapshot, format_: str) -> None:
    ending = {"text": "txt", "markdown": "md", "json": "json"}[format_]
    claim = ["--expect", "emerging to developing, Jan 2024"]
    expect_whole(f"diff-oxfordshire.{ending}", pbp("diff", "oxfordshire", *claim, "--format", format_, at=ROOT).out)
    expect_whole(f"diff-northam.{ending}", pbp("diff", "northam", "--format", format_, at=RIVERSIDE).out)
