"""pbp templates: what each is for, whose it is, why one cannot be used, and copying one."""

import inspect
import json
import os
import shutil
import sys
import tracemalloc
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Pbp, Snapshot, without_hanging
from pages import UNSEEN

from pbpmaturity.report.template_faults import TemplateSet
from pbpmaturity.report.templates_text import templates_text
from pbpmaturity.report.templates_view import OwnFile, template_rows
from pbpmaturity.workspace.shipped import shipped_templates

SHIPPED = shipped_templates()
MIXED = {
    "templates/show.md.j2": "\n{{ view.headlin }}\n",
    "templates/diff.md.j2": SHIPPED["diff.md.j2"],
    "templates/views.md.j2": b"\xff",
    "templates/history.md.j2": "{{ history.heading }}\n{% include 'footer.md.j2' %}\n",
    "templates/footer.md.j2": "Made by us.\n",
    "templates/report.css.j2": "",
    "templates/report.htm.j2": "x",
    "templates/README.md": "Ours.\n",
}


def faults(pbp: Pbp, root: Path) -> dict[str, str]:
    """Return what keeps each template from being used, with its line, as JSON says it."""
    with without_hanging():
        outcome = pbp("templates", "--format", "json", at=root)
    found = {
        one["name"]: f"{one['line']}: {one['cause']}"
        for one in json.loads(outcome.out)["templates"]
        if one["state"] == "unusable"
    }
    assert outcome.code == (1 if found else 0)
    return found


def states(pbp: Pbp, root: Path) -> dict[str, str]:
    return {
        one["name"]: one["state"] for one in json.loads(pbp("templates", "--format", "json", at=root).out)["templates"]
    }


def test_outside_a_workspace_it_lists_those_that_ship(pbp: Pbp, expect_whole: Snapshot, tmp_path: Path) -> None:
    outcome = pbp("templates", at=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    expect_whole("templates.txt", outcome.out)
    assert pbp("templates", at=RIVERSIDE).out == outcome.out


def test_whose_each_is(pbp: Pbp, workspace: MakeWorkspace, expect_whole: Snapshot) -> None:
    outcome = pbp("templates", at=workspace(MIXED))
    assert (outcome.code, outcome.err) == (1, "")
    expect_whole("templates-own.txt", outcome.out)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 110])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    own = [OwnFile("show.md.j2", "{{ view.headlin }}"), OwnFile("views.md.j2", None, "it is not UTF-8")]
    rows = template_rows(SHIPPED, own, ["report.html"])
    text = templates_text(rows, width=width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert {name for name in SHIPPED if name in "".join(text.split())} == set(SHIPPED)


def test_this_project_s_own_checkout_has_those_that_ship(pbp: Pbp) -> None:
    assert set(states(pbp, ROOT).values()) == {"same"}


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (SHIPPED["show.md.j2"].replace("\n", "\r\n"), "same"),
        (b"\xef\xbb\xbf" + SHIPPED["show.md.j2"].encode(), "same"),
        (SHIPPED["show.md.j2"] + "{# mine #}", "own"),
        ("", "own"),
        (SHIPPED["show.md.j2"].encode("utf-16"), "unusable"),
    ],
)
def test_how_a_text_was_saved_changes_nothing(
    pbp: Pbp, workspace: MakeWorkspace, content: str | bytes, state: str
) -> None:
    assert states(pbp, workspace({"templates/show.md.j2": content}))["show.md.j2"] == state


def test_the_mark_that_windows_begins_a_text_with_is_not_printed(pbp: Pbp, workspace: MakeWorkspace) -> None:
    shutil.copytree(RIVERSIDE / "assessments", workspace({}) / "assessments", dirs_exist_ok=True)
    root = workspace({"templates/show.md.j2": b"\xef\xbb\xbfx\r\n{% if view %}\r\ny\r\n{% endif %}\r\n"})
    assert pbp("show", "northam", "--format", "markdown", at=root).out == "x\ny\n"


