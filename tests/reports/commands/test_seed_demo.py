import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from branches.models import Organization, User
from meetings.models import Activity
from reports.demo.desk import ACCOUNTS, PASSWORD
from tests.factories import make_organization


def run(**options: object) -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_it_prints_the_logins_and_says_so_when_called_again():
    first = run()
    activities = Activity.objects.count()
    second = run()
    year = str(timezone.localdate().year - 1)
    for text in (first, second):
        assert year in text.splitlines()[0]
        assert PASSWORD in text
        assert all(account.username in text for account in ACCOUNTS)
    assert first.splitlines()[0] != second.splitlines()[0]
    assert Activity.objects.count() == activities


@pytest.mark.django_db
def test_the_year_is_chosen():
    run(year="2023")
    days = Activity.objects.order_by("held_on").values_list("held_on", flat=True)
    assert (days[0].year, days.last()) == (2022, max(days))
    assert max(days) <= dt.date(2023, 12, 31)


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["1999", "二〇二三", "2023.5", "", "9999"])
def test_a_year_that_cannot_be_is_refused(year):
    with pytest.raises(CommandError, match="2005"):
        run(year=year)
    assert not Organization.objects.exists()


@pytest.mark.django_db
def test_a_database_with_other_data_is_refused():
    make_organization("X01")
    with pytest.raises(CommandError) as refused:
        run()
    assert "DATA_DIR" in str(refused.value)
    assert not User.objects.exists()
