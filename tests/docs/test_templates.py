"""docs/templates.md names every value, function and filter that a template may use."""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import jinja2
import pytest
from building import ROOT, Pbp, assessment_text, riverside_with_a_new_assessment, tables
from markupsafe import Markup

from pbpmaturity.analysis.claim import Verdict
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.portfolio import Input
from pbpmaturity.report import documents
from pbpmaturity.report.changes_view import ChangesView, ChangeView, PlaceChanges
from pbpmaturity.report.charts import Colour, Label, Ladder, Row
from pbpmaturity.report.comparison_view import ComparisonView
from pbpmaturity.report.cover import CoverSection
from pbpmaturity.report.delegation_view import AreaView, DelegationView, QuestionView
from pbpmaturity.report.form import FormView
from pbpmaturity.report.grid import Grid, GridRow
from pbpmaturity.report.history_chart import HistoryChart, Lane, Mark, Panel
from pbpmaturity.report.history_view import HistoryView, SlipView, Stretch
from pbpmaturity.report.last_time import LastStage, LastTime
from pbpmaturity.report.matrix_view import CellView, CriterionText, MatrixView, StageView, ThemeText
from pbpmaturity.report.paper import Image, Paper
from pbpmaturity.report.progress_view import (
    ActionsView,
    CriteriaView,
    MovedTheme,
    ProgressView,
    TargetView,
    TrackedActionView,
)
from pbpmaturity.report.readiness_view import ConditionView, ReadinessTestView, ReadinessView
from pbpmaturity.report.site_links import SiteLink, SiteView
from pbpmaturity.report.site_view import PlaceOnTheme, SiteLeftOut, SiteMethods, SiteOverview, SitePlace, SiteTheme
from pbpmaturity.report.theme_view import ActionView, Cell, CriterionView, EvidenceView, ThemeView
from pbpmaturity.report.view import AssessmentView, PageRow
from pbpmaturity.report.views_view import IndividualViews, ThemeTally

PAGE = (ROOT / "docs" / "templates.md").read_text("utf-8")
TEMPLATES = {path.name: path.read_text("utf-8") for path in (ROOT / "templates").glob("*.j2")}
CLASSES = {
    kind.__name__: kind
    for kind in (
        AssessmentView, ThemeView, Cell, EvidenceView, ActionView, CriterionView, Input,
        MatrixView, StageView, ThemeText, CellView, CriterionText, LastTime, LastStage,
        IndividualViews, ThemeTally, FormView, ChangesView, PlaceChanges, ChangeView, Verdict,
        HistoryView, Stretch, PartialDate, ComparisonView, Grid, GridRow, SiteView, SiteLink,
        SiteOverview, SitePlace, SiteLeftOut, SiteTheme, PlaceOnTheme, SiteMethods, HistoryChart, Panel, Lane, Mark,
        ReadinessView, ReadinessTestView, ConditionView, DelegationView, AreaView, QuestionView,
        Ladder, Row, Label, Colour, Paper, ProgressView, MovedTheme, CriteriaView, TargetView, ActionsView,
        TrackedActionView, Image, PageRow, CoverSection, SlipView,
    )
}  # fmt: skip
REPORT = ("report", "northam@2025-01-15", "--assets", "charts")
# An expression that gives one of each: in a report, a matrix and a diff with a claim.
OF_A_REPORT = {
    "AssessmentView": "view",
    "ThemeView": "view.themes[0]",
    "Cell": "view.overall_now",
    "EvidenceView": "view.themes[0].evidence[0]",
    "ActionView": "view.open_actions[0]",
    "CriterionView": "view.themes[0].criteria_open[0]",
    "Input": "view.inputs[0]",
    "Paper": "paper",
    "ProgressView": "paper.progress[0]",
    "MovedTheme": "paper.progress[0].down[0]",
    "CriteriaView": "paper.criteria[0]",
    "TargetView": "paper.targets[0]",
    "ActionsView": "paper.actions",
    "TrackedActionView": "paper.actions.done[0]",
    "Image": "paper.images[0]",
    "PageRow": "page_rows(view)[0][0]",
    "CoverSection": "cover_sections(paper)[0]",
    "SlipView": "history.slips[0]",
    "Ladder": "wide_ladder(view)",
    "Row": "narrow_ladder(view).rows[0]",
    "Label": "wide_ladder(view).now_label",
    "Colour": "stage_colours(4)[0]",
    "PartialDate": "history.stretches[0].dates[0]",
    "Grid": "grid_blocks(history.stretches[0].grid)[0]",
    "GridRow": "history.stretches[0].grid.rows[0]",
    "HistoryChart": "history_charts(history, 'wide')[0]",
    "Panel": "history_charts(history, 'narrow')[0].panels[0]",
    "Lane": "history_charts(history, 'wide')[0].panels[0].lanes[0]",
    "Mark": "history_charts(history, 'wide')[0].panels[0].marks[0]",
}
OF_A_CUT = {name: expression for name, expression in OF_A_REPORT.items() if "history" not in expression}
OF_A_MATRIX = {
    "MatrixView": "matrix",
    "StageView": "matrix.stages[0]",
    "ThemeText": "themes[0]",
    "CellView": "themes[0].cells[0]",
    "CriterionText": "themes[0].cells[0].criteria[0]",
    "LastTime": "matrix.last",
    "LastStage": "themes[0].last",
}
OF_VIEWS = {"IndividualViews": "views", "ThemeTally": "views.themes[0]"}
OF_A_FORM = {"FormView": "form"}
OF_CHANGES = {
    "ChangesView": "changes",
    "PlaceChanges": "changes.places[0]",
    "ChangeView": "changes.places[0].assessments[0]",
}
OF_A_HISTORY = {"HistoryView": "history", "Stretch": "history.stretches[0]"}
OF_A_COMPARISON = {"ComparisonView": "comparison"}
OF_READINESS = {
    "ReadinessView": "readiness",
    "ReadinessTestView": "readiness.tests[0]",
    "ConditionView": "readiness.tests[0].conditions[0]",
}
OF_DELEGATION = {
    "DelegationView": "delegation",
    "AreaView": "area",
    "QuestionView": "delegation.questions[0]",
}
OF_A_SITE = {
    "site-index.html.j2": {
        "SiteView": "site",
        "SiteLink": "site.links[0]",
        "SiteOverview": "overview",
        "SitePlace": "overview.places[0]",
        "SiteLeftOut": "overview.left_out[0]",
    },
    "site-theme.html.j2": {"SiteView": "site", "SiteTheme": "on_theme", "PlaceOnTheme": "on_theme.places[0]"},
    "site-methods.html.j2": {"SiteView": "site", "SiteMethods": "methods"},
    "report.html.j2": {"SiteView": "site", "SiteLink": "site.here[2]", "Paper": "paper"},
}
OF_A_DIFF = {"Verdict": "verdict", "AssessmentView": "view"}


