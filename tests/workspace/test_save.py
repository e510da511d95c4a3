"""What is written is the old or the new, whole, wherever writing is ended; and what a killed run left goes."""

import os
import shutil
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from writing import Failure, failing_at, files_in, full_disk, held_open, interruption, killed_at

from pbpmaturity.errors import PbpError
from pbpmaturity.workspace import scratch
from pbpmaturity.workspace.interruption import handled_by, uninterrupted
from pbpmaturity.workspace.outgoing import written_folder
from pbpmaturity.workspace.save import write_new, write_output
from pbpmaturity.workspace.site_folder import LIST, site_folder, written_site

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="plays Windows, and kills processes, as Linux can")

OLD, NEW = ("a.csv", "b.csv", "c.csv", "x/d.csv", "x/e.csv"), ("a.csv", "b.csv", "c.csv", "x/e.csv", "y/f.csv")


def write(folder: Path, names: tuple[str, ...], text: str) -> None:
    """Write files into a folder, in the place of all that an earlier run wrote there."""
    with written_folder(folder, lambda found: [name for name in (*OLD, *NEW) if (found / name).exists()]) as open_file:
        for name in names:
            with open_file(name) as stream:
                stream.write(f"{text} {name}".encode())


def state(names: tuple[str, ...], text: str) -> dict[str, bytes]:
    return {f"out/{name}": f"{text} {name}".encode() for name in names}


def old_folder(root: Path) -> None:
    write(root / "out", OLD, "old")
    (root / "out" / "mine.txt").write_bytes(b"mine")


def write_public_site(root: Path) -> None:
    with written_site(site_folder(root / "out", PUBLIC, is_forced=False)) as open_file:
        for name in PUBLIC:
            with open_file(name) as stream:
                stream.write(b"public")


PUBLIC = ("index.html", "places/alder.html")
PARTNERS = ("index.html", "places/alder.html", "places/birch.html", "themes/data.html")
MINE = {"out/mine.txt": b"mine"}

# What is there, what is done, and all that may be there afterwards.
CASES: dict[str, tuple[Callable[[Path], object], Callable[[Path], object], tuple[dict[str, bytes], ...]]] = {
    "a file in the place of another": (
        lambda root: (root / "f").write_bytes(b"old"),
        lambda root: write_output(root / "f", "new"),
        ({"f": b"old"}, {"f": b"new"}),
    ),
    "a file that must not be there": (
        lambda root: None,
        lambda root: write_new(root / "f", b"new"),
        ({}, {"f": b"new"}),
    ),
    "a new folder": (lambda root: None, lambda root: write(root / "out", NEW, "new"), ({}, state(NEW, "new"))),
    "a folder in the place of another": (
        old_folder,
        lambda root: write(root / "out", NEW, "new"),
        (state(OLD, "old") | MINE, state(NEW, "new") | MINE),
    ),
}


def left_by(root: Path) -> list[str]:
    return [path.name for path in root.rglob(".pbp-*")]


@pytest.mark.parametrize("failure", [full_disk, interruption])
@pytest.mark.parametrize("case", CASES)
def test_a_step_that_fails_leaves_the_old_or_the_new_and_nothing_else(
    tmp_path: Path, case: str, failure: Failure
) -> None:
    before, work, allowed = CASES[case]
    for number in range(1, 200):
        root = tmp_path / str(number)
        root.mkdir()
        before(root)
        with failing_at(number, failure, "replace", "rename", "link", "fsync") as tried:
            try:
                work(root)
            except (OSError, PbpError, KeyboardInterrupt):
                pass
            else:
                assert len(tried) < number or case == "a file that must not be there"
        assert (files_in(root), left_by(root)) in [(one, []) for one in allowed], (number, tried)
        if len(tried) < number:
            break
    assert number > 2 and files_in(root) == allowed[-1]


@pytest.mark.parametrize("case", CASES)
def test_what_a_killed_process_left_is_ended_by_the_next_and_told(tmp_path: Path, case: str) -> None:
    before, work, allowed = CASES[case]
    scratch.clean_up()
    for number in range(1, 200):
        root = tmp_path / str(number)
        root.mkdir()
        before(root)
        was_killed = killed_at(number, lambda root=root: work(root))
        if not was_killed:
            break
        found, has_left = files_in(root), left_by(root)
        assert has_left or found in allowed
        if case == "a file that must not be there" and found:
            continue
        work(root)
        assert (files_in(root), left_by(root)) == (allowed[-1], [])
        said = " ".join(scratch.clean_up())
        assert "an interrupted run had" in said or not has_left
    assert number > 5


