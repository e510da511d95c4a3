"""pbp validate: what is chosen, what fails a run, and every format, with hostile text in every part."""

import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema
from building import HOSTILE, ROOT, MakeWorkspace, Pbp, Snapshot, assessment_text, without_hanging
from pages import UNSEEN, in_yaml

from pbpmaturity.cli import checking, reports
from pbpmaturity.cli.scope import Paths
from pbpmaturity.cli.thoroughness import Thoroughness
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.diagnostics.formats import FORMATS
from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.rules import RULES
from pbpmaturity.report.findings import findings_text

SCHEMAS = ROOT / "tests" / "schemas"
FORGED = "x\n::error::forged"
BROKEN = """\
place: northam
date: 2024-01-17
matrix: pbp@2023.1
status: draft
provenance: illustrative
gathered: {from: 2024-01, to: 2023-11}
themes:
  shared-vision:
    stage: devloping
    criteria: {E1: not-met, D1: met}
"""
FILE = "assessments/northam/2024-01-17.yaml"


@pytest.fixture
def broken(workspace: MakeWorkspace) -> Path:
    """A workspace with an error, a warning and a note."""
    note = BROKEN.replace("devloping", "emerging").replace("northam", "southam").replace(", to: 2023-11", "")
    note = note.replace("E1: not-met, D1: met", "E1: met, E2: met, D1: not-met, M1: met")
    warning = BROKEN.replace("devloping", "not-assessed").replace("northam", "westham")
    return workspace(
        {
            FILE: BROKEN.replace(", to: 2023-11", "").replace("not-met", "met"),
            "assessments/southam/2024-01-17.yaml": note,
            "assessments/westham/2024-01-17.yaml": warning.replace("    criteria: {E1: not-met, D1: met}\n", ""),
        }
    )


def codes(out: str) -> list[str]:
    return re.findall(r"(?:error|warning|note) (PBP\d{3})", out)


@pytest.mark.parametrize(
    ("only", "fail_on", "code"),
    [
        ("northam", "error", 1),
        ("northam", "warning", 1),
        ("northam", "never", 0),
        ("westham", "error", 0),
        ("westham", "warning", 1),
        ("westham", "never", 0),
        ("southam", "error", 0),
        ("southam", "warning", 0),
    ],
)
def test_what_fails_a_run(pbp: Pbp, broken: Path, only: str, fail_on: str, code: int) -> None:
    outcome = pbp("validate", f"assessments/{only}", "--fail-on", fail_on, at=broken)
    assert (outcome.code, outcome.err) == (code, "")
    assert codes(outcome.out) == [{"northam": "PBP104", "westham": "PBP121", "southam": "PBP115"}[only]]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), ["PBP104", "PBP115", "PBP121"]),
        (("--select", "PBP104"), ["PBP104"]),
        (("--select", "PBP104,PBP121"), ["PBP104", "PBP121"]),
        (("--select", "pbp115", "--select", "PBP121"), ["PBP115", "PBP121"]),
        (("--select", "PBP12"), ["PBP121"]),
        (("--ignore", "PBP1"), []),
        (("--ignore", "PBP104"), ["PBP115", "PBP121"]),
        (("--select", "PBP1", "--ignore", "PBP12"), ["PBP104", "PBP115"]),
    ],
)
def test_rules_are_chosen_by_code_or_its_beginning(
    pbp: Pbp, broken: Path, options: tuple[str, ...], found: list[str]
) -> None:
    outcome = pbp("validate", *options, at=broken)
    assert codes(outcome.out) == found
    assert outcome.code == int("PBP104" in found)


