"""Each line of the check before submitting leads to a control that can be seen and typed into."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from branches.models import PostTitle, Role
from meetings.check_facts import facts_of
from meetings.check_words import _WORDS
from meetings.checks import check
from meetings.models import Activity, AttendanceState, Kind, Status
from meetings.reading import with_rows
from meetings.services import AgendaLine, GradeLine, LeaveLine
from tests.factories import DAY, make_activity, make_bureau, make_member, make_post, make_user

MINUTES = "会议学习了有关文件，与会同志逐一发言，结合本职工作谈了认识，形成了一致意见。"
NINE = dt.time(9)


@pytest.fixture
def records(transactional_db: None) -> list[Activity]:
    """Records in which every rule of the check has something to say."""
    _bureau, (branch, other) = make_bureau()
    make_user("sec", role=Role.SECRETARY, organization=branch)
    people = [make_member(f"党员{number}", branch) for number in range(7)]
    for person in people[:3]:
        make_post(person, branch, PostTitle.COMMITTEE_MEMBER)
    here = people[3]
    make_post(here, other, PostTitle.SECRETARY)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    for host, kind, title in (
        (branch, Kind.GROUP_STUDY, "同时的会"),
        (other, Kind.COMMITTEE_MEETING, "外面的会"),
    ):
        make_activity(
            host, kind, absent={}, held_on=tomorrow, start_time=NINE, title=title, minutes=MINUTES
        )
    leave = {one: LeaveLine(AttendanceState.ABSENT) for one in people if one != here}
    everything = make_activity(
        branch,
        Kind.GENERAL_MEETING,
        Kind.COMMITTEE_MEETING,
        Kind.INTEGRITY_EDUCATION,
        Kind.PARTY_LECTURE,
        Kind.GROUP_STUDY,
        Kind.DEMOCRATIC_APPRAISAL,
        status=Status.DRAFT,
        held_on=tomorrow,
        start_time=NINE,
        chair="何处寻",
        recorder="无处觅",
        absent=leave,
        minutes=MINUTES,
        agenda=(
            AgendaLine("讨论", votes_for=50),
            AgendaLine("通报", decision="同意", votes_for=1),
        ),
        grades=(GradeLine(branch, excellent=90, qualified=1),),
    )
    unprepared = make_activity(
        branch,
        Kind.GENERAL_MEETING,
        Kind.DEMOCRATIC_APPRAISAL,
        status=Status.DRAFT,
        decision="通过",
        held_on=DAY,
    )
    return [everything, unprepared]


def _rules(activity: Activity) -> set[str]:
    visible = Activity.objects.filter(host=activity.host)
    facts = facts_of(with_rows().get(pk=activity.pk), today=timezone.localdate(), visible=visible)
    return {finding.rule for finding in check(facts)}


@pytest.mark.parametrize("width", [1366, 360])
def test_every_line_of_the_check_leads_to_a_control_in_sight(
    page: Page, live_server: Any, log_in: Callable[..., None], records: list[Activity], width: int
) -> None:
    assert set.union(*(_rules(one) for one in records)) == set(_WORDS)
    page.set_viewport_size({"width": width, "height": 740})
    log_in("sec")
    followed = 0
    for activity in records:
        check_page = live_server.url + reverse("activity_check", args=[activity.pk])
        page.goto(check_page)
        links = page.locator(".check-lines a[href*='#']")
        for target in links.evaluate_all("links => links.map(link => link.hash)"):
            page.goto(check_page)
            page.locator(f".check-lines a[href$='{target}']").first.click()
            page.wait_for_url(f"**{target}")
            expect(page.locator(target)).to_be_visible()
            expect(page.locator(target)).to_be_in_viewport()
            followed += 1
    assert followed >= len(_WORDS)
