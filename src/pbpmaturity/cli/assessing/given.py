"""Answers that are given as options, and which are missing when there is nobody to ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pbpmaturity.analysis.gaps import gaps
from pbpmaturity.cli.assessing.reading import NotUnderstood, stage_of, theme_of
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.errors import UsageError
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.draft import with_said
from pbpmaturity.model.matrix import NOT_APPLICABLE, Matrix
from pbpmaturity.model.portfolio import FiledAssessment
from pbpmaturity.model.shape import changed


@dataclass(frozen=True, slots=True)
class Given:
    """The options that say something of a theme, as they were typed."""

    stages: Sequence[str]
    rationales: Sequence[str]

    @property
    def is_empty(self) -> bool:
        return not self.stages and not self.rationales


def with_given(assessment: Assessment, given: Given, matrix: Matrix, only_theme: str | None = None) -> Assessment:
    """Return an assessment with the answers that options gave; UsageError says which of them means nothing."""
    for theme, text in _pairs("--set", given.stages, matrix, only_theme):
        assessment = with_said(assessment, theme, matrix.theme_ids, stage=_stage(text, matrix))
    for theme, text in _pairs("--rationale", given.rationales, matrix, only_theme):
        assessment = with_said(assessment, theme, matrix.theme_ids, rationale=text)
    return assessment


def with_last(assessment: Assessment, last: FiledAssessment | None, matrix: Matrix) -> Assessment:
    """Return an assessment with what still holds from last time, for the themes that nobody has judged yet.

    Stage, criteria, evidence, target and open actions are copied. What was said in the room is not, nor are tallies.
    """
    if last is None or last.assessment.stated:
        raise UsageError(
            "there is nothing to copy from last time",
            "it takes an earlier agreed assessment with the same matrix, whose theme stages are known",
        )
    for theme, before in (last.assessment.themes or {}).items():
        if theme in matrix.theme_ids and not assessment.is_judged(theme):
            copied = changed(
                before,
                rationale=before.rationale if before.stage == NOT_APPLICABLE else None,
                dissent=None,
                views={},
                actions=tuple(action for action in before.actions if action.status == "open"),
            )
            own = assessment.said_of(theme).model_fields_set
            fields = {name: getattr(copied, name) for name in copied.model_fields_set - own}
            assessment = with_said(assessment, theme, matrix.theme_ids, **fields)
    return assessment


def missing(
    filed: FiledAssessment, last: FiledAssessment | None, existing: Assessment | None, given: Given, *, is_begun: bool
) -> list[str]:
    """Return the options that would give what is missing: of one that is new each stage; of any, the reasons.

    What a file or an earlier run said without a reason may stay so; what `--set` says may not, and a stage that is
    other than what is recorded needs a reason of its own.
    """
    found = gaps(filed, last)
    judged = {theme for theme, _ in _pairs("--set", given.stages, filed.matrix, None)}
    wanted = [
        f"--set {theme}=STAGE (or {theme}=not-assessed)"
        for theme in filed.matrix.theme_ids
        if not is_begun and not filed.assessment.is_judged(theme)
    ]
    wanted += [
        f"--rationale {theme}=TEXT: {why}"
        for why, themes in (
            ("why it does not apply", found.not_applicable_without_reason),
            ("why it changed since last time", found.change_without_reason),
        )
        for theme in themes
        if theme in judged
    ]
    explained = {theme for theme, _ in _pairs("--rationale", given.rationales, filed.matrix, None)}
    wanted += [
        f"--rationale {theme}=TEXT: why it is another stage than was recorded"
        for theme in filed.matrix.theme_ids
        if existing and theme in judged - explained and filed.assessment.state(theme) != existing.state(theme)
        if filed.assessment.said_of(theme).rationale
    ]
    return wanted


def _pairs(option: str, values: Iterable[str], matrix: Matrix, only_theme: str | None) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not text.strip():
            raise UsageError(f"{option} {quoted(value)} says nothing of a theme", f"write {option} THEME=...")
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise UsageError(f"{option} {quoted(value)} holds characters that cannot be read as text")
        try:
            theme = theme_of(name, matrix)
        except NotUnderstood as error:
            raise UsageError(f"{option}: {error}", f"the themes are {', '.join(matrix.theme_ids)}") from None
        if theme in found:
            raise UsageError(f"{option} names {theme} twice; keep one")
        if only_theme and theme != only_theme:
            raise UsageError(f"{option} names {theme}, and only {only_theme} is to be changed")
        found[theme] = text.strip()
    return list(found.items())


def _stage(text: str, matrix: Matrix) -> str:
    try:
        return stage_of(text, matrix)
    except NotUnderstood as error:
        raise UsageError(f"--set: {error}") from None
