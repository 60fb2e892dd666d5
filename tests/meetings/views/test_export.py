"""What the list shows, as a workbook: the same records, in the same order, texts as texts."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from branches.models import Role
from branches.xlsx import LONGEST_CELL
from meetings import exporting
from meetings.models import AttendanceState, Kind, Status
from meetings.services import LeaveLine
from tests.factories import DAY, make_activity, make_bureau, make_member, make_user

pytestmark = pytest.mark.django_db


def rows_of(client: Client, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get(reverse("activity_export"), asked)
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    heading, *rows = sheet.iter_rows(values_only=True)
    assert None not in heading
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


@pytest.fixture
def secretary(client: Client) -> Client:
    _bureau, (first, second) = make_bureau()
    ill = make_member("甲一", first)
    make_member("甲二", first)
    make_activity(
        first,
        Kind.PARTY_LECTURE,
        Kind.THEMED_PARTY_DAY,
        title="联合党课",
        organizations=[first, second],
        absent={ill: LeaveLine(AttendanceState.ON_LEAVE, "病假")},
        start_time=dt.time(9, 30),
        materials=("党章", "准则"),
    )
    make_activity(first, title="学习", held_on=dt.date(2024, 5, 1), status=Status.DRAFT)
    make_activity(second, title="别支部的")
    client.force_login(make_user(role=Role.SECRETARY, organization=first))
    return client


def test_every_column_of_a_record_is_there(secretary: Client) -> None:
    row, _other = rows_of(secretary)
    assert row["日期"].date() == DAY
    assert row["类型"] == "党课、主题党日"
    assert "第1支部、第2支部" in row.values()
    assert (row["应到"], row["实到"], row["请假"], row["缺席"]) == (2, 1, 1, 0)
    assert row["状态"] == "已采纳"
    assert "09:30" in row.values()
    assert "《党章》《准则》" in row.values()
    assert 2 in row.values()  # counts twice


def test_attendance_that_was_not_recorded_stays_empty(secretary: Client) -> None:
    [row] = rows_of(secretary, year=2024)
    assert (row["应到"], row["实到"], row["请假"], row["缺席"]) == (None,) * 4


@pytest.mark.parametrize(
    "asked", [{}, {"sort": "held_on"}, {"kind": "PARTY_LECTURE"}, {"q": "学习"}, {"q": "无此事"}]
)
def test_the_file_holds_what_the_list_shows_in_its_order(
    asked: dict[str, str], secretary: Client
) -> None:
    listed = secretary.get(reverse("activity_list"), asked).context["rows"]
    titles = [activity.title for activity, _credits in listed]
    title = list(rows_of(secretary)[0])[3]
    assert [row[title] for row in rows_of(secretary, **asked)] == titles


AWKWARD = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "http://a.example/", "007", "a\nb"]


@pytest.mark.parametrize("text", AWKWARD)
def test_a_text_stays_the_text_it_is(text: str, client: Client) -> None:
    _bureau, (first, _second) = make_bureau()
    make_activity(first, title=text, place=text, minutes=text, highlight=text, materials=(text,))
    client.force_login(make_user(role=Role.SECRETARY, organization=first))
    answer = client.get(reverse("activity_export"))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value == text]
    assert len(cells) == 4
    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_what_looks_like_an_escape_of_the_format_is_escaped(client: Client) -> None:
    _bureau, (first, _second) = make_bureau()
    make_activity(first, title="_x0041_")
    client.force_login(make_user(role=Role.SECRETARY, organization=first))
    with zipfile.ZipFile(io.BytesIO(client.get(reverse("activity_export")).content)) as parts:
        assert b">_x005F_x0041_<" in parts.read("xl/worksheets/sheet1.xml")


def test_a_text_longer_than_a_cell_is_cut_and_says_so(client: Client) -> None:
    _bureau, (first, _second) = make_bureau()
    make_activity(first, minutes="长" * 40_000)
    client.force_login(make_user(role=Role.SECRETARY, organization=first))
    [row] = rows_of(client)
    [long] = [value for value in row.values() if str(value).startswith("长")]
    assert len(long) == LONGEST_CELL
    assert not long.endswith("长")


def test_the_file_is_named_after_the_day(secretary: Client) -> None:
    answer = secretary.get(reverse("activity_export"))
    assert f"{timezone.localdate().isoformat()}.xlsx" in answer["Content-Disposition"]


def test_too_many_records_are_refused_in_plain_words(
    secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    assert len(rows_of(secretary)) == 2
    monkeypatch.setattr(exporting, "MOST_ROWS", 1)
    answer = secretary.get(reverse("activity_export"), {"sort": "title"}, follow=True)
    assert answer.redirect_chain == [(f"{reverse('activity_list')}?sort=title", 302)]
    assert [str(message) for message in answer.context["messages"]]


def test_more_records_take_the_same_queries(
    secretary: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    rows_of(secretary)
    with django_assert_max_num_queries(16) as few:
        rows_of(secretary)
    first = secretary.get(reverse("activity_list")).context["rows"][0][0].host
    for number in range(6):
        make_activity(first, *list(Kind)[:3], title=f"{number}", held_on=DAY, absent={})
    with django_assert_max_num_queries(16) as many:
        assert len(rows_of(secretary)) == 8
    assert len(few) == len(many)
