"""The texts and links of a value, wherever in it they stand."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pbpmaturity.model.shape import Shape

Marker = Literal["free text", "link"]
Route = tuple[str | int, ...]


def texts(value: Shape) -> Iterator[tuple[Route, str]]:
    """Yield what people wrote in words of their own, each with the route to it."""
    return _marked(value, "free text", ())


def links(value: Shape) -> Iterator[tuple[Route, str]]:
    """Yield the links, each with the route to it."""
    return _marked(value, "link", ())


def marker_of(annotation: Any, metadata: tuple[Any, ...] = ()) -> str | None:
    """Return what an annotation, or a part of it, is marked as."""
    own = (*metadata, *(get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()))
    found = next((mark for mark in own if mark in get_args(Marker)), None)
    return found or next((inner for part in get_args(annotation) if (inner := marker_of(part))), None)


def _marked(value: Any, marker: Marker, route: Route) -> Iterator[tuple[Route, str]]:
    if isinstance(value, Shape):
        for name, alias in _fields(type(value), marker):
            yield from _marked(getattr(value, name), marker, (*route, alias))
    elif isinstance(value, str):
        yield route, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _marked(one, marker, (*route, key))
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _marked(one, marker, (*route, index))


@cache
def _fields(shape: type[Shape], marker: Marker) -> tuple[tuple[str, str], ...]:
    """Return name and key of the fields in which such a text can stand."""
    return tuple(
        (name, field.alias or name)
        for name, field in shape.model_fields.items()
        if marker_of(field.annotation, tuple(field.metadata)) == marker or _leads_to(field.annotation, marker)
    )


def _leads_to(annotation: Any, marker: Marker) -> bool:
    """Say whether a shape in the annotation has such a text, itself or in a shape of its own."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return bool(_fields(annotation, marker))
    return any(_leads_to(part, marker) for part in get_args(annotation))
