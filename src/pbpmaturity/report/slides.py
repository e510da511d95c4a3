"""A paper as three slides (the extra `slides`)."""

from pbpmaturity.report.paper import Paper


def slide_deck(paper: Paper, version: str) -> bytes:
    """Return a pptx file of three slides, the same bytes for the same paper."""
    raise NotImplementedError
