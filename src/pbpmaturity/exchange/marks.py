"""What the XML of a sheet says beside the values of its cells: what is hidden, and where formulas are."""

import re
from dataclasses import dataclass
from xml.parsers import expat

_MOST_RANGES = 16_384  # so many columns Excel has
_COLUMN = re.compile(r"([A-Za-z]{1,3})[0-9]+")
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class Marks:
    """Hidden rows by their number, ranges of hidden columns and cells with a formula, columns counted from 0."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[tuple[int, int]] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()

    def hides_column(self, column: int) -> bool:
        """Say whether nobody sees a column."""
        return any(first <= column <= last for first, last in self.hidden_columns)


NO_MARKS = Marks()


def marks_of(xml: bytes) -> Marks:
    """Return what the XML of a sheet says; ValueError if it is not that of a sheet."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, KeyError, OverflowError) as error:
        raise ValueError("no sheet") from error
    return Marks(frozenset(reader.rows), frozenset(reader.columns), frozenset(reader.formulas))


class _Reader:
    """Counts rows and cells as they come, since both may leave out where they stand."""

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self.columns: set[tuple[int, int]] = set()
        self.formulas: set[tuple[int, int]] = set()
        self._row, self._column = 0, -1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._begin_row(attributes)
            case "c":
                letters = _COLUMN.fullmatch(attributes.get("r", ""))
                self._column = _number(letters[1]) if letters else self._column + 1
            case "f":
                self.formulas.add((self._row, self._column))
            case "col" if _is_hidden(attributes, "width"):
                self.columns.add((int(attributes["min"]) - 1, int(attributes["max"]) - 1))
                if len(self.columns) > _MOST_RANGES:
                    raise ValueError("no sheet")

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = int(float(attributes["r"])) if "r" in attributes else self._row + 1
        self._column = -1
        if _is_hidden(attributes, "ht"):
            self.rows.add(self._row)


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    return attributes.get("hidden", "").strip() in _TRUE or float(attributes.get(size, "1")) == 0


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
