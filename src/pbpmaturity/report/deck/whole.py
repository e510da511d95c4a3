"""A paper as a deck of three slides."""

from pbpmaturity.report.deck.changes import changes_slide
from pbpmaturity.report.deck.content import Deck, flat_line
from pbpmaturity.report.deck.next_steps import next_slide
from pbpmaturity.report.deck.stages import stages_slide
from pbpmaturity.report.paper import Paper


def deck_of(paper: Paper, version: str) -> Deck:
    """Return what three slides say of a paper: where the Place is and was, what changed and why, what is next."""
    title = flat_line(paper.title)
    return Deck(
        title=title,
        subject=flat_line(f"Maturity self-assessment of {paper.view.place}, {paper.view.date}. {paper.marking}."),
        banner=" ".join(paper.view.banners),
        marking=paper.marking,
        slides=(stages_slide(paper), changes_slide(paper), next_slide(paper, version)),
    )
