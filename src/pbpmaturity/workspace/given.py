"""Paths that lead nowhere: what was likely meant by them."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.errors import UsageError

_WILDCARDS = ("*", "?")


def leads_nowhere(path: Path, message: str, hint: str = "", *, takes_folders: bool = False) -> UsageError:
    """Return the error of a path that was named and is not there.

    `message` says so where nothing more can be told; a wildcard that the shell has handed on and a name whose accents
    are stored in another way are told apart.
    """
    if any(sign in path.as_posix() for sign in _WILDCARDS):
        folder = _folder_of_wildcard(path).as_posix()
        return UsageError(
            f"{quoted(path.as_posix())} is not the name of a file: the shell has handed its wildcard on as it is",
            f"name the folder instead: {folder}" if takes_folders else f"name one of the files in {folder}",
        )
    stored = stored_otherwise(Path(path.anchor or "."), path.relative_to(path.anchor).parts)
    if stored is not None:
        shown = PurePosixPath(path.anchor, *stored).as_posix()
        return UsageError(
            f"{message}; {quoted(shown)} is there, and the only difference is how its accents are stored",
            "copy its name from the folder, or let the shell complete it",
        )
    return UsageError(message, hint)


def stored_otherwise(folder: Path, parts: Iterable[str]) -> tuple[str, ...] | None:
    """Return the names that lead to what is there where these differ from them in how accents are stored alone.

    A Mac may store é as e and an accent. None if there is nothing of these names, or they are the very names.
    """
    found: list[str] = []
    wanted = tuple(parts)
    for part in wanted:
        name = _same_but_for_accents(folder, part)
        if name is None:
            return None
        found.append(name)
        folder = folder / name
    return tuple(found) if tuple(found) != wanted else None


def _same_but_for_accents(folder: Path, name: str) -> str | None:
    if name == "..":
        return name
    composed = unicodedata.normalize("NFC", name)
    try:
        names = [entry.name for entry in folder.iterdir()]
    except (OSError, ValueError):
        return None
    alike = (one for one in names if unicodedata.normalize("NFC", one) == composed)
    return name if name in names else next(alike, None)


def _folder_of_wildcard(path: Path) -> Path:
    """Return the nearest folder that is there above the first name with a wildcard."""
    parts = path.parts
    first = next(place for place, part in enumerate(parts) if any(sign in part for sign in _WILDCARDS))
    folder = Path(*parts[:first])
    return next((one for one in (folder, *folder.parents) if one.is_dir()), Path())
