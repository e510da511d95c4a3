"""What the criteria recorded for a theme support."""

import pytest
from building import matrix_of

from pbpmaturity.analysis.criteria import criteria_support
from pbpmaturity.model.assessment import ThemeAssessment

MATRIX = matrix_of(
    """\
id: three
version: "1"
title: Three stages
stages:
  - {id: emerging, name: Emerging}
  - {id: developing, name: Developing}
  - {id: maturing, name: Maturing}
themes:
  - id: t1
    name: Theme 1
    criteria:
      emerging: [{id: E1, statement: a}, {id: E2, statement: b}]
      developing: [{id: D1, statement: c}, {id: D2, statement: d}]
      maturing: [{id: M1, statement: e}]
  - id: t2
    name: Theme 2
    criteria:
      developing: [{id: D1, statement: c}]
"""
)
SIGNS = {"+": "met", "~": "partly", "-": "not-met"}


def said(signs: str, judged: str) -> ThemeAssessment:
    ids = ("E1", "E2", "D1", "D2", "M1")
    recorded = {one: SIGNS[sign] for one, sign in zip(ids, signs.replace(" ", ""), strict=True) if sign != "?"}
    return ThemeAssessment.model_validate({"stage": judged, "criteria": recorded})


@pytest.mark.parametrize(
    ("signs", "judged", "at_least", "at_most", "above"),
    [
        ("++ ++ -", "developing", "developing", "developing", False),
        ("++ +~ ?", "developing", "emerging", "emerging", True),
        ("?? ++ ?", "developing", None, "maturing", False),
        ("-+ ++ +", "developing", None, None, True),
        ("++ ++ +", "maturing", "maturing", "maturing", False),
        ("++ ?? -", "maturing", "emerging", "developing", True),
        ("-+ ?? ?", "not-assessed", None, None, False),
    ],
)
def test_support(signs: str, judged: str, at_least: str | None, at_most: str | None, above: bool) -> None:
    support = criteria_support(said(signs, judged), MATRIX.themes[0], MATRIX)
    assert support is not None
    assert (support.at_least, support.at_most, support.judged_above) == (at_least, at_most, above)


def test_where_no_criterion_is_recorded_nothing_is_said() -> None:
    assert criteria_support(ThemeAssessment(stage="maturing"), MATRIX.themes[0], MATRIX) is None


def test_a_stage_without_criteria_counts_as_met() -> None:
    one = ThemeAssessment.model_validate({"stage": "maturing", "criteria": {"D1": "met"}})
    support = criteria_support(one, MATRIX.themes[1], MATRIX)
    assert support is not None
    assert (support.at_least, support.at_most, support.answered, support.criteria_total) == (
        "maturing",
        "maturing",
        1,
        1,
    )
