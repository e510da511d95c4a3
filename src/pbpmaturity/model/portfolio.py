"""Everything that a command knows of a workspace."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.delegation import Delegation
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.readiness_test import ReadinessTest
from pbpmaturity.model.settings import Privacy, Settings


@dataclass(frozen=True, slots=True)
class Input:
    """A file that a result rests on: its path in the workspace and the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FiledAssessment:
    """An assessment with its Place's name, its matrix, the files that both came from, and what may be seen of tallies.

    `withheld` are themes whose tally was taken out since it may not be seen, with how many it counted if that may be.
    """

    assessment: Assessment
    matrix: Matrix
    place_name: str
    input: Input
    matrix_input: Input
    privacy: Privacy
    withheld: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return self.input.path


@dataclass(frozen=True, slots=True)
class FiledTest:
    """A readiness test with its file."""

    test: ReadinessTest
    input: Input


@dataclass(frozen=True, slots=True)
class FiledDelegation:
    """An instrument on what might sit where with its file."""

    delegation: Delegation
    input: Input


@dataclass(frozen=True, slots=True)
class BrokenInstrument:
    """A file of readiness/ or delegation/ that cannot be used: the id it was meant to have, and findings as text."""

    path: str
    id: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """An assessment file that cannot be used: what its name says it is, and the findings as lines of text."""

    path: str
    place: str
    date: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A workspace as loaded: matrices by reference (`pbp@2023.1`) and their files, assessments by Place and date.

    `delegation` is the workspace's own; without one, the one that ships holds.
    """

    settings: Settings
    matrices: Mapping[str, Matrix]
    places: tuple[str, ...]
    assessments: tuple[FiledAssessment, ...]
    broken: tuple[BrokenFile, ...]
    settings_input: Input | None = None
    other_unreadable: int = 0
    matrix_inputs: Mapping[str, Input] = field(default_factory=dict)
    readiness_tests: tuple[FiledTest, ...] = ()
    delegation: FiledDelegation | None = None
    broken_instruments: tuple[BrokenInstrument, ...] = ()
