"""docs/json.md names every key that is printed, with its type and whether it can be null."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from building import (
    RIVERSIDE,
    ROOT,
    MakeWorkspace,
    Pbp,
    Snapshot,
    assessment_text,
    commit_all,
    riverside_with_a_new_assessment,
    tables,
)

from pbpmaturity.workspace.shipped import shipped_matrices

PAGE = (ROOT / "docs" / "json.md").read_text("utf-8")
FILE_FORMAT = (ROOT / "docs" / "file-format.md").read_text("utf-8")
EXAMPLES = re.findall(r"`pbp ([^`]+)` in ([^\n]+?)\s+prints:\n\n```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
TYPES = {"text": str, "whole number": int, "number": float, "true or false": bool, "list": list, "object": dict}
BY_STAGE = {
    "pbp.views/1": ("themes[].tally",),
    "pbp.show/1": ("themes[].views",),
    "pbp.matrix/1": ("themes[].descriptions", "themes[].criteria"),
}
BY_PLACE = {"pbp.compare/1": ("themes[].stages",)}
SHIPPED = {
    "pbp.validate/1": [(ROOT, "validate"), (RIVERSIDE, "validate")],
    "pbp.rules/1": [(ROOT, "rules"), (ROOT, "rules PBP3")],
    "pbp.rule/1": [(ROOT, "rules PBP306"), (ROOT, "rules stray-file"), (ROOT, "rules PBP101")],
    "pbp.show/1": [
        *((ROOT, f"show oxfordshire@{year}") for year in (2023, 2024)),
        *(
            (RIVERSIDE, f"show {path.relative_to(RIVERSIDE).as_posix()}")
            for path in sorted(RIVERSIDE.glob("assessments/*/*.yaml"))
        ),
    ],
    "pbp.diff/1": [
        (ROOT, "diff oxfordshire --expect 'emerging to developing, Jan 2024'"),
        (ROOT, "diff oxfordshire"),
        *((RIVERSIDE, f"diff {place}") for place in ("northam", "southbridge", "westmere")),
    ],
    "pbp.history/1": [
        (ROOT, "history"),
        *((RIVERSIDE, f"history {place}") for place in ("northam", "southbridge", "westmere")),
    ],
    "pbp.compare/1": [(ROOT, "compare"), (RIVERSIDE, "compare --as-of 2026-01"), (RIVERSIDE, "compare")],
    "pbp.views/1": [(RIVERSIDE, f"views {place}") for place in ("northam", "southbridge", "westmere")],
    "pbp.matrix/1": [(ROOT, "matrix"), (ROOT, "matrix shared-data")],
    "pbp.actions/1": [(RIVERSIDE, "actions --as-of 2025-06")],
    "pbp.readiness/1": [
        *((RIVERSIDE, f"readiness {place} --as-of 2025-06") for place in ("northam", "southbridge", "westmere")),
        (ROOT, "readiness oxfordshire --as-of 2024-06"),
        (ROOT, "readiness oxfordshire --as-of 2022-06"),
    ],
    "pbp.delegation/1": [(ROOT, "delegation"), (ROOT, "delegation community-services")],
    "pbp.templates/1": [(ROOT, "templates"), (RIVERSIDE, "templates")],
}
THEMES = next(iter(shipped_matrices().values()))[0].theme_ids
PAIR = """
id: pair
version: "{version}"
title: A pair
stages: [{{id: low, name: Low}}, {{id: high, name: High}}]
themes: [{{id: shared-data, name: Shared data}}{more}]
"""
# What no shipped file has: a fault, a key left out there, a null that needs a file of its own.
MORE = {
    "pbp.yaml": "privacy: {all-alike: withhold}\n",
    "assessments/eastvale/2020-01.yaml": assessment_text("eastvale", "2020-01", {}),
    "assessments/eastvale/2021-01.yaml": assessment_text("eastvale", "2021-01", dict.fromkeys(THEMES, "emerging")),
    "assessments/eastvale/2022-01.yaml": assessment_text(
        "eastvale",
        "2022-01",
        dict.fromkeys(THEMES, "thriving"),
        more="agreed: {by: The board, date: 2022-02, minute: item 1}\nmethod: survey",
    )
    + "    criteria: {E1: not-met}\n    evidence: [{title: A paper}]\n    target: {stage: thriving}\n"
    + "    views: {emerging: 7}\n"
    + "    actions: [{action: Meet}]\n",
    "readiness/simple.yaml": "id: simple\ntitle: Simple\nmatrix: pbp@2023.1\n"
    "requires: {themes: {shared-data: developing}}\nattested: [{condition: Agreed, by-role: Board}]\n",
    "assessments/eastvale/2023-01.yaml": assessment_text("eastvale", "2023-01", {}),
    "assessments/eastvale/2024-01.yaml": "place: eastvale\ndate: 2024\n",
    "templates/show.md.j2": "{{ view.headlin }}",
    "templates/report.htm.j2": "",
    "matrices/pair-1.yaml": PAIR.format(version=1, more=""),
    "matrices/pair-2.yaml": PAIR.format(version=2, more=", {id: trust, name: Trust}"),
    "assessments/changing/2020-01.yaml": assessment_text("changing", "2020-01", {}),
    "assessments/changing/2021-01.yaml": assessment_text("changing", "2021-01", {}, matrix="pair@1"),
    "assessments/changing/2022-01.yaml": assessment_text("changing", "2022-01", {"trust": "high"}, matrix="pair@2"),
    "assessments/paired/2022-01.yaml": assessment_text("paired", "2022-01", {}, matrix="pair@1"),
    "assessments/farvale/2020-01.yaml": assessment_text(
        "farvale",
        "2020-01",
        provenance="published-summary",
        more="agreed: {}\nstated: {overall: emerging, source: {title: A paper}}",
    ),
}
FURTHER = {
    "pbp.validate/1": ["validate"],
    "pbp.rules/1": [],
    "pbp.rule/1": [],
    "pbp.show/1": [
        *(f"show eastvale@{year}" for year in (2020, 2021, 2022)),
        "show westmere@2023",
        "show northam@2025-01",
        "show farvale",
    ],
    "pbp.diff/1": [
        "diff eastvale@2020 2021",
        "diff eastvale@2021 2022",
        "diff eastvale@2022 2023",
        "diff eastvale --expect 'emerging to developing, 2019'",
    ],
    "pbp.history/1": ["history changing", "history farvale"],
    "pbp.compare/1": [
        "compare changing paired farvale",
        *(f"compare eastvale --as-of {year}-06" for year in (2021, 2022, 2023)),
    ],
    "pbp.views/1": [
        *(f"views eastvale@{year}" for year in (2020, 2021, 2022)),
        "views westmere@2023",
        "views northam@2025-01",
        "views farvale",
    ],
    "pbp.matrix/1": ["matrix --matrix neighbourhood@1.0"],
    "pbp.actions/1": ["actions eastvale@2022"],
    "pbp.readiness/1": [f"readiness eastvale --test simple --as-of {year}-12" for year in (2020, 2021, 2022)],
    "pbp.delegation/1": ["delegation"],
    "pbp.templates/1": ["templates"],
}


def documented(schema: str) -> dict[str, tuple[str, bool]]:
    """Return, for each key of a document, its type and whether it can be null."""
    found = {row[0]: (row[1], bool(row[2])) for row in tables(PAGE)[schema]}
    if schema == "pbp.changes/1":
        # And to pbp.diff/1 for those of a theme that moved.
        show, diff = documented("pbp.show/1"), documented("pbp.diff/1")
        names = list(show)
        for end in ("before", "after"):
            shared = names[names.index("place") : names.index("method")]
            found |= {f"assessments[].{end}.{key}": show[key] for key in shared}
        standing = {key: told for key, told in found.items() if key.startswith("places[].before.")}
        found |= {key.replace(".before.", ".after."): told for key, told in standing.items()}
        for list_ in ("since_last", "restated"):
            moved = {key.removeprefix("themes[]."): told for key, told in diff.items() if key.startswith("themes[].")}
            found |= {f"assessments[].{list_}[].{key}": told for key, told in moved.items()}
        return found
    if schema == "pbp.rule/1":
        # And to pbp.rules/1 for those of a rule.
        del found["code` to `url"]
        rule = {key.removeprefix("rules[]."): told for key, told in documented("pbp.rules/1").items() if "[]" in key}
        return found | rule
    if schema == "pbp.readiness/1":
        show = documented("pbp.show/1")
        names = list(show)
        del found["assessment.place` to `assessment.overall"]
        return found | {f"assessment.{key}": show[key] for key in names[names.index("place") : names.index("method")]}
    if schema in ("pbp.diff/1", "pbp.views/1"):
        # The page refers to pbp.show/1 for the keys of an assessment.
        show = documented("pbp.show/1")
        names = list(show)
        shared = [*names[names.index("place") : names.index("method")]]
        if found.pop("place` to `overall", None):
            return found | {key: show[key] for key in shared}
        found |= {f"{end}.{key}": show[key] for end in ("from", "to") for key in shared}
    if schema in ("pbp.history/1", "pbp.compare/1"):
        show, list_ = documented("pbp.show/1"), "assessments" if schema == "pbp.history/1" else "places"
        names = list(show)
        del found[f"{list_}[].place` to `{list_}[].overall"]
        found |= {f"{list_}[].{key}": show[key] for key in names[names.index("place") : names.index("method")]}
    return found


def printed(pbp: Pbp, command: str, at: Path) -> Any:
    arguments = [quoted or plain for quoted, plain in re.findall(r"['\"](.+?)['\"]|(\S+)", command)]
    if "--format" not in arguments:
        arguments += ["--format", "json"]
    outcome = pbp(*arguments, at=at)
    assert outcome.code in (0, 1), outcome.err
    return json.loads(outcome.out)


def walk(value: Any, schema: str, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every key below a value, as the page writes it, with what it holds."""
    if isinstance(value, list):
        for item in value:
            yield from walk(item, schema, f"{path}[]")
    elif isinstance(value, dict):
        for name, inner in value.items():
            if path in BY_STAGE.get(schema, ()):
                name = "STAGE"
            elif path in BY_PLACE.get(schema, ()):
                name = "PLACE"
            key = f"{path}.{name}".lstrip(".")
            yield key, inner
            yield from walk(inner, schema, key)


