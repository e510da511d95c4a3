#!/usr/bin/env bash
# resvg_py 0.5.0: where no font is found a drawing comes out without its words, and nothing is raised or said.
#
# So it is on a server or in a container without fonts. The picture with the word and the one without are the same
# bytes. A font must be handed over by its path, and the result compared once with a drawing that has no text.
# Here: pictures would need their font with them, and a look at whether words were drawn.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet resvg_py==0.5.0
cat > case.py <<'PY'
import resvg_py

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">
<rect width="200" height="40" fill="white"/><text x="5" y="25" font-family="Arial, sans-serif">{}</text></svg>"""
pictures = [bytes(resvg_py.svg_to_bytes(svg_string=DRAWING.format(text), skip_system_fonts=True))
            for text in ("Developing", "")]
print(pictures[0][1:4].decode(), pictures[0] == pictures[1])
PY
cat > stated.txt <<'SEEN'
PNG True
SEEN
venv/bin/python case.py > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
