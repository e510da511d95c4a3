"""How a Word document looks: styles, bullets and settings, all of them our own."""

from dataclasses import dataclass, replace

from docx.oxml.ns import nsdecls

INK, QUIET, LINK, LINE = "0B0C0C", "404648", "12436D", "768692"
BULLETS = "1"
"""The list that bullets belong to."""


@dataclass(frozen=True, slots=True)
class Look:
    """Lengths that differ between a document of many pages and one that must fit one: cm, and points between lines."""

    side: float
    edge: float
    after: float
    above_heading: float
    title: float
    heading: float
    cell: float
    small_print: float

    @property
    def width(self) -> float:
        """How wide a line can be, in cm."""
        return 21.0 - 2 * self.side


ROOMY = Look(side=2.0, edge=2.0, after=7, above_heading=18, title=18, heading=16, cell=2, small_print=8)
COMPACT = Look(side=1.27, edge=1.0, after=2, above_heading=5, title=16, heading=12, cell=0, small_print=7)

FOR_COPYING = replace(ROOMY, after=5, above_heading=11, heading=14)


def styles_xml(look: Look) -> str:
    """Return the styles of a document, in Arial and dark text, its language UK English."""
    after, above = twips(look.after), twips(look.above_heading)
    return f"""<w:styles {nsdecls("w")}>
<w:docDefaults>
<w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/><w:color w:val="{INK}"/>
<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
{_style("Normal", "Normal", spacing=(0, after), is_default=True)}
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/></w:style>
{_style("Title", "Title", size=look.title, bold=True, spacing=(0, after), next_="Normal", keep=True)}
{_heading(1, look.heading, (above, twips(look.after * 0.7)))}
{_heading(2, max(12, look.heading - 2), (round(above * 0.75), twips(look.after * 0.6)))}
{_heading(3, 12, (round(above * 0.5), twips(look.after * 0.4)))}
{_style("Marking", "Marking", bold=True, spacing=(0, after))}
{_style("Headline", "Headline", size=min(13, look.heading), bold=True, spacing=(0, after))}
{_style("Banner", "Banner", bold=True, spacing=(twips(2), twips(look.after + 1)), border=True)}
{_style("ListBullet", "List Bullet", spacing=(0, round(after / 2)), bullet=True)}
{_style("Caption", "caption", bold=True, spacing=(after, round(after / 2)), keep=True)}
{_style("TableText", "Table Text", spacing=(twips(look.cell), twips(look.cell)))}
{_style("TableHeading", "Table Heading", base="TableText", bold=True, spacing=(twips(look.cell), twips(look.cell)))}
{_style("SmallPrint", "Small Print", size=look.small_print, colour=QUIET, spacing=(after * 2, 0), keep_lines=True)}
{_style("Header", "header", size=10, colour=QUIET, tab=look.width)}
{_style("Footer", "footer", size=10, colour=QUIET, tab=look.width)}
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:basedOn w:val="DefaultParagraphFont"/>
<w:uiPriority w:val="99"/><w:rPr><w:color w:val="{LINK}"/><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:basedOn w:val="DefaultParagraphFont"/>
<w:uiPriority w:val="22"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_cell_margins()}</w:tblPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>
<w:uiPriority w:val="39"/><w:tblPr>
<w:tblBorders>{_borders("top left bottom right insideH insideV")}</w:tblBorders></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>
<w:semiHidden/></w:style>
</w:styles>"""


def numbering_xml() -> str:
    """Return the one list that there is, of bullets."""
    return f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>"""


def settings_xml() -> str:
    """Return the settings of a document: of today's Word, and in UK English."""
    return f"""<w:settings {nsdecls("w")}>
<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>
</w:settings>"""


def twips(points: float) -> int:
    """Return a length in twentieths of a point, as Word has it."""
    return round(points * 20)


def twips_of_cm(length: float) -> int:
    """Return a length given in cm in twentieths of a point."""
    return round(length * 1440 / 2.54)


def _heading(level: int, size: float, spacing: tuple[int, int]) -> str:
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return _style(
        f"Heading{level}",
        f"heading {level}",
        size=size,
        bold=True,
        spacing=spacing,
        next_="Normal",
        keep=True,
        outline=outline,
    )


def _style(
    id_: str,
    name: str,
    *,
    base: str = "Normal",
    size: float | None = None,
    colour: str | None = None,
    bold: bool = False,
    spacing: tuple[int, int] = (0, 0),
    next_: str | None = None,
    keep: bool = False,
    keep_lines: bool = False,
    border: bool = False,
    bullet: bool = False,
    outline: str = "",
    tab: float | None = None,
    is_default: bool = False,
) -> str:
    """Return a paragraph style; the order of its parts is the schema's."""
    paragraph = [
        "<w:keepNext/>" if keep else "",
        "<w:keepLines/>" if keep or keep_lines else "",
        f'<w:numPr><w:numId w:val="{BULLETS}"/></w:numPr>' if bullet else "",
        f"<w:pBdr>{_borders('top left bottom right', space=3)}</w:pBdr>" if border else "",
        f'<w:tabs><w:tab w:val="right" w:pos="{twips_of_cm(tab)}"/></w:tabs>' if tab else "",
        f'<w:spacing w:before="{spacing[0]}" w:after="{spacing[1]}"/>',
        '<w:ind w:left="80" w:right="80"/>' if border else "",
        outline,
    ]
    run = [
        "<w:b/><w:bCs/>" if bold else "",
        f'<w:color w:val="{colour}"/>' if colour else "",
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else "",
    ]
    first = ' w:default="1"' if is_default else ""
    head = "" if is_default else f'<w:basedOn w:val="{base}"/>'
    head += f'<w:next w:val="{next_}"/>' if next_ else ""
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{id_}"><w:name w:val="{name}"/>{head}<w:qFormat/>'
        f"<w:pPr>{''.join(paragraph)}</w:pPr><w:rPr>{''.join(run)}</w:rPr></w:style>"
    )


def _borders(sides: str, space: int = 0) -> str:
    return "".join(f'<w:{side} w:val="single" w:sz="6" w:space="{space}" w:color="{LINE}"/>' for side in sides.split())


def _cell_margins() -> str:
    return (
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    )
