"""Why a template cannot be used, found without running it: a template may run for ever."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from pbpmaturity.diagnostics.suggest import did_you_mean, quoted
from pbpmaturity.report.documents import environment_for, is_html
from pbpmaturity.report.template_fields import asked_about, missing_fields
from pbpmaturity.report.template_values import VALUES, Described, described_templates

_NAMING = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_MAYBE = (nodes.If, nodes.For, nodes.CondExpr, nodes.Macro, nodes.CallBlock)


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of a template, and what keeps it from being used there."""

    line: int
    cause: str


_TOO_DEEP = Fault(1, "it is nested too deeply")


class TemplateSet:
    """The templates of a workspace together, which include and import one another."""

    def __init__(self, texts: Mapping[str, str], shipped: Mapping[str, str]) -> None:
        self._texts = texts
        self._described: dict[str, Described] = described_templates(shipped)
        self._read = {name: _parsed(name, text, "any.md.j2") for name, text in texts.items()}
        self._named = {name: _named_in(read) for name, read in self._read.items()}

    def users_of(self, name: str) -> tuple[str, ...]:
        """Return the templates that include or import one, by name."""
        return tuple(sorted(user for user, named in self._named.items() if user != name and name in named))

    def first_fault(self, name: str) -> Fault | None:
        """Return what keeps a template from being used, nearest to its beginning; None if nothing is found."""
        all_html = all(is_html(one) for one in (name, *self._using(name)))
        read = _parsed(name, self._texts[name], name) if all_html else self._read[name]
        if isinstance(read, Fault):
            return read
        found: list[Fault] = []
        try:
            found += [*self._in_names(read), *self._in_circles(name), *_in_words(read)]
            found += self._in_values(name, read)
        except TemplateSyntaxError as error:  # what only the making of code finds
            found.append(_syntax(error))
        except RecursionError:
            return _TOO_DEEP
        return min(found, key=lambda fault: fault.line, default=None)

    def _in_names(self, read: nodes.Template) -> Iterator[Fault]:
        """Yield the templates that are named and are not there, and the macros that they do not have."""
        for node in read.find_all(_NAMING):
            names = _names(node)
            if names and not any(name in self._texts for name in names) and not getattr(node, "ignore_missing", False):
                yield Fault(node.lineno, f"there is no template {quoted(names[0])}{_guess(names[0], self._texts)}")
            elif isinstance(node, nodes.FromImport) and names:
                yield from self._in_macros(node, names[0])

    def _in_macros(self, node: nodes.FromImport, name: str) -> Iterator[Fault]:
        read = self._read[name]
        if isinstance(read, Fault):
            return
        there = _stored(read)
        for one in node.names:
            wanted = one if isinstance(one, str) else one[0]
            if wanted not in there:
                yield Fault(node.lineno, f"{name} has no macro {quoted(wanted)}{_guess(wanted, there)}")

    def _in_circles(self, name: str) -> Iterator[Fault]:
        """Yield the line in which a template comes to include itself, whatever its values are."""
        read = self._read[name]
        for line, word in _always_named(read) if isinstance(read, nodes.Template) else ():
            if word == name:
                yield Fault(line, "it includes itself")
            elif name in self._always_reached(word):
                yield Fault(line, f"it includes itself, by way of {word}")

    def _always_reached(self, start: str) -> set[str]:
        reached, ahead = set[str](), [start]
        while ahead:
            read = self._read.get(ahead.pop())
            named = {word for _, word in _always_named(read)} if isinstance(read, nodes.Template) else set()
            ahead += named - reached
            reached |= named
        return reached

    def _in_values(self, name: str, read: nodes.Template) -> Iterator[Fault]:
        """Yield the values and fields that the template is not given; nothing if that is not known."""
        given = self._given(name)
        if given is None:
            return
        allowed = {*given, *_stored(read), *(node.name for node in asked_about(read) if isinstance(node, nodes.Name))}
        unknown = find_undeclared_variables(read) - allowed
        for node in read.find_all(nodes.Name):
            if node.name in unknown:
                yield _no_value(node.lineno, node.name, given)
        for field in missing_fields(read, given, _environment_of(read).globals):
            yield _no_value(field.line, field.name, field.choices)

    def _given(self, name: str) -> dict[str, Any] | None:
        """Return the types of the values that a template has: its own, and all that those that use it have or set."""
        given: dict[str, Any] = {}
        for user in (name, *self._using(name)):
            said, read = self._described.get(user), self._read[user]
            if said is None and not self.users_of(user):
                return None
            for value in said.given if said else ():
                given.setdefault(value, VALUES.get(value))
            if user != name and isinstance(read, nodes.Template):
                given |= dict.fromkeys(_stored(read))
        return given

    def _using(self, name: str) -> list[str]:
        """Return all templates that use one, also by way of others."""
        found: list[str] = []
        ahead = [name]
        while ahead:
            users = [user for user in self.users_of(ahead.pop()) if user not in found and user != name]
            found += users
            ahead += users
        return found


