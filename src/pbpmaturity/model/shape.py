"""What all shapes of files share: nothing is guessed, nothing unknown is let through, nothing changes later."""

import re
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# Other readers of YAML take these for no text at all.
NOT_TEXT = ("true", "false", "null")


class Shape(BaseModel):
    """A frozen value of a file; keys are kebab-case there and snake_case here."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        defer_build=True,
        alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
    )


ShapeT = TypeVar("ShapeT", bound=Shape)


def is_id(text: str) -> bool:
    """Say whether the text can be the id of a matrix, theme, stage, Place or readiness test."""
    return text not in NOT_TEXT and _ID.fullmatch(text) is not None


@dataclass(frozen=True)
class Written:
    """How a text is written: it matches the whole pattern and is none of the words kept back.

    Called with a text, it returns it, or says what was expected.
    """

    pattern: str
    expected: str
    kept_back: tuple[str, ...] = ()

    def __call__(self, text: str) -> str:
        if text in self.kept_back:
            raise _badly_written(f"another word, since {text} has a meaning of its own")
        if re.fullmatch(self.pattern, text):
            return text
        raise _badly_written(self.expected)


@dataclass(frozen=True)
class Allowed:
    """Which whole numbers a key takes: from the least up, without those left out; called with one, it returns it."""

    least: int
    left_out: tuple[int, ...]
    expected: str

    def __call__(self, number: int) -> int:
        if number >= self.least and number not in self.left_out:
            return number
        raise _badly_written(self.expected)


def _count(value: object) -> int:
    # Other readers take 012 for ten, as it is counted in eights, so nobody knows what was meant.
    if isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,5}", value):
        return int(value)
    zeros = isinstance(value, str) and re.fullmatch(r"0[0-9]+", value)
    raise _badly_written(f"a whole number{' without a zero before it' if zeros else ''}, such as 12")


def _badly_written(expected: str) -> PydanticCustomError:
    return PydanticCustomError("badly_written", "{expected}", {"expected": expected})


ID = Written(_ID.pattern, "lower-case words joined by hyphens, such as berkshire-west", NOT_TEXT)
Id = Annotated[str, AfterValidator(ID)]
Text = Annotated[str, "free text"]
"""What people write in words of their own."""
Link = Annotated[str, "link"]
"""A web address, or the path of a file in the workspace."""
Count = Annotated[int, BeforeValidator(_count)]
"""A whole number of people or months, which a file holds as text."""


def said(value: Any) -> Any:
    """Return what a value says as a file holds it: its keys in the order of its shape, without those left out.

    Shapes become mappings; dates and counts stay what they are.
    """
    if isinstance(value, Shape):
        named = ((name, field.alias or name, getattr(value, name)) for name, field in type(value).model_fields.items())
        return {alias: said(one) for name, alias, one in named if name in value.model_fields_set and one is not None}
    if isinstance(value, dict):
        return {key: said(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(said(one) for one in value)
    return value


def changed(value: ShapeT, **fields: Any) -> ShapeT:
    """Return a value with other fields; those given as None, as no text or as an empty list are left out of it."""
    kept = {name: getattr(value, name) for name in value.model_fields_set if name not in fields}
    given = {name: one for name, one in fields.items() if one not in (None, "", (), {})}
    return type(value).model_construct(**kept, **given)
