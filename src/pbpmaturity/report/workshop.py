"""What is shown while an assessment is recorded: a theme with its cells, last time, how far it is, and the closing."""

from pbpmaturity.analysis.gaps import Gaps
from pbpmaturity.analysis.views import ThemeViews
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.assessment import Assessment, ThemeAssessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.report import words
from pbpmaturity.report.matrix_view import CellView, view_of_matrix
from pbpmaturity.report.screen import Screen
from pbpmaturity.report.theme_view import Cell

_NARROWEST_CELL = 24
_PARTS = {"method": "how it was judged", "participants": "who took part", "summary": "the summary for the board"}


def spoken(text: str, *, width: int) -> str:
    """Return sentences as lines that fit the width."""
    screen = Screen(width, False, 2)
    screen.lines(text.split("\n"))
    return ("\n" if text.startswith("\n") else "") + screen.text()


def theme_card(matrix: Matrix, theme_id: str, *, width: int, colour: bool) -> str:
    """Return a theme as it is put to the room: what it is about, what to ask, and its cells.

    The cells stand side by side where there is room, else one under another.
    """
    view = view_of_matrix(matrix)
    theme = next(one for one in view.themes if one.id == theme_id)
    screen = Screen(width, colour, len(view.stages), widest=width)
    screen.heading(f"{theme.number} of {len(view.themes)}: {theme.name}")
    prompt = f"To ask: {theme.prompt}" if theme.prompt else None
    note = f"Note: {theme.note}" if theme.note else None
    screen.paragraphs(line for line in (theme.description, prompt, note) if line)
    if any(cell.description or cell.criteria for cell in theme.cells):
        column = (width - 1) // len(theme.cells)
        if column >= _NARROWEST_CELL:
            cells = [(Cell(cell.stage, position), _said_in(cell)) for position, cell in enumerate(theme.cells)]
            screen.side_by_side(cells, column)
        else:
            for position, cell in enumerate(theme.cells):
                screen.stage_list(Cell(cell.stage, position), _said_in(cell) or ["No words for this stage."])
            # The cells can be longer than a screen, so what they are about is said again where the eye is.
            screen.lines(line for line in (f"{theme.number} of {len(view.themes)}: {theme.name}", prompt) if line)
    return screen.text()


def last_time(matrix: Matrix, said: ThemeAssessment, date: PartialDate, steps: int, *, width: int, colour: bool) -> str:
    """Return what was said of a theme last time, how far it has moved since, and what was still open."""
    screen = Screen(width, colour, len(matrix.stages))
    moved = f" {words.steps(steps)} since then." if steps else ""
    screen.lines([f"Last time ({date.month_shown()}): {visible(matrix.name_of(said.stage))}.{moved}"])
    if said.rationale:
        screen.listed("Why it was that", words.blocks_of(visible(said.rationale)))
    still_open = [
        _action(action.action, action.owner, action.due) for action in said.actions if action.status == "open"
    ]
    if still_open:
        screen.listed("Still open from last time", still_open)
    return screen.text()


def views(matrix: Matrix, assessment: Assessment, said: ThemeViews, *, width: int, colour: bool) -> str:
    """Return what individuals said of a theme and, once the group has chosen, how its stage compares; else nothing."""
    line = words.individual_views(said, matrix)
    if line is None:
        return ""
    compared = f" {words.group_and_views(assessment, said, matrix)}" if assessment.is_judged(said.theme) else ""
    screen = Screen(width, colour, len(matrix.stages))
    screen.lines([visible(f"What individuals said: {line}.{compared}")])
    return screen.text()


def progress(matrix: Matrix, assessment: Assessment, here: str | None, *, width: int, colour: bool) -> str:
    """Return how far the recording is: the themes in order, each with its stage or that it is still to come."""
    screen = Screen(width, colour, len(matrix.stages))
    recorded = sum(assessment.is_judged(theme) for theme in matrix.theme_ids)
    screen.heading(f"{recorded} of {len(matrix.themes)} themes recorded")
    rows = []
    for number, theme in enumerate(matrix.themes, 1):
        is_judged = assessment.is_judged(theme.id)
        state = matrix.name_of(assessment.state(theme.id)) if is_judged else "still to come"
        rows.append(
            f"{number:>2}. {visible(theme.name)}: {visible(state)}{' (you are here)' if theme.id == here else ''}"
        )
    screen.lines(rows)
    return screen.text()


def missing(matrix: Matrix, found: Gaps, *, width: int, colour: bool) -> str:
    """Return what an assessment does not say yet, as a list; an empty text where nothing is missing."""
    names = {theme.id: visible(theme.name) for theme in matrix.themes}
    kinds = (
        ("Not assessed", found.not_assessed),
        ("Changed without a reason", found.change_without_reason),
        ("Not applicable without a reason", found.not_applicable_without_reason),
        ("Judged above what the criteria support", found.above_criteria),
        ("No evidence", found.without_evidence),
    )
    lines = [f"{title}: {', '.join(names[theme] for theme in themes)}" for title, themes in kinds if themes]
    if found.parts:
        lines.append(f"Not recorded: {', '.join(_PARTS[part] for part in found.parts)}")
    if not lines:
        return ""
    screen = Screen(width, colour, len(matrix.stages))
    screen.listed("What is missing", lines)
    return screen.text()


def said_so_far(matrix: Matrix, said: ThemeAssessment, *, width: int, colour: bool) -> str:
    """Return what is recorded of a theme, for whoever comes back to it."""
    screen = Screen(width, colour, len(matrix.stages))
    lines = [f"Stage: {visible(matrix.name_of(said.stage))}"]
    for title, text in (("Why", said.rationale), ("What some held instead", said.dissent)):
        lines += [f"{title}: {' '.join(words.blocks_of(visible(text)))}"] if text else []
    lines += [f"Evidence: {visible(one.title)}" for one in said.evidence]
    if said.target:
        by = f" by {said.target.by.shown()}" if said.target.by else ""
        lines.append(f"Target: {visible(matrix.name_of(said.target.stage))}{by}")
    lines += [f"Action: {_action(one.action, one.owner, one.due)} ({one.status})" for one in said.actions]
    screen.listed("Recorded so far", lines)
    return screen.text()


def _action(action: str, owner: str | None, due: PartialDate | None) -> str:
    details = [owner, f"due {due.shown()}" if due else None]
    known = "; ".join(part for part in details if part)
    return visible(f"{action} ({known})" if known else action)


def _said_in(cell: CellView) -> list[str]:
    criteria = [f"{one.id}: {one.statement}{f' (Note: {one.note})' if one.note else ''}" for one in cell.criteria]
    return [*([cell.description] if cell.description else []), *criteria]