@pytest.fixture
def further(workspace: MakeWorkspace) -> Path:
    """The worked examples of docs/file-format.md, and files that have what no other has."""
    found = re.findall(r"^`([^`\n]+\.yaml)`\n\n```yaml\n(.*?)^```$", FILE_FORMAT, re.MULTILINE | re.DOTALL)
    files = {path: text for path, text in found if path != "pbp.yaml"}
    return workspace({**files, **MORE})


@pytest.mark.parametrize("schema", SHIPPED)
def test_the_keys_are_those_that_are_printed(pbp: Pbp, further: Path, schema: str) -> None:
    runs = [*SHIPPED[schema], *((further, command) for command in FURTHER[schema])]
    seen: dict[str, list[Any]] = {}
    for at, command in runs:
        document = printed(pbp, command, at)
        assert document["schema"] == schema
        for key, value in walk(document, schema):
            seen.setdefault(key, []).append(value)
    keys = documented(schema)
    assert sorted(seen) == sorted(keys)
    for key, values in seen.items():
        type_, nullable = keys[key]
        assert {type(value) for value in values if value is not None} == {TYPES[type_]}, key
        assert (None in values) == nullable, key


@pytest.mark.parametrize("schema", ["pbp.show/1", "pbp.diff/1"])
def test_the_shipped_files_alone_print_all_keys_but_those_left_out(pbp: Pbp, schema: str) -> None:
    documents = [printed(pbp, command, at) for at, command in SHIPPED[schema]]
    seen = {key for document in documents for key, _ in walk(document, schema)}
    assert set(documented(schema)) - seen <= {"stated.source.link"}


