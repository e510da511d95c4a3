"""A workspace in which every column of an export has a value somewhere, and none wherever it can have none."""

from building import assessment_text

TWO_STAGES = """\
id: two
version: "1"
title: Two
overall: minimum
stages: [{id: begun, name: Begun}, {id: done, name: Done}]
themes:
  - id: only
    name: Only theme
"""
_SEVEN = ", ".join(f"{{id: s{number}, name: Stage {number}}}" for number in range(1, 8))
SEVEN_STAGES = f"""\
id: seven
version: "1"
title: Seven
stages: [{_SEVEN}]
themes:
  - id: t1
    name: First
    criteria: {{s1: [{{id: A, statement: Begin}}], s2: [{{id: B, statement: Go on}}]}}
  - {{id: t2, name: Second}}
"""
_RECORDED = """\
    rationale: So.
    dissent: Not so.
    criteria: {A: met, B: partly}
    views: {s1: 2, s7: 3}
    evidence: [{title: A paper, link: "https://x.example/", date: 2024-01-02}, {title: Talk}]
    target: {stage: s7, by: 2025-01}
    actions: [{action: Meet, owner: Chair, due: 2024-06}, {action: Rest, status: done}]
  t2:
    stage: not-applicable
    rationale: It does not apply here.
    views: {s1: 1, s2: 3}
    target: {stage: s2}
"""
_TOLD = """\
agreed: {by: The board, date: 2024-02, minute: item 1}
method: workshop
reviewed: peer
gathered: {from: 2023-11, to: 2024-01-02}
summary: A paragraph.
participants: [{organisation: Council, role: Chair}, {organisation: Trust}, {organisation: Council}]"""
_STATED = "stated: {overall: emerging, note: N, source: {title: T, publisher: P, date: 2023-05, locator: L, link: "
FILES: dict[str, str | bytes] = {
    "pbp.yaml": "system: Ours\nplaces:\n  eastvale: {name: East Vale, share: private}\n  farvale: {}\n  midvale: {}\n",
    "matrices/two.yaml": TWO_STAGES,
    "matrices/seven.yaml": SEVEN_STAGES,
    "assessments/eastvale/2023-01.yaml": assessment_text("eastvale", "2023-01", {"t1": "s1"}, matrix="seven@1"),
    "assessments/eastvale/2024-01-17.yaml": assessment_text(
        "eastvale", "2024-01-17", {"t1": "s3"}, matrix="seven@1", more=_TOLD
    )
    + _RECORDED,
    "assessments/eastvale/2024-03.yaml": assessment_text(
        "eastvale", "2024-03", {"t1": "not-assessed", "t2": "s7"}, matrix="seven@1", status="draft"
    )
    + "    criteria: {}\n",
    "assessments/eastvale/2024-06.yaml": assessment_text("eastvale", "2024-06", {"only": "begun"}, matrix="two@1")
    + "    views: {begun: 5, done: 1}\n",
    "assessments/farvale/2023-01.yaml": assessment_text(
        "farvale", "2023-01", provenance="published-summary", more=f'{_STATED}"https://x.example/"}}}}'
    ),
    "assessments/farvale/2024-01.yaml": assessment_text(
        "farvale", "2024-01", provenance="published-summary", more="stated: {overall: emerging, source: {title: T}}"
    ),
    "assessments/midvale/2024-01.yaml": assessment_text(
        "midvale", "2024-01", {"shared-data": "not-assessed"}, provenance="illustrative"
    )
    + "    criteria: {E1: not-met}\n",
}
