"""What goes on too far left: the lines that readers of YAML do not agree on, and no others."""

import pytest

from pbpmaturity.diagnostics.finding import Route
from pbpmaturity.workspace.margin import too_far_left
from pbpmaturity.workspace.source import read


@pytest.mark.parametrize(
    ("text", "route", "line"),
    [
        ('a: "b\nc"\n', ("a",), 2),
        ("a: 'b\n\nc'\n", ("a",), 3),
        ('a: "b\n# c"\n', ("a",), 2),
        ('a: "b\n  c\nd"\n', ("a",), 3),
        ("a: [b,\nc]\n", ("a",), 2),
        ("a: {\n  b: {c: d\n}, e: f}\n", ("a",), 3),
        ("a: '\n]'\n", ("a",), 2),
        ("a: {b: [c,\n# d\n  e],\nf: g}\n", ("a",), 4),
        ("a:\n  b: [c,\n  d]\n", ("a", "b"), 3),
        ('a:\n  - "b\n  c"\n', ("a", 0), 3),
        ('a:\n- b: "c\n  d"\n', ("a", 0, "b"), 3),
        ('a:\r\n- "b\r\nc"\r\n', ("a", 0), 3),
        ('a:\n  b: "c\n d"\n', ("a", "b"), 3),
    ],
)
def test_a_line_too_far_left_is_found_at_its_value(text: str, route: Route, line: int) -> None:
    (found,) = too_far_left(read(text.encode()), "x.yaml")
    assert found.route == route
    assert f"goes on in line {line}," in found.message


@pytest.mark.parametrize(
    "text",
    [
        'a: "b\n c"\n',
        'a: "b\n\n c"\nd: e\n',
        "a: [b,\n  c\n  ]\n",
        "a: {b: c,\n# d\n\n e: f}\n",
        "a: {\n  b: [\n    c\n],\n}  # d\ne: f\n",
        "{a: b,\nc: d}\n",
        "{\n}\n",
        "a: |\n  b\n\nc: >-\n  d\n",
        "a: b\n  c\nd:\n- e\n  f\n",
        'a:\n- "b\n  c"\n- d: "e\n    f"\n',
        '? a\n: "b\n  c"\n',
    ],
)
def test_what_all_readers_take_is_not_found(text: str) -> None:
    assert list(too_far_left(read(text.encode()), "x.yaml")) == []
