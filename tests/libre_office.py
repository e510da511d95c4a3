"""LibreOffice and pandoc, for the tests of what people open in Word or make of Markdown."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

_TAGGED = 'pdf:{filter}:{{"UseTaggedPDF":{{"type":"boolean","value":"true"}}}}'
_FILTERS = {".docx": "writer_pdf_Export", ".pptx": "impress_pdf_Export"}


class LibreOffice:
    """Turns documents into PDF and pictures, in a profile of its own that nobody's settings reach."""

    def __init__(self, folder: Path) -> None:
        self._program = _installed("soffice")
        self._folder = folder
        self._runs = 0

    def pdf(self, path: Path) -> Path:
        """Return a document as a tagged PDF."""
        return self.pdfs([path])[0]

    def pdfs(self, paths: Sequence[Path]) -> list[Path]:
        """Return documents of one kind as tagged PDFs; LibreOffice starts once for all of them."""
        self._runs += 1
        to = self._folder / f"pdf-{self._runs}"
        kind = _TAGGED.format(filter=_FILTERS[paths[0].suffix])
        profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
        command = [self._program, profile, "--headless", "--norestore", "--convert-to", kind, "--outdir", str(to)]
        done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, timeout=120)
        made = [to / f"{path.stem}.pdf" for path in paths]
        missing = [path.name for path in made if not path.exists()]
        assert not missing, f"LibreOffice did not open {missing}: {done.stdout}{done.stderr}"
        return made

    def pngs(self, path: Path, *, dpi: int = 60) -> list[Path]:
        """Return a picture of each page or slide of a document, in order."""
        pdf = self.pdf(path)
        subprocess.run([_installed("pdftoppm"), "-png", "-r", str(dpi), pdf, pdf.with_suffix("")], check=True)
        return sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))


def pandoc(markdown: str, reader: str, to: Path) -> Path:
    """Make a Word document of Markdown, as somebody would who has pandoc; whatever it warns of fails."""
    command = [_installed("pandoc"), "--from", reader, "--output", str(to), "--fail-if-warnings"]
    done = subprocess.run(command, input=markdown, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return to


def _installed(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found
