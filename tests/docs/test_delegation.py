"""docs/delegation.md says what the shipped file says."""

from building import ROOT, tables

from pbpmaturity.workspace.shipped import shipped_delegation

PAGE = (ROOT / "docs" / "delegation.md").read_text("utf-8")
TABLES = tables(PAGE)
SHIPPED = shipped_delegation().delegation


def test_the_deliverables_are_those_of_the_file() -> None:
    assert TABLES["Deliverables"] == [
        [one.source_item, one.statement, one.by.shown() if one.by else one.during, one.note or ""]
        for one in SHIPPED.deliverables
    ]


def test_the_governance_options_are_those_of_the_file() -> None:
    assert TABLES["Governance options"] == [
        [one.source_item, one.statement, one.note or ""] for one in SHIPPED.governance_options
    ]


def test_the_counts_in_the_text_are_those_of_the_file() -> None:
    groups = [area.group for area in SHIPPED.service_areas]
    assert (len(groups), groups.count("service"), groups.count("enabler"), len(SHIPPED.aspects)) == (19, 12, 7, 10)
    for words in ("nineteen\nareas", "twelve services and seven enablers", "ten questions"):
        assert words in PAGE
