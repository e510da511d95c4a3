"""docs/methods.md names every figure, and each worked example of it is what the code works out."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import pytest
from building import ROOT, STAGES, filed, matrix_of, small_matrix, tables

from pbpmaturity.analysis.comparison import Comparison, compare
from pbpmaturity.analysis.criteria import criteria_movement, criteria_support
from pbpmaturity.analysis.headline import headline_of_movement
from pbpmaturity.analysis.movement import movement
from pbpmaturity.analysis.overall import coverage, overall, weakest_themes
from pbpmaturity.analysis.views import agreement, views_of
from pbpmaturity.model.assessment import Evidence, Target, ThemeAssessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.settings import Privacy
from pbpmaturity.model.shape import changed
from pbpmaturity.report import words
from pbpmaturity.report.progress_view import target_views

PAGE = (ROOT / "docs" / "methods.md").read_text("utf-8")
LETTERS = {stage: letter for letter, stage in STAGES.items() if stage}
ORDER = "edmt"
THREE_STAGES = matrix_of(
    """\
id: three
version: "1"
title: Three stages
stages: [{id: emerging, name: Emerging}, {id: developing, name: Developing}, {id: maturing, name: Maturing}]
themes:
  - id: t1
    name: Theme 1
    criteria:
      emerging: [{id: E1, statement: a}, {id: E2, statement: b}]
      developing: [{id: D1, statement: c}, {id: D2, statement: d}]
      maturing: [{id: M1, statement: e}]
