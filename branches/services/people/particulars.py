"""Name, month of birth and the like: corrected, with what stood there before kept."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.models import Member, MemberEvent, MemberEventKind, Organization
from branches.pinyin import sort_key_of
from branches.services.people.entry import deed_on, refusal

PARTICULARS = ("name", "birth_month", "gender", "ethnicity", "sort_key", "note")


def change_particulars(
    member: Member,
    *,
    organization: Organization,
    happened_on: dt.date,
    values: dict[str, str],
    seen: dict[str, str],
    user: Any,
) -> MemberEvent | None:
    """Write what differs between `seen` (what the form was opened on) and `values`.

    Both map PARTICULARS to texts. An empty sort key follows the name. None when nothing differs.
    Refused when somebody changed one of them since, or when name and month of birth are taken.
    """
    with deed_on("member.edit", member, user=user) as deed:
        changed = {name: value for name, value in values.items() if value != seen[name]}
        if any(getattr(deed.member, name) != seen[name] for name in changed):
            raise ValidationError(
                _("Somebody changed these particulars in the meantime. Open the form again.")
            )
        if "name" in changed and values["sort_key"] == seen["sort_key"]:
            changed["sort_key"] = sort_key_of(values["name"])
        if changed.get("sort_key") == "":
            changed["sort_key"] = sort_key_of(values["name"])
        namesakes = Member.objects.filter(
            name=values["name"], birth_month=values["birth_month"]
        ).exclude(pk=member.pk)
        if namesakes.exists():
            raise refusal(
                "name", _("A member of this name and month of birth is on the roster already.")
            )
        deed.effects.change(deed.member, **changed)
        if not deed.effects.as_json():
            return None
        return deed.write(
            MemberEventKind.PARTICULARS_CHANGED,
            happened_on=happened_on,
            organization=organization,
        )
