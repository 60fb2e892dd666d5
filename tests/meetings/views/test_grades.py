"""The grades of an appraisal: typed, kept, checked, compared, written again, exported."""

import datetime as dt
import io
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from branches.models import Organization, Role
from meetings.models import Activity, AppraisalResult, Kind, Revision, Status, TypedDraft
from meetings.services import GradeLine, accept_activity, amend_activity, void_activity
from reports.figures import compute_figures
from tests.factories import make_activity, make_bureau, make_entry, make_member, make_user
from tests.meetings.typed import make_typed, make_typed_edit

pytestmark = pytest.mark.django_db

NEW = "/activities/new/"
DAY = dt.date(2025, 12, 5)
KIND = Kind.DEMOCRATIC_APPRAISAL


@pytest.fixture
def branches() -> list[Organization]:
    _bureau, branches = make_bureau(2)
    for number in range(6):
        make_member(f"甲{number}", branches[0])
    make_member("预备", branches[0], converted_on=None)
    make_member("乙一", branches[1])
    return branches


@pytest.fixture
def client(client: Client, branches: list[Organization]) -> Client:
    """Somebody who records for the whole bureau."""
    bureau = Organization.objects.get(depth=1)
    client.force_login(make_user("admin", role=Role.ADMINISTRATOR, organization=bureau))
    return client


def typed(branch: Organization, *numbers: object, **fields: Any) -> dict[str, Any]:
    """A form of an appraisal; `numbers` are the grades of the branch, best first."""
    return make_typed(branch, KIND, held_on=DAY.isoformat(), **grades(branch, *numbers), **fields)


def grades(branch: Organization, *numbers: object) -> dict[str, object]:
    names = ("excellent", "qualified", "basically_qualified", "unqualified")
    return {
        f"grade-{branch.pk}-{name}": "" if number is None else number
        for name, number in zip(names, numbers, strict=False)
    }


def kept() -> list[tuple[str, int, int, int, int, int]]:
    return list(
        AppraisalResult.objects.order_by("organization__path").values_list(
            "organization__code",
            "year",
            "excellent",
            "qualified",
            "basically_qualified",
            "unqualified",
        )
    )


def record(client: Client, values: dict[str, Any]) -> Activity:
    answer = client.post(NEW, values)
    assert answer.status_code == 302, answer.context["form"].errors
    return Activity.objects.get()


def edit(client: Client, activity: Activity, **fields: Any) -> HttpResponse:
    address = reverse("activity_edit", args=[activity.pk])
    return client.post(address, make_typed_edit(activity, **fields))


# --- typed and kept -----------------------------------------------------------------------


def test_four_numbers_are_kept_with_the_record(
    client: Client, branches: list[Organization]
) -> None:
    activity = record(client, typed(branches[0], "２", 3, 1, 0))
    assert kept() == [("D01", 2025, 2, 3, 1, 0)]
    assert AppraisalResult.objects.get().activity == activity


def test_an_empty_number_is_none_of_that_grade(
    client: Client, branches: list[Organization]
) -> None:
    record(client, typed(branches[0], 1, 5, None, None))
    assert kept() == [("D01", 2025, 1, 5, 0, 0)]


def test_without_a_number_there_is_no_result(client: Client, branches: list[Organization]) -> None:
    activity = record(client, typed(branches[0], None, None, None, None))
    assert kept() == []
    entry = client.get(reverse("activity_detail", args=[activity.pk]))
    assert "评议结果" not in entry.text.split("<h2>历史")[0].split("提交前检查")[0]  # type: ignore[attr-defined]


def test_an_appraisal_of_the_first_quarter_is_that_of_the_year_before(
    client: Client, branches: list[Organization]
) -> None:
    record(client, typed(branches[0], 1) | {"held_on": "2026-03-31"})
    assert kept() == [("D01", 2025, 1, 0, 0, 0)]


def test_a_joint_appraisal_has_a_row_for_each_organization(
    client: Client, branches: list[Organization]
) -> None:
    first, second = branches
    values = typed(first, 2, 4, joint=[second.pk]) | grades(second, 0, 1)
    activity = record(client, values)
    assert kept() == [("D01", 2025, 2, 4, 0, 0), ("D02", 2025, 0, 1, 0, 0)]
    page = client.get(reverse("activity_edit", args=[activity.pk]))
    assert [row.organization for row in page.context["grades"].rows] == branches
    assert [row.initial["qualified"] for row in page.context["grades"].rows] == [4, 1]


def test_a_joint_form_sent_twice_makes_one_record(
    client: Client, branches: list[Organization]
) -> None:
    first, second = branches
    values = typed(second, 0, 1, joint=[first.pk]) | grades(first, 2, 4)
    assert record(client, values) == record(client, values)
    assert len(kept()) == 2