"""
)

Row = list[str]
WorkOut = Callable[[Row], Row]


@dataclass(frozen=True)
class Table:
    heading: str
    head: Row
    rows: list[Row]


def tables_of(page: str) -> list[Table]:
    """Return each table of the page with the heading above it."""
    found: list[Table] = []
    heading, is_in_table = "", False
    for line in page.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        is_table = line.startswith("|")
        if is_table:
            row = [cell.strip(" `") for cell in line.split("|")[1:-1]]
            if not is_in_table:
                found.append(Table(heading, row, []))
            elif set(line) != set("|-"):
                found[-1].rows.append(row)
        is_in_table = is_table
    return found


TABLES = tables_of(PAGE)


def letter(stage: str | None) -> str:
    return LETTERS[stage] if stage else "none"


def numbers(cell: str) -> list[int]:
    return [int(number) for number in cell.split(",")]


# Each takes a row as the page has it, and returns the row as the code works it out.


def averages(row: Row) -> Row:
    values = dict(zip("edm", numbers(row[0]), strict=True))
    dd, em = (Fraction(values[a] + values[b], 2) for a, b in ("dd", "em"))
    return [row[0], str(dd), str(em), "neither" if dd == em else "dd" if dd > em else "em"]


def n_of_m(row: Row) -> Row:
    covered = coverage(filed(row[0]).assessment, small_matrix(len(row[0])))
    return [row[0], f"{covered.assessed} of {covered.themes_total}"]


def moved(row: Row) -> Row:
    (theme,) = movement(filed(row[0], date="2023-01"), filed(row[1])).themes
    return [row[0], row[1], theme.direction, "none" if theme.steps is None else str(theme.steps)]


def overall_stage(row: Row) -> Row:
    rules = [small_matrix(len(row[0]), overall=rule) for rule in ("median", "minimum")]
    return [row[0], *(letter(overall(filed(row[0]).assessment, matrix).stage) for matrix in rules)]


def settled(row: Row) -> Row:
    one = overall(filed(row[0]).assessment, small_matrix(len(row[0])))
    return [row[0], letter(one.stage), letter(one.lowest), letter(one.highest), "yes" if one.settled else "no"]


def sturdy(row: Row) -> Row:
    one = overall(filed(row[0]).assessment, small_matrix(len(row[0])))
    assert one.themes_to_change
    up, down = (str(count or "none") for count in (one.themes_to_change.up, one.themes_to_change.down))
    return [row[0], letter(one.stage), up, down, "close" if one.themes_to_change.is_close else "sturdy"]


def spread(row: Row) -> Row:
    one = overall(filed(row[0]).assessment, small_matrix(len(row[0])))
    return [
        row[0],
        ", ".join(str(count) for _, count in one.distribution),
        ", ".join(letter(stage) for stage in one.most_common),
    ]


def weakest(row: Row) -> Row:
    themes = weakest_themes(filed(row[0]).assessment, small_matrix(len(row[0])))
    return [row[0], ", ".join(theme.id.removeprefix("t") for theme in themes) or "none"]


def criteria(row: Row) -> Row:
    signs = {"+": "met", "~": "partly", "-": "not-met"}
    pairs = zip(("E1", "E2", "D1", "D2", "M1"), row[0].split(), strict=True)
    recorded = {criterion: signs[sign] for criterion, sign in pairs if sign != "?"}
    said = ThemeAssessment.model_validate({"stage": STAGES[row[1]], "criteria": recorded})
    support = criteria_support(said, THREE_STAGES.themes[0], THREE_STAGES)
    assert support
    warning = "yes" if support.judged_above else "no"
    return [row[0], row[1], letter(support.at_least), letter(support.at_most), warning]


def criteria_moved(row: Row) -> Row:
    signs = {"+": "met", "~": "partly", "-": "not-met"}
    sides = []
    for date, cell in (("2024-01", row[0]), ("2025-01", row[1])):
        pairs = zip(("E1", "E2", "D1", "D2", "M1"), cell.split(), strict=True)
        recorded = {criterion: signs[sign] for criterion, sign in pairs if sign != "?"}
        sides.append(filed("e", date=date, matrix=THREE_STAGES, said={"t1": {"criteria": recorded}}))
    (theme,) = criteria_movement(*sides)
    gained, lost = (", ".join(one.id for one in found) or "none" for found in (theme.gained, theme.lost))
    return [row[0], row[1], gained, lost, str(theme.first_recorded)]


def target_standing(row: Row) -> Row:
    new = {"t1": {"target": {"stage": STAGES[row[1]]}}} if row[1] != "none" else None
    before = filed("e", said={"t1": {"target": {"stage": "maturing"}}})
    after = filed(row[0], date="2025-01", said=new)
    return [row[0], row[1], target_views((before, after), None, None)[0].standing]


def with_themes(one: FiledAssessment, **theme: object) -> FiledAssessment:
    """Return an assessment in which its only theme says more."""
    said = changed(one.assessment.said_of("t1"), **theme)
    assessment = changed(one.assessment, themes={"t1": said})
    return replace(one, assessment=assessment)


def individual_views(row: Row) -> Row:
    tally = {STAGES[stage]: count for stage, count in zip(ORDER, numbers(row[0]), strict=True)}
    one = with_themes(filed("d"), views=tally)
    (views,) = views_of(one)
    if views.tally is None:
        return [row[0], str(views.ratings), "withheld", "withheld"]
    return [row[0], str(views.ratings), f"{letter(views.lowest)} to {letter(views.highest)}", letter(views.middle)]


def together(row: Row) -> Row:
    tally = {STAGES[stage]: count for stage, count in zip(ORDER, numbers(row[0]), strict=True)}
    privacy = Privacy.model_validate({"smallest-cell": "3"})
    (views,) = views_of(replace(with_themes(filed("d"), views=tally), privacy=privacy))
    return [row[0], words.tally(views.tally, small_matrix(1)) if views.tally else "withheld"]


def as_fraction(value: float | None) -> str:
    return str(Fraction(value or 0).limit_denominator(100))


def layer(row: Row) -> Row:
    return [row[0], str(sum(numbers(row[0]))), as_fraction(agreement(numbers(row[0])))]


def agreed(row: Row) -> Row:
    return [row[0], as_fraction(agreement(numbers(row[0])))]


def headline(row: Row) -> Row:
    return [row[0], row[1], headline_of_movement(movement(filed(row[0], date="2023-01"), filed(row[1])))]


def of_a_day(row: Row) -> Row:
    date, days = PartialDate.parse(row[0]), [datetime.date.fromisoformat(day) for day in row[3:]]
    assert days[1] - days[0] == datetime.timedelta(days=1)
    is_stale = row[1] == "assessment, stale"
    found = [date.is_older_than(int(row[2]), day) if is_stale else date.is_past(day) for day in days]
    return (
        row
        if found == [False, True]
        else [*row[:3], *(f"{day}: {is_so}" for day, is_so in zip(days, found, strict=True))]
    )


def history(row: Row) -> Row:
    states = row[0].split()
    files = [filed(state, date=f"202{at}-01") for at, state in enumerate(states)]
    return [row[0], *(movement(*pair).themes[0].direction for pair in pairwise(files))]


def side_by_side(*files: FiledAssessment) -> Comparison:
    """Return Places a and b side by side."""
    places = [
        replace(one, assessment=changed(one.assessment, place=name), place_name=name)
        for name, one in zip("ab", files, strict=True)
    ]
    return compare(places)


def relation(row: Row) -> Row:
    (pair,) = side_by_side(filed(row[0]), filed(row[1])).pairs
    return [row[0], row[1], str(pair.shared), pair.relation]


def learning(row: Row) -> Row:
    target = {} if row[1] == "none" else {"target": Target(stage=STAGES[row[1]] or "")}
    evidence = {"evidence": (Evidence(title="A paper"),)} if row[3] == "yes" else {}
    places = with_themes(filed(row[0]), **target), with_themes(filed(row[2]), **evidence)
    return [*row[:4], "yes" if side_by_side(*places).learning else "no"]


def radar(row: Row) -> Row:
    values = [ORDER.index(one) + 1 for one in row[0]]
    return [row[0], str(sum(a * b for a, b in zip(values, values[1:] + values[:1], strict=True)))]


# By heading, and by the first and the last head of the table.
EXAMPLES: dict[tuple[str, str, str], WorkOut] = {
    ("Why a stage is not a number", "numbers for e, d, m", "so the higher one is"): averages,
    ("How many themes are assessed", "themes", "n of m"): n_of_m,
    ("Movement of a theme", "then", "steps"): moved,
    ("The overall stage", "themes", "with the minimum rule"): overall_stage,
    ("Settled, so far, between", "themes", "settled"): settled,
    ("Sturdy and close", "themes", "said"): sturdy,
    ("Themes at each stage", "themes", "most common"): spread,
    ("Weakest themes", "themes", "weakest, by their place in the matrix"): weakest,
    ("What the criteria support", "E1 E2 D1 D2 M1", "warning"): criteria,
    ("Criteria gained and lost", "E1 E2 D1 D2 M1 then", "first recorded"): criteria_moved,
    ("Targets and where things stand", "stage now", "where it stands"): target_standing,
    ("Individual views", "e, d, m, t", "middle view"): individual_views,
    ("Individual views", "e, d, m, t", "shown with a smallest cell of 3"): together,
    ("Agreement", "layer (e, d, m, t)", "agreement of the layer"): layer,
    ("Agreement", "e, d, m, t", "A"): agreed,
    ("Headlines", "then", "headline of two assessments"): headline,
    ("Stale, overdue and the day", "date", "from"): of_a_day,
    ("A Place's history", "one theme in three assessments", "from the second to the third"): history,
    ("Places side by side", "A", "relation"): relation,
    ("Places side by side", "the Place is at", "learning pair"): learning,
    ("No radar chart", "order of the themes round the circle", "sum of the products"): radar,
}
IN_WORDS = {"In short", "What is not shown, and why"}


@pytest.mark.parametrize("key", EXAMPLES, ids=lambda key: f"{key[0]}, {key[2]}")
def test_a_worked_example_is_what_the_code_works_out(key: tuple[str, str, str]) -> None:
    (table,) = [one for one in TABLES if (one.heading, one.head[0], one.head[-1]) == key]
    assert len(table.rows) > 1
    assert [EXAMPLES[key](row) for row in table.rows] == table.rows


def test_every_table_of_the_page_is_worked_out() -> None:
    keys = [(one.heading, one.head[0], one.head[-1]) for one in TABLES if one.heading not in IN_WORDS]
    assert keys == list(EXAMPLES)


def test_the_layers_are_those_of_the_whole() -> None:
    (table,) = [one for one in TABLES if one.head[0] == "layer (e, d, m, t)"]
    *layers, whole = (numbers(row[0]) for row in table.rows)
    assert [sum(column) for column in zip(*layers, strict=True)] == whole


def test_the_sentence_on_a_stage_that_is_not_settled_is_the_one_that_is_shown() -> None:
    one = filed("dddeeem---")
    result, covered = overall(one.assessment, one.matrix), coverage(one.assessment, one.matrix)
    said = words.settledness(result, covered, one.matrix)
    assert said and said.rstrip(".") in " ".join(PAGE.split())


def figures() -> set[str]:
    """Return the last parts of the keys in docs/json.md that hold a figure."""
    rows = tables((ROOT / "docs" / "json.md").read_text("utf-8"))
    of_an_assessment = ("assessed", "themes_total", "overall.", "themes[].criteria.", "themes[].views")
    of_a_change = ("headline", "themes[].movement", "themes[].steps", "counts", "expect.holds")
    wanted = {
        "pbp.show/1": of_an_assessment,
        "pbp.diff/1": of_a_change,
        "pbp.views/1": ("themes[].",),
        "pbp.actions/1": ("as_of", "actions[].overdue"),
        "pbp.history/1": ("themes[].movements",),
        "pbp.compare/1": ("places[].stale", "learning", "pairs[].relation", "pairs[].shared"),
    }
    keys = {row[0] for schema, starts in wanted.items() for row in rows[schema] if row[0].startswith(starts)}
    assert len(keys) > 30
    parts = {key.rpartition(".")[2] for key in keys if not key.startswith("counts.")}
    # Ids, of which there is nothing to work out.
    return parts - {"theme", "STAGE", "learner", "from"}


@pytest.mark.parametrize("figure", sorted(figures()))
def test_every_figure_of_the_json_is_named(figure: str) -> None:
    assert f"`{figure}`" in PAGE


def test_links_of_the_page_lead_somewhere() -> None:
    for page, anchor in re.findall(r"\]\(([a-z-]*\.?m?d?)#([^)]*)\)", PAGE):
        text = (ROOT / "docs" / page).read_text("utf-8") if page else PAGE
        headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert anchor in anchors, f"{page}#{anchor}"


def test_each_source_that_is_named_is_listed() -> None:
    text, _, sources = PAGE.partition("## Sources")
    flat = " ".join(text.split())
    named = re.findall(r"\[((?:[a-z]+ )*[A-Z]\w+)(?: and ([A-Z]\w+))?(?: (\d{4}))?\]\(#sources\)", flat)
    assert len(named) >= 10
    for first, second, year in named:
        entries = [entry for entry in sources.split("\n- ") if first in entry and second in entry]
        assert any(year in entry for entry in entries), (first, second, year)
