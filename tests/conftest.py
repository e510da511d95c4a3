"""Fixtures that all tests share: running the command as a person would, and making small workspaces."""

import os
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from building import ROOT, MakeWorkspace, Outcome, Pbp, Snapshot

from pbpmaturity.cli.app import run


@pytest.fixture(scope="session", autouse=True)
def _signals_are_heard() -> None:
    """Let signals end what the tests start, also where a shell has them ignored: in the background, or by nohup."""
    for name, heard in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, heard)


@pytest.fixture
def pbp(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Pbp:
    """Run the command in this process, in a folder, and return its exit code and output."""

    def call(*arguments: str, at: Path = ROOT) -> Outcome:
        monkeypatch.chdir(at)
        capsys.readouterr()
        code = run(arguments, version="0.0")
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


@pytest.fixture
def workspace(tmp_path: Path) -> MakeWorkspace:
    """Write files into a new folder and return it."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "workspace"
        (root / "assessments").mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "GITHUB_WORKSPACE", "CI_PROJECT_DIR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """With PBP_REQUIRE_ALL, make a skipped test a failure: what was not tested must not look tested."""
    return _required((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """With PBP_REQUIRE_ALL, make a skipped module a failure too."""
    return _required((yield))


def _required(report: Any) -> Any:
    if report.skipped and os.environ.get("PBP_REQUIRE_ALL"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and PBP_REQUIRE_ALL is set: {report.longrepr}"
    return report


@pytest.fixture
def expect_whole() -> Snapshot:
    """Compare a whole output with the file kept of it; PBP_UPDATE_SNAPSHOTS=1 writes the files anew."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "snapshots" / name
        if os.environ.get("PBP_UPDATE_SNAPSHOTS"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()

    return compare
