"""There is one way to write a file, and every other in the source is found and has its reason here."""

import ast
from collections.abc import Iterator

import pytest
from building import ROOT

SOURCE = ROOT / "src" / "pbpmaturity"

_OF_THE_WRITER = "it is the writer"
ALLOWED = {
    "workspace/save.py": _OF_THE_WRITER,
    "workspace/scratch.py": _OF_THE_WRITER,
    "workspace/swap.py": _OF_THE_WRITER,
    "workspace/outgoing.py": _OF_THE_WRITER,
    "workspace/lock.py": "what is locked is opened, and nothing is written to it",
    "cli/output.py": "what nobody reads goes to the system's nowhere",
    "cli/app.py": "the log of a bug is a new file among the system's temporary ones",
    "cli/exporting/target.py": "what is printed waits in a file without a name",
    "exchange/excel_tables.py": "a workbook with today in it waits in a file without a name",
    "exchange/package.py": "the archive is in memory",
    "exchange/undated.py": "the archive is a stream that the writer opened",
    "report/office.py": "the archive is in memory",
}

_ALWAYS = {
    "write_text", "write_bytes", "touch", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory",
    "TemporaryFile", "SpooledTemporaryFile", "rename", "renames", "symlink_to", "hardlink_to", "copy",
    "copy2", "copyfile", "copytree", "copyfileobj", "move", "make_archive", "fdopen", "truncate",
}  # fmt: skip
_MODE_IS = {"open": (0, 1), "ZipFile": (1,), "TarFile": (1,)}


def ways_of_writing(text: str) -> Iterator[int]:
    """Yield the lines of a program's text in which a file is written, moved, or opened to be written."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        owner = called.value.id if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) else ""
        is_replacing = name == "replace" and isinstance(called, ast.Attribute) and (
            owner == "os" or (len(node.args) == 1 and not node.keywords)
        )  # fmt: skip
        # A dictionary or a list is copied without arguments, and a value without a module's name.
        is_writing = name in _ALWAYS and (name != "copy" or owner == "shutil")
        if (
            is_replacing
            or is_writing
            or (owner, name) in (("os", "open"), ("os", "link"))
            or _opens_to_write(node, name)
        ):
            yield node.lineno


def _opens_to_write(node: ast.Call, name: str) -> bool:
    modes = [node.args[at] for at in _MODE_IS.get(name, ()) if at < len(node.args)]
    modes += [one.value for one in node.keywords if one.arg == "mode" and name in _MODE_IS]
    texts = [one.value for one in modes if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return any(len(text) <= 3 and set(text) & set("wxa+") for text in texts)


def test_every_file_is_written_by_the_one_writer() -> None:
    found = {
        path.relative_to(SOURCE).as_posix(): list(ways_of_writing(path.read_text("utf-8")))
        for path in SOURCE.rglob("*.py")
    }
    elsewhere = [f"{name}:{line}" for name, lines in found.items() for line in lines if name not in ALLOWED]
    assert elsewhere == [], "write with workspace/save.py or workspace/outgoing.py"
    assert [name for name in ALLOWED if not found[name]] == [], "these need no allowance any more"


@pytest.mark.parametrize(
    "line",
    [
        'open("f", "w")', 'path.open("xb")', 'path.open(mode="a")', 'open("f", "r+")', "os.open(path, os.O_RDONLY)",
        'path.write_text("x")', "path.write_bytes(data)", "tempfile.mkstemp()", "shutil.copyfileobj(a, b)",
        "shutil.copy(a, b)", "os.replace(a, b)", "new.replace(target)", "os.link(a, b)", "path.rename(other)",
        'zipfile.ZipFile(path, "w")', "NamedTemporaryFile(delete=False)", "path.touch()",
    ],
)  # fmt: skip
def test_a_way_of_writing_is_found(line: str) -> None:
    assert list(ways_of_writing(line)) == [1]


@pytest.mark.parametrize(
    "line",
    [
        'open("f")', 'path.open("rb")', 'text.replace("a", "b")', "dataclasses.replace(one, a=1)", "replace(one, a=1)",
        "names.copy()", "book.save(buffer)", 'open_file("views")', "zipfile.ZipFile(path)", "path.unlink()",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_not(line: str) -> None:
    assert list(ways_of_writing(line)) == []
