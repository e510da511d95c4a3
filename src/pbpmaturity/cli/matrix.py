"""pbp matrix: the matrix, or one theme of it, on screen or as a pack for the room."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from pbpmaturity.cli.document import deliver, format_of, is_for_screen, refuse_to_replace
from pbpmaturity.cli.loading import tell_of_unread
from pbpmaturity.cli.opening import (
    Chosen,
    choose,
    default_matrix,
    open_or_shipped,
    tell_of_the_rest,
)
from pbpmaturity.cli.options import OutputOption, WorkspaceOption
from pbpmaturity.cli.output import is_colourful, screen_width
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.matrix import Matrix, Theme
from pbpmaturity.report.last_time import LookBack
from pbpmaturity.report.matrix_view import MatrixView, ThemeText, view_of_matrix
from pbpmaturity.report.records import as_json, matrix_record

MatrixFormat = Literal["text", "json", "markdown", "html"]
_ENDINGS: dict[str, MatrixFormat] = {
    ".txt": "text",
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
_TEMPLATES = {"markdown": "matrix.md.j2", "html": "matrix.html.j2"}


def matrix(
    ctx: typer.Context,
    theme: Annotated[str | None, typer.Argument(metavar="THEME", help="A theme, by id, name or number.")] = None,
    ref: Annotated[
        str | None,
        typer.Option("--matrix", metavar="ID@VERSION", help="Another matrix than the one for new assessments."),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(metavar="PLACE[@WHEN]", help="Show a Place's stages of last time beside the themes."),
    ] = None,
    output: OutputOption = None,
    format_: Annotated[
        MatrixFormat | None,
        typer.Option("--format", help="How to print the result; without it, by FILE's ending, else text."),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Show the matrix, or one theme with its criteria.

    As HTML it is a pack to print for a workshop, with boxes to tick and lines to write on. With --place each theme ends
    with the stage of last time, for a look back once the group has judged. Without --place no workspace is needed: the
    matrix that ships will do.

    \b
    Examples:
      pbp matrix
      pbp matrix shared-data
      pbp matrix 3 --format markdown
      pbp matrix -o pack.html
      pbp matrix --place northam -o pack-northam.html

    Exit codes: 0 fine; 2 wrong usage, or input missing or unusable; 3 a bug; 130 interrupted.
    """
    chosen_format = format_ or format_of(output, _ENDINGS, "text")
    if place is not None and chosen_format == "json":
        raise UsageError(
            "--place does not go with json, which is the matrix in the shape of its file",
            f"for its stages as JSON: pbp show {place} --format json",
        )
    chosen = choose(place, workspace) if place is not None else None
    root, portfolio = (chosen.root, chosen.portfolio) if chosen else open_or_shipped(workspace)
    refuse_to_replace(output, root, chosen.file if chosen else None)
    found = default_matrix(portfolio, ref)
    one = _theme(found, theme) if theme is not None else None
    back = _look_back(chosen, found) if chosen else None
    if chosen is None:
        tell_of_unread(portfolio)
    if chosen_format == "json":
        text = as_json(matrix_record(found, one.id if one else None))
    elif chosen_format == "text":
        option = f" --matrix {ref}" if ref else ""
        text = _text(view_of_matrix(found, back), one, option, is_for_screen(output))
    else:
        text = _document(_TEMPLATES[chosen_format], root, found, one, back, ctx.obj)
    deliver(text, output)


def _theme(found: Matrix, word: str) -> Theme:
    wanted = word.strip().lower()
    for number, theme in enumerate(found.themes, 1):
        if wanted in (theme.id, theme.name.lower(), str(number)):
            return theme
    raise UsageError(f"theme {quoted(word)} is not a theme of {found.ref}; {guess_or_list(word, found.theme_ids)}")


def _look_back(chosen: Chosen, found: Matrix) -> LookBack:
    """Return what a Place looks back at, and say what that leaves out; without a WHEN there may be nothing yet."""
    portfolio = chosen.portfolio
    files = (portfolio.matrix_inputs.get(found.ref), portfolio.settings_input)
    also = tuple(file for file in files if file is not None)
    if chosen.is_by_default and not chosen.shelf.agreed_dates():
        tell_of_unread(portfolio)
        return LookBack(chosen.shelf.name, None, also)
    filed = chosen.shelf.take(chosen.date_or("latest"))
    tell_of_the_rest(chosen, filed.assessment.date.text)
    return LookBack(chosen.shelf.name, filed, also)


def _document(
    template: str, root: Path | None, found: Matrix, one: Theme | None, back: LookBack | None, version: str
) -> str:
    from pbpmaturity.report.documents import render
    from pbpmaturity.workspace.templates import templates_for

    templates = templates_for(root)
    if back is not None:
        back = replace(back, also=(*back.also, *templates.own))
    view = view_of_matrix(found, back)
    values = {"matrix": view, "themes": _shown(view, one), "is_whole": one is None, "version": version}
    return render(template, templates.texts, **values)


def _shown(view: MatrixView, one: Theme | None) -> list[ThemeText]:
    return [theme for theme in view.themes if one is None or theme.id == one.id]


def _text(view: MatrixView, one: Theme | None, option: str, is_for_screen: bool) -> str:
    from pbpmaturity.report.terminal import WIDTH, matrix_text, theme_text

    width, colour = (screen_width(), is_colourful()) if is_for_screen else (WIDTH, False)
    if one is None:
        return matrix_text(view, option=option, width=width, colour=colour)
    return theme_text(view, _shown(view, one)[0], width=width, colour=colour)
