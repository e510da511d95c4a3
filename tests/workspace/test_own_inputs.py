"""No input of this repository would harm a program that reads it without our guards: see harmless.py for why."""

import ast
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import ROOT
from harmless import (
    DEEPEST,
    LARGEST_FILE,
    LONGEST_NUMBER,
    MOST_ALIASES,
    aliases_in,
    depth_of,
    is_modest_template,
    longest_number,
)

FILES = sorted(path for path in (ROOT / "tests" / "examples").rglob("*") if path.is_file())
SOURCES = sorted(
    path
    for folder in ("tests", "bench", "docs")
    for path in (ROOT / folder).rglob("*.py")
    if "node_modules" not in path.parts
)
DEEP_ENOUGH = 100
"""Repeated so often, what nests is seen to nest."""
DATA = {".yaml", ".yml", ".csv", ".json", ".xml", ".j2", ".zip", ".xlsx", ".docx"}


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_is_small_and_goes_little_beyond_a_limit(path: Path) -> None:
    text = text_of(path)
    assert path.stat().st_size < LARGEST_FILE
    assert depth_of(text) <= DEEPEST
    assert aliases_in(text) <= MOST_ALIASES
    assert longest_number(text) <= LONGEST_NUMBER


def test_there_is_no_packed_file_among_the_inputs() -> None:
    tracked = [path for folder in ("tests", "bench", "docs", "examples") for path in (ROOT / folder).rglob("*")]
    kept = [path for path in tracked if path.suffix in DATA and "node_modules" not in path.parts]
    assert len(kept) > 100
    assert [path for path in kept if zipfile.is_zipfile(path)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_text_that_a_test_makes_nests_no_deeper_than_an_example(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        for text, count in made_by(node):
            repeated = text * min(count, DEEP_ENOUGH)
            assert depth_of(repeated) <= DEEPEST, (node.lineno, text, count)  # type: ignore[attr-defined]
            assert longest_number(repeated) <= max(LONGEST_NUMBER, len(text)), (text, count)
            assert aliases_in(repeated) <= MOST_ALIASES, (text, count)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_template_that_a_test_writes_asks_for_little(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and ("{{" in node.value or "{%" in node.value)
        ):
            assert is_modest_template(node.value), (node.lineno, node.value)


def made_by(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield a text that is repeated, and how often, where a node does that."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, ast.Constant) and isinstance(one.value, str | bytes):
                text = one.value.decode("latin-1") if isinstance(one.value, bytes) else one.value
                # A number that is not written out, such as a limit plus one, is taken for a large one.
                yield text, other.value if isinstance(other, ast.Constant) else DEEP_ENOUGH


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("a", 1),
        ("[[[", 3),
        ("[][][]", 1),
        ("- - - x", 3),
        ("? ? x", 2),
        ("a:\n b:\n  c: d\n e:", 3),
        ("<a><b/><c></c></a>", 2),
    ],
)
def test_how_depth_is_counted(text: str, depth: int) -> None:
    assert depth_of(text) == depth
