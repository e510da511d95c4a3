"""What an analyst would write without pbp: PyYAML's compiled loader and the csv module, a row a theme, nothing checked.

It is the peer of `pbp export`: one of its seven tables, without positions, rules, movements or memory kept flat.
"""

import csv
import sys
from pathlib import Path

import yaml


def main(root: Path, output: Path) -> None:
    """Write the stage of each theme of each assessment into one CSV file."""
    with output.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["place", "date", "matrix", "status", "provenance", "method", "theme", "stage", "rationale"])
        for path in sorted((root / "assessments").glob("*/*.yaml")):
            data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
            shared = [data[key] for key in ("place", "date", "matrix", "status", "provenance", "method")]
            rows.writerows(
                [*shared, theme, said.get("stage"), said.get("rationale")] for theme, said in data["themes"].items()
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
