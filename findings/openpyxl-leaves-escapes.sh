#!/usr/bin/env bash
# openpyxl 3.1.5: a line break of Windows in a cell is read as the letters _x000D_ and a line break.
#
# Open XML writes a character that XML would lose as _xHHHH_ (ECMA-376, part 1, ST_Xstring); forms and other programs
# write answers of several lines so. The escape comes back as letters, and pandas, which reads through openpyxl, has
# them too. A text that holds such letters by itself is likewise written without the escape that would keep it.
# Here: text of workbooks has to be unescaped before it is looked at.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet openpyxl==3.1.5
cat > case.py <<'PY'
import io
import re
import zipfile

import openpyxl

written = io.BytesIO()
book = openpyxl.Workbook()
book.active["A1"] = "ANSWER"
book.active["A2"] = "_x0041_"
book.save(written)
again = io.BytesIO()
with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w") as new:
    for name in old.namelist():
        part = old.read(name)
        if b"_x0041_" in part:
            print("written:", re.findall(rb"<t>([^<]*x0041[^<]*)</t>", part))
        new.writestr(name, part.replace(b"ANSWER", b"one_x000D_&#10;two"))
print("read:", repr(openpyxl.load_workbook(again).active["A1"].value))
PY
cat > stated.txt <<'SEEN'
written: [b'_x0041_']
read: 'one_x000D_\ntwo'
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
