"""The questions about lists: evidence, actions and participants, a thing at a time."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from pbpmaturity.cli.assessing.question import Taken
from pbpmaturity.cli.assessing.reading import NotUnderstood, date_of, is_number
from pbpmaturity.cli.assessing.recording import Recording
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.assessment import Action, Assessment, Evidence, Participant
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.draft import Position
from pbpmaturity.model.shape import Shape, changed


def _items(recording: Recording, position: Position) -> tuple[Any, ...]:
    kind = position.question.split("-")[0]
    if kind == "participant":
        return recording.assessment.participants
    said = recording.said(position)
    return said.evidence if kind == "evidence" else said.actions


def _with_items(recording: Recording, position: Position, items: tuple[Any, ...]) -> Assessment:
    kind = position.question.split("-")[0]
    if kind == "participant":
        return changed(recording.assessment, participants=items)
    return recording.with_said(position, **{"evidence" if kind == "evidence" else "actions": items})


def _with_item(recording: Recording, position: Position, new: Shape, **fields: Any) -> Assessment:
    """Return the assessment with other fields in the thing that a question is about; `new` if it is a further one."""
    items = _items(recording, position)
    index = position.index
    item = items[index] if index < len(items) else new
    return _with_items(recording, position, (*items[:index], changed(item, **fields), *items[index + 1 :]))


def item_now(field: str) -> Callable[[Recording, Position], str | None]:
    def now(recording: Recording, position: Position) -> str | None:
        items = _items(recording, position)
        value = getattr(items[position.index], field) if position.index < len(items) else None
        return value.shown() if isinstance(value, PartialDate) else value

    return now


def clear_item(recording: Recording, position: Position) -> Taken:
    items = _items(recording, position)
    kept = (*items[: position.index], *items[position.index + 1 :])
    return Taken(_with_items(recording, position, kept), "Taken out.", go_to=position)


def clear_item_field(field: str) -> Callable[[Recording, Position], Taken]:
    def clears(recording: Recording, position: Position) -> Taken:
        return Taken(_with_item(recording, position, Shape(), **{field: None}))

    return clears


def take_evidence(recording: Recording, position: Position, text: str) -> Taken:
    return Taken(_with_item(recording, position, Evidence(title=text), title=text))


def take_link(recording: Recording, position: Position, text: str) -> Taken:
    if not _is_link(text) and not _is_file(recording, text):
        raise NotUnderstood(
            f"{quoted(text)} is neither a web address (https://...) nor a file of this workspace, by its path in it,"
            " as in papers/plan.pdf."
        )
    link = text if _is_link(text) else PurePath(text).as_posix()
    return Taken(_with_item(recording, position, Shape(), link=link))


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(one.isspace() for one in text)


def _is_file(recording: Recording, text: str) -> bool:
    try:
        path = (recording.root / text).resolve()
        return path.is_file() and path.is_relative_to(recording.root.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def take_item_date(field: str) -> Callable[[Recording, Position, str], Taken]:
    def takes(recording: Recording, position: Position, text: str) -> Taken:
        date = date_of(text)
        return Taken(_with_item(recording, position, Shape(), **{field: date}), f"{date.shown()}.")

    return takes


def open_last(recording: Recording, position: Position) -> tuple[Action, ...]:
    """Return the actions of a theme that were still open last time."""
    before = recording.said_last(position)
    return tuple(one for one in before.actions if one.status == "open") if before else ()


def ask_action(recording: Recording, position: Position) -> str:
    another = "Another action?" if position.index else "Which action follows?"
    if position.index < len(_items(recording, position)):
        another = "Action:"
    carried = {one.action for one in _items(recording, position)}
    left = [
        f"  {number}. {visible(one.action)}"
        for number, one in enumerate(open_last(recording, position), 1)
        if one.action not in carried
    ]
    if not left:
        return another
    return "\n".join([f"{another} Still open from last time; a number carries one over:", *left])


def take_action(recording: Recording, position: Position, text: str) -> Taken:
    before = open_last(recording, position)
    if is_number(text):
        if not 1 <= int(text) <= len(before):
            raise NotUnderstood(f"{quoted(text)} is not the number of an action from last time; write the action out.")
        items = _items(recording, position)
        carried = before[int(text) - 1]
        assessment = _with_items(recording, position, (*items[: position.index], carried, *items[position.index + 1 :]))
        return Taken(assessment, f"Carried over: {visible(carried.action)}")
    return Taken(_with_item(recording, position, Action(action=text, status="open"), action=text))


def take_item(field: str) -> Callable[[Recording, Position, str], Taken]:
    return lambda recording, position, text: Taken(_with_item(recording, position, Shape(), **{field: text}))


def take_participant(recording: Recording, position: Position, text: str) -> Taken:
    return Taken(_with_item(recording, position, Participant(organisation=text), organisation=text))
