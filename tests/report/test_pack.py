"""The pack for the room: the matrix to print, to tick and to write on, with last time at the end of each theme."""

import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, UNUSABLE, MakeWorkspace, Pbp, Snapshot, assessment_text
from pages import UNSEEN, Page, hostile_workspace

from pbpmaturity.diagnostics.visible import visible

THREE_STAGES = ROOT / "tests" / "examples" / "good" / "three-stages"
FIVE_LEVELS = ROOT / "tests" / "examples" / "good" / "five-levels"


@pytest.mark.parametrize(
    ("name", "folder", "arguments"),
    [
        ("pack-three-stages.html", THREE_STAGES, ["--matrix", "walk@2024.1", "--place", "northam"]),
        ("pack-five-levels.html", FIVE_LEVELS, ["--matrix", "rungs@1"]),
        ("pack-shared-data.html", RIVERSIDE, ["shared-data", "--place", "northam"]),
        ("matrix-northam.txt", RIVERSIDE, ["--place", "northam"]),
        ("matrix-shared-data-northam.txt", RIVERSIDE, ["shared-data", "--place", "northam"]),
        ("matrix-shared-data-northam.md", RIVERSIDE, ["shared-data", "--place", "northam"]),
    ],
)
def test_whole_outputs(pbp: Pbp, expect_whole: Snapshot, name: str, folder: Path, arguments: list[str]) -> None:
    format_ = {"html": "html", "txt": "text", "md": "markdown"}[name.rpartition(".")[2]]
    outcome = pbp("matrix", *arguments, "--format", format_, at=folder)
    assert (outcome.code, outcome.err) == (0, "")
    expect_whole(name, outcome.out)


def matrix_text(version: str = "1", *, id_: str = "own", stages: str = "abc", themes: int = 2, cells: str = "") -> str:
    """Return a matrix whose stages are letters and whose themes are t1, t2, ..., each with these cells."""
    lines = [f"id: {id_}", f'version: "{version}"', "title: Ours", "stages:"]
    lines += [f"  - {{id: {letter}, name: Stage {letter.upper()}}}" for letter in stages]
    lines += ["themes:"]
    for number in range(1, themes + 1):
        lines += [f"  - id: t{number}", f"    name: Theme {number}", *([f"    {cells}"] if cells else [])]
    return "\n".join(lines) + "\n"


CRITERIA = "criteria: {a: [{id: A1, statement: We meet.}], b: [{id: B1, statement: We plan.}]}"
BASE = {
    "pbp.yaml": "matrix: own@1\nplaces:\n  northam: {name: Northam}\n  farvale: {name: Farvale}\n",
    "matrices/own.yaml": matrix_text(cells=CRITERIA),
}
OTHERS = {
    "matrices/other.yaml": matrix_text(id_="other"),
    "matrices/own-0.yaml": matrix_text("0", themes=1),
    "matrices/own-x.yaml": matrix_text("x", stages="ab"),
}
THEN = {"t1": "b", "t2": "a"}
STATED = "stated: {overall: b, source: {title: A paper}}"


def file(themes: dict[str, str] | None, date: str = "2024-01-17", matrix: str = "own@1", **more: str) -> str:
    return assessment_text("northam", date, themes, matrix=matrix, **more)


