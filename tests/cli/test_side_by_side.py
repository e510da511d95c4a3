"""pbp import refuses what would tell, beside all that anybody can read of the Place, what a few people chose."""

import subprocess
from pathlib import Path

import pytest
from building import MakeWorkspace, Pbp, assessment_text, commit_all
from cli.test_import import DRAFT, FILES, Here
from sheets import as_csv

TO = ("--place", "northam", "--date", "2026-01", "--yes")
AGAIN = ("--place", "northam", "--date", "2026-02", "--yes")
TELLS = "would show what those few chose: Shared vision\n"


@pytest.fixture
def here(workspace: MakeWorkspace, pbp: Pbp) -> Here:
    return Here(workspace(FILES), pbp)


def sheet(here: Here, *counts: int, theme: str = "vision") -> str:
    """Lay down the answers of so many people at each stage, and return the file's path."""
    stages = ("Emerging", "Developing", "Maturing")
    rows = [[theme], *([stage] for stage, count in zip(stages, counts, strict=False) for _ in range(count))]
    return here.sent(f"{theme}-{'-'.join(map(str, counts))}.csv", as_csv(rows))


def tallied(date: str, views: str, *, status: str = "agreed", more: str = "", matrix: str = "small@1") -> str:
    text = assessment_text("northam", date, None, status=status, matrix=matrix, more=more)
    return f"{text}themes:\n  vision: {{stage: emerging, views: {{{views}}}}}\n"


def laid(here: Here, path: str, text: str) -> None:
    (here.root / path).parent.mkdir(parents=True, exist_ok=True)
    (here.root / path).write_text(text, "utf-8")


def git(here: Here, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=here.root, check=True, capture_output=True)


@pytest.mark.parametrize("status", ["agreed", "draft"])
@pytest.mark.parametrize("date", ["2025-11", "2026-01-20"])
def test_beside_another_file_of_the_place(here: Here, status: str, date: str) -> None:
    laid(here, f"assessments/northam/{date}.yaml", tallied(date, "emerging: 5", status=status))
    for more in ((), ("--replace-all",)):
        err = here.refused(sheet(here, 6), *TO, *more)
        assert f"northam@{date} has tallies already" in err and TELLS in err
        assert "--gathered FROM..TO" in err


@pytest.mark.parametrize(
    ("settings", "late", "is_told"),
    [
        ("", 4, True),
        ("", 5, False),
        ("fewest: 10", 9, True),
        ("fewest: 10", 10, False),
        ("smallest-cell: 8", 7, True),
        ("smallest-cell: 8", 8, False),
    ],
)
def test_as_many_must_be_new_as_a_tally_needs_to_be_seen(here: Here, settings: str, late: int, is_told: bool) -> None:
    laid(here, "pbp.yaml", f"{FILES['pbp.yaml']}privacy: {{{settings}}}\n" if settings else FILES["pbp.yaml"])
    laid(here, "assessments/northam/2025-11.yaml", tallied("2025-11", "emerging: 20"))
    code, _, err = here.run(sheet(here, 20 + late), *TO)
    assert (code == 2 and TELLS in err) if is_told else code == 0, err
    assert (here.root / DRAFT).exists() != is_told


@pytest.mark.parametrize(
    ("settings", "counts", "said"),
    [
        ("smallest-cell: 3", (22, 25), "fewer than five people, or fewer than three at one stage in some themes"),
        ("all-alike: withhold", (20, 26), "fewer than five people, or some who all chose the same in some themes"),
    ],
)
def test_what_is_new_must_be_a_tally_that_may_be_seen(
    here: Here, settings: str, counts: tuple[int, int], said: str
) -> None:
    laid(here, "assessments/northam/2025-11.yaml", tallied("2025-11", "emerging: 20, developing: 20"))
    laid(here, "pbp.yaml", f"{FILES['pbp.yaml']}privacy: {{{settings}}}\n")
    err = here.refused(sheet(here, *counts), *TO)
    assert f"from which these differ by {said}, so that" in err and TELLS in err
    laid(here, "pbp.yaml", FILES["pbp.yaml"])
    assert here.run(sheet(here, *counts), *TO)[0] == 0


def test_beside_a_draft_that_was_deleted_but_is_in_git(here: Here) -> None:
    here.imported(sheet(here, 5))
    commit_all(here.root)
    (here.root / DRAFT).unlink()
    for target in (TO, AGAIN):
        for more in ((), ("--replace-all",)):
            err = here.refused(sheet(here, 6), *target, *more)
            assert "assessments/northam/2026-01.yaml in commit " in err and TELLS in err
            assert "--replace-all does not help" in err


