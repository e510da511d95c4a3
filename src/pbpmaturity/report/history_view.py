"""A Place's history as plain values for templates and terminals."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pbpmaturity.analysis.headline import marked_place
from pbpmaturity.analysis.history import History, ThemeHistory
from pbpmaturity.analysis.overall import coverage
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report import words
from pbpmaturity.report.grid import Grid, GridRow, fact, words_of_rules
from pbpmaturity.report.theme_view import Cell, overall_cell, theme_cell

_MATRIX = "Matrix"
_LISTED = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Assessments that can be compared with one another; `not_compared` says why with none before them."""

    grid: Grid
    stages: tuple[str, ...]
    not_compared: str | None
    dates: tuple[PartialDate, ...]


@dataclass(frozen=True, slots=True)
class SlipView:
    """A theme that went down from one assessment to the next; `reason` is None where reasons are not shown."""

    when: str
    theme: str
    stages: str
    reason: str | None

    def __str__(self) -> str:
        said = f"{self.when}, {self.theme}: {self.stages}."
        return f"{said} {self.reason}" if self.reason else said


@dataclass(frozen=True, slots=True)
class HistoryView:
    """Every assessment of a Place as it is shown: tables, and in sentences what slipped, is missing or has changed."""

    heading: str
    banners: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    slips: tuple[SlipView, ...]
    no_slips: str
    lower: tuple[str, ...]
    gaps: tuple[str, ...]
    changes: tuple[str, ...]
    rules: tuple[str, ...]


def history_view(told: History) -> HistoryView:
    """Return a history as it is shown; there is at least one assessment."""
    dates = [filed.assessment.date for filed in told.files]
    heads = heads_of(dates)
    return HistoryView(
        heading=visible(_heading(told, heads)),
        banners=words.banners(*(filed.assessment for filed in told.files)),
        stretches=tuple(_stretch(told, stretch, heads) for stretch in told.stretches()),
        slips=tuple(_slips(told, heads)),
        no_slips=_no_slips(told),
        lower=tuple(_lower(told, heads)),
        gaps=tuple(_gaps(told, heads)),
        changes=tuple(_changes(told, heads)),
        rules=words.overall_rules(told.files),
    )


def without_like_matrices(history: HistoryView) -> HistoryView:
    """Return a history that names the matrix only where assessments used several, for people who know of one."""
    cells = {cell.words for stretch in history.stretches for cell in _matrices(stretch)}
    if len(cells) > 1:
        return history
    return replace(history, stretches=tuple(_without_matrices(stretch) for stretch in history.stretches))


def _matrices(stretch: Stretch) -> tuple[Cell, ...]:
    return next(row.cells for row in stretch.grid.rows if row.is_fact and row.name == _MATRIX)


def _without_matrices(stretch: Stretch) -> Stretch:
    rows = tuple(row for row in stretch.grid.rows if not (row.is_fact and row.name == _MATRIX))
    return replace(stretch, grid=replace(stretch.grid, rows=rows))


def heads_of(dates: Sequence[PartialDate]) -> list[str]:
    """Return dates as the heads of columns: by month, with the day where a month is there more than once."""
    months = Counter(date.month_shown() for date in dates)
    return [
        f"{date.day} {date.month_shown()}" if date.day and months[date.month_shown()] > 1 else date.month_shown()
        for date in dates
    ]


def _heading(told: History, heads: Sequence[str]) -> str:
    place = marked_place(*told.files)
    if len(heads) == 1:
        return f"{place}: 1 assessment, {heads[0]}"
    return f"{place}: {len(heads)} assessments, {heads[0]} to {heads[-1]}"


def _stretch(told: History, positions: range, heads: Sequence[str]) -> Stretch:
    entries = [told.entries[at] for at in positions]
    files = [entry.filed for entry in entries]
    known = {theme for filed in files for theme in filed.matrix.theme_ids}
    is_published = all(filed.assessment.stated for filed in files)
    themes = [theme for theme in told.themes if theme.theme in known and not is_published]
    rows = [
        GridRow("Overall", tuple(overall_cell(filed) for filed in files)),
        *(_theme_row(theme, told, positions) for theme in themes),
        fact("Themes assessed", [_assessed(filed) for filed in files]),
        fact("Method", [_method(filed) for filed in files]),
        fact("Kind", [words.kind(filed.assessment) for filed in files]),
        fact(_MATRIX, [filed.matrix.ref for filed in files]),
        *words_of_rules(told.files, files),
    ]
    obstacle = entries[0].obstacle
    return Stretch(
        grid=Grid("Theme", tuple(heads[at] for at in positions), tuple(rows)),
        stages=tuple(visible(stage.name) for stage in files[-1].matrix.stages),
        not_compared=visible(f"Not compared with what is before {heads[positions[0]]}: {obstacle}.")
        if obstacle
        else None,
        dates=tuple(filed.assessment.date for filed in files),
    )


