"""An assessment while it is being recorded: changes to it, and the question that comes next."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from pbpmaturity.model.assessment import Amendment, Assessment, ThemeAssessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.shape import changed

_WRITTEN = re.compile(r"(?:([a-z0-9-]+)/)?([a-z]+(?:-[a-z]+)*)(?:/([0-9]{1,4}))?")


@dataclass(frozen=True, slots=True)
class Position:
    """A question of a recording: which one, of which theme (none: of the whole), and of which of several, from 0."""

    question: str
    theme: str = ""
    index: int = 0

    def __str__(self) -> str:
        theme = f"{self.theme}/" if self.theme else ""
        return f"{theme}{self.question}{f'/{self.index + 1}' if self.index else ''}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the position that `shared-data/evidence-link/2` is, or None if the text is none."""
        match = _WRITTEN.fullmatch(text)
        return cls(match[2], match[1] or "", int(match[3] or 1) - 1) if match else None


def new_draft(place: str, date: PartialDate, matrix: str, provenance: str = "self-assessment") -> Assessment:
    """Return an assessment in which nothing has been said yet."""
    said = {"format": "1", "place": place, "date": date.text, "matrix": matrix, "status": "draft"}
    return Assessment.model_validate({**said, "provenance": provenance, "themes": {}})


def with_said(assessment: Assessment, theme_id: str, order: Sequence[str] = (), **fields: Any) -> Assessment:
    """Return an assessment that says something else of a theme; a theme that is new takes its place in the order."""
    themes = dict(assessment.themes or {})
    themes[theme_id] = changed(themes.get(theme_id, ThemeAssessment()), **fields)
    if assessment.themes is None or theme_id not in assessment.themes:
        places = {theme: place for place, theme in enumerate(order)}
        themes = dict(sorted(themes.items(), key=lambda pair: places.get(pair[0], len(places))))
    return changed(assessment, themes=themes)


def amended(assessment: Assessment, day: datetime.date, reason: str) -> Assessment:
    """Return an assessment with one more amendment."""
    one = Amendment.model_validate({"date": day.isoformat(), "reason": reason})
    return changed(assessment, amendments=(*assessment.amendments, one))
