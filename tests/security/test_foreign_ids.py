"""Ids of another branch, and ids that are none, in every field of a record's pages."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import reverse

from branches.models import Member, Organization, Role
from meetings.models import (
    Activity,
    Attachment,
    AttendanceState,
    EntryTemplate,
    Status,
    TypedDraft,
)
from meetings.services import LeaveLine
from tests.factories import make_activity, make_bureau, make_member, make_user
from tests.meetings.attachments.files import make_attachment
from tests.meetings.typed import make_typed, make_typed_edit
from tests.security.awkward import ask, send

pytestmark = pytest.mark.django_db

SECRET = "kivqex"
NEW = reverse("activity_create")
NO_IDS = ("0", "-1", "1.5", "x", "²", "９", "\x00", "9" * 19, "9" * 40)
READ = ("history", "compare", "check", "detail")
LISTS = (
    *("activity_create", "typed_draft_keep", "activity_match", "activity_expected", "review_list"),
    *("activity_suggest", "activity_followups", "activity_list", "activity_export"),
)
STEPS = ("submit", "return", "accept", "void", "restore", "revert", "review", "edit")


@dataclass
class Other:
    """What another branch keeps, the secret word in all of it, and its ids."""

    branch: Organization
    member: Member
    activity: Activity
    attachment: Attachment
    unsaved: Attachment
    template: EntryTemplate
    typed: TypedDraft


@pytest.fixture
def branches() -> list[Organization]:
    return make_bureau()[1]


@pytest.fixture
def mine(branches: list[Organization]) -> Activity:
    make_member("甲一", branches[0])
    return make_activity(branches[0], status=Status.DRAFT, absent={}, title="我的记录")


@pytest.fixture
def secretary(client: Client, branches: list[Organization]) -> Client:
    client.force_login(make_user("mine", role=Role.SECRETARY, organization=branches[0]))
    return client


@pytest.fixture
def other(branches: list[Organization]) -> Other:
    branch = branches[1]
    Organization.objects.filter(pk=branch.pk).update(name=SECRET, short_name=SECRET)
    branch.refresh_from_db()
    user = make_user("theirs", role=Role.SECRETARY, organization=branch)
    member = make_member(SECRET, branch)
    activity = make_activity(
        branch,
        status=Status.SUBMITTED,
        absent={member: LeaveLine(AttendanceState.ABSENT, SECRET)},
        title=SECRET,
        minutes=SECRET,
        decision=SECRET,
    )
    return Other(
        branch,
        member,
        activity,
        make_attachment(activity, SECRET, user=user, caption=SECRET),
        make_attachment(None, SECRET, user=user, caption=SECRET),
        EntryTemplate.objects.create(
            organization=branch, name=SECRET, typed={"title": [SECRET]}, created_by=user
        ),
        TypedDraft.objects.create(user=user, entry_key=uuid.UUID(int=7), typed={"title": [SECRET]}),
    )


def _kept() -> str:
    """Every row of the other branch's, as it is stored."""

    def rows() -> Iterator[Any]:
        for model in apps.get_app_config("meetings").get_models():
            yield from model._default_manager.order_by("pk")

    return "\n".join(
        line for line in serializers.serialize("jsonl", rows()).splitlines() if SECRET in line
    )


def _every_field(other: Other) -> dict[str, Any]:
    """A form that names the other branch's things wherever a form names anything."""
    member, files = other.member.pk, [other.attachment.pk, other.unsaved.pk]
    fields: dict[str, Any] = {
        "joint": [other.branch.pk],
        "attendance": "RECORDED",
        "shown": str(member),
        f"state-{member}": "ABSENT",
        f"reason-{member}": "替他请假",
        "attachment": files,
        "graded": str(other.branch.pk),
        f"grade-{other.branch.pk}-excellent": "1",
        "activity": other.activity.pk,
        "pasted_names": "某人",
        "copy": other.activity.pk,
        "template": other.template.pk,
        "typed": other.typed.pk,
        "organization": other.branch.pk,
        "entry_key": str(other.unsaved.entry_key),
        "kept_as": "我的模板",
    }
    for pk in files:
        fields |= {f"attachment-{pk}-caption": "改掉", f"attachment-{pk}-remove": "on"}
    return fields


