"""The list of reports, and composing one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Role
from reports.models import AnnualReport, ReportStatus
from tests.reports.small_year import YEAR, SmallYear
from tests.reports.views.editor import DETAIL, text_of, typed, url


def test_the_list_offers_composing_to_those_who_may(year: SmallYear, as_role: Any) -> None:
    secretary, inspector = as_role(Role.SECRETARY, year.first), as_role(Role.INSPECTOR, year.bureau)
    compose = reverse("report_compose", args=["D01", YEAR])
    assert compose in secretary.get(reverse("report_list")).content.decode()
    assert compose not in inspector.get(reverse("report_list")).content.decode()


def test_the_list_shows_organizations_of_the_scope_without_groups(
    year: SmallYear, as_role: Any
) -> None:
    rows = as_role(Role.SECRETARY, year.first).get(reverse("report_list")).context["rows"]
    assert [row["organization"].code for row in rows] == ["D01"]


def test_the_list_goes_back_to_earlier_years(administrator: Client) -> None:
    context = administrator.get(reverse("report_list"), {"year": "2020"}).context
    assert context["years"] == [2020, 2019, 2018]
    assert context["earlier"] == 2017


def test_composing_makes_a_draft_and_leads_to_it(administrator: Client) -> None:
    response = administrator.post(url("report_compose"))
    assert response.url == url(DETAIL)
    report = AnnualReport.objects.get()
    assert report.status == ReportStatus.DRAFT
    assert "{集中学习次数}" in text_of(report, "study")


@pytest.mark.parametrize("role", [Role.RECORDER, Role.INSPECTOR])
def test_recorder_and_inspector_may_not_compose(year: SmallYear, as_role: Any, role: Role) -> None:
    client = as_role(role, year.bureau)
    assert client.post(url("report_compose")).status_code == 403
    assert not AnnualReport.objects.exists()


def test_composing_again_does_not_overwrite_edited_words(
    report: AnnualReport, administrator: Client
) -> None:
    administrator.post(url(DETAIL), typed(administrator, body_study="自己写的。"))
    administrator.post(url("report_compose"))
    assert text_of(report, "study") == "自己写的。"
    administrator.post(url("report_compose"), {"force": "1"})
    assert "{集中学习次数}" in text_of(report, "study")


def test_without_a_report_the_page_offers_to_compose_one(administrator: Client) -> None:
    html = administrator.get(url(DETAIL)).content.decode()
    assert url("report_compose") in html


def test_from_home_to_pdf_and_word_in_four_presses(administrator: Client) -> None:
    """Home → reports → compose → PDF → Word (quality.md §2)."""
    assert reverse("report_list") in administrator.get(reverse("home")).content.decode()  # 1
    assert url("report_compose") in administrator.get(reverse("report_list")).content.decode()
    page = administrator.post(url("report_compose"), follow=True).content.decode()  # 2
    for file_format in ("pdf", "docx"):  # 3, 4
        assert url("report_download", file_format) in page
        assert administrator.get(url("report_download", file_format)).status_code == 200
