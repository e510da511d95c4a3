"""The offline form as people use it: by keyboard, on a phone, interrupted, without storage or scripts."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Pbp, assessment_text
from chromium import AXE, opened
from form_page import FormPage, go_to, in_order, opened_again, wait_until
from pages import hostile_workspace

from pbpmaturity.checks.personal import looks_personal
from pbpmaturity.model.one_time_code import SYMBOLS, code_of, read_code
from pbpmaturity.workspace.source import read

pytestmark = pytest.mark.browser

FORMS = {
    "blank": (ROOT, []),
    "northam": (RIVERSIDE, ["northam"]),
    "with-views": (RIVERSIDE, ["southbridge"]),
    "oxfordshire": (ROOT, ["oxfordshire"]),
    "five-levels": (ROOT / "tests" / "examples" / "good" / "five-levels", []),
    "three-stages": (ROOT / "tests" / "examples" / "good" / "three-stages", []),
    "hostile": (None, ["northam"]),
    "participant": (RIVERSIDE, ["northam", "--participant"]),
    "blank-participant": (ROOT, ["--participant"]),
    "with-code": (RIVERSIDE, ["northam", "--participant", "--codes", "5"]),
}
CODE = code_of("CDF23467")
LONG_WORD = next(text for text in HOSTILE if text.startswith("xxx"))
STEPS = ("start", "theme-1", "end", "result")


@pytest.fixture(params=FORMS)
def form_file(request: pytest.FixtureRequest, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    return form_of(request.param, pbp, workspace, tmp_path)


def form_of(name: str, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Path:
    folder, arguments = FORMS[name]
    file = tmp_path / f"{name}.html"
    outcome = pbp("form", *arguments, "-o", str(file), at=folder or workspace(hostile_workspace(LONG_WORD)))
    assert outcome.code == 0, outcome.err
    return file


@pytest.fixture
def northam(browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Iterator[FormPage]:
    yield from using(browser, form_of("northam", pbp, workspace, tmp_path))


@pytest.fixture
def blank(browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> Iterator[FormPage]:
    yield from using(browser, form_of("blank", pbp, workspace, tmp_path))


def using(browser: Any, file: Path, **options: Any) -> Iterator[FormPage]:
    page = browser.new_page(**options)
    form = FormPage(page)
    page.goto(file.as_uri())
    yield form
    assert form.faults == []
    page.context.close()


def in_each_state(page: Any) -> Iterator[str]:
    """Bring a form into each of its states, with all that can be open opened."""
    if page.query_selector("#start") is None:
        yield "questions"
        page.evaluate("document.getElementById('save').click()")
        yield "with an error"
        page.evaluate("document.querySelector('[name=t1-stage]').click()")
        page.evaluate("code => { for (const one of document.querySelectorAll('#code')) one.value = code }", CODE)
        page.evaluate("document.getElementById('save').click()")
        assert page.is_visible("#done")
        yield "saved"
        return
    page.evaluate("document.getElementById('contents').open = true")
    page.evaluate("document.querySelectorAll('.criteria').forEach(one => one.click())")
    page.evaluate("document.querySelectorAll('[name=t1-stage]')[1].click()")
    page.evaluate("document.querySelector('[name=agreed][value=yes]').click()")
    page.evaluate("document.querySelectorAll('.add').forEach(one => one.click())")
    for step in STEPS:
        go_to(page, step)
        yield step
    page.evaluate("document.getElementById('save').click()")
    yield "with errors"


def test_axe_finds_nothing_in_any_state(browser: Any, form_file: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(browser, form_file, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    found = []
    for state in in_each_state(page):
        results = axe.Axe().run(page, options=AXE)
        found += [f"{state}: {results.generate_report()}"] if results.violations_count else []
    assert found == []
    page.context.close()  # type: ignore[attr-defined]


def test_nothing_is_asked_of_the_network(browser: Any, form_file: Path) -> None:
    page = opened(browser, form_file)
    for _ in in_each_state(page):
        pass
    asked = [url for url in page.asked if not url.startswith("blob:")]  # type: ignore[attr-defined]
    assert {url.partition("#")[0] for url in asked} == {form_file.as_uri()}
    page.context.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (640, 2)])
def test_no_state_is_wider_than_its_window(browser: Any, form_file: Path, width: int, zoom: int) -> None:
    page = opened(browser, form_file, viewport={"width": width // zoom, "height": 800})
    needed = {
        state: page.evaluate("document.documentElement.scrollWidth")  # type: ignore[attr-defined]
        for state in in_each_state(page)
    }
    assert {state: found for state, found in needed.items() if found > width // zoom} == {}
    page.context.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(320, 568), (1280, 720)])
def test_no_tab_stop_is_hidden(browser: Any, form_file: Path, size: tuple[int, int]) -> None:
    page: Any = opened(browser, form_file, viewport={"width": size[0], "height": size[1]})
    for state in in_each_state(page):
        page.evaluate("document.activeElement.blur()")
        page.evaluate("window.scrollTo(0, 0)")
        seen = set()
        for _ in range(400):
            page.keyboard.press("Tab")
            found = page.evaluate(
                """() => { const one = document.activeElement;
                if (one === document.body) return null;
                const box = (one.closest('label') || one).getBoundingClientRect();
                const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 40), 1), innerWidth - 1);
                const y = box.top + Math.min(box.height / 2, 12);
                const top = document.elementFromPoint(x, y);
                const labels = one.labels ? [...one.labels] : [];
                const isOnTop = top && (one.contains(top) || top.contains(one) || labels.some(l => l.contains(top)));
                const isShown = box.width > 0 && box.height > 0 && y >= 0 && y <= innerHeight && isOnTop;
                const style = getComputedStyle(one);
                const isMarked = style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
                return [one.outerHTML.slice(0, 120), Boolean(isShown), isMarked] }"""
            )
            if found is None or (found[0] in seen and "radio" not in found[0]):
                break
            seen.add(found[0])
            assert found[1], (state, found[0])
            assert found[2], (state, "no outline", found[0])
        assert len(seen) > 3, state
    page.context.close()


def test_forced_colours_keep_the_choice_and_the_stages(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    file = form_of("with-views", pbp, workspace, tmp_path)
    page: Any = opened(browser, file, forced_colors="active", viewport={"width": 1280, "height": 900})
    for state in in_each_state(page):
        unseen = page.evaluate(
            """() => { const all = 'button, .button, .chip, td, th, input, textarea, select, .choice';
            return [...document.querySelectorAll(all)].filter(one => {
              if (!one.getClientRects().length) return false;
              const style = getComputedStyle(one);
              const hasNoBorder = one.matches('.choice, button, .chip') && style.borderBottomWidth === '0px';
              return style.color === style.backgroundColor || hasNoBorder }).length }"""
        )
        assert unseen == 0, state
    page.evaluate("location.hash = 'theme-1'")
    outline = "one => getComputedStyle(one).outlineStyle"
    chosen = page.eval_on_selector(".choice:has(:checked)", outline)
    other = page.eval_on_selector("#theme-1 .choice:not(:has(:checked))", outline)
    assert (chosen, other) == ("solid", "none")
    page.context.close()


def test_a_workshop_by_keyboard_alone(browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    for form in using(browser, form_of("northam", pbp, workspace, tmp_path), accept_downloads=True):
        keys = Keys(form.page)
        keys.to("date-day").type("15").to("date-month").type("Jan").to("date-year").type("2026")
        keys.to("method").press("Space")
        keys.to_words("Next: Shared vision and purpose").press("Enter")
        assert form.page.evaluate("document.activeElement.id") == "theme-1-h"
        keys.to("t1-stage").press("Space").press("ArrowDown")
        assert "Last time (Jan 2025): Maturing. Down 1 stage since then." in form.text("#t1-after")
        keys.to("t1-rationale").type("Two partners left.")
        keys.to("t1-action-1-action").type("Find two more")
        keys.to_words("Add an action").press("Enter")
        keys.type("And a third")
        keys.to_words("Next: Systems").press("Enter")
        keys.to("t2-stage").press("Space")
        with form.page.expect_download() as download:
            keys.to_words("Save a file now").press("Enter")
        data = read(Path(download.value.path()).read_bytes()).data
    assert data["date"] == "2026-01-15" and data["method"] == "workshop"
    assert data["themes"] == {
        "shared-vision": {
            "stage": "developing",
            "rationale": "Two partners left.",
            "actions": ({"action": "Find two more", "status": "open"}, {"action": "And a third", "status": "open"}),
        },
        "systems-mindset": {"stage": "emerging"},
    }


class Keys:
    """Somebody who has nothing but a keyboard."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def to(self, name: str) -> "Keys":
        """Press Tab until a field of that name has the focus."""
        return self._until("name => document.activeElement.name === name", name)

    def to_words(self, words: str) -> "Keys":
        return self._until("words => document.activeElement.textContent.startsWith(words)", words)

    def _until(self, test: str, argument: str) -> "Keys":
        for _ in range(300):
            self._page.keyboard.press("Tab")
            if self._page.evaluate(test, argument):
                return self
        raise AssertionError(f"Tab never comes to {argument}")

    def type(self, text: str) -> "Keys":
        self._page.keyboard.type(text)
        return self

    def press(self, key: str) -> "Keys":
        self._page.keyboard.press(key)
        return self


