"""Answers and what they amount to: one table, worked out in Python and in the form's page."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from building import filed, small_matrix

from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.shape import changed

SEVEN = ("s1", "s2", "s3", "s4", "s5", "s6", "s7")


@dataclass(frozen=True)
class Case:
    """Stages by letter then and now (none: no last time), and the headline that they make, after the Place's name."""

    name: str
    now: str
    said: str
    then: str | None = None
    stated: str | None = None
    overall: str = "median"
    date: str = "2024-01"
    then_date: str = "2023-01"
    more: dict[str, object] = field(default_factory=dict)
    then_more: dict[str, object] = field(default_factory=dict)
    then_themes: int = 0

    @property
    def headline(self) -> str:
        marks = "illustrative, draft" if self.more.get("provenance") else "draft"
        return f"Northam ({marks}): {self.said}"

    @property
    def matrix(self) -> Matrix:
        return small_matrix(len(self.now), overall=self.overall)

    @property
    def assessment(self) -> FiledAssessment:
        return filed(self.now, date=self.date, matrix=self.matrix, status="draft", **self.more)

    @property
    def last(self) -> FiledAssessment | None:
        if self.stated:
            return filed(None, date=self.then_date, matrix=self.matrix, stated=self.stated, **self.then_more)
        if self.then is None:
            return None
        matrix = self.matrix
        if self.then_themes:
            matrix = small_matrix(self.then_themes, overall=self.overall, version="0")
        return filed(self.then, date=self.then_date, matrix=matrix, **self.then_more)


CASES = (
    Case("ten up", "d" * 10, "Emerging to Developing overall, Jan 2023 to Jan 2024 (10 of 10 themes up)", "e" * 10),
    Case(
        "up and down",
        "dmmde",
        "Developing overall, Jan 2023 and Jan 2024 (no change; 2 of 5 themes up, 1 down)",
        "ddddd",
    ),
    Case("only down", "ede", "Developing to Emerging overall, Jan 2023 to Jan 2024 (2 of 3 themes down)", "ddd"),
    Case(
        "published",
        "dddd",
        "Emerging to Developing overall, Jan 2023 to Jan 2024 (as published; theme stages not published)",
        stated="emerging",
    ),
    Case(
        "published and none now",
        "----",
        "Emerging to Not assessed overall, Jan 2023 to Jan 2024 (as published; theme stages not published)",
        stated="emerging",
    ),
    Case("nothing moved", "ddee", "Emerging overall, Jan 2023 and Jan 2024 (no change; no theme moved)", "ddee"),
    Case(
        "newly and no longer",
        "d-e",
        "Emerging so far overall, Jan 2023 and Jan 2024"
        " (no change; no theme moved, 1 newly assessed, 1 no longer assessed)",
        "-ee",
    ),
    Case(
        "none both times",
        "--d",
        "Emerging to Developing so far overall, Jan 2023 to Jan 2024"
        " (no theme assessed both times, 1 newly assessed, 2 no longer assessed)",
        "ee-",
    ),
    Case("alone", "dddddee---", "Developing so far overall, Jan 2024 (7 of 10 themes assessed)"),
    Case("half and half", "eeeeeddddd", "Emerging overall, Jan 2024 (10 of 10 themes assessed)"),
    Case("not applicable", "xdde", "Developing overall, Jan 2024 (3 of 3 themes assessed)"),
    Case("none", "--", "Not assessed overall, Jan 2024 (0 of 2 themes assessed)"),
    Case("one theme", "t", "Thriving overall, Jan 2024 (1 of 1 themes assessed)"),
    Case("lowest of any", "eddm", "Emerging overall, Jan 2024 (4 of 4 themes assessed)", overall="minimum"),
    Case("lowest, unsettled", "mm-", "Maturing so far overall, Jan 2024 (2 of 3 themes assessed)", overall="minimum"),
    Case(
        "days of one month",
        "dd",
        "Emerging to Developing overall, 5 Jan 2024 to 17 Jan 2024 (2 of 2 themes up)",
        "ee",
        date="2024-01-17",
        then_date="2024-01-05",
    ),
    Case(
        "another method",
        "dd",
        "Emerging to Developing overall, Jan 2023 to Jan 2024 (2 of 2 themes up)",
        "ee",
        more={"method": "workshop"},
        then_more={"method": "desk-review"},
    ),
    Case(
        "a method known once",
        "dd",
        "Emerging to Developing overall, Jan 2023 to Jan 2024 (2 of 2 themes up)",
        "ee",
        then_more={"method": "interviews"},
    ),
    Case(
        "a theme fewer",
        "dd",
        "Emerging to Developing overall, Jan 2023 to Jan 2024 (2 of 2 themes up, 1 no longer assessed)",
        "eee",
        then_themes=3,
    ),
    Case(
        "a theme more",
        "ddd",
        "Emerging to Developing overall, Jan 2023 to Jan 2024 (2 of 2 themes up, 1 newly assessed)",
        "ee",
        then_themes=2,
    ),
    Case(
        "made up",
        "dd",
        "Emerging to Developing overall, Jan 2023 to Jan 2024 (2 of 2 themes up)",
        "ee",
        more={"provenance": "illustrative"},
        then_more={"provenance": "illustrative"},
    ),
)