TABLES = tables(PAGE)


def in_words(kind: Any) -> str:
    """Return a type as the page writes it."""
    parts = get_args(kind)
    if isinstance(kind, UnionType):
        return f"{in_words(parts[0])} or none"
    if get_origin(kind) is tuple:
        return f"list of {in_words(parts[0])}" if parts[-1] is ... else f"({', '.join(map(in_words, parts))})"
    return {str: "text", bool: "true or false", int: "whole number", float: "number", Markup: "raw text"}.get(
        kind
    ) or kind.__name__


@pytest.mark.parametrize("name", CLASSES)
def test_a_table_holds_exactly_the_fields_and_their_types(name: str) -> None:
    kind = CLASSES[name]
    fields = [(field.name, in_words(field.type)) for field in dataclasses.fields(kind)]
    properties = [
        (word, in_words(value.fget.__annotations__["return"]))
        for word, value in vars(kind).items()
        if isinstance(value, property)
    ]
    of_its_own = [] if kind is PartialDate else properties  # a date's parts are for the chart alone
    assert sorted((row[0], row[1]) for row in TABLES[name]) == sorted([*fields, *of_its_own])


def test_every_type_in_a_table_has_a_table() -> None:
    types = " ".join(row[1] for name in (*CLASSES, "Values") for row in TABLES[name])
    assert set(re.findall(r"[A-Z]\w+", types)) <= set(CLASSES)
    assert sorted(TABLES) == sorted(["Which templates there are", "Values", *CLASSES, "Functions", "Filters"])


@pytest.mark.parametrize(
    ("kind", "environment"), [("HTML", documents._html({})), ("Markdown", documents._markdown({}))]
)
def test_the_page_names_each_function_and_filter(kind: str, environment: jinja2.Environment) -> None:
    plain = jinja2.Environment(autoescape=True)
    functions = {row[0].partition("(")[0] for row in TABLES["Functions"] if row[1] in ("both", kind)}
    filters = {row[0] for row in TABLES["Filters"] if row[1] in ("both", kind)}
    assert set(environment.globals) - set(plain.globals) == functions
    assert set(environment.filters) - set(plain.filters) == filters


Try = Callable[..., str]