BLOCKED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


@pytest.mark.parametrize("fault", [BLOCKED, FULL])
def test_without_storage_the_form_says_so_and_works(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path, fault: str
) -> None:
    page = browser.new_page()
    page.add_init_script(fault)
    form = FormPage(page)
    page.goto(form_of("northam", pbp, workspace, tmp_path).as_uri())
    assert form.text("#kept") == "This browser does not keep drafts for this page. Save a file before you close it."
    form.date("date", "2026-01")
    form.fill(t1_stage="thriving")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.click("[name=date-day]")
    page.keyboard.type("5")
    page.evaluate("setTimeout(() => { location.href = 'about:blank' })")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"], "somebody who would lose answers is asked first"
    assert form.data()["themes"] == {"shared-vision": {"stage": "thriving"}}
    assert form.faults == []
    page.context.close()


def test_closed_in_the_middle_it_is_as_it_was(browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    file = form_of("northam", pbp, workspace, tmp_path)
    context = browser.new_context()
    form = FormPage(context.new_page())
    form.page.goto(file.as_uri())
    form.set({"date-day": "31", "date-month": "febr"})  # not a date, and kept all the same
    form.go("theme-3")
    form.page.evaluate("document.getElementById('t3-criteria').click()")
    form.set({"t3-stage": "maturing", "t3-criterion-E1": "met", "t3-rationale": "So.\n\nAnd so."})
    form.add("t3-action")
    form.set({"t3-action-2-owner": "Place Director"})
    closing = "window.dispatchEvent(new Event('beforeunload')); Object.values(localStorage).join()"
    assert "Place Director" in form.page.evaluate(closing), "what was typed last is kept at once"
    again = opened_again(form, file, keeping="Place Director")
    assert again.page.evaluate("location.hash") == "#theme-3"
    assert "as you left them" in again.text("#status")
    values = again.page.evaluate(
        """Object.fromEntries([...document.getElementById('form').elements]
        .filter(one => one.name && (one.type !== 'radio' || one.checked)).map(one => [one.name, one.value]))"""
    )
    expected = {
        "date-day": "31", "date-month": "febr", "t3-stage": "maturing", "t3-criterion-E1": "met",
        "t3-rationale": "So.\n\nAnd so.", "t3-action-2-owner": "Place Director",
    }  # fmt: skip
    assert {name: values[name] for name in expected} == expected
    again.page.on("dialog", lambda dialog: dialog.accept())
    again.page.evaluate("document.getElementById('delete').click()")
    again.page.reload()
    assert again.page.evaluate("document.querySelector('[name=t3-rationale]').value") == ""
    assert again.page.evaluate("Object.keys(localStorage).length") == 0
    context.close()


def test_with_scripts_off_everything_can_be_read_and_printed(browser: Any, form_file: Path) -> None:
    page = browser.new_page(java_script_enabled=False, viewport={"width": 800, "height": 900})
    page.goto(form_file.as_uri())
    text = page.inner_text("body")
    assert "Scripts are off in this browser" in text
    names = re.findall(r'<h2 id="theme-[0-9]+(?:-h)?"[^>]*>(.*?)</h2>', form_file.read_text("utf-8"))
    assert names and all(heading.split(":")[0] in text for heading in names)
    assert "Save" not in text.replace("cannot save", "")
    pdf = page.pdf(format="A4", tagged=True)
    assert pdf.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", pdf)) >= len(names)
    page.context.close()


def test_on_paper_long_texts_are_printed_whole(northam: FormPage, tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(400))
    northam.fill(t1_rationale=words, t2_dissent=f"{words} again")
    northam.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    northam.page.emulate_media(media="print")
    shown = northam.page.inner_text("#form")
    assert "word399" in shown and "word399 again" in shown
    assert northam.page.evaluate("getComputedStyle(document.getElementById('t1-rationale')).display") == "none"


def test_the_result_alone_is_printed_from_its_page(northam: FormPage) -> None:
    northam.go("result")
    northam.page.emulate_media(media="print")
    shown = northam.page.inner_text("body")
    assert "Northam (illustrative, draft)" in shown
    assert "Which stage?" not in shown and "Copy for Word" not in shown


def test_a_participants_view_is_not_printed_with_what_is_not_for_paper(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    page: Any = opened(browser, form_of("participant", pbp, workspace, tmp_path))
    page.emulate_media(media="print")
    assert "Save my view" not in page.inner_text("body")
    page.context.close()


def hostile_texts(count: int) -> list[str]:
    """Return texts that are hard to write down: the corpus, and random ones of all kinds of characters."""
    choose = random.Random(11)
    kinds = (
        "abc xyz", "\"'\\`", ":#-?&*!|>%@{}[],", " \t\n\x0b\x0c\x1c\x85\xa0\u2028\u2029\ufeff\u3000",
        "\x00\x01\x08\x0e\x1b\x1f\x7f\x80\x9f", "é漢字ßשׁ\u0301", "\u202e\u2066\u200b\u200d",
        "\U0001f600\U0010ffff\U0001fffe",
        "\ud800\udfff\ufffe\uffff\ufffd", "yesnotrue~null0123456789.-+e",
    )  # fmt: skip
    texts = [*HOSTILE, "no", "2024-01-17", "- a", "a: b", "# c", "'", '"', "|", ">-", "{a: b}", "\\x41", "*a", "&a b"]
    while len(texts) < count:
        kind = choose.sample(kinds, choose.randint(1, 4))
        texts.append("".join(choose.choice(choose.choice(kind)) for _ in range(choose.randint(1, 40))))
    return texts


def fields_for_text(form: FormPage) -> list[str]:
    """Return the names of the boxes that take any text: long ones, and single lines."""
    return list(
        form.page.evaluate(
            """[...document.querySelectorAll('#form textarea[name], #form input[type=text][name]')].map(one => one.name)
            .filter(name => !/-(day|month|year|link)$/.test(name))"""
        )
    )


WHITE = "".join(chr(code) for code in range(0x10000) if chr(code).isspace()) + "\ufeff"


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ():
        yield from texts_in(one)


def test_five_thousand_hostile_texts_come_back_as_they_were(northam: FormPage) -> None:
    """Each text goes into a box, into the file, through Python's reader, and from the file into a box again."""
    texts = hostile_texts(5000)
    northam.date("date", "2026-01")
    northam.fill(agreed="no")
    names = [name for name in fields_for_text(northam) if not name.startswith("agreed")]
    sent = 0
    for start in range(0, len(texts), len(names)):
        batch = texts[start : start + len(names)]
        pairs = dict(zip(names, batch, strict=False))
        # A browser makes its own of line ends, and a single line has none; halves of pairs are no characters.
        meant = northam.page.evaluate(
            """pairs => { for (const [name, text] of Object.entries(pairs)) document.getElementById(name).value = text;
            return Object.keys(pairs).map(name => document.getElementById(name).value.toWellFormed()) }""",
            pairs,
        )
        meant = {name: text.strip(WHITE) for name, text in zip(pairs, meant, strict=True)}
        complete_items(northam, meant)
        data = northam.page.evaluate("document.getElementById('save').click() || document.getElementById('file').value")
        found = sorted(texts_in(read(data.encode()).data))
        kept = [text for text in meant.values() if text]
        for text in kept:
            assert text in found, (text, data)
        northam.load("2026-01.yaml", data.encode())
        assert northam.text("#errors li") if northam.page.is_visible("#errors") else True
        again = northam.page.evaluate(
            "names => names.map(name => document.getElementById(name).value.toWellFormed())", list(meant)
        )
        assert [text.strip(WHITE) for text in again] == list(meant.values())
        sent += len(batch)
    assert sent == 5000


def complete_items(form: FormPage, meant: dict[str, str]) -> None:
    """Give a title, an action or an organisation to items whose first box has become empty."""
    for name in [one for one in meant if re.search(r"-(title|action|organisation)$", one)]:
        if not meant[name]:
            form.page.evaluate("name => { document.getElementById(name).value = 'Something' }", name)
            meant[name] = "Something"


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip()])
def test_hostile_text_in_a_file_is_only_shown(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path, text: str
) -> None:
    root = workspace(hostile_workspace(text))
    file = tmp_path / "form.html"
    assert pbp("form", "northam", "-o", str(file), at=root).code == 0
    page = browser.new_page()
    form = FormPage(page)
    page.on("dialog", lambda dialog: form.faults.append(dialog.message))
    page.goto(file.as_uri())
    form.fill(t1_stage="a", t1_rationale=text, t1_action_1_action=text, t1_evidence_1_title=text, summary=text)
    form.go("result")
    assert "Last time (Jan 2024)" in form.page.evaluate("document.getElementById('t1-after').textContent")
    allowed = {"p", "h3", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "strong"}
    made = page.evaluate("[...document.querySelectorAll('#outcome *, .after *')].map(one => one.localName)")
    assert set(made) <= allowed | {"button"}
    assert page.evaluate("document.scripts.length") == 2
    assert form.faults == []
    page.context.close()


