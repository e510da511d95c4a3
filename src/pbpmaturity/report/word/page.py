"""One side of A4: who agreed what, the stages, gains and slips, what is not known, what is next and what is asked."""

from collections.abc import Iterator, Sequence
from textwrap import shorten

from pbpmaturity.report.paper import Paper
from pbpmaturity.report.progress_view import MovedTheme, ProgressView, TrackedActionView
from pbpmaturity.report.word.nodes import Line, bold
from pbpmaturity.report.word.opening import ALL_KNOWN, write_opening
from pbpmaturity.report.word.stages import stage_sheet
from pbpmaturity.report.word.writer import Writer

_GAINS, _ACTIONS = 3, 3
_FEW, _SHORT = 2, 300
"""Up to so many slips have room for reasons of so many characters."""
_LONGEST_ACTION = 160
_REASONS = "Why a stage is lower is said in the full report, theme by theme."


def write_page(writer: Writer, paper: Paper) -> None:
    """Write the page; lists that would run over it say how much more there is, but every slip is named."""
    write_opening(writer, paper)
    writer.bare_table(stage_sheet(paper.view, writer.width))
    for note in paper.view.notes:
        writer.paragraph(note)
    for progress in () if paper.view.is_stated else paper.progress[:1]:
        _write_changes(writer, progress, paper.view.no_slips)
    _write_list(writer, "What is not known", paper.not_known or (ALL_KNOWN,))
    _write_list(writer, "Next actions", list(_next_actions(paper)))
    _write_list(writer, "The board is asked to", paper.asks)


def _write_list(writer: Writer, heading: str, lines: Sequence[Line]) -> None:
    if lines:
        writer.heading(1, heading)
        writer.bullets(lines)


def _write_changes(writer: Writer, progress: ProgressView, no_slips: str) -> None:
    writer.heading(1, progress.title)
    more = len(progress.up) - _GAINS
    lines: list[Line] = [(bold("Higher: "), _said(one)) for one in progress.up[:_GAINS]]
    lines += [f"{more} more at a higher stage: see the table."] if more > 0 else []
    for one in progress.down:
        lines.append((bold("Lower: "), _said(one), f" {one.reason}" if one.reason and _has_room(one, progress) else ""))
    if any(one.reason and not _has_room(one, progress) for one in progress.down):
        lines.append(_REASONS)
    writer.bullets(lines if progress.down else [*lines, no_slips])


def _said(one: MovedTheme) -> str:
    return f"{one.name}, {one.then.words} to {one.now.words}."


def _has_room(one: MovedTheme, progress: ProgressView) -> bool:
    return len(progress.down) <= _FEW and len(one.reason or "") <= _SHORT


def _next_actions(paper: Paper) -> Iterator[Line]:
    late, still_open = paper.actions.overdue, paper.actions.open
    found = [*((one, True) for one in late), *((one, False) for one in still_open)]
    for one, is_late in found[:_ACTIONS]:
        yield _action(one, is_late)
    if len(found) > _ACTIONS:
        yield f"{len(found) - _ACTIONS} more: see the full report."


def _action(one: TrackedActionView, is_late: bool) -> Line:
    due = f"due {one.due}{', overdue' if is_late else ''}" if one.due else ""
    details = ", ".join(part for part in (one.owner, due) if part)
    action = shorten(one.action, _LONGEST_ACTION, placeholder=" …")
    return f"{action} ({details})" if details else action
