"""Text to paste into an organisation's own cover sheet."""

from dataclasses import dataclass

from pbpmaturity.report.paper import Paper


@dataclass(frozen=True, slots=True)
class CoverSection:
    """A heading as cover sheets have it, with sentences to paste below it."""

    heading: str
    lines: tuple[str, ...]
    is_list: bool = False


def cover_sections(paper: Paper) -> tuple[CoverSection, ...]:
    """Return the text for a cover sheet: purpose, summary, what is asked, what is not known, publication."""
    view = paper.view
    sections = (
        CoverSection("Title", (paper.title,)),
        CoverSection("Publication", (f"{paper.marking}.", *([paper.left_out] if paper.left_out else []))),
        CoverSection("Purpose", (_purpose(paper),)),
        CoverSection("Summary", (*view.banners, f"{view.headline}.", *view.notes, *view.overall_rules, *_moves(paper))),
        CoverSection("How it was made", (f"{view.agreement} {view.how_made}",)),
        CoverSection("The board is asked to", paper.asks, is_list=True),
        CoverSection("What is not known", paper.not_known, is_list=True),
        CoverSection("Next actions", _actions(paper), is_list=True),
        CoverSection("Readiness", _readiness(paper)),
    )
    return tuple(section for section in sections if section.lines)


def _actions(paper: Paper) -> tuple[str, ...]:
    overdue = tuple(f"Overdue: {one.in_words}" for one in paper.actions.overdue)
    return (*overdue, *(one.in_words for one in paper.actions.open))


def _readiness(paper: Paper) -> tuple[str, ...]:
    if paper.readiness is None:
        return ()
    results = (f"{test.in_short}." for test in paper.readiness.tests)
    return (*results, paper.readiness.judged_on, paper.readiness.closing)


def _purpose(paper: Paper) -> str:
    view = paper.view
    compared = f", compared with {view.then_date}" if view.then_date else ""
    return f"To tell the board how {view.place} judges its own maturity in {view.now_date}{compared}."


def _moves(paper: Paper) -> list[str]:
    lines = []
    for progress in paper.progress[:1]:
        for label, themes in (("Higher stage", progress.up), ("Lower stage", progress.down)):
            named = [f"{one.name} ({one.then.words} to {one.now.words})" for one in themes]
            lines += [f"{label}: {'; '.join(named)}."] if named else []
    return [*lines, *(f"{earlier.since}: {earlier.summary}." for earlier in paper.progress[1:])]
