"""One-time codes: short, read however they are typed, and a mistake in one is noticed."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pbpmaturity.model.one_time_code import LENGTH, SYMBOLS, code_of, read_code

CHOSEN = st.text(SYMBOLS, min_size=LENGTH - 1, max_size=LENGTH - 1)
LOOK_ALIKE = ("0OQD", "1ILJ", "2Z", "5S", "6G", "CG", "8B", "UVY", "MN", "EF", "9G", "4A")


@pytest.mark.parametrize("alike", LOOK_ALIKE)
def test_of_symbols_that_look_alike_one_at_the_most_is_used(alike: str) -> None:
    assert len(set(alike) & set(SYMBOLS)) <= 1


def test_no_code_is_a_word() -> None:
    assert not set("AEIOU") & set(SYMBOLS)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHOSEN)
def test_a_code_is_read_however_it_is_typed(chosen: str) -> None:
    code = code_of(chosen)
    assert len(code) == LENGTH + 2
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), f" {code}\n", "\u2011".join(code)):
        assert read_code(typed) == code


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHOSEN, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1), st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_and_two_that_changed_places_are_noticed(
    chosen: str, at: int, other: int, symbol: str
) -> None:
    code = code_of(chosen)
    bare = list(code.replace("-", ""))
    wrong = [*bare[:at], symbol, *bare[at + 1 :]]
    assert read_code("".join(wrong)) == (code if wrong == bare else None)
    bare[at], bare[other] = bare[other], bare[at]
    assert read_code("".join(bare)) == (code if bare[at] == bare[other] else None)


@pytest.mark.parametrize(
    "text", ["", "-", "222", "222-222-2222", "OOO-III-LLL", "٢٢٢-٢٢٢-٢٢٢", "ＣＤＦ-ＨＪＫ-ＭＰＲ", "²²²-²²²-²²²"]
)
def test_what_is_no_code(text: str) -> None:
    assert read_code(text) is None


def test_most_of_what_is_made_up_is_no_code() -> None:
    chance = random.Random(1)
    made_up = ("".join(chance.choice(SYMBOLS) for _ in range(LENGTH)) for _ in range(1000))
    assert sum(read_code(text) is not None for text in made_up) < 100
