"""One person as the pages show them: where they stand now, what can be recorded, the timeline."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from branches import access
from branches.access import Deed
from branches.models import (
    Member,
    MemberEvent,
    MemberEventKind,
    Membership,
    Organization,
    Post,
    Standing,
    StandingException,
)
from branches.probation import probation_over_on
from branches.querysets import granted_paths
from branches.roster import standing_on
from branches.services.people.life import Life, end_of


@dataclass(frozen=True, slots=True)
class State:
    """How a member stands on a day, as far as the user may see it.

    `probation_over_on` is None for anybody but a probationary member; `organization` is None
    where the member belongs nowhere in the user's scope.
    """

    standing: Standing | None
    probation_over_on: dt.date | None
    organization: Organization | None
    posts: tuple[Post, ...]
    exceptions: tuple[StandingException, ...]


def home_organization(member: Member) -> Organization:
    """Whose member this is: of the latest membership, void or not, else of the latest post."""
    rows: list[Any] = [*Membership.with_void.filter(member=member).select_related("organization")]
    standing = [row for row in rows if not row.is_void]
    if not standing and not member.is_void:
        standing = list(member.posts.select_related("organization"))
    home: Organization = max(
        standing or rows, key=lambda row: (row.started_on, row.pk)
    ).organization
    return home


def state_of(life: Life, user: Any, *, on: dt.date) -> State:
    """The state on the day, without what lies outside the user's scope."""

    def sees(organization: Organization) -> bool:
        return access.may(user, Deed.READ, organization, on=on)

    standing = standing_on(life.member, on)
    membership = life.membership_on(on)
    return State(
        standing=standing,
        probation_over_on=(
            probation_over_on(life.member) if standing == Standing.PROBATIONARY else None
        ),
        organization=(
            membership.organization if membership and sees(membership.organization) else None
        ),
        posts=tuple(
            post
            for post in life.posts
            if post.started_on <= on < end_of(post) and sees(post.organization)
        ),
        exceptions=tuple(
            one
            for one in life.exceptions
            if one.started_on <= on < end_of(one) and sees(one.membership.organization)
        ),
    )


