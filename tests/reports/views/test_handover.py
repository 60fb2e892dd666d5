"""The page of a handover, and its PDF opened again."""

import datetime as dt
import re
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from branches.models import AuditEntry, Organization, OrganizationKind, Outcome, Role
from branches.services.organizations import begin_term
from meetings.models import Kind, Rectification, Status
from meetings.services import return_activity
from tests.factories import (
    make_activity,
    make_bureau,
    make_member,
    make_organization,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Organization:
    return make_bureau()[0]


@pytest.fixture
def branch(bureau: Organization) -> Organization:
    return Organization.objects.get(code="D01")


def page(client: Client, code: str = "D01", name: str = "handover", status: int = 200) -> str:
    response = client.get(reverse(name, args=[code]))
    assert response.status_code == status
    return response.content.decode()


def printed(client: Client, code: str = "D01") -> str:
    """The words of the PDF without the blanks that lines end with."""
    book = pypdfium2.PdfDocument(client.get(reverse("handover_pdf", args=[code])).content)
    return re.sub(r"\s", "", "".join(one.get_textpage().get_text_range() for one in book))


def table_of(client: Client, slug: str, code: str = "D01") -> Any:
    tables = client.get(reverse("handover", args=[code])).context["tables"]
    return next((one for one in tables if one.slug == slug), None)


def fill(branch: Organization) -> None:
    """Something in every list."""
    make_post(make_member("孟令仪", branch), branch, since=dt.date(2024, 5, 6))
    begin_term(branch, number=2, on=dt.date(2024, 5, 6), user=None)
    back = make_activity(branch, Kind.PARTY_LECTURE, status=Status.SUBMITTED, title="专题党课")
    return_activity(
        back, user=make_user("reviewer"), expected_version=back.version, comment="补写主讲人"
    )
    Rectification.objects.create(
        organization=branch,
        problem="台账不全",
        measure="逐月补齐",
        owner="项念慈",
        opened_on=dt.date(2025, 3, 1),
        due_on=dt.date(2025, 6, 30),
    )


def test_every_list_says_so_when_it_is_empty(branch: Organization, as_role: Any) -> None:
    html = page(as_role(Role.INSPECTOR, branch))
    for words in (
        "本组织没有登记任职人员。",
        "全部记录均已采纳。",
        "没有未完成的整改事项。",
        "两个月内没有预备期满的党员。",
        "没有生效中的免除。",
        "全体党员均列入应到，表决权按党员身份确定。",
    ):
        assert words in html


def test_the_page_shows_each_item_with_the_way_to_it(branch: Organization, as_role: Any) -> None:
    fill(branch)
    client = as_role(Role.SECRETARY, branch)
    html = page(client)
    for words in ("孟令仪", "2024年5月6日", "2027年5月6日", "专题党课", "补写主讲人", "已退回"):
        assert words in html
    for words in ("台账不全", "逐月补齐", "项念慈", "2025年6月30日", "已逾期", "未起草"):
        assert words in html
    problem = Rectification.objects.get()
    year = timezone.localdate().year
    for name, parts in (
        ("activity_detail", [branch.activities.get().pk]),
        ("rectification_detail", [problem.pk]),
        ("report_detail", ["D01", year]),
        ("figure_records", ["D01", year, "group_study.count"]),
        ("handover_pdf", ["D01"]),
    ):
        assert f'href="{reverse(name, args=parts)}"' in html


def test_accounts_show_to_the_secretary_and_the_administrator_alone(
    bureau: Organization, branch: Organization, as_role: Any
) -> None:
    make_user("keeper", name="岑记录", role=Role.RECORDER, organization=branch)
    for role, where in ((Role.SECRETARY, branch), (Role.ADMINISTRATOR, bureau)):
        client = as_role(role, where)
        assert "keeper" in page(client)
        assert "岑记录" in printed(client)
    for role, where in ((Role.RECORDER, branch), (Role.INSPECTOR, bureau)):
        client = as_role(role, where)
        assert "keeper" not in page(client)
        assert table_of(client, "accounts") is None
        assert "岑记录" not in printed(client)


@pytest.mark.parametrize("name", ["handover", "handover_pdf"])
def test_another_branchs_handover_does_not_exist(
    branch: Organization, as_role: Any, name: str
) -> None:
    fill(branch)
    outsider = as_role(Role.SECRETARY, Organization.objects.get(code="D02"))
    for code in ("D01", "NONE"):
        assert "孟令仪" not in page(outsider, code, name=name, status=404)


def test_periods_missed_of_one_kind_stand_in_one_row(branch: Organization, as_role: Any) -> None:
    table = table_of(as_role(Role.SECRETARY, branch), "missed")
    kinds = [row[0].text for row in table.rows]
    assert len(kinds) == len(set(kinds))


def test_the_column_of_organizations_shows_only_where_a_group_has_a_row(
    branch: Organization, as_role: Any
) -> None:
    client = as_role(Role.SECRETARY, branch)
    make_activity(branch, status=Status.DRAFT)
    assert "党组织" not in table_of(client, "records").columns
    group = make_organization("D011", parent=branch, kind=OrganizationKind.GROUP)
    make_activity(group, status=Status.DRAFT)
    assert "党组织" in table_of(client, "records").columns


def test_a_committee_sees_what_is_open_in_each_branch(
    bureau: Organization, branch: Organization, as_role: Any
) -> None:
    fill(branch)
    html = page(as_role(Role.ADMINISTRATOR, bureau), "D00")
    assert f'href="{reverse("handover", args=["D01"])}"' in html
    table = table_of(as_role(Role.INSPECTOR, bureau), "below", "D00")
    assert [cell.text for cell in table.rows[0]] == [
        "第1支部", "2027年5月6日", "1", "0", "0", "1", "0",
    ]  # fmt: skip


def test_the_page_of_the_organization_leads_there_whoever_may_record(
    branch: Organization, as_role: Any
) -> None:
    address = reverse("handover", args=["D01"])
    assert address in page(as_role(Role.SECRETARY, branch), name="organization_detail")
    assert address in page(as_role(Role.RECORDER, branch), name="organization_detail")
    assert address not in page(as_role(Role.INSPECTOR, branch), name="organization_detail")


def test_the_page_costs_the_same_queries_however_much_is_open(
    branch: Organization, as_role: Any
) -> None:
    client = as_role(Role.SECRETARY, branch)
    fill(branch)
    page(client)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client)
        return len(asked)

    small = queries()
    for number in range(10):
        make_activity(branch, status=Status.DRAFT, title=f"草稿{number}")
        make_post(make_member(f"人{number}", branch), branch)
        Rectification.objects.create(
            organization=branch, problem="问题", opened_on=dt.date(2025, 3, 1)
        )
    assert queries() == small


