"""One step in: all rows or none, and only what the page showed."""

from typing import Any

import pytest

from branches.models import Member, Organization, User
from meetings.importing import (
    Corrections,
    ImportMoved,
    abandon_import,
    commit_import,
    correct_import,
    queue_import,
    reopen_import,
    start_import,
)
from meetings.models import Activity, ImportRow, ImportRun, ImportState, Status
from meetings.tasks import write_import
from tests.branches.importers.workbooks import activity_record, make_workbook, member_record
from tests.factories import make_bureau, make_member, make_user
from tests.meetings.importing.runs import TODAY, make_import, rows_of, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Organization:
    bureau, _branches = make_bureau()
    return bureau


@pytest.fixture
def user() -> User:
    return make_user("admin")


def commit(run: ImportRun, user: User, version: int | None = None) -> ImportRun:
    return commit_import(run, version=version or run.version, user=user, today=TODAY)


def test_activities_are_recorded_by_whoever_imported_them(bureau: Organization, user: User) -> None:
    run = make_import(user, bureau, table([activity_record()]), file_name="台账.xlsx")
    assert (run.kind, [row.state for row in rows_of(run)]) == ("ACTIVITIES", ["NEW"])
    commit(run, user)
    activity = Activity.objects.get()
    assert (activity.status, activity.created_by) == (Status.ACCEPTED, user)
    assert (activity.imported_file, activity.imported_row) == ("台账.xlsx", 2)


def test_activities_become_drafts_when_asked_for(bureau: Organization, user: User) -> None:
    commit(make_import(user, bureau, table([activity_record()]), as_draft=True), user)
    assert Activity.objects.get().status == Status.DRAFT


def test_the_rows_below_an_activity_share_its_state(bureau: Organization, user: User) -> None:
    content = make_workbook(
        {
            "活动": [activity_record(编号="A1")],
            "议题": [{"活动编号": "A1", "议题": "讨论"}],
            "整改": [{"活动编号": "A1", "问题": "记录不全"}],
            "评议": [{"党组织编码": "D01", "年度": 2025, "优秀": 1}],
        }
    )
    run = make_import(user, bureau, content)
    assert [row.state for row in rows_of(run)] == ["NEW"] * 4
    commit(run, user)
    again = make_import(user, bureau, content)
    assert [row.state for row in rows_of(again)] == ["UNCHANGED"] * 4


def test_a_file_with_roster_and_activities_is_read_for_the_roster(
    bureau: Organization, user: User
) -> None:
    run = make_import(
        user, bureau, make_workbook({"活动": [activity_record()], "党员": [member_record()]})
    )
    assert run.kind == "ROSTER"
    assert [sheet["layout"] for sheet in run.sheets] == ["", "党员"]
    assert [row.state for row in rows_of(run)] == ["LEFT_OUT", "NEW"]


def test_the_same_file_twice_changes_nothing(bureau: Organization, user: User) -> None:
    commit(make_import(user, bureau), user)
    run = make_import(user, bureau)
    assert [row.state for row in rows_of(run)] == ["UNCHANGED"]
    assert not any(new + changed for _what, new, changed, _same in run.counts)


def test_nothing_is_written_while_a_row_has_an_error(bureau: Organization, user: User) -> None:
    run = make_import(user, bureau, table([member_record("甲一"), member_record("甲二", "X")]))
    with pytest.raises(ImportMoved):
        commit(run, user)
    assert not Member.objects.exists()


def test_what_the_page_did_not_show_is_not_written(bureau: Organization, user: User) -> None:
    run = make_import(user, bureau)
    correct_import(
        run, Corrections(cells={(rows_of(run)[0].pk, 0): "新二"}), version=1, today=TODAY
    )
    with pytest.raises(ImportMoved):
        commit(run, user, version=1)
    assert not Member.objects.exists()


def test_a_roster_that_changed_since_the_preview_is_looked_at_again(
    bureau: Organization, user: User
) -> None:
    run = make_import(user, bureau)
    branch = Organization.objects.get(code="D02")
    make_member("新一", branch, birth_month="1980-05")
    with pytest.raises(ImportMoved):
        commit(run, user)
    run.refresh_from_db()
    assert (run.state, run.version) == (ImportState.OPEN, 2)
    assert rows_of(run)[0].state == ImportRow.State.ERROR
    assert Member.objects.count() == 1


def test_a_change_that_concerns_no_row_hinders_nothing(bureau: Organization, user: User) -> None:
    run = make_import(user, bureau)
    make_member("旁人", Organization.objects.get(code="D02"))
    assert commit(run, user).state == ImportState.COMMITTED


def test_sending_twice_writes_once(bureau: Organization, user: User) -> None:
    run = make_import(user, bureau)
    commit(run, user)
    with pytest.raises(ImportMoved):
        commit(run, user)
    assert Member.objects.count() == 1


def test_an_import_given_up_keeps_nobody(bureau: Organization, user: User) -> None:
    run = abandon_import(make_import(user, bureau), version=1)
    assert run.state == ImportState.ABANDONED
    assert not ImportRow.objects.exists()
    with pytest.raises(ImportMoved):
        commit(run, user)


# --- in the background -----------------------------------------------------------------------


def work(run: ImportRun, user: User) -> None:
    """What the worker does with the task."""
    write_import.func(run.pk, run.version, user.pk)


def test_a_queued_import_is_written_once_however_often_the_task_runs(
    bureau: Organization, user: User
) -> None:
    run = queue_import(make_import(user, bureau), version=1)
    work(run, user)
    work(run, user)
    run.refresh_from_db()
    assert run.state == ImportState.COMMITTED
    assert Member.objects.count() == 1


def test_a_queued_import_cannot_be_corrected_but_taken_back(
    bureau: Organization, user: User
) -> None:
    run = queue_import(make_import(user, bureau), version=1)
    with pytest.raises(ImportMoved):
        correct_import(run, Corrections(), version=1, today=TODAY)
    reopen_import(run, version=1)
    work(run, user)
    assert not Member.objects.exists()


def test_a_queued_import_that_does_not_fit_any_more_is_open_again(
    bureau: Organization, user: User
) -> None:
    run = queue_import(make_import(user, bureau), version=1)
    make_member("新一", Organization.objects.get(code="D02"), birth_month="1980-05")
    work(run, user)
    run.refresh_from_db()
    assert run.state == ImportState.OPEN
    assert Member.objects.count() == 1


def test_the_number_of_queries_does_not_grow_with_the_rows(
    bureau: Organization, user: User, django_assert_max_num_queries: Any
) -> None:
    many = table([member_record(f"新{number}", 出生年月="") for number in range(400)])
    with django_assert_max_num_queries(18):
        run = start_import(many, file_name="-", user=user, organization=bureau, today=TODAY)
    with django_assert_max_num_queries(26):
        commit(run, user)
    assert Member.objects.count() == 400
