"""As much of a file as can still be judged where its shape refuses some of it.

A misspelt key is taken for the one that it was meant to be, and what is refused is left out, or something that nothing
is said of stands in for it. So the rest can be held against the other rules in the same run.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.model.assessment import Assessment, ThemeAssessment
from pbpmaturity.model.matrix import NOT_ASSESSED
from pbpmaturity.model.settings import Settings
from pbpmaturity.workspace.fields import field_of, model_in, shape_at

ShapeT = TypeVar("ShapeT", bound=BaseModel)

_GONE = object()
# Of what stands for these nothing is found: no assessment is complete, no stage above another, and nothing stale.
_SILENT: Mapping[tuple[type, str | int], Any] = {
    (Assessment, "status"): "draft",
    (Assessment, "provenance"): "published-summary",
    (Assessment, "themes"): {},
    (ThemeAssessment, "stage"): NOT_ASSESSED,
    (Settings, "review-every-months"): "999999",
}
_UNREAD = "left-out-since-it-cannot-be-read"
_TEXTS = (_UNREAD, f"{_UNREAD}@0", "0001-01", "0")


@dataclass(frozen=True, slots=True)
class Partial(Generic[ShapeT]):
    """What can be judged of a file that no verb but validate may use.

    `value` is made of `data`; routes into it are those of the file but for the keys in `renamed`, which says how the
    file calls them. `refused` is what stood where something was left out, and `unknown` what stands under keys that
    nobody knows and that might be meant as anything.
    """

    value: ShapeT
    data: Any
    renamed: Mapping[Route, str] = field(default_factory=dict)
    refused: Mapping[Route, Any] = field(default_factory=dict)
    unknown: Mapping[Route, Any] = field(default_factory=dict)

    @property
    def unread(self) -> Mapping[Route, Any]:
        """What stands in the file where it is not known what it is."""
        return {**self.unknown, **{route: one for route, one in self.refused.items() if not isinstance(one, str)}}

    def in_file(self, finding: Finding) -> Finding:
        """Return a finding with its route as the file's keys are."""
        return replace(finding, route=self.route_in_file(finding.route)) if self.renamed else finding

    def route_in_file(self, route: Route) -> Route:
        """Return a route as the file's keys are."""
        return in_file(route, self.renamed)

    def without(
        self, refused: Iterable[Route] = (), unknown: Iterable[Route] = (), meant: Mapping[Route, str] | None = None
    ) -> "Partial[ShapeT] | None":
        """Return as much without what stands at some routes, with keys of unsure meaning, and with keys renamed.

        None if the rest cannot be read by itself.
        """
        shape = type(self.value)
        data, renamed, left_out = self.data, dict(self.renamed), dict(self.refused)
        unsure = {route: at(data, route) for route in unknown}
        for route in refused:
            left_out[route] = at(data, route)
            data = without(data, route, shape)
        for route, key in (meant or {}).items():
            renamed[(*route[:-1], key)] = str(in_file(route, self.renamed)[-1])
            data = with_key(data, route, key)
        try:
            value = shape.model_validate(data)
        except ValidationError:
            return None
        return Partial(value, data, renamed, left_out, {**self.unknown, **unsure})


def in_file(route: Route, renamed: Mapping[Route, str]) -> Route:
    """Return a route into data with renamed keys as a route into the file."""
    return tuple(renamed.get(route[: place + 1], step) for place, step in enumerate(route))


def at(data: Any, route: Route) -> Any:
    """Return what stands at the end of a route into plain data; None where it leads nowhere."""
    for step in route:
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, tuple) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def without(data: Any, route: Route, shape: type[BaseModel]) -> Any:
    """Return plain data without what stands at a route, or with something that nothing is found of in its place."""
    return _changed(data, route, lambda _: _stand_in(shape, route))


def with_value(data: Any, route: Route, value: Any) -> Any:
    """Return plain data with another value at a route."""
    return _changed(data, route, lambda _: value)


def with_key(data: Any, route: Route, key: str) -> Any:
    """Return plain data in which the key at the end of a route is called otherwise, in the same place."""

    def renamed(parent: Any) -> Any:
        return {key if old == route[-1] else old: value for old, value in parent.items()}

    return _changed(data, route[:-1], renamed)


def padded(data: Any, route: Route, shape: type[BaseModel], least: int) -> tuple[Any, list[Route]]:
    """Return plain data with a list filled up to its least length, and the routes to what fills it."""
    items = at(data, route)
    routes = [(*route, place) for place in range(len(items), least)]
    filled = (*items, *(_stand_in(shape, one) for one in routes))
    return with_value(data, route, filled), routes


def _changed(data: Any, route: Route, change: Callable[[Any], Any]) -> Any:
    if not route:
        return change(data)
    step, rest = route[0], route[1:]
    if isinstance(data, Mapping):
        inner = _changed(data.get(str(step)), rest, change)
        if inner is _GONE:
            return {key: value for key, value in data.items() if key != step}
        return {**data, str(step): inner}
    if isinstance(data, tuple) and isinstance(step, int):
        return tuple(_changed(one, rest, change) if place == step else one for place, one in enumerate(data))
    return data


def _stand_in(shape: type[BaseModel], route: Route) -> Any:
    """Return what nothing is found of, for the end of a route; _GONE if it may as well be left out."""
    parent, step = shape_at(shape, route[:-1]), route[-1]
    owner = model_in(parent)
    if owner is not None:
        described = field_of(parent, step)
        if (owner, step) in _SILENT:
            return _SILENT[owner, step]
        if described is None or not described.is_required():
            return _GONE
        return _least(described.annotation, tuple(described.metadata))
    annotation = shape_at(parent, (step,))
    is_item = isinstance(step, int) or model_in(annotation) is not None
    return _least(annotation, ()) if is_item else _GONE


def _least(annotation: Any, metadata: tuple[Any, ...]) -> Any:
    """Return the least that an annotation takes."""
    model, origin = model_in(annotation), get_origin(annotation)
    if model is not None:
        fields = {one.alias or name: one for name, one in model.model_fields.items()}
        silent = {key: value for (owner, key), value in _SILENT.items() if owner is model}
        needed = {key: one for key, one in fields.items() if one.is_required() and key not in silent}
        return {**silent, **{key: _least(one.annotation, tuple(one.metadata)) for key, one in needed.items()}}
    if origin is Literal:
        return get_args(annotation)[0]
    if origin is dict:
        return {}
    if origin is tuple:
        least = next((one.min_length for one in metadata if hasattr(one, "min_length")), 0)
        return tuple(_least(get_args(annotation)[0], ()) for _ in range(least))
    return _text(annotation, metadata)


def _text(annotation: Any, metadata: tuple[Any, ...]) -> str:
    whole: Any = Annotated[annotation, *metadata] if metadata else annotation
    adapter: TypeAdapter[Any] = TypeAdapter(whole)
    for text in _TEXTS:
        try:
            adapter.validate_python(text)
        except ValidationError:
            continue
        return text
    return _UNREAD
