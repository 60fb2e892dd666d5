"""Returning with comments on fields, correcting, reading the differences, accepting many."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Organization, Role
from meetings.models import Activity, AttendanceState, ReviewComment, Status
from meetings.services import LeaveLine, amend_activity
from tests.factories import make_activity, make_bureau, make_entry, make_member, make_user
from tests.meetings.typed import make_typed_edit

pytestmark = pytest.mark.django_db

LIST = reverse("review_list")


@pytest.fixture
def bureau() -> Organization:
    return make_bureau()[0]


@pytest.fixture
def branch(bureau: Organization) -> Organization:
    return Organization.objects.get(code="D01")


@pytest.fixture
def reviewer(bureau: Organization) -> Client:
    return _logged_in("reviewer", Role.ADMINISTRATOR, bureau)


@pytest.fixture
def secretary(branch: Organization) -> Client:
    return _logged_in("secretary", Role.SECRETARY, branch)


def _logged_in(name: str, role: Role, organization: Organization) -> Client:
    client = Client()
    client.force_login(make_user(name, role=role, organization=organization))
    return client


def _page(activity: Activity, page: str = "activity_review") -> str:
    return reverse(page, args=[activity.pk])


def _return(reviewer: Client, activity: Activity, **said: str) -> Any:
    return reviewer.post(_page(activity), {"version": activity.version} | said)


def _field(page: Any, name: str) -> Any:
    """(difference, comments) of a field on the page under review."""
    ((difference, comments),) = [
        (difference, comments)
        for difference, _box, comments in page.context["rows"]
        if difference.field == name
    ]
    return difference, [one.text for one in comments]


# --- returning --------------------------------------------------------------------------------


def test_a_return_keeps_each_comment_with_the_version_that_was_read(
    reviewer: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED, minutes="略")
    answer = _return(reviewer, activity, on_minutes="太短", on_agenda="补表决", comment="请改")
    assert answer.headers["Location"] == LIST
    activity.refresh_from_db()
    assert (activity.status, activity.return_comment) == (Status.RETURNED, "请改")
    said = ReviewComment.objects.values_list("version", "field", "text")
    assert set(said) == {(1, "minutes", "太短"), (1, "agenda", "补表决"), (1, "", "请改")}


def test_a_comment_on_one_field_is_enough_and_none_is_not(
    reviewer: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    refused = _return(reviewer, activity, comment="  ")
    assert "comment" in refused.context["form"].errors
    assert not ReviewComment.objects.exists()
    assert _return(reviewer, activity, on_title="写全称").status_code == 302


def test_a_comment_too_long_is_refused_at_its_field_and_kept(
    reviewer: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    refused = _return(reviewer, activity, on_minutes="长" * 1001, on_title="写全称")
    assert set(refused.context["form"].errors) == {"on_minutes"}
    assert refused.context["form"]["on_title"].value() == "写全称"
    assert "长" * 1001 in refused.text
    assert not ReviewComment.objects.exists()


def test_a_comment_on_a_field_that_does_not_exist_is_no_comment(
    reviewer: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    assert "comment" in _return(reviewer, activity, on_version="甲").context["form"].errors
    assert not ReviewComment.objects.exists()


def test_what_was_written_outlives_a_change_in_the_meantime(
    reviewer: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    amend_activity(activity, make_entry(branch, title="改过"), user=None, expected_version=1)
    answer = _return(reviewer, activity, on_minutes="写了很久的意见")
    assert answer.status_code == 409
    form = answer.context["form"]
    assert (form["on_minutes"].value(), form["version"].value()) == ("写了很久的意见", 2)
    assert "改过" in answer.text
    assert not ReviewComment.objects.exists()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED, Status.ACCEPTED])
def test_only_what_waits_is_reviewed(
    status: Status, reviewer: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=status)
    answer = _return(reviewer, activity, comment="请改")
    assert answer.headers["Location"] == _page(activity, "activity_detail")
    activity.refresh_from_db()
    assert activity.status == status


# --- correcting -------------------------------------------------------------------------------


def test_comments_stand_at_their_fields_where_they_are_corrected(
    reviewer: Client, secretary: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    _return(reviewer, activity, on_minutes="太短<b>", on_agenda="补表决", comment="整体请改")
    page = secretary.get(_page(activity, "activity_edit"))
    form = page.context["form"]
    assert "太短&lt;b&gt;" in form["minutes"].help_text
    assert 'aria-describedby="id_minutes_helptext"' in str(form["minutes"])
    assert "太短" not in form["decision"].help_text
    for text in ("整体请改", "补表决"):  # the agenda is no field of the form: it is named on top
        assert text in page.text


def test_comments_are_gone_once_the_record_is_handed_in_again(
    reviewer: Client, secretary: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    _return(reviewer, activity, on_minutes="太短")
    secretary.post(_page(activity, "activity_submit"), {"version": 2, "anyway": "1"})
    activity.refresh_from_db()
    assert activity.status == Status.SUBMITTED
    assert "太短" not in secretary.get(_page(activity, "activity_edit")).text


def test_comments_of_the_last_return_alone_are_to_be_answered(
    reviewer: Client, secretary: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED)
    _return(reviewer, activity, on_minutes="第一次的意见")
    secretary.post(_page(activity, "activity_submit"), {"version": 2, "anyway": "1"})
    activity.refresh_from_db()
    _return(reviewer, activity, on_title="第二次的意见")
    page = secretary.get(_page(activity, "activity_edit"))
    assert ("第二次的意见" in page.text, "第一次的意见" in page.text) == (True, False)


# --- the second reading -----------------------------------------------------------------------


def test_a_record_handed_in_again_shows_what_changed_since_the_version_commented_on(
    reviewer: Client, secretary: Client, branch: Organization
) -> None:
    activity = make_activity(
        branch, status=Status.SUBMITTED, minutes="学习了文件。", place="三楼会议室"
    )
    _return(reviewer, activity, on_minutes="写发言", on_place="哪栋楼")
    activity.refresh_from_db()
    for minutes in ("中间的一稿。", "学习了文件，三人发言。"):
        typed = make_typed_edit(activity, place="三楼会议室", minutes=minutes)
        secretary.post(_page(activity, "activity_edit"), typed)
        activity.refresh_from_db()
    secretary.post(_page(activity, "activity_submit"), {"version": activity.version, "anyway": "1"})
    page = reviewer.get(_page(activity))
    assert (page.context["read_version"], page.context["changed"]) == (1, 1)
    minutes, said = _field(page, "minutes")
    assert (minutes.before, minutes.after) == ("学习了文件。", "学习了文件，三人发言。")
    assert "<ins>，三人发言</ins>" in page.text
    assert said == ["写发言"]
    place, said = _field(page, "place")
    assert (place.is_changed, said) == (False, ["哪栋楼"])
    assert "中间的一稿" not in page.text


def test_a_first_reading_shows_the_record_without_differences(
    reviewer: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED, minutes="学习了文件。")
    page = reviewer.get(_page(activity))
    assert (page.context["read_version"], page.context["changed"]) == (0, 0)
    assert "<ins>" not in page.text


# --- accepting many ---------------------------------------------------------------------------


def _chosen(*activities: Activity) -> dict[str, list[str]]:
    return {"chosen": [f"{one.pk}-{one.version}" for one in activities]}


def test_of_many_chosen_the_one_changed_in_the_meantime_is_left_and_named(
    reviewer: Client, branch: Organization
) -> None:
    first, changed, last = (
        make_activity(branch, status=Status.SUBMITTED, title=title)
        for title in ("甲会", "改过的会", "丙会")
    )
    form = _chosen(first, changed, last)
    amend_activity(changed, make_entry(branch, title="改过的会"), user=None, expected_version=1)
    page = reviewer.post(LIST, form, follow=True)
    statuses = dict(Activity.objects.values_list("title", "status"))
    assert statuses == {
        "甲会": Status.ACCEPTED,
        "改过的会": Status.SUBMITTED,
        "丙会": Status.ACCEPTED,
    }
    texts = {message.level_tag: str(message) for message in page.context["messages"]}
    assert set(texts) == {"success", "warning"}
    assert "2" in texts["success"]
    assert "改过的会" in texts["warning"]
    assert "甲会" not in texts["warning"]


def test_a_record_accepted_by_somebody_else_in_the_meantime_is_named(
    reviewer: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.SUBMITTED, title="甲会")
    form = _chosen(activity)
    Activity.objects.filter(pk=activity.pk).update(status=Status.ACCEPTED)
    page = reviewer.post(LIST, form, follow=True)
    (message,) = page.context["messages"]
    assert (message.level_tag, "甲会" in str(message)) == ("warning", True)


def test_a_record_of_another_bureau_is_neither_accepted_nor_named(
    bureau: Organization, branch: Organization
) -> None:
    other = Organization.objects.get(code="D02")
    elsewhere = make_activity(other, status=Status.SUBMITTED, title="不外传")
    joint = make_activity(
        other, status=Status.SUBMITTED, organizations=[other, branch], title="联合"
    )
    client = _logged_in("own", Role.ADMINISTRATOR, branch)
    page = client.post(LIST, _chosen(elsewhere, joint), follow=True)
    assert "不外传" not in page.text
    statuses = Activity.objects.values_list("status", flat=True)
    assert set(statuses) == {Status.SUBMITTED}  # the host's reviewer accepts a joint record


@pytest.mark.parametrize(
    "chosen",
    ["", "-", "1", "1-", "x-1", "１-１", "1-1-1", "-1-1", "9" * 40 + "-1", "1-" + "9" * 40],
)
def test_a_tick_that_makes_no_sense_is_passed_over(
    chosen: str, reviewer: Client, branch: Organization
) -> None:
    make_activity(branch, status=Status.SUBMITTED)
    page = reviewer.post(LIST, {"chosen": chosen}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["warning"]
    assert Activity.objects.get().status == Status.SUBMITTED


def test_people_under_review_are_named_as_they_were_that_day(
    reviewer: Client, branch: Organization
) -> None:
    member = make_member("旧名", branch)
    leave = {member: LeaveLine(AttendanceState.ON_LEAVE, "病假")}
    activity = make_activity(branch, status=Status.SUBMITTED, absent=leave)
    member.name = "新名"
    member.save()
    attendance, _said = _field(reviewer.get(_page(activity)), "attendance")
    assert "旧名" in attendance.after
