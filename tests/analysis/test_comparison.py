"""Places side by side: what can be compared, who could learn from whom, and no order but the alphabet's."""

import datetime
from dataclasses import replace
from itertools import product

import pytest
from building import STAGES, filed, small_matrix

from pbpmaturity.analysis.comparison import compare, compare_places
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment, Portfolio
from pbpmaturity.model.selector import Shelf
from pbpmaturity.model.settings import PlaceSettings, Settings


def place(
    id_: str, letters: str, *, name: str | None = None, matrix: Matrix | None = None, **more: object
) -> FiledAssessment:
    """Return an assessment of a Place; `targets` and `evidence` name a letter, or something, by theme number."""
    targets, evidence = more.pop("targets", {}), more.pop("evidence", ())
    one = filed(letters, matrix=matrix, place=id_, **more)  # type: ignore[arg-type]
    data = one.assessment.model_dump(by_alias=True, exclude_unset=True)
    data["date"] = one.assessment.date.text
    for number, letter in targets.items():  # type: ignore[attr-defined]
        data["themes"].setdefault(f"t{number}", {})["target"] = {"stage": STAGES[letter]}
    for number in evidence:  # type: ignore[attr-defined]
        data["themes"].setdefault(f"t{number}", {})["evidence"] = ({"title": "A paper"},)
    return replace(one, assessment=type(one.assessment).model_validate(data), place_name=name or id_.capitalize())


@pytest.mark.parametrize(
    ("a", "b", "relation", "shared"),
    [
        ("ed", "ed", "same", 2),
        ("dd", "ed", "a-at-or-above", 2),
        ("ed", "dd", "b-at-or-above", 2),
        ("de", "ed", "not-comparable", 2),
        ("t-", "-e", "not-comparable", 0),
        ("tx", "ee", "a-at-or-above", 1),
        ("--", "--", "not-comparable", 0),
        ("dme", "dm-", "same", 2),
        ("edmt", "tmde", "not-comparable", 4),
    ],
)
def test_how_two_profiles_lie_to_one_another(a: str, b: str, relation: str, shared: int) -> None:
    (pair,) = compare([place("a", a), place("b", b)]).pairs
    assert (pair.a, pair.b, pair.relation, pair.shared) == ("a", "b", relation, shared)


def test_a_pair_says_the_same_from_both_sides() -> None:
    turned = {"a-at-or-above": "b-at-or-above", "b-at-or-above": "a-at-or-above"}
    for first, second in product(("edm", "mde", "e-t", "xde", "ttt"), repeat=2):
        (one,) = compare([place("a", first), place("b", second)]).pairs
        (other,) = compare([place("a", second), place("b", first)]).pairs
        assert other.relation == turned.get(one.relation, one.relation)


@pytest.mark.parametrize(
    ("learner", "target", "other", "evidence", "learns"),
    [
        ("e", "d", "d", (1,), True),
        ("e", "m", "d", (1,), False),  # the other is not at the target
        ("e", "d", "t", (1,), True),
        ("e", "d", "d", (), False),  # nothing to look at there
        ("d", "d", "d", (1,), False),  # the other is not above
        ("m", "d", "m", (1,), False),
        ("m", "d", "t", (1,), True),
        ("-", "d", "d", (1,), False),  # where the learner stands is not known
        ("x", "d", "d", (1,), False),
        ("e", "d", "-", (1,), False),
    ],
)
def test_who_could_learn_from_whom(
    learner: str, target: str, other: str, evidence: tuple[int, ...], learns: bool
) -> None:
    told = compare([place("a", learner, targets={1: target}), place("b", other, evidence=evidence)])
    assert [(pair.theme, pair.learner, pair.source) for pair in told.learning] == ([("t1", "a", "b")] if learns else [])


def test_without_a_target_nobody_is_told_to_learn() -> None:
    assert compare([place("a", "e"), place("b", "t", evidence=(1,))]).learning == ()