def test_what_is_no_number_is_said_at_its_field_and_in_the_summary(
    client: Client, branches: list[Organization]
) -> None:
    answer = client.post(NEW, typed(branches[0], "三个", -1, 32768))
    (row,) = answer.context["grades"].rows
    assert set(row.errors) == {"excellent", "qualified", "basically_qualified"}
    assert f'href="#id_grade-{branches[0].pk}-excellent"' in answer.text  # type: ignore[attr-defined]
    assert "三个" in answer.text  # type: ignore[attr-defined]
    assert not Activity.objects.exists()


def test_grades_of_a_record_that_is_no_appraisal_are_asked_about_not_dropped(
    client: Client, branches: list[Organization]
) -> None:
    answer = client.post(NEW, typed(branches[0], 2, 3) | {"kinds": [Kind.GENERAL_MEETING]})
    (problem,) = answer.context["form"].errors["kinds"]
    assert "民主评议" in problem
    assert answer.context["grades"].rows[0]["excellent"].value() == "2"


def test_numbers_of_an_organization_that_left_the_form_travel_along(
    client: Client, branches: list[Organization]
) -> None:
    first, second = branches
    values = typed(first, 2) | grades(second, 1) | {"action": "refresh", "grade-x-excellent": 5}
    answer = client.post(NEW, values)
    assert answer.context["grades"].kept == [(f"grade-{second.pk}-excellent", "1")]
    again = client.post(NEW, values | {"joint": [second.pk]})
    assert [row.initial["excellent"] for row in again.context["grades"].rows] == ["2", "1"]
    assert again.context["grades"].kept == []


def test_typed_numbers_come_back_with_the_kept_form(
    client: Client, branches: list[Organization]
) -> None:
    client.post(reverse("typed_draft_keep"), typed(branches[0], 2, "三"))
    page = client.get(NEW, {"typed": TypedDraft.objects.get().pk})
    (row,) = page.context["grades"].rows
    assert (row.initial["excellent"], row.initial["qualified"]) == ("2", "三")


def test_the_fields_are_sent_again_only_when_other_organizations_are_graded(
    client: Client, branches: list[Organization]
) -> None:
    first, second = branches
    asked = {"held_on": DAY.isoformat(), "host": first.pk, "kinds": [KIND], "graded": str(first.pk)}
    assert 'id="grades"' not in client.get(reverse("activity_expected"), asked).text  # type: ignore[attr-defined]
    answer = client.get(reverse("activity_expected"), asked | {"joint": [second.pk]})
    assert 'id="grades" hx-swap-oob="true"' in answer.text  # type: ignore[attr-defined]
    assert f'name="grade-{second.pk}-excellent"' in answer.text  # type: ignore[attr-defined]


def test_a_copy_has_no_grades(client: Client, branches: list[Organization]) -> None:
    activity = record(client, typed(branches[0], 2, 3))
    page = client.get(NEW, {"copy": activity.pk})
    assert all(not row.initial for row in page.context["grades"].rows)


# --- amended, compared, written again -----------------------------------------------------


def test_a_result_keeps_its_key_when_the_record_is_amended(
    client: Client, branches: list[Organization]
) -> None:
    activity = record(client, typed(branches[0], 2, 3))
    before = AppraisalResult.objects.get().pk
    assert edit(client, activity, held_on=DAY.isoformat(), **grades(branches[0], 1, 5)).status_code
    assert AppraisalResult.objects.get().pk == before
    assert kept() == [("D01", 2025, 1, 5, 0, 0)]


def test_history_shows_what_changed_and_writes_it_again(
    client: Client, branches: list[Organization]
) -> None:
    activity = record(client, typed(branches[0], 2, 3))
    edit(client, activity, held_on=DAY.isoformat())
    assert kept() == []
    rows = client.get(reverse("activity_compare", args=[activity.pk])).context["rows"]
    (changed,) = [row for row in rows if row.is_changed]
    assert (changed.field, changed.after) == ("grades", "")
    assert changed.before == "第1支部：优秀 2 名，合格 3 名，基本合格 0 名，不合格 0 名"
    client.post(reverse("activity_revert", args=[activity.pk]), {"version": 2, "revision": 1})
    assert kept() == [("D01", 2025, 2, 3, 0, 0)]


def test_a_version_from_before_there_were_grades_is_read_and_written_again(
    client: Client, branches: list[Organization]
) -> None:
    activity = record(client, typed(branches[0], 2, 3))
    old = Revision.objects.get()
    del old.snapshot["grades"]
    old.save()
    edit(client, activity, held_on=DAY.isoformat(), **grades(branches[0], 1, 5))
    assert client.get(reverse("activity_compare", args=[activity.pk])).status_code == 200
    client.post(reverse("activity_revert", args=[activity.pk]), {"version": 2, "revision": 1})
    assert kept() == []


