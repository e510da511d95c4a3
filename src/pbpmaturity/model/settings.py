"""What a workspace says of itself in pbp.yaml."""

from typing import Annotated, Literal

from pydantic import AfterValidator

from pbpmaturity.model.assessment import MatrixRef
from pbpmaturity.model.shape import Allowed, Count, Id, Shape, Text

Share = Literal["private", "system", "public"]

FEWEST = 5
"""A tally of fewer people is shown by no workspace, whatever its settings."""


class PlaceSettings(Shape):
    """A Place's name and with whom its assessments are shared."""

    name: Text | None = None
    share: Share = "system"


class Privacy(Shape):
    """What a participant is told about their answers, and what may be seen of everybody's together.

    Of a tally of fewer than `fewest` people nothing is seen; stages that one person or more but fewer than
    `smallest_cell` chose are counted together with their neighbours; and `all_alike` says what is seen where everybody
    chose the same.
    """

    controller: Text | None = None
    keep_until: Text | None = None
    fewest: Annotated[
        Count,
        AfterValidator(
            Allowed(FEWEST, (), "a whole number of people from 5 up, since it may be raised but not lowered")
        ),
    ] = FEWEST
    smallest_cell: Annotated[
        Count,
        # A cell of two that are counted together under 2 is one and one, which everybody can work out.
        AfterValidator(Allowed(1, (2,), "1, which counts no stages together, or a whole number of people from 3 up")),
    ] = 1
    all_alike: Literal["show", "withhold"] = "show"

    @property
    def fewest_seen(self) -> int:
        """The least number of people whose tally may be seen: a stage that fewer chose may not be either."""
        return max(self.fewest, self.smallest_cell)


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
