"""Which part of a paper goes into a cut, and what every cut begins and ends with."""

from pbpmaturity.report.paper import Paper
from pbpmaturity.report.word.cover import write_cover
from pbpmaturity.report.word.document import bytes_of, new_document
from pbpmaturity.report.word.full import write_full
from pbpmaturity.report.word.page import write_page
from pbpmaturity.report.word.styles import COMPACT, FOR_COPYING, ROOMY
from pbpmaturity.report.word.writer import Writer

_CUTS = {"full": (ROOMY, write_full), "page": (COMPACT, write_page), "cover": (FOR_COPYING, write_cover)}


def written(paper: Paper, cut: str, version: str) -> bytes:
    """Return the docx file of a cut, as python-docx saves it."""
    look, write = _CUTS[cut]
    document = new_document(paper, look)
    writer = Writer(document, look.width)
    write(writer, paper)
    writer.paragraph(_made_by(paper, version), "SmallPrint")
    return bytes_of(document)


def _made_by(paper: Paper, version: str) -> str:
    view = paper.view
    files = ", ".join(f"{file.path} (SHA-256 {file.sha256})" for file in view.inputs)
    return f"Made by pbp {version} from {files}; matrix {view.matrix_ref}; rule for the overall stage: {view.rule}."
