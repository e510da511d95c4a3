"""Theme by theme: its stages, why, criteria, evidence, target and actions."""

from collections.abc import Iterator

from pbpmaturity.report.paper import Paper
from pbpmaturity.report.theme_view import ActionView, CriterionView, EvidenceView, ThemeView
from pbpmaturity.report.view import AssessmentView
from pbpmaturity.report.word.nodes import Line, Piece, bold
from pbpmaturity.report.word.writer import Writer


def write_themes(writer: Writer, paper: Paper) -> None:
    """Write all that is said of each theme; nothing of what was published without its themes."""
    if paper.view.is_stated:
        return
    writer.heading(1, "Theme by theme")
    for theme in paper.view.themes:
        writer.heading(2, f"{theme.number}. {theme.name}")
        writer.paragraph(tuple(_stages(theme, paper.view)))
        writer.text(theme.description or "")
        if theme.note:
            writer.text(f"Note on the matrix: {theme.note}")
        _write_reasons(writer, theme)
        _write_criteria(writer, theme)
        _write_evidence_and_plans(writer, theme)


def _stages(theme: ThemeView, view: AssessmentView) -> Iterator[str | Piece]:
    if theme.then:
        yield from (f"{view.then_date}: ", bold(theme.then.words), "; ")
    yield from (f"{view.now_date}: ", bold(theme.now.words))
    yield f"; {theme.change[:1].lower()}{theme.change[1:]}." if theme.change else "."


def _write_reasons(writer: Writer, theme: ThemeView) -> None:
    for heading, text in (("Why", theme.rationale), ("What some held instead", theme.dissent)):
        if text:
            writer.heading(3, heading)
            writer.text(text)


def _write_criteria(writer: Writer, theme: ThemeView) -> None:
    if theme.criteria is None:
        return
    writer.heading(3, "Criteria")
    warning: Line = (" ", bold(theme.criteria_warning)) if theme.criteria_warning else ()
    writer.paragraph((f"{theme.criteria}.", *warning))
    writer.bullets(_criterion(one) for one in theme.criteria_open)


def _write_evidence_and_plans(writer: Writer, theme: ThemeView) -> None:
    if theme.evidence:
        writer.heading(3, "Evidence")
        writer.bullets(_evidence(one) for one in theme.evidence)
    if theme.target:
        writer.heading(3, "Target")
        writer.paragraph(theme.target)
    if theme.actions:
        writer.heading(3, "Actions")
        writer.bullets(_action(one) for one in theme.actions)


def _criterion(one: CriterionView) -> str:
    note = f" Note: {one.note}" if one.note else ""
    return f"{one.id}, {one.state}: {one.statement}{note}"


def _evidence(one: EvidenceView) -> Line:
    """Return a piece of evidence: a link where there is a web address, else where it is in words, and its date."""
    date = f", {one.date}" if one.date else ""
    if one.link and not one.is_web_link:
        return f"{one.title} ({one.link}){date}"
    return (Piece(one.title, link=one.link), date)


def _action(one: ActionView) -> str:
    details = [*([one.owner] if one.owner else []), *([f"due {one.due}"] if one.due else []), one.status]
    return f"{one.action} ({', '.join(details)})"