@pytest.mark.parametrize(
    ("text", "selector", "lines"),
    [
        (file(THEN), "northam", ["Last time (Jan 2024): Stage B", "Last time (Jan 2024): Stage A"]),
        (file(THEN), "northam@2024", ["Last time (Jan 2024): Stage B", "Last time (Jan 2024): Stage A"]),
        (
            file({"t1": "not-applicable"}),
            "northam",
            ["Last time (Jan 2024): Not applicable", "Last time (Jan 2024): Not assessed"],
        ),
        (
            file(None, provenance="published-summary", more=STATED),
            "northam",
            ["Last time (Jan 2024): Not published"] * 2,
        ),
        (file(THEN, status="draft"), "northam", ["Last time: No agreed assessment yet"] * 2),
        (file(THEN), "farvale", ["Last time: No agreed assessment yet"] * 2),
        (
            file(THEN, status="draft"),
            "northam@2024-01-17",
            ["Last time (Jan 2024, draft): Stage B", "Last time (Jan 2024, draft): Stage A"],
        ),
        (
            file(THEN, matrix="other@1"),
            "northam",
            ["Last time (Jan 2024): Not comparable: other@1 is another matrix"] * 2,
        ),
        (
            file({"t1": "c"}, matrix="own@0"),
            "northam",
            ["Last time (Jan 2024): Stage C", "Last time (Jan 2024): Not in own@0"],
        ),
        (
            file(THEN, matrix="own@x"),
            "northam",
            ["Last time (Jan 2024): Not comparable: own@x has other stages"] * 2,
        ),
    ],
)
def test_what_is_said_of_last_time(
    pbp: Pbp, workspace: MakeWorkspace, text: str, selector: str, lines: list[str]
) -> None:
    root = workspace({**BASE, **OTHERS, "assessments/northam/2024-01-17.yaml": text})
    assert pbp("validate", *UNUSABLE, at=root).code == 0, pbp("validate", at=root).out
    for format_ in ("text", "markdown"):
        outcome = pbp("matrix", "--place", selector, "--format", format_, at=root)
        assert outcome.code == 0, outcome.err
        shown = outcome.out.replace("\\", "")
        assert re.findall(r"^\**(Last time(?:: | \().*?)\**$", shown, re.MULTILINE) == lines
    page = Page(pbp("matrix", "--place", selector, "--format", "html", at=root).out).text
    said = re.findall(r"Last time \(look after you have judged\) (.*?) (?:2 of 2|Made by)", page)
    assert [line.partition("): " if "(" in line else "time: ")[2] in box for line, box in zip(lines, said, strict=True)]
    assert ("DRAFT" in page) == ("@2024-01-17" in selector)
    assert page.count("PUBLISHED SUMMARY") == (3 if "stated" in text else 0), "on the first page and by each theme"


@pytest.mark.parametrize(
    ("matrix", "note"),
    [
        ("own@0", "Last time was judged with own@0; this is own@1. Stages are shown theme by theme."),
        ("other@1", "this is own@1. other@1 is another matrix, so its stages are not shown."),
        ("own@x", "this is own@1. own@x has other stages, so its stages are not shown."),
    ],
)
def test_another_matrix_last_time_is_said_once(pbp: Pbp, workspace: MakeWorkspace, matrix: str, note: str) -> None:
    text = file({"t1": "b"}, matrix=matrix)
    root = workspace({**BASE, **OTHERS, "assessments/northam/2024-01-17.yaml": text})
    for format_ in ("text", "markdown", "html"):
        shown = pbp("matrix", "--place", "northam", "--format", format_, at=root).out.replace("\\", "")
        assert " ".join(shown.split()).count(note) == 1


def test_a_theme_ends_with_why_and_what_was_still_open(pbp: Pbp) -> None:
    page = Page(pbp("matrix", "10", "--place", "northam", "--format", "html", at=RIVERSIDE).out).text
    last = page[page.index("Last time (look") :]
    assert page.index("What to look for") < page.index("Stage agreed") < page.index("Last time (look")
    assert "ILLUSTRATIVE: a made-up example that describes no real Place. Northam, 15 January 2025: Emerging" in last
    assert "Down a stage. The joint analyst post was lost" in last
    assert "Arrange two days a week of analyst time with Westmere (Place Director, due 30 May 2025)" in last
    assert "Make the joint analyst post permanent" not in last, "it was dropped"


def test_nothing_of_last_time_without_a_place(pbp: Pbp, tmp_path: Path) -> None:
    for at in (RIVERSIDE, tmp_path):
        text = pbp("matrix", "--format", "html", at=at).out
        assert "ast time" not in text and "Northam" not in text and "SHA-256" not in text
        assert text.count("Made by pbp 0.0; matrix pbp@2023.1.") == 1


def test_the_first_page_shows_no_stage_of_last_time(pbp: Pbp) -> None:
    text = pbp("matrix", "--place", "northam", "--format", "html", at=RIVERSIDE).out
    cover = Page(text[: text.index("<article")]).text
    assert "Last time means Northam, 15 January 2025." in cover
    assert cover.count("Emerging") == cover.count("Maturing") == 1, "in the order of the stages"


