"""Recording and editing an activity in the browser."""

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.models import Organization, PostTitle, Role
from meetings.models import Activity, AttendanceState, Kind, Status
from meetings.services import AgendaLine, LeaveLine, amend_activity, submit_activity
from tests.factories import (
    DAY,
    make_activity,
    make_bureau,
    make_entry,
    make_member,
    make_organization,
    make_post,
    make_user,
)
from tests.meetings.typed import make_typed, make_typed_edit

pytestmark = pytest.mark.django_db

NEW = "/activities/new/"


@pytest.fixture
def branch() -> Organization:
    return make_organization()


@pytest.fixture
def secretary(client: Client, branch: Organization) -> Client:
    client.force_login(make_user("sec", role=Role.SECRETARY, organization=branch))
    return client


def _errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return dict(answer.context["form"].errors)


def _edit(client: Client, activity: Activity, **fields: Any) -> HttpResponse:
    typed = make_typed_edit(activity, **fields)
    return client.post(reverse("activity_edit", args=[activity.pk]), typed)


# --- what a form makes --------------------------------------------------------------------


def test_a_form_makes_a_draft_with_all_that_was_typed(
    secretary: Client, branch: Organization
) -> None:
    typed = make_typed(
        branch,
        Kind.PARTY_LECTURE,
        Kind.THEMED_PARTY_DAY,
        held_on="２０２５年３月５日",
        start_time="09:00",
        place=" 三楼\u3000会议室 ",
        materials="《甲》《乙》",
        guests="罗望川（工委）",
        study_hours="１.5",
        minutes="一\r\n二\x00",
        **{
            "agenda-TOTAL_FORMS": 3,
            "agenda-0-topic": "后议",
            "agenda-0-ORDER": 2,
            "agenda-1-topic": "先议",
            "agenda-1-votes_for": "12",
            "agenda-1-ORDER": 1,
            "agenda-2-topic": "取消",
            "agenda-2-DELETE": "on",
        },
    )
    answer = secretary.post(NEW, typed)
    activity = Activity.objects.get()
    assert answer.headers["Location"] == reverse("activity_detail", args=[activity.pk])
    assert activity.status == Status.DRAFT
    assert (activity.held_on, activity.place, activity.minutes) == (DAY, "三楼 会议室", "一\n二")
    assert str(activity.study_hours) == "1.5"
    assert [item.topic for item in activity.agenda_items.all()] == ["先议", "后议"]
    assert [one.title for one in activity.study_materials.all()] == ["甲", "乙"]
    assert [(one.name, one.unit) for one in activity.guests.all()] == [("罗望川", "工委")]
    assert {(one.kind, one.organization_id) for one in activity.credits.all()} == {
        ("PARTY_LECTURE", branch.pk),
        ("THEMED_PARTY_DAY", branch.pk),
    }


def test_a_joint_activity_credits_every_kind_to_every_organization(client: Client) -> None:
    bureau, (first, second) = make_bureau()
    client.force_login(make_user(role=Role.ADMINISTRATOR, organization=bureau))
    client.post(
        NEW, make_typed(first, Kind.PARTY_LECTURE, Kind.GROUP_STUDY, joint=[first.pk, second.pk])
    )
    credits = {(one.kind, one.organization_id) for one in Activity.objects.get().credits.all()}
    assert credits == {
        (kind, one.pk) for kind in ("PARTY_LECTURE", "GROUP_STUDY") for one in (first, second)
    }


def test_the_same_form_sent_twice_makes_one_record(secretary: Client, branch: Organization) -> None:
    first = secretary.post(NEW, make_typed(branch))
    second = secretary.post(NEW, make_typed(branch))
    assert first.headers["Location"] == second.headers["Location"]
    assert Activity.objects.count() == 1


