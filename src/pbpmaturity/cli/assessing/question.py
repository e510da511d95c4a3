"""What a question is, and what an answer to it leads to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pbpmaturity.checks.personal import looks_personal
from pbpmaturity.cli.assessing.recording import Recording
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.draft import Position


@dataclass(frozen=True)
class Taken:
    """What an answer leads to: the assessment with it, what to say of it, and where to go if not to the next."""

    assessment: Assessment
    says: str = ""
    go_to: Position | None = None
    is_last: bool = False


@dataclass(frozen=True)
class Question:
    """One question; `now` is what stands recorded, `offers` what Enter stands for, `needs` why Enter will not do.

    `takes` says whether any line, or a text of several lines, is an answer; `nothing` what it means to give none.
    """

    asks: Callable[[Recording, Position], str]
    answered: Callable[[Recording, Position, str], Taken]
    accepts: str
    now: Callable[[Recording, Position], str | None] = lambda recording, position: None
    offers: Callable[[Recording, Position], str | None] = lambda recording, position: None
    needs: Callable[[Recording, Position], str | None] = lambda recording, position: None
    clears: Callable[[Recording, Position], Taken] | None = None
    takes: Literal["choice", "line", "prose"] = "choice"
    nothing: str = "none"
    is_about_people: bool = False


def doubt(recording: Recording, question: Question, text: str) -> str | None:
    """Return what a text looks like that should not stand in a file; None where it may."""
    known = (recording.place_name, *(one.organisation for one in recording.assessment.participants))
    return looks_personal(text, known) if question.is_about_people else None


def fixed(text: str) -> Callable[[Recording, Position], str]:
    """Return what says the same whatever is recorded."""
    return lambda recording, position: text


def first_or_more(first: str, more: str) -> Callable[[Recording, Position], str]:
    """Return what says one thing for the first of several, and another for those after it."""
    return lambda recording, position: more if position.index else first