def test_there_is_an_example_of_each_document() -> None:
    schemas = [json.loads(text)["schema"] for _, _, text in EXAMPLES]
    others = {"pbp.changes/1", "pbp.export/1"}  # which other tests hold to what is printed
    assert [schema for schema in schemas if schema not in others] == list(SHIPPED)
    assert others < set(schemas)


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The example workspace with a history in which one assessment is new."""
    return riverside_with_a_new_assessment(tmp_path / "riverside")


def change_more(root: Path) -> None:
    """Amend one assessment, rewrite one, delete one and break one, and change the settings."""
    place = root / "assessments"
    amended = place / "northam" / "2024-01-17.yaml"
    told = amended.read_text("utf-8").replace("stage: emerging", "stage: developing").replace("title:", "title: The", 1)
    amended.write_text(f"{told}  - {{date: 2025-02, reason: Misheard}}\n", "utf-8")
    (place / "southbridge" / "2023-02.yaml").unlink()
    (place / "westmere" / "2024-03-14.yaml").write_text("place: [", "utf-8")
    rewritten = place / "southbridge" / "2024-02-08.yaml"
    rewritten.write_text(rewritten.read_text("utf-8").replace("reviewed: none", "reviewed: peer"), "utf-8")
    (root / "pbp.yaml").write_text("format: 1\n", "utf-8")


@pytest.fixture
def small(workspace: MakeWorkspace) -> Path:
    """A workspace with a matrix of its own, two Places on it, and two readiness tests, committed."""
    test = "id: {}\ntitle: A test\nmatrix: pair@1\nrequires: {{all-themes-at-least: high}}\n"
    test += "attested: [{{condition: Agreed, by-role: Board}}]\n"
    assessments = {
        f"assessments/{place}/{year}-01.yaml": assessment_text(
            place, f"{year}-01", {"shared-data": "low", "trust": "high", "vision": "high"}, matrix="pair@1"
        )
        for place in ("eastvale", "farvale")
        for year in (2023, 2024)
    }
    more = ", {id: trust, name: Trust}, {id: vision, name: Vision}"
    root = workspace(
        {
            **assessments,
            "pbp.yaml": "places: [\n",
            "matrices/pair.yaml": PAIR.format(version=1, more=more),
            "readiness/a.yaml": test.format("a"),
            "readiness/b.yaml": test.format("b"),
        }
    )
    commit_all(root)
    return root


def change_what_is_shared(root: Path) -> None:
    """Change a matrix, pbp.yaml and readiness tests; a Place goes, another comes."""
    (root / "pbp.yaml").write_text("places: {eastvale: {}, newvale: {}, farvale: {}}\n", "utf-8")
    matrix = root / "matrices" / "pair.yaml"
    matrix.write_text(matrix.read_text("utf-8") + "overall: minimum\n", "utf-8")
    test = root / "readiness" / "a.yaml"
    told = test.read_text("utf-8")
    test.write_text(told.replace("all-themes-at-least: high", "themes: {trust: high}"), "utf-8")
    (root / "readiness" / "b.yaml").rename(root / "readiness" / "c.yaml")
    (root / "readiness" / "c.yaml").write_text(told.replace("id: a", "id: c"), "utf-8")
    (root / "assessments" / "farvale" / "2024-01.yaml").write_text("a: [", "utf-8")


def test_the_keys_of_changes_are_those_that_are_printed(pbp: Pbp, changed: Path, small: Path) -> None:
    change_more(changed)
    document = printed(pbp, "diff --changed-since main", changed)
    change_what_is_shared(small)
    seen: dict[str, list[Any]] = {}
    for one in (document, printed(pbp, "diff --changed-since main --as-of 2024-06", small)):
        for key, value in walk(one, ""):
            seen.setdefault(key, []).append(value)
    keys = documented("pbp.changes/1")
    assert sorted(seen) == sorted(keys)
    for key, values in seen.items():
        type_, nullable = keys[key]
        assert {type(value) for value in values if value is not None} == {TYPES[type_]}, key
        assert (None in values) <= nullable, key
    assert {one["change"] for one in document["assessments"]} == {"new", "changed", "removed", "unusable"}


def test_what_has_changed_is_told_in_words(pbp: Pbp, changed: Path, expect_whole: Snapshot) -> None:
    change_more(changed)
    expect_whole("changes.txt", pbp("diff", "--changed-since", "main", at=changed).out)
    expect_whole("changes.md", pbp("diff", "--changed-since", "main", "--format", "markdown", at=changed).out)


@pytest.mark.parametrize(("command", "folder", "text"), EXAMPLES)
def test_the_examples_are_real(
    pbp: Pbp, tmp_path: Path, request: pytest.FixtureRequest, command: str, folder: str, text: str
) -> None:
    example = json.loads(text)
    if example["schema"] == "pbp.changes/1":
        assert is_part(example, printed(pbp, command, request.getfixturevalue("changed")))
        return
    at = {"the project's folder": ROOT, "`examples/riverside`": RIVERSIDE}[folder]
    if example["schema"] == "pbp.export/1":
        rows = [json.loads(line) for line in pbp(*command.split(), at=at).out.splitlines()]
        assert any(is_part(example, row) for row in rows)
        return
    if example["schema"] == "pbp.validate/1":
        at = tmp_path / "riverside"
        shutil.copytree(RIVERSIDE, at)
        spoil(at, example["diagnostics"][0])
    assert is_part(example, printed(pbp, command, at))


def spoil(root: Path, diagnostic: dict[str, Any]) -> None:
    """Write the wrong stage of the example into the line that it names."""
    path = root / diagnostic["path"]
    lines = path.read_text("utf-8").splitlines()
    at = diagnostic["line"] - 1
    assert lines[at].strip() == "stage: developing"
    lines[at] = lines[at].replace("developing", "devloping")
    path.write_text("\n".join(lines), "utf-8")


def is_part(example: Any, real: Any) -> bool:
    """Say whether an example is what was printed, with keys and items left out."""
    if isinstance(example, dict):
        return all(key in real and is_part(value, real[key]) for key, value in example.items())
    if isinstance(example, list):
        rest = iter(real)
        return all(any(is_part(item, one) for one in rest) for item in example)
    return bool(example == real)
