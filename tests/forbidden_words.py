"""Words that would put Places, people or themes into an order of merit, and where they mean something else."""

import re

_WITH_NEIGHBOURS = re.compile(
    r"(?:\w+\W{1,3})?\b(?:ahead|behind|best|worst|top|rank(?:s|ed|ing|ings)?|league|laggards?|front-?runners?|scor(?:e|es|ed|ing)"
    r"|outperform\w*|underperform\w*|beats?|winners?|losers?)\b(?:\W{1,2}\w+)?",
    re.IGNORECASE,
)
MEANS_SOMETHING_ELSE = (
    "They are not scores",
    "not scores",
    "never ranks Places",
    "Places are not ranked",
    "no ranking",
    "ranking nobody",
    "Nothing is ranked",
    "Nothing in it is a ranking",
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
    "the last one at the top",
    "the top of the whole file",
    "on top of what the file holds",
)
"""Phrases in which such a word says that something is not done, or is about a page or a file."""


def found_in(text: str, people: str = "") -> list[str]:
    """Return forbidden words with the words beside them, but for those that mean something else or that people said."""
    flat, said = (" ".join(one.split()) for one in (text, people))
    for phrase in MEANS_SOMETHING_ELSE:
        flat = re.sub(re.escape(phrase), " ", flat, flags=re.IGNORECASE)
    return [match[0] for match in _WITH_NEIGHBOURS.finditer(flat) if match[0] not in said]
