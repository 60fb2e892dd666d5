"""The demo bureau's year: every format says the same numbers, and so does a recount of its
workbooks' rows in plain Python."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from branches.models import Organization
from reports.demo import activity_rows
from reports.demo.desk import OPEN_RECORDS, OpenRecord
from reports.documents import compose_unsaved, document_of
from reports.figures import compute_figures
from reports.figures.names import HOLIDAY_LABELS, KIND_LABELS
from reports.models import AnnualReport
from reports.seeding import seed_demo
from tests.reports.demo.as_of import Rows, absent_names, is_full
from tests.reports.test_same_numbers import assert_same_everywhere, squeezed

YEAR = 2025
BUREAU, BRANCH = "YC", "YC-05-01"
TODAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The demo bureau, seeded once for this file and taken out again."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed_demo(year=YEAR, today=TODAY)
        yield
        transaction.set_rollback(True)


def accepted_rows() -> list[dict[str, Any]]:
    """The rows of the workbook but for those that still lie on somebody's desk."""
    rows = activity_rows(YEAR, until=TODAY)["活动"]
    waiting = {last["编号"] for one in OPEN_RECORDS if (last := _last(one, rows))}
    return [row for row in rows if row["编号"] not in waiting]


def _last(record: OpenRecord, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    fitting = [
        row for row in rows if (row["党组织编码"], row["类型"]) == (record.code, record.kind)
    ]
    return fitting[-1] if fitting else None


def who(row: dict[str, Any]) -> tuple[str, str]:
    """A person: people of one name are told apart by their month of birth."""
    return row["姓名"], row["出生年月"]


def recount(code: str) -> dict[str, int | None]:
    """What the workbooks' rows add up to for an organization and those below it."""
    book = Rows.of(YEAR)
    last = dt.date(YEAR, 12, 31)

    def is_ours(cell: str) -> bool:
        return any(code in book.chain(one) for one in cell.split("、"))

    accepted = [row for row in accepted_rows() if is_ours(row["党组织编码"])]
    rows = [row for row in accepted if row["日期"].year == YEAR]
    counts: dict[str, int | None] = {"activities.count": len(rows)}
    for kind, label in KIND_LABELS.items():
        held = [row for row in rows if label in row["类型"].split("、")]
        counts[f"{kind.value.lower()}.count"] = len(held)
    for holiday, label in HOLIDAY_LABELS.items():
        years = [
            row["日期"].year + (label == "元旦" and row["日期"].month == 12)
            for row in accepted
            if row["廉政节点"] == label and "廉政教育" in row["类型"].split("、")
        ]
        counts[f"integrity.{holiday.value}"] = years.count(YEAR)
    materials = {title for row in rows for title in row["学习内容"].split("、") if title}
    counts["materials.count"] = len(materials)
    expected = present = 0
    for row in accepted_rows():
        if row["缺席人员"] == "" or row["日期"].year != YEAR:
            continue
        # Somebody with a seat in the committee still belongs to a branch.
        ours = {who(one) for one in book.members(row["日期"], [code])}
        people = [who(one) for one in book.expected(row) if who(one) in ours]
        names = {name for name, _born in people}
        expected += len(people)
        present += len(people) - len(names & set(absent_names(row)))
    counts["attendance.expected"], counts["attendance.present"] = expected, present
    counts["attendance.rate"] = int(present * 100 / expected + 0.5)
    members = book.members(last, [code])
    full = [one for one in members if is_full(one, last)]
    counts["members.total"] = len(members)
    counts["members.full"] = len(full)
    counts["members.probationary"] = len(members) - len(full)
    branches = [
        one for one in book.organizations if one["类别"] == "党支部" and is_ours(one["编码"])
    ]
    counts["organizations.branches"] = len(branches)
    sheets = activity_rows(YEAR, until=TODAY)
    hosts = {row["编号"]: row["党组织编码"].split("、")[0] for row in accepted}
    problems = [row for row in sheets["整改"] if is_ours(hosts.get(row["活动编号"], ""))]
    done = [row for row in problems if row["完成日期"] != "" and row["完成日期"] <= last]
    counts["rectifications.opened"], counts["rectifications.closed"] = len(problems), len(done)
    counts["rectifications.overdue"] = sum(
        row["期限"] <= last and row not in done for row in problems
    )
    grades = [row for row in sheets["评议"] if is_ours(row["党组织编码"])]
    for key, label in {
        "excellent": "优秀",
        "qualified": "合格",
        "basically_qualified": "基本合格",
        "unqualified": "不合格",
    }.items():
        counts[f"appraisal.{key}"] = sum(int(row[label]) for row in grades) if grades else None
    return counts


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
@pytest.mark.parametrize("code", [BUREAU, "YC-01", "YC-05", BRANCH])
def test_the_figures_of_the_demo_equal_a_recount_of_its_workbooks(code: str) -> None:
    computed = compute_figures(Organization.objects.get(code=code), year=YEAR)
    assert {key: one.value for key, one in computed.figures.items()} == recount(code)


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_the_demo_says_the_same_numbers_in_every_format() -> None:
    report = AnnualReport.objects.select_related("organization").get(
        organization__code=BUREAU, year=YEAR
    )
    document = document_of(report)
    assert_same_everywhere(document)
    text = squeezed("".join(block.text for block in document.blocks))
    counted = recount(BUREAU)
    assert f"集中学习{counted['group_study.count']}次" in text
    assert f"党委会{counted['party_committee_meeting.count']}次" in text
    assert f"到会率{counted['attendance.rate']}%" in text


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_a_branch_of_the_demo_does_too() -> None:
    branch = Organization.objects.get(code=BRANCH)
    assert_same_everywhere(compose_unsaved(branch, year=YEAR))
