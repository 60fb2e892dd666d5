"""What every entry about an organization checks first."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.models import Organization, OrganizationKind
from branches.placing import MAY_STAND_BELOW


def locked(organization: Organization) -> Organization:
    """The organization as it stands in the database, locked until the end of the transaction."""
    return Organization.objects.select_for_update().get(pk=organization.pk)


def check_stands(organization: Organization, *, on: dt.date) -> None:
    """ValidationError unless it was founded by the day and is not closed."""
    if organization.founded_on and on < organization.founded_on:
        raise ValidationError(
            {
                "on": _("%(name)s was founded on %(day)s: choose that day or a later one.")
                % {"name": organization, "day": date_format(organization.founded_on)}
            }
        )
    if organization.closed_on:
        raise ValidationError(
            _("%(name)s was closed on %(day)s: nothing more happens to it.")
            % {"name": organization, "day": date_format(organization.closed_on)}
        )


def check_place(kind: OrganizationKind, superior: Organization) -> None:
    """ValidationError unless the kind may stand directly below the superior."""
    if superior.kind not in MAY_STAND_BELOW[kind]:
        raise ValidationError(
            _("A %(kind)s does not stand directly below a %(superior)s.")
            % {"kind": kind.label, "superior": superior.get_kind_display()}
        )
