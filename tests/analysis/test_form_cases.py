"""The table of cases that the offline form is held against holds in Python."""

import pytest
from form_cases import CASES, Case

from pbpmaturity.analysis.headline import headline, headline_of_movement
from pbpmaturity.analysis.movement import movement


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_has_its_headline(case: Case) -> None:
    said = headline_of_movement(movement(case.last, case.assessment)) if case.last else headline(case.assessment)
    assert said == case.headline
