#!/usr/bin/env bash
# openpyxl 3.1.5: a workbook saved as "Strict Open XML Spreadsheet" opens without an error and has no sheets.
#
# Excel offers that kind among its own under "Save as". Its parts have the namespaces of the strict half of the
# standard; they are not known, so nothing is found, and nothing is said.
# Here: such a workbook must be named for what it is, and not called empty.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet openpyxl==3.1.5
cat > case.py <<'PY'
import io
import warnings
import zipfile

import openpyxl

ORDINARY, STRICT = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
RENAMED = ((f"{ORDINARY}/spreadsheetml/2006/main", f"{STRICT}/spreadsheetml/main"),
           (f"{ORDINARY}/officeDocument/2006/relationships", f"{STRICT}/officeDocument/relationships"))
written, again = io.BytesIO(), io.BytesIO()
book = openpyxl.Workbook()
book.active["A1"] = "an answer"
book.save(written)
with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w") as new:
    for name in old.namelist():
        part = old.read(name)
        for ordinary, strict in RENAMED:
            part = part.replace(ordinary.encode(), strict.encode())
        new.writestr(name, part)
warnings.simplefilter("ignore")
print(openpyxl.load_workbook(written).sheetnames, openpyxl.load_workbook(again).sheetnames)
PY
cat > stated.txt <<'SEEN'
['Sheet'] []
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
