"""What is promised of any bytes, and a fuzzer that looks for bytes of which it is not so.

`make fuzz` runs it, or, with atheris and the project installed:

    python tests/fuzz/fuzz_read.py -max_total_time=60

Further options are those of libFuzzer. The seeds are the files of tests/examples and examples/riverside. What breaks a
promise is written to build/fuzz as crash-... or timeout-...; give such a file as the argument to read it again.
"""

import hashlib
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

instrumented: AbstractContextManager[Any] = nullcontext()
if __name__ == "__main__":
    import atheris

    instrumented = atheris.instrument_imports(include=["pbpmaturity.workspace", "ruamel.yaml"])

with instrumented:
    from pbpmaturity.model.assessment import Assessment
    from pbpmaturity.model.matrix import Matrix
    from pbpmaturity.model.settings import Settings
    from pbpmaturity.model.shape import Shape
    from pbpmaturity.workspace import source
    from pbpmaturity.workspace.guard import Unreadable
    from pbpmaturity.workspace.parser import COMPILED
    from pbpmaturity.workspace.read import read_file

WORDS = (
    *("place", "date", "matrix", "status", "themes", "stage", "2024-01-17", "pbp@2023.1", "draft", "null", "~"),
    *(
        ": ",
        "- ",
        "? ",
        "\n  ",
        "\n- ",
        "\n: ",
        "\n? ",
        "---",
        "...",
        "\n---\n",
        "\n...\n",
        "%YAML 1.2\n",
        "%TAG ! x\n",
    ),
    *("[", "]", "{", "}", ", ", "{a: b}", "[a, b]", "{? a}", "[a: b]", "<<: ", "&a ", "*a", "!!str ", "! ", "!<x>"),
    *("|", ">", "|-\n", ">+\n", "|2\n", "|#", " #", '"', "'", "''", '\\"', "\\n", "\\x1b", "\\ud800", "\\U00110000"),
    *("\t", "\r\n", "\r", "\x00", "\x85", "\u2028", "\ufeff", "\u0301", "\U0001f600"),
)
"""What the fuzzer puts together."""


def read_in_both_ways(data: bytes) -> list[Any]:
    """Return what each parser makes of the bytes: data and positions, or what is wrong and where."""
    return [_read(data, compiled) for compiled in (COMPILED, None)]


def hold_to_promises(data: bytes, shapes: tuple[type[Shape], ...] = (Assessment, Matrix, Settings)) -> None:
    """Read bytes in both ways and as files of the shapes; AssertionError for what is not as promised."""
    compiled, pure = read_in_both_ways(data)
    if len(data) > source.MAX_SECOND_LOOK and isinstance(compiled[0], str):
        # Of a large file that cannot be read, the parsers may name different places.
        assert compiled[0] == pure[0], (compiled, pure)
    else:
        assert compiled == pure, (compiled, pure)
    for shape in shapes:
        diagnostics = read_file(data, "x.yaml", shape).diagnostics
        for found in diagnostics:
            assert 1 <= found.line <= data.count(b"\n") + 1, found
            assert found.column >= 1, found


def _read(data: bytes, compiled: Any) -> Any:
    kept = source.COMPILED
    source.COMPILED = compiled  # type: ignore[attr-defined]
    try:
        found = source.read(data)
    except Unreadable as fault:
        return fault.rule.code, fault.line, fault.column
    finally:
        source.COMPILED = kept  # type: ignore[attr-defined]
    return found.data, _positions(found.root, found.text), found.empty


def _positions(node: Any, text: str, *, in_flow: bool = False) -> Any:
    """Return the marks of a node and of all below it, but for empty values inside {} and [] or without a colon."""
    here = (node.start_mark.line, node.start_mark.column)
    if isinstance(node.value, str):
        is_behind_colon = text[: node.start_mark.index].endswith(":") and not in_flow
        return here if node.value or is_behind_colon else None
    parts = [part for child in node.value for part in (child if isinstance(child, tuple) else (child,))]
    return here, [_positions(part, text, in_flow=in_flow or bool(node.flow_style)) for part in parts]


def _prepared(folder: Path) -> list[str]:
    """Write seeds and words into a folder and return the options that name them."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for seeds in (ROOT / "tests" / "examples", ROOT / "examples" / "riverside"):
        for path in sorted(seeds.rglob("*.yaml")):
            data = path.read_bytes()
            (corpus / hashlib.sha1(data).hexdigest()).write_bytes(data)
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    (folder / "words").write_text("".join(f'"{word}"\n' for word in quoted), "utf-8")
    return [str(corpus), f"-dict={folder / 'words'}", f"-artifact_prefix={folder}/"]


def main() -> None:
    """Fuzz for a minute, or as the options say."""
    folder = ROOT / "build" / "fuzz"
    given = sys.argv[1:]
    is_one_file = any(not option.startswith("-") for option in given)
    options = [] if is_one_file else [*_prepared(folder), "-max_total_time=60", "-max_len=700", "-timeout=10"]
    atheris.Setup([sys.argv[0], *options, *given], lambda data: hold_to_promises(data, (Assessment,)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