def test_beside_a_tally_that_only_another_branch_has(here: Here) -> None:
    commit_all(here.root)
    git(here, "checkout", "-q", "-b", "first")
    here.imported(sheet(here, 5))
    git(here, "add", ".")
    git(here, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "First")
    git(here, "checkout", "-q", "-")
    assert not (here.root / DRAFT).exists()
    assert TELLS in here.refused(sheet(here, 6), *TO)


def test_beside_a_tally_that_is_only_staged(here: Here) -> None:
    commit_all(here.root)
    here.imported(sheet(here, 5))
    git(here, "add", ".")
    (here.root / DRAFT).unlink()
    assert "assessments/northam/2026-01.yaml as git has it staged has tallies" in here.refused(sheet(here, 6), *TO)


def test_by_way_of_a_third_tally_that_git_has(here: Here) -> None:
    here.imported(sheet(here, 5))
    commit_all(here.root)
    here.imported(sheet(here, 20), "--replace-all")  # far from the first
    err = here.refused(sheet(here, 6), *TO, "--replace-all")  # far from the second, and near the first
    assert "in commit " in err and TELLS in err


def test_by_way_of_the_sum_of_two_parts(here: Here) -> None:
    laid(here, "assessments/northam/2025-11.yaml", tallied("2025-11", "emerging: 8"))
    laid(here, "assessments/northam/2025-12.yaml", tallied("2025-12", "developing: 7"))
    err = here.refused(sheet(here, 9, 8), *TO)
    assert "northam@2025-11 and northam@2025-12 have tallies already, from which, taken together, these differ" in err
    here.imported(sheet(here, 8, 12))


def test_a_draft_whose_tally_was_changed_by_hand_is_held_against_what_it_was(here: Here) -> None:
    here.imported(sheet(here, 5))
    commit_all(here.root)
    laid(here, DRAFT, here.draft.replace("emerging: 5", "emerging: 50"))
    assert "in commit " in here.refused(sheet(here, 6), *TO, "--replace-all")
    laid(here, DRAFT, here.draft.replace("    views: {emerging: 50}\n", "    views: {}\n"))
    assert "in commit " in here.refused(sheet(here, 6), *TO, "--replace-all")


def test_a_tally_under_five_that_was_typed_is_one_too(here: Here) -> None:
    laid(here, DRAFT, tallied("2026-01", "emerging: 4", status="draft"))
    assert "northam@2026-01 has tallies already" in here.refused(sheet(here, 5), *TO)


@pytest.mark.parametrize("name", ["2026-01.yaml~", "2026-01.yaml.bak", ".2026-01.yaml.swp.yaml"])
def test_an_editors_backup_can_be_read_too(here: Here, name: str) -> None:
    laid(here, f"assessments/northam/{name}", tallied("2026-01", "emerging: 5", status="draft"))
    code, _, err = here.run(sheet(here, 6), *TO)
    assert code == 2, err
    assert not (here.root / DRAFT).exists()


def test_a_version_that_says_what_no_assessment_can_say_is_read_all_the_same(here: Here) -> None:
    laid(here, DRAFT, tallied("2026-01", "emerging: 5", status="draft") + "colour: blue\n")
    commit_all(here.root)
    (here.root / DRAFT).unlink()
    assert "in commit " in here.refused(sheet(here, 6), *TO)


@pytest.mark.parametrize("date", ["2026-01", "2025-06"])
def test_a_broken_file_of_the_place_stops_the_import_and_is_named(here: Here, date: str) -> None:
    laid(here, f"assessments/northam/{date}.yaml", "place: [northam\n")
    err = here.refused(sheet(here, 6), *TO, "--replace-all")
    assert f"assessments/northam/{date}.yaml" in err and "PBP001" in err


def test_a_broken_file_of_another_place_does_not(here: Here) -> None:
    laid(here, "assessments/westmere/2026-01.yaml", "place: [westmere\n")
    here.imported(sheet(here, 6))
    assert (here.root / DRAFT).exists()


def test_another_place_and_another_matrix_are_no_matter(here: Here) -> None:
    other = tallied("2025-11", "emerging: 5").replace("northam", "westmere")
    laid(here, "assessments/westmere/2025-11.yaml", other)
    laid(here, "matrices/other.yaml", FILES["matrices/small.yaml"].replace("id: small", "id: other"))
    laid(here, "assessments/northam/2025-11.yaml", tallied("2025-11", "emerging: 5", matrix="other@1"))
    here.imported(sheet(here, 6))
    assert (here.root / DRAFT).exists()


