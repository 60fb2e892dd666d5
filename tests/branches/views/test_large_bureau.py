"""A bureau twice as large costs its pages no query more; `make bench` tells their time."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import Organization, User
from meetings.models import ImportRun
from tests.bench.large_bureau import fill_bureau, start_roster_import
from tests.bench.rosters import pages

DAY = dt.date(2025, 11, 24)


def queries_of_pages(organizations: int) -> dict[str, int]:
    """Page → queries in a bureau of so many organizations, two people to each; then it is gone."""
    found = {}
    with transaction.atomic():
        fill_bureau(organizations=organizations, people=organizations * 2, on=DAY)
        run = start_roster_import(people=organizations * 2, on=DAY)
        assert Organization.objects.count() == organizations
        for name, (address, username, _ratio) in pages(DAY, import_key=run.pk).items():
            client = Client()
            client.force_login(User.objects.get(username=username))
            client.get("/account/")  # the first request of a session writes it
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200, name
            found[name] = len(queries)
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_twice_the_bureau_takes_the_same_queries() -> None:
    # From 20 records waiting on, the home page also counts them: so many wait on either side.
    few = queries_of_pages(26)
    assert not ImportRun.objects.exists()
    assert len(few) > 10
    assert queries_of_pages(52) == few
