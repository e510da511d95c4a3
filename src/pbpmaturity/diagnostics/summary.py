"""How many files were checked and what was found in all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pbpmaturity.diagnostics.finding import Diagnostic


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one run; `remark` is something to add in words."""

    files_checked: int
    errors: int
    warnings: int
    notes: int
    remark: str = ""

    def sentence(self) -> str:
        """Return the counts as one line."""
        checked = _counted(self.files_checked, "file") + " checked"
        found = [
            _counted(count, word)
            for count, word in ((self.errors, "error"), (self.warnings, "warning"), (self.notes, "note"))
            if count
        ]
        remark = f"; {self.remark}" if self.remark else ""
        return f"{checked}: {', '.join(found) or 'nothing found'}{remark}"


def summarise(diagnostics: Iterable[Diagnostic], files_checked: int, remark: str = "") -> Summary:
    """Return the counts of the diagnostics."""
    counts = Counter(diagnostic.rule.severity for diagnostic in diagnostics)
    return Summary(files_checked, counts["error"], counts["warning"], counts["note"], remark)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
