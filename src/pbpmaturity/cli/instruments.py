"""Readiness tests and the instrument on what might sit where, read and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from pbpmaturity.checks.delegation import check_delegation
from pbpmaturity.checks.readiness import check_readiness_test
from pbpmaturity.cli.judged import located
from pbpmaturity.cli.thoroughness import Thoroughness
from pbpmaturity.diagnostics import rules
from pbpmaturity.diagnostics.finding import Diagnostic, Finding
from pbpmaturity.diagnostics.ignores import Ignore
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.errors import UnusableInput, UsageError
from pbpmaturity.model.delegation import Delegation, ServiceArea
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import BrokenInstrument, FiledDelegation, FiledTest, Portfolio
from pbpmaturity.model.readiness_test import ReadinessTest
from pbpmaturity.model.settings import Settings
from pbpmaturity.workspace.individual_views import individual_view_found, is_individual_view
from pbpmaturity.workspace.layout import DELEGATION, READINESS, Layout
from pbpmaturity.workspace.load import read_delegation, read_readiness_tests
from pbpmaturity.workspace.read import File
from pbpmaturity.workspace.shipped import shipped_delegation


@dataclass(slots=True)
class Instruments:
    """The readiness tests and the workspace's own delegation that can be used, and what is wrong with any.

    `ids` says, of each readiness test's file, which test it is meant to hold.
    """

    tests: list[FiledTest] = field(default_factory=list)
    delegation: FiledDelegation | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    is_own_unusable: bool = False

    @property
    def areas(self) -> tuple[ServiceArea, ...]:
        """The service areas of the workspace's own delegation, else of the one that ships; none if it is unusable."""
        if self.is_own_unusable:
            return ()
        return (self.delegation or shipped_delegation()).delegation.service_areas


@dataclass(frozen=True, slots=True)
class Against:
    """What instruments are held against: the matrices known, those that cannot be read, settings, how thoroughly."""

    matrices: Mapping[str, Matrix]
    unreadable: tuple[str, ...]
    settings: Settings
    thoroughness: Thoroughness | None


def inspect_instruments(layout: Layout, against: Against) -> Instruments:
    """Read and check the files of readiness/ and delegation/; of the latter the first by name is the one used."""
    found = Instruments()
    for delegation in read_delegation(layout):
        _add_delegation(delegation, layout, against, found)
    found.is_own_unusable = bool(layout.delegation) and found.delegation is None
    for test in read_readiness_tests(layout):
        _add_test(test, layout.root, against, found)
    found.tests.sort(key=lambda one: one.test.id)
    return found


def inspect_instrument_alone(file: File[Any], against: Against) -> Instruments:
    """Check a readiness test or a delegation that lies in no workspace, by what ships."""
    found = Instruments()
    if isinstance(file.value, ReadinessTest):
        found.diagnostics += _of_test(file, None, against, found)
    else:
        found.diagnostics += _of_delegation(file, None, against)
    found.ignores += against.thoroughness.ignores_of(file) if against.thoroughness else ()
    return found


def broken_under(diagnostics: Sequence[Diagnostic]) -> dict[str, list[Diagnostic]]:
    """Return what keeps files of readiness/ and delegation/ from being used, by their paths.

    A file whose name keeps it from being read is among them, unless it is plainly something else, such as notes.
    """
    found: dict[str, list[Diagnostic]] = {}
    for one in diagnostics:
        path = PurePosixPath(one.path)
        is_meant = len(path.parts) == 1 or "yaml" in path.name.lower() or "yml" in path.name.lower()
        is_broken = one.rule.unusable or (one.rule is rules.STRAY_FILE and is_meant)
        if path.parts[0] in (READINESS, DELEGATION) and is_broken:
            found.setdefault(one.path, []).append(one)
    return found


def delegation_in_use(portfolio: Portfolio) -> Delegation:
    """Return the workspace's own delegation, else the one that ships; UnusableInput if its own cannot be used."""
    broken = [one for one in portfolio.broken_instruments if one.path.split("/")[0] == DELEGATION]
    if portfolio.delegation is None and broken:
        findings = tuple(line for one in broken for line in one.findings)
        raise UnusableInput(f"{broken[0].path} cannot be used", findings, "mend it, then run the command again")
    return (portfolio.delegation or shipped_delegation()).delegation


def delegation_known(portfolio: Portfolio) -> Delegation | None:
    """Return the delegation in use; None if the workspace's own cannot be used."""
    try:
        return delegation_in_use(portfolio)
    except UnusableInput:
        return None


