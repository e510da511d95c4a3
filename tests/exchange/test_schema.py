"""The schemas for editors refuse what the rules marked `in_schema` find, and nothing else."""

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import jsonschema
import pytest
from building import RIVERSIDE, ROOT, MakeWorkspace, Pbp, assessment_text, small_matrix
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pbpmaturity.checks.assessment import check_assessment
from pbpmaturity.checks.readiness import check_readiness_test
from pbpmaturity.diagnostics.rules import RULES
from pbpmaturity.exchange.meanings import MEANINGS
from pbpmaturity.exchange.schema import (
    assessment_schema,
    delegation_schema,
    matrix_schema,
    readiness_schema,
    settings_schema,
)
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.model.date import PartialDate
from pbpmaturity.model.delegation import Delegation
from pbpmaturity.model.matrix import Matrix, Stage
from pbpmaturity.model.matrix import Theme as MatrixTheme
from pbpmaturity.model.readiness_test import ReadinessTest, Requires
from pbpmaturity.model.settings import Privacy, Settings
from pbpmaturity.model.shape import Shape
from pbpmaturity.workspace.shapes import shaped, unknown_empty_keys
from pbpmaturity.workspace.shipped import shipped_delegation, shipped_matrices
from pbpmaturity.workspace.source import read

PBP = shipped_matrices()["pbp@2023.1"][0]
SMALL = small_matrix(2, stage_ids=("developing", "x"))
AREAS = shipped_delegation().delegation.service_areas
TESTS = sorted([*(ROOT / "readiness").glob("*.yaml"), *(RIVERSIDE / "readiness").glob("*.yaml")])
OURS = sorted([*RIVERSIDE.glob("assessments/*/*.yaml"), *ROOT.glob("assessments/*/*.yaml")])


def in_schema(shape: type[BaseModel], data: Any) -> bool:
    """Say whether a rule marked `in_schema` finds nothing in plain data."""
    value = shaped(shape, data, "x.yaml")
    if isinstance(value, list):
        findings = value
    elif isinstance(value, Assessment):
        findings = list(check_assessment("x.yaml", value, {PBP.ref: PBP}, Privacy()))
    elif isinstance(value, ReadinessTest):
        matrices = {PBP.ref: PBP, SMALL.ref: SMALL}
        findings = list(check_readiness_test("x.yaml", value, matrices, areas=[area.id for area in AREAS]))
    else:
        findings = []
    return not any(finding.rule.in_schema for finding in findings)


def accepts(schema: dict[str, Any]) -> Callable[[Any], bool]:
    """Return a check of plain data; patterns end where the text ends, as they do for an editor."""
    text = json.dumps(schema).replace('$"', '\\\\Z"').replace(json.dumps("#/definitions/")[1:-1], "#/definitions/")
    validator = jsonschema.Draft7Validator(json.loads(text))
    return lambda data: bool(validator.is_valid(as_json(data)))


def as_json(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: as_json(value) for key, value in data.items()}
    return [as_json(item) for item in data] if isinstance(data, list | tuple) else data


KINDS: dict[str, tuple[type[Shape], Callable[[Any], bool], list[Any]]] = {
    "assessment": (
        Assessment,
        accepts(assessment_schema(PBP)),
        [read(path.read_bytes()).data for path in OURS],
    ),
    "matrix": (
        Matrix,
        accepts(matrix_schema()),
        [read(path.read_bytes()).data for path in sorted((ROOT / "matrices").glob("*.yaml"))],
    ),
    "settings": (
        Settings,
        accepts(settings_schema()),
        [
            read((RIVERSIDE / "pbp.yaml").read_bytes()).data,
            {"format": "1", "places": {"a": {"share": "private"}}, "privacy": {"controller": "x", "keep-until": "y"}},
        ],
    ),
    "readiness test": (
        ReadinessTest,
        accepts(readiness_schema({PBP.ref: PBP, SMALL.ref: SMALL}, (), AREAS)),
        [
            *(read(path.read_bytes()).data for path in TESTS),
            {
                "id": "small",
                "title": "On another matrix",
                "matrix": "small@1",
                "requires": {"all-themes-at-least": "x", "themes": {"t1": "developing"}, "evidence-for": ("t2",)},
                "attested": ({"condition": "Agreed", "by-role": "Board", "document": "x", "date": "2024-01"},),
            },
        ],
    ),
    "delegation": (
        Delegation,
        accepts(delegation_schema()),
        [read((ROOT / "delegation" / "pbp-2023.1.yaml").read_bytes()).data],
    ),
}
WORDS = (
    "1", "2", "northam", "North Ham", "2024-01", "2024-01-17", "2024-02-30", "2024-13", "2023-02-29", "2000-02-29",
    "1900-02-29", "0000-01", "2024-1-7", "developing", "devloping", "not-assessed", "not-applicable", "met", "partly",
    "pbp@2023.1", "pbp@2022", "x", "draft", "agreed", "open", "done", "-1", "1000000", "999999", "007", "median", "E1",
    "small@1", "t1", "place", "council", "service", "shared", "community-services",
    "workshop", "none", "illustrative", "public", "a\n", "é",
)  # fmt: skip
KEYS = (
    "stage",
    "themes",
    "shared-vision",
    "shared-vison",
    "E1",
    "E9",
    "developing",
    "date",
    "by",
    "title",
    "x",
    "id",
    "a_b",
    "requires",
    "all-themes-at-least",
    "points_to",
    "points-to",
)


