#!/usr/bin/env bash
# duckdb 2.0.1: a CSV column of days is DATE, and VARCHAR as soon as one row holds a month; the join of the two fails.
#
# The join of two files of one kind works for years, and raises a ConversionException on the day that somebody writes
# 2024-03 where only the month is known. Saying that the column is text, in both files, mends it.
# Here: docs/export.md says it, with the line that works.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet duckdb==2.0.1
cat > case.py <<'PY'
from pathlib import Path

import duckdb

Path("days.csv").write_text("place,date\nnortham,2024-01-17\nwestmere,2024-03-14\n")
Path("mixed.csv").write_text("place,date\nnortham,2024-01-17\nwestmere,2024-03\n")
for name in ("days.csv", "mixed.csv"):
    print(name, dict(row[:2] for row in duckdb.sql(f"describe select * from '{name}'").fetchall()))
try:
    print(duckdb.sql("select * from 'days.csv' join 'mixed.csv' using (place, date)").fetchall())
except duckdb.Error as error:
    print(type(error).__name__)
days, mixed = (f"read_csv('{name}', types = {{'date': 'VARCHAR'}})" for name in ("days.csv", "mixed.csv"))
print(duckdb.sql(f"select * from {days} as days join {mixed} as mixed using (place, date)").fetchall())
PY
cat > stated.txt <<'SEEN'
days.csv {'place': 'VARCHAR', 'date': 'DATE'}
mixed.csv {'place': 'VARCHAR', 'date': 'VARCHAR'}
ConversionException
[('northam', '2024-01-17')]
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
