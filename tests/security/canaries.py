"""A branch with a record of everything, the same word in every text field of it."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models

from branches.models import (
    AuditEntry,
    AuditHead,
    Member,
    MemberEvent,
    MemberEventKind,
    Organization,
    OrganizationEvent,
    OrganizationEventKind,
    OrganizationKind,
    PostTitle,
    Role,
    StandingException,
    User,
)
from meetings.models import (
    Activity,
    AppraisalResult,
    Attachment,
    AttachmentKind,
    AttendanceState,
    EntryTemplate,
    Exemption,
    Holiday,
    ImportKind,
    ImportRun,
    Kind,
    Period,
    Rectification,
    Requirement,
    ReviewComment,
    Status,
    TypedDraft,
)
from meetings.services import (
    AgendaLine,
    GuestLine,
    LeaveLine,
    accept_activity,
    return_activity,
    submit_activity,
)
from reports.models import PlanItem
from reports.services import compose_report, finalize_report, save_plan
from tests.factories import make_activity, make_member, make_organization, make_post, make_user
from tests.meetings.attachments.files import make_attachment

YEAR = 2025
# Six letters that occur in no word of the site, short enough for every column.
INSIDE, OUTSIDE = "kivqex", "zopwuj"
# The audit log: nobody types into it, and its triggers refuse to have it filled afterwards. That no
# word of a record gets into it is shown by test_audit.
WRITTEN_BY_THE_SITE = (AuditEntry, AuditHead)
# Keys of the program, and texts in which a choice or a hash stands.
NOT_TYPED = {
    "Organization.path",
    "User.password",
    "Session.session_key",
    "Session.session_data",
    "PasswordLink.token_hash",
    "Activity.import_key",
    "Activity.import_digest",
    "Attachment.stored_name",
    "Attachment.thumbnail_name",
    "Attachment.content_type",
    "Attachment.sha256",
    "ImportRun.digest",
    "ImportRun.preview_digest",
    "ReviewComment.field",
    "SensitiveValue.sealed",
    "AnnualReport.snapshot_checksum",
    "ReportSection.key",
}


def typed_fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every column of the project in which somebody's words stand."""
    for app in ("branches", "meetings", "reports"):
        for model in apps.get_app_config(app).get_models():
            if model in WRITTEN_BY_THE_SITE:
                continue
            for field in model._meta.concrete_fields:
                is_text = isinstance(field, models.CharField | models.TextField)
                name = f"{model.__name__}.{field.name}"
                if is_text and not field.choices and name not in NOT_TYPED:
                    yield model, field


def mark_of(field: models.Field, word: str) -> str:
    """The canary of one column: tells by itself where it leaked from."""
    return f"{word}.{field.name}"


@dataclass
class Filled:
    branch: Organization
    members: list[Member]
    secretary: User


