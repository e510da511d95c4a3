"""What is not known, and what a board is asked, in sentences."""

from collections.abc import Iterator, Sequence

from pbpmaturity.analysis.movement import Movement
from pbpmaturity.analysis.overall import coverage, overall
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED, Theme
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.report import words

MAY_CHANGE = "The overall stage may change: "


def not_known(filed: FiledAssessment) -> Iterator[str]:
    """Yield what an assessment does not tell: themes without a stage, stages without evidence, unanswered criteria."""
    assessment, matrix = filed.assessment, filed.matrix
    if assessment.stated:
        yield "The stage of each theme was not published."
        return
    for state, label in ((NOT_ASSESSED, "Not assessed"), (NOT_APPLICABLE, "Judged not to apply")):
        names = [theme.name for theme in matrix.themes if assessment.state(theme.id) == state]
        if names:
            yield f"{label}: {'; '.join(names)}."
    settled = words.settledness(overall(assessment, matrix), coverage(assessment, matrix), matrix)
    if settled:
        yield f"{MAY_CHANGE}{settled}"
    rated = [theme for theme in matrix.themes if assessment.state(theme.id) in matrix.stage_ids]
    bare = [theme.name for theme in rated if not assessment.said_of(theme.id).evidence]
    if bare:
        yield f"No evidence is recorded for {_listed(bare, rated)}."
    unanswered = [theme.name for theme in rated if theme.criteria and not assessment.said_of(theme.id).criteria]
    if unanswered:
        yield f"The criteria were not gone through for {_listed(unanswered, rated)}."
    yield from _partly_recorded(filed, [theme for theme in rated if theme.name not in unanswered])


def _listed(names: Sequence[str], rated: Sequence[Theme]) -> str:
    """Return themes by their names, or as any of those that have a stage where all are meant."""
    if 1 < len(names) == len(rated):
        return f"any of the {len(names)} themes that have a stage"
    return f"these themes: {'; '.join(names)}" if len(names) > 1 else names[0]


def _partly_recorded(filed: FiledAssessment, themes: Sequence[Theme]) -> Iterator[str]:
    """Yield how many criteria are not recorded in themes where some are."""
    recorded = sum(len(filed.assessment.said_of(theme.id).criteria) for theme in themes)
    asked = sum(len(theme.criterion_ids) for theme in themes)
    if recorded < asked:
        where = "" if len(themes) == len(filed.matrix.themes) else " of the other themes"
        yield f"{asked - recorded} of {asked} criteria{where} are not recorded."


def asked_of_the_board(filed: FiledAssessment, moved: Movement | None, still_open: int) -> Iterator[str]:
    """Yield what a board is asked where nobody has said it: a list that goes on from `The board is asked to`.

    Of what was published elsewhere nobody is asked anything.
    """
    assessment = filed.assessment
    if assessment.provenance == "published-summary":
        return
    if assessment.status == "draft":
        yield "agree this self-assessment, or say what should change first"
    else:
        yield f"note this self-assessment of {assessment.date.shown()}"
    down = [one.name for one in moved.themes if one.direction == "down"] if moved else []
    if down:
        yield f"discuss what would help with {_which(down, 'slipped')}"
    left = [theme.name for theme in filed.matrix.themes if assessment.state(theme.id) == NOT_ASSESSED]
    if left and assessment.stated is None:
        none = len(left) == len(filed.matrix.themes)
        yield f"say whether and when to assess {'the themes' if none else _which(left, 'not assessed')}"
    if still_open:
        yield f"support the {'action' if still_open == 1 else f'{still_open} actions'} still open"


def _which(names: Sequence[str], what: str) -> str:
    if len(names) == 1:
        return f"the theme that {'has' if what == 'slipped' else 'was'} {what}, {names[0]}"
    return f"the {len(names)} themes that {'have' if what == 'slipped' else 'were'} {what}: {'; '.join(names)}"