# What is wrong with templates/show.md.j2, and how that is said.
WRONG = [
    ("{{ view.headlin }}", '1: there is no value "headlin" here; did you mean "headline"?'),
    ("{{ view['headlin'] }}", '1: there is no value "headlin" here; did you mean "headline"?'),
    ("{{ nothing }}", '1: there is no value "nothing" here; docs/templates.md lists them'),
    ("\n\n{% if false %}{{ viw.place }}{% endif %}", '3: there is no value "viw" here; did you mean "view"?'),
    (
        "{% for t in view.themes %}\n{{ t.now.word }}{% endfor %}",
        '2: there is no value "word" here; did you mean "words"?',
    ),
    ("{% set t = view.themes | first %}{{ t.nam }}", '1: there is no value "nam" here; did you mean "name"?'),
    ("{% for o, role in view.participants %}{{ o.x }}{% endfor %}", '1: there is no value "x" here'),
    ("{% with t = view.themes[0] %}{{ t.nam }}{% endwith %}", '1: there is no value "nam" here; did you mean "name"?'),
    (
        "{% macro m() %}{{ view.headlin }}{% endmacro %}",
        '1: there is no value "headlin" here; did you mean "headline"?',
    ),
    ("{{ wide_ladder(view).titel }}", '1: there is no value "titel" here; did you mean "title"?'),
    ("{{ view.themes.name }}", '1: there is no value "name" here'),
    ("{{ (view.overall_then if true else view.overall_now).wrds }}", '1: there is no value "wrds" here'),
    ("{{ history }}", '1: there is no value "history" here'),
    (
        "{% if view %}{{ view.summary | paragrafs }}{% endif %}",
        '1: there is no filter "paragrafs"; did you mean "paragraphs"?',
    ),
    ("{{ view is defned }}", '1: there is no test "defned"; did you mean "defined"?'),
    ("x\n{% if %}", "2: Expected an expression"),
    ("{% if view %}", "1: Unexpected end of template"),
    ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "1: block 'a' defined twice"),
    ("x\n{% include 'shw.md.j2' %}", '2: there is no template "shw.md.j2"; did you mean "show.md.j2"?'),
    ("{% include ['no.j2', 'nor.j2'] %}", '1: there is no template "no.j2"'),
    ("{% extends 'base.j2' %}", '1: there is no template "base.j2"'),
    ("{% from 'ladder.svg.j2' import lader %}", '1: ladder.svg.j2 has no macro "lader"; did you mean "ladder"?'),
    ("{% include 'show.md.j2' %}", "1: it includes itself"),
    ("\n{% block a %}{% include 'show.md.j2' %}{% endblock %}", "2: it includes itself"),
    ("x" * (1 << 20) + "x", "None: it is over 1 MiB"),
    (b"\xff", "None: it is not UTF-8"),
]


@pytest.mark.parametrize(
    "text",
    [
        "{{" * 12,
        "{{ " + "(" * 20 + "view" + ")" * 20 + " }}",
        "{{ view" + ".place" * 25 + " }}",
        "{% if view %}" * 25 + "{% endif %}" * 25,
    ],
)
def test_what_is_nested_too_deeply_for_python_is_told_as_such(text: str) -> None:
    usual, depth = sys.getrecursionlimit(), len(inspect.stack())
    sys.setrecursionlimit(depth + 80)  # so that little is too much
    try:
        fault = TemplateSet({"show.md.j2": text}, SHIPPED).first_fault("show.md.j2")
    finally:
        sys.setrecursionlimit(usual)
    assert fault is not None and (fault.line, fault.cause) == (1, "it is nested too deeply")


