"""Diagnostics as a JUnit report, which nearly every CI shows: a suite a file, a case a finding.

The form is the common one that Jenkins and GitLab read ("JUnit XML", no standard body owns it).
"""

from collections import defaultdict
from xml.etree import ElementTree

from pbpmaturity.diagnostics.finding import Diagnostic
from pbpmaturity.diagnostics.outcome import Outcome
from pbpmaturity.diagnostics.text import line_of
from pbpmaturity.diagnostics.visible import one_line


def as_junit(outcome: Outcome) -> str:
    """Return the report; only findings that fail the run are failures, the others pass with their text."""
    outcome = outcome.in_repository()
    by_file: dict[str, list[Diagnostic]] = defaultdict(list)
    for path in outcome.files:
        by_file[path] = []
    for diagnostic in outcome.diagnostics:
        by_file[diagnostic.path].append(diagnostic)
    root = ElementTree.Element("testsuites", name="pbp validate")
    for path in sorted(by_file):
        root.append(_suite(outcome, path, by_file[path]))
    cases = sum(int(suite.get("tests", "0")) for suite in root)
    root.set("tests", str(cases))
    root.set("failures", str(sum(map(outcome.fails, outcome.diagnostics))))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(outcome: Outcome, path: str, found: list[Diagnostic]) -> ElementTree.Element:
    name = one_line(path)
    suite = ElementTree.Element(
        "testsuite",
        name=name,
        tests=str(max(1, len(found))),
        failures=str(sum(map(outcome.fails, found))),
        errors="0",
        skipped="0",
    )
    for diagnostic in found:
        suite.append(_case(outcome, name, diagnostic))
    if not found:
        ElementTree.SubElement(suite, "testcase", classname=name, name="nothing found")
    return suite


def _case(outcome: Outcome, path: str, diagnostic: Diagnostic) -> ElementTree.Element:
    rule = diagnostic.rule
    where = f"{diagnostic.line}:{diagnostic.column}"
    case = ElementTree.Element("testcase", classname=path, name=f"{rule.code} {rule.name} at {where}")
    if outcome.fails(diagnostic):
        ElementTree.SubElement(
            case, "failure", type=rule.severity, message=one_line(diagnostic.message)
        ).text = line_of(diagnostic)
    else:
        ElementTree.SubElement(case, "system-out").text = line_of(diagnostic)
    return case
