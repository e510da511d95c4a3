#!/usr/bin/env bash
# PyYAML 6.0.3: a plain 2024-02-30 raises ValueError, which is no YAMLError and names no line.
#
# Programs that catch yaml.YAMLError, as the documentation shows, stop with a traceback over a day that does not exist.
# A plain = raises a ConstructorError in the same reader, since YAML 1.1 has a type for it that is not built in.
# Here: nothing is typed by the parser; a day that does not exist is found at its line and column.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet PyYAML==6.0.3
cat > case.py <<'PY'
import yaml

for text in ("date: 2024-02-30", "date: 2024-02-29", "sign: ="):
    try:
        print(yaml.safe_load(text))
    except Exception as error:
        print(type(error).__name__, isinstance(error, yaml.YAMLError))
PY
cat > stated.txt <<'SEEN'
ValueError False
{'date': datetime.date(2024, 2, 29)}
ConstructorError True
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
