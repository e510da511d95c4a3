"""pbp report --site: pages on all Places that share, and nothing of those that do not."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from building import HOSTILE, RIVERSIDE, ROOT, MakeWorkspace, Outcome, Pbp, Snapshot, assessment_text, quarterly
from forbidden_words import found_in
from pages import UNSEEN, hostile_workspace, links_that_lead_nowhere, pages_in

TWO_STAGES = """\
id: own
version: "1"
title: Our own
stages: [{id: a, name: Aa}, {id: b, name: Bb}]
themes: [{id: con, name: Constancy}, {id: t2, name: Second}]
"""


def many(count: int, **more: str) -> dict[str, str]:
    """Return so many Places with one assessment each, the files of every third with more."""
    files = {}
    for number in range(count):
        place, stage = f"place-{number:03}", "emerging" if number % 2 else "thriving"
        files[f"assessments/{place}/2024-01.yaml"] = assessment_text(place, "2024-01", {"shared-data": stage})
    return files


def made(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def site(pbp: Pbp, at: Path, *arguments: str, folder: str = "site") -> tuple[dict[str, bytes], Outcome]:
    """Make the pages beside a workspace, hold them to what all such pages keep, and return them."""
    target = at.parent / folder
    outcome = pbp("report", "--site", str(target), *arguments, at=at)
    assert (outcome.code, outcome.out) == (0, ""), outcome.err
    assert links_that_lead_nowhere(target) == []
    titles = [page.text.split("Skip to")[0] for page in pages_in(target).values()]
    assert len(set(titles)) == len(titles)
    return made(target), outcome


@pytest.fixture
def riverside(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RIVERSIDE, tmp_path / "riverside"))


def share(root: Path, **places: str) -> None:
    file = root / "pbp.yaml"
    text = file.read_text("utf-8")
    for place, word in places.items():
        name = place.capitalize()
        for before in ("public", "system", "private"):
            text = text.replace(f"{{name: {name}, share: {before}}}", f"{{name: {name}, share: {word}}}")
    file.write_text(text, "utf-8")


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_whole_pages_of_the_example(pbp: Pbp, riverside: Path, expect_whole: Snapshot, audience: str) -> None:
    files, outcome = site(pbp, riverside, "--for", audience)
    for name in ("index.html", "themes/shared-data.html", "methods.html"):
        expect_whole(f"site-{audience}-{name.replace('/', '-')}", files[name].decode())
    expect_whole(f"site-{audience}.txt", outcome.err.replace(riverside.parent.as_posix(), "DIR"))
    places = ["northam", "southbridge", "westmere"] if audience == "partners" else ["northam"]
    assert [name for name in sorted(files) if name.startswith("places/")] == [f"places/{one}.html" for one in places]
    assert sum(name.startswith("themes/") for name in files) == 10


def test_the_same_files_give_the_same_bytes(pbp: Pbp, riverside: Path) -> None:
    assert site(pbp, riverside)[0] == site(pbp, riverside, folder="again")[0]


def test_no_page_ranks_anybody_or_makes_a_number_of_a_stage(pbp: Pbp, riverside: Path) -> None:
    said = "\n".join(path.read_text("utf-8") for path in riverside.rglob("*.yaml"))
    said += "\n".join(path.read_text("utf-8") for path in (ROOT / "matrices").glob("*.yaml"))
    site(pbp, riverside)
    for page in pages_in(riverside.parent / "site").values():
        assert found_in(page.text, said) == []
        assert re.findall(r"\d+\.\d+", re.sub(r"(pbp[@ -]|version )[\d.]+|pbp-2023.1", "", page.text)) == []


def test_a_page_stands_alone_and_says_where_it_is(pbp: Pbp, riverside: Path) -> None:
    site(pbp, riverside)
    for name, page in pages_in(riverside.parent / "site").items():
        tags = {tag for tag, _ in page.tags}
        assert not tags & {"script", "link", "img", "iframe", "object", "form"}, name
        assert all("src" not in attributes for _, attributes in page.tags)
        assert [one.get("lang") for one in page.all("html")] == ["en-GB"]
        assert len(page.all("h1")) == len(page.all("main")) == 1
        assert any((meta.get("content") or "").startswith("default-src 'none'") for meta in page.all("meta"))
        labels = [one.get("aria-label") for one in page.all("nav")]
        assert None not in labels and len(set(labels)) == len(labels)
        current = [attributes for _, attributes in page.tags if attributes.get("aria-current") == "page"]
        assert len(current) == (2 if name.startswith("themes/") else 1), name
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        assert len(set(ids)) == len(ids), name


def test_a_theme_says_what_each_place_says_and_who_could_learn_from_whom(pbp: Pbp, riverside: Path) -> None:
    site(pbp, riverside)
    text = pages_in(riverside.parent / "site")["themes/shared-data.html"].text
    for said in (
        "Down 1 stage (Jan 2024: Developing)",
        "Not met any more, and met in Jan 2024: D1:",
        "Met now, and not in Mar 2024: D1:",
        "Note to the board on the end of the analyst post",
        "Down a stage. The joint analyst post was lost",
        "Southbridge (Emerging, aiming for Developing) could learn from Westmere (Developing).",
        "E1: A review has begun",
    ):
        assert said in text


SENTINELS = {
    "rationale": "zzrationale",
    "dissent": "zzdissent",
    "owner": "zzowner",
    "slip": "zzslip",
    "action of a slip": "zzearlier",
    "private": "zzprivate",
    "system": "zzsystem",
    "draft": "zzdraft",
}


def telling() -> dict[str, str]:
    """Return a workspace in which everything that the public is not to read says so."""
    themes = """\
