"""Every message that a finding can carry, in one table that is read line by line."""

# ruff: noqa: E501

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import ROOT, MakeWorkspace, Pbp, Snapshot, commit_all, without_hanging

from pbpmaturity.diagnostics.rules import RULES

FILE = "assessments/northam/2024-01-17.yaml"
HEAD = "place: northam\ndate: 2024-01-17\nmatrix: pbp@2023.1\nstatus: draft\nprovenance: illustrative\n"
THEMES = "themes:\n  shared-vision:\n    stage: developing\n"
GOOD = HEAD + THEMES
AGREED = GOOD.replace("draft", "agreed")
SELF = AGREED.replace("illustrative", "self-assessment")
PUBLISHED = HEAD.replace("illustrative", "published-summary").replace("draft", "agreed")
MATRIX = (
    'id: own\nversion: "1"\ntitle: Own\nstages:\n  - {id: a, name: A}\n  - {id: b, name: B}\nthemes:\n'
    "  - id: t1\n    name: One\n    criteria:\n      a: [{id: E1, statement: Yes.}]\n      b: [{id: D1, statement: Yes.}]\n"
)
TEST = "id: own\ntitle: Own\nmatrix: pbp@2023.1\nrequires:\n  all-themes-at-least: developing\nattested:\n  - condition: Agreed\n    by-role: Board\n"
DELEGATION = (
    'id: own\nversion: "1"\ntitle: Own\naspects:\n  - {id: a1, question: Is it?, points_to: place}\n'
    "service_areas:\n  - {id: s1, name: One, group: service, place_remit: shared}\n"
)
DEEP = "[" * 20 + "]" * 20

