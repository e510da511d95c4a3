"""Questions of an import, for whoever is at the keyboard; nothing is written unless the answer is yes."""

from pbpmaturity.cli import keyboard
from pbpmaturity.cli.assessing.before import Quit, agree
from pbpmaturity.cli.output import tell


def is_somebody_there() -> bool:
    """Say whether there is somebody to ask."""
    return keyboard.is_there()


def confirmed(question: str) -> bool:
    """Return whether the answer to a question is yes; an end of all input stops the command."""
    with keyboard.attended():
        try:
            return agree(question, by_default=False)
        except Quit:
            return False
        except keyboard.Ended:
            tell("\nNothing was written.")
            raise KeyboardInterrupt from None
