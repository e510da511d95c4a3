"""Changing what a file says: the meaning changes as asked, every other byte stays."""

import re
from typing import Any

import pytest
from building import RIVERSIDE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pbpmaturity.errors import PbpError
from pbpmaturity.workspace import source
from pbpmaturity.workspace.edit import as_read, merged
from pbpmaturity.workspace.parser import COMPILED
from pbpmaturity.workspace.source import read

LONG = "A paragraph that is too long for one line, so that it is folded below its key in lines of some ninety letters."


def changes(before: str, **meant: Any) -> str:
    """Return a file's text after its data were updated with other values; None takes a key away."""
    data = {**read(before.encode()).data, **meant}
    return merged(before.encode(), {key: value for key, value in data.items() if value is not None}).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("      - action: x\n        status: open  # still\n", "      - action: x\n        status: done  # still\n"),
        ("      - status: open\n        action: x\n", "      - status: done\n        action: x\n"),
        ("      - {action: x, status: open}  # a\n", "      - {action: x, status: done}  # a\n"),
        ("      - {action: x}\n", "      - {action: x, status: done}\n"),
        ("      - {action: x, }\n", "      - {action: x, status: done}\n"),
        ("      - action: x  # why\n", "      - action: x  # why\n        status: done\n"),
        ("      - action: x", "      - action: x\n        status: done\n"),
        ("      - action: x\n        status:\n", "      - action: x\n        status: done\n"),
        ('      - action: x\n        status: "open"\n', "      - action: x\n        status: done\n"),
        ("    - action: x\n      due: 2024-01\n", "    - action: x\n      due: 2024-01\n      status: done\n"),
        (
            "      - action: >-\n          long\n          t\n      # z\n      - {action: y}\n",
            "      - action: >-\n          long\n          t\n        status: done\n      # z\n      - {action: y}\n",
        ),
        # The word would land in the comment, so the whole item is written anew, its comment above it.
        (
            "      - {action: x,\n         due: 2024-01  # soon\n        }\n",
            "      # soon\n      - action: x\n        due: 2024-01\n        status: done\n",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_word_is_set_and_all_else_stays(before: str, after: str, line_end: str, mark: str) -> None:
    start = "place: northam  # where\nthemes:\n  t:\n    actions:\n"
    file = mark + (start + before).replace("\n", line_end)
    data = read(file.encode()).data
    first, *others = data["themes"]["t"]["actions"]
    meant = {"place": "northam", "themes": {"t": {"actions": ({**first, "status": "done"}, *others)}}}
    expected = mark + (start + after).replace("\n", line_end)
    if "2024-01" in after and "soon" in after:  # a date that is read is text; written by us it is quoted
        expected = expected.replace("due: 2024-01", 'due: "2024-01"')
    assert merged(file.encode(), meant).decode() == expected


AMENDMENT = {"date": "May", "reason": "it's so"}
ADDED = "{date: May, reason: it's so}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"amendments:\n  - {ADDED}\n"),
        (
            "amendments:\n  - date: Jan\n    reason: old  # c\n",
            "amendments:\n  - date: Jan\n    reason: old  # c\n  - date: May\n    reason: it's so\n",
        ),
        (
            "amendments:\n- {date: Jan, reason: old}\n# end\n",
            f"amendments:\n- {{date: Jan, reason: old}}\n- {ADDED}\n# end\n",
        ),
        ("amendments: [{date: Jan, reason: old}]\n", f"amendments: [{{date: Jan, reason: old}}, {ADDED}]\n"),
        ("amendments: []\n", f"amendments: [{ADDED}]\n"),
        ("amendments:\n# k\n", f"amendments:\n  - {ADDED}\n# k\n"),
        (
            "amendments:\n  - date: Jan\n    reason: >-\n      o\n# k\n",
            "amendments:\n  - date: Jan\n    reason: >-\n      o\n  - date: May\n    reason: it's so\n# k\n",
        ),
        ("amendments:\n\n\n# k: -\nc: d\n", f"amendments:\n  - {ADDED}\n\n\n# k: -\nc: d\n"),
    ],
)
def test_an_item_is_added_and_all_else_stays(before: str, after: str) -> None:
    old = read(f"a: b\n{before}".encode()).data.get("amendments", ())
    assert changes(f"a: b\n{before}", amendments=(*old, AMENDMENT)) == f"a: b\n{after}"


@pytest.mark.parametrize(
    ("before", "meant", "after"),
    [
        ("a: x  # c\nb: y\n", {"a": LONG}, f"# c\na: >-\n  {LONG[:89]}\n  {LONG[90:]}\nb: y\n"),
        ("a: >-  # c\n  x\n  y\nb: y\n", {"a": "z"}, "# c\na: z\nb: y\n"),
        ("a: |\n  x\n  y\n\n# c\nb: y\n", {"a": "z"}, "a: z\n# c\nb: y\n"),
        ("a: x\n# c\nb: y  # d\nc: z\n", {"b": None}, "a: x\n# c\n# d\nc: z\n"),
        ("a: x\nb:\n  c: 'x'  # e\n  # f\n  d: y\n", {"b": None}, "a: x\n# e\n# f\n"),
        ("a:\n  - x\n  - y  # c\n  - z\n", {"a": ("x", "z")}, "a:\n  - x\n  # c\n  - z\n"),
        ("a:\n  - x\n  - y\n  # c\n  - z\n", {"a": ("x", "w", "z")}, "a:\n  - x\n  - w\n  # c\n  - z\n"),
        ("a: {}\nb: x\n", {"a": {"t": {"stage": "e"}}}, "a:\n  t:\n    stage: e\nb: x\n"),
        ("a: {t: x}  # c\n", {"a": {"t": "x", "u": "no"}}, 'a: {t: x, u: "no"}  # c\n'),
        ("a:\n  t: {stage: e}\n", {"a": {"t": {"stage": "m"}}}, "a:\n  t: {stage: m}\n"),
        ("b: x\n", {"a": {"target": {"stage": "m"}}, "b": "x"}, "b: x\na:\n  target: {stage: m}\n"),
    ],
)
def test_a_change_is_as_small_as_it_can_be(before: str, meant: dict[str, Any], after: str) -> None:
    assert changes(before, **meant) == after


