"""Fields that a template asks of its values and that they do not have, found without running it.

Only what is certain is said: a value whose type cannot be told for sure may have any field.
"""

import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import nodes

Scope = dict[str, Any]

_SAME_ITEMS = frozenset({"list", "reverse", "sort", "unique", "select", "reject", "selectattr", "rejectattr"})
_ONE_ITEM = frozenset({"first", "last", "min", "max", "random"})


@dataclass(frozen=True, slots=True)
class NoSuchField:
    """A field that is asked for in a line, and the fields that there are."""

    name: str
    line: int
    choices: tuple[str, ...]


def missing_fields(template: nodes.Template, given: Scope, functions: dict[str, Any]) -> list[NoSuchField]:
    """Return the fields that a template asks for in vain; `given` are the types of its values, None for any type."""
    stored = [name.name for name in template.find_all(nodes.Name) if name.ctx == "store"]
    unsure = frozenset(name for name in stored if stored.count(name) > 1 or name in given)
    reading = _Reading(functions, unsure)
    reading.visit(template, dict(given))
    excused = {node.attr for node in asked_about(template) if isinstance(node, nodes.Getattr)}
    return [one for one in reading.found if one.name not in excused]


def asked_about(template: nodes.Template) -> Iterator[nodes.Node]:
    """Yield what a template asks about (`is defined`, `default`), which therefore need not be there."""
    for asking in template.find_all((nodes.Test, nodes.Filter)):
        if asking.name in ("defined", "undefined", "default", "d") and asking.node is not None:
            yield asking.node


@dataclass
class _Reading:
    """Goes through a template with the types of the names that are known at each point."""

    functions: dict[str, Any]
    unsure: frozenset[str]
    found: list[NoSuchField] = field(default_factory=list)

    def visit(self, node: nodes.Node, scope: Scope) -> Any:
        """Look into a node and return its type; None if it is not known."""
        handler: Callable[[Any, Scope], Any] | None = getattr(self, f"_{type(node).__name__.lower()}", None)
        if handler is not None:
            return handler(node, scope)
        for child in node.iter_child_nodes():
            self.visit(child, scope)
        return None

    def _name(self, node: nodes.Name, scope: Scope) -> Any:
        return scope.get(node.name)

    def _getattr(self, node: nodes.Getattr, scope: Scope) -> Any:
        return self._field(self.visit(node.node, scope), node.attr, node.lineno)

    def _getitem(self, node: nodes.Getitem, scope: Scope) -> Any:
        owner = self.visit(node.node, scope)
        self.visit(node.arg, scope)
        if not isinstance(node.arg, nodes.Const):
            return owner if isinstance(node.arg, nodes.Slice) and _is_list(owner) else None
        if isinstance(node.arg.value, str):
            return self._field(owner, node.arg.value, node.lineno)
        parts = get_args(_plain(owner))
        if _is_list(owner):
            return parts[0]
        return parts[node.arg.value] if parts and node.arg.value in range(len(parts)) else None

    def _field(self, owner: Any, name: str, line: int) -> Any:
        kind = _plain(owner)
        if kind is None:
            return None
        known = get_type_hints(kind) if is_dataclass(kind) else {}
        if name in known:
            return known[name]
        if not hasattr(get_origin(kind) or kind, name):
            self.found.append(NoSuchField(name, line, tuple(known)))
        return None

    def _filter(self, node: nodes.Filter, scope: Scope) -> Any:
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, scope)
        kind = self.visit(node.node, scope) if node.node else None
        if not _is_list(kind):
            return None
        return kind if node.name in _SAME_ITEMS else _item(kind) if node.name in _ONE_ITEM else None

    def _call(self, node: nodes.Call, scope: Scope) -> Any:
        for child in node.iter_child_nodes():
            self.visit(child, scope)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        function = self.functions.get(name) if name not in scope else None
        return get_type_hints(function).get("return") if isinstance(function, types.FunctionType) else None

    def _condexpr(self, node: nodes.CondExpr, scope: Scope) -> Any:
        self.visit(node.test, scope)
        one = self.visit(node.expr1, scope)
        other = self.visit(node.expr2, scope) if node.expr2 else None
        return one if _plain(one) == _plain(other) else None

    def _for(self, node: nodes.For, scope: Scope) -> None:
        inside = {**scope, **_bound(node.target, _item(self.visit(node.iter, scope)))}
        if node.test is not None:
            self.visit(node.test, inside)
        self._all(node.body, inside)
        self._all(node.else_, dict(scope))

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        kinds = _bound(node.target, self.visit(node.node, scope))
        scope.update({name: None if name in self.unsure else kind for name, kind in kinds.items()})

    def _assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._all(node.body, dict(scope))
        scope.update(_bound(node.target, None))

    def _with(self, node: nodes.With, scope: Scope) -> None:
        inside = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            inside.update(_bound(target, self.visit(value, scope)))
        self._all(node.body, inside)

    def _macro(self, node: nodes.Macro, scope: Scope) -> None:
        """A macro is called from where nobody knows, with what nobody knows."""
        scope[node.name] = None
        names = ("caller", "varargs", "kwargs", *(argument.name for argument in node.args))
        self._all(node.body, {**scope, **dict.fromkeys(names)})

    def _callblock(self, node: nodes.CallBlock, scope: Scope) -> None:
        self.visit(node.call, scope)
        self._all(node.body, {**scope, **dict.fromkeys(argument.name for argument in node.args)})

    def _import(self, node: nodes.Import, scope: Scope) -> None:
        scope[node.target] = None

    def _fromimport(self, node: nodes.FromImport, scope: Scope) -> None:
        scope.update(dict.fromkeys(one if isinstance(one, str) else one[1] for one in node.names))

    def _all(self, body: list[nodes.Node], scope: Scope) -> None:
        for node in body:
            self.visit(node, scope)


def _plain(kind: Any) -> Any:
    """Return a type without `or none`; None where several are left, or it is not one of ours or a plain one."""
    if get_origin(kind) in (types.UnionType, typing.Union):
        parts = [part for part in get_args(kind) if part is not types.NoneType]
        kind = parts[0] if len(parts) == 1 else None
    known = is_dataclass(kind) or kind in (str, int, bool) or get_origin(kind) is tuple
    return kind if known else None


def _is_list(kind: Any) -> bool:
    parts = get_args(_plain(kind))
    return len(parts) == 2 and parts[1] is ...


def _item(kind: Any) -> Any:
    return get_args(_plain(kind))[0] if _is_list(kind) else None


def _bound(target: nodes.Node, kind: Any) -> Scope:
    """Return the names that a target binds, each with its type."""
    if isinstance(target, nodes.Name):
        return {target.name: kind}
    return dict(_parts(target, kind))


def _parts(target: nodes.Node, kind: Any) -> Iterator[tuple[str, Any]]:
    items = target.items if isinstance(target, nodes.Tuple) else []
    parts = get_args(_plain(kind))
    fits = len(parts) == len(items) and not _is_list(kind)
    for at, item in enumerate(items):
        yield from _bound(item, parts[at] if fits else None).items()
