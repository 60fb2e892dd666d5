"""Ten thousand members in a browser: every planted error is found, corrected in place, written
once, and the second time nothing changes."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from branches.models import Member, Membership, Organization, Post
from meetings.importing import (
    Corrections,
    ImportMoved,
    commit_import,
    correct_import,
    is_small,
    queue_import,
)
from meetings.models import ImportRow, ImportState
from meetings.tasks import write_import
from tests.branches.importers.workbooks import member_record
from tests.factories import make_bureau, make_user
from tests.meetings.importing.runs import TODAY, make_import, problems_of, table

pytestmark = pytest.mark.django_db

ROWS, PLANTED = 10_000, 37
# Twelve kinds of error: the cell to spoil, what is written into it, and what the reason says.
PLANTS: list[tuple[str, str, str]] = [
    ("姓名", "", "必填"),
    ("姓名", "长" * 101, "超过 100 个字"),
    ("党组织编码", "D99", "没有这个编码"),
    ("党组织编码", "第九支部", "没有叫这个名称"),
    ("党组织编码", "", "必填"),
    ("党员类别", "正式", "应为其中之一"),
    ("入党日期", "2010-02-30", "没有这一天"),
    ("入党日期", "2010年7月", "不是能识别的日期"),
    ("出生年月", "80年5月", "不是能识别的年月"),
    ("转正日期", "2009-01-01", "早于入党日期"),
    ("转出日期", "2009-01-01", "应晚于入党日期"),
    ("党内职务", "班长", "应为其中之一"),
]
_MOST_SECONDS = 60


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.monotonic()
    found = work()
    return time.monotonic() - started, found


def test_ten_thousand_members_with_37_planted_errors() -> None:
    bureau, branches = make_bureau(10)
    user = make_user("admin")
    records = [
        member_record(
            f"成员{number}",
            branches[number % 10].code if number % 2 else branches[number % 10].name,
            党内职务="组织委员" if number % 100 == 0 else "",
        )
        for number in range(ROWS)
    ]
    whole: dict[tuple[int, str], str] = {}
    wanted: dict[tuple[int, str], str] = {}
    for index in range(PLANTED):
        column, text, reason = PLANTS[index % len(PLANTS)]
        position = 101 + index * 261
        whole[position + 2, column] = str(records[position][column])
        wanted[position + 2, column] = reason
        records[position][column] = text

    seconds, run = timed(lambda: make_import(user, bureau, table(records)))
    found = problems_of(run)
    assert found.keys() == wanted.keys()
    assert all(wanted[place] in found[place] for place in wanted)
    assert run.rows.filter(state=ImportRow.State.ERROR).count() == PLANTED
    with pytest.raises(ImportMoved):
        commit_import(run, version=run.version, user=user, today=TODAY)
    assert not Member.objects.exists()

    columns = run.sheets[0]["columns"]
    key_of = dict(run.rows.values_list("number", "pk"))
    cells = {
        (key_of[number], columns.index(column)): text for (number, column), text in whole.items()
    }
    took, run = timed(
        lambda: correct_import(run, Corrections(cells=cells), version=run.version, today=TODAY)
    )
    assert problems_of(run) == {}
    assert not is_small(run)

    def work() -> None:
        write_import.func(queue_import(run, version=run.version).pk, run.version, user.pk)

    wrote, _nothing = timed(work)
    run.refresh_from_db()
    assert run.state == ImportState.COMMITTED
    assert [model.objects.count() for model in (Member, Membership, Post)] == [ROWS, ROWS, 100]
    assert Organization.objects.count() == 11
    print(f"checked in {seconds:.1f} s, corrected in {took:.1f} s, written in {wrote:.1f} s")
    assert wrote < _MOST_SECONDS

    again = make_import(user, bureau, table(records_as(records, whole)))
    assert set(again.rows.values_list("state", flat=True)) == {ImportRow.State.UNCHANGED}


def records_as(
    records: list[dict[str, Any]], whole: dict[tuple[int, str], str]
) -> list[dict[str, Any]]:
    """The records without their errors."""
    for (number, column), text in whole.items():
        records[number - 2][column] = text
    return records
