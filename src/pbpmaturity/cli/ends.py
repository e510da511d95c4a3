"""Which two assessments of a Place are compared."""

from pbpmaturity.cli.opening import Chosen, another
from pbpmaturity.errors import UsageError
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.selector import When


def ends(chosen: Chosen, to: str | None) -> tuple[FiledAssessment, FiledAssessment]:
    """Return the assessments to compare, the earlier one first; UsageError if they are not in that order."""
    shelf = chosen.shelf
    named = not chosen.is_by_default
    after = another(chosen, to) if to is not None else None
    if named:
        before = shelf.take(chosen.date_or("latest"))
        after = after or shelf.take(shelf.date_of(When("latest")))
    elif after is not None:
        before = shelf.take(agreed_before(chosen, after.assessment.date.text))
    else:
        before, after = shelf.take(shelf.date_of(When("previous"))), shelf.take(shelf.date_of(When("latest")))
    return in_order(before, after)


def agreed_before(chosen: Chosen, date: str) -> str:
    """Return the agreed date before another; UsageError if there is none."""
    before = chosen.shelf.agreed_before(date)
    if before is None:
        raise UsageError(f"{chosen.shelf.name} has no agreed assessment before {date} to compare with")
    return before


def in_order(before: FiledAssessment, after: FiledAssessment) -> tuple[FiledAssessment, FiledAssessment]:
    """Return two assessments as they are; UsageError if the first is not the earlier one."""
    then, now = before.assessment.date, after.assessment.date
    if then == now:
        raise UsageError(f"there is only the assessment of {then} to look at", "name an earlier one to compare with")
    if then > now:
        raise UsageError(
            f"the assessment to compare from ({then}) must be before the other ({now})",
            "give the earlier one first, as in: pbp diff PLACE@2023 2024",
        )
    return before, after
