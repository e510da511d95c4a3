"""Stages in rows and columns, for as many columns as there are: dates of one Place, or Places side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report import words
from pbpmaturity.report.theme_view import Cell

_ON_A_PAGE = 5
"""So many columns of stages fit beside the names of the themes on a page of A4."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its name and a cell a column; the cells of a fact, such as the method, are no stages.

    `link` is the page that the row is about, on the pages of a system.
    """

    name: str
    cells: tuple[Cell, ...]
    is_fact: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose first column names the rows; `links` are the pages that the columns are about, if there are any."""

    corner: str
    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]
    links: tuple[str, ...] = ()


def blocks(grid: Grid, most: int) -> tuple[Grid, ...]:
    """Return the grid as tables of at most so many columns each, as even as can be, all with all rows."""
    count = -(-len(grid.heads) // max(1, most))
    return parts(grid, [len(grid.heads) * at // max(1, count) for at in range(count + 1)])


def parts(grid: Grid, edges: Sequence[int]) -> tuple[Grid, ...]:
    """Return the grid cut before these columns, all parts with all rows."""
    return tuple(_part(grid, start, end) for start, end in pairwise(edges))


def edges_that_fit(widths: Sequence[int], room: int) -> list[int]:
    """Return where to cut columns of these widths so that each part has as many as fit, and at least one."""
    edges, used = [0], 0
    for at, width in enumerate(widths):
        if used and used + width > room:
            edges.append(at)
            used = 0
        used += width
    return [*edges, len(widths)]


def grid_tables(grid: Grid) -> list[tuple[list[str], list[list[str]]]]:
    """Return the heads and rows, as words, of tables that a page has room for."""
    return [
        ([part.corner, *part.heads], [[row.name, *(cell.words for cell in row.cells)] for row in part.rows])
        for part in grid_blocks(grid)
    ]


def grid_blocks(grid: Grid) -> tuple[Grid, ...]:
    """Return the grid as tables that a page has room for."""
    return blocks(grid, _ON_A_PAGE)


def fact(name: str, words: Sequence[str]) -> GridRow:
    """Return a row of facts."""
    return GridRow(name, tuple(Cell(one, None) for one in words), is_fact=True)


def words_of_rules(everything: Sequence[FiledAssessment], files: Sequence[FiledAssessment]) -> tuple[GridRow, ...]:
    """Return a row that says how each overall stage came about, if all that is shown did not in one way."""
    if len(words.overall_rules(everything)) < 2:
        return ()
    return (fact("Rule for overall", [words.short_rule(filed) for filed in files]),)


def _part(grid: Grid, start: int, end: int) -> Grid:
    rows = tuple(replace(row, cells=row.cells[start:end]) for row in grid.rows)
    return Grid(grid.corner, grid.heads[start:end], rows, grid.links[start:end])
