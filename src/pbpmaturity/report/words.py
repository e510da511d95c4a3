"""Results as phrases and sentences in plain UK English."""

import re
from collections.abc import Sequence

from pbpmaturity.analysis.criteria import CriteriaSupport
from pbpmaturity.analysis.movement import ThemeMovement
from pbpmaturity.analysis.overall import Coverage, Overall, coverage, overall
from pbpmaturity.analysis.views import ThemeViews
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.matrix import NOT_APPLICABLE, Matrix, Source
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.settings import Privacy
from pbpmaturity.model.together import cell_name, stages_in

_METHODS = {
    "workshop": "in a workshop",
    "interviews": "through interviews",
    "survey": "by a survey",
    "desk-review": "by a review of documents",
}
_REVIEWS = {
    "none": "Nobody outside the partnership has reviewed it.",
    "peer": "It was reviewed by peers.",
    "independent": "It was reviewed independently.",
}
_RULES = {
    "median": (
        "The overall stage is the highest that more than half of the assessed themes have reached. Stages are not"
        " averaged."
    ),
    "minimum": "The overall stage is the lowest of any assessed theme, where the matrix asks for that.",
    "stated": "Where only a summary was published, the overall stage is the published one; it cannot be derived again.",
}
NO_REASON = "No reason is recorded."
CRITERION_STATES = {"met": "met", "partly": "partly met", "not-met": "not met"}


def banners(*assessments: Assessment) -> tuple[str, ...]:
    """Return what a reader must know before anything else: draft, made up, or only as published."""
    kinds = (
        ("DRAFT", "not agreed yet.", [one for one in assessments if one.status == "draft"]),
        (
            "ILLUSTRATIVE",
            "a made-up example that describes no real Place.",
            [one for one in assessments if one.provenance == "illustrative"],
        ),
        (
            "PUBLISHED SUMMARY",
            "this records what was published and nothing more.",
            [one for one in assessments if one.provenance == "published-summary"],
        ),
    )
    found = []
    for kind, meaning, marked in kinds:
        which = f" ({_named(marked, assessments)})" if len(marked) < len(assessments) else ""
        found += [f"{kind}{which}: {meaning}"] if marked else []
    return tuple(found)


def _named(marked: Sequence[Assessment], everything: Sequence[Assessment]) -> str:
    """Return which of all assessments are meant: by their dates, and by their Places too where there are several."""
    if len({one.place for one in everything}) > 1:
        return ", ".join(f"{one.place}@{one.date}" for one in marked)
    return ", ".join(one.date.shown() for one in marked)


def change(moved: ThemeMovement) -> str:
    """Return a theme's movement in words: `Up 1 stage`, `No change`, `Newly assessed`."""
    if moved.steps:
        return steps(moved.steps if moved.direction == "up" else -moved.steps)
    if moved.direction == "not-assessed" and moved.to_state == NOT_APPLICABLE:
        return "Not applicable"
    return {"same": "No change"}.get(moved.direction, moved.direction.replace("-", " ").capitalize())


def steps(difference: int) -> str:
    """Return how far a stage is from an earlier one: `Up 1 stage`, `Down 2 stages`, `No change`."""
    if not difference:
        return "No change"
    stages = "1 stage" if abs(difference) == 1 else f"{abs(difference)} stages"
    return f"{'Up' if difference > 0 else 'Down'} {stages}"


def how_derived(result: Overall, covered: Coverage) -> str:
    """Return the rule behind the overall stage, as applied here."""
    if result.rule == "stated":
        return (
            "The overall stage is the published one. No theme stages were published with it,"
            " so it can be neither checked nor derived again."
        )
    if result.stage is None:
        return "No theme has been assessed, so there is no overall stage."
    if covered.assessed == 1:
        return "The overall stage is that of the one assessed theme."
    themes = f"{covered.assessed} assessed themes"
    if result.rule == "minimum":
        return f"The overall stage is the lowest of any of the {themes}, as the matrix asks."
    return (
        f"The overall stage is the highest that more than half of the {themes} have reached. Stages are not averaged."
    )


def overall_rules(files: Sequence[FiledAssessment]) -> tuple[str, ...]:
    """Return how the overall stages of assessments came about, a sentence for each way."""
    used = {overall(filed.assessment, filed.matrix).rule for filed in files}
    return tuple(_RULES[rule] for rule in ("median", "minimum", "stated") if rule in used)


def short_rule(filed: FiledAssessment) -> str:
    """Return how an overall stage came about, in a word or two."""
    short = {"median": "More than half", "minimum": "Lowest theme", "stated": "As published"}
    return short[overall(filed.assessment, filed.matrix).rule]


