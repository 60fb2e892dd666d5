"""The roster of 5,000 people in 200 organizations against that of 500 in 20."""

import datetime as dt
from pathlib import Path

from django.db import connection

from branches.models import Member, Membership, Organization, OrganizationKind, Post, PostTitle
from branches.pinyin import sort_key_of
from tests.bench.rounds import row
from tests.bench.sides import copy_of, in_turns, open_side, served

PEOPLE_EACH = 25
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "一二三四五六七八九十"
# What people ask the roster for.
PAGES = {
    "Roster by name": "/members/",
    "Roster by post": "/members/?sort=post",
    "Roster by initials": "/members/?q=zy",
    "Roster of those with a post": "/members/?post=any&standing=FULL",
    "The organizations with head counts": "/organizations/",
}


def run() -> None:
    """Each page of the roster, read on either side in turns."""
    site = Path(connection.settings_dict["NAME"])
    sides = {"few": copy_of(site, "few"), "many": copy_of(site, "many")}
    for database, organizations in zip(sides.values(), (20, 200), strict=True):
        open_side(database)
        _fill(organizations)
    with served(sides) as get:
        for name, address in PAGES.items():
            times, queries = in_turns(sides, lambda address=address: get(address))
            row(
                f"{name}, 5,000 people ({queries['many']} queries)",
                times["many"] / times["few"],
                1.5,
                other=f"500 people ({queries['few']} queries), {times['few']:.3f} s",
            )
    open_side(site)


def _fill(organizations: int) -> None:
    bureau = Organization.objects.get(code="YC")
    since = dt.date(2015, 7, 1)
    for number in range(organizations):
        bureau.refresh_from_db()
        branch = Organization.objects.add_child(
            bureau,
            create_kwargs={
                "code": f"B{number:03}",
                "name": f"第{number}支部",
                "kind": OrganizationKind.BRANCH,
            },
        )
        names = [
            f"{SURNAMES[(number + one) % 10]}{GIVEN[number // 10 % 10]}{GIVEN[number % 10]}"
            for one in range(PEOPLE_EACH)
        ]
        people = Member.objects.bulk_create(
            Member(
                name=name,
                birth_month=f"{1950 + one}-{1 + number // 100:02}",
                note=str(number),
                sort_key=sort_key_of(name),
                joined_on=since,
                converted_on=since.replace(year=2016),
            )
            for one, name in enumerate(names)
        )
        Membership.objects.bulk_create(
            Membership(member=one, organization=branch, started_on=since) for one in people
        )
        Post.objects.bulk_create(
            Post(member=one, organization=branch, title=title, started_on=since)
            for one, title in zip(people, list(PostTitle)[:5], strict=False)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
