"""Synthetic workspaces: any number of Places and rounds, with a share of broken files, the same for the same seed."""

import argparse
import random
from pathlib import Path

from pbpmaturity.model.matrix import Matrix, Theme
from pbpmaturity.workspace.shipped import shipped_matrices

_WORDS = [
    "partners",
    "agreed",
    "the",
    "plan",
    "for",
    "shared",
    "neighbourhood",
    "teams",
    "and",
    "reviewed",
    "it",
    "with",
    "residents",
    "before",
    "the",
    "board",
    "met",
    "while",
    "finance",
    "leads",
    "mapped",
    "pooled",
    "budgets",
    "against",
    "priorities",
    "for",
    "children",
    "and",
    "older",
    "people",
    "across",
    "the",
    "whole",
    "place",
]


def generate(root: Path, places: int, rounds: int, *, broken: float = 0.0, seed: int = 1) -> int:
    """Write a workspace of quarterly assessments, some 115 lines each, and return how many files are broken."""
    choose = random.Random(seed)
    matrix = shipped_matrices()["pbp@2023.1"][0]
    faults = 0
    for number in range(1, places + 1):
        place = f"place-{number:04}"
        folder = root / "assessments" / place
        folder.mkdir(parents=True)
        for date in _dates(rounds):
            text = _assessment(matrix, place, date, choose)
            if choose.random() < broken:
                text, faults = _broken(text, choose), faults + 1
            (folder / f"{date}.yaml").write_text(text, "utf-8", newline="\n")
    return faults


def _dates(rounds: int) -> list[str]:
    return [f"{2015 + index // 4}-{1 + 3 * (index % 4):02}" for index in range(rounds)]


def _assessment(matrix: Matrix, place: str, date: str, choose: random.Random) -> str:
    lines = [
        "format: 1",
        f"place: {place}",
        f"date: {date}",
        f"matrix: {matrix.ref}",
        "status: agreed",
        f"agreed: {{by: {place} partnership, date: {date}-20, minute: item 5}}",
        "method: workshop",
        "provenance: illustrative",
        "summary: >-",
        f"  {_prose(choose, 40)}",
        "participants:",
        "  - organisation: Council",
        "    role: Chief Executive",
        "themes:",
    ]
    for theme in matrix.themes:
        stage = choose.randrange(len(matrix.stages))
        criteria = ", ".join(f"{one}: {state}" for one, state in _criteria(matrix, theme, stage, choose)[:8])
        lines += [
            f"  {theme.id}:",
            f"    stage: {matrix.stage_ids[stage]}",
            f"    rationale: {_prose(choose, 14)}",
            f"    criteria: {{{criteria}}}",
            "    evidence:",
            f"      - title: {_prose(choose, 5)}",
            f"        link: https://example.org/{theme.id}.pdf",
            "    actions:",
            f"      - action: {_prose(choose, 8)}",
            f"        due: {date}-28",
        ]
    return "\n".join(lines) + "\n"


def _criteria(matrix: Matrix, theme: Theme, stage: int, choose: random.Random) -> list[tuple[str, str]]:
    """Return criteria that go with a stage: all met up to it, and above it some partly and some not."""
    return [
        (criterion.id, "met" if position <= stage else choose.choice(("partly", "not-met")))
        for position, name in enumerate(matrix.stage_ids)
        for criterion in theme.criteria_of(name)
    ]


def _prose(choose: random.Random, words: int) -> str:
    return " ".join(choose.choice(_WORDS) for _ in range(words))


def _broken(text: str, choose: random.Random) -> str:
    """Return the text with one of the faults that people make."""
    faults = (
        ("stage: ", "stage: x"),
        ("status: agreed", "status: agred"),
        ("method: workshop", "methd: workshop"),
        ("summary: >-", "summary: [\n"),
        ("  shared-data:", "  shared-dta:"),
        ("format: 1", "format: 1\nformat: 1"),
    )
    old, new = choose.choice(faults)
    return text.replace(old, new, 1)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--places", type=int, default=20)
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--broken", type=float, default=0.0, help="the share of broken files, 0 to 1")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    count = generate(given.folder, given.places, given.rounds, broken=given.broken, seed=given.seed)
    print(f"{given.places * given.rounds} files in {given.folder}, {count} of them broken")
