"""What an activity counts as, for the pages: 「记录 1 条 · 计 3 次」."""

from collections.abc import Iterable
from dataclasses import dataclass

from branches.models import Organization
from meetings.models import Credit, Kind


@dataclass(frozen=True, slots=True)
class CreditSummary:
    """Kinds in the order of the catalogue, organizations in tree order, each once."""

    kinds: tuple[Kind, ...]
    organizations: tuple[Organization, ...]

    @property
    def counts(self) -> int:
        """How many times one record counts for an organization credited with all its kinds."""
        return len(self.kinds)

    @property
    def is_joint(self) -> bool:
        return len(self.organizations) > 1


def credit_summary(credits: Iterable[Credit]) -> CreditSummary:
    """Sum up credits loaded with their organization. No query."""
    credits = list(credits)
    found = {credit.kind for credit in credits}
    organizations = {credit.organization_id: credit.organization for credit in credits}
    return CreditSummary(
        kinds=tuple(kind for kind in Kind if kind.value in found),
        organizations=tuple(sorted(organizations.values(), key=lambda one: one.path)),
    )
