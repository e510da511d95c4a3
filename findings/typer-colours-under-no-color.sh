#!/usr/bin/env bash
# typer 0.29.2: with GITHUB_ACTIONS set, --help through a pipe has codes for colours, under NO_COLOR too.
#
# The same command in a pipe elsewhere has none. What a workflow compares or keeps of a help page holds the codes.
# Here: help is written without rich's markup, so that it is the same text everywhere.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet typer==0.29.2
cat > case.py <<'PY'
import os
import subprocess
import sys
from pathlib import Path

Path("command.py").write_text('import typer\n\n\ndef main(name: str):\n    "Say a word."\n\n\ntyper.run(main)\n')
ordinary = {key: value for key, value in os.environ.items() if key not in ("GITHUB_ACTIONS", "FORCE_COLOR", "PY_COLORS")}
for more in ({}, {"GITHUB_ACTIONS": "true"}):
    said = subprocess.run([sys.executable, "command.py", "--help"], capture_output=True, check=True,
                          env={**ordinary, "NO_COLOR": "1", **more})
    print(more, b"\x1b[" in said.stdout)
PY
cat > stated.txt <<'SEEN'
{} False
{'GITHUB_ACTIONS': 'true'} True
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