@pytest.mark.parametrize(("text", "said"), WRONG, ids=range(len(WRONG)))
def test_what_keeps_a_template_from_being_used(
    pbp: Pbp, workspace: MakeWorkspace, text: str | bytes, said: str
) -> None:
    found = faults(pbp, workspace({"templates/show.md.j2": text}))
    assert set(found) == {"show.md.j2"}
    assert found["show.md.j2"].startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no template at all }} %}",
        "{{ view.headlin | default('x') }}{% if view.later is defined %}{{ view.later }}{% endif %}",
        "{{ later | default('x') }}{% if other is defined %}{{ other }}{% endif %}",
        "{% set x = view %}{% set x = 1 %}{{ x.anything }}",
        "{% if view %}{% set x = view %}{% else %}{% set x = view.themes[0] %}{% endif %}{{ x.headline }}",
        "{% if view.then_date %}{% set view = view.themes | first %}{% endif %}{{ view.headline }}",
        "{% for view in view.themes %}{{ view.name }}{% endfor %}{{ view.headline }}",
        "{% macro m(view) %}{{ view.anything }}{{ caller() }}{% endmacro %}{% call m(1) %}x{% endcall %}",
        "{% set ns = namespace(a=1) %}{% set ns.a = 2 %}{{ ns.a }}",
        "{{ view.place.upper() }}{{ view.stages | join(', ') }}{{ view['headline'] }}{{ view.stages[0] }}",
        "{% for theme in view.themes | sort(attribute='name') %}{{ loop.index }}{{ theme.name }}{% endfor %}",
        "{% for o, role in view.participants[:2] %}{{ o.upper() }}{% endfor %}{{ (view.slips + view.themes)[0].any }}",
        "{% include 'none.j2' ignore missing %}{% include ['none.j2', 'show.md.j2'] %}",
        "{% if view.then_date %}{% include 'show.md.j2' %}{% endif %}",  # it ends where the values say so
        "{% raw %}{{ nothing }}{% endraw %}{# {{ nothing }} #}",
        # What is over its bounds once it is run.
        "{% for a in range(2000) %}{% for b in range(501) %}{% endfor %}{% endfor %}",
        "{{ 'x' | center(10 ** 5) }}{{ 'x' | center(10001) }}{{ 65 ** 2 }}{{ 'x' * 2 }}",
    ],
)
def test_what_may_be_right_is_not_called_wrong(pbp: Pbp, workspace: MakeWorkspace, text: str) -> None:
    assert faults(pbp, workspace({"templates/show.md.j2": text})) == {}


def test_nothing_is_worked_out_while_a_template_is_looked_at() -> None:
    text = "{{ 'x' | center(1000000) }}"
    together = TemplateSet({**SHIPPED, "show.md.j2": text}, SHIPPED)
    tracemalloc.start()
    tracemalloc.reset_peak()
    assert together.first_fault("show.md.j2") is None
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 1_000_000


def test_html_and_markdown_have_functions_of_their_own(pbp: Pbp, workspace: MakeWorkspace) -> None:
    text = "{{ table(['a'], []) }}"
    files = {"templates/report.md.j2": text, "templates/report.html.j2": text}
    assert faults(pbp, workspace(files)) == {
        "report.html.j2": '1: there is no value "table" here; docs/templates.md lists them'
    }


def test_a_part_has_what_those_that_use_it_have_and_set(pbp: Pbp, workspace: MakeWorkspace) -> None:
    files = {
        "templates/show.md.j2": "{% for theme in view.themes %}{% include 'part.j2' %}{% endfor %}",
        "templates/diff.md.j2": "{% include 'part.j2' %}",
        "templates/part.j2": "{% include 'small.j2' %}{{ theme.anything }}{{ view.place }}",
        "templates/small.j2": "{{ verdict }}\n{{ theme }}\n{{ view.headlin }}\n{{ nothing }}",
    }
    found = faults(pbp, workspace(files))
    assert found == {"small.j2": '3: there is no value "headlin" here; did you mean "headline"?'}
    assert states(pbp, workspace(files))["part.j2"] == "own"