def test_what_cannot_be_read_is_found_whatever_is_chosen(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({FILE: "place: ["})
    assert codes(pbp("validate", "--select", "PBP4", at=root).out) == ["PBP001"]
    outcome = pbp("validate", "--ignore", "PBP0", at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert "a file that cannot be read is not checked at all" in outcome.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--select", "PBP999"), '--select "PBP999" is not a rule'),
        (("--select", "P"), '--select "P" is not a rule'),
        (("--ignore", "unknown-stage"), '"UNKNOWN-STAGE" is not a rule'),
        (("--format", "xml"), '--format "xml" is not known; expected one of text, json, github, gitlab, sarif, junit'),
        (("--format", "sarf"), 'did you mean "sarif"?'),
        (("--format", "json="), "--format json= names no file"),
        (("--format", "json", "--format", "sarif"), "only one format can be printed, not json and sarif"),
        (("--format", "json=assessments/x.yaml"), "is the name of a file of ours"),
        (("--as-of", "soon"), '--as-of "soon" is not a date'),
        (("--as-of", "2024-02-30"), "there is no such day"),
        (("--changed-since", "main"), "is not in a git repository"),
    ],
)
def test_wrong_usage_is_a_sentence(pbp: Pbp, broken: Path, options: tuple[str, ...], said: str) -> None:
    outcome = pbp("validate", *options, at=broken)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_a_report_that_cannot_be_written_costs_nobody_the_findings(pbp: Pbp, broken: Path) -> None:
    outcome = pbp("validate", "--format", "json=no/such/folder/x.json", at=broken)
    assert outcome.code == 2
    assert "cannot be written: No such file or directory" in outcome.err
    assert codes(outcome.out) == ["PBP104", "PBP115", "PBP121"]


def test_a_day_is_judged_only_if_it_is_given(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({FILE: assessment_text("northam", "2024-01-17", {}, status="draft")})
    assert codes(pbp("validate", at=root).out) == []
    assert codes(pbp("validate", "--as-of", "2024-01", at=root).out) == []
    assert codes(pbp("validate", "--as-of", "2024-01-16", at=root).out) == ["PBP113"]
    assert codes(pbp("validate", "--as-of", "today", at=root).out) == []


REVIEWED = ("agreed: {by: The board, date: 2024-01-17}\nprovenance: illustrative", "provenance: self-assessment")


@pytest.mark.parametrize(
    ("date", "months", "day", "is_stale"),
    [
        ("2024-01", 12, "2025-01-31", False),
        ("2024-01", 12, "2025-02-01", True),
        ("2024-01-17", 12, "2025-01-17", False),
        ("2024-01-17", 12, "2025-01-18", True),
        ("2024-01-31", 1, "2024-02-29", False),
        ("2024-01-31", 1, "2024-03-01", True),
        ("2024-01-17", 12, "2023-12", False),
    ],
)
def test_when_an_assessment_is_stale(
    pbp: Pbp, workspace: MakeWorkspace, date: str, months: int, day: str, is_stale: bool
) -> None:
    text = assessment_text("northam", date, {}, provenance="illustrative")
    root = workspace({"pbp.yaml": f"review-every-months: {months}\n", f"assessments/northam/{date}.yaml": text})
    found = codes(pbp("validate", "--as-of", day, "--select", "PBP306", at=root).out)
    assert found == (["PBP306"] if is_stale else [])


def test_only_the_latest_assessment_has_anything_overdue_or_past(pbp: Pbp, workspace: MakeWorkspace) -> None:
    told = {"shared-vision": "emerging"}
    due = "    target: {stage: developing, by: 2023-06}\n    actions: [{action: Meet, due: 2023-06}]\n"
    root = workspace(
        {
            "assessments/northam/2023-01.yaml": assessment_text("northam", "2023-01", told) + due,
            "assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", told) + due,
            "assessments/northam/2025-01.yaml": assessment_text("northam", "2025-01", told, status="draft") + due,
        }
    )
    out = pbp("validate", "--as-of", "2024-06", "--select", "PBP119,PBP120", at=root).out
    assert re.findall(r"(\d{4}-\d{2})\.yaml:\d+:\d+: warning (PBP\d+)", out) == [
        ("2024-01", "PBP119"),
        ("2024-01", "PBP120"),
    ]
    early = pbp("validate", "--as-of", "2023-07", "--select", "PBP119,PBP120", at=root).out
    assert re.findall(r"(\d{4}-\d{2})\.yaml", early) == ["2023-01", "2023-01"]


