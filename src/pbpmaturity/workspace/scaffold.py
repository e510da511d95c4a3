"""A new workspace: what is missing is written, what is there is left alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from pbpmaturity.errors import PbpError, UsageError
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


@dataclass(frozen=True, slots=True)
class Laid:
    """What init did, as paths below the workspace."""

    written: tuple[str, ...]
    left_alone: tuple[str, ...]


def lay_down(folder: Path, *, example: bool) -> Laid:
    """Write a workspace's missing files; with `example`, those of the fictional system too. Nothing is overwritten."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f'"{folder.as_posix()}" is a file, not a folder', "name a folder, as in: pbp init northam")
    files = dict(_example_files() if example else _empty_files())
    if example:
        _refuse_mixing(folder, files)
    if any((folder / "assessments").glob("*")):
        files.pop("assessments/.gitkeep", None)
    if not (folder / _EXAMPLE_TEST).exists() and any((folder / "readiness").glob("*.yaml")):
        files.pop(_EXAMPLE_TEST, None)  # whoever has tests of their own has seen the example
    written: list[str] = []
    left_alone: list[str] = []
    for path, content in sorted(files.items()):
        (written if _write_new(folder / path, content) else left_alone).append(path)
    return Laid(tuple(written), tuple(left_alone))


def lay_more(folder: Path, files: Mapping[str, str], laid: Laid) -> Laid:
    """Write further files that are missing, and return all that was done."""
    done = {path: _write_new(folder / path, text.encode()) for path, text in sorted(files.items())}
    return Laid(
        (*laid.written, *(path for path, is_new in done.items() if is_new)),
        (*laid.left_alone, *(path for path, is_new in done.items() if not is_new)),
    )


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


def _write_new(path: Path, content: bytes) -> bool:
    """Write a file unless something of that name is there; say whether it was written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        if path.parent.is_dir():
            return False
        raise _cannot_write(path, "a file stands where a folder is needed") from None
    except OSError as error:
        raise _cannot_write(path, error.strerror or type(error).__name__) from None
    return True


def _cannot_write(path: Path, reason: str) -> PbpError:
    return PbpError(f'"{path.as_posix()}" cannot be written: {reason}', "choose another folder, or free the place")