def test_learning_pairs_stand_by_theme_and_then_by_id() -> None:
    files = [
        place("c", "ee", name="Alpha", targets={1: "d", 2: "d"}),
        place("a", "dd", name="Zeta", evidence=(1, 2)),
        place("b", "dt", evidence=(1, 2), targets={1: "t"}),
    ]
    told = [(one.theme, one.learner, one.source) for one in compare(files).learning]
    assert told == [("t1", "c", "a"), ("t1", "c", "b"), ("t2", "c", "a"), ("t2", "c", "b")]


def test_places_stand_in_alphabetical_order_of_their_names_whatever_their_stages() -> None:
    files = [
        place("a", "t", name="Cy"),
        place("b", "e", name="bea"),
        place("c", "m", name="Ada"),
        place("d", "t", name="Ada"),
    ]
    told = compare(files)
    assert [filed.assessment.place for filed in told.files] == ["c", "d", "b", "a"]
    assert list(told.themes[0].states) == ["c", "d", "b", "a"]
    assert compare(files[::-1]) == told


def test_another_matrix_than_the_most_is_left_out_and_a_tie_goes_to_the_first_id() -> None:
    other = small_matrix(1, id="another")
    told = compare([place("a", "e"), place("b", "e"), place("c", "e", matrix=other)])
    assert [(one.place, one.reason) for one in told.left_out] == [
        ("c", "it uses the matrix another@1, and the most Places here use small")
    ]
    tied = compare([place("a", "e"), place("c", "e", matrix=other)])
    assert [filed.assessment.place for filed in tied.files] == ["c"]


def test_versions_stand_side_by_side_unless_their_stages_differ() -> None:
    newer = small_matrix(2, version="2")
    fewer = small_matrix(1, version="3", stage_ids=("emerging", "developing"))
    told = compare([place("a", "e"), place("b", "ed", matrix=newer), place("c", "e", matrix=fewer)])
    assert [filed.assessment.place for filed in told.files] == ["a", "b"]
    assert [theme.states for theme in told.themes] == [
        {"a": "emerging", "b": "emerging"},
        {"a": None, "b": "developing"},
    ]
    assert "stages of small@3" in told.left_out[0].reason
    assert told.pairs[0].shared == 1


def shelf(id_: str, *files: FiledAssessment, share: str = "system") -> Shelf:
    settings = Settings(places={id_: PlaceSettings(share=share)})  # type: ignore[arg-type]
    return Shelf(Portfolio(settings, {}, (id_,), tuple(files), ()), id_)


@pytest.mark.parametrize(
    ("day", "date", "reason"),
    [
        (None, "2024-06", None),
        (datetime.date(2024, 6, 1), "2024-06", None),
        (datetime.date(2024, 5, 31), "2023-01", None),
        (datetime.date(2022, 12, 31), None, "its first agreed assessment is of January 2023"),
    ],
)
def test_the_latest_agreed_assessment_by_a_day(day: datetime.date | None, date: str | None, reason: str | None) -> None:
    files = [
        place("a", "e", date="2023-01"),
        place("a", "d", date="2024-06"),
        place("a", "t", date="2023-09", status="draft"),
    ]
    told = compare_places([shelf("a", *files)], day)
    assert [filed.assessment.date.text for filed in told.files] == ([date] if date else [])
    assert [one.reason for one in told.left_out] == ([reason] if reason else [])


def test_a_place_without_an_agreed_assessment_is_left_out_and_says_why() -> None:
    told = compare_places([shelf("a", place("a", "e", status="draft")), shelf("b")])
    assert [(one.place, one.reason) for one in told.left_out] == [
        ("a", "it has only drafts"), ("b", "it has no assessment yet"),
    ]  # fmt: skip


def test_a_private_place_never_appears() -> None:
    told = compare_places([shelf("a", place("a", "e"), share="private"), shelf("b", place("b", "e"), share="public")])
    assert [filed.assessment.place for filed in told.files] == ["b"]
    assert told.left_out == ()
