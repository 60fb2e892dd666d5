"""Figures and pages as the tables grow: the same queries, nearly the same time."""

import datetime as dt

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from branches.models import Organization, User
from meetings.models import Activity, Credit, Kind, Status
from reports.figures import compute_figures
from tests.bench.rounds import medians, row

YEAR = 2025
A_YEAR = 3_000  # activities


def run() -> None:
    bureau = Organization.objects.get(code="YC")
    branches = list(Organization.objects.filter(kind="BRANCH"))
    user = User.objects.get(username="admin")
    _fill(branches, YEAR)
    alone, queries = _figures(bureau)
    listed, list_queries = _list(user)
    for year in range(YEAR - 9, YEAR):
        _fill(branches, year)
    among_ten, queries_among_ten = _figures(bureau)
    listed_among_ten, list_queries_among_ten = _list(user)
    row(
        f"A year's figures among ten years ({queries_among_ten} queries)",
        among_ten / alone,
        1.2,
        other=f"the same year alone ({queries} queries), {alone:.3f} s",
    )
    row(
        f"Activity list, ten times the rows ({list_queries_among_ten} queries)",
        listed_among_ten / listed,
        1.5,
        other=f"one year ({list_queries} queries), {listed:.3f} s",
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


def _figures(bureau: Organization) -> tuple[float, int]:
    with CaptureQueriesContext(connection) as captured:
        compute_figures(bureau, year=YEAR)
    queries = len(captured)  # read now: the next request empties the log
    times = medians({"figures": lambda: compute_figures(bureau, year=YEAR)}, rounds=9)
    return times["figures"], queries


def _list(user: User) -> tuple[float, int]:
    with override_settings(
        ALLOWED_HOSTS=["testserver"],
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        client = Client()
        client.force_login(user)
        address = f"/activities/?year={YEAR}"
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        assert answer.status_code == 200, answer.status_code
        queries = len(captured)
        return medians({"list": lambda: client.get(address)}, rounds=9)["list"], queries