def test_the_last_line_names_the_files(pbp: Pbp, workspace: MakeWorkspace) -> None:
    files = {
        **BASE,
        **OTHERS,
        "assessments/northam/2024-01-17.yaml": file({"t1": "b"}, matrix="own@0"),
        "templates/matrix.css.j2": "p{color:red}\n",
    }
    root = workspace(files)
    page = Page(pbp("matrix", "--place", "northam", "--format", "html", at=root).out).text
    named = re.findall(r"(\S+) \(SHA-256 ([0-9a-f]{64}) \)", page[page.index("Made by") :])
    assert [path for path, _ in named] == [
        "assessments/northam/2024-01-17.yaml",
        "matrices/own-0.yaml",
        "matrices/own.yaml",
        "pbp.yaml",
        "templates/matrix.css.j2",
    ]
    for path, digest in named:
        assert hashlib.sha256((root / path).read_bytes()).hexdigest() == digest


PACKS = {
    "shipped": {},
    "wordless": {"matrices/own.yaml": matrix_text(themes=1)},
    "seven-stages": {"matrices/own.yaml": matrix_text(stages="abcdefg", cells=CRITERIA)},
    "twenty-themes": {"matrices/own.yaml": matrix_text(themes=20, cells="descriptions: {a: We start., c: We end.}")},
    "mixed": {"matrices/own.yaml": matrix_text(cells=f"descriptions: {{a: We start., c: We end.}}\n    {CRITERIA}")},
}


@pytest.fixture(params=PACKS)
def pack(request: pytest.FixtureRequest, pbp: Pbp, workspace: MakeWorkspace) -> tuple[str, Page]:
    own = PACKS[request.param]
    root = workspace({**BASE, **own, "assessments/northam/2024-01-17.yaml": file({"t1": "b"})} if own else {})
    outcome = pbp("matrix", *(["--place", "northam"] if own else []), "--format", "html", at=root)
    assert outcome.code == 0, outcome.err
    return request.param, Page(outcome.out)


def test_a_pack_of_any_matrix_is_accessible_in_what_html_can_say(pack: tuple[str, Page]) -> None:
    _, page = pack
    assert page.all("html") == [{"lang": "en-GB"}]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("header")) == len(page.all("footer")) == 1
    assert page.all("a")[0] == {"class": "skip", "href": "#main"}
    assert all(head.get("scope") in ("col", "row", "colgroup", "rowgroup") for head in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table")) == 2 * len(page.all("article"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    targets = [attributes.get("aria-labelledby") for _, attributes in page.tags]
    targets += [(link["href"] or "").removeprefix("#") for link in page.all("a")]
    assert {target for target in targets if target} <= set(ids)


def test_a_pack_of_any_matrix_is_self_contained(pack: tuple[str, Page]) -> None:
    _, page = pack
    assert not any(page.all(tag) for tag in ("script", "link", "img", "form", "input"))
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv"))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def test_there_is_a_box_for_each_answer_and_room_to_write(pack: tuple[str, Page]) -> None:
    name, page = pack
    themes = len(page.all("article"))
    stages = {"shipped": 4, "seven-stages": 7}.get(name, 3)
    criteria = {"shipped": 148, "seven-stages": 4, "mixed": 4}.get(name, 0)
    assert themes == {"shipped": 10, "wordless": 1, "twenty-themes": 20}.get(name, 2)
    boxes = [one for one in page.all("span") if one.get("class") == "box"]
    assert len(boxes) == themes * (stages + 2) + 3 * criteria
    assert len([one for one in page.all("div") if one.get("class") == "line"]) == 9 * themes
    for words in ("Stage agreed", "Not assessed", "Not applicable", "Why (", "What some held instead", "Evidence (",
                  "Target stage", "By when", "the owner is a role or an organisation"):  # fmt: skip
        assert page.text.count(words) >= themes
    unsaid = {"wordless": 3, "seven-stages": 2 * 5, "twenty-themes": 20, "mixed": 0}
    assert page.text.count("No words for this stage.") == unsaid.get(name, 0)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_text(workspace: MakeWorkspace, pbp: Pbp, text: str) -> None:
    root = workspace(hostile_workspace(text))
    shown = " ".join(visible(text).split())
    for selector in ("northam", "northam@2023"):
        html = pbp("matrix", "--place", selector, "--format", "html", at=root).out
        page = Page(html)
        assert page.text.count(shown) >= 15
        assert not page.all("script") and not page.all("img") and not page.all("svg")
        assert all((link["href"] or "").startswith("#") for link in page.all("a"))
        assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
        assert not UNSEEN.search(html)
        for format_ in ("text", "markdown"):
            assert not UNSEEN.search(pbp("matrix", "--place", selector, "--format", format_, at=root).out)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("pack.html", "<!DOCTYPE html>"),
        ("PACK.HTM", "<!DOCTYPE html>"),
        ("pack.md", "# Place\\-based"),
        ("pack.txt", "Place-based Partnership Maturity Matrix (pbp@2023.1)\n"),
        ("pack.json", '{\n  "schema": "pbp.matrix/1"'),
    ],
)
def test_the_ending_of_the_file_tells_the_format(pbp: Pbp, tmp_path: Path, name: str, begins: str) -> None:
    outcome = pbp("matrix", "-o", str(tmp_path / name), at=tmp_path)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"wrote {(tmp_path / name).as_posix()}\n")
    assert (tmp_path / name).read_text("utf-8").startswith(begins)
    assert b"\r" not in (tmp_path / name).read_bytes()
    printed = pbp("matrix", "-o", "-", at=tmp_path)
    assert printed.out.startswith("Place-based Partnership Maturity Matrix (pbp@2023.1)\n")


