"""Where the findings go: one format to stdout, any of them to files."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pbpmaturity.cli.output import emit, is_colourful, screen_width
from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.diagnostics.text import as_text
from pbpmaturity.errors import UsageError
from pbpmaturity.workspace.save import write_output
from pbpmaturity.workspace.source import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Reports:
    """The format of what is printed, text if none was asked for, and the formats of the files to write."""

    printed: str | None
    files: tuple[tuple[str, Path], ...]

    @property
    def leave_the_folder(self) -> bool:
        """Say whether a report is for somebody who does not know in which folder the command ran."""
        return self._is_for_github or any(one in _BY_REPOSITORY for one in (self.printed, *dict(self.files)))

    def write(self, outcome: Outcome) -> None:
        """Print, then write the files, so that what is found is seen even if one cannot be written."""
        emit(self._on_screen(outcome))
        for format_, path in self.files:
            write_output(path, _said(outcome, format_), hint="choose another file")

    def _on_screen(self, outcome: Outcome) -> str:
        if self.printed not in (None, "text"):
            return _said(outcome, self.printed)
        if sys.stdout.isatty():
            from pbpmaturity.report.findings import findings_text

            return findings_text(outcome, _lines_of(outcome), width=screen_width(), colour=is_colourful())
        return _said(outcome, "github") if self._is_for_github else as_text(outcome)

    @property
    def _is_for_github(self) -> bool:
        return self.printed is None and bool(os.environ.get("GITHUB_ACTIONS"))


def reports_of(given: Sequence[str]) -> Reports:
    """Return what `FORMAT` and `FORMAT=FILE` ask for; UsageError for an unknown format, or two for the screen."""
    printed: list[str] = []
    files: list[tuple[str, Path]] = []
    for text in given:
        name, is_file, file = text.partition("=")
        if name not in _ENDINGS:
            raise UsageError(f"--format {quoted(name)} is not known; {guess_or_list(name, _ENDINGS)}")
        if is_file and not file:
            raise UsageError(f"--format {name}= names no file", f"as in: --format {name}=findings.{_ENDINGS[name]}")
        if file.lower().endswith(".yaml"):
            raise UsageError(f"{quoted(file)} is the name of a file of ours", "give the report another ending")
        if is_file:
            files.append((name, Path(file)))
        else:
            printed.append(name)
    if len(set(printed)) > 1:
        raise UsageError(
            f"only one format can be printed, not {' and '.join(printed)}",
            f"write the others to files, as in: --format {printed[1]}=findings.{_ENDINGS[printed[1]]}",
        )
    return Reports(printed[0] if printed else None, tuple(files))


_BY_REPOSITORY = ("github", "gitlab", "sarif", "junit")
_ENDINGS = {"text": "txt", "json": "json", "github": "txt", "gitlab": "json", "sarif": "sarif", "junit": "xml"}


def _said(outcome: Outcome, format_: str | None) -> str:
    from pbpmaturity.diagnostics.formats import FORMATS

    return FORMATS[format_ or "text"](outcome)


def _lines_of(outcome: Outcome) -> dict[str, list[str]]:
    """Return the lines of the files with findings, as far as they can be read; what cannot be is no lines."""
    found: dict[str, list[str]] = {}
    for path in {one.path for one in outcome.diagnostics}:
        try:
            if not Path(path).is_file():  # a pipe would be waited for
                continue
            with Path(path).open("rb") as stream:
                text = stream.read(MAX_BYTES).decode("utf-8-sig", "replace")
        except OSError:
            continue
        found[path] = text.split("\n")
    return found
