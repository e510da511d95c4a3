"""What editors find in a workspace: schemas in .pbp/, and the line of a file that names its own."""

from collections.abc import Collection, Mapping
from pathlib import Path

from pbpmaturity.errors import PbpError

SCHEMAS = ".pbp"
MATRIX_SCHEMA = "matrix.schema.json"
SETTINGS_SCHEMA = "settings.schema.json"
READINESS_SCHEMA = "readiness.schema.json"
DELEGATION_SCHEMA = "delegation.schema.json"
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
    """Write schemas by name, in the place of what is there; PbpError if that cannot be."""
    folder = root / SCHEMAS
    for name, text in schemas.items():
        try:
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(text, "utf-8", newline="\n")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise PbpError(f'"{(folder / name).as_posix()}" cannot be written: {reason}') from None


def _text_of(path: Path) -> str | None:
    try:
        # A checkout may have given it other line ends.
        return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return None
