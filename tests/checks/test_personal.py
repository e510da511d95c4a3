"""What looks like a person, and what is a role or an organisation."""

import pytest
from building import RIVERSIDE

from pbpmaturity.checks.personal import looks_personal
from pbpmaturity.model.assessment import Assessment
from pbpmaturity.workspace.read import read_file


@pytest.mark.parametrize(
    ("text", "looks_like"),
    [
        *((text, "an e-mail address") for text in ("a.b@example.org", "Owner (x@y.nhs.uk)", "<j@k.uk>")),
        *(
            (text, "the name of a person")
            for text in ("Jane Smith", "Jane Smith, Director", "Dr Smith", "Cllr. Jones", "J. Smith", "Ana María Díaz")
        ),
        *(
            (text, "the name of a person")
            for text in ("Jane O'Neill (Chair)", "Chair: Jane Smith-Jones", "Jane A Smith")
        ),
        *(
            (text, None)
            for text in ("Place Director", "Northam Council", "Healthwatch Northam", "NHS England", "Chief Executive")
        ),
        *((text, None) for text in ("Northam", "GP Federation", "head of housing", "Age UK", "The Place Team", "")),
        *((text, None) for text in ("Director of Adult Social Care", "East Riverside", "Long Meadow Surgery", "@home")),
    ],
)
def test_what_it_looks_like(text: str, looks_like: str | None) -> None:
    assert looks_personal(text, ("Northam", "Riverside")) == looks_like


def test_nobody_in_the_example_is_taken_for_a_person() -> None:
    for path in (RIVERSIDE / "assessments").glob("*/*.yaml"):
        assessment = read_file(path.read_bytes(), "a.yaml", Assessment).value
        assert assessment is not None
        roles = [word for one in assessment.participants for word in (one.organisation, one.role or "")]
        owners = [action.owner or "" for said in (assessment.themes or {}).values() for action in said.actions]
        for words in (*roles, *owners):
            assert looks_personal(words, (assessment.place.capitalize(),)) is None, words
