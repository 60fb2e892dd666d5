"""The audit log as the auditor reads it: who may, filters, paging, one entry, the export."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from branches.audit import act, checksum, note
from branches.models import AuditEntry, Organization, Outcome, Role, User
from branches.views.audit import PER_PAGE
from meetings.models import Status
from meetings.services import amend_activity, void_activity
from tests.factories import make_activity, make_entry, make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(make_user("auditor", role=Role.AUDITOR))
    return client


@pytest.fixture
def branch() -> Organization:
    return make_organization("D01", name="第一支部")


@pytest.fixture
def user(branch: Organization) -> User:
    return make_user("zhang", name="张某", role=Role.SECRETARY, organization=branch)


def acts(client: Client, **asked: Any) -> list[str]:
    answer = client.get(reverse("audit_list"), asked)
    assert answer.status_code == 200
    return [entry.act for entry, _act, _subject in answer.context["rows"]]


def test_the_auditor_finds_the_log_in_the_navigation_and_nothing_else(auditor: Client) -> None:
    nav = auditor.get(reverse("audit_list")).context["nav"]
    assert [url for _label, url, _here in nav] == [reverse("home"), reverse("audit_list")]
    assert reverse("audit_list") in auditor.get(reverse("home")).content.decode()
    assert auditor.get(reverse("activity_list")).status_code == 403


def test_an_administrator_does_not_read_the_log(client: Client, branch: Organization) -> None:
    client.force_login(make_user(role=Role.ADMINISTRATOR, organization=branch))
    assert client.get(reverse("audit_list")).status_code == 403
    assert reverse("audit_list") not in client.get(reverse("home")).content.decode()


def test_an_ended_auditor_does_not_read_the_log(client: Client) -> None:
    client.force_login(make_user(role=Role.AUDITOR, until=timezone.localdate()))
    assert client.get(reverse("audit_list")).status_code == 403


def test_entries_are_listed_latest_first_and_filtered(
    auditor: Client, branch: Organization, user: User
) -> None:
    activity = make_activity(branch, user=user, status=Status.DRAFT)
    void_activity(activity, user=user, expected_version=1, reason="重复")
    note("login", outcome=Outcome.DENIED)
    assert acts(auditor) == ["login", "activity.void", "activity.create"]
    assert acts(auditor, act="activity.void") == ["activity.void"]
    assert acts(auditor, outcome="DENIED") == ["login"]
    assert acts(auditor, who="张") == ["activity.void", "activity.create"]
    assert acts(auditor, who="zhang", act="activity.create") == ["activity.create"]
    assert len(acts(auditor, organization="D01")) == 2
    assert len(acts(auditor, organization="第一")) == 2
    assert acts(auditor, organization="D9") == []
    assert len(acts(auditor, q=str(activity.pk))) == 2
    assert acts(auditor, q="没有的词") == []
    today = timezone.localdate()
    assert len(acts(auditor, since=today, until=today)) == 3
    assert acts(auditor, since=today + dt.timedelta(days=1)) == []
    assert acts(auditor, until=today - dt.timedelta(days=1)) == []


def test_awkward_filters_find_nothing_and_break_nothing(auditor: Client) -> None:
    note("logout")
    for asked in (
        {"q": "\x00"},
        {"who": "%_\\"},
        {"since": "9999-12-31"},
        {"until": "9999-12-31"},
        {"until": "0001-01-01", "since": "0001-01-01"},
        {"act": "nonsense", "outcome": "nonsense"},
        {"older": "9" * 30},
        {"older": "-1"},
        {"newer": "x"},
        {"q": "'; DROP TABLE branches_auditentry"},
    ):
        assert auditor.get(reverse("audit_list"), asked).status_code == 200, asked
    assert auditor.get("/audit/999999999999999999999/").status_code == 404


def test_pages_lead_to_older_and_newer_entries(auditor: Client) -> None:
    for _one in range(2 * PER_PAGE + 3):
        note("logout")

    def page(**asked: Any) -> tuple[list[int], Any, Any]:
        context = auditor.get(reverse("audit_list"), asked).context
        numbers = [entry.number for entry, _act, _subject in context["rows"]]
        return numbers, context["newer"], context["older"]

    first, newer, older = page()
    assert (first[0], len(first), newer) == (2 * PER_PAGE + 3, PER_PAGE, None)
    second, newer, older = page(older=older)
    assert second == list(range(first[-1] - 1, first[-1] - 1 - PER_PAGE, -1))
    assert page(newer=newer)[0] == first
    assert page(newer=newer)[1] is None
    last, _newer, older = page(older=older)
    assert (last, older) == ([3, 2, 1], None)
    assert page(older=1)[0] == []


def test_a_longer_log_costs_the_same_queries(
    auditor: Client, branch: Organization, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    def fill(number: int) -> None:
        for _one in range(number):
            with act("activity.create", subject=branch, organization=branch) as entry:
                entry.created(branch, host=branch.pk)

    fill(3)
    auditor.get(reverse("audit_list"))
    with django_assert_max_num_queries(8) as few:
        auditor.get(reverse("audit_list"), {"organization": "D01"})
    fill(80)
    with django_assert_max_num_queries(8) as many:
        auditor.get(reverse("audit_list"), {"organization": "D01"})
    assert len(few) == len(many)
    with django_assert_max_num_queries(8):
        auditor.get(reverse("audit_detail", args=[1]))


def test_an_entry_tells_before_and_after_in_words(
    auditor: Client, branch: Organization, user: User
) -> None:
    other = make_organization("D02", name="第二支部")
    activity = make_activity(branch, user=user, status=Status.DRAFT)
    entry = make_entry(other, held_on=dt.date(2025, 4, 1), minutes="全文")
    amend_activity(activity, entry, user=user, expected_version=1)
    number = AuditEntry.objects.count()
    answer = auditor.get(reverse("audit_detail", args=[number]))
    changes = {one.name: (one.before, one.after) for one in answer.context["changes"]}
    assert ("第一支部", "第二支部") in changes.values()
    assert ("2025年3月5日", "2025年4月1日") in changes.values()
    assert ("1", "2") in changes.values()
    assert "全文" not in answer.content.decode()


def test_every_choice_and_checksum_is_told_in_words(auditor: Client, branch: Organization) -> None:
    activity = make_activity(branch, status=Status.DRAFT)
    with act("activity.submit") as entry:
        before = {"status": "DRAFT", "is_removed": False, "minutes": None}
        after = {"status": "SUBMITTED", "is_removed": True, "minutes": checksum("字")}
        entry.changed(activity, before, after)
    number = AuditEntry.objects.count()
    changes = auditor.get(reverse("audit_detail", args=[number])).context["changes"]
    told = {one.name: (one.before, one.after) for one in changes}
    assert told["状态"] == (str(Status.DRAFT.label), str(Status.SUBMITTED.label))
    assert told["已移除"] == ("否", "是")
    assert told["会议记录"][1].startswith("文字")


def test_ranges_of_an_import_are_told_in_words(auditor: Client) -> None:
    with act("activity.import") as entry:
        entry.created("activities:1-502", number=501, ranges=[[1, 500], [502, 502]])
        entry.noted(file="台账.xlsx", 活动=[501, 0])
    answer = auditor.get(reverse("audit_detail", args=[1]))
    told = {one.name: one.after for one in answer.context["changes"]}
    assert told == {
        "数量": "501",
        "记录编号": "1–500、502–502",
        "文件": "台账.xlsx",
        "活动": "501、0",
    }
    assert answer.context["subject"] == "活动 1-502"


# --- export --------------------------------------------------------------------------------


def exported(client: Client, **asked: Any) -> list[tuple[Any, ...]]:
    answer = client.get(reverse("audit_export"), asked)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(io.BytesIO(content)).active
    return list(sheet.iter_rows(values_only=True))


def test_the_export_holds_what_the_list_shows_and_is_an_entry_itself(
    auditor: Client, branch: Organization
) -> None:
    make_activity(branch)
    note("logout")
    heading, *rows = exported(auditor, act="logout")
    assert len(heading) == len(rows[0])
    assert [row[0] for row in rows] == [2]
    last = AuditEntry.objects.get(number=3)
    assert (last.act, last.actor) == ("audit.export", "auditor")
    assert last.changed[""] == {"records": [None, 1], "filter": [None, "act=logout"]}
    assert len(exported(auditor)) == 1 + 3


def test_formulas_in_the_log_stay_texts(auditor: Client) -> None:
    with act("user.appoint", subject="=1+1") as entry:
        entry.noted(x="=1+1")
    _heading, row = exported(auditor)
    assert "=1+1" in row


def test_too_many_entries_are_refused_in_words(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _one in range(3):
        note("logout")
    monkeypatch.setattr("branches.views.audit.MOST_ROWS", 2)
    answer = auditor.get(reverse("audit_export"), {"act": "logout"}, follow=True)
    assert answer.redirect_chain == [(f"{reverse('audit_list')}?act=logout", 302)]
    assert [str(message) for message in answer.context["messages"]]
