"""The order of the questions of a recording, as it stands after each answer."""

from collections.abc import Iterator, Sequence

from pbpmaturity.cli.assessing.recording import Recording
from pbpmaturity.model.draft import Position

_MORE = {
    "evidence": ("evidence-link", "evidence-date"),
    "action": ("action-owner", "action-due"),
    "participant": ("participant-role",),
}


def first(recording: Recording) -> Position | None:
    """Return the question to begin with: where the recording stopped, else that of the next theme still to come."""
    stopped = recording.file.position
    if recording.only_theme:
        return Position("stage", recording.only_theme)
    if stopped and stopped.question == "criterion":
        recording.wants_criteria.add(stopped.theme)
    if stopped and is_asked(recording, stopped):
        return stopped
    recording.is_reopened = stopped is None and recording.file.is_saved
    return next_theme(recording, None)


def is_asked(recording: Recording, position: Position) -> bool:
    """Say whether a question is among those that are asked as things stand."""
    if position.theme and position.theme not in recording.matrix.theme_ids:
        return False
    return position in (_of_theme(recording, position.theme) if position.theme else _whole(recording))


def following(recording: Recording, position: Position) -> Position | None:
    """Return the question after one; None after the last."""
    if position.theme:
        after = _after(_of_theme(recording, position.theme), position)
        return after or next_theme(recording, position.theme)
    if position == Position("method"):
        return next_theme(recording, None)
    return _after([*_ABOUT, *_of_the_end(recording)], position)


def preceding(recording: Recording, position: Position) -> Position | None:
    """Return the question before one; None before the first."""
    questions = list(_of_theme(recording, recording.only_theme) if recording.only_theme else _whole(recording))
    place = questions.index(position) if position in questions else 0
    return questions[place - 1] if place else None


_ABOUT = (Position("date"), Position("method"))


def _whole(recording: Recording) -> Iterator[Position]:
    if recording.amendment is None:
        yield from _ABOUT
    for theme in recording.order:
        yield from _of_theme(recording, theme)
    yield from _of_the_end(recording)


def _of_theme(recording: Recording, theme: str) -> Iterator[Position]:
    """Yield the questions of a theme: those that its stage calls for, and those of what is recorded all the same."""
    stage = Position("stage", theme)
    yield stage
    if not recording.is_recorded(theme):
        return
    is_rated, support = recording.is_rated(stage), recording.support(stage)
    wants_criteria = theme in recording.wants_criteria or recording.said(stage).criteria
    if is_rated and wants_criteria:
        criteria = recording.theme(stage).criterion_ids
        yield from (Position("criterion", theme, index) for index in range(len(criteria)))
    if support and support.judged_above:
        yield Position("keep", theme)
    yield Position("rationale", theme)
    said = recording.said(stage)
    if is_rated or said.dissent:
        yield Position("dissent", theme)
    if is_rated or said.evidence:
        yield from _of_list("evidence", theme, len(said.evidence))
    if is_rated or said.target:
        yield Position("target", theme)
    if said.target:
        yield Position("target-by", theme)
    if is_rated or said.actions:
        yield from _of_list("action", theme, len(said.actions))


def _of_list(question: str, theme: str, count: int) -> Iterator[Position]:
    """Yield the questions about each thing that is recorded, then the one for another."""
    for index in range(count):
        yield Position(question, theme, index)
        yield from (Position(more, theme, index) for more in _MORE[question])
    yield Position(question, theme, count)


def _of_the_end(recording: Recording) -> Iterator[Position]:
    yield from _of_list("participant", "", len(recording.assessment.participants))
    yield Position("summary")
    if recording.amendment is None:
        yield from (Position(question) for question in ("status", "agreed-by", "agreed-date", "agreed-minute"))


def _after(questions: Iterator[Position] | Sequence[Position], position: Position) -> Position | None:
    found = iter(questions)
    for one in found:
        if one == position:
            return next(found, None)
    return None


def next_theme(recording: Recording, after: str | None) -> Position | None:
    """Return the stage of the next theme still to come, round to the first again; if there is none, the closing.

    None where only one theme is asked about.
    """
    if recording.only_theme:
        return None
    themes = recording.order
    place = themes.index(after) + 1 if after else 0
    for theme in (*themes[place:], *themes[:place]):
        if recording.is_to_come(theme):
            return Position("stage", theme)
    return Position("participant", "", len(recording.assessment.participants))
