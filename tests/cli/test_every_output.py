"""What holds for every output: it says how its overall stage came about, what the assessment is, and ranks nobody."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from building import (
    RIVERSIDE,
    ROOT,
    MakeWorkspace,
    Pbp,
    assessment_text,
    commit_all,
    riverside_with_a_new_assessment,
)
from forbidden_words import found_in

from pbpmaturity.cli.app import VERBS
from pbpmaturity.workspace.shipped import shipped_matrices

THEMES = next(iter(shipped_matrices().values()))[0].theme_ids
STAGES = {"e": "emerging", "d": "developing", "m": "maturing", "t": "thriving", "x": "not-applicable"}
FORMATS = {
    "show": ("text", "markdown", "json"),
    "diff": ("text", "markdown", "json"),
    "history": ("text", "markdown", "json"),
    "compare": ("text", "markdown", "json"),
    "report": ("markdown", "html"),
    "views": ("text", "markdown", "json"),
    "matrix": ("text", "markdown", "html"),
    "readiness": ("text", "markdown", "json"),
    "actions": ("text", "json"),
}
SAID = {
    "median": ("highest that more than half of the", "that of the one assessed theme"),
    "minimum": ("lowest of any",),
    "stated": ("overall stage is the published one",),
}
MINIMUM = (ROOT / "tests/examples/good/minimum-rule/matrices/careful-2024.yaml").read_text("utf-8")


def stages(letters: str) -> dict[str, str]:
    return {theme: STAGES[one] for theme, one in zip(THEMES, letters, strict=True) if one in STAGES}


def northam(date: str, letters: str | None, **more: str) -> dict[str, str]:
    text = assessment_text("northam", date, stages(letters) if letters is not None else None, **more)
    return {f"assessments/northam/{date}.yaml": text}


ACTION = "    actions: [{action: Meet, due: 2024-02}]\n"
MIXED = {
    **northam(
        "2022-01",
        None,
        provenance="published-summary",
        more="stated: {overall: emerging, source: {title: A paper}}",
    ),
    **northam("2023-01", "eeedddd---", provenance="illustrative"),
    **northam("2024-01", "deeedxd---", more="method: survey"),
    **northam("2025-01", "eeeeexe---", status="draft"),
    **northam("2020-01", "eeeeeee---"),
    **northam("2021-01", "ddddddd---"),
}
CAREFUL = {
    "matrices/careful-2024.yaml": MINIMUM,
    **{
        f"assessments/southbridge/{date}.yaml": assessment_text(
            "southbridge", date, {"safety": "leading", "access": access}, matrix="careful@2024"
        )
        for date, access in (("2023-01", "starting"), ("2024-01", "working"))
    },
}


@pytest.fixture
def folders(workspace: MakeWorkspace, tmp_path: Path) -> dict[str, Path]:
    """The workspaces that outputs are made of."""
    mixed = workspace({**MIXED, "assessments/northam/2025-01.yaml": MIXED["assessments/northam/2025-01.yaml"] + ACTION})
    mixed = mixed.rename(tmp_path / "mixed")
    return {
        "riverside": RIVERSIDE,
        "oxfordshire": ROOT,
        "mixed": mixed,
        "careful": workspace(CAREFUL),
        "changed": riverside_with_a_new_assessment(tmp_path / "changed"),
    }


# The workspace, the command, and the rules by which the overall stages that it shows came about.
RUNS: list[tuple[str, str, set[str]]] = [
    ("riverside", "show northam", {"median"}),
    ("riverside", "show westmere@first", {"median"}),
    ("riverside", "diff northam", {"median"}),
    ("riverside", "diff southbridge", {"median"}),
    ("riverside", "report westmere", {"median"}),
    ("riverside", "report southbridge@2025", {"median"}),
    ("riverside", "report northam --cut page", {"median"}),
    ("riverside", "report northam --cut page --for public", {"median"}),
    ("riverside", "report northam --cut cover", {"median"}),
    ("riverside", "report northam --for public --as-of 2026-03 --test community-services-example", {"median"}),
    ("riverside", "history northam", {"median"}),
    ("riverside", "compare", {"median"}),
    ("riverside", "readiness northam --as-of 2025-06", {"median"}),
    ("oxfordshire", "show oxfordshire", {"stated"}),
    ("oxfordshire", "diff oxfordshire", {"stated"}),
    ("oxfordshire", "report oxfordshire", {"stated"}),
    ("oxfordshire", "report oxfordshire --cut page", {"stated"}),
    ("oxfordshire", "report oxfordshire --cut cover", {"stated"}),
    ("oxfordshire", "history oxfordshire", {"stated"}),
    ("oxfordshire", "compare", {"stated"}),
    ("oxfordshire", "readiness oxfordshire --as-of 2025-06", {"stated"}),
    ("careful", "show southbridge", {"minimum"}),
    ("careful", "diff southbridge", {"minimum"}),
    ("careful", "report southbridge", {"minimum"}),
    ("careful", "report southbridge --cut page", {"minimum"}),
    ("careful", "history southbridge", {"minimum"}),
    ("careful", "compare", {"minimum"}),
    ("mixed", "diff northam@2022 2023", {"stated", "median"}),
    ("mixed", "report northam@2023", {"stated", "median"}),
    ("mixed", "report northam@2024", {"stated", "median"}),
    ("mixed", "report northam@2023 --cut page", {"stated", "median"}),
    ("mixed", "report northam@2023 --cut cover", {"stated", "median"}),
    ("mixed", "history northam", {"stated", "median"}),
    ("changed", "diff --changed-since main", {"median"}),
]
WITHOUT_OVERALL = [
    ("riverside", "views westmere"),
    ("riverside", "matrix --place northam"),
    ("riverside", "actions --as-of 2025-06"),
    ("oxfordshire", "matrix --place oxfordshire"),
    ("mixed", "views northam@2025"),
]


def in_each_format(runs: list[Any]) -> list[Any]:
    """Return runs (a workspace, a command, ...) once for each format of their verb; of verbs that are there."""
    verbs = [(run, run[1].split()[0]) for run in runs]
    return [(*run, format_) for run, verb in verbs if verb in VERBS for format_ in FORMATS[verb]]


def what_people_said(root: Path) -> str:
    """Return what the files of a workspace say, and the matrix that ships: words that are not those of pbp."""
    files = [*root.glob("assessments/*/*.yaml"), *root.glob("matrices/*.yaml"), *(ROOT / "matrices").glob("*.yaml")]
    return "\n".join(path.read_text("utf-8") for path in files)


def shown(out: str, format_: str) -> str:
    """Return what people read of an output, on one line."""
    if format_ == "html":
        out = re.sub(r"<(style|script)\b.*?</\1>", " ", out, flags=re.DOTALL)
        out = html.unescape(re.sub(r"<[^>]+>", " ", out))
    if format_ == "markdown":
        out = re.sub(r"\\(?=[!-/:-@[-`{-~])", "", out)
    return " ".join(out.split())


def run(pbp: Pbp, at: Path, command: str, format_: str) -> str:
    outcome = pbp(*command.split(), "--format", format_, at=at)
    assert outcome.code == (1 if command.startswith("readiness") else 0), outcome.err
    return outcome.out


def rules_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        overall = value.get("overall")  # of an assessment
        if isinstance(overall, dict):
            yield overall["rule"]
        yield from (rule for inner in value.values() for rule in rules_in(inner))
    elif isinstance(value, list):
        yield from (rule for inner in value for rule in rules_in(inner))


@pytest.mark.parametrize(("folder", "command", "rules", "format_"), in_each_format(RUNS))
def test_every_overall_stage_says_its_rule(
    pbp: Pbp, folders: dict[str, Path], folder: str, command: str, rules: set[str], format_: str
) -> None:
    out = run(pbp, folders[folder], command, format_)
    if format_ == "json":
        assert set(rules_in(json.loads(out))) == rules
        return
    text = shown(out, format_)
    assert "overall" in text.lower()
    assert {rule for rule, sentences in SAID.items() if any(said in text for said in sentences)} == rules


@pytest.mark.parametrize(("folder", "command", "format_"), in_each_format(WITHOUT_OVERALL))
def test_the_other_outputs_show_no_overall_stage(
    pbp: Pbp, folders: dict[str, Path], folder: str, command: str, format_: str
) -> None:
    out = run(pbp, folders[folder], command, format_)
    if format_ == "json":
        assert all(rules_in(json.loads(out)))
        return
    text = shown(out, format_)
    assert "overall stage" not in text.lower()
    assert re.findall(r"(?:Emerging|Developing|Maturing|Thriving)(?: so far)? overall", text) == []


@pytest.mark.parametrize(
    ("folder", "command", "format_"),
    in_each_format([*((folder, command) for folder, command, _ in RUNS), *WITHOUT_OVERALL]),
)
def test_no_output_ranks_anybody_or_makes_a_number_of_a_stage(
    pbp: Pbp, folders: dict[str, Path], folder: str, command: str, format_: str
) -> None:
    out = run(pbp, folders[folder], command, format_)
    out = re.sub(r"<svg\b.*?</svg>", " ", out, flags=re.DOTALL) if format_ == "html" else out
    text = shown(out, format_)
    assert found_in(text, what_people_said(folders[folder])) == []
    # Versions of a matrix and of pbp have a point, and so has the figure of agreement in JSON; nothing else has.
    rest = re.sub(r'(?:pbp|version)[@ -][\d.]+|"agreement": -?[\d.]+', "", text)
    assert re.findall(r"\d+\.\d+", rest) == []


def test_every_verb_is_tried_or_shows_no_overall_stage() -> None:
    without = {"init", "form", "assess", "import", "validate", "rules", "schema", "delegation", "templates"}
    without |= {"export"}  # its tables have the column rule, which tests/exchange hold to the assessments
    assert set(VERBS) <= set(FORMATS) | without


# What must be read in an output. JSON has it in status, provenance, assessed and the states of themes.
STATES: list[tuple[str, tuple[str, ...]]] = [
    ("show northam@2022", ("PUBLISHED SUMMARY:", "as published; theme stages not published")),
    ("show northam@2023", ("ILLUSTRATIVE:", "Northam (illustrative):", "so far", "7 of 10 themes", "not assessed")),
    ("show northam@2024", ("6 of 9 themes assessed", "not applicable", "not assessed", "so far")),
    ("show northam@2025", ("DRAFT:", "Northam (draft):", "not agreed yet")),
    ("diff northam@2020 2021", ("Jan 2020: 7 of 10 themes assessed.", "Jan 2021: 7 of 10 themes assessed.")),
    ("diff northam@2022 2023", ("PUBLISHED SUMMARY (January 2022):", "ILLUSTRATIVE (January 2023):", "not published")),
    (
        "diff northam@2023 2024",
        ("ILLUSTRATIVE (January 2023):", "not applicable", "not assessed", "slip", "down 1 stage", "7 of 10", "6 of 9"),
    ),
    ("diff northam@2024 2025", ("DRAFT (January 2025):", "Northam (draft):", "6 of 9")),
    ("report northam@2022", ("PUBLISHED SUMMARY (January 2022):", "as published; theme stages not published")),
    ("report northam@2021", ("Jan 2020: 7 of 10 themes assessed.", "Jan 2021: 7 of 10 themes assessed.")),
    ("report northam@2023", ("ILLUSTRATIVE (January 2023):", "PUBLISHED SUMMARY (January 2022):", "7 of 10")),
    (
        "report northam@2024",
        (
            "Since last time: Jan 2023 to Jan 2024",
            "slips",
            "down 1 stage",
            "not applicable",
            "not assessed",
            "7 of 10",
            "6 of 9",
        ),
    ),
    ("report northam@2025", ("DRAFT (January 2025):", "not agreed yet", "6 of 9")),
    (
        "report northam@2022 --cut page",
        ("PUBLISHED SUMMARY (January 2022):", "as published; theme stages not published"),
    ),
    (
        "report northam@2023 --cut page",
        ("ILLUSTRATIVE (January 2023):", "No theme was assessed both times.", "7 of 10"),
    ),
    ("report northam@2024 --cut page", ("slip:", "Not applicable", "Not assessed", "6 of 9", "since the baseline")),
    ("report northam@2025 --cut page", ("DRAFT (January 2025):", "not agreed yet", "agree this self-assessment")),
    ("report northam@2023 --cut cover", ("ILLUSTRATIVE (January 2023):", "7 of 10", "Not assessed:")),
    ("report northam@2025 --cut cover", ("DRAFT (January 2025):", "not agreed yet", "agree this self-assessment")),
    ("views northam@2022", ("PUBLISHED SUMMARY:",)),
    ("views northam@2023", ("ILLUSTRATIVE:",)),
    ("views northam@2025", ("DRAFT:",)),
    ("matrix --place northam@2022", ("PUBLISHED SUMMARY:", "not published")),
    ("matrix --place northam@2023", ("ILLUSTRATIVE:", "not assessed")),
    ("matrix --place northam@2024", ("not applicable", "not assessed")),
    ("matrix shared-governance --place northam@2024", ("not applicable",)),
    ("matrix --place northam@2025", ("DRAFT:",)),
    ("actions northam@2023 --as-of 2025-06", ("ILLUSTRATIVE:",)),
    ("actions northam@2025 --as-of 2025-06", ("DRAFT:", "Overdue")),
]


@pytest.mark.parametrize(
    ("folder", "command", "expected", "format_"),
    [one for one in in_each_format([("mixed", *one) for one in STATES]) if one[-1] != "json"],
)
def test_what_an_assessment_is_can_be_read(
    pbp: Pbp, folders: dict[str, Path], folder: str, command: str, expected: tuple[str, ...], format_: str
) -> None:
    text = shown(run(pbp, folders[folder], command, format_), format_)
    assert [said for said in expected if said.lower() not in text.lower()] == []


def test_a_branch_says_what_the_earlier_assessment_is_and_what_limits_the_comparison(
    pbp: Pbp, folders: dict[str, Path]
) -> None:
    root = folders["mixed"]
    newest = root / "assessments" / "northam" / "2024-01.yaml"
    text = newest.read_bytes()
    newest.unlink()
    commit_all(root)
    newest.write_bytes(text)
    for format_ in ("text", "markdown"):
        said = shown(run(pbp, root, "diff --changed-since main", format_), format_)
        assert "ILLUSTRATIVE (January 2023):" in said
        assert "Jan 2023: Developing so far (7 of 10 themes assessed;" in said
        assert "The method is recorded for one of the two only" in said
        assert "The themes assessed differ: 7 then, 6 now, 6 both times." in said
