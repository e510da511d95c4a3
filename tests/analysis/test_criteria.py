"""What the criteria recorded for a theme support."""

import pytest
from building import filed, matrix_of

from pbpmaturity.analysis.criteria import criteria_movement, criteria_support
from pbpmaturity.model.assessment import ThemeAssessment
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment

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


def recorded(signs: str, date: str, matrix: Matrix = MATRIX) -> FiledAssessment:
    criteria = said(signs, "emerging").criteria
    return filed("e-", date=date, matrix=matrix, said={"t1": {"criteria": criteria}})


@pytest.mark.parametrize(
    ("then", "now", "gained", "lost", "first_recorded"),
    [
        ("?? ?? ?", "?? ?? ?", None, None, None),
        ("++ -~ ?", "++ -~ ?", None, None, None),
        ("+- ~? ?", "++ +? ?", ["E2", "D1"], [], 0),
        ("++ +? ?", "+- ~? ?", [], ["E2", "D1"], 0),
        ("?? ?? ?", "++ -? ?", [], [], 2),
        ("++ ?? ?", "?? +? ?", [], [], 1),
        ("~- ?? ?", "-~ ?? ?", None, None, None),
        ("-+ ?? ?", "+- +? ?", ["E1"], ["E2"], 1),
    ],
)
def test_criteria_gained_and_lost_are_those_recorded_both_times(
    then: str, now: str, gained: list[str] | None, lost: list[str] | None, first_recorded: int | None
) -> None:
    found = criteria_movement(recorded(then, "2024-01"), recorded(now, "2025-01"))
    if gained is None:
        assert found == ()
        return
    (theme,) = found
    assert (theme.theme, theme.name) == ("t1", "Theme 1")
    assert [one.id for one in theme.gained] == gained
    assert [one.id for one in theme.lost] == lost
    assert theme.first_recorded == first_recorded


def test_a_criterion_whose_wording_has_changed_is_another_one() -> None:
    themes = [theme.model_dump(exclude_defaults=True) for theme in MATRIX.themes]
    themes[0]["criteria"]["emerging"][0]["statement"] = "a, and more"
    newer = Matrix.model_validate({**MATRIX.model_dump(exclude_defaults=True), "version": "2", "themes": tuple(themes)})
    (theme,) = criteria_movement(recorded("-- ?? ?", "2024-01"), recorded("++ ?? ?", "2025-01", newer))
    assert [one.id for one in theme.gained] == ["E2"]
