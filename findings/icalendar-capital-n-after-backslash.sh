#!/usr/bin/env bash
# icalendar 7.3.2: a backslash and a capital N in a summary become a line break when the event is written.
#
# RFC 5545, 3.3.11, escapes a backslash in a text by doubling it. S:\Northam is written as S:\northam, which every
# reader, icalendar too, takes for "S:", a line break and "ortham". The small n after the next backslash is escaped well.
# Here: calendars would be written by lines of our own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet icalendar==7.3.2
cat > case.py <<'PY'
from icalendar import Event

event = Event()
event.add("summary", r"S:\Northam\new")
print(event.to_ical())
print(repr(str(Event.from_ical(event.to_ical())["SUMMARY"])))
PY
cat > stated.txt <<'SEEN'
b'BEGIN:VEVENT\r\nSUMMARY:S:\\northam\\\\new\r\nEND:VEVENT\r\n'
'S:\northam\\new'
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