def acts_for(life: Life, user: Any, *, on: dt.date) -> list[str]:
    """What the user may record about the member now: slugs of the pages, in order."""
    member = life.member
    if member.is_void:
        return []
    home = home_organization(member)
    keeps = access.may(user, Deed.ROSTER, home, on=on)
    speaks = access.may(user, Deed.SUBMIT, home, on=on)
    is_here = life.last is not None and life.last.ended_on is None
    is_full = standing_on(member, on) == Standing.FULL
    goes_on = [one for one in life.exceptions if end_of(one) > on]
    own = [one for one in goes_on if one.effect == StandingException.Effect.NOT_EXPECTED]
    possible = {
        "convert": keeps and is_here and not is_full,
        "extend": keeps and is_here and not is_full,
        "transfer": keeps and is_here,
        "begin_post": keeps and is_here and is_full,
        "end_post": keeps and any(end_of(post) > on for post in life.posts),
        "not_expected": speaks and is_here,
        "not_voting": keeps and is_here and is_full,
        "end_exception": (keeps and goes_on) or (speaks and own),
        "transfer_in": keeps and not is_here,
        "transfer_out": keeps and is_here,
        "leave": keeps and is_here,
        "decease": keeps and is_here,
        "edit": keeps,
    }
    return [slug for slug, can in possible.items() if can]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline. `details` are short texts; `undone_for` is the reason of the
    entry that undid this one ("" while it stands); `undo_pk` is the entry that the user may
    undo, or None."""

    day: dt.date
    title: str
    details: tuple[str, ...]
    note: str = ""
    recorded_by: str = ""
    recorded_at: dt.datetime | None = None
    undone_for: str = ""
    undo_pk: int | None = None


def timeline_of(life: Life, user: Any, *, on: dt.date) -> list[Line]:
    """Entries and what the roster says beside them, newest first.

    Periods that came in with an imported roster have no entry: their beginnings and ends are
    lines of their own. Nothing outside the user's scope is named. Four queries at most.
    """
    paths = granted_paths(user, Deed.READ, on=on)

    def sees(organization: Organization | None) -> bool:
        return organization is not None and organization.path.startswith(paths)

    everything = list(
        life.member.events.select_related(
            "organization", "other_organization", "recorded_by", "correction"
        ).order_by("pk")
    )
    told: set[tuple[str, int, str]] = set()
    for event in everything:
        if event.kind != MemberEventKind.CORRECTED and not hasattr(event, "correction"):
            told |= {
                (effect["model"].rpartition(".")[2], effect["pk"], name)
                for effect in event.effects
                for name in effect["fields"]
            }
    subjects = _subjects(everything)
    lines = []
    for event in everything:
        if event.kind == MemberEventKind.CORRECTED:
            continue  # said beside the entry that it undid
        if not (sees(event.organization) or sees(event.other_organization)):
            continue
        lines.append(_line(event, subjects, sees, user, on=on))
    lines += _facts(life, told, sees)
    return sorted(lines, key=lambda line: line.day)[::-1]


def _line(
    event: MemberEvent, subjects: dict[int, str], sees: Any, user: Any, *, on: dt.date
) -> Line:
    correction = getattr(event, "correction", None)
    places = [place for place in (event.organization, event.other_organization) if place]
    if event.kind == MemberEventKind.TRANSFERRED:
        ways = [
            _("to %(place)s") % {"place": event.organization.label}
            if sees(event.organization)
            else "",
            _("from %(place)s") % {"place": event.other_organization.label}
            if event.other_organization and sees(event.other_organization)
            else "",
        ]
    elif event.kind == MemberEventKind.TRANSFERRED_IN:
        ways = [event.organization.label, _("from %(place)s") % {"place": event.outside_unit}]
    elif event.kind == MemberEventKind.TRANSFERRED_OUT:
        ways = [event.organization.label, _("to %(place)s") % {"place": event.outside_unit}]
    else:
        ways = [subjects.get(event.pk, ""), event.organization.label]
    may_undo = correction is None and all(
        access.may(user, Deed.ROSTER, place, on=on) for place in places
    )
    return Line(
        day=event.happened_on,
        title=event.get_kind_display(),
        details=tuple(filter(None, (*ways, event.reason))),
        note=event.note,
        recorded_by=str(event.recorded_by or ""),
        recorded_at=event.recorded_at,
        undone_for=(correction.reason or _("no reason given")) if correction else "",
        undo_pk=event.pk if may_undo else None,
    )


def _subjects(events: list[MemberEvent]) -> dict[int, str]:
    """Which post, which exception, which fields an entry was about, by the key of the entry."""
    of_model: dict[int, tuple[str, int]] = {}
    texts: dict[int, str] = {}
    for event in events:
        for effect in event.effects:
            name = effect["model"].rpartition(".")[2]
            if event.kind == MemberEventKind.PARTICULARS_CHANGED:
                labels = [
                    str(Member._meta.get_field(one).verbose_name)  # type: ignore[union-attr]
                    for one in effect["fields"]
                ]
                texts[event.pk] = " · ".join(labels)
            elif event.kind == MemberEventKind.PROBATION_EXTENDED:
                texts[event.pk] = _("until %(day)s") % {
                    "day": effect["fields"]["probation_ends_on"][1]
                }
            elif name in ("post", "standingexception"):
                of_model.setdefault(event.pk, (name, effect["pk"]))
    models: dict[str, Any] = {"post": Post, "standingexception": StandingException}
    wanted = {
        MemberEventKind.POST_BEGAN,
        MemberEventKind.POST_ENDED,
        MemberEventKind.EXCEPTION_ENDED,
    }
    kinds = {event.pk: event.kind for event in events}
    for name, model in models.items():
        pks = {pk for one, pk in of_model.values() if one == name}
        rows = model.with_void.in_bulk(pks) if pks else {}
        for event_pk, (one, pk) in of_model.items():
            if one == name and kinds[event_pk] in wanted and pk in rows:
                row = rows[pk]
                texts[event_pk] = (
                    row.get_title_display() if name == "post" else row.get_effect_display()
                )
    return texts


def _facts(life: Life, told: set[tuple[str, int, str]], sees: Any) -> list[Line]:
    """What the roster says and no entry told."""
    member = life.member
    lines: list[Line] = []
    if member.is_void:
        return []
    if ("member", member.pk, "joined_on") not in told:
        lines.append(Line(member.joined_on, _("Admitted"), ()))
    if member.converted_on and ("member", member.pk, "converted_on") not in told:
        lines.append(Line(member.converted_on, _("Converted to full member"), ()))
    rows: list[tuple[str, Any, Organization, str, str, str]] = [
        *(
            ("membership", one, one.organization, _("Membership began"), _("Membership ended"), "")
            for one in life.memberships
        ),
        *(
            (
                "post",
                one,
                one.organization,
                _("Post began"),
                _("Post ended"),
                one.get_title_display(),
            )
            for one in life.posts
        ),
        *(
            (
                "standingexception",
                one,
                one.membership.organization,
                one.get_effect_display(),
                _("Exception ended"),
                one.reason,
            )
            for one in life.exceptions
        ),
    ]
    for name, row, place, began, ended, what in rows:
        if not sees(place):
            continue
        details = tuple(filter(None, (what, place.label)))
        if (name, row.pk, "started_on") not in told:
            lines.append(Line(row.started_on, began, details))
        if row.ended_on and (name, row.pk, "ended_on") not in told:
            lines.append(Line(row.ended_on, ended, details))
    return lines