def test_two_editors_see_both_results_and_choose(
    client: Client, branches: list[Organization]
) -> None:
    activity = record(client, typed(branches[0], 2, 3))
    mine = make_typed_edit(activity, held_on=DAY.isoformat(), **grades(branches[0], 0, 4))
    edit(client, activity, held_on=DAY.isoformat(), **grades(branches[0], 1, 5))
    address = reverse("activity_edit", args=[activity.pk])
    answer = client.post(address, mine)
    assert answer.status_code == 409
    (row,) = [row for row in answer.context["rows"] if row[0] == "take-grades"]
    assert row[2:] == (
        "第1支部：优秀 1 名，合格 5 名，基本合格 0 名，不合格 0 名",
        "第1支部：优秀 0 名，合格 4 名，基本合格 0 名，不合格 0 名",
    )
    merge = mine | {"version": 2, "action": "merge"}
    theirs = client.post(address, merge | {"take-grades": "theirs"}).context["grades"].rows[0]
    assert theirs.initial["qualified"] == "5"
    stays = client.post(address, merge | {"take-grades": "mine"}).context["grades"].rows[0]
    assert stays.initial["qualified"] == "4"


# --- checked, shown, exported -------------------------------------------------------------


def test_the_check_counts_the_full_members_of_that_day(
    client: Client, branches: list[Organization]
) -> None:
    make_member("后来", branches[0], since=DAY + dt.timedelta(days=1))
    activity = record(client, typed(branches[0], 2, 4))
    address = reverse("activity_check", args=[activity.pk])
    fields = [line.target for line in client.get(address).context["lines"]]
    assert f"id_grade-{branches[0].pk}-excellent" not in fields
    edit(client, activity, held_on=DAY.isoformat(), **grades(branches[0], 3, 4))
    words = [line.words for line in client.get(address).context["lines"] if "grade" in line.target]
    assert len(words) == 2
    assert "6" in words[0]
    assert "7" in words[1]


def test_the_record_shows_its_result(client: Client, branches: list[Organization]) -> None:
    activity = record(client, typed(branches[0], 2, 3, 1, 0))
    page = client.get(reverse("activity_detail", args=[activity.pk]))
    assert [one.excellent for one in page.context["activity"].appraisals.all()] == [2]
    assert "评议结果" in page.text  # type: ignore[attr-defined]


def test_the_list_exports_the_sum_of_each_grade_or_nothing(
    client: Client, branches: list[Organization]
) -> None:
    first, second = branches
    record(client, typed(first, 2, 4, joint=[second.pk]) | grades(second, 0, 1))
    make_activity(first, KIND, held_on=DAY - dt.timedelta(days=1))
    answer = client.get(reverse("activity_export"))
    heading, *rows = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    columns = [heading.index(name) for name in ("优秀", "合格", "基本合格", "不合格")]
    assert [[row[column] for column in columns] for row in rows] == [[2, 5, 0, 0], [None] * 4]


# --- counted ------------------------------------------------------------------------------


def excellent(branch: Organization, **options: Any) -> int | None:
    return compute_figures(branch, year=2025, **options).value("appraisal.excellent")


def graded(branch: Organization, number: int, **fields: Any) -> Activity:
    line = GradeLine(branch, excellent=number)
    return make_activity(branch, KIND, **{"held_on": DAY, "grades": (line,)} | fields)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED, Status.SUBMITTED])
def test_a_result_counts_once_its_record_is_accepted(
    branches: list[Organization], status: Status
) -> None:
    activity = graded(branches[0], 2, status=status)
    assert excellent(branches[0]) is None
    assert (excellent(branches[0], statuses=("ACCEPTED", "SUBMITTED")) is not None) is (
        status == Status.SUBMITTED
    )
    Activity.objects.update(status=Status.SUBMITTED)
    user = make_user("reviewer")
    accept_activity(activity, user=user, expected_version=1)
    assert excellent(branches[0]) == 2
    void_activity(activity, user=user, expected_version=2, reason="作废")
    assert excellent(branches[0]) is None


def test_the_ledger_counts_where_no_record_does_and_never_on_top(
    branches: list[Organization],
) -> None:
    AppraisalResult.objects.create(organization=branches[0], year=2025, excellent=5)
    draft = graded(branches[0], 2, status=Status.DRAFT)
    assert excellent(branches[0]) == 5
    graded(branches[0], 1)
    assert excellent(branches[0]) == 1
    entry = make_entry(branches[0], KIND, held_on=DAY, grades=(GradeLine(branches[0], 3),))
    amend_activity(draft, entry, user=None, expected_version=1)
    assert excellent(branches[0]) == 1


def test_the_latest_of_two_records_decides(branches: list[Organization]) -> None:
    graded(branches[0], 2, held_on=dt.date(2026, 1, 9))
    graded(branches[0], 1)
    assert excellent(branches[0]) == 2


def test_the_records_behind_the_figure_open_the_activity(
    client: Client, branches: list[Organization]
) -> None:
    activity = graded(branches[0], 2)
    AppraisalResult.objects.create(organization=branches[1], year=2025, excellent=1)
    page = client.get(reverse("figure_records", args=["D00", 2025, "appraisal.excellent"]))
    assert reverse("activity_detail", args=[activity.pk]) in page.text  # type: ignore[attr-defined]
    assert [result.excellent for result, _none in page.context["records"]] == [2, 1]
