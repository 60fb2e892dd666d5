"""The main job in a real browser: a record entered once shows up in the year-end PDF."""

import re
from pathlib import Path

import pypdfium2
import pytest
from django.utils import timezone

from branches.models import PostTitle, Role
from meetings.models import Activity, Kind, Status
from tests.factories import make_activity, make_bureau, make_member, make_post, make_user

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("陈一", "丁二", "方三", "高四", "何五")


def number_of(page, address: str) -> int:
    """The number of group studies as the figures page shows it."""
    page.goto(address)
    shown = page.locator("a[href$='/group_study.count/']").first.inner_text()
    return int(re.search(r"\d+", shown).group())


def test_one_record_goes_from_the_form_to_the_year_end_pdf(page, live_server, log_in, tmp_path):
    today = timezone.localdate()
    bureau, (branch, _other) = make_bureau()
    members = [make_member(name, branch) for name in NAMES]
    make_post(members[0], branch, PostTitle.SECRETARY)
    make_activity(branch, Kind.GROUP_STUDY, held_on=today, title="先前的学习")
    make_user("secretary", role=Role.SECRETARY, organization=branch)
    make_user("administrator", role=Role.ADMINISTRATOR, organization=bureau)
    figures = f"{live_server.url}/organizations/D00/figures/{today.year}/"

    log_in("secretary")
    page.goto(f"{live_server.url}/activities/new/")
    page.fill("input[name=held_on]", today.isoformat())
    if page.locator("select[name=host]").count():
        page.select_option("select[name=host]", str(branch.pk))
    for kind in (Kind.GROUP_STUDY, Kind.THEMED_PARTY_DAY):
        page.check(f"input[name=kinds][value={kind.value}]")
    page.fill("input[name=title]", "学习与实地参观")
    page.fill("textarea[name=materials]", "《中国共产党章程》")
    page.fill("textarea[name=minutes]", "集体学习后到展览馆参观，回来各谈一点体会。")
    page.locator("[data-all-present] button").click()
    for member in members[3:]:
        page.locator(f"label[for=state-{member.pk}-leave]").click()
        page.fill(f"input[name=reason-{member.pk}]", "出差")
    page.locator(".form-buttons button[value=submit]").click()
    page.wait_for_url(re.compile(r"/activities/\d+/"))

    record = Activity.objects.get(title="学习与实地参观")
    if record.status == Status.DRAFT:  # the check before handing in had something to warn of
        page.locator("form[action$='/submit/'] button[type=submit]").first.click()
        page.wait_for_url(f"{live_server.url}/activities/{record.pk}/")
    page.goto(f"{live_server.url}/activities/{record.pk}/")
    page.get_by_text("记录 1 条 · 计 2 次").wait_for()
    record.refresh_from_db()
    assert record.status == Status.SUBMITTED
    assert sorted(record.attendances.values_list("state", flat=True)) == [
        *["ON_LEAVE"] * 2,
        *["PRESENT"] * 3,
    ]

    log_in("administrator")
    assert number_of(page, figures) == 1
    page.goto(f"{live_server.url}/activities/{record.pk}/")
    page.locator(f"form[action='/activities/{record.pk}/accept/'] button").first.click()
    page.get_by_text("已采纳").first.wait_for()
    assert number_of(page, figures) == 2

    page.goto(f"{live_server.url}/reports/")
    page.locator(f"form[action='/organizations/D00/reports/{today.year}/compose/'] button").click()
    page.get_by_text("全年共开展集中学习2次").first.wait_for()
    with page.expect_download() as download:
        page.locator("a[href$='/pdf/']").first.click()
    saved = tmp_path / "report.pdf"
    download.value.save_as(saved)
    assert "全年共开展集中学习2次" in text_of(saved)


def text_of(path: Path) -> str:
    """The words of a PDF, without the ends of its lines."""
    pages = pypdfium2.PdfDocument(path)
    words = "".join(one.get_textpage().get_text_range() for one in pages)
    return re.sub(r"\s", "", words)
