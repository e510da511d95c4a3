"""An empty presentation: 16 by 9, one layout with a title, Arial, British English, and nobody's name."""

import re
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import XmlPart
from pptx.util import Pt

from pbpmaturity.report.deck.layout import (
    FOOTER_HEIGHT,
    FOOTER_TOP,
    HEIGHT,
    MARGIN,
    NUMBER_WIDTH,
    TITLE_TOP,
    WIDTH,
)

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.slide import SlideLayout

_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LANGUAGE = "en-GB"
_CALIBRI = re.compile(rb'(<a:latin typeface=")Calibri(?: Light)?"')
_ACROSS = WIDTH - 2 * MARGIN
_PLACES = {
    "title": (MARGIN, TITLE_TOP, _ACROSS, 40.0),
    "body": (MARGIN, 90.0, _ACROSS, 400.0),
    "dt": (MARGIN, FOOTER_TOP, 10.0, FOOTER_HEIGHT),
    "ftr": (MARGIN, FOOTER_TOP, _ACROSS - NUMBER_WIDTH, FOOTER_HEIGHT),
    "sldNum": (WIDTH - MARGIN - NUMBER_WIDTH, FOOTER_TOP, NUMBER_WIDTH, FOOTER_HEIGHT),
}


def empty_deck() -> "tuple[Deck, SlideLayout]":
    """Return a presentation without slides, and its one layout: a title, and a foot with the slide's number."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    deck.element.find("{*}sldSz").attrib.pop("type", None)
    layout = next(one for one in deck.slide_layouts if one.name == "Title Only")
    for other in list(deck.slide_layouts):
        if other.name != layout.name:
            deck.slide_layouts.remove(other)
    _place(deck.slide_master)
    _without_date(layout)
    _drop_what_is_not_ours(deck)
    return deck, layout


def in_english_and_arial(deck: "Deck") -> None:
    """Give every part of a presentation British English, and its themes Arial."""
    for part in deck.part.package.iter_parts():
        if isinstance(part, XmlPart):
            _in_english(part._element)
        if part.partname.startswith("/ppt/theme/"):
            _in_arial(part)


def _place(master: Any) -> None:
    """Move a master's placeholders to where they are on a wide slide, with the title in bold at the left."""
    for shape in master.placeholders:
        kind = shape._element.find(".//{*}ph").get("type")
        shape.left, shape.top, shape.width, shape.height = (Pt(part) for part in _PLACES[kind])
        for properties in shape._element.iter(f"{_MAIN}bodyPr"):
            for side in ("lIns", "tIns", "rIns", "bIns"):
                properties.set(side, "0")
            if kind in ("ftr", "sldNum", "dt"):
                properties.set("anchor", "ctr")
        for level in shape._element.iter(f"{_MAIN}lvl1pPr"):
            level.set("algn", "r" if kind == "sldNum" else "l")
        for tint in list(shape._element.iter(f"{_MAIN}tint")):
            tint.getparent().remove(tint)
    (title,) = master._element.iter("{*}titleStyle")
    title[0].set("algn", "l")
    for run in title.iter(f"{_MAIN}defRPr"):
        run.set("sz", "2800")
        run.set("b", "1")


def _without_date(layout: Any) -> None:
    for shape in list(layout.placeholders):
        if shape._element.find(".//{*}ph").get("type") == "dt":
            shape._element.getparent().remove(shape._element)


def _drop_what_is_not_ours(deck: "Deck") -> None:
    """Leave out the picture, the printer's settings and the properties of the file that python-pptx begins with."""
    for relations in (deck.part.rels, deck.part.package._rels):
        for identifier, relation in list(relations.items()):
            if relation.reltype in (
                RELATIONSHIP_TYPE.THUMBNAIL,
                RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
                f"{_OFFICE}/printerSettings",
            ):
                relations.pop(identifier)


def _in_english(root: Any) -> None:
    for element in root.iter():
        if element.get("lang") is not None:
            element.set("lang", _LANGUAGE)
        element.attrib.pop("smtClean", None)


def _in_arial(part: Any) -> None:
    if isinstance(part, XmlPart):
        fonts: Any = part._element
        for latin in fonts.iter(f"{_MAIN}latin"):
            latin.set("typeface", "Arial" if latin.get("typeface", "").startswith("Calibri") else latin.get("typeface"))
    else:
        part._blob = _CALIBRI.sub(rb'\g<1>Arial"', part.blob)
