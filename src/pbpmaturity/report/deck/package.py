"""A deck as a presentation of python-pptx."""

from typing import TYPE_CHECKING, Any

from pptx.util import Pt

from pbpmaturity.report.deck.base import empty_deck, in_english_and_arial
from pbpmaturity.report.deck.content import Deck
from pbpmaturity.report.deck.layout import MARGIN, TITLE_TOP, WIDTH, Page, TextBox, pages_of
from pbpmaturity.report.deck.measure import clipped
from pbpmaturity.report.deck.shapes import add_foot, add_table, add_text, write

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide, SlideLayout

_LONGEST_PROPERTY = 200


def presentation(deck: Deck) -> "Presentation":
    """Return a deck as a presentation, each slide's shapes in the order in which they are read."""
    made, layout = empty_deck()
    for number, page in enumerate(pages_of(deck), 1):
        _add(made, layout, page, number)
    in_english_and_arial(made)
    _describe(made, deck)
    return made


def _add(made: "Presentation", layout: "SlideLayout", page: Page, number: int) -> None:
    slide = made.slides.add_slide(layout)
    title: Any = slide.shapes.title
    title.name = "Title"
    title.left, title.top = Pt(MARGIN), Pt(TITLE_TOP)
    title.width, title.height = Pt(WIDTH - 2 * MARGIN), Pt(page.title_height)
    write(title.text_frame.paragraphs[0], page.title, page.title_size, bold=True)
    for box in page.boxes:
        if isinstance(box, TextBox):
            add_text(slide, box)
        else:
            add_table(slide, box)
    add_foot(slide, page.marking, page.footer, number)
    _say(slide, page.notes)


def _say(slide: "Slide", notes: tuple[str, ...]) -> None:
    """Write what is said aloud into a slide's notes, a paragraph each."""
    frame: Any = slide.notes_slide.notes_text_frame
    for at, line in enumerate(notes):
        write(frame.paragraphs[0] if at == 0 else frame.add_paragraph(), line)


def _describe(made: "Presentation", deck: Deck) -> None:
    about = made.core_properties
    about.title = clipped(deck.title, _LONGEST_PROPERTY)
    about.subject = clipped(deck.subject, _LONGEST_PROPERTY)
    about.language = "en-GB"
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.revision = 1
