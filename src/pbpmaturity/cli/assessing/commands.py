"""What can be typed at every question besides its answer."""

import re
from dataclasses import dataclass

from pbpmaturity.cli.assessing.reading import NotUnderstood, theme_of
from pbpmaturity.model.matrix import Matrix

BACK, SKIP, JUMP, PROGRESS, HELP, QUIT, CRITERIA = "back", "skip", "jump", "progress", "help", "quit", "criteria"
_WORDS = {
    **{word: word for word in (BACK, SKIP, JUMP, PROGRESS, HELP, QUIT, CRITERIA)},
    "?": HELP,
    "exit": QUIT,
    "stop": QUIT,
}
_MEANT_AS_TEXT = re.compile(rf"\\+(?:{'|'.join(re.escape(word) for word in _WORDS)})\b.*|\\+-|\\+", re.IGNORECASE)
HELP_LINES = (
    "At every question you can type:",
    "  back       the question before",
    "  skip       the next question; at a theme's stage, the next theme",
    "  jump       another theme, by its number or name, as in: jump 4",
    "  progress   which themes are recorded",
    "  criteria   the criteria of this theme, one by one",
    "  help       this",
    "  quit       stop; all answers are kept, and you can go on here later",
    "Enter alone records nothing, or keeps what is recorded.",
    "A hyphen alone takes out what is recorded.",
    "To record one of these words as text, begin with a backslash: \\back",
)


@dataclass(frozen=True)
class Command:
    """What was asked for, and the theme that was named with it, if any."""

    word: str
    theme: str | None = None


def command_in(text: str, matrix: Matrix) -> Command | None:
    """Return the command that was typed, or None if it was an answer; NotUnderstood if `jump` names no theme."""
    word, _, rest = text.partition(" ")
    known = _WORDS.get(word.lower())
    if known == JUMP and rest.strip():
        try:
            return Command(JUMP, theme_of(rest.strip(), matrix))
        except NotUnderstood as error:
            raise NotUnderstood(f"{error} (To record this as text, write a backslash before it.)") from None
    return Command(known) if known and not rest.strip() else None


def text_meant(text: str) -> str:
    """Return an answer without the backslash that tells it from a command."""
    return text[1:] if _MEANT_AS_TEXT.fullmatch(text) else text
