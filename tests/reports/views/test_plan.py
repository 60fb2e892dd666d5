"""Next year's plan, row by row."""

from typing import Any

from django.test import Client
from django.urls import reverse

from branches.models import Role
from reports.models import AnnualReport, PlanItem
from tests.reports.small_year import YEAR, SmallYear
from tests.reports.views.editor import DETAIL, rows, url


def test_the_plan_is_saved_in_the_order_of_its_threads(
    report: AnnualReport, administrator: Client
) -> None:
    response = administrator.post(
        url("report_plan"),
        rows(
            {"thread": "2", "text": "开展主题党日", "target": "１２", "quarter": "4"},
            {"thread": "1", "text": "组织集中学习", "owner": "组织委员"},
            {"thread": "3", "text": "不要了", "DELETE": "on"},
            {"thread": "1", "text": ""},
        ),
    )
    assert response.status_code == 302
    plan = list(report.plan_items.values_list("thread", "text", "target"))
    assert plan == [(1, "组织集中学习", None), (2, "开展主题党日", 12)]
    html = administrator.get(url(DETAIL)).content.decode()
    assert "开展主题党日12次（第四季度完成）" in html


def test_an_error_in_the_plan_keeps_what_was_typed(
    report: AnnualReport, administrator: Client
) -> None:
    before = report.plan_items.count()
    response = administrator.post(
        url("report_plan"), rows({"thread": "1", "text": "写好的事项", "target": "很多"})
    )
    assert response.status_code == 422
    assert "写好的事项" in response.content.decode()
    assert "很多" in response.content.decode()
    assert report.plan_items.count() == before


def test_a_stale_plan_shows_both(report: AnnualReport, administrator: Client) -> None:
    administrator.post(url("report_plan"), rows({"thread": "1", "text": "别人的事项"}))
    response = administrator.post(url("report_plan"), rows({"thread": "1", "text": "我的事项"}))
    html = response.content.decode()
    assert response.status_code == 409
    assert "别人的事项" in html
    assert "我的事项" in html
    assert [item.text for item in PlanItem.objects.all()] == ["别人的事项"]
    assert f'name="version" value="{2}"' in html


def test_an_item_cannot_be_given_to_an_organization_outside_the_report(
    report: AnnualReport, year: SmallYear, as_role: Any
) -> None:
    client = as_role(Role.SECRETARY, year.first)
    client.post(reverse("report_compose", args=["D01", YEAR]))
    response = client.post(
        reverse("report_plan", args=["D01", YEAR]),
        rows({"thread": "1", "text": "事项", "organization": str(year.second.pk)}),
    )
    assert response.status_code == 422


def test_readers_see_the_plan_without_a_form(
    report: AnnualReport, year: SmallYear, as_role: Any
) -> None:
    html = as_role(Role.INSPECTOR, year.bureau).get(url("report_plan")).content.decode()
    assert report.plan_items.first().text in html
    assert "items-TOTAL_FORMS" not in html
