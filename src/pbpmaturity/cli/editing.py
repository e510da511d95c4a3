"""The schemas that a workspace's editors need, by file name."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from pbpmaturity.errors import PbpError
from pbpmaturity.exchange.schema import assessment_schema, matrix_schema, schema_text, settings_schema
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.workspace.editors import MATRIX_SCHEMA, SCHEMAS, SETTINGS_SCHEMA, schema_name, write_schemas

_MOST_CELLS = 2_000


def schemas(matrices: Mapping[str, Matrix]) -> dict[str, str]:
    """Return one schema of an assessment for each matrix, one of a matrix, and one of pbp.yaml."""
    known = {ref: matrix for ref, matrix in sorted(matrices.items()) if is_of_a_size(matrix)}
    of_matrices = {schema_name(ref): assessment_schema(matrix) for ref, matrix in known.items()}
    found = {**of_matrices, MATRIX_SCHEMA: matrix_schema(), SETTINGS_SCHEMA: settings_schema()}
    return {name: schema_text(schema) for name, schema in found.items()}


def is_of_a_size(matrix: Matrix) -> bool:
    """Say whether a matrix has no more cells than an editor could show."""
    return len(matrix.stages) * len(matrix.themes) <= _MOST_CELLS


def keep_schema(root: Path, matrix: Matrix) -> None:
    """Write the schema that a new assessment names, if the workspace has none; without one, editors only lose help."""
    name = schema_name(matrix.ref)
    if is_of_a_size(matrix) and not (root / SCHEMAS / name).exists():
        with contextlib.suppress(PbpError):
            write_schemas(root, {name: schema_text(assessment_schema(matrix))})
