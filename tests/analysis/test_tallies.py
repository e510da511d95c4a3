"""Views are counted by stage, withheld under five, and put into a draft that keeps all else."""

import pytest
from building import small_matrix

from pbpmaturity.analysis.tallies import taken_away, tallied, with_tallies
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.settings import Privacy
from pbpmaturity.model.shape import said

MATRIX = small_matrix(2)


def draft(**themes: dict[str, object]) -> Assessment:
    data = {"place": "northam", "date": "2024-01", "matrix": MATRIX.ref, "status": "draft"}
    return Assessment.model_validate({**data, "provenance": "self-assessment", "themes": themes})


def views(**counts: str) -> dict[str, object]:
    return {"views": counts}


def test_a_theme_that_fewer_than_five_rated_gets_no_tally() -> None:
    ratings = [{"t1": "emerging", "t2": "maturing"}] * 4
    assert tallied([*ratings, {"t2": "emerging"}], MATRIX, Privacy()) == {"t2": {"emerging": 1, "maturing": 4}}
    assert tallied([], MATRIX, Privacy()) == {}


def test_a_file_is_given_no_more_than_may_be_seen() -> None:
    ratings = [{"t1": "emerging"}] * 4 + [{"t1": "developing", "t2": "emerging"}] * 2 + [{"t1": "maturing"}]
    together = {"t1": {"emerging": 4, "developing or maturing": 3}}
    assert tallied(ratings, MATRIX, Privacy.model_validate({"smallest-cell": "3"})) == together
    assert tallied(ratings, MATRIX, Privacy.model_validate({"fewest": "8"})) == {}
    alike = Privacy.model_validate({"all-alike": "withhold"})
    assert tallied([{"t1": "emerging"}] * 9, MATRIX, alike) == {}


@pytest.mark.parametrize(("before", "gone"), [({"emerging": "5"}, True), ({"emerging": "4"}, False), ({}, False)])
def test_tallies_that_would_be_gone_are_found(before: dict[str, str], gone: bool) -> None:
    assert taken_away(draft(t1=views(**before)), {"t2": {"emerging": 6}}) == (("t1",) if gone else ())
    assert taken_away(draft(t1=views(**before)), {"t1": {"emerging": 6}}) == ()


def test_tallies_take_the_place_of_all_others_and_of_nothing_else() -> None:
    before = draft(t1={"stage": "emerging", "rationale": "Why.", "views": {"emerging": "6"}}, t2=views(emerging="5"))
    after = with_tallies(before, {"t1": {"maturing": 7}}, MATRIX)
    assert said(after)["themes"] == {"t1": {"stage": "emerging", "rationale": "Why.", "views": {"maturing": 7}}}
    assert said(with_tallies(before, {}, MATRIX))["themes"] == {"t1": {"stage": "emerging", "rationale": "Why."}}


def test_a_theme_that_is_not_assessed_gets_no_stage_and_takes_its_place_in_the_order() -> None:
    after = with_tallies(draft(t2={"stage": "emerging"}), {"t1": {"emerging": 5}}, MATRIX)
    assert list(said(after)["themes"].items()) == [("t1", {"views": {"emerging": 5}}), ("t2", {"stage": "emerging"})]
    assert after.state("t1") == "not-assessed"


def test_an_assessment_without_anything_to_say_still_has_its_themes() -> None:
    assert said(with_tallies(draft(t1=views(emerging="5")), {}, MATRIX))["themes"] == {}
