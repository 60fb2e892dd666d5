"""No leak beside the page: whatever one branch can reach is the same without the other branch."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import resolve

from branches.models import Organization, OrganizationKind, Role
from meetings.models import Activity, Kind, Status
from tests.factories import make_activity, make_membership, make_organization, make_post, make_user
from tests.security.canaries import INSIDE, OUTSIDE, YEAR, Filled, fill, mark_of, typed_fields
from tests.security.crawl import crawl, text_of
from tests.security.pages import typed_form
from tests.security.permission_table import expected_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Organization:
    return make_organization("D00", kind=OrganizationKind.COMMITTEE, name=OUTSIDE)


@pytest.fixture
def inside(bureau: Organization) -> Filled:
    return fill("D01", bureau, INSIDE)


def fill_outside(bureau: Organization, inside: Filled) -> None:
    """The next branch, from which a member of the first once came."""
    outside = fill("D02", bureau, OUTSIDE)
    moved = inside.members[3]
    make_membership(moved, outside.branch, since=dt.date(1999, 1, 1), until=dt.date(2000, 1, 1))
    make_post(moved, outside.branch, since=dt.date(1999, 1, 1), until=dt.date(2000, 1, 1))
    make_activity(
        outside.branch,
        Kind.GROUP_STUDY,
        status=Status.ACCEPTED,
        held_on=dt.date(1999, 3, 1),
        title=OUTSIDE,
        absent={},
    )
    make_user("above", role=Role.ADMINISTRATOR, organization=bureau, name=OUTSIDE)


def logged_in(filled: Filled) -> Client:
    client = Client()
    client.force_login(filled.secretary)
    return client


def test_every_text_field_there_is_bears_the_canary(bureau: Organization, inside: Filled) -> None:
    bare = [
        f"{model.__name__}.{field.name}"
        for model, field in typed_fields()
        if not model.objects.filter(**{f"{field.name}__startswith": INSIDE}).exists()
    ]
    assert bare == []


def test_nothing_a_branch_can_reach_depends_on_another_branch(
    bureau: Organization, inside: Filled
) -> None:
    client = logged_in(inside)
    own = f"host={inside.branch.pk}&held_on={YEAR}-03-05"
    drafts = Activity.objects.filter(host=inside.branch, status=Status.DRAFT)
    besides = [
        *(f"/activities/{draft.pk}/check/" for draft in drafts),
        *(f"/activities/suggestions/?{own}&kinds={kind}" for kind in Kind.values),
        *(f"/activities/followups/?{own}&kinds={kind}" for kind in Kind.values),
    ]
    alone = crawl(client, year=YEAR, besides=besides)
    fill_outside(bureau, inside)
    together = crawl(client, year=YEAR, besides=besides)

    assert [address for address, text in together.items() if OUTSIDE in text + address] == []
    assert together.keys() == alone.keys()
    assert [address for address in alone if together[address] != alone[address]] == []

    # It went everywhere, and saw what it may see.
    reached = {resolve(address.split("?")[0]).url_name for address in together}
    pages = {
        row.split()[0]
        for (row, method), words in expected_answers().items()
        if method == "GET" and words["secretary"] == "200"
    }
    assert pages - reached == set()
    everything = "".join(together.values())
    shown = {
        f"{model.__name__}.{field.name}"
        for model, field in typed_fields()
        if mark_of(field, INSIDE) in everything
    }
    assert {
        "Organization.name",
        "Member.name",
        "Activity.minutes",
        "Attendance.reason",
        "Guest.unit",
        "AgendaItem.discussion",
        "StudyMaterial.title",
        "Rectification.problem",
        "ReportSection.body",
        "PlanItem.text",
        "User.name",
    } <= shown


def test_half_filled_forms_and_previews_tell_nothing_of_another_branch(
    bureau: Organization, inside: Filled
) -> None:
    fill_outside(bureau, inside)
    client, branch = logged_in(inside), inside.branch
    asked = {"held_on": f"{YEAR}-03-05", "kinds": "PARTY_LECTURE", "host": branch.pk}
    report = f"/organizations/{branch.code}/reports/{YEAR}/"
    shown = typed_form(client.get(report).content.decode())
    answers = [
        client.get("/activities/expected/", asked),
        client.get("/activities/new/", {"host": branch.code}),
        client.post("/activities/new/", asked | {"action": "refresh"}),
        client.post("/activities/new/", asked | {"action": "submit", "attendance": "RECORDED"}),
        client.post(f"{report}preview/", shown | {"includes_submitted": "submitted"}),
        client.post(report, shown | {"title": "", "version": 999}),
        client.post(report, shown | {"title": "改动", "version": 999}),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 200, 422, 409]
    assert [INSIDE in text_of(answer) for answer in answers] == [True] * len(answers)
    assert [OUTSIDE in text_of(answer) for answer in answers] == [False] * len(answers)


def test_the_crawl_finds_what_a_wider_scope_can_see(bureau: Organization, inside: Filled) -> None:
    fill_outside(bureau, inside)
    client = Client()
    client.force_login(make_user("whole", role=Role.INSPECTOR, organization=bureau))
    found = crawl(client, year=YEAR, at_most=40)
    assert sum(OUTSIDE in text for text in found.values()) > 20
    assert sum(INSIDE in text for text in found.values()) > 5
