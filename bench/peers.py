"""Other validators, each in an environment of its own, and what they are asked to check the same files with."""

import json
import subprocess
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pbpmaturity.exchange.schema import assessment_schema, schema_text
from pbpmaturity.workspace.shipped import shipped_matrices

HERE = Path(__file__).parent / "peers"
FROM_PYPI = {"yamale": "yamale==6.*", "check-jsonschema": "check-jsonschema", "yamllint": "yamllint"}
FROM_NPM = ("ajv@8", "ajv-cli@5", "js-yaml@4")
SLOW_ONES = ("check-jsonschema", "yamllint")
"""Those that take minutes for 20,000 files."""

Commands = Callable[[Path], dict[str, list[str]]]


def installed_peers(folder: Path) -> Commands:
    """Install the peers below a folder, and return what makes the command of each for a workspace."""
    programs = {name: _from_pypi(folder / name, name, wanted) for name, wanted in FROM_PYPI.items()}
    subprocess.run(
        ["npm", "install", "--silent", "--no-package-lock", "--prefix", str(folder / "npm"), *FROM_NPM], check=True
    )
    schema, dateless = folder / "assessment.schema.json", folder / "dateless.schema.json"
    whole = assessment_schema(shipped_matrices()["pbp@2023.1"][0])
    schema.write_text(schema_text(whole), "utf-8")
    dateless.write_text(schema_text(_without_dates(whole)), "utf-8")
    (folder / "npm" / "ajv_bare.mjs").write_text((HERE / "ajv_bare.mjs").read_text("utf-8"), "utf-8")

    def commands(root: Path) -> dict[str, list[str]]:
        files = sorted(str(path) for path in (root / "assessments").glob("*/*.yaml"))
        listed = root.parent / f"{root.name}.files"
        listed.write_text("\n".join(files), "utf-8")
        return {
            "a bare ajv script": ["node", str(folder / "npm" / "ajv_bare.mjs"), str(schema), str(listed)],
            "ajv-cli": [
                str(folder / "npm" / "node_modules" / ".bin" / "ajv"), "validate", "--strict=false",
                "-s", str(dateless), "-d", str(root / "assessments" / "*" / "*.yaml"),
            ],
            "yamale -n 2": [
                str(programs["yamale"]), "-n", "2", "-s", str(HERE / "assessment.yamale.yaml"), "assessments",
            ],
            "check-jsonschema": [
                "sh", "-c", f'xargs -a "{listed}" -n 500 "{programs["check-jsonschema"]}" --schemafile "{schema}"',
            ],
            "yamllint": [str(programs["yamllint"]), "-c", str(HERE / "yamllint.yaml"), "assessments"],
        }  # fmt: skip

    return commands


def require_that_they_check(commands: dict[str, list[str]], good: Path, broken: Path, again: Commands) -> None:
    """End with a message if a peer refuses files in order, or accepts an unknown theme; yamllint knows no shapes."""
    for name, command in commands.items():
        if subprocess.run(command, cwd=good, capture_output=True).returncode:
            raise SystemExit(f"{name} refuses files that are in order")
    for name, command in again(broken).items():
        if name != "yamllint" and not subprocess.run(command, cwd=broken, capture_output=True).returncode:
            raise SystemExit(f"{name} accepts an unknown theme, so it checks nothing")


def versions(folder: Path) -> list[str]:
    """Return the names and versions of the peers that were installed below a folder."""
    found = [
        f"{name} {path.name.removesuffix('.dist-info').rpartition('-')[2]}"
        for name in FROM_PYPI
        for path in (folder / name).glob(f"lib/*/site-packages/{name.replace('-', '_')}-*.dist-info")
    ]
    for name in (wanted.split("@")[0] for wanted in FROM_NPM):
        package = json.loads((folder / "npm" / "node_modules" / name / "package.json").read_text("utf-8"))
        found.append(f"{name} {package['version']}")
    return found


def _from_pypi(folder: Path, name: str, wanted: str) -> Path:
    venv.create(folder, with_pip=True)
    subprocess.run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", wanted], check=True)
    return folder / "bin" / name


def _without_dates(schema: Any) -> Any:
    """Return a schema that takes anything for a date: ajv-cli makes objects of them, which no schema can check."""
    if isinstance(schema, list):
        return [_without_dates(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    is_date = str(schema.get("patternErrorMessage", "")).startswith("expected a date")
    return {} if is_date else {key: _without_dates(one) for key, one in schema.items()}
