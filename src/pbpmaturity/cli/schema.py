"""pbp schema: what editors need to explain and check files while somebody types."""

from pathlib import Path
from typing import Annotated

import typer

from pbpmaturity.cli.editing import is_of_a_size, schemas
from pbpmaturity.cli.inspection import inspect
from pbpmaturity.cli.opening import open_root
from pbpmaturity.cli.options import WorkspaceOption
from pbpmaturity.cli.output import emit, shown_path, tell
from pbpmaturity.workspace.editors import SCHEMAS, drifted, left_over, write_schemas


def schema(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 if a schema is missing or out of date.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write JSON Schemas of the files into .pbp/, for editors.

    There is one of an assessment for each matrix, in which each theme, stage and criterion explains itself, and one
    each of a matrix, a readiness test, a delegation file and pbp.yaml. New assessments name theirs in their first line.
    Run this again when a matrix or the service areas have changed.

    \b
    Examples:
      pbp schema
      pbp schema --check

    Exit codes: 0 fine; 1 --check found a schema that is missing or out of date; 2 wrong usage, or input missing or
    unusable; 3 a bug; 130 interrupted.
    """
    root = open_root(workspace)
    inspection = inspect(root)
    if inspection.unreadable_matrices:
        tell(f"left out, since they could not be read: {', '.join(inspection.unreadable_matrices)}; run pbp validate")
    wanted = schemas(inspection)
    for ref, matrix in inspection.matrices.items():
        if not is_of_a_size(matrix):
            tell(f"left out, since it has too many stages and themes for an editor: {ref}")
    for name in left_over(root, wanted):
        tell(f"{_shown(root, name)} belongs to no matrix here; it can be deleted")
    changed = drifted(root, wanted)
    if check:
        for name in changed:
            emit(f"{_shown(root, name)} is missing or out of date; run pbp schema\n")
        if changed:
            raise typer.Exit(1)
        emit(f"{len(wanted)} schemas are up to date\n")
        return
    write_schemas(root, {name: wanted[name] for name in changed})
    for name in changed:
        emit(f"wrote {_shown(root, name)}\n")
    if not changed:
        emit(f"{len(wanted)} schemas were up to date already\n")


def _shown(root: Path, name: str) -> str:
    return shown_path(root / SCHEMAS / name)
