"""No output, and no two together, tell a number that pbp.yaml lets nobody see, nor what one to four people chose."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from building import Pbp, assessment_text

import pbpmaturity

STAGES = ("emerging", "developing", "maturing", "thriving")
MATRIX = f"""\
id: small
version: 1
title: Small
stages: [{", ".join(f"{{id: {stage}, name: {stage.capitalize()}}}" for stage in STAGES)}]
themes: [{{id: a, name: Aims}}, {{id: b, name: Boards}}, {{id: c, name: Care}}]
"""
Counts = tuple[int, int, int, int]
World = tuple[Counts, Counts, Counts]
# The same may be seen of all: of the first theme "Emerging or Developing: 4, Maturing: 9", of the second nothing, and
# of the third "Maturing or Thriving: 5". Which of the second is alike, of too few, or too thin does not matter.
WORLDS: tuple[World, ...] = (
    ((1, 3, 9, 0), (0, 13, 0, 0), (8, 0, 3, 2)),
    ((3, 1, 9, 0), (2, 1, 0, 0), (8, 0, 4, 1)),
    ((2, 2, 9, 0), (9, 0, 0, 1), (8, 0, 3, 2)),
    ((1, 3, 9, 0), (0, 0, 0, 7), (8, 0, 4, 1)),
)
# As those, but for what may be seen: if outputs did not tell these apart, they would tell nothing at all.
OTHERS: tuple[World, ...] = (
    ((4, 0, 9, 0), (0, 13, 0, 0), (8, 0, 3, 2)),
    ((1, 3, 10, 0), (0, 13, 0, 0), (8, 0, 3, 2)),
)
# By theme and stage, what nobody may work out.
HIDDEN = ((0, 0), (0, 1), (1, 0), (1, 1), (1, 3), (2, 2), (2, 3))
SETTINGS = "matrix: small@1\nprivacy: {fewest: 8, smallest-cell: 3, all-alike: withhold}\n"

SHOWN = {
    "show": "show northam@2025-01",
    "show, Markdown": "show northam@2025-01 --format markdown",
    "show, JSON": "show northam@2025-01 --format json",
    "views": "views northam@2025-01",
    "views, Markdown": "views northam@2025-01 --format markdown",
    "views, JSON": "views northam@2025-01 --format json",
    "report": "report northam@2025-01",
    "report, HTML": "report northam@2025-01 --format html",
    "report for the public": "report northam@2025-01 --for public --format html",
    "cover": "report northam@2025-01 --cut cover",
    "page, Markdown": "report northam@2025-01 --cut page",
    "form": "form northam",
    "questions": "form northam --questions",
    "pack": "matrix --place northam --format html",
    "diff": "diff northam --format json",
    "history": "history northam --format json",
    "compare": "compare northam westmere --format json",
    "actions": "actions --as-of 2026-01-01 --format json",
    "export, JSON": "export --format json",
}
WRITTEN = {
    "report, Word": "report northam@2025-01 -o FOLDER/r.docx",
    "page, Word": "report northam@2025-01 --cut page -o FOLDER/p.docx",
    "slides": "report northam@2025-01 --cut slides -o FOLDER/s.pptx",
    "site": "report --site FOLDER/site",
    "export, CSV": "export -o FOLDER/tables",
    "export, Excel": "export -o FOLDER/tables.xlsx",
    "export, Parquet": "export --format parquet -o FOLDER/parquet",
}


def laid(folder: Path, world: World) -> Path:
    """Lay down a workspace whose files hold the tallies of a world as they were counted."""
    views = [", ".join(f"{stage}: {n}" for stage, n in zip(STAGES, counts, strict=True) if n) for counts in world]
    judged = zip("abc", ("developing", "maturing", "emerging"), views, strict=True)
    themes = "".join(f"  {theme}: {{stage: {stage}, views: {{{tally}}}}}\n" for theme, stage, tally in judged)

    def written(place: str, date: str, themes: str, **more: str) -> str:
        return assessment_text(place, date, None, matrix="small@1", **more) + f"themes:\n{themes}"

    rated = "  a: {stage: emerging}\n  b: {stage: emerging}\n  c: {stage: emerging}\n"
    files = {
        "pbp.yaml": SETTINGS,
        "matrices/small.yaml": MATRIX,
        "assessments/northam/2024-01.yaml": written("northam", "2024-01", rated),
        "assessments/northam/2025-01.yaml": written("northam", "2025-01", themes),
        "assessments/northam/2026-01.yaml": written("northam", "2026-01", themes, status="draft"),
        "assessments/westmere/2024-01.yaml": written("westmere", "2024-01", rated),
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def outputs(pbp: Pbp, folder: Path, world: World) -> Mapping[str, str]:
    """Return everything that a workspace gives out, by name."""
    root, out = laid(folder / "workspace", world), folder / "out"
    out.mkdir()
    found = {}
    for name, command in {**SHOWN, **WRITTEN}.items():
        outcome = pbp(*command.replace("FOLDER", out.as_posix()).split(), at=root)
        assert outcome.code == 0, (name, outcome.err)
        found[name] = plain(outcome.out + outcome.err.replace(folder.as_posix(), ""))
    for path in sorted(out.rglob("*")):
        if path.is_file():
            found[path.relative_to(out).as_posix()] = plain("".join(texts_in(path)))
    opened = pbpmaturity.load(root)
    found["Python, show"] = plain(repr(pbpmaturity.show(opened, "northam@2025-01")))
    found["Python, assessments"] = plain(repr([opened.assessments(place) for place in opened.places]))
    found["Python, movement"] = plain(repr(pbpmaturity.movement(opened, "northam")))
    found["Python, tables"] = plain(repr([table.columns for table in pbpmaturity.tables(opened).values()]))
    return found


def texts_in(path: Path) -> Iterator[str]:
    if path.suffix == ".parquet":
        import pyarrow.parquet

        yield repr(pyarrow.parquet.read_table(path).to_pylist())
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name).decode("utf-8", "replace") for name in sorted(archive.namelist()))
    else:
        yield path.read_bytes().decode("utf-8", "replace")


def plain(text: str) -> str:
    """Return an output without the marks of the files that it rests on, which differ with every byte of them."""
    return re.sub(r"\b[0-9a-f]{12,64}\b", "(mark of a file)", text)


def test_whoever_has_any_two_outputs_cannot_work_out_what_is_hidden(pbp: Pbp, tmp_path: Path) -> None:
    worlds = enumerate((*WORLDS, *OTHERS))
    seen = {world: outputs(pbp, tmp_path / str(number), world) for number, world in worlds}
    names = list(seen[WORLDS[0]])
    assert len(names) > 30
    for one, other in combinations_with_replacement(names, 2):
        for world in WORLDS:
            both = seen[world][one], seen[world][other]
            possible = [like for like in seen if (seen[like][one], seen[like][other]) == both]
            for theme, stage in HIDDEN:
                assert len({like[theme][stage] for like in possible}) > 1, (one, other, theme, stage)
    require_what_may_be_seen(seen)


def require_what_may_be_seen(seen: Mapping[World, Mapping[str, str]]) -> None:
    """Fail if outputs hide what they show: they would tell nothing then, whatever was in the files."""
    told_apart = {name for name in seen[WORLDS[0]] if len({seen[world][name] for world in seen}) == 3}
    assert {
        "show",
        "show, JSON",
        "views",
        "views, JSON",
        "report",
        "report, HTML",
        "form",
        "export, JSON",
    } <= told_apart
    assert {"r.docx", "tables/views.csv", "tables.xlsx", "Python, show", "Python, tables"} <= told_apart
    assert {"report for the public", "history", "compare", "actions", "questions", "pack"}.isdisjoint(told_apart)
    for name in ("show", "views", "report", "report, HTML", "r.docx", "form", "tables/views.csv"):
        assert "Emerging or Developing" in seen[WORLDS[0]][name], name
    assert '"emerging or developing": 4' in seen[WORLDS[0]]["views, JSON"]


@pytest.mark.parametrize("world", WORLDS)
def test_what_import_writes_holds_no_more_than_is_shown(pbp: Pbp, tmp_path: Path, world: World) -> None:
    root = laid(tmp_path / "workspace", world)
    for path in root.glob("assessments/northam/202[56]-01.yaml"):
        path.unlink()
    people = max(sum(counts) for counts in world)
    columns = [[stage for stage, n in zip(STAGES, counts, strict=True) for _ in range(n)] for counts in world]
    rows = [[column[row] if row < len(column) else "" for column in columns] for row in range(people)]
    sheet = tmp_path / "sent.csv"
    sheet.write_text("\n".join([",".join("abc"), *(",".join(row) for row in rows)]), "utf-8")
    outcome = pbp("import", str(sheet), "--place", "northam", "--date", "2025-01", "--yes", at=root)
    assert outcome.code == 0, outcome.err
    text = (root / "assessments/northam/2025-01.yaml").read_text("utf-8")
    assert re.findall(r"  ([abc]):\n    views: (.*)", text) == [
        ("a", "{emerging or developing: 4, maturing: 9}"),
        ("c", "{emerging: 8, maturing or thriving: 5}"),
    ]
    assert outcome.out.splitlines() == [
        "Aims    Emerging or Developing: 4, Maturing 9",
        "Boards  no tally that may be seen",
        "Care    Emerging 8, Maturing or Thriving: 5",
    ]
    checked = pbp("validate", "--select", "PBP4", at=root)
    assert checked.code == 0, checked.out
