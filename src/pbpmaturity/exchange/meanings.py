"""What each key of a file means, in a sentence that an editor shows."""

from pbpmaturity.model.assessment import (
    Action,
    Agreed,
    Amendment,
    Assessment,
    Evidence,
    Participant,
    Period,
    Stated,
    Target,
    ThemeAssessment,
)
from pbpmaturity.model.matrix import Criterion, Matrix, Source, Stage, Theme
from pbpmaturity.model.settings import PlaceSettings, Privacy, Settings
from pbpmaturity.model.shape import Shape

READS_AS = "Made by pbp schema. It is for editors; pbp validate checks more."

_FORMAT = "The version of this file format; always 1."

MEANINGS: dict[type[Shape], dict[str, str]] = {
    Assessment: {
        "format": _FORMAT,
        "place": "The Place's id, as the folder is named.",
        "date": "The day or month of the assessment, as the file is named: 2024-01-17 or 2024-01.",
        "matrix": "The matrix and version that it was judged on.",
        "status": "draft until the partnership has agreed it, then agreed.",
        "agreed": "Who agreed it, when, and where that is minuted.",
        "method": "How it was judged.",
        "gathered": "The time over which views were gathered.",
        "reviewed": "Who outside the partnership reviewed it.",
        "provenance": "The partnership's own assessment, what somebody else published, or one that is made up.",
        "summary": "A paragraph or more for the board.",
        "participants": "The organisations and roles that took part; never names of people.",
        "stated": "In a published summary: what was published instead of theme stages.",
        "themes": "What was judged and said, theme by theme; a theme that is left out is not assessed.",
        "amendments": "Changes made after it was agreed.",
    },
    Agreed: {
        "by": "The body that agreed the assessment.",
        "date": "When it did.",
        "minute": "Where that is minuted.",
    },
    Period: {"from": "When gathering began.", "to": "When it ended."},
    Participant: {"organisation": "The organisation.", "role": "The role in it; never a name."},
    ThemeAssessment: {
        "stage": "The stage that the group settled on.",
        "rationale": "Why the group settled on it.",
        "dissent": "What some held instead.",
        "criteria": "Criteria recorded: met, partly or not-met.",
        "views": "How many people chose each stage by themselves beforehand; five people or more.",
        "evidence": "What a reader can look up.",
        "target": "The stage aimed for.",
        "actions": "Next steps.",
    },
    Evidence: {
        "title": "What it is.",
        "link": "A web address, or the path of a file in the workspace.",
        "date": "When it was made.",
    },
    Target: {"stage": "The stage aimed for.", "by": "When it is to be reached."},
    Action: {
        "action": "What is to be done.",
        "owner": "A role or an organisation; never a name.",
        "due": "By when.",
        "status": "open, as without this key; done; or dropped.",
    },
    Stated: {
        "overall": "The overall stage that was published.",
        "note": "What is and is not known about it.",
        "source": "Where it was published.",
    },
    Amendment: {"date": "When the file was changed.", "reason": "What was changed, and why."},
    Source: {
        "title": "The paper's title.",
        "publisher": "Who published it.",
        "date": "When.",
        "locator": "Where in the paper or meeting.",
        "link": "Its address.",
    },
    Matrix: {
        "format": _FORMAT,
        "id": "The matrix's id, the same in all its versions.",
        "version": "Letters and figures, joined by full stops or hyphens; changed wording needs a version of its own.",
        "title": "Its name.",
        "source": "Where it was published.",
        "note": "What readers should know about it; shown with it.",
        "overall": "How the overall stage is derived: median, as without this key, or minimum.",
        "stages": "Two or more stages, from first to last.",
        "themes": "One or more themes.",
    },
    Stage: {"id": "The stage's id.", "name": "The word that people see.", "summary": "What the stage is like."},
    Theme: {
        "id": "The theme's id.",
        "name": "The words that people see.",
        "description": "What the theme is about.",
        "prompt": "A question to open the conversation.",
        "note": "What readers should know; shown wherever the theme is.",
        "descriptions": "What the theme looks like at a stage, by stage.",
        "criteria": "What to look for at a stage, by stage.",
    },
    Criterion: {
        "id": "Its id, given once in the theme.",
        "statement": "What is to be true.",
        "note": "What readers should know; shown with it.",
    },
    Settings: {
        "format": _FORMAT,
        "system": "The name of the system.",
        "places": "The Places by id; where it is given, each folder of assessments/ must be listed.",
        "matrix": "The matrix for new assessments.",
        "review-every-months": "After how many months an assessment is stale.",
        "privacy": "What participants are told about their answers.",
    },
    PlaceSettings: {
        "name": "The Place's name; without it, the id in words.",
        "share": "With whom its assessments are shared.",
    },
    Privacy: {
        "controller": "Who answers for the participants' data.",
        "keep-until": "How long answers are kept, in words.",
    },
}
