#!/usr/bin/env bash
# pandas 3.1.1: read_html runs list items together and reads 1,5 as 15 and N/A as nothing, with converters=str too.
#
# A converter is asked for so that cells stay as they are on the page; the thousands sign is taken out before it is
# called, and words for "missing" are taken out all the same. Items of a list in a cell are joined without a space.
# Here: tables from pages are not read through pandas.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pandas==3.1.1 lxml==6.0.2
cat > case.py <<'PY'
import io

import pandas

page = """<table><tr><th>version</th><th>size</th><th>said</th><th>criteria</th></tr>
<tr><td>2023.10</td><td>1,5</td><td>N/A</td><td><ul><li>one</li><li>two</li></ul></td></tr></table>"""
for converters in (None, dict.fromkeys(range(4), str)):
    print(pandas.read_html(io.StringIO(page), converters=converters)[0].values.tolist())
PY
cat > stated.txt <<'SEEN'
[[2023.1, 15, nan, 'onetwo']]
[['2023.10', '15', nan, 'onetwo']]
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
