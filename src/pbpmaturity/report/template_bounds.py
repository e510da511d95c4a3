"""How much a template may do, so that each comes to an end: turns of its loops, and letters that it makes."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

_LARGEST_POWER = 64
_MOST_BITS = 1024
_COLLECTIONS = (list, tuple, dict, set, frozenset)
# What can make much more text than it is given: by a width, or by putting one text into another many times.
_FILTERS = frozenset({"batch", "center", "format", "indent", "join", "replace", "round", "slice", "tojson", "wordwrap"})
_METHODS = frozenset(
    {
        "center",
        "expandtabs",
        "format",
        "format_map",
        "join",
        "ljust",
        "replace",
        "rjust",
        "to_bytes",
        "translate",
        "zfill",
    }
)
_BY_SPACE = frozenset({"center", "ljust", "rjust", "zfill", "round"})  # what is given, and space beside it
_DIGITS = re.compile(r"\d+")
_WIDTH_IS_A_VALUE = re.compile(r"\{[^}]*\{")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most turns, of loops and macros, and letters of a document, and the widest that text is set."""

    turns: int = 1_000_000
    letters: int = 20_000_000
    width: int = 10_000


class Spending:
    """What the making of one document has taken so far; SecurityError once it is too much."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._turns = self._letters = 0

    def turn(self, letters: int) -> None:
        """Take a turn of a loop, which writes that many letters of the template's own."""
        self._turns += 1
        if self._turns > self._bounds.turns:
            raise SecurityError(f"its loops take more than {self._bounds.turns:,} turns")
        self.letters(letters)

    def letters(self, count: int) -> None:
        """Take letters of text."""
        self._letters += count
        if self._letters > self._bounds.letters:
            raise SecurityError(f"it makes more than {self._bounds.letters:,} letters of text")

    def text_of(self, *values: object) -> None:
        """Take as many letters as values have."""
        self.letters(self._weight(values))

    def growth(self, name: str, given: object, others: tuple[object, ...]) -> None:
        """Take what comes of a text or a list, set as wide as others say and with them put in, at the most."""
        widths = [abs(int(one)) for one in others if isinstance(one, int)]
        self._refuse_wide(widths)
        weight, width, put_in = self._weight((given,)), sum(widths), self._weight(others)
        if name == "replace" and isinstance(given, str) and others and isinstance(others[0], str):
            self.letters(weight + given.count(others[0]) * put_in)
        elif name == "join" and isinstance(given, (str, bytes, *_COLLECTIONS)):
            self.letters(weight + (len(given) + 1) * put_in)
        elif name == "wordwrap":
            self.letters((weight + 1) * (self._weight(one for one in others if isinstance(one, str)) + 1))
        elif name in _BY_SPACE:
            self.letters(weight + width + put_in)
        else:
            self.letters((weight + 1) * (width + put_in + 1))

    def format(self, text: str, values: object) -> None:
        """Take what comes of a text with places for values at the most; a width may stand in it or be a value."""
        widths = [_number(one) for one in _DIGITS.findall(text)]
        if "*" in text or _WIDTH_IS_A_VALUE.search(text):
            widths += [number for one in _within(values) for value in _within(one) for number in _numbers_in(value)]
        self._refuse_wide(widths)
        places = text.count("%") + text.count("{")
        self.letters(len(text) + places * (self._weight((values,)) + sum(widths)))

    def _refuse_wide(self, widths: list[int]) -> None:
        if max(widths, default=0) > self._bounds.width:
            raise SecurityError(f"it sets text wider than {self._bounds.width:,} letters")

    def _weight(self, values: Iterable[object]) -> int:
        """Return how many letters and items there are, counting no further than is needed."""
        weight, ahead = 0, [iter(values)]
        while ahead:
            one = next(ahead[-1], self)
            if one is self:
                ahead.pop()
                continue
            weight += len(one) if isinstance(one, str | bytes) else 1
            if weight > self._bounds.letters:
                return weight
            if isinstance(one, _COLLECTIONS):
                ahead.append(iter([*one, *one.values()] if isinstance(one, dict) else one))
        return weight


class BoundedSandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, which by itself lets a template run for ever or fill the memory."""

    intercepted_binops = frozenset(["*", "**", "+", "%"])

    def __init__(self, bounds: Bounds, finalize: Callable[[Any], Any] | None = None, **options: Any) -> None:
        def shown(value: Any) -> Any:
            self.spending.text_of(value)
            return finalize(value) if finalize else value

        super().__init__(finalize=shown, **options)
        self._bounds = bounds
        self.spending = Spending(bounds)
        self.globals.pop("lipsum")
        self.filters = {name: self._bounded(name, one) for name, one in self.filters.items()}

    def begin(self) -> None:
        """Forget what the making of earlier documents took."""
        self.spending = Spending(self._bounds)

    def turned(self, letters: int) -> None:
        """Take a turn: what is put at the beginning of all that can come again."""
        self.spending.turn(letters)

    def joined(self, parts: list[Any]) -> str:
        """Return what ~ makes of its parts."""
        self.spending.text_of(parts)
        return (markup_join if self.autoescape else str_join)(parts)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 (so that keywords of these names can be given on)
        if __obj != __self.turned and not isinstance(__obj, Macro):
            __self._refuse_large(__obj, (*args, *kwargs.values()))
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if numbers:
            _refuse_large_numbers(operator, left, right)
        elif operator in ("*", "**"):
            raise SecurityError(f"{operator} is for small numbers only")
        elif operator == "%" and isinstance(left, str):
            self.spending.format(left, right)
        else:
            self.spending.text_of(left, right)
        return super().call_binop(context, operator, left, right)

    def _refuse_large(self, called: Any, given: tuple[Any, ...]) -> None:
        name = getattr(called, "__name__", "")
        itself = getattr(getattr(called, "__wrapped__", called), "__self__", None)
        if name in ("format", "format_map") and isinstance(itself, str):
            self.spending.format(itself, given)
        elif name in _METHODS and isinstance(itself, str | bytes | int):
            self.spending.growth(name, itself, given)
        elif isinstance(itself, str | bytes):
            self.spending.text_of(itself, *given)

    def _bounded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        skipped = 1 if hasattr(function, "jinja_pass_arg") else 0

        @functools.wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            passed, value, others = args[:skipped], args[skipped], args[skipped + 1 :]
            if name == "join" and not isinstance(value, (str, *_COLLECTIONS)):
                value = list(value)
            given = (*others, *kwargs.values())
            if name == "format":
                self.spending.text_of(value)
                self.spending.format(str(value), given)
            elif name in _FILTERS:
                self.spending.growth(name, value, given)
            else:
                self.spending.text_of(value, *given)
            result = function(*passed, value, *others, **kwargs)
            self.spending.text_of(result)
            return result

        return run

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        _counted(source, self)
        return super()._generate(source, *args, **options)


def _within(value: object) -> tuple[object, ...]:
    if isinstance(value, dict):
        return tuple(value.values())
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _numbers_in(value: object) -> list[int]:
    """Return a number, or the numbers that stand in a text."""
    if isinstance(value, str):
        return [_number(one) for one in _DIGITS.findall(value)]
    return [abs(value)] if isinstance(value, int) else []


def _number(digits: str) -> int:
    return int(digits[:10])


def _refuse_large_numbers(operator: str, left: float, right: float) -> None:
    bits = sum(one.bit_length() for one in (left, right) if isinstance(one, int))
    is_large_power = operator == "**" and (abs(left) > _LARGEST_POWER or abs(right) > _LARGEST_POWER)
    if is_large_power or bits > _MOST_BITS:
        raise SecurityError(f"{operator} is for small numbers only")


def _counted(source: nodes.Template, environment: Environment) -> None:
    """Put into a template what counts its turns, and let what joins texts with ~ count their letters."""
    _count_turns(source, source.body)
    for again in source.find_all((nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)):
        _count_turns(again, again.body)  # type: ignore[attr-defined]  # each of these has one
    _replace_joins(source)
    source.set_environment(environment)


def _count_turns(node: nodes.Node, body: list[nodes.Node]) -> None:
    letters = 0
    for data in (data for one in body for data in _constants(one)):
        letters += len(data.data)
    call = nodes.Call(nodes.EnvironmentAttribute("turned"), [nodes.Const(letters)], [], None, None)
    body.insert(0, nodes.ExprStmt(call, lineno=node.lineno))


def _constants(node: nodes.Node) -> Iterator[nodes.TemplateData]:
    return iter((node,)) if isinstance(node, nodes.TemplateData) else node.find_all(nodes.TemplateData)


def _replace_joins(node: nodes.Node) -> None:
    for name, value in node.iter_fields():
        if isinstance(value, list):
            setattr(node, name, [_joining(one) for one in value])
        elif isinstance(value, nodes.Node):
            setattr(node, name, _joining(value))
    for child in node.iter_child_nodes():
        _replace_joins(child)


def _joining(value: Any) -> Any:
    if not isinstance(value, nodes.Concat):
        return value
    parts = nodes.List(value.nodes, lineno=value.lineno)
    return nodes.Call(nodes.EnvironmentAttribute("joined"), [parts], [], None, None, lineno=value.lineno)
