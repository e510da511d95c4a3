"""What is wrong with an instrument on what might sit where."""

from collections.abc import Iterator, Sequence

from pbpmaturity.checks.matrix import check_repeated
from pbpmaturity.diagnostics.finding import Finding
from pbpmaturity.model.delegation import Aspect, Delegation, Deliverable, GovernanceOption, ServiceArea


def check_delegation(path: str, delegation: Delegation) -> Iterator[Finding]:
    """Yield ids given twice among its aspects, service areas, deliverables or governance options."""
    kinds: tuple[tuple[str, str, Sequence[Aspect | ServiceArea | Deliverable | GovernanceOption]], ...] = (
        ("aspect", "aspects", delegation.aspects),
        ("service area", "service_areas", delegation.service_areas),
        ("deliverable", "deliverables", delegation.deliverables),
        ("governance option", "governance_options", delegation.governance_options),
    )
    for kind, key, items in kinds:
        yield from check_repeated(path, kind, [(one.id, (key, index, "id")) for index, one in enumerate(items)])
