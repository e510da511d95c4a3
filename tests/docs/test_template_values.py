"""What each template is for and is given: its first line, docs/templates.md and the commands say the same.

Each value of each template, and each field that it leads to, is printed by a template that a command uses.
"""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

import pytest
from building import ROOT, Pbp, assessment_text, riverside_with_a_new_assessment, tables

from pbpmaturity.report.template_faults import TemplateSet
from pbpmaturity.report.template_values import VALUES, described, described_templates
from pbpmaturity.workspace.shipped import shipped_templates

PAGE = tables((ROOT / "docs" / "templates.md").read_text("utf-8"))
SHIPPED = shipped_templates()
GIVEN = {name: said.given for name, said in described_templates(SHIPPED).items()}
TOGETHER = TemplateSet(SHIPPED, SHIPPED)

REPORT = "report northam@2025-01-15 --as-of 2025-06 --test community-services-example --assets charts"
MADE_BY = {
    "report.md.j2": REPORT,
    "report.html.j2": f"{REPORT} --format html",
    "page.md.j2": f"{REPORT} --cut page",
    "page.html.j2": f"{REPORT} --cut page --format html",
    "cover.md.j2": f"{REPORT} --cut cover",
    "cover.html.j2": f"{REPORT} --cut cover --format html",
    "chart.svg.j2": REPORT,
    "matrix.md.j2": "matrix --place northam --format markdown",
    "matrix.html.j2": "matrix --place northam --format html",
    "history.md.j2": "history northam --format markdown",
    "compare.md.j2": "compare --format markdown",
    "views.md.j2": "views northam --format markdown",
    "form.html.j2": "form northam",
    "participant.html.j2": "form northam --participant",
    "delegation.md.j2": "delegation cancer --format markdown",
    "changes.md.j2": "diff --changed-since main --format markdown",
    "diff.md.j2": "diff northam@2024 2025 --expect developing-to-developing --format markdown",
    "readiness.md.j2": "readiness northam --as-of 2025-06 --format markdown",
    "show.md.j2": "show northam@2025-01-15 --format markdown",
    **dict.fromkeys(("site-index.html.j2", "site-theme.html.j2", "site-methods.html.j2"), "report --site pages"),
}
"""For each template that nothing includes, a command that uses it; spaces in an option stand as hyphens."""

WRITTEN = {
    "chart.svg.j2": "charts/*",
    "site-index.html.j2": "pages/index.html",
    "site-theme.html.j2": "pages/themes/shared-data.html",
    "site-methods.html.j2": "pages/methods.html",
}
"""Where what a template makes is, if it is not printed."""

