"""One-time codes at the door: the lists that were handed out, and which participants' files they let in."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.individual_view import IndividualView
from pbpmaturity.model.one_time_code import read_code
from pbpmaturity.workspace.code_lists import MAX_BYTES, codes_in
from pbpmaturity.workspace.individual_views import lies_in, read_bytes

Named = tuple[str, IndividualView]


@dataclass(frozen=True, slots=True)
class Admitted:
    """The views that are counted, one a code, and the names of the files that are not, by the reason."""

    views: tuple[Named, ...]
    copies: tuple[tuple[str, str], ...]
    without: tuple[str, ...]
    unknown: tuple[str, ...]
    shared: tuple[str, ...]


def read_lists(paths: Sequence[Path], root: Path) -> frozenset[str]:
    """Return the codes of all lists together; UsageError or UnusableInput if one cannot be used."""
    codes: set[str] = set()
    for path in paths:
        name = path.as_posix()
        if lies_in(path, root):
            raise UsageError(
                f"--codes {quoted(name)} lies in the workspace, where codes do not belong",
                "move it to a place that only those who gather the views can open",
            )
        codes |= codes_in(read_bytes(path, MAX_BYTES), name)
    return frozenset(codes)


def admit(read: Sequence[Named], codes: frozenset[str]) -> Admitted:
    """Return which views are counted: those with a code of the lists that stands in no other view.

    Of two different files with one code neither can be told from a forgery, so none of them is counted; copies of
    one file are one.
    """
    without: list[str] = []
    unknown: list[str] = []
    by_code: dict[str, list[Named]] = defaultdict(list)
    for name, view in read:
        code = read_code(view.code or "")
        if not (view.code or "").strip():
            without.append(name)
        elif code in codes:
            by_code[code].append((name, view))
        else:
            unknown.append(name)
    alone = [held for held in by_code.values() if _are_alike(held)]
    shared = [name for held in by_code.values() if not _are_alike(held) for name, _ in held]
    return Admitted(
        views=tuple(held[0] for held in alone),
        copies=tuple(pair for held in alone for pair in _copies(held)),
        without=tuple(without),
        unknown=tuple(unknown),
        shared=tuple(shared),
    )


def _are_alike(held: Sequence[Named]) -> bool:
    return all(view == held[0][1] for _, view in held)


def _copies(held: Sequence[Named]) -> Iterator[tuple[str, str]]:
    first = held[0][0]
    return ((first, name) for name, _ in held[1:])
