"""Results on a terminal: 80 columns, plain without colour, and in an order that a screen reader can follow."""

import datetime
from collections.abc import Sequence

from pbpmaturity.analysis.actions import NumberedAction
from pbpmaturity.analysis.claim import Verdict
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report import words
from pbpmaturity.report.changes_view import ChangesView
from pbpmaturity.report.comparison_view import ComparisonView
from pbpmaturity.report.history_view import HistoryView
from pbpmaturity.report.matrix_view import MatrixView, ThemeText
from pbpmaturity.report.screen import Screen
from pbpmaturity.report.theme_view import ActionView, Cell, ThemeView
from pbpmaturity.report.view import AssessmentView
from pbpmaturity.report.views_view import IndividualViews

WIDTH = 80
_WIDEST = 110


def show_text(view: AssessmentView, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return one assessment: headline, a strip of stages for each theme, what the overall stage rests on, actions."""
    screen = Screen(width, colour, len(view.stages))
    screen.banners(view.banners)
    screen.heading(view.headline)
    if view.is_stated:
        screen.paragraphs(
            line for line in (view.stated_note, f"Source: {view.stated_source}.", *view.overall_lines) if line
        )
    else:
        screen.strip(view)
        screen.paragraphs(view.overall_lines)
        if view.weakest:
            screen.listed("Weakest themes", view.weakest)
        elif view.overall_now.position is not None:
            screen.paragraphs(["Weakest themes: none stands out."])
        criteria = [_criteria(theme) for theme in view.themes if theme.criteria]
        if criteria:
            screen.listed("What the recorded criteria say", criteria)
        moves = [f"{theme.name}: {theme.views}. {theme.views_group}" for theme in view.themes if theme.views]
        if moves:
            screen.listed("From individual views to the group", moves)
        targets = [f"{theme.name}: {theme.target}" for theme in view.themes if theme.target]
        if targets:
            screen.listed("Targets", targets)
        if view.open_actions:
            screen.listed("Open actions", [_action(action) for action in view.open_actions])
    screen.paragraphs([f"{view.agreement} {view.how_made}"])
    return screen.text()


def diff_text(view: AssessmentView | None, verdict: Verdict | None, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return what changed: headline, each theme then and now, slips, and the verdict on a claim."""
    screen = Screen(width, colour, len(view.stages) if view else 0)
    if view is not None:
        screen.banners(view.banners)
        screen.heading(view.headline)
        screen.then_and_now(view)
        screen.paragraphs([*view.notes, *view.overall_rules])
        if view.slips:
            screen.listed(
                "Slips",
                [
                    f"{theme.name}: {theme.then.words if theme.then else ''} to {theme.now.words}. {theme.slip_reason}"
                    for theme in view.slips
                ],
            )
    if verdict is not None:
        outcome = "borne out" if verdict.holds else "not borne out"
        screen.paragraphs([f'Claim "{verdict.claim}": {outcome}; {verdict.reason}.'])
    return screen.text()


def history_text(view: HistoryView, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return every assessment of a Place: a column each, then in sentences what slipped, is missing or has changed."""
    screen = Screen(width, colour, 0)
    screen.banners(view.banners)
    screen.heading(view.heading)
    for stretch in view.stretches:
        screen.paragraphs([stretch.not_compared] if stretch.not_compared else [])
        screen.grid(stretch.grid, len(stretch.stages))
    if view.slips:
        screen.listed("Slips", [str(slip) for slip in view.slips])
    screen.paragraphs([view.no_slips] if view.no_slips and not view.slips else [])
    further = (
        ("Lower than when last assessed", view.lower),
        ("Without a stage", view.gaps),
        ("Changed in between", view.changes),
    )
    for title, items in further:
        if items:
            screen.listed(title, items)
    screen.paragraphs(view.rules)
    return screen.text()


def comparison_text(view: ComparisonView, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return Places side by side, in the order of their names, and who could learn from whom."""
    screen = Screen(width, colour, 0)
    screen.banners(view.banners)
    screen.heading(view.heading)
    screen.listed("What is set side by side", view.places)
    screen.grid(view.grid, len(view.stages))
    if view.left_out:
        screen.listed("Left out", view.left_out)
    screen.listed("Who could learn from whom", view.learning or [view.no_learning])
    if view.pairs:
        screen.listed("Pair by pair", view.pairs)
    screen.paragraphs([*view.notes, *view.rules, view.purpose])
    return screen.text()


def changes_text(view: ChangesView, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return what has changed since a revision, Place by Place."""
    screen = Screen(width, colour, 0)
    screen.heading(f"Changed since {view.since}")
    screen.paragraphs([view.nothing] if view.nothing else [])
    for place in view.places:
        screen.heading(place.name)
        for one in place.assessments:
            headline = [one.headline] if one.headline else []
            screen.listed(one.became, [*one.banners, *headline, *one.notes, *one.lines])
        if place.lines:
            screen.listed("Before and now", place.lines)
    screen.paragraphs([view.same] if view.same else [])
    if view.files:
        screen.listed("Other files", view.files)
    screen.paragraphs([view.closing] if view.closing else [])
    return screen.text()


def actions_text(
    files: Sequence[FiledAssessment],
    actions: Sequence[NumberedAction],
    day: datetime.date,
    *,
    width: int = WIDTH,
    colour: bool = False,
) -> str:
    """Return open actions, overdue ones first, each with its number in its assessment."""
    screen = Screen(width, colour, 2)
    screen.banners([visible(banner) for banner in words.banners(*(filed.assessment for filed in files))])
    screen.heading(f"Open actions as of {PartialDate(day.isoformat()).shown()}")
    overdue = [_numbered(one) for one in actions if one.is_overdue(day)]
    due = [_numbered(one) for one in actions if one.action.due and not one.is_overdue(day)]
    undated = [_numbered(one) for one in actions if not one.action.due]
    for title, items in (("Overdue", overdue), ("Due", due), ("Without a date", undated)):
        if items:
            screen.listed(title, items)
    if not actions:
        screen.paragraphs(["There are none."])
    return screen.text()


def views_text(views: IndividualViews, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return what individuals said of each theme: tally, range, middle, and what the group made of it."""
    screen = Screen(width, colour, len(views.stages))
    screen.banners(views.banners)
    screen.heading(views.headline)
    if views.order:
        screen.paragraphs([views.order])
    if not views.themes:
        screen.paragraphs(["There is no tally of individual views that can be shown."])
    for theme in views.themes:
        screen.listed(theme.name, [f"{theme.said}.", theme.group])
    if views.withheld:
        screen.listed(views.withheld_because, views.withheld)
    if views.themes and views.without:
        screen.listed("Without a tally", views.without)
    screen.paragraphs([views.how_made])
    return screen.text()


def _numbered(one: NumberedAction) -> str:
    theme = one.filed.matrix.theme(one.theme)
    due = f"due {one.action.due.shown()}" if one.action.due else None
    details = (theme.name if theme else one.theme, one.action.owner, due)
    place = f"{one.filed.assessment.place}@{one.filed.assessment.date}"
    return visible(f"{place}, {one.number}: {one.action.action} ({'; '.join(part for part in details if part)})")


def matrix_text(view: MatrixView, *, option: str = "", width: int = WIDTH, colour: bool = False) -> str:
    """Return a matrix in short: its stages, and its themes with what to ask; `option` names it in commands."""
    screen = Screen(width, colour, len(view.stages))
    _matrix_heading(screen, view, f"{view.title} ({view.ref})")
    screen.paragraphs(line for line in (view.source and f"Source: {view.source}.", view.note) if line)
    screen.listed(
        "Stages, in order", [f"{stage.name}{f': {stage.summary}' if stage.summary else ''}" for stage in view.stages]
    )
    for theme in view.themes:
        screen.heading(f"{theme.number}. {theme.name}")
        note = f"Note: {theme.note}" if theme.note else None
        screen.paragraphs(line for line in (theme.description, theme.prompt, note) if line)
        if any(cell.criteria for cell in theme.cells):
            screen.paragraphs([f"Its criteria: pbp matrix {theme.id}{option}"])
        screen.paragraphs([theme.last.line] if theme.last else [])
    return screen.text()


def theme_text(view: MatrixView, theme: ThemeText, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return one theme of a matrix with its cells, stage by stage."""
    screen = Screen(width, colour, len(view.stages))
    _matrix_heading(screen, view, f"{theme.number}. {theme.name} ({view.ref})")
    prompt = f"To ask: {theme.prompt}" if theme.prompt else None
    note = f"Note: {theme.note}" if theme.note else None
    screen.paragraphs(line for line in (theme.description, prompt, note) if line)
    for position, cell in enumerate(theme.cells):
        criteria = [f"{one.id}: {one.statement}{f' (Note: {one.note})' if one.note else ''}" for one in cell.criteria]
        said = [cell.description] if cell.description else []
        screen.stage_list(Cell(cell.stage, position), [*said, *criteria] or ["No words for this stage."])
    screen.paragraphs([theme.last.line] if theme.last else [])
    return screen.text()


def _matrix_heading(screen: Screen, view: MatrixView, line: str) -> None:
    """Print a heading and, where a Place looks back, which of its assessments is meant."""
    screen.banners(view.last.banners if view.last else ())
    screen.heading(line)
    screen.paragraphs([view.last.about, *view.last.notes] if view.last else [])


def _criteria(theme: ThemeView) -> str:
    return f"{theme.name}: {theme.criteria}.{f' {theme.criteria_warning}' if theme.criteria_warning else ''}"


def _action(action: ActionView) -> str:
    details = [
        action.theme,
        *([action.owner] if action.owner else []),
        *([f"due {action.due}"] if action.due else []),
    ]
    return f"{action.action} ({'; '.join(details)})"
