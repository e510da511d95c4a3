"""Which of the files that results of several Places rest on have changed since a revision, and in what."""

from collections.abc import Iterable
from pathlib import Path

from pbpmaturity.analysis.changes import Change, ChangedFile, differing_keys
from pbpmaturity.analysis.wording import differences
from pbpmaturity.cli.as_it_was import AsItWas
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import Portfolio
from pbpmaturity.model.readiness_test import ReadinessTest
from pbpmaturity.model.settings import Settings
from pbpmaturity.workspace.layout import DELEGATION, FLAT_FOLDERS, SETTINGS
from pbpmaturity.workspace.revision import Revision
from pbpmaturity.workspace.shipped import shipped_matrices


def is_of_workspace(path: str) -> bool:
    """Say whether a file is one that results rest on, other than an assessment."""
    return path == SETTINGS or path.startswith(tuple(f"{folder}/" for folder in FLAT_FOLDERS))


def changed_files(
    root: Path, paths: Iterable[str], revision: Revision, then: AsItWas, now: Portfolio
) -> tuple[ChangedFile, ...]:
    """Return what has become of files that differ since a revision."""
    before, after = _held(then.portfolio), _held(now)
    return tuple(
        _changed(
            path,
            before.get(path) if path in revision.then else None,
            after.get(path) if (root / path).exists() else None,
            "new" if path not in revision.then else "changed" if (root / path).exists() else "removed",
        )
        for path in paths
    )


Held = Settings | Matrix | ReadinessTest


def _held(portfolio: Portfolio) -> dict[str, Held]:
    # A matrix that ships is in the way of no file that is called like it: that one may be at fault.
    shipped = {ref: origin for ref, (_, origin) in shipped_matrices().items()}
    own = {ref: origin for ref, origin in portfolio.matrix_inputs.items() if origin is not shipped.get(ref)}
    values: dict[str, Held] = {origin.path: portfolio.matrices[ref] for ref, origin in own.items()}
    values |= {one.input.path: one.test for one in portfolio.readiness_tests}
    if portfolio.settings_input:
        values[SETTINGS] = portfolio.settings
    return values


def _changed(path: str, then: Held | None, now: Held | None, change: Change) -> ChangedFile:
    if change == "removed":
        return ChangedFile(path, change, _name(then))
    if now is None and not path.startswith(f"{DELEGATION}/"):
        return ChangedFile(path, "unusable", _name(then))
    if then is None or now is None:
        return ChangedFile(path, change, _name(now), is_newly_usable=change == "changed" and now is not None)
    return ChangedFile(path, change, _name(now), _differing(then, now))


def _name(held: Held | None) -> str | None:
    if isinstance(held, Matrix):
        return f"{held.title} ({held.ref})"
    return f"{held.title} ({held.id})" if isinstance(held, ReadinessTest) else None


def _differing(then: Held, now: Held) -> tuple[str, ...]:
    if isinstance(then, Matrix) and isinstance(now, Matrix):
        named = [key for key in ("id", "version") if getattr(then, key) != getattr(now, key)]
        notes = ("notes or sources",) if then != now and not named and not differences(then, now) else ()
        return (*named, *differences(then, now), *notes)
    return differing_keys(then, now, opened="requires" if isinstance(now, ReadinessTest) else "")
