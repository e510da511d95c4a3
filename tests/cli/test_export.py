"""pbp export: where the tables go, what stops it, and that what was there stays until the new ones are whole."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from building import RIVERSIDE, ROOT, MakeWorkspace, Pbp, Snapshot, assessment_text
from exporting import FILES

from pbpmaturity.exchange.columns import TABLES

BROKEN = {**FILES, "assessments/midvale/2025-01.yaml": "place: ["}
CSV = sorted(f"{name}.csv" for name in TABLES)


def names(folder: Path) -> list[str]:
    """Return every file below a folder, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_whole_outputs(pbp: Pbp, workspace: MakeWorkspace, expect_whole: Snapshot, tmp_path: Path) -> None:
    root = workspace(FILES)
    outcome = pbp("export", "-o", "../tables", "--as-of", "2025-02-01", at=root)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.splitlines() == [
        "shared with nobody (share: private), so take care whom you give this to: East Vale",
        "wrote ../tables/: 7 assessments of 3 Places",
    ]
    assert names(tmp_path / "tables") == CSV
    for name in CSV:
        expect_whole(f"export-{name}", (tmp_path / "tables" / name).read_bytes().decode())
    expect_whole("export.jsonl", pbp("export", "farvale", "--format", "json", at=root).out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "an export is several tables: say where they go, or print them as JSON"),
        (["--format", "csv"], "csv cannot be printed: say where it goes with -o"),
        (["--format", "xlsx", "-o", "-"], "xlsx cannot be printed: say where it goes with -o"),
        (["--format", "parquet"], "as in: pbp export --format parquet -o tables"),
        (["-o", "t.csv"], '"t.csv" is named as a file, and csv is a folder'),
        (["--format", "parquet", "-o", "t.json"], '"t.json" is named as a file, and parquet is a folder'),
        (["--format", "xlsx", "-o", "t"], '"t" would not open in Excel'),
        (["-o", "t.pdf"], 'the ending of "t.pdf" does not tell the format'),
        (["--format", "json", "-o", "assessments"], '"assessments" is a folder, and json is one file'),
        (["-o", "no/such"], '"no/such" cannot be written: No such file or directory'),
        (["-o", "no/such"], 'there is no folder "no"; make it first'),
        (["-o", "assessments/northam"], '"assessments/northam" is a place for files that reports are made from'),
        (["-o", "matrices"], '"matrices" is a place for files'),
        (["--format", "parquet", "-o", "."], '"." is a place for files'),
        (["--format", "json", "-o", "pbp.yaml"], '"pbp.yaml" is a place for files'),
        (["northm", "-o", "t"], 'there is no Place "northm" here; did you mean "northam"?'),
        (["-o", "t", "--as-of", "soon"], '--as-of "soon" is not a date'),
    ],
)
def test_wrong_usage_writes_nothing(pbp: Pbp, tmp_path: Path, arguments: list[str], said: str) -> None:
    assert pbp("init", "w", "--example", at=tmp_path).code == 0
    before = names(tmp_path)
    outcome = pbp("export", *arguments, at=tmp_path / "w")
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert names(tmp_path) == before


def test_a_file_in_the_place_of_the_folder(pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "t").write_text("mine")
    outcome = pbp("export", "-o", str(tmp_path / "t"), at=RIVERSIDE)
    assert outcome.code == 2
    assert "is a file, and the tables go into a folder" in outcome.err
    assert (tmp_path / "t").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "format_"),
    [("t", "csv"), ("t.v1", "csv"), ("T.XLSX", "xlsx"), ("t.json", "json"), ("t.jsonl", "json"), ("t.ndjson", "json")],
)
def test_the_ending_tells_the_format(pbp: Pbp, tmp_path: Path, name: str, format_: str) -> None:
    target = tmp_path / name
    if format_ == "csv":
        target.mkdir()
    assert pbp("export", "-o", str(target), at=RIVERSIDE).code == 0
    if format_ == "csv":
        assert names(target) == CSV
    else:
        assert target.read_bytes().startswith(b"PK" if format_ == "xlsx" else b'{"schema": "pbp.export/1", "table": ')


@pytest.mark.parametrize("arguments", [["-o", "../t"], ["-o", "../t.xlsx"], ["--format", "parquet", "-o", "../t"]])
def test_a_run_that_fails_leaves_the_old_export_whole(
    pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path, arguments: list[str]
) -> None:
    root = workspace(FILES)
    assert pbp("export", *arguments, at=root).code == 0
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    (root / "assessments" / "midvale" / "2025-01.yaml").write_text("place: [")
    outcome = pbp("export", *arguments, at=root)
    assert outcome.code == 2
    assert outcome.err.splitlines()[0] == "pbp: 1 file cannot be used, so nothing was exported"
    assert outcome.err.splitlines()[1].startswith("  assessments/midvale/2025-01.yaml:1:")
    after = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    del after["workspace/assessments/midvale/2025-01.yaml"]
    assert after == before


