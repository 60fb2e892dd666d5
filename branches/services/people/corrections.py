"""An entry made by mistake is undone by another entry; both stay in the timeline."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.audit import act
from branches.effects import undo, values_touched
from branches.models import Member, MemberEvent, MemberEventKind
from branches.services.people.entry import Deed
from branches.services.people.life import Life


def undo_entry(event: MemberEvent, *, reason: str, user: Any) -> MemberEvent:
    """Put everything back as it was before the entry.

    Refused when it was undone before, when a later entry builds on it, or when what is left
    would contradict itself (a post without the membership it needs).
    """
    with act("member.undo_entry", organization=event.organization, user=user) as audit:
        member = Member.with_void.select_for_update().get(pk=event.member_id)
        if event.kind == MemberEventKind.CORRECTED:
            raise ValidationError(_("An undone entry is not brought back. Record it again."))
        if MemberEvent.objects.filter(corrects=event).exists():
            raise ValidationError(_("This entry was undone already."))
        later = list(
            MemberEvent.objects.filter(
                member=member, pk__gt=event.pk, corrects=None, correction=None
            ).order_by("-pk")
        )
        touched = values_touched(event.effects)
        if any(touched & values_touched(one.effects) for one in later):
            raise _named(later)
        before = Life(member).contradictions()
        try:
            effects = undo(event.effects)
        except ValidationError as refused:
            raise (_named(later) if later else refused) from refused
        member.refresh_from_db()
        life = Life(member)
        after = life.contradictions()
        if found := {after[key].text for key in after.keys() - before.keys()}:
            named = _named(later).messages if later else []
            raise ValidationError([*named, *sorted(found)])
        return Deed(life, effects, audit, user).write(
            MemberEventKind.CORRECTED,
            happened_on=event.happened_on,
            organization=event.organization,
            other_organization=event.other_organization,
            reason=reason,
            corrects=event,
        )


def _named(later: list[MemberEvent]) -> ValidationError:
    """The refusal that names the latest of the entries recorded since. What was recorded last can
    be undone first, and so on back to the one in question."""
    latest = later[0]
    return ValidationError(
        _(
            "Later entries build on this one. Undo them first, the latest of them: "
            "“%(kind)s”, %(day)s."
        ),
        params={"kind": latest.get_kind_display(), "day": date_format(latest.happened_on)},
    )
