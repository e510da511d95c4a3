"""Individual views, as tallies that identify nobody."""

from collections.abc import Mapping

from pbpmaturity.model.matrix import Matrix

FEWEST_SHOWN = 5


def shown_tally(views: Mapping[str, int], matrix: Matrix) -> tuple[tuple[str, int], ...] | None:
    """Return the tally by stage in matrix order; None if there is none or it counts fewer than five people."""
    if sum(views.values()) < FEWEST_SHOWN:
        return None
    return tuple((stage, views.get(stage, 0)) for stage in matrix.stage_ids)
