"""Text for the cells of a spreadsheet, which takes some texts for formulas."""

from pbpmaturity.diagnostics.visible import visible

_BEGINS_FORMULA = tuple("=+-@＝＋－＠")
_CONTROLS = ("\t", "\r", "\n", "\0")


def cell_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, with what cannot be seen spelled out; newlines stay."""
    begins = text.lstrip().startswith(_BEGINS_FORMULA) or text.startswith(_CONTROLS)
    return f"'{visible(text)}" if begins else visible(text)
