"""What was typed, as what was meant: stages, themes, dates, yes and no."""

import datetime
import re
from collections.abc import Iterable, Mapping

from pbpmaturity.diagnostics.suggest import did_you_mean, quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED, Matrix
from pbpmaturity.model.selector import parse_when

_SLASHED = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{4})")


class NotUnderstood(Exception):
    """What was typed means nothing here; the message says what was found and what would be accepted."""


class Ambiguous(NotUnderstood):
    """What was typed could be several things."""


def one_of(text: str, choices: Mapping[str, str], *, is_numbered: bool = True) -> str:
    """Return the key of the choice meant by its number from 1, its key, its name, or the first letters of either.

    `choices` are names by key, in order. NotUnderstood says which were meant if it could be several.
    """
    if is_numbered and is_number(text):
        return _numbered(text, tuple(choices))
    word = _plain(text)
    spelled = {key: (_plain(key), _plain(name)) for key, name in choices.items()}
    exact = [key for key, words in spelled.items() if word in words]
    begun = exact or [key for key, words in spelled.items() if word and any(one.startswith(word) for one in words)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise Ambiguous(f"{quoted(text)} could be {_or(choices[key] for key in begun)}; write more of it.")
    near = did_you_mean(text, choices.values())
    raise NotUnderstood(f"{quoted(text)} is none of {_or(choices.values())}.{f' Did you mean {near}?' if near else ''}")


def stage_of(text: str, matrix: Matrix) -> str:
    """Return the stage, `not-assessed` or `not-applicable` that is meant; the numbers are those of the stages."""
    stages = {stage.id: stage.name for stage in matrix.stages}
    if is_number(text):
        return _numbered(text, tuple(stages))
    if _plain(text) == "n/a":
        return NOT_APPLICABLE
    others = {NOT_ASSESSED: "not assessed", NOT_APPLICABLE: "not applicable"}
    return one_of(text, {**stages, **others}, is_numbered=False)


def theme_of(text: str, matrix: Matrix) -> str:
    """Return the theme that is meant by its number, its id or its name, or by the first letters of either."""
    if is_number(text):
        return _numbered(text, matrix.theme_ids)
    try:
        return one_of(text, {theme.id: theme.name for theme in matrix.themes})
    except NotUnderstood as error:
        if isinstance(error, Ambiguous):
            raise
        near = did_you_mean(text, [theme.name for theme in matrix.themes]) or did_you_mean(text, matrix.theme_ids)
        advice = f"Write its number, 1 to {len(matrix.themes)}, or how its name begins."
        raise NotUnderstood(f"{quoted(text)} is no theme. {f'Did you mean {near}?' if near else advice}") from None


def date_of(text: str) -> PartialDate:
    """Return the date that is meant: 2024-01-17, 17/01/2024, 17 January 2024; or a month: 2024-01, Jan 2024."""
    word = " ".join(text.split())
    if slashed := _SLASHED.fullmatch(word):
        word = f"{slashed[3]}-{int(slashed[2]):02}-{int(slashed[1]):02}"
    elif month := _MONTH_FIRST.fullmatch(word):
        word = f"{month[2]}-{int(month[1]):02}"
    when = parse_when(word)
    try:
        return PartialDate.parse(when.text if when and not when.is_relative else word)
    except ValueError:
        raise NotUnderstood(
            f"{quoted(text)} is not a date; write a day, as in 17 Jan 2024 or 17/01/2024, or a month, as in Jan 2024."
        ) from None


def past_date(option: str, text: str, today: datetime.date) -> PartialDate:
    """Return the date that an option gives; UsageError if it is none, or has not come yet."""
    try:
        date = date_of(text)
    except NotUnderstood as error:
        raise UsageError(f"{option}: {error}") from None
    refuse_what_has_not_come(option, date, today)
    return date


def refuse_what_has_not_come(where: str, date: PartialDate, today: datetime.date) -> None:
    """Refuse the date of an option, or of a file, on which nobody can have met yet."""
    if not date.has_begun(today):
        raise UsageError(f"{where}: {date} has not come yet")


def yes_or_no(text: str) -> bool:
    """Return whether yes or no is meant, also by the first letter."""
    return one_of(text, {"yes": "yes", "no": "no"}, is_numbered=False) == "yes"


def is_number(text: str) -> bool:
    """Say whether a text is a whole number as people type one."""
    return re.fullmatch(r"\s*[0-9]{1,9}\s*", text) is not None


def _numbered(text: str, keys: tuple[str, ...]) -> str:
    if 1 <= int(text) <= len(keys):
        return keys[int(text) - 1]
    raise NotUnderstood(f"{quoted(text)} is not one of the numbers 1 to {len(keys)}.")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def _or(words: Iterable[str]) -> str:
    *others, last = words
    comma = "; " if any("," in word for word in (*others, last)) else ", "
    return f"{comma.join(others)} or {last}" if others else last
