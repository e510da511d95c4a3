"""One-time codes: made for a participants' form, and each counted once when the views are imported."""

import os
import re
import stat
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, MakeWorkspace, Pbp
from cli.test_form import config_of
from cli.test_import import FILES, TO, Here, view
from pages import UNSEEN
from sheets import as_csv

from pbpmaturity.model.one_time_code import SYMBOLS, code_of, read_code

CODE = re.compile(r"^[2-9A-Z]{3}(?:-[2-9A-Z]{3}){2}$", re.MULTILINE)
CODES = [code_of([*"2346789", symbol]) for symbol in SYMBOLS]
ELSEWHERE = code_of("XXXXXXXX")
PARTICIPANT = ("form", "northam", "--participant")


@pytest.fixture
def here(workspace: MakeWorkspace, pbp: Pbp) -> Here:
    return Here(workspace(FILES), pbp)


def coded(number: int, code: str | None, stage: str = "emerging") -> str:
    """Return the file that one person saved in a form that asks for a code."""
    return view(number, [stage], more=f'place: "northam"\ncode: {code}\n' if code is not None else 'place: "northam"\n')


def test_codes_alone_are_printed_and_nothing_else(pbp: Pbp) -> None:
    outcome = pbp(*PARTICIPANT, "--codes", "17", at=RIVERSIDE)
    codes = CODE.findall(outcome.out)
    assert outcome.code == 0 and len(set(codes)) == 17
    assert [read_code(code) for code in codes] == codes
    rest = [line for line in outcome.out.splitlines() if line not in codes]
    assert all(line.startswith("# ") for line in rest) and "# 17 one-time codes" in rest[0] and "Northam" in rest[0]
    assert "no page is written: with -o FILE.html there is one, which takes the codes of every run" in outcome.err
    assert "They are kept nowhere: save what is printed" in outcome.err
    assert "Codes that were made earlier stay good" in outcome.err
    assert not CODE.search(outcome.err)


def test_another_run_makes_other_codes(pbp: Pbp) -> None:
    runs = [set(CODE.findall(pbp(*PARTICIPANT, "--codes", "40", at=RIVERSIDE).out)) for _ in range(2)]
    assert [len(run) for run in runs] == [40, 40]
    assert not runs[0] & runs[1]


def test_the_page_asks_for_a_code_and_holds_none(pbp: Pbp, tmp_path: Path) -> None:
    page = tmp_path / "your-view.html"
    outcome = pbp(*PARTICIPANT, "--codes", "5", "-o", str(page), at=RIVERSIDE)
    text = page.read_text("utf-8")
    assert outcome.code == 0 and len(CODE.findall(outcome.out)) == 5 and "no page is written" not in outcome.err
    assert 'name="code"' in text and "lets them count once" in text
    assert config_of(text)["code"] == {"symbols": SYMBOLS, "length": 9}
    bare = re.sub(r"[\s-]", "", text).upper()
    assert not [code for code in CODE.findall(outcome.out) if code.replace("-", "") in bare]
    again = tmp_path / "again.html"
    assert pbp(*PARTICIPANT, "--codes", "500", "-o", str(again), at=RIVERSIDE).code == 0
    assert again.read_bytes() == page.read_bytes()


def test_a_page_that_was_made_without_codes_asks_for_none(pbp: Pbp) -> None:
    text = pbp(*PARTICIPANT, at=RIVERSIDE).out
    assert "code" not in config_of(text) and 'name="code"' not in text and "lets them count once" not in text


