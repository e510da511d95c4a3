"""What validate asks of a file beyond what makes it usable."""

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pbpmaturity.checks.changes import agreed_deleted, check_amended, check_changes
from pbpmaturity.checks.dates import check_future, check_pending, check_stale
from pbpmaturity.checks.judgement import check_judgement
from pbpmaturity.checks.links import check_links
from pbpmaturity.checks.matrix import check_cells
from pbpmaturity.checks.privacy import check_people, check_personal_data, check_unread
from pbpmaturity.checks.readiness import check_attested
from pbpmaturity.cli.judged import located
from pbpmaturity.diagnostics.finding import Diagnostic, Finding
from pbpmaturity.diagnostics.ignores import Ignore
from pbpmaturity.diagnostics.rules import Needs
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.delegation import Delegation
from pbpmaturity.model.marked import texts
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.readiness_test import ReadinessTest
from pbpmaturity.model.settings import Settings
from pbpmaturity.model.shape import Shape
from pbpmaturity.workspace.comments import cut_off, ignores_in
from pbpmaturity.workspace.layout import ASSESSMENTS, holds_but_for_accents, holds_file
from pbpmaturity.workspace.margin import too_far_left
from pbpmaturity.workspace.read import File, ShapeT, read_file
from pbpmaturity.workspace.revision import Revision


@dataclass(frozen=True, slots=True)
class Thoroughness:
    """How files are looked at: with the day of --as-of and the revision of --changed-since, if given."""

    day: datetime.date | None = None
    revision: Revision | None = None

    @property
    def tried(self) -> frozenset[Needs]:
        """The options given that some rules need."""
        tried: set[Needs] = {"as-of"} if self.day else set()
        return frozenset(tried | ({"changed-since"} if self.revision else set()))

    def ignores_of(self, file: File[ShapeT]) -> tuple[Ignore, ...]:
        """Return the comments of a file that are to leave findings out."""
        # Those in a file of a later format may name rules that only a later version knows.
        return ignores_in(file.source, file.path) if file.source and not file.is_of_later_format else ()

    def found_in_settings(self, file: File[Settings], settings: Settings) -> list[Diagnostic]:
        """Return what is worth a look in pbp.yaml."""
        return located(file, _found_in_text(None, file, settings))

    def found_in_matrix(self, root: Path | None, file: File[Matrix], matrix: Matrix) -> list[Diagnostic]:
        """Return what is worth a look in a matrix that can be used; without a root, nothing about links."""
        return located(file, [*check_cells(file.path, matrix), *_found_in_text(root, file, matrix)])

    def found_in_assessment(
        self, root: Path | None, file: File[Assessment], matrices: Mapping[str, Matrix], settings: Settings
    ) -> list[Diagnostic]:
        """Return what is worth a look in an assessment that can be used; without a root, nothing about links."""
        assert file.judged is not None
        return located(file, self._findings(root, file, file.judged, matrices.get(file.judged.matrix), settings))

    def found_in_readiness_test(
        self, root: Path | None, file: File[ReadinessTest], test: ReadinessTest, settings: Settings
    ) -> list[Diagnostic]:
        """Return what is worth a look in a readiness test that can be used; without a root, nothing about links."""
        findings = check_attested(file.path, test, _place_names(settings), self.day)
        return located(file, [*findings, *_found_in_text(root, file, test)])

    def found_in_delegation(
        self, root: Path | None, file: File[Delegation], delegation: Delegation
    ) -> list[Diagnostic]:
        """Return what is worth a look in a delegation that can be used; without a root, nothing about links."""
        return located(file, _found_in_text(root, file, delegation))

    def found_in_place(
        self,
        assessments: Mapping[str, Assessment],
        broken: tuple[str, ...],
        matrices: Mapping[str, Matrix],
        settings: Settings,
    ) -> Iterator[Finding]:
        """Yield what is worth a look in a Place's usable assessments by path, taken together.

        `broken` are the names of its files that cannot be used: what they might say is not guessed at.
        """
        yield from check_changes(assessments, matrices, broken)
        if self.day is None:
            return
        counting = [
            (assessment.date, path)
            for path, assessment in assessments.items()
            if assessment.status == "agreed" and assessment.date.has_begun(self.day)
        ]
        if counting:
            date, path = max(counting)
            if any(name > date.text for name in broken):
                return
            latest = assessments[path]
            yield from check_stale(path, latest, settings.review_every_months, self.day)
            yield from check_pending(path, latest, matrices[latest.matrix], self.day)

    def found_gone(self, files: Collection[str]) -> Iterator[Diagnostic]:
        """Yield the agreed assessments that have been deleted since the revision; `files` are those that are there."""
        if self.revision is None:
            return
        for path in sorted(self.revision.changed - set(files)):
            if path.startswith(f"{ASSESSMENTS}/") and path.endswith(".yaml"):
                before = self._before(self.revision, path)
                if before is not None and before.status == "agreed":
                    gone = agreed_deleted(path, self.revision.name)
                    yield Diagnostic(gone.rule, path, 1, 1, gone.message)

    def rests_on(self, path: str, value: Assessment | None) -> str | None:
        """Return the matrix on which a file's assessment rests, and did at the revision, agreed; None if on none.

        Of a file that cannot be read, what it said then holds.
        """
        if self.revision is None:
            return None
        before = self._before(self.revision, path) if path in self.revision.changed else value
        if before is None or before.status != "agreed" or (value and value.matrix != before.matrix):
            return None
        return before.matrix

    def _before(self, revision: Revision, path: str) -> Assessment | None:
        data = revision.read(path)
        return read_file(data, path, Assessment).value if data is not None else None

    def _findings(
        self, root: Path | None, file: File[Assessment], value: Assessment, matrix: Matrix | None, settings: Settings
    ) -> Iterator[Finding]:
        if matrix is not None:
            yield from check_judgement(file.path, value, matrix)
        if self.day is not None:
            yield from check_future(file.path, value, self.day)
        if self.revision is not None and file.path in self.revision.changed:
            before = self._before(self.revision, file.path)
            if before is not None:
                yield from check_amended(file.path, before, value, self.revision.name)
        yield from _found_in_text(root, file, value)
        yield from check_people(file.path, value, (settings.place_name(value.place), *_place_names(settings)))


def _place_names(settings: Settings) -> tuple[str, ...]:
    return tuple(one.name or "" for one in (settings.places or {}).values())


def _found_in_text(root: Path | None, file: File[ShapeT], value: Shape) -> Iterator[Finding]:
    source = file.source
    if source is None:
        return
    if root is not None:
        yield from check_links(file.path, value, partial(holds_file, root), partial(holds_but_for_accents, root))
    yield from check_personal_data(file.path, value, source.text)
    yield from too_far_left(source, file.path)
    part = file.partial
    if part is not None:
        yield from check_unread(file.path, part.unread)
    if " #" in source.text:
        routes = (route for route, _ in texts(value))
        yield from cut_off(source, (part.route_in_file(route) for route in routes) if part else routes, file.path)