def test_while_files_are_swapped_no_old_one_is_beside_a_new_one(tmp_path: Path) -> None:
    for number in range(1, 200):
        root = tmp_path / str(number)
        root.mkdir()
        old_folder(root)
        if not killed_at(number, lambda root=root: write(root / "out", NEW, "new"), "replace", "rename"):
            break
        found = {path: text for path, text in files_in(root).items() if "/.pbp-" not in f"/{path}"}
        assert len({text.split()[0] for text in found.values()} - {b"mine"}) <= 1
        assert found["out/mine.txt"] == b"mine"
    assert number > 10


def test_no_page_for_partners_stays_in_a_folder_of_pages_for_the_public(tmp_path: Path) -> None:
    """Whenever the partners' run was killed, also if nobody made the folder before."""

    def partners(root: Path) -> None:
        with written_site(site_folder(root / "out", PARTNERS, is_forced=False)) as open_file:
            for name in PARTNERS:
                with open_file(name) as stream:
                    stream.write(b"partners")

    for is_new in (True, False):
        for number in range(1, 200):
            root = tmp_path / f"{is_new}-{number}"
            root.mkdir()
            if not is_new:
                write_public_site(root)
            was_killed = killed_at(number, lambda root=root: partners(root))
            pages = {path for path in files_in(root) if path.startswith("out/") and path.endswith(".html")}
            listed = (root / "out" / LIST).read_text() if (root / "out" / LIST).exists() else ""
            assert all(path.removeprefix("out/") in listed for path in pages)
            write_public_site(root)
            assert b"partners" not in files_in(root).values() and left_by(root) == []
            assert {path.removeprefix("out/") for path in files_in(root)} == {LIST, *PUBLIC}
            if not was_killed:
                break
        assert number > 10


def test_a_run_that_ends_meanwhile_leaves_no_page_of_its_own(tmp_path: Path) -> None:
    folder = site_folder(tmp_path / "out", PUBLIC, is_forced=False)
    with written_site(folder) as open_file:
        with written_site(site_folder(tmp_path / "out", PARTNERS, is_forced=False)) as open_other:
            for name in PARTNERS:
                open_other(name).write(b"partners")
        for name in PUBLIC:
            open_file(name).write(b"public")
    assert set(files_in(tmp_path / "out")) == {LIST, *PUBLIC}


@pytest.mark.parametrize("name", OLD)
def test_a_file_held_open_is_named_and_the_old_ones_stay(tmp_path: Path, name: str) -> None:
    old_folder(tmp_path)
    with held_open(tmp_path / "out" / name), pytest.raises(PbpError) as raised:
        write(tmp_path / "out", NEW, "new")
    assert f'out/{name}" cannot be written' in raised.value.message and "close it" in (raised.value.hint or "")
    assert (files_in(tmp_path), left_by(tmp_path)) == (state(OLD, "old") | MINE, [])
    with held_open(tmp_path / "out" / name, tries=7):
        write(tmp_path / "out", NEW, "new")
    assert files_in(tmp_path) == state(NEW, "new") | MINE


