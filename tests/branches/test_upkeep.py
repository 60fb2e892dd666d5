"""What organizations ask for, as of a day."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from branches.models import Organization, PostTitle, Role
from branches.services.organizations import begin_term
from branches.upkeep import Upkeep, upkeep_of
from tests.factories import make_bureau, make_member, make_organization, make_post, make_user

pytestmark = pytest.mark.django_db

TODAY = dt.date(2027, 1, 10)


def _upkeep() -> Upkeep:
    return upkeep_of(Organization.objects.all(), on=TODAY)


def test_re_elections_show_six_months_ahead_and_when_overdue() -> None:
    _bureau, (late, soon, far) = make_bureau(3)
    for branch, elected in ((late, "2024-01-09"), (soon, "2024-07-01"), (far, "2024-08-01")):
        begin_term(branch, number=1, on=dt.date.fromisoformat(elected), user=None)
    assert [(one.organization.code, one.is_overdue) for one in _upkeep().elections] == [
        ("D01", True),
        ("D02", False),
    ]


def test_a_committee_without_a_term_is_named() -> None:
    _bureau, (branch, _other) = make_bureau()
    make_post(make_member("甲一", branch), branch)
    assert [one.organization.code for one in _upkeep().without_term] == ["D01"]
    begin_term(branch, number=1, on=dt.date(2026, 1, 5), user=None)
    assert _upkeep().without_term == ()


def test_conversions_show_two_months_ahead_and_when_overdue() -> None:
    _bureau, (branch, _other) = make_bureau()
    for name, joined in (("早一", "2025-12-01"), ("近二", "2026-03-01"), ("远三", "2026-06-01")):
        day = dt.date.fromisoformat(joined)
        make_member(name, branch, joined_on=day, converted_on=None, since=day)
    extended = dt.date(2027, 9, 1)
    make_member(
        "延四",
        branch,
        joined_on=dt.date(2025, 12, 1),
        converted_on=None,
        probation_ends_on=extended,
    )
    assert [(one.member.name, one.is_overdue) for one in _upkeep().conversions] == [
        ("早一", True),
        ("近二", False),
    ]


@pytest.mark.parametrize(
    ("members", "seats", "lists"),
    [
        (2, 1, {"too_small"}),
        (3, 1, set()),
        (6, 1, set()),
        (7, 2, {"without_committee"}),
        (7, 3, set()),
        (50, 3, set()),
        (51, 3, {"too_large"}),
    ],
)
def test_a_branch_is_named_by_its_size(members: int, seats: int, lists: set[str]) -> None:
    bureau, _none = make_bureau(0)
    branch = make_organization("D01", parent=bureau)
    people = [make_member(f"党员{number}", branch) for number in range(members)]
    titles = (PostTitle.SECRETARY, PostTitle.DEPUTY_SECRETARY, PostTitle.DISCIPLINE_OFFICER)
    for member, title in zip(people[:seats], titles, strict=False):
        make_post(member, branch, title)
    upkeep = _upkeep()
    named = {
        name for name in ("without_committee", "too_small", "too_large") if getattr(upkeep, name)
    }
    assert named == lists


def test_a_closed_branch_asks_for_nothing() -> None:
    bureau, _none = make_bureau(0)
    make_organization("D01", parent=bureau, closed_on=TODAY)
    assert not _upkeep()


def test_two_hundred_organizations_cost_as_many_queries_as_two(
    django_assert_num_queries: Any,
) -> None:
    bureau, _branches = make_bureau(2)
    organizations = Organization.objects.all()
    with django_assert_num_queries(5):
        upkeep_of(organizations, on=TODAY)
    for number in range(3, 201):
        make_organization(f"D{number:03}", parent=bureau)
    with django_assert_num_queries(5):
        upkeep_of(Organization.objects.all(), on=TODAY)


def test_the_page_shows_the_users_organizations_alone_and_forms_to_the_administrator() -> None:
    bureau, (first, second) = make_bureau()
    for branch in (first, second):
        make_post(make_member(f"甲{branch.code}", branch), branch)
    secretary, boss = Client(), Client()
    secretary.force_login(make_user("sec", role=Role.SECRETARY, organization=first))
    boss.force_login(make_user("boss", role=Role.ADMINISTRATOR, organization=bureau))

    page = secretary.get("/upkeep/").content.decode()
    assert first.name in page
    assert second.name not in page
    assert "/term/" not in page
    page = boss.get("/upkeep/").content.decode()
    assert second.name in page
    assert "/organizations/D02/term/" in page
    assert "/organizations/D02/merge/" in page
