"""pbp matrix: the matrix, or one theme of it."""

from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.cli.opening import default_matrix, load, tell_of_unread
from pbpmaturity.cli.options import FormatOption, WorkspaceOption
from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.matrix import Matrix, Theme
from pbpmaturity.model.portfolio import Portfolio
from pbpmaturity.model.settings import Settings
from pbpmaturity.report.matrix_view import view_of_matrix
from pbpmaturity.report.records import as_json, matrix_record
from pbpmaturity.workspace.layout import find_root, require_root
from pbpmaturity.workspace.shipped import shipped_matrices


def matrix(
    theme: Annotated[str | None, typer.Argument(metavar="THEME", help="A theme, by id, name or number.")] = None,
    ref: Annotated[
        str | None,
        typer.Option("--matrix", metavar="ID@VERSION", help="Another matrix than the one for new assessments."),
    ] = None,
    format_: FormatOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Show the matrix, or one theme with its criteria.

    Works without a workspace too, with the matrix that ships.

    \b
    Examples:
      pbp matrix
      pbp matrix shared-data
      pbp matrix 3 --format markdown

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    root = require_root(workspace) if workspace else find_root(Path.cwd())
    portfolio = load(root) if root else _without_workspace()
    found = default_matrix(portfolio, ref)
    tell_of_unread(portfolio)
    chosen = _theme(found, theme) if theme is not None else None
    if format_ == "json":
        emit(as_json(matrix_record(found, chosen.id if chosen else None)))
        return
    view = view_of_matrix(found)
    themes = [one for one in view.themes if chosen is None or one.id == chosen.id]
    if format_ == "markdown":
        from pbpmaturity.report.documents import render
        from pbpmaturity.workspace.templates import templates_for

        values = {"matrix": view, "themes": themes, "is_whole": chosen is None}
        emit(render("matrix.md.j2", templates_for(root).texts, **values))
        return
    from pbpmaturity.report.terminal import matrix_text, theme_text

    width, colour = screen_width(), is_colourful()
    option = f" --matrix {ref}" if ref else ""
    shown = (
        theme_text(view, themes[0], width=width, colour=colour)
        if chosen
        else matrix_text(view, option=option, width=width, colour=colour)
    )
    emit(shown)


def _theme(found: Matrix, word: str) -> Theme:
    wanted = word.strip().lower()
    for number, theme in enumerate(found.themes, 1):
        if wanted in (theme.id, theme.name.lower(), str(number)):
            return theme
    raise UsageError(f"theme {quoted(word)} is not a theme of {found.ref}; {guess_or_list(word, found.theme_ids)}")


def _without_workspace() -> Portfolio:
    matrices = {ref: shipped for ref, (shipped, _) in shipped_matrices().items()}
    return Portfolio(Settings(), matrices, (), (), ())