def tests_asked_for(portfolio: Portfolio, test_id: str | None) -> list[FiledTest]:
    """Return the tests asked for; UnusableInput if a file that would be used cannot be, UsageError if there is none."""
    broken = [one for one in portfolio.broken_instruments if one.path.split("/")[0] == READINESS]
    if test_id is None:
        _refuse_broken(broken)
        if not portfolio.readiness_tests:
            raise UsageError(
                "there is no readiness test in this workspace", "write one into readiness/; pbp init writes an example"
            )
        return list(portfolio.readiness_tests)
    # A file that holds it a second time is broken, and which of the two is meant is not guessed.
    _refuse_broken([one for one in broken if one.id == test_id])
    found = [one for one in portfolio.readiness_tests if one.test.id == test_id]
    if not found:
        _refuse_broken([one for one in broken if one.path == READINESS])
        known = [one.test.id for one in portfolio.readiness_tests]
        raise UsageError(f"there is no readiness test {quoted(test_id)} here; {guess_or_list(test_id, known)}")
    return found


def _refuse_broken(broken: list[BrokenInstrument]) -> None:
    if broken:
        findings = tuple(line for one in broken for line in one.findings)
        which = broken[0].path if len(broken) == 1 else f"{len(broken)} readiness tests"
        raise UnusableInput(f"{which} cannot be used", findings, "mend it, or name another with --test ID")


def _add_delegation(file: File[Delegation], layout: Layout, against: Against, found: Instruments) -> None:
    diagnostics = _of_delegation(file, layout.root, against)
    first = layout.delegation[0]
    if file.path != first:
        message = f"pbp uses one file of delegation/, the first by name, which is {first}; keep one of them"
        diagnostics.append(Diagnostic(rules.SECOND_DELEGATION, file.path, 1, 1, message))
    elif file.value is not None and _is_usable(diagnostics):
        found.delegation = FiledDelegation(file.value, file.input)
    found.diagnostics += diagnostics
    found.ignores += against.thoroughness.ignores_of(file) if against.thoroughness else ()


def _add_test(file: File[ReadinessTest], root: Path, against: Against, found: Instruments) -> None:
    diagnostics = _of_test(file, root, against, found)
    test = file.value
    if test is not None:
        first = next((one.input.path for one in found.tests if one.test.id == test.id), None)
        if first is not None:
            message = f"readiness test {quoted(test.id)} stands in {first} too; give this one an id of its own"
            diagnostics += file.locate([Finding(rules.TEST_TWICE, file.path, message, ("id",))])
        elif _is_usable(diagnostics):
            found.tests.append(FiledTest(test, file.input))
    found.ids[file.path] = _id_meant(file)
    found.diagnostics += diagnostics
    found.ignores += against.thoroughness.ignores_of(file) if against.thoroughness else ()


def _of_test(
    file: File[ReadinessTest], root: Path | None, against: Against, instruments: Instruments
) -> list[Diagnostic]:
    """Return what is wrong with a readiness test by itself."""
    test = file.judged if against.thoroughness else file.value
    if test is None or is_individual_view(file):
        return _of_no_value(file)
    # A service area is a label: it is looked up by validate only, so that no other command waits for it.
    areas = instruments.areas if against.thoroughness and test.service_area else ()
    known = [area.id for area in areas]
    findings = check_readiness_test(file.path, test, against.matrices, against.unreadable, known, file.empty)
    found = [*file.diagnostics, *located(file, findings)]
    if against.thoroughness:
        found += against.thoroughness.found_in_readiness_test(root, file, test, against.settings)
    return found


def _of_delegation(file: File[Delegation], root: Path | None, against: Against) -> list[Diagnostic]:
    """Return what is wrong with a delegation by itself."""
    delegation = file.judged if against.thoroughness else file.value
    if delegation is None or is_individual_view(file):
        return _of_no_value(file)
    found = [*file.diagnostics, *located(file, check_delegation(file.path, delegation))]
    if against.thoroughness:
        found += against.thoroughness.found_in_delegation(root, file, delegation)
    return found


def _of_no_value(file: File[Any]) -> list[Diagnostic]:
    if is_individual_view(file):
        return file.locate([individual_view_found(file.path)])
    return list(file.diagnostics)


def _is_usable(found: Sequence[Diagnostic]) -> bool:
    return not any(one.rule.unusable for one in found)


def _id_meant(file: File[ReadinessTest]) -> str:
    """Return the id of a readiness test, of one that cannot be used too, as far as it can be told."""
    said = file.source.data.get("id") if file.source else None
    return said if isinstance(said, str) else PurePosixPath(file.path).stem
