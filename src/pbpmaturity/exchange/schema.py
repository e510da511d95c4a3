"""JSON Schemas of the files, draft 7, for editors: what a pointer rests on is explained, what is typed is offered.

They say of a file's keys, types and ids what the rules marked `in_schema` say. Text may be a number or a boolean too,
since editors take `2024` for one. What is optional may be empty, which is the same as left out; what is needed may not.
Patterns are those that every engine knows: groups and classes, and nothing that looks ahead or back.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from pbpmaturity.diagnostics.visible import visible_json
from pbpmaturity.exchange.meanings import MEANINGS, READS_AS
from pbpmaturity.model.assessment import Assessment, ThemeAssessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.delegation import Delegation, ServiceArea
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED, Criterion, Matrix, Stage, Theme
from pbpmaturity.model.readiness_test import ReadinessTest
from pbpmaturity.model.settings import Settings
from pbpmaturity.model.shape import ID, Allowed, Shape, Written
from pbpmaturity.model.together import cell_of

Schema = dict[str, Any]

_DIALECT = "http://json-schema.org/draft-07/schema#"
_TEXT = ["string", "number", "boolean"]
# There is no year 0000, and so no leap year of that name.
_YEAR = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_DATE = (
    f"{_YEAR}-(?:0[1-9]|1[0-2])"
    f"|{_YEAR}-(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    f"|{_YEAR}-(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    f"|{_YEAR}-02-(?:0[1-9]|1[0-9]|2[0-8])"
    f"|{_LEAP}-02-29"
)
_COUNT = "0|[1-9][0-9]{0,5}"
# Blank text and null are nothing. Said by what they are not, so that no editor offers `null` among the words to choose.
_SOMETHING: Schema = {"type": [*_TEXT, "object", "array"], "pattern": "\\S"}
_NOTHING: Schema = {"$ref": "#/definitions/nothing"}
_CANNOT_BE = "expected a date such as 2024-01-17, or 2024-01 when only the month is known"


def matrix_schema() -> Schema:
    """Return the schema of a matrix."""
    return _document(Matrix, "A maturity matrix")


def settings_schema() -> Schema:
    """Return the schema of pbp.yaml."""
    return _document(Settings, "pbp.yaml: what a workspace says of itself")


def delegation_schema() -> Schema:
    """Return the schema of an instrument on what might sit where."""
    return _document(Delegation, "What might sit with the system and with a Place")


def readiness_schema(matrices: Mapping[str, Matrix], refs: Collection[str], areas: Sequence[ServiceArea]) -> Schema:
    """Return the schema of a readiness test on any of the matrices known, in which each cell explains itself.

    `refs` names further matrices, of which it says no more; without service areas it takes any.
    """
    schema = _document(ReadinessTest, "A readiness test")
    keys: dict[str, Schema] = schema["properties"]
    keys["matrix"] = {**keys["matrix"], "enum": sorted({*matrices, *refs})}
    if areas:
        notes = [[note for note in (area.system_note, area.place_note) if note] for area in areas]
        told = [{"const": area.id, **_told(area.name, said)} for area, said in zip(areas, notes, strict=True)]
        meaning = {"description": keys["service-area"]["description"]}
        keys["service-area"] = {**meaning, "oneOf": [*told, _NOTHING]}
    keys["requires"]["anyOf"] = [_holding(key) for key in keys["requires"]["properties"]]
    schema["allOf"] = [
        {"if": {"properties": {"matrix": {"const": ref}}}, "then": {"properties": {"requires": _requires(matrix)}}}
        for ref, matrix in matrices.items()
    ]
    schema["definitions"] |= {
        _cell_name(theme, stage.id, matrix): _cell(matrix, theme, stage)
        for matrix in matrices.values()
        for theme in matrix.themes
        for stage in matrix.stages
    }
    return schema


def _requires(matrix: Matrix) -> Schema:
    """Return what a readiness test can require of an assessment with this matrix."""
    themes = [
        {"const": theme.id, **_told(theme.name, [theme.description] if theme.description else [])}
        for theme in matrix.themes
    ]
    cells = {
        theme.id: {
            "oneOf": [
                *({"$ref": f"#/definitions/{_cell_name(theme, stage.id, matrix)}"} for stage in matrix.stages),
                _NOTHING,
            ],
            **_told(theme.name, [theme.description] if theme.description else []),
        }
        for theme in matrix.themes
    }
    return {
        "properties": {
            "all-themes-at-least": {"oneOf": [*_stages(matrix), _NOTHING]},
            "themes": {"properties": cells, "additionalProperties": False},
            "evidence-for": {"items": {"oneOf": themes}},
        }
    }


def _stages(matrix: Matrix) -> list[Schema]:
    return [{"const": one.id, **_told(one.name, [one.summary] if one.summary else [])} for one in matrix.stages]


def schema_text(schema: Schema) -> str:
    """Return a schema as the text of its file."""
    return visible_json(json.dumps({"$comment": READS_AS, **schema}, ensure_ascii=False, indent=1)) + "\n"


def assessment_schema(matrix: Matrix) -> Schema:
    """Return the schema of an assessment with this matrix, in which each cell explains itself."""
    schema = _document(Assessment, f"An assessment with {_plain(matrix.title)}")
    keys = schema["properties"]
    keys["matrix"] = {**keys["matrix"], "const": matrix.ref}
    keys["stated"]["properties"]["overall"] = {"oneOf": _stages(matrix)}
    keys["themes"] = {
        **_kind("object", optional=True),
        "description": MEANINGS[Assessment]["themes"],
        "properties": {theme.id: _theme(matrix, theme) for theme in matrix.themes},
        "additionalProperties": False,
    }
    schema["anyOf"] = [_holding("themes"), _holding("stated")]
    schema["definitions"] |= {
        _cell_name(theme, stage.id): _cell(matrix, theme, stage) for theme in matrix.themes for stage in matrix.stages
    }
    return schema


def _theme(matrix: Matrix, theme: Theme) -> Schema:
    schema = _of_shape(ThemeAssessment, optional=True)
    keys = schema["properties"]
    cells = [{"$ref": f"#/definitions/{_cell_name(theme, stage.id)}"} for stage in matrix.stages]
    keys["stage"] = {"oneOf": [*cells, *_unsaid(), _NOTHING]}
    keys["target"]["properties"]["stage"] = {"oneOf": cells}
    people = keys["views"]["additionalProperties"]
    keys["views"]["properties"] = {stage.id: {**people, "title": _plain(stage.name)} for stage in matrix.stages}
    keys["views"]["patternProperties"] = {_cells_of_several(matrix): people}
    keys["views"]["additionalProperties"] = False
    keys["criteria"]["properties"] = {
        criterion.id: {**keys["criteria"]["additionalProperties"], **_criterion(matrix.name_of(stage), criterion)}
        for stage in matrix.stage_ids
        for criterion in theme.criteria_of(stage)
    }
    keys["criteria"]["additionalProperties"] = False
    told = [part for part in (theme.description, theme.prompt, theme.note and f"Note: {theme.note}") if part]
    return {**schema, **_told(theme.name, told)}


def _cells_of_several(matrix: Matrix) -> str:
    """Return the pattern of stages that are counted together: neighbours in their order."""
    ids = matrix.stage_ids
    ranges = (ids[first:end] for first in range(len(ids)) for end in range(first + 2, len(ids) + 1))
    return f"^(?:{'|'.join(cell_of(stages) for stages in ranges)})$"


def _cell(matrix: Matrix, theme: Theme, stage: Stage) -> Schema:
    """Return a stage as an alternative that says what the theme looks like there."""
    told = [part for part in (stage.summary, theme.descriptions.get(stage.id)) if part]
    items = [f"{one.id} {one.statement}" for one in theme.criteria_of(stage.id)]
    return {"const": stage.id, **_told(f"{theme.name}: {stage.name}", told, items)}


def _cell_name(theme: Theme, stage: str, matrix: Matrix | None = None) -> str:
    """Return what a cell is called in a schema, in one of several matrices by the matrix too."""
    of_matrix = f"{matrix.id}-{matrix.version}." if matrix else ""
    return f"{of_matrix}{theme.id}.{stage}"


def _criterion(stage: str, criterion: Criterion) -> Schema:
    told = [criterion.statement, *([f"Note: {criterion.note}"] if criterion.note else [])]
    return _told(f"{criterion.id} ({stage})", told)


def _told(title: str, paragraphs: list[str], items: list[str] | None = None) -> Schema:
    """Return a title and what it means, plain and as Markdown."""
    listed = [f"- {item}" for item in map(_plain, items or [])]
    plain = "\n\n".join([*map(_plain, paragraphs), *(["\n".join(listed)] if listed else [])])
    marked = [f"- {_markdown(item)}" for item in items or []]
    markdown = "\n\n".join([*map(_markdown, paragraphs), *(["\n".join(marked)] if marked else [])])
    return {"title": _plain(title), **({"description": plain, "markdownDescription": markdown} if plain else {})}


def _unsaid() -> list[Schema]:
    """Return what a theme can have instead of a stage."""
    return [
        {"const": NOT_ASSESSED, **_told("Not assessed", ["The group did not judge this theme."])},
        {
            "const": NOT_APPLICABLE,
            **_told("Not applicable", ["It does not concern this Place; say why under rationale."]),
        },
    ]


def _document(shape: type[Shape], title: str) -> Schema:
    nothing = {"nothing": {"not": _SOMETHING}}
    return {"$schema": _DIALECT, "title": title, **_of_shape(shape, optional=False), "definitions": nothing}


def _of_shape(shape: type[Shape], *, optional: bool) -> Schema:
    keys = {field.alias or name: _of_field(shape, field) for name, field in shape.model_fields.items()}
    required = [field.alias or name for name, field in shape.model_fields.items() if field.is_required()]
    return {
        **_kind("object", optional=optional),
        "properties": keys,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _of_field(shape: type[Shape], field: FieldInfo) -> Schema:
    meaning = MEANINGS.get(shape, {}).get(field.alias or "")
    schema = _of(field.annotation, tuple(field.metadata), optional=not field.is_required())
    return {**schema, **({"description": meaning} if meaning else {})}


def _of(annotation: Any, metadata: tuple[Any, ...], *, optional: bool) -> Schema:
    """Return the schema of an annotation; one that is optional may be empty, which is the same as left out."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _of(inner, (*metadata, *more), optional=optional)
    if origin in (Union, UnionType):
        (inner,) = [part for part in get_args(annotation) if part is not type(None)]
        return _of(inner, metadata, optional=optional)
    if origin is Literal:
        return _choice(get_args(annotation), optional=optional)
    if origin is dict:
        return _mapping(get_args(annotation), metadata, optional=optional)
    if origin is tuple:
        return _list(get_args(annotation)[0], metadata, optional=optional)
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return _of_shape(annotation, optional=optional)
    return _scalar(annotation, metadata, optional=optional)