def test_codes_go_into_a_file_that_only_its_owner_can_open(pbp: Pbp, tmp_path: Path) -> None:
    file = tmp_path / "codes.txt"
    outcome = pbp(*PARTICIPANT, "--codes", "3", "--codes-to", str(file), at=RIVERSIDE)
    assert outcome.code == 0 and not CODE.search(outcome.out + outcome.err)
    assert outcome.out.startswith("<!DOCTYPE html>") and 'name="code"' in outcome.out
    assert len(CODE.findall(file.read_text("utf-8"))) == 3
    assert f"wrote {file.as_posix()}: 3 one-time codes, for pbp import --codes FILE." in outcome.err
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    again = pbp(*PARTICIPANT, "--codes", "3", "--codes-to", str(file), "-o", str(tmp_path / "a.html"), at=RIVERSIDE)
    assert again.code == 2 and "is there already, and is not written over" in again.err
    assert file.read_bytes() == before and not (tmp_path / "a.html").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--participant", "--codes", "0"), '--codes "0" is not a number from 1 to 10,000'),
        (("--participant", "--codes", "-1"), '--codes "-1" is not a number from 1 to 10,000'),
        (("--participant", "--codes", "10001"), '--codes "10001" is not a number from 1 to 10,000'),
        (("--participant", "--codes", "many"), '--codes "many" is not a number from 1 to 10,000'),
        (("--participant", "--codes", ""), '--codes "" is not a number'),
        (("--participant", "--codes", "٣"), '--codes "٣" is not a number'),
        (("--codes", "5"), "--codes is for the participants' form"),
        (("--questions", "--codes", "5"), "--codes is for the participants' form"),
        (("--participant", "--codes-to", "codes.txt"), "--codes-to is for codes, and none are asked for"),
        (("--participant", "--codes", "5", "-o", "-"), "the page and the codes cannot both be printed"),
        (("--participant", "--codes", "5", "--codes-to", "codes.txt"), '--codes-to "codes.txt" lies in the workspace'),
        (("--participant", "--codes", "5", "--codes-to", "../no/codes.txt"), "there is no such folder"),
        (("--participant", "--codes", "5", "--codes-to", "../a.html", "-o", "../a.html"), "name the same file"),
    ],
)
def test_what_is_refused_of_codes(pbp: Pbp, workspace: MakeWorkspace, arguments: tuple[str, ...], said: str) -> None:
    root = workspace(FILES)
    before = sorted(root.parent.rglob("*"))
    outcome = pbp("form", "northam", *arguments, at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert sorted(root.parent.rglob("*")) == before


def test_as_many_codes_as_there_may_be(pbp: Pbp, tmp_path: Path) -> None:
    outcome = pbp("form", "--participant", "--codes", "10000", at=tmp_path)
    assert (outcome.code, len(set(CODE.findall(outcome.out)))) == (0, 10_000)


def test_a_template_of_ones_own_without_a_field_for_the_code_is_refused(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({**FILES, "templates/participant.html.j2": "<script>{{ form.script }}</script>\n"})
    outcome = pbp(*PARTICIPANT, "--codes", "5", "-o", "../page.html", at=root)
    assert (outcome.code, outcome.out) == (2, "")
    assert "templates/participant.html.j2 has no field for a code" in outcome.err
    assert pbp(*PARTICIPANT, "-o", "../page.html", at=root).code == 0


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_adds_no_line_to_the_codes(pbp: Pbp, workspace: MakeWorkspace, hostile: str) -> None:
    from pbpmaturity.workspace.write import scalar

    root = workspace({**FILES, "pbp.yaml": f"matrix: small@1\nplaces:\n  northam: {{name: {scalar(hostile)}}}\n"})
    outcome = pbp(*PARTICIPANT, "--codes", "5", at=root)
    assert outcome.code == 0, outcome.err
    assert len(outcome.out.splitlines()) == 3 + 5 and not UNSEEN.search(outcome.out)


def test_each_code_is_counted_once_and_what_is_left_out_is_said(here: Here) -> None:
    files = [here.sent(f"v{number}.yaml", coded(number, CODES[number])) for number in range(6)]
    files += [
        here.sent("copy.yaml", coded(0, CODES[0])),
        here.sent("forged-1.yaml", coded(20, None, "maturing")),
        here.sent("forged-2.yaml", coded(21, "", "maturing")),
        here.sent("forged-3.yaml", coded(22, ELSEWHERE, "maturing")),
        here.sent("forged-4.yaml", coded(23, "MARK-MARK", "maturing")),
        here.sent("forged-5.yaml", coded(24, CODES[5], "maturing")),
    ]
    codes = here.sent("codes.txt", "\n".join(CODES[:8]))
    code, out, err = here.run(*files, *TO, "--codes", codes, "--yes")
    assert (code, out.splitlines()[0]) == (0, "Shared vision  Emerging 5")
    assert '"../sent/v0.yaml" and "../sent/copy.yaml" are the same view, so it is counted once\n' in err
    assert (
        "5 of 8 codes are counted, each once\n"
        '  left out, no code: 2 files: "../sent/forged-1.yaml", "../sent/forged-2.yaml"\n'
        '  left out, a code that is on no list given: 2 files: "../sent/forged-3.yaml", "../sent/forged-4.yaml"\n'
        "  left out, a code that another file has too, so that neither can be told from a forgery: 2 files:"
        ' "../sent/v5.yaml", "../sent/forged-5.yaml"\n'
        "5 participants' files read\n"
    ) in err
    assert not [one for one in (*CODES, ELSEWHERE, "MARK", "cannot be told;") if one in f"{out}{err}{here.draft}"]
    assert here.is_in_order()


def test_what_is_left_out_is_not_judged_otherwise(here: Here) -> None:
    files = [here.sent(f"v{number}.yaml", coded(number, CODES[number])) for number in range(5)]
    files += [here.sent("a.yaml", view(30, ["no-stage"])), here.sent("b.yaml", view(31, [], matrix="other@1"))]
    assert "Emerging 5" in here.run(*files, *TO, "--codes", here.sent("codes.txt", "\n".join(CODES)), "--yes")[1]


def test_two_people_may_have_used_one_page_one_after_the_other(here: Here) -> None:
    files = [here.sent(f"v{number}.yaml", coded(7, CODES[number])) for number in range(5)]
    assert "Emerging 5" in here.run(*files, *TO, "--codes", here.sent("codes.txt", "\n".join(CODES)), "--yes")[1]


@pytest.mark.parametrize(
    "list_of",
    [
        lambda codes: "\n".join(codes).encode(),
        lambda codes: b"\xef\xbb\xbf# a list\r\n\r\n" + "  # spare\r\n".join(codes).lower().encode(),
        lambda codes: "\n".join(code.replace("-", " ") for code in codes).encode("utf-16"),
        lambda codes: b"# \xff\xfe caf\xe9\n" + "\n".join(code.replace("-", "") for code in codes).encode(),
        lambda codes: "\r".join(f"  {code}  " for code in [*codes, *codes]).encode(),
    ],
)
def test_a_list_is_read_however_it_was_kept(here: Here, list_of: object) -> None:
    files = [here.sent(f"v{number}.yaml", coded(number, CODES[number].lower())) for number in range(5)]
    codes = here.sent("codes.txt", list_of(CODES[:6]))  # type: ignore[operator]
    _, out, err = here.run(*files, *TO, "--codes", codes, "--yes")
    assert "Emerging 5" in out and "5 of 6 codes are counted, each once" in err


def test_the_codes_of_several_runs_count_together(here: Here) -> None:
    files = [here.sent(f"v{number}.yaml", coded(number, CODES[number])) for number in range(5)]
    lists = [here.sent("one.txt", "\n".join(CODES[:3])), here.sent("two.txt", "\n".join(CODES[3:6]))]
    _, out, err = here.run(*files, *TO, "--codes", lists[0], "--codes", lists[1], "--yes")
    assert "Emerging 5" in out and "5 of 6 codes are counted, each once" in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", '"../sent/codes.txt" holds no codes'),
        ("# nothing\n\n", '"../sent/codes.txt" holds no codes'),
        (f"{CODES[0]}\n  {CODES[1]} MARK Smith\n", "../sent/codes.txt:2:3: this is no code, or there is a mistake in"),
        (f"{CODES[0][:-1]}{'2' if CODES[0][-1] != '2' else '3'}\n", "../sent/codes.txt:1:1: this is no code"),
        ("MARK\n" * 30, "and 10 more lines"),
        ("# a comment\n" * 100_000, "is too large for a list of codes"),
    ],
)
def test_a_list_that_is_none_is_refused(here: Here, text: str, said: str) -> None:
    file = here.sent("v.yaml", coded(0, CODES[0]))
    err = here.refused(file, *TO, "--codes", here.sent("codes.txt", text), "--yes")
    assert said in err and "MARK" not in err and CODES[0] not in err


