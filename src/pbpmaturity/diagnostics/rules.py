"""The catalogue: every rule that a file can break. docs/rules.md has a section for each."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]

DOCUMENT = "docs/rules.md"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; a file that breaks an `unusable` one is left out by every command but validate."""

    code: str
    name: str
    severity: Severity
    summary: str
    unusable: bool = False

    @property
    def url(self) -> str:
        """Where the rule is explained."""
        return f"{DOCUMENT}#{self.code.lower()}"


def _reading(number: int, name: str, summary: str) -> Rule:
    return Rule(f"PBP{number:03}", name, "error", summary, unusable=True)


SYNTAX = _reading(1, "syntax", "The file is not YAML that can be read.")
ENCODING = _reading(2, "encoding", "The file is not UTF-8.")
TAB = _reading(3, "tab-or-separator", "A tab or an unusual line separator stands in the file.")
CONTROL_CHARACTER = _reading(4, "control-character", "A raw control character stands in the file.")
DUPLICATE_KEY = _reading(5, "duplicate-key", "A key is given twice.")
ANCHOR = _reading(6, "anchor-or-alias", "An anchor (&) or alias (*) is used.")
TAG = _reading(7, "tag", "A tag (!) is used.")
DIRECTIVE = _reading(8, "directive", "A directive (%) is used.")
NESTING = _reading(9, "nesting", "The file is nested deeper than 20 levels.")
TOO_LARGE = _reading(10, "too-large", "The file is over 1 MiB.")
EMPTY = _reading(11, "empty-file", "The file says nothing.")
SEVERAL_DOCUMENTS = _reading(12, "several-documents", "The file holds more than one document.")
UNREADABLE = _reading(13, "unreadable", "The file cannot be opened.")
FLOW_COLON = _reading(14, "colon-in-braces", "A plain word inside {} or [] holds a colon.")
KEY_NOT_TEXT = _reading(15, "key-not-text", "A key is a list or a mapping.")
STRAY_FILE = Rule("PBP016", "stray-file", "error", "A file or folder does not belong where it is.")

UNKNOWN_KEY = Rule("PBP101", "unknown-key", "error", "The key is not known here.", unusable=True)
MISSING_KEY = Rule("PBP102", "missing-key", "error", "A key that is needed is missing or empty.", unusable=True)
WRONG_TYPE = Rule("PBP103", "wrong-value", "error", "The value is not of the form expected.", unusable=True)
UNKNOWN_STAGE = Rule("PBP104", "unknown-stage", "error", "The stage is not one of the matrix.", unusable=True)
UNKNOWN_THEME = Rule("PBP105", "unknown-theme", "error", "The theme is not one of the matrix.", unusable=True)
UNKNOWN_CRITERION = Rule(
    "PBP106", "unknown-criterion", "error", "The criterion is not one of the theme.", unusable=True
)
UNKNOWN_MATRIX = Rule("PBP107", "unknown-matrix", "error", "The matrix or its version is not known.", unusable=True)
STATED_AND_THEMES = Rule(
    "PBP108",
    "stated-and-themes",
    "error",
    "`stated` stands with `themes`, or outside a published summary.",
    unusable=True,
)
NO_SUCH_DATE = Rule(
    "PBP109", "no-such-date", "error", "The date does not exist or is not written as one.", unusable=True
)

DUPLICATE_ID = Rule("PBP201", "duplicate-id", "error", "A matrix uses one id twice.", unusable=True)
MATRIX_STAGE = Rule(
    "PBP202", "matrix-stage", "error", "A theme of a matrix names a stage that it lacks.", unusable=True
)
MATRIX_TWICE = Rule("PBP203", "matrix-twice", "error", "Two files hold one version of a matrix.")
SHIPPED_CHANGED = Rule(
    "PBP204",
    "shipped-matrix-changed",
    "error",
    "A matrix has a shipped id and version, but other text.",
    unusable=True,
)

FILE_NAME = Rule("PBP301", "file-name", "error", "The folder or file name does not match the content.", unusable=True)
SAME_DATE = Rule("PBP302", "same-date", "error", "A Place has two assessments of one date.", unusable=True)
UNKNOWN_PLACE = Rule("PBP303", "unknown-place", "error", "The Place is not listed in pbp.yaml.")
PLACE_ID = Rule("PBP304", "place-id", "error", "The folder's name cannot be a Place's id.")

SMALL_TALLY = Rule("PBP401", "small-tally", "error", "A tally of individual views counts fewer than five people.")

RULES: tuple[Rule, ...] = (
    SYNTAX, ENCODING, TAB, CONTROL_CHARACTER, DUPLICATE_KEY, ANCHOR, TAG, DIRECTIVE, NESTING, TOO_LARGE, EMPTY,
    SEVERAL_DOCUMENTS, UNREADABLE, FLOW_COLON, KEY_NOT_TEXT, STRAY_FILE,
    UNKNOWN_KEY, MISSING_KEY, WRONG_TYPE, UNKNOWN_STAGE, UNKNOWN_THEME, UNKNOWN_CRITERION, UNKNOWN_MATRIX,
    STATED_AND_THEMES, NO_SUCH_DATE,
    DUPLICATE_ID, MATRIX_STAGE, MATRIX_TWICE, SHIPPED_CHANGED,
    FILE_NAME, SAME_DATE, UNKNOWN_PLACE, PLACE_ID,
    SMALL_TALLY,
)  # fmt: skip
