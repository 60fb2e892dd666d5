"""The pages of a record ask the database as often for a large record as for a small one."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.models import OrganizationKind, PostTitle, Role, User
from meetings.models import Activity, AttendanceState, EntryTemplate, Kind, Revision, Status
from meetings.reading import with_rows
from meetings.services import (
    AgendaLine,
    AttachmentLine,
    GuestLine,
    LeaveLine,
    amend_activity,
    return_activity,
    submit_activity,
)
from meetings.views import history
from tests.factories import (
    make_activity,
    make_entry,
    make_member,
    make_organization,
    make_post,
    make_user,
)
from tests.meetings.attachments.files import make_attachment
from tests.meetings.typed import make_typed_edit

pytestmark = pytest.mark.django_db

FEW, MANY = 2, 20
MINUTES = "会议学习了有关文件，与会同志逐一发言，结合本职工作谈了认识，形成了一致意见。"
KINDS = (Kind.GENERAL_MEETING, Kind.COMMITTEE_MEETING, Kind.PARTY_COMMITTEE_MEETING)


@dataclass
class Desk:
    """A bureau whose administrator looks at a record with so many of everything."""

    client: Client
    user: User
    activity: Activity
    typed: dict[str, Any]

    def get(self, page: str, **query: Any) -> HttpResponse:
        return self.client.get(reverse(page, args=[self.activity.pk]), query)

    def post(self, page: str, **form: Any) -> HttpResponse:
        return self.client.post(reverse(page, args=[self.activity.pk]), form)


def make_desk(code: str, number: int) -> Desk:
    """So many branches, people with a post, absences, agenda items, guests, materials, files,
    revisions, comments, records at the same hour, and records with the same minutes."""
    bureau = make_organization(f"{code}00", kind=OrganizationKind.COMMITTEE)
    user = make_user(code, role=Role.ADMINISTRATOR, organization=bureau)
    branches = [make_organization(f"{code}{one:02}", parent=bureau) for one in range(1, number + 1)]
    people = [make_member(f"{code}{one}", branch) for one, branch in enumerate(branches)]
    for person, branch in zip(people, branches, strict=True):
        make_post(person, branch, PostTitle.SECRETARY)
        make_activity(
            branch, user=user, absent={}, minutes=MINUTES, start_time=dt.time(9), title="同时"
        )
    absences = {one.pk: LeaveLine(AttendanceState.ON_LEAVE, "病假") for one in people[1:]}
    host = branches[0]
    parts: dict[str, Any] = {
        "organizations": branches,
        "start_time": dt.time(9),
        "minutes": MINUTES,
        "exceptions": absences,
        "agenda": tuple(AgendaLine(f"议题{one}", votes_for=1) for one in range(number)),
        "guests": tuple(GuestLine(f"来宾{one}") for one in range(number)),
        "materials": tuple(f"文件{one}" for one in range(number)),
    }
    activity = make_activity(host, *KINDS, status=Status.DRAFT, user=user, title="记录")
    files = [make_attachment(activity, user=user).pk for _one in range(number)]
    for version in range(1, number + 1):
        lines = tuple(AttachmentLine(pk, "PHOTO") for pk in files)
        entry = make_entry(host, *KINDS, title=f"第{version}稿", attachments=lines, **parts)
        amend_activity(activity, entry, user=user, expected_version=version)
    _send_back(activity, user, fields=("minutes", "title", "agenda"))
    for _one in range(number - 1):
        _send_back(activity, user, fields=("minutes",))
    # One fewer: a list that is full asks how many there are in all.
    for one in range(number - 1):
        EntryTemplate.objects.create(
            organization=host, name=f"模板{one}", typed={"title": ["例会"]}, created_by=user
        )
        make_activity(branches[one], status=Status.SUBMITTED, user=user, title=f"待审{one}")
    client = Client()
    client.force_login(user)
    activity = with_rows().get(pk=activity.pk)
    return Desk(client, user, activity, _typed(activity, number, files, people))


def _send_back(activity: Activity, user: User, fields: tuple[str, ...]) -> None:
    activity.refresh_from_db()
    submit_activity(activity, user=user, expected_version=activity.version)
    return_activity(
        activity,
        user=user,
        expected_version=activity.version + 1,
        comment="请改",
        on_fields=dict.fromkeys(fields, "写具体"),
    )


def _typed(activity: Activity, number: int, files: list[int], people: list[Any]) -> dict[str, Any]:
    typed: dict[str, Any] = {
        "kinds": [kind.value for kind in KINDS],
        "joint": list({one.organization_id for one in activity.credits.all()}),
        "start_time": "09:00",
        "minutes": MINUTES,
        "attendance": "RECORDED",
        "shown": ",".join(str(one.pk) for one in people),
        "guests": "\n".join(f"来宾{one}" for one in range(number)),
        "materials": "\n".join(f"文件{one}" for one in range(number)),
        "agenda-TOTAL_FORMS": number,
        "attachment": files,
    }
    typed |= {f"agenda-{one}-topic": f"议题{one}" for one in range(number)}
    typed |= {f"state-{one.pk}": "ON_LEAVE" for one in people[1:]}
    return make_typed_edit(activity, **typed)


def _submitted(desk: Desk) -> HttpResponse:
    submit_activity(desk.activity, user=desk.user, expected_version=desk.activity.version)
    return desk.get("activity_review")


PAGES: dict[str, Callable[[Desk], HttpResponse]] = {
    "home": lambda desk: desk.client.get(reverse("home")),
    "list": lambda desk: desk.client.get(reverse("activity_list")),
    "list searched": lambda desk: desk.client.get(reverse("activity_list"), {"q": "稿"}),
    "waiting for acceptance": lambda desk: desk.client.get(reverse("review_list")),
    "record": lambda desk: desk.get("activity_detail"),
    "check": lambda desk: desk.get("activity_check"),
    "review": _submitted,
    "history": lambda desk: desk.get("activity_history"),
    "compare": lambda desk: desk.get("activity_compare", before=1, after=3),
    "revert": lambda desk: desk.post(
        "activity_revert", version=desk.activity.version, revision=1, confirmed=""
    ),
    "blank form": lambda desk: desk.client.get(reverse("activity_create")),
    "copied form": lambda desk: desk.client.get(
        reverse("activity_create"), {"copy": desk.activity.pk}
    ),
    "form of the record": lambda desk: desk.get("activity_edit"),
    "form shown again": lambda desk: desk.post("activity_edit", **desk.typed | {"title": ""}),
    "form on the way": lambda desk: desk.post(
        "activity_edit", **desk.typed | {"action": "refresh"}
    ),
    "record saved": lambda desk: desk.post("activity_edit", **desk.typed),
    "new record saved": lambda desk: desk.client.post(
        reverse("activity_create"), desk.typed | {"version": "", "attachment": []}
    ),
    "two texts": lambda desk: desk.post("activity_edit", **desk.typed | {"version": 1}),
    "people expected": lambda desk: desk.client.get(
        reverse("activity_expected"), desk.typed | {"activity": desk.activity.pk}
    ),
}
ANSWERS = {"record saved": 302, "new record saved": 302, "revert": 302, "two texts": 409}


@pytest.fixture
def desks() -> list[Desk]:
    return [make_desk("F", FEW), make_desk("M", MANY)]


def _queries(page: str, desk: Desk) -> int:
    """How many a page costs; what it wrote is taken back."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            answer = PAGES[page](desk)
        assert answer.status_code == ANSWERS.get(page, 200), page
        transaction.set_rollback(True)
    return len(queries)


def test_ten_times_of_everything_takes_the_same_queries(desks: list[Desk]) -> None:
    few, many = ({page: _queries(page, desk) for page in PAGES} for desk in desks)
    assert many == few


def test_a_query_for_each_row_of_a_page_would_be_seen(
    desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    def asks_again(_before: Revision | None, after: Revision) -> list[Any]:
        return list(Revision.objects.filter(pk=after.pk, version=0))

    monkeypatch.setattr(history, "_changed", asks_again)
    few, many = (_queries("history", desk) for desk in desks)
    assert many > few
