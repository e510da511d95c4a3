"""What is said of a Place before and after a change of what it shares with others, in plain UK English."""

from collections.abc import Iterator, Sequence

from pbpmaturity.analysis.changes import ChangedFile
from pbpmaturity.analysis.headline import headline, stage_so_far
from pbpmaturity.analysis.overall import overall
from pbpmaturity.analysis.readiness import Condition, Readiness
from pbpmaturity.analysis.standing import ChangedPlace, ChangedResult, Standing
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.settings import Share
from pbpmaturity.report import words
from pbpmaturity.report.readiness_words import name_of

SHARES: dict[Share, str] = {
    "private": "kept to itself (share: private)",
    "system": "shared within the system (share: system)",
    "public": "public (share: public)",
}
UNUSABLE = "cannot be used as it is; run pbp validate"
_MOST_NAMED = 12


def place_lines(place: ChangedPlace) -> Iterator[str]:
    """Yield what is said otherwise of a Place: in pbp.yaml, in its headlines, and on readiness tests."""
    yield from _settings(place.before, place.after)
    yield from _headlines(place)
    for one in place.results:
        yield _result(one)


def same_headlines(places: Sequence[ChangedPlace]) -> str:
    """Return of which Places the headline is the same before and after; nothing if of none."""
    same = [one.after.name for one in places if one.after and one.after.filed and not _has_other_headline(one)]
    if not same:
        return ""
    named = ", ".join(same) if len(same) <= _MOST_NAMED else f"{len(same)} Places"
    return f"The headline is the same before and after: {named}."


def file_line(file: ChangedFile) -> str:
    """Return a file with what it holds and what has become of it."""
    if file.change == "new":
        return file.path
    became = {"removed": "removed", "unusable": UNUSABLE}.get(file.change)
    if became is None and file.holds is None and not file.differing:
        return file.path
    if file.is_newly_usable:
        became = "could not be used before"
    elif became is None and not file.differing:
        became = "says the same; only its layout or its comments differ"
    told = became or f"changed {', '.join(file.differing)}"
    return f"{file.path}: {file.holds}, {told}" if file.holds else f"{file.path}: {told}"


def headline_of(standing: Standing | None) -> str | None:
    """Return the headline of a Place at one time; None where there is none."""
    return headline(standing.filed) if standing and standing.filed else None


def _settings(before: Standing | None, after: Standing | None) -> Iterator[str]:
    if before and before.share is None:
        return
    if before and after and before.name != after.name:
        yield f"Called {before.name} before, and {after.name} now"
    was_listed, is_listed = bool(before and before.is_listed), bool(after and after.is_listed)
    then, now = before.share if before else None, after.share if after else None
    if was_listed and not is_listed:
        rest = f"; what is not listed counts as {SHARES[now]}" if now and now != then else ""
        yield f"Not listed in pbp.yaml any more; it was {_shared(then)}{rest}"
    elif is_listed and not was_listed:
        was = f"; before, it was {_shared(then)}" if then and then != now else ""
        yield f"Listed in pbp.yaml now: {_shared(now)}{was}"
    elif then != now and then and now:
        yield f"Was {_shared(then)}, and is {_shared(now)} now"


def _shared(share: Share | None) -> str:
    return SHARES[share or "system"]


def _headlines(place: ChangedPlace) -> Iterator[str]:
    before, after = place.before, place.after
    if before and _has_other_headline(place):
        shown = [one.filed for one in (before, after) if one and one.filed]
        yield from words.banners(*(filed.assessment for filed in shown))
        yield f"Headline before: {_said(before)}"
        yield f"Headline now: {_said(after)}"
        yield from _rules(*(words.overall_rules([filed]) for filed in shown))
    latest = after.filed.path if after and after.filed else ""
    yield from (_restated(was, now) for was, now in place.restated if now.path != latest)


def _rules(*rules: tuple[str, ...]) -> tuple[str, ...]:
    """Return how the overall stages came about, each with its time if they came about in two ways."""
    if len(set(rules)) < 2:
        return rules[0] if rules else ()
    return tuple(f"{time}: {rule}" for time, some in zip(("Before", "Now"), rules, strict=True) for rule in some)


def _has_other_headline(place: ChangedPlace) -> bool:
    return _said(place.before) != _said(place.after)


def _said(standing: Standing | None) -> str:
    if standing and standing.is_broken:
        return "none, since the assessment cannot be used; run pbp validate"
    return headline_of(standing) or "none, since there is no assessment"


def _restated(was: FiledAssessment, now: FiledAssessment) -> str:
    then, after = (stage_so_far(overall(one.assessment, one.matrix), one.matrix) for one in (was, now))
    date = now.assessment.date.shown()
    if then == after:
        return f"{date}: {headline(was)} before; {headline(now)} now"
    return f"{date}: {then} overall before, {after} overall now"


def _result(one: ChangedResult) -> str:
    judged = one.after or one.before
    assert judged is not None
    told = f"Readiness test {judged.test.title} ({judged.test.id}): {_then_and_now(one.before, one.after)}"
    conditions = [f"{_condition(one, key, was, now)}: {_then_and_now(was, now)}" for key, was, now in one.conditions]
    return f"{told} ({'; '.join(conditions)})" if conditions and one.before and one.after else told


def _then_and_now(before: Condition | Readiness | None, after: Condition | Readiness | None) -> str:
    then, now = (_RESULTS[one.result if one else None] for one in (before, after))
    return f"{then} before and now" if then == now else f"{then} before, {now} now"


_RESULTS = {"met": "met", "not-met": "not met", "not-known": "not known", None: "no result"}


def _condition(one: ChangedResult, key: str, was: Condition | None, now: Condition | None) -> str:
    """Return what a condition asks for, in the words of the matrix that it was judged on, else its key."""
    condition, judged = (now, one.after) if now else (was, one.before)
    if condition is None or judged is None or judged.filed is None or condition.kind == "matrix":
        return key
    return name_of(condition, judged, judged.filed.matrix)
