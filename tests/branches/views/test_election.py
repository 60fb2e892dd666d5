"""The form of an election: all posts of an organization at once."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from branches.forms import election
from branches.models import MemberEvent, Organization, OrganizationKind, Post, PostTitle, Role
from tests.factories import make_member, make_organization, make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch(client: Client) -> Organization:
    bureau = make_organization("D00", kind=OrganizationKind.COMMITTEE)
    branch = make_organization("D01", parent=bureau)
    client.force_login(make_user(role=Role.ADMINISTRATOR, organization=bureau))
    return branch


def held(branch: Organization, on: dt.date) -> set[tuple[str, str]]:
    posts = Post.objects.in_force(on).filter(organization=branch).select_related("member")
    return {(post.title, post.member.name) for post in posts}


def test_the_form_opens_with_those_who_hold_the_posts(client: Client, branch: Organization) -> None:
    secretary = make_member("甲一", branch)
    make_post(secretary, branch)
    make_member("乙二", branch, converted_on=None)
    form = client.get(reverse("organization_election", args=["D01"])).context["form"]
    assert form["secretary_1"].value() == str(secretary.pk)
    assert form["deputy_secretary_2"].value() == ""
    assert [name for _pk, name in form.fields["secretary_1"].choices] == ["空缺", "甲一"]


def test_an_election_writes_what_differs(client: Client, branch: Organization) -> None:
    old, new, third = (make_member(name, branch) for name in ("甲一", "乙二", "丙三"))
    make_post(old, branch)
    make_post(third, branch, PostTitle.DISCIPLINE_OFFICER)
    elected = dt.date(2025, 3, 1)
    client.post(
        reverse("organization_election", args=["D01"]),
        {
            "happened_on": elected.isoformat(),
            "secretary_1": new.pk,
            "discipline_officer_1": third.pk,
            "committee_member_1": old.pk,
        },
    )
    before = elected - dt.timedelta(days=1)
    assert held(branch, before) == {("SECRETARY", "甲一"), ("DISCIPLINE_OFFICER", "丙三")}
    assert held(branch, elected) == {
        ("SECRETARY", "乙二"),
        ("DISCIPLINE_OFFICER", "丙三"),
        ("COMMITTEE_MEMBER", "甲一"),
    }
    assert MemberEvent.objects.count() == 3


def test_a_refused_election_writes_nothing_and_names_the_member(
    client: Client, branch: Organization
) -> None:
    make_post(make_member("甲一", branch), branch)
    late = make_member("乙二", branch, since=dt.date(2025, 5, 1))
    answer = client.post(
        reverse("organization_election", args=["D01"]),
        {"happened_on": "2025-03-01", "secretary_1": late.pk},
    )
    assert "乙二" in str(answer.context["form"].non_field_errors())
    assert not MemberEvent.objects.exists()


def test_one_member_takes_one_seat_of_a_post(client: Client, branch: Organization) -> None:
    member = make_member("甲一", branch)
    answer = client.post(
        reverse("organization_election", args=["D01"]),
        {
            "happened_on": "2025-03-01",
            "committee_member_1": member.pk,
            "committee_member_2": member.pk,
        },
    )
    assert list(answer.context["form"].errors) == ["committee_member_2"]


def test_where_members_are_many_their_names_are_typed(
    client: Client, branch: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(election, "MOST_CHOICES", 2)
    old, twin, other = (
        make_member("甲一", branch, birth_month="1970-01"),
        make_member("乙二", branch, birth_month="1980-05"),
        make_member("乙二", branch, birth_month="1981-06"),
    )
    make_post(old, branch)
    address = reverse("organization_election", args=["D01"])
    page = client.get(address).content.decode()
    assert 'value="甲一 1970-01"' in page
    assert "乙二" not in page

    typed = {"happened_on": "2025-03-01", "secretary_1": "乙二", "deputy_secretary_1": "丙三"}
    errors = client.post(address, typed).context["form"].errors
    assert "乙二 1980-05、乙二 1981-06" in errors["secretary_1"][0]
    assert list(errors) == ["secretary_1", "deputy_secretary_1"]
    assert 'value="丙三"' in client.post(address, typed).content.decode()

    client.post(
        address,
        {"happened_on": "2025-03-01", "secretary_1": "乙二　1981-06", "deputy_secretary_1": "甲一"},
    )
    posts = Post.objects.in_force(dt.date(2025, 3, 1)).values_list("title", "member")
    assert set(posts) == {("SECRETARY", other.pk), ("DEPUTY_SECRETARY", old.pk)}
    assert not twin.posts.exists()