def test_a_form_submitted_twice_says_that_it_is_submitted_and_nothing_is_wrong(
    secretary: Client, branch: Organization
) -> None:
    typed = make_typed(branch, Kind.SPECIAL_SEMINAR, action="submit")
    secretary.post(NEW, typed)
    activity = Activity.objects.get()
    submit_activity(activity, user=None, expected_version=1)
    again = secretary.post(NEW, typed, follow=True)
    assert again.redirect_chain == [(reverse("activity_detail", args=[activity.pk]), 302)]
    assert "error" not in [message.level_tag for message in again.context["messages"]]
    activity.refresh_from_db()
    assert (activity.status, activity.version) == (Status.SUBMITTED, 2)


def test_going_back_to_a_saved_form_and_typing_on_shows_both_texts(
    secretary: Client, branch: Organization
) -> None:
    secretary.post(NEW, make_typed(branch, minutes="原文"))
    activity = Activity.objects.get()
    answer = secretary.post(NEW, make_typed(branch, minutes="退回后又写的"))
    assert answer.status_code == 409
    assert ("原文" in answer.text, "退回后又写的" in answer.text) == (True, True)
    assert reverse("activity_edit", args=[activity.pk]) in answer.text
    activity.refresh_from_db()
    assert (activity.minutes, activity.version) == ("原文", 1)


