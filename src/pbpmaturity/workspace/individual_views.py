"""What people send in to be counted: folders, bytes under a limit, participants' files; and what may not lie here."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic, Finding
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import PbpError, UnusableInput, UsageError
from pbpmaturity.model.individual_view import IndividualView
from pbpmaturity.workspace.given import leads_nowhere
from pbpmaturity.workspace.litter import is_passed_over
from pbpmaturity.workspace.read import File, ShapeT, read_file
from pbpmaturity.workspace.save import write_new

VIEW_ENDINGS = (".yaml", ".yml")
_TAKEN = (".yaml", ".csv", ".xlsx")
_MOST_FILES = 2_000
_MOST_LISTED = 20
# Words about a file's form; what other rules say may hold what the person wrote.
_SAYS_NO_VALUE = frozenset({rules.MISSING_KEY, rules.SYNTAX, rules.ENCODING, rules.TAB, rules.CONTROL_CHARACTER})


@dataclass(frozen=True, slots=True)
class Given:
    """The files to be read, each once, and the names of those that were passed over."""

    files: tuple[Path, ...]
    passed_over: tuple[str, ...]


def files_in(paths: Sequence[Path]) -> Given:
    """Return the files that were named, and those of the folders that were; UsageError if one is neither."""
    files: dict[Path, Path] = {}
    passed_over: list[str] = []
    for path in paths:
        found = [path]
        if path.is_dir():
            found, others = _inside(path)
            passed_over += others
        elif not path.is_file():
            message, hint = f'"{path.as_posix()}" is not a file or a folder', "name the files with people's answers"
            raise leads_nowhere(path, message, hint, takes_folders=True)
        for one in found:
            if _resolved(one) in files:
                passed_over.append(f"{one.as_posix()} (named twice)")
            files.setdefault(_resolved(one), one)
    return Given(tuple(files.values()), tuple(passed_over))


def refuse_inside(paths: Sequence[Path], root: Path) -> None:
    """Refuse files with individual answers that lie in the workspace, or lead there."""
    for path in paths:
        if lies_in(path, root):
            raise UsageError(
                f'"{path.as_posix()}" lies in the workspace, where individual answers do not belong',
                "move it to a place that only those who gather the views can open, and import it from there",
            )


def is_individual_view(file: File[ShapeT]) -> bool:
    """Say whether a file, read as something else, is one person's view as the participants' form saves it."""
    return file.source is not None and file.source.data.get("kind") == "individual-view"


def individual_view_found(path: str) -> Finding:
    """Return that a file holds one person's answers where they do not belong."""
    message = (
        "this file holds one person's answers, which do not belong in a workspace; move it to where only those who"
        " gather the views can open it, count it with pbp import, and delete it from older versions too"
    )
    return Finding(rules.INDIVIDUAL_VIEW, path, message, ("kind",), "key")


def lies_in(path: Path, root: Path) -> bool:
    """Say whether a path lies in the workspace, as it is written or where its links lead."""
    written = Path(os.path.abspath(path))
    return written.is_relative_to(os.path.abspath(root)) or _resolved(path).is_relative_to(_resolved(root))


def read_bytes(path: Path, most: int) -> bytes:
    """Return a file's bytes, one more than the most at the most; UnusableInput if it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnusableInput(
            f'"{path.as_posix()}" cannot be opened: {reason}', hint="check that you may read it, and close it in Excel"
        ) from None


def read_view(data: bytes, name: str) -> IndividualView:
    """Return one person's view; UnusableInput says where the file is wrong, and nothing of what the person wrote."""
    file = read_file(data, name, IndividualView)
    if file.value is None or file.diagnostics:
        raise UnusableInput(
            f'"{name}" is not a file that the participants\' form saved, or was changed since',
            tuple(_line(found) for found in file.diagnostics[:_MOST_LISTED]),
            "ask for the file as the form saved it, or leave it out",
        )
    return file.value


def write_once(path: Path, data: bytes, *, is_private: bool = False) -> None:
    """Write a new file, never over one that is there; a private one can be opened by its owner only."""
    try:
        write_new(path, data, is_private=is_private)
    except FileExistsError:
        raise already_there(path) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PbpError(f'"{path.as_posix()}" cannot be written: {reason}', "choose another place") from None


def already_there(path: Path) -> PbpError:
    """Return the error of a file that would have to be written over."""
    return UsageError(f'"{path.as_posix()}" is there already, and is not written over', "choose another name")


def _inside(folder: Path) -> tuple[list[Path], list[str]]:
    """Return a folder's files that hold answers, by name, and what else is in it but what systems leave there."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnusableInput(f'the folder "{folder.as_posix()}" cannot be opened: {reason}') from None
    shown = [entry for entry in entries if not is_passed_over(entry.name)]
    taken = [entry for entry in shown if entry.suffix.lower() in _TAKEN and entry.is_file()]
    if not taken:
        raise UsageError(f'the folder "{folder.as_posix()}" holds no .yaml, .csv or .xlsx files')
    if len(taken) > _MOST_FILES:
        raise UnusableInput(f'the folder "{folder.as_posix()}" holds more than {_MOST_FILES:,} files with answers')
    return taken, [entry.as_posix() for entry in shown if entry not in set(taken)]


def _line(found: Diagnostic) -> str:
    says = found.message if found.rule in _SAYS_NO_VALUE else found.rule.summary
    return f"{one_line(found.path)}:{found.line}:{found.column}: {one_line(says)}"


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # links that lead in a circle
        return Path(os.path.abspath(path))
