"""Changing one thing in a file: the meaning changes as asked, every other byte stays."""

import pytest
from building import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from pbpmaturity.errors import PbpError
from pbpmaturity.workspace.edit import one_line_scalar, with_item, with_value
from pbpmaturity.workspace.source import read

AT = ("themes", "t", "actions", 0)


def file(action: str, rest: str = "") -> str:
    return f"place: northam  # where\nthemes:\n  t:\n    actions:\n{action}{rest}"


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
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_word_is_set_and_all_else_stays(before: str, after: str, line_end: str, mark: bytes) -> None:
    data = mark + file(before).replace("\n", line_end).encode()
    assert with_value(data, AT, "status", "done") == mark + file(after).replace("\n", line_end).encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'amendments:\n  - {date: 2024-05, reason: "it\'s so"}\n'),
        (
            "amendments:\n  - date: 2024-01\n    reason: old  # c\n",
            'amendments:\n  - date: 2024-01\n    reason: old  # c\n  - {date: 2024-05, reason: "it\'s so"}\n',
        ),
        (
            "amendments:\n- {date: 2024-01, reason: old}\n# end\n",
            'amendments:\n- {date: 2024-01, reason: old}\n- {date: 2024-05, reason: "it\'s so"}\n# end\n',
        ),
        (
            "amendments: [{date: 2024-01, reason: old}]\n",
            'amendments: [{date: 2024-01, reason: old}, {date: 2024-05, reason: "it\'s so"}]\n',
        ),
        ("amendments: []\n", 'amendments: [{date: 2024-05, reason: "it\'s so"}]\n'),
        ("amendments:\nk: x\n", 'amendments: [{date: 2024-05, reason: "it\'s so"}]\nk: x\n'),
        (
            "amendments:\n  - date: 2024-01\n    reason: >-\n      o\nk: x\n",
            'amendments:\n  - date: 2024-01\n    reason: >-\n      o\n  - {date: 2024-05, reason: "it\'s so"}\nk: x\n',
        ),
    ],
)
def test_an_item_is_added_and_all_else_stays(before: str, after: str) -> None:
    start = file("      - action: x\n")
    new = with_item((start + before).encode(), "amendments", {"date": "2024-05", "reason": "it's so"})
    assert new.decode() == start + after


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_it_was(text: str) -> None:
    assert _there_and_back(text) == (text, text)


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda text: not text.isspace()))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert _there_and_back(text) == (text, text)


def _there_and_back(text: str) -> tuple[str, str]:
    """Return what is read of a text written as a value, and as part of an item added to a list."""
    value = read(f"a: {one_line_scalar(text)}\n".encode()).data["a"]
    data = with_item(b"a: b\n", "amendments", {"date": "2024-05", "reason": text})
    return value, read(data).data["amendments"][0]["reason"]


def test_what_cannot_be_changed_safely_is_left_to_people() -> None:
    with pytest.raises(PbpError, match="cannot change safely"):
        with_item(b"amendments: {a: b}\n", "amendments", {"date": "2024-05", "reason": "x"})
    # The word would land in the comment, and the bracket with it.
    inside_a_comment = file("      - {action: x,\n         due: 2024-01  # soon\n        }\n").encode()
    with pytest.raises(PbpError, match="cannot change safely"):
        with_value(inside_a_comment, AT, "status", "done")
