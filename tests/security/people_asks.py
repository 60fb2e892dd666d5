"""What each act on a member is asked with, for the permission table."""

import datetime as dt
from typing import Any

from branches.models import Member, Organization, OrganizationKind, PostTitle, StandingException
from branches.services.people import mark_exception
from tests.factories import make_member, make_organization, make_post

YEAR = 2025


def people_asks(
    branch: Organization, member: Member
) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """By row of the table what stands in the address and what is sent; somebody for each act."""
    happened = {"happened_on": f"{YEAR}-03-05"}
    place = happened | {"organization": branch.pk}
    newcomer = make_member("丙一", branch, converted_on=None)
    former = make_member("丁一", branch, until=dt.date(YEAR, 1, 1))
    holder = make_member("戊一", branch)
    post = make_post(holder, branch, PostTitle.PUBLICITY_OFFICER)
    away = make_member("己一", branch)
    mistaken = mark_exception(
        away,
        effect=StandingException.Effect.NOT_EXPECTED,
        happened_on=dt.date(YEAR, 12, 1),
        until=None,
        reason="借调",
        user=None,
    )
    exception = away.memberships.get().exceptions.get()
    group = make_organization("D01-9", parent=branch, kind=OrganizationKind.GROUP, name="新小组")
    pk = {"pk": member.pk}
    named = {"name": "新人", "birth_month": "1990-01"}
    particulars = {
        name: getattr(member, name)
        for name in ("name", "birth_month", "gender", "ethnicity", "sort_key", "note")
    }
    return {
        "member_admit": ({}, place | named),
        "member_take_in": (
            {},
            place | named | {"joined_on": "2010-07-01", "outside_unit": "外单位党委"},
        ),
        "member_convert": ({"pk": newcomer.pk}, happened),
        "member_extend": (
            {"pk": newcomer.pk},
            happened | {"ends_on": "2001-07-01", "reason": "材料未齐"},
        ),
        "member_transfer": (pk, happened | {"organization": group.pk}),
        "member_transfer_in": ({"pk": former.pk}, place | {"outside_unit": "外单位党委"}),
        "member_transfer_out": (pk, happened | {"outside_unit": "外单位党委"}),
        "member_begin_post": (pk, place | {"title": PostTitle.COMMITTEE_MEMBER}),
        "member_end_post": ({"pk": holder.pk}, happened | {"post": post.pk}),
        "member_not_expected": (pk, happened | {"reason": "借调"}),
        "member_not_voting": (pk, happened | {"reason": "留党察看"}),
        "member_end_exception": (
            {"pk": away.pk},
            {"happened_on": f"{YEAR}-12-31", "exception": exception.pk},
        ),
        "member_leave": (pk, happened | {"reason": "退党"}),
        "member_decease": (pk, happened),
        "member_edit": (
            pk,
            particulars
            | {f"seen_{name}": value for name, value in particulars.items()}
            | {"ethnicity": "汉族"},
        ),
        "organization_election": (
            {"code": branch.code},
            happened | {"secretary_1": member.pk, "publicity_officer_1": holder.pk},
        ),
        "member_undo_entry": ({"pk": mistaken.pk}, {"reason": "错录"}),
    }
