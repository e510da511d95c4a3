"""What is said of an import: how columns were matched, what was passed over, and the tallies; nobody's answer."""

import random
from collections.abc import Iterator, Mapping, Sequence

from pbpmaturity.analysis.tallies import Tallies
from pbpmaturity.cli.importing.codes import Admitted
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import one_line, visible
from pbpmaturity.exchange.doubles import SharedIds
from pbpmaturity.exchange.headings import Matching, is_showable
from pbpmaturity.exchange.responses import Responses
from pbpmaturity.exchange.scale import Scale
from pbpmaturity.exchange.sheets import Sheet, column_letter
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.settings import Privacy
from pbpmaturity.model.together import cell_name, stages_in
from pbpmaturity.report.words import number

_MOST_LISTED = 20


def passed_over(names: Sequence[str]) -> str:
    """Return which files were not read."""
    return f"passed over: {_listed([quoted(name) for name in names])}"


def counted_once(first: str, second: str) -> str:
    """Return that two files are one person's."""
    return f"{quoted(first)} and {quoted(second)} are the same view, so it is counted once"


def views_read(read: int, blank: int) -> str:
    """Return how many participants' files were read."""
    without = f"; {blank} without a stage for any theme" if blank else ""
    return f"{read} participants' {'file' if read == 1 else 'files'} read{without}"


def by_codes(found: Admitted, issued: int) -> str:
    """Return how many codes were used, and which files are left out and why; no code, and nothing of what they say."""
    lines = [f"{len(found.views)} of {issued} {'code is' if issued == 1 else 'codes are'} counted, each once"]
    for names, why in (
        (found.without, "no code"),
        (found.unknown, "a code that is on no list given"),
        (found.shared, "a code that another file has too, so that neither can be told from a forgery"),
    ):
        files = f"{len(names)} {'file' if len(names) == 1 else 'files'}"
        lines += [f"  left out, {why}: {files}: {_listed([quoted(name) for name in names])}"] if names else []
    return "\n".join(lines)


def cannot_tell(with_code: int) -> str:
    """Return that without the list of codes anybody may have sent the files, and what to do about it."""
    help_ = (
        "some hold codes: give the list of those that were handed out with --codes FILE"
        if with_code
        else "one-time codes tell that: pbp form --help"
    )
    return f"whether these files come from the people who were asked, and one from each, cannot be told; {help_}"


def people(count: int, place: str | None = None) -> str:
    """Return how many people's views are counted, of a Place if several are taken apart."""
    of = f"{one_line(place)}: " if place else ""
    return f"{of}{count} {'person' if count == 1 else 'people'} rated at least one theme"


def scale(scale: Scale, matrix: Matrix) -> str:
    """Return what numbers are read as."""
    return f"numbers: {scale.in_words(matrix)}"


def ids_in_both(shared: SharedIds) -> str:
    """Return that two sheets have ids in common, which may be two downloads or two surveys."""
    ids = "1 id stands" if shared.number == 1 else f"{shared.number} ids stand"
    return (
        f"{ids} in both {shared.first} and {shared.second}; if these are two downloads of one survey, give the later"
        " alone"
    )


def matching(sheet: Sheet, found: Matching, matrix: Matrix, *, with_comments: bool) -> str:
    """Return how the columns of a sheet were matched; headers only, and not those that may be an answer."""
    names = {theme.id: one_line(theme.name) for theme in matrix.themes}
    missing = [name for theme, name in names.items() if theme not in found.themes.values()]
    comments = "comments, read" if with_comments else "comments, which are read with --comments only"
    lines = [one_line(sheet.name), *(f"  note: {note}" for note in sheet.notes)]
    lines += [f"  {_column(found.headers, at)} is {names[theme]}" for at, theme in sorted(found.themes.items())]
    if found.comments:
        lines.append(f"  {comments}: {_columns(sorted(found.comments))}")
    for columns, what in ((found.left_out, "left out, as --map says"), (found.unmatched, "no theme, so not counted")):
        lines += [f"  {what}: {_listed([_column(found.headers, at) for at in columns])}"] if columns else []
    lines += [f"  no column: {_listed(missing)}"] if missing else []
    return "\n".join(lines)


