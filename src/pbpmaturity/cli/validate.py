"""pbp validate: what is wrong with the files."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from pbpmaturity.cli.addresses import addresses
from pbpmaturity.cli.checking import check_alone, check_workspace
from pbpmaturity.cli.clock import day_of
from pbpmaturity.cli.opening import open_root, tell_alone
from pbpmaturity.cli.options import WorkspaceOption
from pbpmaturity.cli.output import shown_path, tell, tells_progress
from pbpmaturity.cli.reports import reports_of
from pbpmaturity.cli.scope import Paths, Scope, paths_in, touched
from pbpmaturity.cli.thoroughness import Thoroughness
from pbpmaturity.diagnostics.finding import Diagnostic, in_order
from pbpmaturity.diagnostics.ignores import chosen
from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.rules import RULES
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.workspace.given import leads_nowhere
from pbpmaturity.workspace.layout import find_root
from pbpmaturity.workspace.revision import Revision, since


def validate(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Print only what is found in these files or folders."),
    ] = None,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT[=FILE]",
            help="text, json, github, gitlab, sarif or junit; with =FILE, written there, and the text printed too.",
        ),
    ] = None,
    fail_on: Annotated[
        Literal["error", "warning", "never"], typer.Option(help="From which severity on the exit code is 1.")
    ] = "error",
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day from which dates are judged: a date, or today.")
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Print only these rules: PBP114, or PBP1 for all PBP1xx.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODE", help="Leave these rules out.")] = None,
    changed_since: Annotated[
        str | None,
        typer.Option(metavar="REV", help="Print only what a git branch touches, and what depends on it."),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Check the files of a workspace, or a single file from anywhere.

    The whole workspace is read whatever PATH says, since rules span files. A finding names its file, line and column,
    and its rule; pbp rules explains each. Without --as-of no rule that needs a day is tried: dates in the future,
    targets and actions that are past, and assessments that are stale. --format, --select and --ignore can be given
    several times.

    \b
    Examples:
      pbp validate
      pbp validate assessments/northam --as-of today
      pbp validate --format sarif=pbp.sarif --format junit=pbp.xml
      pbp validate --changed-since origin/main --fail-on warning

    Exit codes: 0 nothing found that --fail-on names; 1 something found; 2 wrong usage, or no file to check; 3 a bug;
    130 interrupted.
    """
    reports = reports_of(format_ or [])
    request = _Request(
        paths=tuple(paths or ()),
        day=day_of(as_of) if as_of is not None else None,
        select=tuple(_codes(select or [], "--select")),
        ignore=tuple(_codes(ignore or [], "--ignore", but_reading=True)),
        changed_since=changed_since,
    )
    root = _root_of(request.paths, workspace)
    try:
        checked = _checked_alone(request) if root is None else _checked(request, root)
    except KeyboardInterrupt:
        tell("Interrupted before all files were checked.")
        raise
    outcome = replace(checked, fail_on=fail_on, version=ctx.obj or "")
    if reports.leave_the_folder:
        shown = {*outcome.files, *(one.path for one in outcome.diagnostics)}
        outcome = replace(outcome, addresses=addresses(shown, root))
    reports.write(outcome)
    if outcome.is_failure:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Request:
    paths: tuple[Path, ...]
    day: datetime.date | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    changed_since: str | None


def _codes(given: Sequence[str], option: str, *, but_reading: bool = False) -> list[str]:
    """Return the codes, or beginnings of codes, that were given; UsageError for what is no rule."""
    known = [rule.code for rule in RULES]
    codes = [code.strip().upper() for text in given for code in text.split(",") if code.strip()]
    for code in codes:
        if not (len(code) >= 4 and any(one.startswith(code) for one in known)):
            raise UsageError(f"{option} {quoted(code)} is not a rule; {guess_or_list(code, known)}", "see: pbp rules")
        if but_reading and "PBP0".startswith(code[:4]):
            raise UsageError(f"{option} {code} cannot be: a file that cannot be read is not checked at all")
    return codes


def _root_of(paths: Sequence[Path], workspace: Path | None) -> Path | None:
    """Return the one workspace that is meant, or None for files that lie in none."""
    for path in paths:
        if not path.exists():
            raise leads_nowhere(path, f"there is no file or folder {quoted(path.as_posix())}", takes_folders=True)
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


def _checked_alone(request: _Request) -> Outcome:
    if request.changed_since is not None:
        raise UsageError("--changed-since is for the files of a workspace, and these lie in none")
    found: list[Diagnostic] = []
    for path in request.paths:
        tell_alone(path)
        found += [replace(one, path=shown_path(path)) for one in check_alone(path, Thoroughness(request.day))]
    return _outcome(request, found, [shown_path(path) for path in request.paths])


def _checked(request: _Request, root: Path) -> Outcome:
    """Return what is found in the paths and the changes that are asked for; without any, everywhere."""
    revision = since(root, request.changed_since) if request.changed_since is not None else None
    scope = _scope(request, root, revision)
    found = check_workspace(root, Thoroughness(request.day, revision), scope, progress=tells_progress())
    remark = _remark(len(found.unusable)) if found.assessments else "no assessments yet"
    if not found.files and not found.diagnostics:
        if revision is None:
            raise UsageError(
                "there is no file to check",
                "assessments lie in assessments/PLACE/DATE.yaml; see: pbp init --help",
            )
        remark = f"nothing here has changed since {quoted(revision.name)}"
    shown = [replace(one, path=shown_path(root / one.path)) for one in found.diagnostics]
    return _outcome(request, shown, [shown_path(root / path) for path in found.files], remark)


def _remark(unusable: int) -> str:
    """Return what comments cannot change: files that other verbs refuse stay so."""
    if not unusable:
        return ""
    stay = "file stays" if unusable == 1 else "files stay"
    return f"{unusable} {stay} unusable for other commands, whatever comments say"


def _scope(request: _Request, root: Path, revision: Revision | None) -> Scope:
    within: Paths = paths_in(root, request.paths) if request.paths else Paths()
    return touched(revision, within) if revision is not None else within


def _outcome(request: _Request, found: Sequence[Diagnostic], files: Sequence[str], remark: str = "") -> Outcome:
    left = in_order(chosen(found, request.select, request.ignore))
    return Outcome(tuple(left), tuple(sorted(files)), remark=remark)