def mutated(data: Any, choose: random.Random) -> Any:
    """Return plain data with one thing in it otherwise: gone, renamed, added, or another value."""
    data = copy.deepcopy(as_json(data))
    node, parent, key = data, None, None
    while isinstance(node, dict | list) and node and choose.random() < 0.8:
        parent, key = node, choose.choice(list(node) if isinstance(node, dict) else range(len(node)))
        node = parent[key]
    if parent is None:
        return data
    match choose.randrange(5):
        case 0:
            del parent[key]
        case 1 if isinstance(parent, dict):
            parent[choose.choice(KEYS)] = parent.pop(key)
        case 2 if isinstance(parent, dict):
            parent[choose.choice(KEYS)] = choose.choice(WORDS)
        case 3:
            parent[key] = choose.choice(([], {}, ["x"], {"x": "y"}, {"stage": "developing"}))
        case _:
            parent[key] = choose.choice(WORDS)
    return data


def as_read(data: Any) -> Any:
    """Return plain data as reading a file gives it: lists are tuples."""
    if isinstance(data, dict):
        return {key: as_read(value) for key, value in data.items()}
    return tuple(as_read(item) for item in data) if isinstance(data, list) else data


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_accept_what_is_in_order(kind: str) -> None:
    shape, is_accepted, bases = KINDS[kind]
    for data in bases:
        assert in_schema(shape, data)
        assert is_accepted(data)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=400, deadline=None)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 3))
def test_schema_and_rules_refuse_the_same(kind: str, seed: int, changes: int) -> None:
    shape, is_accepted, bases = KINDS[kind]
    choose = random.Random(seed)
    data = choose.choice(bases)
    for _ in range(changes):
        data = mutated(data, choose)
    assert in_schema(shape, as_read(data)) == is_accepted(data), json.dumps(as_json(data))[:3000]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    "route",
    [
        ("format",), ("place",), ("date",), ("matrix",), ("status",), ("method",), ("reviewed",), ("provenance",),
        ("summary",), ("agreed", "date"), ("gathered", "from"), ("themes", "shared-vision", "stage"),
        ("themes", "shared-vision", "target", "stage"), ("themes", "shared-vision", "target", "by"),
        ("themes", "shared-vision", "criteria", "E1"), ("themes", "shared-vision", "views", "developing"),
    ],
    ids=lambda route: ".".join(route),
)  # fmt: skip
def test_each_word_in_each_place(route: tuple[str, ...], word: str) -> None:
    data: dict[str, Any] = {
        "format": "1", "place": "northam", "date": "2024-01", "matrix": "pbp@2023.1", "status": "draft",
        "provenance": "illustrative", "method": "workshop", "reviewed": "none", "agreed": {},
        "gathered": {"from": "2024-01"},
        "themes": {
            "shared-vision": {"stage": "developing", "target": {"stage": "maturing"}, "criteria": {}, "views": {}}
        },
    }  # fmt: skip
    node = data
    for step in route[:-1]:
        node = node[step]
    node[route[-1]] = word
    assert in_schema(Assessment, data) == KINDS["assessment"][1](data)


