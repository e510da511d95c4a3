"""Options that several verbs share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from pbpmaturity.cli.output import named_workspace
from pbpmaturity.errors import UsageError


def folder_to_write(text: str) -> Path:
    """Return the folder that an option names; UsageError if it names none, or the screen."""
    if text == "-":
        raise UsageError(
            "a folder of files cannot be printed", "name one instead of -, as in: --site site, or --assets charts"
        )
    if not text.strip():
        raise UsageError("no folder is named", "name one, as in: --site site, or --assets charts")
    return Path(text)


def _remembered(workspace: Path | None) -> Path | None:
    """Return the workspace that was given, which commands to be typed next have to give too."""
    named_workspace.set(workspace)
    return workspace


WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="DIR",
        callback=_remembered,
        help="The workspace; without it, the nearest one at or above here.",
    ),
]
TextFormat = Literal["text", "json", "markdown"]
FormatOption = Annotated[TextFormat, typer.Option("--format", help="How to print the result.")]
OutputOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Where to write; without it, the screen."),
]
