"""What templates are for and what they are given: each that ships says so in its first line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pbpmaturity.analysis.claim import Verdict
from pbpmaturity.report.changes_view import ChangesView
from pbpmaturity.report.charts import Ladder
from pbpmaturity.report.comparison_view import ComparisonView
from pbpmaturity.report.delegation_view import AreaView, DelegationView
from pbpmaturity.report.form import FormView
from pbpmaturity.report.history_chart import HistoryChart
from pbpmaturity.report.history_view import HistoryView
from pbpmaturity.report.matrix_view import MatrixView, ThemeText
from pbpmaturity.report.paper import Paper
from pbpmaturity.report.readiness_view import ReadinessView
from pbpmaturity.report.site_links import SiteView
from pbpmaturity.report.site_view import SiteMethods, SiteOverview, SiteTheme
from pbpmaturity.report.view import AssessmentView
from pbpmaturity.report.views_view import IndividualViews

# As in {# pbp show as Markdown. Given: view. #}
_FIRST_LINE = re.compile(r"\{# (?P<purpose>\S.*?)\. Given: (?P<names>\w+(?:, \w+)*)\. #\}\n")

VALUES: dict[str, Any] = {
    "chart": Ladder | HistoryChart,
    "kind": str,
    "paper": Paper,
    "view": AssessmentView | None,
    "history": HistoryView | None,
    "comparison": ComparisonView,
    "version": str,
    "verdict": Verdict | None,
    "changes": ChangesView,
    "matrix": MatrixView,
    "themes": tuple[ThemeText, ...],
    "is_whole": bool,
    "views": IndividualViews,
    "readiness": ReadinessView,
    "delegation": DelegationView,
    "area": AreaView | None,
    "form": FormView,
    "site": SiteView | None,
    "overview": SiteOverview,
    "on_theme": SiteTheme,
    "methods": SiteMethods,
}
"""The type of each value that a template may be given, by its name."""


@dataclass(frozen=True, slots=True)
class Described:
    """What makes what with a template, and the names of the values that it is given."""

    purpose: str
    given: tuple[str, ...]


def described(text: str) -> Described | None:
    """Return what a template's first line says of it; None if it says nothing."""
    found = _FIRST_LINE.match(text)
    if found is None:
        return None
    names = tuple(found["names"].split(", "))
    return Described(found["purpose"], () if names == ("nothing",) else names)


def described_templates(shipped: Mapping[str, str]) -> dict[str, Described]:
    """Return what each template that ships says of itself; one that says nothing is left out."""
    found = {name: described(text) for name, text in shipped.items()}
    return {name: said for name, said in found.items() if said is not None}
