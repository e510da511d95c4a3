"""A maturity matrix: stages in order, themes, and what is looked for in each cell."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from pbpmaturity.model.date import FileDate
from pbpmaturity.model.shape import ID, NOT_TEXT, Id, Link, Shape, Text, Written

NOT_ASSESSED = "not-assessed"
NOT_APPLICABLE = "not-applicable"


StageId = Annotated[str, AfterValidator(Written(ID.pattern, ID.expected, (*NOT_TEXT, NOT_ASSESSED, NOT_APPLICABLE)))]
# Criteria and versions may have capitals, and other readers know these words in three ways of writing.
_NO_NAMES = tuple(written for word in NOT_TEXT for written in (word, word.capitalize(), word.upper()))
CriterionId = Annotated[
    str, AfterValidator(Written(r"[A-Za-z0-9-]+", "letters, digits and hyphens, such as E1", _NO_NAMES))
]
Version = Annotated[
    str,
    AfterValidator(
        Written(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", "a version such as 2023.1 or 2023.1-northam", _NO_NAMES)
    ),
]


class Source(Shape):
    """Where something was published."""

    title: Text
    publisher: Text | None = None
    date: FileDate | None = None
    locator: Text | None = None
    link: Link | None = None


class Criterion(Shape):
    """One thing to look for in a cell of the matrix."""

    id: CriterionId
    statement: Text
    note: Text | None = None


class Stage(Shape):
    """One step of the order."""

    id: StageId
    name: Text
    summary: Text | None = None


class Theme(Shape):
    """One row of the matrix; a cell has a description, criteria, both or neither."""

    id: Id
    name: Text
    description: Text | None = None
    prompt: Text | None = None
    note: Text | None = None
    descriptions: dict[str, Text] = Field(default_factory=dict)
    criteria: dict[str, tuple[Criterion, ...]] = Field(default_factory=dict)

    def criteria_of(self, stage: str) -> tuple[Criterion, ...]:
        """Return the criteria of a stage; empty where there are none."""
        return self.criteria.get(stage, ())

    @cached_property
    def criterion_ids(self) -> tuple[str, ...]:
        return tuple(criterion.id for cell in self.criteria.values() for criterion in cell)


class Matrix(Shape):
    """A maturity matrix of one version; stages are an order and nothing else."""

    format: Literal["1"] = "1"
    id: Id
    version: Version
    title: Text
    source: Source | None = None
    note: Text | None = None
    overall: Literal["median", "minimum"] = "median"
    stages: Annotated[tuple[Stage, ...], Field(min_length=2)]
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]

    @property
    def ref(self) -> str:
        """The name that assessments use: `pbp@2023.1`."""
        return f"{self.id}@{self.version}"

    @cached_property
    def stage_ids(self) -> tuple[str, ...]:
        return tuple(stage.id for stage in self.stages)

    @cached_property
    def theme_ids(self) -> tuple[str, ...]:
        return tuple(theme.id for theme in self.themes)

    @cached_property
    def criterion_positions(self) -> dict[str, dict[str, int]]:
        """Where the stage of each criterion comes in the order, from 0, by theme."""
        return {
            theme.id: {one.id: place for place, stage in enumerate(self.stage_ids) for one in theme.criteria_of(stage)}
            for theme in self.themes
        }

    def theme(self, theme_id: str) -> Theme | None:
        """Return the theme of that id, or None."""
        return next((theme for theme in self.themes if theme.id == theme_id), None)

    def position(self, stage: str) -> int:
        """Return where the stage comes in the order, from 0; ValueError for anything that is not a stage."""
        return self.stage_ids.index(stage)

    def name_of(self, state: str | None) -> str:
        """Return the words for a stage id, for not-assessed and not-applicable, and for None."""
        if state is None or state == NOT_ASSESSED:
            return "Not assessed"
        if state == NOT_APPLICABLE:
            return "Not applicable"
        return next((stage.name for stage in self.stages if stage.id == state), state)