# What stands in an assessment's file; the rest of its workspace is in order.
ASSESSMENTS: tuple[str | bytes, ...] = (
    # reading
    "a: [b", "a: b: c", 'a: "b', "a: 'b", "a: b\n c: d", "a:\n- b\nc", "a: {b: c", "a: @b", "a: `b`", 'a: "\\q"',
    'a: "\\ud800"', "<<<<<<< HEAD\na: b\n", "a: |#\n  b", ": b", b"a: \xff", GOOD.encode("utf-16"), "a:\tb", "a: \u2028b",
    "a: \x85b", "a: \x0bb", "a: b\rc: d", "a: b\na: c", "{a: b, a: c}", "a: &b c", "a: *b", "a: !b c", "%YAML 1.2\n---\na: b",
    f"a: {DEEP}", "x" * (1 << 20) + "xx", "", "# nothing", "a: b\n---\nc: d", "a: b\n...\nc: d", "a: {E1:met}", "[a]: b",
    "- a", "words",
    # keys
    GOOD + "sumary: x", GOOD + "zzz: x", GOOD.replace("    stage", "    stge"), GOOD + "    target: {by: 2024}\n",
    GOOD + "    evidence: [{tilte: x}]\n", GOOD.replace("place: northam\n", ""), GOOD.replace("place: northam", "place:"),
    HEAD, GOOD + "    actions: [{owner: Board}]\n", "a: b",
    # values
    GOOD.replace("status: draft", "status: drft"), GOOD.replace("status: draft", "status: zzz"),
    GOOD.replace("status: draft", "status: [a]"), GOOD.replace("place: northam", "place: North Ham"),
    GOOD.replace("place: northam", "place: [a]"), GOOD.replace("format", "x").replace("place", "format: 2\nplace", 1),
    GOOD + "    criteria: {E1: yes}\n", GOOD + "    criteria: [E1]\n", GOOD + "    views: {developing: many}\n",
    GOOD + "    views: {developing: -1}\n", GOOD + "    views: {developing: 04}\n", GOOD + "    evidence: x\n", GOOD + "    evidence: [x]\n",
    GOOD + "    evidence:\n      -\n", GOOD + "    rationale: [x]\n", GOOD + "    rationale: {a: b}\n",
    GOOD.replace("matrix: pbp@2023.1", "matrix: pbp"), GOOD.replace("matrix: pbp@2023.1", "matrix: pbp@2022"),
    GOOD.replace("matrix: pbp@2023.1", "matrix: zzz@1"), HEAD + "themes: x\n", HEAD + "themes:\n  shared-vision: developing\n",
    GOOD.replace("2024-01-17", "17/01/2024"), GOOD.replace("2024-01-17", "2024-02-30"), GOOD.replace("2024-01-17", "2024-13"),
    GOOD.replace("2024-01-17", "2024"), GOOD.replace("2024-01-17", "[a]"),
    # the matrix
    GOOD.replace("developing", "devloping"), GOOD.replace("developing", "zzz"), GOOD.replace("developing", "Developing"),
    GOOD + "    target: {stage: not-assessed}\n", GOOD + "    views: {devloping: 9}\n", GOOD.replace("shared-vision", "shared-vison"),
    GOOD.replace("shared-vision", "zzz"), GOOD + "    criteria: {E9: met}\n", GOOD + "    criteria: {zzz: met}\n",
    PUBLISHED + "stated: {overall: zzz, source: {title: x}}\n", GOOD + "stated: {overall: developing, source: {title: x}}\n",
    PUBLISHED + THEMES + "stated: {overall: developing, source: {title: x}}\n", PUBLISHED + "stated: {overall: developing}\n",
    # what it says
    GOOD.replace("developing", "not-applicable"), SELF, SELF.replace("status", "agreed: {by: Board}\nstatus"),
    SELF.replace("status", "agreed: {date: 2024-02}\nstatus"), GOOD + "    evidence: [{title: x, link: 'mailto:x'}]\n",
    GOOD + "    evidence: [{title: x, link: a b}]\n", GOOD + "    evidence: [{title: x, link: 'http://'}]\n",
    GOOD + "    evidence: [{title: x, link: www.example.org}]\n", GOOD + "    evidence: [{title: x, link: '../x.pdf'}]\n",
    GOOD + "    evidence: [{title: x, link: '/x.pdf'}]\n", GOOD + "    evidence: [{title: x, link: 'a\\b.pdf'}]\n",
    GOOD + "    evidence: [{title: x, link: 'C:/x.pdf'}]\n", GOOD + "    criteria: {E1: not-met}\n",
    GOOD.replace("developing", "thriving") + "    criteria: {E1: met, E2: met, D1: partly}\n",
    GOOD + "    criteria: {E1: met, E2: met, D1: met, D2: met, D3: met, D4: met, M1: not-met, M2: met, T1: met}\n", AGREED,
    GOOD.replace("developing", "maturing") + "    target: {stage: emerging}\n",
    GOOD.replace("status", "gathered: {from: 2024-01, to: 2023-01}\nstatus"), GOOD + "    rationale: item #4 of it\n",
    # spaces
    GOOD.replace("    stage", "\u00a0\u00a0\u00a0\u00a0stage"), GOOD.replace("stage: ", "stage:\u00a0"), GOOD.replace("stage: ", "stage\u200b: "),
    GOOD.replace("place: ", "place:\u00a0").replace("status: ", "status:\u00a0"),
    GOOD + "    evidence: [{link: docs/x.pdf}]\n",
    # later versions
    f"format: 1.1\n{GOOD}", f"{GOOD}asks: [Agree it]\n",
    GOOD + "    rationale: 'a\n    b'\n",
    # people
    GOOD + "    views: {developing: 1}\n", GOOD + "    views: {developing: 2, emerging: 2}\n",
    GOOD + "    rationale: ask jo@example.org\n", GOOD + "    rationale: ring 01632 960123\n",
    GOOD + "    rationale: patient 943 476 5919\n", GOOD + "    actions: [{action: Meet, owner: Alex Example}]\n",
    "kind: individual-view\nid: a1\nmatrix: pbp@2023.1\n",
    # comments
    GOOD + "    # pbp: ignore\n", GOOD + "    # pbp: ignore PBP114\n", GOOD + "    # pbp: ignore PBP999 x\n",
    GOOD + "    # pbp: ignore PBP001 x\n", GOOD + "    # pbp: ignore PBP502 x\n", GOOD + "    # pbp: ignore PBP114 x\n",
)  # fmt: skip
MATRICES = (
    MATRIX.replace("id: b,", "id: a,"), MATRIX + MATRIX.partition("themes:\n")[2],
    MATRIX.replace("id: D1", "id: E1").replace("      b: [", "      a2: ["), MATRIX.replace("{id: D1, ", "{id: E1, ").replace("b: [", "b: [{id: E1, statement: No.}, "),
    MATRIX.replace("      b:", "      c:"), MATRIX.replace("      b:", "      aa:"), MATRIX.replace("      b: [{id: D1, statement: Yes.}]\n", ""),
    MATRIX.replace("id: own", "id: pbp").replace('"1"', '"2023.1"'), MATRIX.replace("id: a,", "id: not-assessed,"),
    MATRIX.replace("  - {id: b, name: B}\n", ""), MATRIX.replace('"1"', "a_b"), MATRIX.replace("id: E1", "id: E_1"),
    MATRIX.replace("title: Own\n", ""), MATRIX + "groups: []\n", MATRIX + "overall: none\n", MATRIX.replace("title: Own", "title: Own\noverall: mean"),
    MATRIX.replace("id: t1", "id: true"), MATRIX.replace("id: E1", "id: Null"), MATRIX.replace('version: "1"', "version: false"),
    MATRIX.replace("id: E1", "id: 'null'"),
)  # fmt: skip
READINESS = (
    TEST.replace("id: own", "id: Own"), TEST.replace("id: own\n", ""), TEST.replace("    by-role: Board\n", ""),
    TEST.replace("pbp@2023.1", "pbp@2022"), TEST.replace("at-least: developing", "at-least: devloping"),
    TEST.replace("at-least: developing", "at-least: not-assessed"), TEST.replace("all-themes-at-least", "all-theme-at-least"),
    TEST.replace("all-themes-at-least: developing", "agreed-within-months: many"), TEST.replace("all-themes-at-least: developing", ""),
    TEST.replace("  all-themes-at-least: developing", "  {}"), TEST.replace("all-themes-at-least: developing", "evidence-for: []"),
    TEST.replace("all-themes-at-least: developing", "themes: {}"), TEST.replace("all-themes-at-least: developing", "evidence-for: [zzz]"),
    TEST.replace("all-themes-at-least: developing", "themes: {shared-dta: developing}"),
    TEST.replace("all-themes-at-least: developing", "themes: {shared-data: zzz}"),
    TEST.replace("all-themes-at-least: developing", "themes: {zzz: }"), TEST.partition("attested:")[0] + "attested: []\n",
    TEST + "    date: soon\n", TEST + "service-area: community-service\n", TEST + "service-area: zzz\n",
    TEST.replace("Board", "Alex Example"), TEST + "    document: item #4\n", "kind: individual-view\nid: a1\nmatrix: pbp@2023.1\n",
)  # fmt: skip
DELEGATIONS = (
    DELEGATION.replace("id: a1", "id: A1"), DELEGATION.replace("points_to: place", "points_to: plce"),
    DELEGATION.replace("points_to", "points-to"), DELEGATION.replace("group: service", "group: services"),
    DELEGATION.replace("place_remit: shared", "place_remit: some"), DELEGATION + DELEGATION.partition("service_areas:\n")[2],
    DELEGATION.replace("service_areas", "areas"), DELEGATION + "deliverables: [{id: d, statement: x}, {id: d, statement: y}]\n",
    DELEGATION + "governance_options: [{id: d, statement: x}, {id: d, statement: y}]\n",
    DELEGATION.replace("aspects:\n", "aspects:\n  - {id: a1, question: Is it?, points_to: council}\n"),
)  # fmt: skip
SETTINGS = (
    "matrix: pbp@2022\n", "places: {North Ham: {}}\n", "places: {jan-2024: {}}\n", "places: {con: {}}\n",
    "review-every-months: often\n", "places: {northam: {share: all}}\n", "systm: x\n", "system: [{name: Riverside}]\n", "", "places: {southam: {}}\n",
)  # fmt: skip
# Whole workspaces, with what is found in no single file; and the options that need to be given.
WORKSPACES: tuple[tuple[dict[str, str], tuple[str, ...]], ...] = (
    ({"assessments/northam/2024.yaml": GOOD}, ()),
    ({"assessments/northam/2024-01-17.yaml": GOOD, "assessments/northam/copy.yaml": GOOD}, ()),
    ({"assessments/southam/2024-01-17.yaml": GOOD}, ()),
    ({"assessments/North Ham/2024-01-17.yaml": GOOD}, ()),
    ({"assessments/northam/2024-01-17.yml": GOOD}, ()),
    ({"assessments/northam/notes.txt": "x"}, ()),
    ({"assessments/northam/2024-01-17.yaml": GOOD, "assessments/northam/2024-01-17.yaml.txt": GOOD}, ()),
    ({FILE: GOOD, f"{FILE}~": GOOD}, ()),
    ({FILE: GOOD.replace("developing", "devloping"), f"{FILE}.orig": GOOD}, ()),
    ({FILE: b"\0"}, ()),
    ({FILE: b"\0" * 3001}, ()),
    ({FILE: f"{GOOD}    evidence: [{{title: x, link: re\u0301union.pdf}}]\n", "réunion.pdf": "x"}, ()),
    ({"assessments/notes.txt": "x"}, ()),
    ({"assessments/northam/old/2024-01-17.yaml": GOOD}, ()),
    ({"pbp.yml": "x"}, ()),
    ({"matrices/a.yaml": MATRIX, "matrices/b.yaml": MATRIX}, ()),
    ({"readiness/a.yaml": TEST, "readiness/b.yaml": TEST}, ()),
    ({"readiness/a.yaml": TEST + "    document: x\n    date: 2024-01\n"}, ("--as-of", "2023-12")),
    ({"readiness/a.yml": TEST}, ()),
    ({"delegation/a.yaml": DELEGATION, "delegation/b.yaml": DELEGATION}, ()),
    ({FILE: GOOD}, ("--as-of", "2023")),
    ({FILE: GOOD}, ("--as-of", "2023-12")),
    ({FILE: AGREED}, ("--as-of", "2026-01", "--select", "PBP306")),
    (
        {FILE: AGREED + "    target: {stage: maturing, by: 2025}\n"},
        ("--as-of", "2026-01", "--select", "PBP119,PBP109"),
    ),
    ({"pbp.yaml": "privacy: {smallest-cell: 3}\n", FILE: GOOD + "    views: {emerging: 1, developing: 6}\n"}, ()),
    ({FILE: AGREED + "    target: {stage: maturing, by: 2025-01}\n"}, ("--as-of", "2026-01", "--select", "PBP119")),
    ({FILE: AGREED + "    actions: [{action: Meet, due: 2025-01-31}]\n"}, ("--as-of", "2026-01", "--select", "PBP120")),
    (
        {FILE: AGREED, "assessments/northam/2023-01.yaml": AGREED.replace("2024-01-17", "2023-01").replace("dev", "emerg").replace("emergeloping", "emerging")},
        ("--select", "PBP305"),
    ),
)  # fmt: skip
PLACE = re.compile(r"^(.+?):(\d+:\d+): (error|warning|note) (PBP\d{3}) ")


