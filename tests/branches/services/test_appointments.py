"""Appointing and ending, and who looks after whom."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from branches.models import Appointment, Organization, OrganizationKind, Role, User
from branches.services.accounts import issue_link, open_link
from branches.services.appointments import appoint, end_appointment
from tests.factories import make_bureau, make_organization, make_user

pytestmark = pytest.mark.django_db

TODAY = dt.date(2025, 6, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def branch() -> Organization:
    _bureau, (branch, _next) = make_bureau()
    return branch


@pytest.fixture
def bureau(branch: Organization) -> Organization:
    return Organization.objects.get(code="D00")


def put(user: User, role: Role, where: Organization | None, **period: dt.date) -> Appointment:
    period.setdefault("started_on", TODAY)
    return appoint(user, role=role, organization=where, by=None, at=timezone.now(), **period)


def administrator(where: Organization, name: str = "adm") -> User:
    return make_user(name, role=Role.ADMINISTRATOR, organization=where)


def test_the_same_role_there_is_refused_while_a_period_overlaps(branch: Organization) -> None:
    user = make_user()
    put(user, Role.RECORDER, branch, ended_on=TODAY + 10 * DAY)
    for period in (
        {"started_on": TODAY + DAY},
        {"started_on": TODAY - 5 * DAY},
        {"started_on": TODAY - 5 * DAY, "ended_on": TODAY + DAY},
    ):
        with pytest.raises(ValidationError):
            put(user, Role.RECORDER, branch, **period)
    put(user, Role.RECORDER, branch, started_on=TODAY + 10 * DAY)
    put(user, Role.RECORDER, branch, started_on=TODAY - 5 * DAY, ended_on=TODAY)
    put(user, Role.SECRETARY, branch)
    assert user.appointments.count() == 4


def test_one_made_by_mistake_is_withdrawn_on_the_same_day_and_made_again(
    branch: Organization,
) -> None:
    user = make_user()
    appointment = put(user, Role.RECORDER, branch)
    end_appointment(appointment, ended_on=TODAY)
    assert not user.appointments.in_force(TODAY).exists()
    assert not user.appointments.not_over(TODAY - DAY).exists()
    put(user, Role.RECORDER, branch)
    assert user.appointments.in_force(TODAY).count() == 1


def test_an_administrator_sees_whom_they_could_have_appointed_or_created(
    branch: Organization, bureau: Organization
) -> None:
    elsewhere = make_organization("E00", kind=OrganizationKind.COMMITTEE)
    mine = administrator(branch)
    here = make_user("here", role=Role.RECORDER, organization=branch)
    was_here = make_user("was", role=Role.RECORDER, organization=branch, until=TODAY)
    created = make_user("created", created_by=mine)
    make_user("next", role=Role.SECRETARY, organization=Organization.objects.get(code="D02"))
    above = administrator(bureau, "above")
    make_user("other", role=Role.SECRETARY, organization=elsewhere)
    auditor = make_user("aud", role=Role.AUDITOR)
    assert set(User.objects.visible_to(mine, on=TODAY)) == {mine, here, was_here, created}
    assert above in User.objects.visible_to(above, on=TODAY)
    assert auditor not in User.objects.visible_to(above, on=TODAY)
    secretary = make_user("sec", role=Role.SECRETARY, organization=bureau)
    assert not User.objects.visible_to(secretary, on=TODAY).exists()
    root = make_user("root", is_superuser=True)
    assert User.objects.visible_to(root, on=TODAY).count() == User.objects.count()


@pytest.mark.parametrize(
    "beyond", ["administrator above", "auditor", "to come", "superuser", "another bureau"]
)
def test_nobody_opens_the_account_of_one_who_reaches_further(
    branch: Organization, bureau: Organization, beyond: str
) -> None:
    mine = administrator(branch)
    user = make_user("both", role=Role.RECORDER, organization=branch)
    looked_after = User.objects.looked_after_by(mine, on=TODAY)
    assert user in looked_after
    if beyond == "superuser":
        User.objects.filter(pk=user.pk).update(is_superuser=True)
    elif beyond == "auditor":
        put(user, Role.AUDITOR, None)
    elif beyond == "to come":
        put(user, Role.ADMINISTRATOR, bureau, started_on=TODAY + 30 * DAY)
    elif beyond == "another bureau":
        put(user, Role.RECORDER, make_organization("E00", kind=OrganizationKind.COMMITTEE))
    else:
        put(user, Role.ADMINISTRATOR, bureau)
    assert user in User.objects.visible_to(mine, on=TODAY)
    assert user not in looked_after.all()


def test_what_is_over_elsewhere_reaches_no_further_and_nobody_looks_after_themselves(
    branch: Organization, bureau: Organization
) -> None:
    mine = administrator(branch)
    user = make_user("was", role=Role.RECORDER, organization=branch)
    put(user, Role.SECRETARY, bureau, started_on=TODAY - 9 * DAY, ended_on=TODAY)
    end_appointment(
        put(user, Role.SECRETARY, bureau, started_on=TODAY + 9 * DAY), ended_on=TODAY + 9 * DAY
    )
    assert list(User.objects.looked_after_by(mine, on=TODAY)) == [user]


def test_a_link_made_by_one_who_reaches_less_far_ends_with_the_appointment(
    branch: Organization, bureau: Organization
) -> None:
    """Else it would be a key to what the user was given later."""
    mine, above = administrator(branch), administrator(bureau, "above")
    user = make_user("both", role=Role.RECORDER, organization=branch)
    now = timezone.now()
    token = issue_link(user, by=mine, at=now)
    appoint(user, role=Role.SECRETARY, organization=branch, started_on=TODAY, by=mine, at=now)
    assert open_link(token, at=now)
    appoint(user, role=Role.SECRETARY, organization=bureau, started_on=TODAY, by=above, at=now)
    assert open_link(token, at=now) is None
