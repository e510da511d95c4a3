"""The text for an organisation's own cover sheet as a Word document, to copy from."""

from pbpmaturity.report.cover import cover_sections
from pbpmaturity.report.paper import Paper
from pbpmaturity.report.word.writer import Writer


def write_cover(writer: Writer, paper: Paper) -> None:
    """Write each part of the text under the heading that cover sheets have for it."""
    writer.paragraph(paper.marking, "Marking")
    writer.title("Text for a cover sheet")
    for section in cover_sections(paper):
        writer.heading(1, section.heading)
        if section.is_list:
            writer.bullets(section.lines)
            continue
        for line in section.lines:
            writer.paragraph(line)
