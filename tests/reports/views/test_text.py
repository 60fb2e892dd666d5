"""The text of a report: edit, conflict, preview, who sees what."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Role
from reports.models import AnnualReport
from tests.reports.small_year import SmallYear
from tests.reports.views.editor import ARGS, DETAIL, text_of, typed, url


def test_saving_one_section_marks_it_alone_as_edited(
    report: AnnualReport, administrator: Client
) -> None:
    response = administrator.post(
        url(DETAIL),
        typed(administrator, body_study="集中学习{集中学习次数}次。", dated_on="2026年1月5日"),
    )
    assert response.url == url(DETAIL)
    report.refresh_from_db()
    assert report.dated_on == dt.date(2026, 1, 5)
    assert list(report.sections.filter(is_edited=True).values_list("key", flat=True)) == ["study"]


def test_every_bound_number_links_to_its_records(
    report: AnnualReport, administrator: Client
) -> None:
    html = administrator.get(url(DETAIL)).content.decode()
    records = reverse("figure_records", args=[*ARGS, "group_study.count"])
    assert re.search(rf'href="{re.escape(records)}"[^>]*>3</a>', html)


def test_places_left_for_a_person_are_counted_and_linked(
    report: AnnualReport, administrator: Client
) -> None:
    context = administrator.get(url(DETAIL)).context
    assert len(context["places"]) >= 4
    assert ("#id_body_preamble") in {link for _, link in context["places"]}
    administrator.post(url(DETAIL), typed(administrator, body_preamble="现报告如下："))
    fewer = administrator.get(url(DETAIL)).context["places"]
    assert len(fewer) == len(context["places"]) - 1


def test_an_unknown_token_names_the_nearest_and_loses_nothing(
    report: AnnualReport, administrator: Client
) -> None:
    text = "全年集中学习{集中学习次}次。\n第二段。"
    response = administrator.post(
        url(DETAIL), typed(administrator, body_study=text, title="新标题")
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert "{集中学习次数}" in str(response.context["form"].errors["body_study"])
    assert 'href="#id_body_study"' in html
    assert "全年集中学习{集中学习次}次。" in html
    assert 'value="新标题"' in html
    report.refresh_from_db()
    assert report.version == 1


def test_a_stale_save_shows_both_texts_and_keeps_the_saved_one(
    report: AnnualReport, administrator: Client
) -> None:
    mine = typed(administrator, body_study="我写的。")
    administrator.post(url(DETAIL), typed(administrator, body_study="别人写的。"))
    response = administrator.post(url(DETAIL), mine)
    html = response.content.decode()
    assert response.status_code == 409
    assert "我写的。" in html
    assert "别人写的。" in html
    assert text_of(report, "study") == "别人写的。"


def test_after_a_conflict_mine_can_be_saved_without_undoing_other_sections(
    report: AnnualReport, administrator: Client
) -> None:
    mine = typed(administrator, body_study="我写的。")
    administrator.post(url(DETAIL), typed(administrator, body_integrity="别人写的。"))
    response = administrator.post(url(DETAIL), mine)
    again = dict(response.context["posted"])
    assert administrator.post(url(DETAIL), again).status_code == 302
    assert (text_of(report, "study"), text_of(report, "integrity")) == ("我写的。", "别人写的。")


def test_a_section_is_drafted_anew_while_the_rest_is_saved(
    report: AnnualReport, administrator: Client
) -> None:
    administrator.post(url(DETAIL), typed(administrator, body_study="自己写的。"))
    administrator.post(
        url(DETAIL), typed(administrator, body_integrity="也是自己写的。") | {"redraft": "study"}
    )
    assert "{集中学习次数}" in text_of(report, "study")
    assert text_of(report, "integrity") == "也是自己写的。"


@pytest.mark.parametrize("role", [Role.RECORDER, Role.INSPECTOR])
def test_readers_see_the_text_but_no_editor(
    report: AnnualReport, year: SmallYear, as_role: Any, role: Role
) -> None:
    client = as_role(role, year.bureau)
    html = client.get(url(DETAIL)).content.decode()
    assert report.title.split("年")[0] in html
    assert "<textarea" not in html
    assert "#id_body_" not in html
    assert client.post(url(DETAIL), {}).status_code == 403


def test_another_branch_finds_no_report(
    report: AnnualReport, year: SmallYear, as_role: Any
) -> None:
    client = as_role(Role.SECRETARY, year.first)
    for name in (DETAIL, "report_plan", "report_finalize"):
        assert client.get(url(name)).status_code == 404
    for name in ("report_compose", "report_preview"):
        assert client.post(url(name)).status_code == 404
    assert client.get(url("report_download", "pdf")).status_code == 404


def test_the_preview_shows_the_typed_text_and_saves_nothing(
    report: AnnualReport, administrator: Client
) -> None:
    fields = typed(administrator, body_study="预览：集中学习{集中学习次数}次。")
    response = administrator.post(url("report_preview"), fields, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert re.search(r"预览：集中学习<a[^>]*>3</a>次。", html)
    assert "预览" not in text_of(report, "study")


def test_the_preview_counts_what_the_form_says(report: AnnualReport, administrator: Client) -> None:
    fields = typed(administrator, includes_submitted="submitted", body_study="{集中学习次数}次。")
    html = administrator.post(
        url("report_preview"), fields, headers={"HX-Request": "true"}
    ).content.decode()
    assert re.search(r">4</a>次。", html)


def test_the_preview_without_javascript_is_the_whole_page(
    report: AnnualReport, administrator: Client
) -> None:
    response = administrator.post(
        url("report_preview"), typed(administrator, body_study="没有保存的文字。")
    )
    html = response.content.decode()
    assert "<html" in html
    assert html.count("没有保存的文字。") == 2  # editor and preview


def test_typed_markup_is_text(report: AnnualReport, administrator: Client) -> None:
    fields = typed(administrator, body_study="<script>alert(1)</script>")
    html = administrator.post(url("report_preview"), fields).content.decode()
    assert "<script>alert" not in html
