"""Documents from templates: Jinja2 in a sandbox, everything escaped for where it goes unless a template says not to."""

import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from pbpmaturity.errors import TemplateFault
from pbpmaturity.report import markdown
from pbpmaturity.report.charts import narrow_ladder, stage_colours, wide_ladder
from pbpmaturity.report.cover import cover_sections
from pbpmaturity.report.grid import grid_blocks, grid_tables
from pbpmaturity.report.history_chart import history_charts
from pbpmaturity.report.paper import Paper
from pbpmaturity.report.progress_view import actions_table, targets_table
from pbpmaturity.report.readiness_view import conditions_table
from pbpmaturity.report.template_bounds import BoundedSandbox, Bounds
from pbpmaturity.report.view import page_rows, stage_table
from pbpmaturity.report.views_view import views_table
from pbpmaturity.report.words import blocks_of

BOUNDS = Bounds()
_NO_VALUE = re.compile(r"'pbpmaturity[\w.]+ object' has no attribute '(\w+)'")


class Documents:
    """Templates that are made ready once, for as many documents as are wanted."""

    def __init__(self, templates: Mapping[str, str], bounds: Bounds = BOUNDS) -> None:
        self._templates, self._bounds = templates, bounds

    def render(self, name: str, **values: Any) -> str:
        """Return the document that a template makes of the values; TemplateFault names file and line if it cannot.

        Templates ending in `.html.j2` and `.svg.j2` escape for HTML, all others for Markdown.
        """
        environment = self._html if is_html(name) else self._markdown
        environment.begin()
        try:
            text = environment.get_template(name).render(**values)
        except TemplateSyntaxError as error:
            raise _fault(error.filename or name, error.lineno, error.message or "it is no template") from None
        except TemplateNotFound as error:
            raise _fault(*_origin(error, name), f'there is no template "{error.message}"') from None
        except RecursionError as error:
            raise _fault(*_origin(error, name), "it calls or includes itself, or is nested, too deeply") from None
        except Exception as error:  # whatever somebody else's template leads to
            raise _fault(*_origin(error, name), str(error) or type(error).__name__) from None
        # Templates set blocks apart generously; more than one blank line means nothing in HTML or Markdown.
        return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"

    @cached_property
    def _html(self) -> BoundedSandbox:
        return _html(self._templates, self._bounds)

    @cached_property
    def _markdown(self) -> BoundedSandbox:
        return _markdown(self._templates, self._bounds)


def render(name: str, templates: Mapping[str, str], **values: Any) -> str:
    """Return the one document that a template makes of the values, as `Documents.render` does."""
    return Documents(templates).render(name, **values)


@dataclass(frozen=True, slots=True)
class ChartAlone:
    """A chart as an SVG file of its own: the end of its name, `stages` or `history`, and what it shows."""

    name: str
    kind: str
    title: str
    svg: str


def charts_alone(paper: Paper, templates: Mapping[str, str]) -> Iterator[ChartAlone]:
    """Yield a paper's charts, each as a file that needs no page around it."""
    stages = wide_ladder(paper.view)
    yield ChartAlone("stages", "stages", stages.title, render("chart.svg.j2", templates, chart=stages, kind="stages"))
    drawn = history_charts(paper.history, "wide") if paper.history else ()
    for number, chart in enumerate(drawn, 1):
        name = "history" if len(drawn) == 1 else f"history-{number}"
        svg = render("chart.svg.j2", templates, chart=chart, kind="history")
        yield ChartAlone(name, "history", chart.title, svg)


def is_html(name: str) -> bool:
    """Say whether a template of that name escapes for HTML."""
    return name.endswith((".html.j2", ".svg.j2"))


def environment_for(name: str, templates: Mapping[str, str]) -> Environment:
    """Return what a template of that name runs in: its escaping, functions and filters."""
    return _html(templates) if is_html(name) else _markdown(templates)


def _html(templates: Mapping[str, str], bounds: Bounds = BOUNDS) -> BoundedSandbox:
    environment = _environment(templates, bounds, autoescape=True)
    environment.filters["paragraphs"] = _html_paragraphs
    return environment


def _markdown(templates: Mapping[str, str], bounds: Bounds = BOUNDS) -> BoundedSandbox:
    environment = _environment(templates, bounds, finalize=markdown.escaped)
    environment.filters["paragraphs"] = markdown.paragraphs
    environment.filters["url"] = markdown.url
    environment.globals.update(
        table=markdown.table,
        grid_tables=grid_tables,
        stage_table=stage_table,
        views_table=views_table,
        conditions_table=conditions_table,
        targets_table=targets_table,
        actions_table=actions_table,
    )
    return environment


def _environment(templates: Mapping[str, str], bounds: Bounds, **options: Any) -> BoundedSandbox:
    def load(name: str) -> tuple[str, str, None] | None:
        return (templates[name], f"templates/{name}", None) if name in templates else None

    environment = BoundedSandbox(
        bounds,
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    environment.globals.update(
        stage_colours=stage_colours,
        wide_ladder=wide_ladder,
        narrow_ladder=narrow_ladder,
        history_charts=history_charts,
        grid_blocks=grid_blocks,
        page_rows=page_rows,
        cover_sections=cover_sections,
    )
    return environment


def _html_paragraphs(value: object) -> Markup:
    return Markup("\n").join(Markup("<p>{}</p>").format(block) for block in blocks_of(str(value)))


def _origin(error: BaseException, name: str) -> tuple[str, int]:
    """Return the template and line in which an error arose; jinja2 writes them into the traceback."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("templates/")]
    return (frames[-1].filename, frames[-1].lineno or 1) if frames else (name, 1)


def _fault(file: str, line: int, cause: str) -> TemplateFault:
    path = file if file.startswith("templates/") else f"templates/{file}"
    cause = _NO_VALUE.sub(r'there is no value "\1" here; docs/templates.md lists them', " ".join(cause.split()))
    return TemplateFault(
        f"{path}:{line}: the template cannot be used: {cause}",
        "mend it, or delete it to use the one that ships",
    )
