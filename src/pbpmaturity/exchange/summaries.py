"""Rows that are nobody's: averages and counts below the answers, a key, and what is worked out by a formula."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence

from pbpmaturity.exchange.rows import Line, refused
from pbpmaturity.exchange.sheets import Sheet, column_letter

Accepts = Callable[[str], bool]
"""Whether a text is an answer: a stage, or words for having no view."""

_LABELS = (
    "standard deviation", "grand total", "subtotal", "std dev", "stdev", "median", "mode", "mean", "average", "total",
    "count", "sum", "minimum", "maximum", "overall", "consensus", "summary", "baseline", "agreed", "key", "legend",
)  # fmt: skip
# Short words that are also names or initials: a summary only with a sign after them, or among numbers.
_SHORT_LABELS = ("min", "max", "range", "n", "sd", "avg", "notes", "note")
_BEGINS = re.compile(rf"(?P<label>{'|'.join((*_LABELS, *_SHORT_LABELS))})(?P<rest>(?![\w']).*)", re.DOTALL)
_SIGN = re.compile(r"\s*[:=(\[/*#]|\s+[–—-]\s")
_WORDS = re.compile(r"[a-z]+")
_OF_SUMMARIES = frozenset((
    "a", "all", "and", "answer", "answers", "april", "at", "august", "average", "baseline", "board", "by", "count",
    "december", "each", "february", "for", "from", "group", "in", "individual", "january", "july", "june", "march",
    "maturity", "may", "mean", "median", "mode", "november", "number", "october", "of", "on", "our", "out", "people",
    "per", "person", "place", "position", "question", "rating", "ratings", "respondent", "respondents", "response",
    "responses", "result", "results", "row", "score", "scores", "september", "session", "since", "stage", "stages",
    "survey", "the", "theme", "themes", "this", "to", "total", "value", "values", "view", "views", "vote", "votes",
    "was", "with", "workshop", "year",
))  # fmt: skip
_NUMBER = re.compile(r"[\d\s.,:/%+-]*")


def refuse_summaries(
    sheet: Sheet, lines: Sequence[Line], themes: Collection[int], passed_over: Collection[int], accepts: Accepts
) -> None:
    """Refuse a sheet with rows that are nobody's, named by their numbers and never by what anybody answered."""
    found = list(_found(sheet, lines, themes, passed_over, accepts))
    if found:
        raise refused(
            sheet,
            "has rows that are not a person's answers",
            found,
            "delete these rows in a copy of the file; where a formula stands for an answer, paste it as a value; if the"
            " word is a person's own, leave out its column, as in: --map A=ignore",
        )


def _found(
    sheet: Sheet, lines: Sequence[Line], themes: Collection[int], passed_over: Collection[int], accepts: Accepts
) -> Iterator[str]:
    for line in lines:
        formula = next((at for at in themes if _is_formula(sheet, line, at)), None)
        if formula is not None:
            yield f"row {line.number}, column {column_letter(formula)}: a formula where an answer belongs"
            continue
        at = _first_text(line, passed_over)
        if at is None or (at in themes and accepts(line.cell(at))) or _is_what_most_say(line.cell(at), at, lines):
            continue
        if label := _label(line.cell(at), is_among_numbers=_is_among_numbers(line, at, lines)):
            yield f'row {line.number}, column {column_letter(at)}: it begins with "{label}"'


def _is_formula(sheet: Sheet, line: Line, column: int) -> bool:
    return (line.number, column) in sheet.marks.formulas or line.cell(column).startswith("=")


def _first_text(line: Line, passed_over: Collection[int]) -> int | None:
    """Return the first column whose cell holds more than a number; an id or a row's number says nothing of the row."""
    texts = (at for at in range(len(line.cells)) if at not in passed_over)
    return next((at for at in texts if not _NUMBER.fullmatch(line.cell(at))), None)


def _is_what_most_say(text: str, column: int, lines: Sequence[Line]) -> bool:
    """Say whether most rows hold this text, as they do where everybody agreed to a notice."""
    count = sum(line.cell(column).casefold() == text.casefold() for line in lines)
    return count > 1 and 2 * count > len(lines)


def _is_among_numbers(line: Line, column: int, lines: Sequence[Line]) -> bool:
    """Say whether most other rows have a number in this column."""
    others = [one.cell(column) for one in lines if one is not line]
    return 2 * sum(bool(cell) and _NUMBER.fullmatch(cell) is not None for cell in others) > len(others)


def _label(text: str, *, is_among_numbers: bool) -> str | None:
    """Return the word that makes a text the label of a summary, with its capital; None if it may be a person's."""
    word = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    match = _BEGINS.match(word)
    if match is None:
        return None
    rest = match["rest"]
    has_sign = _SIGN.match(rest) is not None
    is_short = match["label"] in _SHORT_LABELS
    is_label = not is_short and (not rest.strip() or all(one in _OF_SUMMARIES for one in _WORDS.findall(rest)))
    return match["label"].capitalize() if has_sign or is_label or is_among_numbers else None
