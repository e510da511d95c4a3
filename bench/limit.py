"""The least that a validator could do: let libyaml parse each file and pydantic check a shape as often, nothing else.

libyaml's events are thrown away in C, so nothing is built; pydantic checks the plain data of one file again and again.
"""

import sys
from pathlib import Path

from _ruamel_yaml import CParser

from pbpmaturity.model.assessment import Assessment
from pbpmaturity.workspace.source import read


def main(root: Path) -> None:
    """Parse every assessment below a workspace, and check a shape once for each."""
    paths = sorted((root / "assessments").glob("*/*.yaml"))
    data = read(paths[0].read_bytes()).data
    for path in paths:
        CParser(path.read_bytes()).raw_parse()
        Assessment.model_validate(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
