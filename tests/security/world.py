"""Two bureaus with records, one person of every sort, and what each of them could ask for."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.models import (
    Appointment,
    Organization,
    OrganizationKind,
    Role,
    SensitiveField,
    SensitiveSetting,
    User,
)
from branches.services.accounts import issue_link
from branches.services.organizations import begin_term
from meetings.importing import commit_import
from meetings.models import (
    Activity,
    EntryTemplate,
    Exemption,
    ImportRun,
    ImportState,
    Kind,
    KindsApart,
    Period,
    Rectification,
    Requirement,
    Status,
    TypedDraft,
)
from meetings.services import void_activity
from reports.services import compose_report
from tests.branches.importers.workbooks import member_record
from tests.factories import (
    LONG_AGO,
    make_activity,
    make_bureau,
    make_member,
    make_organization,
    make_user,
)
from tests.meetings.attachments.files import make_attachment, make_image
from tests.meetings.importing.runs import make_import, table
from tests.meetings.typed import make_typed
from tests.security.pages import typed_form
from tests.security.people_asks import people_asks

YEAR = 2025
# Everything asked for belongs to the branch D01. "2" is the same role elsewhere: in the next
# branch of the bureau, or (for the administrator) in another bureau.
PEOPLE = (
    "anonymous",
    "inactive",
    "recorder",
    "recorder2",
    "secretary",
    "secretary2",
    "inspector",
    "administrator",
    "administrator2",
    "auditor",
    "unappointed",
    "ended",
    "superuser",
)


@dataclass(frozen=True)
class Ask:
    """One request: what stands in the address, and what a POST sends."""

    parts: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    form_of: str = ""  # the page of the same parts whose form is sent as it stands


@dataclass
class World:
    branch: Organization
    next_branch: Organization
    activities: dict[str, Activity]
    member: Any
    users: dict[str, User]
    template: EntryTemplate
    asks: dict[str, Ask] = field(default_factory=dict)

    def client_of(self, person: str) -> Client:
        """A browser in which the person is logged in; an inactive user's session is older than
        the day they were switched off."""
        client = Client()
        if person in self.users:
            client.force_login(self.users[person])
        return client

    def body_of(self, row: str) -> Mapping[str, Any]:
        """What a POST of the row sends."""
        asked = self.asks.get(row, Ask())
        if not asked.form_of:
            return asked.body
        page = self.client_of("superuser").get(reverse(asked.form_of, kwargs=asked.parts))
        return typed_form(page.content.decode())


def make_world() -> World:
    """The branch D01 of the bureau D00 with a record in each status, a member and a report."""
    bureau, _none = make_bureau(0)
    # A key that occurs nowhere else on a page, so that two pages can be compared without it.
    branch = make_organization("D01", parent=bureau, name="第一支部", pk=7_654_321)
    next_branch = make_organization("D02", parent=bureau, name="第二支部")
    other_bureau = make_organization("E00", kind=OrganizationKind.COMMITTEE, name="外单位党委")
    for code in ("E01", "E02"):
        make_organization(code, parent=other_bureau)
    member = make_member("甲一", branch)
    make_member("乙一", next_branch)
    SensitiveSetting.objects.create(organization=bureau, field=SensitiveField.PHONE, is_on=True)
    users = _people(bureau, branch, next_branch, other_bureau)
    activities = {
        status.lower(): make_activity(branch, status=Status(status), title=f"记录{status}")
        for status in ("DRAFT", "SUBMITTED", "RETURNED", "ACCEPTED")
    }
    void = make_activity(branch, title="作废记录")
    activities["void"] = void_activity(void, user=None, expected_version=1, reason="重复登记")
    activities["joint"] = make_activity(
        next_branch, Kind.THEMED_PARTY_DAY, organizations=[next_branch, branch], title="联合活动"
    )
    for one in (branch, next_branch):
        compose_report(one, year=YEAR - 1)
    template = EntryTemplate.objects.create(
        organization=branch,
        name="月度学习",
        typed={"host": [str(branch.pk)], "kinds": ["GROUP_STUDY"]},
        created_by=users["secretary"],
    )
    world = World(branch, next_branch, activities, member, users, template)
    world.asks = _asks(world)
    return world


def _people(
    bureau: Organization, branch: Organization, next_branch: Organization, other: Organization
) -> dict[str, User]:
    def make(person: str, role: Role, where: Organization | None, **fields: Any) -> User:
        return make_user(person, role=role, organization=where, **fields)

    return {
        "inactive": make("inactive", Role.SECRETARY, branch, is_active=False),
        "recorder": make("recorder", Role.RECORDER, branch),
        "recorder2": make("recorder2", Role.RECORDER, next_branch),
        "secretary": make("secretary", Role.SECRETARY, branch),
        "secretary2": make("secretary2", Role.SECRETARY, next_branch),
        "inspector": make("inspector", Role.INSPECTOR, bureau),
        "administrator": make("administrator", Role.ADMINISTRATOR, bureau),
        "administrator2": make("administrator2", Role.ADMINISTRATOR, other),
        "auditor": make("auditor", Role.AUDITOR, None),
        "unappointed": make_user("unappointed"),
        # `until` is the first day without the appointment: yesterday was the last one.
        "ended": make("ended", Role.SECRETARY, branch, since=LONG_AGO, until=timezone.localdate()),
        "superuser": make_user("superuser", is_superuser=True),
    }


def _asks(world: World) -> dict[str, Ask]:
    """The request of every row of the table that needs more than an address.

    Each body is one that succeeds for whoever may do it.
    """
    branch, activities = world.branch, world.activities
    code, year = {"code": branch.code}, {"code": branch.code, "year": YEAR - 1}
    step = {name: {"version": one.version} for name, one in activities.items()}
    pk = {name: {"pk": one.pk} for name, one in activities.items()}
    filled = {"held_on": dt.date(YEAR, 3, 5).isoformat(), "kinds": "GROUP_STUDY"}
    typed = make_typed(branch)

    problem = {"problem": "台账不全", "organization": branch.pk, "due_on": f"{YEAR}-06-30"}
    undone, done = (
        Rectification.objects.create(
            organization=branch,
            activity=activities["accepted"],
            problem="记录不全",
            opened_on=dt.date(YEAR, 3, 5),
            done_on=done_on,
        )
        for done_on in (None, dt.date(YEAR, 4, 1))
    )

    since = dt.date(YEAR, 1, 1)
    rule = Requirement.objects.create(
        kind=Kind.GROUP_STUDY,
        organization_kind=OrganizationKind.BRANCH,
        period=Period.QUARTER,
        scope=branch,
        effective_from=since,
        source="本局规定",
    )
    exemption = Exemption.objects.create(organization=branch, started_on=since, reason="驻村")
    apart = KindsApart.objects.create(
        scope=branch, first=Kind.GENERAL_MEETING, second=Kind.GROUP_STUDY
    )

    key = uuid.UUID(int=9)
    kept = TypedDraft.objects.create(
        user=world.users["secretary"],
        entry_key=key,
        typed={"title": ["未存"], "entry_key": [str(key)]},
    )

    run, queued = _imports(world)
    checked = {"version": run.version}
    row = run.rows.get()

    def edited(name: str) -> Ask:
        one = activities[name]
        more = {"version": one.version, "title": one.title, "host": one.host_id}
        return Ask(pk[name], typed | more | {"entry_key": ""})

    clerk = make_user("clerk", role=Role.RECORDER, organization=branch)
    off = make_user("off", role=Role.RECORDER, organization=branch, is_active=False)
    appointed = {
        "role": "RECORDER",
        "organization": branch.pk,
        "started_on": timezone.localdate().isoformat(),
    }
    new_password = {name: "Gai-le-2025" for name in ("new_password1", "new_password2")}

    acts = people_asks(branch, world.member)
    return {row: Ask(*asked) for row, asked in acts.items()} | {
        "user_create": Ask(body=appointed | {"username": "xin", "name": "新同志"}),
        "user_detail": Ask({"pk": clerk.pk}),
        "user_edit": Ask({"pk": clerk.pk}, {"name": "改名"}),
        "user_link": Ask({"pk": clerk.pk}),
        "user_appoint": Ask({"pk": clerk.pk}, appointed | {"role": "SECRETARY"}),
        "user_deactivate": Ask({"pk": clerk.pk}),
        "user_activate": Ask({"pk": off.pk}),
        "appointment_end": Ask(
            {"pk": Appointment.objects.get(user=clerk).pk},
            {"ended_on": timezone.localdate().isoformat()},
        ),
        "device_end": Ask(body={"device": "0123456789abcdef"}),
        "password_change": Ask(body=new_password | {"old_password": "Passw0rd-of-a-test"}),
        "password_set linked": Ask(query={"link": issue_link(clerk, by=None, at=timezone.now())}),
        "login": Ask(body={"username": "secretary", "password": "wrong"}),
        "set_language": Ask(body={"language": "zh-hans"}),
        "audit_detail": Ask({"number": 1}),
        "organization_detail": Ask(code),
        **_changes(world),
        "member_detail": Ask({"pk": world.member.pk}),
        "sensitive_settings": Ask({"code": "D00"}, {"fields_on": []}),
        "sensitive_export": Ask(code, {"fields_wanted": ["PHONE"], "purpose": "核对"}),
        "member_sensitive": Ask({"pk": world.member.pk}, {"PHONE": "13000004321"}),
        "sensitive_reveal": Ask({"pk": world.member.pk, "field": "PHONE"}),
        "activity_create": Ask(body=typed, query={"host": branch.code}),
        "activity_create submitted": Ask(body=typed | {"action": "submit"}),
        "activity_create copied": Ask(body=typed, query={"copy": activities["draft"].pk}),
        "activity_create kept": Ask(
            body=typed | {"action": "template", "kept_as": "例会"},
            query={"template": world.template.pk},
        ),
        "activity_suggest": Ask(query=filled | {"host": branch.pk}),
        "activity_followups": Ask(query=filled | {"host": branch.pk}),
        "typed_draft_keep": Ask(body=typed),
        "typed_draft_keep edited": Ask(body=typed | {"activity": activities["draft"].pk}),
        "typed_draft_keep accepted": Ask(body=typed | {"activity": activities["accepted"].pk}),
        "typed_draft_discard": Ask({"pk": kept.pk}),
        "activity_create typed": Ask(body=typed, query={"typed": kept.pk}),
        "template_retire": Ask({"pk": world.template.pk}),
        "activity_expected": Ask(query=filled | {"host": branch.pk}),
        "activity_expected edited": Ask(query=filled | {"activity": activities["draft"].pk}),
        "activity_match": Ask(
            body=filled | {"host": branch.pk, "pasted_names": "甲一", "action": "match"}
        ),
        "activity_match edited": Ask(
            body=filled
            | {"pasted_names": "甲一", "action": "match", "activity": activities["draft"].pk}
        ),
        "activity_detail": Ask(pk["draft"]),
        "activity_detail joint": Ask(pk["joint"]),
        "activity_edit": edited("draft"),
        "activity_edit accepted": edited("accepted"),
        "activity_edit void": edited("void"),
        "activity_edit joint": edited("joint"),
        "activity_submit": Ask(pk["draft"], step["draft"] | {"anyway": "1"}),
        "activity_check": Ask(pk["draft"]),
        "activity_review": Ask(pk["submitted"], step["submitted"] | {"on_minutes": "请补充"}),
        "activity_history": Ask(pk["draft"]),
        "activity_compare": Ask(pk["draft"]),
        "activity_revert": Ask(pk["draft"], step["draft"] | {"revision": 1}),
        "review_list": Ask(
            body={"chosen": f"{activities['submitted'].pk}-{activities['submitted'].version}"}
        ),
        "activity_return": Ask(pk["submitted"], step["submitted"] | {"comment": "请补充"}),
        "activity_accept": Ask(pk["submitted"], step["submitted"]),
        "activity_void": Ask(pk["accepted"], step["accepted"] | {"reason": "重复"}),
        "activity_restore": Ask(pk["void"], step["void"]),
        "activity_void joint": Ask(pk["joint"], step["joint"] | {"reason": "重复"}),
        "rectification_create": Ask(pk["draft"], problem),
        "rectification_create joint": Ask(pk["joint"], problem),
        "rectification_create void": Ask(pk["void"], problem),
        "rectification_detail": Ask({"pk": undone.pk}),
        "rectification_edit": Ask({"pk": undone.pk}, problem | {"seen_problem": undone.problem}),
        "rectification_close": Ask(
            {"pk": undone.pk}, {"done_on": f"{YEAR}-04-01", "done_note": "已补齐"}
        ),
        "rectification_reopen": Ask({"pk": done.pk}, {"reason": "仍有缺页"}),
        "attachment_upload": Ask(body=_upload()),
        "attachment_upload edited": Ask(body=_upload(activities["draft"])),
        "attachment_upload accepted": Ask(body=_upload(activities["accepted"])),
        "attachment_file": Ask({"pk": make_attachment(activities["draft"]).pk}),
        "attachment_thumbnail": Ask({"pk": make_attachment(activities["draft"]).pk}),
        "attachment_file unsaved": Ask(
            {"pk": make_attachment(None, user=world.users["secretary"]).pk}
        ),
        "import_list": Ask(body={"pasted": table([member_record("新二", branch.code)]).decode()}),
        "import_template": Ask({"kind": "roster"}),
        "import_detail": Ask({"pk": run.pk}, checked | {f"cell-{row.pk}-0": "新三"}),
        "import_columns": Ask({"pk": run.pk}, checked | {"column-0-2": ""}),
        "import_commit": Ask({"pk": run.pk}, checked),
        "import_abandon": Ask({"pk": run.pk}, checked),
        "import_undo": Ask({"pk": _written(world).pk}),
        "import_progress": Ask({"pk": queued.pk}),
        "import_reopen": Ask({"pk": queued.pk}, {"version": queued.version}),
        "requirement_create": Ask(
            body={
                "scope": branch.code,
                "kind": "PARTY_LECTURE",
                "organization_kind": "BRANCH",
                "period": "HALF_YEAR",
                "times": "1",
                "effective_from": f"{YEAR}-01-01",
                "source": "本局规定",
            }
        ),
        "requirement_end": Ask({"pk": rule.pk}, {"ended_on": f"{YEAR}-07-01"}),
        "exemption_create": Ask(
            body={"organization": branch.code, "started_on": f"{YEAR}-03-01", "reason": "驻村"}
        ),
        "exemption_end": Ask({"pk": exemption.pk}, {"ended_on": f"{YEAR}-07-01"}),
        "kinds_apart_create": Ask(
            body={"scope": branch.code, "first": "PARTY_LECTURE", "second": "GROUP_STUDY"}
        ),
        "kinds_apart_remove": Ask({"pk": apart.pk}),
        "holiday_list": Ask({"year": YEAR}),
        "holiday_edit": Ask(
            {"year": YEAR, "holiday": "qingming"},
            {"first_day": f"{YEAR}-04-04", "due_on": f"{YEAR}-04-03"},
        ),
        "compliance_detail": Ask(year | {"kind": "GROUP_STUDY"}),
        "handover": Ask(code),
        "handover_pdf": Ask(code),
        "figures": Ask(year),
        "figure_records": Ask(year | {"key": "group_study.count"}),
        "report_detail": Ask(year, form_of="report_detail"),
        "report_detail missing": Ask(year | {"year": YEAR}),
        "report_compose": Ask(year | {"year": YEAR}),
        "report_preview": Ask(year, form_of="report_detail"),
        "report_plan": Ask(year, form_of="report_plan"),
        "report_finalize": Ask(year, form_of="report_finalize"),
        "report_download html": Ask(year | {"file_format": "html"}),
        "report_download pdf": Ask(year | {"file_format": "pdf"}),
        "report_download docx": Ask(year | {"file_format": "docx"}),
    }


def _changes(world: World) -> dict[str, Ask]:
    """What happens to the branch and the group below it."""
    branch, admin = world.branch, world.users["administrator"]
    bureau = Organization.objects.get(code="D00")
    general = make_organization("D09", parent=bureau, kind=OrganizationKind.GENERAL_BRANCH)
    group = make_organization("D01-1", parent=branch, kind=OrganizationKind.GROUP)
    begin_term(branch, number=1, on=dt.date(2024, 1, 5), user=admin)
    code, on = {"code": branch.code}, {"on": timezone.localdate().isoformat()}
    new = on | {"code": "D05", "name": "第五支部"}
    return {
        "organization_found": Ask(code, new | {"kind": "GROUP"}),
        "organization_rename": Ask(code, on | {"name": "综合支部"}),
        "organization_move": Ask(code, on | {"superior": general.pk}),
        "organization_split": Ask(code, new | {"members": world.member.pk}),
        "organization_merge": Ask(code, on | {"into": world.next_branch.pk}),
        "organization_dissolve": Ask({"code": group.code}, on),
        "organization_term_begin": Ask(code, on | {"number": 2}),
        "organization_term_extend": Ask(code, on | {"due_on": "2027-06-01", "reason": "批复"}),
        "organization_term_end": Ask(code, on),
        "organization_undo": Ask(code | {"pk": branch.events.get().pk}, {"reason": "录入错误"}),
    }


def _imports(world: World) -> tuple[ImportRun, ImportRun]:
    """An import of the bureau that is being checked, and one that waits to be written."""
    bureau = Organization.objects.get(code="D00")
    user = world.users["administrator"]
    run, queued = (make_import(user, bureau) for _ in range(2))
    ImportRun.objects.filter(pk=queued.pk).update(
        state=ImportState.QUEUED, queued_at=timezone.now()
    )
    return run, queued


def _written(world: World) -> ImportRun:
    """An import of the bureau that wrote a member."""
    user = world.users["administrator"]
    bureau = Organization.objects.get(code="D00")
    run = make_import(user, bureau, table([member_record("新四", world.branch.code)]))
    return commit_import(run, version=run.version, user=user, today=timezone.localdate())


class _SentAgain(SimpleUploadedFile):
    """A file that each person sends from its beginning."""

    def read(self, *size: Any) -> bytes:
        self.seek(0)
        return bytes(super().read(*size))


def _upload(activity: Activity | None = None) -> dict[str, Any]:
    file = _SentAgain("照片.jpg", make_image())
    record = {"activity": activity.pk} if activity else {}
    return {"entry_key": str(uuid.UUID(int=9)), "file": file} | record
