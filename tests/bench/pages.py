"""Figures and pages as the tables grow: the same queries, nearly the same time."""

import datetime as dt
from pathlib import Path

from django.db import connection

from branches.models import Organization
from meetings.models import Activity, Credit, Kind, Status
from reports.figures import compute_figures
from tests.bench.rounds import row
from tests.bench.sides import copy_of, in_turns, served

YEAR = 2025
A_YEAR = 3_000  # activities


def run() -> None:
    """The same year in two files, one of which holds nine years more; the sides take turns."""
    bureau = Organization.objects.get(code="YC")
    branches = list(Organization.objects.filter(kind="BRANCH"))
    _fill(branches, YEAR)
    whole = Path(connection.settings_dict["NAME"])
    alone = copy_of(whole, "alone")
    for year in range(YEAR - 9, YEAR):
        _fill(branches, year)
    sides = {"alone": alone, "among": whole}

    times, queries = in_turns(sides, lambda: compute_figures(bureau, year=YEAR))
    row(
        f"A year's figures among ten years ({queries['among']} queries)",
        times["among"] / times["alone"],
        1.2,
        other=f"the same year alone ({queries['alone']} queries), {times['alone']:.3f} s",
    )
    with served(sides) as get:
        times, queries = in_turns(sides, lambda: get(f"/activities/?year={YEAR}"))
    row(
        f"Activity list, ten times the rows ({queries['among']} queries)",
        times["among"] / times["alone"],
        1.5,
        other=f"one year ({queries['alone']} queries), {times['alone']:.3f} s",
    )


def _fill(branches: list[Organization], year: int) -> None:
    start = dt.date(year, 1, 1)
    kinds = list(Kind)
    made = Activity.objects.bulk_create(
        Activity(
            host=branches[number % len(branches)],
            held_on=start + dt.timedelta(days=number % 365),
            title=f"活动{number}",
            status=Status.ACCEPTED,
        )
        for number in range(A_YEAR)
    )
    Credit.objects.bulk_create(
        Credit(activity=one, kind=kinds[number % len(kinds)], organization=one.host)
        for number, one in enumerate(made)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