def test_templates_that_include_each_other(pbp: Pbp, workspace: MakeWorkspace) -> None:
    files = {"templates/show.md.j2": "\n{% include 'a.j2' %}", "templates/a.j2": "{% include 'show.md.j2' %}"}
    assert faults(pbp, workspace(files)) == {
        "show.md.j2": "2: it includes itself, by way of a.j2",
        "a.j2": "1: it includes itself, by way of show.md.j2",
    }


def test_what_is_no_file_of_the_workspace(pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    root = workspace({"templates/views.md.j2/x": "x"})
    (tmp_path / "secret").write_text("secret")
    (root / "templates" / "show.md.j2").symlink_to(tmp_path / "secret")
    (root / "templates" / "diff.md.j2").symlink_to("nowhere")
    (root / "templates" / "compare.md.j2").symlink_to("compare.md.j2")
    os.mkfifo(root / "templates" / "history.md.j2")
    found = faults(pbp, root)
    assert found.pop("compare.md.j2") in ("None: its links lead in a circle", "None: Too many levels of symbolic links")
    assert found == {
        "views.md.j2": "None: it is a folder",
        "show.md.j2": "None: it leads outside the workspace",
        "diff.md.j2": "None: No such file or directory",
        "history.md.j2": "None: it is no file",
    }


def test_where_templates_is_a_file(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({"templates": "x"})
    assert pbp("templates", at=root).err == "pbp: templates cannot be read: Not a directory\n"
    copied = pbp("templates", "copy", "show.md.j2", at=root)
    assert copied.code == 2 and '"templates" is a file, and templates lie in a folder of that name' in copied.err


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("report.htm.j2", "report.html.j2"),
        ("report.html", "report.html.j2"),
        ("report.html.j2.txt", "report.html.j2"),
        ("Report.HTML.J2", "report.html.j2"),
        ("show.md.jinja2", "show.md.j2"),
        ("zzzzzz.j2", None),
    ],
)
def test_a_file_that_nothing_uses_is_pointed_out(
    pbp: Pbp, workspace: MakeWorkspace, name: str, meant: str | None
) -> None:
    root = workspace({f"templates/{name}": "x"})
    outcome = pbp("templates", at=root)
    assert outcome.code == 0
    guess = f"; did you mean {meant}?" if meant else "\n"
    assert f"used by nothing{guess}" in outcome.out
    assert states(pbp, root)[name] == "unused"


@pytest.mark.parametrize("name", ["README.md", "logo.svg", ".DS_Store", "scripts/x.js", "notes.txt"])
def test_what_looks_like_no_template_is_left_alone(pbp: Pbp, workspace: MakeWorkspace, name: str) -> None:
    assert set(states(pbp, workspace({f"templates/{name}": "x"}))) == set(SHIPPED)


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if "/" not in text and "\x00" not in text and len(text) < 200]
)
def test_hostile_names_and_texts_are_only_shown(pbp: Pbp, workspace: MakeWorkspace, text: str) -> None:
    root = workspace({f"templates/{text}.j2": "x", "templates/show.md.j2": f"{{% include {text!r} %}}"})
    for format_ in ("text", "json"):
        outcome = pbp("templates", "--format", format_, at=root)
        assert outcome.code == 1
        assert not UNSEEN.search(outcome.out)
        assert "::error" not in [line[:7] for line in outcome.out.splitlines()]


