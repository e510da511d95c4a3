"""Criteria gained and lost, targets against where things stand, and what became of actions."""

from pbpmaturity.report.charts import stage_colours
from pbpmaturity.report.paper import Paper
from pbpmaturity.report.progress_view import actions_table, targets_table
from pbpmaturity.report.word.nodes import bold
from pbpmaturity.report.word.tables import Sheet, shares, stage_words
from pbpmaturity.report.word.writer import Writer


def write_criteria(writer: Writer, paper: Paper) -> None:
    """Write the criteria that are met now and were not, and those that are not met any more, theme by theme."""
    if not paper.criteria:
        return
    writer.heading(2, f"Criteria gained and lost since {paper.view.then_date}")
    writer.paragraph("Only criteria that were recorded both times are compared.")
    for theme in paper.criteria:
        writer.heading(3, theme.theme)
        writer.bullets((bold("Met now: "), one) for one in theme.gained)
        writer.bullets((bold("No longer met: "), one) for one in theme.lost)
        writer.bullets([theme.first_recorded] if theme.first_recorded else [])


def write_targets(writer: Writer, paper: Paper) -> None:
    """Write targets against where things stand."""
    if not paper.targets:
        return
    colours = stage_colours(len(paper.view.stages))
    heads, rows = targets_table(paper.targets)
    writer.heading(1, "Targets and where things stand")
    if paper.as_of:
        writer.paragraph(f"Whether a date is past is judged on {paper.as_of}.")
    writer.table(
        Sheet(
            caption=f"Targets against the stages of {paper.view.now_date}",
            description="A row for each target: its theme, when it was set, the stage to reach, by when, the stage now,"
            " and whether it is reached.",
            heads=heads,
            rows=[
                (theme, set_in, stage_words(one.target, colours), by, stage_words(one.now, colours), standing)
                for one, (theme, set_in, _, by, _, standing) in zip(paper.targets, rows, strict=True)
            ],
            widths=shares(writer.width, (4.2, 2.1, 2.6, 2.6, 2.6, 2.9)),
        )
    )


def write_actions(writer: Writer, paper: Paper) -> None:
    """Write what became of actions, a table for each state; without owners where the paper is for the public."""
    if not paper.actions.parts:
        return
    writer.heading(1, "Actions")
    writer.paragraph(paper.actions.summary)
    has_owners = not paper.is_public
    for caption, found in paper.actions.parts:
        heads, rows = actions_table(found, has_owners)
        owner = "its owner, " if has_owners else ""
        writer.table(
            Sheet(
                caption=f"{caption} actions" if caption in ("Overdue", "Open") else f"Actions {caption.lower()}",
                description=f"A row for each action: what is to be done, its theme, {owner}when it is due, and in which"
                " assessment it was first recorded.",
                heads=heads,
                rows=rows,
                widths=shares(writer.width, (4.8, 4.0, 3.4, 2.6, 2.2) if has_owners else (7.0, 5.0, 2.8, 2.2)),
            )
        )
