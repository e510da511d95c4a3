"""A paper as a Word document (the extra `word`)."""

from pbpmaturity.report.paper import Paper


def word_document(paper: Paper, cut: str, version: str) -> bytes:
    """Return a docx file, the same bytes for the same paper; `cut` is full, page or cover."""
    raise NotImplementedError
