"""The tables of an export and their columns, each explained: for the documents, the Excel sheet and every format."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "whole number", "number", "true or false", "date"]

STAGES_ARE_AN_ORDER = (
    "Stages are an order and not numbers: stage_order is for sorting, and for counting what is at or above a stage."
    " An average of it, or a sum, means nothing."
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what kind of values it holds, what they mean, and when there is none (never, if not said)."""

    name: str
    kind: Kind
    meaning: str
    empty: str = ""


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A table: its name, what one of its rows is, and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


IN_EVERY_ROW = (
    Column("place", "text", "The Place, as its folder is named."),
    Column("place_name", "text", "The Place's name."),
    Column("system", "text", "The system, as pbp.yaml names it.", "pbp.yaml names none"),
    Column("share", "text", "With whom pbp.yaml lets the Place's assessments be shared: private, system or public."),
    Column("latest", "true or false", "Whether the assessment is the last agreed one of its Place."),
    Column("date", "text", "The date of the assessment as in its file: 2024-01-17, or 2024-01."),
    Column("date_from", "date", "The first day of that date, to sort and filter by: 2024-01-01 for 2024-01."),
    Column("date_precision", "text", "How much of the date is known: day or month."),
    Column("matrix", "text", "The matrix and version that it was judged on, such as pbp@2023.1."),
    Column("status", "text", "agreed, or draft for what nobody has agreed yet."),
    Column(
        "provenance",
        "text",
        "self-assessment; published-summary for what somebody published, without stages of themes; illustrative for"
        " what is made up.",
    ),
    Column(
        "method", "text", "How it was judged: workshop, interviews, survey or desk-review.", "the file does not say it"
    ),
    Column("assessed", "whole number", "How many themes have a stage."),
    Column("themes_total", "whole number", "Of how many: the themes of the matrix that are not not-applicable."),
    Column("stages_in_matrix", "whole number", "How many stages the matrix has."),
)

_NO_STAGE = "the theme has no stage"
_NOT_SETTLED_BY_THEMES = "no theme has a stage, or the stage is stated"
_NOT_SAID = "the file does not say it"
_STATED = "nothing is stated, or it does not say it"
_WITHHELD = "withheld"

_THEME = (
    Column("theme", "text", "The theme's id."),
    Column("theme_name", "text", "The theme's name."),
)

