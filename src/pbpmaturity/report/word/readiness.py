"""Readiness tests: what the record shows on each condition, and what is still open."""

from pbpmaturity.report.paper import Paper
from pbpmaturity.report.readiness_view import ReadinessTestView, conditions_table
from pbpmaturity.report.word.nodes import bold
from pbpmaturity.report.word.tables import Sheet, Words, shares
from pbpmaturity.report.word.writer import Writer


def write_readiness(writer: Writer, paper: Paper) -> None:
    """Write the readiness tests that were asked for, and last the sentence on what they decide."""
    found = paper.readiness
    if found is None:
        return
    writer.heading(1, found.headline)
    for banner in found.banners:
        if banner not in paper.view.banners:
            writer.paragraph(banner, "Banner")
    for line in found.about:
        writer.paragraph(line)
    for test in found.tests:
        _write_test(writer, test)
    writer.paragraph((bold(found.closing),))


def _write_test(writer: Writer, test: ReadinessTestView) -> None:
    heads, rows = conditions_table(test)
    writer.heading(2, f"{test.title}: {test.result.lower()}")
    if test.area:
        writer.paragraph(test.area)
    writer.text(test.note or "")
    writer.table(
        Sheet(
            caption=f"Conditions of {test.title}",
            description="A row for each condition: its result, what it asks, and what is recorded.",
            heads=heads,
            rows=[[Words(result, is_bold=True), *others] for result, *others in rows],
            widths=shares(writer.width, (2.6, 6.4, 8.0)),
        )
    )
    for condition in test.conditions:
        if condition.still_open:
            writer.heading(3, f"Still open: {condition.name}")
            writer.bullets(condition.still_open)
