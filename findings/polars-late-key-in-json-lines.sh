#!/usr/bin/env bash
# polars 2.1.0: read_ndjson leaves out a key that first stands after the hundredth line, and says nothing.
#
# The columns are taken from the first hundred lines; what is new in a later one is dropped. With
# infer_schema_length=None the whole file is looked at and the column is there.
# Here: docs/export.md gives the argument, since the lines of an export are of several tables.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet polars==2.1.0
cat > case.py <<'PY'
import io
import json

import polars

rows = [{"place": "northam"}] * 150 + [{"place": "westmere", "note": "only here"}] * 5
text = "".join(json.dumps(row) + "\n" for row in rows)
print(polars.read_ndjson(io.StringIO(text)).columns)
print(polars.read_ndjson(io.StringIO(text), infer_schema_length=None).columns)
PY
cat > stated.txt <<'SEEN'
['place']
['place', 'note']
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
