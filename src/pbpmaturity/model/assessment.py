"""One dated self-assessment of a Place."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from pbpmaturity.model.date import FileDate
from pbpmaturity.model.matrix import NOT_ASSESSED, Source
from pbpmaturity.model.shape import Count, Id, Link, Shape, Text, Written

MatrixRef = Annotated[
    str,
    AfterValidator(
        Written(
            r"[a-z][a-z0-9]*(-[a-z0-9]+)*@[A-Za-z0-9]+([.-][A-Za-z0-9]+)*",
            "the matrix's id, @ and its version, such as pbp@2023.1",
        )
    ),
]


class Agreed(Shape):
    """Who agreed the assessment, when, and where that is minuted."""

    by: Text | None = None
    date: FileDate | None = None
    minute: Text | None = None


class Period(Shape):
    """The time over which views were gathered."""

    from_: FileDate
    to: FileDate | None = None


class Participant(Shape):
    """An organisation and a role; never the name of a person."""

    organisation: Text
    role: Text | None = None


class Evidence(Shape):
    """Something that a reader can look up."""

    title: Text
    link: Link | None = None
    date: FileDate | None = None


class Target(Shape):
    """The stage aimed for in a theme."""

    stage: str
    by: FileDate | None = None


class Action(Shape):
    """A next step."""

    action: Text
    owner: Text | None = None
    due: FileDate | None = None
    status: Literal["open", "done", "dropped"] = "open"


class ThemeAssessment(Shape):
    """What was judged and said of one theme."""

    stage: str = NOT_ASSESSED
    rationale: Text | None = None
    dissent: Text | None = None
    criteria: dict[str, Literal["met", "partly", "not-met"]] = Field(default_factory=dict)
    views: dict[str, Count] = Field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    target: Target | None = None
    actions: tuple[Action, ...] = ()


class Stated(Shape):
    """What was published of an assessment whose theme stages were not."""

    overall: str
    note: Text | None = None
    source: Source


class Amendment(Shape):
    """A change to an assessment after it was agreed."""

    date: FileDate
    reason: Text


_UNSAID = ThemeAssessment()


class Assessment(Shape):
    """A Place's self-assessment on one date; themes that are missing are not assessed."""

    format: Literal["1"] = "1"
    place: Id
    date: FileDate
    matrix: MatrixRef
    status: Literal["draft", "agreed"]
    agreed: Agreed | None = None
    method: Literal["workshop", "interviews", "survey", "desk-review"] | None = None
    gathered: Period | None = None
    reviewed: Literal["none", "peer", "independent"] | None = None
    provenance: Literal["self-assessment", "published-summary", "illustrative"]
    summary: Text | None = None
    participants: tuple[Participant, ...] = ()
    stated: Stated | None = None
    themes: dict[str, ThemeAssessment] | None = None
    amendments: tuple[Amendment, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.themes is None and self.stated is None:
            raise PydanticCustomError("nothing_assessed", "themes or stated")
        return self

    def said_of(self, theme_id: str) -> ThemeAssessment:
        """Return what the file says of a theme; of one that it leaves out, that it is not assessed."""
        return (self.themes or {}).get(theme_id, _UNSAID)

    def is_judged(self, theme_id: str) -> bool:
        """Say whether a theme's stage is said, or that it was not assessed; its views or evidence alone say neither."""
        return "stage" in self.said_of(theme_id).model_fields_set

    def state(self, theme_id: str) -> str:
        """Return the theme's stage, `not-assessed` or `not-applicable`."""
        return self.said_of(theme_id).stage