def all_yaml() -> Iterator[tuple[str, bytes]]:
    for folder in ("assessments", "examples", "matrices", "tests/examples/good"):
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            yield path.relative_to(ROOT).as_posix(), path.read_bytes()


def test_the_page_reads_yaml_as_pbp_does(browser: Any, tmp_path: Path) -> None:
    """Every file here and every piece of YAML that people write; and what only looks like YAML is refused."""
    script = (ROOT / "templates" / "scripts" / "yaml.js").read_text("utf-8")
    page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(content=f"{script};globalThis.readYaml = readYaml; globalThis.yamlOf = yamlOf;")
    read_in_page = """text => { try { return JSON.stringify(readYaml(text)) }
    catch (error) { return 'refused: ' + error.message } }"""
    for name, data in all_yaml():
        text = data.decode("utf-8-sig")
        found = page.evaluate(read_in_page, text)
        assert not found.startswith("refused"), (name, found)
        found = json.loads(found)
        assert in_order(without_nulls(found)) == in_order(read(data).data), name
    for text, meant in PIECES.items():
        found = page.evaluate(read_in_page, text)
        if meant is None:
            assert found.startswith("refused: line "), (text, found)
        else:
            assert in_order(without_nulls(json.loads(found))) == in_order(meant), text
            assert in_order(read(text.encode()).data) == in_order(meant), text
    page.close()


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one not in (None, "")}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


