"""Every kind of page that pbp makes, and every drawing in them, before the Nu HTML checker."""

import re
import shlex
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Pbp, quarterly
from nu_checker import Complaint, complaints
from pages import hostile_workspace

pytestmark = pytest.mark.node

GOOD = ROOT / "tests" / "examples" / "good"
LONG_WORD = next(text for text in HOSTILE if text.startswith("xxx"))
WORKSPACES = {
    "riverside": RIVERSIDE,
    "shipped": ROOT,
    "five-levels": GOOD / "five-levels",
    "three-stages": GOOD / "three-stages",
}
MADE = {"forty": quarterly(40)} | {
    f"hostile-{at}": hostile_workspace(text) for at, text in enumerate([*HOSTILE[:3], HOSTILE[11], LONG_WORD])
}
# A workspace, and a command that writes a page, or a folder of pages, into the folder in which it is run.
PAGES = (
    ("riverside", "report northam -o northam.html"),
    ("riverside", "report northam@first -o northam-first.html"),
    ("riverside", "report southbridge@2025 -o draft.html"),
    ("riverside", "report westmere -o gaps.html"),
    ("shipped", "report oxfordshire -o oxfordshire.html"),
    ("five-levels", "report westmere -o five-levels.html"),
    ("three-stages", "report northam -o three-stages.html"),
    ("forty", "report northam -o forty.html"),
    *((name, f"report northam -o {name}.html") for name in MADE if name != "forty"),
    ("riverside", "report northam --as-of 2026-01 --ask 'agree the targets' --assets charts -o with-charts.html"),
    ("riverside", "report northam --test community-services-example --as-of 2026-01 -o with-a-test.html"),
    ("riverside", "report northam --for public -o public.html"),
    ("riverside", "report northam --cut page -o page.html"),
    ("riverside", "report westmere --cut page --for public -o page-public.html"),
    ("shipped", "report oxfordshire --cut page -o page-oxfordshire.html"),
    ("forty", "report northam --cut page -o page-forty.html"),
    *((name, f"report northam --cut page -o page-{name}.html") for name in MADE if name != "forty"),
    ("riverside", "report northam --cut cover -o cover.html"),
    ("shipped", "report oxfordshire --cut cover -o cover-oxfordshire.html"),
    *((name, f"report northam --cut cover -o cover-{name}.html") for name in MADE if name != "forty"),
    ("riverside", "matrix --place northam -o pack.html"),
    ("riverside", "matrix shared-data --place southbridge@2025 -o pack-of-a-theme.html"),
    ("five-levels", "matrix --matrix rungs@1 -o pack-five-levels.html"),
    *((name, f"matrix --place northam@2023 -o pack-{name}.html") for name in MADE if name != "forty"),
    ("shipped", "form -o form.html"),
    ("riverside", "form northam -o form-of-northam.html"),
    ("riverside", "form southbridge -o form-with-views.html"),
    ("riverside", "form northam --participant -o participant.html"),
    ("three-stages", "form -o form-three-stages.html"),
    *((name, f"form northam -o form-{name}.html") for name in MADE if name != "forty"),
    *((name, f"form northam --participant -o participant-{name}.html") for name in MADE if name != "forty"),
)
# A block of data is not run, so the policy of what may run says nothing of it, and Chromium reads it.
DATA_BLOCK = ("Inline script violates Content Security Policy (meta tag)", '<script type="application/json"')


def test_the_checker_finds_nothing_in_any_page(pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    made = {name: workspace(files).rename(tmp_path / name) for name, files in MADE.items()}
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, command in PAGES:
        root = WORKSPACES.get(name) or made[name]
        outcome = pbp(*shlex.split(command), "--workspace", str(root), at=folder)
        assert outcome.code == 0, outcome.err
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) >= len(PAGES)
    drawings = [drawing for page in pages for drawing in drawings_of(page)]
    assert {re.split(r"[-.]", path.name)[-3] for path in drawings} == {"ladder", "history"}
    found = complaints([*pages, *sorted(folder.rglob("*.svg"))])
    assert [one for one in found if not is_about_data(one)] == []


def drawings_of(page: Path) -> list[Path]:
    """Write each drawing of a page into a file of its own, as somebody would who saves it alone."""
    written = []
    for name, drawing in re.findall(r'(?s)(?=<svg class="([\w-]+)")(<svg .*?</svg>)', page.read_text("utf-8")):
        file = page.with_name(f"{page.stem}-{name}.svg")
        file.write_text(drawing, "utf-8")
        written.append(file)
    return written


def is_about_data(one: Complaint) -> bool:
    message, extract = DATA_BLOCK
    return one.message.startswith(message) and extract in one.extract


def test_the_checker_sees_faults_of_markup_style_and_drawing(pbp: Pbp, tmp_path: Path) -> None:
    page = pbp("report", "northam", "--format", "html", at=RIVERSIDE).out
    faults = {
        "markup": ("</main>", "<p><table></main>"),
        "heading": ("<h1>", "<h1></h1><h1>"),
        "style": ("<style>", "<style>p{colour:red}"),
        "drawing": ("<circle ", '<circle radius="3" '),
        "script": ("</main>", "<script>alert(1)</script></main>"),
        "attribute": ("<table", '<table summary="x"'),
    }
    for name, (old, new) in faults.items():
        assert old in page
        (tmp_path / f"{name}.html").write_text(page.replace(old, new, 1), "utf-8")
    (tmp_path / "alone.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><circle radius="3"/></svg>', "utf-8")
    assert {one.file.split(".")[0] for one in complaints(sorted(tmp_path.iterdir()))} == {*faults, "alone"}
