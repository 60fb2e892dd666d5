"""An administrator's import reaches their tree, and tells nothing of what lies beyond."""

import pytest

from branches.models import Member, Organization, OrganizationKind, Role, User
from meetings.importing import commit_import
from meetings.models import Activity
from tests.branches.importers.workbooks import (
    activity_record,
    make_workbook,
    member_record,
    organization_record,
)
from tests.factories import make_bureau, make_member, make_organization, make_user
from tests.meetings.importing.runs import TODAY, make_import, pasted, problems_of, table

pytestmark = pytest.mark.django_db

HEAD = "姓名|党组织编码|出生年月|党员类别|入党日期"


@pytest.fixture
def bureau() -> Organization:
    bureau, _branches = make_bureau()
    return bureau


@pytest.fixture
def elsewhere() -> Organization:
    return make_organization("E01", kind=OrganizationKind.BRANCH, name="外单位支部")


@pytest.fixture
def user(bureau: Organization) -> User:
    return make_user("admin", role=Role.ADMINISTRATOR, organization=bureau)


@pytest.mark.parametrize(
    "make_content",
    [
        lambda code: pasted(HEAD, f"甲一|{code}||正式党员|2010-7-1"),
        lambda code: table([organization_record("D07", 上级编码=code)]),
        lambda code: table([activity_record(code)]),
        lambda code: table([{"党组织编码": code, "年度": "2025", "优秀": "1"}]),
    ],
    ids=["member", "organization", "activity", "appraisal"],
)
def test_an_organization_beyond_is_like_one_that_does_not_exist(
    bureau: Organization, elsewhere: Organization, user: User, make_content: object
) -> None:
    theirs, nothing = (
        problems_of(make_import(user, bureau, make_content(code)))  # type: ignore[operator]
        for code in ("E01", "E09")
    )
    assert theirs == nothing != {}


def test_the_name_of_an_organization_beyond_is_no_name(
    bureau: Organization, elsewhere: Organization, user: User
) -> None:
    theirs, nothing = (
        problems_of(make_import(user, bureau, pasted(HEAD, f"甲一|{name}||正式党员|2010-7-1")))
        for name in ("外单位支部", "没有的支部")
    )
    assert theirs == nothing == {(2, "党组织编码"): "没有叫这个名称的党组织，请核对或写编码"}


def test_a_code_that_is_taken_beyond_is_refused_without_saying_where(
    bureau: Organization, elsewhere: Organization, user: User
) -> None:
    run = make_import(user, bureau, table([organization_record("E01", 上级编码="D00")]))
    assert problems_of(run) == {(2, "编码"): "这个编码不能用，请核对"}


def test_a_new_organization_stands_below_the_top(bureau: Organization, user: User) -> None:
    run = make_import(user, bureau, table([organization_record("D07")]))
    assert problems_of(run) == {(2, "上级编码"): "须填所属的上级党组织"}


def test_the_top_itself_may_name_what_stands_above_it(user: User, bureau: Organization) -> None:
    branch = Organization.objects.get(code="D01")
    record = organization_record("D01", 名称="第1支部", 上级编码="D00")
    run = make_import(user, branch, table([record]))
    assert problems_of(run) == {}
    assert run.counts[0] == ["党组织", 0, 0, 1]


@pytest.mark.parametrize("birth", ["1980-05", ""])
def test_of_a_person_who_belongs_elsewhere_nothing_is_told(
    bureau: Organization, elsewhere: Organization, user: User, birth: str
) -> None:
    make_member("甲一", elsewhere, birth_month=birth)
    run = make_import(user, bureau, pasted(HEAD, f"甲一|D01|{birth}|预备党员|2020-7-1"))
    said = str(problems_of(run))
    assert "不能导入此人" in said
    assert not any(word in said for word in ("E01", "外单位支部", "2000", "1980", "正式"))
    assert Member.objects.count() == 1


def test_a_namesake_elsewhere_hinders_nobody(
    bureau: Organization, elsewhere: Organization, user: User
) -> None:
    make_member("甲一", elsewhere, birth_month="1980-05")
    run = make_import(user, bureau, pasted(HEAD, "甲一|D01||正式党员|2010-7-1"))
    assert problems_of(run) == {}


def test_who_moved_away_belongs_to_a_place_without_a_name(
    bureau: Organization, elsewhere: Organization, user: User
) -> None:
    member = make_member("甲一", Organization.objects.get(code="D01"), birth_month="1980-05")
    member.memberships.update(ended_on="2020-01-01")
    member.memberships.create(organization=elsewhere, started_on="2020-01-01")
    run = make_import(
        user,
        bureau,
        pasted(f"{HEAD}|转入日期", "甲一|D02|1980-05|正式党员|2000-01-01|2021-01-01"),
    )
    assert problems_of(run) == {
        (2, "党组织编码"): "系统中此人自 2020-01-01 至今属于 外单位，与本行的时期重叠"
    }


def test_whoever_runs_the_site_imports_everywhere(bureau: Organization) -> None:
    root = make_user("root", is_superuser=True)
    run = make_import(
        root,
        None,
        make_workbook(
            {"党组织": [organization_record("F01")], "党员": [member_record("甲一", "F01")]}
        ),
    )
    commit_import(run, version=run.version, user=root, today=TODAY)
    assert Organization.objects.get(code="F01").depth == 1


def test_an_activity_with_a_guest_branch_from_beyond_is_refused(
    bureau: Organization, elsewhere: Organization, user: User
) -> None:
    run = make_import(user, bureau, table([activity_record("D01、E01")]))
    assert "“E01”没有这个编码的党组织" in problems_of(run)[2, "党组织编码"]
    assert not Activity.objects.exists()
