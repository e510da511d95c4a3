"""The drafts that an import writes: one, or one for each Place of a survey; all of them, or none if one is refused."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pbpmaturity.analysis.tallies import Tallies, tallied
from pbpmaturity.cli.advice import PATIENCE, kept_if_not_saved, say_that_others_write
from pbpmaturity.cli.editing import keep_schema
from pbpmaturity.cli.importing import telling
from pbpmaturity.cli.importing.beside import refuse_what_tells_of_few
from pbpmaturity.cli.importing.gathering import Options, Voices, gather_by_place, place_names
from pbpmaturity.cli.importing.target import Target, find_target
from pbpmaturity.cli.loading import load
from pbpmaturity.cli.opening import default_matrix, open_root
from pbpmaturity.cli.output import shown_path, tell
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import UsageError
from pbpmaturity.exchange.of_places import OfPlaces
from pbpmaturity.model.assessment import Assessment, Period
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.workspace.drafting import NotSaved, held, sha256_of, turn_at


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its new tallies, and what it will say; `again` makes it anew of the file as it is by then."""

    target: Target
    tallies: Tallies
    after: Assessment
    again: Callable[[], "Draft"]


def draft_of(
    target: Target, voices: Voices, period: Period | None, find: Callable[[], Target], *, replace_all: bool
) -> Draft:
    """Return a draft with the tallies of what people said; UsageError where they would tell what a few chose.

    `find` returns the target as it is when it is called, since somebody may write to it meanwhile.
    """
    tallies = tallied(voices.ratings, target.matrix, target.privacy)
    after = target.with_tallies(tallies, period)
    refuse_what_tells_of_few(target, tallies, after.gathered, replace_all=replace_all)
    return Draft(target, tallies, after, lambda: draft_of(find(), voices, period, find, replace_all=replace_all))


def drafts_by_place(
    files: Sequence[Path],
    column: str,
    date: str,
    today: datetime.date,
    workspace: Path | None,
    options: Options,
    period: Period | None,
    *,
    replace_all: bool,
) -> list[Draft]:
    """Return a draft for each Place that a column names; a new one only if it would have a tally."""
    root = open_root(workspace)
    portfolio = load(root)
    matrix = default_matrix(portfolio)
    voices = gather_by_place(files, root, matrix, OfPlaces(place_names(portfolio), None, column), options)
    finds = {place: partial(_target, place, date, today, workspace, matrix) for place in voices}
    targets = {place: find() for place, find in finds.items()}
    drafts = [
        draft_of(target, voices[place], period, finds[place], replace_all=replace_all)
        for place, target in targets.items()
    ]
    return list(_worth_writing(drafts))


def write(drafts: Sequence[Draft]) -> None:
    """Write drafts, all of whose files are held before the first is written; what others wrote meanwhile stays."""
    with kept_if_not_saved(), ExitStack() as stack:
        for draft in drafts:
            stack.enter_context(turn_at(draft.target.path, patience=PATIENCE, waits=say_that_others_write))
        drafts = [_as_it_is_now(draft) for draft in drafts]
        files = [stack.enter_context(held(draft.target.path, sha256=draft.target.sha256)) for draft in drafts]
        for number, (draft, file) in enumerate(zip(drafts, files, strict=True), 1):
            try:
                file.save(draft.after, file.position)
            except NotSaved:
                _tell_not_written(drafts[number:])
                raise
            tell(f"Saved in {shown_path(file.path)}.")
    for draft in drafts[:1]:
        keep_schema(draft.target.root, draft.target.matrix)


def _as_it_is_now(draft: Draft) -> Draft:
    return draft if sha256_of(draft.target.path) == draft.target.sha256 else draft.again()


def _target(place: str, date: str, today: datetime.date, workspace: Path | None, matrix: Matrix) -> Target:
    target = find_target(place, date, today, workspace)
    if target.matrix.ref != matrix.ref:
        raise UsageError(
            f"{target.name} uses the matrix {target.matrix.ref}, and --by-place reads sheets by {matrix.ref}",
            f"import that Place by itself, with --place {place} and --where",
        )
    return target


def _worth_writing(drafts: Sequence[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        if draft.tallies or draft.target.sha256 is not None:
            yield draft
        else:
            none = telling.why_none(draft.target.privacy)
            tell(f"{one_line(draft.target.shelf.name)}, each theme: {none}, so no draft is made")


def _tell_not_written(rest: Sequence[Draft]) -> None:
    if rest:
        tell(f"not written: {', '.join(draft.target.name for draft in rest)}")