def test_nothing_is_printed_if_a_file_is_broken_not_even_the_places_before_it(
    pbp: Pbp, workspace: MakeWorkspace
) -> None:
    outcome = pbp("export", "--format", "json", at=workspace(BROKEN))
    assert (outcome.code, outcome.out) == (2, "")


def test_every_broken_file_is_named_up_to_a_dozen(pbp: Pbp, workspace: MakeWorkspace) -> None:
    files = {f"assessments/northam/20{year}-01.yaml": "place: [" for year in range(10, 25)}
    outcome = pbp("export", "-o", "../t", at=workspace({**files, **FILES}))
    assert outcome.code == 2
    lines = outcome.err.splitlines()
    assert lines[0] == "pbp: 15 files cannot be used, so nothing was exported"
    assert [line.split(":")[0].strip() for line in lines[1:13]] == list(files)[:12]
    assert lines[13] == "  and 3 more"
    assert len(lines) == 15


@pytest.mark.parametrize(
    "path", ["assessments/midvale/2025-01.yml", "assessments/2025-01.yaml", "assessments/Mid Vale/2025-01.yaml"]
)
def test_a_file_that_lies_where_it_is_not_read_stops_it_too(pbp: Pbp, workspace: MakeWorkspace, path: str) -> None:
    root = workspace({**FILES, path: assessment_text("midvale", "2025-01", {})})
    outcome = pbp("export", "-o", "../t", at=root)
    assert outcome.code == 2
    assert "1 file cannot be used, so nothing was exported" in outcome.err
    assert not (root.parent / "t").exists()
    others = pbp("export", "farvale", "-o", "../t", at=root)
    assert others.code == 0
    assert others.err.splitlines() == [
        "1 file could not be read; run pbp validate",
        "wrote ../t/: 2 assessments of 1 Place",
    ]


def test_some_places_only(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace(BROKEN)
    outcome = pbp("export", "farvale", "eastvale", "--format", "json", at=root)
    assert outcome.code == 0
    assert {json.loads(line)["place"] for line in outcome.out.splitlines()} == {"eastvale", "farvale"}
    assert pbp("export", "midvale", "--format", "json", at=root).code == 2


def test_a_workspace_without_an_assessment(pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path) -> None:
    root = workspace({"pbp.yaml": "places:\n  northam: {}\n", "assessments/northam/.gitkeep": ""})
    for arguments in ([], ["northam"]):
        outcome = pbp("export", *arguments, "-o", "../t", at=root)
        assert (outcome.code, outcome.err.splitlines()[0]) == (2, "pbp: there is no assessment to export")
    assert not (tmp_path / "t").exists()
    (root / "assessments" / "southam").mkdir()
    (root / "assessments" / "southam" / "2024-01.yaml").write_text(assessment_text("southam", "2024-01", {}))
    (root / "pbp.yaml").unlink()
    outcome = pbp("export", "--format", "parquet", "-o", "../t", at=root)
    assert outcome.err.splitlines() == [
        "without any assessment: Northam",
        "wrote ../t/: 1 assessment of 1 Place",
    ]
    assert names(tmp_path / "t") == sorted(f"{name}/place=southam/part-0.parquet" for name in TABLES)


def test_what_is_gone_does_not_stay_and_what_is_not_ours_does(
    pbp: Pbp, workspace: MakeWorkspace, tmp_path: Path
) -> None:
    root = workspace(FILES)
    arguments = ("export", "--format", "parquet", "-o", "../t")
    assert pbp(*arguments, at=root).code == 0
    kept = [tmp_path / "t" / "notes.txt", tmp_path / "t" / "ratings" / "place=farvale" / "notes.txt"]
    kept.append(tmp_path / "t" / "others" / "place=farvale" / "part-0.parquet")
    for path in kept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
    for path in (root / "assessments" / "farvale").iterdir():
        path.unlink()
    assert pbp(*arguments, at=root).code == 0
    found = {tmp_path / "t" / name for name in names(tmp_path / "t")}
    assert found - set(kept) == {
        tmp_path / "t" / name / f"place={place}" / "part-0.parquet"
        for name in TABLES
        for place in ("eastvale", "midvale")
    }
    assert set(kept) <= found
    assert not (tmp_path / "t" / "views" / "place=farvale").exists()
    assert (tmp_path / "t" / "ratings" / "place=farvale").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_others_may_read_what_is_written(pbp: Pbp, tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        for target in ("t", "t.xlsx", "t.json"):
            assert pbp("export", "-o", str(tmp_path / target), at=RIVERSIDE).code == 0
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "t").stat().st_mode) == 0o755
    for path in ("t/ratings.csv", "t.xlsx", "t.json"):
        assert stat.S_IMODE((tmp_path / path).stat().st_mode) == 0o644