def test_a_broken_newer_file_is_not_taken_for_none(pbp: Pbp, workspace: MakeWorkspace) -> None:
    told = {"shared-vision": "emerging"}
    due = "    target: {stage: developing, by: 2023-06} # pbp: ignore PBP119 it is\n"
    due += "    actions: [{action: Meet, due: 2023-06}]\n"
    files = {
        "assessments/northam/2022-01.yaml": assessment_text("northam", "2022-01", told) + due,
        "assessments/northam/2023-01.yaml": "place: [",
        "assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", {"shared-vision": "developing"}),
    }
    chosen = ("--as-of", "2023-12", "--select", "PBP119,PBP120,PBP305,PBP306,PBP501")
    assert codes(pbp("validate", *chosen, at=workspace(files)).out) == ["PBP001"]
    files["assessments/northam/2023-01.yaml"] = assessment_text("northam", "2023-01", told, status="draft")
    assert codes(pbp("validate", *chosen, at=workspace(files)).out) == ["PBP306", "PBP120", "PBP305"]


def test_capitals_of_a_link_count_on_every_computer(pbp: Pbp, workspace: MakeWorkspace) -> None:
    text = assessment_text("northam", "2024-01-17", {"shared-vision": "emerging"}, status="draft")
    root = workspace({"docs/Plan.pdf": "x"})
    for link, found in (
        ("docs/Plan.pdf", []),
        ("docs/plan.pdf", ["PBP112"]),
        ("./docs/Plan.pdf", []),
        ("docs", ["PBP112"]),
    ):
        (root / FILE).parent.mkdir(parents=True, exist_ok=True)
        (root / FILE).write_text(f"{text}    evidence: [{{title: x, link: {link}}}]\n")
        assert codes(pbp("validate", at=root).out) == found, link


