"""What files are called in reports that are read elsewhere: by their repository, or the folder that CI made of it."""

import os
from collections.abc import Iterable
from pathlib import Path

from pbpmaturity.workspace.git import top_of

_MADE_BY_CI = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def addresses(shown: Iterable[str], root: Path | None) -> dict[str, str]:
    """Return the addresses of files, by their paths as people see them from here.

    They are relative to the repository that holds the workspace, or a file that lies in none, or to the nearer folder
    that CI says it made of it, and absolute outside of that. Files that have neither are left out.
    """
    if root is not None:
        return _addresses(shown, root)
    return {path: address for one in shown for path, address in _addresses([one], Path(one).parent).items()}


def _addresses(shown: Iterable[str], home: Path) -> dict[str, str]:
    made = [Path(os.path.realpath(os.environ[name])) for name in _MADE_BY_CI if os.environ.get(name)]
    made = [folder for folder in made if folder.is_dir()]
    base = _base(Path(os.path.realpath(home)), made)
    if base is None and not made:
        return {}
    return {path: _address(Path(os.path.realpath(path)), base) for path in shown}


def _base(home: Path, made: list[Path]) -> Path | None:
    """Return the nearest folder that addresses count from; None if there is none, or it is none that CI knows."""
    holding = [folder for folder in made if home.is_relative_to(folder)]
    if made and not holding:
        return None
    top = top_of(home)
    if top is not None and home.is_relative_to(top):
        holding.append(top)
    return max(holding, key=lambda folder: len(folder.parts), default=None)


def _address(file: Path, base: Path | None) -> str:
    is_inside = base is not None and file.is_relative_to(base)
    return (file.relative_to(base) if base and is_inside else file).as_posix()
