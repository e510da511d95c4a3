"""Readiness tests and the example remit on a terminal."""

from pbpmaturity.report.delegation_view import AreaView, DelegationView, QuestionView
from pbpmaturity.report.readiness_view import ReadinessView
from pbpmaturity.report.screen import Screen

WIDTH = 80


def readiness_text(view: ReadinessView, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return readiness tests, condition by condition, with what is recorded; the last line says what they are not."""
    screen = Screen(width, colour, 2)
    screen.banners(view.banners)
    screen.heading(view.headline)
    screen.paragraphs(view.about)
    for test in view.tests:
        screen.heading(f"{test.title}: {test.result.lower()}")
        screen.paragraphs(line for line in (test.note, test.area) if line)
        for one in test.conditions:
            screen.listed(f"{one.result}: {one.name}", [one.detail, *one.still_open])
    screen.paragraphs([view.closing])
    return screen.text()


def delegation_text(view: DelegationView, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return the service areas by group, each with the example remit in words."""
    screen = Screen(width, colour, 2)
    screen.heading(f"{view.title} ({view.ref})")
    _caution(screen, view)
    for title, areas in view.groups:
        screen.listed(title, [f"{area.name} ({area.id}): {area.remit}" for area in areas])
    screen.paragraphs(["One of them, with the questions to ask: pbp delegation AREA"])
    return screen.text()


def area_text(view: DelegationView, area: AreaView, *, width: int = WIDTH, colour: bool = False) -> str:
    """Return one service area: the example remit on each side, why it is read so, and the questions to ask."""
    screen = Screen(width, colour, 2)
    screen.heading(f"{area.name} ({area.id})")
    _caution(screen, view)
    said = (("The system", area.system_note), ("The Place", area.place_note), ("Why it is read so", area.basis))
    screen.listed(
        f"Example remit: {area.remit}", [f"{label}: {text}" for label, text in said if text] or ["No more is said."]
    )
    screen.listed("Questions to talk through", [_question(one) for one in view.questions])
    screen.paragraphs([view.reading])
    return screen.text()


def _caution(screen: Screen, view: DelegationView) -> None:
    screen.paragraphs([view.caution, *([f"Source: {view.source}."] if view.source else [])])


def _question(one: QuestionView) -> str:
    only = f"(For {one.only_for} only.) " if one.only_for else ""
    return f"{only}{one.question} {one.points}{f' Note: {one.note}' if one.note else ''}"
