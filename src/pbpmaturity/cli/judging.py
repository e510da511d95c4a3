"""A Place's record held against readiness tests: what the verbs that show them need."""

import datetime

from pbpmaturity.cli.instruments import delegation_known
from pbpmaturity.cli.opening import Chosen
from pbpmaturity.report.readiness_view import Judged


def judged_on(chosen: Chosen, day: datetime.date, *, is_for_public: bool = False, is_for_paper: bool = False) -> Judged:
    """Return what readiness tests of a Place are judged on: its latest agreed assessment as of a day."""
    date = chosen.shelf.latest_by(day)
    return Judged(
        place=chosen.shelf.place,
        place_name=chosen.shelf.name,
        day=day,
        filed=chosen.shelf.take(date) if date else None,
        matrices=chosen.portfolio.matrices,
        delegation=delegation_known(chosen.portfolio),
        others=chosen.shelf.in_words(),
        months=chosen.portfolio.settings.review_every_months,
        is_for_public=is_for_public,
        is_for_paper=is_for_paper,
    )
