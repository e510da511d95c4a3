"""The questions of a matrix as a list to type into a survey tool such as Microsoft Forms."""

from collections.abc import Iterator

from pbpmaturity.diagnostics.visible import one_line
from pbpmaturity.model.individual_view import NOT_SURE, comment_heading
from pbpmaturity.model.matrix import Matrix, Theme


def question_list(matrix: Matrix, place_name: str | None, privacy: tuple[str, ...]) -> str:
    """Return the title, the notice, the settings and the questions, each as it is to be typed."""
    of_place = f" of {one_line(place_name)}" if place_name else ""
    lines = [
        f"Questions to set up in Microsoft Forms: {one_line(matrix.title)} ({matrix.ref})",
        "",
        "Type each line as it stands here: pbp import finds the answers by the words of the questions.",
        "",
        "SETTINGS",
        "  Who can respond: anyone; or, inside one organisation, with Record name switched off.",
        "  One response a person, if your tool can do that without recording names.",
        "",
        "TITLE",
        f"  Your view{of_place}: {one_line(matrix.title)}",
        "",
        "DESCRIPTION",
        *(f"  {line}" for line in privacy),
    ]
    for number, theme in enumerate(matrix.themes):
        lines += ["", *_choice(2 * number + 1, matrix, theme), "", *_text(2 * number + 2, theme)]
    return "\n".join(lines) + "\n"


def _choice(number: int, matrix: Matrix, theme: Theme) -> Iterator[str]:
    yield f"QUESTION {number}: Choice, one answer, not required"
    yield f"  {one_line(theme.name)}"
    subtitle = " ".join(one_line(text) for text in (theme.description, theme.prompt) if text)
    if subtitle:
        yield f"  Subtitle: {subtitle}"
    yield "  Options:"
    for stage in matrix.stages:
        yield f"    {one_line(stage.name)}"
    yield f"    {NOT_SURE}"
    for stage in matrix.stages:
        if description := theme.descriptions.get(stage.id):
            yield f"  {one_line(stage.name)} looks like this: {one_line(description)}"


def _text(number: int, theme: Theme) -> Iterator[str]:
    yield f"QUESTION {number}: Text, long answer, not required"
    yield f"  {one_line(comment_heading(theme.name))}"
    yield "  Subtitle: Why? Name no people. May be left out."