themes:
  shared-data:
    stage: {stage}
    rationale: {slip}
    dissent: zzdissent
    views: {{emerging: 4213, developing: 3}}
    evidence: [{{title: Evident, link: "https://x.example/e"}}]
    target: {{stage: thriving}}
    actions:
      - {{action: Act, owner: zzowner, due: 2024-02}}
      - {{action: Acted, owner: zzowner, status: done}}
      - {{action: Left, owner: zzowner, status: dropped}}
  shared-vision: {{stage: developing, rationale: zzrationale}}
"""
    files = {"pbp.yaml": "system: Ours\nplaces:\n"}
    for place, word in (("alder", "public"), ("birch", "system"), ("cedar", "private"), ("dogwood", "public")):
        name = {"system": "zzsystem", "private": "zzprivate"}.get(word, place.capitalize())
        files["pbp.yaml"] += f"  {place}: {{name: {name}, share: {word}}}\n"
        for date, stage, slip in (("2022-01", "maturing", "zzearlier"), ("2023-01", "developing", "zzslip"),
                                  ("2024-01", "emerging", "zzslip")):  # fmt: skip
            text = assessment_text(place, date, more=themes.format(stage=stage, slip=slip))
            files[f"assessments/{place}/{date}.yaml"] = text
    draft = assessment_text("alder", "2025-01", {}, status="draft", more="summary: zzdraft")
    files["assessments/alder/2025-01.yaml"] = draft
    return files


def test_of_one_place_nothing_is_said_of_others(pbp: Pbp, riverside: Path) -> None:
    assert pbp("report", "--site", "site", "--for", "public", at=riverside).code == 0
    overview = (riverside / "site" / "index.html").read_text("utf-8")
    assert '<h2 id="stages">Stage of each theme</h2>' in overview and "learn from" not in overview
    for page in (riverside / "site" / "themes").iterdir():
        text = page.read_text("utf-8")
        assert "Who could learn from whom" not in text and "No Place has a target" not in text


def test_the_public_reads_nothing_that_is_not_for_it(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace(telling())
    public, _ = site(pbp, root, "--for", "public", "--as-of", "2026-01", folder="public")
    everything = b"\n".join([*public.values(), *(name.encode() for name in public)])
    assert [what for what, word in SENTINELS.items() if word.encode() in everything] == []
    assert b"4213" not in everything and b"birch" not in everything and b"cedar" not in everything
    assert b"Evident" in everything and b"For publication" in everything and b"Not for publication" not in everything
    assert all(b"This version is for the public." in public[name] for name in ("index.html", "methods.html"))


def test_partners_read_the_reasons_and_nothing_of_private_places(pbp: Pbp, workspace: MakeWorkspace) -> None:
    partners, outcome = site(pbp, workspace(telling()))
    everything = b"\n".join([*partners.values(), *(name.encode() for name in partners)])
    assert b"zzprivate" not in everything and b"cedar" not in everything and b"zzdraft" not in everything
    found = {what for what, word in SENTINELS.items() if word.encode() in everything}
    assert {"rationale", "dissent", "owner", "slip", "system"} <= found
    assert b"Not for publication" in partners["index.html"]
    assert "without a page, since pbp.yaml has share: private: zzprivate\n" in outcome.err
    assert b"zzslip" in partners["themes/shared-data.html"] and b"4213" not in partners["themes/shared-data.html"]


def test_a_place_that_is_named_in_what_another_wrote_is_told_of(pbp: Pbp, riverside: Path) -> None:
    _, outcome = site(pbp, riverside, "--for", "public")
    assert "look before you pass it on: Westmere, which has no page, is named in places/northam.html\n" in outcome.err
    assert "look before" not in site(pbp, riverside, folder="partners")[1].err


def test_a_place_that_is_named_by_its_id_is_told_of_and_its_files_are_not_shown(
    pbp: Pbp, workspace: MakeWorkspace
) -> None:
    said = (
        "themes: {shared-data: {stage: emerging, evidence: [{title: Notes of hill-top,"
        " link: assessments/hill-top/2024-01.yaml}]}}"
    )
    root = workspace(
        {
            "pbp.yaml": "places:\n  oak: {share: public}\n  hill-top: {name: Upper Valley, share: private}\n",
            "assessments/oak/2024-01.yaml": assessment_text("oak", "2024-01", more=said),
            "assessments/hill-top/2024-01.yaml": assessment_text("hill-top", "2024-01", {"shared-data": "emerging"}),
        }
    )
    pages, outcome = site(pbp, root, "--for", "public")
    assert "hill-top, which has no page, is named in places/oak.html, themes/shared-data.html" in outcome.err
    assert not any(b"hill-top/2024" in page for page in pages.values())


def test_pages_that_are_not_made_any_more_go_and_what_else_is_there_stays(pbp: Pbp, riverside: Path) -> None:
    before, _ = site(pbp, riverside)
    target = riverside.parent / "site"
    (target / "places" / "notes.txt").write_text("mine")
    (target / "places" / "guests.html").write_text("mine too")
    (target / "CNAME").write_text("example.org")
    share(riverside, westmere="private", southbridge="private")
    after, outcome = site_with_guests(pbp, riverside)
    assert set(before) - set(after) == {"places/westmere.html", "places/southbridge.html"}
    assert not any(b"Southbridge" in text for name, text in after.items() if name != "places/northam.html")
    assert (after["CNAME"], after["places/notes.txt"]) == (b"example.org", b"mine")
    assert "removed, since they are not made any more: places/southbridge.html, places/westmere.html\n" in outcome.err
    assert "left as they are, since this command did not write them: places/guests.html\n" in outcome.err


def site_with_guests(pbp: Pbp, root: Path) -> tuple[dict[str, bytes], Outcome]:
    outcome = pbp("report", "--site", str(root.parent / "site"), at=root)
    assert outcome.code == 0, outcome.err
    return made(root.parent / "site"), outcome


def test_a_theme_whose_name_no_file_can_have_on_windows_goes_too(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({"matrices/own.yaml": TWO_STAGES, **own("alder"), **many(1)})
    (root / "pbp.yaml").write_text("places: {alder: {}, place-000: {share: private}}\n")
    assert "themes/con_.html" in site(pbp, root)[0]
    (root / "pbp.yaml").write_text("places: {alder: {share: private}, place-000: {}}\n")
    files, outcome = site(pbp, root)
    assert "themes/con_.html" in outcome.err and "themes/con_.html" not in files


@pytest.mark.parametrize("name", ["index.html", "themes/shared-data.html", "pbp-site.txt"])
def test_a_file_of_somebody_else_is_not_replaced_unless_it_is_forced(pbp: Pbp, riverside: Path, name: str) -> None:
    target = riverside.parent / "site"
    (target / name).parent.mkdir(parents=True)
    (target / name).write_text("mine")
    outcome = pbp("report", "--site", str(target), at=riverside)
    assert (outcome.code, made(target)) == (2, {name: b"mine"})
    assert f'{name}" was not written by this command' in outcome.err and "--force" in outcome.err
    assert made(target) != site(pbp, riverside, "--force")[0]


def test_pages_whose_list_is_gone_are_not_replaced_silently(pbp: Pbp, riverside: Path) -> None:
    before, _ = site(pbp, riverside)
    target = riverside.parent / "site"
    (target / "pbp-site.txt").unlink()
    share(riverside, westmere="private")
    assert pbp("report", "--site", str(target), at=riverside).code == 2
    outcome = pbp("report", "--site", str(target), "--force", at=riverside)
    assert outcome.code == 0 and "did not write them: places/westmere.html" in outcome.err
    assert set(made(target)) == set(before)


def test_a_list_that_names_other_files_does_not_remove_them(pbp: Pbp, riverside: Path) -> None:
    site(pbp, riverside)
    target = riverside.parent / "site"
    (riverside.parent / "precious.html").write_text("mine")
    listed = target / "pbp-site.txt"
    names = "../precious.html\nplaces/../../precious.html\n/etc/hostname\n*\nplaces/*.html\n"
    listed.write_text(listed.read_text() + names)
    (target / "places" / "other.txt").write_text("mine")
    files, _ = site(pbp, riverside)
    assert (riverside.parent / "precious.html").read_text() == "mine"
    assert "places/other.txt" in files and "places/westmere.html" in files


@pytest.mark.parametrize("folder", [".", "assessments", "assessments/site", "matrices/x", "templates", "../riverside"])
def test_the_workspace_itself_is_refused(pbp: Pbp, riverside: Path, folder: str) -> None:
    before = made(riverside)
    outcome = pbp("report", "--site", folder, at=riverside)
    assert (outcome.code, made(riverside)) == (2, before)
    assert "--site site" in outcome.err


def test_a_folder_below_the_workspace_is_fine(pbp: Pbp, riverside: Path) -> None:
    assert pbp("report", "--site", "site", at=riverside).code == 0
    assert pbp("validate", at=riverside).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["northam"], "a Place does not go with it"),
        (["-o", "x.html"], "-o does not go with it"),
        (["--format", "html"], "--format does not go with it"),
        (["--cut", "page"], "--cut does not go with it"),
        (["--since", "2024"], "--since does not go with it"),
        (["--test", "x"], "--test does not go with it"),
        (["--ask", "agree"], "--ask does not go with it"),
        (["--assets", "charts"], "--assets does not go with it"),
        (["--as-of", "2020"], '--as-of "2020" is not a date'),
        (["--as-of", "2020-01"], "no Place that shares its assessments has an agreed one to show"),
    ],
)
def test_wrong_usage(pbp: Pbp, riverside: Path, arguments: list[str], said: str) -> None:
    outcome = pbp("report", "--site", "site", *arguments, at=riverside)
    assert (outcome.code, outcome.out, (riverside / "site").exists()) == (2, "", False)
    assert said in outcome.err


DRAFT = {"assessments/cedar/2024-01.yaml": assessment_text("cedar", "2024-01", {}, status="draft")}


@pytest.mark.parametrize(
    ("files", "arguments", "said"),
    [
        ({}, [], "the workspace has no Places yet"),
        (DRAFT, [], "has an agreed one to show\n  Cedar: it has only drafts"),
        (many(2), ["--for", "public"], "write share: public for it under places: in pbp.yaml"),
        (
            {**many(1), "pbp.yaml": "places: {place-000: {share: private}}\n"},
            [],
            "every Place here has share: private in pbp.yaml",
        ),
    ],
)
def test_nothing_to_show(
    pbp: Pbp, workspace: MakeWorkspace, files: Mapping[str, str], arguments: list[str], said: str
) -> None:
    outcome = pbp("report", "--site", "../site", *arguments, at=workspace(files))
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_a_broken_latest_assessment_stops_it_unless_its_place_is_private(pbp: Pbp, riverside: Path) -> None:
    site(pbp, riverside)
    before = made(riverside.parent / "site")
    (riverside / "assessments/westmere/2025-06.yaml").write_text("place: westmere\n")
    outcome = pbp("report", "--site", "../site", at=riverside)
    assert (outcome.code, made(riverside.parent / "site")) == (2, before)
    assert "assessments/westmere/2025-06.yaml:1:1: error PBP102" in outcome.err
    site(pbp, riverside, "--for", "public")
    share(riverside, westmere="private")
    site(pbp, riverside)


def test_as_of_a_day_nothing_later_is_shown(pbp: Pbp, riverside: Path) -> None:
    files, _ = site(pbp, riverside, "--as-of", "2024-02-08")
    pages = pages_in(riverside.parent / "site")
    assert "As of 8 February 2024." in pages["index.html"].text
    assert "Westmere March 2023" in pages["index.html"].text
    assert not any(b"2025-0" in text for text in files.values())
    site(pbp, riverside, "--as-of", "2026-06")
    assert "Stale: older than 12 months." in pages_in(riverside.parent / "site")["index.html"].text


def own(place: str) -> dict[str, str]:
    text = assessment_text(place, "2024-01", {"con": "b"}, matrix="own@1")
    return {f"assessments/{place}/2024-01.yaml": text}


def test_a_place_on_another_matrix_has_a_page_and_is_not_set_beside_the_others(
    pbp: Pbp, workspace: MakeWorkspace
) -> None:
    root = workspace({"matrices/own.yaml": TWO_STAGES, **many(2), **own("zelkova")})
    files, outcome = site(pbp, root)
    pages = pages_in(root.parent / "site")
    assert "Zelkova: it uses the matrix own@1" in pages["index.html"].text
    assert {"href": "places/zelkova.html"} in pages["index.html"].all("a")
    assert "(it has a page: places/zelkova.html)" in outcome.err
    assert not any("themes/" in (link["href"] or "") for link in pages["places/zelkova.html"].all("a"))
    assert not any(b"Zelkova" in text for name, text in files.items() if name.startswith("themes/"))


def test_a_theme_that_only_one_version_has_gets_a_page_with_what_that_version_says(
    pbp: Pbp, workspace: MakeWorkspace
) -> None:
    newer = TWO_STAGES.replace('"1"', '"2"').replace("name: Second}", "name: Second}, {id: t3, name: Third}")
    later = assessment_text("birch", "2024-01", {"t3": "b"}, matrix="own@2")
    root = workspace(
        {
            "matrices/own.yaml": TWO_STAGES,
            "matrices/own-2.yaml": newer,
            **own("alder"),
            **own("cedar"),
            "assessments/birch/2024-01.yaml": later,
        }
    )
    site(pbp, root)
    text = pages_in(root.parent / "site")["themes/t3.html"].text
    assert "Alder January 2024 Not in this matrix" in text and "Birch January 2024 Bb" in text
    assert "Our own, version 2." in text


@pytest.mark.parametrize("count", [1, 13])
def test_any_number_of_places(pbp: Pbp, workspace: MakeWorkspace, count: int) -> None:
    root = workspace(many(count))
    files, _ = site(pbp, root)
    assert sum(name.startswith("places/") for name in files) == count
    index = pages_in(root.parent / "site")["index.html"]
    tables = len(index.all("table")) - 1
    assert tables == -(-count // 5)
    assert all(f"Place {number:03}" in index.text for number in range(count))


def test_forty_assessments_and_places_that_only_pbp_yaml_knows(pbp: Pbp, workspace: MakeWorkspace) -> None:
    root = workspace({**quarterly(40), **DRAFT, "pbp.yaml": "places: {northam: {}, cedar: {}, elm: {}}\n"})
    files, outcome = site(pbp, root)
    assert "places/northam.html" in files and "places/elm.html" not in files
    text = pages_in(root.parent / "site")["index.html"].text
    assert "Cedar: it has only drafts." in text and "Elm: it has no assessment yet." in text
    assert "not set beside the others: Elm: it has no assessment yet" in outcome.err


def test_what_was_only_published(pbp: Pbp, tmp_path: Path) -> None:
    root = Path(shutil.copytree(ROOT / "assessments", tmp_path / "oxfordshire" / "assessments")).parent
    files, _ = site(pbp, root)
    assert b"PUBLISHED SUMMARY" in files["index.html"]
    assert "Not published" in pages_in(tmp_path / "site")["themes/shared-data.html"].text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_texts_come_out_as_text(pbp: Pbp, workspace: MakeWorkspace, text: str) -> None:
    root = workspace(hostile_workspace(text))
    files, outcome = site(pbp, root)
    for name, page in pages_in(root.parent / "site").items():
        tags = {tag for tag, _ in page.tags}
        assert not tags & {"script", "img", "iframe"}, name
        assert all(not attribute.startswith("on") for _, attributes in page.tags for attribute in attributes)
        ours = ("https:", "http:", "../", "index.html", "methods.html", "places/", "themes/", "#")
        assert all((link["href"] or "").startswith(ours) for link in page.all("a"))
        assert UNSEEN.search(files[name].decode()) is None
    assert UNSEEN.search(outcome.err) is None


def test_a_template_that_cannot_be_used_leaves_the_folder_as_it_was(pbp: Pbp, riverside: Path) -> None:
    before, _ = site(pbp, riverside)
    (riverside / "templates").mkdir()
    (riverside / "templates" / "site-methods.html.j2").write_text("{{ nothing }}")
    outcome = pbp("report", "--site", "../site", "--for", "public", at=riverside)
    assert outcome.code == 2 and outcome.err.startswith("pbp: templates/site-methods.html.j2:1:")
    assert made(riverside.parent / "site") == before


def test_the_page_on_sites_shows_what_the_command_says(pbp: Pbp, riverside: Path) -> None:
    block = re.search(r"```console\n\$ pbp (.*?)\n(.*?)```", (ROOT / "docs" / "site.md").read_text("utf-8"), re.DOTALL)
    assert block
    assert pbp(*block[1].split(), at=riverside).err == block[2]
