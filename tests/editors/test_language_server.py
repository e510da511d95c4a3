"""A real YAML language server, as editors use it, with the schemas that pbp writes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import RIVERSIDE, ROOT, assessment_text
from language_server import SERVER, LanguageServer, language_server

from pbpmaturity.cli.app import run
from pbpmaturity.workspace.shipped import shipped_matrices

pytestmark = pytest.mark.node

PBP = shipped_matrices()["pbp@2023.1"][0]
HEAD = "# yaml-language-server: $schema=../../.pbp/assessment.pbp-2023.1.schema.json\n"
TEXT = HEAD + assessment_text(
    "northam", "2024-01-17", {"shared-vision": "developing", "shared-data": "emerging"}, status="draft"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    assert SERVER.exists(), "run: make test-node"
    root = tmp_path_factory.mktemp("workspace") / "w"
    assert run(["init", str(root)], version="0.0") == 0
    with language_server(root) as started:
        yield started


def in_workspace(server: LanguageServer, name: str) -> Path:
    return server.root / "assessments" / "northam" / name


def place_of(text: str, mark: str) -> tuple[int, int]:
    """Return line and column of the first character of a mark."""
    before = text[: text.index(mark)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_a_file_in_order_has_nothing_wrong(server: LanguageServer) -> None:
    assert server.open(in_workspace(server, "2024-01-17.yaml"), TEXT) == []


@pytest.mark.parametrize("path", sorted(RIVERSIDE.glob("assessments/*/*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_files_have_nothing_wrong(server: LanguageServer, path: Path) -> None:
    assert server.open(path, path.read_text("utf-8")) == []


def test_a_stage_shows_its_cell_of_the_matrix(server: LanguageServer) -> None:
    path = in_workspace(server, "2024-02.yaml")
    server.open(path, TEXT)
    shown = server.hover(path, *place_of(TEXT, "developing"))
    theme = PBP.themes[0]
    assert shown.startswith(f"#### {theme.name}: Developing\n")
    for criterion in theme.criteria_of("developing"):
        assert re.sub(r"\W", "", criterion.statement) in re.sub(r"\W", "", shown)
    assert PBP.themes[-1].name not in shown


def test_a_theme_and_a_key_are_explained(server: LanguageServer) -> None:
    path = in_workspace(server, "2024-03.yaml")
    server.open(path, TEXT)
    theme = PBP.themes[0]
    assert theme.description is not None
    assert theme.description in server.hover(path, *place_of(TEXT, "shared-vision"))
    assert "The day or month of the assessment" in server.hover(path, *place_of(TEXT, "date:"))


def test_a_criterion_shows_its_statement(server: LanguageServer) -> None:
    path = in_workspace(server, "2024-04.yaml")
    text = TEXT.replace("    stage: developing", "    stage: developing\n    criteria: {E1: met}")
    server.open(path, text)
    assert PBP.themes[0].criteria_of("emerging")[0].statement in server.hover(path, *place_of(text, "E1"))


def test_completion_offers_the_stages_with_their_cells(server: LanguageServer) -> None:
    path = in_workspace(server, "2024-05.yaml")
    text = TEXT.replace("stage: developing", "stage: ")
    server.open(path, text)
    line, column = place_of(text, "stage: \n")
    offered = server.completion(path, line, column + len("stage: "))
    assert list(offered) == [*PBP.stage_ids, "not-assessed", "not-applicable"]
    assert PBP.themes[0].criteria_of("maturing")[0].statement.split(",")[0] in offered["maturing"]


def test_completion_offers_the_themes_that_are_left(server: LanguageServer) -> None:
    path = in_workspace(server, "2024-06.yaml")
    text = f"{TEXT}  "
    server.open(path, text)
    offered = server.completion(path, text.count("\n") + 1, 3)
    assert set(offered) == set(PBP.theme_ids) - {"shared-vision", "shared-data"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("shared-data", "shared-dta", "Property shared-dta is not allowed."),
        ("stage: emerging", "stage: emergent", 'Value must be "emerging" | "developing"'),
        ("stage: emerging", "stge: emerging", "Property stge is not allowed."),
        ("2024-01-17", "2024-02-30", "expected a date such as 2024-01-17"),
        ("place: northam", "place: North Ham", "expected lower-case words joined by hyphens"),
        ("status: draft", "status: drft", 'Value is not accepted. Valid values: "draft", "agreed"'),
        ("place: northam\n", "", 'Missing property "place"'),
    ],
)
def test_a_slip_is_flagged_where_it_stands(server: LanguageServer, old: str, new: str, says: str) -> None:
    text = TEXT.replace(old, new)
    path = in_workspace(server, f"{re.sub(r'[^a-z]', '', old + new)}.yaml")
    (found,) = server.open(path, text)
    assert says in found["message"]
    if new:
        word = new.split(": ")[0] if "is not allowed" in says else new.split(": ")[-1]
        line, column = place_of(text, word)
        assert (found["range"]["start"]["line"] + 1, found["range"]["start"]["character"] + 1) == (line, column)


@pytest.mark.parametrize(
    "more",
    ["method:", "reviewed: ~", "agreed:", "gathered: ''", "summary:", "participants:", "amendments: ' '", "format:"],
)
def test_an_optional_key_may_be_empty(server: LanguageServer, more: str) -> None:
    path = in_workspace(server, f"empty-{re.sub(r'[^a-z]', '', more)}.yaml")
    assert server.open(path, TEXT.replace("status:", f"{more}\nstatus:")) == []


def test_a_criterion_a_stage_and_a_theme_may_be_empty_and_nothing_like_null_is_offered(server: LanguageServer) -> None:
    path = in_workspace(server, "empty-in-themes.yaml")
    text = TEXT.replace("stage: developing", "stage:\n    criteria: {E1: }\n    views:\n    evidence:")
    assert server.open(path, f"{text}  {PBP.theme_ids[1]}:\n") == []
    path = in_workspace(server, "empty-offers.yaml")
    text = TEXT.replace("status:", "method: \nstatus:")
    assert server.open(path, text) == []
    line, column = place_of(text, "method: ")
    assert set(server.completion(path, line, column + 8)) == {"workshop", "interviews", "survey", "desk-review"}


@pytest.mark.parametrize("key", ["place", "date", "matrix", "status", "provenance"])
def test_a_key_that_is_needed_may_not_be_empty(server: LanguageServer, key: str) -> None:
    assert server.open(in_workspace(server, f"needed-{key}.yaml"), re.sub(rf"(?m)^{key}: .*", f"{key}:", TEXT))


def test_the_settings_that_init_writes_are_checked(server: LanguageServer) -> None:
    settings = (server.root / "pbp.yaml").read_text("utf-8")
    assert settings.startswith("# yaml-language-server: $schema=.pbp/settings.schema.json\n")
    assert server.open(server.root / "pbp.yaml", settings) == []
    (found,) = server.open(server.root / "mistyped.yaml", settings.replace("matrix:", "matrx:"))
    assert "matrx" in found["message"]


TESTS = [
    *sorted((ROOT / "readiness").glob("*.yaml")),
    RIVERSIDE / "readiness" / "community-services-example.yaml",
]


@pytest.mark.parametrize("path", TESTS, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_the_readiness_tests_that_ship_have_nothing_wrong(server: LanguageServer, path: Path) -> None:
    assert server.open(path, path.read_text("utf-8")) == []


def test_a_readiness_test_explains_its_cells_and_service_areas(server: LanguageServer) -> None:
    text = TESTS[0].read_text("utf-8")
    path = server.root / "readiness" / "hover.yaml"
    server.open(path, text)
    criterion = next(theme for theme in PBP.themes if theme.id == "shared-governance").criteria_of("maturing")[0]
    shown = server.hover(path, *place_of(text, "maturing"))
    assert re.sub(r"\W", "", criterion.statement) in re.sub(r"\W", "", shown)
    assert "Manages the main community contracts" in server.hover(path, *place_of(text, "community-services\nreq"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{shared-governance: maturing", "{shared-governence: maturing"),
        ("{shared-governance: maturing", "{shared-governance: mature"),
        ("all-themes-at-least: developing", "all-themes-at-least: developed"),
        ("evidence-for: [shared-governance", "evidence-for: [shared-governence"),
        ("service-area: community-services", "service-area: community-service"),
        ("matrix: pbp@2023.1", "matrix: pbp@2022"),
    ],
)
def test_a_slip_in_a_readiness_test_is_flagged(server: LanguageServer, old: str, new: str) -> None:
    text = TESTS[0].read_text("utf-8")
    assert old in text
    path = server.root / "readiness" / f"{re.sub(r'[^a-z]', '', old + new)}.yaml"
    assert server.open(path, text.replace(old, new))


def test_the_project_offers_the_same(server: LanguageServer) -> None:
    path = ROOT / "assessments" / "oxfordshire" / "2024-01.yaml"
    assert server.open(path, path.read_text("utf-8")) == []
