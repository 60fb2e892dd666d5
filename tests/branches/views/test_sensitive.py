"""Sensitive fields: off, on, kept, erased, shown one at a time, exported for a purpose."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from branches.models import (
    AuditEntry,
    Member,
    Organization,
    Role,
    SensitiveField,
    SensitiveSetting,
    SensitiveValue,
)
from branches.services.sensitive import keep_values
from tests.factories import (
    make_bureau,
    make_member,
    make_membership,
    make_organization,
    make_user,
)

pytestmark = pytest.mark.django_db

ID_NUMBER = "999999190001010015"
PHONE = "13000004321"


@pytest.fixture
def world(client: Client) -> tuple[Client, Organization, Member]:
    """The administrator of a bureau that keeps both fields, and a member of its first branch."""
    bureau, (branch, _other) = make_bureau()
    for field in SensitiveField:
        SensitiveSetting.objects.create(organization=bureau, field=field, is_on=True)
    client.force_login(make_user("administrator", role=Role.ADMINISTRATOR, organization=bureau))
    return client, bureau, make_member("甲", branch)


def _keep(member: Member, **values: str) -> None:
    branch = member.memberships.get().organization
    keep_values(
        member,
        {SensitiveField(name): value for name, value in values.items()},
        organization=branch,
    )


def _acts() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("act", flat=True))


def test_without_the_setting_no_page_of_it_exists(world: Any) -> None:
    client, bureau, member = world
    _keep(member, ID_NUMBER=ID_NUMBER)
    SensitiveSetting.objects.update(is_on=False)
    page = client.get(reverse("member_detail", args=[member.pk])).text
    assert "0015" not in page
    assert client.get(reverse("member_sensitive", args=[member.pk])).status_code == 404
    reveal = reverse("sensitive_reveal", args=[member.pk, "ID_NUMBER"])
    assert client.post(reveal).status_code == 404
    assert client.get(reverse("sensitive_export", args=[bureau.code])).status_code == 404


def test_the_administrator_turns_fields_on_and_off_for_the_bureau(world: Any) -> None:
    client, bureau, _member = world
    address = reverse("sensitive_settings", args=[bureau.code])
    assert client.post(address, {"fields_on": ["PHONE"]}).status_code == 302
    kept = dict(SensitiveSetting.objects.values_list("field", "is_on"))
    assert kept == {"PHONE": True, "ID_NUMBER": False}
    client.post(address, {})
    assert not SensitiveSetting.objects.filter(is_on=True).exists()
    assert _acts() == ["sensitive.settings"] * 2


def test_a_branch_has_no_setting_of_its_own(world: Any) -> None:
    client, _bureau, member = world
    branch = member.memberships.get().organization
    assert client.get(reverse("sensitive_settings", args=[branch.code])).status_code == 404


def test_a_kept_value_is_encrypted_in_the_database_and_masked_on_the_page(world: Any) -> None:
    client, _bureau, member = world
    typed = {"ID_NUMBER": " 999999 19000101 0015 ", "PHONE": "１３０-0000-4321"}
    assert client.post(reverse("member_sensitive", args=[member.pk]), typed).status_code == 302
    for sealed in SensitiveValue.objects.values_list("sealed", flat=True):
        assert "0015" not in sealed
        assert "4321" not in sealed
    page = client.get(reverse("member_detail", args=[member.pk])).text
    assert "999***********0015" in page
    assert "130****4321" in page
    assert ID_NUMBER not in page
    assert PHONE not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ID_NUMBER": "999999190001010016"}, "身份证号"),
        ({"PHONE": "110"}, "11 位"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused_and_stays_typed(
    world: Any, typed: dict[str, str], words: str
) -> None:
    client, _bureau, member = world
    answer = client.post(reverse("member_sensitive", args=[member.pk]), typed)
    assert answer.status_code == 200
    assert words in answer.text
    assert next(iter(typed.values())) in answer.text
    assert not SensitiveValue.objects.exists()


def test_an_empty_field_keeps_the_value_and_a_tick_erases_it(world: Any) -> None:
    client, _bureau, member = world
    _keep(member, ID_NUMBER=ID_NUMBER, PHONE=PHONE)
    address = reverse("member_sensitive", args=[member.pk])
    assert ID_NUMBER not in client.get(address).text
    client.post(address, {"ID_NUMBER": "", "PHONE": "", "erase_PHONE": "on"})
    assert list(SensitiveValue.objects.values_list("field", flat=True)) == ["ID_NUMBER"]


def test_a_value_is_shown_one_at_a_time_and_each_time_stands_in_the_log(world: Any) -> None:
    client, _bureau, member = world
    _keep(member, ID_NUMBER=ID_NUMBER, PHONE=PHONE)
    before = AuditEntry.objects.count()
    answer = client.post(reverse("sensitive_reveal", args=[member.pk, "ID_NUMBER"]))
    assert ID_NUMBER in answer.text
    assert PHONE not in answer.text
    assert "no-store" in answer["Cache-Control"]
    (entry,) = AuditEntry.objects.order_by("number")[before:]
    assert entry.act == "sensitive.reveal"
    assert entry.subject == f"member:{member.pk}"
    assert "ID_NUMBER" in entry.changes


def test_no_entry_of_the_log_holds_a_value(world: Any) -> None:
    client, bureau, member = world
    client.post(
        reverse("member_sensitive", args=[member.pk]), {"ID_NUMBER": ID_NUMBER, "PHONE": PHONE}
    )
    client.post(reverse("sensitive_reveal", args=[member.pk, "PHONE"]))
    client.post(
        reverse("sensitive_export", args=[bureau.code]),
        {"fields_wanted": ["PHONE", "ID_NUMBER"], "purpose": "核对"},
    )
    entries = list(AuditEntry.objects.order_by("number").values())
    assert [one["act"] for one in entries] == [
        "member.sensitive",
        "sensitive.reveal",
        "sensitive.export",
    ]
    assert ID_NUMBER not in str(entries)
    assert PHONE not in str(entries)


def test_a_lost_key_is_said_and_asking_is_in_the_log_all_the_same(
    world: Any, settings: Any
) -> None:
    client, _bureau, member = world
    _keep(member, PHONE=PHONE)
    settings.SENSITIVE_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
    assert "密钥" in client.get(reverse("member_detail", args=[member.pk])).text
    answer = client.post(reverse("sensitive_reveal", args=[member.pk, "PHONE"]))
    assert answer.status_code == 200
    assert "密钥" in answer.text
    assert _acts()[-1] == "sensitive.reveal"


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.RECORDER, Role.INSPECTOR])
def test_others_see_no_trace_of_a_value(world: Any, role: Role) -> None:
    client, bureau, member = world
    _keep(member, PHONE=PHONE)
    client.force_login(make_user("other", role=role, organization=bureau))
    assert "4321" not in client.get(reverse("member_detail", args=[member.pk])).text
    assert client.post(reverse("sensitive_reveal", args=[member.pk, "PHONE"])).status_code == 403
    assert client.get(reverse("member_sensitive", args=[member.pk])).status_code == 403
    assert client.get(reverse("sensitive_export", args=[bureau.code])).status_code == 403


def test_a_file_in_clear_wants_a_purpose_and_holds_the_fields_asked_for(world: Any) -> None:
    client, bureau, member = world
    _keep(member, ID_NUMBER=ID_NUMBER, PHONE=PHONE)
    address = reverse("sensitive_export", args=[bureau.code])
    assert client.post(address, {"fields_wanted": ["PHONE"]}).status_code == 200
    before = AuditEntry.objects.count()
    answer = client.post(address, {"fields_wanted": ["PHONE"], "purpose": "节日慰问"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert [row[0:1] + row[2:] for row in sheet.to_python()] == [["姓名", "手机号"], ["甲", PHONE]]
    (entry,) = AuditEntry.objects.order_by("number")[before:]
    assert "节日慰问" in entry.changes


def test_who_moved_away_is_in_the_charge_of_the_new_bureau_alone(world: Any) -> None:
    client, _bureau, member = world
    _keep(member, PHONE=PHONE)
    elsewhere = make_organization("E00", name="另一局党委")
    today = timezone.localdate()
    member.memberships.update(ended_on=today)
    make_membership(member, elsewhere, since=today)
    assert "4321" not in client.get(reverse("member_detail", args=[member.pk])).text
    assert client.post(reverse("sensitive_reveal", args=[member.pk, "PHONE"])).status_code == 403
