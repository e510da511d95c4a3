"""A new workspace: what is missing is written, what is there is left alone."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from importlib.resources.abc import Traversable
from pathlib import Path

from pbpmaturity.errors import PbpError, UsageError
from pbpmaturity.workspace.interruption import uninterrupted
from pbpmaturity.workspace.save import write_new
from pbpmaturity.workspace.shipped import shipped

EXAMPLE = "riverside"
_EXAMPLE_TEST = "readiness/community-services-example.yaml"

_SETTINGS = """\
# yaml-language-server: $schema=.pbp/settings.schema.json
# What this workspace says of itself. Every value has a default: delete what you do not need.
format: 1
# system: Your Integrated Care System
# places:                       # once listed, every folder below assessments/ must be one of them
#   northam: {name: Northam}
matrix: pbp@2023.1              # for new assessments
# privacy:                      # what those who give their view are told; see: pbp form --help
#   controller: Northam Council
#   keep-until: Answers are deleted once the workshop's result is agreed.
review-every-months: 12         # an assessment older than this is stale
"""
_EDITOR = """\
# For every editor that reads this file: UTF-8, ordinary line ends, and spaces, as the files of a workspace need them.
[*.yaml]
charset = utf-8
end_of_line = lf
indent_style = space
indent_size = 2
insert_final_newline = true
"""
# Assessments name their schema themselves, since there is one for each matrix. YAML 1.2 is what keeps `no` a word.
_VSCODE = """\
{
  "yaml.yamlVersion": "1.2",
  "yaml.schemas": {
    ".pbp/matrix.schema.json": "matrices/*.yaml",
    ".pbp/readiness.schema.json": "readiness/*.yaml",
    ".pbp/delegation.schema.json": "delegation/*.yaml",
    ".pbp/settings.schema.json": "pbp.yaml"
  }
}
"""
_EXTENSIONS = """\
{
  "recommendations": ["redhat.vscode-yaml"]
}
"""
_ATTRIBUTES = "# The same bytes on every computer, so that the hashes in reports agree.\n*.yaml text eol=lf\n"


def lay_down(folder: Path, *, example: bool, more: Callable[[], Mapping[str, bytes]] = dict) -> "Laid":
    """Write a workspace's missing files; with `example`, those of the fictional system too. Nothing is overwritten.

    `more` returns further files, which are worked out from those. If it is stopped before the end, what it wrote is
    taken away again.
    """
    files = _files(folder, example=example)
    laid = Laid(folder)
    try:
        laid.lay(files)
        laid.lay(more())
    except BaseException:
        with uninterrupted():
            laid.undo()
        raise
    return laid


class Laid:
    """What was laid into a folder: which files were written, and which were there already, by their paths below it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folders: list[Path] = []
        self.written: list[str] = []
        self.left_alone: list[str] = []

    def lay(self, files: Mapping[str, bytes]) -> None:
        """Write those that are missing, and overwrite nothing; PbpError if one cannot be written."""
        for name, content in sorted(files.items()):
            path = self._folder / name
            self._make_folder(path)
            try:
                with uninterrupted():
                    write_new(path, content)
                    self.written.append(name)
            except FileExistsError:
                self.left_alone.append(name)
            except OSError as error:
                raise _cannot_write(path, error.strerror or type(error).__name__) from None

    def undo(self) -> None:
        """Take away all that was written, as far as that can be done."""
        for name in self.written:
            with suppress(OSError):
                (self._folder / name).unlink()
        for folder in reversed(self._folders):
            with suppress(OSError):  # somebody put something there meanwhile
                folder.rmdir()

    def _make_folder(self, path: Path) -> None:
        for folder in reversed([one for one in path.parents if not one.exists()]):
            try:
                with uninterrupted():
                    folder.mkdir()
                    self._folders.append(folder)
            except FileExistsError:
                continue  # another run was faster
            except OSError as error:
                raise _cannot_write(path, error.strerror or type(error).__name__) from None
        if not path.parent.is_dir():
            raise _cannot_write(path, "a file stands where a folder is needed")


def _files(folder: Path, *, example: bool) -> dict[str, bytes]:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f'"{folder.as_posix()}" is a file, not a folder', "name a folder, as in: pbp init northam")
    files = dict(_example_files() if example else _empty_files())
    if example:
        _refuse_mixing(folder, files)
    if any((folder / "assessments").glob("*")):
        files.pop("assessments/.gitkeep", None)
    if not (folder / _EXAMPLE_TEST).exists() and any((folder / "readiness").glob("*.yaml")):
        files.pop(_EXAMPLE_TEST, None)  # whoever has tests of their own has seen the example
    return files


def _empty_files() -> Iterator[tuple[str, bytes]]:
    yield "pbp.yaml", _SETTINGS.encode()
    yield "assessments/.gitkeep", b""
    yield _EXAMPLE_TEST, (shipped() / _EXAMPLE_TEST).read_bytes()
    yield from _common_files()


def _example_files() -> Iterator[tuple[str, bytes]]:
    yield from _files_below(shipped() / "examples" / EXAMPLE, "")
    yield from _common_files()


def _common_files() -> Iterator[tuple[str, bytes]]:
    yield ".gitattributes", _ATTRIBUTES.encode()
    yield ".editorconfig", _EDITOR.encode()
    yield ".vscode/settings.json", _VSCODE.encode()
    yield ".vscode/extensions.json", _EXTENSIONS.encode()
    yield ".github/workflows/pbp.yml", (shipped() / "ci" / "github-workflow.yml").read_bytes()
    yield from _files_below(shipped() / "matrices", "matrices/")


def _files_below(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files_below(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry.read_bytes()


def _refuse_mixing(folder: Path, files: dict[str, bytes]) -> None:
    """Refuse to lay fictional Places among somebody's own."""
    settings = folder / "pbp.yaml"
    own = settings.exists() and settings.read_bytes() != files["pbp.yaml"]
    if own or (not settings.exists() and (folder / "assessments").exists()):
        raise UsageError(
            f'"{folder.as_posix()}" is a workspace already, and the example would mix with it',
            "lay it down in a folder of its own, as in: pbp init riverside --example",
        )


def _cannot_write(path: Path, reason: str) -> PbpError:
    return PbpError(f'"{path.as_posix()}" cannot be written: {reason}', "choose another folder, or free the place")
