"""The elements of a Word document, as its schema names them; text in them is whatever people wrote, on one line."""

import re
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from pbpmaturity.diagnostics.visible import visible

_LINE_ENDS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line that is bold or leads to a page on the web."""

    text: str
    is_bold: bool = False
    link: str | None = None


Line = str | tuple[str | Piece, ...]


def bold(text: str) -> Piece:
    """Return a part of a line in bold."""
    return Piece(text, is_bold=True)


def node(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Return an element with its attributes and children; both are named as in the schema."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def paragraph(style: str, *runs: BaseOxmlElement, keep: bool = False, above: int | None = None) -> BaseOxmlElement:
    """Return a paragraph in a style, by its id: `keep` holds it with what follows, `above` is the room in points."""
    properties = [node("pStyle", val=style), *([node("keepNext")] if keep else [])]
    if above is not None:
        properties.append(node("spacing", before=above * 20))
    return node("p", node("pPr", *properties), *runs)


def run(text: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """Return a run of text on one line, whatever characters are in it."""
    words = node("t")
    words.text = on_one_line(text)
    words.set(qn("xml:space"), "preserve")
    return node("r", *([node("rPr", *properties)] if properties else []), words)


def field(code: str, shown: str) -> BaseOxmlElement:
    """Return a field that Word works out, such as the number of a page."""
    return node("fldSimple", run(shown), instr=f" {code} ")


def tab() -> BaseOxmlElement:
    """Return a step to the next tab stop."""
    return node("r", node("tab"))


def on_one_line(text: str) -> str:
    """Return a text without line breaks, and without what no XML may hold."""
    return _LINE_ENDS.sub(" ", visible(text))
