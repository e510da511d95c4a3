"""A paper as a Word document (the extra `word`)."""

from pbpmaturity.report.office import dated, needs
from pbpmaturity.report.paper import Paper


def word_document(paper: Paper, cut: str, version: str) -> bytes:
    """Return a docx file, the same bytes for the same paper; `cut` is full, page or cover."""
    needs("docx", "Word documents", "word", "take --format html, which Word opens too")
    from pbpmaturity.report.word.cuts import written

    return dated(written(paper, cut, version), paper.last_day)