READINESS = {"ReadinessView": "", "ReadinessTestView": ".tests[0]", "ConditionView": ".tests[0].conditions[0]"}
VIEW = {
    "AssessmentView": "",
    "ThemeView": ".themes[0]",
    "Cell": ".overall_now",
    "EvidenceView": ".themes[0].evidence[0]",
    "ActionView": ".open_actions[0]",
    "CriterionView": ".themes[0].criteria_open[0]",
    "Input": ".inputs[0]",
}
HISTORY = {
    "HistoryView": "",
    "SlipView": ".slips[0]",
    "Stretch": ".stretches[0]",
    "PartialDate": ".stretches[0].dates[0]",
    "Grid": ".stretches[0].grid",
    "GridRow": ".stretches[0].grid.rows[0]",
    "Cell": ".stretches[0].grid.rows[0].cells[0]",
}
THEMES = {
    "ThemeText": "[0]",
    "CellView": "[0].cells[0]",
    "CriterionText": "[0].cells[0].criteria[0]",
    "LastStage": "[1].last",
    "Cell": "[1].last.stage",
    "ActionView": "[1].last.actions[0]",
}
REACHED_BY: dict[str, dict[str, str]] = {
    "paper": {
        **{kind: f".view{way}" for kind, way in VIEW.items()},
        **{kind: f".history{way}" for kind, way in HISTORY.items() if kind != "Cell"},
        **{kind: f".readiness{way}" for kind, way in READINESS.items()},
        "Paper": "",
        "ProgressView": ".progress[0]",
        "MovedTheme": ".progress[0].down[0]",
        "CriteriaView": ".criteria[0]",
        "TargetView": ".targets[0]",
        "ActionsView": ".actions",
        "TrackedActionView": ".actions.done[0]",
        "Image": ".images[0]",
    },
    "view": VIEW,
    "history": HISTORY,
    "comparison": {
        "ComparisonView": "",
        "Grid": ".grid",
        "GridRow": ".grid.rows[0]",
        "Cell": ".grid.rows[0].cells[0]",
    },
    "verdict": {"Verdict": ""},
    "changes": {"ChangesView": "", "PlaceChanges": ".places[0]", "ChangeView": ".places[0].assessments[0]"},
    "matrix": {
        **{kind: f".themes{way}" for kind, way in THEMES.items()},
        "MatrixView": "",
        "StageView": ".stages[0]",
        "LastTime": ".last",
        "Input": ".last.inputs[0]",
    },
    "themes": THEMES,
    "views": {"IndividualViews": "", "ThemeTally": ".themes[0]"},
    "readiness": READINESS,
    "delegation": {"DelegationView": "", "AreaView": ".groups[0][1][0]", "QuestionView": ".questions[0]"},
    "area": {"AreaView": ""},
    "form": {"FormView": "", "Input": ".inputs[0]"},
    "site": {"SiteView": "", "SiteLink": ".links[0]"},
    "overview": {
        "SiteOverview": "",
        "SitePlace": ".places[0]",
        "SiteLeftOut": ".left_out[0]",
        "Grid": ".grid",
        "GridRow": ".grid.rows[0]",
        "Cell": ".places[0].overall",
    },
    "on_theme": {
        **{kind: f".theme{way.removeprefix('[0]').replace('[1]', '')}" for kind, way in THEMES.items()},
        "SiteTheme": "",
        "PlaceOnTheme": ".places[0]",
        "Cell": ".places[0].now",
        "ThemeView": ".places[0].said",
        "CriterionView": ".places[0].said.criteria_open[0]",
        "EvidenceView": ".places[0].said.evidence[0]",
        "ActionView": ".places[0].said.actions[0]",
        "CriteriaView": ".places[0].criteria",
    },
    "methods": {
        **{kind: f".matrices[0].themes{way}" for kind, way in THEMES.items()},
        "SiteMethods": "",
        "MatrixView": ".matrices[0]",
        "StageView": ".matrices[0].stages[0]",
        "LastTime": ".matrices[0].last",
        "Input": ".inputs[0]",
    },
}
"""For each value and each type that it leads to, the way there; a value that is a plain text leads to none."""

BY_KIND = {"stages": "Ladder", "history": "HistoryChart"}
NOT_THERE = {
    **dict.fromkeys(("form.html.j2", "participant.html.j2", "site-theme.html.j2", "site-methods.html.j2"), "last"),
    "report.html.j2": "site",
    **dict.fromkeys(("page.md.j2", "page.html.j2", "cover.md.j2", "cover.html.j2"), "history"),
}
"""What is none in a template.

A form tells its script of last time, a page and a cover sheet tell of one step, and a report by itself is in no system.
"""


@pytest.fixture
def printed(pbp: Pbp, tmp_path: Path) -> Any:
    """Put a template into a copy of the example workspace, and return what the command that uses it makes of it."""
    root = riverside_with_a_new_assessment(tmp_path / "riverside")

    def make(name: str, text: str) -> str:
        (root / "templates").mkdir()
        (root / "templates" / name).write_text(text, "utf-8")
        draft = root / "assessments" / "elm" / "2024-01.yaml"  # of a Place that the overview has to leave out
        draft.parent.mkdir()
        draft.write_text(assessment_text("elm", "2024-01", {}, status="draft"), "utf-8")
        arguments = [word.replace("developing-to-", "developing to ") for word in MADE_BY[name].split()]
        outcome = pbp(*arguments, at=root)
        assert outcome.code in (0, 1), outcome.err  # 1: a readiness test that is not met
        if name not in WRITTEN:
            return outcome.out
        return "\n".join(path.read_text("utf-8") for path in sorted(root.glob(WRITTEN[name])))

    return make


def without_marks(text: str) -> str:
    """Return a text of the page without the marks of code and links."""
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text).replace("`", "")


@pytest.mark.parametrize("name", SHIPPED)
def test_each_template_says_in_its_first_line_what_the_page_says(name: str) -> None:
    rows = {row[0]: row for row in PAGE["Which templates there are"]}
    assert name in rows, f"docs/templates.md, Which templates there are: add a row for {name}"
    line = f"{{# {without_marks(rows[name][1])}. Given: {without_marks(rows[name][2])}. #}}"
    assert SHIPPED[name].startswith(f"{line}\n"), f"begin templates/{name} with what docs/templates.md says: {line}"
    assert described(SHIPPED[name]), f"the first line of templates/{name} is not read; see report/template_values.py"


