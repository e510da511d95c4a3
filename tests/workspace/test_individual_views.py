"""Files that people send in: found in folders, kept out of the workspace, and read without a word of theirs let out."""

import os
import stat
import sys
from pathlib import Path

import pytest

from pbpmaturity.errors import PbpError, UnusableInput, UsageError
from pbpmaturity.model.individual_view import comment_heading
from pbpmaturity.workspace.individual_views import files_in, lies_in, read_bytes, read_view, write_once

VIEW = """\
# One person's view, for whoever gathers the views. It does not belong in a workspace.
format: 1
kind: individual-view
id: "k3f9qz2m"
place: "northam"
matrix: "pbp@2023.1"
themes:
  shared-vision:
    stage: developing
    comment: "MARK said \\"no\\""
  shared-data:
    comment: "MARK"
"""


def test_a_view_is_read_as_the_form_saved_it() -> None:
    view = read_view(VIEW.encode(), "a.yaml")
    assert (view.id, view.place, view.matrix) == ("k3f9qz2m", "northam", "pbp@2023.1")
    assert [said.stage for said in view.themes.values()] == ["developing", None]
    assert view.themes["shared-vision"].comment == 'MARK said "no"'
    assert read_view(VIEW.replace('place: "northam"\n', "").encode(), "a.yaml").place is None
    assert read_view(VIEW.partition("themes:")[0].encode(), "a.yaml").themes == {}


def test_a_comments_heading_is_the_themes_name_and_one_word() -> None:
    assert comment_heading("Shared vision") == "Shared vision: comment"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("kind: individual-view\n", ""), 'key "kind" is missing'),
        (("individual-view", "MARK"), "a.yaml:3:7: The value is not of the form expected."),
        (("k3f9qz2m", "MARK me"), "a.yaml:4:5: The value"),
        (("northam", "MARK!"), "a.yaml:5:8: The value"),
        (("stage: developing", "stage: [MARK]"), "a.yaml:9:12: The value"),
        (("stage:", "MARK-name:"), "a.yaml:9:5: The key is not known here."),
        (("    stage: developing", "    MARK: 1\n    MARK: 2"), "A key is given twice."),
        (("    stage: developing", "    stage: &MARK developing"), "An anchor (&)"),
        (("    stage: developing", "\tstage: MARK"), "a tab is not allowed"),
        (("developing", "{a: [MARK"), "a [ or { is not closed"),
        (("# One", "MARK: 1\n---\n# One"), "more than one document"),
    ],
)
def test_a_view_that_is_wrong_is_named_by_place_and_without_what_it_says(change: tuple[str, str], said: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        read_view(VIEW.replace(*change, 1).encode(), "a.yaml")
    assert any(said in line for line in caught.value.findings), caught.value.findings
    assert "MARK" not in f"{caught.value.message}{caught.value.findings}{caught.value.hint}"


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfea\0", b"MARK", b"a" * ((1 << 20) + 1), b"MARK: \xff", b"[" * 25, b"\0"]
)
def test_bytes_that_are_no_view_get_a_sentence(data: bytes) -> None:
    with pytest.raises(UnusableInput) as caught:
        read_view(data, "a.yaml")
    assert "MARK" not in f"{caught.value.message}{caught.value.findings}"


def test_a_folder_gives_its_files_with_answers_and_names_the_others(tmp_path: Path) -> None:
    for name in ("b.CSV", "a.yaml", "c.xlsx", "notes.docx", ".hidden.csv", "~$c.xlsx", "d.yml"):
        (tmp_path / name).touch()
    (tmp_path / "x.csv").mkdir()
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    found = files_in([tmp_path, tmp_path / "a.yaml"])
    assert [path.name for path in found.files] == ["a.yaml", "b.CSV", "c.xlsx"]
    assert [name.rpartition("/")[2] for name in found.passed_over] == [
        "d.yml",
        "gone.csv",
        "notes.docx",
        "x.csv",
        "a.yaml (named twice)",
    ]


def test_a_folder_without_answers_and_what_is_no_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(UsageError, match=r"holds no \.yaml, \.csv or \.xlsx files"):
        files_in([tmp_path / "x.csv"])
    with pytest.raises(UsageError, match="is not a file or a folder"):
        files_in([tmp_path / "none.csv"])
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(UsageError, match="is not a file or a folder"):
        files_in([tmp_path / "pipe.csv"])


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnusableInput, match="cannot be opened: Permission denied"):
        read_bytes(tmp_path / "a.csv", 10)


def test_no_more_than_one_byte_over_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x" * 100)
    assert len(read_bytes(tmp_path / "a.csv", 10)) == 11


def test_what_lies_in_the_workspace_is_told_also_through_links(tmp_path: Path) -> None:
    root, outside = tmp_path / "workspace", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "in.csv").touch()
    (outside / "out.csv").touch()
    (outside / "link.csv").symlink_to(root / "in.csv")
    (root / "link.csv").symlink_to(outside / "out.csv")
    inside = [root / "in.csv", outside / "link.csv", root / "link.csv", outside / ".." / "workspace" / "new.txt", root]
    assert [lies_in(path, root) for path in inside] == [True] * 5
    assert not lies_in(outside / "out.csv", root)


def test_a_file_is_written_once_and_a_private_one_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "comments.txt"
    write_once(path, b"one", is_private=True)
    with pytest.raises(UsageError, match="is there already"):
        write_once(path, b"two")
    assert path.read_bytes() == b"one"
    assert sys.platform == "win32" or stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(PbpError, match="cannot be written"):
        write_once(tmp_path / "none" / "a.txt", b"")
