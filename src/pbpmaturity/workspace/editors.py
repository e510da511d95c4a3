"""What editors find in a workspace: schemas in .pbp/, and the line of a file that names its own."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from pbpmaturity.workspace.outgoing import written_folder

SCHEMAS = ".pbp"
MATRIX_SCHEMA = "matrix.schema.json"
SETTINGS_SCHEMA = "settings.schema.json"
READINESS_SCHEMA = "readiness.schema.json"
DELEGATION_SCHEMA = "delegation.schema.json"
_REFUSED = "let files be written to the workspace's folder, then run: pbp schema"
_LINE = "# yaml-language-server: $schema="


def schema_name(ref: str) -> str:
    """Return the file name of the schema of assessments with a matrix: `assessment.pbp-2023.1.schema.json`."""
    return f"assessment.{ref.replace('@', '-')}.schema.json"


def schema_line(name: str, *, depth: int) -> str:
    """Return the comment that names a file's schema, for a file so many folders below the workspace's."""
    return f"{_LINE}{'../' * depth}{SCHEMAS}/{name}"


def drifted(root: Path, wanted: Mapping[str, str]) -> list[str]:
    """Return the names of the schemas that are missing, or differ from what they should be."""
    return [name for name, text in wanted.items() if _text_of(root / SCHEMAS / name) != text]


def left_over(root: Path, wanted: Collection[str]) -> list[str]:
    """Return the names of schemas of assessments that are there and belong to no matrix."""
    there = sorted(path.name for path in (root / SCHEMAS).glob("assessment.*.schema.json"))
    return [name for name in there if name not in wanted]


def write_schemas(root: Path, schemas: Mapping[str, str]) -> None:
    """Write schemas by name, in the place of what is there, all or none; PbpError if that cannot be."""
    if not schemas:
        return
    with written_folder(root / SCHEMAS, what="schemas", hint=_REFUSED) as open_file:
        for name, text in schemas.items():
            with open_file(name) as stream:
                stream.write(text.encode())


def is_whole(root: Path, name: str) -> bool:
    """Say whether a schema is there and can be read, whatever it says."""
    try:
        json.loads((root / SCHEMAS / name).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return True


def _text_of(path: Path) -> str | None:
    try:
        # A checkout may have given it other line ends.
        return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return None