def every_workspace() -> Iterator[tuple[dict[str, str | bytes], tuple[str, ...]]]:
    yield from (({FILE: text}, ()) for text in ASSESSMENTS)
    yield from (({"matrices/own.yaml": text}, ()) for text in MATRICES)
    yield from (({"readiness/own.yaml": text}, ()) for text in READINESS)
    yield from (({"delegation/own.yaml": text}, ()) for text in DELEGATIONS)
    yield from (({"pbp.yaml": text, FILE: GOOD}, ()) for text in SETTINGS)
    yield from ((dict(files), options) for files, options in WORKSPACES)


@pytest.fixture
def table(pbp: Pbp, tmp_path: Path) -> list[tuple[str, str]]:
    """Return every message with its rule, each once, in the order of the rules."""
    found: dict[tuple[str, str], None] = {}

    def look(files: dict[str, str | bytes], *options: str) -> None:
        root = tmp_path / f"w{len(list(tmp_path.iterdir()))}"
        (root / "assessments").mkdir(parents=True)
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(
                content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
            )
        outcome = pbp("validate", *options, at=root)
        assert outcome.code in (0, 1, 2), outcome.err
        for line in outcome.out.splitlines():
            match = PLACE.match(line)
            if match:
                found[match[4], line[match.end() :]] = None

    for files, options in every_workspace():
        look(files, *options)
    root = tmp_path / "history"
    (root / "assessments" / "northam").mkdir(parents=True)
    for name in ("2023-01", "2024-01"):
        (root / f"assessments/northam/{name}.yaml").write_text(AGREED.replace("2024-01-17", name))
    rest = "place: southam\ndate: 2024-01\nmatrix: {}\nstatus: agreed\nprovenance: illustrative\nthemes: {{}}\n"
    for number, name in enumerate(("own", "other", "other")):
        path = root / f"assessments/southam{number}/2024-01.yaml"
        path.parent.mkdir()
        path.write_text(rest.format(f"{name}@1").replace("southam", f"southam{number}"))
        (root / "matrices").mkdir(exist_ok=True)
        (root / f"matrices/{name}.yaml").write_text(MATRIX.replace("id: own", f"id: {name}"))
    commit_all(root)
    (root / "matrices/own.yaml").unlink()
    (root / "matrices/other.yaml").write_text(
        MATRIX.replace("id: own", "id: other").replace("Yes", "No") + "overall: minimum\n"
    )
    (root / "assessments/northam/2023-01.yaml").unlink()
    changed = AGREED.replace("2024-01-17", "2024-01").replace("developing", "maturing")
    (root / "assessments/northam/2024-01.yaml").write_text(changed)
    for line in pbp("validate", "--changed-since", "HEAD", "--select", "PBP206,PBP307", at=root).out.splitlines()[:-1]:
        match = PLACE.match(line)
        assert match
        found[match[4], line[match.end() :]] = None
    return sorted(found, key=lambda item: item[0])


