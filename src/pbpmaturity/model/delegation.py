"""What might sit with a Place and what with the system: service areas, and the questions to ask of each."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from pbpmaturity.model.date import FileDate
from pbpmaturity.model.matrix import Source, Version
from pbpmaturity.model.shape import Id, Shape, Text

Remit = Literal["delegated", "majority", "shared", "not-delegated"]

# The published instrument's own keys have underscores, unlike those of other files.
_AS_NAMED = ConfigDict(alias_generator=lambda name: name)


class Aspect(Shape):
    """A question to ask of a service, and where a yes tends to point."""

    model_config = _AS_NAMED
    id: Id
    question: Text
    points_to: Literal["place", "system", "council"]
    only_for: Text | None = None
    note: Text | None = None


class ServiceArea(Shape):
    """A service or an enabler, with the example remit of system and Place."""

    model_config = _AS_NAMED
    id: Id
    name: Text
    group: Literal["service", "enabler"]
    place_remit: Remit
    system_note: Text | None = None
    place_note: Text | None = None
    basis: Text | None = None


class Deliverable(Shape):
    """Something that a partnership was to set up, by a day or during a period."""

    model_config = _AS_NAMED
    id: Id
    source_item: Text | None = None
    statement: Text
    by: FileDate | None = None
    during: Text | None = None
    note: Text | None = None


class GovernanceOption(Shape):
    """A form that decisions at Place can take."""

    model_config = _AS_NAMED
    id: Id
    source_item: Text | None = None
    statement: Text
    note: Text | None = None


class Delegation(Shape):
    """One system's example of what might sit where; it decides nothing."""

    model_config = _AS_NAMED
    format: Literal["1"] = "1"
    id: Id
    version: Version
    title: Text
    source: Source | None = None
    aspects: Annotated[tuple[Aspect, ...], Field(min_length=1)]
    service_areas: Annotated[tuple[ServiceArea, ...], Field(min_length=1)]
    deliverables: tuple[Deliverable, ...] = ()
    governance_options: tuple[GovernanceOption, ...] = ()

    @property
    def ref(self) -> str:
        """Its id and version: `pbp-delegation@2023.1`."""
        return f"{self.id}@{self.version}"

    def area(self, area_id: str | None) -> ServiceArea | None:
        """Return the service area of that id, or None."""
        return next((area for area in self.service_areas if area.id == area_id), None)
