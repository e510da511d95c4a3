"""All that a paper on one assessment may say; each cut and each format takes its part of it."""

import datetime
from dataclasses import dataclass, replace

from pbpmaturity.analysis.history import History
from pbpmaturity.analysis.movement import Movement
from pbpmaturity.diagnostics.visible import visible, visible_if_any
from pbpmaturity.model.portfolio import FiledAssessment, Input
from pbpmaturity.report import readiness_words, words
from pbpmaturity.report.asks import MAY_CHANGE, asked_of_the_board, not_known
from pbpmaturity.report.audience import (
    LEFT_OUT,
    Audience,
    actions_for_public,
    history_for_public,
    marking,
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
"""What an earlier assessment is to a paper: the agreed one before, or the first agreed one; of any other its date."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a paper is made of: an assessment, what it is compared with, and what was asked for.

    `moved` is the movement since the earlier assessment that was chosen, which `since` says in words; `not_compared`
    says why there is none though there is such an assessment. `since_first` is the movement since the first of all
    where that is another one. `history` is None where there are no three. `earlier` are comparable assessments before
    it, in date order, in which actions and targets are followed; shown are those since the one compared with. `asks`
    are the words of whoever orders it.
    """

    filed: FiledAssessment
    moved: Movement | None = None
    since: str = BASELINE
    not_compared: str | None = None
    since_first: Movement | None = None
    history: History | None = None
    earlier: tuple[FiledAssessment, ...] = ()
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
    not_compared: str | None
    images: tuple[Image, ...] = ()

    @property
    def all_known(self) -> str:
        """What is said where nothing that is looked for is missing."""
        return (
            "Nothing that is looked for is missing: every theme has a stage and evidence, and no criterion is left out."
        )

    @property
    def nothing_to_compare(self) -> str:
        """What is said where nothing is compared: why, or that there is no earlier assessment."""
        return self.not_compared or "There is no earlier assessment to compare with."

    @property
    def is_public(self) -> bool:
        return self.left_out is not None


def paper_of(subject: Subject) -> Paper:
    """Return the paper; of one for the public, without all that is not for it."""
    moved = subject.moved
    followed = _followed(subject)
    start = (moved.before if moved else subject.filed).assessment.date
    actions = actions_view(followed, start, subject.day)
    view = view_of(subject.filed, moved, notes=_notes(subject), also=(*_earlier_inputs(subject), *subject.also))
    view = replace(view, banners=_banners(subject))
    history = without_like_matrices(history_view(subject.history)) if subject.history else None
    paper = Paper(
        title=f"{view.place}: maturity self-assessment, {view.date}",
        marking=marking(subject.audience, is_draft=subject.filed.assessment.status == "draft"),
        left_out=None,
        last_day=subject.filed.assessment.date.last_day.isoformat(),
        as_of=readiness_words.day_in_words(subject.day) if subject.day else None,
        view=view,
        history=history,
        earlier_slips=_earlier(history, subject),
        progress=_progress(subject),
        criteria=criteria_views(moved) if moved else (),
        targets=target_views(followed, start, subject.day),
        actions=actions,
        not_known=_not_known(subject, view),
        readiness=subject.readiness,
        asks=_asks(subject, len(actions.next)),
        not_compared=visible_if_any(subject.not_compared),
    )
    return _for_public(paper) if subject.audience == "public" else paper


def _followed(subject: Subject) -> tuple[FiledAssessment, ...]:
    """Return the assessments in which actions and targets are followed, the paper's own last."""
    before = [subject.moved.before] if subject.moved and subject.moved.before not in subject.earlier else []
    earlier = sorted((*subject.earlier, *before), key=lambda filed: filed.assessment.date)
    return (*earlier, subject.filed)


def _earlier_inputs(subject: Subject) -> list[Input]:
    """Return the files of the assessments that a paper shows besides its own and the one compared with."""
    files = [*(subject.history.files if subject.history else ()), *subject.earlier]
    files += [subject.since_first.before] if subject.since_first else []
    return [*(filed.input for filed in files), *(filed.matrix_input for filed in files)]


def _banners(subject: Subject) -> tuple[str, ...]:
    """Return what must be known of the paper's own assessment and of those that it is compared with."""
    compared = [moved.before for moved in (subject.moved, subject.since_first) if moved]
    return words.banners(subject.filed.assessment, *(filed.assessment for filed in compared))


def _notes(subject: Subject) -> tuple[str, ...]:
    if subject.day is None:
        return subject.notes
    stale = readiness_words.is_stale(subject.filed, subject.review_months, subject.day)
    return (*subject.notes, *([stale.replace("STALE: the", "The")] if stale else []))


def _progress(subject: Subject) -> tuple[ProgressView, ...]:
    found = []
    if subject.moved:
        found.append(progress_view(subject.moved, subject.since))
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


def _asks(subject: Subject, still_open: int) -> tuple[str, ...]:
    given = subject.asks or tuple(asked_of_the_board(subject.filed, subject.moved, still_open))
    return tuple(visible(line) for line in given)


def _not_known(subject: Subject, view: AssessmentView) -> tuple[str, ...]:
    """Return what is not known, but for what the notes of the view say already."""
    lines = (visible(line) for line in not_known(subject.filed))
    return tuple(line for line in lines if not any(line.removeprefix(MAY_CHANGE) in note for note in view.notes))


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