ASSESSMENTS = TableDefinition(
    "assessments",
    "an assessment file, drafts too",
    (
        *IN_EVERY_ROW,
        Column(
            "overall_stage",
            "text",
            "The overall stage: the highest that more than half of the assessed themes have reached, unless rule says"
            " otherwise.",
            "no theme has a stage and none is stated",
        ),
        Column(
            "overall_order",
            "whole number",
            "Where that stage comes in the order, 1 for the first.",
            "no theme has a stage and none is stated",
        ),
        Column("rule", "text", "Where the overall stage comes from: median, minimum, or stated as published."),
        Column(
            "settled",
            "true or false",
            "Whether the overall stage stays the same however the themes not assessed turn out.",
            _NOT_SETTLED_BY_THEMES,
        ),
        Column(
            "lowest",
            "text",
            "The overall stage if every theme not assessed were at the first stage.",
            _NOT_SETTLED_BY_THEMES,
        ),
        Column(
            "highest",
            "text",
            "The overall stage if every theme not assessed were at the last stage.",
            _NOT_SETTLED_BY_THEMES,
        ),
        Column("minimum", "text", "The lowest stage of a theme.", _NOT_SETTLED_BY_THEMES),
        Column(
            "most_common",
            "text",
            "The stage that most themes have; several, joined by a semicolon, where that is a tie.",
            _NOT_SETTLED_BY_THEMES,
        ),
        Column(
            "themes_to_change_up",
            "whole number",
            "The fewest themes that would have to change for a higher overall stage.",
            f"there is no higher one; {_NOT_SETTLED_BY_THEMES}",
        ),
        Column(
            "themes_to_change_down",
            "whole number",
            "The fewest themes that would have to change for a lower overall stage.",
            f"there is no lower one; {_NOT_SETTLED_BY_THEMES}",
        ),
        Column(
            "previous",
            "text",
            "The date of the agreed assessment before it in its Place.",
            "there is none",
        ),
        Column(
            "not_comparable_because",
            "text",
            "Why it has no rows in movements although there is one before it.",
            "they can be compared, or there is none before it",
        ),
        Column("agreed_by", "text", "The body that agreed it.", _NOT_SAID),
        Column("agreed_date", "text", "When it did, as in the file.", _NOT_SAID),
        Column("minute", "text", "Where that is minuted.", _NOT_SAID),
        Column("reviewed", "text", "Who outside the partnership reviewed it: none, peer or independent.", _NOT_SAID),
        Column("gathered_from", "text", "When the gathering of views began, as in the file.", _NOT_SAID),
        Column("gathered_to", "text", "When it ended, as in the file.", _NOT_SAID),
        Column(
            "organisations",
            "text",
            "The organisations that took part, joined by a semicolon and a space; their people's roles are left out.",
            _NOT_SAID,
        ),
        Column("summary", "text", "The paragraphs for the board.", _NOT_SAID),
        Column("stated_note", "text", "What is noted about what was published.", _STATED),
        Column("source_title", "text", "The paper in which the overall stage was published.", "nothing is stated"),
        Column("source_publisher", "text", "Who published it.", _STATED),
        Column("source_date", "text", "When, as in the file.", _STATED),
        Column("source_locator", "text", "Where in it.", _STATED),
        Column("source_link", "text", "Its address.", _STATED),
        Column(
            "stale",
            "true or false",
            "Whether, on the day of --as-of, it is older than pbp.yaml's review-every-months; look at latest too.",
            "without --as-of",
        ),
        Column("path", "text", "The file, as a path in the workspace."),
        Column("sha256", "text", "The SHA-256 of the file's bytes."),
    ),
)

RATINGS = TableDefinition(
    "ratings",
    "a theme of the matrix in an assessment, whether it was assessed or not",
    (
        *IN_EVERY_ROW,
        *_THEME,
        Column("theme_position", "whole number", "Where the theme comes in the matrix, 1 for the first."),
        Column("stage", "text", "The stage's id, or not-assessed, or not-applicable."),
        Column("stage_name", "text", "The same in words."),
        Column("stage_order", "whole number", "Where the stage comes in the order, 1 for the first.", _NO_STAGE),
        Column("rationale", "text", "Why the group settled on it.", _NOT_SAID),
        Column("dissent", "text", "What some held instead.", _NOT_SAID),
        Column(
            "criteria_at_least",
            "text",
            "The highest stage with all criteria recorded as met, and those of the stages below.",
            "not even the first stage; or criteria_answered is 0",
        ),
        Column(
            "criteria_at_most",
            "text",
            "The same if all criteria that are not recorded were met.",
            "not even the first stage; or criteria_answered is 0",
        ),
        Column("criteria_answered", "whole number", "How many of the theme's criteria are recorded."),
        Column("criteria_total", "whole number", "How many criteria the theme has."),
        Column(
            "judged_above_criteria",
            "true or false",
            "Whether the stage is above even criteria_at_most.",
            "criteria_answered is 0, or the theme has no stage",
        ),
        Column("target_stage", "text", "The stage aimed for.", _NOT_SAID),
        Column("target_order", "whole number", "Where it comes in the order, 1 for the first.", _NOT_SAID),
        Column("target_by", "text", "By when, as in the file.", _NOT_SAID),
    ),
)

MOVEMENTS = TableDefinition(
    "movements",
    "a theme in an assessment that can be compared with the agreed one before it in its Place",
    (
        *IN_EVERY_ROW,
        *_THEME,
        Column("from_date", "text", "The date of the agreed assessment before."),
        Column("from_stage", "text", "The stage's id then, or not-assessed, or not-applicable."),
        Column("from_order", "whole number", "Where that stage comes in the order, 1 for the first.", "it is no stage"),
        Column("to_stage", "text", "The stage's id now, or not-assessed, or not-applicable."),
        Column("to_order", "whole number", "Where that stage comes in the order, 1 for the first.", "it is no stage"),
        Column(
            "movement",
            "text",
            "up, same, down; newly-assessed, no-longer-assessed; not-assessed where it has a stage neither time.",
        ),
        Column(
            "steps", "whole number", "How many stages lie between, without a sign.", "it has no stage one of the times"
        ),
    ),
)

