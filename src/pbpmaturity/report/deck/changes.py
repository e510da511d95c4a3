"""The second slide: what changed, and why."""

from collections.abc import Sequence

from pbpmaturity.report.deck.content import MORE, Block, Slide, blocks, counted, flat_line
from pbpmaturity.report.deck.measure import clipped
from pbpmaturity.report.paper import BASELINE, Paper
from pbpmaturity.report.progress_view import MovedTheme, ProgressView
from pbpmaturity.report.words import blocks_of

_AT_EACH = "Themes at each stage"
_REASONS, _IN_FULL = f"The reasons are {MORE}.", f"The reasons as they are recorded are {MORE}."


def changes_slide(paper: Paper) -> Slide:
    """Return the slide on gains and slips, with the reasons where they are shown, and on what is not known."""
    progress = paper.progress[0] if paper.progress else None
    left = _moves(progress, paper) if progress else ()
    has_moved = progress is not None and bool(progress.up or progress.down)
    summary = tuple(blocks_of(paper.view.summary or "")) if not has_moved else ()
    return Slide(
        title=_title(paper, progress),
        left=blocks(
            *left,
            Block("Compared with", () if progress else (_not_compared(paper),)),
            Block("What the assessment says", summary),
            Block(_AT_EACH, () if has_moved else _spread(paper)),
        ),
        right=blocks(
            Block("Since the baseline", tuple(_since_the_baseline(paper))),
            Block("Other themes", progress.others if progress else ()),
            Block("Criteria", _criteria(paper), is_list=True),
            Block("To bear in mind", _notes_shown(paper), is_list=True),
            Block("What is not known", paper.not_known or (paper.all_known,), is_list=True),
        ),
        notes=_aloud(paper, progress),
        foot=paper.left_out or "",
    )


def _title(paper: Paper, progress: ProgressView | None) -> str:
    if progress is None:
        return "What the stages rest on, and what is not known"
    said = "What changed" if paper.is_public else "What changed and why"
    return f"{said}, {paper.view.then_date} to {paper.view.now_date}"


def _not_compared(paper: Paper) -> str:
    return paper.nothing_to_compare


def _notes_shown(paper: Paper) -> tuple[str, ...]:
    return tuple(note for note in paper.view.notes if note != paper.not_compared)


def _moves(progress: ProgressView, paper: Paper) -> tuple[Block, ...]:
    up = tuple(f"{one.name}: {_stages(one)}" for one in progress.up)
    return (
        Block("Overall" if paper.view.is_stated else "Movement", () if up else (_nothing_higher(progress, paper),)),
        Block(f"Higher stage: {counted(len(up), 'theme')}", up, is_list=True),
        _slips(f"Lower stage: {counted(len(progress.down), 'theme')}", progress.down),
    )


def _nothing_higher(progress: ProgressView, paper: Paper) -> str:
    view = paper.view
    if progress.down:
        return "No theme moved to a higher stage."
    if view.is_stated:
        then = f"{view.overall_then.words} to " if view.overall_then else ""
        return f"{then}{view.overall_now.words}, as published."
    return "No theme moved." if view.no_slips == "No theme slipped." else view.no_slips


def _stages(one: MovedTheme) -> str:
    return f"{one.then.words} to {one.now.words}"


def _slips(heading: str, down: Sequence[MovedTheme]) -> Block:
    """Return the slips, none of which is ever left out: where there is no room for reasons, there are the names."""
    full = [(flat_line(f"{one.name}: {_stages(one)}"), flat_line(one.reason or "")) for one in down]
    cut = [
        (*(f"{said}. {clipped(reason, most)}" if reason else said for said, reason in full), _IN_FULL)
        for most in (1000, 800, 600, 400, 300, 200, 120)
        if any(len(reason) > most for _, reason in full)
    ]
    named = tuple(said for said, _ in full)
    names = tuple("; ".join(clipped(flat_line(one.name), most) for one in down) for most in (200, 60, 36, 20))
    rest = (_REASONS,) if any(reason for _, reason in full) else ()
    return Block(
        heading,
        tuple(f"{said}. {reason}" if reason else said for said, reason in full),
        is_list=True,
        shorter=(*cut, (*named, *rest), *((f"{one}.", *rest) for one in names)),
    )


def _since_the_baseline(paper: Paper) -> list[str]:
    return [f"{progress.summary}." for progress in paper.progress[1:] if progress.since == BASELINE]


def _criteria(paper: Paper) -> tuple[str, ...]:
    gained = sum(len(one.gained) for one in paper.criteria)
    lost = sum(len(one.lost) for one in paper.criteria)
    first = sum(one.first_recorded is not None for one in paper.criteria)
    where = "; ".join(one.theme for one in paper.criteria if one.lost)
    lines = []
    if gained or lost:
        lines += [f"Met now and not then: {gained or 'none'}."]
        lines += [f"Met then and not now: {lost}, in {where}." if lost else "Met then and not now: none."]
    if first:
        where = f"In {counted(first, 'theme')} some are recorded for the first time"
        lines += [f"{where}; whether they were met before is not known."]
    return tuple(lines)


def _spread(paper: Paper) -> tuple[str, ...]:
    parts = (line.partition(": ") for line in paper.view.overall_lines)
    return tuple(said for head, _, said in parts if head == _AT_EACH)


def _aloud(paper: Paper, progress: ProgressView | None) -> tuple[str, ...]:
    up, down = (progress.up, progress.down) if progress else ((), ())
    moved = [
        *([f"{progress.headline}."] if progress else [_not_compared(paper)]),
        *(f"{one.name} has a higher stage: {_stages(one)}." for one in up),
        *(f"{one.name} has a lower stage: {_stages(one)}. {one.reason or ''}" for one in down),
        *(progress.others if progress else ()),
    ]
    baseline = [f"Since the baseline: {line}" for line in _since_the_baseline(paper)]
    criteria = [f"Criteria. {line}" for line in _criteria(paper)]
    known = [f"What is not known: {line}" for line in paper.not_known] or [paper.all_known]
    left_out = [paper.left_out] if paper.left_out else []
    return (*moved, *baseline, *criteria, *_notes_shown(paper), *known, *left_out)
