#!/usr/bin/env bash
# pandas 3.1.1: read_json makes the first of the month of a text such as 2023-02, if its column is called date.
#
# The name of the column decides: the same text stays text under another name. dtype=False leaves it alone.
# Here: docs/export.md reads the lines with dtype=False, since a month is no day.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pandas==3.1.1
cat > case.py <<'PY'
import io

import pandas

lines = '{"date": "2023-02", "month": "2023-02"}\n{"date": "2024-03", "month": "2024-03"}\n'
for more in ({}, {"dtype": False}):
    frame = pandas.read_json(io.StringIO(lines), lines=True, **more)
    print([str(value) for value in frame.iloc[0]])
PY
cat > stated.txt <<'SEEN'
['2023-02-01 00:00:00', '2023-02']
['2023-02', '2023-02']
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
