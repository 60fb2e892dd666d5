"""Making a report final, and what a final one shows."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from branches.models import Role
from meetings.models import Kind
from reports.models import AnnualReport, ReportStatus
from reports.services import finalize_report
from tests.factories import make_activity
from tests.reports.small_year import SmallYear
from tests.reports.views.editor import ARGS, DETAIL, rows, typed, url


def test_only_the_administrator_makes_a_report_final(
    report: AnnualReport, year: SmallYear, as_role: Any
) -> None:
    client = as_role(Role.SECRETARY, year.bureau)
    assert client.get(url("report_finalize")).status_code == 403
    assert client.post(url("report_finalize"), {"version": "1"}).status_code == 403


def test_finalising_warns_of_open_places_and_freezes(
    report: AnnualReport, administrator: Client
) -> None:
    context = administrator.get(url("report_finalize")).context
    assert len(context["places"]) >= 4
    administrator.post(url("report_finalize"), {"version": "1"})
    report.refresh_from_db()
    assert report.status == ReportStatus.FINAL
    html = administrator.get(url(DETAIL)).content.decode()
    assert report.snapshot_checksum in html
    assert "<textarea" not in html


def test_a_final_report_refuses_every_change(report: AnnualReport, administrator: Client) -> None:
    fields = typed(administrator, body_study="晚了。")
    final = finalize_report(report, expected_version=1)
    administrator.post(url(DETAIL), fields)
    administrator.post(url("report_plan"), rows({"thread": "1", "text": "晚了"}, version=2))
    administrator.post(url("report_compose"), {"force": "1"})
    administrator.post(url("report_preview"), fields)
    report.refresh_from_db()
    assert (report.version, report.snapshot) == (final.version, final.snapshot)
    assert not report.plan_items.filter(text="晚了").exists()


def test_a_final_report_says_which_numbers_changed_since(
    report: AnnualReport, year: SmallYear, administrator: Client
) -> None:
    finalize_report(report, expected_version=1)
    make_activity(year.first, Kind.GROUP_STUDY)
    response = administrator.get(url(DETAIL))
    changes = {(one.key, one.was, one.now) for one in response.context["changes"]}
    assert changes == {("group_study.count", "3", "4"), ("activities.count", "10", "11")}
    frozen = reverse("figure_records", args=[*ARGS, "group_study.count"]) + "?frozen=1"
    assert re.search(rf'href="{re.escape(frozen)}"[^>]*>3</a>', response.content.decode())
    assert len(administrator.get(frozen).context["records"]) == 3


def test_frozen_records_need_a_final_report(report: AnnualReport, administrator: Client) -> None:
    address = reverse("figure_records", args=[*ARGS, "group_study.count"])
    assert administrator.get(address, {"frozen": "1"}).status_code == 404
