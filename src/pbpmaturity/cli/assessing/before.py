"""What is asked before a recording begins, and ways out of it."""

from pbpmaturity.cli import keyboard
from pbpmaturity.cli.assessing.commands import text_meant
from pbpmaturity.cli.assessing.reading import NotUnderstood, yes_or_no
from pbpmaturity.cli.output import tell
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.report import workshop

_NOT_YET = ("back", "skip", "jump", "progress", "help", "?", "criteria")


class Quit(Exception):
    """The person at the keyboard wants to stop."""


def agree(text: str, *, by_default: bool) -> bool:
    """Return the answer to a question of yes or no that comes before the recording; Enter stands for the default."""
    while True:
        say(text)
        answer = keyboard.ask()
        if not answer:
            return by_default
        if _is_command_before(answer):
            continue
        try:
            return yes_or_no(answer)
        except NotUnderstood as error:
            say(f"{error} Or type quit to stop.")


def reason_for(assessment: Assessment) -> str:
    """Return why an agreed assessment is to be changed."""
    while True:
        say(f"Why is {assessment.place}@{assessment.date} changed? It is agreed, so the reason is recorded in it.")
        answer = keyboard.ask(is_prose=True)
        if answer and not _is_command_before(answer):
            return text_meant(answer)


def _is_command_before(answer: str) -> bool:
    """Say whether a command was typed where the recording has not begun: there is nowhere to go yet but out."""
    if answer.lower() in ("quit", "exit", "stop"):
        raise Quit
    is_command = answer.lower() in _NOT_YET
    if is_command:
        say("Nothing has been recorded or changed yet. Answer the question, or type quit to stop.\n")
    return is_command


def say(text: str) -> None:
    """Say something to the person at the keyboard, in lines that fit the terminal."""
    tell(workshop.spoken(text, width=keyboard.width()).rstrip("\n"))
