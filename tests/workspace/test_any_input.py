"""Whatever bytes a file holds, they are data or findings: no crash, no hang, no more memory than is promised."""

import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from building import ROOT, MakeWorkspace, Pbp, without_hanging
from fuzz.fuzz_read import WORDS, hold_to_promises
from hypothesis import given, settings
from hypothesis import strategies as st
from large_inputs import LARGE, TOO_LARGE

from pbpmaturity.model.assessment import Assessment
from pbpmaturity.workspace.guard import Unreadable
from pbpmaturity.workspace.read import read_file
from pbpmaturity.workspace.source import read

EXAMPLES = ROOT / "tests" / "examples"
HOSTILE = sorted((EXAMPLES / "hostile").glob("*.yaml"))
OTHERS = sorted(
    path for kind in ("good", "broken") for path in (EXAMPLES / kind).rglob("*.yaml") if path.stat().st_size < 10_000
)
DISTINCT = sorted({path.read_bytes() for path in [*HOSTILE, *OTHERS]})
SMALL = [data for data in DISTINCT if len(data) < 1000]
MOST_MEMORY = 200 << 20


def test_there_are_hostile_files() -> None:
    assert len(HOSTILE) > 80
    assert len(OTHERS) > 60
    assert all(path.stat().st_size < 20_000 for path in HOSTILE)


@pytest.mark.both_parsers
@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_a_hostile_file_is_data_or_findings(path: Path) -> None:
    with without_hanging():
        hold_to_promises(path.read_bytes())


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_validate_says_what_is_wrong_with_a_hostile_file(path: Path, pbp: Pbp, tmp_path: Path) -> None:
    shutil.copyfile(path, tmp_path / path.name)
    with without_hanging():
        done = pbp("validate", path.name, at=tmp_path)
    assert done.code in (0, 1, 2), done
    _is_plain(done.out + done.err)
    *findings, summary = done.out.splitlines()
    finding = re.compile(rf"{re.escape(path.name)}:[1-9]\d*:[1-9]\d*: (error|warning|note) PBP\d{{3}} .+")
    assert [line for line in findings if not finding.fullmatch(line)] == []
    assert summary.startswith("1 file checked: "), summary


def test_validate_reads_a_workspace_of_hostile_files(workspace: MakeWorkspace, pbp: Pbp) -> None:
    files = {f"assessments/northam/2024-01-{number:02}.yaml": data for number, data in enumerate(DISTINCT, 1)}
    root = workspace({**files, "pbp.yaml": "places: {northam: {name: Northam}}\n"})
    with without_hanging():
        done = pbp("validate", at=root)
    assert done.code == 1, done
    _is_plain(done.out + done.err)
    assert "::error::" not in [line[:9] for line in done.out.splitlines()]


def _is_plain(text: str) -> None:
    assert not [character for character in text if character != "\n" and not character.isprintable()]


@pytest.mark.both_parsers
@pytest.mark.parametrize("part", range(8))
def test_a_file_cut_short_is_data_or_findings(part: int) -> None:
    for data in DISTINCT[part::8]:
        for place in _places(data):
            with without_hanging():
                hold_to_promises(data[:place], ())


def _places(data: bytes) -> range:
    """Return places in the bytes, fewer where they are many."""
    most = 100 if len(data) < 250 else 8 if len(data) < 2000 else 4
    return range(0, len(data), max(1, len(data) // most))


@pytest.mark.both_parsers
@settings(max_examples=500, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_a_changed_file_is_data_or_findings(seed: int, changes: int) -> None:
    choose = random.Random(seed)
    data = choose.choice(SMALL)
    for _ in range(changes):
        start, end = sorted((choose.randrange(len(data) + 1), choose.randrange(len(data) + 1)))
        part = choose.choice(
            [choose.choice(WORDS).encode(), bytes([choose.randrange(256)]), data[start:end], choose.choice(SMALL)[:80]]
        )
        place = choose.randrange(len(data) + 1)
        data = data[:place] + part + data[place + choose.randrange(6) :]
    with without_hanging():
        hold_to_promises(data[:2000])


@pytest.mark.both_parsers
@settings(max_examples=500, deadline=None)
@given(
    st.binary(max_size=200) | st.lists(st.sampled_from(WORDS), max_size=30).map(lambda words: "".join(words).encode())
)
def test_any_bytes_are_data_or_findings(data: bytes) -> None:
    with without_hanging():
        hold_to_promises(data)


@pytest.mark.parametrize("name", LARGE)
def test_a_file_as_large_as_is_allowed_is_read(name: str) -> None:
    with without_hanging():
        assert read(LARGE[name]).data


@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_file_that_is_too_large_is_refused_as_that(name: str) -> None:
    with without_hanging(), pytest.raises(Unreadable) as refused:
        read(TOO_LARGE[name])
    assert refused.value.rule.code == "PBP010"


GUARDED = {
    "brackets-one-too-deep": ("PBP009", 6, 28),
    "brackets-five-too-deep": ("PBP009", 6, 28),
    "brackets-one-too-deep-and-open": ("PBP001", 7, 1),
    "brackets-five-too-deep-and-open": ("PBP001", 7, 1),
    "braces-one-too-deep": ("PBP009", 6, 85),
    "braces-five-too-deep": ("PBP009", 6, 85),
    "dashes-one-too-deep": ("PBP009", 7, 39),
    "dashes-five-too-deep": ("PBP009", 7, 39),
    "indentation-one-too-deep": ("PBP009", 26, 21),
    "indentation-five-too-deep": ("PBP009", 26, 21),
    "question-marks-one-too-deep": ("PBP009", 1, 41),
    "question-marks-five-too-deep": ("PBP009", 1, 41),
    "aliases-of-two-levels": ("PBP006", 1, 4),
    "merge-keys-of-two-levels": ("PBP006", 1, 4),
    "alias-in-a-list": ("PBP006", 8, 10),
    "anchor-on-the-whole": ("PBP006", 1, 1),
    "directive-yaml-12": ("PBP008", 1, 1),
    "tag-of-python-tuple": ("PBP007", 8, 10),
    "number-one-digit-too-long": ("PBP103", 7, 56),
    "number-five-digits-too-long": ("PBP103", 7, 56),
}
"""Which guard acts, and where."""


@pytest.mark.parametrize("name", GUARDED)
def test_the_guard_that_is_meant_acts_and_where_it_should(name: str) -> None:
    data = (EXAMPLES / "hostile" / f"{name}.yaml").read_bytes()
    found = read_file(data, "x.yaml", Assessment).diagnostics[0]
    assert (found.rule.code, found.line, found.column) == GUARDED[name], found.message


@pytest.mark.both_parsers
def test_reading_takes_no_more_memory_than_is_promised() -> None:
    folders = [str(ROOT / "src"), str(ROOT / "tests")]
    done = subprocess.run([sys.executable, "-c", MEMORY_RUN, *folders], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < MOST_MEMORY


MEMORY_RUN = """
import os, resource, sys
if os.fork():  # since a process begins with the peak of the one that started it
    _, status = os.wait()
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
    sys.exit(os.waitstatus_to_exitcode(status))
sys.path[:0] = sys.argv[1:]
from pathlib import Path
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.workspace.read import read_file
for path in sorted((Path(sys.argv[2]) / "examples" / "hostile").glob("*.yaml")):
    read_file(path.read_bytes(), path.name, Assessment)
from large_inputs import LARGE, TOO_LARGE
for data in (*LARGE.values(), *TOO_LARGE.values()):
    read_file(data, "x.yaml", Assessment)
"""