def random_cases(count: int) -> Iterator[tuple[FiledAssessment, FiledAssessment | None]]:
    """Yield assessments and those of last time: any number of stages, either rule, themes missing on either side."""
    choose = random.Random(20)
    letters = "edmt-x"
    for _ in range(count):
        themes = choose.randint(1, 12)
        overall = choose.choice(["median", "minimum"])
        matrix = small_matrix(themes, overall=overall)
        now = "".join(choose.choices(letters, weights=[4, 4, 3, 2, choose.randint(0, 3), 1], k=themes))
        before = choose.choice([themes, max(1, themes - 1), themes + 2])
        then = "".join(choose.choices(letters, weights=[4, 4, 2, 1, choose.randint(0, 3), 1], k=before))
        version = matrix if before == themes else small_matrix(before, overall=overall, version="0")
        last = filed(then, date="2023-01", matrix=version) if choose.random() < 0.8 else None
        method = choose.choice([None, "workshop", "survey"])
        assessment = filed(
            now, date="2024-01-17", matrix=matrix, status="draft", **({"method": method} if method else {})
        )
        yield assessment, last


def with_criteria(stages: str, judged: str) -> FiledAssessment:
    """Return an assessment of one theme with criteria E1 E2, D1 D2, M1: + met, ~ partly, - not met, ? not recorded."""
    ids = ("E1", "E2", "D1", "D2", "M1")
    cells = {"emerging": ids[:2], "developing": ids[2:4], "maturing": ids[4:]}
    theme = {
        "id": "t1",
        "name": "Theme 1",
        "criteria": {
            stage: tuple({"id": one, "statement": f"It is {one}."} for one in cell) for stage, cell in cells.items()
        },
    }
    matrix = small_matrix(1, stage_ids=("emerging", "developing", "maturing"), themes=(theme,))
    words = {"+": "met", "~": "partly", "-": "not-met"}
    states = stages.replace(" ", "")
    criteria = {one: words[state] for one, state in zip(ids, states, strict=True) if state in words}
    one = filed("d", matrix=matrix, status="draft")
    said = changed(one.assessment.said_of("t1"), stage=judged, criteria=criteria)
    assessment = changed(one.assessment, themes={"t1": said})
    return replace(one, assessment=assessment)


CRITERIA = (
    ("++ ++ -", "developing"),
    ("++ +~ ?", "developing"),
    ("?? ++ ?", "developing"),
    ("-+ ++ +", "developing"),
    ("++ ++ +", "maturing"),
    ("++ ?? ?", "maturing"),
    ("~? ?? ?", "emerging"),
    ("-- -- -", "not-assessed"),
)
