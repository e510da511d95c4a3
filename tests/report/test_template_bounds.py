"""A template comes to an end: turns of its loops and the letters that it makes have bounds, said in one sentence."""

import pytest

from pbpmaturity.errors import TemplateFault
from pbpmaturity.report.documents import Documents
from pbpmaturity.report.template_bounds import Bounds

LOW = Bounds(turns=100, letters=2_000, width=50)
TURNS, LETTERS, WIDTH = (
    "its loops take more than 100 turns",
    "it makes more than 2,000 letters of text",
    "it sets text wider than 50 letters",
)
SMALL = "is for small numbers only"
BLOCK = """{% set n = namespace(n=0) %}{% block b scoped %}{% set n.n = n.n + 1 %}{% if n.n < 110 %}{{ self.b() }}
{% endif %}{% endblock %}"""
LISTS = "{% set n = namespace(t=[]) %}{% for a in range(12) %}{% set n.t = [n.t, n.t] %}{% endfor %}"


def made(text: str, name: str = "own.md.j2", **values: object) -> str:
    return Documents({name: text, "part.j2": "{{ given }}{% macro m() %}x{% endmacro %}"}, LOW).render(name, **values)


@pytest.mark.parametrize("name", ["own.md.j2", "own.html.j2"])
@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        # Turns: one loop, loops in loops, macros and blocks that call themselves, templates that include themselves.
        ("\n{% for a in range(100) %}{% endfor %}", 2, TURNS),
        ("{% for a in range(9) %}\n{% for b in range(19) %}{% endfor %}{% endfor %}", 2, TURNS),
        ("{% macro m(n) %}\n{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}\n{{ m(6) }}", 1, TURNS),
        ("{% for a in x recursive %}{{ loop(x) if loop.depth < 6 }}{% endfor %}", 1, TURNS),
        (BLOCK, 1, TURNS),
        (("{% set n = (n | default(0)) + 1 %}{% if n < 8 %}"
         "{% include 'own.md.j2' %}{% include 'own.md.j2' %}{% endif %}"), 1, TURNS),
        # Letters: of the template's own, of values, of what is joined or set, and of what is kept and never shown.
        ("{% for a in range(50) %}\n" + "x" * 50 + "{% endfor %}", 1, LETTERS),
        ("\n{% for a in range(50) %}{{ fifty }}{% endfor %}", 2, LETTERS),
        ("{% set n = namespace(t='x') %}\n{% for a in range(12) %}{% set n.t = n.t ~ n.t %}{% endfor %}", 2, LETTERS),
        ("{% set n = namespace(t='x') %}\n{% for a in range(12) %}{% set n.t = n.t + n.t %}{% endfor %}", 2, LETTERS),
        ("{% set n = namespace(t=[1]) %}{% for a in range(12) %}{% set n.t = n.t + n.t %}{% endfor %}", 1, LETTERS),
        (LISTS + "{{ n.t }}", 1, LETTERS),
        (LISTS + "{{ n.t | string | length }}", 1, LETTERS),
        (LISTS + "{{ ('x' ~ n.t) | length }}", 1, LETTERS),
        (LISTS + "{{ ('%s' % n.t) | length }}", 1, LETTERS),
        ("{% for a in range(12) %}{% set t %}{{ fifty }}{{ fifty }}{{ fifty }}{{ fifty }}{% endset %}{% endfor %}",
         1, LETTERS),
        ("{{ (fifty | replace('x', fifty)) | length }}", 1, LETTERS),
        ("{{ fifty.replace('', fifty) | length }}", 1, LETTERS),
        ("{{ range(50) | join(fifty) | length }}", 1, LETTERS),
        ("{{ fifty.join(fifty) | length }}", 1, LETTERS),
        ("{{ range(99) | map('center', 40) | list | length }}", 1, LETTERS),
        ("{{ '%s%s%s%s%s%s%s%s' | format(*([fifty] + [fifty] + [fifty] + [fifty] + [fifty] + [fifty] + [1] + [1])) }}",
         1, LETTERS),
        ("{{ '{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}'.format(fifty ~ fifty ~ fifty ~ fifty) }}", 1, LETTERS),
        (LISTS + "{{ (n.t | format(1)) | length }}", 1, LETTERS),
        (LISTS + "{{ ('%*d' % (1, n.t)) | length }}", 1, LETTERS),
        ("{{ fifty | wordwrap(1, wrapstring=fifty) | length }}", 1, LETTERS),
        ("{{ fifty | indent(fifty, first=true) }}", 1, LETTERS),
        # Widths.
        ("\n\n{{ 'x' | center(51) }}", 3, WIDTH),
        ("{{ 'x'.ljust(51) }}", 1, WIDTH),
        ("{{ 'x' | attr('zfill') }}{{ ('x' | attr('zfill'))(51) }}", 1, WIDTH),
        ("{{ 'x' | indent(width=51) }}", 1, WIDTH),
        ("{{ '%51s' | format(1) }}", 1, WIDTH),
        ("{{ '%51s' % 1 }}", 1, WIDTH),
        ("{{ '%*d' % (51, 1) }}", 1, WIDTH),
        ("{{ '%-*d' | format(51, 1) }}", 1, WIDTH),
        ("{{ '{:51}'.format(1) }}", 1, WIDTH),
        ("{{ '{:{}}'.format(1, 51) }}", 1, WIDTH),
        ("{{ '{:{}}'.format(1, '>51') }}", 1, WIDTH),
        ("{{ '{a:{w}}'.format_map({'a': 1, 'w': 51}) }}", 1, WIDTH),
        ("{{ [1] | batch(51, 'x') | list }}", 1, WIDTH),
        ("{{ 'x' | tojson(indent=51) }}", 1, WIDTH),
        # Numbers.
        ("{{ 'x' * 3 }}", 1, SMALL),
        ("{{ 65 ** 2 }}", 1, SMALL),
        ("{% set n = namespace(n=3) %}{% for a in range(11) %}{% set n.n = n.n * n.n %}{% endfor %}", 1, SMALL),
        # What there is no longer, and what has no end.
        ("{{ lipsum(1) }}", 1, "'lipsum' is undefined"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, TURNS),
        ("{% include 'own.md.j2' %}", 1, TURNS),
    ],
)  # fmt: skip
def test_a_template_that_does_too_much_is_named_with_its_line(
    text: str, line: int, said: str | None, name: str
) -> None:
    with pytest.raises(TemplateFault) as fault:
        made(text.replace("own.md.j2", name), name, fifty="x" * 50, x=[1, 2])
    assert fault.value.message.startswith(f"templates/{name}:{line}: the template cannot be used: ")
    assert said in fault.value.message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{% for a in range(99) %}{% endfor %}end", "end\n"),
        ("{% for a in range(19) %}" + "x" * 100 + "{% endfor %}", "x" * 1900 + "\n"),
        ("{{ 'x' | center(50) | length }}{{ ('%50s' % 'x') | length }}", "5050\n"),
        (
            "{{ ['a', 'b'] | join(', ') }} {{ 'a' ~ 1 ~ none }} {{ 1 + 2 }} {{ [1] + [2] }}",
            "a, b a1None 3 \\[1, 2\\]\n",
        ),
        ("{% import 'part.j2' as part with context %}{{ part.m() }}", "x\n"),
        ("{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}", "x\n"),
        (
            "{{ 'abc' | replace('b', 'x') }} {{ 'a,b'.split(',') | last }} {{ '{} and {}'.format(1, 2) }}",
            "axc b 1 and 2\n",
        ),
    ],
)
def test_up_to_its_bounds_a_template_does_what_it_did(text: str, shown: str) -> None:
    assert made(text, given="", fifty="x" * 50) == shown


def test_each_document_has_bounds_of_its_own() -> None:
    documents = Documents({"own.md.j2": "{% for a in range(60) %}x{% endfor %}"}, LOW)
    assert [documents.render("own.md.j2") for _ in range(5)] == ["x" * 60 + "\n"] * 5


def test_what_is_escaped_is_escaped_as_before() -> None:
    assert made("{{ '<b>' ~ '&' }}{{ '<%s>' % '&' }}", "own.html.j2") == "&lt;b&gt;&amp;&lt;&amp;&gt;\n"
    assert made("{% set a %}<i>{% endset %}{{ a ~ '<' }}{{ a + '<' }}", "own.html.j2") == "<i>&lt;<i>&lt;\n"


def test_what_calls_itself_without_end_is_named_too() -> None:
    for text in ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% include 'own.md.j2' %}"):
        with pytest.raises(
            TemplateFault, match=r"own\.md\.j2:1: .* it calls or includes itself, or is nested, too deeply"
        ):
            Documents({"own.md.j2": text}).render("own.md.j2")