def _scalar(annotation: Any, metadata: tuple[Any, ...], *, optional: bool) -> Schema:
    if annotation is PartialDate:
        return _written(["string"], _DATE, _CANNOT_BE, optional=optional)
    if annotation is int:
        numbers = _written(["integer", "string"], *_whole_number(metadata), optional=optional)
        return {**numbers, "minimum": 0, "maximum": 999_999, **_left_out(metadata)}
    written = next((one for part in metadata if isinstance(one := getattr(part, "func", None), Written)), None)
    if written is None:
        return {"type": [*_TEXT, "null"]} if optional else {"type": _TEXT, "pattern": _SOMETHING["pattern"]}
    # A version such as 2023.1 is a number to an editor.
    type_ = ["string", *([] if written.pattern == ID.pattern else ["number"])]
    return {**_written(type_, written.pattern, f"expected {written.expected}", optional=optional), **_barred(written)}


def _whole_number(metadata: tuple[Any, ...]) -> tuple[str, str]:
    """Return the pattern of the whole numbers that are taken, and what an editor says of any other."""
    allowed = _allowed(metadata)
    if allowed is None:
        return _COUNT, "expected a whole number, such as 12"
    digits = "".join(str(one) for one in range(allowed.least, 10) if one not in allowed.left_out)
    return f"[{digits}]|[1-9][0-9]{{1,5}}", f"expected {allowed.expected}"


