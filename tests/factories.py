"""make_* functions: plain rows with sensible defaults, no randomness, no clock."""

import datetime as dt
from typing import Any

from branches.models import (
    Appointment,
    Member,
    Membership,
    Organization,
    OrganizationKind,
    Post,
    PostTitle,
    Role,
    User,
)
from branches.services.organizations import plant
from meetings.models import Activity, Kind, Status
from meetings.services import Entry, LeaveLine, record_activity

DAY = dt.date(2025, 3, 5)
LONG_AGO = dt.date(2000, 1, 1)


def make_organization(
    code: str = "A01",
    *,
    parent: Organization | None = None,
    kind: OrganizationKind = OrganizationKind.BRANCH,
    name: str = "",
    **fields: Any,
) -> Organization:
    values = {"code": code, "name": name or f"{code}支部", "kind": kind} | fields
    if parent is not None:
        parent.refresh_from_db()
    return plant(parent, **values)


def make_bureau(branches: int = 2) -> tuple[Organization, list[Organization]]:
    """A committee D00 with branches D01, D02, …"""
    bureau = make_organization("D00", kind=OrganizationKind.COMMITTEE, name="测试局党委")
    return bureau, [
        make_organization(f"D{number:02}", parent=bureau, name=f"第{number}支部")
        for number in range(1, branches + 1)
    ]


def make_member(
    name: str = "甲一",
    organization: Organization | None = None,
    *,
    since: dt.date = LONG_AGO,
    until: dt.date | None = None,
    **fields: Any,
) -> Member:
    values = {"joined_on": LONG_AGO, "converted_on": LONG_AGO.replace(year=2001)} | fields
    member = Member.objects.create(name=name, sort_key=name, **values)
    if organization is not None:
        make_membership(member, organization, since=since, until=until)
    return member


def make_membership(
    member: Member,
    organization: Organization,
    *,
    since: dt.date = LONG_AGO,
    until: dt.date | None = None,
) -> Membership:
    return Membership.objects.create(
        member=member, organization=organization, started_on=since, ended_on=until
    )


def make_post(
    member: Member,
    organization: Organization,
    title: PostTitle = PostTitle.SECRETARY,
    *,
    since: dt.date = LONG_AGO,
    until: dt.date | None = None,
) -> Post:
    return Post.objects.create(
        member=member, organization=organization, title=title, started_on=since, ended_on=until
    )


def make_user(
    username: str = "someone",
    *,
    role: Role | None = None,
    organization: Organization | None = None,
    since: dt.date = LONG_AGO,
    until: dt.date | None = None,
    **fields: Any,
) -> User:
    user = User.objects.create_user(username=username, password="Passw0rd-of-a-test", **fields)
    if role is not None:
        Appointment.objects.create(
            user=user, organization=organization, role=role, started_on=since, ended_on=until
        )
    return user


def make_entry(host: Organization, *kinds: Kind, **fields: Any) -> Entry:
    """An entry credited with the kinds to the host, or to `organizations` when given."""
    organizations = fields.pop("organizations", None) or [host]
    values = {"held_on": DAY, "title": "学习会议"} | fields
    return Entry(
        host=host,
        credits=tuple(
            (kind.value, organization)
            for kind in (kinds or (Kind.GROUP_STUDY,))
            for organization in organizations
        ),
        **values,
    )


def make_activity(
    host: Organization,
    *kinds: Kind,
    status: Status = Status.ACCEPTED,
    user: User | None = None,
    absent: dict[Member, LeaveLine] | None = None,
    **fields: Any,
) -> Activity:
    """A recorded activity; `absent={}` means everyone expected was there."""
    exceptions = None if absent is None else {one.pk: line for one, line in absent.items()}
    entry = make_entry(host, *kinds, exceptions=exceptions, **fields)
    return record_activity(entry, user=user, status=status)