PIECES: dict[str, Any] = {
    "a: b # c\n": {"a": "b"},
    "a: b#c\n": {"a": "b#c"},
    "a:\n  b\n  c\n\n  d\n": {"a": "b c\nd"},
    "a: 'it''s'\n": {"a": "it's"},
    'a: "x\\ty\\x41\\u00e9\\U0001F600"\n': {"a": "x\tyAé\U0001f600"},
    'a: "one\n  two\n\n  three"\n': {"a": "one two\nthree"},
    "a: |\n  x\n   y\n\nb: 1\n": {"a": "x\n y\n", "b": "1"},
    "a: >-\n  x\n  y\n\n  z\n\nb: 1\n": {"a": "x y\nz", "b": "1"},
    "a: >-\n  x\n    more\n  y\n": {"a": "x\n  more\ny"},
    "a: |-\n  x\n\n\n": {"a": "x"},
    "a: {b: c, d: {e: f}, g: [h, i]}\n": {"a": {"b": "c", "d": {"e": "f"}, "g": ["h", "i"]}},
    "a: {b: c,\n    d: e}\n": {"a": {"b": "c", "d": "e"}},
    "a: [x, \"y, z\", 'w']\n": {"a": ["x", "y, z", "w"]},
    "a:\n- b\n- c\nd: e\n": {"a": ["b", "c"], "d": "e"},
    "a:\n  - b: c\n    d: e\n  -   b: f\n": {"a": [{"b": "c", "d": "e"}, {"b": "f"}]},
    "a:\nb: ~\nc: ''\n": {},
    "'a b': c\n\"d\": e\n": {"a b": "c", "d": "e"},
    "a: no\nb: 010\nc: 2024-02-30\n": {"a": "no", "b": "010", "c": "2024-02-30"},
    "a: b: c\n": None,
    "a: b\na: c\n": None,
    "a: [b\n": None,
    'a: "b\n': None,
    "a: &x b\n": None,
    "just words\n": None,
    "a: b\n  c: d\n": None,
    "a: 'b' c\n": None,
    "": None,
}


