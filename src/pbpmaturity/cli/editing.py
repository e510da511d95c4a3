"""The schemas that a workspace's editors need, by file name."""

import contextlib
from pathlib import Path

from pbpmaturity.cli.inspection import Inspection
from pbpmaturity.errors import PbpError
from pbpmaturity.exchange.schema import (
    assessment_schema,
    delegation_schema,
    matrix_schema,
    readiness_schema,
    schema_text,
    settings_schema,
)
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.workspace.editors import (
    DELEGATION_SCHEMA,
    MATRIX_SCHEMA,
    READINESS_SCHEMA,
    SETTINGS_SCHEMA,
    is_whole,
    schema_name,
    write_schemas,
)

_MOST_CELLS = 2_000


def schemas(inspection: Inspection) -> dict[str, str]:
    """Return one schema of an assessment for each matrix of a workspace, and one of each other kind of file."""
    matrices = inspection.matrices
    known = {ref: matrix for ref, matrix in sorted(matrices.items()) if is_of_a_size(matrix)}
    found = {
        **{schema_name(ref): assessment_schema(matrix) for ref, matrix in known.items()},
        MATRIX_SCHEMA: matrix_schema(),
        SETTINGS_SCHEMA: settings_schema(),
        READINESS_SCHEMA: readiness_schema(known, matrices, inspection.instruments.areas),
        DELEGATION_SCHEMA: delegation_schema(),
    }
    return {name: schema_text(schema) for name, schema in found.items()}


def is_of_a_size(matrix: Matrix) -> bool:
    """Say whether a matrix has no more cells than an editor could show."""
    return len(matrix.stages) * len(matrix.themes) <= _MOST_CELLS


def keep_schema(root: Path, matrix: Matrix) -> None:
    """Write the schema that a new assessment names, if there is none, or half of one; editors only lose help by it."""
    name = schema_name(matrix.ref)
    if is_of_a_size(matrix) and not is_whole(root, name):
        with contextlib.suppress(PbpError):
            write_schemas(root, {name: schema_text(assessment_schema(matrix))})
