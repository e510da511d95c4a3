"""Results as JSON for other programs; docs/json.md describes each document."""

import datetime
import json
from collections.abc import Sequence
from typing import Any

from pbpmaturity.analysis.actions import NumberedAction
from pbpmaturity.analysis.claim import Verdict
from pbpmaturity.analysis.comparison import Comparison
from pbpmaturity.analysis.criteria import criteria_support
from pbpmaturity.analysis.headline import headline_of_movement
from pbpmaturity.analysis.history import History
from pbpmaturity.analysis.movement import Movement, ThemeMovement
from pbpmaturity.analysis.overall import coverage, overall
from pbpmaturity.analysis.views import shown_tally, views_of
from pbpmaturity.diagnostics.visible import visible_json
from pbpmaturity.model.assessment import Stated
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment

Record = dict[str, Any]


def as_json(record: Record) -> str:
    """Return a record as text; unseen characters are escaped, so a terminal shows it as it is."""
    return visible_json(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"


def show_record(filed: FiledAssessment) -> Record:
    """Return the document `pbp.show/1`."""
    assessment = filed.assessment
    return {
        "schema": "pbp.show/1",
        **assessment_record(filed),
        "method": assessment.method,
        "agreed": _filled(assessment.agreed, ("by", "date", "minute")) if assessment.agreed else None,
        "summary": assessment.summary,
        "stated": _stated_record(assessment.stated) if assessment.stated else None,
        "themes": [_theme_record(filed, theme) for theme in filed.matrix.theme_ids],
    }


def diff_record(moved: Movement | None, verdict: Verdict | None = None) -> Record:
    """Return the document `pbp.diff/1`; without a movement, only the verdict on a claim."""
    counts = moved.counts if moved else None
    return {
        "schema": "pbp.diff/1",
        "headline": headline_of_movement(moved) if moved else None,
        "from": assessment_record(moved.before) if moved else None,
        "to": assessment_record(moved.after) if moved else None,
        "themes": [moved_record(theme) for theme in (moved.themes if moved else ())],
        "counts": counts
        and {
            "up": counts.up,
            "same": counts.same,
            "down": counts.down,
            "newly_assessed": counts.newly_assessed,
            "no_longer_assessed": counts.no_longer_assessed,
            "not_assessed": counts.not_assessed,
        },
        "notes": list(moved.notes) if moved else [],
        "expect": verdict and {"claim": verdict.claim, "holds": verdict.holds, "reason": verdict.reason},
    }


def moved_record(theme: ThemeMovement) -> Record:
    return {
        "theme": theme.theme,
        "name": theme.name,
        "from": theme.from_state,
        "to": theme.to_state,
        "movement": theme.direction,
        "steps": theme.steps,
    }


def history_record(told: History) -> Record:
    """Return the document `pbp.history/1`."""
    place = told.files[0].assessment.place
    return {
        "schema": "pbp.history/1",
        "place": place,
        "assessments": [
            {
                **assessment_record(entry.filed),
                "method": entry.filed.assessment.method,
                "not_compared_because": entry.obstacle,
                "notes": list(entry.since.notes) if entry.since else [],
            }
            for entry in told.entries
        ],
        "themes": [
            {"theme": one.theme, "name": one.name, "stages": list(one.states), "movements": list(one.movements)}
            for one in told.themes
        ],
    }


def comparison_record(told: Comparison, day: datetime.date | None, review_months: int) -> Record:
    """Return the document `pbp.compare/1`; `stale` is null without a day."""
    return {
        "schema": "pbp.compare/1",
        "as_of": day.isoformat() if day else None,
        "places": [
            {
                **assessment_record(filed),
                "name": filed.place_name,
                "method": filed.assessment.method,
                "stale": filed.assessment.date.is_older_than(review_months, day) if day else None,
            }
            for filed in told.files
        ],
        "left_out": [{"place": one.place, "name": one.name, "reason": one.reason} for one in told.left_out],
        "themes": [{"theme": one.theme, "name": one.name, "stages": one.states} for one in told.themes],
        "learning": [{"theme": one.theme, "learner": one.learner, "from": one.source} for one in told.learning],
        "pairs": [{"a": one.a, "b": one.b, "relation": one.relation, "shared": one.shared} for one in told.pairs],
    }


def actions_record(actions: Sequence[NumberedAction], day: datetime.date) -> Record:
    """Return the document `pbp.actions/1`."""
    return {
        "schema": "pbp.actions/1",
        "as_of": day.isoformat(),
        "actions": [
            {
                "place": one.filed.assessment.place,
                "date": one.filed.assessment.date.text,
                "provenance": one.filed.assessment.provenance,
                "status": one.filed.assessment.status,
                "number": one.number,
                "theme": one.theme,
                "overdue": one.is_overdue(day),
                "action": one.action.action,
                "owner": one.action.owner,
                "due": _text(one.action.due),
            }
            for one in actions
        ],
    }


def views_record(filed: FiledAssessment) -> Record:
    """Return the document `pbp.views/1`; of a tally that may not be seen it says only that it is withheld."""
    return {
        "schema": "pbp.views/1",
        **assessment_record(filed),
        "method": filed.assessment.method,
        "themes": [
            {
                "theme": one.theme,
                "ratings": one.ratings,
                "withheld": one.is_withheld,
                "tally": dict(one.tally) if one.tally else None,
                "lowest": one.lowest,
                "highest": one.highest,
                "middle": one.middle,
                "agreement": one.agreement,
            }
            for one in views_of(filed)
        ],
    }


def matrix_record(matrix: Matrix, theme_id: str | None = None) -> Record:
    """Return a matrix in the shape of its file, whole or with one theme."""
    record: Record = {"schema": "pbp.matrix/1", **matrix.model_dump(by_alias=True, exclude_unset=True)}
    if theme_id is not None:
        record["themes"] = [theme for theme in record["themes"] if theme["id"] == theme_id]
    return record


def assessment_record(filed: FiledAssessment) -> Record:
    """Return what every object that stands for an assessment has."""
    assessment, covered = filed.assessment, coverage(filed.assessment, filed.matrix)
    return {
        "place": assessment.place,
        "date": assessment.date.text,
        "matrix": assessment.matrix,
        "status": assessment.status,
        "provenance": assessment.provenance,
        "assessed": covered.assessed,
        "themes_total": covered.themes_total,
        "overall": _overall_record(filed),
    }


def _overall_record(filed: FiledAssessment) -> Record:
    result = overall(filed.assessment, filed.matrix)
    themes = result.themes_to_change
    return {
        "stage": result.stage,
        "settled": result.settled,
        "lowest": result.lowest,
        "highest": result.highest,
        "rule": result.rule,
        "distribution": [{"stage": stage, "count": count} for stage, count in result.distribution],
        "minimum": result.minimum,
        "most_common": list(result.most_common),
        "themes_to_change": themes and {"up": themes.up, "down": themes.down},
    }


def _theme_record(filed: FiledAssessment, theme_id: str) -> Record:
    said, theme = filed.assessment.said_of(theme_id), filed.matrix.theme(theme_id)
    assert theme is not None
    support = criteria_support(said, theme, filed.matrix)
    tally = shown_tally(said.views, filed.matrix, filed.privacy)
    return {
        "theme": theme_id,
        "name": theme.name,
        "stage": said.stage,
        "criteria": support
        and {
            "at_least": support.at_least,
            "at_most": support.at_most,
            "answered": support.answered,
            "total": support.criteria_total,
        },
        "rationale": said.rationale,
        "dissent": said.dissent,
        "evidence": [_filled(one, ("title", "link", "date")) for one in said.evidence],
        "target": _filled(said.target, ("stage", "by")) if said.target else None,
        "actions": [_filled(one, ("action", "owner", "due", "status")) for one in said.actions],
        "views": dict(tally) if tally else None,
    }


def _stated_record(stated: Stated) -> Record:
    source = _filled(stated.source, ("title", "publisher", "date", "locator", "link"))
    return {"overall": stated.overall, "note": stated.note, "source": source}


def _filled(value: Any, keys: tuple[str, ...]) -> Record:
    """Return a value's fields, absent ones as null."""
    return {key: _text(getattr(value, key)) for key in keys}


def _text(value: Any) -> str | None:
    return str(value) if value is not None else None