# Empty values: the keys are those of the models, so that one that is added is tried too.

EMPTY = ("", "~", "null", "''", "' '", '"\\n"')
IDS = {"themes": "shared-vision", "criteria": "E1", "views": "developing", "places": "northam"}
CELLS = {"descriptions": "developing", "criteria": "developing"}  # in a matrix, by stage
WORDS_OF_THE_MATRIX = {
    "stage": "developing", "overall": "developing", "all-themes-at-least": "developing", "matrix": PBP.ref,
    "evidence-for": "shared-vision", "service-area": AREAS[0].id,
}  # fmt: skip
SAMPLES = ("northam", "pbp@2023.1")


def full(annotation: Any, key: str, shape: type[BaseModel], field: FieldInfo | None = None) -> Any:
    """Return plain data in which every key of an annotation is said; `key` is where it stands, `shape` in what."""
    parts = [part for part in get_args(annotation) if part is not type(None)]
    origin = get_origin(annotation)
    if origin is Annotated:
        return full(parts[0], key, shape, FieldInfo.from_annotation(annotation))
    if origin in (Union, UnionType):
        return full(parts[0], key, shape, field)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {
            one.alias or name: full(one.annotation, one.alias or name, annotation, one)
            for name, one in annotation.model_fields.items()
        }
    if origin is dict:
        inner = CELLS.get(key) if shape is MatrixTheme else None
        return {inner or IDS[key]: full(parts[1], "stage" if shape is Requires else "", shape)}
    if origin is tuple:
        # A matrix has two stages or more.
        return [full(parts[0], key, shape), *([{"id": "maturing", "name": "x"}] if key == "stages" else [])]
    return full_scalar(annotation, key, parts, shape, field)


def full_scalar(annotation: Any, key: str, words: list[Any], shape: type[BaseModel], field: FieldInfo | None) -> Any:
    if get_origin(annotation) is Literal:
        return words[0]
    if annotation in (PartialDate, int):
        return "2024-01" if annotation is PartialDate else "12"
    if shape is Stage and key == "id":
        return "developing"
    written = next((part.func for part in (field.metadata if field else ()) if hasattr(part, "func")), None)
    if key in WORDS_OF_THE_MATRIX:
        return WORDS_OF_THE_MATRIX[key]
    return next(one for one in SAMPLES if re.fullmatch(written.pattern, one)) if written else "words"


