"""What is asked, kept by the administrator: rules, exemptions, kinds apart, holidays."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import AuditEntry, Organization, OrganizationKind, Role
from meetings.compliance import compliance_of, occasions_of
from meetings.models import Exemption, HolidayNotice, Kind, KindsApart, Period, Requirement
from meetings.querysets import ACCEPTED_AND_SUBMITTED
from tests.factories import make_bureau, make_organization, make_user

pytestmark = pytest.mark.django_db
YEAR = 2025
RULE = {
    "scope": "D00",
    "kind": "PARTY_LECTURE",
    "organization_kind": "BRANCH",
    "period": "HALF_YEAR",
    "times": "２",
    "effective_from": "2025年7月1日",
    "source": "本局规定第三条",
}


@pytest.fixture
def bureau() -> Any:
    return make_bureau()


@pytest.fixture
def administrator(client: Client, bureau: Any) -> Client:
    client.force_login(make_user("administrator", role=Role.ADMINISTRATOR, organization=bureau[0]))
    return client


def periods(branch: Organization) -> list[tuple[int, str]]:
    """(first month, period) of the lectures that the year asks of the branch."""
    found = compliance_of(
        [branch],
        year=YEAR,
        on=dt.date(2026, 1, 5),
        statuses=ACCEPTED_AND_SUBMITTED,
        kinds=[Kind.PARTY_LECTURE],
    )
    return [(one.first.month, one.rule.period) for one in found[branch.pk]]


def test_a_bureaus_own_rule_takes_over_from_its_day_in_its_own_tree(
    administrator: Client, bureau: Any
) -> None:
    elsewhere = make_organization("E01")
    assert administrator.post(reverse("requirement_create"), RULE).status_code == 302
    quarters = [(1, "QUARTER"), (4, "QUARTER")]
    assert periods(bureau[1][0]) == [*quarters, (7, "HALF_YEAR")]
    assert periods(elsewhere) == [*quarters, (7, "QUARTER"), (10, "QUARTER")]
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.organization) == ("requirement.create", bureau[0])
    assert "HALF_YEAR" in entry.changes
    assert "本局规定" not in entry.changes  # of a text the log keeps the checksum


def test_a_rule_that_ends_leaves_what_it_judged(administrator: Client, bureau: Any) -> None:
    administrator.post(reverse("requirement_create"), RULE | {"effective_from": "2025-01-01"})
    rule = Requirement.objects.get(scope=bureau[0])
    answer = administrator.post(
        reverse("requirement_end", args=[rule.pk]), {"ended_on": "2025-07-01"}
    )
    assert answer.status_code == 302
    assert periods(bureau[1][0]) == [(1, "HALF_YEAR"), (7, "QUARTER"), (10, "QUARTER")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"scope": "E01"}, "scope"),
        ({"times": "0"}, "times"),
        ({"source": ""}, "source"),
        ({"period": "HOLIDAY"}, "period"),
        ({"holidays": ["qingming"]}, "holidays"),
        ({"kind": "INTEGRITY_EDUCATION", "period": "HOLIDAY", "months": ["3"]}, "months"),
        ({"effective_from": "昨天"}, "effective_from"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_at_its_field(
    administrator: Client, wrong: dict[str, Any], field: str
) -> None:
    make_organization("E01")
    answer = administrator.post(reverse("requirement_create"), RULE | wrong)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Requirement.objects.exclude(scope=None).exists()


def test_the_same_rule_twice_is_said_to_be_on_record(administrator: Client) -> None:
    administrator.post(reverse("requirement_create"), RULE)
    answer = administrator.post(reverse("requirement_create"), RULE)
    assert "该要求已有记录" in answer.text or answer.context["form"].non_field_errors()
    assert Requirement.objects.exclude(scope=None).count() == 1


def test_a_general_rule_is_ended_by_nobody_in_a_bureau(administrator: Client) -> None:
    general = Requirement.objects.filter(scope=None).first()
    assert general is not None
    answer = administrator.post(
        reverse("requirement_end", args=[general.pk]), {"ended_on": "2026-01-01"}
    )
    assert answer.status_code == 404


def test_rules_of_another_bureau_are_not_listed(administrator: Client) -> None:
    elsewhere = make_organization("E01")
    Requirement.objects.create(
        kind=Kind.GROUP_STUDY,
        organization_kind=OrganizationKind.BRANCH,
        period=Period.YEAR,
        scope=elsewhere,
        effective_from=dt.date(2020, 1, 1),
        source="外单位规定",
    )
    page = administrator.get(reverse("requirement_list")).text
    assert "外单位规定" not in page
    assert "《中国共产党支部工作条例（试行）》" in page


def test_a_branch_reads_the_rules_that_reach_it(client: Client, bureau: Any) -> None:
    top, (branch, _other) = bureau
    Requirement.objects.create(
        kind=Kind.GROUP_STUDY,
        organization_kind=OrganizationKind.BRANCH,
        period=Period.YEAR,
        scope=top,
        effective_from=dt.date(2020, 1, 1),
        source="本局规定",
    )
    client.force_login(make_user("secretary", role=Role.SECRETARY, organization=branch))
    page = client.get(reverse("requirement_list")).text
    assert "本局规定" in page
    assert reverse("requirement_create") not in page


def test_an_exemption_is_named_with_its_reason_and_ended(
    administrator: Client, bureau: Any
) -> None:
    given = {"organization": "D01", "kind": "", "started_on": "2025-03-01", "reason": "全员驻村"}
    assert administrator.post(reverse("exemption_create"), given).status_code == 302
    exemption = Exemption.objects.get()
    assert exemption.created_by is not None
    end = reverse("exemption_end", args=[exemption.pk])
    assert administrator.post(end, {"ended_on": "2025-03-01"}).status_code == 200
    assert administrator.post(end, {"ended_on": "2025-04-01"}).status_code == 302
    exemption.refresh_from_db()
    assert exemption.ended_on == dt.date(2025, 4, 1)


def test_two_kinds_are_kept_apart_and_let_together_again(
    administrator: Client, bureau: Any
) -> None:
    same = {"scope": "D00", "first": "GROUP_STUDY", "second": "GROUP_STUDY"}
    assert administrator.post(reverse("kinds_apart_create"), same).status_code == 200
    administrator.post(reverse("kinds_apart_create"), same | {"second": "PARTY_LECTURE"})
    pair = KindsApart.objects.get()
    administrator.post(reverse("kinds_apart_remove", args=[pair.pk]))
    assert not KindsApart.objects.exists()
    acts = AuditEntry.objects.order_by("number").values_list("act", "outcome")
    assert list(acts)[-1] == ("kinds.apart_remove", "DONE")


def test_the_notice_of_a_holiday_is_typed_in_and_moves_the_reminder(
    administrator: Client,
) -> None:
    page = administrator.get(reverse("holiday_list", args=[2027])).text
    assert "通知尚未发布" in page
    edit = reverse("holiday_edit", args=[2027, "spring_festival"])
    wrong = {"first_day": "2027-02-05", "due_on": "2027-02-05"}
    assert administrator.post(edit, wrong).status_code == 200
    right = {"first_day": "2027-02-05", "due_on": "2027-02-04"}
    assert administrator.post(edit, right).status_code == 302
    due = {name: one.due_on for one in occasions_of(2027) for name in one.holidays}
    assert due["spring_festival"] == dt.date(2027, 2, 4)
    assert HolidayNotice.objects.count() == 1
    assert "人工录入" in administrator.get(reverse("holiday_list", args=[2027])).text


@pytest.mark.parametrize("year", [1999, 2007, 2100])
def test_a_year_whose_holidays_nobody_knows_is_no_page(administrator: Client, year: int) -> None:
    assert administrator.get(reverse("holiday_list", args=[year])).status_code == 404


@pytest.mark.parametrize(
    ("address", "typed", "field"),
    [
        (
            reverse("exemption_create"),
            {"organization": "D01", "started_on": "2025-05-01", "ended_on": "2025-04-01"},
            "ended_on",
        ),
        (
            reverse("kinds_apart_create"),
            {"scope": "D00", "first": "PARTY_LECTURE", "second": "PARTY_LECTURE"},
            "second",
        ),
        (
            reverse("holiday_edit", args=[2025, "qingming"]),
            {"first_day": "2025-04-04", "due_on": "2025-04-04"},
            "due_on",
        ),
    ],
)
def test_two_fields_that_do_not_fit_are_told_at_the_second(
    address: str, typed: dict[str, str], field: str, administrator: Client
) -> None:
    answer = administrator.post(address, typed | {"reason": "驻村"})
    assert list(answer.context["form"].errors) == [field]
    assert len(answer.context["form"].errors[field]) == 1


def test_no_kind_is_chosen_before_somebody_chooses(administrator: Client) -> None:
    for address in ("requirement_create", "kinds_apart_create"):
        form = administrator.get(reverse(address)).context["form"]
        kinds = [
            name for name in ("kind", "organization_kind", "first", "second") if name in form.fields
        ]
        assert [form[name].field.choices[0][0] for name in kinds] == [""] * len(kinds), address
