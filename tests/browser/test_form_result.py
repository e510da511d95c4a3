"""The form's result in Chromium says what pbp show and pbp diff say of the same answers, and saves the same file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from form_cases import CASES, CRITERIA, Case, random_cases, with_criteria
from form_page import FormPage, in_order, written

from pbpmaturity.analysis.gaps import gaps
from pbpmaturity.analysis.headline import headline, headline_of_movement
from pbpmaturity.analysis.movement import movement
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.shape import changed, said
from pbpmaturity.report.form import Occasion
from pbpmaturity.report.view import stage_table, view_of
from pbpmaturity.report.workshop import missing
from pbpmaturity.workspace.edit import as_read
from pbpmaturity.workspace.source import read

pytestmark = pytest.mark.browser


def answered(browser: Any, filed: FiledAssessment, last: FiledAssessment | None, tmp_path: Path) -> FormPage:
    """Open the form, give an assessment's answers by its fields, and go to the result."""
    occasion = Occasion(filed.matrix, filed.assessment.provenance, "northam", filed.place_name, None, last)
    page = browser.new_page()
    form = FormPage(page)
    page.goto(written(occasion, tmp_path / "form.html").as_uri())
    form.date("date", filed.assessment.date.text)
    if filed.assessment.method:
        form.fill(method=filed.assessment.method)
    for number, theme in enumerate(filed.matrix.themes, 1):
        told = (filed.assessment.themes or {}).get(theme.id)
        if told is None:
            continue
        form.set({f"t{number}-stage": told.stage})
        if told.stage == "not-applicable":
            form.set({f"t{number}-rationale": "It does not apply here."})
        if told.criteria:
            page.evaluate("number => document.getElementById(`t${number}-criteria`).click()", number)
            form.set({f"t{number}-criterion-{one}": state for one, state in told.criteria.items()})
    form.go("result")
    return form


def expect_the_same(form: FormPage, filed: FiledAssessment, last: FiledAssessment | None) -> None:
    """Hold the page of the result against what the verbs show."""
    moved = movement(last, filed) if last else None
    view = view_of(filed, moved)
    assert form.text("#outcome .headline") == (headline_of_movement(moved) if moved else headline(filed))
    sentences = form.texts("#outcome > p")
    assert sentences[: len(view.banners)] == list(view.banners)
    now = [headline(filed)] if moved else []
    begin = len(view.banners) + 1
    assert sentences[begin : begin + len(now) + len(view.overall_lines)] == [*now, *view.overall_lines]
    heads, rows = stage_table(view)
    assert form.rows() == [heads, *rows]
    if moved:
        after = begin + len(now) + len(view.overall_lines)
        assert sentences[after : after + len(view.notes)] == list(view.notes)
    assert f"{view.agreement} {view.how_made}" in sentences
    expect_the_same_lists(form, filed, last, view)
    assert form.faults == []


def expect_the_same_lists(form: FormPage, filed: FiledAssessment, last: FiledAssessment | None, view: Any) -> None:
    lists = form.lists()
    none_stands_out = ["None stands out."] if view.overall_now.position is not None else []
    assert lists.get("Weakest themes", []) == (list(view.weakest) or none_stands_out)
    criteria = [
        f"{theme.name}: {theme.criteria}. {theme.criteria_warning or ''}".strip()
        for theme in view.themes
        if theme.criteria
    ]
    assert lists.get("What the recorded criteria say", []) == criteria
    slips = [f"{theme.name}: {theme.then.words} to {theme.now.words}. No reason is recorded." for theme in view.slips]
    assert lists.get("Slips", []) == slips
    text = missing(filed.matrix, gaps(with_reasons(filed), last), width=2000, colour=False)
    lines = text.replace("\n    ", " ").splitlines()[1:]
    assert lists.get("What is missing", []) == [line.removeprefix("  - ") for line in lines]


def with_reasons(filed: FiledAssessment) -> FiledAssessment:
    """Return an assessment with the reason that the form asks for where a theme does not apply."""
    if "not-applicable" not in {told.stage for told in (filed.assessment.themes or {}).values()}:
        return filed
    themes = {
        theme: changed(told, rationale="It does not apply here.") if told.stage == "not-applicable" else told
        for theme, told in (filed.assessment.themes or {}).items()
    }
    assessment = changed(filed.assessment, themes=themes)
    return replace(filed, assessment=assessment)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_result_of_a_case_is_that_of_show_and_diff(browser: Any, case: Case, tmp_path: Path) -> None:
    form = answered(browser, case.assessment, case.last, tmp_path)
    assert form.text("#outcome .headline") == case.headline
    expect_the_same(form, case.assessment, case.last)


def test_the_result_of_any_answers_is_that_of_show_and_diff(browser: Any, tmp_path: Path) -> None:
    for filed, last in random_cases(60):
        form = answered(browser, filed, last, tmp_path)
        expect_the_same(form, filed, last)
        form.page.context.close()


@pytest.mark.parametrize(("criteria", "judged"), CRITERIA)
def test_what_criteria_support_is_what_show_says(browser: Any, criteria: str, judged: str, tmp_path: Path) -> None:
    filed = with_criteria(criteria, judged)
    form = answered(browser, filed, None, tmp_path)
    expect_the_same(form, filed, None)
    support = form.page.evaluate("document.getElementById('t1-support').textContent")
    told = [line.removeprefix("Theme 1: ") for line in form.lists()["What the recorded criteria say"]]
    assert [support] == told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_saved_file_says_what_was_answered(browser: Any, case: Case, tmp_path: Path) -> None:
    form = answered(browser, case.assessment, case.last, tmp_path)
    name, data = form.saved()
    filed = with_reasons(case.assessment)
    assert name == f"{case.date}.yaml"
    assert in_order(read(data).data) == in_order(as_read({"format": "1", **said(filed.assessment)}))
