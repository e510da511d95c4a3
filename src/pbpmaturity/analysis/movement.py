"""What changed between two assessments of one Place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pbpmaturity.errors import UsageError
from pbpmaturity.model.matrix import NOT_ASSESSED, Matrix, Theme
from pbpmaturity.model.portfolio import FiledAssessment

Direction = Literal["up", "same", "down", "newly-assessed", "no-longer-assessed", "not-assessed"]


@dataclass(frozen=True, slots=True)
class ThemeMovement:
    """One theme then and now; `steps` is a count without sign, None unless it is rated both times."""

    theme: str
    name: str
    from_state: str
    to_state: str
    direction: Direction
    steps: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many themes moved in each way."""

    up: int
    same: int
    down: int
    newly_assessed: int
    no_longer_assessed: int
    not_assessed: int

    @property
    def rated_both_times(self) -> int:
        return self.up + self.same + self.down


@dataclass(frozen=True, slots=True)
class Movement:
    """Two assessments, each theme's movement in matrix order, and what makes them less than fully comparable."""

    before: FiledAssessment
    after: FiledAssessment
    themes: tuple[ThemeMovement, ...]
    counts: Counts
    notes: tuple[str, ...]

    @property
    def is_stated(self) -> bool:
        """Say whether either file holds only what was published, without theme stages."""
        return _is_stated(self.before, self.after)


def movement(before: FiledAssessment, after: FiledAssessment) -> Movement:
    """Return what changed from one assessment to a later one; UsageError if their matrices cannot be compared."""
    obstacle = why_not_comparable(before, after)
    if obstacle:
        raise UsageError(obstacle)
    names = {theme.id: theme.name for theme in after.matrix.themes}
    for theme in before.matrix.themes:
        names.setdefault(theme.id, theme.name)
    themes = tuple(_theme_movement(theme, name, before, after) for theme, name in names.items())
    return Movement(before, after, themes, _counted(themes), tuple(_notes(before, after)))


def themes_of(files: Sequence[FiledAssessment]) -> tuple[Theme, ...]:
    """Return the themes of the last assessment's matrix, then those that only the earlier ones' matrices have."""
    found: dict[str, Theme] = {}
    for filed in reversed(files):
        for theme in filed.matrix.themes:
            found.setdefault(theme.id, theme)
    return tuple(found.values())


def why_not_comparable(before: FiledAssessment, after: FiledAssessment) -> str | None:
    """Return why two assessments cannot be compared, or None if they can: one matrix, the same stages in one order."""
    then, now = before.matrix, after.matrix
    if then.id != now.id:
        return (
            f"{before.assessment.date} uses {then.ref} and {after.assessment.date} uses {now.ref},"
            " and different matrices cannot be compared"
        )
    if then.stage_ids != now.stage_ids:
        return f"{then.ref} and {now.ref} do not have the same stages in the same order, so they cannot be compared"
    return None


def _theme_movement(theme: str, name: str, before: FiledAssessment, after: FiledAssessment) -> ThemeMovement:
    matrix = after.matrix
    then, now = _state(before, theme), _state(after, theme)
    if then in matrix.stage_ids and now in matrix.stage_ids:
        difference = matrix.position(now) - matrix.position(then)
        direction: Direction = "up" if difference > 0 else "down" if difference < 0 else "same"
        return ThemeMovement(theme, name, then, now, direction, abs(difference))
    if now in matrix.stage_ids:
        return ThemeMovement(theme, name, then, now, "newly-assessed", None)
    if then in matrix.stage_ids:
        return ThemeMovement(theme, name, then, now, "no-longer-assessed", None)
    return ThemeMovement(theme, name, then, now, "not-assessed", None)


def _state(filed: FiledAssessment, theme: str) -> str:
    return filed.assessment.state(theme) if filed.matrix.theme(theme) else NOT_ASSESSED


def _counted(themes: tuple[ThemeMovement, ...]) -> Counts:
    def count(direction: Direction) -> int:
        return sum(theme.direction == direction for theme in themes)

    return Counts(
        up=count("up"),
        same=count("same"),
        down=count("down"),
        newly_assessed=count("newly-assessed"),
        no_longer_assessed=count("no-longer-assessed"),
        not_assessed=count("not-assessed"),
    )


def _notes(before: FiledAssessment, after: FiledAssessment) -> list[str]:
    """Return, as sentences, what differs in how the two were made."""
    notes = []
    then, now = before.assessment.method, after.assessment.method
    if then and now and then != now:
        notes.append(f"The method changed from {_words(then)} to {_words(now)}.")
    elif (then is None) != (now is None):
        known, method = (before, then) if then else (after, now or "")
        notes.append(
            f"The method is recorded for one of the two only ({known.assessment.date.month_shown()}: {_words(method)})."
        )
    if before.matrix.version != after.matrix.version:
        notes.append(f"The matrix changed from {before.matrix.ref} to {after.matrix.ref}.")
        notes += _theme_notes(before.matrix, after.matrix)
    rated_then, rated_now = _rated(before), _rated(after)
    is_stated = _is_stated(before, after)
    if rated_then != rated_now and not is_stated:
        notes.append(
            f"The themes assessed differ: {len(rated_then)} then, {len(rated_now)} now,"
            f" {len(rated_then & rated_now)} both times."
        )
    return notes


def _is_stated(before: FiledAssessment, after: FiledAssessment) -> bool:
    return before.assessment.stated is not None or after.assessment.stated is not None


def _theme_notes(before: Matrix, after: Matrix) -> list[str]:
    notes = []
    for matrix, other in ((before, after), (after, before)):
        only = [theme.name for theme in matrix.themes if theme.id not in other.theme_ids]
        if only:
            notes.append(f"Only in {matrix.ref}: {'; '.join(only)}.")
    return notes


def _rated(filed: FiledAssessment) -> set[str]:
    return {theme for theme in filed.matrix.theme_ids if _state(filed, theme) in filed.matrix.stage_ids}


def _words(method: str) -> str:
    return method.replace("-", " ")