def routes_to_keys(data: Any, route: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if isinstance(key, str):
            yield (*route, key)
        yield from routes_to_keys(value, (*route, key))


FULL = {kind: full(shape, "", shape) for kind, (shape, _, _) in KINDS.items()}
EVERY_KEY = [(kind, route) for kind, data in FULL.items() for route in routes_to_keys(data)]
"""Each key that a file of a kind can hold, needed or not, with the route to it."""


def as_yaml(data: Any, route: tuple[str | int, ...], empty: str) -> str:
    """Return data as a file in braces in which the value at a route is nothing."""
    if not route:
        return empty
    step, *rest = route
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    values = [(key, as_yaml(one, tuple(rest), empty) if key == step else json.dumps(one)) for key, one in pairs]
    if isinstance(data, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {value}" for key, value in values) + "}"
    return "[" + ", ".join(value for _, value in values) + "]"


def editor_sees(data: Any, route: tuple[str | int, ...], empty: str) -> Any:
    """Return data as an editor reads the same file: nothing is null, and what is in quotes is text."""
    data = copy.deepcopy(data)
    node = data
    for step in route[:-1]:
        node = node[step]
    node[route[-1]] = {"''": "", "' '": " ", '"\\n"': "\n"}.get(empty)
    return data


def reader_accepts(kind: str, text: str) -> bool:
    shape = KINDS[kind][0]
    source = read(text.encode())
    findings = unknown_empty_keys(shape, source.empty, "x.yaml")
    return not any(finding.rule.in_schema for finding in findings) and in_schema(shape, source.data)


def test_every_key_of_the_models_is_among_those_that_are_tried() -> None:
    for kind, (shape, is_accepted, _) in KINDS.items():
        assert in_schema(shape, as_read(FULL[kind])), shaped(shape, as_read(FULL[kind]), "x")
        assert is_accepted(FULL[kind])
    assert len(EVERY_KEY) > 120
    for kind, key in [
        ("settings", "share"),
        ("assessment", "method"),
        ("assessment", "E1"),
        ("readiness test", "date"),
    ]:
        assert (kind, key) in {(kind, route[-1]) for kind, route in EVERY_KEY}


@pytest.mark.parametrize("empty", EMPTY, ids=repr)
@pytest.mark.parametrize(("kind", "route"), EVERY_KEY, ids=lambda part: ".".join(map(str, part)) if part else "")
def test_an_empty_value_is_a_missing_key_to_reader_and_editor(
    kind: str, route: tuple[str | int, ...], empty: str
) -> None:
    accepted = reader_accepts(kind, as_yaml(FULL[kind], route, empty))
    assert accepted == KINDS[kind][1](editor_sees(FULL[kind], route, empty))
    assert accepted == reader_accepts(kind, json.dumps(without(FULL[kind], route)))


def without(data: Any, route: tuple[str | int, ...]) -> Any:
    data = copy.deepcopy(data)
    node = data
    for step in route[:-1]:
        node = node[step]
    del node[route[-1]]
    return data


def test_what_holds_only_empty_values_is_empty() -> None:
    is_accepted = KINDS["readiness test"][1]
    data = {**FULL["readiness test"], "requires": {"themes": {"shared-vision": None}}}
    assert not is_accepted(data)
    assert not is_accepted({**data, "requires": {"agreed-within-months": None}})
    assert is_accepted({**data, "requires": {"themes": {"shared-vision": None, "shared-data": "developing"}}})


# Patterns, for every engine

YEARS = (0, 1, 4, 10, 99, 100, 400, 1000, 1900, 2000, 2023, 2024, 9999)
MONTHS = [f"{year:04}-{month:02}" for year in YEARS for month in range(14)]
DAYS = [f"{month}-{day:02}" for month in MONTHS for day in range(33)]


def patterns_in(schema: Any) -> Iterator[str]:
    for key, value in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if key == "pattern" and isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            yield from patterns_in(value)


SCHEMAS = {
    "assessment": assessment_schema(PBP),
    "matrix": matrix_schema(),
    "settings": settings_schema(),
    "readiness test": readiness_schema({PBP.ref: PBP}, (), AREAS),
    "delegation": delegation_schema(),
}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_patterns_hold_nothing_that_only_some_engines_know(kind: str) -> None:
    found = set(patterns_in(SCHEMAS[kind]))
    assert found
    for pattern in found:
        # Plain groups are all: no looking ahead or back, no references, no classes of Unicode, no possessive repeats.
        assert re.findall(r"\(\?(?!:)|\\[^sS]|[*+?}][+]", pattern) == [], pattern


def test_the_pattern_of_dates_means_the_days_that_there_are() -> None:
    pattern = SCHEMAS["assessment"]["properties"]["date"]["pattern"].removeprefix("^").removesuffix("$")
    for text in [*DAYS, *MONTHS, "2024-1-7", "2024", "2024-01-17 ", "24-01-17", "12024-01-17", "2024-01-1"]:
        try:
            is_date = bool(PartialDate.parse(text))
        except ValueError:
            is_date = False
        assert bool(re.fullmatch(pattern, text)) == is_date, text


def test_a_readiness_test_on_a_matrix_too_large_for_an_editor_is_not_refused() -> None:
    is_accepted = accepts(readiness_schema({}, [PBP.ref], ()))
    data = {**KINDS["readiness test"][2][0], "service-area": "anything"}
    assert is_accepted(data)
    assert not is_accepted({**data, "matrix": "other@1"})


def test_each_rule_marked_in_schema_is_about_keys_types_ids_or_what_is_required() -> None:
    assert [rule.code for rule in RULES if rule.in_schema] == [
        f"PBP{number:03}" for number in (18, *range(101, 108), 109, 123)
    ]


def test_every_key_has_a_meaning() -> None:
    for shape, meanings in MEANINGS.items():
        assert list(meanings) == [field.alias or name for name, field in shape.model_fields.items()]


def test_a_matrix_of_hostile_words_makes_a_schema_of_words() -> None:
    hostile = "<img src=x> **b** [l](javascript:x) `c` | \n # h"
    matrix = small_matrix(1, title=hostile)
    theme = matrix.themes[0].model_copy(update={"name": hostile, "description": hostile})
    schema = assessment_schema(matrix.model_copy(update={"themes": (theme,)}))
    shown = schema["properties"]["themes"]["properties"]["t1"]["markdownDescription"]
    assert shown == "\\<img src=x\\> \\*\\*b\\*\\* \\[l\\](javascript:x) \\`c\\` \\| \\# h"


# The verb

WRITTEN = ("assessment.pbp-2023.1", "matrix", "settings", "readiness", "delegation")


def test_schemas_are_written_and_held_against_the_matrices(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({"pbp.yaml": "format: 1\n"})
    names = [f".pbp/{name}.schema.json" for name in WRITTEN]
    missing = pbp("schema", "--check", at=root)
    assert (missing.code, missing.err) == (1, "")
    assert missing.out == "".join(f"{name} is missing or out of date; run pbp schema\n" for name in names)
    written = pbp("schema", at=root)
    assert (written.code, written.out) == (0, "".join(f"wrote {name}\n" for name in names))
    assert pbp("schema", "--check", at=root).out == "5 schemas are up to date\n"
    assert pbp("schema", at=root).out == "5 schemas were up to date already\n"


def test_a_changed_matrix_is_seen(pbp: Pbp, workspace: MakeWorkspace) -> None:
    matrix = (ROOT / "tests/examples/broken/pbp205-empty-cell/matrices/neighbourhood-2024.1.yaml").read_text("utf-8")
    root = workspace({"matrices/own.yaml": matrix})
    assert pbp("schema", at=root).code == 0
    (root / "matrices" / "own.yaml").write_text(matrix.replace("A team meets", "A team talks"), "utf-8")
    checked = pbp("schema", "--check", at=root)
    assert (checked.code, checked.out) == (
        1,
        "".join(
            f".pbp/{name}.schema.json is missing or out of date; run pbp schema\n"
            for name in ("assessment.neighbourhood-2024.1", "readiness")
        ),
    )
    (root / "matrices" / "own.yaml").unlink()
    pbp("schema", at=root)
    left = pbp("schema", "--check", at=root)
    assert (left.code, left.err) == (
        0,
        ".pbp/assessment.neighbourhood-2024.1.schema.json belongs to no matrix here; it can be deleted\n",
    )


def test_windows_line_ends_of_a_checkout_are_no_drift(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({"pbp.yaml": "format: 1\n"})
    pbp("schema", at=root)
    for path in (root / ".pbp").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert pbp("schema", "--check", at=root).code == 0


def test_a_schema_that_cannot_be_written_is_a_sentence(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({"pbp.yaml": "format: 1\n", ".pbp": "a file stands where the folder is needed"})
    outcome = pbp("schema", at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert '.pbp" is a file, and the schemas go into a folder' in outcome.err
    assert "move it elsewhere" in outcome.err


def test_our_own_schemas_are_up_to_date(pbp: Pbp) -> None:
    assert pbp("schema", "--check", at=ROOT).code == 0
    assert pbp("schema", "--check", at=RIVERSIDE).code == 0


@pytest.mark.parametrize("path", [*OURS, *TESTS, RIVERSIDE / "pbp.yaml"], ids=lambda path: path.stem)
def test_shipped_files_name_a_schema_that_is_there(path: Path) -> None:
    line = path.read_text("utf-8").splitlines()[0]
    assert (path.parent / line.removeprefix("# yaml-language-server: $schema=")).is_file()


def test_a_new_assessment_names_its_schema_and_has_it(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({"assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", {})})
    stages = [part for theme in PBP.theme_ids for part in ("--set", f"{theme}=emerging")]
    outcome = pbp("assess", "northam", "--no-input", "--date", "2025-01", "--method", "survey", *stages, at=root)
    path = root / "assessments" / "northam" / "2025-01.yaml"
    assert path.is_file(), outcome.err
    line = path.read_text("utf-8").splitlines()[0]
    assert line == "# yaml-language-server: $schema=../../.pbp/assessment.pbp-2023.1.schema.json"
    assert (path.parent / line.partition("=")[2]).is_file()
    pbp("schema", at=root)
    assert pbp("schema", "--check", at=root).code == 0
