"""No document and no template calls a Place ahead or behind, or puts Places into an order of merit."""

import re
from pathlib import Path

import pytest
from building import ROOT
from forbidden_words import MEANS_SOMETHING_ELSE, found_in

# performance.md sets programs against each other, not Places; form.html is made from the templates.
PAGES = sorted({*(ROOT / "docs").glob("*.md"), ROOT / "README.md"} - {ROOT / "docs" / "performance.md"})
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".j2", ".js"))
# The parts of methods.md that say why there is no ranking and no score, and name what has been written on it.
WHY_NOT = ("What is not shown, and why", "No radar chart", "No ranking", "No count of targets met", "Sources")


def without_reasons(page: str) -> str:
    """Return a page without the parts under those headings."""
    parts = re.split(r"^(?=#+ )", page, flags=re.MULTILINE)
    return "".join(part for part in parts if part.partition("\n")[0].lstrip("# ") not in WHY_NOT)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_document_puts_places_in_an_order_of_merit(path: Path) -> None:
    page = path.read_text("utf-8")
    assert found_in(without_reasons(page) if path.name == "methods.md" else page) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_puts_places_in_an_order_of_merit(path: Path) -> None:
    text = path.read_text("utf-8")
    # In a style, top is a side of a box.
    assert found_in(re.sub(r"\b\w*-top\b|verticalAlign: 'top'|vertical-align:\s*top|\btop:", "", text)) == []


def test_each_phrase_that_means_something_else_is_needed() -> None:
    texts = [path.read_text("utf-8") for path in (*PAGES, *TEMPLATES)]
    flat = " ".join(" ".join(texts).split()).lower()
    assert [phrase for phrase in MEANS_SOMETHING_ELSE if phrase.lower() not in flat] == []


@pytest.mark.parametrize(
    "text",
    ["Northam is ahead.", "Northam is behind Westmere.", "The best Place", "a league table", "scores 3", "Rank 1"],
)
def test_the_words_are_found(text: str) -> None:
    assert len(found_in(text)) == 1
