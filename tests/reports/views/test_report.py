"""The annual report in the browser: list, compose, edit, preview, plan, finalise, download."""

import datetime as dt
import io
import re
from typing import Any

import docx
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Role
from meetings.models import Kind
from reports.forms import digest_of
from reports.models import AnnualReport, PlanItem, ReportStatus
from reports.services import finalize_report, save_text
from tests.factories import make_activity
from tests.reports.small_year import YEAR, SmallYear

ARGS = ["D00", YEAR]
DETAIL = "report_detail"


@pytest.fixture
def administrator(year: SmallYear, as_role: Any) -> Client:
    return as_role(Role.ADMINISTRATOR, year.bureau)


def url(name: str, *more: Any) -> str:
    return reverse(name, args=[*ARGS, *more])


def typed(client: Client, **changes: str) -> dict[str, str]:
    """What the browser would send from the editor, with the changes typed in."""
    form = client.get(url(DETAIL)).context["form"]
    fields = {name: form[name].value() for name in form.fields}
    fields |= {f"shown_{section.key}": digest_of(section) for section in form.sections}
    return {name: "" if value is None else str(value) for name, value in fields.items()} | changes


def text_of(report: AnnualReport, key: str) -> str:
    return report.sections.get(key=key).body


# --- list and compose ---------------------------------------------------------------------


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


# --- edit ---------------------------------------------------------------------------------


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


# --- preview ------------------------------------------------------------------------------


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


# --- plan ---------------------------------------------------------------------------------


def rows(*items: dict[str, str], version: int = 1) -> dict[str, str]:
    fields = {
        "version": str(version),
        "items-TOTAL_FORMS": str(len(items)),
        "items-INITIAL_FORMS": "0",
    }
    for number, item in enumerate(items):
        fields |= {f"items-{number}-{name}": value for name, value in item.items()}
    return fields


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


# --- final --------------------------------------------------------------------------------


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


# --- download -----------------------------------------------------------------------------


def test_the_files_are_attachments_with_a_chinese_name(
    report: AnnualReport, administrator: Client
) -> None:
    for file_format, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")):
        response = administrator.get(url("report_download", file_format))
        assert response.content.startswith(start)
        disposition = response["Content-Disposition"]
        assert disposition.startswith("attachment")
        assert "filename*=utf-8''%E6%B5%8B" in disposition
        assert disposition.endswith(f".{file_format}")


def test_an_unknown_format_is_not_found(report: AnnualReport, administrator: Client) -> None:
    assert administrator.get(url("report_download", "exe")).status_code == 404


def test_a_year_without_report_downloads_the_draft(administrator: Client) -> None:
    response = administrator.get(url("report_download", "docx"))
    text = "".join(p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs)
    assert "全年共开展集中学习3次" in text
    assert not AnnualReport.objects.exists()


def test_the_file_carries_the_edited_words(report: AnnualReport, administrator: Client) -> None:
    save_text(
        report,
        own={},
        texts={"study": ("一、学习", "集中学习{集中学习次数}次整。")},
        expected_version=1,
    )
    pdf = pypdfium2.PdfDocument(administrator.get(url("report_download", "pdf")).content)
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "集中学习3次整。" in re.sub(r"\s", "", text)
