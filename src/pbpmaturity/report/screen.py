"""A terminal's page: people's text as plain text, stages in their colours, lists and tables that fit the width."""

import io
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pbpmaturity.report.charts import Colour, stage_colours
from pbpmaturity.report.grid import Grid, GridRow, edges_that_fit, parts
from pbpmaturity.report.theme_view import Cell
from pbpmaturity.report.view import AssessmentView, stage_table

_WIDEST = 110


class Screen:
    """Collects what is shown; people's text only ever enters as plain Text, never as markup."""

    def __init__(self, width: int, colour: bool, stages: int, *, widest: int = _WIDEST) -> None:
        self._buffer = io.StringIO()
        self._colours = stage_colours(stages)
        self._width = max(20, min(width, widest))
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

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self._width

    def print(self, shown: Text | Markdown) -> None:
        """Print a text in its own styles, wrapped between words."""
        self._console.print(shown)

    def hanging(self, label: Text, text: Text) -> None:
        """Print a text behind a label, its further lines below its first."""
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True)
        table.add_column()
        table.add_row(label, text)
        self._console.print(table)

    def text(self) -> str:
        """Return all of it, without spaces at the ends of lines."""
        lines = (_no_command(line.rstrip()) for line in self._buffer.getvalue().split("\n"))
        return "\n".join(lines).strip("\n") + "\n"

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

    def lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._console.print(Text(line))
        self._console.print()

    def side_by_side(self, columns: Sequence[tuple[Cell, Sequence[str]]], width: int) -> None:
        """Print lists next to each other, each below its stage on the stage's own colour."""
        table = self._table()
        for cell, _ in columns:
            table.add_column(self._stage(cell, width - 1), width=width - 1, overflow="fold")
            table.add_column("", width=1)
        pairs = ((Text("\n".join(items)), Text("")) for _, items in columns)
        table.add_row(*(part for pair in pairs for part in pair))
        self._print_table(table)

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

    def grid(self, grid: Grid, stages: int) -> None:
        """Print a grid of stages, in tables below each other where it has more columns than fit."""
        widths = [
            2 + max(cell_len(words) for words in (head, *(row.cells[at].words for row in grid.rows)))
            for at, head in enumerate(grid.heads)
        ]
        longest = max(cell_len(row.name) for row in grid.rows)
        names = max(24, min(longest + 2, self._width - sum(widths)))
        room = self._width - names
        if max(widths) > room or (len(widths) > 1 and sum(sorted(widths)[:2]) > room):
            self._plain_rows((row.name, Text(_in_a_row(grid, row))) for row in grid.rows)
            return
        edges, colours = edges_that_fit(widths, room), stage_colours(stages)
        for part, start in zip(parts(grid, edges), edges, strict=False):
            self._columns(part, names, widths[start : start + len(part.heads)], colours)

    def _columns(self, grid: Grid, names: int, widths: Sequence[int], colours: Sequence[Colour]) -> None:
        table = self._table()
        table.add_column(grid.corner, width=names, overflow="fold")
        for head, width in zip(grid.heads, widths, strict=True):
            table.add_column(Text(f" {head}"), width=width)
        for row in grid.rows:
            pairs = zip(row.cells, widths, strict=True)
            cells = (Text(f" {cell.words}") if row.is_fact else _on(cell, colours, width) for cell, width in pairs)
            table.add_row(Text(row.name), *cells)
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
        return _on(cell, self._colours, width)

    def _spilling(self, words: str, column: int, count: int) -> list[Text]:
        """Return the cells of a row whose words are longer than one column, cut at the columns' edges."""
        pieces = [words[index * column : (index + 1) * column] for index in range(count)]
        return [Text(piece, style="italic", no_wrap=True, overflow="ignore") for piece in pieces]

    def _table(self) -> Table:
        return Table(box=None, padding=0, collapse_padding=True, pad_edge=False, header_style="bold", show_edge=False)

    def _print_table(self, table: Table) -> None:
        self._console.print(table)
        self._console.print()


def _no_command(line: str) -> str:
    """Return a line that a CI's log does not take for a command: one that begins with `::`, or holds `##[`."""
    line = line.replace("##[", "#\\x23[").replace("##vso", "#\\x23vso")
    return f"{line[: -len(line.lstrip())]}\\x3a{line.lstrip()[1:]}" if line.lstrip().startswith("::") else line


def _on(cell: Cell, colours: Sequence[Colour], width: int = 0) -> Text:
    """Return a cell's words, a stage's on its own colour, as wide as a column where there is one."""
    words = f" {cell.words}" if width else cell.words
    words += " " * (width - cell_len(words))
    if cell.position is None:
        return Text(words, style="italic")
    colour = colours[cell.position]
    return Text(words, style=f"{colour.text} on {colour.background}")


def _in_a_row(grid: Grid, row: GridRow) -> str:
    return "; ".join(f"{head} {cell.words}" for head, cell in zip(grid.heads, row.cells, strict=True))


def _change(then: str, now: str, change: str) -> str:
    return f"{then}, {change.lower()}" if then == now else f"{then} to {now}, {change.lower()}"
