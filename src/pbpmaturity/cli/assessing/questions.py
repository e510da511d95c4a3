"""All questions of a recording, by name."""

from pbpmaturity.cli.assessing import lists, theme, whole
from pbpmaturity.cli.assessing.question import Question, Taken, first_or_more, fixed
from pbpmaturity.model.shape import changed

_A_DATE = "a day, as in 17 Jan 2024 or 17/01/2024, or a month, as in Jan 2024"
_TEXT = "any text; a text of several lines can be pasted"

QUESTIONS: dict[str, Question] = {
    "date": Question(
        fixed("When was it? The day, or the month, of the workshop."),
        whole.take_date,
        _A_DATE,
        offers=whole.date_offered,
        needs=fixed("Write the day, or the month, of the workshop."),
    ),
    "method": Question(
        fixed("How was it judged? 1 workshop, 2 interviews, 3 survey, 4 desk review."),
        whole.take_method,
        "workshop, interviews, survey or desk review, also by number or first letters",
        now=whole.method_now,
        offers=lambda recording, position: None if recording.assessment.method else "workshop",
    ),
    "stage": Question(
        theme.ask_stage,
        theme.take_stage,
        "a stage by number, first letters or name; not assessed; not applicable",
        now=theme.stage_now,
        needs=fixed("Write a stage, or: not assessed, not applicable. Type skip to leave the theme for later."),
    ),
    "criterion": Question(
        theme.ask_criterion,
        theme.take_criterion,
        "met, partly or not met, also by number (1 to 3) or first letter",
        now=theme.criterion_now,
        clears=lambda recording, position: Taken(theme.with_criterion(recording, position, None)),
        nothing="nobody can say",
    ),
    "keep": Question(
        theme.ask_keep,
        theme.take_keep,
        "yes to keep the stage, no to judge again",
        needs=fixed("Write yes to keep the stage, or no to judge again."),
    ),
    "rationale": Question(
        theme.ask_rationale,
        theme.take_field("rationale"),
        _TEXT,
        now=theme.field_now("rationale"),
        needs=theme.needs_reason,
        clears=theme.clear_field("rationale"),
        takes="prose",
    ),
    "dissent": Question(
        fixed("What did some hold instead? What, not who."),
        theme.take_field("dissent"),
        _TEXT,
        now=theme.field_now("dissent"),
        clears=theme.clear_field("dissent"),
        takes="prose",
    ),
    "evidence": Question(
        first_or_more("What is the evidence? A title, as of a paper or a plan.", "More evidence? A title."),
        lists.take_evidence,
        "the title of something that a reader can look up",
        now=lists.item_now("title"),
        clears=lists.clear_item,
        takes="line",
    ),
    "evidence-link": Question(
        fixed("Where is it? A web address, or a file of this workspace."),
        lists.take_link,
        "a web address, https://..., or the path of a file of this workspace",
        now=lists.item_now("link"),
        clears=lists.clear_item_field("link"),
    ),
    "evidence-date": Question(
        fixed("What is its date?"),
        lists.take_item_date("date"),
        _A_DATE,
        now=lists.item_now("date"),
        clears=lists.clear_item_field("date"),
    ),
    "target": Question(
        fixed("Is there a target stage? Only if the group set one."),
        theme.take_target,
        "a stage by number, first letters or name",
        now=theme.target_now,
        clears=theme.clear_field("target"),
    ),
    "target-by": Question(
        fixed("By when is the target to be reached?"), theme.take_target_by, _A_DATE, now=theme.target_by_now
    ),
    "action": Question(
        lists.ask_action,
        lists.take_action,
        "what is to be done; or the number of an action from last time, which is carried over",
        now=lists.item_now("action"),
        clears=lists.clear_item,
        takes="prose",
    ),
    "action-owner": Question(
        fixed("Who will do it? A role or an organisation."),
        lists.take_item("owner"),
        "a role or an organisation, never the name of a person",
        now=lists.item_now("owner"),
        clears=lists.clear_item_field("owner"),
        is_about_people=True,
        takes="line",
    ),
    "action-due": Question(
        fixed("By when is it to be done?"),
        lists.take_item_date("due"),
        _A_DATE,
        now=lists.item_now("due"),
        clears=lists.clear_item_field("due"),
    ),
    "participant": Question(
        first_or_more("Who took part? An organisation.", "Who else? An organisation."),
        lists.take_participant,
        "an organisation, never the name of a person",
        now=lists.item_now("organisation"),
        clears=lists.clear_item,
        is_about_people=True,
        takes="line",
    ),
    "participant-role": Question(
        fixed("In which role?"),
        lists.take_item("role"),
        "a role, such as Director of Public Health, never the name of a person",
        now=lists.item_now("role"),
        clears=lists.clear_item_field("role"),
        is_about_people=True,
        takes="line",
    ),
    "summary": Question(
        fixed("One paragraph for the board?"),
        whole.take_summary,
        _TEXT,
        now=lambda recording, position: recording.assessment.summary,
        clears=lambda recording, position: Taken(changed(recording.assessment, summary=None)),
        takes="prose",
    ),
    "status": Question(
        fixed("Has it been agreed, by the board or the partnership? If not, it stays a draft."),
        whole.take_status,
        "yes or no; a draft can be agreed later: run the same command again",
        offers=fixed("no"),
    ),
    "agreed-by": Question(
        fixed("Who agreed it? A board or a partnership."),
        lambda recording, position, text: Taken(whole.with_agreed(recording, by=text)),
        "the name of a board or a partnership, never that of a person",
        now=whole.agreed_now("by"),
        needs=fixed("Write who agreed it; or quit, and it stays a draft."),
        is_about_people=True,
        takes="line",
    ),
    "agreed-date": Question(
        fixed("When was it agreed?"),
        whole.take_agreed_date,
        _A_DATE,
        now=whole.agreed_now("date"),
        needs=fixed("Write when it was agreed; or quit, and it stays a draft."),
    ),
    "agreed-minute": Question(
        fixed("Where is it minuted?"),
        lambda recording, position, text: Taken(whole.with_agreed(recording, minute=text)),
        "where to find it, such as: item 5",
        now=whole.agreed_now("minute"),
        takes="line",
    ),
}