def test_the_same_files_make_the_same_bytes(pbp: Pbp, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        assert pbp("matrix", "--place", "northam", "-o", str(tmp_path / name), at=RIVERSIDE).code == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--place", "nrtham"], 'there is no Place "nrtham" here; did you mean "northam"?'),
        (["--place", "northam@1999"], "Northam has no assessment in 1999"),
        (["--place", "farvale@latest"], "Farvale has no assessment yet"),
        (["--place", "northam@2023"], "the assessment of 2023-01 cannot be used"),
        (["--place", "northam", "--format", "json"], "for its stages as JSON: pbp show northam --format json"),
        (["--place", "northam", "-o", "pack.json"], "--place does not go with json"),
        (["--place", "assessments/northam/none.yaml"], 'none.yaml" is not a file'),
        (["-o", "pack.pdf"], 'the ending of "pack.pdf" does not tell the format'),
        (["-o", "matrices/own.html"], "is a place for files that reports are made from"),
        (["-o", "pbp.yaml", "--format", "html"], "is a place for files that reports are made from"),
        (["-o", "no/such.html"], "cannot be written: No such file or directory"),
        (["t9", "--place", "northam"], 'theme "t9" is not a theme of own@1'),
    ],
)
def test_what_stops_a_pack(pbp: Pbp, workspace: MakeWorkspace, arguments: list[str], said: str) -> None:
    files = {
        **BASE,
        "assessments/northam/2024-01-17.yaml": file(THEN),
        "assessments/northam/2023-01.yaml": "place: northam\n",
    }
    root = workspace(files)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    outcome = pbp("matrix", *arguments, at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_place_needs_a_workspace(pbp: Pbp, tmp_path: Path) -> None:
    outcome = pbp("matrix", "--place", "northam", at=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("pbp: there is no workspace here\n")


def test_a_file_in_no_workspace_is_looked_back_at_by_itself(pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "2024-01.yaml").write_text(assessment_text("northam", "2024-01", {"shared-data": "maturing"}), "utf-8")
    outcome = pbp("matrix", "shared-data", "--place", "2024-01.yaml", at=tmp_path)
    assert (outcome.code, "lies in no workspace" in outcome.err) == (0, True)
    assert outcome.out.endswith("\nLast time (Jan 2024): Maturing\n")
    onto = pbp("matrix", "--place", "2024-01.yaml", "-o", "2024-01.yaml", "--format", "html", at=tmp_path)
    assert onto.code == 2


def test_what_could_not_be_read_and_newer_drafts_are_said(pbp: Pbp, workspace: MakeWorkspace) -> None:
    files = {
        **BASE,
        "assessments/northam/2024-01-17.yaml": file(THEN),
        "assessments/northam/2025-01.yaml": file(THEN, "2025-01", status="draft"),
        "assessments/farvale/2024-01.yaml": "place: farvale\n",
    }
    root = workspace(files)
    told = "1 file could not be read; run pbp validate\n"
    assert pbp("matrix", "--place", "northam", at=root).err == told + "there is a newer draft: northam@2025-01\n"
    assert pbp("matrix", at=root).err == told
