"""Answers from a file elsewhere put together with those that the workspace holds, by theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pbpmaturity.analysis.merging import Difference, Joined, Side, joined
from pbpmaturity.cli import keyboard
from pbpmaturity.cli.assessing.before import Quit, say
from pbpmaturity.cli.assessing.reading import NotUnderstood, one_of
from pbpmaturity.cli.inspection import inspect_given
from pbpmaturity.cli.output import shown_path, tell
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.diagnostics.text import line_of
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import PbpError, Unanswered, UnusableInput, UsageError
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.draft import Position
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.selector import Shelf
from pbpmaturity.model.shape import said
from pbpmaturity.report.joining_text import both_text, part_name
from pbpmaturity.workspace.drafting import joined_text, keep_elsewhere, position_in
from pbpmaturity.workspace.edit import as_read
from pbpmaturity.workspace.given import leads_nowhere
from pbpmaturity.workspace.joining import begun_from, is_same
from pbpmaturity.workspace.read import read_file
from pbpmaturity.workspace.shapes import shaped

_OF_THE_WHOLE = ("method", "reviewed", "provenance", "summary", "participants", "agreed")
_SIDES: dict[str, str] = {"mine": "mine", "theirs": "theirs"}


@dataclass(frozen=True, slots=True)
class Together:
    """An assessment put together from two files, and the text that it is written into.

    `replaced` is the workspace's own file where words of it are given up, since somebody chose so.
    """

    assessment: Assessment
    text: bytes
    replaced: bytes | None


class Choices:
    """Which file each part is taken from, where both say something else."""

    def __init__(self, given: Sequence[str], matrix: Matrix) -> None:
        self._all: Side | None = None
        self._of: dict[str, Side] = {}
        for text in given:
            part, equals, side = text.rpartition("=")
            if side not in _SIDES:
                raise UsageError(
                    f"--take {quoted(text)} is no choice", "write mine, theirs, THEME=mine or THEME=theirs"
                )
            if not equals:
                self._all = _side(side)
            elif part in matrix.theme_ids or part in _OF_THE_WHOLE:
                self._of[part] = _side(side)
            else:
                raise UsageError(f"--take: {guess_or_list(part, [*matrix.theme_ids, *_OF_THE_WHOLE])}")

    def __call__(self, part: str) -> Side | None:
        return self._of.get(part, self._all)

    def choose(self, part: str, side: Side) -> None:
        self._of[part] = side


def from_file(path: Path, root: Path, shelf: Shelf) -> tuple[Assessment, bytes]:
    """Return the assessment that a file from anywhere holds, and its bytes; UnusableInput if it holds none."""
    if not path.is_file():
        raise leads_nowhere(path, f"--from {quoted(path.as_posix())} is not a file")
    inspected = inspect_given(root, path)
    if not inspected.is_usable or inspected.value is None:
        lines = tuple(line_of(found) for found in inspected.diagnostics)
        raise UnusableInput(f"{shown_path(path)} cannot be used", lines, "mend it, then run the command again")
    if inspected.value.place != shelf.place:
        raise UsageError(f"{shown_path(path)} is of {inspected.value.place}, not of {shelf.place}")
    if inspected.value.stated is not None:
        raise UsageError(f"{shown_path(path)} holds what was published, without theme stages")
    return inspected.value, path.read_bytes()


def put_together(
    own: FiledAssessment, data: bytes, from_: tuple[Path, Assessment, bytes], given: Sequence[str], *, is_alone: bool
) -> Together:
    """Return the answers of a file from elsewhere together with those of the workspace's own.

    What only one of them changed is taken; the rest is asked, or given by `--take`. Unanswered names what is missing.
    """
    path, mine, whole = from_
    other, before = begun_from(whole)
    base = _said_before(before, own.assessment)
    choices = Choices(given, own.matrix)
    found = joined(base, said(mine), said(own.assessment), choices)
    if found.to_decide and is_alone:
        raise _unanswered(found, own.matrix, path)
    for part, differences in _by_part(found.to_decide, own.matrix).items():
        choices.choose(part, _asked(part, differences, own.matrix))
    found = joined(base, said(mine), said(own.assessment), choices)
    assessment = _whole(found, mine, own)
    if base is None or before is None or not is_same(before, data):
        _tell_what_is_from_where(found, own, path)
    known = before if base is not None else None
    text = joined_text(data, other, known, assessment, _position(other, mine, assessment))
    return Together(assessment, text, data if found.left_out else None)


def keep_replaced(path: Path, replaced: bytes | None) -> None:
    """Keep a file of which words are given up, and say where; PbpError if there is nowhere to."""
    if replaced is None:
        return
    kept = keep_elsewhere(path, replaced, beside="-theirs")
    if kept is None:
        raise PbpError("what the file said before can be kept nowhere, so nothing was written", "free some space first")
    tell(f'What the file said before is kept in "{one_line(kept.as_posix())}".')


def _said_before(before: bytes | None, own: Assessment) -> Mapping[str, Any] | None:
    """Return what both were begun from; None if that is not known, or is another assessment."""
    value = read_file(before, "", Assessment).value if before is not None else None
    is_of_this = value is not None and (value.place, value.date, value.matrix) == (own.place, own.date, own.matrix)
    return said(value) if is_of_this else None


def _unanswered(found: Joined, matrix: Matrix, path: Path) -> Unanswered:
    parts = _by_part(found.to_decide, matrix)
    for part, differences in parts.items():
        tell(both_text(part, differences, matrix, width=80, colour=False).rstrip())
    return Unanswered(
        f"{shown_path(path)} (mine) and the file of the workspace (theirs) say different things",
        tuple(f"--take {part}=mine or --take {part}=theirs: {part_name(part, matrix)}" for part in parts),
        "give them as options, and run it again; or, for all at once, --take mine or --take theirs",
    )


def _by_part(differences: Sequence[Difference], matrix: Matrix) -> dict[str, list[Difference]]:
    """Return what is to be decided by part: the themes in the order of the matrix, then the whole."""
    found: dict[str, list[Difference]] = {part: [] for part in _in_order({one.part for one in differences}, matrix)}
    for one in differences:
        found[one.part].append(one)
    return found


def _in_order(parts: set[str], matrix: Matrix) -> list[str]:
    return [theme for theme in matrix.theme_ids if theme in parts] + sorted(parts - set(matrix.theme_ids))


def _asked(part: str, differences: Sequence[Difference], matrix: Matrix) -> Side:
    tell("\n" + both_text(part, differences, matrix, width=keyboard.width(), colour=keyboard.is_colourful()).rstrip())
    while True:
        say("\nWhich is it to be? (mine, theirs; or quit: nothing is written yet)")
        answer = keyboard.ask()
        if answer.lower() in ("quit", "exit", "stop"):
            raise Quit
        try:
            return _side(one_of(answer, _SIDES, is_numbered=False))
        except NotUnderstood as error:
            say(str(error))


def _side(text: str) -> Side:
    return "mine" if text == "mine" else "theirs"


def _whole(found: Joined, mine: Assessment, own: FiledAssessment) -> Assessment:
    """Return what both say as an assessment: agreed if its own file is, or if it says nothing but what was agreed."""
    data, places = dict(found.data), {theme: place for place, theme in enumerate(own.matrix.theme_ids)}
    themes = data.get("themes", {})
    data["themes"] = {theme: themes[theme] for theme in sorted(themes, key=lambda one: places.get(one, len(places)))}
    if own.assessment.status == "draft" and mine.status == "agreed":
        if _but_status(data) == _but_status(said(mine)):
            data["status"] = "agreed"
        else:
            tell("It stays a draft, since what was agreed is not all that it says now; agree it again at its end.")
    value = shaped(Assessment, as_read(data), own.path)
    if isinstance(value, list):
        raise PbpError("what both files say does not go together", "put them together by hand; nothing was written")
    return value


def _but_status(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in ("status", "amendments")}


def _tell_what_is_from_where(found: Joined, own: FiledAssessment, path: Path) -> None:
    """Say of which parts something was taken from one file only; the other had not changed them."""
    name = f"{own.assessment.place}@{own.assessment.date}"
    for parts, where in ((found.from_mine, shown_path(path)), (found.from_theirs, f"the file of {name}")):
        if parts:
            tell(f"From {where}: {', '.join(part_name(part, own.matrix) for part in _in_order(parts, own.matrix))}.")


def _position(other: bytes, mine: Assessment, assessment: Assessment) -> Position | None:
    """Return the question at which a recording stopped; its theme's first where lists are not what they were."""
    position = position_in(other)
    if position is None:
        return None
    if not position.theme:
        is_moved = position.question.startswith("participant") and assessment.participants != mine.participants
        return Position("participant", "", len(assessment.participants)) if is_moved else position
    before, after = mine.said_of(position.theme), assessment.said_of(position.theme)
    is_moved = (before.evidence, before.actions) != (after.evidence, after.actions)
    return Position("stage", position.theme) if is_moved else position
