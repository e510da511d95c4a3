"""Papers of every shape that slides must hold, from an empty one to far too much."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace

from building import filed, small_matrix

from pbpmaturity.analysis.movement import movement
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report.audience import Audience
from pbpmaturity.report.paper import LAST_TIME, Paper, Subject, paper_of

REASON = "The post that did this work ended in September, and nobody has been found to go on with it since then. "
LONG_NAMES = {
    "title": "Long",
    "themes": tuple(
        {"id": f"t{at}", "name": f"Working together across neighbourhoods on what matters to people, part {at}"}
        for at in range(1, 21)
    ),
}
_SEVEN = ("initial", "repeatable", "defined", "quantitatively-managed", "optimising", "renewing", "self-sustaining")


def paper(
    now: FiledAssessment,
    before: FiledAssessment | None = None,
    *,
    audience: Audience = "partners",
    place: str | None = None,
    **more: object,
) -> Paper:
    """Return a paper on an assessment, compared with an earlier one if there is one."""
    named = [replace(one, place_name=place or one.place_name) for one in (now, *([before] if before else []))]
    moved = movement(named[1], named[0]) if before else None
    return paper_of(Subject(filed=named[0], moved=moved, audience=audience, **more))  # type: ignore[arg-type]


def said(letters: str, matrix: Matrix | None = None, *, date: str = "2025-01-15", **each: object) -> FiledAssessment:
    """Return an assessment in which the same is said of each theme: `rationale`, `actions`, `target` and so on."""
    themes = {f"t{at}": each for at in range(1, len(letters) + 1)}
    return filed(letters, matrix=matrix, date=date, said=themes)


def _forty() -> Paper:
    files = []
    for at in range(40):
        date = f"{2015 + at // 4}-{at % 4 * 3 + 1:02}"
        files.append(said("dmemd" if at % 4 == 3 else "mmmmd", date=date, rationale=REASON))
    return paper(files[-1], files[-2], since=LAST_TIME, since_first=movement(files[0], files[-1]))


def _forty_slips() -> Paper:
    themes = tuple({"id": f"t{at}", "name": f"Number {at}: {REASON * 2}"} for at in range(1, 41))
    now = said("e" * 40, small_matrix(40, themes=themes), rationale=REASON * 3)
    return paper(now, said("m" * 40, small_matrix(40, themes=themes), date="2024-01-17"))


def _too_much() -> Paper:
    actions = tuple(
        {"action": f"Number {at}: {REASON * 4}", "owner": "A long title of an office " * 4, "due": f"2025-0{at}-15"}
        for at in range(1, 9)
    )
    now = said("e" * 20, small_matrix(20, **LONG_NAMES), rationale=REASON * 20, actions=actions)
    before = said("m" * 20, small_matrix(20, **LONG_NAMES), date="2024-01-17")
    asks = tuple(f"agree, as number {at}, that {REASON * 5}" for at in range(1, 12))
    return paper(now, before, asks=asks, place="The Place of " + "Northam and " * 40, day=datetime.date(2025, 6, 1))


def _seven() -> Paper:
    matrix = small_matrix(7, stage_ids=_SEVEN)
    now = {theme: {"stage": stage} for theme, stage in zip(matrix.theme_ids, _SEVEN, strict=True)}
    then = {theme: {"stage": "defined"} for theme in matrix.theme_ids}
    return paper(filed("-" * 7, matrix=matrix, date="2025-01", said=now), filed("-" * 7, matrix=matrix, said=then))


def _endless() -> Paper:
    """Return a paper whose tables cannot hold any of the words in their columns."""
    names = tuple({"id": f"t{at}", "name": f"{at}{'m' * 200}"} for at in (1, 2))
    matrix = small_matrix(2, stage_ids=("e" * 60, "m" * 60), themes=names)
    now, then = ({theme: {"stage": stage} for theme in ("t1", "t2")} for stage in matrix.stage_ids)
    return paper(filed("--", matrix=matrix, date="2025-01", said=now), filed("--", matrix=matrix, said=then))


def _twenty(**more: object) -> Paper:
    letters = "demt-" * 4
    now, before = said(letters, small_matrix(20, **more)), said("d" * 20, small_matrix(20, **more), date="2024-01-17")
    return paper(now, before)


CASES: Mapping[str, Callable[[], Paper]] = {
    "one theme": lambda: paper(filed("d", date="2025-01"), filed("e")),
    "first": lambda: paper(said("deee", date="2024-01-17", rationale=REASON)),
    "nothing moved": lambda: paper(filed("demt", date="2025-01"), filed("demt")),
    "only slips": lambda: paper(said("eeee", rationale=REASON), filed("dmtt")),
    "not assessed": lambda: paper(filed("----", date="2025-01")),
    "some not assessed": lambda: paper(filed("d--x", date="2025-01"), filed("-e-d")),
    "draft": lambda: paper(filed("demm", date="2025-01", status="draft"), filed("deee")),
    "stated": lambda: paper(filed(None, stated="developing", date="2025-01"), filed(None, stated="emerging")),
    "seven stages": _seven,
    "twenty themes": _twenty,
    "twenty long names": lambda: _twenty(**LONG_NAMES),
    "forty themes": lambda: paper(filed("demt" * 10, date="2025-01"), filed("eeee" * 10)),
    "forty assessments": _forty,
    "too much": _too_much,
    "forty slips": _forty_slips,
    "long reasons": lambda: paper(said("deed", rationale=REASON * 12), said("eddd", date="2024-01-17")),
    "a word without end": lambda: paper(filed("de", date="2025-01"), filed("ed"), place="x" * 300),
    "words without end in every column": _endless,
    "public": lambda: paper(said("eeee", rationale=REASON), filed("dmtt"), audience="public"),
}
"""Each kind of paper by name, made when asked for."""
