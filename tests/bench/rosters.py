"""A bureau of 5,000 people in 200 organizations against one of 500 in 20, page by page; and the
year of 1,000 branches judged at once."""

import datetime as dt
from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from branches.models import Organization
from meetings.compliance import compliance_of
from meetings.models import Activity, Credit, Kind, Status
from tests.bench import browser
from tests.bench.large_bureau import AUDITOR, CODE, fill_bureau, make_tree, start_roster_import
from tests.bench.rounds import medians, row
from tests.bench.sides import copy_of, in_turns, open_side, served

SIZES = {"few": (20, 500), "many": (200, 5_000)}  # organizations, people
# A page of a list shows as much on either side. A search by a part of the name reads every name,
# and the other pages have a row or a number for every organization: ten times as many.
A_PAGE, EVERY_ROW = 1.5, 11.0
BRANCHES, YEAR = 1_000, 2025
GRID_SECONDS = 0.3


def run(folder: Path) -> None:
    """The pages on both sides in turns, the larger side in a browser, then the grid."""
    site = Path(connection.settings_dict["NAME"])
    empty = folder / "empty.sqlite3"
    open_side(empty)
    call_command("migrate", verbosity=0)
    sides = {name: copy_of(empty, name) for name in SIZES}
    today = timezone.localdate()
    for name, database in sides.items():
        open_side(database)
        organizations, people = SIZES[name]
        fill_bureau(organizations=organizations, people=people, on=today)
        start_roster_import(people=people, on=today)
    with served(sides) as get:
        for name, (address, user, target) in pages(today).items():
            times, queries = in_turns(sides, partial(get, address, user))
            row(
                f"{name}, 5,000 people ({queries['many']} queries)",
                times["many"] / times["few"],
                target,
                other=f"500 people ({queries['few']} queries), {times['few']:.3f} s",
            )
    open_side(sides["many"])
    browser.run(folder, pages(today))
    _judge_a_thousand(empty)
    open_side(site)


def pages(today: dt.date, *, import_key: int = 1) -> dict[str, tuple[str, str, float]]:
    """Name → address, who reads it, and how many times as long ten times the people may take."""
    year = today.year
    bureau = f"/organizations/{CODE}/"
    admin = "admin"
    return {
        "Roster by name": ("/members/", admin, A_PAGE),
        "Roster by post": ("/members/?sort=post", admin, A_PAGE),
        "Roster by pinyin": ("/members/?q=zhangw", admin, EVERY_ROW),
        "Roster of an old day": (f"/members/?on={year - 1}-06-30", admin, A_PAGE),
        "Roster of those with a post": ("/members/?post=any&standing=FULL", admin, A_PAGE),
        "Page of the bureau": (bureau, admin, A_PAGE),
        "Users": ("/users/", admin, A_PAGE),
        "Audit log": ("/audit/", AUDITOR, A_PAGE),
        "Grid of an import": (f"/imports/{import_key}/?show=ALL", admin, A_PAGE),
        "Organizations with head counts": ("/organizations/", admin, EVERY_ROW),
        "Terms and upkeep": ("/upkeep/", admin, EVERY_ROW),
        "Who is behind": (f"/compliance/?year={year}", admin, EVERY_ROW),
        "Who is behind, one kind": (
            f"/compliance/?year={year}&kind={Kind.THEMED_PARTY_DAY}",
            admin,
            EVERY_ROW,
        ),
        "Home of the administrator": ("/", admin, EVERY_ROW),
        "Figures of the bureau": (f"{bureau}figures/{year}/", admin, EVERY_ROW),
    }


def _judge_a_thousand(database: Path) -> None:
    """`compliance_of` for 1,000 branches, each with a record a month, against 100 of them."""
    open_side(database)
    make_tree(BRANCHES + BRANCHES // 5, founded_on=dt.date(YEAR - 20, 7, 1))
    branches = list(Organization.objects.filter(kind="BRANCH")[:BRANCHES])
    made = Activity.objects.bulk_create(
        Activity(
            host=branch, held_on=dt.date(YEAR, month, 5), title="主题党日", status=Status.ACCEPTED
        )
        for branch in branches
        for month in range(1, 13)
    )
    Credit.objects.bulk_create(
        Credit(activity=one, kind=Kind.THEMED_PARTY_DAY, organization=one.host) for one in made
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def judge(number: int, kinds: list[str]) -> None:
        compliance_of(
            branches[:number],
            year=YEAR,
            on=dt.date(YEAR + 1, 1, 1),
            statuses=(Status.ACCEPTED,),
            kinds=kinds,
        )

    for name, kinds in (("a kind", [Kind.THEMED_PARTY_DAY.value]), ("all kinds", [])):
        taken = medians(
            {
                "few": partial(judge, BRANCHES // 10, kinds),
                "many": partial(judge, BRANCHES, kinds),
            },
            rounds=15,
        )
        what = f"{BRANCHES} branches × 12 months judged, {name}"
        row(what, taken["many"], GRID_SECONDS, unit="s")
        other = f"{BRANCHES // 10} branches, {taken['few']:.3f} s"
        row("the same", taken["many"] / taken["few"], EVERY_ROW, other=other)