def test_every_message_is_in_the_table(table: list[tuple[str, str]], expect_whole: Snapshot) -> None:
    expect_whole("messages.txt", "".join(f"{code}  {message}\n" for code, message in table))
    # A file that cannot be opened has a test of its own, since no checkout can hold one.
    assert {code for code, _ in table} == {rule.code for rule in RULES} - {"PBP013"}


LIBRARY_WORDS = re.compile(
    r"[Ii]nput should|[Ff]ield required|Extra inputs|pydantic|ruamel|YAML 1\.1|while (?:scanning|parsing)|did not find"
    r"|block mapping|\bmapping\b|\bsequence\b|\bscalar\b|\bdict|\btuple\b|\bstr\b|\bint\b|NoneType|None\b|Traceback|Error\b"
)


def test_no_message_has_a_library_s_words(table: list[tuple[str, str]]) -> None:
    assert not [line for line in table if LIBRARY_WORDS.search(re.sub(r'"[^"]*"', "", line[1]))]


def test_every_message_says_what_to_do_in_plain_words(table: list[tuple[str, str]]) -> None:
    for code, message in table:
        assert not message.endswith("."), (code, message)
        assert (
            message[0].islower()
            or message[0] == '"'
            or message.startswith(("Place ", "E1", "U+"))
            or message[0].isdigit()
        ), (code, message)
        assert ";" in message or "expected" in message or "did you mean" in message, (code, message)
        assert len(message) < 400, (code, message)


