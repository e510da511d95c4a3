"""What a shape takes at the end of a route: its annotations, followed key by key."""

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pbpmaturity.diagnostics.finding import Route


def shape_at(shape: Any, route: Route) -> Any:
    """Return the annotation at the end of a route below a shape; None where it knows none."""
    for step in route:
        shape = _inside(shape, step)
    return shape


def keys_of(annotation: Any) -> tuple[str, ...]:
    """Return the keys of the shape in an annotation; none where there is no shape."""
    model = model_in(annotation)
    return tuple(field.alias or name for name, field in model.model_fields.items()) if model else ()


def field_of(annotation: Any, key: str | int) -> FieldInfo | None:
    """Return what the shape in an annotation says of a key; None where there is no shape, or it has no such key."""
    model = model_in(annotation)
    fields = model.model_fields.items() if model else ()
    return next((field for name, field in fields if (field.alias or name) == key), None)


def fits(annotation: Any, data: Any) -> bool:
    """Say whether data is of the kind that an annotation takes: keys and values, a list, or text."""
    return any(isinstance(data, _kind(part)) for part in _alternatives(annotation) if part is not NoneType)


def _kind(annotation: Any) -> type:
    if model_in(annotation) or get_origin(annotation) is dict:
        return Mapping
    return tuple if get_origin(annotation) is tuple else str


def _inside(annotation: Any, step: str | int) -> Any:
    if model_in(annotation) is not None:
        field = field_of(annotation, step)
        return field.annotation if field else None
    container = next((part for part in _alternatives(annotation) if get_origin(part) in (dict, tuple)), None)
    if container is None:
        return None
    return get_args(container)[1 if get_origin(container) is dict else 0]


def model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the shape that an annotation is, or may be; None where it is none."""
    found = (part for part in _alternatives(annotation) if isinstance(part, type) and issubclass(part, BaseModel))
    return next(found, None)


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
