"""One LibreOffice for all tests of a worker, and pandoc."""

from collections.abc import Callable
from pathlib import Path

import pytest
from libre_office import LibreOffice, pandoc


@pytest.fixture(scope="session")
def libre_office(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    return LibreOffice(tmp_path_factory.mktemp("office"))


@pytest.fixture
def to_pdf(libre_office: LibreOffice) -> Callable[[Path], Path]:
    """Turn a document into a tagged PDF."""
    return libre_office.pdf


@pytest.fixture
def to_png(libre_office: LibreOffice) -> Callable[[Path], list[Path]]:
    """Turn a document into a picture a page."""
    return libre_office.pngs


@pytest.fixture
def pandoc_docx(tmp_path: Path) -> Callable[..., Path]:
    """Make a Word document of Markdown with pandoc."""

    def make(markdown: str, reader: str = "gfm") -> Path:
        return pandoc(markdown, reader, tmp_path / f"{reader}.docx")

    return make
