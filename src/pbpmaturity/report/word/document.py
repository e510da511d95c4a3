"""An empty Word document: A4, its language and properties, the marking in its header and page numbers in its footer."""

import io
from collections.abc import Container
from copy import deepcopy

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Cm

from pbpmaturity.report.paper import Paper
from pbpmaturity.report.word import nodes
from pbpmaturity.report.word.styles import COMPACT, Look, numbering_xml, settings_xml, styles_xml

_PARTS = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.SETTINGS)
_OF_PACKAGE = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)
_LONGEST_PROPERTY, _LONGEST_HEADER = 255, 60
SUBJECT = "Maturity self-assessment of a place-based partnership"


def new_document(paper: Paper, look: Look) -> WordDocument:
    """Return an empty document for a paper, with nothing of the template that python-docx brings."""
    document = Document()
    _replace(document.styles.element, styles_xml(look))
    _replace(document.settings.element, settings_xml())
    _replace(document.part.numbering_part.element, numbering_xml())
    _keep_only(_PARTS, document.part.rels)
    if document.part.package is not None:
        _keep_only(_OF_PACKAGE, document.part.package.rels)
    _lay_out(document.sections[0], look)
    _mark(document.sections[0], paper, look)
    _describe(document, paper)
    return document


def bytes_of(document: WordDocument) -> bytes:
    """Return the docx file of a document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _replace(element: BaseOxmlElement, xml: str) -> None:
    """Give an element of the document the children that a text has."""
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml)))


def _keep_only(kinds: Container[str], relations: Relationships) -> None:
    for id_ in [id_ for id_, one in relations.items() if one.reltype not in kinds]:
        del relations[id_]


def _lay_out(section: Section, look: Look) -> None:
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(look.side)
    section.top_margin = section.bottom_margin = Cm(look.edge)
    section.header_distance = section.footer_distance = Cm(look.edge / 2)
    section.gutter = Cm(0)


def _mark(section: Section, paper: Paper, look: Look) -> None:
    """Put the marking and the title above each page, and its number below; a first page may begin with its own."""
    section.different_first_page_header_footer = True
    marking = nodes.run(paper.marking, nodes.node("b"))
    title = _shortened(nodes.on_one_line(paper.title), _LONGEST_HEADER)
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    _fill(section.header._element, nodes.paragraph("Header", nodes.run(title), nodes.tab(), marking))
    if look is COMPACT:
        _fill(section.first_page_header._element, nodes.paragraph("Header", nodes.tab(), deepcopy(marking)))
    for footer in (section.first_page_footer, section.footer):
        footer.is_linked_to_previous = False
        number = [nodes.tab(), nodes.run("Page "), nodes.field("PAGE", "1")]
        _fill(footer._element, nodes.paragraph("Footer", *number, nodes.run(" of "), nodes.field("NUMPAGES", "1")))


def _fill(element: BaseOxmlElement, paragraph: BaseOxmlElement) -> None:
    for child in list(element):
        element.remove(child)
    element.append(paragraph)


def _describe(document: WordDocument, paper: Paper) -> None:
    about = document.core_properties
    about.title = _shortened(nodes.on_one_line(paper.title), _LONGEST_PROPERTY)
    about.subject, about.category, about.language = SUBJECT, paper.marking, "en-GB"
    about.author = about.last_modified_by = about.comments = about.keywords = ""


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
