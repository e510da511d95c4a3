"""How a paper begins: for whom it is, its title, what a reader must know first, and who agreed it."""

from pbpmaturity.report.paper import Paper
from pbpmaturity.report.word.writer import Writer


def write_opening(writer: Writer, paper: Paper, *, has_marking: bool = True) -> None:
    """Write the marking, the title, the banners, the headline, and who agreed it and how it was judged."""
    view = paper.view
    if has_marking:
        writer.paragraph(paper.marking, "Marking")
    writer.title(paper.title)
    for banner in view.banners:
        writer.paragraph(banner, "Banner")
    writer.paragraph(f"{view.headline}.", "Headline")
    writer.paragraph(f"{view.agreement} {view.how_made}")
    if paper.left_out:
        writer.paragraph(paper.left_out)
