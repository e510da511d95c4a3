"""What the text of a matrix is, and where two texts of it differ."""

from collections.abc import Iterator

from pbpmaturity.model.matrix import Matrix, Theme


def differences(before: Matrix, after: Matrix) -> tuple[str, ...]:
    """Return, in words and in the order of the matrix, which of its texts differ; notes and sources are none.

    What a theme or stage says is not told one by one where it is new or gone.
    """
    then, now = dict(_texts(before)), dict(_texts(after))
    one_sided = set(before.theme_ids) ^ set(after.theme_ids)
    labels = dict.fromkeys([*now, *then])
    found = (label for label in labels if then.get(label) != now.get(label))
    return tuple(dict.fromkeys(f"theme {label[0]}" if label[0] in one_sided else label[1] for label in found))


Label = tuple[str, str]
"""The theme that a text belongs to, if any, and which text it is, in words."""


def _texts(matrix: Matrix) -> Iterator[tuple[Label, object]]:
    yield ("", "title"), _words(matrix.title)
    yield ("", "overall"), matrix.overall
    yield ("", "the stages and their order"), matrix.stage_ids
    for stage in matrix.stages:
        yield ("", f"stage {stage.id}"), (_words(stage.name), _words(stage.summary))
    yield ("", "the themes and their order"), matrix.theme_ids
    for theme in matrix.themes:
        yield from _texts_of_theme(theme)


def _texts_of_theme(theme: Theme) -> Iterator[tuple[Label, object]]:
    for key in ("name", "description", "prompt"):
        yield (theme.id, f"{key} of {theme.id}"), _words(getattr(theme, key))
    for stage, description in theme.descriptions.items():
        yield (theme.id, f"{theme.id} at {stage}"), _words(description)
    for stage, criteria in theme.criteria.items():
        said = tuple((one.id, _words(one.statement)) for one in criteria)
        if said:
            yield (theme.id, f"criteria of {theme.id} at {stage}"), said


def _words(text: str | None) -> str:
    """Return a text without the way in which its lines were broken."""
    return " ".join((text or "").split())
