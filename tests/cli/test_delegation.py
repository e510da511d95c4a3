"""pbp delegation: the example remit for what it is, and the questions to talk through."""

import json
import re
from pathlib import Path

import pytest
from building import HOSTILE, ROOT, MakeWorkspace, Pbp, Snapshot
from pages import UNSEEN, in_yaml

from pbpmaturity.report.delegation_view import delegation_view
from pbpmaturity.report.instruments_text import area_text, delegation_text
from pbpmaturity.workspace.shipped import shipped_delegation
from pbpmaturity.workspace.source import read

OWN = """\
id: own
version: "1"
title: Ours
aspects:
  - {id: a1, question: Is it?, points_to: place}
service_areas:
  - {id: s1, name: One Thing, group: enabler, place_remit: majority}
"""


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("delegation.txt", []),
        ("delegation.md", ["--format", "markdown"]),
        ("delegation-community-services.txt", ["community-services"]),
        ("delegation-community-services.md", ["community-services", "--format", "markdown"]),
    ],
)
def test_whole_outputs(pbp: Pbp, expect_whole: Snapshot, tmp_path: Path, name: str, arguments: list[str]) -> None:
    outcome = pbp("delegation", *arguments, at=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    expect_whole(name, outcome.out)


@pytest.mark.parametrize("width", [40, 80, 110])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    view = delegation_view(shipped_delegation().delegation)
    texts = [delegation_text(view, width=width)]
    texts += [area_text(view, area, width=width) for _, areas in view.groups for area in areas]
    assert len(texts) == 20
    assert max(len(line) for text in texts for line in text.splitlines()) <= width


def test_the_shipped_file_is_the_one_that_was_written_from_the_source(pbp: Pbp) -> None:
    document = json.loads(pbp("delegation", "--format", "json").out)
    assert document.pop("schema") == "pbp.delegation/1"
    assert document == json.loads(json.dumps(read((ROOT / "delegation" / "pbp-2023.1.yaml").read_bytes()).data))
    counts = {key: len(value) for key, value in document.items() if isinstance(value, list)}
    assert counts == {"aspects": 10, "service_areas": 19, "deliverables": 10, "governance_options": 7}


def test_json_of_one_area_holds_that_one(pbp: Pbp) -> None:
    document = json.loads(pbp("delegation", "cancer", "--format", "json").out)
    assert [area["id"] for area in document["service_areas"]] == ["cancer"]
    assert len(document["aspects"]) == 10


@pytest.mark.parametrize(
    "word",
    ["maternity", "Maternity", "MATERNITY", " maternity ", "Planned Care (all ages)", "planned  care (ALL ages)"],
)
def test_an_area_by_id_or_name_in_any_case(pbp: Pbp, word: str) -> None:
    out = pbp("delegation", word).out
    assert out.startswith(("Maternity (maternity)\n", "Planned Care (all ages) (planned-care)\n"))


@pytest.mark.parametrize(
    ("word", "guess"),
    [
        ("maternty", 'did you mean "maternity"?'),
        ("Planned Care (al ages)", 'did you mean "planned-care"?'),
        ("zzz", "expected one of urgent-emergency-care, "),
    ],
)
def test_an_area_that_there_is_not(pbp: Pbp, word: str, guess: str) -> None:
    outcome = pbp("delegation", word)
    assert (outcome.code, outcome.out) == (2, "")
    assert guess in outcome.err


@pytest.mark.parametrize("format_", ["text", "markdown"])
@pytest.mark.parametrize("area", [[], ["cancer"]])
def test_it_is_always_said_that_this_is_one_system_s_example(pbp: Pbp, area: list[str], format_: str) -> None:
    out = " ".join(pbp("delegation", *area, "--format", format_).out.replace("\\", "").split())
    assert "one system's worked example of March 2023. It is no national policy, and it decides nothing." in out
    assert "Source: Place-Based Partnership Development Update, Buckinghamshire, Oxfordshire and Berkshire West" in out


def test_a_question_for_one_place_says_so_and_nothing_is_counted(pbp: Pbp) -> None:
    out = " ".join(pbp("delegation", "cancer").out.split())
    assert "(For Berkshire West only.) For Berkshire West, would it be better" in out
    assert out.count("A yes tends to point to") == 10
    assert "nothing is counted" in out


def test_a_workspace_s_own_takes_the_place_of_the_shipped_one(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({"delegation/own.yaml": OWN})
    out = pbp("delegation", at=root).out
    assert out.startswith("Ours (own@1)\n") and "One Thing (s1): mostly with the Place" in out
    assert "Services" not in out and "March 2023" not in out and "Source" not in out
    assert pbp("delegation", "cancer", at=root).code == 2
    assert pbp("delegation", "one thing", at=root).out.count("No more is said.") == 1


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"delegation/own.yaml": "id: ["}, 2),
        ({"delegation/own.yaml": OWN.replace("enabler", "enablers")}, 2),
        ({"delegation/own.yml": OWN}, 2),
        ({"delegation/own.yaml": OWN, "delegation/second.yaml": OWN}, 0),
        ({"delegation/own.yaml": "id: [", "delegation/second.yaml": OWN}, 2),
        ({"delegation/own.yaml": OWN, "readiness/x.yaml": "id: ["}, 0),
        ({"readiness/x.yaml": "id: ["}, 0),
    ],
)
def test_a_broken_file_stops_it_only_if_it_would_be_used(
    pbp: Pbp, workspace: MakeWorkspace, files: dict[str, str | bytes], code: int
) -> None:
    outcome = pbp("delegation", at=workspace(files))
    assert outcome.code == code
    if code:
        assert next(iter(files)) in outcome.err and outcome.out == ""
    else:
        assert outcome.err == "1 file could not be read; run pbp validate\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_shown(pbp: Pbp, workspace: MakeWorkspace, text: str) -> None:
    quoted = in_yaml(text)
    own = f"""\
id: own
version: "1"
title: {quoted}
source: {{title: {quoted}}}
aspects:
  - {{id: a1, question: {quoted}, points_to: council, only_for: {quoted}, note: {quoted}}}
service_areas:
  - id: s1
    name: {quoted}
    group: service
    place_remit: shared
    system_note: {quoted}
    place_note: {quoted}
    basis: {quoted}
"""
    root = workspace({"delegation/own.yaml": own})
    for area in ([], ["s1"]):
        for format_ in ("text", "markdown", "json"):
            outcome = pbp("delegation", *area, "--format", format_, at=root)
            assert outcome.code == 0, outcome.err
            assert not UNSEEN.search(outcome.out)
            if format_ == "json":
                assert json.loads(outcome.out)["service_areas"][0]["name"] == text
            if format_ == "markdown":
                assert not re.search(r"(?<!\\)<", outcome.out)


def test_a_delegation_file_alone_is_read_as_one(pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(OWN.replace("place_remit", "place-remit"))
    assert (
        'PBP101 key "place-remit" is not known here; did you mean "place_remit"?'
        in pbp("validate", "d.yaml", at=tmp_path).out
    )
