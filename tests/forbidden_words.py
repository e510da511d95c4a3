"""Words that would put Places, people or themes into an order of merit, and where they mean something else."""

import re

_FORBIDDEN = re.compile(
    r"\b(ahead|behind|best|worst|top|rank(?:s|ed|ing|ings)?|league|laggards?|front-?runners?|scor(?:e|es|ed|ing)"
    r"|outperform\w*|underperform\w*|beats?|winners?|losers?)\b",
    re.IGNORECASE,
)
MEANS_SOMETHING_ELSE = (
    "They are not scores",
    "not scores",
    "never ranks Places",
    "Places are not ranked",
    "no ranking",
    "never shown as a score",
    "knows a theme best",
    "who is ahead",  # what not to ask
    "League tables.",  # what to beware of
    "a year ahead",
    "left behind",
    "leaves nothing behind",
    "more behind it",
    "top level",
    "top left",
    "near its top",
    "at the top of the",
    "the top of the whole file",
    "on top of what the file holds",
)
"""Phrases in which such a word says that something is not done, or is about a page or a file."""


def found_in(text: str) -> list[str]:
    """Return the phrases around forbidden words, without those that mean something else."""
    flat = " ".join(text.split())
    for phrase in MEANS_SOMETHING_ELSE:
        flat = re.sub(re.escape(phrase), " ", flat, flags=re.IGNORECASE)
    return [flat[max(0, match.start() - 40) : match.end() + 40] for match in _FORBIDDEN.finditer(flat)]
