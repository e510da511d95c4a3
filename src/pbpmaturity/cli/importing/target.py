"""From what was typed to the draft that tallies are written into: one that there is, or a new one."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from pbpmaturity.analysis.tallies import Tallies, with_tallies
from pbpmaturity.cli.assessing.reading import past_date
from pbpmaturity.cli.loading import tell_of_unread
from pbpmaturity.cli.opening import Chosen, choose, default_matrix, open_root, provenance_after
from pbpmaturity.cli.output import tell
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.model.assessment import Assessment, Period
from pbpmaturity.model.draft import new_draft
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.selector import Shelf, is_path
from pbpmaturity.model.settings import Privacy
from pbpmaturity.model.shape import changed
from pbpmaturity.workspace.layout import ASSESSMENTS


@dataclass(frozen=True, slots=True)
class Target:
    """The draft that tallies go into, and its file; no SHA-256 if that is still to come."""

    root: Path
    shelf: Shelf
    matrix: Matrix
    assessment: Assessment
    path: Path
    sha256: str | None

    @property
    def name(self) -> str:
        return f"{self.shelf.place}@{self.assessment.date}"

    @property
    def privacy(self) -> Privacy:
        return self.shelf.portfolio.settings.privacy

    def with_tallies(self, tallies: Tallies, gathered: Period | None) -> Assessment:
        """Return the draft with these tallies, and when the views were gathered if that was said."""
        after = with_tallies(self.assessment, tallies, self.matrix)
        return changed(after, gathered=gathered) if gathered else after


def find_target(place: str, date: str, today: datetime.date, workspace: Path | None) -> Target:
    """Return the draft of a Place and date, or a new one; UsageError if there is no such Place or it is agreed."""
    if is_path(place) or "@" in place:
        raise UsageError(f"--place {quoted(place)} is not the name of a Place", "give the date with --date")
    day = past_date("--date", date, today)
    chosen = choose(place, workspace)
    _require_all_readable(chosen)
    tell_of_unread(chosen.portfolio)
    root, shelf = chosen.root or open_root(workspace), chosen.shelf
    if shelf.holds(day.text):
        return _there(root, shelf, shelf.take(day.text))
    near = [draft for draft in shelf.drafts() if draft[:7] == day.text[:7]]
    if near:
        tell(f"there is a draft of {near[-1]} too; to import into that one, give --date {near[-1]}")
    matrix = default_matrix(chosen.portfolio)
    draft = new_draft(shelf.place, day, matrix.ref, provenance_after(shelf))
    path = root / ASSESSMENTS / shelf.place / f"{day}.yaml"
    return Target(root, shelf, matrix, draft, path, None)


def _require_all_readable(chosen: Chosen) -> None:
    """Refuse a Place of which a file cannot be read: it may hold tallies beside which new ones tell too much."""
    broken = [one for one in chosen.portfolio.broken if one.place == chosen.shelf.place]
    if broken:
        raise UnusableInput(
            f"{one_line(broken[0].path)} cannot be used, and it may hold tallies that new ones must be held against",
            tuple(line for one in broken for line in one.findings),
            "mend it, or move it out of the workspace, then run the command again",
        )


def period_of(text: str, today: datetime.date) -> Period:
    """Return the time that `--gathered FROM..TO` means; UsageError if it is none that can have been."""
    start, dots, end = text.partition("..")
    if not dots:
        raise UsageError(f"--gathered {quoted(text)} is not a time", "write FROM..TO, as in 2024-11..2025-01")
    first, last = past_date("--gathered", start, today), past_date("--gathered", end, today)
    if first.text > last.text and not first.text.startswith(f"{last}-"):
        raise UsageError(f"--gathered: {first} comes after {last}", "write the earlier one first")
    return Period.model_validate({"from": first.text, "to": last.text})


def _there(root: Path, shelf: Shelf, filed: FiledAssessment) -> Target:
    assessment = filed.assessment
    name = f"{shelf.place}@{assessment.date}"
    if assessment.status == "agreed":
        raise UsageError(
            f"{name} is agreed, so no views are imported into it", "views are gathered for a draft; give another --date"
        )
    if assessment.stated is not None:
        raise UsageError(f"{name} records what was published, so no views are imported into it")
    return Target(root, shelf, filed.matrix, assessment, root / filed.path, filed.input.sha256)