def test_a_copy_lies_in_the_workspace_and_is_what_ships(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({})
    outcome = pbp("templates", "copy", "report.html.j2", at=root)
    assert (outcome.code, outcome.out) == (0, "wrote templates/report.html.j2\n")
    assert "Delete it to go back to the one that ships." in outcome.err
    assert (root / "templates" / "report.html.j2").read_bytes() == (ROOT / "templates" / "report.html.j2").read_bytes()
    assert states(pbp, root)["report.html.j2"] == "same"


def test_several_are_copied_each_once_from_anywhere(pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    root = workspace({})
    words = ("show.md.j2", "diff.md.j2", "show.md.j2")
    outcome = pbp("templates", "copy", *words, "--workspace", str(root), at=tmp_path)
    assert outcome.out == "wrote workspace/templates/show.md.j2\nwrote workspace/templates/diff.md.j2\n"
    assert sorted(path.name for path in (root / "templates").iterdir()) == ["diff.md.j2", "show.md.j2"]


def test_what_is_there_is_replaced_only_with_force(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({"templates/show.md.j2": "mine"})
    outcome = pbp("templates", "copy", "diff.md.j2", "show.md.j2", at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert "templates/show.md.j2 is there already, so nothing was written\n  give --force" in outcome.err
    assert [path.read_text() for path in (root / "templates").iterdir()] == ["mine"]
    assert pbp("templates", "copy", "diff.md.j2", "show.md.j2", "--force", at=root).code == 0
    assert set(states(pbp, root).values()) == {"same", "shipped"}


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_nothing_is_written_outside_the_workspace_or_into_what_is_no_file(
    pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path, force: list[str]
) -> None:
    root = workspace({"templates/views.md.j2/x": "x"})
    outside = tmp_path / "outside"
    outside.write_text("kept")
    (root / "templates" / "show.md.j2").symlink_to(outside)
    os.mkfifo(root / "templates" / "history.md.j2")
    for name in ("show.md.j2", "views.md.j2", "history.md.j2"):
        outcome = pbp("templates", "copy", "diff.md.j2", name, *force, at=root)
        assert outcome.code == 2 and f"templates/{name}" in outcome.err and "nothing was written" in outcome.err
    assert outside.read_text() == "kept"
    assert not (root / "templates" / "diff.md.j2").exists()


def test_a_folder_that_leads_outside_is_not_written_to(pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    root = workspace({})
    (tmp_path / "outside").mkdir()
    (root / "templates").symlink_to(tmp_path / "outside")
    assert "leads outside the workspace" in pbp("templates", "copy", "show.md.j2", at=root).err
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["copy"], "name the template to copy\n  as in: pbp templates copy report.html.j2"),
        (["copy", "report.html"], 'there is no template "report.html"; did you mean "report.html.j2"?'),
        (["copy", "show.md"], 'did you mean "show.md.j2"?'),
        (["copy", "matrix"], 'did you mean "matrix.css.j2" or "matrix.html.j2" or "matrix.md.j2"?'),
        (["copy", "templates/show.md.j2"], 'did you mean "show.md.j2"?'),
        (["copy", "Show.md.j2"], 'did you mean "show.md.j2"?'),
        (["copy", "reprot.html.j2"], 'did you mean "report.html.j2"?'),
        (["copy", "zzz"], 'there is no template "zzz"; expected one of '),
        (["copy", "../../x"], 'there is no template "../../x"; '),
        (["copy", "show.md.j2", "zzz"], 'there is no template "zzz"; '),
        (
            ["cpy", "show.md.j2"],
            '"cpy" is nothing that pbp templates does\n  to copy one: pbp templates copy report.html',
        ),
        (
            ["show.md.j2"],
            '"show.md.j2" is nothing that pbp templates does\n  to copy one: pbp templates copy show.md.j2',
        ),
        (["copy", "show.md.j2", "--format", "json"], "--format is for the list"),
        (["--force"], "--force is for copying"),
    ],
)
def test_wrong_usage_is_a_sentence(pbp: Pbp, workspace: MakeWorkspace, words: list[str], said: str) -> None:
    root = workspace({})
    outcome = pbp("templates", *words, at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert not (root / "templates").exists()


def test_outside_a_workspace_nothing_is_copied(pbp: Pbp, tmp_path: Path) -> None:
    outcome = pbp("templates", "copy", "show.md.j2", at=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("pbp: there is no workspace here\n")
    assert list(tmp_path.iterdir()) == []
