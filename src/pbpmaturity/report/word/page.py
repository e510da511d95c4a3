"""One side of A4: who agreed what, the stages, gains and slips, what is not known, what is next and what is asked."""

from collections.abc import Sequence

from pbpmaturity.report.paper import Paper
from pbpmaturity.report.progress_view import MovedTheme
from pbpmaturity.report.word.nodes import Line, bold
from pbpmaturity.report.word.opening import write_opening
from pbpmaturity.report.word.stages import strip_sheet
from pbpmaturity.report.word.writer import Writer

_GAINS, _ACTIONS = 3, 3


def write_page(writer: Writer, paper: Paper) -> None:
    """Write the page; lists that would run over it say how much more there is, but every slip is named."""
    view = paper.view
    write_opening(writer, paper, has_marking=False)
    _write_list(writer, "The board is asked to", paper.asks)
    writer.bare_table(strip_sheet(view, writer.width))
    writer.paragraph(" ".join((*view.notes, *view.overall_rules)))
    if not view.is_stated:
        _write_changes(writer, paper)
    _write_list(writer, "What is not known", paper.not_known or (paper.all_known,))
    if not view.is_stated:
        _write_actions(writer, paper)
    _write_readiness(writer, paper)


def _write_list(writer: Writer, heading: str, lines: Sequence[Line]) -> None:
    if lines:
        writer.heading(1, heading)
        writer.bullets(lines)


def _write_changes(writer: Writer, paper: Paper) -> None:
    if not paper.progress:
        writer.heading(1, "What has changed")
        writer.paragraph(paper.nothing_to_compare)
        return
    since, *earlier = paper.progress
    more = len(since.up) - _GAINS
    lines: list[Line] = [(bold("Higher stage: "), _said(one)) for one in since.up[:_GAINS]]
    lines += [f"{more} more at a higher stage"] if more > 0 else []
    lines += [(bold("Slip: "), f"{_said(one)} {one.short_reason or ''}".rstrip()) for one in since.down]
    lines += [] if since.down else [paper.view.no_slips]
    _write_list(writer, since.title, [*lines, *(f"{one.since}: {one.summary}" for one in earlier)])


def _said(one: MovedTheme) -> str:
    return f"{one.name}, {one.then.words} to {one.now.words}."


def _write_actions(writer: Writer, paper: Paper) -> None:
    found, late = paper.actions.next, len(paper.actions.overdue)
    more = len(found) - _ACTIONS
    lines = [f"Overdue: {one.in_short}" if at < late else one.in_short for at, one in enumerate(found[:_ACTIONS])]
    lines += [f"{more} more in the full report"] if more > 0 else []
    _write_list(writer, "Next actions", lines or ["No open action is recorded."])


def _write_readiness(writer: Writer, paper: Paper) -> None:
    if paper.readiness:
        results = " ".join(f"{one.in_short}." for one in paper.readiness.tests)
        results = f"{results} {paper.readiness.judged_on}"
        writer.paragraph((bold(f"Readiness as of {paper.as_of}: "), f"{results} {paper.readiness.closing}"))
