"""A readiness test: what somebody holds must be recorded before a Place takes on a function."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pbpmaturity.model.assessment import MatrixRef
from pbpmaturity.model.date import FileDate
from pbpmaturity.model.shape import Count, Id, Shape, Text


class Requires(Shape):
    """What an assessment must show; at least one of these."""

    all_themes_at_least: str | None = None
    themes: Annotated[dict[str, str], Field(min_length=1)] = Field(default_factory=dict)
    agreed_within_months: Count | None = None
    evidence_for: Annotated[tuple[str, ...], Field(min_length=1)] = ()

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("nothing_required", "one of its keys")
        return self


class Attestation(Shape):
    """What no stage can show: a role attests it, with a document and its date."""

    condition: Text
    by_role: Text
    document: Text | None = None
    date: FileDate | None = None


class ReadinessTest(Shape):
    """The conditions that a Place's record is held against; they are the judgement of those who wrote them."""

    format: Literal["1"] = "1"
    id: Id
    title: Text
    note: Text | None = None
    matrix: MatrixRef
    service_area: str | None = None
    requires: Requires
    attested: Annotated[tuple[Attestation, ...], Field(min_length=1)]
