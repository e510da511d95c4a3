"""Writing a paper as a Word document: the file's ending, what is refused, and what is never replaced."""

from pathlib import Path

import pytest
from building import RIVERSIDE, Pbp
from word_files import WordFile


def test_the_ending_tells_the_format_and_the_file_is_named(pbp: Pbp, tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    outcome = pbp("report", "northam", "-o", str(path), at=RIVERSIDE)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"wrote {path.as_posix()}\n")
    assert "# Theme by theme" in WordFile(path.read_bytes()).text


def test_the_format_can_be_said_where_the_ending_is_another(pbp: Pbp, tmp_path: Path) -> None:
    path = tmp_path / "paper.bin"
    assert pbp("report", "northam", "--format", "docx", "--cut", "page", "-o", str(path), at=RIVERSIDE).code == 0
    assert "# What is not known" in WordFile(path.read_bytes()).text


def test_a_file_that_somebody_may_have_edited_is_replaced_only_when_asked(pbp: Pbp, tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(b"edited by hand")
    refused = pbp("report", "northam", "-o", str(path), at=RIVERSIDE)
    assert refused.code == 2 and path.read_bytes() == b"edited by hand"
    assert "paper.docx is there already, and somebody may have edited it" in refused.err and "--force" in refused.err
    assert pbp("report", "northam", "-o", str(path), "--force", at=RIVERSIDE).code == 0
    assert "Northam" in WordFile(path.read_bytes()).text


@pytest.mark.parametrize("output", [[], ["-o", "-"]])
def test_a_word_document_is_not_printed(pbp: Pbp, output: list[str]) -> None:
    outcome = pbp("report", "northam", "--format", "docx", *output, at=RIVERSIDE)
    assert (outcome.code, outcome.out) == (2, "")
    assert "a docx file cannot be printed" in outcome.err and "-o paper.docx" in outcome.err


def test_slides_are_no_word_document(pbp: Pbp, tmp_path: Path) -> None:
    outcome = pbp("report", "northam", "--cut", "slides", "-o", str(tmp_path / "s.docx"), at=RIVERSIDE)
    assert outcome.code == 2 and not list(tmp_path.iterdir())
    assert "--cut slides cannot be written as docx" in outcome.err


def test_half_a_file_is_never_left(pbp: Pbp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(b"as it was")

    def stop(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("pbpmaturity.report.word.dated", stop)
    assert pbp("report", "northam", "-o", str(path), "--force", at=RIVERSIDE).code == 130
    assert [one.name for one in tmp_path.iterdir()] == ["paper.docx"] and path.read_bytes() == b"as it was"
