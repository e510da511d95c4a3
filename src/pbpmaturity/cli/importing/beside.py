"""New tallies beside all others of the Place that anybody can read: refused if they tell what a few people chose."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from pbpmaturity.analysis.latecomers import Known, Told, told_of_few
from pbpmaturity.analysis.tallies import Tallies, taken_away
from pbpmaturity.cli.importing.target import Target
from pbpmaturity.cli.output import tell
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import UsageError
from pbpmaturity.model.assessment import Assessment, Period
from pbpmaturity.model.settings import Privacy
from pbpmaturity.report.words import number
from pbpmaturity.workspace.guard import Unreadable
from pbpmaturity.workspace.layout import ASSESSMENTS
from pbpmaturity.workspace.source import read
from pbpmaturity.workspace.versions import Version, Versions, versions_of

_ONCE = "import once, when gathering is closed"
_MOST_NAMED = 5


def refuse_what_tells_of_few(target: Target, tallies: Tallies, gathered: Period | None, *, replace_all: bool) -> None:
    """Refuse tallies that tell what a few people chose beside others; what was not looked at is said.

    `--replace-all` is for the tallies of the draft itself, which are gone afterwards. It does not help against what
    stands in another file or in git, which are there still.
    """
    new = Known(target.name, target.name, tallies, *_times(gathered))
    known = [*_in_other_files(target), *_in_versions(target)]
    _tell_of_other_times([one for one in known if one.is_apart_from(new)])
    own = [Known(target.name, target.name, _counted(target.assessment))] if target.sha256 is not None else []
    found = told_of_few(new, [*known, *own], target.privacy)
    lasting = [one for one in found if one.beside != (target.name,)]
    if lasting:
        raise _refused(target, lasting, _lasting_hint(lasting))
    gone = taken_away(target.assessment, tallies)
    if replace_all:
        for one in found:
            tell(f"--replace-all: {_sentence(target, one)}")
        if gone:
            tell(f"--replace-all: of some themes no tally is left: {_names(target, gone)}")
        return
    hint = f"{_ONCE}; if nobody else has seen the first tallies, add --replace-all"
    if found:
        raise _refused(target, found, hint)
    if gone:
        raise UsageError(
            f"{target.name} has tallies already, and of some themes none would be left: {_names(target, gone)}", hint
        )


def _in_other_files(target: Target) -> Iterator[Known]:
    """Yield the tallies of the Place's other assessments on the same matrix, whichever its version."""
    for filed in target.shelf.portfolio.assessments:
        one = filed.assessment
        is_other = one.place == target.shelf.place and one.date != target.assessment.date
        if is_other and _matrix_id(one.matrix) == target.matrix.id:
            since, until = _times(one.gathered)
            name = f"{one.place}@{one.date}"
            yield Known(name, name, _counted(one), since, until or one.date.text)


def _in_versions(target: Target) -> Iterator[Known]:
    folder = f"{ASSESSMENTS}/{target.shelf.place}"
    files = {filed.path for filed in target.shelf.portfolio.assessments}
    versions = versions_of(target.root, folder, files)
    unread = []
    for version in versions.found:
        try:
            data = read(version.data).data
        except Unreadable:
            unread.append(version)
            continue
        if isinstance(data, Mapping) and _matrix_id(str(data.get("matrix", target.matrix.ref))) == target.matrix.id:
            yield _known(version, data, target)
    _tell_what_was_not_looked_at(versions, unread)


def _known(version: Version, data: Mapping[str, Any], target: Target) -> Known:
    """Return the tallies of a file that may say much else that no assessment can say by now."""
    since = until = None
    of = f"{target.shelf.place}@{PurePosixPath(version.path).stem}"
    if of != target.name:  # the same assessment is the same gathering, whatever it says of its time
        gathered = data.get("gathered")
        said = gathered if isinstance(gathered, Mapping) else {}
        since, until = _text(said.get("from")), _text(said.get("to")) or _text(data.get("date"))
    return Known(one_line(f"{version.path}{version.where}"), of, dict(_tallies(data.get("themes"))), since, until)


def _tallies(themes: Any) -> Iterator[tuple[str, dict[str, int]]]:
    for theme, said in themes.items() if isinstance(themes, Mapping) else ():
        views = said.get("views") if isinstance(said, Mapping) else None
        if isinstance(views, Mapping):
            counts = {cell: _count(value) for cell, value in views.items()}
            yield theme, {cell: count for cell, count in counts.items() if count}


def _count(value: Any) -> int:
    is_number = isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 6
    return int(value) if is_number else 0


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _counted(one: Assessment) -> Tallies:
    return {theme: said.views for theme, said in (one.themes or {}).items() if any(said.views.values())}


def _times(gathered: Period | None) -> tuple[str | None, str | None]:
    if gathered is None:
        return None, None
    return gathered.from_.text, gathered.to.text if gathered.to else None


def _matrix_id(ref: str) -> str:
    return ref.partition("@")[0]


def _tell_of_other_times(apart: Sequence[Known]) -> None:
    if apart:
        names = list(dict.fromkeys(one.where for one in apart if one.tallies))
        if names:
            tell(f"gathered at another time, so only held against as a whole: {_listed(names)}")


def _tell_what_was_not_looked_at(versions: Versions, unread: Sequence[Version]) -> None:
    for what in versions.not_looked_at:
        tell(f"not held against {one_line(what)}")
    if unread:
        names = [one_line(f"{one.path}{one.where}") for one in unread]
        tell(f"not held against what cannot be read: {_listed(names)}")


def _refused(target: Target, found: Sequence[Told], hint: str) -> UsageError:
    more = f"; so would they beside {len(found) - 1} others" if len(found) > 1 else ""
    return UsageError(f"{_sentence(target, found[0])}{more}", hint)


def _sentence(target: Target, one: Told) -> str:
    names = " and ".join(one.beside)
    if len(one.beside) == 1:
        have, which, both = "has", "which", "both together"
    else:
        have, which, both = "have", "which, taken together,", "all together"
    return (
        f"{names} {have} tallies already, from {which} these differ by {_few(target.privacy)} in some themes,"
        f" so that {both} would show what those few chose: {_names(target, one.themes)}"
    )


def _few(privacy: Privacy) -> str:
    """Return how few people are too few: `fewer than eight people, or fewer than three at one stage`."""
    few = [f"fewer than {number(privacy.fewest_seen)} people"]
    few += [f"fewer than {number(privacy.smallest_cell)} at one stage"] if privacy.smallest_cell > 1 else []
    few += ["some who all chose the same"] if privacy.all_alike == "withhold" else []
    return ", or ".join(few)


def _lasting_hint(found: Sequence[Told]) -> str:
    if any("/" in name for one in found for name in one.beside):
        return (
            f"{_ONCE}; whoever has the older version can read it, so --replace-all does not help: if nobody else has it"
            " yet, remove it first, from git too"
        )
    return f"{_ONCE}; if these are answers of another time, say of which with --gathered FROM..TO"


def _names(target: Target, themes: Sequence[str]) -> str:
    return ", ".join(one_line(theme.name) for theme in target.matrix.themes if theme.id in themes)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{', '.join(names[:_MOST_NAMED])}{more}"
