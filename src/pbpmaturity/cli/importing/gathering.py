"""All the files that were given, read in memory: what was chosen, and nothing of who chose it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pbpmaturity.cli.importing import telling
from pbpmaturity.cli.importing.asking import confirmed, is_somebody_there
from pbpmaturity.cli.importing.codes import Named, admit
from pbpmaturity.cli.importing.target import Target
from pbpmaturity.cli.output import tell
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.errors import Unanswered, UnusableInput, UsageError
from pbpmaturity.exchange.doubles import Read, refuse_doubles, shared_ids
from pbpmaturity.exchange.headings import Correction, Headings, Matching, refuse_unused
from pbpmaturity.exchange.labels import PlaceNames
from pbpmaturity.exchange.of_places import OfPlaces, where
from pbpmaturity.exchange.records import refuse_themes_down
from pbpmaturity.exchange.responses import Asked, Response, are_answers, read_responses
from pbpmaturity.exchange.rows import Hidden, lines_of
from pbpmaturity.exchange.scale import Scale
from pbpmaturity.exchange.sheets import MAX_BYTES as MOST_OF_A_SHEET
from pbpmaturity.exchange.sheets import Sheet, read_sheet
from pbpmaturity.model.individual_view import IndividualView
from pbpmaturity.model.matrix import NOT_APPLICABLE, NOT_ASSESSED, Matrix
from pbpmaturity.model.portfolio import Portfolio
from pbpmaturity.workspace.individual_views import VIEW_ENDINGS, files_in, read_bytes, read_view, refuse_inside
from pbpmaturity.workspace.source import MAX_BYTES as MOST_OF_A_VIEW


@dataclass(frozen=True, slots=True)
class Voices:
    """What people chose, a person an item, and what they wrote by theme; it shows nothing of itself."""

    ratings: Sequence[Mapping[str, str]] = field(repr=False)
    comments: Mapping[str, Sequence[str]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Options:
    """How files are to be read, as it was typed; `is_asked_nothing` where all questions are answered by --yes."""

    maps: Sequence[str] = ()
    scale: str | None = None
    hidden: Hidden | None = None
    where: str | None = None
    distinct: bool = False
    with_comments: bool = False
    is_asked_nothing: bool = False


def gather(paths: Sequence[Path], target: Target, options: Options, *, codes: frozenset[str] = frozenset()) -> Voices:
    """Return what all files say, and tell of each how it was read; UsageError or UnusableInput if one cannot be.

    If there are codes, only participants' files that hold one of them are counted.
    """
    files = _files_in(paths, target.root)
    views = _views([path for path in files if _is_view(path)], target, codes)
    sheets = [path for path in files if not _is_view(path)]
    read = _read(sheets, target.matrix, _of_one_place(options, target, bool(sheets)), options)
    given = [one for _, found in read for one in found.given]
    rated = [rating for rating in (*map(_ratings, views), *(one.ratings for one in given)) if rating]
    if not rated:
        raise _nobody()
    tell(telling.people(len(rated)))
    written = [one.comments for one in given]
    written += [_comments(view) for view in views] if options.with_comments else []
    comments = {theme: [one[theme] for one in written if theme in one] for theme in target.matrix.theme_ids}
    return Voices(rated, comments)


def gather_by_place(
    paths: Sequence[Path], root: Path, matrix: Matrix, places: OfPlaces, options: Options
) -> dict[str, Voices]:
    """Return what sheets say of each Place that a column of theirs names, in the order of the Places' names."""
    files = _files_in(paths, root)
    if views := [path for path in files if _is_view(path)]:
        raise UsageError(
            f'"{views[0].as_posix()}" is a participant\'s file, which has no column for --by-place',
            "import participants' files for one Place at a time, with --place",
        )
    found: dict[str, list[Response]] = {}
    for _, responses in _read(files, matrix, places, options):
        for one in responses.rated:
            found.setdefault(one.place or "", []).append(one)
    if not found:
        raise _nobody()
    in_order = sorted(found, key=lambda place: (places.names.name(place).casefold(), place))
    for place in in_order:
        tell(telling.people(len(found[place]), places.names.name(place)))
    return {place: Voices([one.ratings for one in found[place]], {}) for place in in_order}


def place_names(portfolio: Portfolio) -> PlaceNames:
    """Return what the Places of a workspace are called."""
    known = dict.fromkeys([*portfolio.places, *(portfolio.settings.places or {})])
    return PlaceNames({place: portfolio.settings.place_name(place) for place in known})


def _files_in(paths: Sequence[Path], root: Path) -> tuple[Path, ...]:
    refuse_inside(paths, root)
    given = files_in(paths)
    refuse_inside(given.files, root)
    if given.passed_over:
        tell(telling.passed_over(given.passed_over))
    return given.files


def _of_one_place(options: Options, target: Target, has_sheets: bool) -> OfPlaces:
    names, place = place_names(target.shelf.portfolio), target.shelf.place
    if options.where is None:
        return OfPlaces(names, place)
    if not has_sheets:
        raise UsageError("--where is for sheets, and none is given", "a participant's file names its Place itself")
    return where(options.where, place, names)


def _nobody() -> UsageError:
    return UsageError("nobody has rated any theme in the files given, so nothing was written")


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


def _read(paths: Sequence[Path], matrix: Matrix, places: OfPlaces, options: Options) -> list[Read]:
    """Return each sheet with what its people say, each person's once."""
    headings = Headings(matrix)
    corrections = headings.corrections(options.maps)
    scale = Scale.parse(options.scale, matrix) if options.scale is not None else None
    if scale is not None:
        tell(telling.scale(scale, matrix))
    asked = Asked(places, scale, options.hidden, options.with_comments)
    read = []
    for sheet, matching in _sheets(paths, headings, corrections, matrix):
        tell(telling.matching(sheet, matching, matrix, with_comments=options.with_comments))
        _refuse_without_themes(sheet, matching, matrix)
        read.append((sheet, read_responses(sheet, matching, matrix, asked)))
        tell(telling.rows(read[-1][1]))
    refuse_doubles(read)
    if not options.distinct:
        _ask_of_ids(read, is_asked_nothing=options.is_asked_nothing)
    return read


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
        if not headings.count(sheet.headers, corrections):
            refuse_themes_down(sheet, lines_of(sheet).read, headings)
        if not headings.count(sheet.headers) and are_answers(sheet.headers, matrix):
            raise UsageError(
                f'"{name}" has answers in its first row, where the names of the themes belong',
                "put a row of headers above them: each column's is the name of its theme",
            )
        found.append((sheet, headings.matched(sheet.headers, corrections, name)))
    refuse_unused(corrections, [matching for _, matching in found])
    return found


def _refuse_without_themes(sheet: Sheet, matching: Matching, matrix: Matrix) -> None:
    if matching.themes:
        return
    raise UsageError(
        f'no column of "{sheet.name}" is called as a theme of {matrix.ref} is',
        "its first row must hold the names of the themes; say what a column is with --map HEADER=THEME",
    )


def _ask_of_ids(read: Sequence[Read], *, is_asked_nothing: bool) -> None:
    """Ask whether sheets with ids in common are of different people; Unanswered if there is nobody to ask."""
    for shared in shared_ids(read):
        said = telling.ids_in_both(shared)
        if is_asked_nothing or not is_somebody_there():
            wanted = "--distinct, if they are different people, as in two surveys that both count from 1"
            raise Unanswered(said, (wanted,), "nothing was written")
        tell(f"{said}.")
        if not confirmed("Are they different people? (yes or no)"):
            raise UsageError("people would count twice, so nothing was written", "give the later download alone")
