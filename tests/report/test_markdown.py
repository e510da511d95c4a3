"""Text in Markdown says just that text, whoever renders it."""

import re

import pytest
from building import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.report.markdown import Markdown, escaped, paragraphs, table, url


def rendered(markdown: str) -> tuple[str, set[str]]:
    """Return the text that a reader sees, and the kinds of things that Markdown made of it."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    kinds, words = set(), []
    for token in parser.parse(markdown):
        kinds.add(token.type)
        for child in token.children or []:
            kinds.add(child.type)
            words.append(child.content if child.type == "text" else " " if child.type == "softbreak" else "")
    return " ".join("".join(words).split()), kinds


PLAIN = {"paragraph_open", "inline", "text", "paragraph_close", "text_special"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_plain_paragraph(text: str) -> None:
    said, kinds = rendered(escaped(visible(text)))
    assert said == " ".join(visible(text).split())
    assert kinds <= PLAIN


@given(st.text(max_size=120))
def test_any_text_is_one_plain_paragraph(text: str) -> None:
    shown = visible(text)
    said, kinds = rendered(escaped(shown))
    assert said.replace("\N{REPLACEMENT CHARACTER}", "") == " ".join(shown.split()).replace(
        "\N{REPLACEMENT CHARACTER}", ""
    )
    assert kinds <= PLAIN


def test_ordinary_prose_stays_readable() -> None:
    prose = "Agreed in May (item 4): it's a well-known step, and 12% is enough; is it? Yes."
    assert escaped(prose) == prose


def test_paragraphs_are_split_at_blank_lines_only() -> None:
    assert paragraphs("a\nb\n\n\n- c\n") == "a b\n\n\\- c"


def test_a_table_keeps_its_shape_whatever_its_cells_hold() -> None:
    heads, rows = ["Theme", "Said"], [[text, "x"] for text in HOSTILE] + [["", ""]]
    parsed = MarkdownIt("commonmark").enable("table").parse(table(heads, rows))
    assert [token.type for token in parsed].count("tr_open") == len(rows) + 1
    assert [token.type for token in parsed].count("td_open") == 2 * len(rows)


def test_dashes_are_in_proportion_to_the_columns() -> None:
    dashes = table(["A", "B"], [["x" * 30, "y" * 10]]).splitlines()[1]
    assert [len(part) for part in re.findall("-+", dashes)] == [30, 10]


def test_an_address_cannot_leave_its_brackets() -> None:
    parsed = MarkdownIt("commonmark").parse(f"[x]({url('https://x.example/a (b) <c> [d] |e')})")
    (link,) = [child for child in parsed[1].children or [] if child.type == "link_open"]
    assert str(link.attrs["href"]).startswith("https://x.example/a%20%28b%29")


def test_markdown_is_not_escaped_twice() -> None:
    assert escaped(Markdown("**x**")) == "**x**"