@pytest.fixture
def rendered(pbp: Pbp, tmp_path: Path) -> Try:
    """Put a template into a copy of the example workspace, run a command there, and return what it prints."""
    root = riverside_with_a_new_assessment(tmp_path / "riverside")

    def render(name: str, text: str, *arguments: str, code: int = 0) -> str:
        (root / "templates").mkdir(exist_ok=True)
        (root / "templates" / name).write_text(text, "utf-8")
        outcome = pbp(*arguments, at=root)
        assert outcome.code == code, outcome.err
        return outcome.err if code else outcome.out

    return render


def each_field(expressions: dict[str, str]) -> str:
    """Return a template that prints each documented field, a line for each, between square brackets."""
    lines = [
        f"{name}.{row[0]}: [{{{{ {expression}.{row[0]} }}}}]"
        for name, expression in expressions.items()
        for row in TABLES[name]
    ]
    return "\n\n".join(lines)


@pytest.mark.parametrize(
    ("template", "expressions", "arguments"),
    [
        ("report.md.j2", OF_A_REPORT, REPORT),
        ("report.html.j2", OF_A_REPORT, (*REPORT, "--format", "html")),
        ("page.md.j2", OF_A_CUT, (*REPORT, "--cut", "page")),
        ("page.html.j2", OF_A_CUT, (*REPORT, "--cut", "page", "--format", "html")),
        ("cover.md.j2", OF_A_CUT, (*REPORT, "--cut", "cover")),
        ("cover.html.j2", OF_A_CUT, (*REPORT, "--cut", "cover", "--format", "html")),
        ("matrix.md.j2", OF_A_MATRIX, ("matrix", "--place", "northam", "--format", "markdown")),
        ("matrix.html.j2", OF_A_MATRIX, ("matrix", "--place", "northam", "--format", "html")),
        ("history.md.j2", OF_A_HISTORY, ("history", "northam", "--format", "markdown")),
        ("compare.md.j2", OF_A_COMPARISON, ("compare", "--format", "markdown")),
        ("views.md.j2", OF_VIEWS, ("views", "northam", "--format", "markdown")),
        ("form.html.j2", OF_A_FORM, ("form", "northam")),
        ("participant.html.j2", OF_A_FORM, ("form", "northam", "--participant")),
        ("delegation.md.j2", OF_DELEGATION, ("delegation", "cancer", "--format", "markdown")),
        ("changes.md.j2", OF_CHANGES, ("diff", "--changed-since", "main", "--format", "markdown")),
        (
            "diff.md.j2",
            OF_A_DIFF,
            ("diff", "northam@2024", "2025", "--expect", "developing to developing", "--format", "markdown"),
        ),
    ],
)
def test_a_template_can_use_each_field(
    rendered: Try, template: str, expressions: dict[str, str], arguments: tuple[str, ...]
) -> None:
    text = rendered(template, each_field(expressions), *arguments)
    printed = re.findall(r"^(\w+\.\w+): \[", text, re.MULTILINE)
    assert printed == [f"{name}.{row[0]}" for name in expressions for row in TABLES[name]]


def test_a_template_of_readiness_can_use_each_field(rendered: Try, pbp: Pbp, tmp_path: Path) -> None:
    template = each_field(OF_READINESS)
    arguments = ("readiness", "northam", "--as-of", "2025-06", "--format", "markdown")
    rendered("readiness.md.j2", "{{ nothing }}", *arguments, code=2)
    (tmp_path / "riverside" / "templates" / "readiness.md.j2").write_text(template, "utf-8")
    printed = re.findall(r"^(\w+\.\w+): \[", pbp(*arguments, at=tmp_path / "riverside").out, re.MULTILINE)
    assert printed == [f"{name}.{row[0]}" for name in OF_READINESS for row in TABLES[name]]


def test_the_templates_of_a_system_can_use_each_field(tmp_path: Path, pbp: Pbp) -> None:
    root = riverside_with_a_new_assessment(tmp_path / "riverside")
    (root / "assessments" / "elm").mkdir()
    (root / "assessments" / "elm" / "2024-01.yaml").write_text(
        assessment_text("elm", "2024-01", {}, status="draft"), "utf-8"
    )
    (root / "templates").mkdir()
    for name, expressions in OF_A_SITE.items():
        (root / "templates" / name).write_text(each_field(expressions), "utf-8")
    outcome = pbp("report", "--site", "../site", at=root)
    assert outcome.code == 0, outcome.err
    pages = ("index.html", "themes/shared-data.html", "methods.html", "places/northam.html")
    for page, expressions in zip(pages, OF_A_SITE.values(), strict=True):
        printed = re.findall(r"^(\w+\.\w+): \[", (tmp_path / "site" / page).read_text("utf-8"), re.MULTILINE)
        assert printed == [f"{name}.{row[0]}" for name in expressions for row in TABLES[name]]