def test_a_file_that_is_not_the_forms_is_refused_and_nothing_changes(northam: FormPage) -> None:
    northam.fill(t1_rationale="Kept.")
    cases = {
        b"": "the file says nothing",
        b"\xff\xfea\x00": "line 1",
        b"a: &x b\n": "line 1",
        (ROOT / "matrices" / "pbp-2023.1.yaml").read_bytes(): "It is a matrix and not an assessment.",
        assessment_text("westmere", "2026-01", {}).encode(): "It is of westmere, and this form is for northam.",
        assessment_text("northam", "2026-01", {}, matrix="other@1").encode(): "this form is for pbp@2023.1",
        assessment_text("northam", "2026-01", {"shared-visoin": "emerging"}).encode(): '"shared-visoin" is no theme',
        assessment_text("northam", "2026-01", {"shared-data": "devloping"}).encode(): '"devloping" is neither a stage',
        assessment_text("northam", "2026-01", {}, more="colour: red").encode(): '"colour" is not known here',
        assessment_text(
            "northam", "2026-01", {}, more="participants: nobody"
        ).encode(): '"participants" holds something else',
        (ROOT / "assessments" / "oxfordshire" / "2024-01.yaml").read_bytes(): "It records what was published",
        b"kind: individual-view\n": "the view of one person",
        b"x" * 2_000_000: "It is over 1 MiB.",
    }
    for data, why in cases.items():
        northam.load("file.yaml", data)
        assert why in northam.text("#errors li"), data[:80]
        assert northam.page.evaluate("document.getElementById('t1-rationale').value") == "Kept."


def test_a_file_that_pbp_wrote_goes_on_in_the_form(northam: FormPage) -> None:
    data = (RIVERSIDE / "assessments" / "northam" / "2025-01-15.yaml").read_bytes()
    northam.load("2025-01-15.yaml", data)
    assert "It was agreed" in northam.text("#status")
    assert in_order(northam.data()) == in_order(read(data).data)


def test_answers_that_are_in_no_file_are_replaced_only_if_that_is_meant(northam: FormPage) -> None:
    data = (RIVERSIDE / "assessments" / "northam" / "2025-01-15.yaml").read_bytes()
    northam.date("date", "2026-01")
    northam.fill(t1_rationale="Typed, and in no file.")
    northam.load("2025-01-15.yaml", data)  # and the question is answered with no
    assert northam.text("#status") == "Nothing was replaced."
    assert northam.page.evaluate("document.getElementById('t1-rationale').value") == "Typed, and in no file."
    northam.page.on("dialog", lambda dialog: dialog.accept())
    northam.load("2025-01-15.yaml", data)
    assert in_order(northam.data()) == in_order(read(data).data)


