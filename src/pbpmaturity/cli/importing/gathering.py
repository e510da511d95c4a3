"""All the files that were given, read in memory: what was chosen, and nothing of who chose it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pbpmaturity.cli.importing import telling
from pbpmaturity.cli.importing.codes import Named, admit
from pbpmaturity.cli.importing.target import Target
from pbpmaturity.cli.output import tell
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.exchange.headings import Correction, Headings, Matching, refuse_unused
from pbpmaturity.exchange.responses import Responses, are_answers, read_responses
from pbpmaturity.exchange.sheets import MAX_BYTES as MOST_OF_A_SHEET
from pbpmaturity.exchange.sheets import Sheet, read_sheet
from pbpmaturity.model.individual_view import IndividualView
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED, Matrix
from pbpmaturity.workspace.individual_views import VIEW_ENDINGS, files_in, read_bytes, read_view, refuse_inside
from pbpmaturity.workspace.source import MAX_BYTES as MOST_OF_A_VIEW


@dataclass(frozen=True, slots=True)
class Voices:
    """What people chose, a person an item, and what they wrote by theme; it shows nothing of itself."""

    ratings: Sequence[Mapping[str, str]] = field(repr=False)
    comments: Mapping[str, Sequence[str]] = field(repr=False)


def gather(
    paths: Sequence[Path],
    target: Target,
    maps: Sequence[str],
    *,
    with_comments: bool,
    codes: frozenset[str] = frozenset(),
) -> Voices:
    """Return what all files say, and tell of each how it was read; UsageError or UnusableInput if one cannot be.

    If there are codes, only participants' files that hold one of them are counted.
    """
    refuse_inside(paths, target.root)
    given = files_in(paths)
    refuse_inside(given.files, target.root)
    if given.passed_over:
        tell(telling.passed_over(given.passed_over))
    headings = Headings(target.matrix)
    corrections = headings.corrections(maps)
    views = _views([path for path in given.files if _is_view(path)], target, codes)
    sheets = _sheets([path for path in given.files if not _is_view(path)], headings, corrections, target.matrix)
    responses = [(sheet.name, _responses(sheet, matching, target, with_comments)) for sheet, matching in sheets]
    _refuse_copies(responses)
    ratings = [*(_ratings(view) for view in views), *(one.ratings for _, found in responses for one in found.rated)]
    rated = [rating for rating in ratings if rating]
    if not rated:
        raise UsageError("nobody has rated any theme in the files given, so nothing was written")
    tell(telling.people(len(rated)))
    written = [one.comments for _, found in responses for one in found.given]
    written += [_comments(view) for view in views] if with_comments else []
    comments = {theme: [one[theme] for one in written if theme in one] for theme in target.matrix.theme_ids}
    return Voices(rated, comments)


def _is_view(path: Path) -> bool:
    return path.suffix.lower() in VIEW_ENDINGS


def _views(paths: Sequence[Path], target: Target, codes: frozenset[str]) -> list[IndividualView]:
    """Return the views that participants' files hold, each person's once."""
    if codes and not paths:
        raise UsageError("--codes is for participants' files, and none is given", "a sheet holds no codes")
    read = [(path.as_posix(), read_view(read_bytes(path, MOST_OF_A_VIEW), path.as_posix())) for path in paths]
    views = _with_codes(read, target, codes) if codes else _by_id(read, target)
    if read:
        tell(telling.views_read(len(views), sum(not _ratings(view) for view in views)))
    return views


def _with_codes(read: Sequence[Named], target: Target, codes: frozenset[str]) -> list[IndividualView]:
    found = admit(read, codes)
    for name, view in found.views:
        _refuse_another(view, name, target)
    for first, second in found.copies:
        tell(telling.counted_once(first, second))
    tell(telling.by_codes(found, len(codes)))
    return [view for _, view in found.views]


def _by_id(read: Sequence[Named], target: Target) -> list[IndividualView]:
    by_id: dict[str, Named] = {}
    for name, view in read:
        _refuse_another(view, name, target)
        first, known = by_id.setdefault(view.id, (name, view))
        if known != view:
            raise UsageError(
                f'"{first}" and "{name}" are two versions of one person\'s view',
                "leave out the one that is out of date",
            )
        if known is not view:
            tell(telling.counted_once(first, name))
    if read:
        tell(telling.cannot_tell(sum(bool(view.code) for _, view in by_id.values())))
    return [view for _, view in by_id.values()]


def _refuse_another(view: IndividualView, name: str, target: Target) -> None:
    """Refuse a view of another Place or matrix, or of themes and stages that the matrix has not."""
    matrix = target.matrix
    if view.place is not None and view.place != target.shelf.place:
        raise UsageError(f'"{name}" is of the Place {quoted(view.place)}, not of {quoted(target.shelf.place)}')
    if view.matrix != matrix.ref:
        raise UsageError(f'"{name}" was filled in for the matrix {view.matrix}, and {target.name} uses {matrix.ref}')
    for theme, said in view.themes.items():
        if theme not in matrix.theme_ids:
            raise UnusableInput(
                f'"{name}": {quoted(theme)} is not a theme of {matrix.ref}; {guess_or_list(theme, matrix.theme_ids)}'
            )
        if said.stage not in (None, NOT_ASSESSED, NOT_APPLICABLE, *matrix.stage_ids):
            raise UnusableInput(
                f'"{name}": what stands for {theme} is not a stage of {matrix.ref}',
                hint=f"the stages are {', '.join(matrix.stage_ids)}; where somebody had no view there is none",
            )


def _ratings(view: IndividualView) -> dict[str, str]:
    none = (None, NOT_ASSESSED, NOT_APPLICABLE)
    return {theme: said.stage for theme, said in view.themes.items() if said.stage and said.stage not in none}


def _comments(view: IndividualView) -> dict[str, str]:
    return {theme: said.comment for theme, said in view.themes.items() if said.comment}


def _sheets(
    paths: Sequence[Path], headings: Headings, corrections: Sequence[Correction], matrix: Matrix
) -> list[tuple[Sheet, Matching]]:
    """Return each sheet with what its columns hold; UsageError if a correction fits none, or one holds no theme."""
    found: list[tuple[Sheet, Matching]] = []
    for path in paths:
        name = path.as_posix()
        sheet = read_sheet(
            read_bytes(path, MOST_OF_A_SHEET), name, lambda headers: headings.count(headers, corrections)
        )
        if not headings.count(sheet.headers) and are_answers(sheet.headers, matrix):
            raise UsageError(
                f'"{name}" has answers in its first row, where the names of the themes belong',
                "put a row of headers above them: each column's is the name of its theme",
            )
        found.append((sheet, headings.matched(sheet.headers, corrections, name)))
    refuse_unused(corrections, [matching for _, matching in found])
    return found


def _responses(sheet: Sheet, matching: Matching, target: Target, with_comments: bool) -> Responses:
    tell(telling.matching(sheet, matching, target.matrix, with_comments=with_comments))
    if not matching.themes:
        raise UsageError(
            f'no column of "{sheet.name}" is called as a theme of {target.matrix.ref} is',
            "its first row must hold the names of the themes; say what a column is with --map HEADER=THEME",
        )
    responses = read_responses(sheet, matching, target.matrix, with_comments=with_comments)
    tell(telling.rows(responses))
    return responses


def _refuse_copies(found: Sequence[tuple[str, Responses]]) -> None:
    """Refuse two sheets that say the same, row for row: one export in two files would count everybody twice."""
    for number, (name, responses) in enumerate(found):
        for other, others in found[:number]:
            if _said(responses) and list(_said(responses)) == list(_said(others)):
                raise UsageError(
                    f'"{other}" and "{name}" say the same, row for row, as two copies of one export do',
                    "leave one out; if they are of different people, put all rows into one file",
                )


def _said(responses: Responses) -> Iterator[Mapping[str, str]]:
    return (one.ratings for one in responses.rated)
