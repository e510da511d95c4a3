"""Text escaped for Markdown, in the subset that GitHub and pandoc share."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from pbpmaturity.report.words import blocks_of

# Every ASCII mark but the comma can mean something at the start of a line, and but a colon that ends a word of letters.
_MARKS = re.compile(r"([!-+\-./;-@\[-`{-~] | (?<![A-Za-z]): | :(?!$))", re.VERBOSE)
# Later in a line, marks of ordinary prose mean nothing: a stop or colon before a space, a hyphen inside a word.
_MARKS_WITHIN = re.compile(
    r"""([\"#$&*+<=>@\[\\\]^_`{|}~] | [.:](?=\S) | [);?!%](?=[^\s.,;:])
    | (?<![^\W_])' | '(?![^\W_]) | (?<![A-Za-z0-9])- | -(?![A-Za-z0-9]) | (?<=\S)\( | \((?![A-Za-z0-9]))""",
    re.VERBOSE,
)


class Markdown(str):
    """Text that is Markdown already and must not be escaped again."""

    __slots__ = ()


def escaped(value: object) -> Markdown:
    """Return people's text as one line of Markdown that says just that text."""
    if isinstance(value, Markdown):
        return value
    first, *others = str(value).split() or [""]
    return Markdown(" ".join([_MARKS.sub(r"\\\1", first), _MARKS_WITHIN.sub(r"\\\1", " ".join(others))]).rstrip())


def paragraphs(value: object) -> Markdown:
    """Return people's text as Markdown paragraphs."""
    return Markdown("\n\n".join(escaped(block) for block in blocks_of(str(value))))


def url(value: object) -> Markdown:
    """Return a link's address as it can stand between the round brackets of a Markdown link."""
    return Markdown(quote(str(value), safe=":/?#@!$&*+,;=%-._~"))


def table(heads: Sequence[object], rows: Sequence[Sequence[object]]) -> Markdown:
    """Return a pipe table whose dashes are in proportion to its columns, which pandoc takes for their widths."""
    cells = [[escaped(cell) or Markdown(" ") for cell in row] for row in (heads, *rows)]
    widths = [max(3, min(60, max(len(row[column]) for row in cells))) for column in range(len(heads))]
    lines = [_line(cells[0]), _line([Markdown("-" * width) for width in widths])]
    return Markdown("\n".join([*lines, *(_line(row) for row in cells[1:])]))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