def test_the_page_names_no_other_template() -> None:
    assert {row[0] for row in PAGE["Which templates there are"]} == set(SHIPPED)


def in_words(kind: Any) -> str:
    """Return the type of a value as the page writes it."""
    parts = [part for part in get_args(kind) if part is not ...]
    if isinstance(kind, UnionType):
        return " or ".join("none" if part is NoneType else in_words(part) for part in parts)
    if parts:
        return f"list of {in_words(parts[0])}"
    return {str: "text", bool: "true or false"}.get(kind) or str(kind.__name__)


def test_the_page_and_the_checks_have_the_type_of_each_value() -> None:
    given = {name for names in GIVEN.values() for name in names}
    assert given == set(VALUES), "VALUES in report/template_values.py has the type of each value that is given"
    assert {row[0]: row[1] for row in PAGE["Values"]} == {name: in_words(kind) for name, kind in VALUES.items()}


@pytest.mark.parametrize("name", SHIPPED)
def test_no_template_that_ships_has_a_fault(name: str) -> None:
    assert TOGETHER.first_fault(name) is None


def test_there_is_a_command_for_each_template_that_nothing_includes() -> None:
    alone = {name for name in SHIPPED if not TOGETHER.users_of(name)}
    assert set(MADE_BY) == alone, "MADE_BY has a command for each template that nothing includes, and for no other"


@pytest.mark.parametrize("name", MADE_BY)
def test_a_template_is_given_what_it_says_and_no_more(printed: Any, name: str) -> None:
    text = "\n\n".join(f"{value}: {{{{ {value} is defined }}}}" for value in VALUES)
    found = re.findall(r"^(\w+): True", printed(name, text), re.MULTILINE)
    assert set(found) == set(GIVEN[name]), f"the first line of templates/{name} says what its command gives it"


def kinds_below(kind: Any, seen: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the types with fields that a value leads to."""
    for part in get_args(kind):
        yield from kinds_below(part, seen)
    if not dataclasses.is_dataclass(kind) or kind.__name__ in seen:  # type: ignore[union-attr]
        return
    name = kind.__name__  # type: ignore[union-attr]
    seen[name] = kind
    yield name, kind
    for below in get_type_hints(kind).values():
        yield from kinds_below(below, seen)


@pytest.mark.parametrize("value", sorted(set(VALUES) - {"chart"}))
def test_there_is_a_way_to_each_type_that_a_value_leads_to(value: str) -> None:
    leads_to = {name for name, _ in kinds_below(VALUES[value], {})}
    assert set(REACHED_BY.get(value, {})) == leads_to, f"REACHED_BY has a way from {value} to each type"


def each_field(name: str) -> list[tuple[str, str]]:
    """Return, for each documented field of all that a template is given, its label and an expression."""
    return [
        (f"{value}: {kind}.{row[0]}", f"{value}{way}.{row[0]}")
        for value in GIVEN[name]
        for kind, way in REACHED_BY.get(value, {}).items()
        for row in PAGE[kind]
        if NOT_THERE.get(name) not in re.split(r"\W+", f"{value}{way}")
    ]


@pytest.mark.parametrize("name", sorted(set(MADE_BY) - {"chart.svg.j2"}))
def test_a_template_can_use_each_documented_field(printed: Any, name: str) -> None:
    fields = each_field(name)
    text = "\n\n".join(f"({label}) {{{{ {expression} }}}}" for label, expression in fields)
    if name == "site-theme.html.j2":  # of which there is one with all that can be said
        text = f"{{% if on_theme.theme.id == 'shared-data' %}}\n{text}\n{{% endif %}}"
    assert re.findall(r"^\((.+?)\) ?", printed(name, text), re.MULTILINE) == [label for label, _ in fields]
    plain = [value for value in GIVEN[name] if value not in REACHED_BY]
    assert {VALUES[value] for value in plain} <= {str, bool}


def test_a_chart_can_use_each_documented_field(printed: Any) -> None:
    text = ""
    for kind, name in BY_KIND.items():
        fields = "\n".join(f"({name}.{row[0]}) {{{{ chart.{row[0]} }}}}" for row in PAGE[name])
        text += f"{{% if kind == '{kind}' %}}\n{fields}\n{{% endif %}}\n"
    found = set(re.findall(r"^\((.+?)\)", printed("chart.svg.j2", text), re.MULTILINE))
    assert found == {f"{name}.{row[0]}" for name in BY_KIND.values() for row in PAGE[name]}
