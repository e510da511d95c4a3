"""Whether the files bear out a claim such as "emerging to developing, Jan 2024"."""

from dataclasses import dataclass

from pbpmaturity.analysis.headline import stage_so_far
from pbpmaturity.analysis.movement import Movement
from pbpmaturity.analysis.overall import coverage, overall
from pbpmaturity.diagnostics.suggest import guess_or_list, quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.matrix import Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.selector import When, parse_when

ONLY_SOURCE = "as published; the file's only source is this statement, so this is no independent check"
_GRAMMAR = 'write it as "STAGE to STAGE" or "STAGE to STAGE, WHEN", as in "emerging to developing, Jan 2024"'


@dataclass(frozen=True, slots=True)
class Claim:
    """The words of a claim, taken apart but not yet understood against a matrix."""

    text: str
    stages: str
    when: When | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the claim holds, and why."""

    claim: str
    holds: bool
    reason: str


def parse_claim(text: str) -> Claim:
    """Return the claim; UsageError if it is not written as one."""
    stages, comma, date = text.rpartition(",")
    when = parse_when(date) if comma else None
    if not comma:
        stages = text
    if (comma and (when is None or when.is_relative)) or " to " not in f" {stages.lower()} ":
        raise UsageError(f"{quoted(text)} is not a claim that can be checked", _GRAMMAR)
    return Claim(text, stages, when)


def claimed_stages(claim: Claim, matrix: Matrix) -> tuple[str, str]:
    """Return the ids of the two stages claimed; UsageError names a word that is no stage."""
    words = claim.stages.split()
    splits = [(" ".join(words[:i]), " ".join(words[i + 1 :])) for i, word in enumerate(words) if word.lower() == "to"]
    for first, second in splits:
        then, now = _stage(first, matrix), _stage(second, matrix)
        if then and now:
            return then, now
    wrong = next((word for word in splits[0] if _stage(word, matrix) is None), claim.stages)
    names = [stage.name for stage in matrix.stages]
    raise UsageError(f"{quoted(wrong)} is not a stage of {matrix.ref}; {guess_or_list(wrong, names)}", _GRAMMAR)


def judge(claim: Claim, moved: Movement) -> Verdict:
    """Return whether a movement bears the claim out: agreed files, settled overall stages, and the stages claimed."""
    claimed = claimed_stages(claim, moved.after.matrix)
    for filed in (moved.before, moved.after):
        doubt = _doubt(filed)
        if doubt:
            return Verdict(claim.text, holds=False, reason=doubt)
    shown = tuple(overall(filed.assessment, filed.matrix).stage for filed in (moved.before, moved.after))
    names = " to ".join(moved.after.matrix.name_of(stage) for stage in shown)
    if shown != claimed:
        return Verdict(claim.text, holds=False, reason=f"the files show {names}")
    return Verdict(claim.text, holds=True, reason=ONLY_SOURCE if moved.is_stated else f"the files show {names}")


def _doubt(filed: FiledAssessment) -> str | None:
    date = filed.assessment.date
    if filed.assessment.status == "draft":
        return f"the assessment of {date.shown()} is a draft, and a draft bears no claim out"
    result = overall(filed.assessment, filed.matrix)
    if result.stage is None:
        return f"no theme was assessed in {date.month_shown()}"
    if result.settled is False:
        covered = coverage(filed.assessment, filed.matrix)
        return (
            f"the overall stage in {date.month_shown()} is not settled: {stage_so_far(result, filed.matrix)},"
            f" with {covered.assessed} of {covered.themes_total} themes assessed"
        )
    return None


def _stage(word: str, matrix: Matrix) -> str | None:
    wanted = word.strip().lower()
    return next((stage.id for stage in matrix.stages if wanted in (stage.id, stage.name.lower())), None)