ACTIONS = ("save", "submit", "refresh", "followups", "template", "merge")


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("is_host", [True, False])
def test_no_form_of_a_record_reaches_what_another_branch_keeps(
    action: str, is_host: bool, secretary: Client, mine: Activity, other: Other
) -> None:
    before = _kept()
    fields = _every_field(other)
    host = {"host": other.branch.pk} if is_host else {}
    # The whole of it is refused at the first thing that is wrong; each field alone gets further.
    alone = [{name: value} for name, value in fields.items()] if action == "save" else []
    for named in (fields, *alone):
        for address in (NEW, reverse("activity_edit", args=[mine.pk])):
            typed = make_typed_edit(mine) | named | host | {"action": action}
            answer = secretary.post(address, typed)
            assert answer.status_code in (200, 302, 409), (address, named)
            assert SECRET not in answer.text, (address, named)
            mine.refresh_from_db()
    assert _kept() == before
    assert {one.host for one in Activity.objects.exclude(pk=other.activity.pk)} == {mine.host}
    assert not Activity.objects.exclude(pk=other.activity.pk).credited(organization=other.branch)
    assert not Attachment.objects.filter(activity__host=mine.host).exists()
    assert {one.organization for one in EntryTemplate.objects.exclude(pk=other.template.pk)} <= {
        mine.host
    }


def test_the_addresses_that_name_a_record_or_a_draft_know_only_ones_own(
    secretary: Client, mine: Activity, other: Other
) -> None:
    before = _kept()
    key = str(uuid.UUID(int=8))
    named = {"activity": other.activity.pk, "entry_key": key, "title": "改掉"}
    host = make_typed(other.branch, activity=other.activity.pk, pasted_names=SECRET)
    for address, form, status in (
        ("typed_draft_keep", named, 404),
        ("attachment_upload", named, 404),
        ("activity_match", host, 404),
        ("activity_match", make_typed(other.branch, pasted_names="某人"), 200),
    ):
        answer = secretary.post(reverse(address), form)
        assert (answer.status_code, SECRET in answer.text) == (status, False), address
    for address, query, status in (
        ("activity_create", {"copy": other.activity.pk}, 404),
        ("activity_create", {"template": other.template.pk}, 404),
        ("activity_create", {"typed": other.typed.pk}, 404),
        ("activity_create", {"kind": "GROUP_STUDY", "host": other.branch.code}, 200),
        ("activity_expected", make_typed(other.branch), 200),
        ("activity_expected", {"activity": other.activity.pk}, 404),
        ("activity_suggest", make_typed(other.branch), 200),
        ("activity_followups", make_typed(other.branch), 200),
        ("activity_followups", make_typed(mine.host, activity=other.activity.pk), 200),
        ("activity_list", {"organization": other.branch.code, "q": "议"}, 200),
    ):
        answer = secretary.get(reverse(address), query)
        assert (answer.status_code, SECRET in answer.text) == (status, False), (address, query)
    for address, pk in (
        ("typed_draft_discard", other.typed.pk),
        ("template_retire", other.template.pk),
        *((f"activity_{step}", other.activity.pk) for step in STEPS),
    ):
        form = {"version": 1, "revision": 1, "comment": "改", "reason": "改", "anyway": "1"}
        answer = secretary.post(reverse(address, args=[pk]), form)
        assert (answer.status_code, SECRET in answer.text) == (404, False), address
    for address in ("attachment_file", "attachment_thumbnail"):
        for file in (other.attachment, other.unsaved):
            assert secretary.get(reverse(address, args=[file.pk])).status_code == 404
    assert _kept() == before


NAMED = (
    *("host", "joint", "kinds", "shown", "state-x", "attachment", "graded", "version", "entry_key"),
    *("activity", "revision", "before", "after", "chosen", "attendance", "agenda-TOTAL_FORMS"),
    *("agenda-INITIAL_FORMS", "agenda-0-ORDER", "take-minutes", "copy", "template", "typed"),
    *("organization", "page", "year", "day"),
)


@pytest.mark.parametrize("no_id", NO_IDS)
def test_an_id_that_is_none_is_never_an_error_of_the_server(
    no_id: str, secretary: Client, mine: Activity
) -> None:
    of_mine = {step: reverse(f"activity_{step}", args=[mine.pk]) for step in (*STEPS, *READ)}
    lists = [reverse(one) for one in LISTS]
    broken = dict.fromkeys((*NAMED, f"state-{no_id}", f"grade-{no_id}-excellent"), no_id)
    asked = [send(secretary, one, broken) for one in (*lists, *of_mine.values())]
    asked += [ask(secretary, one, broken) for one in (*lists, *of_mine.values())]
    for name in broken:
        mine.refresh_from_db()
        asked += [send(secretary, of_mine["edit"], make_typed_edit(mine) | {name: no_id})]
    assert [one.request["PATH_INFO"] for one in asked if one.status_code >= 500] == []
    assert Activity.objects.get(pk=mine.pk).host == mine.host
