"""Bytes to data and positions; what is refused, where, and by both parsers alike."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from building import RIVERSIDE, ROOT
from fuzz.fuzz_read import read_in_both_ways
from hypothesis import given, settings
from hypothesis import strategies as st

from pbpmaturity.workspace import guard, source
from pbpmaturity.workspace.guard import Unreadable
from pbpmaturity.workspace.parser import COMPILED, PURE, Parser
from pbpmaturity.workspace.source import read

DEEP = "\n".join(" " * depth + "a:" for depth in range(21)) + " x"


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"a: [b", "PBP001", 1, 6),
        (b"a: b: c", "PBP001", 1, 5),
        (b'a: "\\ud800"', "PBP001", 1, 4),
        (b": x", "PBP001", 1, 1),
        (b"a: b\nc: \xff", "PBP002", 2, 4),
        ("a: é\n".encode("latin-1"), "PBP002", 1, 4),
        ("a: b\n".encode("utf-16"), "PBP002", 1, 1),
        (b"a:\tb", "PBP003", 1, 3),
        ("a: b\u2028".encode(), "PBP003", 1, 5),
        ("a: b\x85".encode(), "PBP003", 1, 5),
        (b"a: b\x07", "PBP004", 1, 5),
        (b"a: b\rc: d", "PBP004", 1, 5),
        (b"a: b\x00", "PBP004", 1, 5),
        (b"a: 1\nb: 2\na: 3", "PBP005", 3, 1),
        (b"x: {a: 1, a: 2}", "PBP005", 1, 11),
        (b"a: &x b\nc: *x", "PBP006", 1, 4),
        (b"c: *x", "PBP006", 1, 4),
        (b"a: !!str b", "PBP007", 1, 4),
        (b"a: ! b", "PBP007", 1, 4),
        (b"%YAML 1.2\n---\na: b", "PBP008", 1, 1),
        (b"# c\n%FOO\n---\na: b", "PBP008", 2, 1),
        (b"a: " + b"[" * 20 + b"]" * 20, "PBP009", 1, 23),
        (b"a: " + b"[" * 24 + b"]" * 24, "PBP009", 1, 23),
        (b"{a: " * 21 + b"b" + b"}" * 21, "PBP009", 1, 81),
        (b"- " * 21 + b"x", "PBP009", 1, 41),
        (b"- " * 25 + b"x", "PBP009", 1, 41),
        (b"? " * 21 + b"x", "PBP009", 1, 41),
        (DEEP.encode(), "PBP009", 21, 21),
        (b"", "PBP011", 1, 1),
        (b"# only a comment\n", "PBP011", 1, 1),
        (b"---\n", "PBP011", 1, 1),
        (b"a: b\n---\nc: d\n", "PBP012", 2, 1),
        (b"a: b\n...\nc: d\n", "PBP012", 2, 1),
        (b"x: {E1:met}", "PBP014", 1, 5),
        (b"x: {link: http://x}", "PBP014", 1, 11),
        (b"x: [a:b]", "PBP014", 1, 5),
        (b"? [a]\n: b", "PBP015", 1, 3),
        (b"- a\n- b", "PBP103", 1, 1),
        (b"just words", "PBP103", 1, 1),
    ],
)  # fmt: skip
def test_what_is_refused_and_where(data: bytes, code: str, line: int, column: int) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data)
    found = refused.value
    assert (found.rule.code, found.line, found.column) == (code, line, column), found.message


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: no\nb: 010\nc: 2.10\nd: on", {"a": "no", "b": "010", "c": "2.10", "d": "on"}),
        ("a: 2024-02-30\nb: 1_000\nc: 0o7", {"a": "2024-02-30", "b": "1_000", "c": "0o7"}),
        ("a:\nb: ~\nc: null\nd: ''\ne: ' '\nf: x", {"f": "x"}),
        ("a: 'null'\nb: '~'", {"a": "null", "b": "~"}),
        ("---\na: b\n...\n# c\n", {"a": "b"}),
        ("a: {E1: met, 'x:y': z}", {"a": {"E1": "met", "x:y": "z"}}),
        ("a:\n- b\n-\n- {c: d}", {"a": ("b", None, {"c": "d"})}),
        ("a: it's * not & an ! anchor", {"a": "it's * not & an ! anchor"}),
        ("a: |\n  --- x\n  %y\n", {"a": "--- x\n%y\n"}),
        ('a: "\\x1b[31m\\u00e9"', {"a": "\x1b[31m\xe9"}),
        ("<<: {a: b}", {"<<": {"a": "b"}}),
        ("\ufeffa: b\r\nc: >-\r\n  d\r\n  e\r\n", {"a": "b", "c": "d e"}),
    ],
)  # fmt: skip
def test_what_is_read_stays_text(text: str, data: dict[str, object]) -> None:
    found = read(text.encode()).data
    assert found == data


def test_positions_of_values_keys_and_parents() -> None:
    text = "place: northam\nthemes:\n  shared-data:\n    stage:   d\n    actions:\n      - action: x\n        due: y\n"
    found = read(text.encode())
    assert found.locate(("themes", "shared-data", "stage")) == (4, 14)
    assert found.locate(("themes", "shared-data"), "key") == (3, 3)
    assert found.locate(("themes", "shared-data", "actions", 0, "due")) == (7, 14)
    assert found.locate(("themes", "shared-data", "actions", 0), "key") == (6, 9)
    assert found.locate(("themes", "no-such", "stage")) == (3, 3)
    assert found.locate(()) == (1, 1)


def test_a_file_of_one_mebibyte_is_read_and_a_larger_one_is_not() -> None:
    lines = b"a: |\n" + b"  word\n" * 200_000
    data = lines[: source.MAX_BYTES]
    assert len(read(data).data["a"]) > 700_000
    with pytest.raises(Unreadable, match="over 1 MiB"):
        read(data + b"x")


def test_the_compiled_parser_is_in_use_unless_it_is_to_be_left_out() -> None:
    assert (COMPILED is None) == bool(os.environ.get("PBP_PURE_YAML"))


OURS = sorted(
    [*RIVERSIDE.rglob("*.yaml"), *(ROOT / "matrices").glob("*.yaml"), *(ROOT / "assessments").rglob("*.yaml")]
)
JUNK = [
    *"[]{}:,-?&*!|>'\"%@`#\\ \n~x1",
    ": ",
    "- ",
    "\n  ",
    "\n- ",
    "--- ",
    "\n---\n",
    "\n...\n",
    "\\u",
    "\t",
    "|#",
    "? ",
    "{a: b? c}",
]


@pytest.mark.both_parsers
@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_both_parsers_read_our_files_alike(path: Path) -> None:
    compiled, pure = read_in_both_ways(path.read_bytes())
    assert compiled == pure


EXAMPLES = sorted((ROOT / "tests" / "examples").rglob("*.yaml"))


@pytest.mark.both_parsers
def test_both_parsers_read_the_examples_alike() -> None:
    assert len(EXAMPLES) > 20
    for path in EXAMPLES:
        compiled, pure = read_in_both_ways(path.read_bytes())
        assert compiled == pure, path


@pytest.mark.both_parsers
@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 5))
def test_both_parsers_agree_on_mutated_files(seed: int, changes: int) -> None:
    choose = random.Random(seed)
    text = choose.choice(OURS).read_text("utf-8")
    start = choose.randrange(max(1, len(text) - 700))
    text = text[start : start + 700].partition("\n")[2]
    for _ in range(changes):
        place = choose.randrange(len(text) + 1)
        text = text[:place] + choose.choice(JUNK) + text[place + choose.randrange(4) :]
    compiled, pure = read_in_both_ways(text.encode())
    assert compiled == pure, text


@pytest.mark.both_parsers
@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*JUNK, "a", "b: c", "a: ", "\n b: "]), min_size=1, max_size=25).map("".join))
def test_both_parsers_agree_on_scraps(text: str) -> None:
    compiled, pure = read_in_both_ways(text.encode())
    assert compiled == pure, text


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_data_or_a_finding(data: bytes) -> None:
    compiled, pure = read_in_both_ways(data)
    assert compiled == pure


def test_without_the_compiled_part_everything_still_works() -> None:
    command = [sys.executable, "-c", PURE_RUN]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PBP_PURE_YAML": "1"})
    assert done.returncode == 0, done.stderr
    assert "borne out" in done.stdout


PURE_RUN = """
import sys
from pbpmaturity.workspace import parser
from pbpmaturity.cli.app import run
assert parser.COMPILED is None
code = run(["validate"], version="0") or run(["diff", "--expect", "emerging to developing, Jan 2024"], version="0")
sys.exit(code)
"""


def never_composed(text: str) -> NoReturn:
    raise AssertionError(f"composed, which calls itself for each level: {text}")


@pytest.mark.parametrize("parser", [parser for parser in (PURE, COMPILED) if parser])
@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("[" * 21 + "]" * 21, 21),
        ("[" * 25, 21),  # nothing is closed, and the place is known all the same
        ("{a: " * 25 + "b" + "}" * 25, 81),
        ("- " * 21 + "x", 41),
        ("? " * 25 + "x", 41),
    ],
)
def test_what_may_be_deep_is_refused_before_anything_is_built(
    parser: Parser, text: str, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MAX_BRACKETS", 20)
    monkeypatch.setattr(source, "COMPILED", None)
    monkeypatch.setattr(source, "PURE", replace(parser, compose=never_composed))
    with pytest.raises(Unreadable) as refused:
        read(text.encode())
    assert (refused.value.rule.code, refused.value.line, refused.value.column) == ("PBP009", 1, column)


@pytest.mark.parametrize(
    ("text", "is_suspect"),
    [
        ("a: " + "[], " * guard.MAX_BRACKETS, False),
        ("a: " + "[], " * guard.MAX_BRACKETS + "{}", True),
        ("a:\n" + " " * 39 + "b", False),
        ("a:\n" + " " * 40 + "b", True),
        ("- " * 20, True),
        ("a: &b c", True),
        ("a: *b", True),
        ("a: !b c", True),
        ("\n" * (guard.MAX_NODES // 4) + "a", False),
        ("\n" * (guard.MAX_NODES // 4 + 1) + "a", True),
    ],
)
def test_what_may_be_deep_many_or_an_alias_is_looked_at_event_by_event(text: str, is_suspect: bool) -> None:
    assert guard.is_suspect(text) == is_suspect


def test_the_number_of_keys_and_values_is_counted_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_NODES", 8)
    monkeypatch.setattr(guard, "_FEW_SIGNS", 2)
    assert read(b"a: b\nc: d\ne: [f]\n").data == {"a": "b", "c": "d", "e": ("f",)}
    with pytest.raises(Unreadable) as refused:
        read(b"a: b\nc: d\ne: [f, g]\n")
    assert (refused.value.rule.code, refused.value.line, refused.value.column) == ("PBP010", 3, 8)


def test_twenty_levels_are_read() -> None:
    text = "\n".join(" " * depth + "a:" for depth in range(20)) + " x"
    assert str(read(text.encode()).data).count("a") == 20
