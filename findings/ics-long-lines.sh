#!/usr/bin/env bash
# ics 0.7.3: long lines are written as they are, over the 75 octets after which RFC 5545, 3.1, has them folded.
#
# Here: calendars would be written by lines of our own, folded, and never within a character.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet ics==0.7.3
cat > case.py <<'PY'
import ics

event = ics.Event(name="Agree the terms of reference " * 6, begin="2024-03-31")
lines = ics.Calendar(events=[event]).serialize().splitlines()
print(max(len(line.encode()) for line in lines))
PY
cat > stated.txt <<'SEEN'
182
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
