import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import RequestFactory

from branches.models import Appointment, Member, Organization, Role, User
from meetings.importers.words import KIND_WORDS
from meetings.models import Activity, AppraisalResult, Attendance, Kind, Rectification, Revision
from reports.demo import activity_rows, roster_rows
from reports.demo.desk import ACCOUNTS, INTENTIONS, OPEN_RECORDS, PASSWORD
from reports.documents import document_of
from reports.figures import compute_figures
from reports.models import AnnualReport, ReportStatus
from reports.seeding import DatabaseInUse, seed_demo, seeded_year
from tests.factories import make_organization

YEAR = 2025
TODAY = dt.date(2026, 11, 20)
WAITING = len(OPEN_RECORDS)


@pytest.fixture(scope="class")
def seeded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demo bureau, written once for a class of tests and rolled back after its last."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed_demo(year=YEAR, today=TODAY)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
class TestTheSeededBureau:
    @pytest.fixture(autouse=True)
    def _bureau(self, seeded: None) -> None:
        """Every test of the class reads the same bureau."""

    def test_every_row_of_the_roster_and_of_the_year_is_there(self):
        rows = activity_rows(YEAR)
        people = {(row["姓名"], row["出生年月"]) for row in roster_rows(YEAR)["党员"]}
        assert Organization.objects.count() == 14
        assert Member.objects.count() == len(people)
        # One more: the record that was entered twice and voided.
        assert Activity.objects.count() == len(rows["活动"]) + 1
        assert Rectification.objects.count() == len(rows["整改"])
        assert AppraisalResult.objects.count() == 6

    def test_each_state_of_review_is_to_be_seen(self):
        states = Counter(Activity.objects.values_list("status", flat=True))
        total = len(activity_rows(YEAR)["活动"])
        assert states == {
            "ACCEPTED": total - WAITING,
            "DRAFT": 3,
            "SUBMITTED": 3,
            "RETURNED": 2,
            "VOID": 1,
        }
        assert all(
            Activity.objects.filter(status="RETURNED").values_list("return_comment", flat=True)
        )
        assert Revision.objects.filter(action="RETURNED").count() == 2

    @pytest.mark.parametrize("code", ["YC", "YC-01", "YC-04", "YC-05", "YC-05-02-1"])
    def test_figures_equal_a_recount_of_the_rows(self, code):
        rows = activity_rows(YEAR)["活动"]
        waiting = [
            [row for row in rows if (row["党组织编码"], row["类型"]) == (one.code, one.kind)][-1]
            for one in OPEN_RECORDS
        ]
        recount = Counter(
            kind
            for row in rows
            if row["日期"].year == YEAR and row not in waiting
            if any(_is_within(one, code) for one in row["党组织编码"].split("、"))
            for kind in row["类型"].split("、")
        )
        organization = Organization.objects.get(code=code)
        figures = compute_figures(organization, year=YEAR, statuses=("ACCEPTED",)).figures
        counted = {kind: figures[f"{kind.value.lower()}.count"].value for kind in Kind}
        assert counted == {kind: 0 for kind in Kind} | {
            KIND_WORDS[word]: times for word, times in recount.items()
        }

    def test_people_are_marked_away_as_the_rows_say(self):
        states = Counter(Attendance.objects.values_list("state", flat=True))
        cells = [row["缺席人员"] for row in activity_rows(YEAR)["活动"]]
        named = [part for cell in cells if cell not in ("", "无") for part in cell.split("、")]
        twice = Attendance.objects.filter(activity__status="VOID").exclude(state="PRESENT").count()
        assert states["ON_LEAVE"] + states["ABSENT"] - twice == len(named)
        assert states["ABSENT"] > 0

    def test_every_role_can_log_in(self):
        assert {one.role for one in ACCOUNTS} == set(Role.values)
        for account in ACCOUNTS:
            user = authenticate(
                RequestFactory().post("/login/"), username=account.username, password=PASSWORD
            )
            assert user is not None
            (appointment,) = Appointment.objects.in_force(TODAY).filter(user=user)
            assert appointment.role == account.role

    def test_the_bureau_has_its_draft_with_a_plan_and_the_small_branch_a_final_report(self):
        bureau = AnnualReport.objects.get(organization__code="YC")
        branch = AnnualReport.objects.get(organization__code="YC-04")
        assert (bureau.year, bureau.status, bureau.is_edited) == (YEAR, ReportStatus.DRAFT, False)
        assert bureau.plan_items.count() == len(INTENTIONS)
        assert branch.status == ReportStatus.FINAL
        text = "".join(block.text for block in document_of(branch).blocks)
        assert "停用离岗人员账号十一个" in text
        assert "待填" not in text

    def test_it_is_known_as_the_demo_of_its_year_and_not_written_a_second_time(self):
        assert seeded_year() == YEAR
        with pytest.raises(DatabaseInUse):
            seed_demo(year=YEAR, today=TODAY)


def _is_within(code: str, above: str) -> bool:
    return above == "YC" or code == above or code.startswith(f"{above}-")


@pytest.mark.django_db
def test_a_database_with_anything_else_is_refused_and_left_as_it_was():
    make_organization("X01")
    with pytest.raises(DatabaseInUse):
        seed_demo(year=YEAR, today=TODAY)
    assert Organization.objects.count() == 1
    assert not User.objects.exists()
    assert seeded_year() is None


@pytest.mark.django_db
def test_the_year_that_is_still_running_stops_today_and_has_no_final_report():
    today = dt.date(2026, 5, 20)
    seed_demo(year=2026, today=today)
    assert Activity.objects.order_by("-held_on").values_list("held_on", flat=True)[0] <= today
    assert Activity.objects.filter(held_on__year=2026).count() > 80
    assert not AnnualReport.objects.filter(status=ReportStatus.FINAL).exists()
