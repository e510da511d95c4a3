"""What is said of an import: how columns were matched, what was passed over, and the tallies; nobody's answer."""

import random
from collections.abc import Mapping, Sequence

from pbpmaturity.analysis.tallies import Tallies
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import one_line, visible
from pbpmaturity.exchange.headings import Matching, is_showable
from pbpmaturity.exchange.responses import Responses
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


def people(count: int) -> str:
    """Return how many people's views are counted."""
    return f"{count} {'person' if count == 1 else 'people'} rated at least one theme"


def matching(sheet: Sheet, found: Matching, matrix: Matrix, *, with_comments: bool) -> str:
    """Return how the columns of a sheet were matched; headers only, and not those that may be an answer."""
    names = {theme.id: one_line(theme.name) for theme in matrix.themes}
    missing = [name for theme, name in names.items() if theme not in found.themes.values()]
    comments = "comments, read" if with_comments else "comments, which are read with --comments only"
    lines = [one_line(sheet.name), *(f"  note: {note}" for note in sheet.notes)]
    lines += [f"  {_column(found.headers, at)} is {names[theme]}" for at, theme in sorted(found.themes.items())]
    if found.comments:
        lines.append(f"  {comments}: {_columns(sorted(found.comments))}")
    for columns, what in ((found.left_out, "left out, as --map says"), (found.unmatched, "no theme, so not read")):
        lines += [f"  {what}: {_listed([_column(found.headers, at) for at in columns])}"] if columns else []
    lines += [f"  no column: {_listed(missing)}"] if missing else []
    return "\n".join(lines)


def rows(responses: Responses) -> str:
    """Return how many rows were counted, and where they are half empty; rows and columns, never what they hold."""
    rated, half = responses.rated, [one for one in responses.rated if one.unrated]
    passed = responses.blank + len(responses.given) - len(rated)
    lines = [f"  rows counted: {len(rated)}"]
    lines += [f"  rows without any rating, passed over: {passed}"] if passed else []
    for one in half[:_MOST_LISTED]:
        lines.append(f"  row {one.row}: no rating in {_columns(one.unrated)}")
    lines += [f"  and {len(half) - _MOST_LISTED} more rows with ratings missing"] if len(half) > _MOST_LISTED else []
    return "\n".join(lines)


def _columns(places: Sequence[int]) -> str:
    letters = [column_letter(at) for at in places]
    return f"{'column' if len(letters) == 1 else 'columns'} {_listed(letters)}"


def result(tallies: Tallies, matrix: Matrix, privacy: Privacy) -> str:
    """Return each theme's tally in words; those of which nothing may be seen have none, for whichever reason."""
    width = min(60, max(len(one_line(theme.name)) for theme in matrix.themes))
    is_usual = privacy.all_alike == "show" and privacy.smallest_cell == 1
    none = f"fewer than {number(privacy.fewest)}: no tally" if is_usual else "no tally that may be seen"
    lines = []
    for theme in matrix.themes:
        counts = [_count(cell, people, matrix) for cell, people in tallies.get(theme.id, {}).items()]
        lines.append(f"{one_line(theme.name):<{width}}  {', '.join(counts) or none}\n")
    return "".join(lines)


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
