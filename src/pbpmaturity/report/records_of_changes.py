"""What has changed in a workspace as JSON."""

from pbpmaturity.analysis.changes import ChangedAssessment, Changes
from pbpmaturity.analysis.headline import headline, headline_of_movement
from pbpmaturity.analysis.standing import ChangedPlace, ChangedResult, Standing
from pbpmaturity.model.settings import Settings
from pbpmaturity.report.records import Record, assessment_record, moved_record


def changes_record(since: str, changes: Changes, settings: Settings) -> Record:
    """Return the document `pbp.changes/1`."""
    return {
        "schema": "pbp.changes/1",
        "since": since,
        "as_of": changes.day.isoformat() if changes.day else None,
        "assessments": [_change_record(one, settings) for one in changes.assessments],
        "places": [_place_record(one) for one in changes.places],
        "files": [one.path for one in changes.files],
        "changed_files": [
            {"path": one.path, "change": one.change, "holds": one.holds, "differing": list(one.differing)}
            for one in changes.files
        ],
    }


def _place_record(one: ChangedPlace) -> Record:
    return {
        "place": one.place,
        "before": _standing_record(one.before),
        "after": _standing_record(one.after),
        "restated": [{"path": now.path, "before": headline(was), "after": headline(now)} for was, now in one.restated],
        "readiness": [_result_record(result) for result in one.results],
    }


def _standing_record(one: Standing | None) -> Record | None:
    if one is None:
        return None
    return {
        "name": one.name,
        "listed": one.is_listed,
        "share": one.share,
        "date": one.filed.assessment.date.text if one.filed else None,
        "headline": headline(one.filed) if one.filed else None,
        "unusable": one.is_broken,
    }


def _result_record(one: ChangedResult) -> Record:
    judged = one.after or one.before
    assert judged is not None
    return {
        "test": judged.test.id,
        "before": one.before.result if one.before else None,
        "after": one.after.result if one.after else None,
        "conditions": [
            {
                "condition": key,
                "before": was.result if was else None,
                "after": now.result if now else None,
            }
            for key, was, now in one.conditions
        ],
    }


def _change_record(one: ChangedAssessment, settings: Settings) -> Record:
    return {
        "path": one.path,
        "place": one.place,
        "share": settings.shared_with(one.place),
        "date": one.date,
        "change": one.change,
        "before": assessment_record(one.before) if one.before else None,
        "after": assessment_record(one.after) if one.after else None,
        "headline": (headline_of_movement(one.since_last) if one.since_last else headline(one.after))
        if one.after
        else None,
        "since_last": [moved_record(theme) for theme in one.since_last.themes] if one.since_last else [],
        "restated": [moved_record(theme) for theme in one.restated],
        "other": list(one.other),
        "other_by_theme": [{"theme": theme, "keys": list(keys)} for theme, keys in one.other_by_theme],
        "amendments": [{"date": amendment.date.text, "reason": amendment.reason} for amendment in one.amendments],
    }
