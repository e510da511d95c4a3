"""pbp validate: what is wrong with the files."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from pbpmaturity.cli.inspection import Inspection, inspect, inspect_alone
from pbpmaturity.cli.opening import open_root, tell_alone
from pbpmaturity.cli.options import WorkspaceOption
from pbpmaturity.cli.output import emit, shown_path
from pbpmaturity.diagnostics.finding import Diagnostic, in_order
from pbpmaturity.diagnostics.json_format import as_json
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.summary import summarise
from pbpmaturity.diagnostics.text import as_text
from pbpmaturity.errors import UsageError
from pbpmaturity.workspace.layout import find_root

FORMATS = {"text": as_text, "json": as_json}


def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Print only what is found in these files or folders."),
    ] = None,
    format_: Annotated[Literal["text", "json"], typer.Option("--format", help="How to print the findings.")] = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Check the files of a workspace, or a single file from anywhere.

    The whole workspace is read whatever PATH says, since rules span files. A finding names its file, line and column.

    \b
    Examples:
      pbp validate
      pbp validate assessments/northam
      pbp validate --format json

    Exit codes: 0 no error found; 1 errors found; 2 wrong usage, or no file to check; 3 a bug; 130 interrupted.
    """
    given = paths or []
    root = _root_of(given, workspace)
    if root is None:
        found, checked, remark = _check_alone(given), len(given), ""
    else:
        found, checked, remark = _check_workspace(root, given)
    summary = summarise(found, checked, remark)
    emit(FORMATS[format_](found, summary))
    if summary.errors:
        raise typer.Exit(1)


def _root_of(paths: Sequence[Path], workspace: Path | None) -> Path | None:
    """Return the one workspace that is meant, or None for files that lie in none."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is no file or folder {quoted(path.as_posix())}")
    if not paths or workspace is not None:
        return _containing(open_root(workspace), paths)
    roots = {find_root(path if path.is_dir() else path.parent) for path in paths}
    if len(roots) > 1:
        raise UsageError("the paths lie in different workspaces", "check one workspace at a time")
    root = roots.pop()
    folder = next((path for path in paths if path.is_dir()), None)
    if root is None and folder is not None:
        raise UsageError(
            f"{quoted(folder.as_posix())} is not a workspace, nor does it lie in one",
            "make one with: pbp init",
        )
    return root


def _containing(root: Path, paths: Sequence[Path]) -> Path:
    outside = [path for path in paths if not path.resolve().is_relative_to(root.resolve())]
    if outside:
        raise UsageError(f"{quoted(outside[0].as_posix())} does not lie in the workspace {root.as_posix()}")
    return root


def _check_alone(paths: Sequence[Path]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for path in paths:
        tell_alone(path)
        inspection = inspect_alone(path)
        found += [replace(one, path=shown_path(path)) for one in _all_of(inspection)[0]]
    return in_order(found)


def _check_workspace(root: Path, paths: Sequence[Path]) -> tuple[list[Diagnostic], int, str]:
    """Return what is found in the paths (everywhere if none is given), how many files that checked, and a remark."""
    inspection = inspect(root)
    assert inspection.layout is not None
    found, assessments = _all_of(inspection)
    files: Iterable[str] = inspection.layout.files
    if paths:
        wanted = [_relative(path, root) for path in paths]
        files = [file for file in files if _is_wanted(file, wanted)]
        found = [one for one in found if _is_wanted(one.path, wanted)]
    checked = len(list(files))
    if not checked and not found:
        raise UsageError(
            "there is no file to check",
            "assessments lie in assessments/PLACE/DATE.yaml; see: pbp init --help",
        )
    shown = [replace(one, path=shown_path(root / one.path)) for one in found]
    return in_order(shown), checked, "" if assessments else "no assessments yet"


def _all_of(inspection: Inspection) -> tuple[list[Diagnostic], int]:
    """Return all that is found, and the number of assessments read; one Place at a time is held in memory."""
    found, assessments = list(inspection.diagnostics), 0
    for _, files in inspection.places():
        assessments += len(files)
        for one in files:
            found += one.diagnostics
    return found, assessments


def _is_wanted(path: str, wanted: Sequence[str]) -> bool:
    return any(prefix in ("", ".") or path == prefix or path.startswith(f"{prefix}/") for prefix in wanted)


def _relative(path: Path, root: Path) -> str:
    return path.resolve().relative_to(root.resolve()).as_posix()
