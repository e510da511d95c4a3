"""Did you mean: the nearest of the words that would have been right."""

import os
from collections.abc import Iterable

from pbpmaturity.diagnostics.visible import one_line, spelled

_MOST_COMPARED = 5_000
"""So many characters of choices are compared with a word at once; more could be made to take minutes."""


def did_you_mean(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice nearest to the word, or None if none is near."""
    import difflib

    by_lower = {choice.lower(): choice for choice in choices}
    if sum(map(len, by_lower)) > _MOST_COMPARED:
        return None
    near = difflib.get_close_matches(word[:100].strip().lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def guess_or_list(word: str, choices: Iterable[str], *, most: int = 12) -> str:
    """Return `did you mean "x"?`, else the choices, as the end of a sentence."""
    known = tuple(choices)
    near = did_you_mean(word, known)
    if near is not None:
        return f'did you mean "{one_line(near)}"?'
    if len(known) < 2:
        return f"expected {one_line(known[0])}" if known else "there are none"
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return f"expected one of {', '.join(one_line(choice) for choice in known[:most])}{more}"


def quoted(word: str) -> str:
    """Return what was found, in quotes, every character that cannot be seen spelled out, cut where it is very long."""
    shown = "".join(char if char.isprintable() else spelled(char) for char in one_line(word))
    return f'"{shown[:77]}..."' if len(shown) > 80 else f'"{shown}"'


def command_line(*words: str) -> str:
    """Return a command as this system's shell takes it, with words in quotes where they need them."""
    if os.name == "nt":
        import subprocess

        return subprocess.list2cmdline(words)
    import shlex

    return shlex.join(words)