def _left_out(metadata: tuple[Any, ...]) -> Schema:
    """Return the least that is taken, and what is not, where not all whole numbers are."""
    allowed = _allowed(metadata)
    if allowed is None:
        return {}
    return {"minimum": allowed.least, **({"not": {"enum": list(allowed.left_out)}} if allowed.left_out else {})}


def _allowed(metadata: tuple[Any, ...]) -> Allowed | None:
    return next((one for part in metadata if isinstance(one := getattr(part, "func", None), Allowed)), None)


def _written(types: list[str], pattern: str, told: str, *, optional: bool) -> Schema:
    """Return text of a pattern, or none if it is optional, and what an editor says of any other."""
    empty, blank = (["null"], r"|\s*") if optional else ([], "")
    return {"type": [*types, *empty], "pattern": f"^(?:{pattern}{blank})$", "patternErrorMessage": told}


def _barred(written: Written) -> Schema:
    return {"not": {"enum": list(written.kept_back)}} if written.kept_back else {}


def _choice(words: tuple[str, ...], *, optional: bool) -> Schema:
    choice = {"enum": [*words, *(int(word) for word in words if word.isdigit())]}
    return {"anyOf": [choice, _NOTHING]} if optional else choice


def _mapping(arguments: tuple[Any, ...], metadata: tuple[Any, ...], *, optional: bool) -> Schema:
    key, value = arguments
    names = _of(key, (), optional=False)
    wanted = {part: names[part] for part in ("pattern", "not") if part in names and names["pattern"] != "\\S"}
    least = _least(metadata)
    # Keys with nothing after them are left out, so they do not count.
    hollow = {"type": "object", "additionalProperties": _NOTHING}
    return {
        **_kind("object", optional=optional),
        **({"propertyNames": wanted} if wanted else {}),
        "additionalProperties": _of(value, (), optional=True),
        **({"minProperties": least, "not": hollow} if least else {}),
    }


def _list(item: Any, metadata: tuple[Any, ...], *, optional: bool) -> Schema:
    return {
        **_kind("array", optional=optional),
        "items": _of(item, (), optional=False),
        **({"minItems": least} if (least := _least(metadata)) else {}),
    }


def _kind(kind: str, *, optional: bool) -> Schema:
    """Return the type of what holds more; what is optional may be null or blank text instead."""
    if not optional:
        return {"type": kind}
    told = {"object": "expected keys and values", "array": "expected a list, each item after a dash"}[kind]
    return {"type": [kind, "null", "string"], "pattern": r"^\s*$", "patternErrorMessage": told}


def _holding(key: str) -> Schema:
    return {"required": [key], "properties": {key: _SOMETHING}}


def _least(metadata: tuple[Any, ...]) -> int | None:
    return next((part.min_length for part in metadata if hasattr(part, "min_length")), None)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _markdown(text: str) -> str:
    """Return text whose signs mean nothing to a Markdown reader."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|~!" else char for char in _plain(text))