def _theme_row(theme: ThemeHistory, told: History, positions: range) -> GridRow:
    cells = []
    for at in positions:
        cell = theme_cell(told.entries[at].filed, theme.theme)
        is_slip = theme.movements[at] == "down"
        cells.append(Cell(f"{cell.words} (slip)", cell.position) if is_slip else cell)
    return GridRow(visible(theme.name), tuple(cells))


def _assessed(filed: FiledAssessment) -> str:
    if filed.assessment.stated:
        return "Not published"
    covered = coverage(filed.assessment, filed.matrix)
    return f"{covered.assessed} of {covered.themes_total}"


def _method(filed: FiledAssessment) -> str:
    method = filed.assessment.method
    is_published = filed.assessment.provenance == "published-summary"
    return method.replace("-", " ").capitalize() if method else "Not published" if is_published else "Not recorded"


def _slips(told: History, heads: Sequence[str]) -> list[SlipView]:
    """Return each theme that went down from one assessment to the next, with the reason given."""
    found: list[SlipView] = []
    for at, entry in enumerate(told.entries):
        for moved in (one for one in (entry.since.themes if entry.since else ()) if one.direction == "down"):
            matrix, said = entry.filed.matrix, entry.filed.assessment.said_of(moved.theme)
            stages = f"{matrix.name_of(moved.from_state)} to {matrix.name_of(moved.to_state)}"
            reason = visible(said.rationale or words.NO_REASON)
            found.append(SlipView(f"{heads[at - 1]} to {heads[at]}", visible(moved.name), visible(stages), reason))
    return found


def _no_slips(told: History) -> str:
    """Return what is said where no theme went down; nothing where none was assessed two times in a row."""
    if not any(entry.since and entry.since.counts.rated_both_times for entry in told.entries):
        return ""
    is_whole = len(told.stretches()) == 1 and not any(_gap(filed) for filed in told.files)
    return "No theme slipped." if is_whole else "No theme slipped from one assessment to the next that assessed it too."


def _lower(told: History, heads: Sequence[str]) -> Iterator[str]:
    """Yield each theme that has a lower stage than when it last had one, where assessments lie between the two."""
    for positions in told.stretches():
        for theme in told.themes:
            last: int | None = None
            for at in positions:
                matrix = told.entries[at].filed.matrix
                state = theme.states[at]
                if state not in matrix.stage_ids:
                    continue
                before = theme.states[last] if last is not None else None
                if before and last is not None and last < at - 1 and matrix.position(before) > matrix.position(state):
                    stages = f"{matrix.name_of(before)} to {matrix.name_of(state)}"
                    yield visible(f"{heads[last]} to {heads[at]}, {theme.name}: {stages}, without a stage in between.")
                last = at


def _gaps(told: History, heads: Sequence[str]) -> Iterator[str]:
    """Yield which themes have no stage, once for all assessments of which the same is to be said."""
    alike: dict[str, list[str]] = {}
    for entry, head in zip(told.entries, heads, strict=True):
        gap = _gap(entry.filed)
        if gap:
            alike.setdefault(gap, []).append(head)
    for gap, which in alike.items():
        dates = ", ".join(which) if len(which) <= _LISTED else f"{which[0]} to {which[-1]}, {len(which)} assessments"
        yield f"{dates}{gap}"


def _gap(filed: FiledAssessment) -> str | None:
    """Return which themes have no stage in an assessment, as the end of a sentence; None if all have."""
    if filed.assessment.stated:
        return ": the theme stages were not published."
    parts = []
    for state, label in ((NOT_ASSESSED, "not assessed"), (NOT_APPLICABLE, "not applicable")):
        names = [theme.name for theme in filed.matrix.themes if filed.assessment.state(theme.id) == state]
        parts += [f"{label}: {'; '.join(names)}"] if names else []
    return visible(f", {'; '.join(parts)}.") if parts else None


def _changes(told: History, heads: Sequence[str]) -> list[str]:
    """Return what differs in how one assessment and the next were made."""
    return [
        visible(f"{heads[at - 1]} to {heads[at]}: {note}")
        for at, entry in enumerate(told.entries)
        for note in (entry.since.notes if entry.since else ())
    ]