def test_the_fields_of_northam_in_a_report(rendered: Try) -> None:
    text = rendered("report.md.j2", each_field(OF_A_REPORT), *REPORT).replace("\\", "")
    assert "AssessmentView.place: [Northam]" in text
    assert "AssessmentView.then_date: [Jan 2024]" in text
    assert "ThemeView.change: [Up 1 stage]" in text
    assert "Cell.words: [Developing]" in text
    assert "Input.path: [assessments/northam/2024-01-17.yaml]" in text
    assert "Colour.background: [#e4eef8]" in text


def test_the_fields_of_northam_beside_the_matrix(rendered: Try) -> None:
    arguments = ("matrix", "--place", "northam@2024", "--format", "html")
    text = rendered("matrix.html.j2", each_field(OF_A_MATRIX), *arguments)
    assert "LastTime.about: [Last time means Northam, 17 January 2024.]" in text
    assert "LastStage.line: [Last time (Jan 2024): Developing]" in text


def test_every_class_is_tried() -> None:
    expressions = (
        OF_A_REPORT, OF_A_MATRIX, OF_VIEWS, OF_A_FORM, OF_CHANGES, OF_A_DIFF, OF_A_HISTORY, OF_A_COMPARISON,
        OF_READINESS, OF_DELEGATION,
    )  # fmt: skip
    assert set().union(*expressions, *OF_A_SITE.values()) == set(CLASSES)


def test_the_example_template_does_what_the_page_shows(rendered: Try) -> None:
    template, output = re.findall(r"```(?:jinja|markdown)\n(.*?)```", PAGE, re.DOTALL)
    assert "`pbp show westmere@2025 --format markdown`" in PAGE
    printed = rendered("show.md.j2", template, "show", "westmere@2025", "--format", "markdown")
    assert printed.startswith(output)


def test_the_message_is_the_one_that_a_broken_template_gives(rendered: Try) -> None:
    found = re.search(r"```console\n\$ pbp (show .*?)\n(.*?)```", PAGE, re.DOTALL)
    assert found
    message = rendered("show.md.j2", "\n\n{{ view.headlin }}\n", *found[1].split(), code=2)
    assert message == found[2]


def test_the_list_says_of_it_what_the_page_shows(rendered: Try, pbp: Pbp, tmp_path: Path) -> None:
    rendered("show.md.j2", "\n\n{{ view.headlin }}\n", "templates", code=1)
    found = re.search(r"```text\n(show.md.j2.*?)```", PAGE, re.DOTALL)
    assert found
    assert found[1] in pbp("templates", at=tmp_path / "riverside").out


@pytest.mark.parametrize(
    ("expression", "markdown"),
    [
        ("{{ '*' }}", "\\*"),
        ("{{ '*' | safe }}", "\\*"),
        ("{% macro m() %}*{% endmacro %}{{ m() }}", "\\*"),
        ("{% set x %}*{% endset %}{{ x }}", "\\*"),
        ("{{ 'a\n\nb*' | paragraphs }}", "a\n\nb\\*"),
        ("{{ 'a\n\nb' | paragraphs | trim }}", "a b"),
        ("{{ 'https://example.org/a b' | url }}", "https://example.org/a%20b"),
        ("{{ table(['*'], [['|']]) }}", "| \\* |\n| --- |\n| \\| |"),
    ],
)
def test_what_markdown_escapes(rendered: Try, expression: str, markdown: str) -> None:
    assert rendered("show.md.j2", f"x {expression}", "show", "northam", "--format", "markdown") == f"x {markdown}\n"


@pytest.mark.parametrize(
    ("expression", "html"),
    [
        ("{{ '<\"' }}", "&lt;&#34;"),
        ("{{ '<' | safe }}", "<"),
        ("{% macro m() %}<b>{% endmacro %}{{ m() }}", "<b>"),
        ("{{ 'a\n\n<' | paragraphs }}", "<p>a</p>\n<p>&lt;</p>"),
    ],
)
def test_what_html_escapes(rendered: Try, expression: str, html: str) -> None:
    assert rendered("report.html.j2", f"x {expression}", "report", "northam", "--format", "html") == f"x {html}\n"


@pytest.mark.parametrize(
    "forbidden",
    [
        "{{ view.__class__ }}",
        "{% include '/etc/hostname' %}",
        "{% set x = [] %}{{ x.append(1) }}",
        "{{ view.nothing }}",
        "{{ nothing }}",
    ],
)
def test_what_a_template_may_not_do(rendered: Try, forbidden: str) -> None:
    message = rendered("show.md.j2", forbidden, "show", "northam", "--format", "markdown", code=2)
    assert message.startswith("pbp: templates/show.md.j2:")
