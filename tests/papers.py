"""Workspaces whose papers are hard to lay out: many themes, many stages, long words, many assessments, gaps."""

import json

from building import assessment_text, quarterly

LONG_NAME = "Working together across organisational boundaries with " + "exceptionally" * 12
LONG_TEXT = " ".join(
    f"Sentence {number} says at some length why the group judged it as it did." for number in range(1, 60)
)
Files = dict[str, str | bytes]


def own_matrix(themes: int, stages: int, *, theme_name: str = "Theme {} with a name of usual length") -> str:
    """Return a matrix file of themes t1, t2, ... and stages s1, s2, ..."""
    lines = ["id: own", 'version: "1"', "title: A matrix of our own", "stages:"]
    lines += [f"  - {{id: s{number}, name: Established {number}}}" for number in range(1, stages + 1)]
    lines += ["themes:"]
    for number in range(1, themes + 1):
        lines += [f"  - id: t{number}", f"    name: {json.dumps(theme_name.format(number))}"]
    return "\n".join(lines) + "\n"


def full_assessment(date: str, themes: int, stage_of: dict[int, int], *, text: str, status: str = "agreed") -> str:
    """Return an assessment of all themes with a reason, dissent, evidence, a target and two actions each."""
    said = json.dumps(text)
    lines = [
        f"place: northam\ndate: {date}\nmatrix: own@1\nstatus: {status}\nprovenance: self-assessment",
        "agreed: {by: The partnership board, date: 2025-03-04, minute: item 7}" if status == "agreed" else "",
        f"method: workshop\nreviewed: none\nsummary: {said}\nthemes:",
    ]
    for number in range(1, themes + 1):
        lines += [
            f"  t{number}:\n    stage: s{stage_of.get(number, 1)}\n    rationale: {said}\n    dissent: {said}",
            f"    evidence: [{{title: A note {number}, link: 'https://example.org/{number}', date: 2024-11}}]",
            "    target: {stage: s2, by: 2026-01}",
            f"    actions: [{{action: {said}, owner: A director, due: 2025-06-30}}, {{action: Write a plan {number}}}]",
        ]
    return "\n".join(line for line in lines if line) + "\n"


def hard_workspaces() -> dict[str, Files]:
    """Return workspaces by what is hard in them; each has a Place `northam`."""
    short, then = "Partners said so.", dict.fromkeys(range(1, 21), 2)

    def two(
        themes: int, stages: int, text: str, name: str, *, status: str = "agreed", is_slipping: bool = False
    ) -> Files:
        now = {} if is_slipping else {**then, 1: 3, 2: 1}
        return {
            "pbp.yaml": f"matrix: own@1\nplaces:\n  northam: {{name: {json.dumps(name)}}}\n",
            "matrices/own.yaml": own_matrix(
                themes, stages, **({"theme_name": f"{{}} {name}"} if len(name) > 40 else {})
            ),
            "assessments/northam/2024-01.yaml": full_assessment("2024-01", themes, then, text=text),
            "assessments/northam/2025-01.yaml": full_assessment("2025-01", themes, now, text=text, status=status),
        }

    return {
        "twenty-themes": two(20, 4, short, "Northam"),
        "all-slipped": two(20, 4, short, "Northam", is_slipping=True),
        "seven-stages": two(10, 7, short, "Northam"),
        "one-theme": two(1, 3, short, "Northam"),
        "long-names": two(5, 4, short, LONG_NAME),
        "long-texts": two(4, 4, LONG_TEXT, "Northam"),
        "draft": two(6, 4, short, "Northam", status="draft"),
        "forty-assessments": {**quarterly(40)},
        "not-assessed": {"assessments/northam/2024-01.yaml": assessment_text("northam", "2024-01", {})},
    }
