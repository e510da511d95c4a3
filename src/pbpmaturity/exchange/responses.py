"""What people answered, row by row: read in memory, counted, and let go."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pbpmaturity.errors import PbpError, UnusableInput
from pbpmaturity.exchange.headings import Matching
from pbpmaturity.exchange.sheets import Sheet, column_letter
from pbpmaturity.model.individual_view import NOT_SURE
from pbpmaturity.model.matrix import Matrix

MOST_LISTED = 20

_NO_RATING = frozenset(
    (
        "not sure", "unsure", "don't know", "dont know", "do not know", "i don't know", "i do not know", "not known",
        "unknown", "no view", "no opinion", "no answer", "no rating", "none", "prefer not to say", "n/a", "n.a.", "na",
        "not applicable", "not assessed", "not rated", "not answered", "not-applicable", "not-assessed",
        "-", "\N{EN DASH}", "\N{EM DASH}", "?",
    )
)  # fmt: skip
_NUMBER = re.compile(r"([0-9]{1,3})(?:[.,]0+)?")


@dataclass(frozen=True, slots=True)
class Response:
    """One row: stages and comments by theme id, and the columns without a rating. It shows nothing of itself."""

    row: int
    ratings: Mapping[str, str] = field(repr=False)
    comments: Mapping[str, str] = field(repr=False)
    unrated: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Responses:
    """What a sheet holds: the rows that rate a theme or say something, and how many rows there are that do neither."""

    given: tuple[Response, ...]
    blank: int

    @property
    def rated(self) -> tuple[Response, ...]:
        """The rows that rate at least one theme."""
        return tuple(response for response in self.given if response.ratings)


def read_responses(sheet: Sheet, matching: Matching, matrix: Matrix, *, with_comments: bool) -> Responses:
    """Return what the matched columns of a sheet say; UnusableInput lists the cells that hold no stage, by place only.

    Comment columns are looked at only if they are asked for.
    """
    ratings = Ratings(matrix)
    comments = matching.comments if with_comments else {}
    given: list[Response] = []
    faults: list[str] = []
    blank, last = 0, sheet.header_row
    for number, cells in sheet.cells([*matching.themes, *comments]):
        response, wrong = _response(number, cells, matching.themes, comments, ratings)
        faults += [f"row {number}, column {column_letter(at)}" for at in wrong]
        says_something = bool(response.ratings or response.comments)
        given += [response] if says_something else []
        blank += number - last - (1 if says_something else 0)
        last = number
    if faults:
        raise _no_stages(sheet.name, faults, matrix)
    return Responses(tuple(given), blank)


class Ratings:
    """What a cell may hold: a stage by its name, id or number, or words for having no view."""

    def __init__(self, matrix: Matrix) -> None:
        self._ids = matrix.stage_ids
        self._words = {_word(stage.id): stage.id for stage in matrix.stages}
        self._words |= {_word(stage.name): stage.id for stage in matrix.stages}

    def stage(self, text: str) -> str | None:
        """Return the stage that a cell names, or None for no rating; ValueError for anything else."""
        word = _word(text)
        if word in self._words:
            return self._words[word]
        if not word or word in _NO_RATING or word.rstrip(".!") in _NO_RATING:
            return None
        number = _NUMBER.fullmatch(word)
        if number and 1 <= int(number[1]) <= len(self._ids):
            return self._ids[int(number[1]) - 1]
        raise ValueError("no stage")

    def accepts(self, text: str) -> bool:
        """Say whether a cell may hold this."""
        try:
            self.stage(text)
        except ValueError:
            return False
        return True


def are_answers(row: Iterable[str], matrix: Matrix) -> bool:
    """Say whether a row of headers holds a stage, or words for having no view, as a person's answers do."""
    ratings = Ratings(matrix)
    return any(cell.strip() and ratings.accepts(cell) for cell in row)


def _response(
    number: int, cells: Mapping[int, str], themes: Mapping[int, str], comments: Mapping[int, str], ratings: Ratings
) -> tuple[Response, list[int]]:
    """Return what a row says, and the columns whose cells hold no stage."""
    rated: dict[str, str] = {}
    unrated: list[int] = []
    wrong: list[int] = []
    for column, theme in themes.items():
        try:
            stage = ratings.stage(cells[column])
        except ValueError:
            wrong.append(column)
            continue
        if stage is None:
            unrated.append(column)
        else:
            rated[theme] = stage
    written: dict[str, str] = {}
    for column, theme in comments.items():
        if text := cells[column].strip():
            written[theme] = f"{written[theme]}\n{text}" if theme in written else text
    return Response(number, rated, written, tuple(unrated)), wrong


def _no_stages(name: str, faults: list[str], matrix: Matrix) -> PbpError:
    one = len(faults) == 1
    listed = tuple(faults[:MOST_LISTED])
    listed += (f"and {len(faults) - MOST_LISTED} more",) if len(faults) > MOST_LISTED else ()
    stages = ", ".join(stage.name for stage in matrix.stages)
    return UnusableInput(
        f'"{name}" has {len(faults)} {"cell" if one else "cells"} without a stage in it, so nothing was written',
        listed,
        f"a cell may hold {stages}, a number from 1 to {len(matrix.stages)}, {NOT_SURE}, or nothing",
    )


def _word(text: str) -> str:
    word = unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(word.casefold().replace("\u200b", "").split())
