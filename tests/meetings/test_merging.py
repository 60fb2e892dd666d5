"""Two texts of a record: each part is taken from one or the other, and nothing is saved by that."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Role
from meetings.merging import CHOICE, PARTS, THEIRS
from meetings.models import Activity, AttendanceState, Kind, Status
from meetings.services import AgendaLine, Entry, GuestLine, LeaveLine, amend_activity
from tests.factories import make_activity, make_bureau, make_member, make_user
from tests.meetings.typed import make_typed

pytestmark = pytest.mark.django_db

TEXTS = {
    name: f"他们的{name}"
    for name in ("place", "title", "chair", "recorder", "lecturer", "form", "minutes", "decision")
}


class Two:
    """A record that two people edit: theirs is stored as version 2, mine is being sent."""

    def __init__(self, client: Client) -> None:
        bureau, (self.first, self.second) = make_bureau()
        self.client = client
        self.ours = make_member("甲一", self.first)
        self.gone = make_member("乙一", self.second)
        client.force_login(make_user(role=Role.ADMINISTRATOR, organization=bureau))
        self.activity = make_activity(self.first, status=Status.DRAFT)
        theirs = Entry(
            host=self.second,
            held_on=dt.date(2025, 2, 3),
            start_time=dt.time(9, 5),
            end_time=dt.time(10),
            holiday="spring_festival",
            study_hours=Decimal("1.5"),
            highlight="他们的highlight",
            credits=tuple(
                (kind, one)
                for kind in ("PARTY_LECTURE", "GROUP_STUDY")
                for one in (self.second, self.first)
            ),
            exceptions={self.gone.pk: LeaveLine(AttendanceState.ABSENT, "出差")},
            agenda=(AgendaLine("他们的议题", votes_for=3), AgendaLine("第二项")),
            guests=(GuestLine("罗望川", "工委"),),
            materials=("甲", "乙"),
            **TEXTS,
        )
        amend_activity(self.activity, theirs, user=None, expected_version=1)

    def merge(self, parts: Iterable[str]) -> Any:
        """The form's own fields after choosing the parts from theirs."""
        mine = make_typed(
            self.first,
            Kind.THEMED_PARTY_DAY,
            title="我的",
            minutes="我的",
            version=2,
            action="merge",
            attendance="RECORDED",
            **{
                f"state-{self.ours.pk}": "ON_LEAVE",
                "agenda-TOTAL_FORMS": 1,
                "agenda-0-topic": "我的议题",
            },
        )
        chosen = {CHOICE + part: THEIRS for part in parts}
        address = reverse("activity_edit", args=[self.activity.pk])
        answer = self.client.post(address, mine | chosen)
        assert answer.status_code == 200
        assert Activity.objects.get().version == 2
        return answer


@pytest.fixture
def two(client: Client) -> Two:
    return Two(client)


STORED = TEXTS | {
    "held_on": "2025-02-03",
    "start_time": "09:05",
    "end_time": "10:00",
    "holiday": "spring_festival",
    "study_hours": "1.5",
    "highlight": "他们的highlight",
    "kinds": ["PARTY_LECTURE", "GROUP_STUDY"],
    "guests": "罗望川（工委）",
    "materials": "《甲》\n《乙》",
}


@pytest.mark.parametrize("part", STORED)
def test_a_field_taken_from_theirs_stands_in_the_form_and_the_rest_stays_mine(
    two: Two, part: str
) -> None:
    form = two.merge([part]).context["form"]
    assert form[part].value() == STORED[part]
    other = "minutes" if part != "minutes" else "title"
    assert form[other].value() == "我的"
    assert form["version"].value() == "2"


def test_host_and_partners_are_taken_from_theirs(two: Two) -> None:
    form = two.merge(["host", "joint"]).context["form"]
    assert form["host"].value() == str(two.second.pk)
    assert form["joint"].value() == [str(two.first.pk)]


def test_attendance_is_taken_whole(two: Two) -> None:
    answer = two.merge(["attendance", "host", "joint", "kinds", "held_on"])
    assert answer.context["form"]["attendance"].value() == "RECORDED"
    marks = {row.member_id: (row.state, row.reason) for row in answer.context["grid"].rows}
    assert marks == {two.ours.pk: ("PRESENT", ""), two.gone.pk: ("ABSENT", "出差")}


def test_the_agenda_is_taken_whole(two: Two) -> None:
    agenda = two.merge(["agenda"]).context["agenda"]
    lines = [(form["topic"].value(), form["votes_for"].value()) for form in agenda.initial_forms]
    assert lines == [("他们的议题", "3"), ("第二项", "")]


def test_without_a_choice_all_of_it_stays_mine(two: Two) -> None:
    answer = two.merge([])
    agenda = answer.context["agenda"].initial_forms
    assert [form["topic"].value() for form in agenda] == ["我的议题"]
    assert answer.context["form"]["title"].value() == "我的"
    marks = {row.member_id: row.state for row in answer.context["grid"].rows}
    assert marks == {two.ours.pk: "ON_LEAVE"}


def test_the_page_of_two_texts_offers_a_choice_for_each_part_that_differs(
    two: Two,
) -> None:
    address = reverse("activity_edit", args=[two.activity.pk])
    answer = two.client.post(address, make_typed(two.first, version=1, title="我的"))
    assert answer.status_code == 409
    differing = {choice for choice, *_texts in answer.context["rows"]}
    assert CHOICE + "title" in differing
    for choice in (CHOICE + part for part in PARTS):
        assert answer.text.count(f'name="{choice}"') == (2 if choice in differing else 0)  # type: ignore[attr-defined]
