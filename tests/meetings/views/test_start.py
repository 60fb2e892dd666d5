"""Forms that are filled already: copied, still due, from a template; what is asked on the way."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from branches.models import Organization, OrganizationKind, PostTitle, Role
from meetings.due import starts_of, still_due_of
from meetings.models import (
    Activity,
    AttendanceState,
    EntryTemplate,
    Kind,
    Period,
    Rectification,
    Requirement,
    Status,
)
from meetings.services import AgendaLine, LeaveLine
from tests.factories import (
    DAY,
    make_activity,
    make_bureau,
    make_member,
    make_organization,
    make_post,
    make_user,
)
from tests.meetings.typed import make_typed

pytestmark = pytest.mark.django_db

NEW = "/activities/new/"


@pytest.fixture
def branch() -> Organization:
    return make_organization()


@pytest.fixture
def secretary(client: Client, branch: Organization) -> Client:
    client.force_login(make_user("sec", role=Role.SECRETARY, organization=branch))
    return client


def make_meeting(host: Organization, **fields: Any) -> Activity:
    return make_activity(
        host,
        Kind.GENERAL_MEETING,
        **{
            "place": "三楼会议室",
            "chair": "甲一",
            "recorder": "甲二",
            "start_time": dt.time(15),
            "end_time": dt.time(16, 30),
            "minutes": "讨论了发展对象的情况。",
            "decision": "同意。",
            "agenda": (AgendaLine("讨论发展对象", decision="同意接收", votes_for=3),),
        }
        | fields,
    )


def initial_of(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200
    return answer.context["form"].initial


def require(kind: Kind, period: Period, of: OrganizationKind = OrganizationKind.BRANCH) -> None:
    Requirement.objects.get_or_create(
        kind=kind,
        organization_kind=of,
        period=period,
        scope=None,
        effective_from=dt.date(2018, 10, 28),
        defaults={"source": "支部工作条例"},
    )


# --- copying ------------------------------------------------------------------------------


def test_a_copy_keeps_what_recurs_and_nothing_of_the_day(
    secretary: Client, branch: Organization
) -> None:
    member = make_member("甲一", branch)
    absent = {member: LeaveLine(AttendanceState.ABSENT, "出差")}
    meeting = make_meeting(branch, absent=absent)
    answer = secretary.get(NEW, {"copy": meeting.pk})
    initial = initial_of(answer)
    assert initial["kinds"] == ["GENERAL_MEETING"]
    assert initial["host"] == branch
    assert (initial["place"], initial["chair"]) == ("三楼会议室", "甲一")
    assert initial["start_time"] == dt.time(15)
    assert initial["held_on"] == timezone.localdate()
    assert [name for name in ("minutes", "decision", "attendance") if initial.get(name)] == []
    assert answer.context["agenda"].initial == [{"topic": "讨论发展对象"}]
    assert [row.state for row in answer.context["grid"].rows] == [""]


def test_a_record_of_others_cannot_be_copied(secretary: Client) -> None:
    other = make_activity(make_organization("B01"))
    assert secretary.get(NEW, {"copy": other.pk}).status_code == 404
    assert secretary.get(NEW, {"copy": "x"}).status_code == 404
    assert secretary.get(NEW, {"kind": "NOTHING"}).status_code == 404


def test_a_joint_record_of_a_neighbour_is_copied_for_ones_own_branch(client: Client) -> None:
    _bureau, (first, second) = make_bureau(2)
    client.force_login(make_user("sec", role=Role.SECRETARY, organization=first))
    joint = make_activity(second, Kind.THEMED_PARTY_DAY, organizations=[second, first])
    assert initial_of(client.get(NEW, {"copy": joint.pk}))["host"] == first


# --- still due and habits -----------------------------------------------------------------


def test_what_the_month_still_asks_for_is_a_button_that_opens_a_filled_form(
    secretary: Client, branch: Organization
) -> None:
    require(Kind.THEMED_PARTY_DAY, Period.MONTH)
    make_activity(branch, Kind.THEMED_PARTY_DAY, place="党员活动室")
    link = f"{NEW}?kind=THEMED_PARTY_DAY&amp;host=A01"
    assert link in secretary.get("/").content.decode()
    assert link in secretary.get(NEW).content.decode()
    initial = initial_of(secretary.get(NEW, {"kind": "THEMED_PARTY_DAY", "host": "A01"}))
    assert initial["title"] == f"{timezone.localdate().month}月主题党日"
    assert (initial["place"], initial["host"]) == ("党员活动室", branch)


def test_a_committee_meeting_is_due_only_where_somebody_holds_a_seat(branch: Organization) -> None:
    require(Kind.COMMITTEE_MEETING, Period.MONTH)

    def due() -> set[Kind]:
        return {item.kind for item in still_due_of([branch], on=DAY)}

    make_post(make_member("甲一", branch), branch, PostTitle.SECRETARY)
    assert Kind.COMMITTEE_MEETING not in due()  # one secretary alone is no committee
    make_post(make_member("乙一", branch), branch, PostTitle.ORGANIZATION_OFFICER)
    assert Kind.COMMITTEE_MEETING in due()


def test_a_void_record_leaves_the_month_due(branch: Organization) -> None:
    require(Kind.GROUP_STUDY, Period.MONTH)
    study = make_activity(branch, Kind.GROUP_STUDY)
    assert Kind.GROUP_STUDY not in {item.kind for item in still_due_of([branch], on=DAY)}
    Activity.objects.filter(pk=study.pk).update(status=Status.VOID, void_reason="重复")
    assert Kind.GROUP_STUDY in {item.kind for item in still_due_of([branch], on=DAY)}


def test_the_ways_in_take_nine_queries_whatever_the_number_of_groups(
    branch: Organization, django_assert_max_num_queries: Any
) -> None:
    user = make_user("sec", role=Role.SECRETARY, organization=branch)
    for number in range(5):
        group = make_organization(f"A01{number}", parent=branch, kind=OrganizationKind.GROUP)
        make_activity(group, Kind.GROUP_MEETING)
    with django_assert_max_num_queries(10):  # and one for the appointments
        assert starts_of(user, on=DAY).last


def test_the_usual_values_are_the_most_frequent_of_the_kind(
    secretary: Client, branch: Organization
) -> None:
    for place in ("大会议室", "三楼会议室", "三楼会议室"):
        make_meeting(branch, place=place)
    make_activity(branch, Kind.GROUP_STUDY, place="图书室")
    answer = secretary.get(
        "/activities/suggestions/",
        {"host": branch.pk, "kinds": "GENERAL_MEETING", "held_on": "2025-05-06"},
    )
    assert answer.json() == {
        "title": "第二季度支部党员大会",
        "place": "三楼会议室",
        "chair": "甲一",
        "recorder": "甲二",
        "start_time": "15:00",
        "end_time": "16:30",
    }


# --- what the last meeting left -----------------------------------------------------------


def test_decisions_and_open_rectifications_of_the_last_meeting_become_an_item(
    secretary: Client, branch: Organization
) -> None:
    make_meeting(branch)
    Rectification.objects.create(
        organization=branch, problem="台账不全", owner="甲二", opened_on=DAY
    )
    Rectification.objects.create(
        organization=branch, problem="已完成的事", opened_on=DAY, done_on=DAY
    )
    asked = {"host": branch.pk, "kinds": "GENERAL_MEETING", "held_on": "2025-06-01"}
    said = secretary.get("/activities/followups/", asked).json()["discussion"]
    assert "上次会议（2025年3月5日）决议" in said
    assert "讨论发展对象：同意接收" in said
    assert "台账不全（甲二）" in said
    assert "已完成的事" not in said


def test_without_javascript_the_button_adds_the_item_to_what_was_typed(
    secretary: Client, branch: Organization
) -> None:
    make_meeting(branch)
    typed = make_typed(branch, Kind.GENERAL_MEETING, title="新会议", action="followups")
    answer = secretary.post(NEW, typed)
    [item] = answer.context["agenda"].initial
    assert "同意接收" in item["discussion"]
    assert answer.context["form"].initial["title"] == "新会议"
    assert Activity.objects.count() == 1


# --- templates ----------------------------------------------------------------------------


def keep(client: Client, branch: Organization, **fields: Any) -> Any:
    more = {"action": "template", "kept_as": "月度学习", "place": "图书室", "minutes": "记录"}
    return client.post(NEW, make_typed(branch, **(more | fields)))


def test_a_template_keeps_the_form_but_never_day_or_minutes(
    secretary: Client, branch: Organization
) -> None:
    answer = keep(secretary, branch)
    assert answer.context["form"].initial["minutes"] == "记录"
    assert Activity.objects.count() == 0
    template = EntryTemplate.objects.get()
    assert "minutes" not in template.typed and "held_on" not in template.typed
    initial = initial_of(secretary.get(NEW, {"template": template.pk}))
    assert (initial["place"], initial["kinds"]) == ("图书室", ["GROUP_STUDY"])
    assert initial["held_on"] == timezone.localdate()


def test_a_second_template_of_the_name_or_one_without_host_is_refused_in_words(
    secretary: Client, branch: Organization
) -> None:
    keep(secretary, branch)
    assert "已有同名的模板" in keep(secretary, branch).content.decode()
    assert "主办党组织" in keep(secretary, Organization(pk=0)).content.decode()
    assert "模板名称" in keep(secretary, branch, kept_as="").content.decode()
    assert EntryTemplate.objects.count() == 1


def test_a_retired_template_is_offered_no_more_and_its_name_is_free(
    secretary: Client, branch: Organization
) -> None:
    keep(secretary, branch)
    template = EntryTemplate.objects.get()
    secretary.post(f"/activities/templates/{template.pk}/retire/")
    assert secretary.get(NEW, {"template": template.pk}).status_code == 404
    assert "月度学习" not in secretary.get(NEW).content.decode()
    keep(secretary, branch)
    assert EntryTemplate.objects.filter(is_retired=False).count() == 1