def test_a_list_in_the_workspace_or_that_is_not_there_is_refused(here: Here) -> None:
    file = here.sent("v.yaml", coded(0, CODES[0]))
    (here.root / "codes.txt").write_text(CODES[0], "utf-8")
    assert '--codes "codes.txt" lies in the workspace' in here.refused(file, *TO, "--codes", "codes.txt")
    assert '"../none.txt" cannot be opened' in here.refused(file, *TO, "--codes", "../none.txt")
    assert '"../sent" cannot be opened' in here.refused(file, *TO, "--codes", "../sent")


def test_with_no_file_that_has_a_code_nothing_is_written(here: Here) -> None:
    files = [here.sent(f"v{number}.yaml", coded(number, CODES[number])) for number in range(5)]
    err = here.refused(*files, *TO, "--codes", here.sent("codes.txt", ELSEWHERE), "--yes")
    assert "0 of 1 code is counted" in err and "nobody has rated any theme" in err


def test_codes_are_for_participants_files(here: Here) -> None:
    sheet = here.sent("a.csv", as_csv([["vision"], ["1"]]))
    codes = here.sent("codes.txt", CODES[0])
    assert "--codes is for participants' files, and none is given" in here.refused(sheet, *TO, "--codes", codes)
    assert "so --codes does not go with it" in here.refused("--template", "../t.xlsx", "--codes", codes)


def test_without_codes_it_is_said_that_nothing_tells_who_sent_the_files(here: Here) -> None:
    cannot = "whether these files come from the people who were asked, and one from each, cannot be told; "
    files = [here.sent(f"v{number}.yaml", coded(number, None)) for number in range(5)]
    assert f"{cannot}one-time codes tell that: pbp form --help\n" in here.run(*files, *TO, "--dry-run")[2]
    files.append(here.sent("coded.yaml", coded(9, CODES[0])))
    assert f"{cannot}some hold codes: give the list" in here.run(*files, *TO, "--dry-run")[2]
    assert cannot not in here.run(here.sent("a.csv", as_csv([["vision"], *[["1"]] * 5])), *TO, "--dry-run")[2]


def test_a_hostile_code_is_an_unknown_one_and_is_not_shown(here: Here) -> None:
    from pbpmaturity.workspace.write import scalar

    files = [here.sent(f"v{number}.yaml", coded(number, scalar(text))) for number, text in enumerate(HOSTILE)]
    err = here.refused(*files, *TO, "--codes", here.sent("codes.txt", CODES[0]), "--yes")
    assert "0 of 1 code is counted, each once" in err and not UNSEEN.search(err)
