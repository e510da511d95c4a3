"""What a change to the files does to a Place's record: assessments that are new, changed or gone."""

import datetime
from dataclasses import dataclass
from typing import Any, Literal

from pbpmaturity.analysis.movement import Movement, ThemeMovement, movement, why_not_comparable
from pbpmaturity.analysis.standing import ChangedPlace
from pbpmaturity.model.assessment import Amendment
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.shape import Shape, said

Change = Literal["new", "changed", "removed", "unusable"]


@dataclass(frozen=True, slots=True)
class ChangedAssessment:
    """One file, as it was and as it is.

    `since_last` is the movement from the agreed assessment before it, where the change makes it a new baseline or a new
    draft. `restated` are the themes whose stage the same file gives otherwise now, and `other` what else it says
    otherwise: keys, and keys of themes by theme.
    """

    path: str
    place: str
    place_name: str
    date: str
    change: Change
    before: FiledAssessment | None = None
    after: FiledAssessment | None = None
    since_last: Movement | None = None
    restated: tuple[ThemeMovement, ...] = ()
    other: tuple[str, ...] = ()
    other_by_theme: tuple[tuple[str, tuple[str, ...]], ...] = ()
    amendments: tuple[Amendment, ...] = ()

    @property
    def is_newly_agreed(self) -> bool:
        """Say whether the change makes the assessment an agreed one."""
        was = self.before is not None and self.before.assessment.status == "agreed"
        return self.after is not None and self.after.assessment.status == "agreed" and not was


def compared(
    path: str, before: FiledAssessment | None, after: FiledAssessment, last: FiledAssessment | None
) -> ChangedAssessment:
    """Return what became of an assessment that is there; `last` is the agreed one before it in the workspace."""
    own = after.assessment
    is_new = before is None or before.assessment.status != own.status or own.status == "draft"
    restated, other, by_theme = ((), (), ()) if before is None else _differences(before, after)
    kept = before.assessment.amendments if before else ()
    return ChangedAssessment(
        path=path,
        place=own.place,
        place_name=after.place_name,
        date=own.date.text,
        change="new" if before is None else "changed",
        before=before,
        after=after,
        since_last=movement(last, after) if is_new and last and not why_not_comparable(last, after) else None,
        restated=restated,
        other=other,
        other_by_theme=by_theme,
        amendments=tuple(one for one in own.amendments if one not in kept),
    )


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that results of several Places rest on: what it holds in words, and which of its parts say otherwise."""

    path: str
    change: Change
    holds: str | None = None
    differing: tuple[str, ...] = ()
    is_newly_usable: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """All that a change does: to assessments, to Places by what they share, and to the files that those share.

    `day` is the one on which readiness tests were judged, if they were.
    """

    assessments: tuple[ChangedAssessment, ...]
    places: tuple[ChangedPlace, ...]
    files: tuple[ChangedFile, ...]
    day: datetime.date | None = None


def differing_keys(before: Shape, after: Shape, *, opened: str = "") -> tuple[str, ...]:
    """Return the keys whose values differ between two files; those of the key that is `opened` one by one."""
    then, now = _flat(said(before), opened), _flat(said(after), opened)
    return tuple(key for key in dict.fromkeys([*now, *then]) if then.get(key) != now.get(key))


def _flat(told: dict[str, Any], opened: str) -> dict[str, Any]:
    inner = told.get(opened, {})
    return {key: one for key, one in told.items() if key != opened} | {f"{opened}.{key}": inner[key] for key in inner}


Differences = tuple[tuple[ThemeMovement, ...], tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]


def _differences(before: FiledAssessment, after: FiledAssessment) -> Differences:
    """Return the stages that differ, the keys that differ, and by theme the keys other than its stage."""
    restated: tuple[ThemeMovement, ...] = ()
    if not why_not_comparable(before, after):
        restated = tuple(one for one in movement(before, after).themes if one.from_state != one.to_state)
    then, now = said(before.assessment), said(after.assessment)
    keys = [key for key in dict.fromkeys([*then, *now]) if key not in ("themes", "amendments")]
    other = tuple(key for key in keys if then.get(key) != now.get(key))
    themes_then, themes_now = then.get("themes", {}), now.get("themes", {})
    by_theme = []
    for theme in dict.fromkeys([*themes_then, *themes_now]):
        told_then, told_now = themes_then.get(theme, {}), themes_now.get(theme, {})
        differing = [key for key in dict.fromkeys([*told_then, *told_now]) if told_then.get(key) != told_now.get(key)]
        by_theme.append((theme, tuple(key for key in differing if key != "stage")))
    return restated, other, tuple((theme, keys) for theme, keys in by_theme if keys)
