"""Everything that a paper holds, section by section."""

from pbpmaturity.report.paper import Paper
from pbpmaturity.report.progress_view import ProgressView
from pbpmaturity.report.word.delivery import write_actions, write_criteria, write_targets
from pbpmaturity.report.word.nodes import Piece, bold
from pbpmaturity.report.word.opening import write_opening
from pbpmaturity.report.word.readiness import write_readiness
from pbpmaturity.report.word.stages import history_sheets, stage_sheet
from pbpmaturity.report.word.tables import Sheet, shares
from pbpmaturity.report.word.themes import write_themes
from pbpmaturity.report.word.writer import Writer

_ORDER = (
    "Stages are an order: each comes after the one before it. They are not scores, and the steps between them are not"
    " equal."
)
_NONE_WEAKEST = "None stands out: every assessed theme is at the same stage, or none is assessed."


def write_full(writer: Writer, paper: Paper) -> None:
    """Write everything that a paper holds; a section without content is left out with its heading."""
    write_opening(writer, paper)
    _write_summary(writer, paper)
    _write_stages(writer, paper)
    _write_progress(writer, paper)
    write_targets(writer, paper)
    write_actions(writer, paper)
    _write_history(writer, paper)
    _write_where_to_look(writer, paper)
    _write_views(writer, paper)
    write_readiness(writer, paper)
    write_themes(writer, paper)
    _write_participants(writer, paper)
    _write_method(writer, paper)
    _write_matrix(writer, paper)


def _write_summary(writer: Writer, paper: Paper) -> None:
    view = paper.view
    if view.summary:
        writer.heading(1, "Summary")
        writer.text(view.summary)
    if paper.asks:
        writer.heading(1, "The board is asked to")
        writer.bullets(paper.asks)
    if view.is_stated:
        writer.heading(1, "What was published")
        writer.text(view.stated_note or "")
        writer.paragraph(("Source: ", Piece(view.stated_source or "", link=view.stated_link), "."))


def _write_stages(writer: Writer, paper: Paper) -> None:
    view = paper.view
    writer.heading(1, "Overall stage" if view.is_stated else "Stage of each theme")
    writer.paragraph(_ORDER)
    writer.table(stage_sheet(view, writer.width))
    for note in view.notes:
        writer.paragraph(note)


def _write_progress(writer: Writer, paper: Paper) -> None:
    if paper.progress and not paper.view.is_stated:
        writer.heading(1, "What has changed")
        for progress in paper.progress:
            _write_since(writer, progress, paper)
        write_criteria(writer, paper)


def _write_since(writer: Writer, progress: ProgressView, paper: Paper) -> None:
    view = paper.view
    writer.heading(2, progress.title)
    if progress is not paper.progress[0]:
        writer.paragraph(f"{progress.headline}.")
    for heading, themes in (("Higher stage", progress.up), ("Slips", progress.down)):
        if themes:
            writer.heading(3, heading)
            moves = ((one, f": {one.then.words} to {one.now.words}.") for one in themes)
            writer.bullets((bold(one.name), f"{said} {one.reason}" if one.reason else said) for one, said in moves)
    if not progress.down and progress is paper.progress[0]:
        writer.paragraph(view.no_slips)
    for line in (*progress.others, *(note for note in progress.notes if note not in view.notes)):
        writer.paragraph(line)


def _write_history(writer: Writer, paper: Paper) -> None:
    history = paper.history
    if history is None:
        return
    writer.heading(1, "All assessments so far")
    writer.paragraph(f"{history.heading}.")
    for stretch in history.stretches:
        if stretch.not_compared:
            writer.paragraph(stretch.not_compared)
        for sheet in history_sheets(stretch, writer.width):
            writer.table(sheet)
    earlier = [str(slip) for slip in paper.earlier_slips]
    for heading, lines in (
        ("Earlier slips", earlier),
        ("Lower than when last assessed", history.lower),
        ("Without a stage", history.gaps),
        ("Changed in between", history.changes),
    ):
        if lines:
            writer.heading(2, heading)
            writer.bullets(lines)


def _write_where_to_look(writer: Writer, paper: Paper) -> None:
    """Write the weakest themes and what is not known; of what was published without its themes, only the latter."""
    if not paper.view.is_stated:
        writer.heading(1, "Where to look first")
        writer.heading(2, "Weakest themes")
        writer.bullets(paper.view.weakest)
        if not paper.view.weakest:
            writer.paragraph(_NONE_WEAKEST)
    writer.heading(1 if paper.view.is_stated else 2, "What is not known")
    writer.bullets(paper.not_known)
    if not paper.not_known:
        writer.paragraph(paper.all_known)


def _write_views(writer: Writer, paper: Paper) -> None:
    themes = [theme for theme in paper.view.themes if theme.views]
    if themes:
        writer.heading(1, "From individual views to the group")
        writer.paragraph(paper.view.about_views)
        writer.bullets((bold(theme.name), f": {theme.views}. {theme.views_group or ''}".rstrip()) for theme in themes)


def _write_participants(writer: Writer, paper: Paper) -> None:
    if paper.view.participants:
        writer.heading(1, "Who took part")
        writer.table(
            Sheet(
                caption="Participants by organisation and role",
                description="A row for each participant: the organisation, then the role.",
                heads=("Organisation", "Role"),
                rows=paper.view.participants,
                widths=shares(writer.width, (1, 1)),
            )
        )


def _write_method(writer: Writer, paper: Paper) -> None:
    view = paper.view
    rules = paper.history.rules if paper.history else view.overall_rules
    writer.heading(1, "How the overall stage was derived")
    for line in view.overall_lines:
        writer.paragraph(line)
    if len(rules) > 1:
        writer.paragraph(" ".join(("The overall stages shown came about in different ways.", *rules)))
    if view.amendments:
        writer.heading(2, "Amendments since it was agreed")
        writer.bullets(f"{date}: {reason}" for date, reason in view.amendments)


def _write_matrix(writer: Writer, paper: Paper) -> None:
    view = paper.view
    source = f" Source: {view.matrix_source}." if view.matrix_source else ""
    writer.heading(2, "The matrix")
    writer.paragraph(f"{view.matrix_title}, version {view.matrix_version}.{source}")
    writer.text(view.matrix_note or "")
