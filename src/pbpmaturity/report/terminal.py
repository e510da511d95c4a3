"""Results on a terminal: 80 columns, plain without colour, and in an order that a screen reader can follow."""

import datetime
import io
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pbpmaturity.analysis.actions import NumberedAction
from pbpmaturity.analysis.claim import Verdict
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report import words
from pbpmaturity.report.charts import stage_colours
from pbpmaturity.report.matrix_view import MatrixView, ThemeText
from pbpmaturity.report.theme_view import ActionView, Cell, ThemeView
from pbpmaturity.report.view import AssessmentView, stage_table

WIDTH = 80
_WIDEST = 110


def show_text(view: AssessmentView, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return one assessment: headline, a strip of stages for each theme, what the overall stage rests on, actions."""
    screen = _Screen(width, colour, len(view.stages))
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
        targets = [f"{theme.name}: {theme.target}" for theme in view.themes if theme.target]
        if targets:
            screen.listed("Targets", targets)
        if view.open_actions:
            screen.listed("Open actions", [_action(action) for action in view.open_actions])
    screen.paragraphs([f"{view.agreement} {view.how_made}"])
    return screen.text()


def diff_text(view: AssessmentView | None, verdict: Verdict | None, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return what changed: headline, each theme then and now, slips, and the verdict on a claim."""
    screen = _Screen(width, colour, len(view.stages) if view else 0)
    if view is not None:
        screen.banners(view.banners)
        screen.heading(view.headline)
        screen.then_and_now(view)
        screen.paragraphs(view.notes)
        if view.slips:
            screen.listed(
                "Slips",
                [
                    f"{theme.name}: {theme.then.words if theme.then else ''} to {theme.now.words}."
                    f" {theme.rationale or 'No reason is recorded.'}"
                    for theme in view.slips
                ],
            )
    if verdict is not None:
        outcome = "borne out" if verdict.holds else "not borne out"
        screen.paragraphs([f'Claim "{verdict.claim}": {outcome}; {verdict.reason}.'])
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
    screen = _Screen(width, colour, 2)
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


def _numbered(one: NumberedAction) -> str:
    theme = one.filed.matrix.theme(one.theme)
    due = f"due {one.action.due.shown()}" if one.action.due else None
    details = (theme.name if theme else one.theme, one.action.owner, due)
    place = f"{one.filed.assessment.place}@{one.filed.assessment.date}"
    return visible(f"{place}, {one.number}: {one.action.action} ({'; '.join(part for part in details if part)})")


def matrix_text(view: MatrixView, *, option: str = "", width: int = WIDTH, colour: bool = False) -> str:
    """Return a matrix in short: its stages, and its themes with what to ask; `option` names it in commands."""
    screen = _Screen(width, colour, len(view.stages))
    screen.heading(f"{view.title} ({view.ref})")
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
    return screen.text()


def theme_text(view: MatrixView, theme: ThemeText, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return one theme of a matrix with its cells, stage by stage."""
    screen = _Screen(width, colour, len(view.stages))
    screen.heading(f"{theme.number}. {theme.name} ({view.ref})")
    prompt = f"To ask: {theme.prompt}" if theme.prompt else None
    note = f"Note: {theme.note}" if theme.note else None
    screen.paragraphs(line for line in (theme.description, prompt, note) if line)
    for position, cell in enumerate(theme.cells):
        criteria = [f"{one.id}: {one.statement}{f' (Note: {one.note})' if one.note else ''}" for one in cell.criteria]
        said = [cell.description] if cell.description else []
        screen.stage_list(Cell(cell.stage, position), [*said, *criteria] or ["No words for this stage."])
    return screen.text()


def _criteria(theme: ThemeView) -> str:
    return f"{theme.name}: {theme.criteria}.{f' {theme.criteria_warning}' if theme.criteria_warning else ''}"


def _action(action: ActionView) -> str:
    details = [
        action.theme,
        *([action.owner] if action.owner else []),
        *([f"due {action.due}"] if action.due else []),
    ]
    return f"{action.action} ({'; '.join(details)})"


def _change(then: str, now: str, change: str) -> str:
    return f"{then}, {change.lower()}" if then == now else f"{then} to {now}, {change.lower()}"


class _Screen:
    """Collects what is shown; people's text only ever enters as plain Text, never as markup."""

    def __init__(self, width: int, colour: bool, stages: int) -> None:
        self._buffer = io.StringIO()
        self._colours = stage_colours(stages)
        self._width = max(20, min(width, _WIDEST))
        self._console = Console(
            file=self._buffer,
            width=self._width,
            color_system="truecolor" if colour else None,
            force_terminal=colour,
            no_color=not colour,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def text(self) -> str:
        """Return all of it, without spaces at the ends of lines."""
        lines = self._buffer.getvalue().split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"

    def banners(self, banners: Sequence[str]) -> None:
        for banner in banners:
            self._console.print(Text(banner, style="bold reverse"))
        if banners:
            self._console.print()

    def heading(self, line: str) -> None:
        self._console.print(Text(line, style="bold"))
        self._console.print()

    def paragraphs(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._console.print(Text(line))
            self._console.print()

    def listed(self, title: str, items: Iterable[str]) -> None:
        self._list(Text(title, style="bold"), items)

    def stage_list(self, cell: Cell, items: Iterable[str]) -> None:
        self._list(self._stage(cell), items)

    def strip(self, view: AssessmentView) -> None:
        """Print a strip of stages a theme: the stage's word stands in its own column, on its own colour."""
        longest = max(cell_len(stage) for stage in view.stages) + 2
        column = max(longest, -(-len(" (not applicable) ") // len(view.stages)))
        names = self._width - column * len(view.stages) - 1
        if names < 24:
            self._plain_rows((theme.name, self._stage(theme.now)) for theme in view.themes)
            return
        table = self._table()
        table.add_column("Theme", width=names, overflow="fold")
        for stage in view.stages:
            table.add_column(Text(f" {stage}"), width=column)
        for theme in view.themes:
            cells = [Text("") for _ in view.stages]
            if theme.now.position is None:
                table.add_row(Text(theme.name), *self._spilling(f" ({theme.now.words.lower()})", column, len(cells)))
                continue
            cells[theme.now.position] = self._stage(theme.now, column)
            table.add_row(Text(theme.name), *cells)
        self._print_table(table)

    def then_and_now(self, view: AssessmentView) -> None:
        """Print a row a theme: then, now, and the change in words."""
        heads, rows = stage_table(view)
        widths = [max(cell_len(row[column]) for row in [heads, *rows]) + 2 for column in (1, 2, 3)]
        names = self._width - sum(widths) - 4
        cells = [(view.overall_then, view.overall_now)]
        cells += [(theme.then, theme.now) for theme in view.themes]
        if names < 24:
            self._plain_rows((row[0], Text(_change(*row[1:]))) for row in rows)
            return
        table = self._table()
        table.add_column("Theme", width=names, overflow="fold")
        for head, width in zip(heads[1:], widths, strict=True):
            table.add_column(Text(f" {head}"), width=width)
        for row, (then, now) in zip(rows, cells, strict=False):
            then_text = self._stage(then, widths[0]) if then else Text("")
            table.add_row(Text(row[0]), then_text, self._stage(now, widths[1]), Text(f" {row[3]}"))
        self._print_table(table)

    def _plain_rows(self, rows: Iterable[tuple[str, Text]]) -> None:
        """Print a row under another, for narrow terminals and long words."""
        for name, said in rows:
            self._console.print(Text(f"{name}: ").append_text(said))
        self._console.print()

    def _list(self, title: Text, items: Iterable[str]) -> None:
        self._console.print(title)
        for item in items:
            row = Table.grid(padding=0)
            row.add_column(width=2)
            row.add_column(overflow="fold")
            row.add_row(Text("-"), Text(item))
            self._console.print(Padding(row, (0, 0, 0, 2)))
        self._console.print()

    def _stage(self, cell: Cell, width: int = 0) -> Text:
        words = f" {cell.words}" if width else cell.words
        words += " " * (width - cell_len(words))
        if cell.position is None:
            return Text(words, style="italic")
        colour = self._colours[cell.position]
        return Text(words, style=f"{colour.text} on {colour.background}")

    def _spilling(self, words: str, column: int, count: int) -> list[Text]:
        """Return the cells of a row whose words are longer than one column, cut at the columns' edges."""
        pieces = [words[index * column : (index + 1) * column] for index in range(count)]
        return [Text(piece, style="italic", no_wrap=True, overflow="ignore") for piece in pieces]

    def _table(self) -> Table:
        return Table(box=None, padding=0, collapse_padding=True, pad_edge=False, header_style="bold", show_edge=False)

    def _print_table(self, table: Table) -> None:
        self._console.print(table)
        self._console.print()