def test_a_form_that_is_open_twice_says_so(browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    file = form_of("northam", pbp, workspace, tmp_path)
    context = browser.new_context()
    first, second = FormPage(context.new_page()), FormPage(context.new_page())
    for form in (first, second):
        form.page.goto(file.as_uri())
    second.fill(t1_stage="thriving")
    wait_until(first.page, "document.getElementById('status').textContent")
    assert first.text("#status").startswith("This form is open in another window too")
    context.close()


def test_comments_that_would_be_lost_are_pointed_out(northam: FormPage) -> None:
    text = "# Written by hand\n" + assessment_text("northam", "2026-01", {"shared-data": "emerging"})
    northam.load("a.yaml", text.encode())
    assert "Its comments (after #) are not kept" in northam.text("#status")


def test_the_same_answers_make_the_same_file_as_a_workshop_at_the_terminal(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    from workshop import FILES, WRITTEN

    root = workspace(FILES)
    file = tmp_path / "form.html"
    assert pbp("form", "northam", "-o", str(file), at=root).code == 0
    for form in using(browser, file):
        form.date("date", "2026-01-15")
        form.page.evaluate("document.getElementById('t1-criteria').click()")
        form.set({"method": "workshop", "t1-stage": "developing", "t1-criterion-E1": "met", "t1-criterion-D1": "met"})
        form.set({"t1-rationale": 'A vision is agreed, and: "known".', "t1-dissent": "Some thought it too early."})
        form.set({"t1-evidence-1-title": "The vision", "t1-evidence-1-link": "https://example.org/vision"})
        form.date("t1-evidence-1-date", "2025-03")
        form.set({"t1-target": "maturing"})
        form.date("t1-target-by", "2027-03")
        form.page.evaluate("document.querySelector('#t1-after button').click()")
        form.date("t1-action-1-due", "2027-01")
        form.add("t1-action")
        form.set({"t1-action-2-action": "Print it", "t1-action-2-owner": "Place Director"})
        form.date("t1-action-2-due", "2026-06-30")
        form.set({"t2-stage": "not-applicable", "t2-rationale": "No data are held by the Place."})
        form.set({"participant-1-organisation": "Northam Council", "participant-1-role": "Chief Executive"})
        form.set({"summary": "We have a vision.", "agreed": "yes", "agreed-by": "Northam Board"})
        form.date("agreed-date", "2026-02-03")
        form.set({"agreed-minute": "item 4"})
        name, data = form.saved()
    assert in_order(read(data).data) == in_order(read(WRITTEN.encode()).data)
    (root / "assessments" / "northam" / name).write_bytes(data)
    assert pbp("validate", at=root).code == 0


FAULTS = [
    ({}, "date", "Write the day, or the month, of the workshop."),
    ({"date-month": "13", "date-year": "2024"}, "date", "this is not a date"),
    ({"date-day": "30", "date-month": "2", "date-year": "2024"}, "date", "this is not a date"),
    ({"date-month": "1", "date-year": "2999"}, "date", "January 2999 has not come yet"),
    ({"t1-stage": "not-applicable"}, "t1-rationale", "a theme that does not apply needs its reason"),
    ({"t2-evidence-1-link": "https://example.org"}, "t2-evidence-1-title", "evidence 1: write its title"),
    ({"t2-evidence-1-title": "Plan", "t2-evidence-1-link": "plan.pdf"}, "t2-evidence-1-link", "not a web address"),
    ({"t2-evidence-1-title": "P", "t2-evidence-1-link": "javascript:x"}, "t2-evidence-1-link", "not a web address"),
    ({"t3-action-1-owner": "Place Director"}, "t3-action-1-action", "write what is to be done"),
    ({"t3-action-1-due-month": "1", "t3-action-1-due-year": "20"}, "t3-action-1-due", "this is not a date"),
    ({"t4-target-by-month": "1", "t4-target-by-year": "2030"}, "t4-target", "choose the target stage"),
    ({"participant-1-role": "Chair"}, "participant-1-organisation", "write the organisation"),
    ({"agreed": "yes"}, "agreed-by", "Write who agreed it"),
    ({"agreed": "yes", "agreed-by": "Board"}, "agreed-date", "Write when it was agreed"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "place", "message"), FAULTS)
def test_what_must_be_mended_is_listed_with_a_way_to_it(
    northam: FormPage, values: dict[str, str], place: str, message: str
) -> None:
    if values and not any(name.startswith("date") for name in values):
        northam.date("date", "2024-01")
    northam.set(values) if values else None
    northam.page.evaluate("document.getElementById('save').click()")
    assert northam.page.evaluate("document.activeElement.id") == "errors"
    assert message in northam.text("#errors")
    northam.page.evaluate(
        "place => document.querySelector(`#errors a[href='#${place}']`).click()",
        place,
    )
    held = northam.page.evaluate(
        """place => document.getElementById(place).contains(document.activeElement)
        && document.activeElement.getClientRects().length > 0""",
        place,
    )
    assert held, "the way leads to the field"


def test_where_there_is_nothing_to_look_back_at_nothing_is_shown(blank: FormPage) -> None:
    blank.fill(t1_stage="thriving")
    assert blank.page.evaluate("document.getElementById('t1-after').hidden")


def test_a_blank_form_makes_the_folders_name_of_a_places_name(blank: FormPage) -> None:
    names = {
        "Northam": "northam", " Berkshire West ": "berkshire-west", "St. Hélier's & Co": "st-heliers-co",
        "東京": "", "Jan 2024": "jan-2024", "CON": "con",
    }  # fmt: skip
    for name, folder in names.items():
        blank.fill(place=name)
        assert blank.text("#place-id") == (f"Its folder is assessments/{folder}." if folder else "")
    for name in ("CON", "Jan 2024", "東京"):
        blank.fill(place=name)
        blank.page.evaluate("document.getElementById('save').click()")
        assert blank.page.is_visible("#errors a[href='#place']"), name


def test_individual_views_come_after_the_choice_and_order_the_themes(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    views = {
        "shared-vision": "{developing: 17}",
        "shared-data": "{emerging: 9, thriving: 8}",
        "systems-mindset": "{emerging: 2}",
    }
    text = assessment_text("northam", "2026-01", None, status="draft") + "themes:\n"
    text += "".join(f"  {theme}:\n    views: {tally}\n" for theme, tally in views.items())
    root = workspace({"assessments/northam/2026-01.yaml": text})
    file = tmp_path / "form.html"
    assert pbp("form", "northam", "-o", str(file), at=root).code == 0
    assert "emerging: 2" not in file.read_text("utf-8") and '"emerging":2' not in file.read_text("utf-8")
    for form in using(browser, file):
        assert form.texts("#contents li a")[1] == "Shared data and information"
        form.fill(order="matrix")
        assert form.texts("#contents li a")[1] == "Shared vision and purpose"
        assert form.page.evaluate("document.getElementById('t10-after').hidden")
        form.fill(t10_stage="maturing")
        said = form.page.evaluate("document.getElementById('t10-after').textContent")
        assert "9 Emerging, 8 Thriving (17 people)" in said
        assert "The group chose Maturing, 2 stages above the middle view." in said
        form.fill(before="yes")
        assert not form.page.evaluate("document.getElementById('t1-after').hidden")
        data = form.data()
    assert data["themes"]["shared-data"] == {"stage": "maturing", "views": {"emerging": "9", "thriving": "8"}}
    assert data["themes"]["shared-vision"] == {"views": {"developing": "17"}}


def test_the_result_is_copied_for_word_and_as_text(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    form = FormPage(context.new_page())
    form.page.goto(form_of("northam", pbp, workspace, tmp_path).as_uri())
    form.date("date", "2026-01")
    form.fill(t1_stage="thriving")
    form.go("result")
    form.page.click("#copy-word")
    assert form.text("#status") == "Copied. Paste it into Word."
    html = form.page.evaluate(
        "navigator.clipboard.read().then(items => items[0].getType('text/html')).then(blob => blob.text())"
    )
    assert "<table" in html and "background-color: rgb(18, 67, 109)" in html and "Thriving" in html
    text = form.page.evaluate("navigator.clipboard.readText()")
    assert text.replace("\r\n", "\n").splitlines()[2] == form.text("#outcome .headline")
    form.page.click("#copy-text")
    assert "Shared vision and purpose: Maturing to Thriving, up 1 stage" in form.page.evaluate(
        "navigator.clipboard.readText()"
    )
    context.close()


def test_a_participant_saves_a_view_and_nothing_stays(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    file = form_of("participant", pbp, workspace, tmp_path)
    for form in using(browser, file):
        page = form.page
        assert "Northam Council is responsible for your answers." in page.inner_text("body")
        form.fill(t1_stage="maturing", t1_comment='It is "so": \\ and\n# more')
        form.fill(t2_stage="unknown", t3_comment="Only words")
        assert page.evaluate("localStorage.length") == 0
        with page.expect_download() as download:
            page.click("#save")
        name, data = download.value.suggested_filename, read(Path(download.value.path()).read_bytes()).data
        assert re.fullmatch(r"view-northam-[a-z0-9]{6}\.yaml", name)
        assert re.fullmatch(r"[a-z0-9]{12}", data.pop("id"))
        assert in_order(data) == in_order({
            "format": "1", "kind": "individual-view", "place": "northam", "matrix": "pbp@2023.1",
            "themes": {
                "shared-vision": {"stage": "maturing", "comment": 'It is "so": \\ and\n# more'},
                "shifting-power": {"comment": "Only words"},
            },
        })  # fmt: skip
        assert page.evaluate("document.querySelectorAll('input:checked').length") == 0
        assert page.evaluate("document.getElementById('t1-comment').value") == ""
        page.click("#forget")
        assert page.evaluate("document.getElementById('file').value") == ""


def test_not_knowing_is_an_answer(browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    for form in using(browser, form_of("participant", pbp, workspace, tmp_path)):
        form.page.evaluate("document.getElementById('save').click()")
        assert form.page.is_visible("#errors")
        form.fill(t1_stage="unknown", t2_comment="Ask the residents.")
        assert form.data()["themes"] == {"systems-mindset": {"comment": "Ask the residents."}}


def test_a_small_tally_in_a_file_is_let_go_and_what_the_page_shows_stays(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    text = assessment_text("northam", "2026-01", None, status="draft") + "themes:\n"
    root = workspace({"assessments/northam/2026-01.yaml": f"{text}  shared-data: {{views: {{developing: 17}}}}\n"})
    file = tmp_path / "form.html"
    assert pbp("form", "northam", "-o", str(file), at=root).code == 0
    few = f"{text}  shared-data: {{views: {{emerging: 1}}}}\n"
    few += "  shared-vision: {stage: emerging, views: {emerging: 3}}\n"
    for form in using(browser, file):
        form.load("few.yaml", few.encode())
        themes = form.data()["themes"]
    assert themes == {"shared-vision": {"stage": "emerging"}, "shared-data": {"views": {"developing": "17"}}}


def test_copies_of_the_blank_form_keep_drafts_of_their_own(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    first = form_of("blank", pbp, workspace, tmp_path)
    second = tmp_path / "copy.html"
    second.write_bytes(first.read_bytes())
    context = browser.new_context()
    written = "document.getElementById('t1-rationale').value"
    form = FormPage(context.new_page())
    form.page.goto(first.as_uri())
    form.fill(t1_rationale="Written in blank.html")
    form = opened_again(form, second, keeping="Written in blank.html")
    assert form.page.evaluate(written) == ""
    form.fill(t1_rationale="Written in copy.html")
    form = opened_again(form, first, keeping="Written in copy.html")
    assert form.page.evaluate(written) == "Written in blank.html"
    context.close()


@pytest.mark.parametrize(
    ("name", "answers", "field", "told"),
    [
        ("northam", {"t1_stage": "maturing"}, "date-day", "kept"),
        ("participant", {"t1_stage": "maturing", "keep": "yes"}, "t1-comment", "status"),
    ],
)
def test_somebody_whose_last_words_could_not_be_kept_is_asked_before_closing(
    browser: Any,
    pbp: Pbp,
    workspace: MakeWorkspace,
    tmp_path: Path,
    name: str,
    answers: dict[str, str],
    field: str,
    told: str,
) -> None:
    page = browser.new_page()
    form = FormPage(page)
    page.goto(form_of(name, pbp, workspace, tmp_path).as_uri())
    form.fill(**answers)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    for fault in ("", FULL):
        page.evaluate(f"() => {{ {fault} }}")
        page.click(f"[name={field}]")
        page.keyboard.type("5")
    wait_until(page, f"document.getElementById('{told}').textContent.includes('could not keep what you typed last')")
    page.evaluate("setTimeout(() => { location.href = 'about:blank' })")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert form.faults == []
    page.context.close()


def test_a_participants_answers_are_kept_only_when_asked(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    file = form_of("participant", pbp, workspace, tmp_path)
    context = browser.new_context()
    form = FormPage(context.new_page())
    form.page.goto(file.as_uri())
    form.fill(t1_stage="maturing")
    form.fill(keep="yes")
    form = opened_again(form, file, keeping="maturing")
    assert form.page.evaluate("document.querySelector('[name=t1-stage]:checked').value") == "maturing"
    form.fill(keep="")
    assert form.page.evaluate("localStorage.length") == 0
    form.fill(keep="yes")
    form.page.evaluate("document.getElementById('save').click()")
    assert form.page.evaluate("localStorage.length") == 0
    context.close()


def test_two_participants_files_have_names_and_ids_of_their_own(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    file = form_of("participant", pbp, workspace, tmp_path)
    ids = set()
    for _ in range(3):
        for form in using(browser, file):
            form.fill(t1_stage="maturing")
            ids.add(form.data()["id"])
    assert len(ids) == 3


TYPED = (
    "",
    " ",
    "-",
    CODE,
    CODE.lower(),
    CODE.replace("-", ""),
    "\u2011".join(CODE),
    CODE[:-1],
    f"{CODE}2",
    "OIL-5SB-UVA",
)


def test_a_code_is_read_as_python_reads_it(browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    chance = random.Random(7)
    made_up = ["".join(chance.choice(SYMBOLS) for _ in range(9)) for _ in range(200)]
    codes = [code_of([chance.choice(SYMBOLS) for _ in range(8)]) for _ in range(50)]
    wrong = [code[:at] + "X" + code[at + 1 :] for code in codes for at in (0, 5, 10)]
    for form in using(browser, form_of("with-code", pbp, workspace, tmp_path)):
        for text in [*TYPED, *made_up, *codes, *wrong, *HOSTILE]:
            form.fill(code=text)
            form.page.evaluate("document.getElementById('save').click()")
            named = form.page.evaluate("[...document.querySelectorAll('#errors a')].map(one => one.hash)")
            # What a one-line field does not take (line ends) is gone before anybody reads it.
            typed = form.page.evaluate("document.getElementById('code').value")
            assert named == (["#t1-stage"] if read_code(typed) else ["#code", "#t1-stage"]), text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write the code on your slip"),
        ("CDO-234-67X", "No code has “O” in it"),
        ("CDF-234", "A code has 9 letters and digits, and this has 6"),
        ("DCF" + CODE[3:], "A letter or digit of this code is wrong, or two have changed places"),
    ],
)
def test_a_mistyped_code_is_noticed_and_nothing_is_saved(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path, typed: str, said: str
) -> None:
    for form in using(browser, form_of("with-code", pbp, workspace, tmp_path)):
        form.fill(t1_stage="maturing")
        form.page.fill("#code", typed)
        form.page.press("#code", "Tab")
        assert form.text("#code-fault").startswith(said) == bool(typed)
        form.page.evaluate("document.getElementById('save').click()")
        assert said in form.text("#errors") and not form.page.is_visible("#done")
        assert form.page.evaluate("document.getElementById('code').getAttribute('aria-invalid')") == "true"


def test_a_code_is_saved_in_the_file_and_never_kept(
    browser: Any, pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    file = form_of("with-code", pbp, workspace, tmp_path)
    context = browser.new_context()
    form = FormPage(context.new_page())
    form.page.goto(file.as_uri())
    form.fill(t1_stage="maturing", code=CODE.lower().replace("-", " "), keep="yes")
    form = opened_again(form, file, keeping="maturing")
    stored = form.page.evaluate("Object.values(localStorage).join()")
    assert "t1-stage" in stored and "code" not in stored and CODE.lower()[:3] not in stored
    assert form.page.evaluate("document.getElementById('code').value") == ""
    form.fill(code=CODE.lower().replace("-", " "))
    assert form.data()["code"] == CODE
    assert form.page.evaluate("document.getElementById('code').value") == ""
    assert form.faults == []
    context.close()


WRITE_OWNER = """text => { const field = document.getElementById('t1-action-1-owner');
  field.value = text;
  field.dispatchEvent(new Event('change', {bubbles: true}));
  return field.value }"""


def test_what_looks_like_a_person_is_asked_about_as_at_the_terminal(northam: FormPage) -> None:
    texts = ["Jane Smith", "Place Director", "Dr Who", "a.b@example.org", "J. Smith, Chair", "Northam Council", "NHS"]
    for text in [*texts, *HOSTILE]:
        value = northam.page.evaluate(WRITE_OWNER, text)
        shown = northam.texts(".doubt")
        looks = looks_personal(value.strip(WHITE), ("Northam",))
        assert [one.partition(". ")[0] for one in shown] == ([f"This looks like {looks}"] if looks else []), text
    northam.page.evaluate(WRITE_OWNER, "Jane Smith")
    northam.fill(t1_action_1_action="Write it")
    northam.date("date", "2026-01")
    northam.go("result")
    assert "“Jane Smith” looks like the name of a person" in northam.text("#outcome")
    assert northam.data()["themes"]["shared-vision"]["actions"][0]["owner"] == "Jane Smith"