def _in_words(read: nodes.Template) -> Iterator[Fault]:
    """Yield the filters and tests that there are not, also where jinja2 would find out only later."""
    environment = _environment_of(read)
    known: dict[type, tuple[str, Mapping[str, Any]]] = {
        nodes.Filter: ("filter", environment.filters),
        nodes.Test: ("test", environment.tests),
    }
    for node in read.find_all((nodes.Filter, nodes.Test)):
        what, there = known[type(node)]
        if node.name not in there:
            yield Fault(node.lineno, f"there is no {what} {quoted(node.name)}{_guess(node.name, there)}")


def _parsed(name: str, text: str, like: str) -> nodes.Template | Fault:
    """Read a template in the surroundings of a name, in which nothing is worked out as constants would be."""
    environment = environment_for(like, {})
    environment.filters = dict.fromkeys(environment.filters, _nothing)
    environment.optimized = False
    try:
        read = environment.parse(text, name, name)
        for _ in read.find_all(nodes.Node):
            pass  # as deep as whoever looks for anything in it
    except TemplateSyntaxError as error:
        return _syntax(error)
    except RecursionError:
        return _TOO_DEEP
    return read


def _syntax(error: TemplateSyntaxError) -> Fault:
    return Fault(error.lineno, " ".join((error.message or "it is no template").split()))


def _environment_of(read: nodes.Template) -> Environment:
    assert read.environment is not None
    return read.environment


def _nothing(*_: object, **__: object) -> str:
    return ""


def _named_in(read: nodes.Template | Fault) -> set[str]:
    found = read.find_all(_NAMING) if isinstance(read, nodes.Template) else ()
    return {word for node in found for word in _names(node)}


def _names(node: Any) -> list[str]:
    """Return the names of templates that a tag means; none if they are worked out from values."""
    if not isinstance(node.template, nodes.Const):
        items = getattr(node.template, "items", ())
        return [item.value for item in items if isinstance(item, nodes.Const) and isinstance(item.value, str)]
    named = node.template.value
    return [named] if isinstance(named, str) else list(named)


def _always_named(node: nodes.Node) -> Iterator[tuple[int, str]]:
    """Yield the lines and names of tags that do not hang on a condition, a loop or a call."""
    for child in node.iter_child_nodes():
        if isinstance(child, _NAMING):
            names = _names(child)
            yield from ((child.lineno, name) for name in names[:1] if len(names) == 1)
        elif not isinstance(child, _MAYBE):
            yield from _always_named(child)


def _stored(read: nodes.Template) -> set[str]:
    """Return the names that a template sets, imports or gives to a macro, anywhere."""
    names = {node.name for node in read.find_all(nodes.Name) if node.ctx != "load"}
    names |= {node.name for node in read.find_all(nodes.Macro)} | {node.target for node in read.find_all(nodes.Import)}
    imported = (one for node in read.find_all(nodes.FromImport) for one in node.names)
    return names | {one if isinstance(one, str) else one[1] for one in imported}


def _no_value(line: int, name: str, choices: Sequence[str] | Mapping[str, Any]) -> Fault:
    guess = _guess(name, choices) or "; docs/templates.md lists them"
    return Fault(line, f"there is no value {quoted(name)} here{guess}")


def _guess(word: str, choices: Any) -> str:
    near = did_you_mean(word, choices)
    return f"; did you mean {quoted(near)}?" if near else ""
