"""Cuts and formats of a paper: which go together, and what writes each."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pbpmaturity.cli.document import format_of, is_for_screen
from pbpmaturity.diagnostics.visible import path_line
from pbpmaturity.errors import UsageError
from pbpmaturity.report.paper import Paper

Cut = Literal["full", "page", "slides", "cover"]
PaperFormat = Literal["markdown", "html", "docx", "pptx"]

ENDINGS: dict[str, PaperFormat] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pptx": "pptx",
}
_TEMPLATES: dict[tuple[Cut, PaperFormat], str] = {
    ("full", "markdown"): "report.md.j2",
    ("full", "html"): "report.html.j2",
    ("page", "markdown"): "page.md.j2",
    ("page", "html"): "page.html.j2",
    ("cover", "markdown"): "cover.md.j2",
    ("cover", "html"): "cover.html.j2",
}


def cut_and_format(cut: Cut | None, format_: PaperFormat | None, output: Path | None) -> tuple[Cut, PaperFormat]:
    """Return the cut and the format that are meant; UsageError if they do not go together or cannot be printed."""
    if format_ is None and output is None and cut == "slides":
        format_ = "pptx"
    chosen = format_ or format_of(output, ENDINGS, "markdown")
    cut = cut or ("slides" if chosen == "pptx" else "full")
    if (cut == "slides") != (chosen == "pptx"):
        raise UsageError(
            f"--cut {cut} cannot be written as {chosen}",
            "slides are for pptx, as in: --cut slides -o slides.pptx; the others are for markdown, html and docx",
        )
    if chosen in ("docx", "pptx") and (output is None or is_for_screen(output)):
        raise UsageError(f"a {chosen} file cannot be printed", f"name a file, as in: -o paper.{chosen}")
    return cut, chosen


def refuse_to_overwrite(output: Path | None, format_: PaperFormat, *, is_forced: bool) -> None:
    """Refuse to write over a docx or pptx file that is there already, since somebody may have worked on it."""
    if output is None or is_forced or not (output.exists() or output.is_symlink()):
        return
    if format_ in ("docx", "pptx") or output.suffix.lower() in (".docx", ".pptx"):
        raise UsageError(
            f"{path_line(output.as_posix())} is there already, and somebody may have edited it",
            "give another name, or --force to replace it",
        )


def written(paper: Paper, cut: Cut, format_: PaperFormat, templates: Mapping[str, str], version: str) -> str | bytes:
    """Return a paper in a cut and format: text, or the bytes of a docx or pptx file."""
    if format_ == "docx":
        from pbpmaturity.report.word import word_document

        return word_document(paper, cut, version)
    if format_ == "pptx":
        from pbpmaturity.report.slides import slide_deck

        return slide_deck(paper, version)
    from pbpmaturity.report.documents import render

    values = {"paper": paper, "view": paper.view, "history": paper.history, "version": version}
    in_no_system = {"site": None} if (cut, format_) == ("full", "html") else {}
    return render(_TEMPLATES[cut, format_], templates, **values, **in_no_system)
