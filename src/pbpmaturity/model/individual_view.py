"""One person's view, as the participants' form saves it; it is counted into tallies and never kept."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from pbpmaturity.model.assessment import MatrixRef
from pbpmaturity.model.shape import Id, Shape, Written

NOT_SURE = "Not sure"
"""What a person chooses who has no view of a theme."""

ViewId = Annotated[
    str,
    AfterValidator(Written(r"[A-Za-z0-9-]{1,64}", "letters, digits and hyphens, such as k3f9qz2m")),
]


class ViewOfTheme(Shape):
    """What one person chose and wrote of a theme; no stage where they did not know."""

    stage: str | None = None
    comment: str | None = None


class IndividualView(Shape):
    """One person's view; its id is random, so that a file that is given twice is counted once.

    Its code is as the person typed it: whether it is one that was handed out is seen when views are counted.
    """

    format: Literal["1"] = "1"
    kind: Literal["individual-view"]
    id: ViewId
    code: str | None = None
    place: Id | None = None
    matrix: MatrixRef
    themes: dict[str, ViewOfTheme] = Field(default_factory=dict)


def comment_heading(theme_name: str) -> str:
    """Return the heading of the column, or the question, that takes comments on a theme."""
    return f"{theme_name}: comment"
