#!/usr/bin/env bash
# ruamel.yaml 0.19.1 with ruamel.yaml.clib 0.2.15: its two parsers take different texts, each of them valid YAML 1.2.
#
# YAML() uses the compiled parser where it is installed (for typ="safe"), so the same file is read on one computer and
# refused on the next. The compiled one refuses a colon within a plain word in { }, as in an address; the pure one
# refuses a tab after a key's colon, and a pair in [ ] whose key is quoted and whose colon has no space after it.
# Here: both kinds of text are refused on both, at their place, with a sentence that says what to write.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet ruamel.yaml==0.19.1 ruamel.yaml.clib==0.2.15
cat > case.py <<'PY'
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

for text in ("{link: http://example.org}", "title:\tvision", '["shared":data]'):
    said = []
    for is_pure in (False, True):
        try:
            YAML(typ="safe", pure=is_pure).load(text)
            said.append("read")
        except YAMLError:
            said.append("refused")
    print(repr(text), *said)
PY
cat > stated.txt <<'SEEN'
'{link: http://example.org}' refused read
'title:\tvision' read refused
'["shared":data]' read refused
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
