"""What looks like a person and not like a role or an organisation."""

import re

_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Revd?)\.? [A-Z][a-z]")
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ](?:[a-zà-öø-ÿ]|['’][A-Z]|[a-z][A-Z])+(?:-[A-Z][a-zà-öø-ÿ]+)?")
_INITIAL = re.compile(r"[A-Z]\.?")
# Words of roles and organisations: a name of a person has none of them.
_NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
        academy accountable action adult adults advice adviser advisor advocacy advocate age agency alliance ambulance
        analyst and assistant association authority bank board borough business caldicott cancer care carer carers
        central chair champion charity chief children church citizens city civic clerk clinical coach college
        commissioner commissioning committee community company connector consortium constable consultant coordinator
        corporate council councils county cross data delivery dementia deputy detective development digital director
        disability district division east england estates executive expert facilitator faith federation finance fire
        first food foodbank forum foundation friends fund general governance governor group guardian head health
        healthcare healthwatch help holder home hospice hospital hospitals housing hub improvement information inspector
        integrated integration intelligence interim jobcentre joint lead leader learning leisure library local locality
        london manager managing medical member mental midwife mind minister ministry navigator neighbourhood network new
        nhs north nurse nursing office officer operations organisation owner parish park partner partners partnership
        patient patients people performance pharmacist pharmacy physician place planning plus point police policy
        portfolio practice practitioner prescriber primary principal probation programme project proposals protection
        provider public quality radio recovery region regional registrar rep representative rescue research resident
        residents royal safety school secretary senior sergeant service services social society south sponsor sports
        staff standards strategic strategy stroke superintendent support supported surgery sustainability system teacher
        team technology things town trading transformation transport treasurer trust trustee turning union university
        valley vice village voice voluntary volunteer volunteers west whole women worker workforce works young youth
        """,
    )
)


def looks_personal(text: str, known: tuple[str, ...] = ()) -> str | None:
    """Return what a text looks like, `an e-mail address` or `the name of a person`; None for a role or organisation.

    `known` are names, such as those of Places, whose words are not taken for a person's. This guesses; people decide.
    """
    if _EMAIL.search(text):
        return "an e-mail address"
    familiar = _NOT_NAMES | {word.lower() for name in known for word in re.split(r"[\s-]+", name)}
    parts = (part.split() for part in re.split(r"[,;:/()]|\s-\s", text))
    is_name = _TITLED.search(text) or any(_is_name(words, familiar) for words in parts)
    return "the name of a person" if is_name else None


def is_titled(text: str) -> bool:
    """Say whether a text names somebody with a title, such as Dr or Cllr, or by an e-mail address."""
    return _TITLED.search(text) is not None or _EMAIL.search(text) is not None


def how_told() -> dict[str, str | list[str]]:
    """Return what looks_personal goes by, for a page that asks the same question by itself."""
    return {
        "email": _EMAIL.pattern,
        "titled": _TITLED.pattern,
        "name": _NAME.pattern,
        "initial": _INITIAL.pattern,
        "notNames": sorted(_NOT_NAMES),
    }


def _is_name(words: list[str], familiar: frozenset[str]) -> bool:
    """Say whether two to four words are all capitalised, or initials, and none is of a role or an organisation."""
    names = [word for word in words if _NAME.fullmatch(word)]
    initials = [word for word in words if _INITIAL.fullmatch(word)]
    is_like_one = 2 <= len(words) <= 4 and names and len(names) + len(initials) == len(words)
    return bool(is_like_one) and not any(word.lower() in familiar for word in words)
