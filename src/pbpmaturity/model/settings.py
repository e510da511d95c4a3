"""What a workspace says of itself in pbp.yaml."""

from typing import Literal

from pbpmaturity.model.assessment import MatrixRef
from pbpmaturity.model.shape import Count, Id, Shape, Text

Share = Literal["private", "system", "public"]


class PlaceSettings(Shape):
    """A Place's name and with whom its assessments are shared."""

    name: Text | None = None
    share: Share = "system"


class Privacy(Shape):
    """What a participant is told about their answers."""

    controller: Text | None = None
    keep_until: Text | None = None


class Settings(Shape):
    """pbp.yaml; every value has a default. `places` is None where the file does not list them."""

    format: Literal["1"] = "1"
    system: Text | None = None
    places: dict[Id, PlaceSettings] | None = None
    matrix: MatrixRef = "pbp@2023.1"
    review_every_months: Count = 12
    privacy: Privacy = Privacy()

    def shared_with(self, place: str) -> Share:
        """Return with whom a Place's assessments are shared."""
        given = (self.places or {}).get(place)
        return given.share if given else "system"

    def place_name(self, place: str) -> str:
        """Return the Place's name; without one, its id as words with capital initials."""
        given = (self.places or {}).get(place)
        if given and given.name:
            return given.name
        return " ".join(word[:1].upper() + word[1:] for word in place.split("-"))
