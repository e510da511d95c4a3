"""Rows that are nobody's: averages and counts below the answers, a key, and what is worked out by a formula."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from pbpmaturity.exchange.rows import Line, folded, refused
from pbpmaturity.exchange.sheets import Sheet, column_letter

Accepts = Callable[[str], bool]
"""Whether a text is an answer: a stage, or words for having no view."""

_LABELS = (
    "standard deviation", "grand total", "subtotal", "std dev", "stdev", "median", "mode", "mean", "average", "total",
    "count", "sum", "minimum", "maximum", "overall", "consensus", "summary", "baseline", "agreed", "key", "legend",
)  # fmt: skip
# What nobody says of themselves, in whatever column it stands alone.
_SURE_LABELS = ("grand total", "subtotal", "median", "mode", "mean", "average", "total", "count")
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
    width = max((len(line.cells) for line in lines), default=0)
    columns = {at: _Column(lines, at) for at in range(width) if at not in passed_over}
    for line in lines:
        formula = next((at for at in themes if _is_formula(sheet, line, at)), None)
        if formula is not None:
            yield f"row {line.number}, column {column_letter(formula)}: a formula where an answer belongs"
        elif found := _summary(line, themes, columns, accepts):
            at, what = found
            yield f"row {line.number}, column {column_letter(at)}: {what}"


class _Column:
    """What the rows of a column hold, looked through once."""

    def __init__(self, lines: Sequence[Line], at: int) -> None:
        self._number = len(lines)
        self._texts = Counter(folded(line.cell(at)) for line in lines)
        self.is_blank = self._texts[""] == len(lines)
        numbers = sum(count for text, count in self._texts.items() if text and _NUMBER.fullmatch(text))
        # Whether most rows have a number here, beside which a word stands out.
        self.is_of_numbers = 2 * numbers >= len(lines)

    def is_what_most_say(self, text: str) -> bool:
        """Say whether most rows hold this text, as they do where everybody agreed to a notice."""
        count = self._texts[text]
        return count > 1 and 2 * count > self._number


def _summary(
    line: Line, themes: Collection[int], columns: Mapping[int, _Column], accepts: Accepts
) -> tuple[int, str] | None:
    """Return the column that makes a row nobody's, and what stands there; None if it may be a person's."""
    texts = {at: line.cell(at) for at in columns}
    at = next((at for at, text in texts.items() if not _NUMBER.fullmatch(text)), None)
    if at is not None and not (at in themes and accepts(texts[at])):
        if label := _label(texts[at], columns[at]):
            return at, f'it begins with "{label}"'
        # Only in the first column, where rows are numbered: elsewhere a person may say "ten" among numbers.
        is_first = at == next(one for one, column in columns.items() if not column.is_blank)
        is_word = not any(map(str.isdigit, texts[at])) and not accepts(texts[at])
        if is_first and is_word and at not in themes and columns[at].is_of_numbers:
            return at, "a word where most rows have a number"
    for at in sorted(columns.keys() - themes):
        word = folded(texts[at]).rstrip(": ")
        if word in _SURE_LABELS and not columns[at].is_what_most_say(folded(texts[at])):
            return at, f'it says "{word.capitalize()}"'
    return None


def _is_formula(sheet: Sheet, line: Line, column: int) -> bool:
    return (line.number, column) in sheet.marks.formulas or line.cell(column).startswith("=")


def _label(text: str, column: _Column) -> str | None:
    """Return the word that makes a text the label of a summary, with its capital; None if it may be a person's."""
    word = folded(text)
    match = _BEGINS.match(word)
    if match is None or column.is_what_most_say(word):
        return None
    rest = match["rest"]
    is_short = match["label"] in _SHORT_LABELS
    is_label = not is_short and (not rest.strip() or all(one in _OF_SUMMARIES for one in _WORDS.findall(rest)))
    return match["label"].capitalize() if is_label or _SIGN.match(rest) or column.is_of_numbers else None
