"""What cannot be seen is spelled out, unless it is part of a sign that can; the offline forms do it as Python does."""

import json
import random
import shutil
import subprocess

import pytest
from building import HOSTILE, ROOT

from pbpmaturity.diagnostics.visible import one_line, visible, visible_json

SCRIPT = (ROOT / "templates" / "scripts" / "visible.js").read_text("utf-8")
SPELLED = (
    ("\x1b", r"\x1b"),
    ("a\u200bb", r"a\u200bb"),
    ("a\u200db\u200cc", r"a\u200db\u200cc"),
    ("\u200d", r"\u200d"),
    ("\u2060\u2061\u2062\u2063\u2064", r"\u2060\u2061\u2062\u2063\u2064"),
    ("part\xadner", r"part\xadner"),
    ("\ufeffx", r"\ufeffx"),
    ("\u200e\u200f\u202a\u202e\u2066\u2069\u061c", r"\u200e\u200f\u202a\u202e\u2066\u2069\u061c"),
    ("\U000e0041\U000e007f", r"\U000e0041\U000e007f"),
    ("\U0001f600\U000e0041", "\U0001f600" + r"\U000e0041"),
    ("\U0001f600\U000e0101", "\U0001f600" + r"\U000e0101"),
    ("a\ufe0f", r"a\ufe0f"),
    ("1\ufe0f2", r"1\ufe0f2"),
    ("\u3164\u115f\uffa0\u180e", r"\u3164\u115f\uffa0\u180e"),
    ("\u0645\u200c\u200c\u200d\u06cc", "\u0645\u200c" + r"\u200c\u200d" + "\u06cc"),
    ("\u061c\u200d", r"\u061c\u200d"),
    ("\U0001f600\u200da", "\U0001f600" + r"\u200d" + "a"),
    ("\U0001f3f4\U000e0075\U000e0073\U000e007f", "\U0001f3f4" + r"\U000e0075\U000e0073\U000e007f"),
)
KEPT = (
    "two\nlines",
    "e\u0301 \u4e2d\u6587 \u05e9\u05dc\u05d5\u05dd \u2013 \xa0",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian
    "\u0915\u094d\u200d\u0937",  # Devanagari
    "\u0dc1\u0dca\u200d\u0dbb\u0dd3",  # Sinhala
    "\U0001f469\u200d\U0001f4bb \U0001f469\U0001f3fd\u200d\u2695\ufe0f \u2764\ufe0f",
    "\U0001f3f3\ufe0f\u200d\U0001f308 1\ufe0f\u20e3 \xa9\ufe0f",
    "".join(map(chr, (0x1F3F4, 0xE0067, 0xE0062, 0xE0065, 0xE006E, 0xE0067, 0xE007F))),  # England
    "".join(map(chr, (0x1F3F4, 0xE0067, 0xE0062, 0xE0077, 0xE006C, 0xE0073, 0xE007F))),  # Wales
    "\u845b\U000e0100 \u1820\u180b",
)


@pytest.mark.parametrize(("text", "shown"), SPELLED)
def test_what_cannot_be_seen_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == one_line(text) == shown
    assert visible(f"x{text}") == f"x{shown}"
    assert visible(shown) == shown


@pytest.mark.parametrize("text", KEPT)
def test_what_is_part_of_a_sign_stays(text: str) -> None:
    assert visible(text) == text
    assert visible(f"{text}\u200b{text}") == rf"{text}\u200b{text}"


@pytest.mark.parametrize("text", [*(text for text, _ in SPELLED), *KEPT, *HOSTILE])
def test_json_means_the_same_and_hides_nothing(text: str) -> None:
    document = visible_json(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(document) == {"text": text}
    assert visible(document) == document


@pytest.mark.node
def test_the_forms_do_the_same() -> None:
    node = shutil.which("node")
    assert node
    chance = random.Random(3)
    letters = sorted({letter for text, _ in SPELLED for letter in text} | set("".join(KEPT)) | set("\udfff\uffff"))
    texts = ["".join(chance.choices(letters, k=8)) for _ in range(5000)]
    texts += [*(text for text, _ in SPELLED), *KEPT, *HOSTILE]
    script = f"{SCRIPT}\nconst texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));\n"
    script += "process.stdout.write(JSON.stringify(texts.map(visible)));"
    found = subprocess.run([node, "-e", script], input=json.dumps(texts), capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == [visible(text) for text in texts]