def kind(assessment: Assessment) -> str:
    """Return what an assessment is: agreed or a draft, and what is not the Place's own."""
    provenance = {"published-summary": "Published summary", "illustrative": "Illustrative"}
    said = provenance.get(assessment.provenance, "Self-assessment")
    return f"{said} (draft)" if assessment.status == "draft" else said


def settledness(result: Overall, covered: Coverage, matrix: Matrix) -> str | None:
    """Return what the themes still to be assessed could do to the overall stage; None if nothing."""
    if result.settled is not False:
        return None
    return (
        f"{matrix.name_of(result.stage)} so far ({covered.assessed} of {covered.themes_total} themes assessed;"
        f" with all, between {matrix.name_of(result.lowest)} and {matrix.name_of(result.highest)})."
    )


def sturdiness(result: Overall) -> str | None:
    """Return how many themes would have to change for another overall stage; never which."""
    themes = result.themes_to_change
    if themes is None:
        return None
    if themes.up is None:
        needed = f"{_themes(themes.down or 0)} would have to change for a lower overall stage"
    else:
        lower = f", and {themes.down} for a lower one" if themes.down is not None else ""
        needed = f"{_themes(themes.up)} would have to change for a higher overall stage{lower}"
    if not result.settled:
        return f"Among the assessed themes, {'close' if themes.is_close else 'sturdy'}: {needed}."
    return f"{'Close' if themes.is_close else 'Sturdy'}: {needed}."


def spread(result: Overall, matrix: Matrix) -> str | None:
    """Return how many themes are at each stage, and which stage is most common; None where no theme is rated."""
    if not result.most_common:
        return None
    counts = ", ".join(f"{matrix.name_of(stage)} {count}" for stage, count in result.distribution)
    *others, last = (matrix.name_of(stage) for stage in result.most_common)
    common = f"{', '.join(others)} and {last}" if others else last
    return f"Themes at each stage: {counts}. Most common: {common}."


def criteria(support: CriteriaSupport, matrix: Matrix) -> str:
    """Return what the recorded criteria support, as a sentence without its full stop."""
    answered = f"{support.answered} of {support.criteria_total} answered"
    if support.at_least == support.at_most:
        if support.at_least is None:
            return f"Criteria do not support {matrix.stages[0].name} yet ({answered})"
        return f"Criteria support {matrix.name_of(support.at_least)}"
    least = f"at least {matrix.name_of(support.at_least)}, " if support.at_least else ""
    return f"Criteria support {least}at most {matrix.name_of(support.at_most)} ({answered})"


def criteria_warning(support: CriteriaSupport, stage: str, matrix: Matrix) -> str | None:
    """Return a sentence where the stage judged is above what the criteria support at most."""
    if not support.judged_above:
        return None
    if support.at_most is None:
        first = matrix.stages[0].name
        return f"Judged {matrix.name_of(stage)}, though the recorded criteria do not support even {first}."
    most = matrix.name_of(support.at_most)
    return f"Judged {matrix.name_of(stage)}, which is above what the recorded criteria support at most: {most}."


def agreement(assessment: Assessment) -> str:
    """Return who agreed the assessment, when and where; and that it is a draft or that this is not recorded."""
    if assessment.status == "draft":
        return "Not agreed yet: this is a draft."
    agreed = assessment.agreed
    parts = []
    if agreed and agreed.by:
        parts.append(f"by {agreed.by}")
    if agreed and agreed.date:
        parts.append(f"on {agreed.date.shown()}" if agreed.date.day else f"in {agreed.date.shown()}")
    if agreed and agreed.minute:
        parts.append(f"({agreed.minute})")
    return f"Agreed {' '.join(parts)}." if parts else f"Who agreed it, and when, {_unknown(assessment)}."


def how_made(assessment: Assessment) -> str:
    """Return the method, when views were gathered and who reviewed, saying what is not recorded."""
    sentences = [judged(assessment)]
    if assessment.gathered:
        start, end = assessment.gathered.from_, assessment.gathered.to
        sentences.append(
            f"Views gathered {start.shown()} to {end.shown()}." if end else f"Views gathered from {start.shown()}."
        )
    unreviewed = f"Whether anybody reviewed it {_unknown(assessment)}."
    sentences.append(_REVIEWS[assessment.reviewed] if assessment.reviewed else unreviewed)
    return " ".join(sentences)


def judged(assessment: Assessment) -> str:
    """Return the method as a sentence, or that it is not known."""
    if assessment.method:
        return f"Judged {_METHODS[assessment.method]}."
    return f"How it was judged {_unknown(assessment)}."


def covered(filed: FiledAssessment) -> str:
    """Return how many themes have a stage, of those that apply: `8 of 9 themes assessed`."""
    found = coverage(filed.assessment, filed.matrix)
    return f"{found.assessed} of {found.themes_total} themes assessed"


