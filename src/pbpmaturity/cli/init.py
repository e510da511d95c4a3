"""pbp init: a new workspace."""

import re
from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.cli.editing import schemas
from pbpmaturity.cli.inspection import inspect
from pbpmaturity.cli.output import emit, tell
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.workspace.editors import SCHEMAS
from pbpmaturity.workspace.layout import find_root
from pbpmaturity.workspace.scaffold import Laid, lay_down


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where; without it, here.")] = Path(),
    example: Annotated[
        bool, typer.Option("--example", help="Lay down a fictional system of three Places to try.")
    ] = False,
) -> None:
    """Make a workspace, or the missing parts of one.

    It has pbp.yaml, the matrix, a folder for assessments, an example of a readiness test, schemas and settings for
    editors, a workflow for GitHub, and .gitattributes. What is there already is left alone; nothing is overwritten.

    \b
    Examples:
      pbp init
      pbp init riverside --example

    Exit codes: 0 fine; 2 wrong usage, or a folder that cannot be written; 3 a bug; 130 interrupted.
    """
    around = find_root(folder.absolute().parent)
    if around is not None and find_root(folder) == around:
        inside, outside = one_line(folder.as_posix()), one_line(around.as_posix())
        tell(f"{inside} lies inside the workspace {outside}; this one is separate")
    laid = lay_down(folder, example=example, more=lambda: _schemas_for(folder))
    place = one_line(folder.as_posix())
    for path in laid.written:
        emit(f"wrote {_inside(place, path)}\n")
    for path in laid.left_alone:
        emit(f"left alone {_inside(place, path)}, which was there already\n")
    tell(_next_step(place, laid, example))


def _schemas_for(folder: Path) -> dict[str, bytes]:
    """Return the schemas of a workspace that has just been laid down, which may have matrices of its own."""
    return {f"{SCHEMAS}/{name}": text.encode() for name, text in schemas(inspect(folder.absolute())).items()}


def _inside(place: str, path: str) -> str:
    return path if place == "." else f"{place}/{path}"


def _next_step(place: str, laid: Laid, example: bool) -> str:
    if not laid.written:
        return "Everything was there already."
    plain = re.fullmatch(r"[\w./][\w./-]*", place, re.ASCII)
    go = "" if place == "." else f"cd {place} && " if plain else f'cd "{place}" && '
    return f"Next: {go}pbp show northam" if example else f"Next: {go}pbp validate"
