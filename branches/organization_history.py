"""What happened to an organization, as its page tells it."""

from django.db.models import Q

from branches.models import Organization, OrganizationEvent


def history_of(organization: Organization) -> list[OrganizationEvent]:
    """Entries about the organization, and those of others that name it, the newest first.

    One query; each comes with both organizations, who entered it, and the entry that undid it.
    """
    return list(
        OrganizationEvent.objects.filter(
            Q(organization=organization) | Q(other_organization=organization)
        )
        .select_related("organization", "other_organization", "recorded_by", "correction")
        .order_by("-happened_on", "-pk")
    )
