"""The examples of tests/examples/broken, one for each rule, validated as the rule asks."""

import shutil
from pathlib import Path

from building import ROOT, Outcome, Pbp, commit_all

BROKEN = sorted((ROOT / "tests" / "examples" / "broken").iterdir())

ASKED_FOR = {
    "PBP113": ("--as-of", "2023-12-31"),
    "PBP119": ("--as-of", "2024-12"),
    "PBP120": ("--as-of", "2024-12"),
    "PBP206": ("--changed-since", "HEAD"),
    "PBP306": ("--as-of", "2025-06"),
    "PBP307": ("--changed-since", "HEAD"),
}
"""The options without which a rule is not tried."""


def code_of(folder: Path) -> str:
    """Return the code of the rule that an example breaks."""
    return folder.name[:6].upper()


def found_in(folder: Path, pbp: Pbp, tmp_path: Path, *more: str) -> Outcome:
    """Validate an example with the options that its rule needs; one about changes has a history made for it."""
    options = (*ASKED_FOR.get(code_of(folder), ()), *more)
    if not (folder / "before").exists():
        return pbp("validate", *options, at=folder)
    root = tmp_path / "repository"
    shutil.copytree(folder, root, ignore=shutil.ignore_patterns("before"))
    shutil.copytree(folder / "before", root, dirs_exist_ok=True)
    commit_all(root)
    shutil.copytree(folder, root, ignore=shutil.ignore_patterns("before"), dirs_exist_ok=True)
    return pbp("validate", *options, at=root)