def test_the_key_of_a_record_elsewhere_tells_nothing_about_it(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    client.force_login(make_user("one", role=Role.SECRETARY, organization=first))
    client.post(NEW, make_typed(first, title="不外传"))
    client.force_login(make_user("two", role=Role.SECRETARY, organization=second))
    answer = client.post(NEW, make_typed(second))
    assert answer.status_code == 200
    assert "不外传" not in answer.text
    assert Activity.objects.count() == 1


def test_a_new_form_brings_a_key_of_its_own(secretary: Client) -> None:
    keys = {secretary.get(NEW).context["form"]["entry_key"].value() for _time in range(2)}
    assert len(keys) == 2


def test_a_secretary_saves_and_submits_in_one_step(secretary: Client, branch: Organization) -> None:
    secretary.post(NEW, make_typed(branch, action="submit"))
    activity = Activity.objects.get()
    assert activity.status == Status.DRAFT  # attendance and materials are missing: shown first
    page = secretary.get(reverse("activity_check", args=[activity.pk]))
    assert {line.target for line in page.context["lines"]} >= {"id_attendance_0", "id_materials"}
    secretary.post(reverse("activity_submit", args=[activity.pk]), {"version": 1, "anyway": "1"})
    activity.refresh_from_db()
    assert activity.status == Status.SUBMITTED


def test_a_recorder_may_save_but_not_submit(client: Client, branch: Organization) -> None:
    client.force_login(make_user(role=Role.RECORDER, organization=branch))
    assert 'value="submit"' not in client.get(NEW).text
    assert client.post(NEW, make_typed(branch, action="submit")).status_code == 403
    assert not Activity.objects.exists()
    assert client.post(NEW, make_typed(branch)).status_code == 302


def test_a_secretary_here_and_recorder_there_submits_here_only(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    user = make_user(role=Role.SECRETARY, organization=first)
    user.appointments.create(role=Role.RECORDER, organization=second, started_on=DAY)
    client.force_login(user)
    assert _errors(client.post(NEW, make_typed(second, action="submit")))
    assert client.post(NEW, make_typed(first, action="submit")).status_code == 302
    assert [one.host for one in Activity.objects.all()] == [first]


# --- what a form refuses ------------------------------------------------------------------


def test_an_organization_outside_the_scope_is_no_host_and_no_partner(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    client.force_login(make_user(role=Role.SECRETARY, organization=first))
    make_organization("D011", parent=first)  # somebody to join with
    assert "host" in _errors(client.post(NEW, make_typed(second)))
    assert "joint" in _errors(client.post(NEW, make_typed(first, joint=[second.pk])))


def test_organizations_of_two_bureaus_are_not_joined(client: Client) -> None:
    here, there = make_organization("A"), make_organization("B")
    client.force_login(make_user(is_superuser=True))
    assert "joint" in _errors(client.post(NEW, make_typed(here, joint=[there.pk])))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("held_on", (timezone.localdate() + dt.timedelta(days=1)).isoformat()),
        ("held_on", "2025-02-30"),
        ("kinds", []),
        ("title", "  "),
        ("study_hours", "25"),
        ("materials", "长" * 301),
        ("holiday", "whitsun"),
    ],
)
def test_a_wrong_field_is_named(
    field: str, typed: Any, secretary: Client, branch: Organization
) -> None:
    assert set(_errors(secretary.post(NEW, make_typed(branch, **{field: typed})))) == {field}
    assert not Activity.objects.exists()


def test_an_activity_ends_after_it_starts(secretary: Client, branch: Organization) -> None:
    typed = make_typed(branch, start_time="10:00", end_time="09:00")
    assert set(_errors(secretary.post(NEW, typed))) == {"end_time"}


def test_a_branch_holds_nothing_before_it_was_founded(client: Client) -> None:
    young = make_organization(founded_on=DAY + dt.timedelta(days=1))
    client.force_login(make_user(role=Role.SECRETARY, organization=young))
    assert "host" in _errors(client.post(NEW, make_typed(young)))


def test_an_agenda_item_needs_a_topic(secretary: Client, branch: Organization) -> None:
    typed = make_typed(branch, **{"agenda-TOTAL_FORMS": 1, "agenda-0-decision": "同意"})
    answer = secretary.post(NEW, typed)
    assert "topic" in answer.context["agenda"].errors[0]
    assert "同意" in answer.text


def test_a_form_with_an_error_keeps_all_that_was_typed(
    secretary: Client, branch: Organization
) -> None:
    ill, absent = make_member("甲病", branch), make_member("乙缺", branch)
    answer = secretary.post(
        NEW,
        make_typed(
            branch,
            title="",
            minutes="会议<记录>",
            guests="来宾甲",
            attendance="RECORDED",
            shown=f"{ill.pk},{absent.pk}",
            **{
                f"state-{ill.pk}": "ON_LEAVE",
                f"reason-{ill.pk}": "住院",
                f"state-{absent.pk}": "ABSENT",
                "agenda-TOTAL_FORMS": 1,
                "agenda-0-topic": "议题甲",
            },
        ),
    )
    assert set(_errors(answer)) == {"title"}
    for text in ("会议&lt;记录&gt;", "来宾甲", "住院", "议题甲"):
        assert text in answer.text
    rows = {row.name: (row.state, row.reason) for row in answer.context["grid"].rows}
    assert rows == {"甲病": ("ON_LEAVE", "住院"), "乙缺": ("ABSENT", "")}


def test_marks_outlive_a_broken_date(secretary: Client, branch: Organization) -> None:
    ill = make_member("甲病", branch)
    typed = make_typed(branch, held_on="", attendance="RECORDED", **{f"state-{ill.pk}": "ABSENT"})
    answer = secretary.post(NEW, typed)
    assert answer.context["grid"] is None
    assert f'name="state-{ill.pk}" value="ABSENT"' in answer.text


# --- attendance ---------------------------------------------------------------------------


def test_attendance_is_recorded_by_its_exceptions(secretary: Client, branch: Organization) -> None:
    ill, well = make_member("甲", branch), make_member("乙", branch)
    typed = make_typed(branch, attendance="RECORDED", shown=f"{ill.pk},{well.pk}")
    marks = {f"state-{ill.pk}": "ON_LEAVE", f"reason-{ill.pk}": "病假"}
    secretary.post(NEW, typed | marks)
    rows = Activity.objects.get().attendances.values_list("member", "state", "reason")
    assert set(rows) == {(ill.pk, "ON_LEAVE", "病假"), (well.pk, "PRESENT", "")}


def test_an_untouched_grid_is_not_recorded(secretary: Client, branch: Organization) -> None:
    member = make_member("甲", branch)
    secretary.post(NEW, make_typed(branch, shown=str(member.pk)))
    assert not Activity.objects.get().attendances.exists()


def test_marks_with_not_recorded_contradict_each_other(
    secretary: Client, branch: Organization
) -> None:
    member = make_member("甲", branch)
    typed = make_typed(branch, shown=str(member.pk), **{f"state-{member.pk}": "ABSENT"})
    assert "attendance" in _errors(secretary.post(NEW, typed))


def test_nobody_is_marked_present_whose_name_was_not_shown(
    secretary: Client, branch: Organization
) -> None:
    shown = make_member("甲", branch)
    make_member("乙", branch)
    typed = make_typed(branch, attendance="RECORDED", shown=str(shown.pk))
    answer = secretary.post(NEW, typed)
    assert "attendance" in _errors(answer)
    assert answer.context["grid"].shown.count(",") == 1
    again = secretary.post(NEW, typed | {"shown": answer.context["grid"].shown})
    assert again.status_code == 302


def test_a_mark_for_somebody_who_moved_away_before_the_day_is_refused(
    client: Client,
) -> None:
    _bureau, (old, new) = make_bureau()
    stays = make_member("留", old)
    mover = make_member("走", old, until=DAY)
    mover.memberships.create(organization=new, started_on=DAY)
    client.force_login(make_user(role=Role.SECRETARY, organization=old))
    both = f"{stays.pk},{mover.pk}"
    marks = {f"state-{mover.pk}": "ABSENT", "attendance": "RECORDED", "shown": both}
    assert "attendance" in _errors(client.post(NEW, make_typed(old, **marks)))
    day_before = (DAY - dt.timedelta(days=1)).isoformat()
    assert client.post(NEW, make_typed(old, held_on=day_before, **marks)).status_code == 302
    states = dict(Activity.objects.get().attendances.values_list("member__name", "state"))
    assert states == {"留": "PRESENT", "走": "ABSENT"}


def test_without_anybody_expected_there_is_no_attendance_to_record(
    secretary: Client, branch: Organization
) -> None:
    typed = make_typed(branch, attendance="RECORDED", shown="")
    assert "attendance" in _errors(secretary.post(NEW, typed))


# --- the list of those expected -----------------------------------------------------------


def test_the_grid_lists_those_of_the_day_and_keeps_the_marks(client: Client) -> None:
    _bureau, (old, new) = make_bureau()
    stays = make_member("留", old)
    mover = make_member("走", old, until=DAY)
    mover.memberships.create(organization=new, started_on=DAY)
    client.force_login(make_user(role=Role.RECORDER, organization=old))
    asked = {
        "host": old.pk,
        "kinds": "GROUP_STUDY",
        "attendance": "RECORDED",
        f"state-{stays.pk}": "ON_LEAVE",
        f"reason-{stays.pk}": "出差",
    }
    url = reverse("activity_expected")
    before = client.get(url, asked | {"held_on": (DAY - dt.timedelta(days=1)).isoformat()})
    after = client.get(url, asked | {"held_on": DAY.isoformat()})
    rows = [(row.name, row.state, row.reason) for row in before.context["grid"].rows]
    assert sorted(rows) == [("留", "ON_LEAVE", "出差"), ("走", "PRESENT", "")]
    assert [row.name for row in after.context["grid"].rows] == ["留"]
    assert "<html" not in after.text


def test_a_committee_meeting_lists_the_committee_with_its_quorum(
    secretary: Client, branch: Organization
) -> None:
    for name in ("甲", "乙", "丙"):
        member = make_member(name, branch)
        if name != "丙":
            make_post(member, branch, PostTitle.COMMITTEE_MEMBER)
    asked = {"host": branch.pk, "kinds": "COMMITTEE_MEETING", "held_on": DAY.isoformat()}
    grid = secretary.get(reverse("activity_expected"), asked).context["grid"]
    assert [row.name for row in grid.rows] == ["乙", "甲"]
    [quorum] = grid.quorums
    assert (quorum.of, quorum.expected, quorum.present, quorum.needed) == ("committee", 2, 0, 1)


def test_the_grid_tells_nothing_about_another_branch(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    make_member("别人", second)
    client.force_login(make_user(role=Role.RECORDER, organization=first))
    asked = {"host": second.pk, "kinds": "GROUP_STUDY", "held_on": DAY.isoformat()}
    answer = client.get(reverse("activity_expected"), asked)
    assert answer.context["grid"] is None
    assert "别人" not in answer.text


def test_without_javascript_the_button_lists_the_names_and_keeps_the_text(
    secretary: Client, branch: Organization
) -> None:
    make_member("甲", branch)
    typed = make_typed(branch, title="", minutes="写到一半", action="refresh")
    answer = secretary.post(NEW, typed)
    assert [row.name for row in answer.context["grid"].rows] == ["甲"]
    assert not answer.context["form"].errors
    assert "写到一半" in answer.text
    assert not Activity.objects.exists()


# --- editing ------------------------------------------------------------------------------


def test_an_edit_opens_with_all_that_is_stored_and_saves_the_same(
    secretary: Client, branch: Organization
) -> None:
    ill = make_member("甲", branch)
    make_member("乙", branch)
    activity = make_activity(
        branch,
        status=Status.DRAFT,
        absent={ill: LeaveLine(AttendanceState.ABSENT, "旷会")},
        agenda=(AgendaLine("议题", votes_for=1),),
        materials=("文件",),
    )
    page = secretary.get(reverse("activity_edit", args=[activity.pk]))
    form, grid = page.context["form"], page.context["grid"]
    assert form["materials"].value() == "《文件》"
    assert form["attendance"].value() == "RECORDED"
    assert {row.name: row.state for row in grid.rows} == {"甲": "ABSENT", "乙": "PRESENT"}
    assert page.context["agenda"].forms[0]["topic"].value() == "议题"
    answer = _edit(
        secretary,
        activity,
        title="改题",
        attendance="RECORDED",
        shown=grid.shown,
        **{f"state-{ill.pk}": "ABSENT", f"reason-{ill.pk}": "旷会"},
    )
    assert answer.status_code == 302
    activity.refresh_from_db()
    assert (activity.title, activity.version) == ("改题", 2)
    assert activity.attendances.get(member=ill).reason == "旷会"


@pytest.mark.parametrize(
    ("role", "editable"),
    [
        (Role.RECORDER, {Status.DRAFT, Status.RETURNED}),
        (Role.SECRETARY, set(Status) - {Status.VOID}),
        (Role.ADMINISTRATOR, set(Status) - {Status.VOID}),
        (Role.INSPECTOR, set()),
    ],
)
@pytest.mark.parametrize("status", list(Status))
def test_who_may_edit_a_record_in_which_status(
    role: Role, editable: set[Status], status: Status, client: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    Activity.objects.filter(pk=activity.pk).update(status=status, void_reason="重复")
    client.force_login(make_user(role=role, organization=branch))
    expected = 200 if status in editable else 403
    assert client.get(reverse("activity_edit", args=[activity.pk])).status_code == expected
    sent = _edit(client, activity, title="改")
    assert sent.status_code == (302 if status in editable else 403)


def test_editing_an_accepted_record_sends_it_back_for_acceptance(
    secretary: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.ACCEPTED)
    assert "notice-warning" in secretary.get(reverse("activity_edit", args=[activity.pk])).text
    _edit(secretary, activity, title="改")
    activity.refresh_from_db()
    assert activity.status == Status.SUBMITTED


def test_a_returned_record_is_corrected_and_submitted_in_one_step(
    secretary: Client, branch: Organization
) -> None:
    activity = make_activity(
        branch, Kind.SPECIAL_SEMINAR, status=Status.RETURNED, held_on=timezone.localdate()
    )
    make_member("甲一", branch)
    member = branch.memberships.get().member_id
    _edit(
        secretary,
        activity,
        title="补",
        action="submit",
        attendance="RECORDED",
        shown=str(member),
    )
    activity.refresh_from_db()
    assert (activity.status, activity.title) == (Status.SUBMITTED, "补")


def test_the_credits_of_an_imported_record_stay_while_their_fields_are_left_alone(
    client: Client,
) -> None:
    bureau, (first, second) = make_bureau()
    entry = make_entry(first)
    uneven = (("PARTY_LECTURE", first), ("GROUP_STUDY", second))
    activity = make_activity(first, status=Status.DRAFT)
    entry = type(entry)(host=first, held_on=DAY, title="导入", credits=uneven)
    activity = amend_activity(activity, entry, user=None, expected_version=1)
    client.force_login(make_user(role=Role.ADMINISTRATOR, organization=bureau))
    _edit(client, activity, title="改题", joint=[second.pk])
    kept = set(activity.credits.values_list("kind", "organization"))
    assert kept == {(kind, one.pk) for kind, one in uneven}
    activity.refresh_from_db()
    _edit(client, activity, kinds=["GROUP_STUDY"], joint=[second.pk])
    changed = set(activity.credits.values_list("kind", "organization"))
    assert changed == {("GROUP_STUDY", first.pk), ("GROUP_STUDY", second.pk)}


def test_a_partner_outside_the_scope_stays_when_the_host_edits(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    activity = make_activity(first, status=Status.DRAFT, organizations=[first, second])
    client.force_login(make_user(role=Role.RECORDER, organization=first))
    assert _edit(client, activity, title="改", joint=[second.pk]).status_code == 302
    partners = set(activity.credits.values_list("organization", flat=True))
    assert partners == {first.pk, second.pk}


def test_a_branch_that_took_part_reads_the_record_but_does_not_edit_it(client: Client) -> None:
    _bureau, (first, second) = make_bureau()
    activity = make_activity(first, status=Status.DRAFT, organizations=[first, second])
    client.force_login(make_user(role=Role.SECRETARY, organization=second))
    assert client.get(reverse("activity_detail", args=[activity.pk])).status_code == 200
    assert client.get(reverse("activity_edit", args=[activity.pk])).status_code == 403


# --- two editors --------------------------------------------------------------------------


def test_a_stale_edit_shows_both_texts_and_saves_nothing(
    secretary: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.DRAFT, minutes="原文")
    other = make_user("other", name="另一位")
    theirs = make_entry(branch, title=activity.title, minutes="他们的文字")
    amend_activity(activity, theirs, user=other, expected_version=1)
    answer = _edit(secretary, activity, minutes="我的文字\n两行")
    assert answer.status_code == 409
    for text in ("他们的文字", "我的文字", "另一位"):
        assert text in answer.text  # type: ignore[attr-defined]
    differing = [choice for choice, *_texts in answer.context["rows"]]  # type: ignore[attr-defined]
    assert differing == ["take-minutes"]
    assert activity.title in dict(answer.context["same"]).values()  # type: ignore[attr-defined]
    activity.refresh_from_db()
    assert (activity.minutes, activity.version) == ("他们的文字", 2)


def test_after_a_conflict_one_goes_on_with_ones_own_text_on_their_version(
    secretary: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    amend_activity(activity, make_entry(branch, title="他们"), user=None, expected_version=1)
    conflict = _edit(secretary, activity, title="我的", minutes="一\n二")
    carried: dict[str, Any] = {}
    for name, value in conflict.context["typed"]:  # type: ignore[attr-defined]
        carried.setdefault(name, []).append(value)
    again = secretary.post(
        reverse("activity_edit", args=[activity.pk]),
        carried | {"version": conflict.context["activity"].version, "action": "refresh"},  # type: ignore[attr-defined]
    )
    form = again.context["form"]
    assert [form[name].value() for name in ("title", "minutes", "version")] == [
        "我的",
        "一\n二",
        "2",
    ]
    activity.refresh_from_db()
    assert _edit(secretary, activity, title="我的").status_code == 302
    activity.refresh_from_db()
    assert (activity.title, activity.version) == ("我的", 3)


def test_a_recorder_whose_record_was_submitted_meanwhile_still_sees_the_own_text(
    client: Client, branch: Organization
) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    client.force_login(make_user(role=Role.RECORDER, organization=branch))
    Activity.objects.filter(pk=activity.pk).update(status=Status.SUBMITTED, version=2)
    answer = _edit(client, activity, minutes="没有白写")
    assert answer.status_code == 409
    assert "没有白写" in answer.text  # type: ignore[attr-defined]
    assert answer.context["may_go_on"] is False  # type: ignore[attr-defined]
