"""Text for the cells of a spreadsheet, which takes some texts for formulas."""

from functools import lru_cache

from pbpmaturity.diagnostics.visible import visible

_BEGINS_FORMULA = tuple("=+-@＝＋－＠")
_CONTROLS = ("\t", "\r", "\n", "\0")
_SHORT = 64


def cell_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, with what cannot be seen spelled out; newlines stay."""
    return _of_few(text) if len(text) <= _SHORT else _guarded(text)


def _guarded(text: str) -> str:
    begins = text.lstrip().startswith(_BEGINS_FORMULA) or text.startswith(_CONTROLS)
    return f"'{visible(text)}" if begins else visible(text)


# Most cells hold one of a few words: Places, dates, stages, themes.
_of_few = lru_cache(maxsize=10_000)(_guarded)
