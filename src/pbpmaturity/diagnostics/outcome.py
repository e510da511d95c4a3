"""What one run of validate found, for every format alike."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from pbpmaturity.diagnostics.finding import Diagnostic, in_order
from pbpmaturity.diagnostics.rules import Severity

FailOn = Literal["error", "warning", "never"]

_FAILING: dict[FailOn, frozenset[Severity]] = {
    "error": frozenset({"error"}),
    "warning": frozenset({"error", "warning"}),
    "never": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The findings in order, the files that were checked, what fails the run, and a remark in words, if any.

    Paths are as people see them from the current folder. `addresses` says what they are called where reports are read
    away from it: by their repository.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...]
    fail_on: FailOn = "error"
    version: str = ""
    remark: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)

    def in_repository(self) -> "Outcome":
        """Return the outcome with the paths of the repository, as far as there is one."""
        if not self.addresses:
            return self
        found = (replace(one, path=self.addresses.get(one.path, one.path)) for one in self.diagnostics)
        files = tuple(sorted(self.addresses.get(path, path) for path in self.files))
        return replace(self, diagnostics=tuple(in_order(found)), files=files, addresses={})

    @property
    def is_failure(self) -> bool:
        return any(self.fails(one) for one in self.diagnostics)

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Say whether a finding is serious enough to fail the run; notes never are."""
        return diagnostic.rule.severity in _FAILING[self.fail_on]

    def count(self, severity: Severity) -> int:
        """Return how many findings there are of a severity."""
        return Counter(one.rule.severity for one in self.diagnostics)[severity]

    def sentence(self) -> str:
        """Return the counts as one line."""
        counts = [(self.count("error"), "error"), (self.count("warning"), "warning"), (self.count("note"), "note")]
        found = ", ".join(_counted(count, word) for count, word in counts if count)
        remark = f"; {self.remark}" if self.remark else ""
        return f"{_counted(len(self.files), 'file')} checked: {found or 'nothing found'}{remark}"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
