"""Pages read as a browser would, and a workspace whose every text is hostile to them."""

import json
import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path

from building import assessment_text

UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]"
)


class Page(HTMLParser):
    """Reads a page as a browser would, as far as tests need it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def in_yaml(text: str) -> str:
    """Return a text in double quotes, as JSON has it but for pairs of surrogates, which YAML does not know."""
    quoted = json.dumps(text).replace("\x7f", "\\x7f")
    return re.sub(r"\\ud[89ab]..\\ud[c-f]..", lambda pair: str(json.loads(f'"{pair[0]}"')), quoted)


def hostile_workspace(text: str) -> dict[str, str | bytes]:
    quoted = in_yaml(text)
    one = f"""\
format: 1
place: northam
date: 2024-01-17
matrix: own@1
status: agreed
provenance: self-assessment
agreed: {{by: {quoted}, minute: {quoted}}}
summary: {quoted}
participants:
  - organisation: {quoted}
    role: {quoted}
themes:
  t1:
    stage: b
    views: {{a: 3, b: 4}}
    rationale: {quoted}
    dissent: {quoted}
    criteria: {{B1: not-met}}
    evidence:
      - title: {quoted}
        link: {quoted}
      - {{title: Good, link: "https://x.example/?a=1&b=2"}}
      - {{title: Bad, link: "javascript:alert(1)"}}
    target: {{stage: b}}
    actions:
      - action: {quoted}
        owner: {quoted}
amendments:
  - {{date: 2024-02-01, reason: {quoted}}}
"""
    matrix = f"""\
id: own
version: "1"
title: {quoted}
note: {quoted}
source: {{title: {quoted}}}
stages: [{{id: a, name: {quoted}}}, {{id: b, name: B}}]
themes:
  - id: t1
    name: {quoted}
    description: {quoted}
    prompt: {quoted}
    note: {quoted}
    criteria: {{b: [{{id: B1, statement: {quoted}, note: {quoted}}}]}}
"""
    return {
        "pbp.yaml": f"matrix: own@1\nplaces:\n  northam: {{name: {quoted}}}\n",
        "matrices/own.yaml": matrix,
        "assessments/northam/2024-01-17.yaml": one,
        "assessments/northam/2023-01.yaml": assessment_text("northam", "2023-01", {"t1": "a"}, matrix="own@1"),
    }


def pages_in(folder: Path) -> dict[str, Page]:
    """Return every page below a folder by its path there."""
    found = sorted(folder.rglob("*.html"))
    return {path.relative_to(folder).as_posix(): Page(path.read_text("utf-8")) for path in found}


def links_that_lead_nowhere(folder: Path) -> list[str]:
    """Return the links between the pages of a folder that are no relative links to a page, or to an id, of it."""
    pages = pages_in(folder)
    ids = {name: {attributes.get("id") for _, attributes in page.tags} for name, page in pages.items()}
    faults = []
    for name, page in pages.items():
        for link in page.all("a"):
            href = link.get("href") or ""
            if re.match(r"https?://", href):
                continue
            path, _, fragment = href.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            if href.startswith("/") or ":" in href or target not in pages or (fragment and fragment not in ids[target]):
                faults.append(f"{name}: {href}")
    return faults