def test_a_key_takes_its_place_in_the_order_that_is_meant() -> None:
    before = "themes:\n  # the first\n  one: {stage: e}\n  three: {stage: e}  # the third\n"
    themes = {"zero": {"stage": "e"}, "one": {"stage": "e"}, "two": {"stage": "e"}, "three": {"stage": "e"}}
    assert merged(before.encode(), {"themes": themes}).decode() == (
        "themes:\n  # the first\n  zero:\n    stage: e\n  one: {stage: e}\n  two:\n    stage: e\n"
        "  three: {stage: e}  # the third\n"
    )


def test_what_cannot_be_changed_safely_is_left_to_people() -> None:
    with pytest.raises(PbpError, match="cannot change safely"):
        merged(b"{a: x}\n", {"b": {"c": ("\x00",)}, "a": " "})  # a space alone is read as nothing


# Where the parsers' marks are known to differ, or could.
ODD = [
    "a:\n  b:\n  # k\n  c:\n# d\ne: f\n",
    "a: {b: , c: d}  # e\nf: [\n  g,  # h\n]\n",
    "a:\n# -\n- b: # c\n  # d\n  e: f\n\n# g\n-\n  # h\n- i\n",
    "? a\n# b\n: c\nd: >-  # e\n  f\n\n  g\n# h\ni: 'j\n  k'  # l\n",
    'a: b\n  c\n  # d\ne: "f\\\n  g"\nh: |+\n  i\n\n# j\nk:',
]


@pytest.mark.both_parsers
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ODD), st.sampled_from(["set", "remove", "append", "more"]), st.integers(0, 100))
def test_both_parsers_change_a_file_alike(text: str, kind: str, number: int) -> None:
    assert _outcome(text, kind, number, COMPILED) == _outcome(text, kind, number, None)


def _outcome(text: str, kind: str, number: int, compiled: Any) -> bytes | str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "COMPILED", compiled)
        data = read(text.encode()).data
        meant = {**data, f"new-{number}": "words"} if kind == "more" else _changed(data, kind, number, "other words")
        try:
            return merged(text.encode(), meant)
        except PbpError as error:
            return error.message


TEXTS = sorted((RIVERSIDE / "assessments").glob("*/*.yaml"))
COMMENT = re.compile(r"#[^\n]*")
WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda text: not text.isspace())
CHANGE = st.tuples(st.sampled_from(["set", "remove", "append", "drop"]), st.integers(0, 10_000), WORDS)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(TEXTS), st.lists(CHANGE, max_size=4), st.lists(st.integers(0, 10_000), max_size=6))
def test_any_change_of_a_real_file_is_what_was_meant_and_keeps_each_comment(
    path: Any, wanted: list[tuple[str, int, str]], places: list[int]
) -> None:
    text = _with_comments(path.read_text("utf-8"), places)
    data: Any = read(text.encode()).data
    for kind, number, words in wanted:
        data = _changed(data, kind, number, words)
    after = merged(text.encode(), data).decode()
    assert read(after.encode()).data == as_read(data)
    marks = sorted(f"# mark {number}" for number in range(len(places)))
    assert sorted(comment for comment in COMMENT.findall(after) if comment in marks) == marks


def _with_comments(text: str, places: list[int]) -> str:
    """Put a comment on a line of its own above some of the lines that begin a key."""
    lines = text.split("\n")
    for number, place in enumerate(places):
        keys = [index for index, line in enumerate(lines) if re.match(r" *[a-z-]+:", line)]
        index = keys[place % len(keys)]
        margin = len(lines[index]) - len(lines[index].lstrip())
        lines.insert(index, f"{' ' * margin}# mark {number}")
    return "\n".join(lines)


def _changed(data: Any, kind: str, number: int, words: str) -> Any:
    """Change one of the places of plain data."""
    routes = list(_routes(data))
    route = routes[number % len(routes)]
    return _at(data, route, kind, words)


def _routes(data: Any, route: tuple[Any, ...] = ()) -> Any:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, tuple) else ()
    for key, value in pairs:
        yield (*route, key)
        yield from _routes(value, (*route, key))


def _at(data: Any, route: tuple[Any, ...], kind: str, words: str) -> Any:
    key, *rest = route
    if rest:
        new = _at(data[key], tuple(rest), kind, words)
    elif kind == "append":
        new = (*data[key], words) if isinstance(data[key], tuple) else words
    else:
        new = words
    gone = not rest and kind in ("remove", "drop")
    if isinstance(data, dict):
        return {name: new if name == key else value for name, value in data.items() if not (gone and name == key)}
    return tuple(new if index == key else value for index, value in enumerate(data) if not (gone and index == key))
