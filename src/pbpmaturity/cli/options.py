"""Options that several verbs share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="The workspace; without it, the nearest one at or above here."),
]
TextFormat = Literal["text", "json", "markdown"]
FormatOption = Annotated[TextFormat, typer.Option("--format", help="How to print the result.")]
OutputOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Where to write; without it, the screen."),
]
