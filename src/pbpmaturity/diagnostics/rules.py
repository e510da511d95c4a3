"""The catalogue: every rule that a file can break. docs/rules.md has a section for each."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
Needs = Literal["as-of", "changed-since"]

DOCUMENT = "docs/rules.md"
READING = "PBP0"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; a file that breaks an `unusable` one is left out by every command but validate.

    The schemas for editors refuse what breaks an `in_schema` one. `needs` is the option without which it is not tried.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    unusable: bool = False
    in_schema: bool = False
    needs: Needs | None = None

    @property
    def url(self) -> str:
        """Where the rule is explained."""
        return f"{DOCUMENT}#{self.code.lower()}"

    @property
    def is_of_reading(self) -> bool:
        """Say whether it is one of PBP0xx, which nobody can leave out: what cannot be read cannot be checked."""
        return self.code.startswith(READING)


def _reading(number: int, name: str, summary: str) -> Rule:
    return Rule(f"PBP{number:03}", name, "error", summary, unusable=True)


def _shape(number: int, name: str, summary: str) -> Rule:
    return Rule(f"PBP{number:03}", name, "error", summary, unusable=True, in_schema=True)


SYNTAX = _reading(1, "syntax", "The file is not YAML that can be read.")
ENCODING = _reading(2, "encoding", "The file is not UTF-8.")
TAB = _reading(
    3, "tab-or-separator", "A tab, an unusual line separator, or another space where YAML needs an ordinary one."
)
CONTROL_CHARACTER = _reading(4, "control-character", "A raw control character stands in the file.")
DUPLICATE_KEY = _reading(5, "duplicate-key", "A key is given twice.")
ANCHOR = _reading(6, "anchor-or-alias", "An anchor (&) or alias (*) is used.")
TAG = _reading(7, "tag", "A tag (!) is used.")
DIRECTIVE = _reading(8, "directive", "A directive (%) is used.")
NESTING = _reading(9, "nesting", "The file is nested deeper than 20 levels.")
TOO_LARGE = _reading(10, "too-large", "The file is over 1 MiB, or holds over 20,000 keys and values.")
EMPTY = _reading(11, "empty-file", "The file says nothing.")
SEVERAL_DOCUMENTS = _reading(12, "several-documents", "The file holds more than one document.")
UNREADABLE = _reading(13, "unreadable", "The file cannot be opened.")
FLOW_COLON = _reading(14, "colon-in-braces", "A plain word inside {} or [] holds a colon.")
KEY_NOT_TEXT = _reading(15, "key-not-text", "A key is a list or a mapping.")
STRAY_FILE = Rule("PBP016", "stray-file", "error", "A file or folder does not belong where it is.")
LATER = Rule(
    "PBP018", "later-version", "error", "The file is written for a later version of pbp.", unusable=True, in_schema=True
)
BACKUP = Rule("PBP019", "backup-beside", "note", "An editor's copy lies beside the file that it is of.")

UNKNOWN_KEY = _shape(101, "unknown-key", "The key is not known here.")
MISSING_KEY = _shape(102, "missing-key", "A key that is needed is missing or empty.")
WRONG_TYPE = _shape(103, "wrong-value", "The value is not of the form expected.")
UNKNOWN_STAGE = _shape(104, "unknown-stage", "The stage is not one of the matrix.")
UNKNOWN_THEME = _shape(105, "unknown-theme", "The theme is not one of the matrix.")
UNKNOWN_CRITERION = _shape(106, "unknown-criterion", "The criterion is not one of the theme.")
UNKNOWN_MATRIX = _shape(107, "unknown-matrix", "The matrix or its version is not known.")
STATED_AND_THEMES = Rule(
    "PBP108",
    "stated-and-themes",
    "error",
    "`stated` stands with `themes`, or outside a published summary.",
    unusable=True,
)
NO_SUCH_DATE = _shape(109, "no-such-date", "The date does not exist or is not written as one.")
UNEXPLAINED = Rule("PBP110", "not-applicable-unexplained", "error", "A theme is not applicable, and nothing says why.")
NOT_SAID_WHO_AGREED = Rule(
    "PBP111", "agreed-by-nobody", "error", "The assessment is agreed, but it does not say by whom and when."
)
LINK = Rule("PBP112", "link", "error", "A link is neither a web address nor a file of the workspace.")
IN_FUTURE = Rule("PBP113", "date-in-future", "error", "A date has not come yet.", needs="as-of")
ABOVE_CRITERIA = Rule(
    "PBP114", "above-criteria", "warning", "A theme is judged above the stage that its criteria support."
)
CRITERIA_OUT_OF_ORDER = Rule(
    "PBP115", "criteria-out-of-order", "note", "A criterion is not met, though one of a later stage is."
)
THEMES_MISSING = Rule("PBP116", "themes-missing", "warning", "An agreed assessment leaves themes out.")
NO_EVIDENCE = Rule("PBP117", "no-evidence", "warning", "A stage above the first is agreed without evidence.")
TARGET_BELOW = Rule("PBP118", "target-below-stage", "warning", "A target is below the stage that is reached.")
TARGET_PAST = Rule("PBP119", "target-past", "warning", "The date of a target is past.", needs="as-of")
OVERDUE = Rule("PBP120", "action-overdue", "warning", "An open action is overdue.", needs="as-of")
REVERSED = Rule("PBP121", "period-reversed", "warning", "A period ends before it begins.")
CUT_OFF = Rule("PBP122", "text-cut-off", "warning", "Text is cut off by a `#`.")
UNKNOWN_AREA = Rule("PBP123", "unknown-service-area", "error", "The service area is not known.", in_schema=True)
TOO_FAR_LEFT = Rule(
    "PBP124", "too-far-left", "warning", "A value in quotes or brackets goes on as far left as what it belongs to."
)

DUPLICATE_ID = Rule("PBP201", "duplicate-id", "error", "A file uses one id twice.", unusable=True)
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
EMPTY_CELL = Rule("PBP205", "empty-cell", "note", "A stage of a theme has neither a description nor criteria.")
AGREED_MATRIX_CHANGED = Rule(
    "PBP206",
    "agreed-matrix-changed",
    "error",
    "The text of a matrix on which agreed assessments rest was changed under its version.",
    needs="changed-since",
)

FILE_NAME = Rule("PBP301", "file-name", "error", "The folder or file name does not match the content.", unusable=True)
SAME_DATE = Rule("PBP302", "same-date", "error", "A Place has two assessments of one date.", unusable=True)
UNKNOWN_PLACE = Rule("PBP303", "unknown-place", "error", "The Place is not listed in pbp.yaml.")
PLACE_ID = Rule("PBP304", "place-id", "error", "The folder's name cannot be a Place's id.")
UNEXPLAINED_CHANGE = Rule(
    "PBP305", "change-unexplained", "warning", "A theme's stage has changed since the last time, and nothing says why."
)
STALE = Rule("PBP306", "stale", "warning", "A Place's latest assessment is older than it should be.", needs="as-of")
AGREED_CHANGED = Rule(
    "PBP307",
    "agreed-changed",
    "warning",
    "An agreed assessment was changed without an amendment.",
    needs="changed-since",
)
TEST_TWICE = Rule("PBP308", "readiness-test-twice", "error", "Two readiness tests have one id.", unusable=True)
SECOND_DELEGATION = Rule(
    "PBP309", "second-delegation-file", "error", "A workspace has more than one file in delegation/.", unusable=True
)

SMALL_TALLY = Rule("PBP401", "small-tally", "error", "A tally of individual views counts too few people.")
UNSEEN_CELL = Rule(
    "PBP405",
    "unseen-cell",
    "error",
    "A tally of individual views tells more than pbp.yaml lets anybody see.",
)
PERSONAL_DATA = Rule(
    "PBP402", "personal-data", "warning", "A text holds an e-mail address, a telephone number or an NHS number."
)
PERSON_NAMED = Rule(
    "PBP403", "person-named", "warning", "What should be a role or an organisation looks like a person."
)
INDIVIDUAL_VIEW = Rule(
    "PBP404", "individual-view", "error", "One person's answers lie in the workspace.", unusable=True
)

UNUSED_IGNORE = Rule("PBP501", "ignore-unused", "warning", "A comment leaves out a finding that there is not.")
BAD_IGNORE = Rule(
    "PBP502", "ignore-without-effect", "warning", "A comment is to leave a finding out, but it cannot as it is written."
)

RULES: tuple[Rule, ...] = (
    SYNTAX, ENCODING, TAB, CONTROL_CHARACTER, DUPLICATE_KEY, ANCHOR, TAG, DIRECTIVE, NESTING, TOO_LARGE, EMPTY,
    SEVERAL_DOCUMENTS, UNREADABLE, FLOW_COLON, KEY_NOT_TEXT, STRAY_FILE, LATER, BACKUP,
    UNKNOWN_KEY, MISSING_KEY, WRONG_TYPE, UNKNOWN_STAGE, UNKNOWN_THEME, UNKNOWN_CRITERION, UNKNOWN_MATRIX,
    STATED_AND_THEMES, NO_SUCH_DATE, UNEXPLAINED, NOT_SAID_WHO_AGREED, LINK, IN_FUTURE, ABOVE_CRITERIA,
    CRITERIA_OUT_OF_ORDER, THEMES_MISSING, NO_EVIDENCE, TARGET_BELOW, TARGET_PAST, OVERDUE, REVERSED, CUT_OFF,
    UNKNOWN_AREA, TOO_FAR_LEFT,
    DUPLICATE_ID, MATRIX_STAGE, MATRIX_TWICE, SHIPPED_CHANGED, EMPTY_CELL, AGREED_MATRIX_CHANGED,
    FILE_NAME, SAME_DATE, UNKNOWN_PLACE, PLACE_ID, UNEXPLAINED_CHANGE, STALE, AGREED_CHANGED,
    TEST_TWICE, SECOND_DELEGATION,
    SMALL_TALLY, PERSONAL_DATA, PERSON_NAMED, INDIVIDUAL_VIEW, UNSEEN_CELL,
    UNUSED_IGNORE, BAD_IGNORE,
)  # fmt: skip