def rows(responses: Responses) -> str:
    """Return how many rows were counted, and where they are half empty; rows and columns, never what they hold."""
    rated, half = responses.rated, [one for one in responses.rated if one.unrated]
    lines = [f"  rows counted: {len(rated)}", *_not_counted(responses)]
    lines += [f"  row {one.row}: no rating in {_columns(one.unrated)}" for one in half[:_MOST_LISTED]]
    lines += [f"  and {len(half) - _MOST_LISTED} more rows with ratings missing"] if len(half) > _MOST_LISTED else []
    return "\n".join(lines)


def _not_counted(responses: Responses) -> Iterator[str]:
    """Yield what was passed over, left out or not reached."""
    lines = responses.lines
    if passed := responses.silent + len(responses.given) - len(responses.rated):
        yield f"  rows without any rating, passed over: {passed}"
    if responses.elsewhere:
        yield f"  rows of other Places, left out: {responses.elsewhere}"
    if responses.hidden and (lines.hidden or responses.hidden_columns):
        done = "left out" if responses.hidden == "drop" else "counted"
        columns = f", and {_columns(responses.hidden_columns)}" if responses.hidden_columns else ""
        yield f"  hidden, and {done}: {len(lines.hidden)} {'row' if len(lines.hidden) == 1 else 'rows'}{columns}"
    if lines.below:
        yield f"  row {lines.blank_row} is blank, so reading ended there; rows below it, not read: {lines.below}"


def _columns(places: Sequence[int]) -> str:
    letters = [column_letter(at) for at in places]
    return f"{'column' if len(letters) == 1 else 'columns'} {_listed(letters)}"


def result(tallies: Tallies, matrix: Matrix, privacy: Privacy) -> str:
    """Return each theme's tally in words; those of which nothing may be seen have none, for whichever reason."""
    width = min(60, max(len(one_line(theme.name)) for theme in matrix.themes))
    none = why_none(privacy)
    lines = []
    for theme in matrix.themes:
        counts = [_count(cell, people, matrix) for cell, people in tallies.get(theme.id, {}).items()]
        lines.append(f"{one_line(theme.name):<{width}}  {', '.join(counts) or none}\n")
    return "".join(lines)


def why_none(privacy: Privacy) -> str:
    """Return that a theme has no tally, and why as far as it may be said."""
    is_usual = privacy.all_alike == "show" and privacy.smallest_cell == 1
    return f"fewer than {number(privacy.fewest)}: no tally" if is_usual else "no tally that may be seen"


def _count(cell: str, people: int, matrix: Matrix) -> str:
    colon = ":" if len(stages_in(cell)) > 1 else ""
    return f"{one_line(cell_name(cell, matrix))}{colon} {people}"


def comments_text(comments: Mapping[str, Sequence[str]], matrix: Matrix) -> str:
    """Return what people wrote, theme by theme, in an order that chance makes, so that no two belong together."""
    chance = random.SystemRandom()
    parts = []
    for theme in matrix.themes:
        written = list(comments.get(theme.id, ()))
        chance.shuffle(written)
        if written:
            heading = one_line(theme.name)
            parts.append("\n".join([heading, "=" * len(heading), "", *(_item(text) for text in written), ""]))
    return "\n".join(parts)


def _item(text: str) -> str:
    """Return a comment as an item whose further lines are indented, so that none can pass for a heading."""
    lines = visible(text.replace("\r\n", "\n")).split("\n")
    return "- " + "\n  ".join(lines)


def _column(headers: Sequence[str], at: int) -> str:
    shown = f" {quoted(' '.join(headers[at].split()))}" if is_showable(headers[at]) else ""
    return f"column {column_letter(at)}{shown}"


def _listed(words: Sequence[str]) -> str:
    more = f" and {len(words) - _MOST_LISTED} more" if len(words) > _MOST_LISTED else ""
    return f"{', '.join(words[:_MOST_LISTED])}{more}"
