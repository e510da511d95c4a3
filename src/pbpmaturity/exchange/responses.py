"""What people answered, row by row: read in memory, counted, and let go."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pbpmaturity.errors import PbpError, UnusableInput
from pbpmaturity.exchange.headings import Matching
from pbpmaturity.exchange.of_places import OfPlaces, rows_by_place
from pbpmaturity.exchange.persons import Person, PersonColumns
from pbpmaturity.exchange.records import refuse_record
from pbpmaturity.exchange.rows import Hidden, Line, Lines, lines_of, listed, refuse_hidden
from pbpmaturity.exchange.scale import Scale, choices, number_in
from pbpmaturity.exchange.sheets import Sheet, column_letter
from pbpmaturity.exchange.summaries import refuse_summaries
from pbpmaturity.model.individual_view import NOT_SURE
from pbpmaturity.model.matrix import Matrix

_NO_RATING = frozenset(
    (
        "not sure", "unsure", "don't know", "dont know", "do not know", "i don't know", "i do not know", "not known",
        "unknown", "no view", "no opinion", "no answer", "no rating", "none", "prefer not to say", "n/a", "n.a.", "na",
        "not applicable", "not assessed", "not rated", "not answered", "not-applicable", "not-assessed",
        "-", "\N{EN DASH}", "\N{EM DASH}", "?",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """How the rows of sheets are to be read, where the sheets themselves do not say it."""

    of_places: OfPlaces
    scale: Scale | None = None
    hidden: Hidden | None = None
    with_comments: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """One row: stages and comments by theme id, and the columns without a rating. It shows nothing of itself."""

    row: int
    ratings: Mapping[str, str] = field(repr=False)
    comments: Mapping[str, str] = field(repr=False)
    unrated: tuple[int, ...] = ()
    place: str | None = None
    person: Person = field(default_factory=Person, repr=False)


@dataclass(frozen=True, slots=True)
class Responses:
    """What a sheet holds: the rows that rate a theme or say something, and what of it was not read, by count.

    `tells_apart` says whether it has ids or times, so that no two people's rows are the same.
    """

    given: tuple[Response, ...]
    silent: int = 0
    elsewhere: int = 0
    tells_apart: bool = False
    lines: Lines = field(default_factory=lambda: Lines(()))
    hidden: Hidden | None = None
    hidden_columns: tuple[int, ...] = ()

    @property
    def rated(self) -> tuple[Response, ...]:
        """The rows that rate at least one theme."""
        return tuple(response for response in self.given if response.ratings)


def read_responses(sheet: Sheet, matching: Matching, matrix: Matrix, asked: Asked) -> Responses:
    """Return what the people in a sheet say of its themes; what is no person, or not of the Place, is refused.

    UnusableInput lists what is wrong by row and column only. Comment columns are looked at only if they are asked for.
    """
    lines = lines_of(sheet)
    if asked.hidden is None:
        refuse_hidden(sheet, lines, matching.themes)
    hidden_columns = tuple(at for at in matching.themes if sheet.marks.hides_column(at))
    if asked.hidden == "drop":
        matching = matching.without(hidden_columns)
        lines = replace(lines, read=tuple(line for line in lines.read if line.number not in lines.hidden))
    ratings = Ratings(matrix, asked.scale)
    wanted = _of_the_place(sheet, matching, lines.read, ratings, asked.of_places)
    people = PersonColumns(sheet.headers, [line for line, _ in wanted], _others(lines.read, matching))
    comments = matching.comments if asked.with_comments else {}
    given, faults = [], _Faults()
    for line, place in wanted:
        said = _response(line, matching.themes, comments, ratings, faults)
        if said.ratings or said.comments:
            given.append(replace(said, place=place, person=people.person(line, matching.left_out)))
    faults.stop(sheet, matrix)
    return Responses(
        tuple(given), len(wanted) - len(given), len(lines.read) - len(wanted), people.tell_apart,
        lines, asked.hidden, hidden_columns,
    )  # fmt: skip


def _of_the_place(
    sheet: Sheet, matching: Matching, lines: Sequence[Line], ratings: "Ratings", of_places: OfPlaces
) -> list[tuple[Line, str | None]]:
    """Return the rows of people, each with its Place; refused if some are none, or not of the Place."""
    passed_over = {*matching.comments, *matching.left_out}
    refuse_summaries(sheet, lines, matching.themes, passed_over, ratings.accepts)
    others = _others(lines, matching)
    refuse_record(sheet, lines, others, of_places.names, is_taken_apart=of_places.column is not None)
    return rows_by_place(sheet, lines, others, of_places)


def _others(lines: Sequence[Line], matching: Matching) -> set[int]:
    """Return the columns in which something stands that are about no theme, and were not left out."""
    width = max((len(line.cells) for line in lines), default=0)
    return set(range(width)) - {*matching.themes, *matching.comments, *matching.left_out}


class NoScale(ValueError):
    """A number where nobody has said which stage it means."""


class Ratings:
    """What a cell may hold: a stage by its name or id, or by its number on a scale, or words for having no view."""

    def __init__(self, matrix: Matrix, scale: Scale | None = None) -> None:
        self._scale = scale
        self._words = {_word(stage.id): stage.id for stage in matrix.stages}
        self._words |= {_word(stage.name): stage.id for stage in matrix.stages}

    def stage(self, text: str) -> str | None:
        """Return the stage that a cell names, or None for no rating; ValueError for anything else.

        NoScale for a number, where nobody has said what it means.
        """
        word = _word(text)
        if word in self._words:
            return self._words[word]
        if not word or word in _NO_RATING or word.rstrip(".!") in _NO_RATING:
            return None
        number = number_in(word)
        if number is not None and self._scale is None:
            raise NoScale("no scale")
        if number is not None and self._scale and number in self._scale.stages:
            return self._scale.stages[number]
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
    ratings, most = Ratings(matrix), len(matrix.stages)
    numbers = {str(number) for number in range(most + 1)}
    return any(cell.strip() and (ratings.accepts(cell) or _word(cell) in numbers) for cell in row)


def _response(
    line: Line, themes: Mapping[int, str], comments: Mapping[int, str], ratings: Ratings, faults: "_Faults"
) -> Response:
    """Return what a row says; cells that hold no stage are noted."""
    rated: dict[str, str] = {}
    unrated: list[int] = []
    for column, theme in themes.items():
        try:
            stage = ratings.stage(line.cell(column))
        except ValueError as error:
            faults.note(line.number, column, error)
            continue
        if stage is None:
            unrated.append(column)
        else:
            rated[theme] = stage
    written: dict[str, str] = {}
    for column, theme in comments.items():
        if text := line.cell(column):
            written[theme] = f"{written[theme]}\n{text}" if theme in written else text
    return Response(line.number, rated, written, tuple(unrated))


class _Faults:
    """The cells in which no stage can be read, by their places."""

    def __init__(self) -> None:
        self._numbers: list[str] = []
        self._others: list[str] = []

    def note(self, row: int, column: int, error: ValueError) -> None:
        """Remember a cell, and whether a scale would make it a stage."""
        found = self._numbers if isinstance(error, NoScale) else self._others
        found.append(f"row {row}, column {column_letter(column)}")

    def stop(self, sheet: Sheet, matrix: Matrix) -> None:
        """Raise UnusableInput if there is any."""
        if self._numbers:
            raise self._no_scale(sheet, matrix)
        if self._others:
            stages = ", ".join(stage.name for stage in matrix.stages)
            raise UnusableInput(
                f"{sheet.called} has {_cells(len(self._others))} without a stage in it, so nothing was written",
                listed(self._others),
                f"a cell may hold {stages}, {NOT_SURE}, nothing, or a number that --scale gives a meaning",
            )

    def _no_scale(self, sheet: Sheet, matrix: Matrix) -> PbpError:
        more = f"; {_cells(len(self._others))} with no stage in it besides" if self._others else ""
        return UnusableInput(
            f"{sheet.called} has {_cells(len(self._numbers))} with a number, and nothing says what the numbers mean,"
            f" so nothing was written{more}",
            listed([*self._others, *self._numbers] if self._others else self._numbers[:1]),
            f"say it with {choices(matrix)}",
        )


def _cells(number: int) -> str:
    return f"{number} {'cell' if number == 1 else 'cells'}"


def _word(text: str) -> str:
    word = unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(word.casefold().replace("\u200b", "").split())
