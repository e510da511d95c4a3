"""docs/file-format.md names every key of every file, and its worked examples are in order."""

import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from building import ROOT, MakeWorkspace, Pbp, assessment_text, tables

from pbpmaturity.model import assessment, delegation, individual_view, matrix, readiness_test, settings
from pbpmaturity.model.shape import Shape
from pbpmaturity.workspace.individual_views import read_view
from pbpmaturity.workspace.shapes import shaped
from pbpmaturity.workspace.source import read

PAGE = (ROOT / "docs" / "file-format.md").read_text("utf-8")
FOUND = dict(re.findall(r"^`([^`\n]+\.yaml)`\n\n```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
VIEW = FOUND["view-northam.yaml"]
EXAMPLES = {path: text for path, text in FOUND.items() if text is not VIEW}
SHAPES: dict[str, type[Shape]] = {
    "Keys of pbp.yaml": settings.Settings,
    "Keys of a Place": settings.PlaceSettings,
    "Keys of privacy": settings.Privacy,
    "Keys of an assessment": assessment.Assessment,
    "Keys of agreed": assessment.Agreed,
    "Keys of gathered": assessment.Period,
    "Keys of a participant": assessment.Participant,
    "Keys of a theme in an assessment": assessment.ThemeAssessment,
    "Keys of evidence": assessment.Evidence,
    "Keys of target": assessment.Target,
    "Keys of an action": assessment.Action,
    "Keys of stated": assessment.Stated,
    "Keys of an amendment": assessment.Amendment,
    "Keys of a matrix": matrix.Matrix,
    "Keys of source": matrix.Source,
    "Keys of a stage": matrix.Stage,
    "Keys of a theme in a matrix": matrix.Theme,
    "Keys of a criterion": matrix.Criterion,
    "Keys of a readiness test": readiness_test.ReadinessTest,
    "Keys of requires": readiness_test.Requires,
    "Keys of an attestation": readiness_test.Attestation,
    "Keys of a delegation file": delegation.Delegation,
    "Keys of an aspect": delegation.Aspect,
    "Keys of a service area": delegation.ServiceArea,
    "Keys of a deliverable": delegation.Deliverable,
    "Keys of a governance option": delegation.GovernanceOption,
    "Keys of an individual view": individual_view.IndividualView,
    "Keys of a theme in an individual view": individual_view.ViewOfTheme,
}


OF_FOLDERS: dict[str, type[Shape]] = {
    "pbp.yaml": settings.Settings,
    "matrices": matrix.Matrix,
    "readiness": readiness_test.ReadinessTest,
    "delegation": delegation.Delegation,
}
TABLES = tables(PAGE)


def keys_of(shape: type[Shape]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in shape.model_fields.items()}


@pytest.mark.parametrize("title", SHAPES)
def test_a_table_holds_exactly_the_keys_that_a_file_may_have(title: str) -> None:
    assert [row[0] for row in TABLES[title]] == list(keys_of(SHAPES[title]))


def test_every_shape_has_a_table_and_every_table_a_shape() -> None:
    # Other modules have shapes too, which are not those of files that people write.
    known = {shape for shape in Shape.__subclasses__() if shape.__module__.startswith("pbpmaturity.model.")}
    assert known == set(SHAPES.values())
    assert set(TABLES) == set(SHAPES)


@pytest.mark.parametrize("title", SHAPES)
def test_a_table_says_which_keys_are_needed(title: str) -> None:
    needed = {row[0]: row[1] for row in TABLES[title]}
    assert {key: said == "yes" for key, said in needed.items()} == {
        key: field.is_required() for key, field in keys_of(SHAPES[title]).items()
    }


def test_of_themes_and_stated_one_is_needed() -> None:
    either = [(title, row[0]) for title, rows in TABLES.items() for row in rows if row[1] not in ("yes", "no")]
    assert either == [("Keys of an assessment", "stated"), ("Keys of an assessment", "themes")]


@pytest.mark.parametrize("title", SHAPES)
def test_a_table_names_the_words_that_a_value_may_be(title: str) -> None:
    for row in TABLES[title]:
        for choice in choices(keys_of(SHAPES[title])[row[0]].annotation):
            assert re.search(rf"\b{choice}\b", row[2]), (row[0], choice)


def choices(annotation: Any) -> Iterator[str]:
    """Yield the words of every Literal in an annotation."""
    for part in get_args(annotation):
        if get_origin(annotation) is Literal:
            yield part
        else:
            yield from choices(part)


def test_the_worked_examples_are_in_order(pbp: Pbp, workspace: MakeWorkspace) -> None:
    outcome = pbp("validate", at=workspace(EXAMPLES))
    assert outcome.out.splitlines()[-1].startswith(f"{len(EXAMPLES)} files checked: ")
    assert (outcome.code, outcome.out.count("error")) == (0, 0)


def test_the_individual_view_is_counted(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace(EXAMPLES)
    (root.parent / "view-northam.yaml").write_text(VIEW, "utf-8")
    outcome = pbp("import", "../view-northam.yaml", "--place", "northam", "--date", "2025-06", "--dry-run", at=root)
    assert (outcome.code, "1 person rated at least one theme" in outcome.err) == (0, True)


def test_each_worked_example_can_be_shown(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace(EXAMPLES)
    shown = [pbp("show", path, at=root) for path in EXAMPLES if path.startswith("assessments/")]
    shown.append(pbp("matrix", "--matrix", "neighbourhood@1.0", at=root))
    shown.append(pbp("delegation", "community-services", at=root))
    assert [outcome.code for outcome in shown] == [0] * (len(EXAMPLES) - 2)
    judged = pbp("readiness", "northam", "--as-of", "2024-06", at=root)
    assert (judged.code, "Attested: Terms of delegation agreed" in judged.out) == (1, True)
    assert {outcome.err for outcome in shown} <= {"", "there is a newer draft: northam@2025-01\n"}


def test_the_worked_examples_have_every_key() -> None:
    used: dict[type[Shape], set[str]] = {shape: set() for shape in SHAPES.values()}
    for path, text in EXAMPLES.items():
        folder = path.partition("/")[0]
        shape = OF_FOLDERS.get(folder, assessment.Assessment)
        note_used(shaped(shape, read(text.encode()).data, path), used)
    note_used(read_view(VIEW.encode(), "view-northam.yaml"), used)
    assert used == {shape: set(shape.model_fields) for shape in SHAPES.values()}


def note_used(value: Any, used: dict[type[Shape], set[str]]) -> None:
    """Add the fields that a value and the values in it were given."""
    if isinstance(value, Shape):
        used[type(value)] |= value.model_fields_set
        value = {name: getattr(value, name) for name in value.model_fields_set}
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ():
        note_used(part, used)


def test_long_text_keeps_its_paragraphs(pbp: Pbp, workspace: MakeWorkspace) -> None:
    (snippet,) = re.findall(r"```yaml\n(summary: >-\n.*?)```", PAGE, re.DOTALL)
    root = workspace({"assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", {}, more=snippet)})
    page = pbp("report", "northam", "--format", "html", at=root).out
    assert "and shared data has slipped back.</p>\n<p>This is a second paragraph.</p>" in page
