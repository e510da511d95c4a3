"""The first slide: where a Place is, and where it was."""

from pbpmaturity.report.deck.content import Block, Slide, Table, blocks, flat_line
from pbpmaturity.report.paper import Paper
from pbpmaturity.report.theme_view import Cell
from pbpmaturity.report.view import AssessmentView


def stages_slide(paper: Paper) -> Slide:
    """Return the slide with the stage of each theme now and then, and how they came about."""
    view = paper.view
    title, tally = short_headline(view.headline)
    return Slide(
        title=title,
        left=blocks(
            Block("Where it was published", tuple(said for said in (view.stated_source, view.stated_note) if said)),
        ),
        right=blocks(
            Block("In short", (f"{tally[:1].upper()}{tally[1:]}.", *_assessed(view)), is_list=True),
            Block("How the overall stage came about", view.overall_rules),
            Block("How it was made", (view.agreement, view.how_made)),
        ),
        notes=_notes(paper),
        table=_table(view),
        has_table_left=True,
    )


def short_headline(headline: str) -> tuple[str, str]:
    """Return a headline without its last brackets, short enough to read out, and what these say."""
    title, _, tally = flat_line(headline).rpartition(" (")
    return title, tally.removesuffix(")")


def _assessed(view: AssessmentView) -> tuple[str, ...]:
    if view.is_stated or view.then_date is None:
        return ()  # the headline's brackets say it
    return (f"{view.covered} in {view.now_date}.",)


def _table(view: AssessmentView) -> Table:
    dates = f"in {view.then_date} and in {view.now_date}" if view.then_date else f"in {view.now_date}"
    said = "The overall stage, as published" if view.is_stated else "The overall stage, and the stage of each theme"
    heads = ("Theme", view.then_date, view.now_date, "Change" if view.then_date else None)
    first = "Overall, as published" if view.is_stated else "Overall"
    rows = [_row(first, view.overall_then, view.overall_now, view.overall_change)]
    if not view.is_stated:
        rows += [_row(theme.name, theme.then, theme.now, theme.change) for theme in view.themes]
    return Table(
        name="Stages",
        description=f"{said}, {dates}. Each stage is in words; the later it is, the darker its cell.",
        heads=tuple(head for head in heads if head),
        rows=tuple(rows),
        rest="themes",
        stages=len(view.stages),
        bold=first,
    )


def _row(name: str, then: Cell | None, now: Cell, change: str | None) -> tuple[Cell, ...]:
    said = [Cell(name, None), *([then] if then else []), now, *([Cell(change, None)] if change else [])]
    return tuple(Cell(flat_line(cell.words), cell.position) for cell in said)


def _notes(paper: Paper) -> tuple[str, ...]:
    view = paper.view
    return (
        f"{view.headline}.",
        *view.overall_lines,
        f"{view.agreement} {view.how_made}",
        *([] if view.is_stated else [f"{theme.name}: {_moved(theme.then, theme.now)}." for theme in view.themes]),
        *(said for said in (view.stated_source, view.stated_note) if said),
        *([f"The assessment says of itself: {view.summary}"] if view.summary and not paper.is_public else []),
    )


def _moved(then: Cell | None, now: Cell) -> str:
    if then is None:
        return now.words
    return f"{now.words}, as before" if then.words == now.words else f"{then.words} to {now.words}"
