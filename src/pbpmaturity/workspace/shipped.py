"""The files that come with the package."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pbpmaturity.model.delegation import Delegation
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledDelegation, Input
from pbpmaturity.workspace.read import read_file


def shipped() -> Traversable:
    """Return the folder that holds matrices/, templates/ and the like: in the package, else in the checkout."""
    in_package = files("pbpmaturity") / "shipped"
    return in_package if in_package.is_dir() else Path(__file__).parents[3]


@cache
def shipped_matrices() -> dict[str, tuple[Matrix, Input]]:
    """Return the matrices that ship by reference, each with its file."""
    found: dict[str, tuple[Matrix, Input]] = {}
    for entry in sorted((shipped() / "matrices").iterdir(), key=lambda entry: entry.name):
        file = read_file(entry.read_bytes(), f"matrices/{entry.name}", Matrix)
        if file.value is None:
            raise AssertionError(f"the shipped {entry.name} cannot be read: {file.diagnostics}")
        found[file.value.ref] = (file.value, file.input)
    return found


@cache
def shipped_delegation() -> FiledDelegation:
    """Return the instrument on what might sit where that ships."""
    (entry,) = (shipped() / "delegation").iterdir()
    file = read_file(entry.read_bytes(), f"delegation/{entry.name}", Delegation)
    if file.value is None:
        raise AssertionError(f"the shipped {entry.name} cannot be read: {file.diagnostics}")
    return FiledDelegation(file.value, file.input)


def shipped_templates() -> dict[str, str]:
    """Return the templates that ship, by file name."""
    folder = shipped() / "templates"
    return {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.is_file()}


def shipped_rules() -> str:
    """Return the page that explains every rule."""
    return (shipped() / "docs" / "rules.md").read_text("utf-8")


def shipped_scripts() -> dict[str, str]:
    """Return the scripts of the offline forms, by file name; a workspace has none of its own."""
    return {entry.name: entry.read_text("utf-8") for entry in (shipped() / "templates" / "scripts").iterdir()}