def test_settings_are_looked_at_for_personal_data_too(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({"pbp.yaml": "system: Ring Jo on 020 7946 0958 #now\nplaces: {northam: {name: a@example.org}}\n"})
    assert codes(pbp("validate", at=root).out) == ["PBP122", "PBP402", "PBP402"]


@pytest.mark.parametrize("folder", ["assessments/northam", "matrices", "readiness", "delegation"])
def test_one_person_s_answers_are_found_in_every_folder(pbp: Pbp, workspace: MakeWorkspace, folder: str) -> None:
    text = "kind: individual-view\nid: a1\nmatrix: pbp@2023.1\n"
    text += "themes: {shared-vision: {stage: emerging, comment: SECRET}}\n"
    outcome = pbp("validate", at=workspace({f"{folder}/2024-01.yaml": text}))
    assert codes(outcome.out) == ["PBP404"]
    assert "SECRET" not in outcome.out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes")
def test_a_pipe_is_not_waited_for(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({FILE: assessment_text("northam", "2024-01-17", {}, status="draft")})
    os.mkfifo(root / "pbp.yaml")
    os.mkfifo(root / "assessments" / "northam" / "pipe.yaml")
    with without_hanging():
        assert codes(pbp("validate", at=root).out) == ["PBP016", "PBP016"]
        found = Diagnostic(rules.STRAY_FILE, str(root / "pbp.yaml"), 1, 1, "a pipe")
        assert reports._lines_of(Outcome((found,), ())) == {}


# Formats


@pytest.fixture
def hostile(workspace: MakeWorkspace) -> Path:
    """A workspace whose file name, keys and values try to forge what is said of it."""
    name = "2024\n::error::forged\x1b[31m,:%.yaml"
    files: dict[str, str | bytes] = {f"assessments/northam/{name}": BROKEN}
    for number, text in enumerate((FORGED, *HOSTILE)):
        quoted = in_yaml(text)
        lines = f"place: northam\n{quoted}: 1\n{quoted}: 2\n"
        files[f"assessments/northam/{2000 + number}-01.yaml"] = lines
        lines = f"place: {quoted}\ndate: {quoted}\nmatrix: pbp@2023.1\nstatus: {quoted}\nthemes: {{{quoted}: 3}}\n"
        files[f"assessments/northam/{2100 + number}-01.yaml"] = lines + f"provenance: illustrative\n{quoted}: 4\n"
    return workspace(files)


def check_text(out: str) -> None:
    lines = out.split("\n")
    assert lines.pop() == ""
    assert re.fullmatch(r"\d+ files? checked: .+", lines.pop())
    assert all(re.fullmatch(r".+:\d+:\d+: (error|warning|note) PBP\d{3} .+", line) for line in lines)


def check_json(out: str) -> None:
    jsonschema.validate(json.loads(out), json.loads((SCHEMAS / "validate.schema.json").read_text()))


def check_github(out: str) -> None:
    """A command is `::name key=value,key=value::text`; GitHub, "Workflow commands for GitHub Actions"."""
    text, commands = out.split("\n::", 1)
    check_text(f"{text}\n")
    lines = f"::{commands}".removesuffix("\n").split("\n")
    command = re.compile(r"::(error|warning|notice) file=([^,:]+),line=(\d+),col=(\d+),title=([^,:]+)::(.+)")
    assert all(command.fullmatch(line) for line in lines)
    assert len(lines) == len(text.split("\n")) - 1
    assert "%" not in re.sub(r"%(25|0D|0A|3A|2C)", "", commands)


def check_gitlab(out: str) -> None:
    document = json.loads(out)
    jsonschema.validate(document, json.loads((SCHEMAS / "gitlab-code-quality.schema.json").read_text()))
    fingerprints = [entry["fingerprint"] for entry in document]
    assert len(set(fingerprints)) == len(fingerprints) > 0


def check_sarif(out: str) -> None:
    (run,) = json.loads(out)["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.code for rule in RULES]
    for result in run["results"]:
        assert RULES[result["ruleIndex"]].code == result["ruleId"]
        (place,) = result["locations"]
        assert re.fullmatch(r"[A-Za-z0-9._/%-]+", place["physicalLocation"]["artifactLocation"]["uri"])


def check_junit(out: str) -> None:
    xmlschema.XMLSchema(SCHEMAS / "junit.xsd").validate(out)
    root = ElementTree.fromstring(out)
    assert int(root.get("tests", "")) == len(root.findall("*/testcase"))
    assert int(root.get("failures", "")) == len(root.findall("*/testcase/failure"))


CHECKS: dict[str, Callable[[str], None]] = {
    "text": check_text,
    "json": check_json,
    "github": check_github,
    "gitlab": check_gitlab,
    "sarif": check_sarif,
    "junit": check_junit,
}


def test_every_format_is_tried() -> None:
    assert list(CHECKS) == list(FORMATS)


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_is_forged_in_any_format(pbp: Pbp, hostile: Path, format_: str) -> None:
    outcome = pbp("validate", "--format", format_, at=hostile)
    assert outcome.code == 1
    CHECKS[format_](outcome.out)
    assert not UNSEEN.search(outcome.out)
    assert "\n::error::forged" not in outcome.out
    assert outcome.out.count("PBP005") >= len(HOSTILE)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("at", ["broken", "nothing"])
def test_every_format_of_ordinary_findings_and_of_none(
    pbp: Pbp, broken: Path, expect_whole: Snapshot, format_: str, at: str
) -> None:
    folder = "assessments" if at == "broken" else "assessments/eastham"
    if at == "nothing":
        (broken / folder).mkdir()
        (broken / folder / "2024.yaml").write_text("")
        (broken / folder / "2024.yaml").unlink()
        (broken / folder / "2024-01.yaml").write_text(assessment_text("eastham", "2024-01", {}, status="draft"))
    outcome = pbp("validate", folder, "--format", format_, at=broken)
    if at == "broken" or format_ not in ("github", "gitlab"):
        CHECKS[format_](outcome.out)
    expect_whole(f"validate-{at}.{format_}.txt", outcome.out)


def test_several_formats_in_one_run(pbp: Pbp, broken: Path) -> None:
    names = {"sarif": "a.sarif", "junit": "j.xml", "gitlab": "g.json", "json": "d.json"}
    options = [part for format_, name in names.items() for part in ("--format", f"{format_}={name}")]
    outcome = pbp("validate", *options, at=broken)
    check_text(outcome.out)
    assert outcome.code == 1
    for format_, name in names.items():
        written = (broken / name).read_text("utf-8")
        CHECKS[format_](written)
        assert written == pbp("validate", "--format", format_, at=broken).out


def test_reports_are_written_although_nothing_fails(pbp: Pbp, broken: Path) -> None:
    outcome = pbp("validate", "--fail-on", "never", "--format", "junit=j.xml", at=broken)
    assert outcome.code == 0
    assert "<failure" not in (broken / "j.xml").read_text("utf-8")
    assert "<system-out>" in (broken / "j.xml").read_text("utf-8")


def test_commands_follow_the_text_where_github_runs_it(pbp: Pbp, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    check_github(pbp("validate", at=broken).out)
    assert "::error" not in pbp("validate", "--format", "json", at=broken).out


def test_text_that_is_asked_for_is_text_everywhere(pbp: Pbp, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    check_text(pbp("validate", "--format", "text", at=broken).out)


LOG_COMMANDS = ("##[error]forged", "##vso[task.complete]", "x ##[stop-commands]y", "###[error]z")


@pytest.mark.parametrize("format_", FORMATS)
def test_older_commands_in_a_log_are_not_forged_either(pbp: Pbp, workspace: MakeWorkspace, format_: str) -> None:
    keys = "".join(f'"{text}": 1\n' for text in LOG_COMMANDS)
    files: dict[str, str | bytes] = {f"assessments/northam/{text}.yaml": BROKEN for text in LOG_COMMANDS}
    root = workspace({**files, FILE: f"place: northam\n{keys}"})
    outcome = pbp("validate", "--format", format_, at=root)
    assert outcome.code == 1
    assert "##" not in outcome.out
    CHECKS[format_](outcome.out)


@pytest.mark.parametrize("name", ["::error file=README.md,line=1::forged.yaml", "##[error]forged.yaml", " ::x.yaml"])
def test_a_file_s_name_begins_no_command(
    pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    root = workspace({f"assessments/northam/{name}": BROKEN})
    (tmp_path / name).write_text(BROKEN)
    for outcome in (pbp("validate", at=root / "assessments" / "northam"), pbp("validate", name, at=tmp_path)):
        text = outcome.out.split("\n::")[0] + outcome.err
        assert "PBP104" in text
        assert not re.search(r"^\s*(::|##)", text, re.MULTILINE)


def test_a_fingerprint_does_not_depend_on_the_day(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({FILE: assessment_text("northam", "2024-01-17", {}, provenance="illustrative")})
    for format_, key in (("gitlab", "fingerprint"), ("sarif", "pbpFinding/v1")):
        outs = [
            pbp("validate", "--as-of", day, "--format", format_, at=root).out for day in ("2026-11-24", "2026-11-25")
        ]
        assert outs[0] != outs[1]
        prints = [re.findall(rf'"{key}": "(\w+)"', out) for out in outs]
        assert prints[0] == prints[1] != []


def test_a_fingerprint_does_not_depend_on_the_line(pbp: Pbp, workspace: MakeWorkspace) -> None:
    def fingerprints(text: str) -> list[str]:
        out = pbp("validate", "--format", "gitlab", at=workspace({FILE: text})).out
        return [entry["fingerprint"] for entry in json.loads(out)]

    twice = BROKEN.replace("    criteria", "    stage: developing\n    criteria")
    assert fingerprints(twice) == fingerprints(f"# one\n# two\n{twice}")
    assert fingerprints(BROKEN) == fingerprints(f"\n\n\n{BROKEN}")
    others = set(fingerprints(BROKEN.replace("devloping", "develping")))
    assert len(set(fingerprints(BROKEN)) - others) == 1


def test_two_findings_of_one_kind_have_different_fingerprints(pbp: Pbp, workspace: MakeWorkspace) -> None:
    evidence = "".join("      - {title: A, link: no-such-file.pdf}\n" for _ in range(3))
    text = assessment_text("northam", "2024-01-17", {"shared-vision": "emerging"}, status="draft")
    out = pbp("validate", "--format", "gitlab", at=workspace({FILE: f"{text}    evidence:\n{evidence}"})).out
    assert len({entry["fingerprint"] for entry in json.loads(out)}) == 3


# A terminal

WIDE = f"    rationale: Die Möglichkeit 日本語 of it, see jo@example.org for more{', and so on' * 5}"
ON_SCREEN = Outcome(
    (
        Diagnostic(rules.UNKNOWN_STAGE, FILE, 2, 12, 'stage "devloping" is not a stage; did you mean "developing"?'),
        Diagnostic(rules.PERSONAL_DATA, FILE, 3, 38, "the text holds what looks like an e-mail address"),
        Diagnostic(rules.CUT_OFF, FILE, 3, 104, "the text ends before it should"),
        Diagnostic(rules.CRITERIA_OUT_OF_ORDER, FILE, 99, 1, "a line that is not there"),
        Diagnostic(rules.STRAY_FILE, "assessments/a\nb.txt", 1, 1, "this does not belong here"),
    ),
    (FILE,),
)  # fmt: skip


@pytest.mark.parametrize("width", [40, 80, 120])
def test_findings_on_a_terminal_show_the_line_and_the_place(expect_whole: Snapshot, width: int) -> None:
    lines = {FILE: ["themes:", "    stage: devloping\x1b[31m", WIDE]}
    text = findings_text(ON_SCREEN, lines, width=width, colour=False)
    assert max(map(len, text.splitlines())) <= width
    expect_whole(f"findings-{width}.txt", text)


def test_colour_is_only_colour() -> None:
    lines = {FILE: ["themes:", "    stage: devloping", WIDE]}
    coloured = findings_text(ON_SCREEN, lines, width=80, colour=True)
    assert "\x1b[1;31merror PBP104" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == findings_text(ON_SCREEN, lines, width=80, colour=False)


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminal")
def test_a_terminal_gets_the_excerpt_and_a_pipe_one_line_a_finding(broken: Path) -> None:
    import pty
    import subprocess

    parent, child = pty.openpty()
    command = [sys.executable, "-m", "pbpmaturity", "validate"]
    surroundings = {"PATH": "/usr/bin:/bin", "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "80"}
    with subprocess.Popen(command, cwd=broken, stdout=child, stderr=subprocess.PIPE, env=surroundings) as process:
        os.close(child)
        shown = b""
        while True:
            try:
                part = os.read(parent, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(parent)
    text = shown.decode().replace("\r\n", "\n")
    assert "    9 |     stage: devloping\n      |            ^\n" in text
    assert process.returncode == 1


# Comments that leave a finding out


@pytest.mark.parametrize(
    ("line", "comment", "found"),
    [
        ("    stage: devloping", " # pbp: ignore PBP104 to be mended on Friday", []),
        ("    stage: devloping", " # PBP: Ignore pbp104: to be mended on Friday", []),
        ("    stage: devloping", " # pbp: ignore PBP104", ["PBP104", "PBP502"]),
        ("    stage: devloping", " # pbp: ignore", ["PBP104", "PBP502"]),
        ("    stage: devloping", " # pbp: ignore PBP105 wrong rule", ["PBP104"]),
        ("    stage: devloping", " # pbp: ignore PBP999 no rule", ["PBP104", "PBP502"]),
        ("    stage: devloping", " # pbp: ignore PBP001 cannot be", ["PBP104", "PBP502"]),
        ("    stage: devloping", " # pbp: ignore PBP501 cannot be", ["PBP104", "PBP502"]),
        ("    stage: devloping", " # pbp: ignore PBP104, PBP114 both", ["PBP104", "PBP502"]),
        ("    stage: devloping", " #pbp: ignore PBP104 without a blank", []),
        ("    stage: devloping", " # pbp: ignroe PBP104 mistyped", ["PBP104", "PBP502"]),
        ("    stage: devloping", " # pbp: see the minutes", ["PBP104"]),
        ("    stage: devloping", " # see pbp: ignore PBP104 to be mended", ["PBP104"]),
        ("    stage: emerging", " # pbp: ignore PBP104 nothing to leave out", ["PBP501"]),
        ("    stage: emerging", " # pbp: ignore PBP120 needs a day", []),
        ("    stage: emerging", " # pbp: ignore PBP307 needs a revision", []),
    ],
)
def test_a_comment_leaves_a_finding_out(
    pbp: Pbp, workspace: MakeWorkspace, line: str, comment: str, found: list[str]
) -> None:
    text = assessment_text("northam", "2024-01-17", {"shared-vision": "emerging"}, status="draft")
    beside = text.replace("    stage: emerging", line + comment)
    above = text.replace("    stage: emerging", f"    {comment.strip()}\n{line}")
    for place in (beside, above):
        assert sorted(codes(pbp("validate", at=workspace({FILE: place})).out)) == found, place


def test_comments_above_one_another_are_all_about_the_line_below(pbp: Pbp, workspace: MakeWorkspace) -> None:
    text = assessment_text("northam", "2024-01-17", {"shared-vision": "devloping"}, status="draft")
    two = "    # pbp: ignore PBP104 one\n    # pbp: ignore PBP114 two\n    stage"
    assert codes(pbp("validate", at=workspace({FILE: text.replace("    stage", two)})).out) == []


@pytest.mark.parametrize(
    "value",
    [
        '"a # pbp: ignore PBP104 why"',
        "|\n      a\n      # pbp: ignore PBP104 why\n",
        ">-\n      # pbp: ignore PBP104 why",
        "'a # pbp: ignore PBP104 why\n      # pbp: ignore PBP104 b'",
    ],
)
def test_text_about_such_comments_is_none(pbp: Pbp, workspace: MakeWorkspace, value: str) -> None:
    text = assessment_text("northam", "2024-01-17", {"shared-vision": "devloping"}, status="draft")
    root = workspace({FILE: f"{text}    rationale: {value}\n"})
    assert codes(pbp("validate", at=root).out) == ["PBP104"]


def test_a_comment_hides_a_finding_from_validate_and_from_nothing_else(pbp: Pbp, workspace: MakeWorkspace) -> None:
    text = assessment_text("northam", "2024-01-17", {"shared-vision": "devloping # pbp: ignore PBP104 mended soon"})
    root = workspace({FILE: text})
    outcome = pbp("validate", "--select", "PBP10", at=root)
    said = "1 file checked: nothing found; 1 file stays unusable for other commands, whatever comments say\n"
    assert (outcome.code, outcome.out) == (0, said)
    assert pbp("show", "northam", at=root).code == 2


def test_what_somebody_said_cannot_be_left_out(pbp: Pbp, workspace: MakeWorkspace) -> None:
    text = assessment_text("northam", "2024-01-17", {"shared-vision": "emerging"}, status="draft")
    small = f"{text}    # pbp: ignore PBP401 we like it\n    views: {{emerging: 1, developing: 2}}\n"
    outcome = pbp("validate", at=workspace({FILE: small}))
    assert (outcome.code, codes(outcome.out)) == (1, ["PBP502", "PBP401"])
    view = "# pbp: ignore PBP404 we like it\nkind: individual-view\nid: a1\nmatrix: pbp@2023.1\n"
    outcome = pbp("validate", at=workspace({FILE: view}))
    assert (outcome.code, codes(outcome.out)) == (1, ["PBP502", "PBP404"])


def test_a_line_that_tells_what_somebody_said_is_not_shown() -> None:
    found = (Diagnostic(rules.SMALL_TALLY, FILE, 1, 1, "views counts 3 people"),)
    shown = findings_text(Outcome(found, (FILE,)), {FILE: ["views: {emerging: 3}"]}, width=80, colour=False)
    assert "emerging" not in shown


def test_comments_count_in_matrices_and_settings_too(pbp: Pbp, workspace: MakeWorkspace) -> None:
    matrix = (ROOT / "tests/examples/broken/pbp205-empty-cell/matrices/neighbourhood-2024.1.yaml").read_text("utf-8")
    noted = matrix.replace("id: teams", "id: teams # pbp: ignore PBP205 words at its ends only")
    settings = "places:\n  jan-2024: {} # pbp: ignore PBP304 under way\n"
    root = workspace({"matrices/neighbourhood-2024.1.yaml": noted, "pbp.yaml": settings})
    assert codes(pbp("validate", at=root).out) == []
    root = workspace({"matrices/neighbourhood-2024.1.yaml": matrix, "pbp.yaml": "# pbp: ignore PBP304 no\nformat: 1\n"})
    assert codes(pbp("validate", at=root).out) == ["PBP205", "PBP501"]


def test_a_comment_is_about_its_own_file(pbp: Pbp, workspace: MakeWorkspace) -> None:
    matrix = (ROOT / "tests/examples/broken/pbp205-empty-cell/matrices/neighbourhood-2024.1.yaml").read_text("utf-8")
    noted = matrix.replace("id: teams", "id: teams # pbp: ignore PBP205 words at its ends only")
    root = workspace({"matrices/a.yaml": noted, "matrices/b.yaml": matrix.replace("id: neighbourhood", "id: other")})
    out = pbp("validate", at=root).out
    assert codes(out) == ["PBP205"] and out.startswith("matrices/b.yaml:")


# Many files


@pytest.fixture
def many(workspace: MakeWorkspace) -> Path:
    """A workspace of forty Places with two assessments each, a third of them with something to find."""
    files: dict[str, str | bytes] = {}
    for number in range(40):
        place = f"place-{number}"
        for date in ("2023-01", "2024-01"):
            text = assessment_text(place, date, {"shared-vision": "emerging"}, status="draft")
            text = text.replace("emerging", "devloping # pbp: ignore PBP104 soon") if number % 7 == 0 else text
            files[f"assessments/{place}/{date}.yaml"] = text.replace("draft", "drft") if number % 3 == 0 else text
    return workspace(files)


@pytest.mark.skipif(sys.platform != "linux", reason="a second process is forked on Linux only")
@pytest.mark.filterwarnings("ignore:This process")  # the test's own process may have threads
def test_two_processes_find_what_one_finds(pbp: Pbp, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = pbp("validate", "--format", "junit", at=many)
    started: list[int] = []
    in_two = checking._in_two_processes
    monkeypatch.setattr(checking, "MANY", 50)
    monkeypatch.setattr(checking, "_has_second_core", lambda: True)
    monkeypatch.setattr(checking, "_in_two_processes", lambda chunks: started.append(len(chunks)) or in_two(chunks))
    together = pbp("validate", "--format", "junit", at=many)
    assert together == alone
    assert alone.code == 1 and started == [20]


@pytest.mark.skipif(sys.platform != "linux", reason="a second process is forked on Linux only")
@pytest.mark.filterwarnings("ignore:This process")
def test_a_process_that_is_ended_from_outside_is_a_sentence(
    pbp: Pbp, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MANY", 50)
    monkeypatch.setattr(checking, "_has_second_core", lambda: True)
    monkeypatch.setattr(checking, "_check_places", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    outcome = pbp("validate", at=many)
    assert (outcome.code, outcome.out) == (2, "")
    assert "a process was ended from outside while it was checking" in outcome.err


@pytest.mark.skipif(sys.platform != "linux", reason="a second process is forked on Linux only")
@pytest.mark.filterwarnings("ignore:This process")
def test_an_interruption_leaves_what_has_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"

    def slow(_: object, __: object, places: list[str]) -> checking.Found:
        time.sleep(0.05)
        with log.open("a") as stream:
            stream.write("x")
        return checking.Found(files=places)

    monkeypatch.setattr(checking, "_check_places", slow)
    monkeypatch.setattr(checking, "_shared", [(None, None)])
    parts = checking._in_two_processes([[str(number)] for number in range(60)])
    next(parts)
    parts.close()
    assert 1 <= len(log.read_text()) < 30


def test_an_interrupted_run_says_so(pbp: Pbp, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "_check_places", interrupted)
    outcome = pbp("validate", at=many)
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "Interrupted before all files were checked.\n")


def test_a_bar_is_shown_on_a_terminal_for_long_runs_and_goes(
    many: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checking, "_LONG", 50)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    found = checking.check_workspace(many, Thoroughness(), Paths(), progress=True)
    shown = capsys.readouterr()
    assert (found.assessments, shown.out) == (80, "")
    assert "80/80" in shown.err and "files" in shown.err
    assert shown.err.rstrip().endswith("\x1b[2K")
    assert checking.check_workspace(many, Thoroughness(), Paths(), progress=False).assessments == 80
    assert capsys.readouterr() == ("", "")
