"""YAML as a person would write it, which any reader of YAML 1.1 or 1.2 reads as it was meant."""

import json
import subprocess
from typing import Any

import pytest
from building import HOSTILE, RIVERSIDE, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.shape import said
from pbpmaturity.workspace.edit import as_read, merged
from pbpmaturity.workspace.read import read_file
from pbpmaturity.workspace.source import read
from pbpmaturity.workspace.write import entry, flow

LONG = "This is a sentence of a paragraph; it says: nothing # much, 'quoted' or \"so\". "
TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda text: not text.isspace())
PROSE = st.lists(st.sampled_from(["word", " ", "  ", "\n", "\n\n", "- ", "# ", ": ", "\u00a0", "é"]), min_size=1)
TRICKY = [
    *("no", "No", "on", "Y", "true", "null", "~", "1", "1.5", "1e3", "0x1f", "0o17", "1_000", "12:30:45", ".inf"),
    *("2024-01-17", "2024-01", "=", "<<", "- x", "? x", ": x", "x: y", "x:", "x #y", "#x", "&x", "*x", "!x", "%x"),
    *("@x", "`x`", "{x}", "[x]", "x, y", "'x'", '"x"', "|", ">", "---", "...", " x", "x ", "x\n", "\nx", "x\n y"),
    *(
        "E1",
        "e5",
        "nan",
        "NaN",
        "inf",
        "Infinity",
        ".E1",
        "1E1",
        ".5",
        ".nan",
        "-.inf",
        "+1",
        "0b1",
        "0777",
        "1_0.5",
        "1:30",
    ),
    *("https://example.org/a?b=c#d", "http://x: y", "it's", "x -", "x?", "x!", "x's", "(x)", "None", "=x", "\u00a0x"),
]


@pytest.mark.parametrize(
    ("key", "value", "lines"),
    [
        ("stage", "not-assessed", ["stage: not-assessed"]),
        ("format", "1", ["format: 1"]),
        ("date", PartialDate("2024-01"), ["date: 2024-01"]),
        ("title", "2024-01", ['title: "2024-01"']),
        ("title", "Off", ['title: "Off"']),
        ("minute", "E1", ['minute: "E1"']),
        ("minute", "nan", ['minute: "nan"']),
        ("minute", "E1 to E4", ["minute: E1 to E4"]),
        ("reviewed", "none", ["reviewed: none"]),
        ("agreed", {"by": "INF"}, ['agreed: {by: "INF"}']),
        ("link", "https://example.org/a-b_c/d.pdf?e=1", ["link: https://example.org/a-b_c/d.pdf?e=1"]),
        ("criteria", {"E1": "met", "D1": "not-met"}, ["criteria: {E1: met, D1: not-met}"]),
        ("views", {"emerging": 4}, ["views: {emerging: 4}"]),
        (
            "criteria",
            {f"E{n}": "not-met" for n in range(1, 9)},
            [
                "criteria: {E1: not-met, E2: not-met, E3: not-met, E4: not-met, E5: not-met, E6: not-met,",
                "    E7: not-met, E8: not-met}",
            ],
        ),
        ("agreed", {"by": "The Board", "minute": "item 5"}, ["agreed: {by: The Board, minute: item 5}"]),
        ("agreed", {"by": "x" * 90}, ["agreed:", "  by: >-", f"    {'x' * 90}"]),
        ("themes", {}, ["themes: {}"]),
        (
            "evidence",
            ({"title": "Section 75", "date": PartialDate("2023-03")}, {"title": "6 notes"}),
            ["evidence:", "  - title: Section 75", "    date: 2023-03", '  - title: "6 notes"'],
        ),
        (
            "amendments",
            ({"date": PartialDate("2024-05-02"), "reason": "Link mended"},),
            ["amendments:", "  - {date: 2024-05-02, reason: Link mended}"],
        ),
        ("rationale", "One.\n\nTwo.", ["rationale: >-", "  One.", "", "", "  Two."]),
        ("rationale", LONG.strip(), ["rationale: >-", f"  {LONG.strip()}"]),
        ("rationale", "a\n b", ['rationale: "a\\n b"']),
    ],
)
def test_how_it_looks(key: str, value: Any, lines: list[str]) -> None:
    assert entry(key, value) == lines


@pytest.mark.parametrize("text", [*HOSTILE, *TRICKY, LONG * 5, f"{LONG}\n\n{LONG * 3}", "x" * 300])
def test_hostile_text_comes_back_as_it_was(text: str) -> None:
    assert_comes_back(text)


@settings(deadline=None)
@given(TEXT | PROSE.map("".join).filter(str.strip))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert_comes_back(text)


def assert_comes_back(text: str) -> None:
    """Write a text wherever text may stand, and read it with our reader and with readers of YAML 1.1 and 1.2."""
    data = {
        "summary": text,
        "agreed": {"by": text},
        "evidence": ({"title": text, "link": text},),
        "amendments": ({"reason": text},),
        "themes": {"t": {"stage": "e", "rationale": text}},
    }
    document = "".join(f"{line}\n" for key, value in data.items() for line in entry(key, value))
    assert read(document.encode()).data == data
    for version in ((1, 1), (1, 2)):
        reader = YAML(typ="safe", pure=True)
        reader.version = version
        loaded = reader.load(document)
        assert (loaded["summary"], loaded["agreed"]["by"], loaded["evidence"][0]) == (
            text,
            text,
            {"title": text, "link": text},
        )


@pytest.mark.node
@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_the_reader_that_editors_use_takes_text_for_text(version: str) -> None:
    text = {f"k{number}": one for number, one in enumerate([*HOSTILE, *TRICKY]) if one.strip()}
    document = "".join(f"{line}\n" for key, value in text.items() for line in entry(key, value))
    document += f"agreed: {flow(text)}\n"
    command = ["node", "as_json.mjs", version]
    done = subprocess.run(
        command, input=document.encode(), cwd=ROOT / "tests" / "node", capture_output=True, check=True
    )
    assert json.loads(done.stdout) == {**text, "agreed": text}


def test_words_that_stand_unquoted_in_a_file_stay_so_when_something_else_is_changed() -> None:
    before = b"minute: E1\nreviewed: nan\nsummary: x\ncriteria: {E1: met}\n"
    data = read(before).data
    assert merged(before, data) == before
    assert merged(before, {**data, "summary": "z"}) == before.replace(b": x", b": z")


@pytest.mark.parametrize(
    "path",
    sorted([*(RIVERSIDE / "assessments").glob("*/*.yaml"), *(ROOT / "assessments").glob("*/*.yaml")]),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_the_shipped_assessments_written_anew_say_the_same(path: Any) -> None:
    value = read_file(path.read_bytes(), "a.yaml", Assessment).value
    document = "".join(f"{line}\n" for key, one in said(value).items() for line in entry(key, one))
    assert read(document.encode()).data == read(path.read_bytes()).data == as_read(said(value))
    assert max(len(line) for line in document.splitlines()) <= 92