def test_the_pdf_holds_what_the_page_shows_and_lines_to_sign(
    branch: Organization, as_role: Any
) -> None:
    fill(branch)
    client = as_role(Role.SECRETARY, branch)
    text = printed(client)
    for words in ("第1支部工作交接清单", date_format(timezone.localdate(), "DATE_FORMAT")):
        assert words in text
    for words in (
        "孟令仪",
        "第2届",
        "2024年5月6日",
        "专题党课",
        "补写主讲人",
        "台账不全",
        "项念慈",
    ):
        assert words in text
    for words in ("2025年6月30日已逾期", "移交人", "接收人", "监交人"):
        assert words in text
    for table in client.get(reverse("handover", args=["D01"])).context["tables"]:
        assert table.title in text
        for row in table.rows:
            for cell in row:
                assert re.sub(r"\s", "", cell.text) in text


def test_the_pdf_is_chinese_for_a_reader_of_english(branch: Organization) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user("reader", role=Role.SECRETARY, organization=branch))
    assert "Handover" in page(client)
    assert "工作交接清单" in printed(client)


def test_markup_in_a_record_is_printed_as_typed(branch: Organization, as_role: Any) -> None:
    typed = '<img src="file:///etc/passwd">&amp;<script>alert(1)</script>'
    make_activity(branch, status=Status.DRAFT, title=typed)
    client = as_role(Role.SECRETARY, branch)
    assert typed not in page(client)
    assert re.sub(r"\s", "", typed) in printed(client)


def test_downloading_is_an_entry_of_the_audit_log_and_reading_is_not(
    branch: Organization, as_role: Any
) -> None:
    client = as_role(Role.RECORDER, branch)
    page(client)
    assert not AuditEntry.objects.filter(path__contains="handover").exists()
    response = client.get(reverse("handover_pdf", args=["D01"]))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    (entry,) = AuditEntry.objects.filter(path__contains="handover")
    assert (entry.act, entry.outcome, entry.organization) == ("handover.pdf", Outcome.DONE, branch)