def test_what_cannot_be_put_back_is_finished_by_the_next_run(tmp_path: Path) -> None:
    old_folder(tmp_path)
    real, count = os.replace, [0]

    def replace(source: Path, target: Path) -> None:
        count[0] += 1
        if count[0] > len(OLD) + 4:  # in the midst of it, and for good
            full_disk()
        real(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(PbpError, match="could not be put back as it was: No space left"):
            write(tmp_path / "out", NEW, "new")
    scratch.clean_up()
    write(tmp_path / "out", NEW, "newer")
    assert (files_in(tmp_path), left_by(tmp_path)) == (state(NEW, "newer") | MINE, [])
    assert scratch.clean_up() == [f"finished what an interrupted run had begun to write: {tmp_path / 'out'}"]


def test_what_was_begun_for_a_folder_that_is_gone_is_dropped(tmp_path: Path) -> None:
    old_folder(tmp_path)
    assert killed_at(12, lambda: write(tmp_path / "out", NEW, "new"), "replace")
    assert list(tmp_path.glob(f".pbp-*/{scratch.JOURNAL}"))
    shutil.rmtree(tmp_path / "out")
    for text in ("newer", "newest"):
        write(tmp_path / "out", NEW, text)
        assert (files_in(tmp_path), left_by(tmp_path)) == (state(NEW, text), [])
    assert "removed what an interrupted run had left" in scratch.clean_up()[0]


def test_what_another_run_is_at_is_left_alone(tmp_path: Path) -> None:
    with scratch.scratch(tmp_path) as mine:
        (mine / "new").write_bytes(b"half")
        write_output(tmp_path / "f", "new")
        assert (mine / "new").read_bytes() == b"half"
    assert (files_in(tmp_path), scratch.clean_up()) == ({"f": b"new"}, [])


@pytest.mark.parametrize(("hours", "stays"), [(1, True), (25, False)])
@pytest.mark.parametrize("name", [".pbp-00000000-abcdefgh", ".pbp-abcdefgh"])
def test_what_may_be_another_computers_is_left_alone_for_a_day(
    tmp_path: Path, name: str, hours: int, stays: bool
) -> None:
    path = tmp_path / name
    path.mkdir()
    (path / "new").write_bytes(b"half")
    then = time.time() - hours * 3600
    os.utime(path, (then, then))
    write_output(tmp_path / "f", "new")
    assert path.exists() == stays
    assert len(scratch.clean_up()) == (not stays)


@pytest.mark.parametrize("name", [".pbp", ".pbp-notes", ".pbp-mine.txt", "pbp-abcdefgh"])
def test_what_only_has_a_name_like_it_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "new").write_bytes(b"mine")
    write_output(tmp_path / "f", "new")
    assert (tmp_path / name / "new").read_bytes() == b"mine"


@pytest.mark.parametrize(
    "names", ['["../mine.txt"]', '["/etc/hostname"]', '["x/../../mine.txt"]', '["..\\\\mine.txt"]']
)
def test_a_journal_that_names_files_elsewhere_moves_none(tmp_path: Path, names: str) -> None:
    old_folder(tmp_path)
    (tmp_path / "mine.txt").write_bytes(b"mine")
    assert killed_at(12, lambda: write(tmp_path / "out", NEW, "new"), "replace")
    (journal,) = tmp_path.glob(f".pbp-*/{scratch.JOURNAL}")
    journal.write_text(f'{{"folder": "out", "names": [], "gone": {names}}}')
    write(tmp_path / "out", NEW, "newer")
    assert (tmp_path / "mine.txt").read_bytes() == b"mine"
    assert "nobody can tell what it was for" in scratch.clean_up()[0]


def test_sixteen_at_once_leave_the_files_of_one(tmp_path: Path) -> None:
    old_folder(tmp_path)
    children = []
    for number in range(16):
        child = os.fork()
        if child == 0:
            try:
                write(tmp_path / "out", NEW, str(number))
                write_output(tmp_path / "f", str(number) * 1000)
            except BaseException:
                os._exit(1)
            os._exit(0)
        children.append(child)
    assert {os.waitpid(child, 0)[1] for child in children} == {0}
    found = files_in(tmp_path)
    assert len(set(found.pop("f").decode().split())) == 1
    del found["out/mine.txt"]
    assert len({text.split()[0] for text in found.values()}) == 1 and len(found) == len(NEW)
    assert left_by(tmp_path) == []


def test_a_signal_waits_for_a_step_that_must_not_stop_half_way() -> None:
    done: list[str] = []

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        with handled_by(stop), pytest.raises(KeyboardInterrupt), uninterrupted():
            signal.raise_signal(number)
            done.append("to its end")
    assert len(done) == 3


def test_what_nohup_ignores_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with handled_by(lambda *_: pytest.fail("it was not ignored")):
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.fixture
def mask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.mark.usefixtures("mask")
def test_permissions_are_those_of_other_new_files_and_private_ones_are_their_owners(tmp_path: Path) -> None:
    write_output(tmp_path / "f", "new")
    write_new(tmp_path / "new", b"")
    write_new(tmp_path / "private", b"", is_private=True)
    write(tmp_path / "out", NEW, "new")
    (tmp_path / "f").chmod(0o604)
    write_output(tmp_path / "f", "newer")
    modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("f", "new", "private", "out", "out/x")}
    assert modes == {"f": 0o604, "new": 0o640, "private": 0o600, "out": 0o750, "out/x": 0o750}
    assert stat.S_IMODE((tmp_path / "out" / "a.csv").stat().st_mode) == 0o640


def test_where_a_file_has_one_name_only_a_new_one_is_still_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    write_new(tmp_path / "f", b"one")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "f", b"two")
    assert files_in(tmp_path) == {"f": b"one"}
