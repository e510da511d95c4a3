"""A whole workshop: the files before it, every answer in order, and the file that it leaves."""

MATRIX = """\
id: small
version: '1'
title: Small matrix
stages:
  - {id: emerging, name: Emerging}
  - {id: developing, name: Developing}
  - {id: maturing, name: Maturing}
themes:
  - id: vision
    name: Shared vision
    description: Partners know what they are there for.
    prompt: How alike would our answers be?
    criteria:
      emerging:
        - {id: E1, statement: Partners have met.}
      developing:
        - {id: D1, statement: A vision is agreed., note: Not only drafted.}
  - id: data
    name: Shared data
    descriptions: {emerging: None yet, maturing: All of it}
"""
LAST = """\
place: northam
date: 2025-01
matrix: small@1
status: agreed
agreed: {by: Board, date: 2025-02}
provenance: self-assessment
themes:
  vision:
    stage: emerging
    rationale: We had only just met.
    actions:
      - {action: Draft a vision, owner: Place Director, due: 2025-06, status: open}
      - {action: Meet, status: done}
  data:
    stage: developing
"""
FILES = {
    "pbp.yaml": "matrix: small@1\nplaces: {northam: {name: Northam}}\n",
    "matrices/small-1.yaml": MATRIX,
    "assessments/northam/2025-01.yaml": LAST,
}
NEW = "assessments/northam/2026-01-15.yaml"
# Each answer of a whole workshop, in order; the words after the hash say which question it answers.
WORKSHOP = (
    "15/01/2026",  # date
    "1",  # method
    "mat",  # stage
    "criteria",  # are asked for
    "met",  # E1
    "partly",  # D1
    "no",  # keep Maturing
    "2",  # stage: Developing
    "",  # E1, kept
    "met",  # D1
    'A vision is agreed, and: "known".',  # what has changed
    "Some thought it too early.",  # dissent
    "The vision",  # evidence
    "https://example.org/vision",
    "March 2025",
    "",  # no more evidence
    "maturing",  # target
    "2027-03",
    "1",  # action carried over
    "",  # its owner and due date, kept
    "Jan 2027",
    "Print it",
    "Jane Smith",  # a name is asked about
    "Place Director",
    "30 June 2026",
    "",  # no more actions
    "not appl",  # second theme
    "No data are held by the Place.",
    "Northam Council",  # participants
    "Chief Executive",
    "",
    "We have a vision.",  # summary
    "yes",  # agreed
    "Northam Board",
    "2026-02-03",
    "item 4",
)
WRITTEN = """\
# yaml-language-server: $schema=../../.pbp/assessment.small-1.schema.json
format: 1
place: northam
date: 2026-01-15
matrix: small@1
status: agreed
agreed: {by: Northam Board, date: 2026-02-03, minute: item 4}
method: workshop
provenance: self-assessment
summary: We have a vision.
participants:
  - organisation: Northam Council
    role: Chief Executive
themes:
  vision:
    stage: developing
    rationale: >-
      A vision is agreed, and: "known".
    dissent: Some thought it too early.
    criteria: {E1: met, D1: met}
    evidence:
      - title: The vision
        link: https://example.org/vision
        date: 2025-03
    target: {stage: maturing, by: 2027-03}
    actions:
      - action: Draft a vision
        owner: Place Director
        due: 2027-01
        status: open
      - action: Print it
        owner: Place Director
        due: 2026-06-30
        status: open
  data:
    stage: not-applicable
    rationale: No data are held by the Place.
"""
