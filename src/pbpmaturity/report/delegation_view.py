"""What might sit where, as plain values for templates and terminals, and as JSON."""

from dataclasses import dataclass

from pbpmaturity.diagnostics.visible import visible, visible_if_any
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.delegation import Aspect, Delegation, ServiceArea
from pbpmaturity.report import words
from pbpmaturity.report.readiness_words import REMITS
from pbpmaturity.report.records import Record

_GROUPS = {"service": "Services", "enabler": "Enablers"}
_POINTS = {"place": "the Place", "system": "the system", "council": "each council inside the Place"}


@dataclass(frozen=True, slots=True)
class AreaView:
    """A service area with its example remit: in a word, on each side, and why it is read so."""

    id: str
    name: str
    remit: str
    system_note: str | None
    place_note: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to talk through, and a sentence on where a yes tends to point."""

    question: str
    points: str
    only_for: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class DelegationView:
    """Service areas by group, the questions to ask of each, and how far the example can be relied on."""

    title: str
    ref: str
    source: str | None
    caution: str
    groups: tuple[tuple[str, tuple[AreaView, ...]], ...]
    questions: tuple[QuestionView, ...]
    reading: str


def delegation_view(delegation: Delegation) -> DelegationView:
    """Return an instrument on what might sit where as it is shown."""
    groups = {
        title: tuple(_area(area) for area in delegation.service_areas if area.group == group)
        for group, title in _GROUPS.items()
    }
    return DelegationView(
        title=visible(delegation.title),
        ref=delegation.ref,
        source=visible(words.source(delegation.source)) if delegation.source else None,
        caution=_caution(delegation),
        groups=tuple((title, areas) for title, areas in groups.items() if areas),
        questions=tuple(_question(aspect) for aspect in delegation.aspects),
        reading=(
            "Where a yes points is a reading of those who wrote this file and not of the source. The questions are to"
            " talk through; nothing is counted."
        ),
    )


def delegation_record(delegation: Delegation, area: ServiceArea | None = None) -> Record:
    """Return the document `pbp.delegation/1`: the shape of the file, with all service areas or one."""
    record: Record = {"schema": "pbp.delegation/1", **delegation.model_dump(by_alias=True, exclude_unset=True)}
    if area is not None:
        record["service_areas"] = [one for one in record["service_areas"] if one["id"] == area.id]
    return record


def _caution(delegation: Delegation) -> str:
    date = delegation.source.date if delegation.source else None
    when = f" of {PartialDate(date.text[:7]).shown()}" if date else ""
    return (
        f"The example remit is one system's worked example{when}. It is no national policy, and it decides nothing."
        " The words for it are a reading of the text."
    )


def _area(area: ServiceArea) -> AreaView:
    return AreaView(
        id=area.id,
        name=visible(area.name),
        remit=REMITS[area.place_remit],
        system_note=visible_if_any(area.system_note),
        place_note=visible_if_any(area.place_note),
        basis=visible_if_any(area.basis),
    )


def _question(aspect: Aspect) -> QuestionView:
    return QuestionView(
        question=visible(aspect.question),
        points=f"A yes tends to point to {_POINTS[aspect.points_to]}.",
        only_for=visible_if_any(aspect.only_for),
        note=visible_if_any(aspect.note),
    )
