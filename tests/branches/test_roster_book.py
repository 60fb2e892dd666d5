"""The book in memory answers every question as the database does."""

import datetime as dt
from itertools import product

import pytest

import branches.roster_book
from branches.models import Organization, OrganizationKind, PostTitle, StandingException
from branches.roster import committee_expected, members_expected, seats_of
from branches.roster_book import RosterBook
from branches.services.organizations import move
from tests.factories import make_bureau, make_member, make_membership, make_organization, make_post

pytestmark = pytest.mark.django_db

MARCH, JUNE = dt.date(2025, 3, 1), dt.date(2025, 6, 1)
DAYS = [
    dt.date(1999, 1, 1),
    dt.date(2025, 2, 28),
    MARCH,
    dt.date(2025, 5, 31),
    JUNE,
    dt.date(2025, 12, 31),
]


@pytest.fixture
def organizations() -> list[Organization]:
    """A bureau of two branches and a group with a mover, exceptions, seats and a stranger."""
    bureau, (first, second) = make_bureau()
    group = make_organization("G1", parent=first, kind=OrganizationKind.GROUP)
    mover = make_member("搬一", group, until=JUNE)
    make_membership(mover, second, since=JUNE)
    make_member("预二", group, joined_on=MARCH, converted_on=None)
    excused = make_member("免三", second)
    StandingException.objects.create(
        membership=excused.memberships.get(),
        effect=StandingException.Effect.NOT_EXPECTED,
        started_on=MARCH,
        ended_on=JUNE,
        reason="长期病假",
    )
    silent = make_member("静四", first)
    StandingException.objects.create(
        membership=silent.memberships.get(),
        effect=StandingException.Effect.NOT_VOTING,
        started_on=MARCH,
        reason="留党察看",
    )
    make_post(mover, first, PostTitle.SECRETARY, until=JUNE)
    make_post(silent, bureau, PostTitle.COMMITTEE_MEMBER, since=MARCH)
    make_post(make_member("外五"), bureau, PostTitle.SECRETARY)
    make_post(silent, group, PostTitle.GROUP_LEADER)
    return [bureau, first, second, group]


@pytest.mark.parametrize("most_organizations", [0, 100])
def test_the_book_answers_as_the_database_does(
    organizations: list[Organization], most_organizations: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    group, second = organizations[3], organizations[2]
    move(group, second, on=MARCH, user=None)
    monkeypatch.setattr(branches.roster_book, "_MOST_ORGANIZATIONS", most_organizations)
    book = RosterBook(organizations)
    for day, one in product(DAYS, organizations):
        assert book.members_expected([one], on=day) == members_expected([one], on=day)
        assert book.committee_expected([one], on=day) == committee_expected([one], on=day)
    everywhere = members_expected(organizations, on=JUNE)
    assert len(everywhere) == 4
    assert book.members_expected(organizations, on=JUNE) == everywhere


@pytest.mark.parametrize("day", DAYS)
def test_the_seats_of_several_committees_are_those_of_each_alone(
    organizations: list[Organization], day: dt.date, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(3):
        seats = seats_of(organizations, on=day)
    for one in organizations:
        alone = {person.member_id for person in committee_expected([one], on=day)}
        assert seats.get(one.pk, set()) == alone


def test_a_holder_of_a_seat_stands_under_their_own_branch(
    organizations: list[Organization],
) -> None:
    bureau, first, *_ = organizations
    book = RosterBook([bureau])
    seats = {
        person.name: person.organization_id for person in book.committee_expected([bureau], on=JUNE)
    }
    assert seats == {"静四": first.pk, "外五": bureau.pk}


def test_the_book_asks_the_database_four_times_in_all(
    organizations: list[Organization], django_assert_num_queries
) -> None:
    with django_assert_num_queries(4):
        book = RosterBook(organizations)
        for day in DAYS:
            book.members_expected(organizations, on=day)
            book.committee_expected(organizations, on=day)
