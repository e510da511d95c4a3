"""docs/compatibility.md names what is kept for later versions, and the changelog has the version that this is."""

import re

from building import ROOT

from pbpmaturity import __version__
from pbpmaturity.model import later


def test_the_page_names_each_key_that_is_kept_for_a_later_version() -> None:
    page = (ROOT / "docs" / "compatibility.md").read_text("utf-8")
    part = page[page.index("By a key or value") : page.index("Any other key")]
    kept = {key for keys in later._KEYS.values() for key in keys}
    others = {"overall: none", "pbp.yaml", "system", "matrix"}
    assert set(re.findall(r"`([^`]+)`", part)) == kept | others


def test_no_key_of_this_version_is_kept_for_a_later_one() -> None:
    for shape, keys in later._KEYS.items():
        assert not keys & {field.alias or name for name, field in shape.model_fields.items()}, shape


def test_the_changelog_has_this_version_below_what_is_to_come() -> None:
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[:2] == ["Unreleased", __version__]
