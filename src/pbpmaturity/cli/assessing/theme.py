"""The questions about a theme: how each is put, what it takes, and what is recorded of it."""

from collections.abc import Callable

from pbpmaturity.cli.assessing.question import Taken
from pbpmaturity.cli.assessing.reading import date_of, one_of, stage_of, yes_or_no
from pbpmaturity.cli.assessing.recording import Recording
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.assessment import Assessment, Target
from pbpmaturity.model.draft import Position
from pbpmaturity.model.matrix import NOT_APPLICABLE, Criterion
from pbpmaturity.model.shape import changed
from pbpmaturity.report import words

_STATES = {"met": "met", "partly": "partly met", "not-met": "not met"}


def ask_stage(recording: Recording, position: Position) -> str:
    stages = ", ".join(f"{number} {stage.name}" for number, stage in enumerate(recording.matrix.stages, 1))
    return f"Which stage? {stages}; or: not assessed, not applicable."


def take_stage(recording: Recording, position: Position, text: str) -> Taken:
    stage, said = stage_of(text, recording.matrix), recording.said(position)
    if said.rationale and stage != said.stage:
        recording.rejudged.add(position.theme)
    return Taken(recording.with_said(position, stage=stage))


def stage_now(recording: Recording, position: Position) -> str | None:
    return recording.matrix.name_of(recording.said(position).stage) if recording.is_recorded(position.theme) else None


def ask_criterion(recording: Recording, position: Position) -> str:
    stage, criterion = criteria_in_order(recording, position)[position.index]
    note = f" (Note: {visible(criterion.note)})" if criterion.note else ""
    return f"{criterion.id}, {visible(stage)}: {visible(criterion.statement)}{note}"


def criteria_in_order(recording: Recording, position: Position) -> list[tuple[str, Criterion]]:
    """Return the criteria of a question's theme in the order of the stages, each with its stage's name."""
    criteria_of = recording.theme(position).criteria_of
    return [(stage.name, criterion) for stage in recording.matrix.stages for criterion in criteria_of(stage.id)]


def take_criterion(recording: Recording, position: Position, text: str) -> Taken:
    state = one_of(text, _STATES)
    return Taken(with_criterion(recording, position, state))


def with_criterion(recording: Recording, position: Position, state: str | None) -> Assessment:
    ids = [criterion.id for _, criterion in criteria_in_order(recording, position)]
    states = {**recording.said(position).criteria, ids[position.index]: state}
    known = {one: states[one] for one in ids if states.get(one)}
    return recording.with_said(position, criteria=known)


def criterion_now(recording: Recording, position: Position) -> str | None:
    criterion = criteria_in_order(recording, position)[position.index][1]
    state = recording.said(position).criteria.get(criterion.id)
    return _STATES[state] if state else None


def ask_keep(recording: Recording, position: Position) -> str:
    support, stage = recording.support(position), recording.said(position).stage
    warning = words.criteria_warning(support, stage, recording.matrix) if support else ""
    return f"{warning} Keep {recording.matrix.name_of(stage)}? (yes or no)"


def take_keep(recording: Recording, position: Position, text: str) -> Taken:
    is_kept = yes_or_no(text)
    return Taken(recording.assessment, go_to=None if is_kept else Position("stage", position.theme))


def ask_rationale(recording: Recording, position: Position) -> str:
    said, steps = recording.said(position), recording.steps(position)
    name = recording.matrix.name_of(said.stage)
    if said.stage == NOT_APPLICABLE:
        return "Why does the theme not apply?"
    if not recording.is_rated(position):
        return "Why was it not assessed?"
    if steps:
        return f"{words.steps(steps)} since last time: what has changed?"
    return f"Why {name}? What settled it?"


def take_rationale(recording: Recording, position: Position, text: str) -> Taken:
    recording.rejudged.discard(position.theme)
    return Taken(recording.with_said(position, rationale=text))


def needs_reason(recording: Recording, position: Position) -> str | None:
    if position.theme in recording.rejudged:
        return "The reason recorded is that of another stage. Write it anew, or type skip to keep it."
    if recording.said(position).stage == NOT_APPLICABLE:
        return "A theme that does not apply needs its reason. Write it, or type skip to leave it for later."
    if recording.steps(position):
        return (
            "A change since last time, up or down, asks for its reason. Write it, or type skip to leave it for later."
        )
    return None


def take_field(field: str) -> Callable[[Recording, Position, str], Taken]:
    return lambda recording, position, text: Taken(recording.with_said(position, **{field: text}))


def field_now(field: str) -> Callable[[Recording, Position], str | None]:
    return lambda recording, position: getattr(recording.said(position), field)


def clear_field(field: str) -> Callable[[Recording, Position], Taken]:
    return lambda recording, position: Taken(recording.with_said(position, **{field: None}))


def take_target(recording: Recording, position: Position, text: str) -> Taken:
    stages = {stage.id: stage.name for stage in recording.matrix.stages}
    stage = one_of(text, stages)
    target = changed(recording.said(position).target or Target(stage=stage), stage=stage)
    said, is_below = recording.said(position), False
    if said.stage in stages:
        is_below = recording.matrix.position(stage) < recording.matrix.position(said.stage)
    note = f"That is below {stages[said.stage]}, where the theme stands." if is_below else ""
    return Taken(recording.with_said(position, target=target), note)


def target_now(recording: Recording, position: Position) -> str | None:
    target = recording.said(position).target
    return recording.matrix.name_of(target.stage) if target else None


def clear_target_by(recording: Recording, position: Position) -> Taken:
    target = recording.said(position).target
    return Taken(recording.with_said(position, target=changed(target, by=None)) if target else recording.assessment)


def take_target_by(recording: Recording, position: Position, text: str) -> Taken:
    date = date_of(text)
    target = recording.said(position).target
    return Taken(recording.with_said(position, target=changed(target, by=date)) if target else recording.assessment)


def target_by_now(recording: Recording, position: Position) -> str | None:
    target = recording.said(position).target
    return target.by.shown() if target and target.by else None
