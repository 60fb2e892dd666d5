"""Verdicts on many organizations at once: few queries, and each judged by its own records."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from branches.models import Organization
from meetings.compliance import compliance_of
from meetings.models import Kind, Requirement
from meetings.requirements import State, Verdict
from tests.factories import make_activity, make_bureau, make_organization

pytestmark = pytest.mark.django_db
YEAR = 2025
STUDY = Kind.GROUP_STUDY


def judged(organizations: Sequence[Organization]) -> dict[int, list[Verdict]]:
    return compliance_of(
        organizations,
        year=YEAR,
        on=dt.date(YEAR + 1, 1, 1),
        statuses=("ACCEPTED",),
        kinds=[STUDY],
    )


def months_done(verdicts: list[Verdict]) -> list[int]:
    return [one.first.month for one in verdicts if one.state == State.DONE]


@pytest.fixture
def monthly() -> None:
    Requirement.objects.filter(kind=STUDY).delete()
    Requirement.objects.create(
        kind=STUDY,
        organization_kind="BRANCH",
        period="MONTH",
        effective_from=dt.date(2020, 1, 1),
        source="测试",
    )


@pytest.mark.usefixtures("monthly")
def test_ten_times_the_branches_take_the_same_six_queries(
    django_assert_num_queries: Callable[..., Any],
) -> None:
    bureau, branches = make_bureau(2)
    more = [make_organization(f"E{number:02}", parent=bureau) for number in range(18)]
    for branch in [*branches, *more]:
        make_activity(branch, STUDY, held_on=dt.date(YEAR, 3, 5))
    with django_assert_num_queries(6):
        few = judged(branches)
    with django_assert_num_queries(6):
        many = judged([*branches, *more])
    assert [len(found) for found in (few, many)] == [2, 20]
    assert all(months_done(verdicts) == [3] for verdicts in many.values())


@pytest.mark.usefixtures("monthly")
def test_what_lies_between_the_organizations_asked_about_is_not_counted_for_them() -> None:
    _bureau, (first, between, last) = make_bureau(3)
    for month, branch in enumerate((first, between, last), start=1):
        make_activity(branch, STUDY, held_on=dt.date(YEAR, month, 5))
    found = judged([last, first])
    assert {pk: months_done(verdicts) for pk, verdicts in found.items()} == {
        first.pk: [1],
        last.pk: [3],
    }


@pytest.mark.usefixtures("monthly")
def test_a_bureaus_own_rule_is_asked_of_its_branches_alone() -> None:
    bureau, (own,) = make_bureau(1)
    other = make_organization("X00", parent=None)
    Requirement.objects.create(
        kind=STUDY,
        organization_kind="BRANCH",
        period="YEAR",
        scope=bureau,
        effective_from=dt.date(2020, 1, 1),
        source="本局规定",
    )
    found = judged([own, other])
    assert [len(found[one.pk]) for one in (own, other)] == [1, 12]


def test_nothing_is_asked_of_nobody(django_assert_num_queries: Callable[..., Any]) -> None:
    with django_assert_num_queries(0):
        assert judged([]) == {}
