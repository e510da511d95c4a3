"""Criteria gained and lost, targets against where things stand, and what became of actions."""

from collections.abc import Sequence

from pbpmaturity.report.charts import stage_colours
from pbpmaturity.report.paper import Paper
from pbpmaturity.report.progress_view import TrackedActionView
from pbpmaturity.report.word.nodes import bold
from pbpmaturity.report.word.tables import Sheet, Words, shares, stage_words
from pbpmaturity.report.word.writer import Writer

_NOT_RECORDED = "Not recorded"


def write_criteria(writer: Writer, paper: Paper) -> None:
    """Write the criteria that are met now and were not, and those that are not met any more, theme by theme."""
    if not paper.criteria:
        return
    writer.heading(1, "Criteria gained and lost")
    for theme in paper.criteria:
        writer.heading(2, theme.theme)
        writer.bullets((bold("Gained: "), one) for one in theme.gained)
        writer.bullets((bold("Lost: "), one) for one in theme.lost)
        if theme.first_recorded:
            writer.paragraph(theme.first_recorded)


def write_targets(writer: Writer, paper: Paper) -> None:
    """Write targets against where things stand."""
    if not paper.targets:
        return
    colours = stage_colours(len(paper.view.stages))
    writer.heading(1, "Targets against where things stand")
    if paper.as_of:
        writer.paragraph(f"Whether a date is past is judged on {paper.as_of}.")
    writer.table(
        Sheet(
            caption="Targets",
            description="A row for each target: its theme, the stage to reach, by when, when it was set, the stage now,"
            " and whether it is reached.",
            heads=("Theme", "Target", "By", "Set", "Now", "Standing"),
            rows=[
                (
                    one.theme,
                    stage_words(one.target, colours),
                    one.by or _NOT_RECORDED,
                    one.set_on,
                    stage_words(one.now, colours),
                    one.standing,
                )
                for one in paper.targets
            ],
            widths=shares(writer.width, (4.3, 2.5, 2.6, 2.1, 2.5, 3.0)),
        )
    )


def write_actions(writer: Writer, paper: Paper) -> None:
    """Write what became of actions, a table for each state; without owners where the paper is for the public."""
    actions = paper.actions
    parts = (
        ("Overdue actions", actions.overdue),
        ("Open actions", actions.open),
        ("Actions done", actions.done),
        ("Actions dropped", actions.dropped),
    )
    if not any(found for _, found in parts):
        return
    writer.heading(1, "Actions")
    writer.paragraph(actions.summary)
    for caption, found in parts:
        if found:
            writer.table(_actions(caption, found, writer.width, has_owners=not paper.is_public))


def _actions(caption: str, found: Sequence[TrackedActionView], width: float, *, has_owners: bool) -> Sheet:
    heads = ("Due", "Action", *(["Owner"] if has_owners else []), "Theme")
    owner = "its owner, " if has_owners else ""
    return Sheet(
        caption=caption,
        description=f"A row for each action: when it is due, what is to be done, {owner}and its theme.",
        heads=heads,
        rows=[
            (
                one.due or _NOT_RECORDED,
                one.action,
                *([one.owner or _NOT_RECORDED] if has_owners else []),
                Words(one.theme),
            )
            for one in found
        ],
        widths=shares(width, (3.1, 5.6, 4.0, 4.3) if has_owners else (3.1, 8.1, 5.8)),
    )