CRITERIA = TableDefinition(
    "criteria",
    "a criterion that is recorded; one without a row is unknown, and never not met",
    (
        *IN_EVERY_ROW,
        *_THEME,
        Column("criterion", "text", "The criterion within the matrix: the theme, a slash and its id (shared-data/E1)."),
        Column("criterion_id", "text", "The criterion's id within its theme."),
        Column("stage", "text", "The id of the stage that the criterion belongs to."),
        Column("stage_order", "whole number", "Where that stage comes in the order, 1 for the first."),
        Column("state", "text", "met, partly or not-met."),
        Column("statement", "text", "What is looked for."),
    ),
)

EVIDENCE = TableDefinition(
    "evidence",
    "a piece of evidence of a theme in an assessment",
    (
        *IN_EVERY_ROW,
        *_THEME,
        Column("position", "whole number", "Where it stands in the theme's list, 1 for the first."),
        Column("title", "text", "What it is."),
        Column("link", "text", "A web address, or the path of a file in the workspace.", _NOT_SAID),
        Column("evidence_date", "text", "Its date, as in the file.", _NOT_SAID),
        Column("evidence_date_precision", "text", "How much of that date is known: day or month.", _NOT_SAID),
    ),
)

ACTIONS = TableDefinition(
    "actions",
    "a next step of a theme in an assessment, open or not",
    (
        *IN_EVERY_ROW,
        *_THEME,
        Column("number", "whole number", "Its number in the assessment, as pbp actions shows it."),
        Column("action", "text", "What is to be done."),
        Column("owner", "text", "By which role or organisation.", _NOT_SAID),
        Column("due", "text", "By when, as in the file.", _NOT_SAID),
        Column("action_status", "text", "open, done or dropped."),
        Column(
            "overdue",
            "true or false",
            "Whether, on the day of --as-of, it is open and its due date is past; look at latest too.",
            "without --as-of",
        ),
    ),
)

VIEWS = TableDefinition(
    "views",
    "a theme and stage of an assessment for which individual views were gathered, or stages that are counted together;"
    " of a tally that may not be seen, one row a theme that says only that it is withheld",
    (
        *IN_EVERY_ROW,
        *_THEME,
        Column(
            "stage",
            "text",
            "The stage's id; of stages counted together all ids, as in `emerging or developing`.",
            _WITHHELD,
        ),
        Column("stage_name", "text", "The name, as in `Emerging or Developing`.", _WITHHELD),
        Column(
            "stage_order",
            "whole number",
            "Where it comes in the order, 1 for the first; of stages counted together, where the lowest does.",
            _WITHHELD,
        ),
        Column("people", "whole number", "How many people chose it; 0 where nobody did.", _WITHHELD),
        Column(
            "ratings",
            "whole number",
            "How many people chose a stage of the theme; the same in all its rows. Do not add it up.",
            _WITHHELD,
        ),
        Column("lowest", "text", "The lowest stage that anybody chose, as in `stage`.", _WITHHELD),
        Column("highest", "text", "The highest stage that anybody chose, as in `stage`.", _WITHHELD),
        Column("middle", "text", "The middle view: the lower median of the stages chosen, as in `stage`.", _WITHHELD),
        Column(
            "agreement",
            "number",
            "How much they agree, by van der Eijk's A: 1 all alike, 0 evenly spread, -1 half at each end. It orders"
            " themes by how contested they are, and says nothing of the Place.",
            "withheld, or fewer than three stages are counted apart",
        ),
        Column(
            "withheld",
            "true or false",
            "Whether there is a tally that may not be seen: of fewer than five people, or as pbp.yaml says.",
        ),
    ),
)

TABLES = {table.name: table for table in (ASSESSMENTS, RATINGS, MOVEMENTS, CRITERIA, EVIDENCE, ACTIONS, VIEWS)}
"""The tables by name, in the order in which they are shown."""