def no_weakest(filed: FiledAssessment) -> str:
    """Return what is said where no theme is at a lower stage than the others."""
    if any(filed.assessment.state(theme) in filed.matrix.stage_ids for theme in filed.matrix.theme_ids):
        return "None stands out: every assessed theme is at the same stage."
    return "No theme is assessed."


def tally(counts: tuple[tuple[str, int], ...], matrix: Matrix) -> str:
    """Return individual views by stage: `4 Emerging, 13 Developing (17 people)`.

    Where stages are counted together: `Emerging or Developing: 4, Maturing: 13 (17 people)`.
    """
    people = sum(count for _, count in counts)
    chosen = [(cell_name(cell, matrix), count) for cell, count in counts if count]
    if any(len(stages_in(cell)) > 1 for cell, _ in counts):
        return f"{', '.join(f'{name}: {count}' for name, count in chosen)} ({people} people)"
    return f"{', '.join(f'{count} {name}' for name, count in chosen)} ({people} people)"


def individual_views(views: ThemeViews, matrix: Matrix) -> str | None:
    """Return a tally with its range and middle, without its full stop; None where none may be shown."""
    if views.tally is None:
        return None
    lowest, highest, middle = (cell_name(cell, matrix) for cell in (views.lowest, views.highest, views.middle))
    if lowest == highest:
        is_together = len(stages_in(views.lowest or "")) > 1
        return f"{tally(views.tally, matrix)}, {'none at another stage' if is_together else 'all at one stage'}"
    return f"{tally(views.tally, matrix)}, from {lowest} to {highest}; middle view {middle}"


def group_and_views(assessment: Assessment, views: ThemeViews, matrix: Matrix) -> str:
    """Return what the group's stage is to the middle view: at it, or so many stages above or below."""
    state = assessment.state(views.theme)
    if state == NOT_APPLICABLE:
        return "The group found that it does not apply."
    if state not in matrix.stage_ids or views.middle is None:
        is_left = assessment.is_judged(views.theme)
        return "The group did not assess it." if is_left else "The group has not judged it yet."
    judged = f"The group {'agreed' if assessment.status == 'agreed' else 'chose'} {matrix.name_of(state)}"
    middle = stages_in(views.middle)
    if len(middle) > 1:
        return f"{judged}, which is {_beside(matrix.position(state), middle, matrix)} the middle view."
    difference = matrix.position(state) - matrix.position(views.middle)
    if not difference:
        return f"{judged}, which is the middle view."
    stages = "1 stage" if abs(difference) == 1 else f"{abs(difference)} stages"
    return f"{judged}, {stages} {'above' if difference > 0 else 'below'} the middle view."


def about_views(privacy: Privacy) -> str:
    """Return what tallies of individual views are, and where there is none to be seen."""
    return (
        "How many people chose each stage by themselves beforehand, and what the group made of it. Nothing is shown"
        f" where {too_little(privacy)}."
    )


def withheld(privacy: Privacy) -> str:
    """Return why a tally is withheld: all that can be the reason here, since which it is would tell something."""
    return f"Withheld, since {too_little(privacy)}"


def too_little(privacy: Privacy) -> str:
    """Return what keeps a tally from being shown or written, with these settings: `fewer than five people answered`."""
    fewest = privacy.fewest_seen
    reasons = [f"fewer than {number(fewest)} people answered"]
    reasons += ["too few chose each stage"] if privacy.smallest_cell > 1 else []
    reasons += ["all answered alike"] if privacy.all_alike == "withhold" else []
    *others, last = reasons
    return f"{', '.join(others)} or {last}" if others else last


def number(count: int) -> str:
    """Return a number of people as a word up to ten, and in figures above."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[count] if count < len(words) else str(count)


def _beside(position: int, together: Sequence[str], matrix: Matrix) -> str:
    """Return where a stage is to some that are counted together, of which nobody knows which was meant."""
    if position < matrix.position(together[0]):
        return "below"
    return "above" if position > matrix.position(together[-1]) else "within"


def source(origin: Source) -> str:
    """Return where something was published, as one phrase."""
    date = origin.date.shown() if origin.date else None
    parts = (origin.title, origin.publisher, date, origin.locator)
    return ", ".join(part for part in parts if part)


def blocks_of(text: str) -> list[str]:
    """Return the paragraphs of a text, each on one line.

    They are set apart by blank lines; where there are none, by line breaks, which is what YAML makes of the blank lines
    in folded text.
    """
    pieces = re.split(r"\n[^\S\n]*\n", text) if re.search(r"\n[^\S\n]*\n", text.strip()) else text.splitlines()
    return [" ".join(piece.split()) for piece in pieces if piece.strip()]


def _unknown(assessment: Assessment) -> str:
    return "was not published" if assessment.provenance == "published-summary" else "is not recorded"


def _themes(count: int) -> str:
    return "1 theme" if count == 1 else f"{count} themes"