def fill(code: str, parent: Organization, word: str) -> Filled:
    """A branch below the parent with the word in every text of every record."""
    before = {model: set(model.objects.values_list("pk", flat=True)) for model, _ in typed_fields()}
    branch = make_organization(code, parent=parent)
    group = make_organization(f"{code}-1", parent=branch, kind=OrganizationKind.GROUP)
    members = [make_member(f"{code}{number}", branch) for number in range(4)]
    members.append(make_member(f"{code}5", group))
    make_post(members[0], branch)
    make_post(members[1], branch, PostTitle.ORGANIZATION_OFFICER)
    StandingException.objects.create(
        membership=members[2].memberships.get(),
        effect=StandingException.Effect.NOT_VOTING,
        started_on=dt.date(YEAR, 1, 1),
        reason="-",
    )
    StandingException.objects.create(
        membership=members[1].memberships.get(),
        effect=StandingException.Effect.NOT_EXPECTED,
        started_on=dt.date(YEAR, 6, 1),
        reason="-",
    )
    MemberEvent.objects.create(
        kind=MemberEventKind.TRANSFERRED_IN,
        member=members[2],
        organization=branch,
        happened_on=dt.date(2000, 1, 1),
        outside_unit="-",
        reason="-",
        note="-",
    )
    OrganizationEvent.objects.create(
        kind=OrganizationEventKind.RENAMED,
        organization=branch,
        happened_on=dt.date(2001, 1, 1),
        reason="-",
    )
    secretary = make_user(f"user-{code}", role=Role.SECRETARY, organization=branch)
    drafts = [_record(branch, members, secretary, day=day) for day in range(1, 6)]
    _record(group, members[4:], secretary, day=7)
    void = make_activity(branch, title="-")
    Activity.objects.filter(pk=void.pk).update(status=Status.VOID, void_reason="-")
    Rectification.objects.create(
        organization=branch,
        activity=drafts[4],
        problem="-",
        opened_on=dt.date(YEAR, 3, 1),
        done_on=dt.date(YEAR, 4, 1),
    )
    Rectification.objects.create(
        organization=branch, activity=drafts[4], problem="-", opened_on=dt.date(YEAR, 3, 2)
    )
    AppraisalResult.objects.create(organization=branch, year=YEAR, excellent=1, qualified=3)
    Requirement.objects.create(
        kind=Kind.PARTY_LECTURE,
        organization_kind=OrganizationKind.BRANCH,
        period=Period.QUARTER,
        scope=branch,
        effective_from=dt.date(YEAR, 1, 1),
        source="-",
    )
    Exemption.objects.create(organization=branch, started_on=dt.date(YEAR, 9, 1), reason="-")
    _on_the_desk(branch, drafts, secretary, word)
    report = compose_report(branch, year=YEAR)
    save_plan(report, [PlanItem(thread=1, text="-", owner="-")], expected_version=report.version)
    report.sections.filter(key="study").update(is_edited=True)
    final = compose_report(group, year=YEAR)
    _write_everywhere(word, before)
    for number, draft in enumerate(drafts):
        _through_review(Activity.objects.get(pk=draft.pk), secretary, number, word)
    _write_everywhere(word, before)
    final.refresh_from_db()
    finalize_report(final, expected_version=final.version)
    branch.refresh_from_db()
    return Filled(branch, members, secretary)


def _record(host: Organization, members: list[Member], user: User, *, day: int) -> Activity:
    return make_activity(
        host,
        Kind.THEMED_PARTY_DAY,
        Kind.PARTY_LECTURE,
        Kind.INTEGRITY_EDUCATION,
        status=Status.DRAFT,
        user=user,
        held_on=dt.date(YEAR, 3, day),
        holiday=Holiday.QINGMING,
        absent={members[0]: LeaveLine(AttendanceState.ON_LEAVE, "-")},
        agenda=(AgendaLine("-", votes_for=3),),
        guests=(GuestLine("-", "-"),),
        materials=("-",),
    )


def _on_the_desk(branch: Organization, drafts: list[Activity], user: User, word: str) -> None:
    """What lies around a record: a template, what was typed, a file, a comment on a field."""
    typed = {"title": [word], "minutes": [word]}
    EntryTemplate.objects.create(organization=branch, name="-", typed=typed, created_by=user)
    TypedDraft.objects.create(user=user, activity=drafts[0], base_version=1, typed=typed)
    ImportRun.objects.create(
        kind=ImportKind.ROSTER, user=user, organization=branch, file_name="-", digest="-"
    )
    ReviewComment.objects.create(
        activity=drafts[2], version=2, field="minutes", text="-", user=user
    )
    content = f"%PDF-1.4 {word}".encode()
    name = f"{hashlib.md5(branch.code.encode(), usedforsecurity=False).hexdigest()}.pdf"
    place = settings.DATA_DIR / "attachments" / name[:2] / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    Attachment.objects.create(
        activity=drafts[4],
        kind=AttachmentKind.NOTES,
        stored_name=name,
        original_name="-",
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=user,
    )
    make_attachment(drafts[4], user=user)  # a picture, which has a small version too


def _through_review(activity: Activity, user: User, number: int, word: str) -> None:
    """The first stays a draft, then submitted, returned, and two accepted."""
    if number >= 1:
        activity = submit_activity(activity, user=user, expected_version=activity.version)
    if number == 2:
        return_activity(activity, user=user, expected_version=activity.version, comment=word)
    if number >= 3:
        accept_activity(activity, user=user, expected_version=activity.version)


def _write_everywhere(word: str, before: dict[type[models.Model], set[int]]) -> None:
    """The word into every text of every row that was not there before."""
    for model, field in typed_fields():
        for pk in set(model.objects.values_list("pk", flat=True)) - before[model]:
            text = f"{mark_of(field, word)}.{pk}"
            if field.name in ("code", "username"):
                text = text.replace(".", "-")
            model.objects.filter(pk=pk).update(**{field.name: text[: field.max_length]})