@pytest.mark.parametrize("target", ["t", "t.xlsx", "t.json"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_an_interruption_leaves_nothing_behind(
    pbp: Pbp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, stop: BaseException
) -> None:
    from pbpmaturity.cli.exporting import places

    seen = []

    def rows_of(shelf: object, day: object) -> object:
        seen.append(shelf)
        if len(seen) == 2:
            raise stop
        return real(shelf, day)  # type: ignore[arg-type]

    real = places.rows_of
    monkeypatch.setattr(places, "rows_of", rows_of)
    outcome = pbp("export", "-o", str(tmp_path / target), at=RIVERSIDE)
    assert outcome.code == (130 if stop is KeyboardInterrupt else 2)
    assert "cannot be written: No space left" in outcome.err or stop is KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("library", "extra", "arguments"),
    [("openpyxl", "excel", ["-o", "t.xlsx"]), ("pyarrow", "parquet", ["--format", "parquet", "-o", "t"])],
)
def test_a_part_that_is_not_installed_is_a_sentence(
    pbp: Pbp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, extra: str, arguments: list[str]
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    outcome = pbp("export", *arguments, "--workspace", str(RIVERSIDE), at=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert f'pip install "pbpmaturity[{extra}]"' in outcome.err and "export CSV, which needs none" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_csv_and_json_load_neither_openpyxl_nor_pyarrow(tmp_path: Path) -> None:
    code = (
        "import sys; from pbpmaturity.cli.app import run; run(['export', '-o', 't'], version='0');"
        "print([name for name in ('openpyxl', 'pyarrow', 'pandas', 'polars', 'rich', 'jinja2') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code.replace("'-o', 't'", f"'-o', {str(tmp_path / 't')!r}")]
    assert subprocess.run(command, cwd=RIVERSIDE, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_same_files_give_the_same_bytes_on_any_day(pbp: Pbp, tmp_path: Path) -> None:
    first: dict[str, bytes] = {}
    for run in ("a", "b"):
        (tmp_path / run).mkdir()
        for arguments in (["-o", "t"], ["-o", "t.xlsx"], ["--format", "parquet", "-o", "p"], ["-o", "t.json"]):
            name = str(tmp_path / run / arguments.pop())
            assert pbp("export", *arguments, name, at=RIVERSIDE).code == 0
        found = {name: (tmp_path / run / name).read_bytes() for name in names(tmp_path / run)}
        assert found == (first or found)
        first = found


def test_a_reader_that_goes_away_ends_nothing_but_the_printing() -> None:
    code = f"{sys.executable} -m pbpmaturity export --format json | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["table"] == "assessments"


def test_csv_beside_parquet_takes_nothing_away(pbp: Pbp, tmp_path: Path) -> None:
    foreign = tmp_path / "t" / "ratings" / "place=mine" / "part-0.parquet"
    foreign.parent.mkdir(parents=True)
    foreign.write_bytes(b"mine")
    assert pbp("export", "-o", str(tmp_path / "t"), at=RIVERSIDE).code == 0
    assert foreign.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("format_", "obstacle", "is_folder"),
    [("parquet", "views", False), ("csv", "views.csv", True), ("parquet", "ratings/place=northam", False)],
)
def test_what_is_in_the_way_is_named_before_anything_is_replaced(
    pbp: Pbp, tmp_path: Path, format_: str, obstacle: str, is_folder: bool
) -> None:
    folder = tmp_path / "t"
    path = folder / obstacle
    path.parent.mkdir(parents=True)
    path.mkdir() if is_folder else path.write_text("mine")
    outcome = pbp("export", "--format", format_, "-o", str(folder), at=RIVERSIDE)
    assert outcome.code == 2
    assert f'{obstacle}" is a {"folder" if is_folder else "file"} and in the way of the new tables' in outcome.err
    assert [one for one in folder.rglob("*") if one.is_file()] == ([] if is_folder else [path])


def test_a_folder_named_like_a_workbook_is_not_filled_with_csv(pbp: Pbp, tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").mkdir()
    outcome = pbp("export", "-o", str(tmp_path / "t.xlsx"), at=RIVERSIDE)
    assert outcome.code == 2 and "is a folder, and xlsx is one file" in outcome.err
    assert names(tmp_path) == []
