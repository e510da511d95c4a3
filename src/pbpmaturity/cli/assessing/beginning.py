"""From what was typed to the assessment that is to be recorded: one that there is, or a new one."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from pbpmaturity.analysis.views import views_of
from pbpmaturity.cli.assessing.asked import Asked, existing_asked, place_asked
from pbpmaturity.cli.assessing.before import agree
from pbpmaturity.cli.assessing.given import with_given, with_last
from pbpmaturity.cli.assessing.joining import Together, from_file, put_together
from pbpmaturity.cli.assessing.reading import NotUnderstood, one_of, refuse_what_has_not_come, theme_of
from pbpmaturity.cli.assessing.recording import last_before
from pbpmaturity.cli.assessing.whole import METHODS
from pbpmaturity.cli.loading import load, tell_of_unread
from pbpmaturity.cli.opening import default_matrix, open_root, provenance_after
from pbpmaturity.cli.output import shown_path
from pbpmaturity.errors import UsageError
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.draft import new_draft
from pbpmaturity.model.matrix import NOT_ASSESSED, Matrix
from pbpmaturity.model.portfolio import FiledAssessment, Input, Portfolio
from pbpmaturity.model.selector import Shelf, split_selector
from pbpmaturity.model.shape import changed
from pbpmaturity.workspace.joining import begun_from
from pbpmaturity.workspace.layout import ASSESSMENTS
from pbpmaturity.workspace.save import changed_meanwhile

_OFFER = (
    "Individual views have been gathered. Take the themes first on which people differ most?"
    " (Enter: yes; no takes them in the order of the matrix)"
)


@dataclass(frozen=True)
class Begun:
    """What is to be recorded, and where.

    `sha256` is that of its file, if it has one already; else `origin` is the file from elsewhere that it begins with,
    if there is one. `is_dated` says whether its date is known, `is_based` whether more is known of it than single
    answers. `existing` is what its file says, and `replaced` the file itself if some of its words are given up.
    """

    root: Path
    shelf: Shelf
    matrix: Matrix
    assessment: Assessment
    path: Path
    is_dated: bool
    is_based: bool
    theme: str | None = None
    sha256: str | None = None
    existing: Assessment | None = None
    origin: bytes | None = None
    replaced: bytes | None = None

    @property
    def has_answers(self) -> bool:
        """Say whether there are answers that its file does not hold yet."""
        return self.origin is not None or (self.existing is not None and self.existing != self.assessment)

    @property
    def filed(self) -> FiledAssessment:
        no_file, privacy = Input("", ""), self.shelf.portfolio.settings.privacy
        return FiledAssessment(self.assessment, self.matrix, self.shelf.name, no_file, no_file, privacy)


def begin(asked: Asked, workspace: Path | None) -> Begun:
    """Return what is to be recorded, with the answers that options gave; UsageError if it cannot be."""
    root = open_root(workspace)
    portfolio = load(root)
    tell_of_unread(portfolio)
    place, when = place_asked(asked, portfolio)
    shelf = Shelf(portfolio, place)
    if asked.take and not asked.from_:
        raise UsageError("--take is for --from FILE: it says which of two files is right")
    existing = existing_asked(shelf, when, asked)
    begun = _again(existing, root, shelf, asked) if existing else _anew(root, portfolio, shelf, asked)
    _require_readable_last(begun)
    return _with_options(begun, asked)


def _again(existing: FiledAssessment, root: Path, shelf: Shelf, asked: Asked) -> Begun:
    assessment = existing.assessment
    name = f"{assessment.place}@{assessment.date}"
    _refuse_to_change(existing, name, asked)
    if asked.from_ and not asked.resume and asked.amend is None and asked.date is None:
        raise UsageError(
            f"{name} is there already", f"to put other answers into it, add --resume: {asked.again(name, '--resume')}"
        )
    together = _with_those_of(asked.from_, existing, root, shelf, asked) if asked.from_ else None
    return Begun(
        root,
        shelf,
        existing.matrix,
        together.assessment if together else assessment,
        root / existing.path,
        is_dated=True,
        is_based=True,
        theme=_theme(asked.theme, existing.matrix),
        sha256=existing.input.sha256,
        existing=existing.assessment,
        origin=together.text if together else None,
        replaced=together.replaced if together else None,
    )


def _with_those_of(from_: Path, existing: FiledAssessment, root: Path, shelf: Shelf, asked: Asked) -> Together:
    """Return an assessment that is there together with the answers of a file from elsewhere."""
    mine, whole = from_file(from_, root, shelf)
    own = existing.assessment
    if mine.date != own.date or mine.matrix != own.matrix:
        raise UsageError(f"{shown_path(from_)} is not of {own.place}@{own.date} and its matrix")
    path = root / existing.path
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != existing.input.sha256:
        raise changed_meanwhile(path)
    return put_together(existing, data, (from_, mine, whole), asked.take, is_alone=asked.is_alone)


def takes_contested_first(begun: Begun, chosen: bool | None) -> bool:
    """Return whether the themes come first on which people differ most; without an option, ask where that can be."""
    themes = begun.matrix.theme_ids
    is_whole = begun.theme is None and begun.assessment.status == "draft"
    is_to_come = any(begun.assessment.state(theme) == NOT_ASSESSED for theme in themes)
    is_ordered = any(one.agreement is not None for one in views_of(begun.filed))
    if chosen is not None or not (is_whole and is_to_come and is_ordered):
        return bool(chosen)
    return agree(_OFFER, by_default=True)


def _refuse_to_change(existing: FiledAssessment, name: str, asked: Asked) -> None:
    """Raise UsageError if an assessment is not one to be changed, or not in this way."""
    assessment = existing.assessment
    if asked.copy_last:
        raise UsageError(f"--copy-last is for an assessment that is begun, and {name} is there already")
    if assessment.stated is not None:
        raise UsageError(f"{name} records what was published, without theme stages, so there is nothing to go through")
    if assessment.status == "agreed" and asked.amend is None:
        by_now = " by now" if asked.from_ else ""
        only = (
            () if asked.theme or asked.from_ or not asked.given.is_empty else ("--theme", existing.matrix.theme_ids[0])
        )
        raise UsageError(
            f"{name} is agreed{by_now}, so it is changed only with a reason, which is recorded in it",
            f"as in: {asked.again(name, '--amend', 'REASON', *only)}",
        )
    if assessment.status == "draft" and asked.amend is not None:
        raise UsageError(f"{name} is a draft, so it is changed without --amend")


def _anew(root: Path, portfolio: Portfolio, shelf: Shelf, asked: Asked) -> Begun:
    agreed = shelf.agreed_dates()
    if asked.amend is not None and not asked.from_:
        known = f"name it, as in {shelf.place}@{agreed[-1]}" if agreed else "there is none yet"
        raise UsageError("--amend is for an assessment that is agreed", known)
    date, origin = asked.date_given, None
    if asked.from_:
        assessment, whole = from_file(asked.from_, root, shelf)
        origin = begun_from(whole)[0]
        _require_named(assessment, asked, shelf)
        assessment = _redated(assessment, date) if date else assessment
        refuse_what_has_not_come(shown_path(asked.from_), assessment.date, asked.today)
        if shelf.holds(assessment.date.text):
            raise UsageError(
                f"there is an assessment of {assessment.date} already",
                "give another with --date; or put these answers into it:"
                f" {asked.again(f'{shelf.place}@{assessment.date}', '--resume')}",
            )
    else:
        today = PartialDate(asked.today.isoformat())
        matrix = default_matrix(portfolio)
        assessment = new_draft(shelf.place, date or today, matrix.ref, provenance_after(shelf))
    return Begun(
        root,
        shelf,
        default_matrix(portfolio, assessment.matrix),
        assessment,
        root / ASSESSMENTS / shelf.place / f"{assessment.date}.yaml",
        is_dated=date is not None or asked.from_ is not None,
        is_based=asked.from_ is not None,
        origin=origin,
    )


def _require_named(assessment: Assessment, asked: Asked, shelf: Shelf) -> None:
    """Refuse to write a file anew that is not the one which was named."""
    written = split_selector(asked.place)[1]
    when = shelf.understood(written) if written is not None else None
    if when is not None and not when.fits(assessment.date.text):
        raise UsageError(
            f"there is no assessment {when.shown()}, and {shown_path(asked.from_ or Path())} is of {assessment.date}"
        )


def _redated(assessment: Assessment, date: PartialDate) -> Assessment:
    """Return an assessment under another date, at which nobody can have agreed or reviewed it yet."""
    if date == assessment.date:
        return assessment
    return changed(assessment, date=date, status="draft", agreed=None, reviewed=None, amendments=())


def _require_readable_last(begun: Begun) -> None:
    """Refuse to go on as if nothing had been said last time, where that cannot be read."""
    date = begun.shelf.agreed_before(begun.assessment.date.text)
    if date is not None:
        begun.shelf.take(date)


def _with_options(begun: Begun, asked: Asked) -> Begun:
    assessment = begun.assessment
    if asked.method is not None:
        methods = {method: method.replace("-", " ") for method in METHODS}
        try:
            assessment = changed(assessment, method=one_of(asked.method, methods, is_numbered=False))
        except NotUnderstood as error:
            raise UsageError(f"--method: {error}") from None
    if asked.copy_last:
        assessment = with_last(assessment, last_before(begun.shelf, begun.filed), begun.matrix)
    assessment = with_given(assessment, asked.given, begun.matrix, begun.theme)
    return replace(begun, assessment=assessment, is_based=begun.is_based or asked.copy_last)


def _theme(name: str | None, matrix: Matrix) -> str | None:
    try:
        return theme_of(name, matrix) if name is not None else None
    except NotUnderstood as error:
        raise UsageError(f"--theme: {error}") from None
