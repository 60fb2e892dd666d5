"""The history of a record: its versions, two of them compared, one of them written again."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Membership, Organization, Role
from meetings.models import Activity, AttendanceState, Status
from meetings.services import LeaveLine, amend_activity
from tests.factories import (
    DAY,
    make_activity,
    make_entry,
    make_member,
    make_organization,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Organization:
    return make_organization()


@pytest.fixture
def secretary(client: Client, branch: Organization) -> Client:
    client.force_login(make_user(role=Role.SECRETARY, organization=branch))
    return client


def _amended(branch: Organization, *texts: str) -> Activity:
    """A draft whose minutes said one text after the other."""
    activity = make_activity(branch, status=Status.DRAFT, minutes=texts[0])
    for version, text in enumerate(texts[1:], start=1):
        amend_activity(
            activity, make_entry(branch, minutes=text), user=None, expected_version=version
        )
    activity.refresh_from_db()
    return activity


def _get(client: Client, page: str, activity: Activity, **query: Any) -> Any:
    return client.get(reverse(page, args=[activity.pk]), query)


def _revert(client: Client, activity: Activity, revision: int, **more: Any) -> Any:
    form = {"version": activity.version, "revision": revision} | more
    return client.post(reverse("activity_revert", args=[activity.pk]), form, follow=True)


def test_each_version_tells_what_changed_since_the_one_before(
    secretary: Client, branch: Organization
) -> None:
    page = _get(secretary, "activity_history", _amended(branch, "甲", "乙", "乙"))
    changed = {
        revision.version: [field.field for field in fields]
        for revision, fields in page.context["rows"]
    }
    assert changed == {3: [], 2: ["minutes"], 1: []}
    assert "<del>甲</del><ins>乙</ins>" in page.text


def test_the_last_version_of_a_page_is_compared_with_the_first_of_the_next(
    secretary: Client, branch: Organization
) -> None:
    texts = [f"第{number}稿" for number in range(1, 23)]
    page = _get(secretary, "activity_history", _amended(branch, *texts))
    revision, fields = page.context["rows"][-1]
    assert (revision.version, len(page.context["rows"])) == (3, 20)
    assert [(field.before, field.after) for field in fields] == [("第2稿", "第3稿")]


def test_any_two_versions_are_compared_and_the_last_two_by_default(
    secretary: Client, branch: Organization
) -> None:
    activity = _amended(branch, "甲", "乙", "丙")

    def minutes(**query: Any) -> tuple[str, str]:
        page = _get(secretary, "activity_compare", activity, **query)
        (row,) = [field for field in page.context["rows"] if field.field == "minutes"]
        return row.before, row.after

    assert minutes() == ("乙", "丙")
    assert minutes(before=1) == ("甲", "丙")
    assert minutes(before=1, after=2) == ("甲", "乙")
    assert minutes(before=3, after=1) == ("丙", "甲")


@pytest.mark.parametrize("query", [{"after": 4}, {"before": 9}, {"before": "x"}, {"after": "-1"}])
def test_a_version_that_does_not_exist_is_404(
    query: dict[str, Any], secretary: Client, branch: Organization
) -> None:
    activity = _amended(branch, "甲", "乙")
    assert _get(secretary, "activity_compare", activity, **query).status_code == 404


def test_a_version_is_written_again_as_a_new_one(secretary: Client, branch: Organization) -> None:
    activity = _amended(branch, "甲", "乙")
    _revert(secretary, activity, 1)
    activity.refresh_from_db()
    assert (activity.minutes, activity.version) == ("甲", 3)
    assert "1" in activity.revisions.get(version=3).note
    assert activity.revisions.get(version=2).snapshot["minutes"] == "乙"


def test_where_the_roster_changed_people_are_named_before_anything_is_written(
    secretary: Client, branch: Organization
) -> None:
    gone = make_member("走一", branch)
    leave = {gone: LeaveLine(AttendanceState.ON_LEAVE, "病假")}
    activity = make_activity(branch, status=Status.DRAFT, absent=leave)
    Membership.objects.filter(member=gone).update(ended_on=DAY)
    make_member("来三", branch)
    asked = _revert(secretary, activity, 1)
    assert asked.status_code == 200
    assert "走一" in asked.text
    assert "来三" in asked.text
    activity.refresh_from_db()
    assert activity.version == 1
    _revert(secretary, activity, 1, confirmed="1")
    activity.refresh_from_db()
    assert activity.version == 2
    assert [row.member.name for row in activity.attendances.all()] == ["来三"]


def test_a_record_changed_in_the_meantime_is_not_written_back(
    secretary: Client, branch: Organization
) -> None:
    activity = _amended(branch, "甲", "乙")
    activity.version = 1  # the page was opened before the second save
    page = _revert(secretary, activity, 1)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert Activity.objects.get().minutes == "乙"


def test_a_void_record_is_read_but_not_written_back(
    secretary: Client, branch: Organization
) -> None:
    activity = _amended(branch, "甲", "乙")
    Activity.objects.filter(pk=activity.pk).update(status=Status.VOID, void_reason="重复")
    assert _get(secretary, "activity_history", activity).context["may_revert"] is False
    assert _revert(secretary, activity, 1).status_code == 403


def test_the_words_of_a_version_are_never_markup(secretary: Client, branch: Organization) -> None:
    activity = _amended(branch, "<script>甲</script>", "<b>乙</b>")
    for page in ("activity_history", "activity_compare"):
        text = _get(secretary, page, activity).text
        assert "<script>甲" not in text
        assert "<b>乙" not in text
