"""One step back: as before, or refused with what builds on it."""

import datetime as dt
from typing import Any

import pytest

from branches.models import Member, Membership, Organization, Post, StandingException, User
from meetings.importing import ImportMoved, commit_import, undo_import
from meetings.models import (
    Activity,
    AppraisalResult,
    ImportRun,
    ImportState,
    Rectification,
    Revision,
    Status,
)
from meetings.services import void_activity
from tests.branches.importers.workbooks import (
    activity_record,
    make_workbook,
    member_record,
    organization_record,
)
from tests.factories import make_activity, make_bureau, make_member, make_user
from tests.meetings.importing.runs import TODAY, make_import, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Organization:
    bureau, _branches = make_bureau()
    return bureau


@pytest.fixture
def user() -> User:
    return make_user("admin")


def written(user: User, bureau: Organization, content: bytes) -> ImportRun:
    run = make_import(user, bureau, content)
    return commit_import(run, version=run.version, user=user, today=TODAY)


def everything() -> dict[str, Any]:
    """The register as people read it."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Member, Membership, Post)
    }


ROSTER = [
    member_record("甲一", "D01", 民族="回族", 转出日期="2025-06-01"),
    member_record("甲一", "D02", 转入日期="2025-06-01", 党内职务="书记"),
    member_record("新一", "D01", 党内职务="组织委员"),
]


def test_a_roster_taken_back_is_as_before_and_can_be_imported_again(
    bureau: Organization, user: User
) -> None:
    make_member(
        "甲一",
        Organization.objects.get(code="D01"),
        birth_month="1980-05",
        ethnicity="汉族",
        joined_on=dt.date(2010, 7, 1),
        converted_on=dt.date(2011, 7, 1),
        since=dt.date(2010, 7, 1),
    )
    before = everything()
    run = written(user, bureau, table(ROSTER))
    after = everything()
    assert after != before
    run = undo_import(run, user=user)
    assert (run.state, run.undone_by) == (ImportState.UNDONE, user)
    assert everything() == before
    assert Member.with_void.filter(is_void=True).count() == 1

    written(user, bureau, table(ROSTER))
    assert [member["name"] for member in everything()["Member"]] == ["甲一", "新一"]
    assert len(everything()["Membership"]) == len(after["Membership"])


def test_organizations_that_came_with_it_are_closed_and_their_codes_free(
    bureau: Organization, user: User
) -> None:
    content = make_workbook(
        {
            "党组织": [
                organization_record("D07", 上级编码="D00"),
                organization_record("D07-1", 类别="党小组", 上级编码="D07"),
                organization_record("D01", 名称="新名称", 上级编码="D00"),
            ],
            "党员": [member_record("甲一", "D07-1")],
        }
    )
    undo_import(written(user, bureau, content), user=user)
    assert not Organization.objects.open_on(TODAY).filter(name__startswith="D07").exists()
    assert Organization.objects.get(code="D01").name == "第1支部"
    written(user, bureau, content)
    assert Membership.objects.get().organization.code == "D07-1"


def test_an_organization_that_somebody_belongs_to_is_not_taken_back(
    bureau: Organization, user: User
) -> None:
    run = written(user, bureau, table([organization_record("D07", 上级编码="D00")]))
    make_member("后来", Organization.objects.get(code="D07"))
    with pytest.raises(ImportMoved):
        undo_import(run, user=user)
    assert Organization.objects.open_on(TODAY).filter(code="D07").exists()


def test_an_organization_that_was_moved_stands_where_it_stood(
    bureau: Organization, user: User
) -> None:
    content = table(
        [
            organization_record("D08", 类别="党总支", 上级编码="D00"),
            organization_record("D02", 名称="第2支部", 上级编码="D08"),
        ]
    )
    run = written(user, bureau, content)
    assert Organization.objects.get(code="D02").depth == 3
    undo_import(run, user=user)
    branch = Organization.objects.get(code="D02")
    assert (branch.depth, branch.path[:4]) == (2, bureau.path)


def _attend(run: ImportRun) -> None:
    make_activity(Organization.objects.get(code="D01"), absent={})


def _except(run: ImportRun) -> None:
    StandingException.objects.create(
        membership=Membership.objects.latest("pk"),
        effect="NOT_VOTING",
        started_on="2025-01-01",
        reason="留党察看",
    )


def _move(run: ImportRun) -> None:
    Membership.objects.update(ended_on="2025-12-01")


def _rename(run: ImportRun) -> None:
    Member.objects.update(note="改过")


@pytest.mark.parametrize("later", [_attend, _except, _move, _rename])
def test_it_is_not_taken_back_once_something_builds_on_it(
    bureau: Organization, user: User, later: Any
) -> None:
    run = written(user, bureau, table([member_record("新一", "D01")]))
    later(run)
    before = everything()
    with pytest.raises(ImportMoved):
        undo_import(run, user=user)
    run.refresh_from_db()
    assert run.state == ImportState.COMMITTED
    assert everything() == before


def test_nothing_is_taken_back_twice(bureau: Organization, user: User) -> None:
    run = written(user, bureau, table([member_record("新一", "D01")]))
    undo_import(run, user=user)
    with pytest.raises(ImportMoved):
        undo_import(run, user=user)


# --- activities ------------------------------------------------------------------------------

LEDGER = {
    "活动": [activity_record(编号="A1"), activity_record(编号="A2", 主题="第二次")],
    "整改": [{"活动编号": "A1", "问题": "记录不全"}, {"活动编号": "", "问题": "场地不足"}],
    "评议": [{"党组织编码": "D01", "年度": 2025, "优秀": 1}],
}


def test_a_ledger_taken_back_is_void_with_the_reason_and_can_be_imported_again(
    bureau: Organization, user: User
) -> None:
    run = undo_import(written(user, bureau, make_workbook(LEDGER)), user=user)
    assert set(Activity.objects.values_list("status", flat=True)) == {Status.VOID}
    assert run.file_name in Activity.objects.latest("pk").void_reason
    assert not Rectification.objects.exists()
    assert not AppraisalResult.objects.exists()
    revision = Revision.objects.filter(activity=Activity.objects.latest("pk")).first()
    assert revision is not None
    assert (revision.version, revision.action, revision.user) == (2, "VOIDED", user)
    assert revision.snapshot["title"] == "第二次"
    assert revision.snapshot["status"] == Status.VOID

    written(user, bureau, make_workbook(LEDGER))
    assert Activity.objects.filter(status=Status.ACCEPTED).count() == 2
    assert Rectification.objects.count() == 2
    assert AppraisalResult.objects.count() == 1


def test_a_record_voided_by_hand_is_no_hindrance(bureau: Organization, user: User) -> None:
    run = written(user, bureau, make_workbook(LEDGER))
    void_activity(Activity.objects.latest("pk"), user=user, expected_version=1, reason="重复")
    undo_import(run, user=user)
    assert Activity.objects.latest("pk").void_reason == "重复"


def _edit(activity: Activity) -> None:
    Activity.objects.filter(pk=activity.pk).update(version=2)


def _rectify(activity: Activity) -> None:
    Rectification.objects.create(
        activity=activity, organization=activity.host, problem="新问题", opened_on="2025-03-05"
    )


def _close(activity: Activity) -> None:
    Rectification.objects.update(done_on="2025-04-01")


@pytest.mark.parametrize("later", [_edit, _rectify, _close])
def test_a_ledger_that_somebody_worked_on_is_not_taken_back(
    bureau: Organization, user: User, later: Any
) -> None:
    run = written(user, bureau, make_workbook(LEDGER))
    later(Activity.objects.latest("pk"))
    with pytest.raises(ImportMoved):
        undo_import(run, user=user)
    assert set(Activity.objects.values_list("status", flat=True)) == {Status.ACCEPTED}
    assert AppraisalResult.objects.exists()
