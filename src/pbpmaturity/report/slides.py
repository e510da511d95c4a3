"""A paper as three slides (the extra `slides`)."""

import io

from pbpmaturity.report.office import dated, needs
from pbpmaturity.report.paper import Paper


def slide_deck(paper: Paper, version: str) -> bytes:
    """Return a pptx file of three slides, the same bytes for the same paper."""
    needs("pptx", "Slides", "slides", "write another kind: --cut page -o page.html")
    from pbpmaturity.report.deck.package import presentation
    from pbpmaturity.report.deck.whole import deck_of

    buffer = io.BytesIO()
    presentation(deck_of(paper, version)).save(buffer)
    return dated(buffer.getvalue(), paper.last_day)
