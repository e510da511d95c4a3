#!/usr/bin/env bash
# vobject 0.9.9: an event without a UID is given one that ends in the name of the computer.
#
# The calendar that is handed on says on which machine it was made, and the UID is another one at each writing, so that
# a calendar that is imported twice has everything twice.
# Here: an event would have a UID of its own, from its Place and its action.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet vobject==0.9.9
cat > case.py <<'PY'
import datetime
import socket

import vobject

socket.gethostname = lambda: "computer-of-somebody"
uids = set()
for _ in range(2):
    calendar = vobject.iCalendar()
    event = calendar.add("vevent")
    event.add("summary").value = "Agree the terms of reference"
    event.add("dtstart").value = datetime.date(2024, 3, 31)
    uids.add(next(line for line in calendar.serialize().splitlines() if line.startswith("UID")))
print(len(uids), {uid.rpartition("@")[2] for uid in uids})
PY
cat > stated.txt <<'SEEN'
2 {'computer-of-somebody'}
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