def test_the_table_s_own_workspaces_are_in_order_but_for_what_they_show(pbp: Pbp, workspace: MakeWorkspace) -> None:
    files = {FILE: GOOD, "matrices/own.yaml": MATRIX, "readiness/own.yaml": TEST, "delegation/own.yaml": DELEGATION}
    assert pbp("validate", at=workspace(files)).out == "4 files checked: nothing found\n"
    assert ROOT.is_dir()


def test_a_guess_is_not_looked_for_among_very_many(pbp: Pbp, workspace: MakeWorkspace) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    ids = ["".join(letters[(number * step) % 26] for step in range(1, 60)) + f"x{number}" for number in range(3000)]
    themes = "".join(f"  - {{id: {id_}, name: x}}\n" for id_ in ids)
    matrix = f'id: many\nversion: "1"\ntitle: x\nstages: [{{id: a, name: A}}, {{id: b, name: B}}]\nthemes:\n{themes}'
    said = "".join(f"  q{number}{ids[number][:60]}: {{stage: a}}\n" for number in range(100))
    text = HEAD.replace("pbp@2023.1", "many@1") + f"themes:\n{said}"
    with without_hanging():
        out = pbp("validate", FILE, at=workspace({FILE: text, "matrices/many.yaml": matrix})).out
    assert "expected one of" in out and "did you mean" not in out
