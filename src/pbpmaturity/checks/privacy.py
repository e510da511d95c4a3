"""What people would regret to have written into a file: who somebody is, and how to reach them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from pbpmaturity.checks.personal import is_titled, looks_personal
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Finding, Route
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.marked import texts
from pbpmaturity.model.shape import Shape

_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[A-Za-z]{2,24}\b")
# From the first digit to the last, with the blanks and signs that people put between them.
_NUMBER = re.compile(r"(?<![\w.,/-])\+?\(?[0-9](?:[ \u00a0().-]{0,3}[0-9]){8,15}(?![\w/]|[.,-][0-9])")
# What a file as a whole must hold for any of its texts to be suspect.
_SUSPECT_MAIL = re.compile(r"@[\w.-]{1,200}\.[A-Za-z]{2}")
_SUSPECT_NUMBER = re.compile(r"[0-9](?:[\s\u00a0().-]{0,40}[0-9]){8}")


def check_personal_data(path: str, value: Shape, file_text: str) -> Iterator[Finding]:
    """Yield the texts that hold an e-mail address, a telephone number or an NHS number."""
    if not _is_suspect(file_text):
        return
    for route, text in texts(value):
        found = personal_data_in(text)
        if found:
            yield Finding(rules.PERSONAL_DATA, path, _held(found), route)


def check_unread(path: str, unread: Mapping[Route, Any]) -> Iterator[Finding]:
    """Yield the same of what stands in a file, by route, where it is not known what it is."""
    for route, value in unread.items():
        if isinstance(value, str) and (found := personal_data_in(value)):
            yield Finding(rules.PERSONAL_DATA, path, _held(found), route)
        elif isinstance(value, Mapping):
            yield from check_unread(path, {(*route, key): one for key, one in value.items()})
        elif isinstance(value, tuple):
            yield from check_unread(path, {(*route, place): one for place, one in enumerate(value)})


def _held(found: str) -> str:
    return (
        f"the text holds what looks like {found}; files are kept and shared for years,"
        " so name a role or an organisation instead"
    )


def _is_suspect(file_text: str) -> bool:
    """Say quickly whether a file can hold any of it; an escape can hide what it spells."""
    return (
        "\\" in file_text
        or _SUSPECT_MAIL.search(file_text) is not None
        or _SUSPECT_NUMBER.search(file_text) is not None
    )


def check_people(path: str, assessment: Assessment, known: tuple[str, ...]) -> Iterator[Finding]:
    """Yield what looks like a person where a role or an organisation belongs; `known` are names of Places."""
    yield from check_roles(path, _roles(assessment), known)


def check_roles(path: str, roles: Iterable[tuple[Route, str]], known: tuple[str, ...]) -> Iterator[Finding]:
    """Yield the texts, each with the route to it, that look like a person; `known` are names of Places."""
    for route, text in roles:
        if _looks_like_person(text, known):
            message = (
                f"{quoted(text)} looks like the name of a person; name a role or an organisation,"
                " such as Place Director"
            )
            yield Finding(rules.PERSON_NAMED, path, message, route)


def personal_data_in(text: str) -> str | None:
    """Return what a text holds, such as `an e-mail address`; None if it holds nothing of the kind."""
    if _EMAIL.search(text):
        return "an e-mail address"
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"[^0-9]", "", match[0])
        if _is_nhs_number(digits):
            return "an NHS number"
        if match[0].startswith(("0", "(0")) and len(digits) in (10, 11):
            return "a telephone number"
        if match[0].startswith(("+", "(+")) and 9 <= len(digits) <= 15:
            return "a telephone number"
    return None


def _is_nhs_number(digits: str) -> bool:
    """Say whether ten digits have the check digit of an NHS number: modulus 11 of the first nine, weighted 10 to 2.

    NHS Data Dictionary, NHS NUMBER.
    """
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == int(digits[9]) and check != 10


def _roles(assessment: Assessment) -> Iterator[tuple[Route, str]]:
    if assessment.agreed and assessment.agreed.by:
        yield ("agreed", "by"), assessment.agreed.by
    for index, participant in enumerate(assessment.participants):
        # Many organisations are called after people; only a title tells that this is a person.
        if is_titled(participant.organisation):
            yield ("participants", index, "organisation"), participant.organisation
        if participant.role:
            yield ("participants", index, "role"), participant.role
    for theme, said in (assessment.themes or {}).items():
        for index, action in enumerate(said.actions):
            if action.owner:
                yield ("themes", theme, "actions", index, "owner"), action.owner


@lru_cache(maxsize=4096)
def _looks_like_person(text: str, known: tuple[str, ...]) -> bool:
    """Say whether a text looks like a person's name; the same roles come back in file after file."""
    return looks_personal(text, known) == "the name of a person"