def test_another_version_of_the_matrix_is_no_other_matrix(here: Here) -> None:
    laid(here, "matrices/small-2.yaml", FILES["matrices/small.yaml"].replace("version: 1", "version: 2"))
    laid(here, "assessments/northam/2025-11.yaml", tallied("2025-11", "emerging: 5", matrix="small@2"))
    assert TELLS in here.refused(sheet(here, 6), *TO)


def test_what_was_gathered_a_year_later_may_be_much_the_same(here: Here) -> None:
    last = (
        tallied("2025-01", "emerging: 5, developing: 9", more="gathered: {from: 2024-11, to: 2025-01}")
        + "  data: {stage: emerging, views: {emerging: 6, developing: 8}}\n"
    )
    laid(here, "assessments/northam/2025-01.yaml", last)
    one, other = ["Emerging", "Developing"], ["Developing", "Emerging"]
    rows = [["vision", "data"], *([one] * 6), *([other] * 8)]
    here.sent("a.csv", as_csv(rows))
    assert TELLS.replace("\n", ", Shared data\n") in here.refused("../sent/a.csv", *TO)
    code, _, err = here.run("../sent/a.csv", *TO, "--gathered", "2025-11..2026-01")
    assert code == 0, err
    assert "gathered at another time, so only held against as a whole: northam@2025-01\n" in err


def test_the_same_people_and_one_more_are_found_whatever_is_said_of_the_time(here: Here) -> None:
    laid(here, "assessments/northam/2025-12.yaml", tallied("2025-12", "emerging: 5, developing: 9"))
    err = here.refused(sheet(here, 6, 9), *TO, "--gathered", "2026-01..2026-01")
    assert TELLS in err


def test_the_time_of_one_draft_does_not_change_what_it_was(here: Here) -> None:
    here.imported(sheet(here, 5, 9), "--gathered", "2025-11..2025-11")
    commit_all(here.root)
    assert "in commit " in here.refused(sheet(here, 4, 10), *TO, "--gathered", "2026-01..2026-01", "--replace-all")


def test_replace_all_says_what_it_tells(here: Here) -> None:
    here.imported(sheet(here, 5))
    code, _, err = here.run(sheet(here, 6), *TO, "--replace-all")
    assert code == 0
    assert "--replace-all: northam@2026-01 has tallies already" in err and TELLS in err
    code, _, err = here.run(sheet(here, 5, theme="data"), *TO, "--replace-all")
    assert code == 0
    assert "--replace-all: of some themes no tally is left: Shared vision\n" in err


def test_a_correction_of_what_is_not_in_git_can_replace_it_and_be_repeated(here: Here) -> None:
    commit_all(here.root)
    here.imported(sheet(here, 5))
    assert "emerging: 6" in here.imported(sheet(here, 6), "--replace-all")
    assert "emerging: 6" in here.imported(sheet(here, 6))


def test_what_was_not_looked_at_is_said(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "not held against earlier versions: there is no git repository here" in here.run(sheet(here, 6), *TO)[2]
    monkeypatch.setenv("PATH", "")
    assert "not held against earlier versions: git is not installed here\n" in here.run(sheet(here, 6), *TO)[2]


def test_of_a_shallow_clone_that_is_said(here: Here, tmp_path: Path) -> None:
    commit_all(here.root)
    laid(here, "pbp.yaml", "matrix: small@1\nsystem: Riverside\n")
    git(here, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qam", "Second")
    git(here, "clone", "-q", "--depth", "1", here.root.as_uri(), str(tmp_path / "clone"))
    code, _, err = here.run(sheet(here, 6), *TO, "--workspace", str(tmp_path / "clone"))
    assert code == 0, err
    assert "not held against earlier versions: only the last commits were fetched" in err


def test_a_version_that_cannot_be_read_is_named(here: Here) -> None:
    laid(here, DRAFT, "place: [northam\n")
    commit_all(here.root)
    (here.root / DRAFT).unlink()
    code, _, err = here.run(sheet(here, 6), *TO)
    assert code == 0
    assert "not held against what cannot be read: assessments/northam/2026-01.yaml in commit " in err


def test_a_long_history_is_looked_at_as_far_as_its_bound_and_that_is_said(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pbpmaturity.workspace.versions.MOST_VERSIONS", 1)
    here.imported(sheet(here, 5))
    commit_all(here.root)
    err = here.run(sheet(here, 5), *TO)[2]
    assert "not held against earlier versions: the newest alone, of 2 in git\n" in err
