#!/usr/bin/env bash
# yaml 2.9.1 (npm), told to read YAML 1.1: .E1 is not a number and becomes NaN; 2024-02-30 becomes the first of March.
#
# As 1.2, its default, both stay text. Editors that are set to 1.1 read so; neither an error nor a warning is given.
# Here: the settings that editors get say 1.2, and words that any reader could take for something else are quoted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts yaml@2.9.1 > /dev/null
cat > case.mjs <<'JS'
import { parse } from "yaml";

for (const text of ["criterion: .E1", "date: 2024-02-30"]) {
  for (const version of ["1.2", "1.1"]) {
    const [value] = Object.values(parse(text, { version }));
    console.log(version, value instanceof Date ? value.toISOString().slice(0, 10) : value);
  }
}
JS
cat > stated.txt <<'SEEN'
1.2 .E1
1.1 NaN
1.2 2024-02-30
1.1 2024-03-01
SEEN
node case.mjs > seen.txt
diff -u stated.txt seen.txt
echo "as stated"
