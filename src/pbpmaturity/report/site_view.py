"""The pages of a system as plain values: an overview, a page a theme, and what is said of Places on each."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pbpmaturity.analysis.comparison import Comparison, LeftOut, ThemeComparison, matrices_of
from pbpmaturity.analysis.criteria import criteria_movement
from pbpmaturity.analysis.movement import Movement
from pbpmaturity.diagnostics.visible import visible
from pbpmaturity.model.portfolio import FiledAssessment, Input
from pbpmaturity.report import words
from pbpmaturity.report.comparison_view import comparison_view, learning_on, said_of_age, themes_covered
from pbpmaturity.report.grid import Grid
from pbpmaturity.report.matrix_view import MatrixView, ThemeText, view_of_matrix
from pbpmaturity.report.paper import Paper
from pbpmaturity.report.progress_view import CriteriaView, criteria_views
from pbpmaturity.report.site_links import place_page, theme_page
from pbpmaturity.report.theme_view import Cell, ThemeView, overall_cell, theme_cell


@dataclass(frozen=True, slots=True)
class SitePlace:
    """A Place in the overview: its page, and its latest agreed assessment in short."""

    name: str
    path: str
    date: str
    overall: Cell
    covered: str
    judged: str
    stale: str | None


@dataclass(frozen=True, slots=True)
class SiteLeftOut:
    """A Place that is not set beside the others, and why; it may have a page of its own all the same."""

    said: str
    path: str | None


@dataclass(frozen=True, slots=True)
class SiteOverview:
    """All Places side by side, with where the page of each is."""

    heading: str
    banners: tuple[str, ...]
    purpose: str
    places: tuple[SitePlace, ...]
    grid: Grid
    stages: tuple[str, ...]
    left_out: tuple[SiteLeftOut, ...]
    notes: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceOnTheme:
    """What a Place says of one theme; `said` is None where its version of the matrix does not have the theme.

    `then_date` is that of the assessment which `said` and `criteria` are compared with.
    """

    name: str
    path: str
    date: str
    then_date: str | None
    now: Cell
    said: ThemeView | None
    criteria: CriteriaView | None

    @property
    def has_more(self) -> bool:
        """Say whether there is more to read of it than its stage and its target."""
        said = self.said
        return bool(self.criteria or (said and (said.rationale or said.evidence or said.criteria)))


@dataclass(frozen=True, slots=True)
class SiteTheme:
    """A theme's page: what the matrix says of it, each Place's stage, and who could learn from whom."""

    theme: ThemeText
    matrix_title: str
    matrix_version: str
    banners: tuple[str, ...]
    purpose: str
    stages: tuple[str, ...]
    places: tuple[PlaceOnTheme, ...]
    learning: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteMethods:
    """What the page on methods tells of this system: its matrices, the rules in use, and the files behind the pages."""

    matrices: tuple[MatrixView, ...]
    rules: tuple[str, ...]
    review_months: int
    inputs: tuple[Input, ...]


def overview_of(
    told: Comparison, pages: Collection[str], *, day: datetime.date | None, review_months: int
) -> SiteOverview:
    """Return Places side by side with the addresses of their pages; `pages` are the Places that have one."""
    view = comparison_view(told, day=day, review_months=review_months)
    return SiteOverview(
        heading=view.heading,
        banners=view.banners,
        purpose=view.purpose,
        places=tuple(_in_overview(filed, day, review_months) for filed in told.files),
        grid=_linked(view.grid, told),
        stages=view.stages,
        left_out=tuple(_left_out(one, pages) for one in told.left_out),
        notes=view.notes,
        rules=view.rules,
    )


def _in_overview(filed: FiledAssessment, day: datetime.date | None, review_months: int) -> SitePlace:
    return SitePlace(
        name=visible(filed.place_name),
        path=place_page(filed.assessment.place),
        date=filed.assessment.date.shown(),
        overall=overall_cell(filed),
        covered=themes_covered(filed),
        judged=visible(words.judged(filed.assessment)),
        stale=said_of_age(filed, day, review_months),
    )


def _linked(grid: Grid, told: Comparison) -> Grid:
    """Return the grid with a link to each theme's and each Place's page."""
    themes = iter(told.themes)
    overall, *rest = grid.rows
    rows = [row if row.is_fact else replace(row, link=theme_page(next(themes).theme)) for row in rest]
    links = tuple(place_page(filed.assessment.place) for filed in told.files)
    return replace(grid, rows=(overall, *rows), links=links)


def _left_out(one: LeftOut, pages: Collection[str]) -> SiteLeftOut:
    return SiteLeftOut(visible(f"{one.name}: {one.reason}."), place_page(one.place) if one.place in pages else None)


def themes_said(filed: FiledAssessment, paper: Paper, moved: Movement | None) -> dict[str, PlaceOnTheme]:
    """Return what a Place says of each theme of its matrix, as far as its paper tells it, by the theme's id."""
    criteria: dict[str, CriteriaView] = {}
    if moved:
        found = zip(criteria_movement(moved.before, moved.after), criteria_views(moved), strict=True)
        criteria = {one.theme: view for one, view in found}
    return {
        theme.id: replace(_on_theme(filed, theme.id), said=theme, criteria=criteria.get(theme.id), then_date=then)
        for theme in paper.view.themes
        if theme.id in filed.matrix.theme_ids
        for then in (paper.view.then_date,)
    }


def _on_theme(filed: FiledAssessment, theme: str) -> PlaceOnTheme:
    return PlaceOnTheme(
        name=visible(filed.place_name),
        path=place_page(filed.assessment.place),
        date=filed.assessment.date.shown(),
        then_date=None,
        now=theme_cell(filed, theme),
        said=None,
        criteria=None,
    )


def theme_of(
    told: Comparison, overview: SiteOverview, one: ThemeComparison, said: Mapping[str, Mapping[str, PlaceOnTheme]]
) -> SiteTheme:
    """Return a theme's page; `said` is what each Place says of its themes, by the Places' ids."""
    matrix = next(matrix for matrix in matrices_of(told.files) if one.theme in matrix.theme_ids)
    text = next(theme for theme in view_of_matrix(matrix).themes if theme.id == one.theme)
    return SiteTheme(
        theme=text,
        matrix_title=visible(matrix.title),
        matrix_version=matrix.version,
        banners=overview.banners,
        purpose=overview.purpose,
        stages=overview.stages,
        places=tuple(
            said[filed.assessment.place].get(one.theme) or _on_theme(filed, one.theme) for filed in told.files
        ),
        learning=learning_on(told, one.theme),
        notes=overview.notes,
    )


def methods_of(told: Comparison, also: Sequence[Input], review_months: int) -> SiteMethods:
    """Return what the page on methods tells; `also` are files besides the assessments and their matrices."""
    origins = [filed.matrix_input for filed in told.files]
    files = dict.fromkeys([*(filed.input for filed in told.files), *origins, *also])
    return SiteMethods(
        matrices=tuple(view_of_matrix(matrix) for matrix in matrices_of(told.files)),
        rules=words.overall_rules(told.files),
        review_months=review_months,
        inputs=tuple(Input(visible(file.path), file.sha256) for file in files),
    )
