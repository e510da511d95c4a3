"""All that a paper on one assessment may say; each cut and each format takes its part of it."""

import datetime
from dataclasses import dataclass, replace

from pbpmaturity.analysis.history import History
from pbpmaturity.analysis.movement import Movement
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.portfolio import FiledAssessment, Input
from pbpmaturity.report import readiness_words
from pbpmaturity.report.asks import asked_of_the_board, not_known
from pbpmaturity.report.audience import (
    LEFT_OUT,
    MARKINGS,
    Audience,
    actions_for_public,
    history_for_public,
    progress_for_public,
    view_for_public,
)
from pbpmaturity.report.history_view import HistoryView, SlipView, history_view, without_like_matrices
from pbpmaturity.report.progress_view import (
    ActionsView,
    CriteriaView,
    ProgressView,
    TargetView,
    actions_view,
    criteria_views,
    progress_view,
    target_views,
)
from pbpmaturity.report.readiness_view import ReadinessView
from pbpmaturity.report.view import AssessmentView, view_of

LAST_TIME, BASELINE = "Since last time", "Since the baseline"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a paper is made of: an assessment, what it is compared with, and what was asked for.

    `moved` is the movement since the earlier assessment that was chosen, `since_first` that since the first of all
    where it is another one; `history` is None where there are no three. `asks` are the words of whoever orders it.
    """

    filed: FiledAssessment
    moved: Movement | None = None
    is_last_time: bool = False
    since_first: Movement | None = None
    history: History | None = None
    readiness: ReadinessView | None = None
    notes: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    also: tuple[Input, ...] = ()
    audience: Audience = "partners"
    day: datetime.date | None = None
    review_months: int = 12


@dataclass(frozen=True, slots=True)
class Image:
    """A chart in a file of its own: `stages` or `history`, what it shows, and where it is, seen from the paper."""

    kind: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as plain values: the assessment, its history, progress, and what is asked; for its audience.

    `progress` is since last time, then since the baseline; `earlier_slips` are those that no progress tells of.
    """

    title: str
    marking: str
    left_out: str | None
    last_day: str
    as_of: str | None
    view: AssessmentView
    history: HistoryView | None
    earlier_slips: tuple[SlipView, ...]
    progress: tuple[ProgressView, ...]
    criteria: tuple[CriteriaView, ...]
    targets: tuple[TargetView, ...]
    actions: ActionsView
    not_known: tuple[str, ...]
    readiness: ReadinessView | None
    asks: tuple[str, ...]
    images: tuple[Image, ...] = ()

    @property
    def all_known(self) -> str:
        """What is said where nothing that is looked for is missing."""
        return "Every theme has a stage, evidence and all its criteria recorded."

    @property
    def nothing_to_compare(self) -> str:
        """What is said where nothing is compared: why, as the notes say, or that there is no earlier assessment."""
        return "The notes above say why." if self.view.notes else "There is no earlier assessment to compare with."

    @property
    def is_public(self) -> bool:
        return self.left_out is not None


def paper_of(subject: Subject) -> Paper:
    """Return the paper; of one for the public, without all that is not for it."""
    moved = subject.moved
    before = moved.before if moved else None
    view = view_of(subject.filed, moved, notes=_notes(subject), also=(*_earlier_inputs(subject), *subject.also))
    history = without_like_matrices(history_view(subject.history)) if subject.history else None
    paper = Paper(
        title=f"{view.place}: maturity self-assessment, {view.date}",
        marking=MARKINGS[subject.audience],
        left_out=None,
        last_day=subject.filed.assessment.date.last_day.isoformat(),
        as_of=readiness_words.day_in_words(subject.day) if subject.day else None,
        view=view,
        history=history,
        earlier_slips=_earlier(history, subject),
        progress=_progress(subject),
        criteria=criteria_views(moved) if moved else (),
        targets=target_views(before, subject.filed, subject.day),
        actions=actions_view(before, subject.filed, subject.day),
        not_known=tuple(visible(line) for line in not_known(subject.filed)),
        readiness=subject.readiness,
        asks=_asks(subject, before),
    )
    return _for_public(paper) if subject.audience == "public" else paper


def _earlier_inputs(subject: Subject) -> list[Input]:
    """Return the files of the assessments that a paper shows besides its own and the one compared with."""
    files = [*(subject.history.files if subject.history else ())]
    files += [subject.since_first.before] if subject.since_first else []
    return [*(filed.input for filed in files), *(filed.matrix_input for filed in files)]


def _notes(subject: Subject) -> tuple[str, ...]:
    if subject.day is None:
        return subject.notes
    stale = readiness_words.is_stale(subject.filed, subject.review_months, subject.day)
    return (*subject.notes, *([stale.replace("STALE: the", "The")] if stale else []))


def _progress(subject: Subject) -> tuple[ProgressView, ...]:
    found = []
    if subject.moved:
        found.append(progress_view(subject.moved, LAST_TIME if subject.is_last_time else BASELINE))
    if subject.since_first:
        found.append(progress_view(subject.since_first, BASELINE, with_reasons=False))
    return tuple(found)


def _earlier(history: HistoryView | None, subject: Subject) -> tuple[SlipView, ...]:
    """Return the slips of a history but for those since last time, where the paper tells of these elsewhere."""
    if history is None or subject.history is None:
        return ()
    last = subject.history.entries[-1].since
    is_told = last and subject.moved and last.before == subject.moved.before
    return history.slips[: len(history.slips) - last.counts.down] if last and is_told else history.slips


def _asks(subject: Subject, before: FiledAssessment | None) -> tuple[str, ...]:
    given = subject.asks or tuple(
        asked_of_the_board(subject.filed, before, subject.moved, subject.readiness is not None)
    )
    return tuple(visible(line) for line in given)


def _for_public(paper: Paper) -> Paper:
    return replace(
        paper,
        left_out=LEFT_OUT,
        view=view_for_public(paper.view),
        history=history_for_public(paper.history) if paper.history else None,
        earlier_slips=tuple(replace(slip, reason=None) for slip in paper.earlier_slips),
        progress=tuple(progress_for_public(one) for one in paper.progress),
        actions=actions_for_public(paper.actions),
    )
