"""A Place's history: each theme through all assessments, and where the thread breaks."""

import pytest
from building import filed, small_matrix

from pbpmaturity.analysis.history import history

WORDS = {
    "e": "emerging", "d": "developing", "m": "maturing", "t": "thriving",
    "-": "not-assessed", "x": "not-applicable", "/": None,
}  # fmt: skip
MOVES = {
    "^": "up", "=": "same", "v": "down", "+": "newly-assessed", "!": "no-longer-assessed", "-": "not-assessed",
    "/": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("assessments", "states", "movements"),
    [
        (["e"], "e", "/"),
        (["e", "d", "d", "e"], "edde", "/^=v"),
        (["e", "-", "d"], "e-d", "/!+"),
        (["x", "d", "x"], "xdx", "/+!"),
        (["-", "x", "-"], "-x-", "/--"),
        (["t", "e", "t"], "tet", "/v^"),
    ],
)
def test_one_theme_through_the_years(assessments: list[str], states: str, movements: str) -> None:
    files = [filed(letters, date=f"{2020 + at}-01") for at, letters in enumerate(assessments)]
    (theme,) = history(files).themes
    assert theme.states == tuple(WORDS[letter] for letter in states)
    assert theme.movements == tuple(MOVES[sign] for sign in movements)


def test_assessments_stand_in_the_order_of_time_however_they_are_given() -> None:
    files = [filed("e", date=date) for date in ("2024-01-17", "2024-01")] + [filed("d", date="2023-12-31")]
    assert [one.assessment.date.text for one in history(files).files] == ["2023-12-31", "2024-01", "2024-01-17"]


def test_versions_of_one_matrix_are_one_stretch_and_their_themes_stay_apart() -> None:
    before, after = small_matrix(2), small_matrix(3, version="2")
    told = history([filed("ed", date="2023-01", matrix=before), filed("ddm", date="2024-01", matrix=after)])
    assert told.stretches() == (range(2),)
    assert [theme.states for theme in told.themes] == [
        ("emerging", "developing"), ("developing", "developing"), (None, "maturing"),
    ]  # fmt: skip
    assert [theme.movements[1] for theme in told.themes] == ["up", "same", "newly-assessed"]
    assert any("small@1 to small@2" in note for note in told.entries[1].since.notes)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (small_matrix(1, id="other"), "different matrices cannot be compared"),
        (small_matrix(1, version="2", stage_ids=("emerging", "developing")), "the same stages in the same order"),
    ],
)
def test_what_cannot_be_compared_begins_a_new_stretch(other: object, said: str) -> None:
    files = [
        filed("e", date="2021-01"), filed("d", date="2022-01"),
        filed("e", date="2023-01", matrix=other), filed("d", date="2024-01", matrix=other),  # type: ignore[arg-type]
    ]  # fmt: skip
    told = history(files)
    assert told.stretches() == (range(2), range(2, 4))
    assert said in (told.entries[2].obstacle or "")
    assert told.themes[0].movements == (None, "up", None, "up")


def test_a_published_summary_moves_no_theme() -> None:
    told = history([filed(None, date="2023-01", stated="emerging"), filed("d", date="2024-01")])
    assert told.themes[0].states == ("not-assessed", "developing")
    assert told.themes[0].movements == (None, "newly-assessed")
    assert told.entries[1].since is not None and told.entries[1].since.is_stated
