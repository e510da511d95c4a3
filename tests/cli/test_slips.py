"""Slips that people make, and what must not come of them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from building import UNUSABLE, MakeWorkspace, Pbp, assessment_text

from pbpmaturity.workspace.scaffold import lay_down

GOOD = assessment_text("northam", "2024-01", {"shared-data": "emerging"})
EARLIER = assessment_text("northam", "2023-01", {"shared-data": "emerging"})
TWO = {"assessments/northam/2023-01.yaml": EARLIER, "assessments/northam/2024-01.yaml": GOOD}


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("status: agreed", "status: agreed\nagreed: {by Northam Board, date: 2024-02}", "PBP101", 5, 10),
        ("status: agreed", "status: agreed\namendmints:", "PBP101", 5, 1),
        ("    stage: emerging", "    stage: emerging\n    disent:", "PBP101", 9, 5),
        ("    stage: emerging", "    stage: emerging\n    criteria: {E1 met, E2: met}", "PBP106", 9, 16),
        ("    stage: emerging", "    stage: emerging\n    views: {developing 5, maturing: 11}", "PBP104", 9, 13),
        ("    stage: emerging", "    stage: emerging\n    target: {stage: maturing, by 2026-01}", "PBP101", 9, 31),
        ("    stage: emerging", "    stage: emerging\n  shared-vison:", "PBP105", 9, 3),
    ],
)
def test_a_key_with_nothing_after_it_must_be_a_known_one(
    workspace: MakeWorkspace, pbp: Pbp, old: str, new: str, code: str, line: int, column: int
) -> None:
    root = workspace({"assessments/northam/2024-01.yaml": GOOD.replace(old, new)})
    outcome = pbp("validate", *UNUSABLE, at=root)
    assert outcome.code == 1
    assert f"2024-01.yaml:{line}:{column}: error {code}" in outcome.out
    assert outcome.out.count("PBP") == 1


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("date: 2024-01", "date: 2024\u201101", "PBP109", "it holds a non-breaking hyphen (U+2011), so type it anew"),
        ("date: 2024-01", "date: 202\uff14-01", "PBP109", "it holds a fullwidth digit four (U+FF14), so"),
        ("place: northam", "place: north\u200bam", "PBP103", "it holds a zero width space (U+200B), so type it anew"),
        ("place: northam", "place: northam\u00a0", "PBP103", "it holds a no-break space (U+00A0), so type it anew"),
    ],
)
def test_a_character_that_is_another_than_it_looks_is_named(
    workspace: MakeWorkspace, pbp: Pbp, old: str, new: str, code: str, said: str
) -> None:
    assert old in GOOD
    root = workspace({"assessments/northam/2024-01.yaml": GOOD.replace(old, new)})
    out = pbp("validate", *UNUSABLE, at=root).out
    assert f"error {code}" in out
    assert said in out


def test_nothing_is_said_of_characters_where_all_are_what_they_seem(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({"assessments/northam/2024-01.yaml": GOOD.replace("date: 2024-01", "date: 2024/01")})
    out = pbp("validate", *UNUSABLE, at=root).out
    assert "PBP109" in out
    assert "it holds" not in out


def test_known_keys_may_stand_empty(workspace: MakeWorkspace, pbp: Pbp) -> None:
    empty = "summary:\nparticipants:\n"
    inside = "    rationale:\n    criteria: {E1: , E2: met}\n  shared-vision:\n"
    root = workspace({"pbp.yaml": "# nothing\n", "assessments/northam/2024-01.yaml": empty + GOOD + inside})
    assert pbp("validate", *UNUSABLE, at=root).code == 0


@pytest.mark.parametrize(
    "name",
    [
        "2025-01-15.yml",
        "2025-01-15.yaml.txt",
        "2025-01-15.YAML",
        "2025-01-15",
        " 2025-01-15.yml",
        "2025-01-15-final.yml",
        "2025-1-15.yaml",
        "2025-01-15 (1).yaml",
        "15-01-2025.yaml",
    ],
)
def test_a_misnamed_newest_file_is_not_passed_over(workspace: MakeWorkspace, pbp: Pbp, name: str) -> None:
    root = workspace({**TWO, f"assessments/northam/{name}": assessment_text("northam", "2025-01-15", {})})
    for verb in (["show", "northam"], ["diff", "northam", "--expect", "emerging to emerging"]):
        outcome = pbp(*verb, at=root)
        assert (outcome.code, outcome.out) == (2, "")
        assert f"assessments/northam/{name}:" in outcome.err
        assert "error PBP016" in outcome.err or "error PBP301" in outcome.err
    assert pbp("show", "northam@2024", at=root).code == 0


def test_a_place_whose_folder_is_misnamed_is_not_denied(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({"pbp.yaml": "places:\n  northam: {}\n", "assessments/Northam/2024-01.yaml": GOOD})
    for verb in (["show", "northam"], ["show", "Northam"], ["diff"], ["show", "assessments/Northam/2024-01.yaml"]):
        outcome = pbp(*verb, at=root)
        assert (outcome.code, outcome.out) == (2, "")
        assert "assessments/Northam:1:1: error PBP304" in outcome.err


@pytest.mark.parametrize("name", ["assessments", "matrices", "templates"])
def test_a_file_where_a_folder_belongs_is_told_of(workspace: MakeWorkspace, pbp: Pbp, name: str) -> None:
    root = workspace({"pbp.yaml": "format: 1\n", **(TWO if name != "assessments" else {})})
    if name == "assessments":
        (root / name).rmdir()
    (root / name).write_text("x")
    if name == "templates":
        outcome = pbp("show", "northam", "--format", "markdown", at=root)
        assert outcome.code == 2 and "templates cannot be read" in outcome.err
    else:
        assert f"{name}:1:1: error PBP016" in pbp("validate", at=root).out


def test_a_backup_is_not_to_be_renamed_over_the_original(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({**TWO, "assessments/northam/2024-01.yaml~": GOOD})
    assert "2024-01.yaml is there too, so if this is a copy delete it" in pbp("validate", at=root).out
    assert pbp("show", "northam", at=root).code == 0


def test_a_claim_is_read_in_the_words_of_the_matrix_of_its_time(workspace: MakeWorkspace, pbp: Pbp) -> None:
    matrix = (
        "id: own\nversion: '1'\ntitle: Own\nstages: [{id: a, name: A}, {id: b, name: B}]\nthemes: [{id: t, name: T}]\n"
    )
    now = assessment_text("northam", "2025-01", {"t": "a"}, matrix="own@1")
    root = workspace({**TWO, "matrices/own.yaml": matrix, "assessments/northam/2025-01.yaml": now})
    outcome = pbp("diff", "northam", "--expect", "emerging to emerging, 2024", at=root)
    assert (outcome.code, "is not settled" in outcome.out) == (1, True)


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_report_to_stdout_by_name_replaces_nothing(workspace: MakeWorkspace) -> None:
    root = workspace(TWO)
    pbp = f"{sys.executable} -m pbpmaturity report northam -o /dev/stdout --format markdown"
    shell = f"echo old > log.md; {pbp} >> log.md; {pbp} | head -1; {pbp.replace('/dev/stdout', '-')} | head -1"
    done = subprocess.run(["bash", "-c", shell], cwd=root, capture_output=True, text=True)
    assert done.stdout.count("# Northam: maturity self-assessment") == 2, done.stderr
    assert (root / "log.md").read_text("utf-8").startswith("old\n# Northam")


def test_a_loose_file_is_not_overwritten_by_its_own_report(pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(GOOD)
    assert pbp("report", "./one.md", "-o", "one.md", at=tmp_path).code == 2
    assert (tmp_path / "one.md").read_text() == GOOD
    (tmp_path / "loop.html").symlink_to(tmp_path / "loop.html")
    outcome = pbp("report", "./one.md", "-o", "loop.html", at=tmp_path)
    assert outcome.code == 2 and "bug" not in outcome.err


def test_a_misnamed_folder_is_told_of(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({**TWO, "assessments/South Am/2025-01.yaml": GOOD})
    assert "1 file could not be read; run pbp validate" in pbp("show", "northam", at=root).err


def test_a_copy_is_not_to_be_renamed_over_the_original(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({**TWO, "assessments/northam/2024-01 - Copy.yaml": GOOD})
    said = pbp("validate", at=root).out
    assert "2024-01 - Copy.yaml:2:7: error PBP301" in said and "if this is a copy delete it" in said
    assert "2024-01 - Copy.yaml:2:7: error PBP302" in said


def test_a_merge_conflict_is_named(workspace: MakeWorkspace, pbp: Pbp) -> None:
    text = GOOD.replace("status: agreed", "<<<<<<< HEAD\nstatus: agreed\n=======\nstatus: draft\n>>>>>>> other")
    said = pbp("validate", at=workspace({"assessments/northam/2024-01.yaml": text})).out
    assert "2024-01.yaml:4:1: error PBP001 a merge conflict is not settled" in said


def test_characters_that_cannot_be_seen_are_spelled_out(workspace: MakeWorkspace, pbp: Pbp) -> None:
    text = GOOD.replace("status: agreed", "status: agreed\u200b")
    said = pbp("validate", at=workspace({"assessments/northam/2024-01.yaml": text})).out
    assert 'status: "agreed\\u200b" is not known; did you mean "agreed"?' in said


@pytest.mark.parametrize(
    "target",
    [
        "assessments/northam/2023-01.yaml",
        "pbp.yaml",
        "matrices/new.html",
        "assessments/northam/r.html",
        ".gitattributes",
        "templates/report.html",
        "link.html",
    ],
)
def test_a_report_is_never_written_over_what_reports_are_made_from(
    workspace: MakeWorkspace, pbp: Pbp, target: str
) -> None:
    root = workspace({**TWO, "pbp.yaml": "format: 1\n", ".gitattributes": "x"})
    (root / "link.html").symlink_to(root / "assessments/northam/2024-01.yaml")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    outcome = pbp("report", "northam", "-o", target, "--format", "html", at=root)
    assert outcome.code == 2
    assert "is a place for files that reports are made from, so nothing was written" in outcome.err
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_crash_while_writing_leaves_the_old_file(
    workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(TWO)
    (root / "r.md").write_text("old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    outcome = pbp("report", "northam", "-o", "r.md", at=root)
    assert outcome.code == 2
    assert "cannot be written: No space left on device" in outcome.err
    assert (root / "r.md").read_text() == "old"
    assert sorted(path.name for path in root.iterdir()) == ["assessments", "r.md"]


def test_a_file_that_something_holds_open_for_a_moment_is_waited_for(
    workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(TWO)
    real, tries = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        tries.append(target)
        if len(tries) < 3:
            error = PermissionError(13, "in use")
            error.winerror = 32  # type: ignore[attr-defined]
            raise error
        return real(self, target)

    monkeypatch.setattr("pathlib.Path.replace", replace)
    monkeypatch.setattr("time.sleep", lambda _: None)
    assert pbp("report", "northam", "-o", "r.md", at=root).code == 0
    assert len(tries) == 3 and (root / "r.md").exists()


def test_after_a_change_of_matrix_the_report_stands_alone_and_says_so(workspace: MakeWorkspace, pbp: Pbp) -> None:
    matrix = (
        "id: own\nversion: '1'\ntitle: Own\nstages: [{id: a, name: A}, {id: b, name: B}]\nthemes: [{id: t, name: T}]\n"
    )
    now = assessment_text("northam", "2025-01", {"t": "a"}, matrix="own@1")
    root = workspace({**TWO, "matrices/own.yaml": matrix, "assessments/northam/2025-01.yaml": now})
    outcome = pbp("report", "northam", at=root)
    assert outcome.code == 0
    note = "Not compared with the one before: 2024-01 uses pbp@2023.1 and 2025-01 uses own@1"
    assert note in outcome.out.replace("\\", "")
    assert pbp("report", "northam", "--since", "2024", at=root).code == 2


def test_a_stage_not_published_is_not_called_not_assessed(workspace: MakeWorkspace, pbp: Pbp) -> None:
    stated = assessment_text(
        "northam",
        "2023-01",
        provenance="published-summary",
        more="stated: {overall: emerging, source: {title: A paper}}",
    )
    root = workspace({**TWO, "assessments/northam/2023-01.yaml": stated})
    text = pbp("diff", "northam", at=root).out
    assert "PUBLISHED SUMMARY (January 2023): " in text
    row = next(line for line in text.splitlines() if line.startswith("Shared data"))
    assert row.split("  ")[0] == "Shared data and information"
    assert "Not published" in row and "Emerging" in row and "Not comparable" in row


def test_short_stage_names_cut_no_words(workspace: MakeWorkspace, pbp: Pbp) -> None:
    matrix = (
        "id: own\nversion: '1'\ntitle: Own\nstages: [{id: x, name: X}, {id: y, name: Y}]\n"
        "themes: [{id: t, name: T}, {id: u, name: U}]\n"
    )
    one = assessment_text("northam", "2025-01", {"t": "not-applicable"}, matrix="own@1")
    root = workspace({"matrices/own.yaml": matrix, "assessments/northam/2025-01.yaml": one})
    text = pbp("show", "northam", at=root).out
    assert "(not applicable)" in text and "(not assessed)" in text


def test_long_words_are_folded_and_not_cut(workspace: MakeWorkspace, pbp: Pbp) -> None:
    address = "https://example.org/" + "x" * 150
    action = f'    actions:\n      - {{action: "{address}", owner: "{"o" * 120}"}}\n'
    text = pbp("show", "northam", at=workspace({"assessments/northam/2024-01.yaml": GOOD + action})).out
    assert "…" not in text
    assert address in "".join(text.split())


def test_an_overall_stage_that_is_not_settled_says_so_wherever_it_stands(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(TWO)
    for verb in (["show", "northam", "--format", "markdown"], ["diff", "northam"], ["report", "northam"]):
        rows = [line for line in pbp(*verb, at=root).out.splitlines() if "Overall" in line and "Emerging" in line]
        assert rows and all("Emerging so far" in row for row in rows)
    assert "between Emerging and Thriving" in " ".join(pbp("diff", "northam", at=root).out.split())


def test_claims_are_checked_one_at_a_time(pbp: Pbp) -> None:
    outcome = pbp("diff", "oxfordshire", "--expect", "emerging to developing", "--expect", "emerging to thriving")
    assert outcome.code == 2
    assert "--expect is given more than once" in outcome.err


def test_a_newer_draft_is_told_of(pbp: Pbp, tmp_path: Path) -> None:
    lay_down(tmp_path / "w", example=True)
    outcome = pbp("show", "southbridge", at=tmp_path / "w")
    assert "there is a newer draft: southbridge@2025-02-06" in outcome.err
    for verb in (["show", "southbridge@2024"], ["diff", "southbridge"], ["report", "southbridge@latest"]):
        assert "there is a newer draft" in pbp(*verb, at=tmp_path / "w").err
    assert "newer draft" not in pbp("show", "southbridge@2025", at=tmp_path / "w").err


def test_a_path_beside_the_workspace_is_not_taken_for_one_inside(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(TWO)
    desk = root.parent / "desk"
    desk.mkdir()
    (desk / "2024-01.yaml").write_text(GOOD)
    assert pbp("show", "../desk/2024-01.yaml", at=root).code == 0
    assert pbp("validate", *UNUSABLE, "../desk/2024-01.yaml", at=root).code == 0


def test_findings_of_every_verb_are_named_from_here(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({**TWO, "assessments/northam/2025-01.yaml": "place: ["})
    here = root / "assessments"
    assert "  northam/2025-01.yaml:1:9: error PBP001" in pbp("show", "northam", at=here).err
    below = pbp("validate", *UNUSABLE, "--workspace", f"../{root.parent.name}/workspace", at=root.parent)
    assert below.out.startswith("workspace/assessments/northam/2025-01.yaml:1:9")


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n" + "%\n" * 1_000,
        "\n".join(f"k{number}: v" for number in range(10_001)),
        GOOD + "    criteria: {" + ", ".join(f"Q{number}: met" for number in range(9_000)) + "}\n",
        GOOD + "".join(f"  theme-{number}: {{stage: emerging}}\n" for number in range(4_000)),
        GOOD + "participants: [" + ", ".join("x" for _ in range(18_000)) + "]\n",
    ],
    ids=["percent", "keys", "criteria", "themes", "items"],
)
def test_no_file_keeps_anybody_waiting(workspace: MakeWorkspace, text: str) -> None:
    root = workspace({"assessments/northam/2024-01.yaml": text})
    command = [sys.executable, "-m", "pbpmaturity", "validate"]
    # The bound is there to end a hang, a hundred times what the file takes.
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert 1 <= done.stdout.count("error PBP") <= 101


@pytest.mark.parametrize("name", ["[key]", "x"])
def test_an_odd_key_is_a_finding(workspace: MakeWorkspace, pbp: Pbp, name: str) -> None:
    root = workspace({"assessments/northam/2024-01.yaml": f'"{name}": x\n{GOOD}'})
    assert f'2024-01.yaml:1:1: error PBP101 key "{name}" is not known here' in pbp("validate", at=root).out


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_links_in_a_circle_and_out_of_the_workspace(workspace: MakeWorkspace, pbp: Pbp, tmp_path: Path) -> None:
    root = workspace(TWO)
    (root / "assessments/northam/2025-01.yaml").symlink_to(root / "assessments/northam/2026-01.yaml")
    (root / "assessments/northam/2026-01.yaml").symlink_to(root / "assessments/northam/2025-01.yaml")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "m.yaml").write_text("id: m\n")
    (root / "matrices").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "settings.yaml").write_text("system: x\n")
    (root / "pbp.yaml").symlink_to(tmp_path / "settings.yaml")
    said = pbp("validate", at=root).out
    assert "assessments/northam/2025-01.yaml:1:1: error PBP016" in said
    assert "matrices:1:1: error PBP016" in said and "pbp.yaml:1:1: error PBP016" in said
    (root / "templates").mkdir()
    (tmp_path / "secret.j2").write_text("secret")
    (root / "templates" / "report.md.j2").symlink_to(tmp_path / "secret.j2")
    (root / "assessments/northam/2025-01.yaml").unlink()
    (root / "assessments/northam/2026-01.yaml").unlink()
    outcome = pbp("report", "northam", at=root)
    assert outcome.code == 2 and "it leads outside the workspace" in outcome.err


def test_a_folder_that_cannot_be_opened_is_no_green_run(
    workspace: MakeWorkspace, pbp: Pbp, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace(TWO)
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "northam":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr("os.scandir", scandir)
    outcome = pbp("validate", at=root)
    assert outcome.code == 1
    fault = "assessments/northam:1:1: error PBP013 the folder cannot be opened (Permission denied)"
    assert fault in outcome.out
    for verb in (["show", "northam"], ["diff"], ["diff", "--expect", "emerging to emerging, 2024"]):
        shown = pbp(*verb, at=root)
        assert (shown.code, shown.out) == (2, "")
        assert fault in shown.err


def test_notes_beside_the_assessments_stop_nothing_but_validate(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace({**TWO, "assessments/northam/2025-01.txt": "notes"})
    outcome = pbp("show", "northam", at=root)
    assert outcome.code == 0
    assert outcome.err == ""
    assert pbp("validate", at=root).code == 1


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize(("redirect", "code"), [(">&-", 0), ("2>&-", 0), (">&- 2>&-", 0)])
def test_a_closed_stream_is_no_bug(redirect: str, code: int) -> None:
    shell = f"{sys.executable} -m pbpmaturity show oxfordshire {redirect}"
    assert subprocess.run(["sh", "-c", shell], capture_output=True).returncode == code


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be deleted there")
def test_a_deleted_folder_is_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    shell = f"rmdir {folder} && {sys.executable} -m pbpmaturity validate"
    done = subprocess.run(["sh", "-c", shell], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and done.stderr.startswith("pbp: ")


def test_a_name_too_long_for_the_disk_is_a_sentence(pbp: Pbp, tmp_path: Path) -> None:
    for arguments in (["init", "x" * 300], ["show", "x/" + "y" * 300], ["validate", "z" * 300]):
        outcome = pbp(*arguments, at=tmp_path)
        assert outcome.code == 2, outcome.err


@pytest.mark.parametrize(
    "template",
    ["{{ cycler() }}", "{% for a in [1] %}" * 30 + "{% endfor %}" * 30, "{{ 'x' * 2 }}", "{{ 2 ** 65 }}"],
)
def test_no_template_is_a_bug_of_ours(workspace: MakeWorkspace, pbp: Pbp, template: str) -> None:
    outcome = pbp("report", "northam", at=workspace({**TWO, "templates/report.md.j2": template}))
    assert outcome.code == 2
    assert "templates/report.md.j2" in outcome.err


def test_stage_names_claims_and_file_names_hide_nothing(workspace: MakeWorkspace, pbp: Pbp) -> None:
    matrix = (
        'id: own\nversion: "1"\ntitle: Own\nstages: [{id: x, name: "X\\e[31m"}, {id: y, name: Y}]\n'
        "themes: [{id: t, name: T}]\n"
    )
    files = {
        "matrices/m\x1b[31m.yaml": matrix,
        "assessments/northam/2023-01.yaml": assessment_text("northam", "2023-01", {"t": "x"}, matrix="own@1"),
        "assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", {"t": "y"}, matrix="own@1"),
    }
    root = workspace(files)
    for verb in (["diff", "northam", "--expect", "y to y"], ["show", "northam@2023"], ["report", "northam"]):
        for format_ in ("markdown", "json", "html") if verb[0] == "report" else ("text", "markdown", "json"):
            if verb[0] == "report" and format_ == "json":
                continue
            outcome = pbp(*verb, "--format", format_, at=root)
            assert outcome.code in (0, 1), outcome.err
            assert "\x1b" not in outcome.out
    said = json.loads(pbp("diff", "northam", "--expect", "y to y", "--format", "json", at=root).out)
    assert said["expect"]["reason"] == "the files show X\x1b[31m to Y"


def test_the_hash_is_of_the_bytes_on_disk(workspace: MakeWorkspace, pbp: Pbp) -> None:
    import hashlib

    data = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    root = workspace({"assessments/northam/2024-01.yaml": data})
    assert hashlib.sha256(data).hexdigest() in pbp("report", "northam", at=root).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "--site", "-"), "a folder of files cannot be printed"),
        (("report", "northam", "--assets", "-"), "a folder of files cannot be printed"),
        (("report", "--site", ""), "no folder is named"),
        (("report", "northam", "--assets", " "), "no folder is named"),
        (("report", "northam", "-o", ""), "-o names no file"),
        (("report", "northam", "--format", "html", "-o", ""), "-o names no file"),
        (("report", "northam", "--format", "docx", "-o", "."), "-o names no file"),
        (("matrix", "--format", "html", "-o", ""), "-o names no file"),
    ],
)
def test_what_names_no_place_to_write_to(
    workspace: MakeWorkspace, pbp: Pbp, arguments: tuple[str, ...], said: str
) -> None:
    root = workspace(TWO)
    before = sorted(root.rglob("*"))
    outcome = pbp(*arguments, at=root)
    assert (outcome.code, outcome.out) == (2, "") and said in outcome.err
    assert sorted(root.rglob("*")) == before


def test_charts_may_lie_beside_the_settings(workspace: MakeWorkspace, pbp: Pbp) -> None:
    root = workspace(TWO)
    assert pbp("report", "northam", "--assets", ".", at=root).code == 0
    assert list(root.glob("northam-*-stages.svg"))


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("report", "--site", "site"), "choose another place"),
        (("report", "northam", "--assets", "charts"), "choose another place"),
        (
            ("templates", "copy", "page.md.j2"),
            "choose another place with --workspace, or let files be written to this one",
        ),
        (("export", "-o", "tables"), "choose another place with -o"),
        (("report", "northam", "-o", "r.md"), "choose another place with -o"),
    ],
)
@pytest.mark.parametrize("has_templates", [False, True])
def test_where_nothing_may_be_written_only_options_that_there_are_get_named(
    workspace: MakeWorkspace,
    pbp: Pbp,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    hint: str,
    has_templates: bool,
) -> None:
    root = workspace({**TWO, "pbp.yaml": "format: 1\n", **({"templates/show.md.j2": "x"} if has_templates else {})})

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    for name in ("tempfile.mkdtemp", "tempfile.mkstemp", "pathlib.Path.mkdir"):
        if not (has_templates and name == "pathlib.Path.mkdir"):
            monkeypatch.setattr(name, refuse)
    outcome = pbp(*arguments, at=root)
    assert outcome.code == 2
    assert "cannot be written: Permission denied\n" in outcome.err and outcome.err.endswith(f"\n  {hint}\n")


@pytest.mark.parametrize(
    ("arguments", "choices"),
    [
        (("report", "northam", "--cut", "foo"), "'full', 'page', 'slides', 'cover'"),
        (("validate", "--fail-on", "foo"), "'error', 'warning', 'never'"),
        (("export", "--format", "foo"), "'csv', 'xlsx', 'json', 'parquet'"),
        (("show", "northam", "--format", "foo"), "'text', 'json', 'markdown'"),
    ],
)
def test_a_word_that_an_option_does_not_know(pbp: Pbp, arguments: tuple[str, ...], choices: str) -> None:
    outcome = pbp(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.endswith(f"\nError: Invalid value for '{arguments[-2]}': 'foo' is not one of {choices}.\n")


def test_a_matrix_with_more_faults_than_are_listed_is_judged_no_further(workspace: MakeWorkspace, pbp: Pbp) -> None:
    twice = "{s: [{id: A, statement: x}, {id: A, statement: x}], zz: [{id: A, statement: y}]}"
    stages = "".join(f"  - {{id: s{number % 2}, name: Stage {number}}}\n" for number in range(60))
    themes = "".join(f"  - {{id: t, name: Theme {number}, criteria: {twice}}}\n" for number in range(60))
    matrix = f"id: m\nversion: '1'\ntitle: M\nstages:\n{stages}themes:\n{themes}"
    outcome = pbp("validate", at=workspace({"matrices/m.yaml": matrix}))
    assert outcome.code == 1
    assert 100 <= outcome.out.count("error PBP") <= 101
